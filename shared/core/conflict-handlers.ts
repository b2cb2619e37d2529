import { detail, refuse, refuseFor } from '../domain/errors.ts'
import type { Reader } from '../domain/operation.ts'
import { collaborator } from '../domain/people/model.ts'
import { location } from '../domain/locations/model.ts'
import { acknowledgeConflict, listConflicts, overrideConflict, previewConflicts } from '../domain/planning/conflict-operations.ts'
import { veil, type Conflict, type ConflictKind } from '../domain/planning/conflicts.ts'
import { conflictDecision, mission } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { foreseenConflicts } from './foreseen.ts'

const DEFAULT_LIMIT = 200

/** What a person may decide about a conflict, in every project it concerns; null: nothing. */
export function decisionOpenTo(person: Inner['person'], { severity, project_ids }: Pick<Conflict, 'severity' | 'project_ids'>): 'acknowledge' | 'override' | null {
  const decision = severity === 'severe' ? 'override' : 'acknowledge'
  return project_ids.every((id) => person.may(`conflict:${decision}`, id)) ? decision : null
}

type Named = { person_id: string | null; location_id: string | null; mission_ids: readonly string[] }

/** Names for the words of the page, of what this person may read only. */
export async function namesOf(reader: Reader, conflicts: readonly Named[]) {
  const ids = (values: readonly (string | null)[]) => [...new Set(values.filter((value): value is Id => value !== null))]
  const people = await reader.getMany(collaborator, ids(conflicts.map((one) => one.person_id)))
  const missions = await reader.getMany(mission, ids(conflicts.flatMap((one) => one.mission_ids)))
  const locations = await reader.getMany(location, ids(conflicts.map((one) => one.location_id)))
  return {
    people: Object.fromEntries(people.map((one) => [one.id, one.display_name])),
    missions: Object.fromEntries(missions.map((one) => [one.id, one.day_code ? `${one.day_code} ${one.title}` : one.title])),
    locations: Object.fromEntries(locations.map((one) => [one.id, one.name])),
  }
}

async function decide(tx: OpenTransaction, inner: Inner, input: { conflict_id: string; fingerprint: string; reason?: string | undefined }, decision: 'acknowledged' | 'overridden') {
  const conflict = (await inner.conflicts.current()).get(input.conflict_id)
  const projects = conflict?.project_ids ?? []
  const permission = decision === 'overridden' || conflict?.severity === 'severe' ? 'conflict:override' : 'conflict:acknowledge'
  const seen = conflict && (projects.length === 0 || projects.some((id) => inner.person.may('project:read', id)))
  if (!conflict || !seen) throw refuseFor('conflict', 'not_found', detail('id', 'not_found', null, input.conflict_id))
  if (!projects.every((id) => inner.person.may(permission, id))) throw refuse('auth.forbidden', detail(null, 'permission', permission))
  if (permission === 'conflict:override' && !input.reason) throw refuse('reason.required', detail('reason', 'required'))
  if (conflict.fingerprint !== input.fingerprint) throw refuse('concurrency.version_mismatch', detail('fingerprint', 'changed_since', conflict.fingerprint, input.fingerprint))
  if (input.reason) tx.reason(input.reason)
  const values = {
    conflict_kind: conflict.kind, decision_project_id: (projects.length === 1 ? (projects[0] ?? null) : null) as Id | null, decision, fingerprint: conflict.fingerprint, reason: input.reason ?? null,
  }
  const [known] = await tx.find(conflictDecision, { conflict_id: conflict.id })
  const row = known ? await tx.update(conflictDecision, known.id, values) : await tx.insert(conflictDecision, 'decision', { conflict_id: conflict.id, ...values })
  return { id: row.id, version: row.version }
}

export const conflictHandlers: readonly CoreHandler[] = [
  coreHandler(listConflicts, async (reader, input, { conflicts, person }) => {
    const { limit = DEFAULT_LIMIT, kinds, ...filter } = input
    const index = await conflicts.current()
    const wanted = Object.fromEntries(Object.entries({ ...filter, kinds: kinds as ConflictKind[] | undefined }).filter(([, value]) => value !== undefined))
    const visible = index.list(wanted).flatMap((conflict) => {
      const veiled = veil(conflict, (id) => person.may('project:read', id))
      return veiled ? [{ ...veiled, acknowledged: conflict.acknowledged, decision: decisionOpenTo(person, conflict) }] : []
    })
    const by_severity = { info: 0, warning: 0, severe: 0 }
    for (const one of visible) if (!one.acknowledged) by_severity[one.severity]++
    const items = visible.slice(0, limit)
    return { items, total: visible.length, by_severity, names: await namesOf(reader, items), checked_at: reader.call.now }
  }),
  coreHandler(previewConflicts, async (reader, input, inner) => {
    const on = await reader.need(mission, input.mission_id)
    // Asking about people one may not see would tell their calendar.
    const visible = new Set<string>(await reader.values(collaborator, 'id', { id: input.collaborator_ids }))
    for (const id of input.collaborator_ids) if (!visible.has(id)) throw refuseFor('collaborator', 'not_found', detail('id', 'not_found', null, id))
    const found = await foreseenConflicts(reader, inner, { ...input, on, people: input.collaborator_ids })
    return { people: [...found].map(([collaborator_id, conflicts]) => ({ collaborator_id, conflicts })) }
  }),
  coreHandler(acknowledgeConflict, (tx, input, inner) => decide(tx, inner, input, 'acknowledged')),
  coreHandler(overrideConflict, (tx, input, inner) => decide(tx, inner, input, 'overridden')),
]
