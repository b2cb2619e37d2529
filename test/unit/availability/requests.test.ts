import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answers } from '../../../shared/domain/availability/operations.ts'
import type { RequestState } from '../../../shared/domain/availability/rules.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type Persona, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'requests' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

type Line = Record<string, unknown>
const windows = [{ start_at: '2026-12-01T08:00:00.000Z', end_at: '2026-12-01T18:00:00.000Z' }, { start_at: '2026-12-02T08:00:00.000Z', end_at: '2026-12-02T18:00:00.000Z' }]
const persona = (name: string): Persona => {
  const found = world.personas.find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}
async function ask(person: string, more: Line = {}): Promise<string> {
  const { ids } = await app.ask('availability.request', { collaborator_ids: [person], windows, zone: 'Europe/Paris', channel: 'hand', ...more })
  return String((ids as string[])[0])
}
const blocksOf = async (person: string): Promise<Line[]> =>
  app.file.readEngine.all('SELECT kind, start_at, end_at, availability_request_id, source FROM availability WHERE collaborator_id = ? AND deleted_at IS NULL ORDER BY start_at', [person])
const newPerson = async (name: string): Promise<string> => String((await app.ask('collaborator.create', { display_name: name }))['id'])
const stateOf = async (id: string): Promise<string> => String((await app.file.readEngine.all('SELECT state FROM availability_request WHERE id = ?', [id]))[0]?.['state'])

describe('asking whether people are free', () => {
  it('is one command for many people, undone as one, and names no project and no mission', async () => {
    const people = [await newPerson('Ambre Question'), await newPerson('Basile Question')]
    await app.ask('availability.request', { collaborator_ids: people, windows, zone: 'Europe/Paris', channel: 'hand', message: 'Êtes-vous libre ?', deadline_at: '2026-11-20T17:00:00.000Z' }, app.owner, 'two')
    const { items, total } = await app.ask('availability_request.list', { filter: { collaborator_id: people } })
    expect(total).toBe(2)
    const [first] = items as Line[]
    expect(first).toMatchObject({ state: 'asked', windows, message: 'Êtes-vous libre ?', deadline_at: '2026-11-20T17:00:00.000Z' })
    expect(Object.keys(first ?? {}).filter((name) => /project|mission|location/.test(name))).toEqual([])
  })
  it('keeps the message out of the log for who has not the key', async () => {
    const person = await newPerson('Céleste Scellée')
    await ask(person, { message: 'Parole scellée' })
    const rows = await app.file.readEngine.all('SELECT * FROM command_log', [])
    expect(JSON.stringify(rows).includes('Parole scellée')).toBe(false)
  })
  it('an answer writes availability for the windows, and a corrected one takes the former one’s back', async () => {
    const person = await newPerson('Diane Réponse')
    const id = await ask(person)
    await app.ask('availability.answer', { id, state: 'not_free', note: 'En tournage' })
    expect(await blocksOf(person)).toMatchObject(windows.map((one) => ({ ...one, kind: 'unavailable', source: 'manual', availability_request_id: id })))
    await app.ask('availability.answer', { id, state: 'free', windows: [{ start_at: '2026-12-01T12:00:00.000Z', end_at: '2026-12-01T20:00:00.000Z' }] })
    expect(await blocksOf(person)).toMatchObject([{ kind: 'available', start_at: '2026-12-01T12:00:00.000Z', end_at: '2026-12-01T18:00:00.000Z' }])
    await app.ask('availability.answer', { id, state: 'maybe' })
    expect(await blocksOf(person)).toEqual([])
    expect((await app.file.readEngine.all('SELECT state, answer_note FROM availability_request WHERE id = ?', [id]))[0]).toEqual({ state: 'maybe', answer_note: null })
    expect(await app.refused('availability.answer', { id, state: 'free', windows: [{ start_at: '2027-12-01T12:00:00.000Z', end_at: '2027-12-01T20:00:00.000Z' }] })).toBe('validation.invalid')
  })
  it('an answer replaces what lies under, and what stays of it keeps where it came from', async () => {
    const person = await newPerson('Élie Dessous')
    await app.ask('availability.set_many', { collaborator_ids: [person], when: { windows: [{ start_at: '2026-11-30T08:00:00.000Z', end_at: '2026-12-03T18:00:00.000Z' }] }, kind: 'unavailable', zone: 'Europe/Paris', project_id: null })
    const id = await ask(person)
    await app.ask('availability.answer', { id, state: 'free' })
    expect((await blocksOf(person)).map((block) => [block['kind'], block['availability_request_id'] === id])).toEqual([['unavailable', false], ['available', true], ['unavailable', false], ['available', true], ['unavailable', false]])
  })
  it('silence is recorded once the deadline has passed, not before, and an answer still counts after', async () => {
    const id = await ask(world.stranger, { deadline_at: '2027-01-01T00:00:00.000Z' })
    expect(await app.refused('availability.note_no_answer', { id })).toBe('availability.not_due')
    const late = await ask(world.stranger, { deadline_at: '2026-10-01T00:00:00.000Z' })
    await app.ask('availability.note_no_answer', { id: late })
    expect(await stateOf(late)).toBe('no_answer')
    await app.ask('availability.answer', { id: late, state: 'maybe' })
    expect(await stateOf(late)).toBe('maybe')
    expect(await app.refused('availability.note_no_answer', { id: late })).toBe('availability_request.transition_rejected')
    expect(await app.refused('availability.withdraw_request', { id: late })).toBe('availability.answered')
    await app.ask('availability.withdraw_request', { id })
    expect((await app.ask('availability_request.list', { filter: { collaborator_id: world.stranger }, limit: 200 }))['items']).not.toContainEqual(expect.objectContaining({ id }))
  })
})

describe('who asks and who answers', () => {
  it('members answer and see their own only; viewers see none; planners of any project answer for anybody', async () => {
    const [member, viewer, planner] = [persona('member of A'), persona('viewer of A'), persona('planner of A')]
    const mine = await ask(member.collaborator)
    const other = await ask(world.stranger)
    expect(((await app.ask('availability_request.list', { limit: 200 }, member.session))['items'] as Line[]).every((row) => row['collaborator_id'] === member.collaborator)).toBe(true)
    expect(await app.refused('availability_request.list', {}, viewer.session)).toBe('auth.forbidden')
    await app.ask('availability.answer', { id: mine, state: 'free' }, member.session)
    expect(await app.refused('availability.answer', { id: other, state: 'free' }, member.session)).toBe('availability_request.not_found')
    expect(await app.refused('availability.answer', { id: other, state: 'free' }, viewer.session)).toBe('auth.forbidden')
    await app.ask('availability.answer', { id: other, state: 'not_free' }, planner.session)
    expect(await app.refused('availability.request', { collaborator_ids: [member.collaborator], windows, zone: 'Europe/Paris', channel: 'hand' }, member.session)).toBe('auth.forbidden')
    expect(await app.refused('availability.withdraw_request', { id: await ask(member.collaborator) }, member.session)).toBe('auth.forbidden')
    await app.ask('availability.set_many', { collaborator_ids: [member.collaborator], when: { windows }, kind: 'unavailable', zone: 'Europe/Paris', project_id: null }, member.session)
    expect(await app.refused('availability.set_many', { collaborator_ids: [member.collaborator, world.stranger], when: { windows }, kind: 'unavailable', zone: 'Europe/Paris', project_id: null }, member.session)).toBe('auth.forbidden')
  })
  it('a person or a question of another organization is not found', async () => {
    const other = await openTestOrganization({ seed: 'elsewhere' })
    const stranger = String((await other.ask('collaborator.create', { display_name: 'Fanny Ailleurs' }))['id'])
    const { ids } = await other.ask('availability.request', { collaborator_ids: [stranger], windows, zone: 'Europe/Paris', channel: 'hand' })
    expect(await app.refused('availability.request', { collaborator_ids: [stranger], windows, zone: 'Europe/Paris', channel: 'hand' })).toBe('collaborator.not_found')
    expect(await app.refused('availability.answer', { id: (ids as string[])[0], state: 'free' })).toBe('availability_request.not_found')
    await other.close()
  })
})

describe('many people at once', () => {
  it('says before what is replaced and how much work lies under, then writes it in one command', async () => {
    const people = [await newPerson('Gaël Plusieurs'), await newPerson('Hana Plusieurs')]
    const input = { collaborator_ids: people, when: { weekly: { weekdays: [1, 2], from_time: '09:00', to_time: '18:00', from: '2026-12-07', to: '2026-12-15' } }, kind: 'unavailable', zone: 'Europe/Paris', project_id: null }
    await app.ask('availability.set', { collaborator_id: people[0], kind: 'available', start_at: '2026-12-07T00:00:00.000Z', end_at: '2026-12-10T00:00:00.000Z', zone: 'Europe/Paris', project_id: null, replace: false })
    const mission = await app.ask('mission.create', { project_id: world.a.project, title: 'Dessous', location_id: world.a.location, start_at: '2026-12-08T08:00:00.000Z', end_at: '2026-12-08T12:00:00.000Z' })
    await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: people[1] }] })
    const shown = await app.ask('availability.preview_many', input)
    expect(shown).toMatchObject({ rows: 8, too_many: false, people: [{ blocks: [{ becomes: 'split' }], work: 0 }, { blocks: [], work: 1 }] })
    expect((shown['windows'] as Line[])[0]).toEqual({ start_at: '2026-12-07T08:00:00.000Z', end_at: '2026-12-07T17:00:00.000Z' })
    expect((await app.ask('availability.set_many', { ...input, reason: 'Congés' }))['ids']).toHaveLength(8)
    expect((await blocksOf(people[0] ?? '')).map((block) => block['kind'])).toEqual(['available', 'unavailable', 'available', 'unavailable', 'available', 'unavailable', 'unavailable'])
    await app.ask('availability.set_many', { ...input, kind: 'none', when: { windows: [{ start_at: '2026-12-01T00:00:00.000Z', end_at: '2026-12-31T00:00:00.000Z' }] } })
    expect(await blocksOf(people[0] ?? '')).toEqual([])
  })
  it('refuses more than 500 blocks, and a pattern without a day', async () => {
    const weekly = { weekdays: [1, 2, 3, 4, 5], from_time: '09:00', to_time: '18:00', from: '2026-01-01', to: '2027-12-31' }
    const input = { collaborator_ids: [world.stranger], kind: 'available', zone: 'Europe/Paris', project_id: null }
    expect(await app.refused('availability.set_many', { ...input, when: { weekly } })).toBe('validation.invalid')
    expect(await app.ask('availability.preview_many', { ...input, when: { weekly } })).toMatchObject({ too_many: true })
    expect(await app.refused('availability.set_many', { ...input, when: { weekly: { ...weekly, to: '2025-01-01' } } })).toBe('validation.invalid')
  })
})

/** Written here from decision P8. */
const legal = new Set(['asked free', 'asked not_free', 'asked maybe', 'free not_free', 'free maybe', 'not_free free', 'not_free maybe', 'maybe free', 'maybe not_free', 'no_answer free', 'no_answer not_free', 'no_answer maybe'])

describe('after any sequence of answers, entries and imports', () => {
  it('blocks of a person and scope never overlap, the state is one of the table, and what an answer said is what its blocks say', async () => {
    const hour = fc.integer({ min: 0, max: 71 })
    const step = fc.oneof(
      fc.record({ do: fc.constant('answer' as const), which: fc.integer({ min: 0, max: 1 }), state: fc.constantFrom(...answers) }),
      fc.record({ do: fc.constant('set' as const), from: hour, length: fc.integer({ min: 1, max: 30 }), kind: fc.constantFrom('available', 'unavailable', 'none'), scoped: fc.boolean() }),
      fc.record({ do: fc.constant('calendar' as const), events: fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c'), from: hour, length: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 3 }) }),
      fc.constant({ do: 'undo' as const }),
    )
    const at = (hours: number): string => new Date(Date.UTC(2026, 11, 1) + hours * 3_600_000).toISOString()
    let run = 0
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const person = await newPerson(`Ilan Suite ${++run}`)
      const questions = [await ask(person, { windows: [{ start_at: at(4), end_at: at(30) }] }), await ask(person, { windows: [{ start_at: at(20), end_at: at(26) }, { start_at: at(40), end_at: at(50) }] })]
      const states: RequestState[] = ['asked', 'asked']
      for (const [index, one] of steps.entries()) {
        const id = `sequence ${run} ${index}`
        if (one.do === 'answer') {
          const from = states[one.which] ?? 'asked'
          await app.ask('availability.answer', { id: questions[one.which], state: one.state }, app.owner, id)
          expect(from === one.state || legal.has(`${from} ${one.state}`)).toBe(true)
          states[one.which] = one.state
          const own = await app.file.readEngine.all('SELECT DISTINCT kind FROM availability WHERE availability_request_id = ? AND deleted_at IS NULL', [questions[one.which] ?? ''])
          expect(own.map((row) => row['kind'])).toEqual(one.state === 'maybe' ? [] : [one.state === 'free' ? 'available' : 'unavailable'])
        } else if (one.do === 'set')
          await app.ask('availability.set_many', { collaborator_ids: [person], when: { windows: [{ start_at: at(one.from), end_at: at(one.from + one.length) }] }, kind: one.kind, zone: 'Europe/Paris', project_id: one.scoped ? world.a.project : null }, app.owner, id)
        else if (one.do === 'calendar') {
          const stamp = (hours: number): string => `${at(hours).slice(0, 19).replace(/[-:]/g, '')}Z`
          const text = ['BEGIN:VCALENDAR', ...one.events.flatMap((event) => ['BEGIN:VEVENT', `UID:${event.id}`, `DTSTART:${stamp(event.from)}`, `DTEND:${stamp(event.from + event.length)}`, 'END:VEVENT']), 'END:VCALENDAR'].join('\n')
          const asked = { collaborator_id: person, text, kind: 'unavailable', from: '2026-11-25', to: '2026-12-10' }
          const { digest } = await app.ask('availability.preview_calendar', asked)
          await app.ask('availability.import_calendar', { ...asked, digest }, app.owner, id)
          expect((await app.ask('availability.preview_calendar', asked))['writes'], 'a second import has nothing to write').toBe(0)
        } else {
          const [last] = await app.file.readEngine.all(`SELECT id FROM command_log WHERE name = 'availability.set_many' ORDER BY seq DESC LIMIT 1`, [])
          if (last) await app.core.execute({ name: 'history.undo', input: { command_id: last['id'] }, id }, app.owner)
        }
        const blocks = await app.file.readEngine.all('SELECT start_at, end_at, availability_project_id FROM availability WHERE collaborator_id = ? AND deleted_at IS NULL ORDER BY start_at', [person])
        for (const scope of [null, world.a.project]) {
          const own = blocks.filter((block) => block['availability_project_id'] === scope)
          for (const [place, block] of own.entries()) if (place > 0) expect(String(own[place - 1]?.['end_at']) <= String(block['start_at']), JSON.stringify(own)).toBe(true)
        }
        for (const [which, question] of questions.entries()) expect(await stateOf(question)).toBe(states[which])
      }
    }), { numRuns: 25, seed: 11 })
  }, 120_000)
})
