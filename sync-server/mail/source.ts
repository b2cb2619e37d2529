/**
 * What is to be mailed: notifications that are prepared, of people who have no inbox here, an address, and agreed to be written to. Asked anew right before each
 * sending: what was withdrawn, answered, refused meanwhile is not sent.
 */
import { IdTaken } from '../../shared/core/acting.ts'
import { openOf } from '../../shared/domain/engagement/asking.ts'
import { acceptance } from '../../shared/domain/engagement/model.ts'
import type { Row } from '../../shared/domain/entity.ts'
import type { MailFacts } from '../../shared/documents/mail/mail.ts'
import { asksForAnswer } from '../../shared/domain/notifications/messages.ts'
import { mailTypes, notification, type MailType } from '../../shared/domain/notifications/model.ts'
import { preferenceOf, wantsMail } from '../../shared/domain/notifications/preferences.ts'
import type { Reader } from '../../shared/domain/operation.ts'
import { member, organization } from '../../shared/domain/organization/model.ts'
import { collaborator, consent } from '../../shared/domain/people/model.ts'
import { contractVersion } from '../../shared/domain/contracts/model.ts'
import { assignment, project } from '../../shared/domain/planning/model.ts'
import { sheetDelivery } from '../../shared/domain/runsheets/model.ts'
import { readinessRequest } from '../../shared/domain/readiness/model.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { contactOf } from '../answers/found.ts'
import { makeToken } from '../answers/token.ts'
import type { Secret } from '../secret.ts'
import type { HostedOrganization } from '../storage/storage.ts'
import { isAddress } from './mail-settings.ts'
import { messageId, type Message } from './mailer.ts'
import type { Mailing } from './queue.ts'
import { deliveryOf, isSheet, sheetMailOf, sheetToMail } from './sheet-mail.ts'
import { mailIn } from './templates.ts'
import type { MailSource } from './worker.ts'

type NotificationRow = Row<typeof notification>

export interface SourceParts {
  secret: Secret
  organizations(): Promise<readonly Id[]>
  hosted(org: Id): Promise<HostedOrganization | null>
  /** Whether the clock of that organization is this server's: nobody's clock runs twice. */
  mayAct(org: Id): Promise<boolean>
  now(): Instant
  /** Where telephones reach this server. */
  url(): string
  from: string
  report(error: unknown): void
}
export interface WatchedSource extends MailSource {
  /** Something was committed there: what is prepared is listed anew. */
  changed(org: Id): void
}

const refOf = (row: NotificationRow, entity: string): Id | null => row.refs.find((one) => one.entity === entity)?.id ?? null
/** What is mailed of it; null: production tells, or a sheet does. A confirmation and another's reminder have no mail. */
function mailTypeOf({ type, figures, collaborator_id }: Pick<NotificationRow, 'type' | 'figures' | 'collaborator_id'>): MailType | null {
  const found = mailTypes.find((one) => one === type) ?? null
  if (collaborator_id === null || (found === 'assignment_updated' && figures['change'] !== 'terms') || (found === 'reminder' && figures['own'] !== true)) return null
  return found
}

/** Their address, when they may be written to of that (`type` null: of a sheet, which nobody takes back); null: by hand. Whoever has an account here has an inbox. */
async function addressOf(reader: Reader, person: Row<typeof collaborator>, type: MailType | null): Promise<string | null> {
  if (person.email === null || !isAddress(person.email)) return null
  const [answer] = await reader.find(consent, { collaborator_id: person.id, purpose: 'email' })
  if (answer?.answer !== 'given' || (type !== null && !wantsMail(await preferenceOf(reader, { collaborator_id: person.id, member_id: null }), type))) return null
  return (await reader.count(member, { collaborator_id: person.id, status: 'active' })) > 0 ? null : person.email
}

export function openMailSource(parts: SourceParts): WatchedSource {
  const { secret, now } = parts
  /** Null: not looked at yet, all of them. */
  let stale: Set<Id> | null = null

  const linkTo = (org: Id, { id, round }: Row<typeof acceptance>): string => `${parts.url()}/a/${makeToken(secret, { org, id, purpose: 'answer', round })}`

  /** The question that waits for this person; null: it waits no more. */
  async function questionOf(reader: Reader, row: NotificationRow, assigned: Row<typeof assignment>): Promise<Row<typeof acceptance> | null> {
    const named = refOf(row, 'acceptance')
    const { draft, pending } = await openOf(reader, assigned.id)
    const one = [draft, pending].find((open) => open !== null && (named === null || open.id === named)) ?? null
    return one && one.deadline_at > now() && one.tell_at <= now() ? one : null
  }

  /** The work it is about; of a mission that is to be acknowledged, what the person does on it. */
  async function workOf(reader: Reader, row: NotificationRow): Promise<Row<typeof assignment> | null> {
    const assignment_id = refOf(row, 'assignment')
    if (assignment_id !== null) return reader.get(assignment, assignment_id)
    const mission_id = refOf(row, 'mission')
    if (row.type !== 'readiness_requested' || mission_id === null || row.collaborator_id === null) return null
    const [first] = await reader.find(assignment, { mission_id, collaborator_id: row.collaborator_id, state: ['accepted', 'confirmed'] }, { sort: ['start_at', 'id'], limit: 1 })
    return first ?? null
  }
  /** Whether what it speaks of is so still: a contract may be taken back, a mission acknowledged by telephone. */
  async function stands(reader: Reader, row: NotificationRow): Promise<boolean> {
    const [asked, of] = [refOf(row, 'readiness_request'), refOf(row, 'contract')]
    if (asked !== null) return (await reader.get(readinessRequest, asked))?.acknowledged_at === null
    return of === null || (await reader.count(contractVersion, { contract_id: of, state: 'sent' })) > 0
  }

  async function factsOf(org: Id, reader: Reader, row: NotificationRow, type: MailType): Promise<{ facts: MailFacts; person: Row<typeof collaborator>; house: string } | null> {
    const person = row.collaborator_id === null ? null : await reader.get(collaborator, row.collaborator_id)
    const assigned = await workOf(reader, row)
    const work = assigned && (await reader.get(project, assigned.project_id))
    const [house] = await reader.find(organization, {})
    // A demonstration is sent to nobody.
    if (!person || !assigned || work?.status !== 'active' || !house || house.demo || house.status !== 'active') return null
    const contact = await contactOf(reader, work)
    const about = { organization: house.name, person: person.kind === 'person' ? person.first_name : null, contact }
    if (!asksForAnswer(type)) {
      // By the terms they were told of.
      const [last] = await reader.find(acceptance, { assignment_id: assigned.id, asked_at: { not: null } }, { sort: ['-asked_at'], limit: 1 })
      return last && (await stands(reader, row)) ? { facts: { type, link: null, deadline_at: null, offer: last.terms, ...about }, person, house: house.name } : null
    }
    const one = await questionOf(reader, row, assigned)
    return one && { facts: { type, link: linkTo(org, one), deadline_at: one.deadline_at, offer: one.terms, ...about }, person, house: house.name }
  }

  async function compose(org: Id, hosted: HostedOrganization, row: NotificationRow): Promise<Message | null> {
    const reader = hosted.authority.core.reader()
    const type = mailTypeOf(row)
    const found = type && (await factsOf(org, reader, row, type))
    const address = found && (await addressOf(reader, found.person, found.facts.type))
    if (!found || address === null) return null
    const { facts, person, house } = found
    const { contact } = facts
    return {
      to: { name: person.display_name, address }, from_name: house, reply_to: contact?.email ? { name: contact.name, address: contact.email } : null, ...(await mailIn(reader, facts, row.locale)), language: row.locale, ics: null,
      message_id: messageId(row.id, row.round, new URL(parts.url()).hostname, parts.from),
    }
  }

  /** A sheet's delivery is made ready first: its link names it. */
  async function composeSheet(mailing: Mailing, hosted: HostedOrganization, row: NotificationRow): Promise<Message | null> {
    const reader = hosted.authority.core.reader()
    const found = await sheetToMail(reader, row, now())
    const address = found && (await addressOf(reader, found.person, null))
    if (!found || address === null) return null
    await act(mailing, 'sheet.prepare_delivery', { revision_id: found.revision_id, collaborator_id: found.person.id, by: 'mail' }, 'prepared')
    const id = await deliveryOf(reader, row)
    const delivery = id && (await reader.get(sheetDelivery, id))
    if (!delivery) return null
    const { facts: { contact, organization: house }, person } = found
    return {
      to: { name: person.display_name, address }, from_name: house, reply_to: contact?.email ? { name: contact.name, address: contact.email } : null,
      ...sheetMailOf(found.facts, `${parts.url()}/s/${makeToken(secret, { org: mailing.org, id: delivery.id, purpose: 'sheet', round: delivery.round ?? 1 })}`, row.locale), language: row.locale, ics: null,
      message_id: messageId(row.id, row.round, new URL(parts.url()).hostname, parts.from),
    }
  }
  const waits = async (org: Id, hosted: HostedOrganization, row: NotificationRow): Promise<boolean> => {
    if (!isSheet(row)) return (await compose(org, hosted, row)) !== null
    const reader = hosted.authority.core.reader()
    const found = await sheetToMail(reader, row, now())
    return found !== null && (await addressOf(reader, found.person, null)) !== null
  }

  /** Of an organization whose mail is this server's to send now; null: of none. */
  async function openHere(org: Id): Promise<HostedOrganization | null> {
    const hosted = (await parts.mayAct(org)) ? await parts.hosted(org) : null
    return hosted && (await hosted.authority.head()).mode === 'open' ? hosted : null
  }

  async function preparedIn(org: Id): Promise<Mailing[]> {
    const hosted = await openHere(org)
    if (!hosted) return []
    const found: Mailing[] = []
    for (const row of await hosted.authority.core.reader().find(notification, { state: 'prepared' }, { sort: ['created_at'] })) {
      if (await waits(org, hosted, row)) found.push({ org, notification: row.id, round: row.round })
    }
    return found
  }

  /** The system's own command, once for its key. A refusal is an answer (it stands otherwise by now); storage that fails is thrown, and it is done again. */
  async function act({ org, notification: id, round }: Mailing, name: string, input: unknown, key: string): Promise<void> {
    const hosted = await parts.hosted(org)
    if (!hosted) return
    try {
      const answer = await hosted.authority.core.act(name, input, { id: deriveId(org, `mail:${id}:${round}:${key}`) })
      if ('error' in answer && /^(?:storage|server)\./.test(answer.error.code)) throw new Error(answer.error.code)
    } catch (error) {
      if (!(error instanceof IdTaken)) throw error
      parts.report(error)
    }
  }

  return {
    changed(org) {
      stale?.add(org)
    },
    async prepared() {
      const looked = stale === null ? await parts.organizations() : [...stale]
      stale ??= new Set()
      const found: Mailing[] = []
      for (const org of looked) {
        stale.delete(org)
        try {
          found.push(...(await preparedIn(org)))
        } catch (error) {
          // The others are looked at all the same, and this one again.
          stale.add(org)
          parts.report(error)
        }
      }
      return found
    },
    async message({ org, notification: id, round }) {
      const hosted = await openHere(org)
      const row = hosted && (await hosted.authority.core.reader().get(notification, id))
      if (!hosted || row?.state !== 'prepared' || row.round !== round) return null
      return isSheet(row) ? composeSheet({ org, notification: id, round }, hosted, row) : compose(org, hosted, row)
    },
    async sent(mailing) {
      const hosted = await parts.hosted(mailing.org)
      const row = hosted && (await hosted.authority.core.reader().get(notification, mailing.notification))
      const asked = row && (row.type === 'assignment_proposed' || row.type === 'assignment_updated') ? refOf(row, 'acceptance') : null
      if (asked !== null) await act(mailing, 'acceptance.told', { id: asked, channel: 'email' }, 'told')
      const delivery = row && isSheet(row) ? await deliveryOf(hosted.authority.core.reader(), row) : null
      if (delivery !== null) await act(mailing, 'sheet.mailed', { id: delivery }, 'mailed')
      await act(mailing, 'notification.sent', { id: mailing.notification, round: mailing.round }, 'sent')
    },
    async failed(mailing, said) {
      const code = said === '' ? 'unknown' : said.slice(0, 40)
      const hosted = await parts.hosted(mailing.org)
      const reader = hosted?.authority.core.reader()
      const row = reader && (await reader.get(notification, mailing.notification))
      const delivery = row && isSheet(row) ? await deliveryOf(reader, row) : null
      if (delivery !== null) await act(mailing, 'sheet.mail_failed', { id: delivery, code }, 'mail_failed')
      await act(mailing, 'notification.failed', { id: mailing.notification, round: mailing.round, code }, 'failed')
    },
  }
}
