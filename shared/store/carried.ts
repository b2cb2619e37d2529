/**
 * What a computer carries for others, beside its outbox: parcels as their makers signed them, until the server has answered for each, and
 * the keys by which the organization's computers are known where there is no server to ask.
 */
import { sha256 } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Engine } from './engine.ts'

export const carriedSchema = [
  'CREATE TABLE IF NOT EXISTS carried_parcel (position INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, device TEXT NOT NULL, bytes TEXT NOT NULL, received_at TEXT NOT NULL) STRICT',
  // Which commands a parcel holds that the server has not answered for.
  'CREATE TABLE IF NOT EXISTS carried_command (digest TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (digest, id)) STRICT',
  'CREATE TABLE IF NOT EXISTS device_key (user_id TEXT NOT NULL, device TEXT NOT NULL, name TEXT NOT NULL, public_key TEXT NOT NULL, PRIMARY KEY (user_id, device)) STRICT',
]

export interface CarriedParcel {
  digest: string
  device: string
  received_at: Instant
  /** Commands of it that the server has not answered for. */
  open: Id[]
}
/** One person on one computer, as registered at the server. `public_key`: Ed25519, base64 of its SPKI DER. */
export interface DeviceKey {
  user_id: Id
  device: string
  name: string
  public_key: string
}

export interface Carried {
  /** False: it is here already. */
  keep(parcel: { device: string; bytes: string; received_at: Instant; commands: readonly Id[] }): Promise<boolean>
  /** In the order they came, without what is in them. */
  parcels(): Promise<CarriedParcel[]>
  /** Its JSON, signatures included; null: it is gone. */
  parcel(digest: string): Promise<string | null>
  /** Of all parcels here. */
  bytes(): Promise<number>
  /** The server answered for these; a parcel without any other goes. */
  answered(digest: string, commands: readonly Id[]): Promise<void>
  keys(): Promise<DeviceKey[]>
  /** The whole list, as the server told it. */
  rememberKeys(keys: readonly DeviceKey[]): Promise<void>
}

export function openCarried(engine: Engine): Carried {
  return {
    keep: ({ device, bytes, received_at, commands }) =>
      engine.transaction(async () => {
        const digest = sha256(bytes)
        if (commands.length === 0 || (await engine.run('INSERT INTO carried_parcel (digest, device, bytes, received_at) VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING', [digest, device, bytes, received_at])) === 0) return false
        for (const id of commands) await engine.run('INSERT INTO carried_command (digest, id) VALUES (?, ?) ON CONFLICT DO NOTHING', [digest, id])
        return true
      }),
    async parcels() {
      const open = new Map<string, Id[]>()
      for (const { digest, id } of await engine.all('SELECT digest, id FROM carried_command', [])) open.set(String(digest), [...(open.get(String(digest)) ?? []), String(id) as Id])
      return (await engine.all('SELECT digest, device, received_at FROM carried_parcel ORDER BY position', [])).map((row) => ({
        digest: String(row['digest']), device: String(row['device']), received_at: String(row['received_at']) as Instant,
        open: open.get(String(row['digest'])) ?? [],
      }))
    },
    async parcel(digest) {
      const [row] = await engine.all('SELECT bytes FROM carried_parcel WHERE digest = ?', [digest])
      return row ? String(row['bytes']) : null
    },
    bytes: async () => Number((await engine.all('SELECT COALESCE(SUM(length(bytes)), 0) AS total FROM carried_parcel', []))[0]?.['total'] ?? 0),
    answered: (digest, commands) =>
      engine.transaction(async () => {
        for (const id of commands) await engine.run('DELETE FROM carried_command WHERE digest = ? AND id = ?', [digest, id])
        await engine.run('DELETE FROM carried_parcel WHERE digest = ? AND NOT EXISTS (SELECT 1 FROM carried_command c WHERE c.digest = carried_parcel.digest)', [digest])
      }),
    keys: async () => (await engine.all('SELECT user_id, device, name, public_key FROM device_key ORDER BY user_id, device', [])).map((row) => ({
      user_id: String(row['user_id']) as Id, device: String(row['device']), name: String(row['name']), public_key: String(row['public_key']),
    })),
    rememberKeys: (keys) =>
      engine.transaction(async () => {
        await engine.run('DELETE FROM device_key', [])
        for (const { user_id, device, name, public_key } of keys)
          await engine.run('INSERT INTO device_key (user_id, device, name, public_key) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [user_id, device, name, public_key])
      }),
  }
}
