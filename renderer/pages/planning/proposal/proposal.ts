/**
 * What a person is trying, before anything is written: what gestures ask (intents) is kept by bar, drawn as ghosts, and sent as
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

/** What is asked of one bar: its window, ms UTC, and whose it would be. */
export interface Wanted extends Span {
  /** null: their own. */
  readonly person: string | null
  /** Version of the row that the person saw when they asked. */
  readonly version: number
}
/** By id of assignment. */
export type Standing = ReadonlyMap<string, Wanted>
export const NOTHING_STANDS: Standing = new Map()

/** No end is brought closer than this to the other, in milliseconds; a bar that is shorter already keeps its length. */
export const SHORTEST = 15 * MINUTE

function resizedBy({ start, end }: Span, edge: 'start' | 'end', minutes: number): Span {
  const room = Math.max(0, Math.floor((end - start - SHORTEST) / MINUTE))
  return edge === 'start' ? { start: start + Math.min(minutes, room) * MINUTE, end } : { start, end: end + Math.max(minutes, -room) * MINUTE }
}

/** Where the intent puts the bar, whole days by the clock of its mission. */
function windowOf(intent: Intent, { start, end, mission: { zone } }: PlanBar): Span {
  switch (intent.kind) {
    case 'move': {
      const to = shifted({ start_at: fromMs(start), end_at: fromMs(end), call_at: null }, intent, zone)
      return { start: toMs(to.start_at), end: toMs(to.end_at) }
    }
    case 'resize':
      return resizedBy({ start, end }, intent.edge, intent.minutes)
    case 'set':
      return { start: intent.start, end: Math.max(intent.end, intent.start + MINUTE) }
  }
}

/** A move says whose the bar would be; another gesture leaves that as it stands. */
const personOf = (intent: Intent, bar: PlanBar, before: Wanted | undefined): string | null =>
  intent.kind === 'move' ? (intent.person === undefined || intent.person === bar.person.id ? null : intent.person) : (before?.person ?? null)

const isMoved = (bar: PlanBar, { start, end }: Span, person: string | null): boolean => start !== bar.start || end !== bar.end || (person !== null && person !== bar.person.id)

/** The proposal once this is asked too; a bar that is back where it was stands no more. */
export function withIntent(plan: Plan, standing: Standing, intent: Intent): Standing {
  const next = new Map(standing)
  for (const id of intent.kind === 'set' ? [intent.id] : intent.ids) {
    const bar = plan.barOf.get(id)
    if (!bar) continue
    const wanted = { ...windowOf(intent, bar), person: personOf(intent, bar, next.get(id)), version: bar.version }
    if (isMoved(bar, wanted, wanted.person)) next.set(id, wanted)
    else next.delete(id)
  }
  return next
}

/** Where each bar of the proposal would be, in the order of their ids; rows that are gone meanwhile have none. */
export function ghostsOf(plan: Plan, standing: Standing): readonly Ghost[] {
  return [...standing]
    .flatMap(([id, wanted]): Ghost[] => {
      const bar = plan.barOf.get(id)
      return bar === undefined ? [] : [{ id, start: wanted.start, end: wanted.end, person: wanted.person ?? bar.person.id }]
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

/** The commands that take words of their own, with these. */
export const withReason = (commands: readonly ProposedCommand[], reason: string): readonly ProposedCommand[] =>
  commands.map(({ operation, input }) => ({ operation, input: takesReason.has(operation) ? { ...input, reason } : input }))
const takesReason: ReadonlySet<string> = new Set(['assignment.change', 'assignment.change_rate', 'assignment.reassign', 'assignment.cancel'])
