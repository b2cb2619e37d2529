import type { z } from 'zod'
import { updateAssignment } from '../../../shared/domain/planning/operations.ts'
import { fromLocal, localDateOf } from '../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import type { Plain } from '../../app/client.ts'
import type { ConflictRow } from '../../app/conflicts.ts'
import type { AssignmentRow } from '../../app/rows.ts'
import type { Column } from '../../components/DataTable.tsx'
import { DepartmentTag } from '../../components/DepartmentTag.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { parseTime } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictsOf } from './ConflictLine.tsx'

type Changes = Plain<z.infer<typeof updateAssignment.input>['changes']>

/** Times are those of each mission's own clocks, with the offset as soon as one differs from the project's. */
export function useAssignmentColumns(conflicts: ReadonlyMap<string, readonly ConflictRow[]>, projectZone: string, mayUpdate: boolean): Column<AssignmentRow>[] {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const keep = useCellSave(updateAssignment)
  const may = (row: AssignmentRow): boolean => mayUpdate && row.state !== 'canceled'
  const save = (row: AssignmentRow, changes: Changes): Promise<string | null> => keep(Object.keys(changes)[0] ?? '', { id: row.id, version: row.version, changes })
  const callTime = async (row: AssignmentRow, typed: string): Promise<string | null> => {
    if (typed.trim() === '') return save(row, { call_at: null })
    const clock = parseTime(typed)
    return clock ? save(row, { call_at: fromLocal(localDateOf(row.call_at ?? row.start_at, zoneOf(row)), clock, zoneOf(row)) }) : t('issue.moment')
  }
  const zoneOf = (row: AssignmentRow): string => row.mission_zone ?? projectZone
  const moment = (row: AssignmentRow, instant: AssignmentRow['start_at']) => (
    <>
      {format.dayOf(instant, zoneOf(row))} {format.timeOf(instant, zoneOf(row))}
      {format.offset(instant, zoneOf(row)) !== format.offset(instant, projectZone) && <span className={mutedText}> {format.offset(instant, zoneOf(row))}</span>}
    </>
  )
  const nextDay = (row: AssignmentRow): boolean => localDateOf(row.start_at, zoneOf(row)) !== localDateOf(row.end_at, zoneOf(row))
  return [
    { key: 'conflict', label: t('assignment.conflict'), render: (row) => <ConflictsOf conflicts={conflicts.get(row.id)} /> },
    { key: 'person', label: t('assignment.person'), sort: 'collaborator_name', render: (row) => <strong>{row.collaborator_name}</strong> },
    { key: 'role', label: t('assignment.role'), sort: 'crew_role_name', render: (row) => (row.crew_role_name ? catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en }) : '—'),
      edit: { value: (row) => row.crew_role_id ?? '', may, choices: catalogue.crewRoles.map((role) => ({ value: role.id, label: catalogue.name(role) })), save: (row, typed) => save(row, { crew_role_id: typed || null }) } },

    { key: 'department', secondary: true, label: t('assignment.department'), sort: 'department_code', render: (row) => row.department_code && <DepartmentTag code={row.department_code} /> },
    { key: 'mission', label: t('assignment.mission'), sort: 'mission_title', render: (row) => [row.mission_day_code, row.mission_title].filter(Boolean).join(' · ') },
    {
      key: 'call', optional: true, label: t('assignment.call'), numeric: true, render: (row) => (row.call_at ? format.timeOf(row.call_at, zoneOf(row)) : ''),
      edit: { value: (row) => (row.call_at ? format.timeOf(row.call_at, zoneOf(row)) : ''), may, save: callTime },
    },
    { key: 'start', label: t('assignment.start'), sort: 'start_at', render: (row) => moment(row, row.start_at) },
    { key: 'end', secondary: true, label: t('assignment.end'), sort: 'end_at', render: (row) => (nextDay(row) ? moment(row, row.end_at) : format.timeOf(row.end_at, zoneOf(row))) },
    { key: 'duration', secondary: true, label: t('assignment.duration'), numeric: true, render: (row) => format.duration(row.start_at, row.end_at) },
    { key: 'state', label: t('assignment.state'), sort: 'state', render: (row) => <StateBadge family="engagement" state={row.state} reason={row.cancel_reason} /> },
    { key: 'notes', optional: true, label: t('assignment.notes'), render: (row) => row.notes, edit: { value: (row) => row.notes ?? '', may, save: (row, typed) => save(row, { notes: typed || null }) } },
  ]
}
