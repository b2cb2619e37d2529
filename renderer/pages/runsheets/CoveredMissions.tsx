import { X } from 'lucide-react'
import { localDateOf } from '../../../shared/kernel/instants.ts'
import { listMissions } from '../../../shared/domain/planning/operations.ts'
import { coverMission, uncoverMission } from '../../../shared/domain/runsheets/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand, useList } from '../../app/queries.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { EditorSection } from './EditorSection.tsx'
import type { SheetRecord } from './sheet-rows.ts'
import styles from './Sheet.module.css'

/** The missions of the day on this sheet, the lead one first; others of the same day can join or leave. */
export function CoveredMissions({ sheet, can }: { sheet: SheetRecord; can: ReadonlySet<string> }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const cover = useCommand(coverMission)
  const uncover = useCommand(uncoverMission)
  const list = useList(listMissions, { project_id: project.id, filter: { status: ['draft', 'planned', 'in_progress'] }, sort: ['start_at'], limit: 200 }, MissionRow)
  const here = new Set(sheet.missions.map((row) => row.id))
  const free = list.items.filter((row) => !here.has(row.id) && localDateOf(row.start_at, row.zone) === sheet.sheet_date)
  const nameOf = (row: MissionRow): string => `${format.timeOf(row.start_at, row.zone)} ${row.title}`
  const mayChange = can.has('sheet.cover')
  if (sheet.missions.length < 2 && free.length === 0) return null
  return (
    <EditorSection name="missions" title={t('sheet.missions')}>
      <FormErrorSummary failure={cover.failure ?? uncover.failure} />
      <div className={styles['actions']}>
        {sheet.missions.map((row) =>
          row.id === sheet.lead_mission_id || !mayChange ? (
            <strong key={row.id}>{nameOf(row)}</strong>
          ) : (
            <Button key={row.id} small icon={X} label={t('sheet.uncover', { title: nameOf(row) })} disabled={uncover.pending} onClick={() => void uncover.run({ id: sheet.id, mission_id: row.id })} />
          ),
        )}
        {mayChange && free.map((row) => <Button key={row.id} small kind="quiet" label={t('sheet.cover', { title: nameOf(row) })} disabled={cover.pending} onClick={() => void cover.run({ id: sheet.id, mission_id: row.id })} />)}
      </div>
    </EditorSection>
  )
}
