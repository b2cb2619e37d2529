import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locationConflicts, type LocationInput } from '../../../shared/domain/planning/location-conflicts.ts'
import { isInstant, toLocal, toMs, type Instant } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bringIn, everyRow, fileInput, look, makeProject, totals, undoAll, type Applied } from '../../fixtures/imports.ts'

// Real schedules hold real names: they are read where they are and never copied into the project.
const FOLDER = join(import.meta.dirname, '../../../../shared/data/schedules')
const present = existsSync(join(FOLDER, 'STATS.json'))
if (!present) console.warn('import of the real schedules: SKIPPED, ../shared/data/schedules is not there')

interface Stats {
  events: number
  rooms: number
  persons: number
  assignments: number
  room_overlaps: number
  person_overlaps: number
  cross_midnight: number
  first: string
  last: string
  total_minutes: number
}
const stats = (): Record<string, Stats> => JSON.parse(readFileSync(join(FOLDER, 'STATS.json'), 'utf8'))

const instant = (value: unknown): Instant => {
  if (!isInstant(value)) throw new Error(`not an instant: ${String(value)}`)
  return value
}

/** Conflicts of the places, computed by the domain from the rows that the core answers. */
function roomConflicts(missions: readonly Record<string, unknown>[]): number {
  let found = 0
  for (const [location, held] of Map.groupBy(missions, (row) => row['location_id'])) {
    if (location === null) continue
    const input: LocationInput = {
      location: { id: String(location), shareable: false, capacity: null }, assignments: [],
      missions: held.map((row) => ({ id: String(row['id']), project_id: String(row['project_id']), start_at: instant(row['start_at']), end_at: instant(row['end_at']), status: 'draft' })),
    }
    found += locationConflicts(input).filter(({ kind }) => kind === 'location_overlap').length
  }
  return found
}

const cases = [
  { name: 'fosdem-2018', zone: 'Europe/Brussels', lessEvents: 0, lessAssignments: 0, start_at: '2018-02-03T00:00:00.000Z', end_at: '2018-02-05T00:00:00.000Z' },
  { name: 'fosdem-2026', zone: 'Europe/Brussels', lessEvents: 0, lessAssignments: 1, start_at: '2026-01-31T00:00:00.000Z', end_at: '2026-02-02T00:00:00.000Z' },
  { name: 'havana-film-2025', zone: 'America/Havana', lessEvents: 4, lessAssignments: 0, start_at: '2025-12-05T00:00:00.000Z', end_at: '2025-12-16T00:00:00.000Z' },
] as const

describe.skipIf(!present)('a real schedule imported through the core', () => {
  for (const { name, lessEvents, lessAssignments, ...project } of cases) {
    describe(name, () => {
      let app: TestOrganization
      let project_id: string
      let applied: Applied
      let expected: Stats
      const input = () => fileInput(project_id, join(FOLDER, `${name}.csv`))

      beforeAll(async () => {
        app = await openTestOrganization({ seed: name })
        project_id = await makeProject(app, 'REAL', project)
        const found = stats()[name]
        if (!found) throw new Error(`no statistics for ${name}`)
        expected = found
        const started = performance.now()
        applied = await bringIn(app, input())
        console.log(`${name}: previewed twice and imported in ${Math.round(performance.now() - started)} ms, ${applied.chunks} commands`)
      })
      afterAll(() => app.close())

      it('gives the rooms, people, missions and assignments that were counted independently', async () => {
        const wanted = { locations: expected.rooms, people: expected.persons, missions: expected.events - lessEvents, assignments: expected.assignments - lessAssignments }
        expect(await totals(app, project_id)).toEqual(wanted)
        expect(applied.created).toEqual(wanted)
        expect(applied.rejected).toBe(lessEvents)
      })

      it('keeps every instant and the zone of the place', async () => {
        const missions = await everyRow(app, 'mission.list', { project_id })
        const starts = missions.map((row) => toMs(instant(row['start_at'])))
        const ends = missions.map((row) => toMs(instant(row['end_at'])))
        expect(Math.min(...starts)).toBe(Date.parse(expected.first))
        expect(Math.max(...ends)).toBe(Date.parse(expected.last))
        expect(ends.reduce((sum, end, index) => sum + (end - (starts[index] ?? 0)) / 60_000, 0)).toBe(expected.total_minutes)
        const zoneOf = (row: Record<string, unknown>) => String(row['zone'])
        const day = (row: Record<string, unknown>, field: string) => toLocal(instant(row[field]), zoneOf(row)).date
        expect(missions.filter((row) => day(row, 'start_at') !== day(row, 'end_at'))).toHaveLength(expected.cross_midnight)
        expect(new Set(missions.map(zoneOf))).toEqual(new Set([project.zone]))
      })

      it('shows the overlaps of rooms and people as conflicts', async () => {
        expect(roomConflicts(await everyRow(app, 'mission.list', { project_id }))).toBe(expected.room_overlaps)
        const listed = async (kind: string) => (await app.ask('conflict.list', { project_id, kinds: [kind], limit: 1 }))['total']
        expect(await listed('location_overlap')).toBe(expected.room_overlaps)
        expect(await listed('person_overlap')).toBe(expected.person_overlaps)
      })

      it('imported a second time brings nothing', async () => {
        const again = await look(app, input())
        expect(again.ready).toBe(false)
        for (const kind of ['locations', 'people', 'missions', 'assignments'] as const) expect(again.counts[kind]).toMatchObject({ create: 0, update: 0 })
        const second = await bringIn(app, input())
        expect([second.chunks, ...Object.values(second.created), ...Object.values(second.updated)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0])
      })

      it('one undo takes all of it away, and one more brings it back', async () => {
        const before = await totals(app, project_id)
        const started = performance.now()
        const undone = await undoAll(app, applied.group_id)
        console.log(`${name}: undone in ${Math.round(performance.now() - started)} ms`)
        expect(undone.kept).toEqual([])
        expect(await totals(app, project_id)).toEqual({ locations: 0, people: 0, missions: 0, assignments: 0 })
        await undoAll(app, undone.undo_group_id)
        expect(await totals(app, project_id)).toEqual(before)
        expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
      })
    })
  }
})
