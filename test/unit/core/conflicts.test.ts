import { afterEach, describe, expect, it } from 'vitest'
import { createConflictIndex } from '../../../shared/domain/planning/conflict-index.ts'
import { conflictSource } from '../../../shared/core/conflict-source.ts'
import { createConflictWatch } from '../../../shared/core/conflict-watch.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let opened: TestOrganization | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

interface Listed {
  id: string
  kind: string
  severity: string
  fingerprint: string
  acknowledged: boolean
}
const listed = async (app: TestOrganization, input: unknown = {}): Promise<Listed[]> => (await app.ask('conflict.list', input))['items'] as Listed[]

async function planned(): Promise<{ app: TestOrganization; project: string; missions: string[]; people: string[]; place: string }> {
  const app = (opened = await openTestOrganization())
  const project = String((await app.ask('project.create', {
    code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr',
  }))['id'])
  const place = String((await app.ask('location.create', { name: 'Halle', zone: 'Europe/Paris', capacity: 2 }))['id'])
  const missions: string[] = []
  for (const [title, start, end] of [['A', '08', '14'], ['B', '12', '20'], ['C', '21', '23']] as const)
    missions.push(String((await app.ask('mission.create', { project_id: project, title, location_id: place, start_at: `2026-10-24T${start}:00:00.000Z`, end_at: `2026-10-24T${end}:00:00.000Z` }))['id']))
  const people: string[] = []
  for (const name of ['Inès Morvan', 'Tom Lacaze', 'Karim Benali']) people.push(String((await app.ask('collaborator.create', { display_name: name }))['id']))
  return { app, project, missions, people, place }
}

describe('conflicts in the core', () => {
  it('shows a double booking as soon as it is planned, acknowledged until a window moves', async () => {
    const { app, missions, people } = await planned()
    const [first, second] = missions
    await app.ask('assignment.create', { mission_id: first, people: [{ collaborator_id: people[0] }] })
    expect((await listed(app, { kinds: ['person_overlap'] })).length).toBe(0)
    const preview = (await app.ask('conflict.preview', { mission_id: second, collaborator_ids: people })) as { people: { conflicts: Listed[] }[] }
    expect(preview.people.map((one) => one.conflicts.filter(({ kind }) => kind === 'person_overlap').length).sort()).toEqual([0, 0, 1])
    const made = (await app.ask('assignment.create', { mission_id: second, people: [{ collaborator_id: people[0] }] })) as { ids: string[] }
    const [overlap] = await listed(app, { kinds: ['person_overlap'] })
    expect(overlap).toMatchObject({ severity: 'info', acknowledged: false })
    await app.ask('conflict.acknowledge', { conflict_id: overlap?.id, fingerprint: overlap?.fingerprint })
    expect((await listed(app, { kinds: ['person_overlap'] }))[0]?.acknowledged).toBe(true)
    await app.ask('assignment.shift', { ids: made.ids, days: 0, minutes: 30 })
    expect((await listed(app, { kinds: ['person_overlap'] }))[0]?.acknowledged).toBe(false)
    await app.ask('assignment.shift', { ids: made.ids, days: 3, minutes: 0 })
    expect((await listed(app, { kinds: ['person_overlap'] })).length).toBe(0)
  })

  it('misses nothing that is planned while the first computation lets others be answered', async () => {
    const { app, missions, people } = await planned()
    const said: Promise<unknown>[] = []
    const forget = app.core.onCommit(({ writes }) => watch.note(writes))
    let breaths = 0
    const watch = createConflictWatch(() => app.core.reader(), () => fromMs(Date.parse('2026-10-20T09:00:00.000Z')), () => {
      breaths++
      // Once the assignments were read: nobody is planned yet in what is being computed.
      if (breaths !== 1) return undefined
      said.push(app.ask('assignment.create', { mission_id: missions[0], people: [{ collaborator_id: people[0] }] }), app.ask('assignment.create', { mission_id: missions[1], people: [{ collaborator_id: people[0] }] }))
      return Promise.all(said).then(() => undefined)
    })
    const index = await watch.current()
    expect(said.length).toBe(2)
    await watch.current()
    forget()
    expect(index.list({ kinds: ['person_overlap'] }).length).toBe(1)
  })

  it('equals a fresh computation after every change, whatever was touched', async () => {
    const { app, project, missions, people, place } = await planned()
    await listed(app)
    const steps: [string, () => Promise<unknown>][] = [
      ['assign all', () => app.ask('assignment.create', { mission_id: missions[0], people: people.map((collaborator_id) => ({ collaborator_id })) })],
      ['assign again', () => app.ask('assignment.create', { mission_id: missions[1], people: [{ collaborator_id: people[1] }] })],
      ['unavailable', () => app.ask('availability.set', { collaborator_id: people[0], kind: 'unavailable', start_at: '2026-10-24T00:00:00.000Z', end_at: '2026-10-25T00:00:00.000Z', zone: 'Europe/Paris', project_id: null, replace: false })],
      ['need', async () => app.ask('need.create', { mission_id: missions[2], crew_role_id: ((await app.ask('organization.get', {}))['crew_roles'] as { id: string }[])[0]?.id, head_count: 2 })],
      ['wait', () => app.ask('dependency.add', { project_id: project, before_mission_id: missions[1], after_mission_id: missions[2], lag_minutes: 120 })],
      ['place off line', () => app.ask('location.set_status', { id: place, status: 'offline' })],
      ['project shorter', () => app.ask('project.update', { id: project, version: 1, changes: { end_at: '2026-10-24T13:00:00.000Z' } })],
      ['mission moves', () => app.ask('mission.update', { id: missions[0], version: 1, changes: { start_at: '2026-10-24T15:00:00.000Z', end_at: '2026-10-24T22:30:00.000Z' } })],
      ['mission canceled', () => app.ask('mission.change_status', { id: missions[1], to: 'canceled', reason: 'pluie' })],
      ['undo', async () => app.ask('history.undo', { command_id: (await app.ask('history.list', {}))['undo'] })],
    ]
    const seen = new Set<string>()
    for (const [what, step] of steps) {
      await step()
      const incremental = (await listed(app)).map(({ id, severity }) => `${id} ${severity}`)
      const fresh = createConflictIndex(conflictSource(app.core.reader(), () => fromMs(Date.parse('2026-10-20T09:00:00.000Z'))))
      await fresh.full()
      expect(incremental, what).toEqual(fresh.list().map(({ id, severity }) => `${id} ${severity}`))
      for (const { kind } of await listed(app)) seen.add(kind)
    }
    expect([...seen]).toEqual(expect.arrayContaining(['person_overlap', 'unavailable', 'need_open', 'dependency_blocked', 'location_offline', 'location_overlap', 'outside_mission', 'outside_project']))
  })
})
