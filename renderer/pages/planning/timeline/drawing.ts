/** What the parts of the timeline draw alike: sizes, forms of states, words of a bar. */
import { HOUR, MINUTE, fromMs, offsetLabel, offsetMinutes } from '../../../../shared/kernel/instants.ts'
import type { Density } from '../../../app/preferences.ts'
import type { Format } from '../../../i18n/format.ts'
import type { Translate } from '../../../i18n/index.ts'
import { DEPARTMENTS } from '../../../tokens/pairs.ts'
import type { PlanBar, PlanConflict } from '../plan.ts'
import type { RowSizes } from './rows.ts'

/** px at usual text size (ui 3.4): axis of two lines, a lane of missions. */
export const AXIS = 48
export const MISSION_LANE = 30
export const NAMES = { least: 160, most: 420 } as const
/** px: narrowest bar, narrowest with its label inside, what a hand can hit, how near to an end resizes it. */
export const BAR = { least: 6, label: 44, target: 24, handle: 8 } as const

const sizes: Readonly<Record<Density, RowSizes>> = {
  compact: { bar: 22, pad: 6, header: 24 },
  comfortable: { bar: 26, pad: 10, header: 24 },
  touch: { bar: 32, pad: 12, header: 44 },
}
/** `scale`: size of text beside the usual one. */
export function sizesOf(density: Density, scale: number): RowSizes {
  const { bar, pad, header } = sizes[density]
  return { bar: Math.round(bar * scale), pad: Math.round(pad * scale), header: Math.round(header * scale) }
}

/** Name of the form a state is drawn in (ui 3.2): executed and closed are both done, closed with a padlock. */
export const formOf = (state: string): string => (state === 'executed' ? 'done' : state)

export const stripeOf = (department: string | null | undefined): string => {
  const token = DEPARTMENTS.find((code) => code === department?.toLowerCase())
  return token ? `var(--dept-${token})` : 'var(--neutral-border)'
}

const RANK = { info: 0, warning: 1, severe: 2 } as const
export const worstOf = (conflicts: readonly PlanConflict[]): PlanConflict['severity'] | null =>
  conflicts.reduce<PlanConflict['severity'] | null>((worst, { severity }) => (worst === null || RANK[severity] > RANK[worst] ? severity : worst), null)

export const timeOf = (format: Format, ms: number, zone: string): string => format.timeOf(fromMs(ms), zone)
export const dayOf = (format: Format, ms: number, zone: string): string => format.dayOf(fromMs(ms), zone)
export const offsetAt = (ms: number, zone: string): string => offsetLabel(offsetMinutes(ms, zone))
/** Offset of an interval; both where the clocks change within it. */
export const offsetsOf = (start: number, end: number, zone: string): string => [...new Set([offsetAt(start, zone), offsetAt(end, zone)])].join(' → ')
export const timesOf = (format: Format, start: number, end: number, zone: string): string => `${timeOf(format, start, zone)} – ${timeOf(format, end, zone)}`
export const lengthOf = (format: Format, ms: number): string => format.duration(fromMs(0), fromMs(Math.round(ms / MINUTE) * MINUTE))

/** `+45 min`, `−1 h 30`: how far something is moved. */
export const deltaOf = (format: Format, ms: number): string => `${ms < 0 ? '−' : '+'}${lengthOf(format, Math.abs(ms))}`

/** The same as it is said: `plus 45 minutes`. */
export const deltaSaid = (t: Translate, format: Format, ms: number): string => {
  const length = Math.abs(ms) < HOUR ? t('timeline.minutes', { count: Math.round(Math.abs(ms) / MINUTE) }) : lengthOf(format, Math.abs(ms))
  return t(ms < 0 ? 'timeline.earlier' : 'timeline.later', { length })
}

export const initialsOf = (name: string): string =>
  name.split(/\s+/).flatMap((word) => word[0] ?? []).slice(0, 2).join('').toUpperCase()

/** Minutes of the bars of a row, once where they overlap. */
export function workedMs(bars: readonly PlanBar[]): number {
  let [total, until] = [0, -Infinity]
  for (const { start, end, state } of bars) {
    if (state === 'canceled' || state === 'declined' || end <= until) continue
    total += end - Math.max(start, until)
    until = end
  }
  return total
}

/** Longest gap between two works of a chosen row that is worth a bracket. */
export const REST_SHOWN = 36 * HOUR
