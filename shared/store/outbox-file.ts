/** The outbox of one computer for one organization: a file of its own, so that every person's view can be lost without an unsent command (17r). */
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Engine } from './engine.ts'

const schema = [
  `CREATE TABLE IF NOT EXISTS outbox_entry (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, issuer TEXT NOT NULL, issued_at TEXT NOT NULL, bytes TEXT NOT NULL, no_wait INTEGER NOT NULL DEFAULT 0
) STRICT`,
  'CREATE TABLE IF NOT EXISTS outbox_settled (id TEXT NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (id, user_id)) STRICT',
  'CREATE TABLE IF NOT EXISTS outbox_enrolled (user_id TEXT NOT NULL PRIMARY KEY) STRICT',
]

export interface OutboxLine {
  position: number
  id: Id
  issuer: Id
  issued_at: Instant
  bytes: string
  no_wait: boolean
}

export interface OutboxFile {
  append(entry: Omit<OutboxLine, 'position' | 'no_wait'>): Promise<number>
  withdraw(id: Id): Promise<void>
  entries(after?: number, limit?: number): Promise<OutboxLine[]>
  settled(ids: readonly Id[], user: Id): Promise<void>
  enrolled(): Promise<Id[]>
  enroll(user: Id): Promise<void>
  leave(user: Id): Promise<void>
  waitNoLonger(id: Id): Promise<void>
  close(): Promise<void>
}

/** An entry leaves once every enrolled view has settled it. */
const SWEEP = `DELETE FROM outbox_entry WHERE EXISTS (SELECT 1 FROM outbox_settled s WHERE s.id = outbox_entry.id)
  AND NOT EXISTS (SELECT 1 FROM outbox_enrolled e WHERE NOT EXISTS (SELECT 1 FROM outbox_settled s WHERE s.id = outbox_entry.id AND s.user_id = e.user_id))`
const FORGET = 'DELETE FROM outbox_settled WHERE NOT EXISTS (SELECT 1 FROM outbox_entry o WHERE o.id = outbox_settled.id)'

export async function openOutbox(engine: Engine): Promise<OutboxFile> {
  await engine.transaction(async () => {
    for (const statement of schema) await engine.script(statement)
  })
  return {
    append: (entry) =>
      engine.transaction(async () => {
        const [known] = await engine.all('SELECT position FROM outbox_entry WHERE id = ?', [entry.id])
        if (known) return Number(known['position'])
        const [row] = await engine.all('INSERT INTO outbox_entry (id, issuer, issued_at, bytes) VALUES (?, ?, ?, ?) RETURNING position', [entry.id, entry.issuer, entry.issued_at, entry.bytes])
        return Number(row?.['position'])
      }),
    withdraw: (id) => engine.transaction(async () => void (await engine.run('DELETE FROM outbox_entry WHERE id = ?', [id]))),
    async entries(after = 0, limit = 100_000) {
      const rows = await engine.all('SELECT position, id, issuer, issued_at, bytes, no_wait FROM outbox_entry WHERE position > ? ORDER BY position LIMIT ?', [after, limit])
      return rows.map((row) => ({
        position: Number(row['position']), id: String(row['id']) as Id, issuer: String(row['issuer']) as Id, issued_at: String(row['issued_at']) as Instant, bytes: String(row['bytes']), no_wait: Number(row['no_wait']) === 1,
      }))
    },
    settled: (ids, user) =>
      engine.transaction(async () => {
        for (const id of ids) await engine.run('INSERT INTO outbox_settled (id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING', [id, user])
        await engine.run(SWEEP, [])
        await engine.run(FORGET, [])
      }),
    enrolled: async () => (await engine.all('SELECT user_id FROM outbox_enrolled ORDER BY user_id', [])).map((row) => String(row['user_id']) as Id),
    enroll: (user) => engine.transaction(async () => void (await engine.run('INSERT INTO outbox_enrolled (user_id) VALUES (?) ON CONFLICT DO NOTHING', [user]))),
    leave: (user) =>
      engine.transaction(async () => {
        await engine.run('DELETE FROM outbox_enrolled WHERE user_id = ?', [user])
        await engine.run(SWEEP, [])
        await engine.run(FORGET, [])
      }),
    waitNoLonger: (id) => engine.transaction(async () => void (await engine.run('UPDATE outbox_entry SET no_wait = 1 WHERE id = ?', [id]))),
    close: () => engine.close(),
  }
}
