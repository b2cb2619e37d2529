import { History, Upload, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { contractMarks } from '../../../shared/domain/contracts/phases.ts'
import { engagementMarks } from '../../../shared/domain/engagement/marks.ts'
import { listCrew } from '../../../shared/domain/people/crew-operations.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { useActions } from '../../app/actions.ts'
import type { Action } from '../../app/actions.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { countOf, useConflicts } from '../../app/conflicts.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useList } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { PrintButton } from '../../components/print/PrintButton.tsx'
import type { PrintRequest } from '../../components/print/print-request.ts'
import { SidePanel } from '../../components/SidePanel.tsx'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { WithoutContractFilter } from '../contracts/WithoutContract.tsx'
import { PeopleEngagementBulk } from '../engagement/EngagementBulk.tsx'
import { EngagementTimeline } from '../engagement/EngagementTimeline.tsx'
import { MarkCounters } from '../engagement/MarkCounters.tsx'
import { AssignPanel } from '../planning/AssignPanel.tsx'
import { PeopleBulk } from '../people/PeopleBulk.tsx'
import { PersonPanel } from '../people/PersonPanel.tsx'
import { useCrewColumns } from './crew-columns.tsx'
import { CrewRoleDialog } from './CrewBulk.tsx'
import { CrewRow } from './crew-row.ts'
import styles from './Crew.module.css'

const SEVERITIES = ['severe', 'warning', 'info'] as const

/** Who works in the project: derived from its assignments, so that adding somebody is planning them on a mission. */
export function CrewPage() {
  const t = useT()
  const go = useGo()
  const url = useUrlState()
  const project = useProject()
  const catalogue = useCatalogue()
  const [changingRole, setChangingRole] = useState(false)
  const department = (code: string): string => {
    const row = catalogue.departments.find((one) => one.code === code)
    return row ? `${code} · ${catalogue.name(row)}` : code
  }
  const role = (id: string): string => {
    const row = catalogue.crewRoles.find((one) => one.id === id)
    return row ? catalogue.name(row) : '—'
  }
  const filters: readonly ListFilter[] = [
    { name: 'department', label: t('person.department'), column: 'department_code', pinned: true, text: department, short: (code) => code, none: t('list.no_department') },
    { name: 'role', label: t('crew.roles'), column: 'crew_role_id', pinned: true, text: role, none: t('crew.no_role') },
    { name: 'state', label: t('crew.state'), column: 'state', pinned: true, values: ['filled', 'held'], text: (value) => wordOf(t, 'crew.state', value) },
    { name: 'engagement', label: t('engagement.mark'), column: 'engagement', pinned: true, values: engagementMarks, text: (value) => wordOf(t, 'engagement.mark', value) },
    { name: 'contract', label: t('contracts.mark'), column: 'contract', values: contractMarks, text: (value) => wordOf(t, 'contracts.mark', value), none: t('contracts.mark_none') },
    { name: 'conflict', label: t('crew.conflicts'), column: 'severity', values: SEVERITIES, text: (value) => wordOf(t, 'crew.severity', value), none: t('crew.no_conflict') },
    { name: 'phone', label: t('person.phone'), column: 'reachable', kind: 'boolean', text: (value) => t(value === 'true' ? 'crew.with_phone' : 'crew.without_phone') },
    { name: 'next', label: t('crew.next'), column: 'next_at', kind: 'days', zone: project.zone },
    { name: 'deadline', label: t('engagement.next_deadline'), column: 'deadline_at', kind: 'days', zone: project.zone },
    { name: 'kind', label: t('person.kind'), column: 'kind', values: ['person', 'team', 'vendor'], text: (value) => wordOf(t, 'person.kind', value) },
  ]
  const list = useListPage({ operation: listCrew, row: CrewRow, projectId: project.id, filters, sort: ['department', 'crew_role_name', 'display_name'] })
  const { open, can, selected } = list
  const conflicts = useConflicts(project.id)
  const mayPlan = project.can.has('assignment.create_many') && !project.archived
  const missions = useList(listMissions, mayPlan ? { project_id: project.id, filter: { status: { not: 'canceled' } }, sort: ['start_at'], limit: 200 } : null, MissionRow)
  const columns = useCrewColumns({ project: project.id, mayPlan, hidden: list.hidden, mayUpdate: can.has('collaborator.update') && !project.archived, zone: project.zone })

  // What is printed is what the filters name, or the people marked.
  const filteredIds = useAnswer(listCrew, list.filtered && selected.size === 0 ? { ...list.asked, limit: 1, ids: true } : null).answer?.value.ids
  const { filter, search } = list.asked
  const print: PrintRequest = {
    document: 'crew_list', project_id: project.id, list: { ...(filter ? { filter } : {}), ...(search ? { search } : {}) },
    ...(selected.size > 0 ? { ids: [...selected] } : {}), ...(filteredIds ? { rows: filteredIds } : {}), ...(open ? { record: open } : {}),
  }

  const assigning = url.get('assign') !== '' && mayPlan
  const assign = (): void => url.set({ assign: '1' }, 'push')
  const chosen = list.items.filter((row) => selected.has(row.id))
  const following = url.get('timeline') !== '' && !assigning
  const follow = (): void => url.set({ timeline: following ? null : '1', assign: null, sel: null }, 'push')
  const followed: Action = { id: 'crew.timeline', label: t('engagement.timeline'), group: 'page', run: follow }
  const actions: Action[] = mayPlan
    ? [
        followed,
        { id: 'crew.assign', label: selected.size > 0 ? t('crew.assign_chosen') : t('crew.add'), keys: 'a', group: 'page', run: assign },
        { id: 'crew.role', label: t('crew.role_change'), group: 'page', run: () => setChangingRole(true), ...(selected.size === 0 ? { off: t('crew.choose_first') } : {}) },
      ]
    : [followed]
  useActions(actions)
  const close = (): void => list.setOpen(null)
  const add = mayPlan && <Button kind="primary" icon={UserPlus} label={t('crew.add')} keys="A" onClick={assign} />
  const bring = mayPlan && <Button icon={Upload} label={t('crew.import')} onClick={() => go(`${paths.import(project.org, project.id)}?kind=people`)} />
  return (
    <>
      <ListPage
        list={list}
        title={t('crew.title')}
        scope={project.name}
        all={t('crew.all')}
        columns={columns}
        nameOf={(row) => row.display_name}
        role={t('crew.role_needed')}
        print={print}
        actions={
          <>
            <Button kind="quiet" icon={History} iconOnly label={t('engagement.timeline')} aria-pressed={following} onClick={follow} />
            {bring}
            {add}
          </>
        }
        views={
          <div className={styles['marks']}>
            <MarkCounters project={project.id} chosen={list.filterText('engagement')} onChoose={(text) => list.setFilter('engagement', text)} />
            <WithoutContractFilter on={list.filterText('contract') === 'missing'} onChoose={(on) => list.setFilter('contract', on ? 'missing' : '')} />
          </div>
        }
        filterEnd={SEVERITIES.map((severity) => {
          const count = countOf(conflicts, severity)
          const on = list.filterText('conflict') === severity
          return (
            count > 0 && (
              <button key={severity} type="button" className={styles['counter']} title={t('crew.conflict_filter', { severity: wordOf(t, 'crew.severity', severity), count })} aria-pressed={on} onClick={() => list.setFilter('conflict', on ? '' : severity)}>
                <ConflictBadge severity={severity} count={count} />
              </button>
            )
          )
        })}
        panel={
          assigning ? (
            <AssignPanel key={String(selected.size)} missions={missions.items} mission={null} people={chosen} onClose={() => url.set({ assign: null })} />
          ) : open ? (
            <PersonPanel id={open} onClose={close} />
          ) : following ? (
            <SidePanel title={t('engagement.timeline')} record={`timeline:${project.id}`} onClose={() => url.set({ timeline: null })}>
              <EngagementTimeline about={{ project_id: project.id }} zone={project.zone} title={project.name} />
            </SidePanel>
          ) : null
        }
        strip={project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
        bulk={() => (
          <>
            <PrintButton request={print} />
            {mayPlan && <PeopleEngagementBulk people={[...selected]} onDone={() => list.setSelected(new Set())} />}
            {mayPlan && <Button small label={t('crew.assign_chosen')} keys="A" onClick={assign} />}
            {mayPlan && <Button small label={t('crew.role_change')} onClick={() => setChangingRole(true)} />}
            {can.has('collaborator.update') && !project.archived && <PeopleBulk selected={selected} onDone={() => list.setSelected(new Set())} />}
          </>
        )}
        empty={
          <EmptyState text={t('crew.empty')} help="crew">
            {add}
            {bring}
          </EmptyState>
        }
      />
      {changingRole && (
        <CrewRoleDialog
          project={project.id}
          people={[...selected]}
          onClose={() => setChangingRole(false)}
          onDone={() => {
            setChangingRole(false)
            list.setSelected(new Set())
          }}
        />
      )}
    </>
  )
}
