import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { assignmentStates, engagementKinds } from '../../../shared/domain/planning/model.ts'
import { listAssignments, listMissions } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { byRecord, useConflicts } from '../../app/conflicts.ts'
import { useProject } from '../../app/context.tsx'
import { useList } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { AssignmentRow, MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { AssignPanel } from './AssignPanel.tsx'
import { useAssignmentColumns } from './assignment-columns.tsx'
import { AssignmentBulk } from './AssignmentBulk.tsx'
import type { BulkStep } from './AssignmentBulk.tsx'
import { AssignmentPanel } from './AssignmentPanel.tsx'
import { ConflictCounters } from './ConflictCounters.tsx'
import { lastInstant } from './project-input.ts'

/** Ids that a list can be asked for at once. */
const MOST_NAMED = 500

export function PlanningPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const go = useGo()
  const project = useProject()
  const catalogue = useCatalogue()
  const [now] = useState(() => Date.now())
  const [step, setStep] = useState<BulkStep | null>(null)
  const missions = useList(listMissions, { project_id: project.id, sort: ['start_at'], limit: 200 }, MissionRow)
  const conflicts = useConflicts(project.id)
  const ofRow = useMemo(() => byRecord(conflicts, 'assignment'), [conflicts])
  const severity = url.get('conflict')
  const missionNames = new Map(missions.items.map((row) => [row.id, [row.day_code, format.dayOf(row.start_at, row.zone), row.title].filter(Boolean).join(' · ')]))
  const departmentName = (code: string): string => {
    const row = catalogue.departments.find((one) => one.code === code)
    return row ? `${code} · ${catalogue.name(row)}` : code
  }
  const roleName = (id: string): string => {
    const row = catalogue.crewRoles.find((one) => one.id === id)
    return row ? catalogue.name(row) : id
  }
  const filters: readonly ListFilter[] = [
    { name: 'mission', label: t('assignment.mission'), column: 'mission_id', pinned: true, text: (id) => missionNames.get(id) ?? id },
    { name: 'department', label: t('assignment.department'), column: 'department_code', pinned: true, text: departmentName, short: (code) => code },
    { name: 'state', label: t('assignment.state'), column: 'state', pinned: true, values: assignmentStates, text: (value) => wordOf(t, 'state.engagement', value), preset: '!canceled' },
    { name: 'role', label: t('assignment.role'), column: 'crew_role_id', text: roleName },
    { name: 'day', label: t('assignment.start'), column: 'start_at', kind: 'days', zone: project.zone },
    { name: 'engagement', label: t('assignment.engagement'), column: 'engagement_kind', values: engagementKinds, text: (value) => wordOf(t, 'assignment.engagement', value) },
  ]
  // A counter of conflicts is a filter: the rows that its conflicts name.
  const named = severity === '' ? null : [...ofRow].filter(([, found]) => found.some((one) => one.severity === severity && !one.acknowledged)).map(([id]) => id)
  const list = useListPage({
    operation: listAssignments, row: AssignmentRow, projectId: project.id, filters, search: false, sort: ['start_at', 'department_code', 'collaborator_name'],
    ...(named && named.length > 0 ? { where: { id: named.slice(0, MOST_NAMED) } } : {}),
  })
  const { open, can, selected } = list
  const columns = useAssignmentColumns(ofRow, project.zone, can.has('assignment.update') && !project.archived)
  const mayAssign = can.has('assignment.create') && !project.archived
  const start = (): void => list.setOpen('new')
  useActions(mayAssign ? [{ id: 'planning.assign', label: t('planning.assign'), keys: 'a', group: 'page', run: start }, { id: 'assignment.new', label: t('assignment.add_title'), keys: 'n a', group: 'new', run: start }] : [])
  const close = (): void => list.setOpen(null)
  // By when they begin: the first that is not over, else the last.
  const next = missions.items.find(({ end_at }) => Date.parse(end_at) > now) ?? missions.items.at(-1)
  const assign = mayAssign && <Button kind="primary" icon={Plus} label={t('planning.assign')} keys="A" onClick={start} />
  return (
    <ListPage
      list={list}
      title={t('planning.title')}
      scope={project.name}
      all={t('planning.all')}
      columns={columns}
      nameOf={(row) => row.collaborator_name ?? ''}
      role={t('missions.role')}
      actions={assign}
      strip={project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
      filterEnd={<ConflictCounters conflicts={conflicts.filter(({ records }) => records.some(({ entity }) => entity === 'assignment'))} chosen={severity} onChoose={(next) => url.set({ conflict: next, page: null, pick: null }, 'push')} />}
      panel={
        open === 'new' ? (
          <AssignPanel missions={missions.items} mission={missionNames.has(url.get('mission')) ? url.get('mission') : null} onClose={close} />
        ) : open ? (
          <AssignmentPanel id={open} conflicts={ofRow.get(open) ?? []} onClose={close} />
        ) : null
      }
      {...(mayAssign
        ? {
            bulk: () => <AssignmentBulk selected={selected} can={can} step={step} onStep={setStep} onDone={() => list.setSelected(new Set())} />,
            bulkKeys: { s: () => setStep('cancel'), r: () => setStep('replace'), d: () => setStep('shift') },
          }
        : {})}
      empty={
        <EmptyState text={t('planning.empty', { a: format.dayOf(project.start_at, project.zone), b: format.dayOf(lastInstant(project.end_at), project.zone) })} help="assigning">
          {next && assign}
          {next ? (
            <Button label={t('planning.empty_next')} onClick={() => go(paths.mission(project.org, project.id, next.id))} />
          ) : (
            <Button label={t('planning.empty_missions')} onClick={() => go(paths.missions(project.org, project.id))} />
          )}
        </EmptyState>
      }
    />
  )
}
