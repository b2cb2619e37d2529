/**
 * What a person is trying, before anything is written: gestures (intents) are gathered by bar, drawn as ghosts, and sent as
 * `assignment.change`. Pure. The command says absolute windows in the order of the ids, so that a drag, keys and typed times that come to
 * the same windows are the same bytes.
 */
import type { z } from 'zod'
import { bulkRows } from '../../../../shared/domain/operation.ts'
import type { changeAssignments } from '../../../../shared/domain/planning/change-operations.ts'
import { shifted } from '../../../../shared/domain/planning/moving.ts'
import type { previewProposal } from '../../../../shared/domain/planning/proposal-operations.ts'
import { fromMs, MINUTE, toMs } from '../../../../shared/kernel/instants.ts'
import type { Plain } from '../../../app/client.ts'
import type { Plan, PlanBar } from '../plan.ts'
import type { Ghost, Intent } from './intent.ts'

/** A command as `proposal.preview` and `proposal.apply` take it. */
export type ProposedCommand = Plain<z.infer<typeof previewProposal.input>>['commands'][number]
type Change = Plain<z.infer<typeof changeAssignments.input>>['changes'][number]

interface Span {
  readonly start: number
  readonly end: number
}

/** What is asked of one bar. Sums rather than a window: a week and back again is where it was, whatever the clocks did between. */
export interface Wanted {
  /** As the bar was when the gesture began, or as typed since. Milliseconds UTC. */
  readonly base: Span
  readonly days: number
  readonly minutes: number
  readonly startMinutes: number
  readonly endMinutes: number
  /** null: their own. */
  readonly person: string | null
  /** Version of the row that the person saw. */
  readonly version: number
}
/** By id of assignment. */
export type Standing = ReadonlyMap<string, Wanted>
export const NOTHING_STANDS: Standing = new Map()

/** No end is brought closer than this to the other, in milliseconds; a bar that is shorter already keeps its length. */
export const SHORTEST = 15 * MINUTE

const begun = (bar: PlanBar): Wanted => ({ base: { start: bar.start, end: bar.end }, days: 0, minutes: 0, startMinutes: 0, endMinutes: 0, person: null, version: bar.version })

/** Where the bar would be, whole days by the clock of its mission. Milliseconds UTC. */
export function windowOf({ base, days, minutes, startMinutes, endMinutes }: Wanted, zone: string): Span {
  const { start_at, end_at } = shifted({ start_at: fromMs(base.start), end_at: fromMs(base.end), call_at: null }, { days, minutes }, zone)
  return { start: toMs(start_at) + startMinutes * MINUTE, end: toMs(end_at) + endMinutes * MINUTE }
}

function resizedBy(wanted: Wanted, edge: 'start' | 'end', minutes: number, zone: string): Wanted {
  const now = windowOf(wanted, zone)
  // In whole minutes: what is typed may have none of them, and a bar shorter than the shortest keeps its length.
  const room = Math.max(0, Math.floor((now.end - now.start - SHORTEST) / MINUTE))
  return edge === 'start' ? { ...wanted, startMinutes: wanted.startMinutes + Math.min(minutes, room) } : { ...wanted, endMinutes: wanted.endMinutes + Math.max(minutes, -room) }
}

function follow(wanted: Wanted, intent: Intent, bar: PlanBar): Wanted {
  if (intent.kind === 'resize') return resizedBy(wanted, intent.edge, intent.minutes, bar.mission.zone)
  if (intent.kind === 'set') return { ...begun(bar), base: { start: intent.start, end: Math.max(intent.end, intent.start + MINUTE) }, person: wanted.person, version: wanted.version }
  const person = intent.person === undefined ? wanted.person : intent.person === bar.person.id ? null : intent.person
  return { ...wanted, days: wanted.days + intent.days, minutes: wanted.minutes + intent.minutes, person }
}

const isMoved = (bar: PlanBar, { start, end }: Span, person: string | null): boolean => start !== bar.start || end !== bar.end || (person !== null && person !== bar.person.id)

/** The proposal once one more gesture is made on top of what stands; what is back where it was stands no more. */
export function withIntent(plan: Plan, standing: Standing, intent: Intent): Standing {
  const next = new Map(standing)
  for (const id of intent.kind === 'set' ? [intent.id] : intent.ids) {
    const bar = plan.barOf.get(id)
    if (!bar) continue
    const wanted = follow(next.get(id) ?? begun(bar), intent, bar)
    if (isMoved(bar, windowOf(wanted, bar.mission.zone), wanted.person)) next.set(id, wanted)
    else next.delete(id)
  }
  return next
}

/** Where each bar of the proposal would be, in the order of their ids; rows that are gone meanwhile have none. */
export function ghostsOf(plan: Plan, standing: Standing): readonly Ghost[] {
  return [...standing]
    .flatMap(([id, wanted]): Ghost[] => {
      const bar = plan.barOf.get(id)
      return bar === undefined ? [] : [{ id, ...windowOf(wanted, bar.mission.zone), person: wanted.person ?? bar.person.id }]
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** The one gesture, in chunks of at most 500 rows; nothing in it that stays as it is. */
export function commandsOf(plan: Plan, ghosts: readonly Ghost[]): readonly ProposedCommand[] {
  const changes = ghosts.flatMap(({ id, start, end, person }): Change[] => {
    const bar = plan.barOf.get(id)
    if (bar === undefined || !isMoved(bar, { start, end }, person)) return []
    return [{
      id, version: bar.version,
      ...(start === bar.start ? {} : { start_at: fromMs(start) }),
      ...(end === bar.end ? {} : { end_at: fromMs(end) }),
      ...(person === bar.person.id ? {} : { collaborator_id: person }),
    }]
  })
  return inChunks(changes).map((chunk) => ({ operation: 'assignment.change', input: { changes: chunk } }))
}

/** At most so many rows a command (decision C26). */
export function inChunks<T>(rows: readonly T[]): readonly T[][] {
  const chunks: T[][] = []
  for (let from = 0; from < rows.length; from += bulkRows) chunks.push(rows.slice(from, from + bulkRows))
  return chunks
}

/** Bars of the proposal that somebody wrote since it was begun (`changed`) or that are no longer in the plan (`gone`). */
export function metMeanwhile(plan: Plan, standing: Standing): { readonly changed: readonly PlanBar[]; readonly gone: number } {
  const changed: PlanBar[] = []
  let gone = 0
  for (const [id, { version }] of standing) {
    const bar = plan.barOf.get(id)
    if (bar === undefined) gone++
    else if (bar.version !== version) changed.push(bar)
  }
  return { changed, gone }
}
