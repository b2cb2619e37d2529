/** What changed between two plans, for each person: pure, by assignment and person. */
import { overlaps, type PlanLine, type Window } from './snapshot.ts'

/** What of an assignment is otherwise. `state` is the person's own answer going on: kept, but not told. */
export const changedParts = ['moved', 'call', 'place', 'role', 'mission', 'state'] as const
export type ChangedPart = (typeof changedParts)[number]

export interface PlanChange {
  kind: 'added' | 'removed' | 'changed'
  assignment_id: string
  person_id: string
  /** Empty when added or removed. */
  parts: ChangedPart[]
  before: PlanLine | null
  after: PlanLine | null
  /** Removed because the mission was canceled. */
  mission_canceled: boolean
}

export const lineKey = (line: PlanLine): string => `${line.id} ${line.person_id}`

const columns: Readonly<Record<ChangedPart, readonly (keyof PlanLine)[]>> = {
  moved: ['start_at', 'end_at', 'zone'], call: ['call_at'], place: ['place'], role: ['role', 'role_en'], mission: ['mission_id', 'title', 'day_code'], state: ['state', 'mission_status'],
}

export const changedIn = (before: PlanLine, after: PlanLine): ChangedPart[] =>
  changedParts.filter((part) => columns[part].some((column) => before[column] !== after[column]))

const first = (change: PlanChange): string => change.after?.start_at ?? change.before?.start_at ?? ''
const inOrder = (a: PlanChange, b: PlanChange): number => {
  const [one, other] = [`${a.person_id} ${first(a)} ${a.assignment_id}`, `${b.person_id} ${first(b)} ${b.assignment_id}`]
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * Differences from `before` to `after`, person by person in the order of time. A row given to somebody else is removed for the one and
 * added for the other. `canceled`: missions that do not take place any more.
 */
export function comparePlans(before: readonly PlanLine[], after: readonly PlanLine[], canceled: ReadonlySet<string> = new Set()): PlanChange[] {
  const former = new Map(before.map((line) => [lineKey(line), line]))
  const present = new Set(after.map(lineKey))
  const changes: PlanChange[] = []
  for (const line of before)
    if (!present.has(lineKey(line)))
      changes.push({ kind: 'removed', assignment_id: line.id, person_id: line.person_id, parts: [], before: line, after: null, mission_canceled: canceled.has(line.mission_id) })
  for (const line of after) {
    const was = former.get(lineKey(line)) ?? null
    const parts = was === null ? [] : changedIn(was, line)
    if (was !== null && parts.length === 0) continue
    changes.push({ kind: was === null ? 'added' : 'changed', assignment_id: line.id, person_id: line.person_id, parts, before: was, after: line, mission_canceled: false })
  }
  return changes.sort(inOrder)
}

/** Applies what `comparePlans(before, after)` gave to `before`: the lines of `after`, in no order. */
export function applyPlanChanges(before: readonly PlanLine[], changes: readonly PlanChange[]): PlanLine[] {
  const lines = new Map(before.map((line) => [lineKey(line), line]))
  for (const change of changes) {
    if (change.before) lines.delete(lineKey(change.before))
    if (change.after) lines.set(lineKey(change.after), change.after)
  }
  return [...lines.values()]
}

/** What a person is told of: anything but their own answer having gone on. */
export const toldChanges = (changes: readonly PlanChange[]): PlanChange[] =>
  changes.flatMap((change) => {
    if (change.kind !== 'changed') return [change]
    const parts = change.parts.filter((part) => part !== 'state')
    return parts.length === 0 ? [] : [{ ...change, parts }]
  })

/** A published plan, as what it said of whom. */
export interface SaidPlan extends Window {
  id: string
  published_at: string
  lines: readonly PlanLine[]
}

/**
 * What people know after these plans, oldest first: each takes the place of what was known of its window. `told` says who was told of
 * which plan; everybody else keeps what they knew.
 */
export function knownAfter(plans: readonly SaidPlan[], told: (plan: SaidPlan, person_id: string) => boolean): PlanLine[] {
  const known = new Map<string, Map<string, PlanLine>>()
  for (const plan of plans) {
    const named = new Set(plan.lines.map(({ id }) => id))
    for (const [person, lines] of known) {
      if (!told(plan, person)) continue
      for (const [id, line] of lines) if (overlaps(line, plan) || named.has(id)) lines.delete(id)
    }
    for (const [person, said] of Map.groupBy(plan.lines, (line) => line.person_id)) {
      if (!told(plan, person)) continue
      const lines = known.get(person) ?? new Map<string, PlanLine>()
      for (const line of said) lines.set(line.id, line)
      known.set(person, lines)
    }
  }
  return [...known.values()].flatMap((lines) => [...lines.values()])
}

/** What is known of the time of a plan, and of the assignments it names wherever they were: what it is compared with. */
export function knownOf(known: readonly PlanLine[], plan: Window & { lines: readonly PlanLine[] }): PlanLine[] {
  const named = new Set(plan.lines.map(({ id }) => id))
  return known.filter((line) => overlaps(line, plan) || named.has(line.id))
}
