/**
 * What a mail says, by type and language: subject, text and HTML, from one list of blocks, so that both say the same. Pure. No fee and no personal number can be
 * in one: nothing here takes any.
 */
import { longDate, shortDate, typeset } from '../../shared/domain/runsheets/formats.ts'
import { localDateOf, type Instant } from '../../shared/kernel/instants.ts'
import { instantWords, lineWords, offerLines, type Language, type Line, type Offer } from '../../shared/documents/offer/offer.ts'
import { escapeHtml } from '../answers/page.ts'
import { filled } from '../answers/words.ts'
import { words, type MailWord } from './words.ts'

export const mailTypes = ['assignment_proposed', 'assignment_updated', 'assignment_canceled', 'reminder'] as const
export type MailType = (typeof mailTypes)[number]

interface About {
  organization: string
  /** First name, or the name of a team; null: unknown. */
  person: string | null
  offer: Offer
  /** Who answers questions; null: whoever reads replies. */
  contact: { name: string; email: string | null } | null
}
export type MailFacts =
  | ({ type: 'assignment_proposed' | 'assignment_updated' | 'reminder'; deadline_at: Instant; /** Of the page that takes the answer (answers/token.ts). */ link: string } & About)
  | ({ type: 'assignment_canceled'; link: null; deadline_at: null } & About)

export interface Mail {
  subject: string
  text: string
  html: string
}

type Block =
  | { kind: 'title' | 'said' | 'strong' | 'small'; text: string }
  | { kind: 'lines'; lines: readonly Line[] }
  | { kind: 'link'; text: string; address: string }

/** The address stands alone on its line: programs cut it where a point or a bracket follows. */
function asText(blocks: readonly Block[], language: Language): string {
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
function asHtml(blocks: readonly Block[], language: Language, subject: string): string {
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

/** `facts.link` is an address of this server; texts of people are set as they wrote them. */
export function mailOf(facts: MailFacts, language: Language): Mail {
  const { type, organization, person, offer, contact } = facts
  const say = (key: MailWord, values: Readonly<Record<string, string>> = {}): string => filled(words[language][key], { organization, project: offer.project, ...values })
  const day = localDateOf(offer.start_at, offer.zone)
  const what = offer.role ?? offer.mission
  const subject = say(`${type}.subject`, { what, date: shortDate(day, language) })
  const hello = person === null ? say('hello.nobody') : say('hello', { person })
  const blocks: Block[] = [
    { kind: 'title', text: say(`${type}.title`, { date: longDate(day, language) }) },
    { kind: 'said', text: `${hello} ${say(`${type}.said`)}` },
    ...(facts.deadline_at === null ? [] : [{ kind: 'strong', text: say('deadline', { deadline: instantWords(facts.deadline_at, offer.zone, language) }) } as const]),
    { kind: 'lines', lines: offerLines(offer, language) },
    ...(facts.link === null ? [] : [{ kind: 'link', text: say('link'), address: facts.link } as const, { kind: 'small', text: say('link.personal') } as const]),
    ...(type === 'assignment_canceled' ? [] : [{ kind: 'small', text: say('pay') } as const]),
    { kind: 'small', text: contact === null ? say('contact.nobody') : say('contact', { name: contact.name, email: contact.email === null ? '' : ` (${contact.email})` }) },
    { kind: 'small', text: say('why') },
  ]
  return { subject: typeset(subject, language), text: asText(blocks, language), html: asHtml(blocks, language, subject) }
}
