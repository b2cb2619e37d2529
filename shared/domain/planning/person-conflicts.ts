/** Conflicts of one person, over all their projects. Pure: same rows, same conflicts, in the same order. */
import { fromMs, localDateOf, MINUTE, toMs } from '../../kernel/instants.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { compareConflicts, raise } from './conflicts.ts'
import type { Conflict, InvolvedRecord, Severity } from './conflicts.ts'
import { workOfAssignment, workOfBusy } from './person-input.ts'
import type { PersonInput, Work } from './person-input.ts'
import { overlappingPairs, overlapsBetween } from './sweep.ts'
import { workingTimeConflicts } from './working-time-conflicts.ts'

export function personConflicts(input: PersonInput): Conflict[] {
  const own = input.assignments.filter((row) => row.state !== 'canceled' && row.mission_status !== 'canceled').map(workOfAssignment)
  const found = [...unavailable(input, own), ...expiredOptions(input, own), ...missingRequirements(input, own)]
  if (input.person.kind === 'person') {
    const work = [...own, ...input.busy.map((row) => workOfBusy(row, input.person.zone))]
    found.push(...personOverlaps(input, work), ...workingTimeConflicts(input.person, work, input.packs))
  }
  return found.sort(compareConflicts)
}

function personOverlaps(input: PersonInput, work: readonly Work[]): Conflict[] {
  const conflicts: Conflict[] = []
  for (const [a, b] of overlappingPairs(work)) {
    if (a.assignment === null && b.assignment === null) continue
    const start = Math.max(a.start, b.start)
    const end = Math.min(a.end, b.end)
    const severity: Severity = a.firm && b.firm ? 'severe' : a.firm || b.firm ? 'warning' : 'info'
    conflicts.push(
      raise({
        kind: 'person_overlap', severity, records: [a.record, b.record], start, end, person_id: input.person.id,
        figures: { overlap_minutes: Math.ceil((end - start) / MINUTE), other_project: a.record.project_id !== b.record.project_id },
      }),
    )
  }
  return conflicts
}

function unavailable(input: PersonInput, own: readonly Work[]): Conflict[] {
  const blocks = input.availability
    .filter((block) => block.kind === 'unavailable')
    .map((block) => ({ id: block.id, start: toMs(block.start_at), end: toMs(block.end_at), project_id: block.project_id }))
  const conflicts: Conflict[] = []
  for (const [work, block] of overlapsBetween(own, blocks)) {
    if (block.project_id !== null && block.project_id !== work.record.project_id) continue
    const start = Math.max(work.start, block.start)
    const end = Math.min(work.end, block.end)
    conflicts.push(
      raise({
        kind: 'unavailable', severity: work.firm ? 'severe' : 'warning', person_id: input.person.id, start, end,
        records: [
          work.record,
          { entity: 'availability', id: block.id, project_id: block.project_id, mission_id: null, window: { start: block.start, end: block.end } },
        ],
        figures: { overlap_minutes: Math.ceil((end - start) / MINUTE) },
      }),
    )
  }
  return conflicts
}

function expiredOptions(input: PersonInput, own: readonly Work[]): Conflict[] {
  const conflicts: Conflict[] = []
  for (const work of own) {
    const expires = work.assignment?.option_expires_at
    if (work.assignment?.state !== 'planned' || expires == null || expires > input.now) continue
    conflicts.push(
      raise({
        kind: 'option_expired', severity: 'warning', records: [work.record], start: work.start, end: work.end, person_id: input.person.id,
        figures: { expired_at: expires }, holds_on: [expires],
      }),
    )
  }
  return conflicts
}

function missingRequirements(input: PersonInput, own: readonly Work[]): Conflict[] {
  const levels = new Map<string, number>()
  for (const held of input.skills) levels.set(held.id, Math.max(held.level, levels.get(held.id) ?? 0))

  const conflicts: Conflict[] = []
  for (const work of own) {
    if (work.assignment === null) continue
    const involved = (entity: string, id: string): InvolvedRecord[] => [work.record, { entity, id, project_id: null, mission_id: null }]
    const common = { start: work.start, end: work.end, person_id: input.person.id }
    for (const id of new Set(work.assignment.required_certification_kinds)) {
      const lack = lackOf(input.certifications.filter((held) => held.kind_id === id), work)
      if (lack === null) continue
      conflicts.push(
        raise({
          ...common, kind: 'certification_missing', severity: 'severe', records: involved('certification_kind', id),
          figures: { certification_kind_id: id, ...lack },
        }),
      )
    }
    const required = new Map<string, number>()
    for (const skill of work.assignment.required_skills) required.set(skill.id, Math.max(skill.level, required.get(skill.id) ?? 0))
    for (const [id, level] of required) {
      const held = levels.get(id)
      if (held !== undefined && held >= level) continue
      conflicts.push(
        raise({
          ...common, kind: 'skill_missing', severity: 'warning', records: involved('skill', id),
          figures: { skill_id: id, required_level: level, held_level: held ?? null },
        }),
      )
    }
  }
  return conflicts
}

/** Why no certification of the kind covers every day of the work; null: one does. */
function lackOf(held: PersonInput['certifications'], work: Work): { cause: 'absent' | 'expired' | 'not_yet_issued'; expires_on: LocalDate | null } | null {
  const first = localDateOf(fromMs(work.start), work.zone)
  // An end at midnight belongs to the day before.
  const last = localDateOf(fromMs(work.end - 1), work.zone)
  let expired: LocalDate | null = null
  for (const { issued_on, expires_on } of held) {
    if (expires_on !== null && expires_on < last) {
      if (expired === null || expires_on > expired) expired = expires_on
    } else if (issued_on === null || issued_on <= first) return null
  }
  return { cause: held.length === 0 ? 'absent' : expired !== null ? 'expired' : 'not_yet_issued', expires_on: expired }
}
