/** What a record says can be done with it is what is accepted, and the other way round. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'can' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

async function canOn(name: string, input: unknown): Promise<readonly string[]> {
  const answer = await app.core.execute({ name, input }, app.owner)
  if (isError(answer)) throw new Error(answer.error.code)
  return answer.can ?? []
}
const window = { start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-24T21:00:00.000Z' }
const missionIn = async (project_id: unknown): Promise<unknown> => (await app.ask('mission.create', { project_id, title: 'Possible', ...window }))['id']

describe('what can be done', () => {
  it('in an archived project is to open it again', async () => {
    const project = await app.ask('project.create', { code: 'ARC', name: 'Rangé', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' })
    const id = await missionIn(project['id'])
    const sheet = await app.ask('sheet.prepare', { mission_id: id })
    expect((await app.ask('sheet.get', { id: sheet['id'] }))['work']).toMatchObject({ can: expect.arrayContaining(['sheet.validate']) as unknown })
    await app.ask('project.archive', { id: project['id'] })
    expect((await app.ask('sheet.get', { id: sheet['id'] }))['work']).toMatchObject({ can: [] })
    expect(await canOn('project.get', { id: project['id'] })).toEqual(['project.unarchive'])
    expect(await canOn('mission.get', { id })).toEqual([])
    expect(await canOn('mission.list', { project_id: project['id'] })).toEqual([])
    expect(await canOn('mission.list', { project_id: world.a.project })).toContain('mission.create')
  })

  it('on a locked mission is to unlock or cancel it, copy it, make its sheet and its contracts, file its papers', async () => {
    const id = await missionIn(world.a.project)
    const { ids } = await app.ask('assignment.create', { mission_id: id, people: [{ collaborator_id: world.stranger }] })
    await app.ask('mission.lock', { id })
    expect((await canOn('mission.get', { id })).toSorted()).toEqual(['contract.generate_for_mission', 'mission.change_status', 'mission.duplicate', 'mission.duplicate_many', 'mission.unlock', 'paperwork.upload_sheet', 'sheet.prepare'])
    expect(await canOn('assignment.get', { id: (ids as string[])[0] })).toEqual([])
    await app.ask('sheet.prepare', { mission_id: id })
    await app.ask('mission.duplicate', { id, days: 1, with_assignments: true })
    await app.ask('mission.lock', { id })
  })

  it('on a canceled mission does not include changing it, and changing it is refused', async () => {
    const id = await missionIn(world.a.project)
    await app.ask('mission.change_status', { id, to: 'canceled', reason: 'orage' })
    const can = await canOn('mission.get', { id })
    expect(can).toContain('mission.change_status')
    expect(can).not.toContain('mission.update')
    const { version } = await app.ask('mission.get', { id })
    expect(await app.refused('mission.update', { id, version, changes: { title: 'Autre' } })).toBe('mission.transition_rejected')
    expect((await app.ask('mission.get', { id }))['title']).toBe('Possible')
    expect(await app.refused('sheet.prepare', { mission_id: id })).toBe('mission.transition_rejected')
  })

  it('does not include restoring what is there', async () => {
    expect(await canOn('mission.get', { id: world.a.missions[0] })).not.toContain('mission.restore')
    await app.ask('mission.restore', { id: world.a.missions[0] })
  })

  it('again changes nothing: canceling or archiving twice is accepted', async () => {
    const { ids } = await app.ask('assignment.create', { mission_id: world.a.missions[1], people: [{ collaborator_id: world.stranger }, { collaborator_id: world.stranger }] })
    const [one] = ids as string[]
    await app.ask('assignment.cancel', { ids: [one] })
    await app.ask('assignment.cancel', { ids })
  })
})
