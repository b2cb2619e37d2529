/** Rows that a command names, read by one question for each entity rather than one by one. */
import type { AnyEntity } from '../domain/entity.ts'
import type { FindOptions, Reader } from '../domain/operation.ts'
import { entities, entityNamed } from '../domain/registry.ts'
import type { Id } from '../kernel/ids.ts'
import { keyOf, type CommandRecord } from '../store/write-set.ts'

type Loose = Readonly<Record<string, unknown>>

/** Rows of one entity by their ids; what is not there (or not seen) is left out. */
export async function rowsById(reader: Reader, entity: AnyEntity, ids: readonly Id[], options: Pick<FindOptions, 'removed'> = {}): Promise<Map<string, Record<string, unknown>>> {
  const [first, ...others] = new Set(ids)
  if (first === undefined) return new Map()
  const rows: Record<string, unknown>[] = await reader.find(entity, { id: others.length === 0 ? first : [first, ...others] }, options)
  return new Map(rows.map((row) => [String(row['id']), row]))
}

/** Ids by entity of what the rows of a record refer to and live in. */
function referredBy({ rows }: CommandRecord, known: ReadonlyMap<string, Loose>): Map<string, Set<Id>> {
  const referred = new Map<string, Set<Id>>()
  const add = (entity: string, id: unknown): void => {
    if (typeof id !== 'string' || known.has(keyOf(entity, id))) return
    const ids = referred.get(entity)
    if (ids) ids.add(id as Id)
    else referred.set(entity, new Set([id as Id]))
  }
  for (const row of rows) {
    const { fields, scope } = entityNamed(row.entity)
    for (const [name, cell] of Object.entries(row.fields)) if (fields[name]?.references) add(fields[name].references, cell.mine)
    if (scope === 'organization') continue
    const stands = known.get(keyOf(row.entity, row.id))
    add('project', stands ? stands['project_id'] : row.fields['project_id']?.mine)
    if (scope === 'mission') add('mission', stands ? stands['mission_id'] : row.fields['mission_id']?.mine)
  }
  return referred
}

/** Adds to `known` what many rows of a record refer to, which the command would look up one after the other. */
export async function addReferred(reader: Reader, record: CommandRecord, known: Map<string, Loose>): Promise<void> {
  for (const [name, ids] of referredBy(record, known)) {
    // Some are no record here: an account, a series of missions.
    if (ids.size === 1 || !entities.has(name)) continue
    for (const [id, row] of await rowsById(reader, entityNamed(name), [...ids], { removed: true })) known.set(keyOf(name, id), row)
  }
}
