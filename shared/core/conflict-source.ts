/** Loads from the store what conflicts are computed from: the inputs of the pure functions, for some owners or for all. */
import { inForce } from '../domain/costs/cost.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import type { Entity, Row } from '../domain/entity.ts'
import type { Reader, Where } from '../domain/operation.ts'
import { location } from '../domain/locations/model.ts'
import { organization, rateCard } from '../domain/organization/model.ts'
import { availability, certification, collaborator, collaboratorSkill } from '../domain/people/model.ts'
import type { Breathe, ConflictSourceRows } from '../domain/planning/conflict-index.ts'
import type { LocationInput } from '../domain/planning/location-conflicts.ts'
import type { MissionInput, OfferedRate } from '../domain/planning/mission-conflicts.ts'
import { assignment, dependency, mission, need, project } from '../domain/planning/model.ts'
import { isBusyTime } from '../domain/planning/busy.ts'
import type { BusyRow, PersonAssignment, PersonInput } from '../domain/planning/person-input.ts'
import { rulePacks } from '../domain/planning/rule-packs.ts'
import { takesTime, workedWindow } from '../domain/planning/worked.ts'
import { revision, runSheet, sheetSlot } from '../domain/runsheets/model.ts'
import { byId } from '../kernel/grouping.ts'
import type { Id } from '../kernel/ids.ts'
import { localDateOf, MINUTE, toMs } from '../kernel/instants.ts'
import type { Instant } from '../kernel/instants.ts'

type MissionRow = Row<typeof mission>
type AssignmentRow = Row<typeof assignment>
type Owners = readonly string[] | 'all'

const living: Where = { state: { not: 'canceled' } }
const among = (column: string, ids: Owners): Where => (ids === 'all' ? {} : { [column]: ids })

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string | null): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

/** The tables that people, missions and places are all computed from: a whole computation reads each once. */
interface Whole {
  missions: MissionRow[]
  projects: Row<typeof project>[]
  assignments: AssignmentRow[]
  needs: Row<typeof need>[]
}
const PORTION = 1_000
const SHEETS_AT_ONCE = 100

/** All rows in the order of their ids, portion by portion: what is written meanwhile is announced, and its owners computed again. */
async function readAll<E extends Entity>(reader: Reader, entity: E, breathe: Breathe): Promise<Row<E>[]> {
  const rows: Row<E>[] = []
  for (let last: string | null = null; ; ) {
    const portion: Row<E>[] = await reader.find(entity, last === null ? {} : { id: { gt: last } }, { sort: ['id'], limit: PORTION })
    for (const row of portion) rows.push(row)
    if (portion.length < PORTION) return rows
    last = String(portion.at(-1)?.['id'])
    await breathe()
  }
}

const readWhole = async (reader: Reader, breathe: Breathe): Promise<Whole> => ({
  missions: await readAll(reader, mission, breathe), projects: await readAll(reader, project, breathe), assignments: await readAll(reader, assignment, breathe),
  needs: await readAll(reader, need, breathe),
})

async function missionsOf(reader: Reader, rows: readonly { mission_id: Id }[], whole: Whole | null): Promise<ReadonlyMap<string, MissionRow>> {
  if (whole) return byId(whole.missions)
  return byId(await reader.getMany(mission, [...new Set(rows.map((row) => row.mission_id))]))
}

async function projectsOf(reader: Reader, rows: readonly { project_id: Id }[], whole: Whole | null): Promise<ReadonlyMap<string, Row<typeof project>>> {
  return byId(whole ? whole.projects : await reader.getMany(project, [...new Set(rows.map((row) => row.project_id))]))
}

export function personAssignmentOf(row: AssignmentRow, on: MissionRow, agreement: string | null, wanted: Row<typeof need> | undefined): PersonAssignment {
  return {
    id: row.id, project_id: row.project_id, mission_id: row.mission_id, mission_status: on.status, ...workedWindow(row), zone: on.zone, state: row.state,
    engagement_kind: row.engagement_kind, agreement, unpaid_break_minutes: row.unpaid_break_minutes, option_expires_at: row.option_expires_at,
    required_certification_kinds: wanted?.certification_kind_ids ?? [], required_skills: (wanted?.skill_ids ?? []).map((id) => ({ id, level: 1 })),
  }
}

async function loadPeople(reader: Reader, ids: Owners, whole: Whole | null, now: Instant, breathe: Breathe): Promise<PersonInput[]> {
  const rowsOf = <E extends Entity>(entity: E): Promise<Row<E>[]> => (ids === 'all' ? readAll(reader, entity, breathe) : reader.find(entity, { collaborator_id: ids }))
  const people = ids === 'all' ? await readAll(reader, collaborator, breathe) : await reader.getMany(collaborator, ids as readonly Id[])
  const assignments = (whole ? whole.assignments : await reader.find(assignment, { ...among('collaborator_id', ids), ...living })).filter(takesTime)
  const missions = await missionsOf(reader, assignments, whole)
  const projects = await projectsOf(reader, assignments, whole)
  const needs = byId(whole ? whole.needs : await reader.getMany(need, [...new Set(assignments.flatMap((row) => (row.need_id ? [row.need_id] : [])))]))
  const blocks = groupBy(await rowsOf(availability), (row) => row.collaborator_id)
  const held = groupBy(await rowsOf(certification), (row) => row.collaborator_id)
  const skills = groupBy(await rowsOf(collaboratorSkill), (row) => row.collaborator_id)
  const mine = groupBy(assignments, (row) => row.collaborator_id)
  const [home] = await reader.find(organization, {})
  return people.map((person) => ({
    person: { id: person.id, kind: person.kind, zone: home?.default_zone ?? 'UTC' },
    now,
    assignments: (mine.get(person.id) ?? []).flatMap((row) => {
      const on = missions.get(row.mission_id)
      return on ? [personAssignmentOf(row, on, projects.get(row.project_id)?.agreement ?? null, row.need_id ? needs.get(row.need_id) : undefined)] : []
    }),
    busy: (mine.get(person.id) ?? []).flatMap((row) => (isBusyTime(row) ? [busyRowOf(row)] : [])),
    availability: (blocks.get(person.id) ?? []).map((row) => ({ id: row.id, project_id: row.availability_project_id, kind: row.kind, start_at: row.start_at, end_at: row.end_at })),
    certifications: (held.get(person.id) ?? []).map(({ kind_id, issued_on, expires_on }) => ({ kind_id, issued_on, expires_on })),
    skills: (skills.get(person.id) ?? []).map(({ skill_id, level }) => ({ id: skill_id, level })),
    packs: rulePacks,
  }))
}

const busyRowOf = ({ id, start_at, end_at, state, unpaid_break_minutes }: AssignmentRow): BusyRow => ({
  id, start_at, end_at, strength: isAcceptedOrLater(state) ? 'firm' : 'option', worked_minutes: Math.max(0, Math.round((toMs(end_at) - toMs(start_at)) / MINUTE) - unpaid_break_minutes),
})

const rateOf = (row: AssignmentRow): OfferedRate | null =>
  row.rate_basis !== null && row.rate_minor !== null && row.rate_currency !== null ? { basis: row.rate_basis, amount_minor: row.rate_minor, currency: row.rate_currency } : null

async function loadMissions(reader: Reader, ids: Owners, whole: Whole | null, breathe: Breathe): Promise<MissionInput[]> {
  const missions = whole ? whole.missions : await reader.getMany(mission, ids as readonly Id[])
  const projects = await projectsOf(reader, missions, whole)
  const places = byId(ids === 'all' ? await readAll(reader, location, breathe) : await reader.getMany(location, [...new Set(missions.flatMap((row) => (row.location_id ? [row.location_id] : [])))]))
  const assigned = whole ? whole.assignments : await reader.find(assignment, among('mission_id', ids))
  const assignments = groupBy(assigned, (row) => row.mission_id)
  const needs = groupBy(whole ? whole.needs : await reader.find(need, among('mission_id', ids)), (row) => row.mission_id)
  const links = await reader.find(dependency, among('after_mission_id', ids))
  const waits = groupBy(links, (row) => row.after_mission_id)
  const befores = byId(links.length === 0 ? [] : await reader.getMany(mission, [...new Set(links.map((row) => row.before_mission_id))]))
  const cards = byId(ids === 'all' ? await reader.find(rateCard, {}) : await reader.getMany(rateCard, [...new Set(assigned.flatMap((row) => (row.rate_card_id ? [row.rate_card_id] : [])))]))
  const slots = await slotsOfLeadMissions(reader, ids, breathe)
  return missions.map((row) => {
    const home = projects.get(row.project_id)
    const place = row.location_id ? places.get(row.location_id) : undefined
    return {
      mission: { id: row.id, project_id: row.project_id, start_at: row.start_at, end_at: row.end_at, status: row.status, locked: row.locked },
      project: { id: row.project_id, start_at: home?.start_at ?? null, end_at: home?.end_at ?? null },
      location: place ? { id: place.id, status: place.status } : null,
      assignments: (assignments.get(row.id) ?? []).map((one) => {
        const card = one.rate_card_id ? cards.get(one.rate_card_id) : undefined
        return {
          id: one.id, person_id: one.collaborator_id, start_at: one.start_at, end_at: one.end_at, state: one.state, cancel_reason: one.cancel_reason, need_id: one.need_id,
          quantity: one.quantity, answers_accepted: one.answers_accepted, answers_refused: one.answers_refused, rate: rateOf(one),
          card_rate: card ? { basis: card.basis, amount_minor: card.amount_minor, currency: card.currency } : null,
          card_in_force: card === undefined || inForce(card, localDateOf(row.start_at, row.zone)),
        }
      }),
      needs: (needs.get(row.id) ?? []).map(({ id, head_count }) => ({ id, head_count })),
      dependencies: (waits.get(row.id) ?? []).flatMap((link) => {
        const before = befores.get(link.before_mission_id)
        return before ? [{ id: link.id, lag_minutes: link.lag_minutes, after: { id: before.id, end_at: before.end_at, status: before.status } }] : []
      }),
      slots: slots.get(row.id) ?? [],
      pending: [],
      stale: [],
    }
  })
}

/** Schedule rows of the current revision (draft first) of the sheets that these missions lead. */
async function slotsOfLeadMissions(reader: Reader, ids: Owners, breathe: Breathe): Promise<ReadonlyMap<string, MissionInput['slots'][number][]>> {
  const sheets = ids === 'all' ? await readAll(reader, runSheet, breathe) : await reader.find(runSheet, { lead_mission_id: ids })
  const revisions: Row<typeof revision>[] = []
  for (let at = 0; at < sheets.length; at += PORTION) {
    await breathe()
    revisions.push(...(await reader.find(revision, { sheet_id: sheets.slice(at, at + PORTION).map((sheet) => sheet.id), state: ['draft', 'validated', 'published'] })))
  }
  const rank = { draft: 0, validated: 1, published: 2, archived: 3 } as const
  const current = new Map<string, Row<typeof revision>>()
  for (const one of revisions) {
    const known = current.get(one.sheet_id)
    if (!known || rank[one.state] < rank[known.state]) current.set(one.sheet_id, one)
  }
  const leadOf = new Map(sheets.flatMap((sheet) => {
    const one = current.get(sheet.id)
    return one ? [[String(one.id), sheet.lead_mission_id] as const] : []
  }))
  const slots = new Map<string, MissionInput['slots'][number][]>()
  const wanted = [...leadOf.keys()]
  for (let at = 0; at < wanted.length; at += SHEETS_AT_ONCE) {
    await breathe()
    for (const row of await reader.find(sheetSlot, { revision_id: wanted.slice(at, at + SHEETS_AT_ONCE) })) {
      const lead = leadOf.get(row.revision_id)
      if (!lead) continue
      const slot = { id: row.id, start_at: row.start_at, end_at: row.end_at, location_id: null, location_shareable: true, owner_id: row.person }
      const known = slots.get(lead)
      if (known) known.push(slot)
      else slots.set(lead, [slot])
    }
  }
  return slots
}

async function loadLocations(reader: Reader, ids: Owners, whole: Whole | null, breathe: Breathe): Promise<LocationInput[]> {
  const places = ids === 'all' ? await readAll(reader, location, breathe) : await reader.getMany(location, ids as readonly Id[])
  const missions = whole ? whole.missions : await reader.find(mission, among('location_id', ids))
  const there = groupBy(missions, (row) => row.location_id)
  const crowds = groupBy((whole ? whole.assignments : await reader.find(assignment, { mission_id: missions.map((row) => row.id), ...living })).filter(takesTime), (row) => row.mission_id)
  return places.map((place) => {
    const here = there.get(place.id) ?? []
    return {
      location: { id: place.id, shareable: place.shareable, capacity: place.capacity },
      missions: here.map(({ id, project_id, start_at, end_at, status }) => ({ id, project_id, start_at, end_at, status })),
      assignments: here.flatMap((row) => crowds.get(row.id) ?? []).map(({ id, mission_id, start_at, end_at, state, quantity }) => ({ id, mission_id, start_at, end_at, state, quantity })),
    }
  })
}

/** A whole computation asks for people, then missions, then places (conflict-index.ts); what it read is let go with the last. */
export function conflictSource(reader: Reader, now: () => Instant, breathe: Breathe = () => undefined): ConflictSourceRows {
  let held: Whole | null = null
  const wholeFor = async (ids: Owners): Promise<Whole | null> => (ids === 'all' ? (held ??= await readWhole(reader, breathe)) : null)
  return {
    people: async (ids) => {
      if (ids === 'all') held = null
      return loadPeople(reader, ids, await wholeFor(ids), now(), breathe)
    },
    missions: async (ids) => loadMissions(reader, ids, await wholeFor(ids), breathe),
    locations: async (ids) => {
      const whole = await wholeFor(ids)
      if (ids === 'all') held = null
      return loadLocations(reader, ids, whole, breathe)
    },
  }
}
