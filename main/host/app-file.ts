/** app.sqlite: this computer's device, who can sign in here, which organizations it holds, settings. No business data. */
import { randomBytes } from 'node:crypto'
import type { Id } from '../../shared/kernel/ids.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { jobTable } from './jobs.ts'
import { openDatabase, sqliteEngine, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { checkIntegrity } from '../../shared/store/organization-file.ts'
import type { Engine, RawRow } from '../../shared/store/engine.ts'

export interface User {
  id: Id
  name: string
  email: string
  password: string
  failures: number
  retry_at: string | null
}
export interface KnownOrganization {
  id: Id
  name: string
  /** Users who are members, as last read: what is asked when the organization's own file cannot be read any more. */
  members: string[]
  /** Users who may restore a backup when the organization's own file cannot be read any more. */
  keepers: string[]
}

const schema = [
  'CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, code TEXT NOT NULL) STRICT',
  'CREATE TABLE IF NOT EXISTS user (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, password TEXT NOT NULL, failures INTEGER NOT NULL, retry_at TEXT) STRICT',
  "CREATE TABLE IF NOT EXISTS known_organization (id TEXT PRIMARY KEY, name TEXT NOT NULL, keepers TEXT NOT NULL, members TEXT NOT NULL DEFAULT '[]', position INTEGER NOT NULL) STRICT",
  'CREATE TABLE IF NOT EXISTS setting (user_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name)) STRICT',
  jobTable,
  'PRAGMA user_version = 1',
]

export interface AppFile {
  engine: Engine
  device: { id: string; code: string }
  users(): Promise<User[]>
  userByEmail(email: string): Promise<User | null>
  userById(id: string): Promise<User | null>
  addUser(user: Pick<User, 'name' | 'email' | 'password'>): Promise<User>
  noteAttempt(id: string, failures: number, retry_at: string | null): Promise<void>
  organizations(): Promise<KnownOrganization[]>
  rememberOrganization(known: KnownOrganization): Promise<void>
  setting(user: string, name: string): Promise<unknown>
  setSetting(user: string, name: string, value: unknown): Promise<void>
  close(): Promise<void>
}

/** Comparable form of an e-mail: people type it in any case. */
export const emailKey = (email: string): string => email.trim().toLowerCase()

export async function openAppFile(file: string, options: SqliteOptions): Promise<AppFile> {
  const database = openDatabase(file, options)
  checkIntegrity(database)
  const engine: Engine = sqliteEngine(database, options)
  await engine.transaction(async () => {
    for (const statement of schema) await engine.script(statement)
    if ((await engine.all("SELECT 1 AS one FROM pragma_table_info('known_organization') WHERE name = 'members'", [])).length === 0)
      await engine.script("ALTER TABLE known_organization ADD COLUMN members TEXT NOT NULL DEFAULT '[]'")
    if ((await engine.all('SELECT 1 AS one FROM device', [])).length === 0) {
      const id = deriveId(randomBytes(32).toString('hex'), 'device')
      // Two letters and a digit without look-alikes: printed on what is numbered offline.
      const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
      const [a = 0, b = 0, c = 0] = randomBytes(3)
      await engine.run('INSERT INTO device (id, code) VALUES (?, ?)', [id, `${letters[a % 24]}${letters[b % 24]}${2 + (c % 8)}`])
    }
  })
  const [device] = await engine.all('SELECT id, code FROM device', [])
  const asUser = (row: RawRow): User => ({
    id: String(row['id']) as Id, name: String(row['name']), email: String(row['email']), password: String(row['password']), failures: Number(row['failures']),
    retry_at: row['retry_at'] === null ? null : String(row['retry_at']),
  })
  const one = async (column: 'id' | 'email', value: string): Promise<User | null> => {
    const [row] = await engine.all(`SELECT * FROM user WHERE ${column} = ?`, [value])
    return row ? asUser(row) : null
  }
  return {
    engine,
    device: { id: String(device?.['id']), code: String(device?.['code']) },
    users: async () => (await engine.all('SELECT * FROM user ORDER BY name', [])).map(asUser),
    userByEmail: (email) => one('email', emailKey(email)),
    userById: (id) => one('id', id),
    async addUser({ name, email, password }) {
      const id = deriveId(randomBytes(32).toString('hex'), 'user')
      await engine.transaction(() => engine.run('INSERT INTO user (id, name, email, password, failures, retry_at) VALUES (?, ?, ?, ?, 0, NULL)', [id, name, emailKey(email), password]))
      return { id, name, email: emailKey(email), password, failures: 0, retry_at: null }
    },
    async noteAttempt(id, failures, retry_at) {
      await engine.transaction(() => engine.run('UPDATE user SET failures = ?, retry_at = ? WHERE id = ?', [failures, retry_at, id]))
    },
    organizations: async () =>
      (await engine.all('SELECT id, name, keepers, members FROM known_organization ORDER BY position, name', [])).map((row) => ({
        id: String(row['id']) as Id, name: String(row['name']), keepers: JSON.parse(String(row['keepers'])) as string[], members: JSON.parse(String(row['members'])) as string[],
      })),
    async rememberOrganization({ id, name, keepers, members }) {
      await engine.transaction(() =>
        engine.run(
          `INSERT INTO known_organization (id, name, keepers, members, position) VALUES (?, ?, ?, ?, (SELECT count(*) FROM known_organization))
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, keepers = excluded.keepers, members = excluded.members`, [id, name, JSON.stringify(keepers), JSON.stringify(members)]))
    },
    async setting(user, name) {
      const [row] = await engine.all('SELECT value FROM setting WHERE user_id = ? AND name = ?', [user, name])
      return row ? (JSON.parse(String(row['value'])) as unknown) : null
    },
    async setSetting(user, name, value) {
      await engine.transaction(() =>
        engine.run('INSERT INTO setting (user_id, name, value) VALUES (?, ?, ?) ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value', [user, name, JSON.stringify(value)]))
    },
    close: () => engine.close(),
  }
}
