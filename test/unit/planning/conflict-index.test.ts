import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Acknowledgement } from '../../../shared/domain/planning/conflicts.ts'
import { severities } from '../../../shared/domain/planning/conflicts.ts'
import { createConflictIndex } from '../../../shared/domain/planning/conflict-index.ts'
import type { ConflictFilter, ConflictSourceRows, Touched } from '../../../shared/domain/planning/conflict-index.ts'
import { engagementStates } from '../../../shared/domain/engagement/rules.ts'
import { missionStates } from '../../../shared/domain/planning/rules.ts'
import { instantOf, sourceOf } from './plan-world.ts'
import type { World } from './plan-world.ts'

const people = ['ada', 'bea', 'cyr', 'dan']
const places = ['hall', 'yard']
const projects = ['festival', 'tour']
const missionIds = ['m0', 'm1', 'm2', 'm3', 'm4']
const from = fc.nat(8 * 24).map((hour) => hour * 60)
const minutes = fc.constantFrom(60, 240, 600, 780)

const changes = fc.oneof(
  fc.record({
    change: fc.constant('assign' as const), id: fc.nat(14).map((n) => `a${n}`), person: fc.constantFrom(...people), mission: fc.constantFrom(...missionIds),
    from, minutes, state: fc.constantFrom(...engagementStates),
  }),
  fc.record({ change: fc.constant('unassign' as const), id: fc.nat(14).map((n) => `a${n}`) }),
  fc.record({
    change: fc.constant('mission' as const), id: fc.constantFrom(...missionIds), project: fc.constantFrom(...projects), location: fc.constantFrom(...places),
    from, minutes, status: fc.constantFrom(...missionStates), needs: fc.nat(4),
  }),
  fc.record({ change: fc.constant('drop' as const), id: fc.constantFrom(...missionIds) }),
  fc.record({
    change: fc.constant('place' as const), id: fc.constantFrom(...places), capacity: fc.constantFrom(null, 0, 1, 2), shareable: fc.boolean(),
    status: fc.constantFrom('active' as const, 'deprecated' as const, 'offline' as const),
  }),
  fc.record({ change: fc.constant('block' as const), id: fc.nat(3).map((n) => `b${n}`), person: fc.constantFrom(...people), from, minutes }),
)
type Change = typeof changes extends fc.Arbitrary<infer T> ? T : never

const emptyWorld = (): World => ({
  people: [...people],
  missions: new Map(), assignments: new Map(), blocks: new Map(),
  locations: new Map(places.map((id) => [id, { id, capacity: 1, shareable: false, status: 'active' as const }])),
})

/** Makes the change and says which owners it touched, as a commit does. */
function apply(world: World, change: Change): Touched {
  const missionsTouched = (...ids: (string | undefined)[]): Touched => {
    const missions = [...new Set(ids.filter((id) => id !== undefined))]
    return {
      missions,
      people: [...world.assignments.values()].filter((row) => missions.includes(row.mission)).map((row) => row.person),
      locations: missions.flatMap((id) => world.missions.get(id)?.location ?? []),
    }
  }
  const join = (a: Touched, b: Touched): Touched => ({
    people: [...(a.people ?? []), ...(b.people ?? [])], missions: [...(a.missions ?? []), ...(b.missions ?? [])],
    locations: [...(a.locations ?? []), ...(b.locations ?? [])],
  })
  switch (change.change) {
    case 'assign':
    case 'unassign': {
      const { id } = change
      const before = world.assignments.get(id)
      const touched = missionsTouched(before?.mission, change.change === 'assign' ? change.mission : undefined)
      if (change.change === 'assign') world.assignments.set(id, { ...change })
      else world.assignments.delete(id)
      return join(touched, { people: [before?.person, change.change === 'assign' ? change.person : undefined].filter((one) => one !== undefined) })
    }
    case 'mission':
    case 'drop': {
      const before = missionsTouched(change.id)
      if (change.change === 'mission') world.missions.set(change.id, { ...change })
      else world.missions.delete(change.id)
      return join(before, missionsTouched(change.id))
    }
    case 'place':
      world.locations.set(change.id, { ...change })
      return { locations: [change.id], missions: [...world.missions.values()].filter((row) => row.location === change.id).map((row) => row.id) }
    case 'block': {
      const before = world.blocks.get(change.id)
      world.blocks.set(change.id, { ...change })
      return { people: [change.person, ...(before ? [before.person] : [])] }
    }
  }
}

const crowded = (): World => {
  const world = emptyWorld()
  apply(world, { change: 'mission', id: 'm0', project: 'festival', location: 'hall', from: 600, minutes: 600, status: 'planned', needs: 3 })
  apply(world, { change: 'mission', id: 'm1', project: 'tour', location: 'hall', from: 900, minutes: 600, status: 'planned', needs: 0 })
  apply(world, { change: 'assign', id: 'a0', person: 'ada', mission: 'm0', from: 600, minutes: 600, state: 'accepted' })
  apply(world, { change: 'assign', id: 'a1', person: 'ada', mission: 'm1', from: 900, minutes: 600, state: 'accepted' })
  return world
}

describe('the index of conflicts', () => {
  it('equals a whole new computation after any changes, each refreshed alone', async () => {
    await fc.assert(fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 40 }), async (made) => {
      const world = emptyWorld()
      const index = createConflictIndex(sourceOf(world))
      await index.full()
      for (const change of made) await index.refresh(apply(world, change))
      const fresh = createConflictIndex(sourceOf(world))
      await fresh.full()
      expect(index.list()).toEqual(fresh.list())
      expect(index.counts()).toEqual(fresh.counts())
      const filters: ConflictFilter[] = [
        ...people.map((person_id) => ({ person_id })), ...missionIds.map((mission_id) => ({ mission_id, severities: ['warning' as const] })),
        ...projects.flatMap((project_id) => places.map((location_id) => ({ project_id, location_id }))), { kinds: ['person_overlap', 'need_open'] },
      ]
      for (const filter of filters) {
        expect(index.list(filter)).toEqual(index.list().filter((one) =>
          (filter.person_id === undefined || one.person_id === filter.person_id)
          && (filter.location_id === undefined || one.location_id === filter.location_id)
          && (filter.mission_id === undefined || one.mission_ids.includes(filter.mission_id))
          && (filter.project_id === undefined || one.project_ids.includes(filter.project_id))
          && (filter.kinds?.includes(one.kind) ?? true) && (filter.severities?.includes(one.severity) ?? true)))
        expect(index.counts(filter).total).toBe(index.list(filter).length)
      }
      for (const row of world.assignments.keys()) {
        expect(index.of({ entity: 'assignment', id: row })).toEqual(index.list().filter((one) => one.records.some((record) => record.id === row)))
      }
    }), { numRuns: 120 })
  })

  it('finds something of each severity in a crowded hall, and counts it', async () => {
    const index = createConflictIndex(sourceOf(crowded()))
    await index.full()
    const counts = index.counts()
    expect(counts.by_kind).toMatchObject({ person_overlap: 1, location_overlap: 1, over_capacity: 1, need_open: 1, day_long: 1 })
    expect(severities.reduce((sum, severity) => sum + counts.by_severity[severity], 0)).toBe(counts.total)
    expect(index.of({ entity: 'assignment', id: 'a0' }).map((one) => one.kind).sort()).toEqual(['day_long', 'person_overlap'])
    expect(index.list({ mission_id: 'm1', kinds: ['person_overlap'] })).toHaveLength(1)
  })

  it('keeps an acknowledgement while the windows stay, and drops it when one moves', async () => {
    const world = crowded()
    const given = new Map<string, Acknowledgement>()
    const index = createConflictIndex(sourceOf(world), (id) => given.get(id))
    await index.full()
    const overlap = index.list({ kinds: ['person_overlap'] })[0]
    if (!overlap) throw new Error('expected an overlap')
    given.set(overlap.id, { id: overlap.id, fingerprint: overlap.fingerprint })
    expect(index.get(overlap.id)?.acknowledged).toBe(true)
    expect(index.counts().acknowledged).toBe(1)
    expect(index.list({ acknowledged: false }).map((one) => one.id)).not.toContain(overlap.id)

    await index.refresh(apply(world, { change: 'assign', id: 'a9', person: 'ada', mission: 'm4', from: 9000, minutes: 60, state: 'planned' }))
    expect(index.get(overlap.id)?.acknowledged).toBe(true)

    await index.refresh(apply(world, { change: 'assign', id: 'a1', person: 'ada', mission: 'm1', from: 915, minutes: 600, state: 'accepted' }))
    expect(index.get(overlap.id)).toMatchObject({ id: overlap.id, acknowledged: false })

    await index.refresh(apply(world, { change: 'assign', id: 'a1', person: 'ada', mission: 'm1', from: 900, minutes: 600, state: 'accepted' }))
    expect(index.get(overlap.id)?.acknowledged).toBe(true)
  })

  it('is never overwritten by an older, slower load', async () => {
    const world = crowded()
    const direct = sourceOf(world)
    let waits = 30
    const slow: ConflictSourceRows = {
      ...direct,
      people: async (ids) => {
        const rows = await direct.people(ids)
        const wait = waits
        waits = 0
        await new Promise((done) => setTimeout(done, wait))
        return rows
      },
    }
    const index = createConflictIndex(slow)
    const first = index.full()
    // The load has read its rows and not yet answered when the next change comes.
    await new Promise((done) => setTimeout(done, 5))
    const touched = apply(world, { change: 'unassign', id: 'a1' })
    await Promise.all([first, index.refresh(touched)])
    expect(index.list({ person_id: 'ada' })).toEqual([])
  })

  it('stays as it was when a load fails, and goes on after', async () => {
    const world = crowded()
    const direct = sourceOf(world)
    let failing = false
    const index = createConflictIndex({ ...direct, missions: (ids) => (failing ? Promise.reject(new Error('disk')) : direct.missions(ids)) })
    await index.full()
    const before = index.list()
    failing = true
    await expect(index.refresh(apply(world, { change: 'unassign', id: 'a1' }))).rejects.toThrow('disk')
    expect(index.list()).toEqual(before)
    failing = false
    await index.refresh({ people: ['ada'], missions: ['m1'], locations: ['hall'] })
    expect(index.list({ kinds: ['person_overlap'] })).toEqual([])
  })

  it('forgets what is no longer there', async () => {
    const world = crowded()
    const index = createConflictIndex(sourceOf(world))
    await index.full()
    world.locations.delete('hall')
    world.people.shift()
    await index.refresh({ locations: ['hall'], people: ['ada'] })
    expect(index.list({ location_id: 'hall' })).toEqual([])
    expect(index.list({ kinds: ['person_overlap', 'day_long'] })).toEqual([])
  })

  it('says when time alone will make a conflict', async () => {
    const direct = sourceOf(crowded())
    const index = createConflictIndex({
      ...direct,
      people: async (ids) => (await direct.people(ids)).map((input) => ({
        ...input, assignments: input.assignments.map((row) => ({ ...row, state: 'planned' as const, option_expires_at: instantOf(row.id === 'a0' ? 500 : 400) })),
      })),
    })
    expect(index.nextDue()).toBeNull()
    await index.full()
    expect(index.nextDue()).toEqual({ at: instantOf(400), people: ['ada'] })
  })
})
