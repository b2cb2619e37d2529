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
import { noteChange } from '../../store/replica-changes.ts'
import { changeRow, changeShadow, dropRow, layShadow, liftShadow, putRow, rowOf, shadowOf, type Shadow, type StoredRow } from '../../store/replica-store.ts'
import { heedErasure } from '../../store/sealing.ts'
import { indexWrite } from '../../store/search.ts'
import { keyOf, sameValue, type Write } from '../../store/write-set.ts'

/** Digest of what a row says; its version and organization are not part of that. */
export function printOf(row: StoredRow): string {
  const { org_id: _org, version: _version, ...said } = row
  return sha256(canonicalJson(said))
}
const differs = (a: StoredRow, b: StoredRow, name: string): boolean => !sameValue(a[name] ?? null, b[name] ?? null)
/** Whether they say the same, as their digests do. */
export function sameRow(a: StoredRow | null, b: StoredRow | null): boolean {
  if (a === null || b === null) return a === b
  for (const name in a) if (name !== 'version' && name !== 'org_id' && differs(a, b, name)) return false
  for (const name in b) if (!(name in a) && name !== 'version' && name !== 'org_id' && differs(a, b, name)) return false
  return true
}

interface Touched {
  entity: AnyEntity
  id: Id
  before: StoredRow | null
  /** As it was put last; undefined: to be looked up, something else may have written it. */
  after: StoredRow | null | undefined
}

/** More writes than these are told as "anything may be another". */
const MOST_WRITES = 5000
export type Came = readonly Write[] | 'much'

export interface View {
  row(entity: string, id: string): Promise<StoredRow | null>
  serverRow(entity: string, id: string): Promise<StoredRow | null>
  /** Null takes the row out of the view. `here`: what lies there now, where that is known; it must stay until the view is closed. */
  put(entity: string, id: Id, row: StoredRow | null, here?: StoredRow | null): Promise<void>
  /** Remembers a row as it is, or was (`before`), when something else writes it (a handler). */
  watch(entity: string, id: Id, before?: StoredRow | null): Promise<void>
  /** Sets versions right and tells search of what was put until now: nothing will come over it. */
  settle(): Promise<void>
  /** What it all came to. */
  close(): Promise<Came>
}

/** The server's row: the shadow where an unsettled command lies over it, else the row itself. */
export async function serverRowOf(engine: Engine, org: Id, entity: string, id: string): Promise<StoredRow | null> {
  const shadow = await shadowOf(engine, org, entity, id)
  return shadow ? shadow.row : rowOf(engine, org, entityNamed(entity), id)
}

export function openView(engine: Engine, org: Id, now: Instant): View {
  const touched = new Map<string, Touched>()
  const came: Write[] = []
  const row: View['row'] = (entity, id) => rowOf(engine, org, entityNamed(entity), id)
  async function touch(entity: string, id: Id, before: StoredRow | null | undefined): Promise<Touched> {
    const key = keyOf(entity, id)
    let one = touched.get(key)
    if (!one) touched.set(key, (one = { entity: entityNamed(entity), id, before: before === undefined ? await row(entity, id) : before, after: undefined }))
    return one
  }
  /** The server's version is lower than one that was shown here for other content. */
  async function raise({ entity, id, before }: Touched, after: StoredRow, same: boolean): Promise<StoredRow> {
    const shown = Number(before?.['version'] ?? 0)
    const wanted = same ? shown : shown + 1
    if (before === null || Number(after['version']) >= wanted) return after
    await layShadow(engine, org, { entity: entity.name, id, row: after })
    const raised = { ...after, version: wanted }
    await changeRow(engine, org, entity, raised, ['version'])
    return raised
  }
  async function cameOf(one: Touched): Promise<Write | null> {
    const { entity, id, before } = one
    const found = one.after === undefined ? await row(entity.name, id) : one.after
    if (found === null) return before === null ? null : { entity, id, op: 'remove', before, after: { ...before, deleted_at: now } }
    const same = sameRow(before, found)
    const after = await raise(one, found, same)
    if (same) return null
    const fields = before === null ? [] : Object.keys(entity.fields).filter((name) => differs(before, after, name))
    if (fields.length > 0) await noteChange(engine, org, entity.name, id, Number(after['version']), fields)
    const was = before === null ? null : before['deleted_at'] === null ? 'living' : 'removed'
    const is = after['deleted_at'] === null ? 'living' : 'removed'
    return { entity, id, op: was === null ? 'insert' : was === is ? 'update' : is === 'living' ? 'restore' : 'remove', before, after }
  }
  async function settle(): Promise<void> {
    for (const one of touched.values()) {
      const write = await cameOf(one)
      if (!write) continue
      await indexWrite(engine, org, write)
      if (came.length <= MOST_WRITES) came.push(write)
    }
    touched.clear()
  }
  return {
    row,
    serverRow: (entity, id) => serverRowOf(engine, org, entity, id),
    async watch(entity, id, before) {
      const one = await touch(entity, id, before)
      one.after = undefined
    },
    async put(entity, id, value, here) {
      const one = await touch(entity, id, here)
      one.after = here === undefined ? undefined : value
      if (value === null) await dropRow(engine, org, one.entity, id)
      else if (here) {
        const changed = Object.keys(value).filter((name) => name !== 'org_id' && differs(here, value, name))
        if (changed.length > 0) await changeRow(engine, org, one.entity, value, changed)
      } else await putRow(engine, org, one.entity, value)
    },
    settle,
    async close() {
      await settle()
      return came.length > MOST_WRITES ? 'much' : came
    },
  }
}

/** What lies here of a row that the server tells of. */
export interface Lying {
  here: StoredRow | null
  shadow: Shadow | null
}

/** What the server says of a row comes to lie beneath (where an unsettled command remains over it) or in place. */
export async function settleRow(engine: Engine, org: Id, view: View, { entity, id, row }: { entity: string; id: Id; row: StoredRow | null }, { here, shadow }: Lying, covered: boolean): Promise<void> {
  await heedErasure(engine, org, entity, row)
  if (covered) return changeShadow(engine, org, { entity, id, row })
  if (shadow) await liftShadow(engine, org, entity, id)
  // Foreseen to the letter, at a version that may run ahead here: the view raises it again when it closes.
  if (here !== null && row !== null && Number(here['version']) === Number(row['version']) && sameRow(here, row)) return
  await view.put(entity, id, row, here)
}
