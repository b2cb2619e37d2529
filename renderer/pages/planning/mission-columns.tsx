import { LockKeyhole } from 'lucide-react'
import { useRef } from 'react'
import { fromLocal, localDateOf } from '../../../shared/kernel/instants.ts'
import { missionKinds } from '../../../shared/domain/planning/model.ts'
import { updateMission } from '../../../shared/domain/planning/operations.ts'
import type { Plain } from '../../app/client.ts'
import type { z } from 'zod'
import type { MissionRow } from '../../app/rows.ts'
import type { Column } from '../../components/DataTable.tsx'
import { PlacePicker } from '../../components/PlacePicker.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useCellSave } from '../../components/table/use-cell-save.ts'
import { parseTime } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { Coverage } from './Coverage.tsx'

type Changes = Plain<z.infer<typeof updateMission.input>['changes']>

/** Columns of the missions, those that hold plain fields edited in place. */
export function useMissionColumns(mayUpdate: boolean): Column<MissionRow>[] {
  const t = useT()
  const format = useFormat()
  const keep = useCellSave(updateMission)
  const zones = useRef(new Map<string, string>())
  const may = (row: MissionRow): boolean => mayUpdate && !row.locked && row.status !== 'canceled'
  const save = (row: MissionRow, changes: Changes): Promise<string | null> => keep(Object.keys(changes)[0] ?? '', { id: row.id, version: row.version, changes })
  const time = (field: 'start_at' | 'end_at') => ({
    value: (row: MissionRow) => format.timeOf(row[field], row.zone),
    save: async (row: MissionRow, typed: string) => {
      const clock = parseTime(typed)
      if (!clock) return t('issue.moment')
      return save(row, { [field]: fromLocal(localDateOf(row[field], row.zone), clock, row.zone) })
    },
    may,
  })
  return [
    { key: 'date', label: t('mission.date'), sort: 'start_at', width: 136, render: (row) => format.day(localDateOf(row.start_at, row.zone)) },
    { key: 'code', label: t('mission.day_code'), sort: 'day_code', width: 72, render: (row) => row.day_code, edit: { value: (row) => row.day_code ?? '', save: (row, typed) => save(row, { day_code: typed || null }), may } },
    { key: 'title', label: t('mission.title'), sort: 'title', render: (row) => <strong>{row.title}</strong>, edit: { value: (row) => row.title, save: (row, typed) => save(row, { title: typed }), may } },
    {
      key: 'kind', optional: true, label: t('mission.kind'), sort: 'kind', render: (row) => wordOf(t, 'mission.kind', row.kind),
      edit: {
        value: (row) => row.kind, may, choices: missionKinds.map((value) => ({ value, label: wordOf(t, 'mission.kind', value) })),
        save: (row, typed) => save(row, { kind: missionKinds.find((kind) => kind === typed) ?? row.kind }),
      },
    },
    {
      key: 'location', secondary: true, label: t('mission.location'), sort: 'location_name', render: (row) => row.location_name,
      edit: {
        value: (row) => row.location_id ?? '', may,
        save: (row, typed) => save(row, { location_id: typed || null, ...zoneOf(zones.current.get(typed)) }),
        picker: (row, label, pick) => (
          <PlacePicker
            label={label}
            quiet
            autoFocus
            project={row.project_id}
            placeholder={t('mission.no_location')}
            value={row.location_id}
            onPick={(place) => {
              if (place) zones.current.set(place.id, place.zone)
              pick(place?.id ?? '')
            }}
          />
        ),
      },
    },
    { key: 'call', label: t('mission.call'), numeric: true, width: 96, render: (row) => <At row={row} instant={row.first_call_at ?? row.start_at} />, text: (row) => format.timeOf(row.first_call_at ?? row.start_at, row.zone) },
    { key: 'start', optional: true, label: t('mission.start'), numeric: true, render: (row) => format.timeOf(row.start_at, row.zone), edit: time('start_at') },
    { key: 'wrap', label: t('mission.wrap'), numeric: true, width: 84, render: (row) => <At row={row} instant={row.end_at} />, text: (row) => format.timeOf(row.end_at, row.zone), edit: time('end_at') },
    { key: 'coverage', label: t('mission.coverage'), numeric: true, width: 104, render: (row) => <Coverage filled={row.filled_count ?? 0} held={row.held_count ?? 0} needed={row.head_count ?? 0} assigned={row.assigned_count ?? 0} />, text: (row) => (row.head_count ? `${row.filled_count ?? 0}/${row.head_count}` : String(row.assigned_count ?? 0)) },
    { key: 'sheet', secondary: true, label: t('mission.sheet_column'), width: 110, render: (row) => <SheetVersion row={row} /> },
    {
      key: 'state', label: t('mission.state'), sort: 'status', width: 130, text: (row) => wordOf(t, 'state.mission', row.status),
      render: (row) => (
        <>
          <StateBadge family="mission" state={row.status} /> {row.locked && <LockKeyhole size={14} aria-label={t('mission.locked')} />}
        </>
      ),
    },
  ]
}

/** A time of another day than the mission's first says by how many days. */
function At({ row, instant }: { row: MissionRow; instant: MissionRow['start_at'] }) {
  const format = useFormat()
  const days = Math.round((Date.parse(localDateOf(instant, row.zone)) - Date.parse(localDateOf(row.start_at, row.zone))) / 86_400_000)
  return (
    <>
      {format.timeOf(instant, row.zone)}
      {days !== 0 && <sup>{days > 0 ? `+${days}` : days}</sup>}
    </>
  )
}

function SheetVersion({ row }: { row: MissionRow }) {
  const t = useT()
  if (!row.sheet_id) return null
  const published = row.sheet_published_number === null ? null : t('mission.sheet_version', { number: row.sheet_published_number })
  const next = row.sheet_next_number === null ? null : `${t('mission.sheet_version', { number: row.sheet_next_number })} ${wordOf(t, 'state.revision', row.sheet_next_state ?? 'draft')}`
  return <>{[published, next].filter(Boolean).join(' → ')}</>
}

/** A mission keeps the clocks of its place. */
const zoneOf = (zone: string | undefined): { zone?: string } => (zone === undefined ? {} : { zone })
