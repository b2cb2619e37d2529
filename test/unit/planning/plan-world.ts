/** A small organization as flat rows, and the loaders the index asks for: what the store does in the product, by plain scans. */
import { fromMs, MINUTE } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { ConflictSourceRows } from '../../../shared/domain/planning/conflict-index.ts'
import type { EngagementState } from '../../../shared/domain/engagement/rules.ts'
import type { LocationInput } from '../../../shared/domain/planning/location-conflicts.ts'
import type { MissionInput } from '../../../shared/domain/planning/mission-conflicts.ts'
import type { PersonInput } from '../../../shared/domain/planning/person-input.ts'
import { defaultRulePack } from '../../../shared/domain/planning/rule-packs.ts'
import type { MissionState } from '../../../shared/domain/planning/rules.ts'

export interface WorldMission { id: string; project: string; location: string; from: number; minutes: number; status: MissionState; needs: number }
export interface WorldAssignment { id: string; person: string; mission: string; from: number; minutes: number; state: EngagementState }
export interface WorldLocation { id: string; capacity: number | null; shareable: boolean; status: 'active' | 'deprecated' | 'offline' }
export interface WorldBlock { id: string; person: string; from: number; minutes: number }

export interface World {
  people: string[]
  missions: Map<string, WorldMission>
  assignments: Map<string, WorldAssignment>
  locations: Map<string, WorldLocation>
  blocks: Map<string, WorldBlock>
}

const base = Date.parse('2027-03-22T00:00:00.000Z')
export const instantOf = (minute: number): Instant => fromMs(base + minute * MINUTE)

function groupBy<T>(rows: Iterable<T>, keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const list = groups.get(keyOf(row))
    if (list) list.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}

export function sourceOf(world: World): ConflictSourceRows {
  const chosen = (ids: readonly string[] | 'all', known: Iterable<string>): string[] => {
    const all = [...known]
    return ids === 'all' ? all : all.filter((id) => ids.includes(id))
  }
  return {
    people: (ids) => {
      const wanted = chosen(ids, world.people)
      const rows = groupBy(ids === 'all' ? world.assignments.values() : [...world.assignments.values()].filter((row) => wanted.includes(row.person)), (row) => row.person)
      const blocks = groupBy(world.blocks.values(), (block) => block.person)
      return Promise.resolve(wanted.map((id): PersonInput => ({
        person: { id, kind: 'person', zone: 'Europe/Paris' }, now: instantOf(0), busy: [], certifications: [], skills: [], packs: [defaultRulePack],
        assignments: (rows.get(id) ?? []).flatMap((row) => {
          const mission = world.missions.get(row.mission)
          return mission === undefined ? [] : [{
            id: row.id, project_id: mission.project, mission_id: row.mission, mission_status: mission.status,
            start_at: instantOf(row.from), end_at: instantOf(row.from + row.minutes), zone: 'Europe/Paris', state: row.state,
            engagement_kind: null, agreement: null, unpaid_break_minutes: 0, option_expires_at: null,
            required_certification_kinds: [], required_skills: [],
          }]
        }),
        availability: (blocks.get(id) ?? []).map((block) => ({
          id: block.id, project_id: null, kind: 'unavailable', start_at: instantOf(block.from), end_at: instantOf(block.from + block.minutes),
        })),
      })))
    },
    missions: (ids) => {
      const wanted = chosen(ids, world.missions.keys())
      const rows = groupBy(ids === 'all' ? world.assignments.values() : [...world.assignments.values()].filter((row) => wanted.includes(row.mission)), (row) => row.mission)
      return Promise.resolve(wanted.flatMap((id): MissionInput[] => {
        const mission = world.missions.get(id)
        const location = world.locations.get(mission?.location ?? '')
        if (mission === undefined) return []
        return [{
          mission: {
            id, project_id: mission.project, start_at: instantOf(mission.from), end_at: instantOf(mission.from + mission.minutes),
            status: mission.status, locked: false,
          },
          project: { id: mission.project, start_at: instantOf(600), end_at: instantOf(1440 * 400) },
          location: location ? { id: location.id, status: location.status } : null,
          needs: mission.needs > 0 ? [{ id: `need-${id}`, head_count: mission.needs }] : [],
          assignments: (rows.get(id) ?? []).map((row) => ({
            id: row.id, person_id: row.person, start_at: instantOf(row.from), end_at: instantOf(row.from + row.minutes), state: row.state,
            cancel_reason: null, need_id: `need-${id}`, quantity: 1, answers_accepted: 0, answers_refused: 0, rate: null, card_rate: null, card_in_force: true,
          })),
          dependencies: [], slots: [], pending: [], stale: [],
        }]
      }))
    },
    locations: (ids) => {
      const missions = groupBy(world.missions.values(), (mission) => mission.location)
      const rows = groupBy(world.assignments.values(), (row) => row.mission)
      return Promise.resolve(chosen(ids, world.locations.keys()).flatMap((id): LocationInput[] => {
        const location = world.locations.get(id)
        if (location === undefined) return []
        const there = missions.get(id) ?? []
        return [{
          location: { id, shareable: location.shareable, capacity: location.capacity },
          missions: there.map((mission) => ({
            id: mission.id, project_id: mission.project, status: mission.status,
            start_at: instantOf(mission.from), end_at: instantOf(mission.from + mission.minutes),
          })),
          assignments: there.flatMap((mission) => rows.get(mission.id) ?? []).map((row) => ({
            id: row.id, mission_id: row.mission, start_at: instantOf(row.from), end_at: instantOf(row.from + row.minutes), state: row.state, quantity: 1,
          })),
        }]
      }))
    },
  }
}
