/** The overview of a project: what is near, read through the person's lens. */
import type { Row } from '../domain/entity.ts'
import { addCoverage, coverageOf, nothingNeeded, type Coverage, type CoveredNeed } from '../domain/matters/coverage.ts'
import { projectOverview } from '../domain/matters/overview-operations.ts'
import { location } from '../domain/locations/model.ts'
import { pointsOf } from '../domain/locations/standing.ts'
import { sunTimes } from '../domain/locations/sun.ts'
import type { Reader } from '../domain/operation.ts'
import { crewRole, department, member } from '../domain/organization/model.ts'
import { assignment, conflictDecision, mission, need } from '../domain/planning/model.ts'
import { revision, runSheet, sheetCover } from '../domain/runsheets/model.ts'
import type { Id } from '../kernel/ids.ts'
import { DAY, fromMs, localDateOf, toMs } from '../kernel/instants.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

const AHEAD = 7 * DAY
const SHOWN = 40

async function comingMissions(reader: Reader, project_id: Id): Promise<Row<typeof mission>[]> {
  const now = reader.call.now
  const coming = { project_id, end_at: { gte: now }, status: { not: 'canceled' } } as const
  const week = await reader.find(mission, { ...coming, start_at: { lt: fromMs(toMs(now) + AHEAD) } }, { sort: ['start_at'], limit: SHOWN })
  return week.length > 0 ? week : reader.find(mission, coming, { sort: ['start_at'], limit: 1 })
}

async function sheetStates(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<string, { id: Id; published: number | null; in_work: boolean }>> {
  const covers = await reader.find(sheetCover, { covered_mission_id: ids })
  const sheets = new Set((await reader.getMany(runSheet, [...new Set(covers.map((row) => row.sheet_id))])).map((row) => row.id))
  const revisions = await reader.find(revision, { sheet_id: [...sheets], state: ['draft', 'validated', 'published'] })
  return new Map(covers.flatMap((cover) => {
    if (!sheets.has(cover.sheet_id)) return []
    const own = revisions.filter((row) => row.sheet_id === cover.sheet_id)
    const published = own.find((row) => row.state === 'published')?.number ?? null
    const prepares = reader.may('sheet:draft', cover.project_id)
    if (published === null && !prepares) return []
    return [[cover.covered_mission_id, { id: cover.sheet_id, published, in_work: prepares && own.some((row) => row.state !== 'published') }] as const]
  }))
}

interface Week {
  needs: readonly CoveredNeed[]
  covered: ReadonlyMap<string, Coverage>
  assignments: readonly Row<typeof assignment>[]
}

async function weekOf(reader: Reader, ids: readonly Id[]): Promise<Week> {
  const assignments = await reader.find(assignment, { mission_id: ids, state: { not: 'canceled' } })
  const wanted = await reader.find(need, { mission_id: ids })
  const roles = new Map((await reader.getMany(crewRole, [...new Set(wanted.map((row) => row.crew_role_id))])).map((row) => [row.id as string, row]))
  const needs = wanted.map((row) => ({ id: row.id, mission_id: row.mission_id, head_count: row.head_count, department_id: roles.get(row.crew_role_id)?.department_id ?? null }))
  return { needs, covered: coverageOf(needs, assignments), assignments }
}

const total = (needs: readonly CoveredNeed[], { covered }: Week): Coverage => needs.reduce((sum, { id }) => addCoverage(sum, covered.get(id) ?? nothingNeeded), nothingNeeded)

async function departmentsOf(reader: Reader, week: Week) {
  const known = await reader.find(department, {}, { sort: ['position', 'code'] })
  const of = (id: string | null) => total(week.needs.filter((row) => row.department_id === id), week)
  const rows = known.map(({ id, code, name, name_en, colour }) => ({ id: id, code: code, name, name_en, colour: colour, coverage: of(id) }))
  return [...rows, { id: null, code: null, name: '', name_en: null, colour: null, coverage: of(null) }].filter(({ coverage }) => coverage.needed > 0)
}

export const overviewHandlers: readonly CoreHandler[] = [
  coreHandler(projectOverview, async (reader, { project_id }, { all }) => {
    const missions = await comingMissions(reader, project_id)
    const ids = missions.map((row) => row.id)
    const week = await weekOf(reader, ids)
    const places = new Map((await reader.getMany(location, [...new Set(missions.flatMap((row) => (row.location_id ? [row.location_id] : [])))])).map((row) => [row.id as string, row]))
    const pointOf = await pointsOf(reader, [...places.values()])
    const sheets = await sheetStates(reader, ids)
    return {
      now: reader.call.now,
      missions: missions.map((row) => {
        const place = row.location_id ? places.get(row.location_id) : undefined
        const point = place ? pointOf(place) : null
        const crew = week.assignments.filter((one) => one.mission_id === row.id)
        const calls = crew.map((one) => one.call_at ?? one.start_at).sort()
        return {
          id: row.id, title: row.title, day_code: row.day_code, kind: row.kind, status: row.status, start_at: row.start_at, end_at: row.end_at, zone: row.zone, call_at: calls[0] ?? row.start_at,
          people: crew.reduce((sum, { quantity }) => sum + quantity, 0), coverage: total(week.needs.filter((one) => one.mission_id === row.id), week),
          location: place ? { id: place.id, name: place.name, address: place.address } : null,
          sun: point ? sunTimes(point.latitude, point.longitude, localDateOf(row.start_at, row.zone), row.zone) : null,
          sheet: sheets.get(row.id) ?? null,
        }
      }),
      departments: await departmentsOf(reader, week),
      steps: {
        mission: (await all.count(mission, { project_id })) > 0, assignment: (await all.count(assignment, { project_id })) > 0, conflict: (await all.count(conflictDecision, {})) > 0,
        sheet: (await all.count(runSheet, { project_id })) > 0, colleague: (await all.count(member, {})) > 1,
      },
    }
  }),
]
