/** What people took back to be told of, own words of mails, and missions that are acknowledged: who may, what is refused, and what is kept. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailTypes } from '../../../shared/domain/notifications/model.ts'
import { messageProblems, messageVariables, shippedMessage } from '../../../shared/domain/notifications/messages.ts'
import { openEngaged, type Engaged } from '../../fixtures/engaged.ts'

let world: Engaged
beforeEach(async () => {
  world = await openEngaged()
  world.at('2026-10-20T08:00:00.000Z')
})
afterEach(() => world.close())
interface Own { id: string | null; types: { type: string; mail: boolean | null; desktop: boolean }[]; has_account: boolean; may_change: boolean }
const own = (session: Engaged['ines'], collaborator_id?: string): Promise<Own> => world.app.ask('notification_preference.own', collaborator_id === undefined ? {} : { collaborator_id }, session) as unknown as Promise<Own>
const person = (n: number): string => world.people[n] ?? ''

describe('preferences', () => {
  it('are told of everything until something is taken back; the inbox never is', async () => {
    expect((await own(world.ines)).types.every(({ desktop }) => desktop)).toBe(true)
    await world.app.ask('notification_preference.save', { no_desktop: ['assignment_proposed', 'assignment_proposed'] }, world.ines)
    expect((await own(world.ines)).types.filter(({ desktop }) => !desktop).map(({ type }) => type)).toEqual(['assignment_proposed'])
    await world.propose(await world.ready(person(0), world.missions[0], [6, 16]), '2026-10-22T08:00:00.000Z', world.planner)
    await world.timers.turn()
    const { items } = (await world.app.ask('notification.list', {}, world.ines)) as unknown as { items: { type: string; desktop: boolean }[] }
    expect(items).toMatchObject([{ type: 'assignment_proposed', desktop: false }])
    // Of the planner's own, nothing was taken back: everybody has theirs.
    expect((await own(world.planner)).types.every(({ desktop }) => desktop)).toBe(true)
    await world.app.ask('notification_preference.save', { no_desktop: [] }, world.ines)
    expect((await own(world.ines)).types.every(({ desktop }) => desktop)).toBe(true)
    expect(await world.rows('SELECT COUNT(*) AS n FROM notification_preference')).toEqual([{ n: 1 }])
  })

  it('of who has no account are set by who keeps the directory; of who has one, by nobody else', async () => {
    await world.app.ask('notification_preference.save_for', { collaborator_id: person(1), no_mail: ['reminder'] }, world.planner)
    expect(await own(world.planner, person(1))).toMatchObject({ has_account: false, may_change: true })
    expect((await own(world.planner, person(1))).types.filter(({ mail }) => mail === false).map(({ type }) => type)).toEqual(['reminder'])
    expect(await world.app.refused('notification_preference.save_for', { collaborator_id: person(0), no_mail: [] }, world.planner)).toBe('notification_preference.theirs')
    for (const other of [world.ines, world.viewer]) expect(await world.app.refused('notification_preference.save_for', { collaborator_id: person(1), no_mail: [] }, other)).toBe('auth.forbidden')
    expect(await world.app.refused('notification_preference.own', { collaborator_id: person(0) }, world.viewer)).toBe('collaborator.not_found')
    expect(await world.app.refused('notification_preference.save_for', { collaborator_id: '00000000-0000-4000-8000-000000000000', no_mail: [] })).toBe('collaborator.not_found')
  })

  it('who took mails of a question back is to be told of it by hand', async () => {
    await world.app.ask('collaborator.update', { id: person(1), version: 1, changes: { email: 'tom@example.org' } }).catch(() => undefined)
    await world.app.ask('consent.record', { collaborator_id: person(1), purpose: 'email', answer: 'given', answered_on: '2026-10-01', source: 'au téléphone' })
    await world.propose(await world.ready(person(1), world.missions[0], [6, 16]), '2026-10-22T08:00:00.000Z')
    const why = async (): Promise<unknown> => ((await world.app.ask('notification.to_tell', {}))['items'] as { why: string }[]).map((one) => one.why)
    const before = await why()
    await world.app.ask('notification_preference.save_for', { collaborator_id: person(1), no_mail: ['assignment_updated'] })
    expect(await why()).toEqual(before)
    await world.app.ask('notification_preference.save_for', { collaborator_id: person(1), no_mail: ['assignment_proposed'] })
    expect(await why()).toEqual(['refused'])
  })

  it('of two people who are one: what either took back stays taken back', async () => {
    await world.app.ask('notification_preference.save_for', { collaborator_id: person(1), no_mail: ['reminder'] })
    await world.app.ask('notification_preference.save_for', { collaborator_id: person(2), no_mail: ['assignment_proposed'] })
    await world.app.ask('collaborator.merge', { kept_id: person(1), merged_id: person(2), take: [] })
    expect((await own(world.app.owner, person(1))).types.filter(({ mail }) => mail === false).map(({ type }) => type)).toEqual(['assignment_proposed', 'reminder'])
  })
})

describe('own words of a mail', () => {
  const words = { subject: 'Bonjour {person}', title: 'Le {date}', body: 'Chez {organization}', link_text: null }
  interface Line { type: string; language: string; id: string | null; version: number | null; texts: { subject: string }; shipped: { subject: string } }
  const line = async (): Promise<Line | undefined> => ((await world.app.ask('message_template.list', {}, world.ines))['items'] as Line[]).find(({ type, language }) => type === 'reminder' && language === 'fr')

  it('stand until they are taken away; those that ship are said again then', async () => {
    expect(await line()).toMatchObject({ id: null, texts: shippedMessage('reminder', 'fr') })
    const { id, version } = await world.app.ask('message_template.create', { type: 'reminder', language: 'fr', ...words })
    expect(await world.app.refused('message_template.create', { type: 'reminder', language: 'fr', ...words })).toBe('message_template.taken')
    await world.app.ask('message_template.update', { id, version, changes: { subject: 'Encore {person}' } })
    expect(await line()).toMatchObject({ id, texts: { subject: 'Encore {person}', link_text: 'Voir et répondre' } })
    await world.app.ask('message_template.reset', { id, version: 2 })
    await world.app.ask('message_template.reset', { id, version: 2 })
    expect(await line()).toMatchObject({ id: null, texts: shippedMessage('reminder', 'fr') })
    await world.app.ask('message_template.create', { type: 'reminder', language: 'fr', ...words })
  })

  it('are written by administrators, read by members', async () => {
    for (const other of [world.planner, world.manager, world.ines, world.viewer]) {
      expect(await world.app.refused('message_template.create', { type: 'reminder', language: 'fr', ...words }, other)).toBe('auth.forbidden')
      expect(await world.app.refused('message_template.preview', { type: 'reminder', language: 'fr', ...words }, other)).toBe('auth.forbidden')
    }
  })

  it('name what cannot be filled in: no fee, no number of a person, no brace left open', async () => {
    for (const name of ['rate', 'fee', 'tarif', 'amount', 'nir', 'iban', 'phone', '', 'Person', 'person ']) {
      const problems = messageProblems('reminder', { ...words, body: `a {${name}} b` })
      expect(problems).toMatchObject([{ field: 'body', issue: 'unknown_variable', found: `{${name}}` }])
    }
    expect(messageVariables).toEqual(['person', 'organization', 'project', 'mission', 'role', 'what', 'date', 'place', 'contact', 'deadline'])
    for (const text of ['a { b', 'a } b', '{{person}}', '{person']) expect(messageProblems('reminder', { title: text }).length, text).toBeGreaterThan(0)
    // Where nothing is answered there is no deadline.
    expect(messageProblems('assignment_canceled', { body: '{deadline}' })).toHaveLength(1)
    for (const type of mailTypes) for (const language of ['fr', 'en'] as const) expect(messageProblems(type, shippedMessage(type, language))).toEqual([])
    expect(await world.app.refused('message_template.create', { type: 'reminder', language: 'fr', ...words, body: '{fee}' })).toBe('message_template.variable')
    const { id, version } = await world.app.ask('message_template.create', { type: 'reminder', language: 'fr', ...words })
    expect(await world.app.refused('message_template.update', { id, version, changes: { title: '{iban}' } })).toBe('message_template.variable')
  })

  it('are shown as the mail they make, of nobody who exists, and nothing is kept', async () => {
    const before = await world.rows('SELECT COUNT(*) AS n FROM message_template')
    for (const type of mailTypes) for (const language of ['fr', 'en'] as const) {
      const { subject, text, html } = (await world.app.ask('message_template.preview', { type, language, ...words })) as { subject: string; text: string; html: string }
      expect(subject).toBe('Bonjour Inès')
      for (const part of ['Camille Roche', 'Inès']) expect(text).toContain(part)
      expect(html).toContain('<h1')
      expect(`${subject}${text}`).not.toMatch(/[{}]|€|EUR/)
    }
    expect(await world.rows('SELECT COUNT(*) AS n FROM message_template')).toEqual(before)
  })
})

describe('a mission sent for acknowledgement', () => {
  interface Listed { items: { id: string | null; collaborator_id: string; acknowledged_at: string | null; source: string | null; is_own: boolean }[]; asked: number; acknowledged: number }
  const listed = (session = world.planner): Promise<Listed> => world.app.ask('readiness.list', { mission_id: world.missions[0] }, session) as unknown as Promise<Listed>
  const engage = async (n: number): Promise<void> => {
    const work = await world.ready(person(n), world.missions[0], [6, 16])
    const question = await world.propose(work, '2026-10-22T08:00:00.000Z', world.planner)
    await world.timers.turn()
    if (n !== 0) await world.app.ask('acceptance.dispatch', { changes: [{ id: question }], channel: 'hand' })
    if (n === 0) await world.app.ask('assignment.accept', { id: work, acceptance_id: question }, world.ines)
    else await world.app.ask('assignment.accept_for', { id: work, acceptance_id: question, source: 'hand', reason: 'au téléphone' })
  }
  const types = async (): Promise<unknown[]> => ((await world.app.ask('notification.list', {}, world.ines))['items'] as { type: string }[]).map(({ type }) => type).filter((type) => type === 'readiness_requested')

  it('tells those engaged on it, whose acknowledgement the planner sees; asked again, only who has not', async () => {
    expect(await world.app.refused('mission.request_readiness', { mission_id: world.missions[0] }, world.planner)).toBe('readiness_request.nobody')
    await engage(0)
    await engage(1)
    await world.app.ask('mission.request_readiness', { mission_id: world.missions[0] }, world.planner)
    await world.timers.turn()
    expect(await types()).toHaveLength(1)
    expect(await listed()).toMatchObject({ asked: 2, acknowledged: 0 })
    const mine = await listed(world.ines)
    expect(mine.items.map(({ collaborator_id }) => collaborator_id)).toEqual([person(0)])
    await world.app.ask('readiness.acknowledge', { id: mine.items[0]?.id }, world.ines)
    expect(await listed()).toMatchObject({ asked: 2, acknowledged: 1 })
    world.at('2026-10-20T09:00:00.000Z')
    const again = await world.app.ask('mission.request_readiness', { mission_id: world.missions[0] }, world.planner)
    expect(again['ids']).toHaveLength(1)
    await world.timers.turn()
    expect(await types()).toHaveLength(1)
    const waited = (await listed()).items.find(({ acknowledged_at }) => acknowledged_at === null)
    await world.app.ask('readiness.acknowledge_for', { id: waited?.id }, world.planner)
    expect((await listed()).items.map(({ source }) => source).toSorted()).toEqual(['app', 'hand'])
    // After a change, everybody.
    await world.app.ask('mission.request_readiness', { mission_id: world.missions[0], everyone: true }, world.planner)
    expect(await listed()).toMatchObject({ asked: 2, acknowledged: 0 })
    await world.timers.turn()
    expect(await types()).toHaveLength(2)
  })

  it('is acknowledged by each for themselves, and asked for by who plans', async () => {
    await engage(0)
    await engage(1)
    await world.app.ask('mission.request_readiness', { mission_id: world.missions[0] }, world.planner)
    const { items } = await listed()
    const other = items.find(({ collaborator_id }) => collaborator_id === person(1))?.id
    expect(await world.app.refused('readiness.acknowledge', { id: other }, world.ines)).toBe('readiness_request.not_found')
    expect(await world.app.refused('readiness.acknowledge', { id: other }, world.planner)).toBe('auth.forbidden')
    for (const session of [world.ines, world.viewer]) expect(await world.app.refused('mission.request_readiness', { mission_id: world.missions[0] }, session)).toBe('auth.forbidden')
    expect(await world.app.refused('readiness.acknowledge_for', { id: other }, world.viewer)).toBe('auth.forbidden')
  })
})
