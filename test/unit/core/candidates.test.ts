/** Who is offered for a post: only who fits, in the order of decision P12, each with the reasons. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

interface Line {
  [column: string]: unknown
}
let app: TestOrganization
let world: World
let role: string
let post: { mission: string; need: string }
const day = (date: string, time: string): string => `2026-12-${date}T${time}:00.000Z`
const person = async (display_name: string, roles: readonly string[]): Promise<string> => {
  const id = String((await app.ask('collaborator.create', { display_name }))['id'])
  await app.ask('collaborator.set_crew_roles', { id, crew_role_ids: [...roles] })
  return id
}
const mission = async (title: string, start_at: string, end_at: string, project_id = world.a.project): Promise<string> => String((await app.ask('mission.create', { project_id, title, start_at, end_at }))['id'])
const plan = (mission_id: string, collaborator_id: string, more: object = {}) => app.ask('assignment.create', { mission_id, people: [{ collaborator_id, ...more }] })
const find = async (input: object, session?: Session): Promise<Line[]> => (await app.ask('assignment.find_people', { mission_id: post.mission, fitting: true, search: 'zzyva', ...input }, session))['items'] as Line[]
const names = (lines: readonly Line[]): unknown[] => lines.map((line) => String(line['display_name']).replace('Zzyva ', ''))
const reasons = (line: Line | undefined): Record<string, unknown> => Object.fromEntries(((line?.['reasons'] ?? []) as { code: string; figure: unknown }[]).map(({ code, figure }) => [code, figure]))

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'candidates' })
  world = await buildWorld(app)
  const roles = (await app.ask('organization.get', {}))['crew_roles'] as { id: string }[]
  const [first, second] = [String(roles[0]?.id), String(roles[1]?.id)]
  role = first
  const kind = world.ids.get('certification_kind')?.[0]
  const skill = world.ids.get('skill')?.[0]
  await app.ask('rate_card.create', { name: 'Poste', crew_role_id: role, basis: 'hourly', amount_minor: 2_000, currency: 'EUR' })
  const on = await mission('À pourvoir', day('12', '10:00'), day('12', '18:00'))
  const need = String((await app.ask('need.create', { mission_id: on, crew_role_id: role, skill_ids: [skill], certification_kind_ids: [kind], start_at: day('12', '12:00'), end_at: day('12', '16:00') }))['id'])
  post = { mission: on, need }
  const certify = async (id: string, expires_on = '2027-01-01') => app.ask('certification.create', { collaborator_id: id, kind_id: kind, expires_on })
  const people = new Map<string, string>()
  for (const name of ['Reposée', 'Habituée', 'Proche', 'Prise', 'Absente', 'Là', 'Périmée', 'Sans titre']) people.set(name, await person(`Zzyva ${name}`, [role]))
  people.set('Compétente', await person('Zzyva Compétente', [second]))
  people.set('Autre', await person('Zzyva Autre', [second]))
  const idOf = (name: string): string => people.get(name) ?? ''
  for (const name of ['Reposée', 'Habituée', 'Proche', 'Prise', 'Absente', 'Là', 'Compétente', 'Autre']) await certify(idOf(name))
  await certify(idOf('Périmée'), '2026-12-11')
  await app.ask('collaborator.set_skill', { id: idOf('Compétente'), skill_id: skill, level: 2 })
  const away = { zone: 'Europe/Paris', project_id: null, replace: false, start_at: day('12', '00:00'), end_at: day('13', '00:00') }
  await app.ask('availability.set', { ...away, collaborator_id: idOf('Absente'), kind: 'unavailable' })
  const before = await mission('Avant', day('12', '02:00'), day('12', '08:00'))
  await plan(before, idOf('Proche'))
  const elsewhere = await mission('Ailleurs', day('12', '13:00'), day('12', '15:00'), world.b.project)
  await plan(elsewhere, idOf('Prise'))
  await plan(on, idOf('Là'))
  const past = await mission('Passée', '2026-09-01T08:00:00.000Z', '2026-09-01T18:00:00.000Z')
  await plan(past, idOf('Habituée'), { crew_role_id: role, rate_basis: 'hourly', rate_minor: 3_000, rate_currency: 'EUR' })
})
afterAll(() => app.close())

it('only who holds the crew role or every skill, is certified on the day, and is there', async () => {
  const found = names(await find({ need_id: post.need }))
  expect(found).not.toContain('Périmée')
  expect(found).not.toContain('Sans titre')
  expect(found).not.toContain('Autre')
  expect(found).toContain('Compétente')
})

it('the rested before those who work near, the less costly first, then who works then, then who is away, and who is there already last', async () => {
  expect(names(await find({ need_id: post.need }))).toEqual(['Compétente', 'Reposée', 'Habituée', 'Proche', 'Prise', 'Absente', 'Là'])
})

it('each line says why', async () => {
  const lines = await find({ need_id: post.need })
  const of = (name: string) => lines.find((line) => line['display_name'] === `Zzyva ${name}`)
  expect(reasons(of('Proche'))).toEqual({ role_main: null, no_severe: null, free: null, rest: 240, worked: 0, cost: 8_000 })
  // Their own last rate in the role, rather than its card.
  expect(reasons(of('Habituée'))).toMatchObject({ cost: 12_000 })
  expect(reasons(of('Compétente'))).toMatchObject({ skilled: null, rested: null })
  expect(reasons(of('Prise'))).toMatchObject({ assigned: null, rest: 0 })
  expect(reasons(of('Absente'))).toMatchObject({ unavailable: null })
  expect(of('Reposée')).toMatchObject({ currency: 'EUR' })
})

it('cost is said to who may read rates only', async () => {
  const planner = world.personas.find((one) => one.role === 'planner' && one.project === world.a.project)
  if (!planner) throw new Error('planner')
  const said = async (): Promise<boolean> => (await find({ need_id: post.need }, planner.session)).some((line) => 'cost' in reasons(line) || line['currency'] !== null)
  expect(await said()).toBe(true)
  await app.ask('organization.update', { id: app.org, version: 1, changes: { planners_read_rates: false } })
  expect(await said()).toBe(false)
})

it('a replacement is looked for on the hours and the role of the assignment, without the person who has it', async () => {
  const id = String(((await plan(post.mission, String((await find({ need_id: post.need }))[0]?.['id']), { crew_role_id: role, start_at: day('12', '10:00'), end_at: day('12', '11:00') }))['ids'] as string[])[0])
  const found = await find({ assignment_id: id })
  expect(names(found)).not.toContain('Compétente')
  expect(reasons(found.find((line) => line['display_name'] === 'Zzyva Proche'))).toMatchObject({ rest: 120 })
})
