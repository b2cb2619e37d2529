import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import type { Format } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { fieldsOfKind } from './fields.ts'
import type { ImportSettings } from './import-file.ts'
import styles from './Import.module.css'

export type PreviewColumn = ImportPreviewAnswer['columns'][number]

interface ColumnRowProps {
  column: PreviewColumn
  preview: ImportPreviewAnswer
  kind: string
  settings: ImportSettings
  onSettings: (settings: ImportSettings) => void
}

const MARKS = [';', ',', '/', '|'] as const
const listFields: ReadonlySet<string> = new Set(['skills', 'tags', 'languages', 'persons'])
const nameFields: ReadonlySet<string> = new Set(['full_name', 'person'])
const dateFields: ReadonlySet<string> = new Set(['date', 'end_date', 'birth_date'])
export const countries = ['FR', 'BE', 'CH', 'LU', 'GB', 'DE', 'NL', 'ES', 'PT', 'IT', 'US', 'CA', 'CU'] as const
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const

/** What the column holds, the field it goes to, how its cells are read. */
export function ColumnRow({ column, preview, kind, settings, onSettings }: ColumnRowProps) {
  const t = useT()
  const format = useFormat()
  const field = preview.mapping[column.column] ?? null
  const fields = fieldsOfKind[kind] ?? []
  const clash = preview.choices.find((choice) => choice.columns.includes(column.column))
  const name = column.header || `#${column.column + 1}`
  const choose = (chosen: string): void => onSettings({ ...settings, mapping: preview.columns.map((_, at) => (at === column.column ? chosen || null : (preview.mapping[at] ?? null))) })
  const confidence = field === null ? 'ignored' : settings.mapping || preview.remembered?.used ? (field === column.field ? column.confidence : 'chosen') : column.confidence
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {column.samples.length === 0 ? (
          <span className={mutedText}>{t('import.no_sample')}</span>
        ) : (
          <ul className={styles['samples']}>
            {column.samples.map((sample, index) => (
              <Sample key={index} typed={sample} read={readingText(column.readings[index] ?? null, t, format)} />
            ))}
          </ul>
        )}
      </td>
      <td>
        {column.refused ? (
          <span className={styles['refused']}>{t(column.refused.kind === 'iban' ? 'import.refused_iban' : 'import.refused_nir')}</span>
        ) : (
          <div className={styles['fieldCell']}>
            <select aria-label={t('import.field_of', { column: name })} aria-invalid={clash !== undefined} value={field ?? ''} onChange={(event) => choose(event.target.value)}>
              <option value="">{t('import.column_ignored')}</option>
              {fields.map((one) => (
                <option key={one} value={one}>
                  {wordOf(t, 'import.field', one)}
                </option>
              ))}
            </select>
            <span className={styles['confidence']} data-level={confidence}>
              {t(`import.confidence.${confidence}`)}
            </span>
            {clash && <span className={styles['refused']}>{t('import.clash', { others: clash.columns.filter((one) => one !== column.column).map((one) => t('import.quoted', { text: preview.header[one] ?? '' })).join(', ') })}</span>}
          </div>
        )}
      </td>
      <td>{field !== null && !column.refused && <Transform field={field} name={name} preview={preview} settings={settings} onSettings={onSettings} />}</td>
    </tr>
  )
}

function Sample({ typed, read }: { typed: string; read: string }) {
  return (
    <li>
      <span className={styles['typed']}>{typed}</span>
      {read !== '' && read !== typed && <span className={mutedText}> → {read}</span>}
    </li>
  )
}

function Transform({ field, name, preview, settings, onSettings }: { field: string; name: string; preview: ImportPreviewAnswer; settings: ImportSettings; onSettings: (settings: ImportSettings) => void }) {
  const t = useT()
  if (nameFields.has(field))
    return (
      <select aria-label={t('import.transform_of', { column: name })} value={preview.name_order} onChange={(event) => onSettings({ ...settings, name_order: event.target.value === 'last_first' ? 'last_first' : 'first_last' })}>
        <option value="first_last">{t('import.name_order.first_last')}</option>
        <option value="last_first">{t('import.name_order.last_first')}</option>
      </select>
    )
  if (field === 'phone')
    return (
      <select aria-label={t('import.transform_of', { column: name })} value={settings.country ?? 'FR'} onChange={(event) => onSettings({ ...settings, country: event.target.value })}>
        {countries.map((country) => (
          <option key={country} value={country}>
            {t('import.country', { country })}
          </option>
        ))}
      </select>
    )
  if (listFields.has(field)) {
    const mark = settings.list_marks?.[field] ?? ''
    const set = (value: string): void => {
      const { [field]: _former, ...others } = settings.list_marks ?? {}
      const chosen = MARKS.find((one) => one === value)
      onSettings({ ...settings, list_marks: chosen ? { ...others, [field]: chosen } : others })
    }
    return (
      <select aria-label={t('import.transform_of', { column: name })} value={mark} onChange={(event) => set(event.target.value)}>
        <option value="">{t('import.list_auto')}</option>
        {MARKS.map((one) => (
          <option key={one} value={one}>
            {t('import.list_mark', { mark: one })}
          </option>
        ))}
      </select>
    )
  }
  if (dateFields.has(field))
    return (
      <select aria-label={t('import.transform_of', { column: name })} value={preview.date_order} onChange={(event) => onSettings({ ...settings, date_order: dateOrders.find((one) => one === event.target.value) ?? 'dmy' })}>
        {dateOrders.map((order) => (
          <option key={order} value={order}>
            {t(`import.date_order.${order}`)}
          </option>
        ))}
      </select>
    )
  if (field === 'start' || field === 'end' || field === 'call') return <span className={mutedText}>{t('import.time_forms')}</span>
  return <span className={mutedText}>{t('import.as_typed')}</span>
}

/** The reading of a sample in words; empty where it is taken as typed. */
export function readingText(reading: ({ kind: string } & Record<string, unknown>) | null, t: Translate, format: Format): string {
  if (!reading) return ''
  const text = (name: string): string => (typeof reading[name] === 'string' ? reading[name] : '')
  switch (reading.kind) {
    case 'date':
      return format.day(text('date'))
    case 'date_time':
      return `${format.day(text('date'))} ${text('time')}`
    case 'time':
      return reading['next_day'] === true ? t('import.next_day', { time: text('time') }) : text('time')
    case 'name':
      return text('last_name') === '' ? '' : t('import.name_read', { first: text('first_name'), last: text('last_name') })
    case 'phone':
      return text('e164')
    case 'list':
      return Array.isArray(reading['items']) && reading['items'].length > 1 ? reading['items'].join(' · ') : ''
    case 'money':
      return `${format.number(Number(reading['minor']) / 100)} ${text('currency')}`
    case 'known':
      return text('name')
    case 'unreadable':
      return t('import.unreadable')
    default:
      return ''
  }
}
