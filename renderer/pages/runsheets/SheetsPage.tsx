import { Plus } from 'lucide-react'
import { useState } from 'react'
import { listSheets } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useList } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../components/Button.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { FilterBar, FilterChip, Page } from '../../components/Page.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { ListBody } from '../ListBody.tsx'
import { PrepareDialog } from './PrepareDialog.tsx'
import { SheetLine } from './sheet-rows.ts'

const STATES = ['draft', 'validated', 'published', 'archived']

export function SheetsPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const go = useGo()
  const project = useProject()
  const [preparing, setPreparing] = useState(false)
  const [status, sort] = [url.get('status'), url.get('sort')]
  const list = useList(listSheets, { project_id: project.id, ...(status ? { filter: { status } } : {}), sort: sort ? sort.split(',') : ['sheet_date'], limit: 100 }, SheetLine)
  const mayPrepare = list.can.has('sheet.prepare') && !project.archived
  useShortcuts({ 'n s': () => mayPrepare && setPreparing(true) })
  const columns: Column<SheetLine>[] = [
    { key: 'day', label: t('sheets.day'), sort: 'sheet_date', render: (row) => format.day(row.sheet_date) },
    { key: 'mission', label: t('sheets.lead'), sort: 'lead_mission_title', render: (row) => <strong>{[row.lead_mission_code, row.lead_mission_title].filter(Boolean).join(' · ')}</strong> },
    { key: 'location', label: t('mission.location'), sort: 'location_name', render: (row) => row.location_name },
    { key: 'people', label: t('sheets.people'), numeric: true, render: (row) => row.people_count ?? '' },
    {
      key: 'current',
      label: t('sheets.current'),
      sort: 'status',
      render: (row) =>
        row.published_number === null ? (
          ''
        ) : (
          <>
            <strong>v{row.published_number}</strong> <StateBadge family="revision" state="published" /> <span className={mutedText}>{row.published_at && format.dayOf(row.published_at, row.zone ?? project.zone)}</span>
          </>
        ),
    },
    {
      key: 'next',
      label: t('sheets.next'),
      render: (row) =>
        row.next_state && (
          <>
            v{row.next_number} <StateBadge family="revision" state={row.next_state} />
          </>
        ),
    },
  ]
  const prepare = mayPrepare && <Button kind="primary" icon={Plus} label={t('sheets.new')} keys="N S" onClick={() => setPreparing(true)} />
  return (
    <Page title={t('sheets.title')} scope={project.name} actions={prepare} print={{ document: 'sheet_list', project_id: project.id, list: { ...(status ? { filter: { status } } : {}), sort: sort ? sort.split(',') : ['sheet_date'] } }}>
      <FilterBar names={['status']} search={false}>
        <FilterChip name="status" label={t('sheet.state')} choices={STATES.map((value) => ({ value, label: wordOf(t, 'state.revision', value) }))} />
      </FilterBar>
      <div>{project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}</div>
      <ListBody list={list} filtered={status !== ''} empty={<EmptyState text={t('sheets.empty')}>{prepare}</EmptyState>}>
        <DataTable
          label={t('sheets.title')}
          columns={columns}
          rows={list.items}
          idOf={(row) => row.id}
          nameOf={(row) => row.lead_mission_title ?? row.sheet_date}
          sort={sort}
          onSort={(next) => url.set({ sort: next })}
          onOpen={(id) => go(paths.sheet(project.org, project.id, id))}
          total={list.total}
          onMore={list.more}
        />
      </ListBody>
      {preparing && <PrepareDialog onClose={() => setPreparing(false)} onDone={(id) => go(paths.sheet(project.org, project.id, id))} />}
    </Page>
  )
}
