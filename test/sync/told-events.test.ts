/** Events told beside their rows: whatever they are, the receiver has them to the letter, and those of ordinary commands cost little. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, sha256 } from '../../shared/kernel/hashing.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { eventColumns, GENESIS, hashOf, type PlacedEvent } from '../../shared/store/audit-chain.ts'
import { packEvents, unpackEvents } from '../../shared/sync/told-events.ts'
import type { RowChange } from '../../shared/sync/wire.ts'

const name = fc.constantFrom('title', 'start_at', 'end_at', 'notes', 'position', '__proto__', 'constructor', 'é')
const value = fc.jsonValue({ maxDepth: 2 })
const id = fc.constantFrom('a', 'b', 'c', 'd')
const entity = fc.constantFrom('mission', 'assignment', 'project', 'of another version')
const row: fc.Arbitrary<RowChange> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ entity, id, seq: fc.nat(9), row: fc.dictionary(name, value).map((cells) => ({ id: 'a', project_id: 'p', mission_id: null, version: 1, ...cells })) }) },
  { weight: 1, arbitrary: fc.record({ entity, id, seq: fc.nat(9), gone: fc.constant(true as const) }) },
)
const plain = fc.oneof(fc.constantFrom<string | number | null>(null, 'a', 'b', 'insert', 'update', 'remove', 'restore', 0, 1, 2), fc.string({ maxLength: 6 }), fc.integer())
const changes = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(name, fc.oneof(fc.tuple(value, value), value)).map(canonicalJson) },
  { weight: 1, arbitrary: fc.constantFrom<string | null>(null, '', '[]', 'null', '{"title":[1,2],"notes":[1,2]}', '{"__proto__":[1,2]}', 'no json') },
)
const event: fc.Arbitrary<PlacedEvent> = fc.record({ ...(Object.fromEntries(eventColumns.map((column) => [column, plain])) as Record<keyof PlacedEvent, typeof plain>), entity, entity_id: fc.oneof(id, fc.constant(null)), changes })
const overWire = <T>(sent: T): T => JSON.parse(JSON.stringify(sent)) as T

/** Events as an authority places them, of one command that made or changed these rows. */
function chain(rows: readonly Extract<RowChange, { row: unknown }>[], op: 'insert' | 'update' | 'remove' | 'restore', before: (field: string) => unknown): PlacedEvent[] {
  let previous = GENESIS
  const command = deriveId('told', 'command')
  return rows.map(({ entity: of, id: entity_id, row: { version, project_id, mission_id, ...fields } }, index) => {
    const said = Object.entries(fields).filter(([field, now]) => field !== 'id' && now !== null && (op !== 'update' || field === 'start_at'))
    const text = canonicalJson(Object.fromEntries(said.map(([field, now]) => [field, op === 'insert' ? [null, now] : op === 'remove' ? [now, null] : op === 'restore' ? [now, now] : [before(field), now]])))
    const placed: PlacedEvent = {
      id: deriveId(command, `audit:${entity_id}:assignment.create`), entity: of, entity_id, row_version: Number(version), project_id: String(project_id), mission_id: String(mission_id), action: 'assignment.create', op,
      lead: index === 0 ? 1 : 0, command_id: command, actor_kind: 'user', actor: 'lea', on_behalf_of: null, changes: text, changes_digest: sha256(text), reason: null, occurred_at: '2026-10-20T08:00:00.000Z',
      recorded_at: '2026-10-20T08:00:00.000Z', request_id: 'r', correlation_id: 'c', device: 'd', app_version: '1', corrects_event_id: null, position: index + 1, hash: '',
    }
    previous = placed.hash = hashOf(previous, placed)
    return placed
  })
}
const rows = Array.from({ length: 50 }, (_, index) => ({
  entity: 'assignment', id: deriveId('told', `row ${index}`), seq: 7,
  row: { id: deriveId('told', `row ${index}`), project_id: 'p', mission_id: 'm', version: 1, start_at: `2026-10-20T08:00:${String(index).padStart(2, '0')}.000Z`, collaborator_id: deriveId('told', `person ${index}`), notes: null, is_lead: false },
}))

describe('events beside their rows', () => {
  it('come out to the letter, whatever they and the rows are', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 8 }), fc.array(row, { maxLength: 6 }), (events, beside) => {
      expect(unpackEvents(overWire(packEvents(events, beside)), overWire(beside))).toEqual(events)
    }), { numRuns: 2000 })
  })

  it.each(['insert', 'remove', 'restore'] as const)('that say what the row says (%s) say nothing of it again', (op) => {
    const events = chain(rows, op, () => null)
    const packed = packEvents(events, rows)
    expect(unpackEvents(overWire(packed), rows)).toEqual(events)
    expect(packed.slice(1, -1).every((one) => Object.keys(one).length === 0)).toBe(true)
  })

  it('of a change say only what stood before', () => {
    const events = chain(rows, 'update', () => 'before')
    const packed = packEvents(events, rows)
    expect(unpackEvents(overWire(packed), rows)).toEqual(events)
    expect(packed[1]).toEqual({ cells: { start_at: ['before'] } })
  })

  it('that lie in another order than the rows, or whose rows are not told or are another version by now, come out too', () => {
    const events = chain(rows, 'insert', () => null)
    const others = rows.toReversed().flatMap((one, index) => (index % 5 === 0 ? [] : [{ ...one, row: { ...one.row, version: index % 3 === 0 ? 2 : 1 } }]))
    expect(unpackEvents(overWire(packEvents(events, others)), others)).toEqual(events)
  })

  it('are refused where what follows from them is not what the sender has', () => {
    const packed = packEvents(chain(rows, 'insert', () => null), rows)
    expect(unpackEvents(packed, rows.map((one, index) => (index === 20 ? { ...one, row: { ...one.row, is_lead: true } } : one)))).toBeNull()
    expect(unpackEvents([{ ...packed[0], actor: ['lea'] }], rows)).toBeNull()
  })
})
