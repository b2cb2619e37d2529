/** What the desktop of this computer announces to the signed-in person: each notification once, read from their own inbox. A locked window is told nothing. */
import { listNotifications, mostShown } from '../../shared/domain/notifications/operations.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY, toMs } from '../../shared/kernel/instants.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import type { HostCall } from './host-call.ts'
import type { Hosting } from './hosting.ts'
import type { PersonState } from './person-state.ts'

/** An older one is read in the inbox: a computer that was off for a week does not announce the week. */
const FRESH = DAY
/** Announced one by one; beyond it they are counted. */
const ONE_BY_ONE = 3

export interface DesktopNotices {
  items: { id: string; title: string; body: string }[]
  /** Those that came with them. */
  more: number
}
const NOTHING: DesktopNotices = { items: [], more: 0 }

export async function takeDesktop({ app, organizations, now, clients }: Hosting, mine: PersonState, call: HostCall, { org, language }: { org: Id; language: 'fr' | 'en' }): Promise<DesktopNotices> {
  const client = clients.signedIn(call)
  if ((await app.setting(client.user.id, 'desktop')) === 'off') return NOTHING
  const asked = { name: listNotifications.name, input: { show: 'inbox', language, limit: mostShown }, correlation_id: call.correlation_id }
  const answer = await organizations.hold(org, ({ core }) => core.execute(asked, clients.sessionOf(client)), { user: client.user.id })
  if ('error' in answer) throw new Refusal(answer.error)
  const { items } = listNotifications.output.parse(answer.value)
  const fresh = items.filter(({ read_at, created_at, desktop }) => desktop && read_at === null && toMs(now()) - Date.parse(created_at) < FRESH)
  const anew = await mine.showOnce(org, fresh.map(({ id }) => id))
  const shown = fresh.filter(({ id }) => anew.has(id))
  return { items: shown.slice(0, ONE_BY_ONE).map(({ id, subject, body }) => ({ id, title: subject, body })), more: Math.max(0, shown.length - ONE_BY_ONE) }
}
