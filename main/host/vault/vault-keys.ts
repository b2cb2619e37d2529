/**
 * The key under which an organization's numbers are sealed. It lies with the secrets of this device, in no file of the organization: whoever
 * takes the files, their backups or what crosses the network has cipher text only.
 */
import { randomBytes } from 'node:crypto'
import { refuse } from '../../../shared/domain/errors.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { SecretStore } from '../secret-store.ts'
import type { Turns } from '../turns.ts'
import { VAULT_KEY_BYTES } from './cipher.ts'

export interface VaultKey {
  /** Counted from 1. */
  round: number
  key: Uint8Array
}

export interface VaultKeys {
  /** The key that seals now: made when there is none and this computer is the only one. Refuses `vault.no_key`. */
  sealing(org: Id): Promise<VaultKey>
  /** A key that has sealed. Null: it is not on this computer. */
  opening(org: Id, round: number): Promise<Uint8Array | null>
}

const nameOf = (org: Id): string => `vault ${org}`

/** `follows`: whether the organization lives on a server, of which this computer holds a view. */
export function openVaultKeys({ secrets, turns, follows }: { secrets: SecretStore; turns: Turns; follows(org: Id): boolean }): VaultKeys {
  async function held(org: Id): Promise<VaultKey | null> {
    const text = await secrets.read(nameOf(org))
    const [round, key] = text?.split(' ') ?? []
    return round !== undefined && key !== undefined ? { round: Number(round), key: Buffer.from(key, 'base64url') } : null
  }
  return {
    sealing: (org) =>
      turns.take(`vault ${org}`, async () => {
        const known = await held(org)
        if (known) return known
        // Made on two computers, each would seal what the other cannot open.
        if (follows(org)) throw refuse('vault.no_key')
        const made = { round: 1, key: randomBytes(VAULT_KEY_BYTES) }
        await secrets.write(nameOf(org), `${made.round} ${made.key.toString('base64url')}`)
        return made
      }),
    async opening(org, round) {
      const known = await held(org)
      return known?.round === round ? known.key : null
    },
  }
}
