/** What is removed comes back whole, and never below something that is gone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'restoring' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const window = { start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-24T21:00:00.000Z' }
const missionIn = async (project_id: string, title: string): Promise<string> => String((await app.ask('mission.create', { project_id, title, ...window }))['id'])
const lastCommand = async (): Promise<unknown> => ((await app.ask('history.list', {}))['items'] as { command_id: string }[])[0]?.command_id
const tables = ['need', 'milestone', 'cue', 'assignment', 'dependency', 'run_sheet', 'sheet_cover', 'revision', 'key_time', 'sheet_slot', 'sheet_person', 'sheet_note', 'sheet_row']
async function living(names: readonly string[]): Promise<Record<string, unknown>> {
  const counts: Record<string, unknown> = {}
  for (const name of names) counts[name] = (await app.file.engine.all(`SELECT count(*) AS n FROM ${name} WHERE deleted_at IS NULL`, []))[0]?.['n']
  return counts
}

describe('a removed record', () => {
  it('is restored with everything that was removed with it, and with nothing that had been removed before', async () => {
    const mission_id = await missionIn(world.a.project, 'Entière')
    const planned = await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: world.stranger }, { collaborator_id: world.ids.get('spare')?.[0] }] })
    await app.ask('assignment.remove', { ids: [(planned['ids'] as string[])[1]] })
    await app.ask('need.create', { mission_id, crew_role_id: world.ids.get('crew_role')?.[0] })
    await app.ask('milestone.create', { mission_id, label: 'Portes', at: '2026-10-24T18:00:00.000Z' })
    await app.ask('cue.create', { mission_id, label: 'Entrée public' })
    await app.ask('dependency.add', { project_id: world.a.project, before_mission_id: world.a.missions[0], after_mission_id: mission_id })
    const { revision_id } = await app.ask('sheet.prepare', { mission_id })
    await app.ask('sheet.add_slot', { revision_id, label: 'Raccords', start_at: '2026-10-24T15:00:00.000Z' })
    const before = await living(tables)
    await app.ask('mission.remove', { id: mission_id })
    expect(await living(tables)).not.toEqual(before)
    await app.ask('mission.restore', { id: mission_id })
    expect(await living(tables)).toEqual(before)
    expect((await app.ask('assignment.list', { filter: { mission_id } }))['total']).toBe(1)
    await app.ask('history.undo', { command_id: await lastCommand() })
    expect((await app.ask('assignment.list', { filter: { mission_id } }))['total']).toBe(0)
  })

  it('comes back without what names a record that is gone', async () => {
    const mission_id = await missionIn(world.a.project, 'Sans poste')
    const role = await app.ask('crew_role.create', { name: 'Rôle de passage' })
    await app.ask('need.create', { mission_id, crew_role_id: role['id'] })
    await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: world.stranger }] })
    await app.ask('mission.remove', { id: mission_id })
    await app.ask('crew_role.remove', { id: role['id'] })
    await app.ask('mission.restore', { id: mission_id })
    expect((await app.ask('assignment.list', { filter: { mission_id } }))['total']).toBe(1)
    expect((await app.ask('need.list', { filter: { mission_id } }))['total']).toBe(0)
  })

  it('is a person with their crew roles, skills, certifications, availability and consents', async () => {
    const id = (await app.ask('collaborator.create', { display_name: 'Jeanne Retour' }))['id']
    await app.ask('collaborator.set_crew_roles', { id, crew_role_ids: [world.ids.get('crew_role')?.[0]] })
    await app.ask('collaborator.set_skill', { id, skill_id: world.ids.get('skill')?.[0], level: 3 })
    await app.ask('certification.create', { collaborator_id: id, kind_id: world.ids.get('certification_kind')?.[0] })
    await app.ask('availability.set', { collaborator_id: id, kind: 'available', start_at: '2026-12-01T08:00:00.000Z', end_at: '2026-12-01T18:00:00.000Z', zone: 'Europe/Paris', project_id: null, replace: false })
    await app.ask('consent.record', { collaborator_id: id, purpose: 'email', answer: 'given', answered_on: '2026-10-01', source: 'papier' })
    const parts = ['collaborator_role', 'collaborator_skill', 'certification', 'availability', 'consent']
    const before = await living(parts)
    await app.ask('collaborator.remove', { id })
    await app.ask('collaborator.restore', { id })
    expect(await living(parts)).toEqual(before)
  })
})

describe('below something that was removed', () => {
  it('an assignment is not brought back by an undo', async () => {
    const mission_id = await missionIn(world.a.project, 'Partie')
    const { ids } = await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: world.stranger }] })
    await app.ask('assignment.remove', { ids })
    const command_id = await lastCommand()
    await app.ask('mission.remove', { id: mission_id })
    expect(await app.refused('history.undo', { command_id })).toBe('validation.reference')
    expect((await app.ask('assignment.list', { filter: { mission_id } }))['total']).toBe(0)
  })

  it('a mission of a removed project is not restored, and comes back with its project by the undo', async () => {
    const project = await app.ask('project.create', { code: 'TMP', name: 'Passager', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' })
    const mission_id = await missionIn(String(project['id']), 'Orpheline')
    await app.ask('assignment.create', { mission_id, people: [{ collaborator_id: world.stranger }] })
    await app.ask('project.remove', { id: project['id'] })
    const command_id = await lastCommand()
    expect(await app.refused('mission.restore', { id: mission_id })).toBe('validation.reference')
    await app.ask('history.undo', { command_id })
    expect((await app.ask('assignment.list', { filter: { mission_id } }))['total']).toBe(1)
  })
})
