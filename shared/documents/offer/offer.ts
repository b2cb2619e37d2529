/** What is asked of a person, in words: the same lines on the page, in the mail, in the calendar and on the slip. Drawn from the terms of the asking alone; no fee is in them. Pure. */
import type { engagementKinds } from '../../domain/engagement/rules.ts'
import { clock, colon, dayMark, duration, longDate, minutesBetween, offsetOf } from '../../domain/runsheets/formats.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'
import { valueWords } from '../words/values.ts'
import { HOUR, localDateOf, MINUTE, toMs, type Instant } from '../../kernel/instants.ts'

export type { Language }

/** What begins one day and ends the next within this is one night, not two days. */
const LONGEST_NIGHT_MS = 16 * HOUR

/** The terms of an acceptance, as far as they are shown. Instants in UTC; `zone`: of the place, by whose clocks they are written. */
export interface Offer {
  project: string
  mission: string
  role: string | null
  place: string | null
  part: string | null
  start_at: Instant
  end_at: Instant
  /** When they are expected; null: at the start. */
  call_at: Instant | null
  zone: string
  engagement_kind: (typeof engagementKinds)[number]
  /** People asked for, of a team or a vendor; 1: the person. */
  quantity: number
}

export interface Line {
  key: 'mission' | 'role' | 'part' | 'date' | 'time' | 'call' | 'place' | 'kind' | 'quantity'
  label: string
  value: string
}

const labels: Readonly<Record<Line['key'], readonly [fr: string, en: string]>> = {
  mission: ['Mission', 'Mission'], role: ['Poste', 'Role'], part: ['Rôle tenu', 'Part'], date: ['Date', 'Date'], time: ['Horaires', 'Hours'], call: ['Convocation', 'Call time'], place: ['Lieu', 'Place'],
  kind: ['Engagement', 'Engagement'], quantity: ['Nombre de personnes', 'Number of people'],
}
const at = (language: Language): 0 | 1 => (language === 'fr' ? 0 : 1)

/** `14:00 – 23:30, 9 h 30 (UTC+2)`; with its own offset beside each end when the clocks change between them. */
function timeWords({ start_at, end_at, zone }: Offer, language: Language): string {
  const [from, to] = [offsetOf(start_at, zone), offsetOf(end_at, zone)]
  const length = duration(minutesBetween(start_at, end_at), language)
  if (from === to) return `${clock(start_at, zone)} – ${clock(end_at, zone)} (${from}), ${length}`
  return `${clock(start_at, zone)} (${from}) – ${clock(end_at, zone)} (${to}), ${length}`
}
/** Days between the two ends; a night that ends at midnight is of the day it began. */
const daysOf = ({ start_at, end_at, zone }: Offer): number => dayMark(end_at, zone, localDateOf(start_at, zone))

function windowLines(offer: Offer, language: Language): { key: 'date' | 'time'; value: string }[] {
  const { start_at, end_at, zone } = offer
  const day = longDate(localDateOf(start_at, zone), language)
  const days = daysOf(offer)
  if (days === 0) return [{ key: 'date', value: day }, { key: 'time', value: timeWords(offer, language) }]
  const last = longDate(localDateOf(end_at, zone), language)
  // A night: one date, and the day it ends said beside the hour.
  if (days === 1 && toMs(end_at) - toMs(start_at) <= LONGEST_NIGHT_MS) {
    return [{ key: 'date', value: day }, { key: 'time', value: `${timeWords(offer, language)}, ${language === 'fr' ? 'fin' : 'ends'} ${last}` }]
  }
  const words = language === 'fr' ? `du ${day}, ${clock(start_at, zone)}, au ${last}, ${clock(end_at, zone)}` : `from ${day}, ${clock(start_at, zone)}, to ${last}, ${clock(end_at, zone)}`
  const [from, to] = [offsetOf(start_at, zone), offsetOf(end_at, zone)]
  return [{ key: 'date', value: `${words} (${from === to ? from : `${from}, ${to}`})` }]
}

/** Without what was not given. */
export function offerLines(offer: Offer, language: Language): Line[] {
  const { zone, call_at } = offer
  const call = call_at === null ? null : `${clock(call_at, zone)}${localDateOf(call_at, zone) === localDateOf(offer.start_at, zone) ? '' : `, ${longDate(localDateOf(call_at, zone), language)}`}`
  const values: [Line['key'], string | null][] = [
    ['mission', offer.mission], ['role', offer.role], ['part', offer.part], ...windowLines(offer, language).map(({ key, value }): [Line['key'], string] => [key, value]), ['call', call], ['place', offer.place],
    ['quantity', offer.quantity > 1 ? String(offer.quantity) : null], ['kind', valueWords[`assignment.engagement.${offer.engagement_kind}`]?.[at(language)] ?? null],
  ]
  return values.flatMap(([key, value]) => (value === null || value.trim() === '' ? [] : [{ key, label: labels[key][at(language)], value }]))
}

/** `jeudi 22 octobre 2026 à 18:00 (UTC+2)`. */
export const instantWords = (instant: Instant, zone: string, language: Language): string =>
  `${longDate(localDateOf(instant, zone), language)} ${language === 'fr' ? 'à' : 'at'} ${clock(instant, zone)} (${offsetOf(instant, zone)})`

/** How long until then, in the largest unit of which there are two: `dans 3 jours`, `in 90 minutes`. */
export function leftWords(instant: Instant, now: Instant, language: Language): string {
  const minutes = Math.max(0, Math.floor((toMs(instant) - toMs(now)) / MINUTE))
  const relative = new Intl.RelativeTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { numeric: 'always' })
  return minutes >= 2880 ? relative.format(Math.floor(minutes / 1440), 'day') : minutes >= 120 ? relative.format(Math.floor(minutes / 60), 'hour') : relative.format(minutes, 'minute')
}

/** `Lieu : Le Phare`. */
export const lineWords = ({ label, value }: Line, language: Language): string => `${label}${colon(language)}${value}`
