/** Where the axis of the timeline stands, in the address and from one period to the next. Pure; milliseconds are UTC. */
import { DAY, fromLocal, fromMs, HOUR, isLocalDate, shiftDays, toLocal, toMs } from '../../../shared/kernel/instants.ts'
import { zooms } from './timeline/timeline-props.ts'
import type { TimelineView, ZoomLevel } from './timeline/timeline-props.ts'

/** Usual width of an hour (ui 4.1). */
export const usualScale: Readonly<Record<ZoomLevel, number>> = { hour: 120, day: 34, week: 156 / 24, month: 36 / 24 }

export const readZoom = (text: string): ZoomLevel => zooms.find((zoom) => zoom === text) ?? 'day'

/** `2026-10-24` at midnight, else `2026-10-24T14:15`, on the clocks of the project. */
export function readFrom(text: string, zone: string): number | null {
  const [date = '', time = '00:00'] = text.split('T')
  return isLocalDate(date) && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? toMs(fromLocal(date, time, zone)) : null
}
export function writeFrom(start: number, zone: string): string {
  const { date, time } = toLocal(fromMs(start), zone)
  return time === '00:00' ? date : `${date}T${time}`
}

const scaleText = (pxPerHour: number): string => String(Math.round(pxPerHour * 100) / 100)

/** `start`: where the axis begins while the address does not say. */
export function readView(address: { zoom: string; from: string; scale: string }, zone: string, start: number): TimelineView {
  const level = readZoom(address.zoom)
  const scale = Number(address.scale)
  return { level, pxPerHour: Number.isFinite(scale) && scale > 0 ? scale : usualScale[level], start: readFrom(address.from, zone) ?? start }
}

/** Parameters that bring the same view back, to the minute. */
export function writeView({ level, pxPerHour, start }: TimelineView, zone: string): { zoom: string | null; from: string; scale: string | null } {
  return {
    zoom: level === 'day' ? null : level,
    from: writeFrom(start, zone),
    scale: scaleText(pxPerHour) === scaleText(usualScale[level]) ? null : scaleText(pxPerHour),
  }
}

/** The same place of the axis at another zoom: what was in the middle stays there. */
export function zoomed(view: TimelineView, level: ZoomLevel, width: number): TimelineView {
  const middle = view.start + (width / 2 / view.pxPerHour) * HOUR
  const pxPerHour = usualScale[level]
  return { level, pxPerHour, start: middle - (width / 2 / pxPerHour) * HOUR }
}

/** Hours a step goes at the hour zoom, days at the others. */
const HOURS_STEP = 6
const daysStep: Readonly<Record<Exclude<ZoomLevel, 'hour'>, number>> = { day: 1, week: 7, month: 28 }

/** The period before or after; whole days keep the time on the clock. */
export function stepped(view: TimelineView, step: 1 | -1, zone: string): TimelineView {
  const start = view.level === 'hour' ? view.start + step * HOURS_STEP * HOUR : toMs(shiftDays(fromMs(view.start), step * daysStep[view.level], zone))
  return { ...view, start }
}

/** Around an instant: it stands at a third of the width, on a whole hour (a whole day where days are narrow). */
export function around(at: number, level: ZoomLevel, pxPerHour: number, width: number, zone: string): number {
  const start = at - (width / 3 / pxPerHour) * HOUR
  if (level === 'hour' || level === 'day') return Math.floor(start / HOUR) * HOUR
  return toMs(fromLocal(toLocal(fromMs(start), zone).date, '00:00', zone))
}

/** Where a plan opens: on the days of the filter, on now when it is going on, else a little before its first work. */
export function opening(plan: { from: number; to: number; first: number | null }, days: { start: number }, now: number, level: ZoomLevel, pxPerHour: number, width: number, zone: string): number {
  if (Number.isFinite(days.start)) return days.start
  if (now >= plan.from && now < plan.to) return around(now, level, pxPerHour, width, zone)
  const first = plan.first ?? plan.from
  return level === 'hour' || level === 'day' ? Math.floor((first - HOUR) / HOUR) * HOUR : toMs(fromLocal(toLocal(fromMs(first), zone).date, '00:00', zone))
}

/** First and last local day on screen: a day of which nothing but its first minutes is seen is not one of them. */
export function daysSeen({ start, pxPerHour }: TimelineView, width: number, zone: string): { first: string; last: string } {
  const end = start + (width / pxPerHour) * HOUR
  const seen = Math.min(DAY / 24, (end - start) / 8)
  return { first: toLocal(fromMs(start), zone).date, last: toLocal(fromMs(Math.max(start, end - seen)), zone).date }
}
