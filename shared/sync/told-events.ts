/**
 * Audit events as they are told beside the rows they speak of: only what cannot be worked out from those rows, from the event before and
 * from the rest of the event itself goes over the wire. Ids and hashes follow (shared/store/audit-chain.ts); what an insert entered is the row.
 *
 * Law: unpackEvents(packEvents(events, rows), rows) = events, whatever the events are: what does not follow exactly (a column the reader may
 * not see, the digest of a personal value, a row that changed again) goes as it is. Nothing here depends on what a version knows of entities.
 */
import { canonicalJson, sha256, type Json } from '../kernel/hashing.ts'
import { deriveId } from '../kernel/ids.ts'
import { eventColumns, hashOf, type EventColumn, type PlacedEvent } from '../store/audit-chain.ts'
import type { RowChange } from './wire.ts'

/**
 * Columns that did not follow, by name; beside them: `at`, place of its row on the page where it is not the next one (-1: none there);
 * `cells`, changes that are not the row's: [before] where it came to the row's value, [before, after], or null: not among them;
 * `check`, on the last one, the hash that must come out.
 */
export type PackedEvent = Record<string, Json>

type Row = Extract<RowChange, { row: unknown }>
type Cell = PlacedEvent[EventColumn]
interface Beside {
  previous: PlacedEvent | null
  row: Row | null
}
type Rule = (event: Readonly<PlacedEvent>, beside: Beside) => Cell

/** Columns nobody enters: they are in no change. */
const unentered: ReadonlySet<string> = new Set(['id', 'project_id', 'mission_id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'deleted_at'])
/** As in the event before, unless something else is said. */
const repeated = ['command_id', 'action', 'op', 'actor_kind', 'actor', 'on_behalf_of', 'reason', 'occurred_at', 'recorded_at', 'request_id', 'correlation_id', 'device', 'app_version', 'corrects_event_id'] as const satisfies readonly EventColumn[]
const ofRow = (column: EventColumn, value: (row: Row) => unknown): Rule => (_event, { previous, row }) => {
  const found = row ? value(row) : undefined
  return typeof found === 'string' || typeof found === 'number' ? found : (previous?.[column] ?? null)
}

/** What each other column is unless something else is said, in an order in which each depends only on those before it and the repeated ones. */
const rules: readonly (readonly [EventColumn, Rule])[] = [
  ['lead', ({ command_id }, { previous }) => (previous?.command_id === command_id ? 0 : 1)],
  ['entity', ofRow('entity', ({ entity }) => entity)],
  ['entity_id', ofRow('entity_id', ({ id }) => id)],
  ['row_version', ofRow('row_version', ({ row }) => row['version'])],
  ['project_id', ofRow('project_id', ({ row }) => row['project_id'])],
  ['mission_id', ofRow('mission_id', ({ entity, id, row }) => (entity === 'mission' ? id : row['mission_id']))],
  ['id', ({ command_id, entity_id, action }) => (typeof command_id === 'string' ? deriveId(command_id, `audit:${entity_id ?? command_id}:${action}`) : null)],
  ['changes', ({ op, row_version }, { row }) => composed(said(op, row_version, row), null)],
  ['changes_digest', ({ changes }) => (typeof changes === 'string' ? sha256(changes) : null)],
  ['position', (_event, { previous }) => Number(previous?.position ?? 0) + 1],
  ['hash', (event, { previous }) => (previous !== null && event.position === Number(previous.position) + 1 ? hashOf(String(previous.hash), event) : null)],
]
const nothing = Object.fromEntries(eventColumns.map((column) => [column, null])) as PlacedEvent

/** What the row itself says of its changes. */
interface Said {
  /** The row, where it stands as the event left it. */
  values: Readonly<Record<string, Json>> | null
  op: Cell
}
const said = (op: Cell, version: Cell, row: Row | null): Said => ({ op, values: row !== null && row.row['version'] === version ? row.row : null })

/** What stands before and after the value of a row. */
const sides: Readonly<Record<string, (value: string) => string>> = { insert: (value) => `[null,${value}]`, remove: (value) => `[${value},null]`, restore: (value) => `[${value},${value}]` }
const asText = (value: Json): string => (typeof value === 'object' ? canonicalJson(value) : JSON.stringify(value))

/** Columns of rows as they came last, and those that are entered in canonical order: rows of one entity have the same ones. */
let known: { names: readonly string[]; entered: readonly { name: string; quoted: string }[] } = { names: [], entered: [] }
function enteredOf(values: Readonly<Record<string, Json>>): typeof known.entered {
  const names = Object.keys(values)
  if (names.length !== known.names.length || names.some((name, at) => name !== known.names[at]))
    known = { names, entered: names.filter((name) => !unentered.has(name)).sort().map((name) => ({ name, quoted: JSON.stringify(name) })) }
  return known.entered
}

/** The canonical text of changes: what the row says, and (`cells`) what is said beside it. */
function composed({ op, values }: Said, cells: Readonly<Record<string, Json>> | null): string {
  const side = values === null ? undefined : sides[String(op)]
  let text = ''
  const add = (quoted: string, change: string): void => {
    text += text === '' ? `${quoted}:${change}` : `,${quoted}:${change}`
  }
  const own = values !== null && side ? enteredOf(values) : []
  if (cells === null) {
    for (const { name, quoted } of own) {
      const value = values?.[name] ?? null
      if (value !== null && side) add(quoted, side(asText(value)))
    }
    return `{${text}}`
  }
  for (const name of [...new Set([...own.map((one) => one.name), ...Object.keys(cells)])].sort()) {
    const cell = cells[name]
    const value = values?.[name] ?? null
    if (cell === null || (cell === undefined && value === null)) continue
    const beside = Array.isArray(cell) ? (cell.length === 1 ? `[${canonicalJson(cell[0])},${asText(value)}]` : canonicalJson(cell)) : (side?.(asText(value)) ?? '')
    add(JSON.stringify(name), beside)
  }
  return `{${text}}`
}

/** What must be said beside the row, so that the text comes out; null where it cannot. */
function cellsOf(text: string, from: Said): Record<string, Json> | null {
  let changes: Json
  try {
    changes = JSON.parse(text) as Json
  } catch {
    return null
  }
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return null
  const cells: Record<string, Json> = {}
  const { op, values } = from
  const side = values === null ? undefined : sides[String(op)]
  for (const [name, change] of Object.entries(changes)) {
    if (!Array.isArray(change) || change.length !== 2) return null
    const value = canonicalJson(values?.[name] ?? null)
    const own = canonicalJson(change)
    if (side?.(value) === own && value !== 'null') continue
    cells[name] = values !== null && name in values && canonicalJson(change[1]) === value ? [change[0] ?? null] : change
  }
  if (side && values) for (const { name } of enteredOf(values)) if (values[name] !== null && !(name in changes)) cells[name] = null
  return composed(from, cells) === text ? cells : null
}

const placeOf = (packed: PackedEvent, next: number): number => (typeof packed['at'] === 'number' ? packed['at'] : next)
const rowAt = (rows: readonly RowChange[], at: number): Row | null => {
  const row = rows[at]
  return row && 'row' in row ? row : null
}

export function packEvents(events: readonly PlacedEvent[], rows: readonly RowChange[]): PackedEvent[] {
  const places = new Map(rows.map((row, at) => [`${row.entity}/${row.id}`, 'row' in row ? at : -1]))
  let previous: PlacedEvent | null = null
  let next = 0
  return events.map((event, index) => {
    const packed: PackedEvent = {}
    const at = places.get(`${event.entity}/${event.entity_id}`) ?? -1
    if (at !== next) packed['at'] = at
    if (at >= 0) next = at + 1
    const row = rowAt(rows, at)
    for (const column of repeated) if (event[column] !== (previous?.[column] ?? null)) packed[column] = event[column]
    for (const [column, rule] of rules) {
      const value = event[column]
      if (rule(event, { previous, row }) === value) continue
      const cells = column === 'changes' && typeof value === 'string' ? cellsOf(value, said(event.op, event.row_version, row)) : null
      packed[cells ? 'cells' : column] = cells ?? value
    }
    if (index === events.length - 1) packed['check'] = event.hash
    previous = event
    return packed
  })
}

const isPlain = (value: Json | undefined): value is string | number | null => value === null || typeof value === 'string' || typeof value === 'number'

/** Null: they do not come out as the sender says, or are no such list. */
export function unpackEvents(list: readonly PackedEvent[], rows: readonly RowChange[]): PlacedEvent[] | null {
  const events: PlacedEvent[] = []
  let previous: PlacedEvent | null = null
  let next = 0
  for (const packed of list) {
    const at = placeOf(packed, next)
    if (at >= 0) next = at + 1
    const row = rowAt(rows, at)
    const event: PlacedEvent = { ...(previous ?? nothing) }
    const { cells } = packed
    for (const column of repeated) {
      const given = packed[column]
      if (given === undefined) continue
      if (!isPlain(given)) return null
      event[column] = given
    }
    for (const [column, rule] of rules) {
      const given = packed[column]
      if (given !== undefined) {
        if (!isPlain(given)) return null
        event[column] = given
      } else if (column === 'changes' && typeof cells === 'object' && cells !== null && !Array.isArray(cells)) event[column] = composed(said(event.op, event.row_version, row), cells)
      else event[column] = rule(event, { previous, row })
    }
    if (packed['check'] !== undefined && packed['check'] !== event.hash) return null
    events.push(event)
    previous = event
  }
  return events
}
