/**
 * A mail, by type and language: subject, text and HTML, from one list of blocks, so that both say the same; its words are the organization's own, or those that ship. Pure.
 * No fee and no personal number can be in one: nothing here takes any.
 */
import { asksForAnswer, filled, type MessageTexts, type MessageVariable } from '../../domain/notifications/messages.ts'
import type { MailType } from '../../domain/notifications/model.ts'
import { longDate, shortDate, typeset } from '../../domain/runsheets/formats.ts'
import { fromMs, localDateOf, toMs, type Instant } from '../../kernel/instants.ts'
import { instantWords, lineWords, offerLines, type Language, type Line, type Offer } from '../offer/offer.ts'
import { mailWords, type MailWord } from './words.ts'

interface About {
  organization: string
  /** First name, or the name of a team; null: unknown. */
  person: string | null
  offer: Offer
  /** Who answers questions; null: whoever reads replies. */
  contact: { name: string; email: string | null } | null
}
export type MailFacts =
  | ({ type: 'assignment_proposed' | 'assignment_updated' | 'reminder'; deadline_at: Instant; /** Of the page that takes the answer. */ link: string } & About)
  | ({ type: 'assignment_canceled' | 'readiness_requested' | 'contract_ready'; link: null; deadline_at: null } & About)

export interface Mail {
  subject: string
  text: string
  html: string
}

/** As a text of HTML or the value of an attribute; control characters are left out. */
export const escapeHtml = (text: string): string =>
  text.replace(/(?![\t\n\r])\p{Cc}/gu, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;')

export type Block =
  | { kind: 'title' | 'said' | 'strong' | 'small'; text: string }
  | { kind: 'lines'; lines: readonly Line[] }
  | { kind: 'link'; text: string; address: string }

/** The address stands alone on its line: programs cut it where a point or a bracket follows. */
export function asText(blocks: readonly Block[], language: Language): string {
  return `${blocks.map((block) => {
    if (block.kind === 'lines') return block.lines.map((line) => lineWords(line, language)).join('\n')
    return block.kind === 'link' ? `${block.text}\n${block.address}` : block.text
  }).join('\n\n')}\n`
}

const e = escapeHtml
const STYLE: Readonly<Record<'title' | 'said' | 'strong' | 'small', readonly [tag: string, style: string]>> = {
  title: ['h1', 'margin:0 0 16px;font-size:22px;line-height:28px;font-weight:600'], said: ['p', 'margin:0 0 16px'], strong: ['p', 'margin:0 0 16px;font-weight:600'],
  small: ['p', 'margin:16px 0 0;font-size:14px;line-height:20px'],
}
/** No picture, no outside style, no table but that of facts: read as well by a screen reader, in the dark, or printed. Colours are the reader's own but for the button. */
export function asHtml(blocks: readonly Block[], language: Language, subject: string): string {
  const parts = blocks.map((block) => {
    if (block.kind === 'lines') {
      const rows = block.lines.map(({ label, value }) => `<tr><th scope="row" style="padding:4px 16px 4px 0;text-align:left;vertical-align:top;font-weight:400">${e(label)}</th><td style="padding:4px 0;vertical-align:top;font-weight:600">${e(value)}</td></tr>`)
      return `<table style="margin:0 0 16px;border-collapse:collapse;font-size:16px;line-height:24px">${rows.join('')}</table>`
    }
    if (block.kind === 'link') {
      return `<p style="margin:24px 0 8px"><a href="${e(block.address)}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#212730;color:#FFFFFF;font-weight:600;text-decoration:none">${e(block.text)}</a></p>`
        + `<p style="margin:0 0 16px;font-size:14px;line-height:20px;word-break:break-all">${e(block.address)}</p>`
    }
    const [tag, style] = STYLE[block.kind]
    return `<${tag} style="${style}">${e(block.text)}</${tag}>`
  })
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${e(subject)}</title></head>
<body style="margin:0;padding:16px;font-family:Inter,system-ui,sans-serif;font-size:16px;line-height:24px"><div style="max-width:560px;margin:0 auto">${parts.join('\n')}</div></body></html>
`
}

/** What the variables of a text stand for here. */
function valuesOf({ organization, person, offer, contact, deadline_at }: MailFacts, language: Language): (part: 'subject' | 'other') => Readonly<Record<MessageVariable, string>> {
  const words = mailWords[language]
  const day = localDateOf(offer.start_at, offer.zone)
  return (part) => ({
    organization, person: person ?? words['variable.person'], project: offer.project, mission: offer.mission, role: offer.role ?? words['variable.role'], what: offer.role ?? offer.mission,
    date: part === 'subject' ? shortDate(day, language) : longDate(day, language), place: offer.place ?? words['variable.place'], contact: contact?.name ?? words['variable.contact'],
    deadline: deadline_at === null ? '' : instantWords(deadline_at, offer.zone, language),
  })
}

/** `facts.link` is an address of this server; texts of people are set as they wrote them, but for the spaces of their language. */
export function mailOf(facts: MailFacts, language: Language, texts: MessageTexts): Mail {
  const { type, organization, person, offer, contact } = facts
  const say = (key: MailWord, values: Readonly<Record<string, string>> = {}): string => filled(typeset(mailWords[language][key], language), { organization, ...values })
  const values = valuesOf(facts, language)
  const own = (text: string): string => filled(typeset(text, language), values('other'))
  const hello = person === null ? say('hello.nobody') : say('hello', { person })
  const [first = '', ...paragraphs] = texts.body.split(/\n+/).map((one) => one.trim()).filter((one) => one !== '')
  const blocks: Block[] = [
    { kind: 'title', text: own(texts.title) },
    { kind: 'said', text: `${hello} ${own(first)}` },
    ...paragraphs.map((text) => ({ kind: 'said', text: own(text) }) as const),
    ...(facts.deadline_at === null ? [] : [{ kind: 'strong', text: say('deadline', { deadline: instantWords(facts.deadline_at, offer.zone, language) }) } as const]),
    { kind: 'lines', lines: offerLines(offer, language) },
    ...(facts.link === null || texts.link_text === null ? [] : [{ kind: 'link', text: own(texts.link_text), address: facts.link } as const, { kind: 'small', text: say('link.personal') } as const]),
    ...(asksForAnswer(type) ? [{ kind: 'small', text: say('pay') } as const] : []),
    { kind: 'small', text: contact === null ? say('contact.nobody') : say('contact', { name: contact.name, email: contact.email === null ? '' : ` (${contact.email})` }) },
    { kind: 'small', text: say('why') },
  ]
  const subject = typeset(filled(texts.subject, values('subject')), language)
  return { subject, text: asText(blocks, language), html: asHtml(blocks, language, subject) }
}

/** Somebody, some work: invented, to show what a message would look like. Counted from `now`, and never a person of the directory. */
export function inventedFacts(type: MailType, language: Language, now: Instant, organization: string): MailFacts {
  const hour = 3_600_000
  const start = Math.ceil(toMs(now) / (24 * hour)) * 24 * hour + 14 * 24 * hour + 12 * hour
  const fr = language === 'fr'
  const offer: Offer = {
    project: fr ? 'Les Nuits du Phare' : 'Lighthouse Nights', mission: fr ? 'Montage lumière' : 'Lighting build', role: fr ? 'Électricienne' : 'Electrician', place: fr ? 'Halle aux Grains, Saint-Rivage' : 'Corn Hall, Westport', part: null,
    start_at: fromMs(start), end_at: fromMs(start + 9 * hour), call_at: fromMs(start - hour / 2), zone: 'Europe/Paris', engagement_kind: 'cddu_technician', quantity: 1,
  }
  const about = { organization, person: 'Inès', offer, contact: { name: 'Camille Roche', email: 'camille@example.org' } }
  if (!asksForAnswer(type)) return { type: type as 'contract_ready', link: null, deadline_at: null, ...about }
  return { type, link: 'https://callboard.example.org/a/exemple', deadline_at: fromMs(start - 48 * hour), ...about }
}
