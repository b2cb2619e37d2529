/** The outbox of one computer for one organization: a file of its own, so that every person's view can be lost without an unsent command (17r). */
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { carriedSchema, openCarried, type Carried } from './carried.ts'
import type { Engine, RawRow } from './engine.ts'
import { numberSchema, openNumberList, type NumberList } from './number-list.ts'
import { openSecurityList, securitySchema, type SecurityList } from './security-list.ts'

const schema = [
  `CREATE TABLE IF NOT EXISTS outbox_entry (
  position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, issuer TEXT NOT NULL, issued_at TEXT NOT NULL, bytes TEXT NOT NULL, no_wait INTEGER NOT NULL DEFAULT 0, carried INTEGER NOT NULL DEFAULT 0
) STRICT`,
  'CREATE TABLE IF NOT EXISTS outbox_settled (id TEXT NOT NULL, user_id TEXT NOT NULL, PRIMARY KEY (id, user_id)) STRICT',
  // Without a token somebody is `resting`: nobody's entry waits for them to hear of it.
  'CREATE TABLE IF NOT EXISTS outbox_enrolled (user_id TEXT NOT NULL PRIMARY KEY, resting INTEGER NOT NULL DEFAULT 0) STRICT',
  // Entries that left because they were settled, as against those taken back.
  'CREATE TABLE IF NOT EXISTS outbox_left (id TEXT NOT NULL PRIMARY KEY) STRICT',
  ...carriedSchema,
  ...securitySchema,
  ...numberSchema,
]

export interface OutboxLine {
  position: number
  id: Id
  issuer: Id
  issued_at: Instant
  bytes: string
  no_wait: boolean
  /** Its issuer's view has its outcome: it stays for the others, and is sent no more. */
  settled: boolean
  /** Came from another computer (a venue, a parcel): shown in every view here, sent by nobody here under a token, gone by its outcome like the others. */
  carried: boolean
}
/** `bytes`: how many it takes to send. */
export type OutboxHead = Omit<OutboxLine, 'bytes' | 'no_wait'> & { bytes: number }
/** Still to be sent from this computer: its issuer has no outcome, and it is not carried for another computer. */
export const isUnsent = ({ settled, carried }: Pick<OutboxLine, 'settled' | 'carried'>): boolean => !settled && !carried
/** What is appended. */
export type OutboxNew = Pick<OutboxLine, 'id' | 'issuer' | 'issued_at' | 'bytes'>

export interface OutboxFile {
  /** Answers its position; of one that is here already, the one it has. */
  append(entry: OutboxNew): Promise<number>
  /** Appends what came from another computer and is neither here nor gone by its outcome; answers the ids it took. */
  carry(entries: readonly OutboxNew[]): Promise<Id[]>
  readonly carried: Carried
  /** What this computer saw beside the data and the server does not have yet. */
  readonly security: SecurityList
  /** Of rows of views that are gone. */
  readonly numbers: NumberList
  withdraw(id: Id): Promise<void>
  /** In issue order. `unsent`: without those whose issuer has their outcome. */
  entries(after?: number, limit?: number, unsent?: boolean): Promise<OutboxLine[]>
  /** What is in it, without the commands themselves, which may be large. */
  heads(): Promise<OutboxHead[]>
  find(id: Id): Promise<OutboxLine | null>
  settled(ids: readonly Id[], user: Id): Promise<void>
  enrolled(): Promise<Id[]>
  enroll(user: Id): Promise<void>
  /** Has no token (any more): what others sent leaves without them. */
  rest(user: Id): Promise<void>
  leave(user: Id): Promise<void>
  /** Those of these commands that left because they were settled. */
  left(ids: readonly Id[]): Promise<ReadonlySet<string>>
  waitNoLonger(id: Id): Promise<void>
  close(): Promise<void>
}

/** An entry leaves once every enrolled view that can hear of it has settled it. */
const DONE = `FROM outbox_entry o WHERE EXISTS (SELECT 1 FROM outbox_settled s WHERE s.id = o.id)
  AND NOT EXISTS (SELECT 1 FROM outbox_enrolled e WHERE e.resting = 0 AND NOT EXISTS (SELECT 1 FROM outbox_settled s WHERE s.id = o.id AND s.user_id = e.user_id))`
const sweep = [
  `INSERT INTO outbox_left (id) SELECT o.id ${DONE} ON CONFLICT DO NOTHING`,
  'DELETE FROM outbox_entry WHERE id IN (SELECT id FROM outbox_left)',
  'DELETE FROM outbox_settled WHERE id IN (SELECT id FROM outbox_left)',
]

const SETTLED = 'EXISTS (SELECT 1 FROM outbox_settled s WHERE s.id = outbox_entry.id AND s.user_id = outbox_entry.issuer)'
const LINE = `position, id, issuer, issued_at, bytes, no_wait, carried, ${SETTLED} AS settled`
const asLine = (row: RawRow): OutboxLine => ({
  position: Number(row['position']), id: String(row['id']) as Id, issuer: String(row['issuer']) as Id, issued_at: String(row['issued_at']) as Instant, bytes: String(row['bytes']),
  no_wait: Number(row['no_wait']) === 1, settled: Number(row['settled']) === 1, carried: Number(row['carried']) === 1,
})

export async function openOutbox(engine: Engine): Promise<OutboxFile> {
  await engine.transaction(async () => {
    for (const statement of schema) await engine.script(statement)
    // Files made before commands could come from another computer.
    if (!(await engine.all("SELECT name FROM pragma_table_info('outbox_entry')", [])).some(({ name }) => name === 'carried')) await engine.script('ALTER TABLE outbox_entry ADD COLUMN carried INTEGER NOT NULL DEFAULT 0')
  })
  return {
    append: (entry) =>
      engine.transaction(async () => {
        const [known] = await engine.all('SELECT position FROM outbox_entry WHERE id = ?', [entry.id])
        if (known) return Number(known['position'])
        const [row] = await engine.all('INSERT INTO outbox_entry (id, issuer, issued_at, bytes) VALUES (?, ?, ?, ?) RETURNING position', [entry.id, entry.issuer, entry.issued_at, entry.bytes])
        return Number(row?.['position'])
      }),
    carry: (entries) =>
      engine.transaction(async () => {
        const taken: Id[] = []
        for (const { id, issuer, issued_at, bytes } of entries) {
          const [known] = await engine.all('SELECT 1 AS here FROM outbox_entry WHERE id = ? UNION ALL SELECT 1 FROM outbox_left WHERE id = ?', [id, id])
          if (known) continue
          await engine.run('INSERT INTO outbox_entry (id, issuer, issued_at, bytes, carried) VALUES (?, ?, ?, ?, 1)', [id, issuer, issued_at, bytes])
          taken.push(id)
        }
        return taken
      }),
    carried: openCarried(engine),
    security: openSecurityList(engine),
    numbers: openNumberList(engine),
    withdraw: (id) => engine.transaction(async () => void (await engine.run('DELETE FROM outbox_entry WHERE id = ?', [id]))),
    async entries(after = 0, limit = 100_000, unsent = false) {
      return (await engine.all(`SELECT ${LINE} FROM outbox_entry WHERE position > ?${unsent ? ` AND NOT ${SETTLED}` : ''} ORDER BY position LIMIT ?`, [after, limit])).map(asLine)
    },
    async heads() {
      const rows = await engine.all(`SELECT position, id, issuer, issued_at, carried, octet_length(bytes) AS bytes, ${SETTLED} AS settled FROM outbox_entry ORDER BY position`, [])
      return rows.map((row) => ({ position: Number(row['position']), id: String(row['id']) as Id, issuer: String(row['issuer']) as Id, issued_at: String(row['issued_at']) as Instant, settled: Number(row['settled']) === 1, carried: Number(row['carried']) === 1, bytes: Number(row['bytes']) }))
    },
    async find(id) {
      const [row] = await engine.all(`SELECT ${LINE} FROM outbox_entry WHERE id = ?`, [id])
      return row ? asLine(row) : null
    },
    settled: (ids, user) =>
      engine.transaction(async () => {
        for (const id of ids) await engine.run('INSERT INTO outbox_settled (id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING', [id, user])
        for (const statement of sweep) await engine.run(statement, [])
      }),
    enrolled: async () => (await engine.all('SELECT user_id FROM outbox_enrolled ORDER BY user_id', [])).map((row) => String(row['user_id']) as Id),
    enroll: (user) => engine.transaction(async () => void (await engine.run('INSERT INTO outbox_enrolled (user_id) VALUES (?) ON CONFLICT (user_id) DO UPDATE SET resting = 0 WHERE resting <> 0', [user]))),
    rest: (user) =>
      engine.transaction(async () => {
        if ((await engine.run('UPDATE outbox_enrolled SET resting = 1 WHERE user_id = ? AND resting = 0', [user])) === 0) return
        for (const statement of sweep) await engine.run(statement, [])
      }),
    async left(ids) {
      const rows = await engine.all('SELECT id FROM outbox_left WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)])
      return new Set(rows.map((row) => String(row['id'])))
    },
    leave: (user) =>
      engine.transaction(async () => {
        await engine.run('DELETE FROM outbox_enrolled WHERE user_id = ?', [user])
        for (const statement of sweep) await engine.run(statement, [])
      }),
    waitNoLonger: (id) => engine.transaction(async () => void (await engine.run('UPDATE outbox_entry SET no_wait = 1 WHERE id = ?', [id]))),
    close: () => engine.close(),
  }
}
