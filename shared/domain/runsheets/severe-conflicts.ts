/** Severe conflicts of the people of one sheet, computed from their rows; acknowledged ones are not told again. */
import type { Id } from '../../kernel/ids.ts'
import type { Reader } from '../operation.ts'
import { availability, collaborator } from '../people/model.ts'
import { assignment, conflictDecision, mission, project } from '../planning/model.ts'
import { isAcknowledged } from '../planning/conflicts.ts'
import { personConflicts } from '../planning/person-conflicts.ts'
import { defaultRulePack } from '../planning/rule-packs.ts'
import type { Surroundings } from './checks.ts'
import type { SheetSnapshot } from './snapshot.ts'

/** Certifications and skills have their own warnings in planning; here only what keeps somebody from being there, or breaks a rule of work. */
export async function severeConflictsOf(reader: Reader, sheet: SheetSnapshot): Promise<Surroundings['severe']> {
  const onSheet = new Set(sheet.people.map((row) => row.id))
  const assigned = await reader.getMany(assignment, sheet.people.filter((row) => row.marker !== 'to_fill').map((row) => row.id as Id))
  const people = await reader.getMany(collaborator, [...new Set(assigned.map((row) => row.collaborator_id))])
  const all = await reader.find(assignment, { collaborator_id: people.map((row) => row.id), state: { not: 'canceled' } })
  const missions = new Map((await reader.getMany(mission, [...new Set(all.map((row) => row.mission_id))])).map((row) => [row.id as string, row]))
  const projects = new Map((await reader.getMany(project, [...new Set(all.map((row) => row.project_id))])).map((row) => [row.id as string, row]))
  const blocks = await reader.find(availability, { collaborator_id: people.map((row) => row.id), kind: 'unavailable' })
  const decided = new Map((await reader.find(conflictDecision, {})).map((row) => [row.conflict_id, { id: row.conflict_id, fingerprint: row.fingerprint }]))
  const found: Surroundings['severe'][number][] = []
  for (const person of people) {
    const conflicts = personConflicts({
      person: { id: person.id, kind: person.kind, zone: sheet.zone },
      now: reader.call.now,
      assignments: all.filter((row) => row.collaborator_id === person.id).map((row) => ({
        id: row.id, project_id: row.project_id, mission_id: row.mission_id, mission_status: missions.get(row.mission_id)?.status ?? 'planned',
        start_at: row.start_at, end_at: row.end_at, zone: missions.get(row.mission_id)?.zone ?? sheet.zone, state: row.state, engagement_kind: row.engagement_kind,
        agreement: projects.get(row.project_id)?.agreement ?? null, unpaid_break_minutes: row.unpaid_break_minutes, option_expires_at: row.option_expires_at,
        required_certification_kinds: [], required_skills: [],
      })),
      busy: [],
      availability: blocks.filter((row) => row.collaborator_id === person.id).map((row) => ({
        id: row.id, project_id: row.availability_project_id, kind: row.kind, start_at: row.start_at, end_at: row.end_at,
      })),
      certifications: [], skills: [], packs: [defaultRulePack],
    })
    for (const conflict of conflicts) {
      const here = conflict.records.find((record) => record.id !== null && onSheet.has(record.id))
      if (conflict.severity !== 'severe' || here?.id == null || isAcknowledged(conflict, decided.get(conflict.id))) continue
      found.push({ assignment_id: here.id, kind: conflict.kind, name: person.display_name })
    }
  }
  return found
}
