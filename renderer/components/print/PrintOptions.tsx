import type { Paper } from '../../../shared/domain/documents/operations.ts'
import { useT } from '../../i18n/index.ts'
import { CheckField, Select } from '../Field.tsx'
import type { Choices, Offered } from './print-choices.ts'
import styles from './PrintPreview.module.css'

const papers = ['A4', 'A4 landscape', 'A3', 'A3 landscape'] as const
const paperText = ({ size, landscape }: Paper): string => (landscape ? `${size} landscape` : size)
const paperOf = (text: string): Paper => ({ size: text.startsWith('A3') ? 'A3' : 'A4', landscape: text.endsWith('landscape') })

interface PrintOptionsProps {
  items: readonly Offered[]
  entry: Offered
  paper: Paper
  large: boolean
  columns: readonly string[] | null
  language: 'fr' | 'en'
  /** Rows marked on the page that this document can be made of; 0: none to choose from. */
  markable: number
  marked: boolean
  /** How much is in it, or that it is being made. */
  count: string
  onChange: (part: Partial<Choices>) => void
  onPaper: (paper: Paper, large: boolean) => void
}

/** Which document, of which rows, on what paper, in which language, with which columns. */
export function PrintOptions({ items, entry, paper, large, columns, language, markable, marked, count, onChange, onPaper }: PrintOptionsProps) {
  const t = useT()
  const ofPeople = entry.document === 'week_plan'
  const shown = entry.columns.filter((column) => (columns ? columns.includes(column.key) : column.shown))
  return (
    <>
      <Select
        label={t('print.document')}
        value={entry.document}
        choices={items.map((one) => ({ value: one.document, label: one.title }))}
        onChange={(value) => {
          const next = items.find((one) => one.document === value)
          if (next) onChange({ document: next.document, paper: null, columns: null, large: null })
        }}
      />
      {markable > 0 && (
        <Select
          label={t(ofPeople ? 'print.people' : 'print.rows')}
          value={marked ? 'marked' : 'all'}
          choices={[{ value: 'marked', label: t(ofPeople ? 'print.people_marked' : 'print.rows_marked', { count: markable }) }, { value: 'all', label: t(ofPeople ? 'print.people_all' : 'print.rows_all') }]}
          onChange={(value) => onChange({ marked: value === 'marked' })}
        />
      )}
      <p className={styles['count']} role="status">
        {count}
      </p>
      <Select
        label={t('print.paper')}
        value={paperText(paper)}
        choices={papers.map((one) => ({ value: one, label: t(one.endsWith('landscape') ? 'print.landscape' : 'print.portrait', { size: one.slice(0, 2) }) }))}
        onChange={(value) => onPaper(paperOf(value), large)}
      />
      <Select
        label={t('print.language')}
        value={language}
        choices={[{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }]}
        onChange={(value) => onChange({ language: value === 'en' ? 'en' : 'fr' })}
      />
      {entry.large && <CheckField label={t('print.large')} checked={large} onChange={(now) => onPaper(paper, now)} />}
      {entry.columns.length > 0 && (
        <fieldset className={styles['columns']}>
          <legend>{t('print.columns')}</legend>
          {entry.columns.map((column) => (
            <CheckField
              key={column.key}
              label={column.label}
              checked={shown.includes(column)}
              onChange={(now) => {
                const keys = entry.columns.filter((one) => (one.key === column.key ? now : shown.includes(one))).map((one) => one.key)
                if (keys.length > 0) onChange({ columns: keys })
              }}
            />
          ))}
        </fieldset>
      )}
    </>
  )
}
