/** What restoring a backup would take away: what the log says was done since. */
import type { Engine } from '../../shared/store/engine.ts'
import { openDatabase, sqliteEngine, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { chainHead } from '../../shared/store/audit-chain.ts'

export interface SinceBackup {
  /** Changes of records; sign-ins and the like are not among them. */
  changes: number
  people: number
  first_at: string | null
  last_at: string | null
  by_entity: { entity: string; count: number }[]
}

/** null: the backup is of another line of history (an older restore), so that nothing can be counted. */
export async function sinceBackup(backup: string, live: Engine, org: string, options: SqliteOptions): Promise<SinceBackup | null> {
  const engine = sqliteEngine(openDatabase(backup, { ...options, readonly: true }))
  let head
  try {
    head = await chainHead(engine, org)
  } finally {
    await engine.close()
  }
  if (head.position > 0) {
    const [same] = await live.all('SELECT hash FROM audit_event WHERE org_id = ? AND position = ?', [org, head.position])
    if (same?.['hash'] !== head.hash) return null
  }
  const since = 'FROM audit_event WHERE org_id = ? AND position > ? AND op IS NOT NULL'
  const [whole] = await live.all(`SELECT count(*) AS changes, count(DISTINCT actor) AS people, min(recorded_at) AS first_at, max(recorded_at) AS last_at ${since}`, [org, head.position])
  const rows = await live.all(`SELECT entity, count(DISTINCT entity_id) AS count ${since} GROUP BY entity ORDER BY count DESC, entity`, [org, head.position])
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return {
    changes: Number(whole?.['changes'] ?? 0), people: Number(whole?.['people'] ?? 0), first_at: text(whole?.['first_at']), last_at: text(whole?.['last_at']),
    by_entity: rows.map((row) => ({ entity: String(row['entity']), count: Number(row['count']) })),
  }
}
