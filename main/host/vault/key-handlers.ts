/**
 * The vault's key on paper, of an organization without a server: a backup put back on another computer holds numbers and papers that nothing
 * there opens. Where there is a server, it gives the key to who has the right, and nothing here is needed.
 */
import type { Credentials } from '../credentials.ts'
import { readBlob } from '../blobs.ts'
import type { HostCall } from '../host-call.ts'
import type { HostHandlers, Hosting } from '../hosting.ts'
import type { Standing } from '../standing.ts'
import { detail, refuse } from '../../../shared/domain/errors.ts'
import { identityPaper, vaultItem } from '../../../shared/domain/personal-data/model.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { vaultAsking, type AskedOfVault } from './asking.ts'
import { openNumber } from './cipher.ts'
import { readKey, sayKey } from './key-code.ts'
import { openPaper } from './paper-cipher.ts'
import type { vaultOperations } from './vault-operations.ts'

type Handled = Pick<typeof vaultOperations, 'keyState' | 'printKey' | 'enterKey'>
/** Sealed rows that a key is tried on. */
const TRIED = 20

export function vaultKeyHandlers(hosting: Hosting, standing: Standing, { byPassword }: Credentials): HostHandlers<Handled> {
  const { app, vault, membership, organizations, folder, clients: { signedIn, sessionOf, whole } } = hosting
  const { placed } = vaultAsking(hosting, standing)

  async function allowed(call: HostCall): Promise<Omit<AskedOfVault, 'value'>> {
    const place = await placed(call)
    if (!(await membership.holds(sessionOf(signedIn(call)), place.org, 'pii:read'))) throw refuse('auth.forbidden', detail(null, 'permission', 'pii:read'))
    return place
  }
  /** Whether a key opens one of the sealed rows; null: there is none to try it on. */
  async function opens(org: Id, user: Id, keys: readonly Uint8Array[]): Promise<boolean | null> {
    return organizations.hold(org, async ({ core }) => {
      const reader = core.reader()
      const numbers = await reader.find(vaultItem, {}, { limit: TRIED })
      const papers = numbers.length > 0 ? [] : await reader.find(identityPaper, {}, { limit: TRIED })
      const files = papers.flatMap(({ sha256, kind }) => {
        const sealed = sha256 === null ? null : readBlob(folder.organization(org).blobs, sha256)
        return sealed === null ? [] : [{ sealed, kind }]
      })
      if (numbers.length + files.length === 0) return null
      return keys.some((key) => numbers.some(({ kind, cipher }) => openNumber(key, { org, kind }, cipher) !== null) || files.some(({ sealed, kind }) => openPaper(key, { org, kind }, sealed) !== null))
    }, { user })
  }

  return {
    async keyState(call: HostCall) {
      const { org, user } = await allowed(call)
      if (app.serverOf(org) !== null) return { at_server: true, held: true, needed: false }
      const keys = await vault.opening(org, user)
      return { at_server: false, held: keys.length > 0, needed: (await opens(org, user, keys)) === false }
    },
    async printKey(call: HostCall, { password }: { password: string }) {
      const { org, user, isEmpty, record } = await allowed(call)
      if (app.serverOf(org) !== null) throw refuse('vault.at_server')
      await byPassword(whole(call).user.email, password)
      const key = await vault.sealing(org, user, isEmpty)
      await record('security.vault_key.printed', { round: key.round })
      return { key: sayKey(org, key) }
    },
    async enterKey(call: HostCall, { key: typed }: { key: string }) {
      const { org, user, record } = await allowed(call)
      if (app.serverOf(org) !== null) throw refuse('vault.at_server')
      const read = readKey(org, typed)
      if (read === 'mistyped') throw refuse('vault.key', detail('key', 'mistyped'))
      if (read === 'other' || (await opens(org, user, [read.key])) === false) throw refuse('vault.key', detail('key', 'other_key'))
      await vault.adopt(org, read)
      await record('security.vault_key.entered', { round: read.round })
      return {}
    },
  }
}
