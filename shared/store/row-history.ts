/** What the log says of one row: who wrote which fields, the last first. */
import type { Json } from '../kernel/hashing.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Engine } from './engine.ts'

export interface FieldWrite {
  actor: string
  occurred_at: Instant
  row_version: number
  /** Before and after; of personal fields their digests. */
  fields: Record<string, [Json, Json]>
}

/** More changes than these make no difference to who wrote last. */
const MOST_EVENTS = 60

export async function rowHistory(engine: Engine, org: string, entity: string, id: string): Promise<FieldWrite[]> {
  const rows = await engine.all(
    `SELECT actor, occurred_at, row_version, changes FROM audit_event WHERE org_id = ? AND entity_id = ? AND entity = ? AND row_version IS NOT NULL ORDER BY row_version DESC LIMIT ${MOST_EVENTS}`, [org, id, entity])
  return rows.map((row) => ({
    actor: String(row['actor']), occurred_at: String(row['occurred_at']) as Instant, row_version: Number(row['row_version']),
    fields: JSON.parse(String(row['changes'] ?? '{}')) as Record<string, [Json, Json]>,
  }))
}
