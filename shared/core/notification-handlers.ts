/** Inboxes: what the authority puts in them, what their readers do and see there. */
import { acceptance } from '../domain/engagement/model.ts'
import { notification, notificationPreference } from '../domain/notifications/model.ts'
import { preferenceOf, wantsDesktop, wantsMail } from '../domain/notifications/preferences.ts'
import * as operations from '../domain/notifications/operations.ts'
import { wordsOf, type Names } from '../domain/notifications/words.ts'
import type { Reader, Transaction } from '../domain/operation.ts'
import { member, organization } from '../domain/organization/model.ts'
import { collaborator, consent } from '../domain/people/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import type { Changes, Row } from '../domain/entity.ts'
import { refuseFor, detail } from '../domain/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { MINUTE, toMs, type Instant } from '../kernel/instants.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { questionKeyOf, tellOfCommand, tellOfQuestion } from './telling.ts'

type NotificationRow = Row<typeof notification>

const isMine = ({ person }: Inner, row: NotificationRow): boolean => row.member_id === person.member_id || (row.collaborator_id !== null && row.collaborator_id === person.collaborator_id)

/** Each is the reader's own, whatever else they may read. What is so already is not written again. */
async function mark(tx: Transaction, inner: Inner, ids: readonly Id[], changes: (row: NotificationRow) => Changes<typeof notification> | null): Promise<{ ids: Id[] }> {
  const rows = await tx.getMany(notification, ids)
  for (const row of rows) if (!isMine(inner, row)) throw refuseFor('notification', 'not_found', detail('id', 'not_found', null, row.id))
  for (const row of rows) {
    const wanted = changes(row)
    if (wanted) await tx.update(notification, row.id, wanted)
  }
  return { ids: [...ids] }
}

/** Of the round that stands alone: what a former one became is over. */
async function mailed(tx: Transaction, { id, round }: { id: Id; round: number }, changes: (row: NotificationRow) => Changes<typeof notification>): Promise<{ ids: Id[] }> {
  const row = await tx.need(notification, id)
  if (row.round === round && (row.state === 'prepared' || row.state === 'failed')) await tx.update(notification, id, changes(row))
  return { ids: [id] }
}

/** Another round of one that was given up: whoever sends mails finds it prepared again. Of a round that is over, nothing. */
async function again(tx: Transaction, id: Id, round: number): Promise<{ ids: Id[] }> {
  const row = await tx.need(notification, id)
  if (row.round !== round || row.state !== 'failed') return { ids: [] }
  const { failure: _, ...figures } = row.figures
  await tx.update(notification, id, { state: 'prepared', round: round + 1, figures })
  return { ids: [id] }
}

/** Newest first; the id decides between those of one instant. */
export async function ownNotifications(reader: Reader, { person }: Inner): Promise<NotificationRow[]> {
  const of = person.collaborator_id === null ? [] : await reader.find(notification, { collaborator_id: person.collaborator_id })
  return [...of, ...(await reader.find(notification, { member_id: person.member_id }))].sort((one, other) => (one.created_at === other.created_at ? (one.id < other.id ? -1 : 1) : one.created_at < other.created_at ? 1 : -1))
}

export const refOf = (row: NotificationRow, entity: string): Id | null => row.refs.find((one) => one.entity === entity)?.id ?? null

/** Names as the reader may see them. */
async function namesOf(reader: Reader, rows: readonly NotificationRow[]): Promise<(row: NotificationRow) => Names> {
  const ids = (entity: string): Id[] => [...new Set(rows.flatMap((row) => refOf(row, entity) ?? []))]
  const work = new Map((await reader.getMany(assignment, ids('assignment'))).map((row) => [row.id, row]))
  const missions = new Map((await reader.getMany(mission, ids('mission'))).map((row) => [row.id, row]))
  const projects = new Map((await reader.getMany(project, ids('project'))).map((row) => [row.id, row.name]))
  const people = new Map((await reader.getMany(collaborator, [...new Set([...work.values()].map((row) => row.collaborator_id))])).map((row) => [row.id, row.display_name]))
  return (row) => {
    const of = <V>(known: ReadonlyMap<Id, V>, entity: string): V | null => known.get(refOf(row, entity) ?? ('' as Id)) ?? null
    const on = of(missions, 'mission')
    const assigned = of(work, 'assignment')
    return { person: assigned === null ? null : (people.get(assigned.collaborator_id) ?? null), mission: on?.title ?? null, project: of(projects, 'project'), start_at: assigned?.start_at ?? on?.start_at ?? null, zone: on?.zone ?? null }
  }
}

async function inbox(reader: Reader, inner: Inner, { show = 'inbox', language, limit = operations.mostShown }: ReturnType<typeof operations.listNotifications.input.parse>) {
  const { now } = reader.call
  const all = await ownNotifications(reader, inner)
  const isSnoozed = (row: NotificationRow): boolean => row.snoozed_until !== null && row.snoozed_until > now
  const here = all.filter((row) => row.dismissed_at === null && !isSnoozed(row))
  const shown = show === 'inbox' ? here : all.filter((row) => (show === 'dismissed' ? row.dismissed_at !== null : row.dismissed_at === null && isSnoozed(row)))
  const questions = new Map((await reader.getMany(acceptance, [...new Set(all.flatMap((row) => refOf(row, 'acceptance') ?? []))])).map((row) => [row.id, row]))
  /** Still waits for this reader. */
  const askedIn = (row: NotificationRow): Row<typeof acceptance> | null => {
    const one = questions.get(refOf(row, 'acceptance') ?? ('' as Id))
    const isOpen = one && (one.state === 'draft' || one.state === 'pending') && one.deadline_at > now
    return isOpen && one.collaborator_id === inner.person.collaborator_id ? one : null
  }
  const groupOf = (row: NotificationRow) => (askedIn(row) ? 'to_answer' : 'to_know')
  const page = shown.slice(0, limit)
  const names = await namesOf(reader, page)
  const [own] = await reader.find(organization, {})
  const said = language ?? own?.default_language ?? 'fr'
  const preference = await preferenceOf(reader, inner.person)
  return {
    items: page.map((row) => {
      const asked = askedIn(row)
      const { id, version, type, state, refs, figures, created_at, read_at, dismissed_at, snoozed_until } = row
      return {
        id, version, type, state, refs, figures, created_at, read_at, dismissed_at, snoozed_until, group: groupOf(row), ...wordsOf(row, names(row), said),
        desktop: wantsDesktop(preference, type), deadline_at: asked?.deadline_at ?? null, asked: asked ? { assignment_id: asked.assignment_id, acceptance_id: asked.id } : null,
      }
    }),
    total: shown.length, unread: here.filter((row) => row.read_at === null).length, to_answer: new Set(here.flatMap((row) => askedIn(row)?.id ?? [])).size,
    waiting: new Set(here.flatMap((row) => askedIn(row)?.id ?? (row.read_at === null ? row.id : []))).size,
    by_hand: (await toTell(reader, inner, undefined)).total,
    next_at: all.reduce<Instant | null>((first, row) => (row.dismissed_at === null && isSnoozed(row) && (first === null || (row.snoozed_until ?? first) < first) ? row.snoozed_until : first), null),
  }
}

/** A mail that has not left by then may not leave at all: there is no mail server, or it fails. */
const mailPatienceMs = 15 * MINUTE

interface Reached {
  answer: string | undefined
  /** They took mails of this type back. */
  declined: boolean
  /** The mail was given up. */
  failed: boolean
  /** For how long it could have been told, ms. */
  waits: number
}
/** Why nobody can tell them but a person. */
function whyByHand(person: Row<typeof collaborator> | undefined, { answer, declined, failed, waits }: Reached): (typeof operations.whyByHand)[number] | null {
  if (person?.email == null) return 'no_email'
  if (answer !== 'given') return answer === 'refused' ? 'refused' : 'not_asked'
  if (declined) return 'refused'
  return failed ? 'failed' : waits > mailPatienceMs ? 'not_sent' : null
}

async function toTell(reader: Reader, inner: Inner, project_id: Id | undefined) {
  const { now } = reader.call
  const drafts = (await reader.find(acceptance, { state: 'draft', ...(project_id === undefined ? {} : { project_id }) }, { sort: ['tell_at', 'id'] })).filter((row) => row.tell_at <= now && inner.person.may('assignment:plan', row.project_id))
  const ids = [...new Set(drafts.map((row) => row.collaborator_id))]
  // Whether somebody has an address is not whether one may read it.
  const people = new Map((await inner.all.getMany(collaborator, ids)).map((row) => [row.id, row]))
  const answers = new Map((await inner.all.find(consent, { collaborator_id: ids, purpose: 'email' })).map((row) => [row.collaborator_id, row.answer]))
  const linked = new Set(await inner.all.values(member, 'collaborator_id', { status: 'active', collaborator_id: ids }))
  const failed = new Set((await inner.all.find(notification, { key: drafts.map(questionKeyOf), state: 'failed' })).map(({ key }) => key))
  const titles = new Map((await reader.getMany(mission, [...new Set(drafts.map((row) => row.mission_id))])).map((row) => [row.id, row.title]))
  const again = new Set((await inner.all.find(assignment, { id: drafts.map(({ assignment_id }) => assignment_id), reconfirm_since: { not: null } })).map(({ id }) => id))
  const preferences = new Map((await inner.all.find(notificationPreference, { collaborator_id: ids })).map((row) => [row.collaborator_id, row]))
  const items = drafts.flatMap((row) => {
    const declined = !wantsMail(preferences.get(row.collaborator_id) ?? null, again.has(row.assignment_id) ? 'assignment_updated' : 'assignment_proposed')
    const reached = { answer: answers.get(row.collaborator_id), declined, failed: failed.has(questionKeyOf(row)), waits: toMs(now) - toMs(row.tell_at) }
    const why = linked.has(row.collaborator_id) ? null : whyByHand(people.get(row.collaborator_id), reached)
    const { id: acceptance_id, assignment_id, mission_id, collaborator_id, tell_at, deadline_at } = row
    if (why === null) return []
    return [{ acceptance_id, assignment_id, project_id: row.project_id, mission_id, mission_title: titles.get(mission_id) ?? '', collaborator_id, collaborator_name: people.get(collaborator_id)?.display_name ?? '', tell_at, deadline_at, why }]
  })
  return { items, total: items.length }
}

export const notificationHandlers: readonly CoreHandler[] = [
  coreHandler(operations.makeNotifications, (tx, { about, id }, { engine, org }) => (about === 'command' ? tellOfCommand(tx, engine, org, id) : tellOfQuestion(tx, id))),
  coreHandler(operations.sentNotification, (tx, input) => mailed(tx, input, () => ({ state: 'dispatched' }))),
  coreHandler(operations.failedNotification, (tx, input) => mailed(tx, input, ({ figures }) => ({ state: 'failed', figures: { ...figures, failure: input.code } }))),
  coreHandler(operations.retryNotification, (tx, { id, round }) => again(tx, id, round)),
  coreHandler(operations.readNotifications, (tx, { ids }, inner) => mark(tx, inner, ids, (row) => (row.read_at === null ? { read_at: tx.call.now } : null))),
  coreHandler(operations.unreadNotifications, (tx, { ids }, inner) => mark(tx, inner, ids, (row) => (row.read_at === null ? null : { read_at: null }))),
  coreHandler(operations.dismissNotifications, (tx, { ids, back }, inner) => mark(tx, inner, ids, (row) => ((row.dismissed_at === null) === (back === true) ? null : { dismissed_at: back ? null : tx.call.now }))),
  coreHandler(operations.snoozeNotifications, (tx, { ids, until }, inner) => mark(tx, inner, ids, (row) => (row.snoozed_until === until ? null : { snoozed_until: until }))),
  coreHandler(operations.listNotifications, (reader, input, inner) => inbox(reader, inner, input)),
  coreHandler(operations.listToTell, (reader, { project_id }, inner) => toTell(reader, inner, project_id)),
]
