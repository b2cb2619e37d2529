/**
 * Calendars as files for other programs (RFC 5545): instants in UTC, one UID for the life of an event, SEQUENCE that grows with each
 * change, canceled events kept as CANCELLED so that a calendar that took them lets them go (decision P13). Pure.
 */
import type { Instant } from '../../kernel/instants.ts'

export interface CalendarEvent {
  /** Id of the record. */
  uid: string
  /** Version of the record. */
  sequence: number
  start_at: Instant
  end_at: Instant
  changed_at: Instant
  status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'
  summary: string
  place: string | null
  geo: { latitude: number; longitude: number } | null
  description: string
}
export interface Calendar {
  name: string
  /** Of the program, in PRODID. */
  app_version: string
  language: 'fr' | 'en'
  generated_at: Instant
  events: readonly CalendarEvent[]
}

const utc = (instant: Instant): string => `${instant.slice(0, 19).replace(/[-:]/g, '')}Z`
const escaped = (text: string): string => text.replace(/\\/g, '\\\\').replace(/;/g, '\\;').replace(/,/g, '\\,').replace(/\r\n|\r|\n/g, '\\n')

const encoder = new TextEncoder()
/** At most 75 octets a line, the rest on lines that begin with a space; a letter is never cut. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const letter of line) {
    const size = encoder.encode(letter).length
    if (octets + size > 75) {
      parts.push(part)
      part = ' '
      octets = 1
    }
    part += letter
    octets += size
  }
  return [...parts, part].join('\r\n')
}

const eventLines = (event: CalendarEvent, generated_at: Instant): string[] => [
  'BEGIN:VEVENT',
  `UID:${event.uid}`,
  `SEQUENCE:${event.sequence}`,
  `DTSTAMP:${utc(generated_at)}`,
  `LAST-MODIFIED:${utc(event.changed_at)}`,
  `DTSTART:${utc(event.start_at)}`,
  `DTEND:${utc(event.end_at)}`,
  `STATUS:${event.status}`,
  `SUMMARY:${escaped(event.summary)}`,
  ...(event.place === null ? [] : [`LOCATION:${escaped(event.place)}`]),
  ...(event.geo === null ? [] : [`GEO:${event.geo.latitude};${event.geo.longitude}`]),
  ...(event.description === '' ? [] : [`DESCRIPTION:${escaped(event.description)}`]),
  // Somebody who may be called is not free; a canceled day is.
  `TRANSP:${event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
  'END:VEVENT',
]

export function writeCalendar({ name, app_version, language, generated_at, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//Callboard//Callboard ${app_version}//${language.toUpperCase()}`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap((event) => eventLines(event, generated_at)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
