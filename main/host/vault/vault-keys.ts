/**
 * The key under which an organization's numbers are sealed. It lies with the secrets of this device and, wrapped, on the organization's server,
 * in no file of the organization: whoever takes the files, their backups or what crosses the network has cipher text only.
 */
import { randomBytes } from 'node:crypto'
import { refuse } from '../../../shared/domain/errors.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Reply } from '../../../shared/sync/contracts.ts'
import { valueOf } from '../../sync/server-calls.ts'
import type { SecretStore } from '../secret-store.ts'
import type { Turns } from '../turns.ts'
import { VAULT_KEY_BYTES } from './cipher.ts'

export interface VaultKey {
  /** Counted from 1. */
  round: number
  key: Uint8Array
}
/** As it is said to a server and by it: base64url. */
interface SaidKey {
  round: number
  key: string
}

export interface VaultKeys {
  /**
   * The key that seals now, of the server where there is one; made when there is none and `isEmpty` says that nothing is sealed yet. Refuses
   * `vault.no_key`, or why the server does not answer.
   */
  sealing(org: Id, user: Id, isEmpty: () => Promise<boolean>): Promise<VaultKey>
  /** Every key of the organization that is known here; asked of the server when none is. Empty: there is none to be had now. */
  opening(org: Id, user: Id): Promise<readonly Uint8Array[]>
  /** A key that was kept on paper seals from now on; others still open what they sealed. Of an organization without a server. */
  adopt(org: Id, key: VaultKey): Promise<void>
  /** The organization has just joined its server: the key of this computer becomes everybody's. */
  handUp(org: Id, user: Id): Promise<void>
  /** The organization is about to leave its server: its key comes here. */
  bringHome(org: Id, user: Id): Promise<void>
}

export interface VaultKeysOptions {
  secrets: SecretStore
  turns: Turns
  follows(org: Id): boolean
  /** The key that stands at the server, `offered` where there was none. */
  ask(org: Id, user: Id, offered: SaidKey | null): Promise<Reply<{ held: SaidKey | null }>>
}

const nameOf = (org: Id): string => `vault ${org}`
const said = ({ round, key }: VaultKey): SaidKey => ({ round, key: Buffer.from(key).toString('base64url') })
const heard = ({ round, key }: SaidKey): VaultKey => ({ round, key: Buffer.from(key, 'base64url') })

export function openVaultKeys({ secrets, turns, follows, ask }: VaultKeysOptions): VaultKeys {
  /** The one in use first; former ones still open what they sealed. */
  async function held(org: Id): Promise<{ keys: VaultKey[]; shared: boolean }> {
    const lines = (await secrets.read(nameOf(org)))?.split('\n') ?? []
    const keys = lines.flatMap((line) => {
      const [round, key] = line.split(' ')
      return round !== undefined && key !== undefined ? [heard({ round: Number(round), key })] : []
    })
    return { keys, shared: lines.includes('shared') }
  }
  const keep = (org: Id, keys: readonly VaultKey[], shared: boolean): Promise<void> =>
    secrets.write(nameOf(org), [...keys.map((one) => `${one.round} ${said(one).key}`), ...(shared ? ['shared'] : [])].join('\n'))

  /** What the server holds is in front from then on. Null: it holds none. */
  async function shareWith(org: Id, user: Id, offered: VaultKey | null): Promise<VaultKey | null> {
    const { held: standing } = valueOf(await ask(org, user, offered && said(offered)))
    if (!standing) return null
    const { keys } = await held(org)
    const others = [...(offered ? [offered] : []), ...keys].filter(({ key }) => Buffer.from(key).toString('base64url') !== standing.key)
    await keep(org, [heard(standing), ...others.filter(({ key }, index) => others.findIndex((one) => Buffer.compare(one.key, key) === 0) === index)], true)
    return heard(standing)
  }
  async function sealingHere(org: Id, user: Id, isEmpty: () => Promise<boolean>): Promise<VaultKey> {
    const { keys: [first = null], shared } = await held(org)
    if (first && (shared || !follows(org))) return first
    if (follows(org)) {
      const standing = await shareWith(org, user, first)
      if (standing) return standing
    }
    // Sealed already, by a key that is not here: another beside it would leave each computer with what it cannot open.
    if (!(await isEmpty())) throw refuse('vault.no_key')
    const made: VaultKey = { round: 1, key: randomBytes(VAULT_KEY_BYTES) }
    if (follows(org)) {
      const standing = await shareWith(org, user, made)
      if (!standing) throw refuse('vault.no_key')
      return standing
    }
    await keep(org, [made], false)
    return made
  }
  const inTurn = <T>(org: Id, work: () => Promise<T>): Promise<T> => turns.take(nameOf(org), work)
  return {
    sealing: (org, user, isEmpty) => inTurn(org, () => sealingHere(org, user, isEmpty)),
    opening: (org, user) =>
      inTurn(org, async () => {
        const { keys, shared } = await held(org)
        if (follows(org) && !shared) await shareWith(org, user, keys[0] ?? null).catch(() => null)
        return (await held(org)).keys.map(({ key }) => key)
      }),
    adopt: (org, key) =>
      inTurn(org, async () => {
        const { keys } = await held(org)
        await keep(org, [key, ...keys.filter((one) => Buffer.compare(one.key, key.key) !== 0)], false)
      }),
    handUp: (org, user) =>
      inTurn(org, async () => {
        const { keys: [first] } = await held(org)
        if (first) await shareWith(org, user, first)
      }),
    bringHome: (org, user) =>
      inTurn(org, async () => {
        await shareWith(org, user, null)
        const { keys } = await held(org)
        if (keys.length > 0) await keep(org, keys, false)
      }),
  }
}
