/** `matter.list` and `matter.count`: derived once per person and commit, then only filtered. */
import type { Reader } from '../domain/operation.ts'
import { mattersOf, type Matter } from '../domain/matters/matters.ts'
import { matterColumns, type MatterColumn } from '../domain/matters/kinds.ts'
import { countMatters, listMatters, type Wanted } from '../domain/matters/operations.ts'
import { acceptance } from '../domain/engagement/model.ts'
import { location } from '../domain/locations/model.ts'
import { collaborator } from '../domain/people/model.ts'
import { mission, project } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'
import { MINUTE, toMs, type Instant } from '../kernel/instants.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { matterRows, missionName } from './matter-source.ts'
import { ownNotifications, refOf } from './notification-handlers.ts'
import type { Person } from './session.ts'

const DEFAULT_LIMIT = 200

interface Derived {
  matters: readonly Matter[]
  announced: number
  /** Work given up, which no commit announces. */
  failed: string
  at: Instant
}
/** A person stands for their rights: when these change, the core makes another. */
const known = new WeakMap<Person, Derived>()

/** Hours pass without a commit: what was derived is good for a minute. */
const fresh = (derived: Derived, announced: number, failed: string, now: Instant): boolean => derived.announced === announced && derived.failed === failed && Math.abs(toMs(now) - toMs(derived.at)) < MINUTE

async function mattersFor(reader: Reader, inner: Inner): Promise<Derived> {
  const announced = inner.conflicts.announced()
  const now = reader.call.now
  const former = known.get(inner.person)
  const jobs = inner.person.may('backup:run', null) ? await inner.failedJobs() : []
  const failed = jobs.map(({ key, stamp }) => `${key} ${stamp}`).join()
  if (former && fresh(former, announced, failed, now)) return former
  const derived = { matters: mattersOf(await matterRows(reader, inner, jobs)), announced, failed, at: now }
  known.set(inner.person, derived)
  return derived
}

/** A matter between projects belongs to each of them, and so does work given up on which the safety of all depends. */
const concerns = (one: Matter, projectId: string): boolean => one.project_id === projectId || one.kind === 'job_failed' || (one.conflict?.project_ids.includes(projectId) ?? false)

async function namesOf(reader: Reader, matters: readonly Matter[]) {
  const ids = (values: readonly (string | null)[]) => [...new Set(values.filter((value): value is Id => value !== null))]
  const of = (entity: string) => matters.flatMap(({ refs, subject }) => [...refs, ...(subject ? [subject] : [])].flatMap((ref) => (ref.entity === entity ? [ref.id] : [])))
  const conflicts = matters.flatMap(({ conflict }) => (conflict ? [conflict] : []))
  const people = await reader.getMany(collaborator, ids([...conflicts.map((one) => one.person_id), ...of('collaborator')]))
  const missions = await reader.getMany(mission, ids([...conflicts.flatMap((one) => one.mission_ids), ...of('mission')]))
  const locations = await reader.getMany(location, ids([...conflicts.map((one) => one.location_id), ...of('location')]))
  const projects = await reader.getMany(project, ids([...matters.map((one) => one.project_id), ...conflicts.flatMap((one) => one.project_ids)]))
  return {
    people: Object.fromEntries(people.map((one) => [one.id, one.display_name])),
    missions: Object.fromEntries(missions.map((one) => [one.id, missionName(one)])),
    locations: Object.fromEntries(locations.map((one) => [one.id, one.name])),
    projects: Object.fromEntries(projects.map((one) => [one.id, one.name])),
  }
}

/** What the person's inbox says already: their questions that are open, the plans that told them of changes. What was put aside there was said too. */
async function saidInInbox(reader: Reader, inner: Inner): Promise<(one: Matter) => boolean> {
  const own = await ownNotifications(reader, inner)
  const refs = (entity: string): Id[] => [...new Set(own.flatMap((row) => refOf(row, entity) ?? []))]
  const open = await reader.getMany(acceptance, refs('acceptance'))
  const asked = new Set<string>(open.flatMap((row) => (row.state === 'draft' || row.state === 'pending' ? [row.assignment_id] : [])))
  const plans = new Set<string>(refs('plan_publication'))
  return ({ kind, figures, act }) => (kind === 'answer_mine' && asked.has(act.id)) || (kind === 'plan_changed' && figures['own'] === true && plans.has(act.id))
}
const nothingSaid = (): boolean => false

const valuesOf = (wanted: Exclude<Wanted, { not: unknown }>): readonly (string | null)[] => (Array.isArray(wanted) ? wanted : [wanted])

function passes(value: string | null, wanted: Wanted): boolean {
  if (wanted !== null && typeof wanted === 'object' && 'not' in wanted) return !valuesOf(wanted.not).includes(value)
  return valuesOf(wanted).includes(value)
}

type Filter = Readonly<Record<string, Wanted | undefined>>

/** Passes each filter, but that of the column left aside. */
const leaves = (one: Matter, filter: Filter, aside: MatterColumn | null = null): boolean =>
  matterColumns.every((column) => {
    const wanted = filter[column]
    return column === aside || wanted === undefined || passes(one[column], wanted)
  })

/** A matter as it stands among those named. */
function among(named: readonly { id: string; fingerprint: string }[]): (one: Matter) => boolean {
  const known = new Map(named.map(({ id, fingerprint }) => [id, fingerprint]))
  return ({ id, fingerprint }) => known.get(id) === fingerprint
}

function facetOf(matters: readonly Matter[], column: MatterColumn): { value: string | null; count: number }[] {
  const counts = new Map<string | null, number>()
  for (const one of matters) counts.set(one[column], (counts.get(one[column]) ?? 0) + 1)
  return [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => other.count - one.count)
}

const tally = <K extends string>(values: readonly K[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

export const matterHandlers: readonly CoreHandler[] = [
  coreHandler(listMatters, async (reader, { project_id, without, only, filter = {}, facets = [], limit = DEFAULT_LIMIT, beside_inbox }, inner) => {
    const { matters, at } = await mattersFor(reader, inner)
    const isSaid = beside_inbox ? await saidInInbox(reader, inner) : nothingSaid
    const [aside, named] = [among(without ?? []), among(only ?? [])]
    const concerned = matters.filter((one) => (project_id === undefined || concerns(one, project_id)) && !aside(one) && (only === undefined || named(one)) && !isSaid(one))
    const found = concerned.filter((one) => leaves(one, filter))
    const shown = found.slice(0, limit)
    const names = await namesOf(reader, shown)
    const nameOf = { collaborator: names.people, mission: names.missions, location: names.locations }
    const items = shown.map(({ subject, ...one }) => ({ ...one, title: subject === null ? String(one.figures['source'] ?? '') : (nameOf[subject.entity][subject.id] ?? '') }))
    return {
      items, total: found.length, facets: Object.fromEntries(facets.map((column) => [column, facetOf(concerned.filter((one) => leaves(one, filter, column)), column)])), names, checked_at: at,
    }
  }),
  coreHandler(countMatters, async (reader, { project_id, without = [], beside_inbox }, inner) => {
    const { matters } = await mattersFor(reader, inner)
    const isSaid = beside_inbox ? await saidInInbox(reader, inner) : nothingSaid
    const aside = among(without)
    const open = matters.filter((one) => (project_id === undefined || concerns(one, project_id)) && !aside(one))
    const found = open.filter((one) => !isSaid(one))
    const handle = found.filter(({ group }) => group === 'handle')
    return {
      handle: handle.length, know: found.length - handle.length, severe: found.filter(({ severity }) => severity === 'severe').length,
      by_project: tally(open.flatMap((one) => (one.group !== 'handle' || one.project_id === null ? [] : [one.project_id]))),
    }
  }),
]
