import { afterEach, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let opened: TestOrganization | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

describe('the thinnest whole path', () => {
  it('founds an organization, plans a day, assigns a person, undoes and redoes it, and the audit chain holds', async () => {
    const app = (opened = await openTestOrganization())
    const about = await app.ask('organization.get', {})
    const roles = about['crew_roles'] as { id: string; name: string }[]
    const project = await app.ask('project.create', {
      code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z', document_language: 'fr',
    })
    const place = await app.ask('location.create', { name: 'Grande Halle du Port', zone: 'Europe/Paris', address: '4 rue du Fanal\n17000 La Rochelle' })
    const mission = await app.ask('mission.create', {
      project_id: project['id'], title: 'Marée haute', day_code: 'J3', kind: 'show', location_id: place['id'], start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-25T05:00:00.000Z',
    })
    const person = await app.ask('collaborator.create', { display_name: 'Inès Morvan', phone: '06 39 98 10 01' })
    const made = await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: person['id'], crew_role_id: roles[0]?.id }] }, undefined, 'assign-1')
    const again = await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: person['id'], crew_role_id: roles[0]?.id }] }, undefined, 'assign-1')
    expect(again).toEqual(made)
    const listed = await app.ask('assignment.list', { project_id: project['id'] })
    expect(listed['items']).toMatchObject([{ collaborator_name: 'Inès Morvan', mission_title: 'Marée haute', crew_role_name: roles[0]?.name }])

    const history = await app.ask('history.list', {})
    await app.ask('history.undo', { command_id: history['undo'] })
    expect((await app.ask('assignment.list', { project_id: project['id'] }))['total']).toBe(0)
    const after = await app.ask('history.list', {})
    await app.ask('history.undo', { command_id: after['redo'] })
    expect((await app.ask('assignment.list', { project_id: project['id'] }))['total']).toBe(1)

    expect(await app.ask('search.query', { text: 'ines mor' })).toMatchObject({ items: [{ entity: 'collaborator', title: 'Inès Morvan' }] })
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
  })
})
