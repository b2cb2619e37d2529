import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEngaged, type Engaged } from '../../fixtures/engaged.ts'

let world: Engaged
interface Item { id: string; type: string; group: string; read_at: string | null; subject: string; asked: { acceptance_id: string; assignment_id: string } | null }
interface Inbox { items: Item[]; total: number; unread: number; to_answer: number; waiting: number; by_hand: number; next_at: string | null }
const inboxOf = (session: Engaged['ines'], input: object = {}) => world.app.ask('notification.list', input, session) as unknown as Promise<Inbox>

beforeEach(async () => {
  world = await openEngaged()
  world.at('2026-10-20T08:00:00.000Z')
})
afterEach(() => world.close())
const asked = async (who = 0): Promise<{ work: string; question: string }> => {
  const work = await world.ready(world.people[who] ?? '', world.missions[0], [6, 16])
  const question = await world.propose(work, '2026-10-22T08:00:00.000Z', world.planner)
  await world.timers.turn()
  return { work, question }
}

describe('an inbox', () => {
  it('holds what waits for one’s answer, until it is given, and what one is to know', async () => {
    const { work, question } = await asked()
    const before = await inboxOf(world.ines)
    expect(before).toMatchObject({ total: 1, unread: 1, to_answer: 1 })
    expect(before.items[0]).toMatchObject({ type: 'assignment_proposed', group: 'to_answer', asked: { acceptance_id: question, assignment_id: work } })
    expect((await inboxOf(world.ines, { language: 'en' })).items[0]?.subject).toMatch(/^Are you free\? Montage/)
    await world.app.ask('assignment.accept', { id: work, acceptance_id: question, conditions: 'Arriver à midi' }, world.ines)
    await world.timers.turn()
    expect(await inboxOf(world.ines)).toMatchObject({ to_answer: 0, items: [{ group: 'to_know' }] })
    // The planner who asked hears of it; the other members of production do not.
    expect((await inboxOf(world.planner)).items.map(({ type, subject }) => [type, subject])).toEqual([['assignment_answered', expect.stringContaining('Inès Morvan a dit oui')]])
    for (const other of [world.manager, world.viewer, world.app.owner]) expect((await inboxOf(other)).items).toEqual([])
  })

  it('counts what waits: a question until it is answered, read or not, and the rest until it is read', async () => {
    const { work, question } = await asked()
    const [one] = (await inboxOf(world.ines)).items
    await world.app.ask('notification.read', { ids: [one?.id] }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ unread: 0, waiting: 1 })
    await world.app.ask('assignment.accept', { id: work, acceptance_id: question }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ unread: 0, waiting: 0 })
    await world.timers.turn()
    expect(await inboxOf(world.planner)).toMatchObject({ unread: 1, waiting: 1 })
  })

  it('says a question once: the matter of it is left out beside the inbox, until a notification tells it and once it was put aside', async () => {
    const work = await world.ready(world.people[0] ?? '', world.missions[0], [6, 16])
    await world.propose(work, '2026-10-22T08:00:00.000Z', world.planner)
    const matters = async (input: object): Promise<string[]> => ((await world.app.ask('matter.list', input, world.ines))['items'] as { kind: string }[]).map(({ kind }) => kind).filter((kind) => kind === 'answer_mine')
    const counted = async (input: object): Promise<unknown> => (await world.app.ask('matter.count', input, world.ines))['handle']
    const before = await counted({ beside_inbox: true })
    expect(await matters({ beside_inbox: true })).toEqual(['answer_mine'])
    await world.timers.turn()
    expect(await matters({ beside_inbox: true })).toEqual([])
    expect(await matters({})).toEqual(['answer_mine'])
    expect(await counted({ beside_inbox: true })).toBe(Number(before) - 1)
    const [one] = (await inboxOf(world.ines)).items
    await world.app.ask('notification.dismiss', { ids: [one?.id] }, world.ines)
    expect(await matters({ beside_inbox: true })).toEqual([])
  })

  it('is one’s own: nobody else sees it, reads it, or marks it, whatever else they may read', async () => {
    await asked()
    const [one] = (await inboxOf(world.ines)).items
    for (const other of [world.app.owner, world.planner, world.viewer])
      for (const name of ['notification.read', 'notification.dismiss']) expect(await world.app.refused(name, { ids: [one?.id] }, other)).toBe('notification.not_found')
    expect(await world.app.refused('notification.make', { about: 'command', id: one?.id }, world.app.owner)).toBe('auth.forbidden')
  })

  it('is read, marked unread, put off and put aside by hand, each in the audit, and what is put aside stays listed', async () => {
    const { question } = await asked()
    const [one] = (await inboxOf(world.ines)).items
    const ids = [one?.id]
    await world.app.ask('notification.read', { ids }, world.ines)
    await world.app.ask('notification.read', { ids }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ unread: 0, items: [{ read_at: '2026-10-20T08:00:00.000Z' }] })
    await world.app.ask('notification.unread', { ids }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ unread: 1 })
    await world.app.ask('notification.snooze', { ids, until: '2026-10-20T18:00:00.000Z' }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ total: 0, unread: 0, next_at: '2026-10-20T18:00:00.000Z' })
    expect(await inboxOf(world.ines, { show: 'snoozed' })).toMatchObject({ total: 1 })
    world.at('2026-10-20T18:00:00.000Z')
    expect(await inboxOf(world.ines)).toMatchObject({ total: 1, next_at: null })
    await world.app.ask('notification.dismiss', { ids }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ total: 0, unread: 0 })
    expect(await inboxOf(world.ines, { show: 'dismissed' })).toMatchObject({ total: 1 })
    await world.app.ask('notification.dismiss', { ids, back: true }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ total: 1 })
    expect(await inboxOf(world.ines, { show: 'dismissed' })).toMatchObject({ total: 0 })
    const log = await world.rows("SELECT action, actor FROM audit_event WHERE entity = 'notification' AND actor_kind = 'user' ORDER BY position")
    expect(log).toEqual(['read', 'unread', 'snooze', 'dismiss', 'dismiss'].map((action) => ({ action: `notification.${action}`, actor: world.ines.user_id })))
    // A notification performs no transition: whatever one does with it, the question stands.
    expect(await world.rows('SELECT state FROM acceptance WHERE id = ?', question)).toEqual([{ state: 'pending' }])
  })

  it('is marked also when its project is archived', async () => {
    await asked()
    const [one] = (await inboxOf(world.ines)).items
    await world.app.file.engine.run("UPDATE project SET status = 'archived' WHERE id = ?", [world.project])
    await world.app.ask('notification.read', { ids: [one?.id] }, world.ines)
    expect(await inboxOf(world.ines)).toMatchObject({ unread: 0 })
  })
})

describe('people to be told by hand', () => {
  it('are those who have no inbox, and no e-mail or did not agree to be written to; told, they are no more', async () => {
    const { question } = await asked(1)
    await asked(0)
    const list = async (session = world.planner) => (await world.app.ask('notification.to_tell', { project_id: world.project }, session))['items'] as { acceptance_id: string; why: string }[]
    expect(await list()).toMatchObject([{ acceptance_id: question, why: 'no_email', mission_title: expect.any(String), collaborator_name: expect.any(String) }])
    expect([(await inboxOf(world.planner)).by_hand, (await inboxOf(world.viewer)).by_hand, (await inboxOf(world.ines)).by_hand]).toEqual([1, 0, 0])
    await world.app.ask('collaborator.update_contact', { collaborator_id: world.people[1], version: 1, changes: { email: 'tom@example.org' } })
    expect(await list()).toMatchObject([{ why: 'not_asked' }])
    const consent = (answer: string) => world.app.ask('consent.record', { collaborator_id: world.people[1], purpose: 'email', answer, answered_on: '2026-10-20', source: 'téléphone' })
    await consent('refused')
    expect(await list()).toMatchObject([{ why: 'refused' }])
    await consent('given')
    expect(await list()).toEqual([])
    await consent('refused')
    await world.app.ask('acceptance.dispatch', { changes: [{ id: question }], channel: 'hand' }, world.planner)
    expect(await list()).toEqual([])
    expect(await world.app.refused('notification.to_tell', {}, world.viewer)).toBe('auth.forbidden')
  })
})
