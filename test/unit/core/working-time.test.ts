/** Labour rules and hours as the core answers them: which pack holds, who may ask for whose hours, what is never said. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
interface Line {
  [column: string]: unknown
}
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'working time' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const persona = (role: string, project: string | null = null) => {
  const found = world.personas.find((one) => one.role === role && one.project === project)
  if (!found) throw new Error(role)
  return found
}
const at = (date: string, time: string): string => `2026-12-${date}T${time}:00.000Z`
async function work(project_id: string, collaborator_id: string, date: string, from: string, to: string, more: object = {}): Promise<string> {
  const mission = await app.ask('mission.create', { project_id, title: `Jour ${date} discret`, start_at: at(date, from), end_at: at(date, to) })
  return String(((await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id, ...more }] }))['ids'] as string[])[0])
}
const person = async (display_name: string): Promise<string> => String((await app.ask('collaborator.create', { display_name }))['id'])
const rulesFor = async (id: string) => ((await app.ask('conflict.list', { person_id: id }))['items'] as Line[]).filter((one) => one['source'] === 'rule').map((one) => one['figures'] as Line)

it('a rule pack holds by the agreement of the project and the kind of engagement; without one the labour code does, as default', async () => {
  const id = await person('Conventionnée')
  await work(world.a.project, id, '02', '08:00', '19:00')
  expect(await rulesFor(id)).toMatchObject([{ rule: 'daily_work', article: 'L3121-18, L3121-19', pack_is_default: true, pack_fr: 'Code du travail (défaut)', found_minutes: 660, warning_minutes: 600 }])
  await app.ask('project.update', { id: world.a.project, version: (await app.ask('project.get', { id: world.a.project }))['version'], changes: { agreement: '1285' } })
  expect(await rulesFor(id)).toMatchObject([{ pack: 'fr-1285', pack_is_default: false, rule_fr: 'Durée quotidienne maximale', rule_en: 'Longest working day', article: expect.stringContaining('VI.6.1') }])

  const listed = await app.ask('rule_pack.list', { project_id: world.a.project })
  const project = listed['project'] as { agreement: string; holding: { engagement_kind: string; pack_id: string | null; rules: Line[] }[] }
  expect(project.agreement).toBe('1285')
  const technician = project.holding.find((one) => one.engagement_kind === 'cddu_technician')
  expect(technician).toMatchObject({ pack_id: 'fr-1285' })
  expect(technician?.rules).toContainEqual({ code: 'week_average', pack_id: 'fr-code-du-travail', is_default: true })
  expect(technician?.rules).toContainEqual({ code: 'daily_work', pack_id: 'fr-1285', is_default: false })
  expect(technician?.rules.map((rule) => rule['code'])).not.toContain('touring_travel')
  expect((listed['packs'] as Line[]).map((pack) => [pack['id'], pack['in_force']])).toContainEqual(['fr-3097-actors', true])
  expect((listed['agreements'] as Line[]).find((one) => one['code'] === '3252')).toMatchObject({ packs: [] })
  expect((await app.ask('rule_pack.list', {}))['project']).toBeNull()
})

it('hours count the work of every project and name none of them, nor an amount', async () => {
  const id = await person('Partagée')
  await work(world.a.project, id, '07', '08:00', '16:00')
  await work(world.b.project, id, '08', '08:00', '18:00', { rate_basis: 'daily', rate_minor: 31_415, rate_currency: 'EUR' })
  const planner = persona('planner', world.a.project)
  const answer = await app.ask('working_time.of', { collaborator_id: id, on: '2026-12-13' }, planner.session)
  const weeks = answer['weeks'] as Line[]
  expect(weeks[11]).toMatchObject({ monday: '2026-12-07', worked_minutes: 18 * 60, days: 2, longest_day_minutes: 600, shortest_rest_minutes: 16 * 60, weeks_unknown: 11 })
  expect(answer['year']).toMatchObject({ from: '2025-12-14', to: '2026-12-13', work_minutes: 0, option_minutes: 18 * 60, threshold_minutes: 30_420 })
  expect(JSON.stringify(answer)).not.toMatch(new RegExp(`discret|31415|${world.a.project}|${world.b.project}`))
})

it('hours are their person’s and of those who plan', async () => {
  const id = await person('Privée')
  const member = persona('member', world.a.project)
  expect((await app.ask('working_time.of', { collaborator_id: member.collaborator }, member.session))['weeks']).toHaveLength(16)
  expect(['auth.forbidden', 'collaborator.not_found']).toContain(await app.refused('working_time.of', { collaborator_id: id }, member.session))
  const viewer = persona('viewer', world.a.project)
  expect(await app.refused('working_time.of', { collaborator_id: viewer.collaborator }, viewer.session)).toBe('auth.forbidden')
})
