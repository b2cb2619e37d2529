/**
 * A kept command field by field: what stood on its author's screen, what they entered, and what stands now, read through the lens of
 * whoever looks (sync rule 22: it is never stored). Nothing here chooses for anybody but where one side left the base or states a fact.
 */
import { z } from 'zod'
import type { Field } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { assignment } from '../domain/planning/model.ts'
import { entityNamed, entities } from '../domain/registry.ts'
import type { KeptCommand, KeptField } from '../domain/sync/states.ts'
import { mergeText } from '../kernel/merge-text.ts'
import type { Json } from '../kernel/hashing.ts'
import { isInstant, type Instant } from '../kernel/instants.ts'
import { rowHistory, type FieldWrite } from '../store/row-history.ts'
import { sameValue, type RecordedRow } from '../store/write-set.ts'
import type { Inner } from './core-handler.ts'
import { readableBy } from './lens.ts'
import { namesOfUsers, standing, unitOf, type OpenedCommand } from './kept-open.ts'
import { versionRead } from './kept-again.ts'
import { keyOfRow, rowsNamed, titlesOf } from './kept-titles.ts'

type Loose = Readonly<Record<string, unknown>>

/** Texts as long as this are read, not compared by heart: they can be combined. */
const COMBINED_FROM = 200

const plain = (schema: z.ZodType): z.ZodType => (schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema)
const longest = ({ schema }: Field<unknown>): number | null => {
  const inner = plain(schema)
  return inner instanceof z.ZodString ? inner.maxLength : null
}
const isText = (field: Field<unknown>): boolean => field.storage === 'text' && (longest(field) ?? 0) >= COMBINED_FROM

function typedAs(field: Field<unknown>, values: readonly unknown[]): KeptField['typed'] {
  if (field.storage === 'integer' || field.storage === 'real') return 'number'
  if (field.references !== null || field.storage !== 'text') return null
  if (values.some(isInstant)) return 'time'
  return longest(field) === null ? null : 'text'
}

/** What somebody told us is no opinion: an answer stands before what a planner had thought (ui.md 6). */
const answered = new Set<unknown>(['accepted', 'confirmed', 'executed', 'closed'])
const answers = new Set<unknown>(['declined_by_collaborator', 'withdrawn_by_collaborator'])
export const isOutsideFact = (entity: string, field: string, now: Loose): boolean =>
  entity === assignment.name && ((field === 'state' && (answered.has(now['state']) || answers.has(now['cancel_reason']))) || (field === 'cancel_reason' && answers.has(now['cancel_reason'])))

interface Writers {
  users: ReadonlyMap<string, string>
  /** Last first, by row. */
  history: ReadonlyMap<string, readonly FieldWrite[]>
}
function lastWriter({ users, history }: Writers, key: string, field: string, now: Loose | undefined): { by: string | null; at: Instant | null } {
  const last = history.get(key)?.find(({ fields }) => field in fields)
  const [actor, at] = last ? [last.actor, last.occurred_at] : [now?.['updated_by'], now?.['updated_at']]
  return { by: users.get(String(actor)) ?? null, at: isInstant(at) ? at : null }
}

interface Around extends Writers {
  rows: ReadonlyMap<string, Loose>
  titles: Awaited<ReturnType<typeof titlesOf>>
  own: boolean
  inner: Inner
}

/** Cells that the reader may not see stay empty; what the author entered stays theirs (rule 22). */
function fieldOf(row: RecordedRow, name: string, around: Around, said: { preselected: KeptField['preselected']; disputed: boolean }): KeptField {
  const entity = entityNamed(row.entity)
  const field = entity.fields[name]
  const key = keyOfRow(row)
  const now = around.rows.get(key)
  const cell = row.fields[name]
  const readable = (now !== undefined || row.op === 'insert') && readableBy(around.inner.person, entity, now ?? { id: row.id }, name)
  const [base, mine, theirs] = [readable ? (cell?.base ?? null) : null, readable || around.own ? (cell?.mine ?? null) : null, readable ? (now?.[name] ?? null) : null]
  const text = field !== undefined && isText(field) && [mine, theirs].every((value) => typeof value === 'string')
  return {
    entity: row.entity, id: row.id, field: name, title: around.titles.get(key)?.title ?? null, base, mine, theirs, readable, text,
    combined: text && said.disputed && readable ? mergeText(typeof base === 'string' ? base : '', String(mine), String(theirs)).text : null,
    ...said, ...(readable && !sameValue(base, theirs) ? lastWriter(around, key, name, now) : { by: null, at: null }),
    unit: `${key}/${unitOf(row.entity, name)[0] ?? name}`, typed: field && readable ? typedAs(field, [base, mine, theirs]) : null, own: true,
  }
}

function fieldsOfRow(row: RecordedRow, around: Around): KeptField[] {
  const now = around.rows.get(keyOfRow(row))
  if (row.op === 'insert') {
    const { fields } = entityNamed(row.entity)
    return Object.entries(row.fields).filter(([name, { mine }]) => name in fields && mine !== null && !sameValue(mine, fields[name]?.initial)).map(([name]) => fieldOf(row, name, around, { preselected: 'mine', disputed: false }))
  }
  if (row.op === 'restore') return []
  return standing(row, now ?? null).flatMap(({ unit, state }) => {
    // Of a removal only what changed under it is of interest: the rest goes with the row.
    if (row.op === 'remove' && state !== 'other') return []
    const untouched = unit.every((name) => sameValue(row.fields[name]?.base ?? null, row.fields[name]?.mine ?? null))
    const fact = now !== undefined && unit.some((name) => isOutsideFact(row.entity, name, now))
    const preselected = row.op === 'remove' ? null : state === 'base' ? 'mine' : state === 'mine' || untouched || fact ? 'theirs' : null
    return unit.map((name) => fieldOf(row, name, around, { preselected, disputed: state === 'other' }))
  })
}

/** What others changed of the same rows meanwhile beside the command: merged, shown so that one sees what one decides upon. */
function mergedBeside(row: RecordedRow, opened: OpenedCommand, around: Around): KeptField[] {
  const now = around.rows.get(keyOfRow(row))
  const since = row.op === 'update' && now?.['deleted_at'] === null ? versionRead(opened.input, row.id) : null
  if (since === null || !now) return []
  const entity = entityNamed(row.entity)
  const bases = new Map<string, Json>()
  for (const write of around.history.get(keyOfRow(row)) ?? []) if (write.row_version > since) for (const [name, [before]] of Object.entries(write.fields)) bases.set(name, before)
  return [...bases].flatMap(([name, base]) => {
    const field = entity.fields[name]
    if (!field || name in row.fields || field.personal || field.class !== 'entered' || sameValue(base, now[name] ?? null) || !readableBy(around.inner.person, entity, now, name)) return []
    const shown = fieldOf(row, name, around, { preselected: 'theirs', disputed: false })
    return [{ ...shown, base, mine: base, own: false }]
  })
}

function removalsOf(opened: OpenedCommand, around: Around): KeptCommand['removals'] {
  return (opened.record?.rows ?? []).flatMap((row): KeptCommand['removals'] => {
    const now = around.rows.get(keyOfRow(row))
    if (!now) return []
    const title = around.titles.get(keyOfRow(row))?.title ?? null
    if (row.op === 'remove' && now['deleted_at'] === null && standing(row, now).some(({ state }) => state === 'other'))
      return [{ entity: row.entity, id: row.id, title, removed_by: 'mine', by: null, at: null }]
    if (row.op === 'update' && now['deleted_at'] !== null)
      return [{ entity: row.entity, id: row.id, title, removed_by: 'theirs', by: around.users.get(String(now['updated_by'])) ?? null, at: isInstant(now['deleted_at']) ? now['deleted_at'] : null }]
    return []
  })
}

/** Names of records that shown values point to. */
async function namesOf(reader: Reader, fields: readonly KeptField[]): Promise<Record<string, string>> {
  const refs = fields.flatMap(({ entity, field, base, mine, theirs }) => {
    const target = entities.get(entity)?.fields[field]?.references
    return target && entities.has(target) ? [base, mine, theirs].flatMap((value) => (typeof value === 'string' ? [{ entity: target, id: value }] : [])) : []
  })
  const rows = await rowsNamed(reader, refs)
  const titles = await titlesOf(reader, refs.flatMap((ref) => {
    const row = rows.get(keyOfRow(ref))
    return row ? [{ entity: ref.entity, row }] : []
  }))
  return Object.fromEntries([...titles].flatMap(([key, { title }]) => (title === null ? [] : [[key.slice(key.indexOf('/') + 1), title] as const])))
}

export interface KeptDetail extends Pick<KeptCommand, 'fields_of' | 'removals' | 'names' | 'zone' | 'currency'> {
  rows: ReadonlyMap<string, Loose>
}

export async function detailOf(opened: OpenedCommand, reader: Reader, inner: Inner): Promise<KeptDetail> {
  const recorded = opened.record?.rows ?? []
  const rows = await rowsNamed(reader, recorded)
  const shown = recorded.flatMap((row) => {
    const stands = rows.get(keyOfRow(row)) ?? (row.op === 'insert' ? { id: row.id, ...Object.fromEntries(Object.entries(row.fields).map(([name, { mine }]) => [name, mine])) } : undefined)
    return stands ? [{ entity: row.entity, row: stands }] : []
  })
  const titles = await titlesOf(reader, shown)
  const history = new Map<string, readonly FieldWrite[]>()
  for (const row of recorded) if (rows.has(keyOfRow(row))) history.set(keyOfRow(row), await rowHistory(inner.engine, inner.org, row.entity, row.id))
  const around: Around = { rows, titles, history, users: await namesOfUsers(reader), own: opened.logged.actor === inner.person.user_id, inner }
  const fields_of = recorded.flatMap((row) => [...fieldsOfRow(row, around), ...mergedBeside(row, opened, around)])
  const currency = [...rows.values()].map((row) => row['rate_currency'] ?? row['currency']).find((one) => typeof one === 'string')
  return {
    rows, fields_of, removals: removalsOf(opened, around), names: await namesOf(reader, fields_of),
    zone: [...titles.values()].map(({ zone }) => zone).find((one) => one !== null) ?? null, currency: typeof currency === 'string' ? currency : null,
  }
}
