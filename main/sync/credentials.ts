/**
 * What lets a person of this computer speak at a server: the tokens of their session there and the key that signs what they issue here.
 * Kept in the keychain where a host has one, else in a file of mode 0600 beside app.sqlite; in no log, report, export or backup.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { z } from 'zod'
import type { Id } from '../../shared/kernel/ids.ts'
import type { SecretStore } from '../host/secret-store.ts'

export const ServerSession = z.object({ access: z.string(), access_expires_at: z.string(), refresh: z.string() })
/** `refused`: the server takes it no more; its person signs in again. `ended`: the server that gave it said so itself, not one that knows it no more. */
const Kept = ServerSession.extend({ refused: z.boolean().optional(), ended: z.boolean().optional() })
export type KeptSession = z.infer<typeof Kept>

export interface Credentials {
  readonly protection: SecretStore['protection']
  session(user: Id): Promise<KeptSession | null>
  keep(user: Id, session: z.infer<typeof ServerSession>): Promise<void>
  /** Remembered, so that nobody asks again and again with what is refused. False: another session took its place meanwhile. */
  refuse(user: Id, which: Pick<KeptSession, 'refresh'>, ended: boolean): Promise<boolean>
  forget(user: Id): Promise<void>
  /** Public half of the person's key on this device (SPKI, base64); made when first asked for. */
  publicKey(user: string): Promise<string>
  /** The key made under one name is this person's from now on (whoever joins learns their id from the server). */
  adoptKey(name: string, user: Id): Promise<void>
  /** Ed25519, base64. */
  sign(user: Id, text: string): Promise<string>
  forgetKey(user: Id): Promise<void>
  /** A secret of the organization here, by name. */
  read(name: string): Promise<string | null>
  write(name: string, secret: string): Promise<void>
  remove(name: string): Promise<void>
}

/** Of one server: a person has one session there from this computer, whatever the organization. */
export function openCredentials(store: SecretStore, server: string): Credentials {
  const origin = new URL(server).origin
  const sessionName = (user: Id): string => `session ${origin} ${user}`
  const keyName = (user: string): string => `key ${origin} ${user}`
  const named = (name: string): string => `${name} ${origin}`
  async function session(user: Id): Promise<KeptSession | null> {
    const text = await store.read(sessionName(user))
    if (text === null) return null
    const read = Kept.safeParse(JSON.parse(text))
    return read.success ? read.data : null
  }
  async function key(user: string): Promise<ReturnType<typeof createPrivateKey>> {
    const known = await store.read(keyName(user))
    if (known !== null) return createPrivateKey({ key: Buffer.from(known, 'base64'), format: 'der', type: 'pkcs8' })
    const { privateKey } = generateKeyPairSync('ed25519')
    await store.write(keyName(user), privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))
    return privateKey
  }
  return {
    protection: store.protection,
    session,
    keep: (user, { access, access_expires_at, refresh }) => store.write(sessionName(user), JSON.stringify({ access, access_expires_at, refresh })),
    async refuse(user, { refresh }, ended) {
      const held = await session(user)
      if (held?.refresh !== refresh) return false
      await store.write(sessionName(user), JSON.stringify({ ...held, refused: true, ended }))
      return true
    },
    forget: (user) => store.remove(sessionName(user)),
    publicKey: async (user) => createPublicKey(await key(user)).export({ format: 'der', type: 'spki' }).toString('base64'),
    async adoptKey(name, user) {
      if (name === user) return
      const held = await store.read(keyName(name))
      if (held === null) return
      await store.write(keyName(user), held)
      await store.remove(keyName(name))
    },
    sign: async (user, text) => sign(null, Buffer.from(text), await key(user)).toString('base64'),
    forgetKey: (user) => store.remove(keyName(user)),
    read: (name) => store.read(named(name)),
    write: (name, secret) => store.write(named(name), secret),
    remove: (name) => store.remove(named(name)),
  }
}
