import { useState } from 'react'
import { Select, TextField } from '../../components/Field.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { Choice } from '../../components/Field.tsx'
import { countries, dateOrders, readingText } from './ColumnRow.tsx'
import { withoutCells } from './import-file.ts'
import type { ImportSettings } from './import-file.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const
const separators = [';', ',', '\t', '|'] as const
const dated: ReadonlySet<string> = new Set(['date', 'start', 'end', 'end_date', 'call', 'birth_date'])
const NONE = 'none'

/** Sheet, header row, encoding, separator, order of dates: what was found, and another choice. */
export function FileReading({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  const format = useFormat()
  if (preview.format === 'ics') {
    return (
      <div className={styles['settings']}>
        <Select
          label={t('import.attendees')}
          value={settings.attendees ?? 'ignore'}
          onChange={(value) => onSettings({ ...settings, attendees: value === 'assign' ? 'assign' : 'ignore' })}
          choices={[{ value: 'ignore', label: t('import.attendees.ignore') }, { value: 'assign', label: t('import.attendees.assign') }]}
        />
      </div>
    )
  }
  const reread = (changes: ImportSettings): void => onSettings({ ...withoutCells(settings), ...changes })
  const headerChoices: Choice[] = [
    { value: NONE, label: t('import.header_none') },
    ...preview.first_rows.map(({ line, text }, row) => ({ value: String(row), label: t('import.header_row_number', { row: line, text }) })),
  ]
  const withDates = preview.columns.filter((column) => dated.has(preview.mapping[column.column] ?? ''))
  const samples = withDates.flatMap((column) => column.samples.map((sample, index) => ({ sample, read: readingText(column.readings[index] ?? null, t, format) }))).filter(({ read }) => read !== '').slice(0, 3)
  return (
    <div className={styles['settings']}>
      {preview.sheets.length > 1 && (
        <Select
          label={t('import.sheet')}
          value={String(preview.sheet)}
          onChange={(value) => {
            const { header_row: _row, ...others } = withoutCells(settings)
            onSettings({ ...others, sheet: Number(value) })
          }}
          choices={preview.sheets.map((one, index) => ({ value: String(index), label: `${one.name} (${format.number(one.rows)})` }))}
        />
      )}
      <Select label={t('import.header_row')} value={preview.header_row === null ? NONE : String(preview.header_row)} onChange={(value) => reread({ header_row: value === NONE ? null : Number(value) })} choices={headerChoices} />
      {preview.encoding !== null && settings.attendees === undefined && (
        <Select
          label={t('import.encoding')}
          value={preview.encoding}
          onChange={(value) => {
            const encoding = encodings.find((one) => one === value)
            if (encoding) reread({ encoding })
          }}
          choices={encodings.map((value) => ({ value, label: t(`import.encoding.${value}`) }))}
        />
      )}
      {preview.separator !== null && (
        <Select
          label={t('import.separator')}
          value={preview.separator}
          onChange={(value) => {
            const separator = separators.find((one) => one === value)
            if (separator) reread({ separator })
          }}
          choices={separators.map((value) => ({ value, label: t(`import.separator.${value === '\t' ? 'tab' : value === ';' ? 'semicolon' : value === ',' ? 'comma' : 'bar'}`) }))}
        />
      )}
      {withDates.length > 0 && (
        <Select
          label={t('import.date_order')}
          hint={samples.length > 0 ? samples.map(({ sample, read }, index) => <div key={index}>{`${sample} → ${read}`}</div>) : undefined}
          value={preview.date_order}
          onChange={(value) => onSettings({ ...settings, date_order: dateOrders.find((order) => order === value) ?? 'dmy' })}
          choices={dateOrders.map((value) => ({ value, label: t(`import.date_order.${value}`) }))}
        />
      )}
      {withDates.length > 0 && <YearField settings={settings} onSettings={onSettings} />}
      <Select label={t('import.phone_country')} value={settings.country ?? 'FR'} onChange={(country) => onSettings({ ...settings, country })} choices={countries.map((value) => ({ value, label: t('import.country', { country: value }) }))} />
    </div>
  )
}

function YearField({ settings, onSettings }: { settings: ImportSettings; onSettings: (settings: ImportSettings) => void }) {
  const t = useT()
  const { year, ...others } = settings
  const [typed, setTyped] = useState(year === undefined ? '' : String(year))
  return (
    <TextField
      label={t('import.year')}
      optional
      inputMode="numeric"
      value={typed}
      onChange={(text) => {
        setTyped(text)
        if (text === '') onSettings(others)
        else if (/^(19|20|21)\d\d$/.test(text)) onSettings({ ...others, year: Number(text) })
      }}
    />
  )
}
