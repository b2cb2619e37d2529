import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { assignmentStates } from '../../../shared/domain/planning/model.ts'
import { listAssignments, listMissions } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { byRecord, countOf, useConflicts } from '../../app/conflicts.ts'
import { useProject } from '../../app/context.tsx'
import { useList } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { AssignmentRow, MissionRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import { ConflictBadge } from '../../components/ConflictBadge.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { ListBody } from '../ListBody.tsx'
import { AssignPanel } from './AssignPanel.tsx'
import { useAssignmentColumns } from './assignment-columns.tsx'
import { AssignmentBulk } from './AssignmentBulk.tsx'
import { AssignmentPanel } from './AssignmentPanel.tsx'

const FILTERS = ['mission', 'department', 'state']

export function PlanningPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const go = useGo()
  const project = useProject()
  const catalogue = useCatalogue()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [mission, department, state, sort, open] = [url.get('mission'), url.get('department'), url.get('state'), url.get('sort'), url.get('sel')]
  const missions = useList(listMissions, { project_id: project.id, sort: ['start_at'], limit: 200 }, MissionRow)
  const filter = {
    ...(mission ? { mission_id: mission } : {}),
    ...(department ? { department_code: department } : {}),
    ...(state ? { state } : { state: assignmentStates.filter((one) => one !== 'canceled') }),
  }
  const order = sort ? sort.split(',') : ['start_at', 'department_code', 'collaborator_name']
  const list = useList(listAssignments, { project_id: project.id, filter, sort: order, limit: 200 }, AssignmentRow)
  const conflicts = useConflicts(project.id)
  const ofRow = useMemo(() => byRecord(conflicts, 'assignment'), [conflicts])
  const columns = useAssignmentColumns(ofRow, project.zone)
  const mayAssign = list.can.has('assignment.create') && !project.archived
  useShortcuts({ a: () => mayAssign && url.set({ sel: 'new' }), 'n a': () => mayAssign && url.set({ sel: 'new' }) })
  const close = (): void => url.set({ sel: null })
  const assign = mayAssign && <Button kind="primary" icon={Plus} label={t('planning.assign')} keys="A" onClick={() => url.set({ sel: 'new' }, 'push')} />
  return (
    <Page
      title={t('planning.title')}
      scope={project.name}
      print={{ document: 'assignment_list', project_id: project.id, list: { filter, sort: order }, ...(selected.size > 0 ? { ids: [...selected] } : {}) }}
      actions={assign}
      panel={
        open === 'new' ? (
          <AssignPanel missions={missions.items} mission={mission || null} onClose={close} />
        ) : open ? (
          <AssignmentPanel id={open} conflicts={ofRow.get(open) ?? []} onClose={close} />
        ) : null
      }
    >
      <FilterBar
        names={FILTERS}
        search={false}
        end={(['severe', 'warning', 'info'] as const).map((severity) => {
          const count = countOf(conflicts, severity)
          return count > 0 && <ConflictBadge key={severity} severity={severity} count={count} />
        })}
      >
        <FilterChip name="mission" label={t('assignment.mission')} choices={missions.items.map((row) => ({ value: row.id, label: [row.day_code, format.dayOf(row.start_at, row.zone), row.title].filter(Boolean).join(' · ') }))} />
        <FilterChip name="department" label={t('assignment.department')} choices={catalogue.departments.map((row) => ({ value: row.code, label: `${row.code} · ${catalogue.name(row)}` }))} />
        <FilterChip name="state" label={t('assignment.state')} all={t('planning.not_canceled')} choices={assignmentStates.map((value) => ({ value, label: wordOf(t, 'state.engagement', value) }))} />
      </FilterBar>
      <div>{project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}</div>
      <ListBody
        list={list}
        filtered={FILTERS.some((name) => url.get(name) !== '')}
        empty={
          <EmptyState text={t('planning.empty')}>
            {missions.items.length > 0 && assign}
            <Button label={t('planning.empty_missions')} onClick={() => go(paths.missions(project.org, project.id))} />
          </EmptyState>
        }
      >
        <DataTable
          label={t('planning.table')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => row.collaborator_name ?? ''}
          sort={sort}
          onSort={(next) => url.set({ sort: next })}
          current={open}
          onOpen={(id) => url.set({ sel: id }, 'push')}
          {...(mayAssign ? { selected, onSelect: setSelected, bulk: <AssignmentBulk selected={selected} can={list.can} onDone={() => setSelected(new Set())} /> } : {})}
          total={list.total}
          onMore={list.more}
        />
      </ListBody>
    </Page>
  )
}
