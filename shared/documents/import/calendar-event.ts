import ICAL from 'ical.js'
import type { CalendarBlock, ContentLine } from './calendar-lines.ts'
import type { CalendarTime, ClockSource } from './calendar-times.ts'
import { calendarTime } from './calendar-times.ts'

export type CalendarProblemCode =
  | 'calendar.not_a_calendar'
  | 'calendar.event_not_closed'
  | 'calendar.start_missing'
  | 'calendar.time_unreadable'
  | 'calendar.zone_unknown'
  | 'calendar.line_unreadable'
  | 'calendar.rule_unreadable'
  | 'calendar.rule_endless'
  | 'calendar.too_many_instances'
  | 'calendar.range_not_followed'
  | 'calendar.superseded'

export interface CalendarProblem {
  code: CalendarProblemCode
  /** Line of the file, from 1. */
  line: number
  /** `error`: the event is left out (or cut short); `warning`: it is out, without that part. */
  severity: 'error' | 'warning'
  title: string | null
  found: string
}

export interface Attendee {
  name: string | null
  email: string | null
  /** `individual`, `group`, `room`, `resource`, as the file says; rooms are no persons. */
  kind: string
  declined: boolean
}

/** A VEVENT with what an import needs of it, recurrence not yet expanded. */
export interface ReadEvent {
  block: CalendarBlock
  uid: string | null
  sequence: number
  title: string
  description: string
  location: string
  categories: string[]
  canceled: boolean
  /** TRANSP:TRANSPARENT: it takes no time of its person. */
  transparent: boolean
  attendees: Attendee[]
  start: CalendarTime
  end: CalendarTime | null
  duration: ICAL.Duration | null
  rules: { rule: ICAL.Recur; line: number }[]
  added: { start: CalendarTime; end: CalendarTime | null; duration: ICAL.Duration | null }[]
  excluded: CalendarTime[]
  instead_of: CalendarTime | null
}

interface ReadLine {
  property: ICAL.Property
  source: ContentLine
}

const WANTED =
  /^(UID|SEQUENCE|SUMMARY|DESCRIPTION|LOCATION|CATEGORIES|STATUS|TRANSP|ATTENDEE|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID)(?=[;:])/i
const TIMES = new Set(['dtstart', 'dtend', 'duration', 'recurrence-id'])
const VALUE_OF = /:((?:\d{8}(?:T\d{6}Z?)?)(?:[,/].*)?)$/

/** Each date and time must be one that exists: the parser would carry month 13 over into the next year. */
function timesExist(text: string): boolean {
  const value = VALUE_OF.exec(text)?.[1]
  if (value === undefined) return true
  for (const found of value.matchAll(/(?<!\d)(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?/g)) {
    const [, year, month, day, hour = '0', minute = '0', second = '0'] = found
    const date = new Date(`${year}-${month}-${day}T00:00:00.000Z`)
    if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return false
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return false
  }
  return true
}

function readLines(
  block: CalendarBlock,
  problem: (code: CalendarProblemCode, line: number, severity: 'error' | 'warning', found: string) => void,
): ReadLine[] | null {
  const lines: ReadLine[] = []
  for (const source of block.lines) {
    const name = WANTED.exec(source.text)?.[1]?.toLowerCase()
    if (name === undefined) {
      if (!/^[A-Za-z0-9-]+[;:]/.test(source.text)) problem('calendar.line_unreadable', source.line, 'warning', source.text.slice(0, 80))
      continue
    }
    // Outlook and others write date-only values without saying VALUE=DATE.
    const text = source.text.replace(/^(DTSTART|DTEND|RECURRENCE-ID)((?:;TZID=[^:;]*)?):(\d{8})$/i, '$1;VALUE=DATE:$3')
    try {
      if ((TIMES.has(name) || name === 'rdate' || name === 'exdate') && !timesExist(text)) throw new Error('no such day or hour')
      const property = ICAL.Property.fromString(text)
      property.getValues()
      lines.push({ property, source })
    } catch {
      if (TIMES.has(name)) {
        problem('calendar.time_unreadable', source.line, 'error', source.text.slice(0, 80))
        return null
      }
      problem(
        name === 'rrule' ? 'calendar.rule_unreadable' : 'calendar.line_unreadable',
        source.line,
        name === 'rrule' ? 'error' : 'warning',
        source.text.slice(0, 80),
      )
      if (name === 'rrule') return null
    }
  }
  return lines
}

const parameter = (property: ICAL.Property, name: string): string | null => {
  const value: unknown = property.getParameter(name)
  return typeof value === 'string' ? value : Array.isArray(value) && typeof value[0] === 'string' ? value[0] : null
}

function attendee(property: ICAL.Property): Attendee {
  const address = String(property.getFirstValue() ?? '')
  const email = /^mailto:/i.test(address)
    ? address
        .replace(/^mailto:/i, '')
        .trim()
        .toLowerCase()
    : null
  const name =
    parameter(property, 'cn')
      ?.replace(/^['"]+|['"]+$/g, '')
      .trim() ?? null
  return {
    name: name === '' ? null : name,
    email: email === '' ? null : email,
    kind: (parameter(property, 'cutype') ?? 'INDIVIDUAL').toLowerCase(),
    declined: parameter(property, 'partstat')?.toUpperCase() === 'DECLINED',
  }
}

/** Reads one VEVENT; null when it must be left out, the reason being reported. */
export function readEvent(block: CalendarBlock, source: ClockSource, problems: CalendarProblem[]): ReadEvent | null {
  const title =
    block.lines
      .find((line) => /^SUMMARY[;:]/i.test(line.text))
      ?.text.replace(/^[^:]*:/, '')
      .slice(0, 80) ?? null
  const problem = (code: CalendarProblemCode, line: number, severity: 'error' | 'warning', found: string): null => {
    problems.push({ code, line, severity, title, found })
    return null
  }
  if (!block.closed) return problem('calendar.event_not_closed', block.line, 'error', title ?? 'BEGIN:VEVENT')
  const lines = readLines(block, problem)
  if (!lines) return null
  const first = (name: string): ReadLine | undefined => lines.find((line) => line.property.name === name)
  const text = (name: string): string => String(first(name)?.property.getFirstValue() ?? '').trim()

  const times = (line: ReadLine, value: unknown): CalendarTime | null => {
    if (!(value instanceof ICAL.Time)) return problem('calendar.time_unreadable', line.source.line, 'error', line.source.text.slice(0, 80))
    const time = calendarTime(value, parameter(line.property, 'tzid'), source)
    if (time === 'unknown_zone') return problem('calendar.zone_unknown', line.source.line, 'error', parameter(line.property, 'tzid') ?? '')
    if (time === 'unreadable') return problem('calendar.time_unreadable', line.source.line, 'error', line.source.text.slice(0, 80))
    return time
  }
  const single = (name: string): CalendarTime | null | undefined => {
    const line = first(name)
    return line ? times(line, line.property.getFirstValue()) : undefined
  }

  const start = single('dtstart')
  if (start === undefined) return problem('calendar.start_missing', block.line, 'error', title ?? 'no DTSTART')
  const end = single('dtend')
  const insteadOf = single('recurrence-id')
  if (!start || end === null || insteadOf === null) return null
  const replaced = first('recurrence-id')
  if (replaced && parameter(replaced.property, 'range'))
    problem('calendar.range_not_followed', replaced.source.line, 'warning', replaced.source.text.slice(0, 80))
  const duration = first('duration')?.property.getFirstValue()

  const event: ReadEvent = {
    block,
    uid: text('uid') || null,
    sequence: Number(text('sequence')) || 0,
    title: text('summary').replace(/\s+/g, ' '),
    description: text('description'),
    location: text('location').replace(/\s+/g, ' '),
    categories: [],
    canceled: text('status').toUpperCase() === 'CANCELLED',
    transparent: text('transp').toUpperCase() === 'TRANSPARENT',
    attendees: [],
    start,
    end: end ?? null,
    duration: duration instanceof ICAL.Duration ? duration : null,
    rules: [],
    added: [],
    excluded: [],
    instead_of: insteadOf ?? null,
  }
  for (const line of lines) {
    const values: unknown[] = line.property.getValues()
    for (const value of values) {
      if (line.property.name === 'categories') event.categories.push(String(value).trim())
      else if (line.property.name === 'rrule' && value instanceof ICAL.Recur) event.rules.push({ rule: value, line: line.source.line })
      else if (line.property.name === 'exdate') {
        const time = times(line, value)
        if (time) event.excluded.push(time)
      } else if (line.property.name === 'rdate') {
        const period = value instanceof ICAL.Period ? value : null
        const from = times(line, period ? period.start : value)
        const until = period?.end ? times(line, period.end) : null
        if (from) event.added.push({ start: from, end: until, duration: period?.duration ?? null })
      }
    }
    if (line.property.name === 'attendee') event.attendees.push(attendee(line.property))
  }
  event.categories = event.categories.filter((category) => category !== '')
  return event
}
