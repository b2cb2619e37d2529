/**
 * A call sheet by mail: to whom of a version it says something, with the link of their page. What is in the mail is when and where they are
 * called; the sheet is behind the link, so that a newer version is never read from an older mail.
 */
import { distributionOf, firstCall } from '../../shared/domain/runsheets/recipients.ts'
import { clock, longDate, offsetOf, shortDate, typeset } from '../../shared/domain/runsheets/formats.ts'
import { lineText } from '../../shared/domain/runsheets/change-sentences.ts'
import { revision, runSheet, sheetDelivery } from '../../shared/domain/runsheets/model.ts'
import { contentOf } from '../../shared/domain/runsheets/versions.ts'
import type { Row } from '../../shared/domain/entity.ts'
import type { notification } from '../../shared/domain/notifications/model.ts'
import type { Reader } from '../../shared/domain/operation.ts'
import { organization } from '../../shared/domain/organization/model.ts'
import { collaborator } from '../../shared/domain/people/model.ts'
import { project } from '../../shared/domain/planning/model.ts'
import { versionLabel } from '../../shared/documents/run-sheet/words.ts'
import { asHtml, asText, type Block, type Mail } from '../../shared/documents/mail/mail.ts'
import type { Language, Line } from '../../shared/documents/offer/offer.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { localDateOf, type Instant } from '../../shared/kernel/instants.ts'
import { contactOf } from '../answers/found.ts'
import { filled } from '../answers/words.ts'

type NotificationRow = Row<typeof notification>

export const isSheet = ({ type, collaborator_id }: Pick<NotificationRow, 'type' | 'collaborator_id'>): boolean => collaborator_id !== null && (type === 'sheet_published' || type === 'sheet_revised')

/** What one mail says of a sheet; the language is of the person. */
export interface SheetFacts {
  organization: string
  project: string
  person: string | null
  contact: { name: string; email: string | null } | null
  /** Day code and version: `J3 v2`. */
  version: string
  code: string
  date: Parameters<typeof longDate>[0]
  call: string | null
  place: string | null
  /** Otherwise than in the version they know, in the language of the sheet; empty: their first. */
  changes: readonly string[]
  revised: boolean
}
export interface SheetToMail {
  facts: SheetFacts
  person: Row<typeof collaborator>
  revision_id: Id
}

/** Null: the mail is not to be sent (any more): replaced by a newer version, nothing new for them, read already, the day is over. */
export async function sheetToMail(reader: Reader, row: NotificationRow, now: Instant): Promise<SheetToMail | null> {
  const named = row.refs.find(({ entity }) => entity === 'revision')
  const version = named && (await reader.get(revision, named.id))
  const person = row.collaborator_id === null ? null : await reader.get(collaborator, row.collaborator_id)
  const work = version && (await reader.get(project, version.project_id))
  const sheet = version && (await reader.get(runSheet, version.sheet_id))
  const [house] = await reader.find(organization, {})
  if (version?.state !== 'published' || !person || !sheet || work?.status !== 'active' || house?.status !== 'active' || house.demo) return null
  if (sheet.sheet_date < localDateOf(now, work.zone)) return null
  const { recipients: [one] } = await distributionOf(reader, version, { only: person.id })
  if (!one?.lines || !one.concerned || one.state === 'opened' || one.state === 'read') return null
  const content = await contentOf(reader, version)
  const call = firstCall(one.lines)
  return {
    person, revision_id: version.id,
    facts: {
      organization: house.name, project: work.name, person: person.kind === 'person' ? person.first_name : null, contact: await contactOf(reader, work),
      version: versionLabel({ version: version.number, device_code: version.device_code }, row.locale), code: content.missions[0]?.code ?? '', date: content.date,
      call: call === null ? null : `${clock(call, content.zone)} (${offsetOf(call, content.zone)})${localDateOf(call, content.zone) === content.date ? '' : `, ${longDate(localDateOf(call, content.zone), row.locale)}`}`,
      place: content.location === null ? null : [content.location.name, ...content.location.address].join(', '),
      changes: one.changes.map(lineText), revised: one.known !== null,
    },
  }
}

const words = {
  fr: {
    'subject.first': 'Feuille de service {what}, {date} ({project})', 'subject.revised': 'Feuille de service {what}, changée pour vous, {date} ({project})', title: 'Feuille de service {what}, {date}',
    hello: 'Bonjour {person},', 'hello.nobody': 'Bonjour,', 'said.first': '{organization} vous envoie votre feuille de service pour {project}.', 'said.revised': 'une nouvelle version de votre feuille de service remplace celle que vous avez. Voici ce qui change pour vous.',
    call: 'Votre convocation', place: 'Lieu', changes: 'Ce qui change', link: 'Lire ma feuille de service', 'link.personal': 'Sans compte, depuis un téléphone, et toujours la dernière version. Confirmez-y que vous l’avez lue. Ce lien est personnel.',
    contact: 'Une question ? Répondez à ce message : {name}{email} vous lira.', 'contact.nobody': 'Une question ? Répondez à ce message.',
    why: 'Message envoyé par Callboard pour {organization}, qui a votre adresse et votre accord pour vous écrire. Pour n’en plus recevoir, répondez-le à ce message : on vous joindra autrement.',
  },
  en: {
    'subject.first': 'Call sheet {what}, {date} ({project})', 'subject.revised': 'Call sheet {what}, changed for you, {date} ({project})', title: 'Call sheet {what}, {date}',
    hello: 'Hello {person},', 'hello.nobody': 'Hello,', 'said.first': '{organization} sends you your call sheet for {project}.', 'said.revised': 'a new version of your call sheet replaces the one you have. This is what changes for you.',
    call: 'Your call', place: 'Place', changes: 'What changes', link: 'Read my call sheet', 'link.personal': 'Without an account, from a telephone, and always the last version. Confirm there that you read it. This link is yours alone.',
    contact: 'A question? Reply to this message: {name}{email} will read you.', 'contact.nobody': 'A question? Reply to this message.',
    why: 'Sent by Callboard for {organization}, which has your address and your consent to write to you. To get no more of them, say so in a reply: you will be reached in another way.',
  },
} as const

export function sheetMailOf(facts: SheetFacts, link: string, language: Language): Mail {
  const { organization: house, project: work, person, contact, call, place, changes, revised } = facts
  const what = [facts.code, facts.version].filter((part) => part !== '').join(' ')
  const say = (key: keyof (typeof words)['fr'], values: Readonly<Record<string, string>> = {}): string => typeset(filled(words[language][key], { organization: house, project: work, what, ...values }), language)
  const how = revised ? 'revised' : 'first'
  const subject = say(`subject.${how}`, { date: shortDate(facts.date, language) })
  const lines: Line[] = [...(call === null ? [] : [{ key: 'call' as const, label: say('call'), value: call }]), ...(place === null ? [] : [{ key: 'place' as const, label: say('place'), value: place }])]
  const blocks: Block[] = [
    { kind: 'title', text: say('title', { date: longDate(facts.date, language) }) },
    { kind: 'said', text: `${person === null ? say('hello.nobody') : say('hello', { person })} ${say(`said.${how}`)}` },
    ...(lines.length === 0 ? [] : [{ kind: 'lines', lines } as const]),
    ...(changes.length === 0 ? [] : [{ kind: 'strong', text: say('changes') } as const, ...changes.map((text) => ({ kind: 'said', text }) as const)]),
    { kind: 'link', text: say('link'), address: link }, { kind: 'small', text: say('link.personal') },
    { kind: 'small', text: contact === null ? say('contact.nobody') : say('contact', { name: contact.name, email: contact.email === null ? '' : ` (${contact.email})` }) },
    { kind: 'small', text: say('why') },
  ]
  return { subject, text: asText(blocks, language), html: asHtml(blocks, language, subject) }
}

/** The delivery that this notification speaks of; null: none was made. */
export async function deliveryOf(reader: Reader, row: NotificationRow): Promise<Id | null> {
  const named = row.refs.find(({ entity }) => entity === 'revision')
  if (!named || row.collaborator_id === null) return null
  return (await reader.find(sheetDelivery, { revision_id: named.id, collaborator_id: row.collaborator_id }))[0]?.id ?? null
}
