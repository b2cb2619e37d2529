/** The calendar of a person before it is changed, people who look alike, merging and taking it back, one person's file, who could work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { phoneDigits } from '../../../shared/domain/people/duplicates.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
interface Line {
  [column: string]: unknown
}
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'directory' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const person = async (display_name: string, more: object = {}): Promise<string> => String((await app.ask('collaborator.create', { display_name, ...more }))['id'])
const day = (date: string, time = '00:00'): string => `2026-12-${date}T${time}:00.000Z`
const block = (collaborator_id: string, kind: string, from: string, to: string, replace = false) =>
  app.ask('availability.set', { collaborator_id, zone: 'Europe/Paris', project_id: null, replace, kind, start_at: day(from), end_at: day(to) })
const lines = async (name: string, input: object, session?: Session): Promise<Line[]> => (await app.ask(name, input, session))['items'] as Line[]
const persona = (role: string) => {
  const found = world.personas.find((one) => one.role === role)
  if (!found) throw new Error(role)
  return found
}

describe('a new block of availability', () => {
  it('shows what it replaces, shortens and splits, exactly as setting it then does', async () => {
    const id = await person('Calendrier')
    await block(id, 'available', '01', '03')
    await block(id, 'available', '04', '06')
    await block(id, 'unavailable', '08', '20')
    const input = { collaborator_id: id, kind: 'unavailable', start_at: day('02'), end_at: day('10'), project_id: null }
    const shown = (await app.ask('availability.preview', input))['blocks'] as Line[]
    expect(shown.map((one) => one['becomes'])).toEqual(['shortened', 'removed', 'shortened'])
    expect((await app.ask('availability.preview', { ...input, start_at: day('12'), end_at: day('13') }))['blocks']).toMatchObject([{ becomes: 'split', parts: [{ end_at: day('12') }, { start_at: day('13') }] }])
    expect(await app.refused('availability.set', { ...input, zone: 'Europe/Paris', replace: false })).toBe('availability.overlap')
    await app.ask('availability.set', { ...input, zone: 'Europe/Paris', replace: true })
    const foreseen = [...shown.flatMap((one) => one['parts'] as Line[]), { start_at: day('02'), end_at: day('10') }].map((part) => `${String(part['start_at'])} ${String(part['end_at'])}`).sort()
    const now = ((await app.ask('collaborator.get', { id }))['availability'] as Line[]).map((one) => `${String(one['start_at'])} ${String(one['end_at'])}`).sort()
    expect(now).toEqual(foreseen)
  })

  it('says which work it stands against, and nothing of projects the asker does not read', async () => {
    const id = await person('Engagée')
    const mission = async (project_id: string, title: string) => String((await app.ask('mission.create', { project_id, title, start_at: day('22', '10:00'), end_at: day('22', '18:00') }))['id'])
    for (const [home, title] of [[world.a, 'Ici'], [world.b, 'Ailleurs']] as const) await app.ask('assignment.create', { mission_id: await mission(home.project, title), people: [{ collaborator_id: id }] })
    const planner = world.personas.find((one) => one.role === 'planner' && one.project === world.a.project)
    if (!planner) throw new Error('planner')
    const input = { collaborator_id: id, kind: 'unavailable', start_at: day('22'), end_at: day('23'), project_id: null }
    expect((await app.ask('availability.preview', input))['work']).toHaveLength(2)
    const seen = (await app.ask('collaborator.timeline', { id, from: day('20'), to: day('25') }, planner.session))
    expect(seen).toMatchObject({ assignments: [{ title: 'Ici' }], busy: [{ start_at: day('22', '10:00'), end_at: day('22', '18:00') }], busy_known: true })
    expect(JSON.stringify(seen)).not.toContain('Ailleurs')
    const viewer = world.personas.find((one) => one.role === 'viewer' && one.project === world.a.project)
    if (viewer) expect(await app.ask('collaborator.timeline', { id, from: day('20'), to: day('25') }, viewer.session)).toMatchObject({ busy: [], busy_known: false, blocks: [] })
  })
})

describe('people who look alike', () => {
  it('are found by folded name, e-mail and telephone, and one number has many spellings', async () => {
    expect(new Set(['+33 6 39 98 22 22', '0033639982222', '06.39.98.22.22', '+33 (0)6 39 98 22 22'].map(phoneDigits))).toEqual(new Set(['0639982222']))
    expect(phoneDigits('12')).toBeNull()
    const [a, b, c] = [await person('Élodie Prévôt', { phone: '06 39 98 22 22' }), await person('PREVOT Elodie', { email: 'elodie@example.org' }), await person('Lodie', { phone: '+33639982222', email: 'autre@example.org' })]
    await person('Élodie Prévôt', { kind: 'vendor' })
    const found = (await lines('collaborator.list_duplicates', {})).find((group) => (group['people'] as Line[]).some((one) => one['id'] === a))
    expect(found?.['reasons']).toEqual(['phone', 'name'])
    expect((found?.['people'] as Line[]).map((one) => one['id'])).toEqual([a, b, c])
    expect(await app.refused('collaborator.list_duplicates', {}, persona('viewer').session)).toBe('auth.forbidden')
  })
})

describe('merging', () => {
  it('shows both sides and what moves, keeps what was chosen, and goes back within 30 days while nothing moved', async () => {
    const [kept, merged] = [await person('Noé Aubry', { phone: '06 39 98 30 30', email: 'noe@example.org' }), await person('Noe Aubry', { phone: '06 39 98 31 31', notes: 'sait tout' })]
    await block(merged, 'available', '01', '03')
    const mission = await app.ask('mission.create', { project_id: world.a.project, title: 'Menée', start_at: day('24', '10:00'), end_at: day('24', '18:00') })
    await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: merged }] })
    const before = await app.ask('collaborator.preview_merge', { kept_id: kept, merged_id: merged })
    expect(before['fields']).toEqual(expect.arrayContaining([
      { field: 'phone', kept: '06 39 98 30 30', merged: '06 39 98 31 31', same: false, result: 'kept' }, { field: 'notes', kept: null, merged: 'sait tout', same: false, result: 'merged' },
    ]))
    expect(before['moves']).toEqual(expect.arrayContaining([{ entity: 'assignment', column: 'collaborator_id', count: 1 }, { entity: 'availability', column: 'collaborator_id', count: 1 }]))
    await app.ask('collaborator.merge', { kept_id: kept, merged_id: merged, take: ['phone'] })
    expect(await app.ask('collaborator.get', { id: kept })).toMatchObject({ display_name: 'Noé Aubry', phone: '06 39 98 31 31', email: 'noe@example.org', notes: 'sait tout' })
    const [line] = await lines('collaborator.list_merged', {})
    expect(line).toMatchObject({ kept_name: 'Noé Aubry', merged_name: 'Noe Aubry', mine: true, why_not: null })
    await app.ask('history.undo', { command_id: line?.['command_id'] })
    expect(await app.ask('collaborator.get', { id: merged })).toMatchObject({ phone: '06 39 98 31 31', assignments: [{ mission_title: 'Menée' }] })
    expect(await app.ask('collaborator.get', { id: kept })).toMatchObject({ phone: '06 39 98 30 30', notes: null })
    expect((await lines('collaborator.list_merged', {}))[0]).toMatchObject({ why_not: 'undone' })

    await app.ask('collaborator.merge', { kept_id: kept, merged_id: merged })
    const [assigned] = (await app.ask('collaborator.get', { id: kept }))['assignments'] as { id: string }[]
    await app.ask('assignment.reassign', { ids: [assigned?.id], collaborator_id: world.stranger })
    const again = (await lines('collaborator.list_merged', {}))[0]
    expect(await app.refused('history.undo', { command_id: again?.['command_id'] })).toBe('undo.moved')
  })

  it('is for good after 30 days', async () => {
    const late = await openTestOrganization({ seed: 'late-merge' })
    const [one, other] = [await late.ask('collaborator.create', { display_name: 'Tôt' }), await late.ask('collaborator.create', { display_name: 'Tot' })]
    await late.ask('collaborator.merge', { kept_id: one['id'], merged_id: other['id'] })
    late.at('2026-11-20T08:00:00.000Z')
    const [line] = (await late.ask('collaborator.list_merged', {}))['items'] as Line[]
    expect(line).toMatchObject({ why_not: 'too_old' })
    expect(await late.refused('history.undo', { command_id: line?.['command_id'] })).toBe('undo.too_late')
    await late.close()
  })
})

describe('the directory', () => {
  it('is filtered by skill, certification, tag and whether there is a telephone, each counted under the others', async () => {
    const id = await person('Filtrée Parfois', { tags: ['tournée'] })
    await app.ask('collaborator.set_skill', { id, skill_id: world.ids.get('skill')?.[0], level: 4 })
    await app.ask('certification.create', { collaborator_id: id, kind_id: world.ids.get('certification_kind')?.[0], expires_on: '2026-10-01' })
    const ids = async (filter: object): Promise<unknown[]> => (await lines('collaborator.list', { filter, limit: 200 })).map((line) => line['id'])
    expect(await ids({ tag: 'tournée' })).toEqual([id])
    expect(await ids({ skill_id: world.ids.get('skill')?.[0], certification: 'expired' })).toEqual([id])
    expect(await ids({ tag: 'tournée', reachable: true })).toEqual([])
    expect(await ids({ tag: { not: 'tournée' } })).not.toContain(id)
    const facets = (await app.ask('collaborator.list', { filter: { tag: 'tournée' }, facets: ['reachable', 'certification'], limit: 1 }))['facets']
    expect(facets).toEqual({ reachable: [{ value: false, count: 1 }], certification: [{ value: 'expired', count: 1 }] })
    await app.ask('collaborator.update', { id, version: (await app.ask('collaborator.get', { id }))['version'], changes: { retain_until: '2026-10-01' } })
    expect(await ids({ retain_until: { lt: '2026-10-20' } })).toEqual([id])
  })
})

describe('who could work on a mission', () => {
  it('is offered by role first, then availability, with conflicts, before anybody is chosen', async () => {
    const roles = (await app.ask('organization.get', {}))['crew_roles'] as { id: string }[]
    const wanted = roles[0]?.id
    const mission = await app.ask('mission.create', { project_id: world.a.project, title: 'Ouverte', start_at: day('28', '10:00'), end_at: day('28', '20:00') })
    await app.ask('need.create', { mission_id: mission['id'], crew_role_id: wanted })
    const [fit, away, taken, other] = [await person('Zzyva Apte'), await person('Zzyva Absente'), await person('Zzyva Prise'), await person('Zzyva Sans')]
    for (const id of [fit, away, taken]) await app.ask('collaborator.set_crew_roles', { id, crew_role_ids: [wanted] })
    await app.ask('availability.set', { collaborator_id: away, kind: 'unavailable', start_at: day('28'), end_at: day('29'), zone: 'Europe/Paris', project_id: null, replace: false })
    await block(away, 'unavailable', '29', '30')
    const elsewhere = await app.ask('mission.create', { project_id: world.b.project, title: 'Secrète', day_code: 'X9', start_at: day('28', '12:00'), end_at: day('28', '16:00') })
    await app.ask('assignment.create', { mission_id: elsewhere['id'], people: [{ collaborator_id: taken }] })
    const found = await lines('assignment.find_people', { mission_id: mission['id'], search: 'zzy' })
    expect(found.map((line) => [line['id'], line['role_fit'], (line['availability'] as Line)['state']])).toEqual([[fit, 'main', 'free'], [taken, 'main', 'assigned'], [away, 'main', 'unavailable'], [other, 'none', 'free']])
    expect(found[2]).toMatchObject({ availability: { end_at: day('30') } })
    expect(found[1]).toMatchObject({ availability: { day_code: 'X9' } })
    expect((found[1]?.['conflicts'] as unknown[]).length).toBeGreaterThan(0)
    const planner = world.personas.find((one) => one.role === 'planner' && one.project === world.a.project)
    if (planner) expect(JSON.stringify(await lines('assignment.find_people', { mission_id: mission['id'], search: 'zzy' }, planner.session))).not.toMatch(/X9|Secrète/)
    expect(await app.refused('assignment.find_people', { mission_id: mission['id'] }, persona('viewer').session)).toMatch(/forbidden|not_found/)
  })
})
