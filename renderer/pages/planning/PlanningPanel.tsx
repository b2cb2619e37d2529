import { useMemo } from 'react'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { byRecord, useConflicts } from '../../app/conflicts.ts'
import { AssignPanel } from './AssignPanel.tsx'
import type { AssignableMission } from './AssignPanel.tsx'
import { AssignmentPanel } from './AssignmentPanel.tsx'
import { MissionPanel } from './MissionPanel.tsx'
import type { Opened } from './opened.ts'
import type { Plan } from './plan.ts'
import { PlansPanel } from './publication/PlansPanel.tsx'

interface PlanningPanelProps {
  opened: Opened
  plan: Plan
  project: string
  /** Mission that the filter names, if one. */
  mission: string | null
  onOpen: (opened: string) => void
  onClose: () => void
  onAssign: (mission: string) => void
}

/** The record that is open beside the plan: an assignment, a mission, or people being assigned. */
export function PlanningPanel({ opened, plan, project, mission, onOpen, onClose, onAssign }: PlanningPanelProps) {
  const missions = useMemo(
    () => plan.missions.map(({ id, title, day_code, start, end, zone }): AssignableMission => ({ id, title, day_code, zone, start_at: fromMs(start), end_at: fromMs(end) })).sort((one, other) => one.start_at.localeCompare(other.start_at)),
    [plan.missions],
  )
  switch (opened.kind) {
    case 'assign':
      return <AssignPanel key={opened.mission ?? ''} missions={missions} mission={opened.mission ?? mission} onClose={onClose} />
    case 'need': {
      const need = plan.needs.find(({ id }) => id === opened.id)
      return <AssignPanel key={opened.id} missions={missions} mission={need?.mission.id ?? null} need={need ? { id: need.id, role: need.role?.id ?? null } : null} onClose={onClose} />
    }
    case 'mission':
      return <MissionPanel id={opened.id} onClose={onClose} onAssign={() => onAssign(opened.id)} onDuplicate={null} onRemoved={onClose} />
    case 'plans':
      return <PlansPanel project={project} id={opened.id} onOpen={onOpen} onClose={onClose} />
    case 'assignment':
      return <OpenAssignment id={opened.id} project={project} onClose={onClose} />
  }
}

function OpenAssignment({ id, project, onClose }: { id: string; project: string; onClose: () => void }) {
  const conflicts = useConflicts(project)
  const ofRow = useMemo(() => byRecord(conflicts, 'assignment'), [conflicts])
  return <AssignmentPanel id={id} conflicts={ofRow.get(id) ?? []} onClose={onClose} />
}
