/** The life of a mission, by every role and at random; what is closed stays closed. The table is written here from the specification. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyOperation } from '../../shared/domain/operation.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { inputFor } from '../fixtures/inputs.ts'
import { enteredState, walkable } from '../fixtures/walk.ts'
import { buildWorld, type Persona, type World } from '../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'ladders' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const states = ['draft', 'planned', 'in_progress', 'done', 'canceled'] as const
type State = (typeof states)[number]
/** from -> to: who, and whether a reason is needed. */
const spec: Partial<Record<`${State} ${State}`, { who: 'planner' | 'manager'; reason?: true }>> = {
  'draft planned': { who: 'planner' }, 'planned draft': { who: 'planner' }, 'planned in_progress': { who: 'manager' }, 'in_progress done': { who: 'manager' },
  'draft canceled': { who: 'manager', reason: true }, 'planned canceled': { who: 'manager', reason: true }, 'in_progress canceled': { who: 'manager', reason: true },
  'canceled draft': { who: 'manager', reason: true }, 'done in_progress': { who: 'manager', reason: true },
}
const path: Record<State, State[]> = { draft: [], planned: ['planned'], in_progress: ['planned', 'in_progress'], done: ['planned', 'in_progress', 'done'], canceled: ['canceled'] }

async function missionIn(state: State): Promise<string> {
  const made = await app.ask('mission.create', { project_id: world.a.project, title: `Étape ${state}`, location_id: world.a.location, start_at: '2026-10-27T08:00:00.000Z', end_at: '2026-10-27T18:00:00.000Z' })
  for (const to of path[state]) await app.ask('mission.change_status', { id: made['id'], to, reason: 'essai' })
  return String(made['id'])
}
const move = async (id: string, to: State, persona: Persona | null, reason?: string): Promise<string> => {
  const answer = await app.core.execute({ name: 'mission.change_status', input: { id, to, ...(reason ? { reason } : {}) } }, persona?.session ?? app.owner)
  return isError(answer) ? answer.error.code : 'done'
}
const statusOf = async (id: string): Promise<string> => String((await app.file.readEngine.all('SELECT status FROM mission WHERE id = ?', [id]))[0]?.['status'])
const rank = (role: string): number => ['org_owner', 'org_admin', 'project_manager'].includes(role) ? 2 : role === 'planner' ? 1 : 0

describe('the life of a mission', () => {
  it('goes where the table says, for whom it says, from every state to every other', async () => {
    const wrong: string[] = []
    const movers = world.personas.filter(({ role, project }) => rank(role) > 0 || (project !== null && role === 'viewer'))
    for (const from of states) {
      let id = await missionIn(from)
      for (const persona of movers) {
        const offered = (await app.ask('mission.get', { id }, persona.session))['next_states']
        const expected = states.flatMap((to) => {
          const way = spec[`${from} ${to}`]
          return way && rank(persona.role) >= (way.who === 'manager' ? 2 : 1) ? [{ to, reason: way.reason === true }] : []
        })
        if (JSON.stringify(offered) !== JSON.stringify(expected)) wrong.push(`${from} offers ${JSON.stringify(offered)} to ${persona.name}`)
      }
      for (const to of states)
        for (const persona of movers) {
          const way = spec[`${from} ${to}`]
          const may = rank(persona.role) >= (way?.who === 'manager' ? 2 : 1)
          if (way?.reason && may) {
            const bare = await move(id, to, persona)
            if (bare !== 'reason.required') wrong.push(`${from} > ${to} without a reason by ${persona.name}: ${bare}`)
          }
          const code = await move(id, to, persona, 'motif')
          const expected = rank(persona.role) === 0 ? 'auth.forbidden' : from === to ? 'done' : !way ? 'mission.transition_rejected' : may ? 'done' : 'auth.forbidden'
          if (code !== expected) wrong.push(`${from} > ${to} by ${persona.name}: ${code} instead of ${expected}`)
          if ((await statusOf(id)) !== from) id = await missionIn(from)
        }
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('never leaves the table on a random walk, and every refused step changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ to: fc.constantFrom(...states), reason: fc.boolean(), lock: fc.integer({ min: 0, max: 9 }) }), { minLength: 5, maxLength: 25 }), async (steps) => {
        const id = await missionIn('draft')
        let now: State = 'draft'
        let locked = false
        for (const { to, reason, lock } of steps) {
          if (lock === 0) {
            await app.ask(locked ? 'mission.unlock' : 'mission.lock', { id })
            locked = !locked
          }
          const offered = (await app.ask('mission.get', { id }))['next_states'] as { to: State }[]
          expect(offered.map((step) => step.to)).toEqual(states.filter((state) => spec[`${now} ${state}`] && (!locked || state === 'canceled')))
          const way = spec[`${now} ${to}`]
          const legal = way !== undefined && (!way.reason || reason) && (!locked || to === 'canceled')
          const code = await move(id, to, null, reason ? 'motif' : undefined)
          expect(code === 'done', `${now} > ${to} locked ${locked} reason ${reason}: ${code}`).toBe(legal || now === to)
          if (legal) now = to
          expect(await statusOf(id)).toBe(now)
        }
      }),
      { numRuns: 25, seed: 7 },
    )
  }, 60_000)

  it('a mission without a place is not planned, one with people engaged is not canceled before they are', async () => {
    const bare = await app.ask('mission.create', { project_id: world.a.project, title: 'Sans lieu', start_at: '2026-10-27T08:00:00.000Z', end_at: '2026-10-27T18:00:00.000Z' })
    expect(await move(String(bare['id']), 'planned', null)).toBe('mission.not_ready')
    const engaged = await missionIn('planned')
    const planned = await app.ask('assignment.create', { mission_id: engaged, people: [{ collaborator_id: world.stranger }] })
    const [assignment] = planned['ids'] as string[]
    await app.file.engine.run(`UPDATE assignment SET state = 'accepted' WHERE id = ?`, [assignment ?? ''])
    expect(await move(engaged, 'canceled', null, 'annulé')).toBe('mission.has_engaged')
    await app.file.engine.run(`UPDATE assignment SET state = 'planned' WHERE id = ?`, [assignment ?? ''])
    expect(await move(engaged, 'canceled', null, 'annulé')).toBe('done')
    expect((await app.file.readEngine.all('SELECT state, cancel_reason FROM assignment WHERE id = ?', [assignment ?? '']))[0]).toEqual({ state: 'canceled', cancel_reason: 'annulé' })
  })

  it('an illegal step is written in the log as refused', async () => {
    const id = await missionIn('draft')
    await move(id, 'done', null)
    const [last] = await app.file.readEngine.all('SELECT action FROM audit_event ORDER BY position DESC LIMIT 1', [])
    expect(last?.['action']).toBe('security.transition.rejected')
  })
})

/** Decision P8, written here from the specification: to -> from which states. */
const questionStates = ['asked', 'free', 'not_free', 'maybe', 'no_answer'] as const
type QuestionState = (typeof questionStates)[number]
const toQuestion = (from: QuestionState, to: QuestionState): boolean => to !== 'asked' && from !== to && (to !== 'no_answer' || from === 'asked')

describe('the life of a question “are you free?”', () => {
  async function questionIn(state: QuestionState, persona: Persona): Promise<string> {
    const { ids } = await app.ask('availability.request', { collaborator_ids: [persona.collaborator], windows: [{ start_at: '2026-12-05T08:00:00.000Z', end_at: '2026-12-05T18:00:00.000Z' }], zone: 'Europe/Paris', deadline_at: '2026-10-01T08:00:00.000Z', channel: 'hand' })
    const [id = ''] = ids as string[]
    if (state === 'no_answer') await app.ask('availability.note_no_answer', { id })
    else if (state !== 'asked') await app.ask('availability.answer', { id, state })
    return id
  }
  const stateOf = async (id: string): Promise<string> => String((await app.file.readEngine.all('SELECT state FROM availability_request WHERE id = ?', [id]))[0]?.['state'])

  it('goes where the table says: an answer by the person or whoever plans, silence by who plans, from every state to every other', async () => {
    const wrong: string[] = []
    for (const persona of world.personas)
      for (const from of questionStates)
        for (const to of questionStates) {
          if (to === 'asked') continue
          const id = await questionIn(from, persona)
          const answer = await app.core.execute(to === 'no_answer' ? { name: 'availability.note_no_answer', input: { id } } : { name: 'availability.answer', input: { id, state: to } }, persona.session)
          const code = isError(answer) ? answer.error.code : 'done'
          const may = rank(persona.role) > 0 || (persona.role === 'member' && to !== 'no_answer')
          const expected = !may ? 'auth.forbidden' : from === to || toQuestion(from, to) ? 'done' : 'availability_request.transition_rejected'
          if (code !== expected) wrong.push(`${from} > ${to} by ${persona.name}: ${code} instead of ${expected}`)
          const now = await stateOf(id)
          if (now !== (expected === 'done' ? to : from)) wrong.push(`${from} > ${to} by ${persona.name} left it ${now}`)
        }
    expect(wrong).toEqual([])
  }, 60_000)
})

/** Commands that write into one project or one mission, aimed at these rows. */
async function attempts(project: string, missions: readonly string[], rows: ReadonlyMap<string, string>, allowed: ReadonlySet<string>): Promise<string[]> {
  const pool = (entity: string): readonly string[] =>
    entity === 'project' ? [project] : entity === 'mission' ? missions : rows.has(entity) ? [rows.get(entity) ?? ''] : (world.ids.get(entity) ?? []).slice(0, 3)
  const inside = (operation: AnyOperation): boolean => {
    const { target } = operation
    if (target.kind === 'project') return true
    return target.kind === 'rows' && ['project', 'mission', 'cost_centre', 'need', 'milestone', 'dependency', 'assignment', 'attachment', 'run_sheet', 'revision', 'key_time', 'sheet_slot', 'sheet_note', 'sheet_row'].includes(target.entity)
  }
  const got: string[] = []
  for (const operation of walkable.filter(inside)) {
    if (allowed.has(operation.name)) continue
    for (const seed of [1, 2, 3]) {
      const input = inputFor(operation, pool, drawFrom(seed), { fullness: 0.9 })
      if ('version' in input && operation.target.kind === 'rows') {
        const [id = ''] = operation.target.ids(input)
        input['version'] = Number((await app.file.readEngine.all(`SELECT version FROM ${operation.target.entity} WHERE id = ?`, [id]))[0]?.['version'] ?? 1)
      }
      const answer = await app.core.execute({ name: operation.name, input }, app.owner)
      got.push(`${operation.name} ${isError(answer) ? answer.error.code : 'done'}`)
    }
  }
  return got
}

describe('what is closed', () => {
  it('a locked mission refuses every write but unlocking and canceling', async () => {
    const [mission = ''] = world.a.missions
    await app.ask('mission.lock', { id: mission, reason: 'relecture' })
    const former = await enteredState(app.file.readEngine, app.org)
    const rows = new Map([...world.a.rows].filter(([entity]) => ['need', 'milestone', 'assignment'].includes(entity)))
    const about = new Set(['mission', 'need', 'milestone', 'assignment'])
    const got = await attempts(world.a.project, [mission], rows, new Set(walkable.flatMap(({ name, target }) =>
      name === 'mission.unlock' || name.startsWith('mission.duplicate') || name.startsWith('sheet.') || name === 'assignment.reassign' || target.kind !== 'rows' || !about.has(target.entity) ? [name] : [])))
    const after = await enteredState(app.file.readEngine, app.org)
    const changed = [...after].filter(([key, value]) => former.get(key) !== value).map(([key]) => key)
    expect(changed).toEqual([])
    expect([...former.keys()].filter((key) => !after.has(key))).toEqual([])
    expect(got.filter((line) => line.endsWith('mission.locked')).length).toBeGreaterThan(15)
    expect(await app.refused('dependency.add', { project_id: world.a.project, before_mission_id: world.a.missions[2], after_mission_id: mission })).toBe('mission.locked')
    expect(await app.refused('assignment.reassign', { ids: [rows.get('assignment')], collaborator_id: world.personas[0]?.collaborator })).toBe('mission.locked')
    await app.ask('mission.unlock', { id: mission })
  })

  it('an archived project refuses every write but being opened again, and can still be read', async () => {
    await app.ask('mission.lock', { id: world.b.missions[2] })
    await app.ask('project.archive', { id: world.b.project })
    const former = await enteredState(app.file.readEngine, app.org)
    // Readings of columns that are remembered belong to the organization, whatever project they were chosen in.
    const got = await attempts(world.b.project, world.b.missions, world.b.rows, new Set(['project.unarchive', 'project.archive', 'import.forget']))
    expect(await enteredState(app.file.readEngine, app.org)).toEqual(former)
    expect(got.filter((line) => line.endsWith('project.archived')).length).toBeGreaterThan(60)
    expect(await app.refused('attachment.add', { project_id: world.b.project, entity: 'project', entity_id: world.b.project, name: 'x.pdf', type: 'application/pdf', size: 1, sha256: 'b'.repeat(64) })).toBe('project.archived')
    expect((await app.ask('mission.list', { project_id: world.b.project }))['total']).toBe(3)
    await app.ask('project.unarchive', { id: world.b.project })
    await app.ask('mission.unlock', { id: world.b.missions[2] })
  })
})
