/** What is told to whom, and where one may write about a person. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'discretion' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const sessionOf = (name: string): Session => {
  const found = world.personas.find((persona) => persona.name === name)
  if (!found) throw new Error(`nobody is ${name}`)
  return found.session
}

describe('a person beside the place and the directory', () => {
  it('is named at a place to those who plan, not to members and viewers', async () => {
    const seen: Record<string, unknown> = {}
    for (const name of ['planner of A', 'member of A', 'viewer of A']) {
      const { contact_name, contact_phone } = await app.ask('location.get', { id: world.a.location }, sessionOf(name))
      seen[name] = [contact_name, contact_phone]
    }
    expect(seen).toEqual({ 'planner of A': ['Zéphyrine Gardienne', '06 39 98 55 55'], 'member of A': [null, null], 'viewer of A': [null, null] })
  })

  it('is still named on the sheet that prints it', async () => {
    const prepared = await app.ask('sheet.prepare', { mission_id: world.a.missions[2] })
    const rows = await app.file.engine.all("SELECT body FROM sheet_row WHERE revision_id = ? AND section = 'contacts'", [String(prepared['revision_id'])])
    expect(rows.some((row) => String(row['body']).includes('06 39 98 55 55'))).toBe(true)
  })

  it('keeps the number another system knows them by, also from filters', async () => {
    const id = (await app.ask('collaborator.create', { display_name: 'Badgée', source: 'badges', external_id: 'B-77' }))['id']
    await app.ask('assignment.create', { mission_id: world.a.missions[0], people: [{ collaborator_id: id }] })
    expect((await app.ask('collaborator.get', { id }, sessionOf('viewer of A')))['external_id']).toBeNull()
    expect(await app.refused('collaborator.list', { filter: { external_id: 'B-77' } }, sessionOf('viewer of A'))).toBe('auth.forbidden')
    expect((await app.ask('collaborator.list', { filter: { external_id: 'B-77' } }, sessionOf('planner of A')))['total']).toBe(1)
  })
})

describe('availability in one project', () => {
  const given = (collaborator_id: string | undefined, project_id: string) => ({
    collaborator_id, zone: 'Europe/Paris', project_id, replace: true, kind: 'unavailable', start_at: '2026-12-05T08:00:00.000Z', end_at: '2026-12-05T18:00:00.000Z',
  })
  const outcome = async (name: string, collaborator_id: string | undefined, project_id: string): Promise<string> => {
    const answer = await app.core.execute({ name: 'availability.set', input: given(collaborator_id, project_id) }, sessionOf(name))
    return isError(answer) ? answer.error.code : 'done'
  }

  it('is said where the writer plans, or for oneself where one works', async () => {
    const member = world.personas.find((persona) => persona.name === 'member')?.collaborator
    expect([
      await outcome('planner of A', world.stranger, world.a.project), await outcome('planner of A', world.stranger, world.b.project),
      await outcome('member', member, world.a.project), await outcome('member', member, world.b.project),
    ]).toEqual(['done', 'project.not_found', 'done', 'project.not_found'])
  })

  it('is closed with the project, and does not keep a person in the directory', async () => {
    const project = await app.ask('project.create', { code: 'CLOS', name: 'Clos', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' })
    const id = String((await app.ask('collaborator.create', { display_name: 'Partante' }))['id'])
    await app.ask('availability.set', given(id, String(project['id'])))
    const viewer = await app.ask('member.add', { user_id: world.stranger, name: 'Lectrice', email: 'lectrice@example.org', role: 'viewer', project_id: project['id'] })
    await app.ask('project.archive', { id: project['id'] })
    expect(await app.refused('availability.set', given(id, String(project['id'])))).toBe('project.archived')
    await app.ask('collaborator.remove', { id })
    await app.ask('member.remove', { id: viewer['id'] })
  })
})
