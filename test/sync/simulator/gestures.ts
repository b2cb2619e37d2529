/**
 * What people do: any command there is, on the rows their device shows. Few rows are worked on by many, and sometimes with the same
 * value, so that histories meet each other.
 */
import type Database from 'better-sqlite3'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import type { AnyOperation } from '../../../shared/domain/operation.ts'
import { entities } from '../../../shared/domain/registry.ts'
import type { CommandRecord } from '../../../shared/store/write-set.ts'
import { inputFor, type Pool } from '../../fixtures/inputs.ts'
import { engaging, engagingOften } from './engaging.ts'
import type { Gesture, Standpoint } from './gesture.ts'
import { weighted, type Draw } from './random.ts'
import { org } from './world.ts'

const composites = new Set(organizationOperations.flatMap((handler) => ('compose' in handler ? [handler.operation.name] : [])))
const operations = new Map<string, AnyOperation>(organizationOperations.map(({ operation }) => [operation.name, operation]))

/** What is done often. Every other command comes with weight 1, gestures of several commands with less. */
const often: Readonly<Record<string, number>> = {
  'mission.create': 25, 'mission.update': 60, 'mission.remove': 14, 'mission.restore': 6, 'mission.change_status': 18, 'mission.shift': 18, 'mission.duplicate': 8, 'mission.duplicate_many': 6,
  'assignment.create': 30, 'assignment.create_many': 6, 'assignment.change': 30, 'assignment.update': 14, 'assignment.cancel': 10, 'assignment.remove': 8, 'assignment.shift': 10, 'assignment.reassign': 8,
  'assignment.change_role': 6, 'assignment.change_rate': 5, 'need.create': 5, 'need.update': 12, 'need.remove': 5, 'need.restore': 3, 'collaborator.create': 10, 'collaborator.update': 18,
  'collaborator.update_contact': 14, 'collaborator.remove': 3, 'collaborator.restore': 2, 'location.create': 4, 'location.update': 10, 'availability.set': 8, 'availability.remove': 3,
  'sheet.prepare': 6, 'sheet.update_draft': 10, 'sheet.add_slot': 8, 'sheet.update_slot': 10, 'sheet.remove_slot': 4, 'sheet.move_slot': 4, 'sheet.validate': 4, 'sheet.publish': 4, 'plan.publish': 4,
  'collaborator.change_many': 6, 'cue.create': 4, 'cue.update': 6, 'cue.move': 4, 'milestone.update': 6, 'department.move': 3, 'project.update': 10, 'role.grant': 12, 'role.revoke': 10, 'member.set_role': 8,
  'project.archive': 0.3, 'mission.lock': 1, 'organization.create': 0, 'history.undo': 34, 'history.undo_group': 4, 'import.apply': 0.3, 'import.write': 2,
  // A person erased or merged is looked at by suites of its own; an invitation's code is told outside of the rows.
  'invitation.accept': 0,
  // What was not applied is decided about by the gesture made for it.
  'sync.resolve': 14, 'sync.decide': 0,
  ...engagingOften,
}
const weights: Readonly<Record<string, number>> = Object.fromEntries(
  [...operations.values()].filter(({ kind }) => kind === 'command').map(({ name }) => [name, often[name] ?? (composites.has(name) ? 0.3 : 1)]))

/** What several people do to one and the same row. */
const contested: Readonly<Record<string, number>> = {
  'mission.update': 34, 'mission.remove': 5, 'mission.restore': 4, 'mission.shift': 12, 'mission.duplicate': 7, 'mission.change_status': 6, 'assignment.create': 8, 'assignment.change': 12, 'assignment.shift': 6,
  'assignment.cancel': 3, 'assignment.remove': 4, 'collaborator.update': 8, 'collaborator.update_contact': 8, 'need.update': 5, 'need.create': 3, 'need.remove': 3, 'sheet.update_draft': 5, 'sheet.update_slot': 5, 'cue.update': 4,
  'project.update': 5, 'history.undo': 14, ...engagingOften,
}
const contestedFields = ['title', 'start_at', 'end_at', 'location_id', 'priority', 'name', 'display_name', 'notes', 'phone', 'head_count', 'label']

/** Rows with work of others of this computer that is not settled. */
function unsettledOfOthers({ database, user }: Standpoint): ReadonlySet<string> {
  return new Set(database.prepare<[string, string], { id: string }>('SELECT w.id FROM replica_write w JOIN replica_pending p ON p.org_id = w.org_id AND p.id = w.command_id WHERE w.org_id = ? AND p.issuer <> ?').all(org, user).map(({ id }) => id))
}

/** Ids on the screen, by entity: living ones mostly, the first of them most. `few`: only that one. `upon`: of these where there are any. */
function poolOf(database: Database.Database, removedToo: boolean, few: boolean, upon: ReadonlySet<string>): Pool {
  const known = new Map<string, string[]>()
  return (entity) => {
    let ids = known.get(entity)
    if (!ids) {
      const rows = entities.has(entity) ? database.prepare<[string], { id: string; deleted_at: string | null }>(`SELECT id, deleted_at FROM ${entity} WHERE org_id = ? ORDER BY created_at, id LIMIT 30`).all(org) : []
      const all = rows.filter((row) => row.deleted_at === null)
      const theirs = all.filter(({ id }) => upon.has(id))
      const living = theirs.length > 0 ? theirs : all
      const hot = living.slice(0, 2)
      if (few) known.set(entity, (ids = [...hot.slice(0, 1), ...hot.slice(0, 1), ...hot, ...(removedToo ? rows.slice(0, 2) : [])].map(({ id }) => id)))
      else known.set(entity, (ids = [...living, ...hot, ...hot, ...hot, ...(removedToo ? rows : [])].map(({ id }) => id)))
    }
    return ids
  }
}

/** Big ranges are narrowed now and then: two people type the same. */
function narrowed(draw: Draw): Draw {
  const small = draw.chance(0.25)
  return small ? { ...draw, below: (bound) => (bound > 1000 ? 100 + draw.below(2) : draw.below(bound)) } : draw
}

const versionOf = (database: Database.Database, entity: string, id: string): number | null =>
  database.prepare<[string, string], { version: number }>(`SELECT version FROM ${entity} WHERE org_id = ? AND id = ?`).get(org, id)?.version ?? null

function withVersion(database: Database.Database, operation: AnyOperation, input: Record<string, unknown>, draw: Draw): Record<string, unknown> {
  const { target } = operation
  if (!('version' in input) || (target.kind !== 'rows' && target.kind !== 'person')) return input
  const [id] = target.kind === 'rows' ? target.ids(input) : [target.id(input)]
  const version = versionOf(database, target.kind === 'rows' ? target.entity : 'collaborator', id ?? '')
  return version === null ? input : { ...input, version: Math.max(1, version - (draw.chance(0.1) ? 1 : 0)) }
}

/** A decision about a command of theirs that was not applied; others' now and then, as who manages members may. */
function resolving({ database, user }: Standpoint, draw: Draw): Gesture | null {
  const kept = database.prepare<[string, string, number], { id: string; record: string }>(`SELECT id, record FROM command_log c WHERE org_id = ? AND outcome <> 'applied' AND (actor = ? OR ?)
    AND NOT EXISTS (SELECT 1 FROM sync_decision d WHERE d.org_id = c.org_id AND d.kept_command_id = c.id AND d.deleted_at IS NULL) ORDER BY id`).all(org, user, draw.chance(0.1) ? 1 : 0)
  if (kept.length === 0) return null
  const { id, record } = draw.one(kept)
  const choice = draw.one(['mine', 'mine', 'theirs', 'fields', 'restore', 'copy', 'left'])
  const cells = (JSON.parse(record) as CommandRecord).rows.flatMap((row) => Object.keys(row.fields).map((field) => ({ entity: row.entity, id: row.id, field, side: draw.one(['mine', 'theirs']) })))
  return { name: 'sync.resolve', input: { id, choice, ...(choice === 'fields' ? { fields: cells } : {}) } }
}

/** One end of a window alone is mostly before the other one. */
function wholeWindow(changes: Record<string, unknown>, draw: Draw): Record<string, unknown> {
  const given = changes['start_at'] ?? changes['end_at']
  if (typeof given !== 'string' || draw.chance(0.3)) return changes
  const start = Date.parse(given)
  return { ...changes, start_at: new Date(start).toISOString(), end_at: new Date(start + (2 + draw.below(8)) * 3_600_000).toISOString() }
}

const givenRoles = ['planner', 'viewer', 'project_manager', 'member'] as const

/** What the schema leaves open and a person would not. */
function meant(gesture: Gesture, pool: Pool, draw: Draw, standpoint: Standpoint): Gesture | null {
  const { name, input } = gesture
  if ((name === 'role.grant' || name === 'member.set_role') && pool('project').length === 0) return null
  if (name === 'role.grant') return { name, input: { ...input, role: draw.one(givenRoles), project_id: draw.chance(0.1) ? null : draw.one(pool('project')) } }
  if (name === 'member.set_role') return { name, input: { ...input, role: draw.chance(0.4) ? null : draw.one(givenRoles), project_id: draw.one(pool('project')) } }
  if (name === 'sync.resolve') return resolving(standpoint, draw)
  if (name === 'history.undo') {
    const others = standpoint.foreign.length > 0 && draw.chance(0.15)
    const of = others ? standpoint.foreign : standpoint.issued
    if (of.length === 0) return null
    const id = of[Math.max(0, of.length - 1 - draw.below(4))]
    return { name, input: { command_id: id, ...(draw.chance(0.3) ? { keep_moved: true } : {}) } }
  }
  if (name === 'assignment.change') {
    const changes = (input['changes'] as { id: string }[]).map((change) => ({ ...wholeWindow(change, draw), id: change.id, version: versionOf(standpoint.database, 'assignment', change.id) ?? 1 }))
    return { name, input: { ...input, changes } }
  }
  if (name === 'mission.update' || name === 'assignment.update') return { name, input: { ...input, changes: wholeWindow(input['changes'] as Record<string, unknown>, draw) } }
  if (name === 'mission.change_status') return { name, input: { ...input, reason: 'Décidé ensemble' } }
  if (name === 'mission.shift' || name === 'mission.duplicate' || name === 'mission.duplicate_many') return { name, input: { ...input, days: draw.below(7) - (name === 'mission.shift' ? 3 : -1) } }
  return engaging(gesture, standpoint, draw)
}

function engagingNow(draw: Draw, standpoint: Standpoint): Gesture | null {
  for (let tries = 0; tries < 6; tries++) {
    const name = weighted(draw, engagingOften)
    const operation = operations.get(name)
    const gesture = operation && (standpoint.may(operation.permission) || draw.chance(0.07)) ? engaging({ name, input: {} }, standpoint, draw) : null
    if (gesture) return gesture
  }
  return null
}

/** Null: nothing of that kind can be done from here. */
export function gestureOf(draw: Draw, standpoint: Standpoint): Gesture | null {
  // The evening person goes on with what the morning person typed.
  const upon = standpoint.foreign.length > 0 && draw.chance(0.6) ? unsettledOfOthers(standpoint) : new Set<string>()
  // What is asked is answered, mostly soon.
  const asked = draw.chance(0.25) ? engagingNow(draw, standpoint) : null
  if (asked) return asked
  const few = draw.chance(upon.size > 0 ? 0.8 : 0.4)
  const chosen = few ? contested : weights
  let operation = operations.get(weighted(draw, chosen))
  // People know mostly what they may do; now and then they try.
  for (let tries = 0; operation && tries < 6 && !standpoint.may(operation.permission) && draw.chance(0.93); tries++) operation = operations.get(weighted(draw, chosen))
  if (!operation) return null
  const pool = poolOf(standpoint.database, operation.name.endsWith('.restore') || draw.chance(0.1), few, upon)
  // Without any row to speak of, the input would name what never was.
  if (operation.target.kind === 'rows' && pool(operation.target.entity).length === 0) return null
  const input = inputFor(operation, pool, narrowed(draw), { fullness: draw.one([0.15, 0.4, 0.7]) })
  if (few && typeof input['changes'] === 'object' && !Array.isArray(input['changes'])) {
    const entries = Object.entries(input['changes'] ?? {})
    const narrow = entries.filter(([name]) => contestedFields.includes(name))
    if (narrow.length > 0) input['changes'] = Object.fromEntries(narrow)
  }
  return meant({ name: operation.name, input: withVersion(standpoint.database, operation, input, draw) }, pool, draw, standpoint)
}
