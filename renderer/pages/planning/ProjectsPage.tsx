import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listProjects } from '../../../shared/domain/planning/operations.ts'
import { useList } from '../../app/queries.ts'
import { paths, useGo, useOrg, useUrlState } from '../../app/routes.ts'
import { ProjectRow } from '../../app/rows.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { EmptyState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { ListBody } from '../ListBody.tsx'
import { lastInstant } from './project-input.ts'
import { ProjectDialog } from './ProjectDialog.tsx'

const FILTERS = ['status']

export function ProjectsPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const go = useGo()
  const org = useOrg() ?? ''
  const [creating, setCreating] = useState(false)
  const status = url.get('status')
  const search = url.get('q')
  const sort = url.get('sort')
  const list = useList(
    listProjects,
    { ...(status ? { filter: { status } } : {}), ...(search ? { search } : {}), sort: sort ? sort.split(',') : ['start_at'] },
    ProjectRow,
  )
  const mayCreate = list.can.has('project.create')
  useShortcuts({ n: () => mayCreate && setCreating(true) })
  const columns: Column<ProjectRow>[] = [
    { key: 'name', label: t('project.name'), sort: 'name', render: (row) => <strong>{row.name}</strong> },
    { key: 'code', label: t('project.code'), sort: 'code', render: (row) => row.code },
    { key: 'start', label: t('project.start'), sort: 'start_at', render: (row) => format.day(localDateOf(row.start_at, row.zone)) },
    { key: 'end', label: t('project.end'), render: (row) => format.day(localDateOf(lastInstant(row.end_at), row.zone)) },
    { key: 'missions', label: t('project.missions'), numeric: true, render: (row) => (row.mission_count === null ? '' : format.number(row.mission_count)) },
    { key: 'zone', label: t('project.zone'), render: (row) => row.zone },
    { key: 'status', label: t('project.status'), render: (row) => wordOf(t, 'project.status', row.status) },
  ]
  return (
    <Page title={t('projects.title')} actions={mayCreate && <Button kind="primary" icon={Plus} label={t('projects.new')} onClick={() => setCreating(true)} />}>
      <FilterBar names={FILTERS}>
        <FilterChip name="status" label={t('project.status')} choices={['active', 'archived'].map((value) => ({ value, label: wordOf(t, 'project.status', value) }))} />
      </FilterBar>
      <span />
      <ListBody
        list={list}
        filtered={status !== '' || search !== ''}
        empty={<EmptyState text={t('projects.empty')}>{mayCreate && <Button kind="primary" label={t('projects.create')} onClick={() => setCreating(true)} />}</EmptyState>}
      >
        <DataTable
          label={t('projects.title')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => row.name}
          sort={sort}
          onSort={(next) => url.set({ sort: next })}
          onOpen={(id) => go(paths.missions(org, id))}
          total={list.total}
          onMore={list.more}
        />
      </ListBody>
      {creating && <ProjectDialog onClose={() => setCreating(false)} onDone={(id) => go(paths.missions(org, id))} />}
    </Page>
  )
}
