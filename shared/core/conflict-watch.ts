/**
 * Keeps an organization's conflicts current: computed whole when first asked for, then refreshed for what each commit touched.
 * Law: after any commit, what is listed equals a fresh computation over the rows.
 */
import { createConflictIndex, type Breathe, type ConflictIndex } from '../domain/planning/conflict-index.ts'
import type { Acknowledgement } from '../domain/planning/conflicts.ts'
import type { Reader } from '../domain/operation.ts'
import { assignment, conflictDecision, dependency, mission } from '../domain/planning/model.ts'
import { runSheet, revision } from '../domain/runsheets/model.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Write } from '../store/write-set.ts'
import { conflictSource } from './conflict-source.ts'

export interface ConflictWatch {
  /** The index, current with every commit announced so far. */
  current(): Promise<ConflictIndex>
  /** Told of each commit, after it. */
  note(writes: readonly Write[]): void
  /** The rows are others altogether (a first filling): everything is computed again when next asked for. */
  forget(): void
  /** Commits announced so far: what is derived from rows holds as long as it stays the same. */
  announced(): number
}

interface Affected {
  people: Set<string>
  missions: Set<string>
  locations: Set<string>
  decisions: boolean
}

/** Above this, computing everything again is less work than many small loads. */
const WHOLE_ABOVE = 2_000

/** Whose conflicts may be others after these writes; `reader` sees the rows as they are then. */
export async function affectedBy(reader: Reader, writes: readonly Write[]): Promise<Affected | 'everything'> {
  const found: Affected = { people: new Set(), missions: new Set(), locations: new Set(), decisions: false }
  const add = (set: Set<string>, ...values: unknown[]): void => {
    for (const value of values) if (typeof value === 'string') set.add(value)
  }
  /** Missions whose people, places and dependents feel a change of the mission itself. */
  const moved = new Set<string>()
  for (const { entity, id, before, after } of writes) {
    const both = (name: string): unknown[] => [before?.[name], after[name]]
    switch (entity.name) {
      case 'assignment':
        add(found.people, ...both('collaborator_id'))
        add(found.missions, ...both('mission_id'))
        break
      case 'mission':
        add(moved, id)
        add(found.locations, ...both('location_id'))
        break
      case 'need':
        add(moved, after['mission_id'])
        break
      case 'dependency':
        add(found.missions, ...both('after_mission_id'))
        break
      case 'availability':
      case 'certification':
      case 'collaborator_skill':
        add(found.people, ...both('collaborator_id'))
        break
      case 'collaborator':
        add(found.people, id)
        break
      case 'location':
        add(found.locations, id)
        for (const one of await reader.find(mission, { location_id: id })) found.missions.add(one.id)
        break
      case 'project':
        for (const one of await reader.find(mission, { project_id: id })) moved.add(one.id)
        break
      case 'sheet_slot':
      case 'revision': {
        const revisionId = entity.name === 'revision' ? id : after['revision_id']
        const [owner] = await reader.find(revision, { id: String(revisionId) }, { removed: true })
        const sheet = owner ? await reader.get(runSheet, owner.sheet_id) : null
        if (sheet) found.missions.add(sheet.lead_mission_id)
        break
      }
      case 'conflict_decision':
        found.decisions = true
        break
      case 'rate_card':
      case 'organization':
        return 'everything'
      default:
    }
  }
  if (moved.size + found.people.size + found.missions.size > WHOLE_ABOVE) return 'everything'
  const ids = [...moved] as Id[]
  if (ids.length > 0) {
    for (const id of ids) found.missions.add(id)
    for (const one of await reader.find(assignment, { mission_id: ids })) found.people.add(one.collaborator_id)
    for (const link of await reader.find(dependency, { before_mission_id: ids })) found.missions.add(link.after_mission_id)
  }
  // More or fewer heads on a mission count against its place's capacity.
  const touchedMissions = [...found.missions] as Id[]
  if (touchedMissions.length > 0) for (const one of await reader.getMany(mission, touchedMissions)) if (one.location_id) found.locations.add(one.location_id)
  return found
}

/** `breathe` keeps the first computation, which takes a second for a large house, from holding up everybody else's calls. */
export function createConflictWatch(reader: () => Reader, now: () => Instant, breathe: Breathe = () => undefined): ConflictWatch {
  let decisions = new Map<string, Acknowledgement>()
  let index: ConflictIndex | null = null
  let settled: Promise<void> = Promise.resolve()
  let announced = 0

  async function loadDecisions(): Promise<void> {
    decisions = new Map((await reader().find(conflictDecision, {})).map((row) => [row.conflict_id, { id: row.conflict_id, fingerprint: row.fingerprint }]))
  }
  async function refresh(current: ConflictIndex, writes: readonly Write[]): Promise<void> {
    const affected = await affectedBy(reader(), writes)
    if (affected === 'everything') {
      await loadDecisions()
      await current.full()
      return
    }
    if (affected.decisions) await loadDecisions()
    await current.refresh({ people: [...affected.people], missions: [...affected.missions], locations: [...affected.locations] })
  }
  return {
    async current() {
      if (!index) {
        const made = createConflictIndex(conflictSource(reader(), now, breathe), (id) => decisions.get(id), breathe)
        index = made
        settled = loadDecisions().then(() => made.full())
      }
      const made = index
      try {
        await settled
      } catch (error) {
        // What failed to load once is computed whole at the next question, never answered from a half-known state.
        index = null
        throw error
      }
      const due = made.nextDue()
      if (due && due.at <= now()) await made.refresh({ people: due.people })
      return made
    },
    announced: () => announced,
    forget() {
      announced++
      index = null
    },
    note(writes) {
      announced++
      const known = index
      if (!known) return
      settled = settled.then(() => refresh(known, writes))
      // Reported to whoever asks next; nothing is lost by not hearing it here.
      settled.catch(() => undefined)
    },
  }
}
