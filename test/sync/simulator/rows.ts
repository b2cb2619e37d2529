/** Rows as they stand in a file, and as a person may see them: by the rules of sight alone, without any code of sync. */
import type Database from 'better-sqlite3'
import type { AnyEntity } from '../../../shared/domain/entity.ts'
import { entities } from '../../../shared/domain/registry.ts'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { codecFor } from '../../../shared/store/reader.ts'
import type { Lens } from '../../../shared/store/reader.ts'
import type { RawRow } from '../../../shared/store/engine.ts'
import { org } from './world.ts'

export type Stood = Record<string, unknown>
/** `entity/id` to the row. */
export type Rows = Map<string, { entity: AnyEntity; row: Stood }>

export function rowsOf(database: Database.Database): Rows {
  const found: Rows = new Map()
  for (const entity of entities.values()) {
    const codec = codecFor(entity)
    for (const raw of database.prepare<[string], RawRow>(`SELECT * FROM ${entity.name} WHERE org_id = ?`).all(org)) found.set(`${entity.name}/${String(raw['id'])}`, { entity, row: codec.decode(raw) })
  }
  return found
}

/** Rows beneath what is unsettled: the server's, as this file has them. */
export function serverRowsOf(database: Database.Database): Rows {
  const rows = rowsOf(database)
  for (const { entity: name, id, row } of database.prepare<[string], { entity: string; id: string; row: string | null }>('SELECT entity, id, "row" FROM replica_shadow WHERE org_id = ?').all(org)) {
    const entity = entities.get(name)
    const key = `${name}/${id}`
    if (row === null || !entity) rows.delete(key)
    else rows.set(key, { entity, row: JSON.parse(row) as Stood })
  }
  return rows
}

/** What that person sees of all rows. */
export async function seenBy(rows: Rows, lens: Lens): Promise<Rows> {
  const seen: Rows = new Map()
  for (const [key, { entity, row }] of rows) {
    if (!(await lens.sees(entity, row))) continue
    const shown = { ...row }
    lens.redact(entity, shown)
    seen.set(key, { entity, row: shown })
  }
  return seen
}

export const isLiving = (row: Stood): boolean => row['deleted_at'] === null || row['deleted_at'] === undefined

const alike = (a: unknown, b: unknown): boolean => a === b || (a ?? null) === (b ?? null) || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b))

/** What differs, in words; null: they say the same. */
export function difference(one: Stood, other: Stood): string | null {
  let names: string[] | null = null
  for (const name in one) if (!alike(one[name], other[name])) (names ??= []).push(name)
  for (const name in other) if (!(name in one) && !alike(null, other[name])) (names ??= []).push(name)
  return names === null ? null : names.map((name) => `${name} ${JSON.stringify(one[name] ?? null)} / ${JSON.stringify(other[name] ?? null)}`).join(', ').slice(0, 600)
}

export const rowKey = (entity: string, id: Id | string): string => `${entity}/${id}`
