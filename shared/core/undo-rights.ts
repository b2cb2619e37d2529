/**
 * Undo gives no right that the command itself would not: what goes back is judged like doing it. A step of a ladder needs the right of
 * that step, opening a lock needs the right to unlock, a role that comes back or leaves obeys the laws of roles.
 */
import { missionTransitions } from '../domain/planning/rules.ts'
import { engagementTransitions } from '../domain/engagement/rules.ts'
import { detail, refuse } from '../domain/errors.ts'
import { roleBinding } from '../domain/organization/model.ts'
import { checkAnOwnerRemains, checkGrant } from '../domain/organization/role-rules.ts'
import type { Permission } from '../domain/permissions.ts'
import { waysOf, type TransitionTable } from '../domain/transitions.ts'
import type { Id } from '../kernel/ids.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import type { RecordedRow } from '../store/write-set.ts'
import { projectIdOf } from './lens.ts'
import { entityNamed } from '../domain/registry.ts'

type Loose = Readonly<Record<string, unknown>>

const ladders: Readonly<Record<string, { column: string; table: TransitionTable<string> }>> = {
  mission: { column: 'status', table: missionTransitions },
  assignment: { column: 'state', table: engagementTransitions },
}

/** Rows that the command itself closed (locked, archived): taking it back may write them. */
export const closedBy = (rows: readonly RecordedRow[]): ReadonlySet<string> =>
  new Set(rows.filter(({ entity, fields }) => (entity === 'mission' && fields['locked']?.mine === true) || (entity === 'project' && fields['status']?.mine === 'archived')).map(({ id }) => String(id)))

export async function checkUndoRights(tx: OpenTransaction, row: RecordedRow, now: Loose): Promise<void> {
  const project = projectIdOf(entityNamed(row.entity), now) as Id | null
  const need = (permission: Permission): void => {
    if (!tx.may(permission, project)) throw refuse('auth.forbidden', detail(null, 'permission', permission))
  }
  const lock = row.entity === 'mission' ? row.fields['locked'] : undefined
  if (lock?.mine === true) need('mission:unlock')
  const ladder = ladders[row.entity]
  const step = ladder && row.op === 'update' ? row.fields[ladder.column] : undefined
  if (ladder && step) {
    const ways = waysOf(ladder.table, String(step.base), String(step.mine)).filter((way) => way.permission !== 'system')
    const held = ways.some((way) => way.permission !== 'system' && tx.may(way.permission, project, way.own === true))
    if (ways.length > 0 && !held) throw refuse('auth.forbidden', detail(null, 'permission', ways[0]?.permission ?? null))
  }
  if (row.entity === roleBinding.name) {
    const binding = now as { role: Parameters<typeof checkGrant>[1]; binding_project_id: Id | null }
    await checkGrant(tx, binding.role, binding.binding_project_id)
  }
}

/** After all rows went back. */
export async function checkRolesStand(tx: OpenTransaction, rows: readonly RecordedRow[]): Promise<void> {
  if (rows.some(({ entity }) => entity === roleBinding.name)) await checkAnOwnerRemains(tx)
}
