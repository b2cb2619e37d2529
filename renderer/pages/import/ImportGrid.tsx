import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { ImportPreviewAnswer } from '../../../shared/domain/imports/operations.ts'
import { Button } from '../../components/Button.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { withEdit } from './fixes.ts'
import styles from './Import.module.css'
import type { StepProps } from './step-props.ts'

type Row = ImportPreviewAnswer['rows'][number]
type Which = 'errors' | 'warnings' | 'all'

/** Rows drawn at once. */
const PAGE = 50

const isWrong = (row: Row): boolean => row.issues.some(({ severity }) => severity === 'error')
const chosen: Readonly<Record<Which, (row: Row) => boolean>> = { errors: isWrong, warnings: (row) => row.issues.length > 0 && !isWrong(row), all: () => true }

/** The table as the core reads it, corrected in place; columns without a field are shown too. */
export function ImportGrid({ preview, settings, onSettings }: StepProps) {
  const t = useT()
  const format = useFormat()
  const [asked, setAsked] = useState<Which | null>(null)
  const [page, setPage] = useState(0)
  const which = asked ?? (preview.counts.rejected > 0 ? 'errors' : 'all')
  const rows = preview.rows.filter(chosen[which])
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1)
  const at = Math.min(page, last)
  const editable = preview.columns.length > 0
  const closed = new Set(preview.columns.filter(({ refused }) => refused !== null).map(({ column }) => column))
  const correct = (row: number, column: number, value: string): void => onSettings({ ...settings, edits: withEdit(settings.edits ?? [], { row, column, value }) })
  const leaveOut = (row: number): void => onSettings({ ...settings, skipped_rows: [...(settings.skipped_rows ?? []), row] })
  return (
    <section className={styles['section']}>
      <h3>{t('import.table')}</h3>
      <div className={styles['actions']} role="group" aria-label={t('import.table')}>
        {(['errors', 'warnings', 'all'] as const).map((one) => (
          <Button
            key={one}
            small
            aria-pressed={which === one}
            label={t(`import.rows.${one}`, { count: one === 'all' ? preview.counts.rows : preview.rows.filter(chosen[one]).length })}
            onClick={() => {
              setAsked(one)
              setPage(0)
            }}
          />
        ))}
        {settings.skipped_rows && settings.skipped_rows.length > 0 && <Button small label={t('import.rows_back', { count: settings.skipped_rows.length })} onClick={() => onSettings({ ...settings, skipped_rows: [] })} />}
      </div>
      {rows.length === 0 ? (
        <p className={mutedText}>{t('import.rows_none')}</p>
      ) : (
        <div className={`${styles['scroll']} ${styles['grid']}`} tabIndex={0} role="region" aria-label={t('import.table')}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">{t('import.line')}</th>
                <th scope="col">{t('import.keep')}</th>
                <th scope="col">{t('import.problem')}</th>
                {preview.header.map((name, column) => (
                  <th key={column} scope="col">
                    {name}
                    <div className={mutedText}>{closed.has(column) ? t('import.refused_short') : preview.mapping[column] ? wordOf(t, 'import.field', preview.mapping[column]) : t('import.column_ignored')}</div>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(at * PAGE, (at + 1) * PAGE).map((row) => (
                <tr key={row.index} data-state={row.state}>
                  <td>{row.source_line}</td>
                  <td>
                    <input type="checkbox" className={styles['keep']} checked aria-label={t('import.keep_row', { line: row.source_line })} onChange={() => leaveOut(row.index)} />
                  </td>
                  <td className={styles['problems']}>{row.issues.filter((issue) => issue.severity === 'error' || row.state === 'accepted').map((issue) => issue.message).join(' ')}</td>
                  {preview.header.map((name, column) => {
                    const issue = row.issues.find(({ field }) => field !== null && field === preview.mapping[column])
                    const cell = row.cells[column] ?? ''
                    return (
                      <td key={column} data-wrong={issue?.severity}>
                        {editable && !closed.has(column) ? (
                          <Cell label={t('import.cell', { column: name, line: row.source_line })} value={cell} wrong={issue?.severity === 'error'} onChange={(value) => correct(row.index, column, value)} />
                        ) : (
                          cell
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {last > 0 && (
        <div className={styles['actions']}>
          <Button small label={t('import.page_before')} disabled={at === 0} onClick={() => setPage(at - 1)} />
          <span>{t('import.page', { from: format.number(at * PAGE + 1), to: format.number(Math.min(rows.length, (at + 1) * PAGE)), of: format.number(rows.length) })}</span>
          <Button small label={t('import.page_after')} disabled={at === last} onClick={() => setPage(at + 1)} />
        </div>
      )}
    </section>
  )
}

/** Enter and leaving the cell keep what was typed, Escape gives it up; Up and Down go to the same column of the next row. */
function Cell({ label, value, wrong, onChange }: { label: string; value: string; wrong: boolean; onChange: (value: string) => void }) {
  const keys = (event: KeyboardEvent<HTMLInputElement>): void => {
    const input = event.currentTarget
    if (event.key === 'Escape') {
      input.value = value
      input.blur()
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') step(input, 1)
    else if (event.key === 'ArrowUp') step(input, -1)
    else return
    event.preventDefault()
  }
  return <input key={value} className={styles['cell']} aria-label={label} aria-invalid={wrong} defaultValue={value} title={value} onKeyDown={keys} onBlur={(event) => event.target.value !== value && onChange(event.target.value)} />
}

function step(input: HTMLInputElement, by: 1 | -1): void {
  const cell = input.closest('td')
  const row = cell?.closest('tr')
  const next = by === 1 ? row?.nextElementSibling : row?.previousElementSibling
  const target = cell && next instanceof HTMLTableRowElement ? next.cells[cell.cellIndex]?.querySelector('input') : null
  if (target) target.focus()
  else input.blur()
}
