/**
 * The rows of a replica while something changes them: each is remembered as it was before, so that search, conflicts and windows hear
 * once of what became of it.
 *
 * Law: the version a screen has read never comes to mean other content. A row whose content changes gets a version above the one it
 * had here, even where the server's is lower; the server's row then lies beneath it as its shadow.
 */
import type { AnyEntity } from '../../domain/entity.ts'
import { entityNamed } from '../../domain/registry.ts'
import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Engine } from '../../store/engine.ts'
import { changeShadow, dropRow, layShadow, liftShadow, noteChange, putRow, rowOf, shadowOf, type StoredRow } from '../../store/replica-store.ts'
import { indexWrite } from '../../store/search.ts'
import { keyOf, sameValue, type Write } from '../../store/write-set.ts'

/** Digest of what a row says; its version and organization are not part of that. */
export function printOf(row: StoredRow): string {
  const { org_id: _org, version: _version, ...said } = row
  return sha256(canonicalJson(said))
}
export const sameRow = (a: StoredRow | null, b: StoredRow | null): boolean => (a === null || b === null ? a === b : printOf(a) === printOf(b))

interface Touched {
  entity: AnyEntity
  id: Id
  before: StoredRow | null
}

export interface View {
  row(entity: string, id: string): Promise<StoredRow | null>
  /** The server's row: the shadow where an unsettled command lies over it, else the row itself. */
  serverRow(entity: string, id: string): Promise<StoredRow | null>
  /** Null takes the row out of the view. */
  put(entity: string, id: Id, row: StoredRow | null): Promise<void>
  /** Remembers a row as it is, or was (`before`), when something else writes it (a handler). */
  watch(entity: string, id: Id, before?: StoredRow | null): Promise<void>
  /** What it all came to, versions set right, search told. */
  close(now: Instant): Promise<Write[]>
}

export function openView(engine: Engine, org: Id): View {
  const touched = new Map<string, Touched>()
  const row: View['row'] = (entity, id) => rowOf(engine, org, entityNamed(entity), id)
  const watch: View['watch'] = async (entity, id, before) => {
    const key = keyOf(entity, id)
    if (!touched.has(key)) touched.set(key, { entity: entityNamed(entity), id, before: before === undefined ? await row(entity, id) : before })
  }
  /** The server's version is lower than one that was shown here for other content. */
  async function raise({ entity, id, before }: Touched, after: StoredRow): Promise<StoredRow> {
    const shown = Number(before?.['version'] ?? 0)
    const wanted = sameRow(before, after) ? shown : shown + 1
    if (before === null || Number(after['version']) >= wanted) return after
    await layShadow(engine, org, { entity: entity.name, id, row: after })
    const raised = { ...after, version: wanted }
    await putRow(engine, org, entity, raised)
    return raised
  }
  return {
    row,
    async serverRow(entity, id) {
      const shadow = await shadowOf(engine, org, entity, id)
      return shadow ? shadow.row : row(entity, id)
    },
    watch,
    async put(entity, id, value) {
      await watch(entity, id)
      if (value === null) await dropRow(engine, org, entityNamed(entity), id)
      else await putRow(engine, org, entityNamed(entity), value)
    },
    async close(now) {
      const writes: Write[] = []
      for (const one of touched.values()) {
        const { entity, id, before } = one
        const found = await row(entity.name, id)
        if (found === null) {
          if (before !== null) writes.push({ entity, id, op: 'remove', before, after: { ...before, deleted_at: now } })
          continue
        }
        const after = await raise(one, found)
        const fields = before === null ? [] : Object.keys(entity.fields).filter((name) => !sameValue(before[name], after[name]))
        if (fields.length > 0) await noteChange(engine, org, entity.name, id, Number(after['version']), fields)
        if (sameRow(before, after)) continue
        const was = before === null ? null : before['deleted_at'] === null ? 'living' : 'removed'
        const is = after['deleted_at'] === null ? 'living' : 'removed'
        writes.push({ entity, id, op: was === null ? 'insert' : was === is ? 'update' : is === 'living' ? 'restore' : 'remove', before, after })
      }
      for (const write of writes) await indexWrite(engine, org, write)
      return writes
    },
  }
}

/** What the server says of a row comes to lie beneath (where an unsettled command remains over it) or in place. */
export async function settleRow(engine: Engine, org: Id, view: View, entity: string, id: Id, row: StoredRow | null, covered: boolean): Promise<void> {
  if (covered) return changeShadow(engine, org, { entity, id, row })
  const here = await view.row(entity, id)
  await liftShadow(engine, org, entity, id)
  // Foreseen to the letter, at a version that may run ahead here: the view raises it again when it closes.
  if (here !== null && row !== null && Number(here['version']) === Number(row['version']) && sameRow(here, row)) return
  await view.put(entity, id, row)
}
