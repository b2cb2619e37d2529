/** Instants (ms UTC) and pixels. Linear on UTC, so that a length drawn is always the length worked; only labels are local (ui 4.2). */
import { HOUR } from '../../../../shared/kernel/instants.ts'
import { zooms } from './timeline-props.ts'
import type { TimelineView, ZoomLevel } from './timeline-props.ts'

/** Pixels an hour of a level: least, usual, most (ui 4.1). Every width between the first least and the last most belongs to one level. */
export const ranges: Readonly<Record<ZoomLevel, { readonly least: number; readonly usual: number; readonly most: number }>> = {
  hour: { least: 60, usual: 120, most: 240 },
  day: { least: 24, usual: 34, most: 60 },
  week: { least: 90 / 24, usual: 156 / 24, most: 24 },
  month: { least: 16 / 24, usual: 36 / 24, most: 90 / 24 },
}

export const clampPx = (pxPerHour: number): number => Math.min(ranges.hour.most, Math.max(ranges.month.least, pxPerHour))

/** The level drawn at that many pixels an hour. */
export const levelOf = (pxPerHour: number): ZoomLevel => zooms.find((level) => pxPerHour >= ranges[level].least) ?? 'month'

export interface Scale {
  /** Instant at x = 0. */
  readonly origin: number
  readonly pxPerMs: number
}

export const scaleOf = (origin: number, pxPerHour: number): Scale => ({ origin, pxPerMs: pxPerHour / HOUR })
export const xOf = (scale: Scale, ms: number): number => (ms - scale.origin) * scale.pxPerMs
export const msAt = (scale: Scale, x: number): number => scale.origin + x / scale.pxPerMs

/** Zooms so that `anchor` (ms) stays where it is on the screen. */
export function zoomed(view: TimelineView, factor: number, anchor: number): TimelineView {
  const pxPerHour = clampPx(view.pxPerHour * factor)
  const start = anchor - ((anchor - view.start) * view.pxPerHour) / pxPerHour
  return { level: levelOf(pxPerHour), pxPerHour, start }
}
