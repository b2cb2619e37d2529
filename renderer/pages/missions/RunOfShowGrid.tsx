import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { createCue, createCues, moveCue, removeCues, updateCue } from '../../../shared/domain/planning/run-of-show-operations.ts'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../app/client.ts'
import type { Declared, Plain } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { failureOf } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { GridCell } from './GridCell.tsx'
import styles from './RunOfShow.module.css'
import { cellText, changesOf, clockText, newLine, pastedLines } from './run-of-show-rows.ts'
import type { ColumnKey, Line, RunOfShow } from './run-of-show-rows.ts'

interface GridProps {
  mission: string
  run: RunOfShow
  columns: readonly ColumnKey[]
  mayEdit: boolean
  onRemoved: (ids: readonly string[], label: string) => void
}

/** The lines of a run of show, each cell edited in place; the last line makes a new one. */
export function RunOfShowGrid({ mission, run, columns, mayEdit, onRemoved }: GridProps) {
  const t = useT()
  const org = useOrg()
  const client = useQueryClient()
  const textOf = useFailureText()
  const box = useRef<HTMLTableElement>(null)
  const wanted = useRef<{ line: string; column: string } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { lines, layout } = run
  const main: ColumnKey = layout === 'film' ? 'set' : 'label'

  const focus = (line: string, column: string): void => box.current?.querySelector<HTMLInputElement>(`[data-line="${CSS.escape(line)}"][data-column="${CSS.escape(column)}"]`)?.focus()
  // A line that was moved or made is drawn anew: the focus goes back to its cell.
  useEffect(() => {
    if (!wanted.current) return
    focus(wanted.current.line, wanted.current.column)
    wanted.current = null
  }, [lines])

  const ask = async <I, O>(operation: Declared<I, O>, input: Plain<I>): Promise<{ value: O } | string> => {
    try {
      const { value } = await call(operation, input, org ? { org } : {})
      await client.invalidateQueries({ queryKey: [org] })
      setProblem(null)
      return { value }
    } catch (error) {
      const failure = failureOf(error)
      return failure ? textOf.failure(failure) : ''
    }
  }
  const tell = (answer: object | string): void => {
    if (typeof answer === 'string') setProblem(answer)
  }
  const save = async (line: Line, key: ColumnKey, typed: string): Promise<string | null> => {
    const changes = changesOf(line, key, typed, run)
    if (changes === null) return wordOf(t, 'run_of_show.unread', key.startsWith('dep:') ? 'label' : key)
    const answer = await ask(updateCue, { id: line.id, version: line.version, changes })
    return typeof answer === 'string' ? answer : null
  }
  const move = async (line: Line, step: 1 | -1, column: string): Promise<void> => {
    const at = lines.findIndex((one) => one.id === line.id)
    const other = lines[at + step]
    if (!other) return
    wanted.current = { line: line.id, column }
    const answer = await ask(moveCue, step === 1 ? { id: line.id, after_id: other.id } : { id: line.id, before_id: other.id })
    tell(answer)
    if (typeof answer !== 'string') announce(t('run_of_show.moved', { position: at + step + 1, total: lines.length }))
  }
  const paste = async (after: string | null, key: ColumnKey, text: string): Promise<void> => {
    const { lines: made, unread } = pastedLines(text, columns, key, run)
    const answer = await ask(createCues, { mission_id: mission, cues: made, ...(after ? { after_id: after } : {}) })
    tell(answer)
    if (typeof answer !== 'string') {
      announce(t('run_of_show.pasted', { count: made.length }))
      if (unread > 0) setProblem(t('run_of_show.pasted_unread', { count: unread }))
    }
  }
  const add = async (label: string, kind?: 'banner'): Promise<void> => {
    if (label.trim() === '') return
    tell(await ask(createCue, { mission_id: mission, ...(kind ? { kind, label: label.trim() } : newLine(layout, label.trim())) }))
  }
  const enter = (index: number, column: ColumnKey): void => {
    const next = lines[index + 1]
    if (next) focus(next.id, column)
    else box.current?.querySelector<HTMLInputElement>('[data-new]')?.focus()
  }
  const heading = (key: ColumnKey) => (key.startsWith('dep:') ? <DepartmentTag code={key.slice(4)} /> : wordOf(t, 'run_of_show.column', key))
  const labelOf = (key: ColumnKey): string => (key.startsWith('dep:') ? key.slice(4) : wordOf(t, 'run_of_show.column', key))

  return (
    <>
      {problem && (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
      <table ref={box} className={styles['grid']} aria-label={t('run_of_show.title')}>
        <thead>
          <tr>
            {columns.map((key) => (
              <th key={key} scope="col" className={styles[`w_${key.startsWith('dep:') ? 'dep' : key}`]}>
                {heading(key)}
              </th>
            ))}
            {mayEdit && (
              <th scope="col" className={styles['w_acts']}>
                <span className="visually-hidden">{t('run_of_show.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.id} data-kind={line.kind} className={line.gap_seconds !== null && line.gap_seconds < 0 ? styles['late'] : undefined}>
              {columns.map((key) => (
                <td key={key}>
                  {mayEdit && fits(line, key) ? (
                    <GridCell
                      line={line.id}
                      column={key}
                      label={t('run_of_show.cell', { column: labelOf(key), line: index + 1 })}
                      value={cellText(line, key)}
                      {...(key === 'at' ? { placeholder: clockText(line.clock.time) } : {})}
                      onSave={(typed) => save(line, key, typed)}
                      onEnter={() => enter(index, key)}
                      onMove={(step) => void move(line, step, key)}
                      onPaste={(text) => void paste(line.id, key, text)}
                    />
                  ) : (
                    <span className={styles['text']}>{key === 'at' ? clockText(line.clock.time) : cellText(line, key)}</span>
                  )}
                </td>
              ))}
              {mayEdit && (
                <td className={styles['acts']}>
                  <Button small kind="quiet" iconOnly icon={ArrowUp} label={t('run_of_show.up', { line: line.label })} disabled={index === 0} onClick={() => void move(line, -1, main)} />
                  <Button small kind="quiet" iconOnly icon={ArrowDown} label={t('run_of_show.down', { line: line.label })} disabled={index === lines.length - 1} onClick={() => void move(line, 1, main)} />
                  <Button
                    small
                    kind="quiet"
                    iconOnly
                    icon={Trash2}
                    label={t('run_of_show.remove', { line: line.label })}
                    onClick={() =>
                      void ask(removeCues, { ids: [line.id] }).then((answer) => {
                        tell(answer)
                        if (typeof answer !== 'string') onRemoved([line.id], line.label)
                      })
                    }
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {mayEdit && <NewLine film={layout === 'film'} onAdd={add} onPaste={(text) => void paste(null, main, text)} />}
    </>
  )
}

/** A banner has its words, its hour and its length; scenes and cues have every column. */
const fits = (line: Line, key: ColumnKey): boolean => line.kind === 'scene' || !['int_ext', 'effect', 'eighths', 'cast'].includes(key)

function NewLine({ film, onAdd, onPaste }: { film: boolean; onAdd: (label: string, kind?: 'banner') => Promise<void>; onPaste: (text: string) => void }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const add = (kind?: 'banner'): void => {
    void onAdd(typed, kind)
    setTyped('')
  }
  return (
    <form
      className={styles['new']}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <input
        data-new
        aria-label={t(film ? 'run_of_show.new_scene' : 'run_of_show.new_cue')}
        placeholder={t(film ? 'run_of_show.new_scene' : 'run_of_show.new_cue')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text/plain')
          if (!/[\n\t]/.test(text.trim())) return
          event.preventDefault()
          onPaste(text)
        }}
      />
      <Button type="submit" small label={t('action.add')} disabled={typed.trim() === ''} />
      <Button small kind="quiet" label={t('run_of_show.add_banner')} disabled={typed.trim() === ''} onClick={() => add('banner')} />
    </form>
  )
}
