import { isInstant, isLocalDate } from '../../../shared/kernel/instants.ts'
import type { AuditLine } from '../../../shared/domain/audit/operations.ts'
import { useFormat } from '../../i18n/format.ts'
import type { Format } from '../../i18n/format.ts'
import { isKey, useT } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import styles from './AuditPanel.module.css'

/** Before and after, field by field, in words. */
export function Changes({ line }: { line: AuditLine }) {
  const t = useT()
  const format = useFormat()
  const { changes, names } = line
  const rows = typeof changes === 'object' && changes !== null ? Object.entries(changes) : []
  if (rows.length === 0) return <p>{t('audit.no_changes')}</p>
  const say = (field: string, value: unknown): string => valueWords(t, format, names, field, value)
  return (
    <table className={styles['changes']}>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          <th scope="col">{t('audit.before')}</th>
          <th scope="col">{t('audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([field, change]) => {
          const [before, after] = pairOf(change)
          return (
            <tr key={field}>
              <th scope="row">{fieldWords(t, field)}</th>
              <td className={styles['before']}>{say(field, before)}</td>
              <td>{say(field, after)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Rows give `[before, after]`; security events give plain facts. */
const pairOf = (change: unknown): readonly [unknown, unknown] => (Array.isArray(change) && change.length === 2 ? [change[0], change[1]] : [null, change])

export function fieldWords(t: Translate, field: string): string {
  const key = `audit.field.${field}`
  return isKey(key) ? t(key) : field.replaceAll('_', ' ')
}

/** Families of words in which values of a field are said on their own pages. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  state: ['state', 'assignment.state', 'sheet.state'], status: ['status', 'mission.status', 'project.status'], kind: ['mission.kind', 'settings.kind', 'location.kind', 'person.kind', 'availability.kind'],
  engagement_kind: ['assignment.engagement'], code: ['key_time'], section: ['sheet.section'], sections: ['sheet.section'], key_times: ['key_time'], layout: ['layouts.name'], sheet_layout: ['layouts.name'],
  default_language: ['settings.language'], document_language: ['settings.language'], language: ['settings.language'], basis: ['settings.basis'], rate_basis: ['settings.basis'], role: ['role'], phones: ['layouts.phones'],
  entity: ['entity'],
}
function wordFor(t: Translate, field: string, value: string): string {
  for (const family of FAMILIES[field] ?? []) {
    const key = `${family}.${value}`
    if (isKey(key)) return t(key)
  }
  return value
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/
const DIGEST = /^([0-9a-f]{16}|erased)$/

function valueWords(t: Translate, format: Format, names: Readonly<Record<string, string>>, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'audit.true' : 'audit.false')
  if (typeof value === 'number') return format.number(value)
  if (typeof value === 'string') {
    if (isInstant(value)) return format.moment(value)
    if (isLocalDate(value)) return format.day(value)
    if (DIGEST.test(value)) return t('audit.personal')
    return names[value] ?? (ID.test(value) ? `#${value.slice(0, 8)}` : wordFor(t, field, value))
  }
  if (Array.isArray(value)) {
    const plain = value.every((one) => typeof one === 'string' || typeof one === 'number')
    return value.length === 0 ? '—' : plain ? value.map((one) => valueWords(t, format, names, field, one)).join(', ') : value.map((one) => valueWords(t, format, names, field, one)).join(' · ')
  }
  const parts = Object.entries(value).filter(([name, part]) => name !== 'id' && part !== null && part !== '')
  return parts.length === 0 ? '—' : parts.map(([name, part]) => `${fieldWords(t, name)} ${valueWords(t, format, names, name, part)}`).join(', ')
}
