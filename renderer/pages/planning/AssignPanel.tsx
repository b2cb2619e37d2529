import { useMemo, useState } from 'react'
import { createAssignments } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useForeseen } from '../../app/conflicts.ts'
import { useCommand } from '../../app/queries.ts'
import type { MissionRow, PersonRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { PeoplePicker } from '../../components/PeoplePicker.tsx'
import { mutedText, RowList } from '../../components/RowList.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { ConflictsOf } from './ConflictLine.tsx'

/** Who can be put on a mission: what of a person's line the panel shows. */
export type Candidate = Pick<PersonRow, 'id' | 'display_name' | 'crew_role_id' | 'crew_role_name' | 'crew_role_name_en' | 'department_code'>
const NOBODY: readonly Candidate[] = []

/** What the panel says of a mission. */
export type AssignableMission = Pick<MissionRow, 'id' | 'title' | 'day_code' | 'start_at' | 'end_at' | 'zone'>

interface AssignPanelProps {
  missions: readonly AssignableMission[]
  mission: string | null
  /** Chosen already. */
  people?: readonly Candidate[]
  /** Post to fill: its crew role is asked for, and the assignments name it. */
  need?: { readonly id: string; readonly role: string | null } | null
  onClose: () => void
}

/** Mission, then names one after the other (Enter), then Ctrl+Enter: one command. Each name shows its role and conflicts before it is chosen. */
export function AssignPanel({ missions, mission: given, people: first = NOBODY, need = null, onClose }: AssignPanelProps) {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const [missionId, setMissionId] = useState<string | null>(given ?? (missions.length === 1 ? (missions[0]?.id ?? null) : null))
  const [people, setPeople] = useState<readonly Candidate[]>(first)
  const asked = useMemo(() => people.map((row) => row.id).sort(), [people])
  const chosenIds = useMemo(() => new Set(asked), [asked])
  const foreseen = useForeseen(missionId, asked)
  const assign = useCommand(createAssignments)
  const mission = missions.find((row) => row.id === missionId)
  const roleOf = (row: Candidate): string => [row.department_code, row.crew_role_name && catalogue.name({ name: row.crew_role_name, name_en: row.crew_role_name_en })].filter(Boolean).join(' · ')
  const submit = async (): Promise<void> => {
    if (!missionId || people.length === 0) return
    const post = need && missionId === given ? need : null
    const done = await assign.run({
      mission_id: missionId,
      people: people.map((row) => {
        const role = post?.role ?? row.crew_role_id
        return { collaborator_id: row.id, ...(role ? { crew_role_id: role } : {}), ...(post ? { need_id: post.id } : {}) }
      }),
    })
    if (!done) return
    announce(t('assignment.added', { name: people.map((row) => row.display_name).join(', ') }))
    onClose()
  }
  return (
    <SidePanel
      title={t('assignment.add_title')}
      record="new"
      onClose={onClose}
      onApply={() => void submit()}
      footer={
        <>
          <Button kind="primary" label={t('planning.assign')} keys="Ctrl ⏎" disabled={!missionId || people.length === 0 || assign.pending} onClick={() => void submit()} />
          <Button label={t('action.cancel')} onClick={onClose} />
        </>
      }
    >
      <FormErrorSummary failure={assign.failure} />
      <Combobox
        label={t('assignment.mission')}
        value={missionId}
        onChange={setMissionId}
        autoFocus={!missionId}
        options={missions.map((row) => ({ id: row.id, label: [row.day_code, row.title].filter(Boolean).join(' · '), detail: format.dayOf(row.start_at, row.zone) }))}
      />
      {mission ? (
        <p className={mutedText}>{t('assignment.whole_mission', { start: `${format.dayOf(mission.start_at, mission.zone)} ${format.timeOf(mission.start_at, mission.zone)}`, end: format.timeOf(mission.end_at, mission.zone) })}</p>
      ) : (
        <p className={mutedText}>{t('assignment.pick')}</p>
      )}
      <PeoplePicker
        label={t('assignment.person')}
        autoFocus={given !== null}
        mission={missionId}
        {...(need?.role && missionId === given ? { role: need.role } : {})}
        without={chosenIds}
        onPick={(person) => person && setPeople([...people, person])}
      />
      <RowList
        none=""
        removeLabel={t('action.remove')}
        onRemove={(id) => setPeople(people.filter((row) => row.id !== id))}
        rows={people.map((row) => ({
          id: row.id,
          name: row.display_name,
          content: (
            <>
              <strong>{row.display_name}</strong> <span className={mutedText}>{roleOf(row)}</span> <ConflictsOf conflicts={foreseen.get(row.id)} />
            </>
          ),
        }))}
      />
    </SidePanel>
  )
}
