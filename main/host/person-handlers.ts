/** Drafts, saved views and marks: asked of the signed-in person's own, in an organization they belong to. */
import { takeDesktop } from './desktop-notices.ts'
import type { HostCall } from './host-call.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { personOperations } from './person-operations.ts'
import { personState, type PersonState } from './person-state.ts'
import type { Standing } from './standing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'

export function personHandlers(hosting: Hosting, { memberOf }: Standing): HostHandlers<typeof personOperations> {
  const { app, now, clients: { signedIn } } = hosting
  /** A narrowed session does not read what its person typed in a whole one. */
  function own(call: HostCall): PersonState {
    const client = signedIn(call)
    if (client.scope) throw refuse('auth.scope', detail(null, 'scope', 'the whole session'))
    return personState(app.engine, client.user.id, now)
  }
  async function ownIn(call: HostCall, org: string): Promise<PersonState> {
    const mine = own(call)
    await memberOf(signedIn(call), org)
    return mine
  }
  return {
    async keepDraft(call, { org, key, value }: { org: string; key: string; value: unknown }) {
      await (await ownIn(call, org)).keepDraft(org, key, value)
      return {}
    },
    async readDraft(call, { org, key }: { org: string; key: string }) {
      return { value: await (await ownIn(call, org)).readDraft(org, key) }
    },
    async dropDraft(call, { org, key }: { org: string; key: string }) {
      await (await ownIn(call, org)).dropDraft(org, key)
      return {}
    },
    async listDrafts(call, { org }: { org: string }) {
      return { items: await (await ownIn(call, org)).drafts(org) }
    },
    async listViews(call, { org, page }: { org: string; page: string }) {
      return { items: await (await ownIn(call, org)).views(org, page) }
    },
    async saveView(call, { org, ...view }: { org: string; page: string; name: string; query: string }) {
      return (await ownIn(call, org)).saveView(org, view)
    },
    async removeView(call, { id }: { id: string }) {
      await own(call).removeView(id)
      return {}
    },
    async setMark(call, { org, key, value }: { org: string; key: string; value: unknown }) {
      await (await ownIn(call, org)).setMark(org, key, value)
      return {}
    },
    async takeDesktop(call, { org, language }: { org: string; language: 'fr' | 'en' }) {
      const mine = await ownIn(call, org)
      return takeDesktop(hosting, mine, call, { org: await memberOf(signedIn(call), org), language })
    },
    async listMarks(call, { org, prefix }: { org: string; prefix: string }) {
      return { items: await (await ownIn(call, org)).marks(org, prefix) }
    },
  }
}
