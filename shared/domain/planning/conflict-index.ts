/**
 * The conflicts of one organization in memory, kept current owner by owner: a commit says which people, missions and places it
 * touched, and only these are computed again. No database here: the caller gives loaders and acknowledgements.
 *
 * Law: after any sequence of `refresh` naming every owner touched, the index equals a fresh `full`.
 */
import type { Instant } from '../../kernel/instants.ts'
import { compareConflicts, isAcknowledged } from './conflicts.ts'
import type { Acknowledgement, Conflict, ConflictKind, Severity } from './conflicts.ts'
import { locationConflicts } from './location-conflicts.ts'
import type { LocationInput } from './location-conflicts.ts'
import { missionConflicts } from './mission-conflicts.ts'
import type { MissionInput } from './mission-conflicts.ts'
import { personConflicts } from './person-conflicts.ts'
import type { PersonInput } from './person-input.ts'

/** `all`: every living owner. An id that is not answered has no conflict any more. */
export interface ConflictSourceRows {
  people(ids: readonly string[] | 'all'): Promise<readonly PersonInput[]>
  missions(ids: readonly string[] | 'all'): Promise<readonly MissionInput[]>
  locations(ids: readonly string[] | 'all'): Promise<readonly LocationInput[]>
}

export interface Touched {
  readonly people?: readonly string[]
  readonly missions?: readonly string[]
  readonly locations?: readonly string[]
}

export interface ConflictFilter {
  readonly project_id?: string
  readonly mission_id?: string
  readonly person_id?: string
  readonly location_id?: string
  readonly kinds?: readonly ConflictKind[]
  readonly severities?: readonly Severity[]
  /** Absent: both. */
  readonly acknowledged?: boolean
}

export type ListedConflict = Conflict & { readonly acknowledged: boolean }

export interface ConflictCounts {
  readonly total: number
  readonly acknowledged: number
  /** Acknowledged ones included. */
  readonly by_severity: Readonly<Record<Severity, number>>
  /** Kinds that occur. */
  readonly by_kind: Readonly<Partial<Record<ConflictKind, number>>>
}

export interface ConflictIndex {
  /** Computes everything again. */
  full(): Promise<void>
  /** Computes the conflicts of these owners again. Calls take turns, in the order they were made. */
  refresh(touched: Touched): Promise<void>
  /** In the order of `compareConflicts`. */
  list(filter?: ConflictFilter): ListedConflict[]
  /** Every conflict that names this record. */
  of(record: { readonly entity: string; readonly id: string }): ListedConflict[]
  get(id: string): ListedConflict | null
  /** What is held of these owners. */
  held(owners: Touched | 'all'): ListedConflict[]
  counts(filter?: ConflictFilter): ConflictCounts
  /** The next instant at which time alone makes a conflict (an option expires), by person; refresh these people then. */
  nextDue(): { at: Instant; people: readonly string[] } | null
}

/** Between two pieces of a long computation: lets whoever waits be answered. Nothing when it is not yet time to. */
export type Breathe = () => Promise<void> | undefined

export function createConflictIndex(
  source: ConflictSourceRows,
  acknowledgementOf: (conflictId: string) => Acknowledgement | undefined = () => undefined,
  breathe: Breathe = () => undefined,
): ConflictIndex {
  let held = emptyHoldings()
  let turn: Promise<unknown> = Promise.resolve()

  // A slow load must not overwrite a later one; a failed one must not stop those behind it.
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const full = async (): Promise<void> => {
    const fresh = emptyHoldings()
    const each = async <T>(inputs: readonly T[], keep: (input: T) => void): Promise<void> => {
      for (const input of inputs) {
        await breathe()
        keep(input)
      }
    }
    await each(await source.people('all'), (input) => replacePerson(fresh, input))
    await each(await source.missions('all'), (input) => replace(fresh, `mission:${input.mission.id}`, missionConflicts(input)))
    await each(await source.locations('all'), (input) => replace(fresh, `location:${input.location.id}`, locationConflicts(input)))
    held = fresh
  }

  const refresh = async ({ people = [], missions = [], locations = [] }: Touched): Promise<void> => {
    // Everything is loaded before anything is replaced, so that a failed load leaves the index as it was.
    const loadedPeople = people.length > 0 ? await source.people(people) : []
    const loadedMissions = missions.length > 0 ? await source.missions(missions) : []
    const loadedLocations = locations.length > 0 ? await source.locations(locations) : []
    for (const id of people) forgetPerson(held, id)
    for (const id of missions) replace(held, `mission:${id}`, [])
    for (const id of locations) replace(held, `location:${id}`, [])
    for (const input of loadedPeople) replacePerson(held, input)
    for (const input of loadedMissions) replace(held, `mission:${input.mission.id}`, missionConflicts(input))
    for (const input of loadedLocations) replace(held, `location:${input.location.id}`, locationConflicts(input))
  }

  const listed = (conflict: Conflict): ListedConflict => ({
    ...conflict,
    acknowledged: isAcknowledged(conflict, acknowledgementOf(conflict.id)),
  })
  const matching = (filter: ConflictFilter): ListedConflict[] =>
    [...candidates(held, filter)]
      .filter((conflict) => meets(conflict, filter))
      .map(listed)
      .filter((conflict) => filter.acknowledged === undefined || conflict.acknowledged === filter.acknowledged)

  return {
    full: () => inTurn(full),
    refresh: (touched) => inTurn(() => refresh(touched)),
    list: (filter = {}) => matching(filter).sort(compareConflicts),
    of: ({ entity, id }) =>
      [...(held.naming.get(id) ?? [])]
        .filter((conflict) => conflict.records.some((record) => record.entity === entity && record.id === id))
        .map(listed)
        .sort(compareConflicts),
    get: (id) => {
      const conflict = held.byId.get(id)
      return conflict ? listed(conflict) : null
    },
    held: (owners) => (owners === 'all' ? [...held.byId.values()] : ownersOf(owners).flatMap((owner) => held.byOwner.get(owner) ?? [])).map(listed),
    counts: (filter = {}) => countsOf(matching(filter)),
    nextDue: () => {
      let at: Instant | null = null
      let people: string[] = []
      for (const [person, due] of held.due) {
        if (at === null || due < at) [at, people] = [due, [person]]
        else if (due === at) people.push(person)
      }
      return at === null ? null : { at, people: people.sort() }
    },
  }
}

const ownersOf = ({ people = [], missions = [], locations = [] }: Touched): string[] => [
  ...people.map((id) => `person:${id}`), ...missions.map((id) => `mission:${id}`), ...locations.map((id) => `location:${id}`),
]

/** The conflicts of these owners by the rows of `source`, kept nowhere: what the index would hold of them after a commit. */
export async function conflictsOf(source: ConflictSourceRows, owners: Touched | 'all'): Promise<Conflict[]> {
  const { people = [], missions = [], locations = [] } = owners === 'all' ? {} : owners
  const whole = owners === 'all'
  return [
    ...(whole || people.length > 0 ? await source.people(whole ? 'all' : people) : []).flatMap(personConflicts),
    ...(whole || missions.length > 0 ? await source.missions(whole ? 'all' : missions) : []).flatMap(missionConflicts),
    ...(whole || locations.length > 0 ? await source.locations(whole ? 'all' : locations) : []).flatMap(locationConflicts),
  ]
}

interface Holdings {
  readonly byOwner: Map<string, readonly Conflict[]>
  readonly byId: Map<string, Conflict>
  /** By every id named: project, mission, person, location, record. */
  readonly naming: Map<string, Set<Conflict>>
  /** The first option of a person still to expire. */
  readonly due: Map<string, Instant>
}

const emptyHoldings = (): Holdings => ({ byOwner: new Map(), byId: new Map(), naming: new Map(), due: new Map() })

/** Every id the conflict names, once. Ids are unique across entities, so one map finds by any of them. */
function idsNamedBy(conflict: Conflict): Set<string> {
  const ids = new Set<string>()
  for (const id of conflict.project_ids) ids.add(id)
  for (const id of conflict.mission_ids) ids.add(id)
  if (conflict.person_id !== null) ids.add(conflict.person_id)
  if (conflict.location_id !== null) ids.add(conflict.location_id)
  for (const record of conflict.records) if (record.id !== null) ids.add(record.id)
  return ids
}

function replace(held: Holdings, owner: string, conflicts: readonly Conflict[]): void {
  for (const conflict of held.byOwner.get(owner) ?? []) {
    held.byId.delete(conflict.id)
    for (const id of idsNamedBy(conflict)) {
      const set = held.naming.get(id)
      set?.delete(conflict)
      if (set?.size === 0) held.naming.delete(id)
    }
  }
  if (conflicts.length === 0) held.byOwner.delete(owner)
  else held.byOwner.set(owner, conflicts)
  for (const conflict of conflicts) {
    held.byId.set(conflict.id, conflict)
    for (const id of idsNamedBy(conflict)) {
      const set = held.naming.get(id)
      if (set) set.add(conflict)
      else held.naming.set(id, new Set([conflict]))
    }
  }
}

function forgetPerson(held: Holdings, id: string): void {
  replace(held, `person:${id}`, [])
  held.due.delete(id)
}

function replacePerson(held: Holdings, input: PersonInput): void {
  replace(held, `person:${input.person.id}`, personConflicts(input))
  let due: Instant | null = null
  for (const row of input.assignments) {
    const expires = row.option_expires_at
    if (row.state !== 'planned' || row.mission_status === 'canceled' || expires === null || expires <= input.now) continue
    if (due === null || expires < due) due = expires
  }
  if (due === null) held.due.delete(input.person.id)
  else held.due.set(input.person.id, due)
}

/** The smallest set known to hold everything the filter lets through. */
function candidates(held: Holdings, filter: ConflictFilter): Iterable<Conflict> {
  const ids = [filter.person_id, filter.mission_id, filter.location_id, filter.project_id].filter((id) => id !== undefined)
  if (ids.length === 0) return held.byId.values()
  const sets = ids.map((id) => held.naming.get(id) ?? new Set<Conflict>())
  return sets.reduce((smallest, set) => (set.size < smallest.size ? set : smallest))
}

function meets(conflict: Conflict, filter: ConflictFilter): boolean {
  if (filter.person_id !== undefined && conflict.person_id !== filter.person_id) return false
  if (filter.location_id !== undefined && conflict.location_id !== filter.location_id) return false
  if (filter.mission_id !== undefined && !conflict.mission_ids.includes(filter.mission_id)) return false
  if (filter.project_id !== undefined && !conflict.project_ids.includes(filter.project_id)) return false
  if (filter.kinds !== undefined && !filter.kinds.includes(conflict.kind)) return false
  return filter.severities === undefined || filter.severities.includes(conflict.severity)
}

function countsOf(conflicts: readonly ListedConflict[]): ConflictCounts {
  const by_severity = { info: 0, warning: 0, severe: 0 }
  const by_kind: Partial<Record<ConflictKind, number>> = {}
  let acknowledged = 0
  for (const conflict of conflicts) {
    by_severity[conflict.severity]++
    by_kind[conflict.kind] = (by_kind[conflict.kind] ?? 0) + 1
    if (conflict.acknowledged) acknowledged++
  }
  return { total: conflicts.length, acknowledged, by_severity, by_kind }
}
