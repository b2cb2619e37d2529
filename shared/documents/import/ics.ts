import ICAL from 'ical.js'
import { sha256 } from '../../kernel/hashing.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { DAY, addDays, fromLocal, fromMs, isLocalDate, toMs } from '../../kernel/instants.ts'
import type { Attendee, CalendarProblem, ReadEvent } from './calendar-event.ts'
import { readEvent } from './calendar-event.ts'
import { calendarBlocks, contentLines } from './calendar-lines.ts'
import type { CalendarClock, CalendarTime } from './calendar-times.ts'
import { afterDuration, fileClocks, zoneClock } from './calendar-times.ts'
import { decodeText } from './text-encoding.ts'
import type { ClockNote } from './times.ts'

export interface CalendarEvent {
  /** UID of the file, or one made from the content where it has none. */
  uid: string
  /** `uid`, followed by `/` and the original start for an instance of a series: the same in the next export. */
  external_id: string
  title: string
  description: string
  location: string
  categories: string[]
  starts_at: Instant
  /** Exclusive. Equal to the start where the file gives no length: the preview refuses those. */
  ends_at: Instant
  /** IANA zone in which it is shown; the project's for UTC, floating and whole-day events and for zones that only the file defines. */
  zone: string
  time_kind: 'utc' | 'zoned' | 'floating' | 'all_day'
  all_day: boolean
  canceled: boolean
  /** The person stays free meanwhile. */
  transparent: boolean
  recurring: boolean
  /** Single events come out whatever their date; this says that a window was given and does not meet them. */
  outside_window: boolean
  clock_note: ClockNote
  attendees: Attendee[]
  calendar: number
  line: number
}

export interface CalendarReading {
  calendars: number
  events: CalendarEvent[]
  problems: CalendarProblem[]
  /** Components that are not read, by name. */
  ignored: Record<string, number>
  /** Instances of recurring events that came out. */
  instances: number
  /** True when recurrence stopped at the cap. */
  capped: boolean
}

export interface CalendarOptions {
  /** Zone of floating and all-day events: the project's. */
  zone: string
  /** Recurring events are expanded inside it only. */
  window: { start: Instant; end: Instant }
  /** Most instances of recurring events over the whole file. */
  cap?: number
}

export const RECURRENCE_CAP = 2_000
/** Rules are walked from their start: enough for an hourly rule over eleven years, an end for a rule by the second. */
const STEPS_CAP = 100_000
/** Of all rules of a file together: a file full of rules without an end is read in seconds. */
const FILE_STEPS = 300_000
/** What finding the instant of one instance is worth, in steps. */
const PLACED = 10
/** Zones that one file defines for itself. */
const mostZones = 200

interface Occurrence {
  start: CalendarTime
  end: Instant
}

/** Reads a calendar file (A21). Never throws: what cannot be read is reported with its line, the rest comes out. */
export function readCalendar(source: Uint8Array | string, options: CalendarOptions): CalendarReading {
  const text = typeof source === 'string' ? source.replace(/\r\n?/g, '\n') : decodeText(source).text
  const blocks = calendarBlocks(contentLines(text))
  const reading: CalendarReading = {
    calendars: blocks.calendars,
    events: [],
    problems: [],
    ignored: blocks.ignored,
    instances: 0,
    capped: false,
  }
  if (blocks.calendars === 0 && blocks.events.length === 0) {
    reading.problems.push({ code: 'calendar.not_a_calendar', line: 1, severity: 'error', title: null, found: text.trim().slice(0, 40) })
    return reading
  }
  const project = zoneClock(options.zone)
  const steps: Steps = { left: FILE_STEPS }
  const zones = Map.groupBy(blocks.zones.slice(0, mostZones), (block) => block.calendar)
  const found = Map.groupBy(blocks.events, (block) => block.calendar)
  for (let calendar = 1; calendar <= Math.max(blocks.calendars, 1); calendar++) {
    const clocks = fileClocks(zones.get(calendar) ?? [], options.zone)
    const events: ReadEvent[] = []
    for (const block of found.get(calendar) ?? []) {
      const event = readEvent(block, { project, clocks }, reading.problems)
      if (event) events.push(event)
    }
    for (const group of byUid(events, reading.problems)) {
      try {
        expandGroup(group, options, reading, steps)
      } catch {
        // A rule that the standard forbids, a length beyond every calendar.
        const [event] = [...group.masters, ...group.instead.values()]
        reading.problems.push({
          code: event && event.rules.length > 0 ? 'calendar.rule_unreadable' : 'calendar.time_unreadable',
          line: event?.block.line ?? 1, severity: 'error', title: event?.title ?? null, found: group.uid.slice(0, 80),
        })
      }
    }
  }
  reading.problems.sort((a, b) => a.line - b.line)
  return reading
}

interface EventGroup {
  uid: string
  masters: ReadEvent[]
  /** Changed instances, by the instant that they replace. */
  instead: Map<Instant, ReadEvent>
}

const madeUid = (event: ReadEvent): string => `no-uid-${sha256(`${event.start.instant} ${event.title}`).slice(0, 16)}`

function byUid(events: readonly ReadEvent[], problems: CalendarProblem[]): EventGroup[] {
  const groups = new Map<string, EventGroup>()
  const superseded = (event: ReadEvent, uid: string): void => {
    problems.push({ code: 'calendar.superseded', line: event.block.line, severity: 'warning', title: event.title, found: uid })
  }
  for (const event of events) {
    const uid = event.uid ?? madeUid(event)
    const group: EventGroup = groups.get(uid) ?? { uid, masters: [], instead: new Map() }
    groups.set(uid, group)
    if (event.instead_of) {
      const former = group.instead.get(event.instead_of.instant)
      if (former) superseded(former.sequence > event.sequence ? event : former, uid)
      if (!former || former.sequence <= event.sequence) group.instead.set(event.instead_of.instant, event)
      continue
    }
    const former = group.masters[0]
    if (!former) group.masters.push(event)
    else if (event.uid === null) {
      // Two events without UID, of one start and title, are two lines of one thing.
      superseded(event, uid)
    } else {
      superseded(former.sequence > event.sequence ? event : former, uid)
      if (former.sequence <= event.sequence) group.masters = [event]
    }
  }
  return [...groups.values()]
}

function endOf(event: ReadEvent): Instant {
  if (event.end) {
    // Some programs end a whole day on itself; the standard says the day after.
    const sameDay = event.start.all_day && event.end.all_day && event.end.date === event.start.date
    return sameDay ? nextDay(event.start) : event.end.instant
  }
  if (event.duration) return afterDuration(event.start, event.duration)
  return event.start.all_day ? nextDay(event.start) : event.start.instant
}

const nextDay = (start: CalendarTime): Instant => fromLocal(addDays(start.date, 1), '00:00', start.clock.zone)

/** Length of the master as days on the clock for whole days, else exact, set on another start. */
function endFor(event: ReadEvent, start: CalendarTime): Instant {
  if (event.start.all_day) {
    const end = endOf(event)
    const days = Math.round((toMs(end) - toMs(event.start.instant)) / DAY)
    return fromLocal(addDays(start.date, days), '00:00', start.clock.zone)
  }
  if (event.duration && !event.end) return afterDuration(start, event.duration)
  return fromMs(toMs(start.instant) + toMs(endOf(event)) - toMs(event.start.instant))
}

const meets = (start: Instant, end: Instant, window: CalendarOptions['window']): boolean =>
  toMs(start) < toMs(window.end) && Math.max(toMs(end), toMs(start) + 1) > toMs(window.start)

function expandGroup(group: EventGroup, options: CalendarOptions, reading: CalendarReading, steps: Steps): void {
  const out = (event: ReadEvent, start: CalendarTime, end: Instant, externalId: string, recurring: boolean): void => {
    // Years of five digits are written otherwise, and would sort before the others.
    if (end.length !== start.instant.length) throw new RangeError('a length beyond every calendar')
    if (recurring) reading.instances++
    reading.events.push({
      uid: group.uid,
      external_id: externalId,
      title: event.title,
      description: event.description,
      location: event.location,
      categories: event.categories,
      starts_at: start.instant,
      ends_at: end,
      zone: start.kind === 'utc' ? options.zone : start.clock.zone,
      time_kind: start.all_day ? 'all_day' : start.kind,
      all_day: start.all_day,
      canceled: event.canceled,
      transparent: event.transparent,
      recurring,
      outside_window: !meets(start.instant, end, options.window),
      clock_note: start.note,
      attendees: event.attendees,
      calendar: event.block.calendar,
      line: event.block.line,
    })
  }
  const used = new Set<Instant>()
  for (const master of group.masters) {
    const recurs = master.rules.length > 0 || master.added.length > 0
    if (!recurs) {
      used.add(master.start.instant)
      out(master, master.start, endOf(master), group.uid, false)
      continue
    }
    for (const occurrence of occurrencesOf(master, options.window, reading, steps)) {
      const original = occurrence.start.instant
      const changed = group.instead.get(original)
      if (changed) used.add(original)
      const [start, end] = changed ? [changed.start, endOf(changed)] : [occurrence.start, occurrence.end]
      if (!meets(start.instant, end, options.window)) continue
      if (!roomLeft(reading, options, master)) break
      out(changed ?? master, start, end, `${group.uid}/${original}`, true)
    }
  }
  for (const [original, event] of group.instead) {
    if (used.has(original) || !meets(event.start.instant, endOf(event), options.window)) continue
    if (!roomLeft(reading, options, event)) break
    out(event, event.start, endOf(event), `${group.uid}/${original}`, true)
  }
}

function roomLeft(reading: CalendarReading, options: CalendarOptions, event: ReadEvent): boolean {
  const cap = options.cap ?? RECURRENCE_CAP
  if (reading.instances < cap) return true
  if (!reading.capped) {
    reading.capped = true
    reading.problems.push({
      code: 'calendar.too_many_instances',
      line: event.block.line,
      severity: 'error',
      title: event.title,
      found: `more than ${cap}`,
    })
  }
  return false
}

/** The set of a series in order: rules and added dates, less the excluded ones. */
function occurrencesOf(master: ReadEvent, window: CalendarOptions['window'], reading: CalendarReading, steps: Steps): Occurrence[] {
  const found = new Map<Instant, Occurrence>()
  const add = (start: CalendarTime, end: Instant): void => {
    if (!found.has(start.instant)) found.set(start.instant, { start, end })
  }
  add(master.start, endOf(master))
  for (const added of master.added) {
    const end = added.end?.instant ?? (added.duration ? afterDuration(added.start, added.duration) : endFor(master, added.start))
    add(added.start, end)
  }
  for (const { rule, line } of master.rules) {
    const walked = walkRule(rule, master.start, toMs(endOf(master)) - toMs(master.start.instant), window, steps)
    if (walked.cut) {
      reading.problems.push({
        code: 'calendar.rule_endless',
        line,
        severity: 'error',
        title: master.title,
        found: rule.toString().slice(0, 80),
      })
    }
    for (const start of walked.starts) add(start, endFor(master, start))
  }
  const excluded = new Set(master.excluded.filter((time) => !time.all_day).map((time) => time.instant))
  const excludedDays = new Set(master.excluded.filter((time) => time.all_day).map((time) => time.date))
  return [...found.values()]
    .filter(({ start }) => !excluded.has(start.instant) && !excludedDays.has(start.date))
    .sort((a, b) => (a.start.instant < b.start.instant ? -1 : 1))
}

const two = (value: number): string => String(value).padStart(2, '0')

/** UNTIL on the clock of the event: as an instant it would be compared with wall times. */
function untilOnClock(rule: ICAL.Recur, start: CalendarTime): void {
  const until = rule.until
  if (!until) return
  const plain = (date: LocalDate, time: string): ICAL.Time => ICAL.Time.fromDateTimeString(`${date}T${time}`)
  if (until.isDate) {
    if (start.all_day) return
    const date = `${String(until.year).padStart(4, '0')}-${two(until.month)}-${two(until.day)}`
    if (isLocalDate(date)) rule.until = plain(date, '23:59:59')
    return
  }
  if (until.zone !== ICAL.Timezone.utcTimezone) return
  const local = start.clock.read(fromMs(until.toUnixTime() * 1000))
  rule.until = start.all_day ? ICAL.Time.fromDateString(local.date) : plain(local.date, `${local.time}:${two(until.second)}`)
}

/** What is left to walk in a file. */
interface Steps {
  left: number
}
class Walked extends Error {}

/** Days that one step of a rule goes through, one by one. */
const daysOfStep: Readonly<Record<string, number>> = { SECONDLY: 1 / 86_400, MINUTELY: 1 / 1440, HOURLY: 1 / 24, DAILY: 1, WEEKLY: 7 }

function walkRule(
  source: ICAL.Recur,
  start: CalendarTime,
  lengthMs: number,
  window: CalendarOptions['window'],
  steps: Steps,
): { starts: CalendarTime[]; cut: boolean } {
  const rule = source.clone()
  untilOnClock(rule, start)
  const starts: CalendarTime[] = []
  const clock: CalendarClock = start.clock
  // Two days more than the window on both sides: the walk is in wall time.
  const from = fromMs(toMs(window.start) - Math.max(lengthMs, 0) - 2 * DAY).slice(0, 10)
  const stop = fromMs(toMs(window.end) + 2 * DAY).slice(0, 10)
  if (start.date > stop) return { starts, cut: false }
  // Looking for the first year of a rule is bounded by its last one.
  rule.until ??= start.all_day ? ICAL.Time.fromDateString(stop) : ICAL.Time.fromDateTimeString(`${stop}T23:59:59`)
  const price = 1 + Math.ceil(rule.interval * (daysOfStep[rule.freq] ?? 0))
  const pay = (count: number): boolean => (steps.left -= count) >= 0
  if (!pay(price + Number(stop.slice(0, 4)) - Number(start.date.slice(0, 4)))) return { starts, cut: true }
  const first = start.all_day ? ICAL.Time.fromDateString(start.date) : ICAL.Time.fromDateTimeString(`${start.date}T${start.time}`)
  const iterator = rule.iterator(first)
  // Days that a rule looks at and never takes (30 February) are steps too: the library would look for ever.
  const takes = iterator.check_contracting_rules.bind(iterator)
  const past = Number(stop.slice(0, 4))
  let looked = 0
  iterator.check_contracting_rules = () => {
    if (iterator.last.year > past || ++looked > STEPS_CAP || !pay(price)) throw new Walked()
    return takes()
  }
  try {
    for (;;) {
      const next: ICAL.Time | null = iterator.next()
      if (!next) return { starts, cut: false }
      const date = `${String(next.year).padStart(4, '0')}-${two(next.month)}-${two(next.day)}`
      if (!isLocalDate(date) || date > stop) return { starts, cut: false }
      if (date < from) continue
      if (!pay(PLACED)) throw new Walked()
      const time = start.all_day ? '00:00:00' : `${two(next.hour)}:${two(next.minute)}:${two(next.second)}`
      const placed = start.all_day ? { instant: fromLocal(date, '00:00', clock.zone), note: null } : clock.place(date, time)
      starts.push({ ...start, date, time, instant: placed.instant, note: placed.note })
    }
  } catch (error) {
    if (!(error instanceof Walked)) throw error
    return { starts, cut: iterator.last.year <= past }
  }
}
