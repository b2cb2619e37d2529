/**
 * Security events of a computer that follows a server, until the server has taken them: appended when they happen, gone when they are
 * acknowledged. Beside the outbox, not in a view's audit table, which is a copy of the server's (sync rule 6).
 *
 * Law: none is lost unseen. Of one person so many are kept; those that come then are counted, and the count is an event of its own as soon
 * as there is room. What came first stays: nobody hides what they did under noise, and nobody's absence takes the room of others.
 */
import { EVENTS_LOST } from '../domain/audit/device-events.ts'
import { canonicalJson, type Json } from '../kernel/hashing.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Engine, RawRow } from './engine.ts'

/** Kept of one person. */
export const MOST_EVENTS = 2_000

export const securitySchema = [
  'CREATE TABLE IF NOT EXISTS security_event (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, bytes TEXT NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS security_lost (person TEXT NOT NULL PRIMARY KEY, events INTEGER NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL) STRICT',
]

export interface SeenEvent {
  id: Id
  /** Who did it, or whom it is about where nobody proved to be that person. */
  person: Id
  action: string
  facts: { readonly [name: string]: Json }
  project_id: Id | null
  /** By this computer's clock. */
  seen_at: Instant
  request_id: string
  correlation_id: string
}
export interface SecurityLine extends SeenEvent {
  position: number
}
export interface SecurityList {
  /** On the disk when it answers. One that is here already stays as it is. */
  append(events: readonly SeenEvent[]): Promise<void>
  /** In the order they came. */
  lines(after: number, limit: number): Promise<SecurityLine[]>
  /** The server has them. */
  acknowledged(ids: readonly Id[]): Promise<void>
  /** Waiting for the server, and seen when there was no room. */
  counts(): Promise<{ waiting: number; lost: number }>
}

const asLine = (row: RawRow): SecurityLine => ({
  ...(JSON.parse(String(row['bytes'])) as Omit<SeenEvent, 'id' | 'person'>), position: Number(row['position']), id: String(row['id']) as Id, person: String(row['person']) as Id,
})

export function openSecurityList(engine: Engine): SecurityList {
  async function insert({ id, person, ...rest }: SeenEvent): Promise<void> {
    await engine.run('INSERT INTO security_event (id, person, bytes) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING', [id, person, canonicalJson({ ...rest })])
  }
  async function isFull(person: Id): Promise<boolean> {
    const [row] = await engine.all('SELECT COUNT(*) AS kept FROM security_event WHERE person = ?', [person])
    return Number(row?.['kept'] ?? 0) >= MOST_EVENTS
  }
  /** What was lost of somebody becomes an event where there is room for it. */
  async function tellLost(): Promise<void> {
    for (const row of await engine.all('SELECT person, events, since, until FROM security_lost ORDER BY person', [])) {
      const person = String(row['person']) as Id
      if (await isFull(person)) continue
      const [lost, since, until] = [Number(row['events']), String(row['since']), String(row['until']) as Instant]
      const id = deriveId(person, `lost:${since}:${until}:${lost}`)
      await insert({ id, person, action: EVENTS_LOST, facts: { lost, since, until }, project_id: null, seen_at: until, request_id: id, correlation_id: id })
      await engine.run('DELETE FROM security_lost WHERE person = ?', [person])
    }
  }
  return {
    append: (events) =>
      engine.transaction(async () => {
        for (const event of events) {
          if (!(await isFull(event.person))) await insert(event)
          else
            await engine.run('INSERT INTO security_lost (person, events, since, until) VALUES (?, 1, ?, ?) ON CONFLICT (person) DO UPDATE SET events = events + 1, until = excluded.until', [event.person, event.seen_at, event.seen_at])
        }
      }),
    async lines(after, limit) {
      return (await engine.all('SELECT position, id, person, bytes FROM security_event WHERE position > ? ORDER BY position LIMIT ?', [after, limit])).map(asLine)
    },
    acknowledged: (ids) =>
      engine.transaction(async () => {
        await engine.run('DELETE FROM security_event WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)])
        await tellLost()
      }),
    async counts() {
      const [row] = await engine.all('SELECT (SELECT COUNT(*) FROM security_event) AS waiting, (SELECT COALESCE(SUM(events), 0) FROM security_lost) AS lost', [])
      return { waiting: Number(row?.['waiting'] ?? 0), lost: Number(row?.['lost'] ?? 0) }
    },
  }
}
