/** Numbers of people: the right to them, the reason and the log are the core's; checking, sealing and opening happen here, in memory only. */
import type { HostHandlers, Hosting } from '../hosting.ts'
import type { Standing } from '../standing.ts'
import { contractPdf } from '../../../shared/domain/contracts/queries.ts'
import { detail, refuse } from '../../../shared/domain/errors.ts'
import { readBic, readIban } from '../../../shared/domain/personal-data/bank.ts'
import { formatIban, formatNir, maskIban, maskNir, tailOfNir } from '../../../shared/domain/personal-data/masking.ts'
import type { VaultKind } from '../../../shared/domain/personal-data/model.ts'
import { nirWarningsOf, readNir } from '../../../shared/domain/personal-data/nir.ts'
import { listVaultItems, putVaultItem } from '../../../shared/domain/personal-data/operations.ts'
import type { NumberProblem } from '../../../shared/domain/personal-data/problems.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Refusal, Result } from '../../../shared/kernel/result.ts'
import { vaultAsking } from './asking.ts'
import { openNumber, sealNumber } from './cipher.ts'
import type { vaultOperations } from './vault-operations.ts'

interface Checked {
  number: string
  warnings: readonly NumberProblem<string>[]
}
type BirthDate = Parameters<typeof nirWarningsOf>[1]

/** What is wrong, and where in the number; never the number. */
const wrong = ({ issue, at, expected }: NumberProblem<string>): Refusal => refuse('vault.number', detail('number', issue, expected, at === null ? null : String(at)))
function valueOf<Value>(read: Result<Value, NumberProblem<string>>): Value {
  if (!read.ok) throw wrong(read.error)
  return read.value
}
const checks: Readonly<Record<VaultKind, (typed: string, person: BirthDate) => Checked>> = {
  nir(typed, person) {
    const nir = valueOf(readNir(typed))
    return { number: nir.number, warnings: nirWarningsOf(nir, person) }
  },
  iban: (typed) => ({ number: valueOf(readIban(typed)).number, warnings: [] }),
  bic: (typed) => ({ number: valueOf(readBic(typed)).code, warnings: [] }),
}
const masks: Readonly<Record<VaultKind, (number: string) => string>> = { nir: maskNir, iban: maskIban, bic: (number) => number }
const grouped: Readonly<Record<VaultKind, (number: string) => string>> = { nir: formatNir, iban: formatIban, bic: (number) => number }

type Handled = Pick<typeof vaultOperations, 'storeNumber' | 'readNumbers' | 'revealNumber' | 'printContract'>
type Of = { collaborator_id: Id; kind: VaultKind }

export function vaultHandlers(hosting: Hosting, standing: Standing): HostHandlers<Handled> {
  const { vault } = hosting
  const { asked, birthDateOf, engagedBy } = vaultAsking(hosting, standing)
  const itemsOf = (value: unknown) => listVaultItems.output.parse(value).items
  const opened = (keys: readonly Uint8Array[], place: { org: Id; kind: VaultKind }, cipher: string): string | null =>
    keys.reduce<string | null>((number, key) => number ?? openNumber(key, place, cipher), null)

  return {
    async storeNumber(call, { collaborator_id, kind, number }: Of & { number: string }) {
      // Asked first: who may not read numbers is told nothing about them, not even that one is mistyped.
      const { org, user, isEmpty } = await asked(call, listVaultItems, { collaborator_id })
      const checked = checks[kind](number, await birthDateOf(call, collaborator_id))
      const { key, round } = await vault.sealing(org, user, isEmpty)
      const cipher = sealNumber(key, { org, kind }, checked.number, call.id)
      await asked(call, putVaultItem, { collaborator_id, kind, cipher, key_round: round }, call.id)
      return { kind, masked: masks[kind](checked.number), warnings: checked.warnings }
    },
    async readNumbers(call, { collaborator_id }: { collaborator_id: Id }) {
      const { org, user, value } = await asked(call, listVaultItems, { collaborator_id })
      const items = itemsOf(value)
      const keys = items.length === 0 ? [] : await vault.opening(org, user)
      return {
        items: items.map(({ kind, cipher, updated_at }) => {
          const number = opened(keys, { org, kind }, cipher)
          return { kind, updated_at, masked: number === null ? null : masks[kind](number), readable: number !== null }
        }),
      }
    },
    async revealNumber(call, { collaborator_id, kind, reason }: Of & { reason: string }) {
      const { org, user, value, record } = await asked(call, listVaultItems, { collaborator_id })
      const item = itemsOf(value).find((one) => one.kind === kind)
      if (!item) throw refuse('record.not_found', detail('kind', 'not_found', null, kind))
      const number = opened(await vault.opening(org, user), { org, kind }, item.cipher)
      if (number === null) throw refuse('vault.no_key')
      // First the log: a value that was shown without a line would be a value that nobody saw.
      await record('security.number.revealed', { collaborator_id, kind, reason })
      return { kind, number: grouped[kind](number) }
    },
    async printContract(call, { id, whole, reason }: { id: Id; whole: boolean; reason: string }) {
      const collaborator_id = await engagedBy(call, id)
      if (collaborator_id === null) throw refuse('record.not_found', detail('id', 'not_found', null, id))
      const { org, user, value, record } = await asked(call, listVaultItems, { collaborator_id })
      // Who may not read this contract is not shown its number by another way.
      if (contractPdf.output.parse((await asked(call, contractPdf, { id })).value).variant === 'preview') throw refuse('contract.not_ready', detail(null, 'document'))
      const item = itemsOf(value).find(({ kind }) => kind === 'nir')
      if (!item) throw refuse('record.not_found', detail('kind', 'not_found', null, 'nir'))
      const number = opened(await vault.opening(org, user), { org, kind: 'nir' }, item.cipher)
      if (number === null) throw refuse('vault.no_key')
      await record('security.number.printed', { collaborator_id, contract_version_id: id, whole, reason })
      return (await asked(call, contractPdf, { id, nir: whole ? formatNir(number) : tailOfNir(number) })).value
    },
  }
}
