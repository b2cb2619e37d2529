import { useState } from 'react'
import { listKept, type KeptChoice } from '../../../shared/domain/sync/operations.ts'
import { isInstant, isZone } from '../../../shared/kernel/instants.ts'
import { useActions } from '../../app/actions.ts'
import { useAnswer } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { TextArea, TextField } from '../../components/Field.tsx'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { fieldWords } from '../audit/Changes.tsx'
import { AfterSaving } from './AfterSaving.tsx'
import { editable, withValue } from './edited-input.ts'
import type { Kept } from './kept.ts'
import { NumberEntry } from './NumberEntry.tsx'
import { usePreview } from './preview.ts'
import styles from './Sync.module.css'
import { choiceWords, entityWords, operationWords, valueWords, whyWords } from './words.ts'

interface RefusedProps {
  kept: Kept
  saving: string | null
  onSave: (choice: KeptChoice, input?: Record<string, unknown>) => void
}

/** More characters than one line of the form shows. */
const ONE_LINE = 80

/** What was refused or waits behind it: to do again as it was or with other values, to keep as a file, or to drop. */
export function Refused({ kept, saving, onSave }: RefusedProps) {
  const t = useT()
  const format = useFormat()
  const original: Record<string, unknown> | null = typeof kept.input === 'object' && kept.input !== null && !Array.isArray(kept.input) ? { ...kept.input } : null
  const typedZone = original?.['zone']
  const zone = kept.zone ?? (isZone(typedZone) ? typedZone : hostZone())
  const [input, setInput] = useState<Record<string, unknown> | null>(original)
  const edited = JSON.stringify(input) !== JSON.stringify(original)
  const again = kept.choices.includes('mine')
  const preview = usePreview(again ? { id: kept.id, choice: 'mine', ...(edited && input ? { input } : {}) } : null)
  const refused = preview?.refusal != null
  const doAgain = (): void => onSave('mine', edited && input ? input : undefined)
  useActions([{ id: 'kept.save', label: t('sync.again'), keys: 'mod+enter', run: doAgain, ...(again ? (refused ? { off: t('sync.refused_choice') } : {}) : { off: t('sync.read_only') }) }])
  const values = input ? editable(input) : []
  const said = { t, format, kept }
  const long = new Set(editable(original).flatMap(({ path, value }) => (typeof value === 'string' && (value.length > ONE_LINE || value.includes('\n')) ? [path.join('.')] : [])))
  return (
    <>
      {kept.outcome === 'blocked' && !kept.decided ? <Follows kept={kept} /> : <p className={styles['refusal']}>{whyWords(t, kept)}</p>}
      {values.length > 0 ? (
        <div className={styles['form']}>
          {values.map(({ path, value }) => {
            const name = String(path.at(-1))
            const label = path.length > 2 ? `${fieldWords(t, name)} (${String(Number(path[1]) + 1)})` : fieldWords(t, name)
            const put = (next: unknown): void => setInput(withValue(input ?? {}, path, next))
            const key = path.join('.')
            // One of a list of words is read, not typed.
            if (kept.decided || (typeof value === 'string' && choiceWords(t, name, value) !== null)) return <p key={key}><strong>{label}</strong> {valueWords(said, { field: name, base: null }, value)}</p>
            if (isInstant(value)) return <DateTimeField key={key} label={label} zone={zone} value={value} onChange={(instant) => instant !== null && put(instant)} />
            if (typeof value === 'number') return <NumberEntry key={key} label={label} field={name} value={value} currency={kept.currency} onChange={put} />
            const Entry = long.has(key) ? TextArea : TextField
            return <Entry key={key} label={label} value={value} onChange={put} />
          })}
        </div>
      ) : (
        <ul className={styles['mergedFields']}>
          {kept.fields_of.map((field) => (
            <li key={`${field.id} ${field.field}`}>
              <strong>{entityWords(t, field.entity)}, {fieldWords(t, field.field)}</strong> {valueWords(said, field, field.mine)}
            </li>
          ))}
        </ul>
      )}
      {again && <AfterSaving preview={preview} followers={kept.followers.length} writes />}
      {kept.choices.length > 0 && (
        <footer className={styles['foot']}>
          <Button kind="danger" label={t('sync.drop')} disabled={saving !== null} onClick={() => onSave('left')} />
          <span className={styles['gap']} />
          {again && <Button kind="primary" label={t(edited ? 'sync.again_edited' : 'sync.again')} keys="Ctrl ⏎" disabled={saving !== null || refused} onClick={doAgain} />}
        </footer>
      )}
    </>
  )
}

/** Behind which other one it waits, with the way there. */
function Follows({ kept }: { kept: Kept }) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const first = useAnswer(listKept, {}).answer?.value.items.find(({ id }) => id === kept.why)
  if (!first) return <p className={styles['refusal']}>{whyWords(t, kept)}</p>
  const what = [first.about?.title, operationWords(t, first.name)].filter(Boolean).join(' · ')
  return (
    <div className={styles['refusal']}>
      <p>{t('sync.blocked_about', { what })}</p>
      <Button small label={t('sync.blocked_open')} onClick={() => go(paths.syncConflict(org, first.id))} />
    </div>
  )
}
