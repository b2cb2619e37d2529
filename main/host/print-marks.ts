/**
 * By which keys prints are signed and checked on this computer. Where a server is followed, the key that the person registered there, which
 * every computer of the organization learns; where none is, a key of this computer's own, which nobody else knows and nobody else needs.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { PrintMarks } from '../../shared/core/print-marks.ts'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Credentials } from '../sync/credentials.ts'
import type { Views } from '../sync/views.ts'
import type { AppFile } from './app-file.ts'
import type { Journal } from './journal.ts'
import type { SecretStore } from './secret-store.ts'

export interface PrintMarksParts {
  org: Id
  app: Pick<AppFile, 'serverOf'>
  secrets: SecretStore
  journal: Pick<Journal, 'write'>
  now(): Instant
  views(): Views
  credentials(url: string): Credentials
}

const publicText = (key: KeyObject): string => createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')

export function printMarks({ org, app, secrets, journal, now, views, credentials }: PrintMarksParts): PrintMarks {
  const name = `print ${org}`
  let held: Promise<KeyObject> | null = null
  async function read(): Promise<KeyObject | null> {
    const kept = await secrets.read(name)
    return kept === null ? null : createPrivateKey({ key: Buffer.from(kept, 'base64'), format: 'der', type: 'pkcs8' })
  }
  async function made(): Promise<KeyObject> {
    const known = await read()
    if (known) return known
    const { privateKey } = generateKeyPairSync('ed25519')
    await secrets.write(name, privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'))
    return privateKey
  }
  /** Two prints at once make one key. */
  const ownKey = (): Promise<KeyObject> => {
    held ??= made()
    held.catch(() => (held = null))
    return held
  }
  async function signed(user: string, text: string): Promise<{ key: string; signature: string } | null> {
    const server = app.serverOf(org)
    if (server === null) {
      const key = await ownKey()
      return { key: publicText(key), signature: sign(null, Buffer.from(text), key).toString('base64') }
    }
    if (!isId(user)) return null
    const at = credentials(server.url)
    return { key: await at.publicKey(user), signature: await at.sign(user, text) }
  }
  return {
    async sign(user, text) {
      try {
        return await signed(user, text)
      } catch (error) {
        // A sheet is printed all the same: without a code, rather than not at all.
        journal.write('error', 'print.unsigned', { org, why: error instanceof Error ? error.message : String(error) })
        return null
      }
    },
    async keys() {
      const own = await read()
      const server = app.serverOf(org)
      const told = server === null ? [] : (await (await views().outbox(org)).carried.keys()).map(({ public_key }) => public_key)
      // Their own is at the server before it has come back in the list.
      const here = server === null ? [] : await Promise.all(views().opened(org).map(({ user }) => credentials(server.url).publicKey(user)))
      return [...new Set([...(own ? [publicText(own)] : []), ...told, ...here])]
    },
    async knowledge(user) {
      if (app.serverOf(org) === null) return { alone: true, at: now() }
      const view = views().opened(org).find((one) => one.user === user)
      return { alone: false, at: (await view?.replica.state())?.pulled_at ?? null }
    },
  }
}
