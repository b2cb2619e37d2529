/** app.sqlite: this computer's device, who can sign in here, which organizations it holds, settings. No business data. */
import { randomBytes } from 'node:crypto'
import type { Id } from '../../shared/kernel/ids.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { jobTable } from './jobs.ts'
import { strangerTable } from './strangers.ts'
import { personTables, shownTable } from './person-state.ts'
import { openDatabase, sqliteEngine, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { checkIntegrity } from '../../shared/store/organization-file.ts'
import { StoreError, type Engine, type RawRow } from '../../shared/store/engine.ts'

export interface User {
  id: Id
  name: string
  email: string
  password: string
  failures: number
  retry_at: string | null
  /** Digest of the PIN; null: none. */
  pin: string | null
  pin_failures: number
  pin_retry_at: string | null
  /** Digest of the recovery key; null: none was made. */
  recovery: string | null
  /** Signed in with a password somebody else gave: nothing is answered until it is changed. */
  must_change: boolean
  /** When the password last opened a session that was not signed out of: a PIN counts for some days after it. */
  opened_at: string | null
}
/** The server that an organization of this computer follows. */
export interface FollowedServer {
  url: string
  /** As the server calls itself; null: it was not asked yet. */
  name: string | null
  version: string | null
  since: string
  /** When the server shut this computer out, which then was wiped of the organization; null: it did not. */
  revoked_at: string | null
}
/** What of a sign-in may change; its id only where it belongs to nothing (`giveId`). */
export type SignInChanges = Partial<Omit<User, 'id'>>
export interface KnownOrganization {
  id: Id
  name: string
  /** Users who are members, as last read: what is asked when the organization's own file cannot be read any more. */
  members: string[]
  /** A demonstration: the switcher says so. */
  demo: boolean
  /** Users who may restore a backup when the organization's own file cannot be read any more. */
  keepers: string[]
}

/** Steps of this file's schema; `user_version` counts those done. A released step never changes. */
const steps: readonly (readonly string[])[] = [
  [
    'CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, code TEXT NOT NULL) STRICT',
    'CREATE TABLE IF NOT EXISTS user (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, password TEXT NOT NULL, failures INTEGER NOT NULL, retry_at TEXT) STRICT',
    "CREATE TABLE IF NOT EXISTS known_organization (id TEXT PRIMARY KEY, name TEXT NOT NULL, keepers TEXT NOT NULL, members TEXT NOT NULL DEFAULT '[]', demo INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL) STRICT",
    'CREATE TABLE IF NOT EXISTS setting (user_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name)) STRICT',
    jobTable,
  ],
  [
    'ALTER TABLE user ADD COLUMN pin TEXT',
    'ALTER TABLE user ADD COLUMN pin_failures INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE user ADD COLUMN pin_retry_at TEXT',
    'ALTER TABLE user ADD COLUMN recovery TEXT',
    'ALTER TABLE user ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE user ADD COLUMN opened_at TEXT',
    ...personTables,
  ],
  [strangerTable],
  ['ALTER TABLE known_organization ADD COLUMN server TEXT'],
  [shownTable],
]

export interface AppFile {
  engine: Engine
  device: { id: string; code: string }
  users(): Promise<User[]>
  userByEmail(email: string): Promise<User | null>
  userById(id: string): Promise<User | null>
  addUser(user: Pick<User, 'name' | 'email' | 'password'>): Promise<User>
  /** A member of an organization's file, whom no password opens yet; one whose id or e-mail is known already is left as it is. */
  addMember(user: Pick<User, 'id' | 'name' | 'email'>): Promise<void>
  changeUser(id: string, changes: SignInChanges): Promise<void>
  /**
   * A sign-in that belongs to nothing here is that of another id from now on, with its password, settings and drafts: its person has an account
   * elsewhere under that one. Nobody may have the new id yet.
   */
  giveId(id: string, to: Id): Promise<void>
  /** The same for what must keep nobody out (tries, when somebody came in): remembered by this run while the disk refuses it. */
  noteUser(id: string, changes: SignInChanges): Promise<void>
  /** No PIN opens before its person says the password again: remembered by this run while the disk refuses it. */
  closePins(): Promise<void>
  organizations(): Promise<KnownOrganization[]>
  /** The server it follows stays as it is. */
  rememberOrganization(known: KnownOrganization): Promise<void>
  forgetOrganization(id: string): Promise<void>
  /** The server an organization follows; null: this computer is its authority. Answered at once, from what was last written. */
  serverOf(id: string): FollowedServer | null
  /** Owners and administrators of an organization, as last remembered; answered at once. */
  keepersOf(id: string): readonly string[]
  /** From here on it follows this server; null: none. One write: it is one or the other. */
  follow(id: string, server: FollowedServer | null): Promise<void>
  setting(user: string, name: string): Promise<unknown>
  setSetting(user: string, name: string, value: unknown): Promise<void>
  close(): Promise<void>
}

/** Of a user whom no password opens. */
export const NO_PASSWORD = ''
/** Nobody was here before, or what they sign in with was lost with the former file. */
export const nobodySignsIn = (users: readonly User[]): boolean => users.every(({ password }) => password === NO_PASSWORD)

/** Comparable form of an e-mail: people type it in any case. */
export const emailKey = (email: string): string => email.trim().toLowerCase()

export async function openAppFile(file: string, options: SqliteOptions): Promise<AppFile> {
  const database = openDatabase(file, options)
  checkIntegrity(database)
  const engine: Engine = sqliteEngine(database, options)
  await engine.transaction(async () => {
    const done = Number((await engine.all('SELECT user_version FROM pragma_user_version', []))[0]?.['user_version'] ?? 0)
    for (const statement of steps.slice(done).flat()) await engine.script(statement)
    if (done < steps.length) await engine.script(`PRAGMA user_version = ${steps.length}`)
    if ((await engine.all("SELECT 1 AS one FROM pragma_table_info('known_organization') WHERE name = 'members'", [])).length === 0)
      await engine.script("ALTER TABLE known_organization ADD COLUMN members TEXT NOT NULL DEFAULT '[]'")
    if ((await engine.all("SELECT 1 AS one FROM pragma_table_info('known_organization') WHERE name = 'demo'", [])).length === 0)
      await engine.script('ALTER TABLE known_organization ADD COLUMN demo INTEGER NOT NULL DEFAULT 0')
    if ((await engine.all('SELECT 1 AS one FROM device', [])).length === 0) {
      const id = deriveId(randomBytes(32).toString('hex'), 'device')
      // Two letters and a digit without look-alikes: printed on what is numbered offline.
      const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
      const [a = 0, b = 0, c = 0] = randomBytes(3)
      await engine.run('INSERT INTO device (id, code) VALUES (?, ?)', [id, `${letters[a % 24]}${letters[b % 24]}${2 + (c % 8)}`])
    }
  })
  const [device] = await engine.all('SELECT id, code FROM device', [])
  const followed = new Map<string, FollowedServer>()
  const keepersKnown = new Map<string, readonly string[]>()
  for (const row of await engine.all('SELECT id, server, keepers FROM known_organization', [])) {
    keepersKnown.set(String(row['id']), JSON.parse(String(row['keepers'])) as string[])
    if (row['server'] !== null) followed.set(String(row['id']), JSON.parse(String(row['server'])) as FollowedServer)
  }
  const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
  /** What the disk refused to keep of sign-ins. */
  const unkept = new Map<string, SignInChanges>()
  const asUser = (row: RawRow): User => ({
    id: String(row['id']) as Id, name: String(row['name']), email: String(row['email']), password: String(row['password']), failures: Number(row['failures']), retry_at: text(row['retry_at']),
    pin: text(row['pin']), pin_failures: Number(row['pin_failures']), pin_retry_at: text(row['pin_retry_at']), recovery: text(row['recovery']), must_change: row['must_change'] === 1,
    opened_at: text(row['opened_at']), ...unkept.get(String(row['id'])),
  })
  const one = async (column: 'id' | 'email', value: string): Promise<User | null> => {
    const [row] = await engine.all(`SELECT * FROM user WHERE ${column} = ?`, [value])
    return row ? asUser(row) : null
  }
  async function write(id: string, changes: SignInChanges): Promise<void> {
    const columns = Object.entries(changes)
    const values = columns.map(([, value]) => (typeof value === 'boolean' ? Number(value) : value))
    await engine.transaction(() => engine.run(`UPDATE user SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ?`, [...values, id]))
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
      const made = await one('id', id)
      if (!made) throw new Error('a user who was just added is not there')
      return made
    },
    async addMember({ id, name, email }) {
      await engine.transaction(() => engine.run('INSERT INTO user (id, name, email, password, failures, retry_at) VALUES (?, ?, ?, ?, 0, NULL) ON CONFLICT DO NOTHING', [id, name, emailKey(email), NO_PASSWORD]))
    },
    async changeUser(id, changes) {
      await write(id, { ...unkept.get(id), ...changes })
      unkept.delete(id)
    },
    async giveId(id, to) {
      await engine.transaction(async () => {
        await engine.run('UPDATE user SET id = ? WHERE id = ?', [to, id])
        for (const table of ['setting', 'draft', 'saved_view', 'mark', 'shown_notice']) await engine.run(`UPDATE ${table} SET user_id = ? WHERE user_id = ?`, [to, id])
      })
      const changes = unkept.get(id)
      if (changes) unkept.set(to, changes)
      unkept.delete(id)
    },
    async noteUser(id, changes) {
      const all = { ...unkept.get(id), ...changes }
      try {
        await write(id, all)
        unkept.delete(id)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        unkept.set(id, all)
      }
    },
    async closePins() {
      const forget = (id: string): void => void unkept.set(id, { ...unkept.get(id), opened_at: null })
      try {
        await engine.transaction(() => engine.run('UPDATE user SET opened_at = NULL', []))
        for (const id of [...unkept.keys()]) forget(id)
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        for (const row of await engine.all('SELECT id FROM user', [])) forget(String(row['id']))
      }
    },
    organizations: async () =>
      (await engine.all('SELECT id, name, keepers, members, demo FROM known_organization ORDER BY position, name', [])).map((row) => ({
        id: String(row['id']) as Id, name: String(row['name']), keepers: JSON.parse(String(row['keepers'])) as string[], members: JSON.parse(String(row['members'])) as string[],
        demo: Number(row['demo']) === 1,
      })),
    async rememberOrganization({ id, name, keepers, members, demo }) {
      keepersKnown.set(id, keepers)
      await engine.transaction(() =>
        engine.run(
          `INSERT INTO known_organization (id, name, keepers, members, demo, position) VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM known_organization))
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, keepers = excluded.keepers, members = excluded.members, demo = excluded.demo`,
          [id, name, JSON.stringify(keepers), JSON.stringify(members), demo ? 1 : 0]))
    },
    forgetOrganization: async (id) => {
      await engine.transaction(() => engine.run('DELETE FROM known_organization WHERE id = ?', [id]))
      followed.delete(id)
    },
    serverOf: (id) => followed.get(id) ?? null,
    keepersOf: (id) => keepersKnown.get(id) ?? [],
    async follow(id, server) {
      await engine.transaction(async () => {
        if ((await engine.run('UPDATE known_organization SET server = ? WHERE id = ?', [server && JSON.stringify(server), id])) === 0) throw new Error('an organization that is not known follows no server')
      })
      if (server) followed.set(id, server)
      else followed.delete(id)
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
