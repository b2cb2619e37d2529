/** The window of planning that a document is drawn from: what the page asks, with the rows that its filters leave. */
import type { z } from 'zod'
import { detail, refuse } from '../../../domain/errors.ts'
import { planningWindow } from '../../../domain/planning/window-operations.ts'
import { DAY, addDays, fromLocal, fromMs, localDateOf, toMs } from '../../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../../kernel/instants.ts'
import { mondayOf } from '../../../domain/planning/working-time.ts'
import { AssignmentLine, listed } from '../desk.ts'
import type { Desk } from '../desk.ts'

type Window = z.infer<typeof planningWindow.output>

/** One assignment of the window, whole. Times in ms UTC. */
export interface Bar {
  id: string
  person: Window['people'][number]
  mission: Window['missions'][number]
  role: Window['roles'][number] | null
  start: number
  end: number
  call: number | null
  state: string
  quantity: number
  part: string | null
}
export interface PlannedWindow {
  window: Window
  zone: string
  from: Instant
  to: Instant
  /** Not canceled, and left by the filters. */
  bars: readonly Bar[]
  /** Index of an assignment in the window's columns, by its id. */
  indexOf: ReadonlyMap<string, number>
}

/** A document longer than this is a mistake of dates. */
const MOST_DAYS = 400

export async function plannedWindow(desk: Desk): Promise<PlannedWindow> {
  const { project, timeline } = desk
  if (project === null) throw refuse('validation.reference', detail('project_id', 'required', 'a project'))
  if (timeline && (timeline.from >= timeline.to || toMs(timeline.to) - toMs(timeline.from) > MOST_DAYS * DAY)) throw refuse('validation.invalid', detail('timeline', 'window', `${MOST_DAYS} days at most`, `${timeline.from} / ${timeline.to}`))
  const window = planningWindow.output.parse(await desk.ask('planning.window', { project_id: project.id, ...(timeline ? { from: timeline.from, to: timeline.to } : {}) }))
  const left = desk.ids === null && Object.keys(desk.filtered?.filter ?? {}).length === 0 && !desk.filtered?.search ? null
    : new Set<string>((await listed(desk, 'assignment.list', AssignmentLine)).map((line) => line.id))
  const columns = window.assignments
  const indexOf = new Map(columns.id.map((id, index) => [id, index]))
  const bars = columns.id.flatMap((id, index): Bar[] => {
    const person = window.people[columns.person[index] ?? -1]
    const mission = window.missions[columns.mission[index] ?? -1]
    if (!person || !mission || mission.status === 'canceled' || columns.state[index] === 'canceled' || (left !== null && !left.has(id))) return []
    return [{
      id, person, mission, role: window.roles[columns.role[index] ?? -1] ?? null, start: columns.start[index] ?? 0, end: columns.end[index] ?? 0, call: columns.call[index] ?? null,
      state: columns.state[index] ?? '', quantity: columns.quantity[index] ?? 1, part: columns.part[index] ?? null,
    }]
  })
  return { window, zone: project.zone, from: timeline?.from ?? (window.from as Instant), to: timeline?.to ?? (window.to as Instant), bars, indexOf }
}

/** Local dates from the first instant to the last one before `to`. */
export function datesOf(from: Instant, to: Instant, zone: string): LocalDate[] {
  const last = localDateOf(fromMs(toMs(to) - 1), zone)
  const dates: LocalDate[] = []
  for (let date = localDateOf(from, zone); date <= last && dates.length <= MOST_DAYS; date = addDays(date, 1)) dates.push(date)
  return dates
}
export const mondaysOf = (dates: readonly LocalDate[]): LocalDate[] => [...new Set(dates.map(mondayOf))]
export const midnight = (date: LocalDate, zone: string): number => toMs(fromLocal(date, '00:00', zone))
