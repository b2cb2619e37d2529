/**
 * Personal values in history are sealed with a key of the person they are about (AES-256-GCM). Erasing a person destroys that key:
 * what was said of them cannot be read any more, and the chain still verifies. Nonces come from the place where the value stands,
 * so that replaying a command gives the same bytes.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import { canonicalJson, hmacSha256, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Engine } from './engine.ts'

export interface Sealed {
  $sealed: string
  /** nonce, tag and cipher text, base64. */
  bytes: string
}

export interface PersonKeys {
  /** The key of that person, made when first needed; null when it was destroyed. */
  keyOf(subject: Id): Promise<Uint8Array | null>
}
export interface OwnKeys extends PersonKeys {
  /** What was said of that person cannot be read any more, nor be sealed for them again. Twice: nothing changes. */
  destroy(subject: Id, at: string): Promise<void>
}

/** A person's entry by which nobody can be known any more. */
export const isErased = (entity: string, row: Readonly<Record<string, unknown>> | null): boolean => entity === 'collaborator' && row !== null && typeof row['erased_at'] === 'string'

/** What a server says of a person who was erased there: here too, what was said of them cannot be read any more. */
export async function heedErasure(engine: Engine, org: string, entity: string, row: Readonly<Record<string, unknown>> | null): Promise<void> {
  if (isErased(entity, row)) await destroyKey(engine, org, String(row?.['id']), String(row?.['erased_at']))
}

async function destroyKey(engine: Engine, org: string, subject: string, at: string): Promise<void> {
  await engine.run(
    'INSERT INTO person_key (org_id, subject_id, key_hex, erased_at) VALUES (?, ?, NULL, ?) ON CONFLICT (org_id, subject_id) DO UPDATE SET key_hex = NULL, erased_at = COALESCE(person_key.erased_at, excluded.erased_at)', [org, subject, at])
}

export function personKeys(engine: Engine, org: string, random: (bytes: number) => Uint8Array): OwnKeys {
  const known = new Map<string, Uint8Array | null>()
  return {
    async keyOf(subject) {
      const cached = known.get(subject)
      if (cached !== undefined) return cached
      const [found] = await engine.all('SELECT key_hex, erased_at FROM person_key WHERE org_id = ? AND subject_id = ?', [org, subject])
      let key: Uint8Array | null
      if (found) key = found['erased_at'] === null ? Buffer.from(String(found['key_hex']), 'hex') : null
      else {
        key = random(32)
        await engine.run('INSERT INTO person_key (org_id, subject_id, key_hex, erased_at) VALUES (?, ?, ?, NULL)', [org, subject, Buffer.from(key).toString('hex')])
      }
      known.set(subject, key)
      return key
    },
    async destroy(subject, at) {
      await destroyKey(engine, org, subject, at)
      known.set(subject, null)
    },
  }
}

/** Node prepares raw bytes anew for each use, which costs more than the cipher; a prepared key lives as long as its bytes. */
const prepared = new WeakMap<Uint8Array, KeyObject>()
function keyOf(bytes: Uint8Array): KeyObject {
  let key = prepared.get(bytes)
  if (!key) prepared.set(bytes, (key = createSecretKey(bytes)))
  return key
}

export function seal(key: Uint8Array, subject: Id, place: string, value: Json): Sealed {
  const nonce = hmacSha256(keyOf(key), `nonce ${place}`).subarray(0, 12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce)
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return { $sealed: subject, bytes: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') }
}

export function unseal(key: Uint8Array, sealed: Sealed): Json {
  const bytes = Buffer.from(sealed.bytes, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as Json
}

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && '$sealed' in value && 'bytes' in value && typeof value.bytes === 'string'

/** What the audit keeps of a personal value: that it was this one, readable only by who holds the value and the key. */
export const keyedDigest = (key: Uint8Array | null, value: unknown): string | null =>
  value === null || value === undefined ? null : key === null ? 'erased' : hmacSha256(keyOf(key), canonicalJson(value)).toString('hex').slice(0, 16)

/** The keys there are, for reading only: none is made. */
export function heldKeys(engine: Engine, org: string): PersonKeys {
  const known = new Map<string, Uint8Array | null>()
  return {
    async keyOf(subject) {
      let key = known.get(subject)
      if (key === undefined) {
        const [found] = await engine.all('SELECT key_hex FROM person_key WHERE org_id = ? AND subject_id = ? AND erased_at IS NULL', [org, subject])
        known.set(subject, (key = found ? Buffer.from(String(found['key_hex']), 'hex') : null))
      }
      return key
    },
  }
}
