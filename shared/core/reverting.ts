/**
 * Taking a recorded command back row by row. Either nothing moved since and all of it goes back, or (`keep`) what moved stays as it
 * is and is listed: decision B9.
 */
import type { KeptRow } from '../domain/audit/operations.ts'
import type { AnyEntity } from '../domain/entity.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { Permission } from '../domain/permissions.ts'
import { mission } from '../domain/planning/model.ts'
import { entities, entityNamed } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import { sameValue, type CommandRecord, type RecordedRow } from '../store/write-set.ts'
import { isOwn, projectIdOf, readableBy } from './lens.ts'
import type { Person } from './session.ts'
import type { Inner } from './core-handler.ts'
import { checkRolesStand, checkUndoRights, closedBy } from './undo-rights.ts'

type Loose = Record<string, unknown>

interface Step {
  row: RecordedRow
  entity: AnyEntity
  /** null: not in the file any more. */
  now: Loose | null
}

/** Rows looked up at once. */
const BATCH = 400

async function inBatches<T>(ids: readonly string[], look: (batch: string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = []
  for (let start = 0; start < ids.length; start += BATCH) found.push(...(await look(ids.slice(start, start + BATCH))))
  return found
}

/** The rows of a record as they are now, the last written first. */
async function stepsOf(tx: OpenTransaction, record: CommandRecord): Promise<Step[]> {
  const present = new Map<string, Loose>()
  for (const [name, rows] of Map.groupBy(record.rows, (row) => row.entity)) {
    const found: Loose[] = await inBatches(rows.map(({ id }) => id), (id) => tx.find(entityNamed(name), { id }, { removed: true }))
    for (const row of found) present.set(`${name}/${String(row['id'])}`, row)
  }
  const steps = record.rows.toReversed().map((row) => ({ row, entity: entityNamed(row.entity), now: present.get(`${row.entity}/${row.id}`) ?? null }))
  return steps.filter((step) => !cameAndWent(step))
}
/** Made and taken away again by the command itself (of two times of a calendar, the later cuts the former): it left nothing. */
const cameAndWent = ({ row, now }: Step): boolean => row.op === 'insert' && now !== null && now['deleted_at'] !== null && Number(now['version']) === 1

interface Moved {
  why: KeptRow['why']
  fields: string[]
}

/** Whether someone changed the row since the command left it. */
function movedSince({ row, entity, now }: Step): Moved | null {
  if (!now) return { why: 'gone', fields: [] }
  const expectedGone = row.op === 'remove'
  if ((now['deleted_at'] !== null) !== expectedGone) return { why: expectedGone ? 'restored_since' : 'removed_since', fields: [] }
  if (expectedGone) return null
  const fields = Object.entries(row.fields).filter(([name, cell]) => name in entity.fields && !sameValue(now[name], cell.mine)).map(([name]) => name)
  // An order that someone changed again stays theirs; where nothing else was written, the undo has nothing left to take back.
  const besides = Object.entries(row.beside ?? {})
  const changedBeside = besides.filter(([name, cell]) => !sameValue(now[name], cell.mine)).map(([name]) => name)
  if (Object.keys(row.fields).length === 0 && row.op === 'update' && changedBeside.length === besides.length) fields.push(...changedBeside)
  return fields.length > 0 ? { why: 'changed_since', fields } : null
}

/** What a row gets back: the base of every field the command had written, and of what it wrote beside them, unless that moved since. */
const basesOf = ({ row, now }: Step): Loose => Object.fromEntries([
  ...Object.entries(row.fields).filter(([, cell]) => !sameValue(cell.base, cell.mine)),
  ...Object.entries(row.beside ?? {}).filter(([name, cell]) => sameValue(now?.[name], cell.mine)),
].map(([name, cell]) => [name, cell.base]))

const leaves = ({ op }: RecordedRow): boolean => op === 'insert' || op === 'restore'

/** Columns by which other records refer to rows of an entity. */
function referringTo(name: string): { other: AnyEntity; column: string }[] {
  const found: { other: AnyEntity; column: string }[] = []
  for (const other of entities.values()) {
    for (const [column, field] of Object.entries(other.fields)) if (field.references === name) found.push({ other, column })
    if (name === 'mission' && other.scope === 'mission') found.push({ other, column: 'mission_id' })
    if (name === 'project' && other.scope !== 'organization') found.push({ other, column: 'project_id' })
  }
  return found
}

interface Reference {
  entity: string
  id: string
  /** When it was last written. */
  at: string
}

/** Living rows that refer to rows about to be removed, by the id referred to. */
async function referrersOf(tx: OpenTransaction, steps: readonly Step[]): Promise<Map<string, Reference[]>> {
  const found = new Map<string, Reference[]>()
  for (const [name, group] of Map.groupBy(steps.filter(({ row }) => leaves(row)), ({ row }) => row.entity)) {
    const ids = group.map(({ row }) => row.id)
    for (const { other, column } of referringTo(name)) {
      const rows: Loose[] = await inBatches(ids, (batch) => tx.find(other, { [column]: batch }))
      for (const row of rows) {
        const target = String(row[column])
        const known = found.get(target)
        const reference = { entity: other.name, id: String(row['id']), at: String(row['updated_at']) }
        if (known) known.push(reference)
        else found.set(target, [reference])
      }
    }
  }
  return found
}

function checkAllowed(inner: Inner, permission: Permission, { entity, now }: Step): void {
  if (now && !inner.person.may(permission, projectIdOf(entity, now), isOwn(entity, now, inner.person)))
    throw refuse('auth.forbidden', detail(null, 'permission', permission))
}

function refuseMoved({ entity, row, now }: Step, { why, fields }: Moved, person: Person): never {
  if (why !== 'changed_since') throw refuse('undo.moved', detail(why === 'gone' ? 'id' : null, why, null, row.id))
  throw refuse('undo.moved', ...fields.map((name) => {
    // What someone else wrote is shown only to who may read it.
    const shown = now !== null && readableBy(person, entity, now, name)
    return detail(name, why, shown ? JSON.stringify(row.fields[name]?.mine ?? null) : null, shown ? JSON.stringify(now[name] ?? null) : null)
  }))
}

/** Part of a row that stays: a role of a person, a need of a mission. */
const wholeOf = ({ entity, now }: Step): string | null => (entity.partOf === null ? null : String(now?.[`${entity.partOf}_id`] ?? ''))

/** An assignment of a mission that is locked since may not go. */
async function isFrozen(tx: OpenTransaction, { entity, now }: Step): Promise<boolean> {
  const id = entity.scope === 'mission' ? now?.['mission_id'] : null
  return typeof id === 'string' && (await tx.get(mission, id as Id))?.locked === true
}

/** Takes back what a command wrote at `at`. Answers how many rows went back and, with `keep`, which stayed. */
export async function revert(tx: OpenTransaction, record: CommandRecord, inner: Inner, permission: Permission, keep: boolean, at: string): Promise<{ rows: number; kept: KeptRow[] }> {
  const steps = await stepsOf(tx, record)
  const referrers = await referrersOf(tx, steps)
  const leaving = new Set(steps.filter(({ row }) => leaves(row)).map(({ row }) => row.id as string))
  const moved = new Map(steps.map((step) => [step, movedSince(step)]))
  const staying = new Set(steps.filter((step) => moved.get(step)).map(({ row }) => row.id as string))
  // A person who stays keeps their crew roles and skills.
  const stays = (id: string): boolean => staying.has(id) || (referrers.get(id) ?? []).some((one) => !leaving.has(one.id))
  const kept: KeptRow[] = []
  const reverting: Step[] = []
  for (const step of steps) {
    const { row } = step
    checkAllowed(inner, permission, step)
    if (step.now) await checkUndoRights(tx, row, step.now)
    const whole = wholeOf(step)
    let reason = moved.get(step) ?? (keep && whole !== null && stays(whole) ? { why: 'referred_to' as const, fields: [] } : null)
    if (reason && !keep) refuseMoved(step, reason, inner.person)
    // Rows come last written first: whatever of this command refers to the row was settled before it.
    // A row that had come back goes again as it had gone: what spoke of it then may go on doing so.
    const depending = leaves(row) ? (referrers.get(row.id) ?? []).filter((one) => !leaving.has(one.id) && (row.op === 'insert' || one.at > at)) : []
    if (!reason && depending.length > 0) {
      if (!keep) throw refuse('undo.depends', ...depending.slice(0, 20).map((one) => detail(one.entity, 'refers', null, one.id)))
      reason = { why: 'referred_to', fields: [] }
    }
    if (!reason && keep && (await isFrozen(tx, step))) reason = { why: 'frozen', fields: [] }
    if (!reason) reverting.push(step)
    else {
      leaving.delete(row.id)
      // What someone removed since is as the undo wants it: nothing is kept there.
      if (!(leaves(row) && reason.why === 'removed_since')) kept.push({ entity: row.entity, id: row.id, title: null, ...reason })
    }
  }
  tx.open(closedBy(record.rows))
  for (const step of reverting) {
    const { row, entity } = step
    if (row.op === 'remove') await tx.restore(entity, row.id)
    // A row may have been changed and removed, or brought back and changed, by the same command.
    if (row.op !== 'insert') await tx.put(entity, row.id, basesOf(step))
    if (leaves(row)) await tx.remove(entity, row.id)
  }
  await checkRolesStand(tx, record.rows)
  return { rows: reverting.length, kept }
}
