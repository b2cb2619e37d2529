/** Publishing the plan of a project: what is kept, who is told what, and what never changes again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planPublication } from '../../../shared/domain/publication/model.ts'
import { untoldIn } from '../../../shared/domain/publication/untold.ts'
import { collaborator } from '../../../shared/domain/people/model.ts'
import { assignment } from '../../../shared/domain/planning/model.ts'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import { canonicalJson } from '../../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import type { PublicationHeader, PlanNotice, SaidChange } from '../../../shared/domain/publication/operations.ts'
import type { PlanSnapshot } from '../../../shared/domain/publication/snapshot.ts'
import { drawFrom } from '../../fixtures/draw.ts'
import { walk } from '../../fixtures/walk.ts'
import { day, openSheetWorld, type SheetWorld } from '../runsheets/world.ts'

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
})
afterEach(() => w.app.close())

const whole = { start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' }
const publish = (window = whole, extra: object = {}) => w.app.ask('plan.publish', { project_id: w.project, ...window, ...extra })
type People = { collaborator_id: string; name: string; changes: SaidChange[] }[]
const preview = async (window = whole) => (await w.app.ask('plan.preview_publish', { project_id: w.project, ...window })) as unknown as { number: number; unchanged: number; people: People }
const told = (publication_id: unknown, ...names: string[]) => w.app.ask('plan.mark_told', { publication_id, collaborator_ids: names.map((name) => w.people.get(name)), how: 'hand' })
const everyone = ['Inès Morvan', 'Karim Benali', 'Jeanne Roux', 'Malik Sow']
const list = async (session = w.app.owner) => (await w.app.ask('plan.list', { project_id: w.project }, session))['items'] as PublicationHeader[]
const get = async (id: unknown, session = w.app.owner) => (await w.app.ask('plan.get', { id }, session)) as unknown as PublicationHeader & { snapshot: PlanSnapshot; notices: PlanNotice[] }
const move = async (index: number, start_at: string, end_at: string) => {
  const id = w.assignments[index]
  const { version } = await w.app.ask('assignment.get', { id })
  await w.app.ask('assignment.update', { id, version, changes: { start_at, end_at } })
}
const untold = async () => {
  const reader = { ...w.app.core.reader(), may: () => true }
  const found = await untoldIn(reader, w.project as Id, await reader.find(assignment, { project_id: w.project }))
  return w.assignments.flatMap((id, index) => (found.has(id) ? [everyone[index]] : []))
}

describe('a published plan', () => {
  it('keeps missions and assignments in words, without rate or telephone, under a number and a hash', async () => {
    await w.app.ask('assignment.create', { mission_id: w.mission, people: [{ collaborator_id: w.people.get('Inès Morvan'), rate_basis: 'daily', rate_minor: 31_313, rate_currency: 'EUR' }] })
    const made = await publish(whole, { note: 'Après la réunion' })
    expect(made).toMatchObject({ number: 1, concerned: 4 })
    const plan = await get(made['id'])
    expect(plan.snapshot.missions).toMatchObject([{ title: 'Marée haute', day_code: 'J3', place: 'Grande Halle du Port' }])
    expect(plan.snapshot.lines.map(({ role }) => role).toSorted()).toEqual(['Chef électro', 'Ingénieur façade', 'Pupitreuse', 'Régisseuse générale', null])
    expect(plan.snapshot.people.map(({ name }) => name).toSorted()).toEqual(everyone.toSorted())
    const text = JSON.stringify(plan)
    for (const secret of ['31313', 'rate', '06 39 98']) expect(text).not.toContain(secret)
    expect(plan.content_hash).toMatch(/^[0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}$/)
    expect(plan).toMatchObject({ note: 'Après la réunion', published_by_name: 'Léa Martin', concerned: 4, told: 0 })
    const again = await publish()
    expect([again['number'], again['content_hash'] === made['content_hash']]).toEqual([2, true])
  })

  it('waits in the inbox of whom it concerns at once, and after half a day in that of who publishes, until people are told', async () => {
    const waiting = async (session = w.app.owner) =>
      ((await w.app.ask('matter.list', { filter: { kind: 'plan_changed' } }, session))['items'] as { act: object; figures: object }[]).map(({ act, figures }) => ({ ...act, ...figures }))
    const made = await publish()
    const ines = await w.member('member', { collaborator: w.people.get('Inès Morvan') ?? '' })
    const viewer = await w.member('viewer')
    expect(await waiting(ines)).toEqual([{ place: 'plan', id: made['id'], own: true, number: 1, count: 1 }])
    expect([await waiting(), await waiting(viewer)]).toEqual([[], []])
    w.app.at(new Date(Date.parse(String(made['published_at'])) + 13 * 3_600_000).toISOString())
    expect(await waiting()).toEqual([{ place: 'plan', id: made['id'], own: false, number: 1, count: 4 }])
    await told(made['id'], 'Inès Morvan')
    expect([await waiting(ines), (await waiting())[0]]).toMatchObject([[], { count: 3 }])
    await told(made['id'], ...everyone)
    expect(await waiting()).toEqual([])
  })

  it('tells each what changed since the last plan they were told of, and says nothing to whom nothing changed for', async () => {
    const first = await publish()
    await told(first['id'], 'Inès Morvan', 'Karim Benali')
    await move(0, day('13:00'), day('22:00'))
    const coming = await preview()
    expect(coming.number).toBe(2)
    expect(coming.people.map(({ name, changes }) => [name, changes.map(({ kind, parts }) => `${kind} ${parts.join()}`)])).toEqual([
      ['Inès Morvan', ['changed moved']], ['Jeanne Roux', ['added ']], ['Malik Sow', ['added ']],
    ])
    expect(coming.unchanged).toBe(1)
    expect(coming.people[0]?.changes[0]).toMatchObject({ before: { start_at: day('12:00') }, after: { start_at: day('13:00'), title: 'Marée haute' } })
    const second = await publish()
    expect((await get(second['id'])).notices.map(({ name, changes }) => [name, changes])).toEqual([['Inès Morvan', 1], ['Jeanne Roux', 1], ['Malik Sow', 1]])
    const said = (await w.app.ask('plan.changes', { project_id: w.project, publication_id: second['id'], collaborator_id: w.people.get('Inès Morvan') }))['people'] as People
    expect(said).toEqual([coming.people[0]])
    // Without a name, the newest.
    expect(((await w.app.ask('plan.changes', { project_id: w.project }))['people'] as People).map(({ name }) => name)).toEqual(['Inès Morvan', 'Jeanne Roux', 'Malik Sow'])
    // From the first plan to the second, whoever was told.
    expect((await w.app.ask('plan.changes', { project_id: w.project, publication_id: second['id'], from_publication_id: first['id'] }))['people']).toEqual([coming.people[0]])
  })

  it('says moved of what left its window, and nothing of what another window holds', async () => {
    const first = await publish()
    await told(first['id'], ...everyone)
    await move(0, day('12:00', 3), day('21:00', 3))
    const evening = { start_at: day('00:00'), end_at: day('00:00', 1) }
    expect((await preview(evening)).people.map(({ name, changes }) => [name, changes[0]?.parts])).toEqual([['Inès Morvan', ['moved']]])
    const before = { start_at: '2026-10-20T00:00:00.000Z', end_at: day('00:00') }
    expect((await preview(before)).people).toEqual([])
  })

  it('says who is released when an assignment goes to another, and when the mission does not take place', async () => {
    await told((await publish())['id'], ...everyone)
    await w.app.ask('assignment.reassign', { ids: [w.assignments[0]], collaborator_id: w.people.get('Malik Sow') })
    expect((await preview()).people.map(({ name, changes }) => [name, changes.map(({ kind }) => kind)])).toEqual([['Inès Morvan', ['removed']], ['Malik Sow', ['added']]])
    await w.app.ask('mission.change_status', { id: w.mission, to: 'canceled', reason: 'Tempête' })
    const after = await preview()
    expect(after.people.map(({ name, changes }) => [name, changes.map((one) => [one.kind, one.mission_canceled])])).toEqual([
      ['Inès Morvan', [['removed', true]]], ['Jeanne Roux', [['removed', true]]], ['Karim Benali', [['removed', true]]], ['Malik Sow', [['removed', true]]],
    ])
  })

  it('marks the assignments whose person was not told of them as they stand, and none where nothing was published', async () => {
    expect(await untold()).toEqual([])
    const first = await publish()
    expect(await untold()).toEqual(everyone)
    await told(first['id'], ...everyone)
    expect(await untold()).toEqual([])
    await move(1, day('12:30'), day('21:00'))
    expect(await untold()).toEqual(['Karim Benali'])
    await told((await publish())['id'], 'Karim Benali')
    expect(await untold()).toEqual([])
  })

  it('is told once, by whoever says so, and that can be taken back', async () => {
    const { id } = await publish()
    await w.app.ask('plan.mark_told', { publication_id: id, collaborator_ids: [w.people.get('Inès Morvan')], how: 'hand' })
    const [mine] = (await get(id)).notices.filter(({ name }) => name === 'Inès Morvan')
    expect(mine).toMatchObject({ told_how: 'hand' })
    await told(id, 'Inès Morvan')
    expect((await get(id)).notices.find(({ name }) => name === 'Inès Morvan')?.told_at).toBe(mine?.told_at)
    expect((await list()).map(({ concerned, told: heard }) => [concerned, heard])).toEqual([[4, 1]])
    const [event] = await w.app.file.readEngine.all("SELECT command_id FROM audit_event WHERE entity = 'plan_notice' AND entity_id = ? ORDER BY occurred_at DESC LIMIT 1", [String(mine?.id)])
    await w.app.ask('history.undo', { command_id: event?.['command_id'] })
    expect((await list()).map(({ concerned, told: heard }) => [concerned, heard])).toEqual([[4, 0]])
  })

  it('is read by a member as far as it is about them, and published by who may', async () => {
    const { id } = await publish()
    const inès = await w.member('member', { collaborator: w.people.get('Inès Morvan') ?? '' })
    const mine = await get(id, inès)
    expect([mine.snapshot.lines.length, mine.snapshot.people.map(({ name }) => name), mine.notices.map(({ name }) => name), mine.concerned]).toEqual([1, ['Inès Morvan'], ['Inès Morvan'], 1])
    expect(((await w.app.ask('plan.changes', { project_id: w.project }, inès))['people'] as People).map(({ name }) => name)).toEqual(['Inès Morvan'])
    expect(((await w.app.ask('plan.changes', { project_id: w.project, collaborator_id: w.people.get('Karim Benali') }, inès))['people'] as People)).toEqual([])
    expect(await w.app.refused('plan.publish', { project_id: w.project, ...whole }, inès)).toBe('auth.forbidden')
    expect(await w.app.refused('plan.mark_told', { publication_id: id, collaborator_ids: [w.people.get('Inès Morvan')], how: 'hand' }, inès)).toBe('auth.forbidden')
    expect(await w.app.refused('plan.publish', { project_id: w.project, start_at: whole.end_at, end_at: whole.start_at })).toBe('validation.window_reversed')
    expect(await w.app.refused('plan.preview_publish', { project_id: w.project, start_at: whole.end_at, end_at: whole.start_at })).toBe('validation.window_reversed')
  })

  it('is the person’s whom an entry of the directory was merged into', async () => {
    const first = await publish()
    await told(first['id'], ...everyone)
    await w.app.ask('collaborator.merge', { kept_id: w.people.get('Malik Sow'), merged_id: w.people.get('Jeanne Roux'), take: [] })
    expect((await preview()).people).toEqual([])
    expect((await get(first['id'])).notices.map(({ name }) => name).toSorted()).toEqual(['Inès Morvan', 'Karim Benali', 'Malik Sow'])
    expect(await untold()).toEqual([])
  })

  it('never changes, whatever is done afterwards, and is undone by nobody', async () => {
    const { id } = await w.app.ask('plan.publish', { project_id: w.project, ...whole }, w.app.owner, 'published')
    const frozen = async () => canonicalJson(await w.app.core.reader().need(planPublication, String(id) as Id))
    const before = await frozen()
    await walk(w.app, drawFrom(11), 150, { prefix: 'after' })
    // Whoever was removed or erased on the way hears of nothing more.
    const left = new Set((await w.app.core.reader().find(collaborator, {})).map((row) => String(row.id)))
    const heard = everyone.filter((name) => left.has(String(w.people.get(name))))
    expect(heard).not.toEqual([])
    await told(id, ...heard)
    expect(await frozen()).toBe(before)
    const undo = { command_id: (await w.app.file.readEngine.all('SELECT command_id FROM audit_event WHERE entity_id = ? LIMIT 1', [String(id)]))[0]?.['command_id'] }
    expect(await w.app.refused('history.undo', undo)).toBe('undo.impossible')
    expect(await frozen()).toBe(before)
    // No command there is writes on it: publishing makes another, these two write on the notices.
    const naming = organizationOperations.map(({ operation }) => operation).filter(({ kind, target }) => kind === 'command' && target.kind === 'rows' && target.entity === 'plan_publication')
    expect(naming.map(({ name }) => name)).toEqual(['plan.mark_told', 'plan.acknowledge'])
  })
})

describe('what a published plan changed for oneself', () => {
  it('is said to be read by oneself alone, the first time counting', async () => {
    const { id } = await publish()
    const self = { user_id: deriveId('publishing', 'jeanne'), device: 'test', scope: null }
    await w.app.ask('member.add', { user_id: self.user_id, name: 'Jeanne', email: 'jeanne@example.org', role: 'member', project_id: w.project, collaborator_id: w.people.get('Jeanne Roux') })
    await w.app.ask('plan.acknowledge', { publication_id: id }, self)
    const [mine] = ((await w.app.ask('plan.get', { id }, self)) as unknown as { notices: { mine: boolean; acknowledged_at: string | null }[] }).notices
    expect(mine).toMatchObject({ mine: true, acknowledged_at: expect.any(String) })
    await w.app.ask('plan.acknowledge', { publication_id: id }, self)
    const all = ((await w.app.ask('plan.get', { id })) as unknown as { notices: { acknowledged_at: string | null; mine: boolean }[] }).notices
    expect(all.filter((one) => one.acknowledged_at !== null)).toMatchObject([{ acknowledged_at: mine?.acknowledged_at, mine: false }])
    expect(await w.app.refused('plan.acknowledge', { publication_id: id })).toBe('plan_publication.no_notice')
  })
})
