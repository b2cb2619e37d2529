import { useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import { recordPresence } from '../../../shared/domain/engagement/operations.ts'
import { presences } from '../../../shared/domain/planning/model.ts'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { textOf, useAutosave, useDraft } from '../../components/draft.ts'
import { LineDraftsContext, useLineDrafts, useLinePlace } from '../../components/line-drafts.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { ClockInput } from '../runsheets/row-save.tsx'
import styles from './Attendance.module.css'
import { dayOfRow, notedOf, presenceOfKey } from './attendance.ts'
import type { Presence } from './attendance.ts'
import { callOf } from './deadline.ts'
import { EngagedRow } from './rows.ts'

const COLUMNS = 7

/** The sign-in sheet, entered: who is expected, and whether they came, one key each; times and words as elsewhere. Saved row by row. */
export function AttendanceTab({ mission, project, zone }: { mission: string; project: string; zone: string }) {
  const t = useT()
  const list = useList(listAssignments, { project_id: project, filter: { mission_id: mission, state: { not: 'canceled' } }, sort: ['department_code', 'collaborator_name'], limit: 200 }, EngagedRow)
  const ids = new Set(list.items.map(({ id }) => id))
  const drafts = useLineDrafts(`attendance:${mission}`, (line) => list.loading || ids.has(line))
  const body = useRef<HTMLTableSectionElement>(null)
  const [stop, setStop] = useState<string | null>(null)
  if (list.failure) return <ErrorState failure={list.failure} onRetry={list.retry} />
  if (list.loading || !drafts) return <LoadingSkeleton />
  if (list.items.length === 0) return <EmptyState text={t('engagement.attendance_none')} />
  const mayRecord = list.can.has(recordPresence.name)
  const may = (row: EngagedRow): boolean => mayRecord && recordPresence.possible?.(row) !== false
  const expected = list.items.filter(may)
  const first = stop !== null && ids.has(stop) ? stop : list.items[0]?.id
  const focus = (id: string, by: number): void => {
    const at = list.items.findIndex((row) => row.id === id)
    const next = list.items[Math.max(0, Math.min(list.items.length - 1, at + by))]
    if (next) body.current?.querySelector<HTMLElement>(`tr[data-row="${CSS.escape(next.id)}"]`)?.focus()
  }
  return (
    <div className={styles['tab']}>
      <div className={styles['bar']}>
        <strong role="status">{t('engagement.attendance_counts', { noted: notedOf(expected), total: expected.length })}</strong>
        {expected.length > 0 && <span>{t('engagement.attendance_keys')}</span>}
        {expected.length === 0 && <span>{t('engagement.attendance_none')}</span>}
      </div>
      <div className={styles['scroll']}>
        <LineDraftsContext.Provider value={drafts}>
          <table className={styles['grid']} role="grid" aria-label={t('engagement.attendance')}>
            <thead>
              <tr>
                <th scope="col">{t('assignment.person')}</th>
                <th scope="col">{t('assignment.role')}</th>
                <th scope="col">{t('assignment.call')}</th>
                <th scope="col">{t('engagement.presence')}</th>
                <th scope="col">{t('engagement.actual_start')}</th>
                <th scope="col">{t('engagement.actual_end')}</th>
                <th scope="col">{t('engagement.presence_note')}</th>
              </tr>
            </thead>
            <tbody ref={body}>
              {list.items.map((row) => (
                <AttendanceRow key={`${row.id} ${drafts.turn}`} row={row} zone={zone} may={may(row)} stop={row.id === first} resumed={drafts.resumed.has(row.id)} onStop={() => setStop(row.id)} onMove={(by) => focus(row.id, by)} />
              ))}
            </tbody>
          </table>
        </LineDraftsContext.Provider>
        {list.more && <Button small label={t('table.more')} onClick={list.more} />}
      </div>
    </div>
  )
}

interface AttendanceRowProps {
  row: EngagedRow
  zone: string
  may: boolean
  /** The row that Tab comes to. */
  stop: boolean
  resumed: boolean
  onStop: () => void
  onMove: (by: 1 | -1) => void
}

function AttendanceRow({ row, zone, may, stop, resumed, onStop, onMove }: AttendanceRowProps) {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const textOfFailure = useFailureText()
  const { presence, presence_note, actual_start_at, actual_end_at } = row
  const draft = useDraft({ presence, presence_note, actual_start_at, actual_end_at }, row.id, useLinePlace(row.id))
  const save = useCommand(recordPresence)
  const put = useAutosave(draft, async (changes) => (await save.run({ changes: [{ id: row.id, version: row.version, ...given(changes) }] })) !== null)
  const name = row.collaborator_name ?? ''
  const day = dayOfRow(row, zone)
  const mark = (value: Presence | null): void => {
    draft.set('presence', value)
    announce(value === null ? t('engagement.attendance_cleared', { name }) : t('engagement.attendance_saved', { name, presence: t(`engagement.presence.${value}`) }))
    // The save reads the draft as it is once the screen has drawn it.
    setTimeout(put)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const typing = event.target instanceof HTMLInputElement
    if (typing) {
      if (event.key === 'Enter') put()
      return
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : null
    const marked = may ? presenceOfKey(event.key) : undefined
    if (by === null && marked === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (marked !== undefined) mark(marked)
    onMove(by ?? 1)
  }
  const onBlur = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) put()
  }
  const cell = (column: string): string => t('engagement.attendance_cell', { column, name })
  return (
    <>
      <tr data-row={row.id} tabIndex={stop ? 0 : -1} aria-label={name} onFocus={onStop} onKeyDown={onKeyDown} onBlur={onBlur}>
        <td>
          <strong>{name}</strong> {row.quantity > 1 && <span className={mutedText}>× {format.number(row.quantity)}</span>}
        </td>
        <td>
          {row.department_code && <DepartmentTag code={row.department_code} />} {row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : '—'}
        </td>
        <td className={styles['time']}>{format.timeOf(callOf(row), zone)}</td>
        <td>
          {may ? (
            <span role="group" aria-label={t('engagement.attendance_of', { name })} className={styles['marks']}>
              {presences.map((value, at) => (
                <button key={value} type="button" className={styles['mark']} aria-pressed={draft.get('presence') === value} data-short={value !== 'present'} tabIndex={-1} onClick={() => mark(draft.get('presence') === value ? null : value)}>
                  {t(`engagement.presence.${value}`)}
                  <kbd aria-hidden>{at + 1}</kbd>
                </button>
              ))}
            </span>
          ) : (
            <>
              <StateBadge family="engagement" state={row.state} /> {presence && t(`engagement.presence.${presence}`)}
            </>
          )}
        </td>
        <td className={styles['time']}>{may ? <ClockInput label={cell(t('engagement.actual_start'))} optional value={draft.get('actual_start_at')} day={day} onChange={(at) => draft.set('actual_start_at', at)} /> : actual_start_at && format.timeOf(actual_start_at, zone)}</td>
        <td className={styles['time']}>{may ? <ClockInput label={cell(t('engagement.actual_end'))} optional value={draft.get('actual_end_at')} day={day} onChange={(at) => draft.set('actual_end_at', at)} /> : actual_end_at && format.timeOf(actual_end_at, zone)}</td>
        <td>
          {may ? (
            <input aria-label={cell(t('engagement.presence_note'))} maxLength={500} autoComplete="off" value={textOf(draft.get('presence_note'))} onChange={(event) => draft.set('presence_note', event.target.value === '' ? null : event.target.value)} />
          ) : (
            presence_note
          )}
        </td>
      </tr>
      {(save.failure ?? (resumed && draft.dirty)) && (
        <tr>
          <td colSpan={COLUMNS} className={save.failure ? styles['wrong'] : styles['resumed']} role={save.failure ? 'alert' : undefined}>
            {save.failure ? `${name} · ${[textOfFailure.failure(save.failure), ...save.failure.details.map(textOfFailure.detail)].join(' ')}` : t('sheet.resumed')}
          </td>
        </tr>
      )}
    </>
  )
}
