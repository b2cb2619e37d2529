/** The cost view of a project, as each may read it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CostView } from '../../../shared/domain/costs/operations.ts'
import type { Session } from '../../../shared/core/session.ts'
import { day, openSheetWorld, type SheetWorld } from '../runsheets/world.ts'

let w: SheetWorld
beforeEach(async () => {
  w = await openSheetWorld()
})
afterEach(() => w.app.close())

const view = async (input: object = {}, session: Session = w.app.owner) => (await w.app.ask('cost.view', { project_id: w.project, by: 'mission', ...input }, session)) as unknown as CostView
const rate = async (index: number, changes: object) => {
  const id = w.assignments[index]
  const { version } = await w.app.ask('assignment.get', { id })
  await w.app.ask('assignment.update', { id, version, changes })
}
const daily = (rate_minor: number, rate_currency = 'EUR') => ({ rate_basis: 'daily', rate_minor, rate_currency })
/** Planners see totals only. */
const totalsOnly = async () => {
  await w.app.ask('organization.update', { id: w.app.org, version: 1, changes: { planners_read_rates: false } })
}

describe('the costs of a project', () => {
  it('are gathered by what is asked, the unpriced counted apart, currencies never added', async () => {
    await rate(0, daily(30_000))
    await rate(1, { rate_basis: 'hourly', rate_minor: 2_000, rate_currency: 'EUR', unpaid_break_minutes: 60 })
    await rate(2, daily(10_000, 'CHF'))
    const byDay = await view({ by: 'day' })
    expect(byDay).toMatchObject({ access: 'all', currency: 'EUR', first: '2026-10-24', last: '2026-10-24' })
    expect(byDay.whole).toEqual({ count: 4, unpriced: 1, amounts: [
      { currency: 'EUR', committed: 0, expected: 46_000, total: 46_000, masked: false }, { currency: 'CHF', committed: 0, expected: 10_000, total: 10_000, masked: false },
    ] })
    expect(byDay.lines.map(({ key, count }) => [key, count])).toEqual([['2026-10-24', 4]])
    const people = await view({ by: 'person' })
    expect(people.lines.map(({ name, amounts }) => [name, amounts[0]?.total])).toEqual([['Inès Morvan', 30_000], ['Jeanne Roux', 10_000], ['Karim Benali', 16_000], ['Malik Sow', undefined]])
    expect((await view({ by: 'role' })).lines.map(({ name }) => name)).toEqual(['Chef électro', 'Ingénieur façade', 'Pupitreuse', 'Régisseuse générale'])
    expect((await view({ by: 'day', from: '2026-10-25' })).whole).toEqual({ count: 0, unpriced: 0, amounts: [] })
  })

  it('are charged to the cost centre of the department of the role, and to none where there is none', async () => {
    for (const index of [0, 1, 2, 3]) await rate(index, daily(10_000))
    const departments = (await w.app.ask('organization.get', {}))['departments'] as { id: string; code: string }[]
    await w.app.ask('cost_centre.create', { project_id: w.project, code: '6100', name: 'Lumière', department_id: departments.find(({ code }) => code === 'LUM')?.id })
    const { lines } = await view({ by: 'cost_centre' })
    expect(lines.map(({ code, name, amounts }) => [code, name, amounts[0]?.total])).toEqual([['6100', 'Lumière', 20_000], [null, null, 20_000]])
    expect((await view({ by: 'department' })).lines.map(({ code }) => code).toSorted()).toEqual(expect.arrayContaining(['LUM', 'SON']))
  })

  it('take the card of the role in force when the mission begins', async () => {
    await w.app.ask('rate_card.create', { name: 'Chef électro 2026', crew_role_id: w.roles.get('Chef électro'), basis: 'daily', amount_minor: 28_000, currency: 'EUR', valid_from: '2026-01-01', valid_to: '2026-12-31' })
    await w.app.ask('rate_card.create', { name: 'Chef électro 2027', crew_role_id: w.roles.get('Chef électro'), basis: 'daily', amount_minor: 29_000, currency: 'EUR', valid_from: '2027-01-01' })
    expect((await view()).whole).toMatchObject({ count: 4, unpriced: 3, amounts: [{ total: 28_000 }] })
  })

  it('keep the rate of a card named by hand that is not in force, and a note says so until the card is', async () => {
    const card = await w.app.ask('rate_card.create', { name: 'Chef électro 2027', crew_role_id: w.roles.get('Chef électro'), basis: 'daily', amount_minor: 29_000, currency: 'EUR', valid_from: '2027-01-01' })
    const notes = async () => ((await w.app.ask('conflict.list', { project_id: w.project }))['items'] as { kind: string; severity: string; figures: object }[]).filter(({ kind }) => kind === 'rate_mismatch').map(({ severity, figures }) => ({ severity, figures }))
    await rate(0, { rate_card_id: card['id'] })
    expect((await view()).whole).toMatchObject({ unpriced: 3, amounts: [{ total: 29_000 }] })
    expect(await notes()).toEqual([{ severity: 'info', figures: { in_force: false } }])
    await w.app.ask('rate_card.update', { id: card['id'], version: card['version'], changes: { valid_from: '2026-01-01' } })
    expect(await notes()).toEqual([])
  })

  it('are not for members and viewers, and totals without anybody’s rate for planners who read none', async () => {
    await rate(0, daily(30_000))
    await rate(1, daily(20_000))
    const planner = await w.member('planner')
    expect((await view({ by: 'person' }, planner)).access).toBe('all')
    await totalsOnly()
    for (const by of ['person', 'role', 'department', 'cost_centre', 'state']) expect(await w.app.refused('cost.view', { project_id: w.project, by }, planner)).toBe('auth.forbidden')
    expect(await w.app.refused('cost.view', { project_id: w.project, by: 'day', from: '2026-10-24' }, planner)).toBe('auth.forbidden')
    const totals = await view({}, planner)
    expect(totals.access).toBe('totals')
    expect(totals.whole.amounts).toEqual([{ currency: 'EUR', committed: null, expected: null, total: 50_000, masked: false }])
    // Of another day, with one person: their rate, and what the total less the other day would tell.
    const alone = await w.app.ask('mission.create', { project_id: w.project, title: 'Repérage', start_at: day('08:00', 2), end_at: day('18:00', 2) })
    await w.app.ask('assignment.create', { mission_id: alone['id'], people: [{ collaborator_id: w.people.get('Malik Sow'), ...daily(77_777) }] })
    const { lines, whole } = await view({ by: 'day' }, planner)
    expect(lines.map(({ amounts }) => amounts.map(({ total, masked }) => [total, masked]))).toEqual([[[null, true]], [[null, true]]])
    expect(JSON.stringify({ lines, whole })).not.toContain('77777')
    expect((await view({ by: 'person' }, await w.member('project_manager'))).access).toBe('all')
    for (const role of ['member', 'viewer'])
      expect(await w.app.refused('cost.view', { project_id: w.project, by: 'day' }, await w.member(role, role === 'member' ? { collaborator: w.people.get('Inès Morvan') ?? '' } : {}))).toBe('auth.forbidden')
  })

  it('show no amount where the session hides them', async () => {
    await rate(0, daily(31_313))
    const hidden = await view({ by: 'person' }, { ...w.app.owner, amounts: 'hidden' })
    expect(hidden.access).toBe('hidden')
    expect([hidden.whole.count, hidden.whole.amounts, JSON.stringify(hidden).includes('31313')]).toEqual([4, [], false])
  })
})
