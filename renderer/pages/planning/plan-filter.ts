/** Which rows of the plan a filter leaves, and how many rows each of its values would leave. Pure: nothing is asked. */
import { addDays, fromLocal, toMs } from '../../../shared/kernel/instants.ts'
import { passes } from '../../components/list/address.ts'
import type { Chosen, Days } from '../../components/list/address.ts'
import type { PlanBar, PlanConflict, PlanMission, PlanNeed } from './plan.ts'

export const facets = ['mission', 'department', 'state', 'location', 'role', 'person', 'engagement', 'waiting', 'untold', 'reconfirm'] as const
/** What a chip chooses values of, beside days and severity. */
export type Facet = (typeof facets)[number]

/** Values inside a facet are alternatives, facets hold together. */
export interface PlanChoice {
  /** Rows that go on at some moment of these local days. */
  readonly days: Days
  readonly zone: string
  readonly chosen: ReadonlyMap<Facet, Chosen>
  /** Rows with a conflict of this severity that nobody took note of; empty: all. */
  readonly severity: string
}

const valueIn: Readonly<Record<Facet, (bar: PlanBar) => string | null>> = {
  mission: ({ mission }) => mission.id,
  department: ({ role }) => role?.department_code ?? null,
  state: ({ state }) => state,
  location: ({ mission }) => mission.location?.id ?? null,
  role: ({ role }) => role?.id ?? null,
  person: ({ person }) => person.id,
  engagement: ({ engagement }) => engagement,
  waiting: ({ state }) => String(state === 'proposed'),
  untold: ({ untold }) => String(untold),
  reconfirm: ({ reconfirm }) => String(reconfirm),
}
/** What a post to fill can be told by; the other facets speak of people. */
const valueOfNeed: Readonly<Partial<Record<Facet, (need: PlanNeed) => string | null>>> = {
  mission: ({ mission }) => mission.id,
  department: ({ role }) => role?.department_code ?? null,
  location: ({ mission }) => mission.location?.id ?? null,
  role: ({ role }) => role?.id ?? null,
}

interface Times {
  readonly start: number
  readonly end: number
}
type Test<Row> = (row: Row) => boolean

/** Milliseconds UTC; an open end is infinite. */
export function boundsOf({ from, to }: Days, zone: string): Times {
  return { start: from ? toMs(fromLocal(from, '00:00', zone)) : Number.NEGATIVE_INFINITY, end: to ? toMs(fromLocal(addDays(to, 1), '00:00', zone)) : Number.POSITIVE_INFINITY }
}

const within = ({ start, end }: Times): Test<Times> => (row) => row.start < end && row.end > start
const unheeded = (severity: string): Test<PlanConflict> => (conflict) => conflict.severity === severity && !conflict.acknowledged
const all = <Row>(tests: readonly Test<Row>[]): Test<Row> => (row) => tests.every((test) => test(row))

const daysTest = ({ days, zone }: PlanChoice): Test<Times>[] => (days.from || days.to ? [within(boundsOf(days, zone))] : [])

/** `but`: the facet (or `severity`) left out, so that what it could choose is counted. */
export function barTest(choice: PlanChoice, but?: Facet | 'severity'): Test<PlanBar> {
  const tests: Test<PlanBar>[] = [...daysTest(choice)]
  for (const [facet, chosen] of choice.chosen) {
    if (facet !== but && chosen.values.length > 0) tests.push((bar) => passes(chosen, valueIn[facet](bar)))
  }
  if (choice.severity !== '' && but !== 'severity') tests.push(({ conflicts }) => conflicts.some(unheeded(choice.severity)))
  return all(tests)
}

/** A post to fill has no person and no state: what asks for one leaves it out, what takes one away does not. */
export function needTest(choice: PlanChoice): Test<PlanNeed> {
  const tests: Test<PlanNeed>[] = [...daysTest(choice)]
  for (const [facet, chosen] of choice.chosen) {
    if (chosen.values.length === 0) continue
    const value = valueOfNeed[facet]
    tests.push(value ? (need) => passes(chosen, value(need)) : () => chosen.not)
  }
  if (choice.severity !== '') tests.push(() => false)
  return all(tests)
}

/** Rows per value of a facet under the other filters, the most frequent first. */
export function countsOf(bars: readonly PlanBar[], choice: PlanChoice, facet: Facet): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>()
  const stays = barTest(choice, facet)
  for (const bar of bars) {
    if (!stays(bar)) continue
    const value = valueIn[facet](bar)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return new Map([...counts].sort(([, one], [, other]) => other - one))
}

/** Conflicts of the rows that the other filters leave: each once, however many rows it names. */
export function conflictsOf(bars: readonly PlanBar[], choice: PlanChoice): readonly PlanConflict[] {
  const stays = barTest(choice, 'severity')
  const found = new Set<PlanConflict>()
  for (const bar of bars) if (bar.conflicts.length > 0 && stays(bar)) for (const conflict of bar.conflicts) found.add(conflict)
  return [...found]
}

/** Missions of the days, places and names chosen; once people are asked for, those that keep a row or a post. */
export function missionTest(choice: PlanChoice, bars: readonly PlanBar[], needs: readonly PlanNeed[]): Test<PlanMission> {
  const tests: Test<PlanMission>[] = [...daysTest(choice)]
  let peopled = choice.severity !== ''
  for (const [facet, chosen] of choice.chosen) {
    if (chosen.values.length === 0) continue
    if (facet === 'mission') tests.push(({ id }) => passes(chosen, id))
    else if (facet === 'location') tests.push(({ location }) => passes(chosen, location?.id ?? null))
    else if (!chosen.not) peopled = true
  }
  if (peopled) {
    const kept = new Set([...bars, ...needs].map(({ mission }) => mission.id))
    tests.push(({ id }) => kept.has(id))
  }
  return all(tests)
}
