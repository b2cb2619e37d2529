/** A sheet as text to paste: one message for a telephone, or the day in full for a mail or a chat; for one person or for everybody. Pure. */
import { clock, colon, dayAndClock, dayMark, longDate, shortDate, typeset } from '../../domain/runsheets/formats.ts'
import type { Language, SheetIssue, SheetSnapshot } from '../../domain/runsheets/snapshot.ts'
import type { Instant } from '../../kernel/instants.ts'
import { sheetWords, versionLabel } from './words.ts'

export interface SummaryOptions {
  language: Language
  length: 'short' | 'long'
  /** Null: for everybody. */
  person: { name: string; lines: SheetSnapshot['people'] } | null
}

/** Letters of the telephone network's own alphabet: a text of these alone takes 160 to a message, any other 70. */
const BASIC = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà')
const TWICE = new Set('^{}\\[~]|€')

/** Messages that a telephone makes of it (SMS, GSM 03.38): one, or pieces that each spend some room on their number. */
export function messageParts(text: string): number {
  const letters = [...text]
  if (letters.every((letter) => BASIC.has(letter) || TWICE.has(letter))) {
    const length = letters.reduce((sum, letter) => sum + (TWICE.has(letter) ? 2 : 1), 0)
    return length <= 160 ? 1 : Math.ceil(length / 153)
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67)
}

/** The signs of typography that cost a message its longer alphabet, as a telephone's keyboard has them. Letters stay as they are. */
const keyboard = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[’‘]/g, "'").replace(/[“”«»]/g, '"').replace(/[–—−]/g, '-').replaceAll('…', '...').replaceAll('·', '-')

const words = {
  fr: { call: 'Convocation', until: 'fin', at: 'Lieu', people: 'Convocations', urgent: 'Urgences', ask: 'Contact', published: 'Publiée le', option: 'option', to_confirm: 'à confirmer', to_fill: 'à pourvoir' },
  en: { call: 'Call', until: 'end', at: 'Place', people: 'Calls', urgent: 'Emergency', ask: 'Contact', published: 'Published', option: 'pencilled', to_confirm: 'to confirm', to_fill: 'to fill' },
} as const

export function sheetSummary(sheet: SheetSnapshot, issue: SheetIssue, options: SummaryOptions): string {
  return options.length === 'short' ? short(sheet, issue, options) : long(sheet, issue, options)
}

const time = (sheet: SheetSnapshot, at: Instant): string => {
  const mark = dayMark(at, sheet.zone, sheet.date)
  return clock(at, sheet.zone) + (mark === 0 ? '' : ` (${mark > 0 ? '+' : '-'}${Math.abs(mark)})`)
}
const firstCall = (lines: SheetSnapshot['people']): Instant | null => lines.map((line) => line.call_at).sort()[0] ?? null
const generalCall = (sheet: SheetSnapshot): Instant | null => sheet.key_times.find((row) => row.code === 'general_call')?.at ?? null
const codeOf = (sheet: SheetSnapshot): string => sheet.missions[0]?.code ?? ''

/** What matters first; what does not fit into one message (two, where a letter of a name needs the short alphabet) is left out from the end. */
function short(sheet: SheetSnapshot, issue: SheetIssue, { language, person }: SummaryOptions): string {
  const sep = colon(language)
  const said = words[language]
  const call = person ? firstCall(person.lines) : generalCall(sheet)
  const place = sheet.location?.name ?? null
  const end = person ? (person.lines.map((line) => line.end_at).filter((at) => at !== null).sort().at(-1) ?? null) : null
  const contact = sheet.contacts.find((row) => row.phone !== null) ?? null
  const must = [
    `${codeOf(sheet)} ${shortDate(sheet.date, language)} ${versionLabel(issue, language)}`,
    ...(call === null ? [] : [`${person ? `${person.name}, ${said.call.toLowerCase()}` : said.call} ${time(sheet, call)}`]),
    ...(place === null ? [] : [place]),
  ]
  const may = [
    ...(sheet.location?.address.length ? [sheet.location.address.join(' ')] : []),
    ...(person ? [[...new Set(person.lines.map((line) => line.crew_role))].filter((role) => role !== '').join(', ')] : []),
    ...(end === null ? [] : [`${said.until} ${time(sheet, end)}`]),
    ...(contact ? [`${said.ask}${sep}${contact.name} ${contact.phone}`] : []),
    ...(sheet.emergency.numbers[0] ? [`${said.urgent}${sep}${sheet.emergency.numbers[0].number}`] : []),
  ].filter((part) => part !== '')
  const textOf = (parts: readonly string[]): string => keyboard(typeset(`${parts.join(', ')}.`, language))
  const fits = (text: string): boolean => messageParts(text) <= ([...text].every((letter) => BASIC.has(letter) || TWICE.has(letter)) ? 1 : 2)
  const parts = [...must]
  for (const part of may) if (fits(textOf([...parts, part]))) parts.push(part)
  return textOf(parts)
}

function long(sheet: SheetSnapshot, issue: SheetIssue, { language, person }: SummaryOptions): string {
  const sep = colon(language)
  const said = words[language]
  const print = sheetWords[language]
  const label = (code: string, own: string | null): string => own ?? print.keyTimes[code] ?? code
  const codes = new Set(sheet.departments.filter(({ id }) => person?.lines.some((line) => line.department_id === id)).map(({ code }) => code))
  const slots = sheet.slots.filter((slot) => person === null || slot.everyone || slot.departments.length === 0 || slot.departments.some((code) => codes.has(code)))
  const lines: string[][] = [
    [`${print.title} ${codeOf(sheet)} ${versionLabel(issue, language)}, ${sheet.project.name}`, `${sheet.organization.name}, ${longDate(sheet.date, language)}`],
    ...(person ? [[person.name, ...person.lines.map((line) => personLine(sheet, line, language))]] : []),
    sheet.alerts.map((alert) => `! ${alert.title} ${alert.text}`),
    sheet.key_times.map((row) => `${label(row.code, row.label)}${sep}${time(sheet, row.at)}${row.place === null ? '' : `, ${row.place}`}`),
    ...(sheet.location ? [[[sheet.location.name, ...sheet.location.address].join(', '), ...sheet.location.access.map(({ text }) => text), ...(sheet.location.parking === null ? [] : [`${print.parking}${sep}${sheet.location.parking}`])]] : []),
    slots.length === 0 ? [] : [`${print.schedule}${sep}`.trimEnd(), ...slots.map((slot) => slotLine(sheet, slot))],
    person ? [] : callLines(sheet, language),
    [
      ...(sheet.emergency.numbers.length === 0 ? [] : [`${said.urgent}${sep}${sheet.emergency.numbers.map(({ label: name, number }) => [name, number].filter(Boolean).join(' ')).join(', ')}`]),
      ...(sheet.emergency.hospital ? [`${print.nearestHospital}${sep}${[sheet.emergency.hospital.name, sheet.emergency.hospital.address, sheet.emergency.hospital.phone].filter(Boolean).join(', ')}`] : []),
      ...sheet.contacts.filter((row) => row.phone !== null).map((row) => `${row.label}${sep}${row.name}, ${row.phone}`),
    ],
    [`${issue.published_at === null ? `${print.draft}, ${print.notSent}` : `${said.published} ${dayAndClock(issue.published_at, sheet.zone, language)}`} (${issue.content_hash})`],
  ]
  return lines.filter((block) => block.length > 0).map((block) => block.map((line) => typeset(line, language)).join('\n')).join('\n\n')
}

function personLine(sheet: SheetSnapshot, line: SheetSnapshot['people'][number], language: Language): string {
  const print = sheetWords[language]
  return [
    line.crew_role, `${words[language].call.toLowerCase()} ${time(sheet, line.call_at)}`,
    ...(line.end_at === null ? [] : [`${words[language].until} ${time(sheet, line.end_at)}`]),
    ...(line.meal_at === null ? [] : [`${print.meal.toLowerCase()} ${time(sheet, line.meal_at)}`]),
    ...(line.channel === null ? [] : [`${print.channel.toLowerCase()} ${line.channel}`]),
    ...(line.remarks === null ? [] : [line.remarks]),
    ...(line.marker === null ? [] : [words[language][line.marker]]),
  ].filter((part) => part !== '').join(', ')
}

function slotLine(sheet: SheetSnapshot, slot: SheetSnapshot['slots'][number]): string {
  const hours = slot.end_at === null ? time(sheet, slot.start_at) : `${time(sheet, slot.start_at)}–${time(sheet, slot.end_at)}`
  return [`${hours} ${slot.label}`, slot.detail, slot.location, slot.departments.join(', ')].filter((part) => part !== null && part !== '').join(', ')
}

/** Who comes when, hour by hour: what a group is told. No telephone. */
function callLines(sheet: SheetSnapshot, language: Language): string[] {
  const calls = new Map<Instant, string[]>()
  for (const line of sheet.people) {
    const name = line.name ?? `${line.crew_role} ${words[language].to_fill}`
    calls.set(line.call_at, [...(calls.get(line.call_at) ?? []), line.quantity > 1 ? `${name} × ${line.quantity}` : name])
  }
  if (calls.size === 0) return []
  return [`${words[language].people}${colon(language)}`.trimEnd(), ...[...calls].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, names]) => `${time(sheet, at)} ${[...new Set(names)].join(', ')}`)]
}
