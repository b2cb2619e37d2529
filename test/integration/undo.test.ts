import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { allOperations, enteredState, walk } from '../fixtures/walk.ts'
import { buildWorld, type World } from '../fixtures/world.ts'
import { deriveId } from '../../shared/kernel/ids.ts'

let app: TestOrganization
let world: World
const open = async (seed: string): Promise<void> => {
  app = await openTestOrganization({ seed })
  world = await buildWorld(app)
}
afterEach(() => app.close())

const commandOf = (id: string): string => deriveId(app.owner.user_id, `call:${app.org}:${id}`)
const undoable = new Map(allOperations.map(({ name, undoable: can }) => [name, can]))
const state = () => enteredState(app.file.readEngine, app.org)
let undos = 0
let walks = 0
async function undo(command_id: string): Promise<{ code: string; command: string }> {
  const id = `undo-${++undos}`
  const answer = await app.core.execute({ name: 'history.undo', input: { command_id }, id }, app.owner)
  return { code: isError(answer) ? `${answer.error.code} ${JSON.stringify(answer.error.details)}` : 'done', command: commandOf(id) }
}

describe('undo', () => {
  it('brings back exactly what was entered before, step by step, over random work in every context; redo and undo again too', async () => {
    await open('undo')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), async (seed) => {
        const draw = drawFrom(seed)
        // A number may be drawn twice: its calls are new ones all the same.
        const turn = ++walks
        const before: { command: string; name: string; state: Map<string, string> }[] = []
        for (let step = 0; step < 14; step++) {
          const former = await state()
          const [done] = await walk(app, draw, 1, { prefix: `${turn}-${seed}-${step}`, only: ({ undoable: can }) => can })
          if (done && !isError(done.answer)) before.push({ command: commandOf(done.id), name: done.name, state: former })
        }
        let later = await state()
        for (const { command, name, state: former } of before.toReversed()) {
          const first = await undo(command)
          expect(first.code, name).toBe('done')
          expect(await state(), `undo ${name}`).toEqual(former)
          const redo = await undo(first.command)
          expect(redo.code, `redo ${name}`).toBe('done')
          expect(await state(), `redo ${name}`).toEqual(later)
          const again = await undo(redo.command)
          expect(again.code, `undo again ${name}`).toBe('done')
          expect(await state(), `undo again ${name}`).toEqual(former)
          later = former
        }
      }),
      { numRuns: 12, seed: 20_261_122 },
    )
  }, 120_000)

  it('opens again what it locked and what it archived', async () => {
    await open('undo-lock')
    const [mission = ''] = world.a.missions
    for (const [name, id] of [['mission.lock', mission], ['project.archive', world.b.project]] as const) {
      const former = await state()
      await app.ask(name, { id }, app.owner, name)
      expect((await undo(commandOf(name))).code).toBe('done')
      expect(await state()).toEqual(former)
    }
  })

  it('refuses with the field that moved, and leaves it as it is', async () => {
    await open('undo-moved')
    const [mission = ''] = world.a.missions
    const version = Number((await app.ask('mission.get', { id: mission }))['version'])
    await app.ask('mission.update', { id: mission, version, changes: { title: 'Premier' } }, app.owner, 'first')
    await app.ask('mission.update', { id: mission, version: version + 1, changes: { title: 'Second', priority: 3 } })
    const former = await state()
    const answer = await app.core.execute({ name: 'history.undo', input: { command_id: commandOf('first') }, id: 'late' }, app.owner)
    expect(isError(answer) && answer.error).toMatchObject({ code: 'undo.moved', details: [{ field: 'title', issue: 'changed_since', expected: '"Premier"', found: '"Second"' }] })
    expect(await state()).toEqual(former)
  })

  it('takes back one field when only another moved since', async () => {
    await open('undo-field')
    const [mission = ''] = world.a.missions
    const row = await app.ask('mission.get', { id: mission })
    const version = Number(row['version'])
    await app.ask('mission.update', { id: mission, version, changes: { title: 'Premier' } }, app.owner, 'first')
    await app.ask('mission.update', { id: mission, version: version + 1, changes: { priority: 3 } })
    expect((await undo(commandOf('first'))).code).toBe('done')
    expect(await app.ask('mission.get', { id: mission })).toMatchObject({ title: row['title'], priority: 3 })
  })

  it('refuses to take away what something newer rests on', async () => {
    await open('undo-depends')
    const made = await app.ask('mission.create', { project_id: world.a.project, title: 'Appui', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' }, app.owner, 'base')
    await app.ask('assignment.create', { mission_id: made['id'], people: [{ collaborator_id: world.stranger }] })
    expect((await undo(commandOf('base'))).code).toContain('undo.depends')
  })

  it('is never given for what had an effect outside', async () => {
    await open('undo-never')
    const never = [...undoable].filter(([, can]) => !can).map(([name]) => name)
    expect(never).toEqual(expect.arrayContaining(['organization.create', 'sheet.publish', 'sheet.validate']))
    const [founding] = (await app.file.readEngine.all(`SELECT id FROM command_log WHERE name = 'organization.create'`, [])).map((row) => String(row['id']))
    expect((await undo(founding ?? '')).code).toContain('undo.impossible')
    await app.ask('sheet.update_draft', { revision_id: world.a.rows.get('revision'), version: 1, changes: {
      emergency_numbers: [{ id: 'e', label: null, number: '112' }], hospital: { name: 'Hôpital du Port', address: null, phone: null, minutes: 9, distance_km: null }, headline: 'Jeu' } })
    const published = await app.core.execute({ name: 'sheet.validate', input: { revision_id: world.a.rows.get('revision') }, id: 'validated' }, app.owner)
    if (!isError(published)) expect((await undo(commandOf('validated'))).code).toContain('undo.impossible')
  })

  it('asks nothing of what the command itself had made and taken away again', async () => {
    await open('undo-came-and-went')
    const former = await state()
    const window = (from: number, to: number) => ({ start_at: `2026-11-20T${from}:00:00.000Z`, end_at: `2026-11-20T${to}:00:00.000Z` })
    // Of two events over one another the later cuts the former, which it covers.
    const events = [{ external_id: 'un', zone: 'Europe/Paris', blocks: [window(10, 12)] }, { external_id: 'deux', zone: 'Europe/Paris', blocks: [window(10, 14)] }]
    await app.ask('availability.write_calendar', { collaborator_id: world.stranger, events, kind: 'unavailable' }, app.owner, 'calendar')
    expect((await undo(commandOf('calendar'))).code).toBe('done')
    expect(await state()).toEqual(former)
  })

  it('is for one’s own commands, once', async () => {
    await open('undo-own')
    await app.ask('skill.create', { name: 'Cordes' }, app.owner, 'mine')
    const admin = world.personas.find(({ role }) => role === 'org_admin')
    expect(await app.refused('history.undo', { command_id: commandOf('mine') }, admin?.session)).toBe('command.not_found')
    expect((await undo(commandOf('mine'))).code).toBe('done')
    expect((await undo(commandOf('mine'))).code).toContain('undone_already')
  })
})
