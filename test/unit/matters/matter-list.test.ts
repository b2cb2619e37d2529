import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { bringIn, textInput, undoAll } from '../../fixtures/imports.ts'

interface Item { id: string; kind: string; project_id: string; title: string; act: { place: string; id: string }; figures: Record<string, unknown> }
let app: TestOrganization
let project: string
let role: string
beforeEach(async () => {
  app = await openTestOrganization({ steady: true })
  project = await makeProject('PHARE')
  role = ((await app.ask('organization.get', {}))['crew_roles'] as { id: string }[])[0]?.id ?? ''
})
afterEach(() => app.close())

const makeProject = async (code: string): Promise<string> =>
  String((await app.ask('project.create', { code, name: `Projet ${code}`, zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' }))['id'])
const makeMission = async (title: string, start_at: string, end_at: string, into = project, more = {}): Promise<string> => {
  const place = await app.ask('location.create', { name: `Halle ${title}`, zone: 'Europe/Paris' })
  const made = await app.ask('mission.create', { project_id: into, title, location_id: place['id'], zone: 'Europe/Paris', start_at, end_at, ...more })
  await app.ask('mission.change_status', { id: made['id'], to: 'planned' })
  return String(made['id'])
}
const makePerson = async (name: string): Promise<string> => String((await app.ask('collaborator.create', { display_name: name }))['id'])
const engage = async (mission: string, person: string): Promise<string> => String(((await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: person, crew_role_id: role }] }))['ids'] as string[])[0])
const listed = async (input = {}, session?: Session): Promise<Item[]> => (await app.ask('matter.list', input, session))['items'] as Item[]
const kinds = async (input = {}, session?: Session): Promise<string[]> => (await listed(input, session)).map(({ kind }) => kind).sort()

async function join(name: string, access: string, project_id: string | null, collaborator_id?: string): Promise<Session> {
  const session: Session = { user_id: deriveId('joined', name), device: 'test', scope: null }
  await app.ask('member.add', { user_id: session.user_id, name, email: `${name}@example.org`, role: access, project_id, ...(collaborator_id ? { collaborator_id } : {}) })
  return session
}

describe('matter.list', () => {
  it('raises what a mission lacks tomorrow and clears each as it is done', async () => {
    const mission = await makeMission('Générale', '2026-10-21T12:00:00.000Z', '2026-10-21T22:00:00.000Z')
    expect(await kinds()).toEqual(['mission_incomplete', 'sheet_due'])
    const need = await app.ask('need.create', { mission_id: mission, crew_role_id: role, head_count: 1 })
    expect(await kinds()).toEqual(['mission_incomplete', 'need_open', 'sheet_due'])
    const ada = await makePerson('Ada Exemple')
    await app.ask('assignment.create', { mission_id: mission, people: [{ collaborator_id: ada, crew_role_id: role, need_id: need['id'] }] })
    expect(await kinds()).toEqual(['sheet_due'])
    const due = (await listed())[0]
    expect(due).toMatchObject({ title: 'Générale', act: { place: 'prepare_sheet', id: mission } })
    const sheet = await app.ask('sheet.prepare', { mission_id: mission })
    expect((await listed())[0]).toMatchObject({ kind: 'sheet_due', act: { place: 'sheet', id: sheet['id'] } })
  })

  it('shows people double-booked across projects in both, and in the count of each', async () => {
    const other = await makeProject('TOUR')
    const ada = await makePerson('Ada Exemple')
    const here = await makeMission('Ici', '2026-11-02T12:00:00.000Z', '2026-11-02T22:00:00.000Z')
    const there = await makeMission('Là', '2026-11-02T14:00:00.000Z', '2026-11-02T20:00:00.000Z', other)
    for (const mission of [here, there]) {
      const id = await engage(mission, ada)
      const raw = await app.file.engine.all('UPDATE assignment SET state = ? WHERE id = ? RETURNING id', ['confirmed', id])
      expect(raw.length).toBe(1)
    }
    for (const project_id of [project, other]) expect(await listed({ project_id })).toMatchObject([{ kind: 'double_booked', title: 'Ada Exemple' }])
    expect(await app.ask('matter.count', { project_id: other })).toMatchObject({ handle: 1, severe: 1 })
  })

  it('gives a viewer nothing to act on, a planner of one project only that project', async () => {
    const other = await makeProject('TOUR')
    await makeMission('Ici', '2026-10-21T12:00:00.000Z', '2026-10-21T22:00:00.000Z')
    await makeMission('Là', '2026-10-21T14:00:00.000Z', '2026-10-21T20:00:00.000Z', other)
    expect(new Set((await listed()).map(({ project_id }) => project_id))).toEqual(new Set([project, other]))
    const planner = await join('planner', 'planner', project)
    const viewer = await join('viewer', 'viewer', null)
    expect(new Set((await listed({}, planner)).map(({ project_id }) => project_id))).toEqual(new Set([project]))
    expect(await listed({}, viewer)).toEqual([])
    expect(await app.ask('matter.count', {}, planner)).toMatchObject({ handle: 2, by_project: { [project]: 2 } })
  })

  it('says nothing of an archived project any more', async () => {
    await makeMission('Ici', '2026-10-21T12:00:00.000Z', '2026-10-21T22:00:00.000Z')
    expect(await kinds()).not.toEqual([])
    await app.ask('project.archive', { id: project })
    expect(await kinds()).toEqual([])
  })

  it('says that time alone made a sheet due', async () => {
    const mission = await makeMission('Loin', '2026-10-25T12:00:00.000Z', '2026-10-25T22:00:00.000Z')
    await engage(mission, await makePerson('Ada Exemple'))
    expect(await kinds()).toEqual([])
    app.at('2026-10-24T08:00:00.000Z')
    expect(await kinds()).toEqual(['sheet_due'])
  })
})

describe('an import that left rows out', () => {
  const file = (lines: readonly string[]) => textInput(project, 'people', ['Nom;E-mail', ...lines].join('\n'), 'équipe.csv')
  const refusals = async (session?: Session) => (await listed({ filter: { kind: 'import_refused' } }, session)).map(({ act, figures }) => [act.place, act.id, figures['source'], figures['refused']])

  it('is a matter of the person who brought it in, until the same file comes in whole', async () => {
    const first = await bringIn(app, file(['Ada Exemple;ada@example.org', `${'M'.repeat(300)};long@example.org`]))
    expect(first.rejected).toBe(1)
    expect(await refusals()).toEqual([['import', first.group_id, 'équipe', 1]])
    expect(await refusals(await join('planner', 'planner', project))).toEqual([])
    expect((await app.ask('import.list', {}))['items']).toMatchObject([{ refused: 1 }])
    await bringIn(app, file(['Ada Exemple;ada@example.org', 'Béa Modèle;long@example.org']))
    expect(await refusals()).toEqual([])
  })

  it('is over once undone, and after the days in which it can be', async () => {
    const undone = await bringIn(app, file(['Ada Exemple;ada@example.org', `${'M'.repeat(300)};long@example.org`]))
    await undoAll(app, undone.group_id)
    expect(await refusals()).toEqual([])
    await bringIn(app, file(['Béa Modèle;bea@example.org', `${'M'.repeat(300)};long@example.org`]))
    expect(await refusals()).toHaveLength(1)
    app.at('2026-11-20T08:00:01.000Z')
    expect(await refusals()).toEqual([])
  })
})

describe('who can open a closed page', () => {
  it('names the roles that would let one in and the people who give them', async () => {
    const viewer = await join('Viva', 'viewer', null)
    await join('Mona', 'project_manager', project)
    const answer = await app.ask('access.grantors', { permission: 'audit:read' }, viewer)
    expect(answer['roles']).toEqual(['org_owner', 'org_admin', 'project_manager', 'compliance'])
    expect((answer['people'] as { name: string }[]).map(({ name }) => name)).toEqual(['Léa Martin'])
    const inside = await app.ask('access.grantors', { permission: 'mission:update', project_id: project }, viewer)
    expect((inside['people'] as { name: string }[]).map(({ name }) => name)).toEqual(['Léa Martin', 'Mona'])
  })
})

describe('the overview of a project', () => {
  it('shows the coming week with calls, place, sun, sheet and coverage by department, and the steps done', async () => {
    const place = await app.ask('location.create', { name: 'Grande Halle', zone: 'Europe/Paris', latitude: 46.16, longitude: -1.15 })
    const mission = await app.ask('mission.create', { project_id: project, title: 'Générale', day_code: 'J1', location_id: place['id'], zone: 'Europe/Paris', start_at: '2026-10-21T12:00:00.000Z', end_at: '2026-10-21T22:00:00.000Z' })
    await makeMission('Plus tard', '2026-11-03T12:00:00.000Z', '2026-11-03T22:00:00.000Z')
    const need = await app.ask('need.create', { mission_id: mission['id'], crew_role_id: role, head_count: 2 })
    await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: await makePerson('Ada Exemple'), crew_role_id: role, need_id: need['id'], call_at: '2026-10-21T11:00:00.000Z' }] })
    const seen = await app.ask('project.overview', { project_id: project })
    expect(seen['missions']).toMatchObject([{
      title: 'Générale', people: 1, call_at: '2026-10-21T11:00:00.000Z', location: { name: 'Grande Halle' }, coverage: { needed: 2, filled: 0, held: 1 }, sheet: null,
      sun: { rise_at: expect.stringMatching(/^2026-10-21T0[67]/) },
    }])
    expect(seen['departments']).toMatchObject([{ coverage: { needed: 2, held: 1 } }])
    expect(seen['steps']).toEqual({ mission: true, assignment: true, conflict: false, sheet: false, colleague: false })
  })

  it('shows the next mission when the coming week is empty', async () => {
    await makeMission('Loin', '2026-11-05T12:00:00.000Z', '2026-11-05T22:00:00.000Z')
    expect((await app.ask('project.overview', { project_id: project }))['missions']).toMatchObject([{ title: 'Loin' }])
  })
})

describe('what a person put aside and filters', () => {
  const ask = (input: Record<string, unknown>) => app.ask('matter.list', input) as Promise<{ items: (Item & { fingerprint: string; severity: string })[]; total: number; facets: Record<string, { value: string | null; count: number }[]> }>

  it('is left out of list and count as long as it has not changed, and found again by itself', async () => {
    const mission = await makeMission('Générale', '2026-10-21T12:00:00.000Z', '2026-10-21T22:00:00.000Z')
    const [first, second] = (await ask({})).items
    const aside = [{ id: first?.id, fingerprint: first?.fingerprint }]
    expect((await ask({ without: aside })).items.map(({ id }) => id)).toEqual([second?.id])
    expect((await ask({ only: aside })).items.map(({ id }) => id)).toEqual([first?.id])
    expect(await app.ask('matter.count', { without: aside })).toMatchObject({ handle: 1 })
    expect((await ask({ without: [{ id: first?.id, fingerprint: 'of another day' }] })).total).toBe(2)
    expect((await ask({ only: [] })).total).toBe(0)
    expect(mission).toBeTruthy()
  })

  it('counts the values of a filter under the other filters, beyond what is shown', async () => {
    const other = await makeProject('TOUR')
    for (const title of ['Un', 'Deux']) await makeMission(title, '2026-10-21T12:00:00.000Z', '2026-10-21T22:00:00.000Z')
    await makeMission('Là', '2026-10-21T12:00:00.000Z', '2026-10-21T22:00:00.000Z', other)
    const whole = await ask({ filter: { kind: 'sheet_due' }, facets: ['kind', 'project_id'], limit: 1 })
    expect([whole.items.length, whole.total]).toEqual([1, 3])
    expect(whole.facets['project_id']).toEqual([{ value: project, count: 2 }, { value: other, count: 1 }])
    expect(new Map(whole.facets['kind']?.map(({ value, count }) => [value, count]))).toEqual(new Map([['sheet_due', 3], ['mission_incomplete', 3]]))
    expect((await ask({ filter: { project_id: { not: [project] }, kind: ['sheet_due', 'need_open'] } })).items.map(({ project_id }) => project_id)).toEqual([other])
    expect(await app.refused('matter.list', { filter: { title: 'Un' } })).toBe('validation.invalid')
  })
})
