/** Rows as one person is told of them: seen or not, columns emptied, work elsewhere as busy times. */
import type { AnyEntity } from '../../domain/entity.ts'
import { assignment } from '../../domain/planning/model.ts'
import { entities } from '../../domain/registry.ts'
import type { Json } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { codecFor, type Lens } from '../../store/reader.ts'
import { createStatements, type SelectShape, type Statements } from '../../store/statements.ts'
import { writesSince, type ChangedRow } from '../../store/sync-log.ts'
import type { RowChange } from '../wire.ts'
import { busyId, busyRow, takesTime } from './busy.ts'
import { movableColumns, sees, type BusySight, type Conditions, type Scope } from './scope.ts'

export type Stored = Record<string, unknown> & { id: Id }

/** What is needed to tell somebody of rows. */
export interface Sighting {
  engine: Engine
  org: Id
  lens: Lens
  /** What they see now. */
  scope: Scope
  /** Of the organization: makes the ids of busy rows. */
  secret: string
}

/** Texts of statements are compiled once for a kind of database. */
const known = new Map<Engine['dialect'], Statements>()
export function statementsOf(engine: Engine): Statements {
  let statements = known.get(engine.dialect)
  if (!statements) known.set(engine.dialect, (statements = createStatements(engine.dialect)))
  return statements
}

const columns = new Map<string, readonly string[]>()
/** Without the organization, which is the same for all. */
function toldColumns(entity: AnyEntity): readonly string[] {
  let names = columns.get(entity.name)
  if (!names) columns.set(entity.name, (names = codecFor(entity).names.filter((name) => name !== 'org_id')))
  return names
}

/** Rows of one entity, removed ones included, without the organization they are in. */
export async function storedRows(engine: Engine, org: Id, entity: AnyEntity, shape: SelectShape): Promise<Stored[]> {
  const codec = codecFor(entity)
  const query = statementsOf(engine).select(entity.name, codec, org, { columns: toldColumns(entity), ...shape, removed: true })
  return (await engine.all(query.sql, query.parameters)).map((raw) => codec.decode(raw) as Stored)
}

export const conditionsOf = (scope: Scope, entity: string): Conditions => scope.entities.get(entity)?.[0]?.sight.where ?? null
export const busyOf = (scope: Scope): BusySight | null => scope.busy[0]?.sight ?? null

export const toldWhole = ({ lens }: Sighting, entity: AnyEntity, row: Stored, seq: number): RowChange => {
  lens.redact(entity, row)
  return { entity: entity.name, id: row.id, seq, row: row as Record<string, Json> }
}
export const toldGone = (entity: string, id: string, seq: number): RowChange => ({ entity, id, seq, gone: true })
export const toldBusy = ({ secret }: Sighting, row: Stored, seq: number): RowChange => {
  const { org_id: _org, ...busy } = busyRow(secret, row as unknown as Parameters<typeof busyRow>[1])
  return { entity: assignment.name, id: String(busy['id']), seq, row: busy as Record<string, Json> }
}
export const toldFree = ({ secret }: Sighting, id: Id, seq: number): RowChange => toldGone(assignment.name, busyId(secret, id), seq)

/** Rows as they were after a commit, of those that stand differently now; those that were not there yet are left out. */
export async function asTheyWere(engine: Engine, org: Id, entity: AnyEntity, rows: readonly Stored[], after: number): Promise<Map<Id, Stored>> {
  const former = new Map<Id, Stored | null>(rows.map((row) => [row.id, { ...row }]))
  for (const { id, op, changes } of await writesSince(engine, org, entity.name, rows.map((row) => row.id), after)) {
    const row = former.get(id as Id)
    if (!row) continue
    if (op === 'insert') former.set(id as Id, null)
    else for (const [name, change] of Object.entries(changes)) if (Array.isArray(change)) row[name] = change[0]
  }
  return new Map([...former].flatMap(([id, row]) => (row ? [[id, row]] : [])))
}

/** Ids of rows written after a commit, of an entity whose rows may move from one person's sight into another's. */
export async function movedSince(engine: Engine, org: Id, entity: AnyEntity, where: Conditions, after: number): Promise<Id[]> {
  const columns = movableColumns(where)
  if (columns.length === 0) return []
  const ids = (await writesSince(engine, org, entity.name, null, after)).filter(({ op, changes }) => op !== 'insert' && columns.some((name) => name in changes)).map(({ id }) => id as Id)
  return [...new Set(ids)]
}

/**
 * The changes of some commits, as this person is told of them. A row they do not see is told as gone when they saw it before (it was moved),
 * and not at all otherwise.
 */
export async function toldChanges(sighting: Sighting, changes: readonly ChangedRow[], since: number): Promise<RowChange[]> {
  const { engine, org, scope } = sighting
  const busy = busyOf(scope)
  const told = new Map<ChangedRow, RowChange>()
  const byEntity = new Map<string, ChangedRow[]>()
  for (const change of changes) {
    const group = byEntity.get(change.entity)
    if (group) group.push(change)
    else byEntity.set(change.entity, [change])
  }
  for (const [name, group] of byEntity) {
    const entity = entities.get(name)
    if (!entity) continue
    const where = conditionsOf(scope, name)
    const told1 = name === assignment.name ? busy : null
    if (where === null && !told1) continue
    const rows = new Map((await storedRows(engine, org, entity, { where: [{ id: group.map(({ id }) => id) }] })).map((row) => [row.id, row]))
    const unseen: { change: ChangedRow; row: Stored }[] = []
    for (const change of group) {
      const row = rows.get(change.id)
      if (!row) continue
      if (sees(where, row)) told.set(change, toldWhole(sighting, entity, row, change.seq))
      else if (told1) told.set(change, takesTime(row) ? toldBusy(sighting, row, change.seq) : toldFree(sighting, row.id, change.seq))
      else unseen.push({ change, row })
    }
    if (unseen.length === 0 || movableColumns(where).length === 0) continue
    const former = await asTheyWere(engine, org, entity, unseen.map(({ row }) => row), since)
    for (const { change, row } of unseen) {
      const was = former.get(row.id)
      if (was && sees(where, was)) told.set(change, toldGone(name, row.id, change.seq))
    }
  }
  return changes.flatMap((change) => told.get(change) ?? [])
}
