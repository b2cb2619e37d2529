/** Accounts of the server and the computers of each: rows, and nothing of how one proves who one is. */
import type { DeviceIdentity } from '../../shared/sync/server-wire.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Engine, RawRow } from '../../shared/store/engine.ts'

export interface Account {
  user_id: Id
  email: string
  name: string
  password: string
  administrator: boolean
  created_at: string
  last_sign_in_at: string | null
}
export interface Device {
  device: string
  user_id: Id
  name: string
  public_key: string
  created_at: string
  last_seen_at: string | null
  revoked_at: string | null
}

export interface Accounts {
  byEmail(email: string): Promise<Account | null>
  byId(user_id: Id): Promise<Account | null>
  of(users: readonly Id[]): Promise<Account[]>
  create(account: Omit<Account, 'created_at' | 'last_sign_in_at'>, now: Instant): Promise<void>
  /** One that was made a moment ago and is of no use: nobody has signed in with it. */
  remove(user_id: Id): Promise<void>
  makeAdministrator(user_id: Id): Promise<void>
  setPassword(user_id: Id, digest: string, now: Instant): Promise<void>
  signedIn(user_id: Id, now: Instant): Promise<void>
  devices(user_id: Id): Promise<Device[]>
  device(user_id: Id, device: string): Promise<Device | null>
  /** Those of these people that nobody shut out everywhere. */
  devicesOf(users: readonly Id[]): Promise<Device[]>
  /** Registers the computer with its key, or the new key of one that is known; false when its person shut it out. */
  enroll(user_id: Id, identity: DeviceIdentity, now: Instant): Promise<boolean>
  /** By its own person: in every organization. False: no such device. */
  revoke(user_id: Id, device: string, now: Instant): Promise<boolean>
  /** By an organization: in that one, whoever uses it. */
  shutOut(org: Id, device: string, by: Id, reason: string, now: Instant): Promise<void>
  shutOutOf(org: Id): Promise<ReadonlyMap<string, string>>
  isShutOut(org: Id, device: string): Promise<boolean>
}

export const emailKey = (email: string): string => email.trim().toLowerCase()

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
const accountOf = (row: RawRow): Account => ({
  user_id: String(row['user_id']) as Id, email: String(row['email']), name: String(row['name']), password: String(row['password']), administrator: Number(row['administrator']) === 1,
  created_at: String(row['created_at']), last_sign_in_at: text(row['last_sign_in_at']),
})
const deviceOf = (row: RawRow): Device => ({
  device: String(row['device']), user_id: String(row['user_id']) as Id, name: String(row['name']), public_key: String(row['public_key']), created_at: String(row['created_at']),
  last_seen_at: text(row['last_seen_at']), revoked_at: text(row['revoked_at']),
})

export function openAccounts(engine: Engine): Accounts {
  const one = async (where: string, value: string): Promise<Account | null> => {
    const [row] = await engine.all(`SELECT * FROM server_account WHERE ${where} = ?`, [value])
    return row ? accountOf(row) : null
  }
  const device = async (user_id: Id, id: string): Promise<Device | null> => {
    const [row] = await engine.all('SELECT * FROM server_device WHERE user_id = ? AND device = ?', [user_id, id])
    return row ? deviceOf(row) : null
  }
  return {
    byEmail: (email) => one('email_key', emailKey(email)),
    byId: (user_id) => one('user_id', user_id),
    async of(users) {
      const found: Account[] = []
      for (let at = 0; at < users.length; at += 200) {
        const some = users.slice(at, at + 200)
        found.push(...(await engine.all(`SELECT * FROM server_account WHERE user_id IN (${some.map(() => '?').join(', ')})`, some)).map(accountOf))
      }
      return found
    },
    async create({ user_id, email, name, password, administrator }, now) {
      await engine.run('INSERT INTO server_account (user_id, email_key, email, name, password, administrator, created_at, password_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        [user_id, emailKey(email), email.trim(), name, password, administrator ? 1 : 0, now, now])
    },
    async remove(user_id) {
      await engine.run('DELETE FROM server_account WHERE user_id = ? AND last_sign_in_at IS NULL', [user_id])
    },
    async makeAdministrator(user_id) {
      await engine.run('UPDATE server_account SET administrator = 1 WHERE user_id = ?', [user_id])
    },
    async setPassword(user_id, digest, now) {
      await engine.run('UPDATE server_account SET password = ?, password_at = ? WHERE user_id = ?', [digest, now, user_id])
    },
    async signedIn(user_id, now) {
      await engine.run('UPDATE server_account SET last_sign_in_at = ? WHERE user_id = ?', [now, user_id])
    },
    devices: async (user_id) => (await engine.all('SELECT * FROM server_device WHERE user_id = ? ORDER BY created_at', [user_id])).map(deviceOf),
    device,
    async devicesOf(users) {
      const found: Device[] = []
      for (let at = 0; at < users.length; at += 200) {
        const some = users.slice(at, at + 200)
        found.push(...(await engine.all(`SELECT * FROM server_device WHERE revoked_at IS NULL AND user_id IN (${some.map(() => '?').join(', ')}) ORDER BY user_id, device`, some)).map(deviceOf))
      }
      return found
    },
    enroll: (user_id, { id, name, key }, now) =>
      engine.transaction(async () => {
        const known = await device(user_id, id)
        if (known?.revoked_at) return false
        await engine.run('INSERT INTO server_device (user_id, device, name, public_key, created_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, device) DO UPDATE SET name = excluded.name, public_key = excluded.public_key, last_seen_at = excluded.last_seen_at',
          [user_id, id, name, key, now, now])
        return true
      }),
    revoke: async (user_id, id, now) => (await engine.run('UPDATE server_device SET revoked_at = COALESCE(revoked_at, ?) WHERE user_id = ? AND device = ?', [now, user_id, id])) > 0,
    async shutOut(org, id, by, reason, now) {
      await engine.run('INSERT INTO server_revocation (org_id, device, revoked_at, revoked_by, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT (org_id, device) DO NOTHING', [org, id, now, by, reason])
    },
    async shutOutOf(org) {
      return new Map((await engine.all('SELECT device, revoked_at FROM server_revocation WHERE org_id = ?', [org])).map((row) => [String(row['device']), String(row['revoked_at'])]))
    },
    isShutOut: async (org, id) => (await engine.all('SELECT 1 AS one FROM server_revocation WHERE org_id = ? AND device = ?', [org, id])).length > 0,
  }
}
