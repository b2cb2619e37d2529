/** What the vault asks of an organization's core for the person who calls: the right, the rows and the log are the core's. */
import type { HostCall } from '../host-call.ts'
import type { Hosting } from '../hosting.ts'
import type { Standing } from '../standing.ts'
import { contractVersion } from '../../../shared/domain/contracts/model.ts'
import type { AnyOperation } from '../../../shared/domain/operation.ts'
import { collaborator } from '../../../shared/domain/people/model.ts'
import { identityPaper, vaultItem } from '../../../shared/domain/personal-data/model.ts'
import type { Json } from '../../../shared/kernel/hashing.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { Refusal } from '../../../shared/kernel/result.ts'

export interface AskedOfVault {
  org: Id
  user: Id
  value: unknown
  /** Whether nothing is sealed in this organization, as far as the person's rows go. */
  isEmpty(): Promise<boolean>
  /** A line in the log, of who asked. */
  record(action: string, changes: Json): Promise<void>
}

export interface VaultAsking {
  /** Throws the core's refusal. `id`: of the call, for what is done once. */
  asked(call: HostCall, operation: AnyOperation, input: Json, id?: string): Promise<AskedOfVault>
  birthDateOf(call: HostCall, person: Id): Promise<{ birth_date: LocalDate | null }>
  /** Whose contract a version is; null: nobody's, or there is no such version. */
  engagedBy(call: HostCall, version: Id): Promise<Id | null>
  /** Without asking anything: for what is checked by its own permission first. */
  placed(call: HostCall): Promise<Omit<AskedOfVault, 'value'>>
}

export function vaultAsking({ organizations, clients: { signedIn, sessionOf } }: Pick<Hosting, 'organizations' | 'clients'>, { organizationOf }: Pick<Standing, 'organizationOf'>): VaultAsking {
  async function placed(call: HostCall): Promise<Omit<AskedOfVault, 'value'>> {
    const client = signedIn(call)
    const org = await organizationOf(call, client)
    const as = { user: client.user.id }
    return {
      org, user: client.user.id,
      isEmpty: () => organizations.hold(org, async ({ core }) => (await core.reader().count(vaultItem, {})) + (await core.reader().count(identityPaper, {})) === 0, as),
      record: (action, changes) => organizations.hold(org, ({ core }) => core.record(sessionOf(client), action, changes), as),
    }
  }
  return {
    placed,
    async asked(call, operation, input, id) {
      const place = await placed(call)
      const client = signedIn(call)
      const answer = await organizations.hold(place.org, ({ core }) => core.execute({ name: operation.name, input, ...(id === undefined ? {} : { id }), correlation_id: call.correlation_id }, sessionOf(client)), { user: place.user })
      if ('error' in answer) throw new Refusal(answer.error)
      return { ...place, value: answer.value }
    },
    async engagedBy(call, version) {
      const { org, user } = await placed(call)
      return organizations.hold(org, async ({ core }) => (await core.reader().get(contractVersion, version))?.collaborator_id ?? null, { user })
    },
    async birthDateOf(call, person) {
      const { org, user } = await placed(call)
      return organizations.hold(org, async ({ core }) => ({ birth_date: (await core.reader().get(collaborator, person))?.birth_date ?? null }), { user })
    },
  }
}
