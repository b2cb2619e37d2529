import { LockKeyhole, Plus } from 'lucide-react'
import { useRef } from 'react'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { missionKinds, missionStatuses } from '../../../shared/domain/planning/model.ts'
import { useProject } from '../../app/context.tsx'
import { paths, useGo } from '../../app/routes.ts'
import { MissionRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { MissionPanel } from './MissionPanel.tsx'
import { QuickMission } from './QuickMission.tsx'

export function MissionsPage() {
  const t = useT()
  const format = useFormat()
  const go = useGo()
  const project = useProject()
  const quick = useRef<HTMLInputElement>(null)
  const filters: readonly ListFilter[] = [
    { name: 'date', label: t('mission.date'), column: 'start_at', kind: 'days', zone: project.zone },
    { name: 'status', label: t('mission.state'), column: 'status', pinned: true, values: missionStatuses, text: (value) => wordOf(t, 'state.mission', value) },
    { name: 'kind', label: t('mission.kind'), column: 'kind', pinned: true, values: missionKinds, text: (value) => wordOf(t, 'mission.kind', value) },
    { name: 'day', label: t('mission.day_code'), column: 'day_code' },
    { name: 'locked', label: t('mission.locked'), column: 'locked', kind: 'boolean' },
  ]
  const list = useListPage({ operation: listMissions, row: MissionRow, projectId: project.id, filters, sort: ['start_at'] })
  const { open } = list
  const mayCreate = list.can.has('mission.create') && !project.archived
  const assign = (): void => {
    if (open) go(`${paths.planning(project.org, project.id)}?mission=${open}&sel=new`)
  }
  useShortcuts({ 'n m': () => quick.current?.focus(), a: assign, 'n a': assign })
  const columns: Column<MissionRow>[] = [
    { key: 'date', label: t('mission.date'), sort: 'start_at', render: (row) => format.day(localDateOf(row.start_at, row.zone)) },
    { key: 'code', label: t('mission.day_code'), sort: 'day_code', render: (row) => row.day_code },
    { key: 'title', label: t('mission.title'), sort: 'title', render: (row) => <strong>{row.title}</strong> },
    { key: 'kind', secondary: true, label: t('mission.kind'), render: (row) => wordOf(t, 'mission.kind', row.kind) },
    { key: 'location', secondary: true, label: t('mission.location'), render: (row) => row.location_name },
    { key: 'call', label: t('mission.call'), numeric: true, render: (row) => format.timeOf(row.start_at, row.zone) },
    { key: 'wrap', label: t('mission.wrap'), numeric: true, render: (row) => <EndTime row={row} /> },
    { key: 'coverage', label: t('mission.coverage'), numeric: true, render: (row) => (row.head_count ? `${row.assigned_count ?? 0} / ${row.head_count}` : (row.assigned_count ?? '')) },
    {
      key: 'state',
      label: t('mission.state'),
      render: (row) => (
        <>
          <StateBadge family="mission" state={row.status} /> {row.locked && <LockKeyhole size={14} aria-label={t('mission.locked')} />}
        </>
      ),
    },
  ]
  return (
    <ListPage
      list={list}
      title={t('missions.title')}
      scope={project.name}
      all={t('list.all_missions')}
      columns={columns}
      nameOf={(row) => row.title}
      actions={mayCreate && <Button kind="primary" icon={Plus} label={t('missions.new')} keys="N M" onClick={() => quick.current?.focus()} />}
      panel={open ? <MissionPanel id={open} onClose={() => list.setOpen(null)} /> : null}
      strip={
        <>
          {project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
          {mayCreate && <QuickMission input={quick} onMade={list.setOpen} />}
        </>
      }
      empty={
        <EmptyState text={t('missions.empty')}>
          {mayCreate && <Button kind="primary" label={t('missions.new')} keys="N M" onClick={() => quick.current?.focus()} />}
          {mayCreate && <Button label={t('nav.import')} onClick={() => go(paths.import(project.org, project.id))} />}
        </EmptyState>
      }
    />
  )
}

function EndTime({ row }: { row: MissionRow }) {
  const format = useFormat()
  const days = (Date.parse(localDateOf(row.end_at, row.zone)) - Date.parse(localDateOf(row.start_at, row.zone))) / 86_400_000
  return (
    <>
      {format.timeOf(row.end_at, row.zone)}
      {days > 0 && <sup>+{days}</sup>}
    </>
  )
}
