import { Plus, ScanLine, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { sheetLayouts } from '../../../shared/domain/planning/model.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { revisionStates } from '../../../shared/domain/runsheets/model.ts'
import { listSheets } from '../../../shared/domain/runsheets/operations.ts'
import { useActions } from '../../app/actions.ts'
import { useProject } from '../../app/context.tsx'
import { useList } from '../../app/queries.ts'
import { paths, useGo, useUrlState } from '../../app/routes.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import type { Column } from '../../components/DataTable.tsx'
import type { ListFilter } from '../../components/list/address.ts'
import { ListPage } from '../../components/list/ListPage.tsx'
import { useListPage } from '../../components/list/use-list-page.ts'
import { mutedText } from '../../components/RowList.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { EmptyState, ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { CheckPrintDialog } from './CheckPrintDialog.tsx'
import { PrepareDialog } from './PrepareDialog.tsx'
import { SheetLine } from './sheet-rows.ts'
import styles from './Sheet.module.css'

const missionName = ({ code, title }: { code: string | null; title: string }): string => [code, title].filter(Boolean).join(' · ')

/** The library of a project's sheets: by day, place, state and version. */
export function SheetsPage() {
  const t = useT()
  const format = useFormat()
  const url = useUrlState()
  const go = useGo()
  const project = useProject()
  /** True, or the mission to begin with. */
  const [preparing, setPreparing] = useState<boolean | string>(false)
  const [checking, setChecking] = useState(false)
  const missions = useList(listMissions, { project_id: project.id, sort: ['-start_at'], limit: 200 }, MissionRow)
  const missionOf = (id: string): string => {
    const row = missions.items.find((one) => one.id === id)
    return row ? missionName({ code: row.day_code, title: row.title }) : id
  }
  // Those where the project works: a sheet is at the place of its missions.
  const places = new Map(missions.items.flatMap((one) => (one.location_id ? [[one.location_id, one.location_name ?? one.location_id] as const] : [])))
  const state = (value: string): string => wordOf(t, 'state.revision', value)
  const filters: readonly ListFilter[] = [
    { name: 'day', label: t('sheets.day'), column: 'sheet_date', pinned: true },
    { name: 'place', label: t('mission.location'), column: 'location_id', pinned: true, values: [...places.keys()], text: (id) => places.get(id) ?? id },
    { name: 'status', label: t('sheet.state'), column: 'status', pinned: true, values: revisionStates, text: state },
    { name: 'next', label: t('sheets.next'), column: 'next_state', values: ['draft', 'validated'], text: state },
    { name: 'changes', label: t('sheets.changes'), column: 'unpublished_changes', kind: 'boolean', values: ['true', 'false'], text: (value) => t(value === 'true' ? 'sheets.changes_some' : 'sheets.changes_none') },
    { name: 'covers', label: t('sheets.covered'), column: 'covered_mission_id', text: missionOf },
    { name: 'by', label: t('sheets.published_by'), column: 'published_by_name', none: t('sheets.unpublished') },
    { name: 'published', label: t('sheets.published_at'), column: 'published_at', kind: 'days', zone: project.zone },
    { name: 'layout', label: t('sheets.layout'), column: 'layout', values: sheetLayouts, text: (value) => t(`sheets.layout.${sheetLayouts.find((one) => one === value) ?? 'stage'}`) },
  ]
  const list = useListPage({ operation: listSheets, row: SheetLine, projectId: project.id, filters, sort: ['sheet_date'], search: false })
  const mayPrepare = list.can.has('sheet.prepare') && !project.archived
  useActions([
    ...(mayPrepare ? [{ id: 'sheets.new', label: t('sheets.new'), keys: 'n s', group: 'new' as const, run: () => setPreparing(true) }] : []),
    { id: 'sheets.check_print', label: t('sheet.check.title'), group: 'page', run: () => setChecking(true) },
  ])
  // `N S` on another page comes here with this in the address.
  const wanted = url.get('new') === 'sheet' && mayPrepare
  useEffect(() => {
    if (!wanted) return
    setPreparing(true)
    url.set({ new: null })
  }, [wanted, url])
  // A row opens its page: a sheet is more than a panel holds.
  const open = list.open
  useEffect(() => {
    if (open) go(paths.sheet(project.org, project.id, open))
  }, [open, go, project.org, project.id])
  const columns: Column<SheetLine>[] = [
    { key: 'day', label: t('sheets.day'), sort: 'sheet_date', render: (row) => format.day(row.sheet_date) },
    { key: 'mission', label: t('sheets.lead'), sort: 'lead_mission_title', render: (row) => <strong>{[row.lead_mission_code, row.lead_mission_title].filter(Boolean).join(' · ')}</strong> },
    { key: 'missions', label: t('sheets.covered'), optional: true, render: (row) => row.covered.length > 1 && <span className={mutedText}>{row.covered.slice(1).map(missionName).join(', ')}</span> },
    { key: 'location', label: t('mission.location'), sort: 'location_name', render: (row) => row.location_name },
    { key: 'call', label: t('sheets.call'), numeric: true, render: (row) => (row.start_at ? format.timeOf(row.start_at, row.zone ?? project.zone) : '') },
    { key: 'people', label: t('sheets.people'), numeric: true, optional: true, render: (row) => row.people_count ?? '' },
    {
      key: 'current',
      label: t('sheets.current'),
      sort: 'status',
      render: (row) =>
        row.published_number === null ? (
          row.status === 'archived' && <StateBadge family="revision" state="archived" />
        ) : (
          <>
            <strong>v{row.published_number}</strong> <StateBadge family="revision" state="published" />
          </>
        ),
    },
    {
      key: 'changes',
      label: t('sheets.changes'),
      render: (row) =>
        row.unpublished_changes && (
          <span className={styles['behind']}>
            <TriangleAlert size={13} aria-hidden /> {t('sheets.changes_some')}
          </span>
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
    { key: 'published', label: t('sheets.published_at'), sort: 'published_at', render: (row) => row.published_at && <span className={mutedText}>{format.moment(row.published_at)}</span> },
    { key: 'by', label: t('sheets.published_by'), sort: 'published_by_name', optional: true, render: (row) => row.published_by_name },
  ]
  const prepare = mayPrepare && <Button kind="primary" icon={Plus} label={t('sheets.new')} keys="N S" onClick={() => setPreparing(true)} />
  return (
    <>
      <ListPage
        list={list}
        title={t('sheets.title')}
        scope={project.name}
        all={t('sheets.all')}
        columns={columns}
        nameOf={(row) => row.lead_mission_title ?? row.sheet_date}
        actions={
          <>
            <Button icon={ScanLine} label={t('sheet.check.title')} onClick={() => setChecking(true)} />
            {prepare}
          </>
        }
        strip={project.archived && <ReadOnlyStrip text={t('project.archived_strip')} />}
        empty={<NoSheets onPrepare={mayPrepare ? setPreparing : null} />}
      />
      {checking && <CheckPrintDialog onClose={() => setChecking(false)} />}
      {preparing && <PrepareDialog {...(typeof preparing === 'string' ? { mission: preparing } : {})} onClose={() => setPreparing(false)} onDone={(id) => go(paths.sheet(project.org, project.id, id))} />}
    </>
  )
}

/** Nothing yet: the first sheet is that of the first mission still to come. */
function NoSheets({ onPrepare }: { onPrepare: ((mission: string | true) => void) | null }) {
  const t = useT()
  const project = useProject()
  const [now] = useState(() => new Date().toISOString())
  const coming = useList(listMissions, { project_id: project.id, filter: { status: ['draft', 'planned', 'in_progress'], end_at: { gte: now } }, sort: ['start_at'], limit: 1 }, MissionRow).items[0]
  return (
    <EmptyState text={t('sheets.empty')} help="sheets">
      {onPrepare && <Button kind="primary" icon={Plus} label={coming ? t('sheets.prepare_of', { code: coming.day_code ?? coming.title }) : t('sheets.new')} keys="N S" onClick={() => onPrepare(coming?.id ?? true)} />}
    </EmptyState>
  )
}
