/** What this server gave up for an organization (mails, work of the clock): shown to its keepers, tried again or let be by them, each in the organization's log. */
import { IdTaken } from '../../shared/core/acting.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { acceptance } from '../../shared/domain/engagement/model.ts'
import { notification } from '../../shared/domain/notifications/model.ts'
import type { Reader } from '../../shared/domain/operation.ts'
import { collaborator } from '../../shared/domain/people/model.ts'
import { assignment } from '../../shared/domain/planning/model.ts'
import type { StuckWork } from '../../shared/domain/sync/states.ts'
import { deriveId, isId, type Id } from '../../shared/kernel/ids.ts'
import { openMailQueue, type QueuedMail } from '../mail/queue.ts'
import type { Holder } from '../accounts/sessions.ts'
import type { Place, Server } from './asked.ts'

const mailKey = ({ notification: id, round }: Pick<QueuedMail, 'notification' | 'round'>): string => `${id}:${round}`
/** What a timer does, by the first word of its key. */
const kindOf = (key: string): string => /^[a-z_]{1,30}/.exec(key)?.[0] ?? 'other'

/** Whom it concerns, where its key names an acceptance or an assignment. */
async function personOf(reader: Reader, key: string): Promise<Id | null> {
  const id = key.split(':').find(isId)
  if (id === undefined) return null
  return (await reader.get(acceptance, id))?.collaborator_id ?? (await reader.get(assignment, id))?.collaborator_id ?? null
}

export async function stuckWork({ storage, timers }: Pick<Server, 'storage' | 'timers'>, { org, hosted, person }: Place): Promise<StuckWork[]> {
  const reader = hosted.authority.core.reader()
  const mails = await openMailQueue(storage.accounts).dead(org)
  const told = new Map((await reader.getMany(notification, [...new Set(mails.map((mail) => mail.notification))])).map((row) => [row.id, row]))
  const dead = (await timers.troubles(org)).filter(({ state }) => state === 'dead')
  const found = [
    ...mails.map((mail) => {
      const row = told.get(mail.notification)
      return { kind: 'mail' as const, key: mailKey(mail), what: row?.type ?? 'other', of: row?.collaborator_id ?? null, at: mail.next_at, attempts: mail.attempts, error: mail.last_error }
    }),
    ...(await Promise.all(dead.map(async ({ key, run_after, attempts, error }) => ({ kind: 'timer' as const, key, what: kindOf(key), of: await personOf(reader, key), at: run_after, attempts, error })))),
  ]
  const people = person.may('project:read', null) ? await reader.getMany(collaborator, found.flatMap(({ of }) => of ?? [])) : []
  const names = new Map<string, string>(people.map((row) => [row.id, row.display_name]))
  return found.map(({ of, ...one }) => ({ ...one, who: of === null ? null : (names.get(of) ?? null) }))
}

const gone = (key: string) => refuse('record.not_found', detail('key', 'not_found', null, key.slice(0, 80)))

/** Another round of the notification begins; what was given up of the former one is forgotten after that, so that a kill between the two leaves it to be done again. */
async function retryMail({ org, hosted }: Place, mail: QueuedMail): Promise<void> {
  try {
    const answer = await hosted.authority.core.act('notification.retry', { id: mail.notification, round: mail.round }, { id: deriveId(org, `mail:${mail.notification}:${mail.round}:retry`) })
    if ('error' in answer) throw answer.error.code.startsWith('storage.') ? refuse('storage.unavailable') : gone(mailKey(mail))
  } catch (error) {
    if (!(error instanceof IdTaken)) throw error
    throw gone(mailKey(mail))
  }
}

export async function settleStuck(server: Pick<Server, 'storage' | 'timers' | 'organizations'>, place: Place, by: Holder, { kind, key, decision }: { kind: 'mail' | 'timer'; key: string; decision: 'retry' | 'drop' }): Promise<void> {
  const { org } = place
  let error: string | null
  if (kind === 'mail') {
    const queue = openMailQueue(server.storage.accounts)
    const mail = (await queue.dead(org)).find((one) => mailKey(one) === key)
    if (!mail) throw gone(key)
    if (decision === 'retry') await retryMail(place, mail)
    await queue.drop(mail)
    error = mail.last_error
  } else {
    const dead = (await server.timers.troubles(org)).find((one) => one.key === key && one.state === 'dead')
    if (!dead || !(await server.timers[decision](org, key))) throw gone(key)
    error = dead.error
  }
  server.organizations.record([org], by, decision === 'retry' ? 'security.stuck.retried' : 'security.stuck.dropped', { kind, key, code: error })
}
