/** What happens to a question when what it is about changes, passes, or is let go: decision 0011, 3 to 5 and 18. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { deadline, entered, openLadder, type Ladder } from '../../fixtures/on-the-ladder.ts'
import { hour } from '../../fixtures/planned.ts'

let made: Ladder
let day = 100
const START = '2026-10-20T08:00:00.000Z'
beforeAll(async () => {
  made = await openLadder({ seed: 'terms asked' })
}, 120_000)
afterAll(() => made.app.close())
beforeEach(() => made.app.at(START))

const states = async (id: string): Promise<string[]> => (await made.acceptances(id)).map((one) => String(one['state']))
const shift = async (id: string, minutes: number, by = made.app.owner): Promise<void> => void (await made.app.ask('assignment.shift', { ids: [id], days: 0, minutes }, by))
const undo = async (): Promise<string> => made.tried('history.undo', { command_id: (await made.app.ask('history.list', {}))['undo'] })
const at = (instant: string): void => made.app.at(instant)

describe('changed terms', () => {
  it('of who has accepted: a draft with the former, written anew by a second change, gone when the terms are again what was answered', async () => {
    const { id, acceptance } = await made.stand('accepted', { on: day++ })
    await shift(id, 30)
    expect(await made.assignment(id)).toMatchObject({ state: 'accepted' })
    expect((await made.assignment(id))['reconfirm_since']).not.toBeNull()
    const [, draft] = await made.acceptances(id)
    expect(draft).toMatchObject({ state: 'draft', former_id: acceptance, asked_at: null, tell_at: '2026-10-20T08:15:00.000Z', deadline_at: '2026-10-23T08:00:00.000Z' })
    await shift(id, 30)
    const again = (await made.acceptances(id))[1]
    expect(again?.['id']).toBe(draft?.['id'])
    expect(JSON.parse(String(again?.['terms']))).toMatchObject({ start_at: (await made.assignment(id))['start_at'] })
    expect(again?.['digest']).not.toBe(draft?.['digest'])
    await shift(id, -60)
    expect(await states(id)).toEqual(['accepted', 'withdrawn'])
    expect((await made.assignment(id))['reconfirm_since']).toBeNull()
  })

  it('are asked never after the call, and in the words of the day', async () => {
    const id = await made.plan(made.personId, made.missions[0], [-70, -60], { crew_role_id: made.roles[0], rate_basis: 'daily', rate_minor: 1, rate_currency: 'EUR', call_at: hour(-71) })
    await made.app.ask('assignment.accept_by_voice', { id, ...entered })
    await shift(id, 60)
    const [, draft] = await made.acceptances(id)
    expect(draft?.['deadline_at']).toBe(hour(-70))
  })

  it('of who is asked: the question stands until the draft is told, and a yes to the old terms is refused', async () => {
    const { id, acceptance } = await made.stand('asked', { on: day++ })
    await shift(id, 30)
    expect(await states(id)).toEqual(['pending', 'draft'])
    expect(await made.tried('assignment.accept', { id, acceptance_id: acceptance }, made.person)).toBe('acceptance.terms_changed')
    const [, draft] = await made.acceptances(id)
    await made.app.ask('assignment.ask_again', { changes: [{ id }] })
    expect((await made.acceptances(id))[1]?.['tell_at']).toBe(START)
    expect(await made.act('acceptance.told', { id: draft?.['id'], channel: 'email' })).toBe('done')
    expect(await states(id)).toEqual(['withdrawn', 'pending'])
    expect(await made.tried('assignment.accept', { id, acceptance_id: acceptance }, made.person)).toBe('acceptance.transition_rejected')
    expect(await made.tried('assignment.accept', { id, acceptance_id: draft?.['id'] }, made.person)).toBe('done')
    expect(await made.assignment(id)).toMatchObject({ state: 'accepted', reconfirm_since: null })
  })

  it('back to what is asked: the question is answered as it was', async () => {
    const { id, acceptance } = await made.stand('asked', { on: day++ })
    await shift(id, 30)
    await shift(id, -30)
    expect(await states(id)).toEqual(['pending', 'withdrawn'])
    expect(await made.tried('assignment.accept', { id, acceptance_id: acceptance }, made.person)).toBe('done')
  })

  it('of a question nobody was told of are simply in it, also when written on the row itself', async () => {
    const { id, acceptance } = await made.stand('untold', { on: day++ })
    await made.app.ask('assignment.update', { id, version: await made.version(id), changes: { cachets: 3 } })
    expect(await states(id)).toEqual(['draft'])
    expect(JSON.parse(String((await made.acceptance(acceptance))['terms']))).toMatchObject({ cachets: 3 })
    expect((await made.acceptance(acceptance))['deadline_at']).toBe(deadline)
  })

  it('read out by telephone as they were are refused when the draft says something else by now', async () => {
    const { id, acceptance } = await made.stand('untold', { on: day++ })
    const { start_at, end_at, role } = JSON.parse(String((await made.acceptance(acceptance))['terms'])) as Record<string, unknown>
    await shift(id, 45)
    const told = { start_at, end_at, role }
    expect(await made.tried('acceptance.dispatch', { changes: [{ id: acceptance, told }], channel: 'hand' })).toBe('acceptance.terms_changed')
    expect(await made.tried('assignment.accept_for', { id, acceptance_id: acceptance, told, ...entered })).toBe('acceptance.terms_changed')
    expect(await states(id)).toEqual(['draft'])
  })

  it('accepted again clear the mark; refused, who had accepted has withdrawn, who was confirmed is for production to decide', async () => {
    for (const [step, after] of [['accepted', { state: 'canceled', cancel_reason: 'withdrawn_by_collaborator', reconfirm_since: null }], ['confirmed', { state: 'confirmed', cancel_reason: null }]] as const) {
      const yes = await made.stand(step, { on: day++ })
      await shift(yes.id, 15)
      const draft = (await made.acceptances(yes.id))[1]?.['id']
      expect(await made.tried('assignment.accept', { id: yes.id, acceptance_id: draft }, made.person)).toBe('done')
      expect(await made.assignment(yes.id)).toMatchObject({ state: step, reconfirm_since: null })
      const no = await made.stand(step, { on: day++ })
      await shift(no.id, 15)
      expect(await made.tried('assignment.decline', { id: no.id, acceptance_id: (await made.acceptances(no.id))[1]?.['id'], words: 'je ne peux plus' }, made.person)).toBe('done')
      expect(await made.assignment(no.id)).toMatchObject(after)
      expect((await made.acceptances(no.id))[1]).toMatchObject({ state: 'refused', words: 'je ne peux plus', channel: 'inbox' })
    }
  })

  it('are not confirmed before they are answered', async () => {
    const { id } = await made.stand('accepted', { on: day++ })
    await shift(id, 15)
    const answer = await made.app.core.execute({ name: 'assignment.confirm', input: { changes: [{ id, budget: true, override_reason: 'x', expected_resolution_at: hour(0) }] } }, made.manager)
    expect(answer).toMatchObject({ error: { code: 'assignment.not_confirmable', details: [{ field: 'changes.0.reconfirm_since', issue: 'reconfirm', found: id }] } })
  })

  it('of who had accepted before it was recorded are asked with no former, and the row is as it was until then', async () => {
    const id = await made.plan(made.personId, made.missions[0], [24 * 3 * day + 8, 24 * 3 * day++ + 12])
    await made.engage(id, 'accepted')
    await shift(id, 15)
    expect((await made.acceptances(id)).map(({ state, former_id }) => ({ state, former_id }))).toEqual([{ state: 'draft', former_id: null }])
  })

  it('given to another person withdraw what was asked of the first', async () => {
    const { id } = await made.stand('asked', { on: day++ })
    await made.app.ask('assignment.reassign', { ids: [id], collaborator_id: made.people[2] })
    expect(await states(id)).toEqual(['withdrawn'])
  })
})

describe('undo', () => {
  it('takes back a change of terms with its draft, and refuses once it was told', async () => {
    const { id } = await made.stand('accepted', { on: day++ })
    const before = await made.assignment(id)
    await shift(id, 30)
    expect(await undo()).toBe('done')
    expect(await states(id)).toEqual(['accepted'])
    expect(await made.assignment(id)).toMatchObject({ start_at: before['start_at'], reconfirm_since: null })
    await shift(id, 30)
    const command = (await made.app.ask('history.list', {}))['undo']
    const draft = (await made.acceptances(id))[1]
    await made.act('acceptance.told', { id: draft?.['id'], channel: 'inbox' })
    expect(await made.tried('history.undo', { command_id: command })).toBe('acceptance.asked')
    expect(await states(id)).toEqual(['accepted', 'pending'])
  })

  it('takes back the way back too: the draft waits again', async () => {
    const { id } = await made.stand('accepted', { on: day++ })
    await shift(id, 30)
    await shift(id, -30)
    expect(await states(id)).toEqual(['accepted', 'withdrawn'])
    expect(await undo()).toBe('done')
    expect(await states(id)).toEqual(['accepted', 'draft'])
    expect((await made.assignment(id))['reconfirm_since']).not.toBeNull()
  })

  it('never takes back an asking, a telling, an answer, a confirmation', async () => {
    const { id } = await made.stand('confirmed', { on: day++ })
    const items = (await made.app.ask('history.list', { limit: 100 }))['items'] as { name: string; undoable: boolean; command_id: string }[]
    const said = ['assignment.propose', 'acceptance.dispatch', 'assignment.accept_for', 'assignment.confirm']
    for (const name of said) {
      const last = items.find((one) => one.name === name)
      expect(last?.undoable, name).toBe(false)
      expect(await made.tried('history.undo', { command_id: last?.command_id }), name).toBe('undo.impossible')
    }
    expect((await made.assignment(id))['state']).toBe('confirmed')
  })

  it('of a cancellation that withdrew a question somebody was told of is refused: their answer would be lost', async () => {
    const { id } = await made.stand('asked', { on: day++ })
    await made.app.ask('assignment.cancel', { ids: [id] })
    expect(await undo()).toBe('acceptance.asked')
    expect(await made.assignment(id)).toMatchObject({ state: 'canceled', cancel_reason: 'withdrawn_by_production' })
  })
})

describe('deadlines', () => {
  it('are judged by the deciding clock; nobody who was never told can be late', async () => {
    const { id, acceptance } = await made.stand('asked', { on: day++ })
    const untold = await made.stand('untold', { on: day++ })
    expect(await made.act('acceptance.expire', { id: acceptance })).toBe('acceptance.not_due')
    at(deadline)
    expect(await made.tried('assignment.accept', { id, acceptance_id: acceptance }, made.person)).toBe('acceptance.deadline_passed')
    expect(await made.act('acceptance.expire', { id: acceptance })).toBe('done')
    expect(await made.act('acceptance.expire', { id: acceptance })).toBe('done')
    expect(await made.assignment(id)).toMatchObject({ state: 'canceled', cancel_reason: 'expired' })
    expect(await made.act('acceptance.expire', { id: untold.acceptance })).toBe('acceptance.transition_rejected')
    expect(await made.tried('acceptance.dispatch', { changes: [{ id: untold.acceptance }], channel: 'hand' })).toBe('acceptance.deadline_passed')
    expect(await made.tried('assignment.accept', { id: untold.id, acceptance_id: untold.acceptance }, made.person)).toBe('done')
  })

  it('of a draft nobody could be told of in time are set again by asking again', async () => {
    const { id, acceptance } = await made.stand('untold', { on: day++ })
    at(deadline)
    const next = hour(-20)
    expect(await made.propose(id, next, made.planner)).toBe(acceptance)
    expect((await made.acceptance(acceptance))['deadline_at']).toBe(next)
    expect(await made.tried('acceptance.dispatch', { changes: [{ id: acceptance }], channel: 'hand' })).toBe('done')
  })

  it('that pass for who had accepted before cancel nothing: they are still to be asked, and can be', async () => {
    const { id } = await made.stand('accepted', { on: day++ })
    await shift(id, 30)
    const draft = (await made.acceptances(id))[1]
    await made.app.ask('acceptance.dispatch', { changes: [{ id: draft?.['id'] }], channel: 'hand' })
    at('2026-10-23T08:00:00.000Z')
    expect(await made.act('acceptance.expire', { id: draft?.['id'] })).toBe('done')
    const row = await made.assignment(id)
    expect(row['state']).toBe('accepted')
    expect(row['reconfirm_since']).not.toBeNull()
    await made.app.ask('assignment.ask_again', { changes: [{ id, deadline_at: hour(10) }] })
    expect((await made.acceptances(id)).map(({ state }) => state)).toEqual(['accepted', 'expired', 'draft'])
    expect((await made.acceptances(id))[2]).toMatchObject({ former_id: draft?.['id'], deadline_at: hour(10) })
  })

  it('that pass while other terms are about to be asked cancel nothing either', async () => {
    const { id, acceptance } = await made.stand('asked', { on: day++ })
    await shift(id, 30)
    at(deadline)
    expect(await made.act('acceptance.expire', { id: acceptance })).toBe('done')
    expect((await made.assignment(id))['state']).toBe('proposed')
    expect(await states(id)).toEqual(['expired', 'draft'])
  })

  it('an answer that came too late is written beside the question, which a late yes by telephone asks anew in one gesture', async () => {
    const { id, acceptance } = await made.stand('asked', { on: day++ })
    at(deadline)
    await made.act('acceptance.expire', { id: acceptance })
    const late = { answer: 'accepted', at: deadline, why: 'acceptance.deadline_passed', command: deriveId('late', 'yes') }
    expect(await made.act('acceptance.note_late', { id: acceptance, ...late })).toBe('done')
    expect(JSON.parse(String((await made.acceptance(acceptance))['late']))).toEqual(late)
    expect((await made.app.ask('assignment.get', { id }))['answered_late']).toBe(true)
    await made.app.ask('assignment.accept_by_voice', { id, ...entered, words: 'désolé' }, made.manager)
    const [, next] = await made.acceptances(id)
    expect(next).toMatchObject({ state: 'accepted', former_id: acceptance, channel: 'hand', source: 'hand', words: 'désolé' })
    expect((await made.assignment(id))['state']).toBe('accepted')
  })
})

describe('what is closed', () => {
  it('a locked mission lets answers and expiry pass and nothing that asks; an archived project refuses all', async () => {
    const project = String((await made.app.ask('project.create', { code: 'CLO', name: 'Clos', zone: 'Europe/Paris', currency: 'EUR', start_at: hour(0), end_at: hour(2000) }))['id'])
    const mission = String((await made.app.ask('mission.create', { project_id: project, title: 'Filage', start_at: hour(0), end_at: hour(2000) }))['id'])
    const stand = (step: Parameters<Ladder['stand']>[0]) => made.stand(step, { mission, person: made.personId, on: day++ })
    const rows = { yes: await stand('asked'), no: await stand('asked'), late: await stand('asked'), gone: await stand('accepted'), link: await stand('asked'), planned: await stand('planned'), last: await stand('asked') }
    await made.app.ask('mission.lock', { id: mission })
    const own = async ({ id, acceptance }: { id: string; acceptance: string }, verb: string): Promise<string> => made.tried(`assignment.${verb}_for`, { id, ...(verb === 'withdraw' ? {} : { acceptance_id: acceptance }), ...entered })
    expect([await own(rows.yes, 'accept'), await own(rows.no, 'decline'), await own(rows.gone, 'withdraw')]).toEqual(['done', 'done', 'done'])
    expect(await made.act('assignment.answer_by_link', { id: rows.link.acceptance, answer: 'accepted' })).toBe('done')
    expect(await made.tried('assignment.propose', { changes: [{ id: rows.planned.id, version: 1, deadline_at: hour(-30) }] })).toBe('mission.locked')
    expect(await made.tried('assignment.accept_by_voice', { id: rows.planned.id, ...entered })).toBe('mission.locked')
    expect(await made.tried('assignment.confirm', { changes: [{ id: rows.yes.id, budget: true, override_reason: 'contrat à signer', expected_resolution_at: hour(0) }] })).toBe('mission.locked')
    at(deadline)
    expect(await made.act('acceptance.expire', { id: rows.late.acceptance })).toBe('done')
    at(START)
    await made.app.ask('project.archive', { id: project })
    expect(await own(rows.last, 'accept')).toBe('project.archived')
    at(deadline)
    expect(await made.act('acceptance.expire', { id: rows.last.acceptance })).toBe('project.archived')
  })

  it('an asked assignment is never removed, nor its mission; one nobody was told of goes with its draft', async () => {
    const { id } = await made.stand('canceled', { on: day++ })
    expect(await made.tried('assignment.remove', { ids: [id] })).toBe('acceptance.asked')
    const untold = await made.stand('untold', { on: day++ })
    await made.app.ask('assignment.cancel', { ids: [untold.id] })
    await made.app.ask('assignment.remove', { ids: [untold.id] })
    expect(await made.acceptances(untold.id)).toEqual([])
    const mission = String((await made.app.ask('mission.create', { project_id: made.project, title: 'Annulée', start_at: hour(0), end_at: hour(90) }))['id'])
    await made.stand('canceled', { mission, on: day++ })
    expect(await made.tried('mission.remove', { id: mission })).toBe('acceptance.asked')
  })
})

describe('a team', () => {
  it('answers with its numbers, never more than were asked', async () => {
    const { id, acceptance } = await made.stand('asked', { on: day++, terms: { quantity: 6 } })
    const yes = { id, acceptance_id: acceptance, ...entered }
    expect(await made.tried('assignment.accept_for', { ...yes, accepted: 5, refused: 2 })).toBe('validation.invalid')
    await made.app.ask('assignment.accept_for', { ...yes, accepted: 4, refused: 2 })
    expect(await made.assignment(id)).toMatchObject({ state: 'accepted', answers_accepted: 4, answers_refused: 2 })
    expect(await made.acceptance(acceptance)).toMatchObject({ accepted: 4, refused: 2 })
  })
})

describe('confirming', () => {
  it('lists what is missing of each row, and takes a reason with a date for what breaks a rule', async () => {
    const first = await made.stand('accepted', { on: 400 })
    const second = await made.stand('accepted', { on: 400 })
    const answer = await made.app.core.execute({ name: 'assignment.confirm', input: { changes: [first, second].map(({ id }) => ({ id, budget: true })) } }, made.manager)
    expect(answer).toMatchObject({ error: { code: 'assignment.not_confirmable' } })
    const { details } = (answer as { error: { details: { field: string; issue: string; found: string }[] } }).error
    expect(details.filter(({ issue }) => issue === 'conflict').map(({ field, found }) => `${field} ${found}`)).toEqual(expect.arrayContaining([`changes.0.override_reason ${first.id}`, `changes.1.override_reason ${second.id}`]))
    expect(await made.tried('assignment.confirm', { changes: [{ id: first.id, budget: true, override_reason: 'relais prévu' }] }, made.manager)).toBe('assignment.not_confirmable')
    const over = { override_reason: 'relais prévu', expected_resolution_at: hour(0) }
    expect(await made.tried('assignment.confirm', { changes: [first, second].map(({ id }) => ({ id, budget: true, ...over })) }, made.manager)).toBe('done')
    expect(await made.assignment(first.id)).toMatchObject({ state: 'confirmed', budget_signed_off: 1, ...over })
  })

  it('freezes the figures of the card that the row names', async () => {
    const { id } = await made.stand('accepted', { on: 405 })
    await made.app.file.engine.run('UPDATE assignment SET rate_card_id = ?, rate_basis = NULL, rate_minor = NULL, rate_currency = NULL WHERE id = ?', [made.card, id])
    await made.app.ask('assignment.confirm', { changes: [{ id, budget: true, override_reason: 'contrat à signer', expected_resolution_at: hour(0) }] }, made.manager)
    expect(await made.assignment(id)).toMatchObject({ rate_basis: 'daily', rate_minor: 25_077, rate_currency: 'EUR' })
  })
})

describe('execution', () => {
  it('by the authority waits for the end and for attendance; who was absent is not said to have worked', async () => {
    const { id } = await made.stand('confirmed', { on: 410 })
    const end = String((await made.assignment(id))['end_at'])
    const presence = async (value: string): Promise<void> => void (await made.app.ask('assignment.record_presence', { changes: [{ id, version: await made.version(id), presence: value }] }))
    await presence('present')
    expect(await made.act('assignment.execute_by_system', { id })).toBe('assignment.not_over')
    at(end)
    await presence('absent')
    expect(await made.act('assignment.execute_by_system', { id })).toBe('assignment.not_over')
    await presence('late')
    expect(await made.act('assignment.execute_by_system', { id })).toBe('done')
    expect(await made.act('assignment.execute_by_system', { id })).toBe('done')
    expect(await made.tried('assignment.record_presence', { changes: [{ id, version: await made.version(id), actual_start_at: end, actual_end_at: hour(0) }] })).toBe('validation.window_reversed')
  })
})

describe('what a colleague was asked', () => {
  it('is in the lines and lists of who reads the whole project, and of themselves alone', async () => {
    const { id, acceptance } = await made.stand('asked', { on: 420 })
    const line = async (by: Ladder['person']): Promise<unknown> => {
      const { items } = await made.app.ask('assignment.list', { filter: { id } }, by)
      return (items as Record<string, unknown>[]).map((one) => [one['acceptance_id'], one['acceptance_state'], one['deadline_at']])
    }
    const listed = async (name: string, by: Ladder['person']): Promise<unknown> => (await made.app.ask(name, { filter: { assignment_id: id } }, by))['total']
    const told = [[acceptance, 'pending', deadline]]
    expect([await line(made.planner), await line(made.viewer), await line(made.person), await line(made.colleague)]).toEqual([told, told, told, [[null, null, null]]])
    expect([await listed('engagement.list', made.planner), await listed('engagement.list', made.person), await listed('engagement.list', made.colleague)]).toEqual([1, 1, 0])
    expect([await listed('engagement.list_own', made.planner), await listed('engagement.list_own', made.person), await listed('engagement.list_own', made.colleague)]).toEqual([0, 1, 0])
    const happened = async (by: Ladder['person']): Promise<unknown[]> =>
      ((await made.app.ask('engagement.timeline', { mission_id: made.missions[0] }, by))['items'] as Record<string, unknown>[]).filter((one) => one['assignment_id'] === id).map(({ kind }) => kind)
    await made.app.ask('assignment.accept', { id, acceptance_id: acceptance }, made.person)
    expect([await happened(made.person), await happened(made.colleague)]).toEqual([['acceptance_recorded', 'assignment_proposed'], []])
  })
})
