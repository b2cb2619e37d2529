/** Loads what matters are derived from: rows that the asking person sees and may do something about. */
import { availabilityRequest } from '../domain/availability/model.ts'
import type { Row } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { HORIZON, type FailedJob, type MatterAssignment, type MatterCertification, type MatterKept, type MatterMission, type MatterPlan, type MatterRequest, type MatterRows } from '../domain/matters/matters.ts'
import { location } from '../domain/locations/model.ts'
import { certificationKind } from '../domain/organization/model.ts'
import { certification } from '../domain/people/model.ts'
import { veil } from '../domain/planning/conflicts.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import { headsOf } from '../domain/publication/material.ts'
import { planNotice } from '../domain/publication/model.ts'
import { revision, runSheet, sheetCover } from '../domain/runsheets/model.ts'
import { hasUnpublishedChanges } from '../domain/runsheets/versions.ts'
import type { Id } from '../kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../kernel/instants.ts'
import { decisionOpenTo } from './conflict-handlers.ts'
import type { Inner } from './core-handler.ts'
import { refusedImports } from './import-list.ts'
import { openKeptSummaries } from './kept-list.ts'

type MissionRow = Row<typeof mission>
type RevisionRow = Row<typeof revision>
type SheetState = NonNullable<MatterMission['sheet']>

/** How far ahead published sheets are compared with what they were made from. */
const COMPARED_AHEAD = 3 * DAY

export const missionName = ({ day_code, title }: { day_code: string | null; title: string }): string => (day_code ? `${day_code} ${title}` : title)

async function activeProjects(reader: Reader): Promise<Set<string>> {
  return new Set((await reader.find(project, { status: 'active' })).map((row) => row.id))
}

interface SheetRows {
  sheetOf: ReadonlyMap<string, Row<typeof runSheet>>
  published: ReadonlyMap<string, RevisionRow>
  inWork: ReadonlyMap<string, RevisionRow>
}

async function sheetsOf(reader: Reader, missions: readonly MissionRow[]): Promise<SheetRows> {
  const ids = missions.map((row) => row.id)
  const covers = await reader.find(sheetCover, { covered_mission_id: ids })
  const sheets = new Map((await reader.getMany(runSheet, [...new Set(covers.map((row) => row.sheet_id))])).map((row) => [row.id as string, row]))
  const revisions = await reader.find(revision, { sheet_id: [...sheets.keys()], state: ['draft', 'validated', 'published'] })
  const published = new Map(revisions.filter((row) => row.state === 'published').map((row) => [row.sheet_id as string, row]))
  const inWork = new Map(revisions.filter((row) => row.state !== 'published').map((row) => [row.sheet_id as string, row]))
  const sheetOf = new Map(covers.flatMap((row) => {
    const sheet = sheets.get(row.sheet_id)
    return sheet ? [[row.covered_mission_id, sheet] as const] : []
  }))
  return { sheetOf, published, inWork }
}

/** Only sheets under which a row was written since they were published are compared in full. */
async function behindOf(reader: Reader, all: Reader, { sheetOf, published, inWork }: SheetRows, missions: readonly MissionRow[]): Promise<ReadonlySet<string>> {
  const now = toMs(reader.call.now)
  const suspects = new Set<string>()
  const near = missions.filter((row) => toMs(row.start_at) - now <= COMPARED_AHEAD && reader.may('sheet:draft', row.project_id))
  const sheetIdOf = (missionId: string): string | undefined => sheetOf.get(missionId)?.id
  const since = (sheetId: string | undefined): string | null => (sheetId === undefined ? null : (published.get(sheetId)?.published_at ?? null))
  const note = (missionId: string, writtenAt: string): void => {
    const sheetId = sheetIdOf(missionId)
    const at = since(sheetId)
    if (sheetId !== undefined && at !== null && (writtenAt > at || inWork.has(sheetId))) suspects.add(sheetId)
  }
  for (const row of near) note(row.id, row.updated_at)
  const printed = near.filter((row) => since(sheetIdOf(row.id)) !== null)
  for (const row of await all.find(assignment, { mission_id: printed.map(({ id }) => id) }, { removed: true })) note(row.mission_id, row.updated_at)
  const places = new Map((await all.getMany(location, [...new Set(printed.flatMap((row) => (row.location_id ? [row.location_id] : [])))])).map((row) => [row.id as string, row.updated_at]))
  for (const row of printed) note(row.id, (row.location_id && places.get(row.location_id)) || '')
  const behind = new Set<string>()
  for (const id of suspects) if (await hasUnpublishedChanges(reader, published.get(id), inWork.get(id))) behind.add(id)
  return behind
}

function sheetState(id: string, { published, inWork }: SheetRows, behind: ReadonlySet<string>): SheetState {
  return { id, published: published.get(id)?.number ?? null, in_work: inWork.has(id), behind: behind.has(id) }
}

/** Of each person and kind the one that lasts longest; none that lasts for ever. */
async function certificationsOf(reader: Reader, people: readonly Id[]): Promise<MatterCertification[]> {
  const kinds = new Map((await reader.find(certificationKind, {})).map((row) => [row.id as string, row.name]))
  const longest = new Map<string, Row<typeof certification>>()
  for (const row of await reader.find(certification, { collaborator_id: people })) {
    const key = `${row.collaborator_id} ${row.kind_id}`
    const known = longest.get(key)
    if (!known || (known.expires_on !== null && (row.expires_on === null || row.expires_on > known.expires_on))) longest.set(key, row)
  }
  return [...longest.values()].flatMap((row) =>
    row.expires_on === null
      ? []
      : [{ id: row.id, person_id: row.collaborator_id, kind_name: kinds.get(row.kind_id) ?? '', expires_on: row.expires_on }])
}

/** Questions without an answer (silence noted by the clock is none) whose last day is not past: the person's own, and those that a planner may follow up. */
async function requestsOf(reader: Reader, { person }: Inner): Promise<MatterRequest[]> {
  const plans = person.may('availability:write', null)
  if (!plans && person.collaborator_id === null) return []
  const waiting = await reader.find(availabilityRequest, plans ? { state: ['asked', 'no_answer'] } : { state: ['asked', 'no_answer'], collaborator_id: person.collaborator_id }, { sort: ['created_at', 'id'] })
  return waiting.flatMap((row) => {
    const [first] = row.windows
    const last = row.windows.at(-1)
    return first && last && last.end_at > reader.call.now
      ? [{ id: row.id, person_id: row.collaborator_id, deadline_at: row.deadline_at, start_at: first.start_at, asked_at: row.created_at, asked_by: row.created_by }]
      : []
  })
}

/** Plans that still speak of coming days, with the notices that wait: everybody's where the person may publish, else their own. */
async function plansOf(reader: Reader, { person }: Inner, active: ReadonlySet<string>): Promise<MatterPlan[]> {
  const self = person.collaborator_id
  const heads = (await headsOf(reader, { end_at: { gt: reader.call.now } }, ['number'])).filter((row) => active.has(row.project_id))
  const waiting = heads.length === 0 ? [] : await reader.find(planNotice, { publication_id: heads.map(({ id }) => id), told_at: null })
  const notices = Map.groupBy(waiting, (row) => row.publication_id)
  return heads.map(({ id, project_id, number, published_at, start_at, end_at }) => ({
    id, project_id, number, published_at, start_at, end_at,
    untold: (notices.get(id) ?? []).flatMap((row) => (row.collaborator_id === self || person.may('planning:publish', project_id) ? [{ person_id: row.collaborator_id, changes: row.changes }] : [])),
  }))
}

/** The first of those that wait behind one another. */
async function keptOf(reader: Reader, inner: Inner): Promise<MatterKept[]> {
  return (await openKeptSummaries(reader, inner, 'own')).flatMap(({ id, outcome, about, fields, issued_at }) =>
    outcome === 'blocked' ? [] : [{
      id, outcome, fields, issued_at, project_id: about?.project_id ?? null, title: about?.title ?? null, entity: about?.entity ?? null, record_id: about?.id ?? null, starts_at: about?.starts_at ?? null,
    }])
}

const asAssignment = (row: Row<typeof assignment>): MatterAssignment => ({
  id: row.id, project_id: row.project_id, mission_id: row.mission_id, person_id: row.collaborator_id, state: row.state, end_at: row.end_at, option_expires_at: row.option_expires_at,
})

/** Missions within the horizon with everybody on them, and who was asked for later ones. */
async function comingOf(reader: Reader, active: ReadonlySet<string>, now: Instant): Promise<{ missions: MissionRow[]; rows: Row<typeof assignment>[] }> {
  const ahead = fromMs(toMs(now) + HORIZON)
  const alive = { status: { not: 'canceled' } } as const
  const near = await reader.find(mission, { end_at: { gte: now }, start_at: { lt: ahead }, ...alive })
  const asked = await reader.find(assignment, { state: 'proposed', end_at: { gte: now } })
  const ids = new Set<string>(near.map((row) => row.id))
  const later = await reader.find(mission, { id: [...new Set(asked.flatMap((row) => (ids.has(row.mission_id) ? [] : [row.mission_id])))], end_at: { gte: now }, ...alive })
  const rows = [...(await reader.find(assignment, { mission_id: [...ids], state: { not: 'canceled' } })), ...asked.filter((row) => !ids.has(row.mission_id))]
  return { missions: [...near, ...later].filter((row) => active.has(row.project_id)), rows: rows.filter((row) => active.has(row.project_id)) }
}

export async function matterRows(reader: Reader, inner: Inner, failed: readonly FailedJob[]): Promise<MatterRows> {
  const { all, conflicts, person } = inner
  const now = reader.call.now
  const active = await activeProjects(reader)
  const { missions, rows } = await comingOf(reader, active, now)
  const heads = new Map<string, number>()
  for (const row of rows) heads.set(row.mission_id, (heads.get(row.mission_id) ?? 0) + row.quantity)

  const found = (await conflicts.current()).list({ acknowledged: false }).flatMap((conflict) => {
    // Two projects that only think of the same person are worth knowing of; other notes are not.
    if (conflict.severity === 'info' && (conflict.kind !== 'person_overlap' || conflict.figures['other_project'] !== true)) return []
    const veiled = veil(conflict, (id) => person.may('project:read', id))
    return veiled && veiled.project_ids.every((id) => active.has(id)) ? [{ ...veiled, acknowledged: false, decision: decisionOpenTo(person, conflict) }] : []
  })
  const sheets = await sheetsOf(reader, missions)
  const behind = await behindOf(reader, all, sheets, missions)
  const mayCertify = person.may('certification:write', null)
  return {
    now, self: person.collaborator_id,
    missions: missions.map((row) => ({
      id: row.id, project_id: row.project_id, status: row.status, start_at: row.start_at, end_at: row.end_at, zone: row.zone, location_id: row.location_id,
      people: heads.get(row.id) ?? 0, sheet: sheetOf(row.id),
    })),
    assignments: rows.map(asAssignment),
    certifications: mayCertify ? await certificationsOf(reader, [...new Set(rows.map((row) => row.collaborator_id))]) : [],
    requests: await requestsOf(reader, inner), plans: await plansOf(reader, inner, active), kept: await keptOf(reader, inner), failed_jobs: failed, refused_imports: (await refusedImports(inner, now)).filter((one) => active.has(one.project_id)),
    conflicts: found, mayCertify,
    mayPlan: (id) => person.may('assignment:plan', id),
    maySheet: (id) => person.may('sheet:draft', id),
    mayPublish: (id) => person.may('planning:publish', id),
    mayDirect: (id) => person.may('mission:update', id),
  }

  function sheetOf(missionId: string): MatterMission['sheet'] {
    const sheet = sheets.sheetOf.get(missionId)
    return sheet ? sheetState(sheet.id, sheets, behind) : null
  }
}
