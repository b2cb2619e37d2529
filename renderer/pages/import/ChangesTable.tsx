import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { isInstant, toLocal } from '../../../shared/kernel/instants.ts'
import { useProject } from '../../app/context.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './Import.module.css'

export type Proposed = ImportPreviewAnswer['proposals']['people'][number]

const names: Readonly<Record<string, string>> = { starts_at: 'start', start_at: 'start', ends_at: 'end', end_at: 'end', call_at: 'call', location_id: 'location' }

export const titleOf = (draft: Proposed['draft'], people: ReadonlyMap<string, string>): string => {
  const text = (name: string): string => (typeof draft[name] === 'string' ? draft[name] : '')
  return text('full_name') || text('title') || people.get(text('person_key')) || ''
}

/** Of each record that exists: what it holds, what it would hold. */
export function ChangesTable({ proposals, preview, label }: { proposals: readonly Proposed[]; preview: ImportPreviewAnswer; label: string }) {
  const t = useT()
  const format = useFormat()
  const { zone } = useProject()
  const people = new Map(preview.proposals.people.map((one) => [one.key, titleOf(one.draft, new Map())]))
  const changed = proposals.filter((one) => one.changes.length > 0)
  if (changed.length === 0) return null
  const say = (value: unknown): string => {
    if (Array.isArray(value)) return value.join(', ')
    if (isInstant(value)) {
      const at = toLocal(value, zone)
      return `${format.shortDay(at.date)} ${at.time}`
    }
    return value === null || value === undefined || value === '' ? '–' : String(value)
  }
  return (
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={label}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('import.record')}</th>
            <th scope="col">{t('import.field')}</th>
            <th scope="col">{t('import.old')}</th>
            <th scope="col">{t('import.new')}</th>
          </tr>
        </thead>
        <tbody>
          {changed.flatMap((one) =>
            one.changes.map((change, index) => (
              <tr key={`${one.key} ${change.field}`}>
                <td>{index === 0 ? titleOf(one.draft, people) : ''}</td>
                <td>{wordOf(t, 'import.field', names[change.field] ?? change.field)}</td>
                <td className={styles['old']}>{say(change.old)}</td>
                <td className={styles['new']}>{say(change.new)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}
