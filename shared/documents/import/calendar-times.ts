import ICAL from 'ical.js'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { MINUTE, addDays, fromLocal, fromMs, isLocalDate, toLocal, toMs } from '../../kernel/instants.ts'
import type { CalendarBlock } from './calendar-lines.ts'
import type { ClockNote } from './times.ts'
import { placeInstant } from './times.ts'
import { ianaZoneOf } from './windows-zones.ts'

/** A way from times on a calendar's clock to instants: an IANA zone, or offsets that only the file itself defines. */
export interface CalendarClock {
  /** IANA zone in which the event is shown; the project's where the file's own zone has no such name. */
  zone: string
  place: (date: LocalDate, time: string) => { instant: Instant; note: ClockNote }
  /** Date and time that this clock shows at an instant. */
  read: (instant: Instant) => { date: LocalDate; time: string }
}

export const zoneClock = (zone: string): CalendarClock => ({
  zone,
  place: (date, time) => placeInstant(date, time, zone),
  read: (instant) => toLocal(instant, zone),
})

/** How clocks change: once a year each, at one time of the day. Anything else is no clock, and could be walked for ever. */
const yearly = /^RRULE[^:]*:(?=[^\n]*FREQ=YEARLY)(?:(?:(?:FREQ|BYMONTH|BYDAY|BYMONTHDAY|UNTIL|COUNT|INTERVAL|WKST)=[^;]*|(?:BYHOUR|BYMINUTE|BYSECOND)=\d+)(?:;|$))+$/i
const mostRules = 40
const isClock = ({ lines }: CalendarBlock): boolean => {
  const rules = lines.filter(({ text }) => /^RRULE[;:]/i.test(text))
  return rules.length <= mostRules && rules.every(({ text }) => yearly.test(text))
}

/** The clocks of the VTIMEZONE blocks of one calendar, by TZID. Blocks that cannot be read are left out. */
export function fileClocks(blocks: readonly CalendarBlock[], projectZone: string): Map<string, CalendarClock> {
  const clocks = new Map<string, CalendarClock>()
  for (const block of blocks) {
    if (!isClock(block)) continue
    try {
      const text = ['BEGIN:VTIMEZONE', ...block.lines.map((line) => line.text), 'END:VTIMEZONE'].join('\r\n')
      const component = ICAL.Component.fromString(text)
      const tzid = component.getFirstPropertyValue('tzid')
      if (typeof tzid !== 'string' || tzid === '') continue
      const zone = new ICAL.Timezone({ component, tzid })
      clocks.set(tzid, offsetsClock(zone, projectZone))
    } catch {
      // An unreadable zone matters only to events that name it: those are refused for an unknown zone.
      continue
    }
  }
  return clocks
}

function offsetsClock(zone: ICAL.Timezone, projectZone: string): CalendarClock {
  const offsetAt = (wall: string): number => {
    const time = ICAL.Time.fromDateTimeString(wall)
    return zone.utcOffset(time)
  }
  return {
    zone: projectZone,
    place: (date, time) => {
      const wall = `${date}T${time.length === 5 ? `${time}:00` : time}`
      return { instant: fromMs(Date.parse(`${wall}.000Z`) - offsetAt(wall) * 1000), note: null }
    },
    read: (instant) => {
      const time = ICAL.Time.fromJSDate(new Date(toMs(instant)), true)
      time.zone = ICAL.Timezone.utcTimezone
      const local = time.convertToZone(zone).toString()
      const date = local.slice(0, 10)
      return isLocalDate(date) ? { date, time: local.slice(11, 16) } : { date: toLocal(instant, 'UTC').date, time: '00:00' }
    },
  }
}

/** A value of DTSTART, RDATE...: a whole local day, or an instant with its wall time on the event's clock. */
export interface CalendarTime {
  all_day: boolean
  date: LocalDate
  /** `HH:MM:SS` on the clock. */
  time: string
  kind: 'utc' | 'zoned' | 'floating'
  clock: CalendarClock
  instant: Instant
  note: ClockNote
}

export interface ClockSource {
  project: CalendarClock
  clocks: ReadonlyMap<string, CalendarClock>
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Null where the time is no real day or names a zone that nobody defines (`unknown_zone`). */
export function calendarTime(value: ICAL.Time, tzid: string | null, source: ClockSource): CalendarTime | 'unknown_zone' | 'unreadable' {
  const date = `${String(value.year).padStart(4, '0')}-${two(value.month)}-${two(value.day)}`
  if (!isLocalDate(date)) return 'unreadable'
  if (value.isDate) {
    return {
      all_day: true,
      date,
      time: '00:00:00',
      kind: 'floating',
      clock: source.project,
      instant: fromLocal(date, '00:00', source.project.zone),
      note: null,
    }
  }
  const time = `${two(value.hour)}:${two(value.minute)}:${two(value.second)}`
  if (value.zone === ICAL.Timezone.utcTimezone) {
    const clock = zoneClock('UTC')
    return { all_day: false, date, time, kind: 'utc', clock, ...clock.place(date, time) }
  }
  if (tzid === null || tzid.trim() === '') {
    return { all_day: false, date, time, kind: 'floating', clock: source.project, ...source.project.place(date, time) }
  }
  const iana = ianaZoneOf(tzid)
  const clock = iana ? zoneClock(iana) : source.clocks.get(tzid)
  return clock ? { all_day: false, date, time, kind: 'zoned', clock, ...clock.place(date, time) } : 'unknown_zone'
}

/** A start moved by a DURATION: weeks and days on the clock, the rest exactly (RFC 5545, 3.3.6). */
export function afterDuration(start: CalendarTime, duration: ICAL.Duration): Instant {
  const sign = duration.isNegative ? -1 : 1
  const date = addDays(start.date, sign * (duration.weeks * 7 + duration.days))
  const base = start.all_day ? fromLocal(date, '00:00', start.clock.zone) : start.clock.place(date, start.time).instant
  return fromMs(toMs(base) + sign * (duration.hours * 60 + duration.minutes) * MINUTE + sign * duration.seconds * 1000)
}
