import { afterEach, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

let opened: TestOrganization | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

const window = { start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-25T05:00:00.000Z' }
const total = async (app: TestOrganization, name: string): Promise<unknown> => (await app.ask(name, {}))['total']

async function openWithProject() {
  const app = (opened = await openTestOrganization())
  const about = await app.ask('organization.get', {})
  const roles = (about['crew_roles'] as { id: string }[]).map(({ id }) => id)
  const project = await app.ask('project.create', { code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' })
  return { app, roles, project: project['id'] }
}

describe('many rows in one command', () => {
  it('makes people with all that is known of them, seals what is personal, and takes them back in one undo', async () => {
    const { app, roles } = await openWithProject()
    await app.ask('collaborator.create_many', {
      people: [
        { display_name: 'Inès Morvan', phone: '06 39 98 10 01', crew_role_ids: roles.slice(0, 2), consents: [{ purpose: 'phone_on_sheets', answer: 'given', answered_on: '2026-09-01', source: 'papier' }] },
        { display_name: 'Tom Lacaze', availability: [{ kind: 'unavailable', zone: 'Europe/Paris', ...window }] },
      ],
    })
    const people = (await app.ask('collaborator.list', {}))['items'] as { id: string; display_name: string }[]
    expect(people.map((one) => one.display_name)).toEqual(['Inès Morvan', 'Tom Lacaze'])
    const ines = await app.ask('collaborator.get', { id: people[0]?.id })
    expect(ines['crew_roles']).toHaveLength(2)
    const [logged] = await app.file.engine.all("SELECT input, record FROM command_log WHERE name = 'collaborator.create_many'", [])
    expect(JSON.stringify(logged)).not.toMatch(/Morvan|06 39 98|Lacaze/)

    await app.ask('history.undo', { command_id: (await app.ask('history.list', {}))['undo'] })
    expect(await total(app, 'collaborator.list')).toBe(0)
    expect(await total(app, 'availability.list')).toBe(0)
  })

  it('plans missions only where each could be planned alone, and writes none of them otherwise', async () => {
    const { app, roles, project } = await openWithProject()
    const place = await app.ask('location.create', { name: 'Grande Halle du Port', zone: 'Europe/Paris' })
    const line = { title: 'Marée haute', ...window, planned: true, needs: [{ crew_role_id: roles[0], head_count: 2 }], milestones: [{ label: 'Portes', at: '2026-10-24T17:45:00.000Z' }] }
    expect(await app.refused('mission.create_many', { project_id: project, missions: [{ ...line, location_id: place['id'] }, line] })).toBe('mission.not_ready')
    expect(await total(app, 'mission.list')).toBe(0)
    await app.ask('mission.create_many', { project_id: project, missions: [{ ...line, location_id: place['id'] }] })
    expect((await app.ask('mission.list', {}))['items']).toMatchObject([{ status: 'planned', head_count: 2 }])
    expect(await app.ask('audit.verify', {})).toMatchObject({ whole: true })
  })

  it('assigns across missions of one project and finds no mission of another', async () => {
    const { app, project } = await openWithProject()
    const other = await app.ask('project.create', { code: 'AUT', name: 'Autre', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' })
    const mine = await app.ask('mission.create_many', { project_id: project, missions: [{ title: 'A', ...window }, { title: 'B', ...window }] })
    const theirs = await app.ask('mission.create', { project_id: other['id'], title: 'C', ...window })
    const person = await app.ask('collaborator.create', { display_name: 'Inès Morvan' })
    const on = (mission_id: unknown) => ({ mission_id, collaborator_id: person['id'] })
    expect(await app.refused('assignment.create_many', { project_id: project, assignments: [...(mine['ids'] as string[]).map(on), on(theirs['id'])] })).toBe('mission.not_found')
    await app.ask('assignment.create_many', { project_id: project, assignments: (mine['ids'] as string[]).map(on) })
    expect(await total(app, 'assignment.list')).toBe(2)
  })

  it('puts the lines of a schedule where their hour puts them, whatever the order they are given in', async () => {
    const { app, project } = await openWithProject()
    const mission = await app.ask('mission.create', { project_id: project, title: 'Marée haute', ...window })
    const { revision_id, id } = await app.ask('sheet.prepare', { mission_id: mission['id'] })
    const at = (hour: number, label: string) => ({ label, start_at: `2026-10-24T${hour}:00:00.000Z` })
    await app.ask('sheet.add_slots', { revision_id, slots: [at(18, 'Show'), at(12, 'Call'), at(15, 'Sound check')] })
    await app.ask('sheet.add_slots', { revision_id, slots: [at(19, 'Interval'), at(13, 'Lunch'), at(13, 'Rest')] })
    const work = (await app.ask('sheet.get', { id }))['work'] as { slots: { label: string }[] }
    expect(work.slots.map((slot) => slot.label)).toEqual(['Call', 'Lunch', 'Rest', 'Sound check', 'Show', 'Interval'])
  })

  it('refuses more than 500 rows, parts counted', async () => {
    const { app, roles } = await openWithProject()
    const line = { display_name: 'Inès Morvan', crew_role_ids: roles.slice(0, 3) }
    expect(await app.refused('collaborator.create_many', { people: Array.from({ length: 126 }, () => line) })).toBe('validation.invalid')
    await app.ask('collaborator.create_many', { people: Array.from({ length: 125 }, () => line) })
    expect(await app.refused('location.create_many', { locations: Array.from({ length: 501 }, (_, index) => ({ name: `Salle ${index}`, zone: 'Europe/Paris' })) })).toBe('validation.invalid')
  })
})
