/** Unsettled commands as a replica's file holds them; reading only. On an authority there are none. */
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Engine, RawRow } from './engine.ts'
import type { Foreseen } from './replica-store.ts'

export interface QueuedBytes {
  id: Id
  position: number
  issuer: Id
  /** Canonical JSON of the command as it is sent (WireCommand of shared/sync/wire.ts). */
  command: string
  outcome: Foreseen
  /** Why it does not apply here any more; null: it does. */
  reason: Json
}

const decode = (row: RawRow): QueuedBytes => ({
  id: String(row['id']) as Id, position: Number(row['position']), issuer: String(row['issuer']) as Id, command: String(row['command']), outcome: String(row['outcome']) as Foreseen,
  reason: row['reason'] === null || row['reason'] === undefined ? null : (JSON.parse(String(row['reason'])) as Json),
})

/** In issue order, of everybody on this computer. */
export async function pendingCommands(engine: Engine, org: string, limit: number): Promise<QueuedBytes[]> {
  const rows = await engine.all('SELECT id, position, issuer, command, outcome, reason FROM replica_pending WHERE org_id = ? ORDER BY position LIMIT ?', [org, limit])
  return rows.map(decode)
}

export async function countPending(engine: Engine, org: string): Promise<number> {
  const [row] = await engine.all('SELECT COUNT(*) AS waiting FROM replica_pending WHERE org_id = ?', [org])
  return Number(row?.['waiting'] ?? 0)
}
