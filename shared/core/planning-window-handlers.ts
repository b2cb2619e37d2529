/** The window of a planning: what the asker may read of a project between two instants, as columns (docs/decisions/0009, point 1). */
import type { z } from 'zod'
import { detail, refuse } from '../domain/errors.ts'
import { veil, type RecordRef } from '../domain/planning/conflicts.ts'
import { holidaysBetween } from '../domain/planning/holidays/holidays.ts'
import { coverageOf } from '../domain/planning/mission-page.ts'
import { project } from '../domain/planning/model.ts'
import { untoldIn } from '../domain/publication/untold.ts'
import { planningWindow } from '../domain/planning/window-operations.ts'
import { fromMs, localDateOf, toMs, type Instant } from '../kernel/instants.ts'
import { knowsBusy } from './calendar-handlers.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { blocksOf, busyOf, crewOf, drawnRows, latestPublication, placesOf, sheetNumbersOf, type Covering, type Drawn } from './planning-window-rows.ts'

type Window = z.infer<typeof planningWindow.output>

const NONE = -1
/** Places by id in an array of the answer. */
function placesIn(rows: readonly { readonly id: string }[]): (id: string | null) => number {
  const places = new Map(rows.map((row, place) => [row.id, place]))
  return (id) => (id === null ? NONE : (places.get(id) ?? NONE))
}
type PlaceOf = ReturnType<typeof placesIn>
const found = (place: number): boolean => place !== NONE
const maybeMs = (instant: Instant | null): number | null => (instant === null ? null : toMs(instant))

/** The asked window; a side that was not asked for lies where the last row lies. */
function lookedAt(asked: { from?: Instant | undefined; to?: Instant | undefined }, own: { start_at: Instant; end_at: Instant }, drawn: Drawn): { from: Instant; to: Instant } {
  let [from, to] = [own.start_at, own.end_at]
  const hold = (start: Instant, end: Instant): void => {
    if (start < from) from = start
    if (end > to) to = end
  }
  for (const row of drawn.assignments) hold(row.start_at, row.end_at)
  for (const row of drawn.missions) hold(row.start_at, row.end_at)
  for (const { at } of drawn.milestones) hold(at, at)
  return { from: asked.from ?? from, to: asked.to ?? to }
}

function columnsOf({ assignments }: Drawn, places: Record<'person' | 'mission' | 'role' | 'need', PlaceOf>, untold: ReadonlySet<string>): Window['assignments'] {
  return {
    id: assignments.map((row) => row.id),
    version: assignments.map((row) => row.version),
    person: assignments.map((row) => places.person(row.collaborator_id)),
    mission: assignments.map((row) => places.mission(row.mission_id)),
    role: assignments.map((row) => places.role(row.crew_role_id)),
    need: assignments.map((row) => places.need(row.need_id)),
    start: assignments.map((row) => toMs(row.start_at)),
    end: assignments.map((row) => toMs(row.end_at)),
    call: assignments.map((row) => maybeMs(row.call_at)),
    state: assignments.map((row) => row.state),
    engagement: assignments.map((row) => row.engagement_kind),
    quantity: assignments.map((row) => row.quantity),
    accepted: assignments.map((row) => row.answers_accepted),
    refused: assignments.map((row) => row.answers_refused),
    is_lead: assignments.map((row) => row.is_lead),
    part: assignments.map((row) => row.part),
    option_rank: assignments.map((row) => row.option_rank),
    option_expires: assignments.map((row) => maybeMs(row.option_expires_at)),
    reconfirm: assignments.map((row) => row.reconfirm_since !== null),
    untold: assignments.map((row) => untold.has(row.id)),
  }
}

function needsOf({ needs, missions, covering }: Drawn, mission: PlaceOf, role: PlaceOf): Window['needs'] {
  const on = Map.groupBy<string, Covering>(covering, (row) => row.mission_id)
  return needs.flatMap((row) => {
    const place = mission(row.mission_id)
    const own = missions[place]
    if (own === undefined) return []
    return [{
      id: row.id, mission: place, role: role(row.crew_role_id), head_count: row.head_count, ...coverageOf(row, on.get(row.mission_id) ?? []),
      start: toMs(row.start_at ?? own.start_at), end: toMs(row.end_at ?? own.end_at), notes: row.notes,
    }]
  })
}

/** Conflicts that name a bar, a mission or a need of the answer, as this person may know them. */
async function conflictsOf({ conflicts, person }: Inner, project_id: string, places: Record<'person' | 'mission' | 'need' | 'assignment', PlaceOf>): Promise<Window['conflicts']> {
  const placeOf = ({ entity, id }: RecordRef): number => (entity === 'assignment' || entity === 'mission' || entity === 'need' ? places[entity](id) : NONE)
  const index = await conflicts.current()
  return index.list({ project_id }).flatMap((whole) => {
    const one = veil(whole, (id) => person.may('project:read', id))
    if (one === null || !one.records.some((record) => found(placeOf(record)))) return []
    return [{
      id: one.id, kind: one.kind, source: one.source, severity: one.severity, acknowledged: whole.acknowledged, fingerprint: one.fingerprint,
      assignments: one.records.filter(({ entity }) => entity === 'assignment').map(placeOf).filter(found), person: places.person(one.person_id),
      missions: one.mission_ids.map(places.mission).filter(found), start: maybeMs(one.start_at), end: maybeMs(one.end_at), figures: { ...one.figures },
    }]
  })
}

/** Links between two missions of the answer; the conflicts of both are read, so whether the link holds is no secret. */
async function linksOf({ conflicts }: Inner, project_id: string, { dependencies }: Drawn, mission: PlaceOf): Promise<Window['dependencies']> {
  const blocked = (await conflicts.current()).list({ project_id, kinds: ['dependency_blocked'] })
  const violated = new Set(blocked.flatMap(({ records }) => records.flatMap(({ entity, id }) => (entity === 'dependency' ? [id] : []))))
  return dependencies.flatMap((row) => {
    const [before, after] = [mission(row.before_mission_id), mission(row.after_mission_id)]
    return found(before) && found(after) ? [{ id: row.id, before, after, lag_minutes: row.lag_minutes, violated: violated.has(row.id) }] : []
  })
}

export const planningWindowHandlers: readonly CoreHandler[] = [
  coreHandler(planningWindow, async (reader, { project_id, ...asked }, inner): Promise<Window> => {
    if (asked.from !== undefined && asked.to !== undefined && asked.to <= asked.from) throw refuse('validation.invalid', detail('to', 'window', asked.from, asked.to))
    const own = await reader.need(project, project_id)
    const drawn = await drawnRows(reader, project_id, asked)
    const { people, mainRole, roles, departmentCode } = await crewOf(reader, project_id, drawn)
    const locations = await placesOf(reader, drawn.missions)
    const sheets = await sheetNumbersOf(reader, project_id)
    const places = {
      person: placesIn(people), mission: placesIn(drawn.missions), role: placesIn(roles), need: placesIn(drawn.needs),
      location: placesIn(locations), assignment: placesIn(drawn.assignments),
    }
    const { from, to } = lookedAt(asked, own, drawn)
    const ids = people.map((row) => row.id)
    const known = ids.filter((id) => knowsBusy(inner, id))
    const untold = await untoldIn(reader, project_id, drawn.assignments)
    return {
      from, to, zone: own.zone,
      people: people.map((row) => ({ id: row.id, name: row.display_name, kind: row.kind, role: places.role(mainRole.get(row.id) ?? null) })),
      roles: roles.map((row) => ({
        id: row.id, name: row.name, name_en: row.name_en, department_code: row.department_id === null ? null : (departmentCode.get(row.department_id) ?? null), is_head: row.is_head,
      })),
      missions: drawn.missions.map((row) => ({
        id: row.id, version: row.version, title: row.title, day_code: row.day_code, kind: row.kind, status: row.status, start: toMs(row.start_at), end: toMs(row.end_at), zone: row.zone,
        location: places.location(row.location_id), locked: row.locked, tags: [...row.tags], sheet_number: sheets.get(row.id) ?? null,
      })),
      locations: locations.map(({ id, name, zone, point }) => ({ id, name, zone, latitude: point?.latitude ?? null, longitude: point?.longitude ?? null })),
      needs: needsOf(drawn, places.mission, places.role),
      milestones: drawn.milestones.flatMap((row) => {
        const mission = places.mission(row.mission_id)
        return found(mission) ? [{ id: row.id, mission, label: row.label, at: toMs(row.at), done: row.done }] : []
      }),
      dependencies: await linksOf(inner, project_id, drawn, places.mission),
      assignments: columnsOf(drawn, places, untold),
      availability: (await blocksOf(reader, project_id, ids, from, to)).map((row) => ({
        person: places.person(row.collaborator_id), kind: row.kind, start: toMs(row.start_at), end: toMs(row.end_at), reason: row.reason,
      })),
      busy: (await busyOf(inner.all, project_id, known, from, to)).map((row) => ({ person: places.person(row.collaborator_id), start: toMs(row.start_at), end: toMs(row.end_at), firm: row.firm })),
      busy_known: known.length === ids.length,
      conflicts: await conflictsOf(inner, project_id, places),
      holidays: holidaysBetween(localDateOf(from, own.zone), localDateOf(fromMs(toMs(to) - 1), own.zone), own.zone, own.school_zone),
      published: await latestPublication(reader, project_id),
      checked_at: reader.call.now,
    }
  }),
]
