import type { z } from 'zod'
import { updateAssignment } from '../../../shared/domain/planning/operations.ts'
import { fromLocal, fromMs, localDateOf } from '../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import type { Plain } from '../../app/client.ts'
import { worstFirst } from '../../app/conflicts.ts'
import type { AssignmentRow } from '../../app/rows.ts'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { parseTime } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { ConflictsOf } from './ConflictLine.tsx'
import type { PlanBar } from './plan.ts'

type Changes = Plain<z.infer<typeof updateAssignment.input>['changes']>

/** Columns whose words the plan does not hold: read for the rows of the page only, and when they are shown. */
export const readAside = ['notes'] as const

/**
 * Rows of the plan as a table. `aside`: what was read beside the plan, by id. Times are those of each mission's own clocks, with the
 * offset as soon as one differs from the project's.
 */
export function usePlanColumns(aside: ReadonlyMap<string, AssignmentRow>, projectZone: string, mayUpdate: boolean): Column<PlanBar>[] {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const keep = useCellSave(updateAssignment)
  const may = (bar: PlanBar): boolean => mayUpdate && bar.state !== 'canceled'
  const save = (bar: PlanBar, changes: Changes): Promise<string | null> => keep(Object.keys(changes)[0] ?? '', { id: bar.id, version: bar.version, changes })
  const zoneOf = (bar: PlanBar): string => bar.mission.zone
  const callTime = async (bar: PlanBar, typed: string): Promise<string | null> => {
    if (typed.trim() === '') return save(bar, { call_at: null })
    const clock = parseTime(typed)
    return clock ? save(bar, { call_at: fromLocal(localDateOf(fromMs(bar.call ?? bar.start), zoneOf(bar)), clock, zoneOf(bar)) }) : t('issue.moment')
  }
  const call = (bar: PlanBar): string => (bar.call === null ? '' : format.timeOf(fromMs(bar.call), zoneOf(bar)))
  const offset = (ms: number, zone: string): string => format.offset(fromMs(ms), zone)
  const moment = (bar: PlanBar, ms: number) => (
    <>
      {format.dayOf(fromMs(ms), zoneOf(bar))} {format.timeOf(fromMs(ms), zoneOf(bar))}
      {offset(ms, zoneOf(bar)) !== offset(ms, projectZone) && <span className={mutedText}> {offset(ms, zoneOf(bar))}</span>}
    </>
  )
  const nextDay = (bar: PlanBar): boolean => localDateOf(fromMs(bar.start), zoneOf(bar)) !== localDateOf(fromMs(bar.end), zoneOf(bar))
  const flags = ({ reconfirm, untold }: PlanBar): string => [reconfirm && t('planning.filter.reconfirm'), untold && t('planning.filter.untold')].filter(Boolean).join(', ')
  return [
    { key: 'conflict', label: t('assignment.conflict'), text: (bar) => String(bar.conflicts.length || ''), render: (bar) => <ConflictsOf conflicts={worstFirst(bar.conflicts)} /> },
    { key: 'person', label: t('assignment.person'), sort: 'collaborator_name', render: (bar) => <strong>{bar.person.name}</strong> },
    {
      key: 'role', label: t('assignment.role'), sort: 'crew_role_name', render: (bar) => (bar.role ? catalogue.name(bar.role) : '—'),
      edit: { value: (bar) => bar.role?.id ?? '', may, choices: catalogue.crewRoles.map((role) => ({ value: role.id, label: catalogue.name(role) })), save: (bar, typed) => save(bar, { crew_role_id: typed || null }) },
    },
    { key: 'department', secondary: true, label: t('assignment.department'), sort: 'department_code', text: ({ role }) => role?.department_code ?? '', render: ({ role }) => role?.department_code && <DepartmentTag code={role.department_code} /> },
    { key: 'mission', label: t('assignment.mission'), sort: 'mission_title', render: ({ mission }) => [mission.day_code, mission.title].filter(Boolean).join(' · ') },
    { key: 'call', optional: true, label: t('assignment.call'), numeric: true, render: call, edit: { value: call, may, save: callTime } },
    { key: 'start', label: t('assignment.start'), sort: 'start_at', render: (bar) => moment(bar, bar.start) },
    { key: 'end', secondary: true, label: t('assignment.end'), sort: 'end_at', render: (bar) => (nextDay(bar) ? moment(bar, bar.end) : format.timeOf(fromMs(bar.end), zoneOf(bar))) },
    { key: 'duration', secondary: true, label: t('assignment.duration'), sort: 'duration', numeric: true, render: (bar) => format.duration(fromMs(bar.start), fromMs(bar.end)) },
    {
      key: 'state', label: t('assignment.state'), sort: 'state', text: ({ state }) => wordOf(t, 'state.engagement', state),
      render: (bar) => <StateBadge family="engagement" state={bar.state} reason={aside.get(bar.id)?.cancel_reason ?? null} />,
    },
    { key: 'location', secondary: true, label: t('planning.filter.location'), sort: 'location_name', render: ({ mission }) => mission.location?.name ?? '' },
    { key: 'engagement', optional: true, label: t('assignment.engagement'), render: ({ engagement }) => wordOf(t, 'assignment.engagement', engagement) },
    { key: 'flags', optional: true, label: t('planning.flags'), render: flags },
    { key: 'notes', optional: true, label: t('assignment.notes'), render: (bar) => aside.get(bar.id)?.notes ?? '', edit: { value: (bar) => aside.get(bar.id)?.notes ?? '', may: (bar) => may(bar) && aside.has(bar.id), save: (bar, typed) => save(bar, { notes: typed || null }) } },
  ]
}
