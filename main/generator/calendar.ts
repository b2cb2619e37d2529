/** When the work of a project happens: days in order, and the window of each kind of day. No core here: dates in, windows out. */
import { addDays, fromLocal, fromMs, HOUR, MINUTE, offsetMinutes, toMs, type Instant, type LocalDate } from '../../shared/kernel/instants.ts'
import { isLong, type MissionKind, type Profile } from './profiles.ts'
import { shares, type Random } from './random.ts'

export interface DayDraft {
  kind: MissionKind
  date: LocalDate
}

const weekday = (date: LocalDate): number => new Date(`${date}T00:00:00.000Z`).getUTCDay()

/** `count` days of work of one project in the order of its phases, from `first` on; Sundays of a long project stay free. */
export function daysOf(random: Random, profile: Profile, first: LocalDate, count: number): DayDraft[] {
  const days: DayDraft[] = []
  const alone = isLong(profile)
  const weights = alone ? profile.phases.flatMap((phase) => Array.from({ length: phase.days }, () => phase.perDay)) : []
  const kinds = alone ? profile.phases.flatMap((phase) => Array.from({ length: phase.days }, () => phase.kind)) : []
  if (alone) {
    let date = first
    const long = kinds.length > 30
    for (const [index, missions] of shares(count, weights).entries()) {
      const kind = kinds[index] ?? 'show'
      if (long && weekday(date) === 0) date = addDays(date, 1)
      for (let made = 0; made < missions; made++) days.push({ kind, date })
      date = addDays(date, 1)
    }
    return days
  }
  let date = first
  for (const [index, part] of shares(count, profile.phases.map((phase) => phase.days * (0.7 + random.next() * 0.6))).entries())
    for (let made = 0; made < part; made++) {
      days.push({ kind: profile.phases[index]?.kind ?? 'show', date })
      date = addDays(date, random.chance(0.15) ? 2 : 1)
    }
  return days
}

/** Start on the clock and length in hours; several are drawn from. */
const windows: Readonly<Record<MissionKind, readonly (readonly [start: string, hours: number])[]>> = {
  prep: [['09:00', 9], ['10:00', 8]],
  build: [['08:00', 10], ['08:00', 9], ['13:00', 9]],
  rehearsal: [['14:00', 8], ['10:00', 8]],
  show: [['14:00', 9.5], ['13:30', 9.5], ['10:00', 8], ['15:00', 8.5], ['14:30', 9], ['11:00', 9], ['12:00', 9], ['16:30', 7], ['17:30', 8], ['13:00', 9]],
  shoot: [['07:30', 10], ['08:00', 10], ['08:00', 9.5], ['09:00', 10], ['07:00', 10.5], ['09:00', 10], ['08:30', 10], ['08:00', 10], ['16:00', 10]],
  strike: [['22:00', 7], ['08:00', 9], ['09:00', 8], ['08:00', 10], ['13:00', 8]],
  travel: [['08:00', 8], ['10:00', 6]],
  off: [['09:00', 8]],
}

export interface Window {
  start_at: Instant
  end_at: Instant
}

/** On the eve of a change of clocks some days are worked into the night, which lasts an hour more or less. */
export function windowOf(random: Random, { kind, date }: DayDraft, zone: string): Window {
  const noon = toMs(fromLocal(date, '12:00', zone))
  const changes = offsetMinutes(noon, zone) !== offsetMinutes(noon + 24 * HOUR, zone)
  const night = changes && kind !== 'travel' && kind !== 'prep' && random.chance(0.2)
  const [start, hours] = night ? (['20:30', 9] as const) : random.pick(windows[kind])
  const start_at = fromLocal(date, start, zone)
  const end = toMs(start_at) + hours * HOUR + (night ? (offsetMinutes(noon, zone) - offsetMinutes(noon + 24 * HOUR, zone)) * MINUTE : 0)
  return { start_at, end_at: fromMs(end) }
}

/** A part of a window: who comes later or leaves earlier, by half hours, keeping at least three hours. */
export function partOf(random: Random, window: Window): Window {
  const start = toMs(window.start_at)
  const end = toMs(window.end_at)
  const room = Math.max(0, Math.floor((end - start - 3 * HOUR) / (30 * MINUTE)))
  const late = random.between(0, Math.min(5, room))
  const early = random.between(0, Math.min(4, room - late))
  return { start_at: fromMs(start + late * 30 * MINUTE), end_at: fromMs(end - early * 30 * MINUTE) }
}
