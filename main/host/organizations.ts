/** Founding and opening organizations on this computer. */
import { randomUUID } from 'node:crypto'
import { toJsonSchemas } from './catalogue.ts'
import { openDemos } from './demo.ts'
import type { DemoDate } from './demo-dates.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { organizationOperations } from './operations.ts'
import type { Standing } from './standing.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import type { LocalDate } from '../../shared/kernel/instants.ts'
import { Refusal } from '../../shared/kernel/result.ts'

export function organizationHandlers({ app, folder, organizations, membership, clients: { signedIn, whole, sessionOf }, turns, now, emit }: Hosting, { memberOf }: Standing): HostHandlers<typeof organizationOperations> {
  const demos = openDemos({ folder, organizations, device: app.device.id })
  return {
    async catalogue() {
      return { operations: toJsonSchemas() }
    },
    async createOrganization(call, input: { name: string; kind: string; language: string; zone: string; currency: string; demo?: true | undefined }) {
      const client = whole(call)
      const org = deriveId(client.user.id, `organization:${call.id ?? randomUUID()}`)
      const { id: user_id, name, email } = client.user
      // One that is known has its file already: a lost one is restored, never founded again.
      const isNew = !(await app.organizations()).some((known) => known.id === org)
      const answer = await organizations.hold(org, ({ core }) => core.execute({ name: 'organization.create', input: { ...input, owner: { user_id, name, email } }, id: call.id, correlation_id: call.correlation_id }, sessionOf(client)), { create: isNew })
      if ('error' in answer) throw new Refusal(answer.error)
      await membership.remember(org)
      client.open = org
      client.opened.add(org)
      return { id: org }
    },
    async openOrganization(call, input: { id: Id }) {
      const client = signedIn(call)
      const org = await memberOf(client, input.id)
      client.open = org
      client.opened.add(org)
      return { id: org, state: organizations.stateOf(org, client.user.id) }
    },
    async openDemo(call, input: { date?: DemoDate | undefined; anew?: true | undefined }) {
      const client = whole(call)
      const org = demos.idOf(client.user.id)
      await turns.take(`demo ${org}`, async () => {
        if (!input.anew && demos.isWhole(org)) return
        await demos.make(client.user, sessionOf(client), input.date ?? 'now', now().slice(0, 10) as LocalDate)
        await membership.remember(org)
        emit({ type: 'changed', org, entities: ['*'], command: 'demo' })
      })
      client.open = org
      client.opened.add(org)
      return { id: org }
    },
  }
}
