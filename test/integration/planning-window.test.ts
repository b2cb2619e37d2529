/** The window of a planning against what the lists say, for every role; what it hides; its edges. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../shared/core/session.ts'
import { planningWindow } from '../../shared/domain/planning/window-operations.ts'
import { openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom, type Draw } from '../fixtures/draw.ts'
import { naiveWindow, sorted, type Cut, type PlainWindow } from '../fixtures/naive-window.ts'
import { buildWorld, type Persona, type ProjectIds, type World } from '../fixtures/world.ts'

const HOUR = 3_600_000
const FIRST = Date.parse('2026-10-22T00:00:00.000Z')
const at = (hours: number): string => new Date(FIRST + hours * HOUR).toISOString()

let app: TestOrganization
let world: World
let roles: string[]

const persona = (name: string): Persona => {
  const found = world.personas.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}
const windowOf = async (session: Session, project_id: string, cut: Cut = {}) => planningWindow.output.parse(await app.ask('planning.window', { project_id, ...cut }, session))

/** The answer with every place in a column made an id again. */
async function decoded(session: Session, project_id: string, cut: Cut): Promise<PlainWindow> {
  const { people, missions, roles: known, locations, needs, assignments: columns, ...window } = await windowOf(session, project_id, cut)
  const bars = columns.id.map((_, row) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])))
  const idOf = (rows: readonly { id: string }[], place: unknown): string | null => rows[Number(place)]?.id ?? null
  return {
    from: window.from, to: window.to,
    people: people.map((row) => ({ ...row, role: idOf(known, row.role) })),
    missions: missions.map((row) => ({ ...row, location: locations[row.location]?.name ?? null })),
    assignments: bars.map(({ untold: _, ...row }) => ({
      ...row, person: idOf(people, row['person']), mission: idOf(missions, row['mission']), need: idOf(needs, row['need']), role: known[Number(row['role'])]?.name ?? null,
      department: known[Number(row['role'])]?.department_code ?? null,
    })),
    needs: needs.map(({ role: _, ...row }) => ({ ...row, mission: idOf(missions, row.mission) })),
    milestones: window.milestones.map((row) => ({ ...row, mission: idOf(missions, row.mission) })),
    dependencies: window.dependencies.map((row) => ({ ...row, before: idOf(missions, row.before), after: idOf(missions, row.after) })),
    availability: window.availability.map((row) => ({ ...row, person: idOf(people, row.person) })),
    busy: window.busy.map((row) => ({ ...row, person: idOf(people, row.person) })),
    conflicts: window.conflicts.map(({ figures: _, source: __, ...row }) => ({
      ...row, person: idOf(people, row.person), assignments: row.assignments.map((place) => columns.id[place]).sort().join(' '), missions: row.missions.map((place) => idOf(missions, place)).sort().join(' '),
    })),
  }
}

/** More of everything, at random: people of all kinds on missions that may overlap, wait for each other, be canceled or cross the change of clocks. */
async function grow(draw: Draw, { project, missions }: ProjectIds, people: readonly string[], count: number): Promise<void> {
  const some = <T>(of: readonly T[]): T[] => of.filter(() => draw.chance(0.4))
  const made: string[] = []
  for (let index = 0; index < count; index++) {
    const start = draw.below(96)
    const window = { start_at: at(start), end_at: at(start + 2 + draw.below(14)) }
    const mission = String((await app.ask('mission.create', { project_id: project, title: `M${index} ${draw.below(1000)}`, day_code: `J${index}`, tags: ['nuit'], ...window }))['id'])
    made.push(mission)
    const wanted = await app.ask('need.create', { mission_id: mission, crew_role_id: draw.one(roles), head_count: 1 + draw.below(3), ...(draw.chance(0.3) ? window : {}), ...(draw.chance(0.3) ? { notes: 'de nuit' } : {}) })
    if (draw.chance(0.5)) await app.ask('milestone.create', { mission_id: mission, label: 'Portes', at: at(start + 1) })
    const chosen = some(people)
    if (chosen.length > 0) {
      const { ids } = await app.ask('assignment.create', {
        mission_id: mission,
        people: chosen.map((collaborator_id) => ({
          collaborator_id, crew_role_id: draw.one(roles), ...(draw.chance(0.4) ? { need_id: wanted['id'] } : {}), ...(draw.chance(0.3) ? { start_at: at(start + 1), end_at: at(start + 2), call_at: at(start) } : {}),
          ...(draw.chance(0.2) ? { option_rank: 2, option_expires_at: at(start - 200) } : {}),
        })),
      })
      const canceled = some(ids as string[]).filter(() => draw.chance(0.4))
      if (canceled.length > 0) await app.ask('assignment.cancel', { ids: canceled, reason: 'Ne peut plus venir' })
    }
    if (draw.chance(0.15)) await app.ask('mission.change_status', { id: mission, to: 'canceled', reason: 'Date annulée' })
  }
  for (const [index, mission] of made.entries())
    if (index > 0 && draw.chance(0.4)) await app.ask('dependency.add', { project_id: project, before_mission_id: draw.one([...missions.slice(0, 1), ...made.slice(0, index)]), after_mission_id: mission, lag_minutes: 30 * draw.below(4) })
  for (const collaborator_id of some(people)) {
    const start = draw.below(96)
    await app.ask('availability.set', {
      collaborator_id, kind: draw.one(['available', 'unavailable']), start_at: at(start), end_at: at(start + 1 + draw.below(20)), zone: 'Europe/Paris', reason: 'famille', project_id: draw.one([null, project]), replace: false,
    })
  }
}

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'window' })
  world = await buildWorld(app)
  roles = ((await app.ask('organization.get', {}))['crew_roles'] as { id: string }[]).slice(0, 5).map(({ id }) => id)
  const others: string[] = []
  for (const [kind, display_name] of [['person', 'Ada'], ['team', 'Les Poursuites'], ['vendor', 'Sono Ouest']]) {
    const { id } = await app.ask('collaborator.create', { kind, display_name })
    await app.ask('collaborator.set_crew_roles', { id, crew_role_ids: [roles[3], roles[0]] })
    others.push(String(id))
  }
  const people = [...others, world.stranger, ...world.personas.slice(0, 7).map((one) => one.collaborator), persona('member of A').collaborator]
  await grow(drawFrom(7), world.a, people, 12)
  await grow(drawFrom(8), world.b, people, 8)
}, 120_000)
afterAll(() => app.close())

describe('the window of a planning', () => {
  const everyone = ['org_owner', 'planner', 'viewer', 'member', 'project_manager of A', 'planner of A', 'viewer of A', 'member of A']
  it.each(everyone)('tells a %s what the lists, the pages of missions and the calendars of people tell, whole and cut anywhere', async (name) => {
    const { session } = persona(name)
    const draw = drawFrom(name.length)
    const cuts: Cut[] = [{}, { from: at(30) }, { to: at(40) }]
    for (let index = 0; index < 4; index++) {
      const start = draw.below(90)
      cuts.push({ from: at(start), to: at(start + 1 + draw.below(30)) })
    }
    for (const cut of cuts) {
      const told = await decoded(session, world.a.project, cut)
      const expected = await naiveWindow(app, session, world.a.project, cut)
      expect([told.from, told.to]).toEqual([expected.from, expected.to])
      for (const part of ['people', 'missions', 'assignments', 'needs', 'milestones', 'dependencies', 'availability', 'busy', 'conflicts'] as const)
        expect(sorted(told[part]), `${part} ${JSON.stringify(cut)}`).toEqual(sorted(expected[part]))
    }
    const whole = await decoded(session, world.a.project, {})
    expect(whole.assignments.length).toBeGreaterThan(0)
    if (name === 'org_owner') for (const part of ['needs', 'milestones', 'dependencies', 'availability', 'busy', 'conflicts'] as const) expect(whole[part].length, part).toBeGreaterThan(0)
  }, 120_000)

  it('shows a member the missions they are on and nothing else of the project', async () => {
    const me = persona('member of A')
    const mine = await windowOf(me.session, world.a.project)
    const whole = await windowOf(app.owner, world.a.project)
    const own = new Set(whole.assignments.id.flatMap((_, row) => (whole.people[whole.assignments.person[row] ?? -1]?.id === me.collaborator && whole.assignments.state[row] !== 'canceled' ? [whole.missions[whole.assignments.mission[row] ?? -1]?.id] : [])))
    expect(new Set(mine.missions.map(({ id }) => id))).toEqual(own)
    expect(mine.missions.length).toBeLessThan(whole.missions.length)
    expect(mine.busy_known).toBe(false)
    expect(mine.conflicts).toEqual([])
    expect(whole.busy_known).toBe(true)
  })

  it('says of work in other projects when and whether it is firm, even to who reads them', async () => {
    const { busy } = await windowOf(app.owner, world.a.project)
    expect(busy.length).toBeGreaterThan(0)
    for (const one of busy) expect(Object.keys(one).sort()).toEqual(['end', 'firm', 'person', 'start'])
  })

  it('is not found by who has nothing in the project, refused to who reads no project, and not found in another organization', async () => {
    expect(await app.refused('planning.window', { project_id: world.b.project }, persona('planner of A').session)).toBe('project.not_found')
    expect(await app.refused('planning.window', { project_id: world.b.project }, persona('viewer of A').session)).toBe('project.not_found')
    expect(await app.refused('planning.window', { project_id: world.a.project }, persona('compliance').session)).toBe('auth.forbidden')
    const elsewhere = await openTestOrganization({ seed: 'elsewhere' })
    expect(await elsewhere.refused('planning.window', { project_id: world.a.project })).toBe('project.not_found')
    await elsewhere.close()
  })

  it('carries no rate, no telephone, no address and no word that is not a planning’s, whoever asks', async () => {
    const text = JSON.stringify(await app.ask('planning.window', { project_id: world.a.project }))
    for (const secret of ['06 39 98', '42424', '31313', 'example.org', 'note interne', 'note sur soi', 'rate_minor', 'rate_basis', 'currency', 'phone', 'email', 'address', 'birth', 'NUM-6398']) expect(text.includes(secret), secret).toBe(false)
  })

  it('names the latest published plan, and says of bars whose people were not told of it, or that moved since', async () => {
    const { project, rows } = world.b
    expect((await windowOf(app.owner, project)).published).toMatchObject({ id: rows.get('plan_publication'), number: 1 })
    const { id } = await app.ask('plan.publish', { project_id: project, start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z' })
    const published = await windowOf(app.owner, project)
    expect(published.published).toMatchObject({ id, number: 2 })
    expect(published.assignments.untold).toContain(true)
    await app.ask('plan.mark_told', { publication_id: id, collaborator_ids: published.people.map((person) => person.id), how: 'hand' })
    const told = await windowOf(app.owner, project)
    expect(told.assignments.untold).not.toContain(true)
    const moved = told.assignments.id[told.assignments.state.indexOf('planned')]
    await app.ask('assignment.shift', { ids: [moved], days: 0, minutes: 30 })
    const { assignments } = await windowOf(app.owner, project)
    expect(assignments.id.filter((_, row) => assignments.untold[row])).toEqual([moved])
  })

  it('takes a bar that shares a moment with the window, and not one that only touches it', async () => {
    const project_id = String((await app.ask('project.create', {
      code: 'BORD', name: 'Bords', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr', school_zone: 'B',
    }))['id'])
    // 02:30 to 02:30 on the clock of Paris: an hour passes, the clocks go back.
    const mission = await app.ask('mission.create', { project_id, title: 'Nuit', start_at: '2026-10-25T00:30:00.000Z', end_at: '2026-10-25T01:30:00.000Z' })
    await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: world.stranger }] })
    const seen = async (from: string, to: string): Promise<number> => (await windowOf(app.owner, project_id, { from: `2026-10-25T${from}:00.000Z`, to: `2026-10-25T${to}:00.000Z` })).assignments.id.length
    expect(await seen('00:00', '00:30')).toBe(0)
    expect(await seen('00:00', '00:31')).toBe(1)
    expect(await seen('01:29', '02:00')).toBe(1)
    expect(await seen('01:30', '02:00')).toBe(0)
    expect(await seen('00:45', '01:00')).toBe(1)
    const whole = await windowOf(app.owner, project_id)
    expect([whole.assignments.start, whole.assignments.end]).toEqual([[Date.parse('2026-10-25T00:30:00.000Z')], [Date.parse('2026-10-25T01:30:00.000Z')]])
    expect([whole.from, whole.to]).toEqual(['2026-10-20T00:00:00.000Z', '2026-11-10T00:00:00.000Z'])
    // A day is one of the project's zone: 31 October 23:30 in Paris is still October in UTC too, 23:30 UTC is 1 November in Paris.
    expect((await windowOf(app.owner, project_id, { from: '2026-10-31T23:30:00.000Z', to: '2026-10-31T23:45:00.000Z' })).holidays).toMatchObject([{ kind: 'public', name: 'all_saints', first: '2026-11-01' }])
    expect((await windowOf(app.owner, project_id, { from: '2026-10-31T21:00:00.000Z', to: '2026-10-31T23:00:00.000Z' })).holidays).not.toContainEqual(expect.objectContaining({ name: 'all_saints' }))
    expect(await app.refused('planning.window', { project_id, from: '2026-10-25T00:00:00.000Z', to: '2026-10-25T00:00:00.000Z' })).toBe('validation.invalid')
  })

  it('takes nobody for busy with a mission that was canceled, whatever the state of its bars', async () => {
    const busy = async (): Promise<number> => (await windowOf(app.owner, world.a.project)).busy.length
    expect(await busy()).toBeGreaterThan(0)
    // No operation yet leaves somebody engaged on a canceled mission; those of later editions will.
    await app.file.engine.run(`UPDATE mission SET status = 'canceled' WHERE project_id <> ?`, [world.a.project])
    expect(await busy()).toBe(0)
  })
})
