/**
 * The conflicts of one person computed the slow way, written apart from the product: all pairs, and working time minute by minute on
 * an array, with local dates asked from Intl. Everything is on whole minutes since `base`.
 */
import { DAY, fromMs, MINUTE } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { Conflict } from '../../../shared/domain/planning/conflicts.ts'
import type { PersonInput } from '../../../shared/domain/planning/person-input.ts'
import { rulePacks } from '../../../shared/domain/planning/rule-packs.ts'

export interface PlannedWork {
  id: string
  /** null: a busy row. */
  project: string | null
  mission: string
  from: number
  minutes: number
  pause: number
  /** IDCC of the project, and how the person is engaged; none: the labour code. */
  agreement?: string
  engaged?: 'cddu_technician' | 'cddu_artist' | 'freelance'
  state: 'planned' | 'proposed' | 'accepted' | 'confirmed' | 'executed' | 'closed' | 'canceled'
}
export interface Block { id: string; project: string | null; kind: 'available' | 'unavailable'; from: number; minutes: number }
export interface Plan { zone: string; base: number; work: PlannedWork[]; blocks: Block[] }

/** Days looked at on each side of the plan, so that every week touched is whole. */
const MARGIN = 10
const RANGE_DAYS = 150
const dates = new Map<string, string[]>()

/** What the chapter of the law says, written here a second time: minutes, warning then severe. */
interface Limits { work: [number, number]; rest: [number, number]; span: [number, number]; pause: number; shortPause: number }
const code: Limits = { work: [600, 720], rest: [660, 540], span: [Infinity, Infinity], pause: 20, shortPause: 20 }
function limitsOf({ agreement, engaged = 'cddu_technician' }: PlannedWork): Limits {
  if (agreement !== '3097' || engaged === 'freelance') return code
  const film = { ...code, pause: 60, shortPause: 30 }
  return engaged === 'cddu_artist' ? { ...film, rest: [720, 540], span: [720, 780] } : film
}

/** Local date at each quarter from `MARGIN` days before `base`. */
function datesOf(zone: string, base: number): string[] {
  const key = `${zone} ${base}`
  const known = dates.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const made = Array.from({ length: RANGE_DAYS * 96 }, (_, quarter) => format.format(base - MARGIN * DAY + quarter * 15 * MINUTE))
  dates.set(key, made)
  return made
}

export function inputOf(plan: Plan): PersonInput {
  const at = (minute: number): Instant => fromMs(plan.base + minute * MINUTE)
  return {
    person: { id: 'ada', kind: 'person', zone: plan.zone },
    now: at(0),
    assignments: plan.work.filter((row) => row.project !== null).map((row) => ({
      id: row.id, project_id: row.project ?? '', mission_id: row.mission, mission_status: 'planned',
      start_at: at(row.from), end_at: at(row.from + row.minutes), zone: plan.zone, state: row.state,
      engagement_kind: row.engaged ?? 'cddu_technician', agreement: row.agreement ?? null, unpaid_break_minutes: row.pause,
      option_expires_at: null, required_certification_kinds: [], required_skills: [],
    })),
    busy: plan.work.filter((row) => row.project === null && row.state !== 'canceled').map((row) => ({
      id: row.id, start_at: at(row.from), end_at: at(row.from + row.minutes),
      strength: row.state === 'planned' || row.state === 'proposed' ? 'option' : 'firm', worked_minutes: Math.max(0, row.minutes - row.pause),
    })),
    availability: plan.blocks.map((block) => ({
      id: block.id, project_id: block.project, kind: block.kind, start_at: at(block.from), end_at: at(block.from + block.minutes),
    })),
    certifications: [], skills: [], packs: rulePacks,
  }
}

/** One line per conflict, comparable with `lineOf`. */
export function expectedLines(plan: Plan): string[] {
  const lines: string[] = []
  const work = plan.work.filter((row) => row.state !== 'canceled')
  const firm = (row: PlannedWork): boolean => ['accepted', 'confirmed', 'executed', 'closed'].includes(row.state)
  const say = (kind: string, severity: string, ids: string[], from: number, to: number, found: number | string): void => {
    lines.push([kind, severity, [...ids].sort().join('+'), from, to, found].join(' '))
  }

  work.forEach((a, index) => work.slice(index + 1).forEach((b) => {
    if (a.project === null && b.project === null) return
    const from = Math.max(a.from, b.from)
    const to = Math.min(a.from + a.minutes, b.from + b.minutes)
    if (from < to) say('person_overlap', ['info', 'warning', 'severe'][Number(firm(a)) + Number(firm(b))] ?? '', [a.id, b.id], from, to, '-')
  }))
  for (const row of work) {
    for (const block of plan.blocks) {
      if (row.project === null || block.kind === 'available' || (block.project !== null && block.project !== row.project)) continue
      const from = Math.max(row.from, block.from)
      const to = Math.min(row.from + row.minutes, block.from + block.minutes)
      if (from < to) say('unavailable', firm(row) ? 'severe' : 'warning', [row.id, block.id], from, to, '-')
    }
  }

  const local = datesOf(plan.zone, plan.base)
  const dateAt = (minute: number): string => local[Math.floor((minute + MARGIN * 1440) / 15)] ?? ''
  const last = Math.max(0, ...work.map((row) => row.from + row.minutes))
  const taken = new Array<boolean>(last + 1).fill(false)
  for (const row of work) for (let minute = row.from; minute < row.from + row.minutes; minute++) taken[minute] = true

  interface Day { date: string; from: number; to: number; minutes: number }
  const days: Day[] = []
  for (let minute = 0; minute < last; minute++) {
    if (!taken[minute]) continue
    const day = days.at(-1)
    const gap = day === undefined ? Infinity : minute - day.to
    const [starter] = work.filter((row) => row.from === minute).sort((a, b) => a.minutes - b.minutes || (a.id < b.id ? -1 : 1))
    const same = day !== undefined && gap < (starter === undefined ? Infinity : limitsOf(starter).rest[0]) && (gap <= 240 || dateAt(minute) === day.date)
    if (day !== undefined && same) {
      day.to = minute + 1
      day.minutes++
    } else days.push({ date: dateAt(minute), from: minute, to: minute + 1, minutes: 1 })
  }
  const rowsOf = (day: Day): PlannedWork[] => work.filter((row) => row.from >= day.from && row.from < day.to)
  /** Of the projects that may be read, each with its own rules: the one that protects most. */
  const strictest = (rows: PlannedWork[], better: (a: Limits, b: Limits) => boolean): Limits => {
    const own = rows.filter((row) => row.project !== null).map(limitsOf)
    return own.reduce((best, one) => (better(one, best) ? one : best), own[0] ?? code)
  }
  const concerns = (rows: PlannedWork[]): boolean => rows.some((row) => row.project !== null)
  /** Of a busy row only the worked minutes are known, and these are never below none. */
  const pauseOf = (row: PlannedWork): number => Math.min(row.pause, row.project === null ? row.minutes : Infinity)
  const workedIn = (day: Day): number => {
    let pauses = 0
    // A pause counts once per knot of overlapping shifts of one mission: the longest of the knot. Busy rows stand alone.
    const knots: PlannedWork[][] = []
    for (const row of rowsOf(day).filter((one) => one.pause > 0)) {
      const touching = knots.filter((knot) => knot.some((other) =>
        row.project !== null && other.project !== null && other.mission === row.mission
        && other.from < row.from + row.minutes && row.from < other.from + other.minutes))
      for (const knot of touching) knots.splice(knots.indexOf(knot), 1)
      knots.push([row, ...touching.flat()])
    }
    for (const knot of knots) pauses += Math.max(...knot.map(pauseOf))
    return Math.max(0, day.minutes - pauses)
  }

  days.forEach((day, index) => {
    const rows = rowsOf(day)
    const worked = workedIn(day)
    if (worked > 600 && concerns(rows)) say('day_long', worked > 720 ? 'severe' : 'warning', rows.map((row) => row.id), day.from, day.to, worked)
    const span = day.to - day.from
    const reach = strictest(rows, (a, b) => a.span[0] < b.span[0]).span
    if (span > reach[0] && concerns(rows)) say('day_long', span > reach[1] ? 'severe' : 'warning', rows.map((row) => row.id), day.from, day.to, span)
    if (worked >= 360 && concerns(rows)) {
      // Every run of free minutes inside the day, and every pause that was entered.
      const known = rows.filter((row) => pauseOf(row) > 0).map(pauseOf)
      let free = 0
      for (let minute = day.from; minute < day.to; minute++) {
        if (!taken[minute]) free++
        else {
          if (free > 0) known.push(free)
          free = 0
        }
      }
      const limits = strictest(rows, (a, b) => a.pause > b.pause)
      const asked = span <= 480 ? limits.shortPause : limits.pause
      if (known.length > 0 && Math.max(...known) < asked) say('rest_short', 'warning', rows.map((row) => row.id), day.from, day.to, Math.max(...known))
    }
    const next = days[index + 1]
    if (next === undefined) return
    const rest = next.from - day.to
    const enders = rows.filter((row) => row.from + row.minutes === day.to).sort((a, b) => (a.id < b.id ? -1 : 1))
    const starters = rowsOf(next).filter((row) => row.from === next.from).sort((a, b) => a.minutes - b.minutes || (a.id < b.id ? -1 : 1))
    const pair = [...enders.slice(0, 1), ...starters.slice(0, 1)]
    const [enough, least] = strictest(pair, (a, b) => a.rest[0] > b.rest[0]).rest
    if (rest < enough && concerns(pair)) say('rest_short', rest < least ? 'severe' : 'warning', pair.map((row) => row.id), day.to, next.from, rest)
  })

  const mondayBefore = (date: string): string => {
    let day = new Date(`${date}T12:00:00Z`)
    while (day.getUTCDay() !== 1) day = new Date(day.getTime() - DAY)
    return day.toISOString().slice(0, 10)
  }
  for (const monday of new Set(days.map((day) => mondayBefore(day.date)))) {
    const week = days.filter((day) => mondayBefore(day.date) === monday)
    const rows = week.flatMap(rowsOf)
    const from = Math.min(...week.map((day) => day.from))
    const to = Math.max(...week.map((day) => day.to))
    if (!concerns(rows)) continue
    const worked = week.reduce((sum, day) => sum + workedIn(day), 0)
    if (worked > 2880) say('week_long', worked > 3600 ? 'severe' : 'warning', rows.map((row) => row.id), from, to, worked)
    const dozen = Array.from({ length: 12 }, (_, back) => new Date(Date.parse(`${monday}T12:00:00Z`) - back * 7 * DAY).toISOString().slice(0, 10))
    const total = days.filter((day) => dozen.includes(mondayBefore(day.date))).reduce((sum, day) => sum + workedIn(day), 0)
    if (total > 12 * 2640) say('week_long', 'warning', rows.map((row) => row.id), from, to, Math.ceil(total / 12))
    // Weekly rest: each run of free minutes counts for its minutes in the week and at most eleven hours beyond.
    const first = local.findIndex((date) => date >= monday) * 15 - MARGIN * 1440
    const sunday = new Date(Date.parse(`${monday}T12:00:00Z`) + 6 * DAY).toISOString().slice(0, 10)
    const after = local.findIndex((date) => date > sunday) * 15 - MARGIN * 1440
    let best = 0
    let inside = 0
    let length = 0
    const starts = Math.min(0, first)
    for (let minute = starts; minute <= Math.max(last, after) + 1; minute++) {
      if (minute <= last && (taken[minute] ?? false)) {
        inside = 0
        length = 0
        continue
      }
      // Before the first and after the last known work the person rests without end.
      length += minute === starts || minute > last ? 100_000 : 1
      if (minute >= first && minute < after) inside++
      if (inside > 0) best = Math.max(best, Math.min(length, inside + 660))
    }
    if (best < 2100) say('rest_short', best < 1440 ? 'severe' : 'warning', rows.map((row) => row.id), from, to, best)
  }
  const worked = [...new Set(days.map((day) => day.date))].sort()
  const follows = (date: string): string => new Date(Date.parse(`${date}T12:00:00Z`) + DAY).toISOString().slice(0, 10)
  for (const first of worked.filter((date) => !worked.some((other) => follows(other) === date))) {
    const run = [first]
    for (let date = follows(first); worked.includes(date); date = follows(date)) run.push(date)
    const inRun = days.filter((day) => run.includes(day.date))
    const rows = inRun.flatMap(rowsOf)
    if (run.length > 6 && concerns(rows)) say('week_long', 'warning', rows.map((row) => row.id), Math.min(...inRun.map((day) => day.from)), Math.max(...inRun.map((day) => day.to)), run.length * 1440)
  }
  return lines.sort()
}

export function lineOf(conflict: Conflict, base: number): string {
  const minute = (instant: string | null): number => (Date.parse(instant ?? '') - base) / MINUTE
  const ids = conflict.records.map((record) => record.id).sort().join('+')
  return [conflict.kind, conflict.severity, ids, minute(conflict.start_at), minute(conflict.end_at), conflict.figures['found_minutes'] ?? '-'].join(' ')
}
