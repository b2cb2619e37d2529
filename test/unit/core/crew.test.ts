/** The team of a project is who is assigned there, as far as the asking person sees. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type Persona, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
let project: string
let roles: Record<string, string>[]
interface Line {
  id: string
  display_name: string
  [column: string]: unknown
}
const asked = async (input: object = {}, session?: Session) => app.core.execute({ name: 'collaborator.list_crew', input: { project_id: project, ...input }, id: `crew-${++asking}` }, session ?? app.owner)
let asking = 0
async function crew(input: object = {}, session?: Session): Promise<{ items: Line[]; total: number; facets?: Record<string, { value: unknown; count: number }[]>; ids?: string[]; next_cursor: string | null }> {
  const answer = await asked(input, session)
  if ('error' in answer) throw new Error(answer.error.code)
  return answer.value as never
}
const names = async (input: object = {}): Promise<string[]> => (await crew(input)).items.map((line) => line.display_name)
const role = (department: boolean, at = 0): Record<string, string> => roles.filter((one) => Boolean(one['department_id']) === department && !one['is_head'])[at] ?? {}
const persona = (wanted: string, home: string | null): Persona => {
  const found = world.personas.find((one) => one.role === wanted && (home === null ? one.project === null : one.project === home))
  if (!found) throw new Error(wanted)
  return found
}

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'crew' })
  world = await buildWorld(app)
  roles = (await app.ask('organization.get', {}))['crew_roles'] as Record<string, string>[]
  project = String((await app.ask('project.create', { code: 'CREW', name: 'Équipe', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' }))['id'])
  const mission = async (title: string, day: string): Promise<string> =>
    String((await app.ask('mission.create', { project_id: project, title, day_code: title, start_at: `2026-10-${day}T12:00:00.000Z`, end_at: `2026-10-${day}T23:30:00.000Z` }))['id'])
  const [past, first, second] = [await mission('J0', '18'), await mission('J1', '24'), await mission('J2', '25')]
  const person = async (display_name: string, phone: string | null): Promise<string> => String((await app.ask('collaborator.create', { display_name, phone }))['id'])
  const [ada, blaise] = [await person('Ada Roussel', '06 39 98 10 10'), await person('Blaise Nogaret', null)]
  const lines = (...people: object[]) => people
  await app.ask('assignment.create', { mission_id: past, people: lines({ collaborator_id: ada, crew_role_id: role(true)['id'] }) })
  await app.ask('assignment.create', { mission_id: first, people: lines({ collaborator_id: ada, crew_role_id: role(true, 1)['id'], rate_minor: 25_000, rate_currency: 'EUR', rate_basis: 'daily' }, { collaborator_id: blaise }) })
  await app.ask('assignment.create', { mission_id: second, people: lines({ collaborator_id: ada, crew_role_id: role(true, 1)['id'] }) })
  const away = await app.ask('assignment.create', { mission_id: second, people: lines({ collaborator_id: await person('Cassandre Partie', null) }) })
  await app.ask('assignment.cancel', { ids: away['ids'] })
  await app.ask('availability.set', { collaborator_id: blaise, kind: 'unavailable', start_at: '2026-10-24T06:00:00.000Z', end_at: '2026-10-24T20:00:00.000Z', zone: 'Europe/Paris', project_id: null, replace: false })
})
afterAll(() => app.close())

describe('the crew of a project', () => {
  it('is everybody assigned and not canceled, by their most frequent role, from first to last day', async () => {
    const { items } = await crew()
    expect(items.map((line) => line.display_name)).toEqual(['Ada Roussel', 'Blaise Nogaret'])
    expect(items[0]).toMatchObject({
      crew_role_id: role(true, 1)['id'], crew_role_ids: [role(true, 1)['id'], role(true)['id']], first_day: '2026-10-18', last_day: '2026-10-25', missions: 3, filled: 0, held: 3,
      next_day_code: 'J1', next_at: '2026-10-24T12:00:00.000Z', rate_minor: 25_000, phone: '06 39 98 10 10',
    })
    expect(items[1]).toMatchObject({ crew_role_id: null, department_code: null, missions: 1, warning: expect.any(Number) })
    expect(Number(items[1]?.['severe']) + Number(items[1]?.['warning'])).toBeGreaterThan(0)
  })

  it('is filtered, searched, sorted, counted and paged as any list', async () => {
    expect(await names({ sort: ['-missions'] })).toEqual(['Ada Roussel', 'Blaise Nogaret'])
    expect(await names({ sort: ['missions'] })).toEqual(['Blaise Nogaret', 'Ada Roussel'])
    expect(await names({ search: 'nogar' })).toEqual(['Blaise Nogaret'])
    expect(await names({ filter: { reachable: false } })).toEqual(['Blaise Nogaret'])
    expect(await names({ filter: { crew_role_id: role(true)['id'] } })).toEqual(['Ada Roussel'])
    expect(await names({ filter: { crew_role_id: { not: role(true)['id'] } } })).toEqual(['Blaise Nogaret'])
    expect(await names({ filter: { department_code: null } })).toEqual(['Blaise Nogaret'])
    expect(await names({ filter: { state: 'filled' } })).toEqual([])
    expect(await names({ filter: { next_at: { gte: '2026-10-25T00:00:00.000Z' } } })).toEqual([])
    const counted = await crew({ filter: { reachable: true }, facets: ['reachable', 'department_code'], ids: true, limit: 1 })
    expect(counted).toMatchObject({ total: 1, facets: { reachable: [{ value: false, count: 1 }, { value: true, count: 1 }], department_code: [{ count: 1 }] } })
    expect(counted.ids).toHaveLength(1)
    const first = await crew({ limit: 1 })
    expect(first.next_cursor).not.toBeNull()
    expect((await crew({ limit: 1, cursor: first.next_cursor })).items.map((line) => line.display_name)).toEqual(['Blaise Nogaret'])
    expect(await app.refused('collaborator.list_crew', { project_id: project, cursor: 'elsewhere' })).toBe('validation.invalid')
    expect(await app.refused('collaborator.list_crew', {})).toBe('validation.reference')
  })

  it('says where the engagements of each stand and which answer is due first', async () => {
    const lateOne = String((await app.ask('collaborator.create', { display_name: 'Dora Tardive' }))['id'])
    const own = await app.ask('mission.create', { project_id: project, title: 'Balances', zone: 'Europe/Paris', start_at: '2026-10-24T12:00:00.000Z', end_at: '2026-10-24T20:00:00.000Z' })
    const of = async (collaborator_id: string): Promise<string> => String((await app.ask('assignment.create', { mission_id: own['id'], people: [{ collaborator_id, crew_role_id: role(true)['id'], rate_minor: 20_000, rate_currency: 'EUR', rate_basis: 'daily' }] }))['ids'])
    const marks = async (id: string): Promise<unknown> => (await crew({ filter: { id } })).items[0]?.['engagement']
    const planned = await of(lateOne)
    expect(await marks(lateOne)).toEqual(['to_ask'])
    const deadline_at = '2026-10-21T12:00:00.000Z'
    const proposed = await app.ask('assignment.propose', { changes: [{ id: planned, version: 1, deadline_at }] })
    expect(await marks(lateOne)).toEqual(['untold'])
    const [acceptance = ''] = proposed['acceptance_ids'] as string[]
    await app.ask('acceptance.dispatch', { changes: [{ id: acceptance }], channel: 'hand' })
    expect((await crew({ filter: { engagement: 'waiting' } })).items).toMatchObject([{ display_name: 'Dora Tardive', deadline_at, deadline_zone: 'Europe/Paris' }])
    expect(await names({ filter: { engagement: 'to_ask' } })).not.toContain('Dora Tardive')
    expect(await names({ sort: ['deadline_at'], limit: 1 })).toEqual(['Dora Tardive'])
    await app.ask('assignment.accept_for', { id: planned, acceptance_id: acceptance, source: 'hand', reason: 'Au téléphone' })
    expect(await marks(lateOne)).toEqual(['accepted'])
  })

  it('keeps contacts and rates from who may not read them, except telephones that a sheet shows', async () => {
    const home = world.a.project
    const viewer = persona('viewer', home)
    const own = await app.core.execute({ name: 'collaborator.list_crew', input: { project_id: home }, id: 'viewer-crew' }, viewer.session)
    if ('error' in own) throw new Error(own.error.code)
    const seen = (own.value as { items: Line[] }).items
    expect(seen.length).toBeGreaterThan(0)
    expect(own.hidden).toContain('collaborator.phone')
    expect(seen.find((line) => line.id === world.stranger)).toMatchObject({ phone: null, email: null, rate_minor: null })
    const counted = await app.core.execute({ name: 'collaborator.list_crew', input: { project_id: home, facets: ['reachable'], filter: { id: world.stranger } }, id: 'viewer-counts' }, viewer.session)
    expect(counted).toMatchObject({ value: { facets: { reachable: [{ value: false, count: 1 }] } } })
    await app.ask('consent.record', { collaborator_id: world.stranger, purpose: 'phone_on_sheets', answer: 'given', answered_on: '2026-10-01', source: 'papier' })
    const after = await app.core.execute({ name: 'collaborator.list_crew', input: { project_id: home }, id: 'viewer-after' }, viewer.session)
    expect(JSON.stringify(after)).toContain('06 39 98 77 77')
  })

  it('shows a member those they work with only, and nobody of a project they are not in', async () => {
    const member = persona('member', world.a.project)
    const mine = await app.core.execute({ name: 'collaborator.list_crew', input: { project_id: world.a.project }, id: 'member-crew' }, member.session)
    if ('error' in mine) throw new Error(mine.error.code)
    for (const line of (mine.value as { items: Line[] }).items) expect(line['missions']).toBe(1)
    expect(await asked({}, member.session)).toMatchObject({ error: { code: expect.stringMatching(/not_found|forbidden/) } })
  })
})
