/** Rows of a newer or an older peer: what this version does not know is set aside untouched, what the peer does not know begins as new rows do. */
import type { AnyEntity } from '../../domain/entity.ts'
import { entities } from '../../domain/registry.ts'
import type { Json } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { codecFor } from '../../store/reader.ts'
import { allUnknown, dropUnknown, keepUnknown, type StoredRow } from '../../store/replica-store.ts'
import type { RowChange } from '../wire.ts'

export interface KnownRow {
  entity: string
  id: Id
  /** Null: gone from view. */
  row: StoredRow | null
}

function rowOf(entity: AnyEntity, org: Id, given: Readonly<Record<string, Json>>): { row: StoredRow; unknown: Record<string, Json> } {
  const { names } = codecFor(entity)
  // Peers of the same version say every column, and nothing else.
  if (Object.keys(given).length === names.length - 1 && names.every((name) => name in given || name === 'org_id')) return { row: { org_id: org, ...given }, unknown: {} }
  const row: StoredRow = {}
  // Empty is said (a column the person may not read); what is not said begins as in a new row.
  for (const name of names) row[name] = name === 'org_id' ? org : name in given ? given[name] : (entity.fields[name]?.initial ?? null)
  const unknown: Record<string, Json> = {}
  for (const [name, value] of Object.entries(given)) if (!(name in row)) unknown[name] = value
  return { row, unknown }
}

/** The part of these changes that this version knows. */
export async function knownRows(engine: Engine, org: Id, changes: readonly RowChange[]): Promise<KnownRow[]> {
  const rows: KnownRow[] = []
  for (const change of changes) {
    const known = await knownRow(engine, org, change)
    if (known) rows.push(known)
  }
  return rows
}

/** The part of a change that this version knows; null when it knows nothing of that table. */
export async function knownRow(engine: Engine, org: Id, change: RowChange): Promise<KnownRow | null> {
  const entity = entities.get(change.entity)
  const id = change.id as Id
  if ('gone' in change) {
    await dropUnknown(engine, org, change.entity, change.id)
    return entity ? { entity: change.entity, id, row: null } : null
  }
  if (!entity) {
    await keepUnknown(engine, org, change.entity, change.id, change.seq, change.row)
    return null
  }
  const { row, unknown } = rowOf(entity, org, change.row)
  if (Object.keys(unknown).length > 0) await keepUnknown(engine, org, change.entity, change.id, change.seq, unknown)
  return { entity: change.entity, id, row }
}

/** After an update of the program: what was set aside and is known now. The rows come with the columns that had been set aside. */
export async function takeUp(engine: Engine, org: Id, present: (entity: string, id: Id) => Promise<StoredRow | null>): Promise<KnownRow[]> {
  const found: KnownRow[] = []
  for (const { entity: name, id, content } of await allUnknown(engine, org)) {
    const entity = entities.get(name)
    if (!entity || typeof content !== 'object' || content === null || Array.isArray(content)) continue
    const here = await present(name, id as Id)
    const { row, unknown } = rowOf(entity, org, { ...(here as Record<string, Json> | null), ...content })
    if (Object.keys(unknown).length === Object.keys(content).length) continue
    await dropUnknown(engine, org, name, id)
    if (Object.keys(unknown).length > 0) await keepUnknown(engine, org, name, id, 0, unknown)
    found.push({ entity: name, id: id as Id, row })
  }
  return found
}
