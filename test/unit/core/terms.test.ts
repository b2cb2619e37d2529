import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engagementStates, type EngagementState } from '../../../shared/domain/engagement/rules.ts'
import { isError } from '../../fixtures/core.ts'
import { hour, openPlanned, type Planned } from '../../fixtures/planned.ts'

let made: Planned
beforeAll(async () => {
  made = await openPlanned({ seed: 'terms' })
})
afterAll(() => made.app.close())

type Kind = 'window' | 'role' | 'card' | 'figures' | 'call' | 'person'
/** written; asked again; replaced with the reason kept; or the code of the refusal. By the table of chapter 4 and decision C12. */
type Outcome = 'written' | 'asked again' | `replaced: ${string}` | `refused: ${string}`

const answered: readonly EngagementState[] = ['accepted', 'confirmed']
const closed: readonly EngagementState[] = ['executed', 'closed', 'canceled']
function lawful(state: EngagementState, kind: Kind, role: 'manager' | 'planner', reason: boolean): Outcome {
  if (closed.includes(state)) return 'refused: assignment.transition_rejected'
  if (kind !== 'person') return answered.includes(state) && kind !== 'call' ? 'asked again' : 'written'
  if (state === 'planned') return 'written'
  if (state === 'proposed') return 'replaced: withdrawn_by_production'
  if (role === 'planner') return 'refused: auth.forbidden'
  if (state === 'accepted') return 'replaced: replaced'
  return reason ? 'replaced: malade' : 'refused: reason.required'
}

const terms = (kind: Kind): Record<string, unknown> => ({
  window: { start_at: hour(9), end_at: hour(18) }, role: { crew_role_id: made.roles[1] }, card: { rate_card_id: made.card },
  figures: { rate_basis: 'hourly', rate_minor: 2_100, rate_currency: 'EUR' }, call: { call_at: hour(7) }, person: { collaborator_id: made.people[1] },
})[kind]

describe('the terms of an assignment', () => {
  it('change by where the engagement stands, who asks, and whether a reason is given', async () => {
    const { app, plan, engage, people, missions } = made
    for (const state of engagementStates)
      for (const kind of ['window', 'role', 'card', 'figures', 'call', 'person'] as const)
        for (const role of ['manager', 'planner'] as const)
          for (const reason of [false, true]) {
            const id = await plan(people[0], missions[0], [8, 17], { crew_role_id: made.roles[0], part: 'Phare', call_at: hour(8) })
            await engage(id, state)
            const before = await made.assignment(id)
            const answer = await app.core.execute({ name: 'assignment.change', input: { changes: [{ id, version: 1, ...terms(kind) }], ...(reason ? { reason: 'malade' } : {}) }, id: `${state} ${kind} ${role} ${String(reason)}` }, made[role])
            const after = await made.assignment(id)
            let got: Outcome
            if (isError(answer)) {
              got = `refused: ${answer.error.code}`
              expect(after).toEqual(before)
            } else {
              const [now = ''] = (answer.value as { ids: string[] }).ids
              if (now !== id) {
                got = `replaced: ${String(after['cancel_reason'])}`
                expect(after['state']).toBe('canceled')
                expect(await made.assignment(now)).toMatchObject({
                  state: 'planned', collaborator_id: people[1], replaces_assignment_id: id, crew_role_id: made.roles[0], part: 'Phare', start_at: hour(8), end_at: hour(17), call_at: hour(8), reconfirm_since: null,
                })
              } else {
                expect(after).toMatchObject({ state, ...terms(kind) })
                got = after['reconfirm_since'] === null ? 'written' : 'asked again'
              }
            }
            expect(`${state} ${kind} ${role} ${reason ? 'with reason' : ''}: ${got}`).toBe(`${state} ${kind} ${role} ${reason ? 'with reason' : ''}: ${lawful(state, kind, role, reason)}`)
          }
  }, 60_000)

  it('are the same law for shifting, giving to another person, changing role and rate', async () => {
    const { app, plan, engage, people, missions, planner, manager } = made
    for (const [name, more] of [['assignment.shift', { days: 1, minutes: 15 }], ['assignment.change_role', { crew_role_id: made.roles[1] }], ['assignment.change_rate', { rate_card_id: made.card }]] as const) {
      const id = await plan(people[0], missions[0], [8, 17], { call_at: hour(7) })
      await engage(id, 'accepted')
      expect(await app.ask(name, { ids: [id], ...more }, planner)).toEqual({ ids: [id] })
      const row = await made.assignment(id)
      expect(row['state']).toBe('accepted')
      expect(row['reconfirm_since']).not.toBeNull()
    }
    const id = await plan(people[0], missions[0], [8, 17])
    await engage(id, 'confirmed')
    expect(await app.refused('assignment.reassign', { ids: [id], collaborator_id: people[1] }, planner)).toBe('auth.forbidden')
    expect(await app.refused('assignment.reassign', { ids: [id], collaborator_id: people[1] }, manager)).toBe('reason.required')
    const { ids } = await app.ask('assignment.reassign', { ids: [id], collaborator_id: people[1], reason: 'blessé' }, manager)
    expect((ids as string[])[0]).not.toBe(id)
    expect(await made.assignment(id)).toMatchObject({ state: 'canceled', cancel_reason: 'blessé' })
  })

  it('are refused together, each row with its own reason, and none is written', async () => {
    const { app, plan, engage, people, missions, project } = made
    const fine = await plan(people[0], missions[0], [8, 17])
    const gone = await plan(people[1], missions[0], [8, 17])
    await engage(gone, 'closed')
    const locked = await app.ask('mission.create', { project_id: project, title: 'Générale', start_at: hour(80), end_at: hour(90) })
    const shut = await plan(people[2], String(locked['id']), [80, 90])
    await app.ask('mission.lock', { id: locked['id'] })
    const answer = await app.core.execute({ name: 'assignment.shift', input: { ids: [fine, gone, shut], days: 0, minutes: 30 } }, made.planner)
    if (!isError(answer)) throw new Error('not refused')
    expect(answer.error.code).toBe('assignment.refused_rows')
    expect(answer.error.details).toEqual([
      { field: 'id', issue: 'state', expected: 'closed', found: gone }, { field: 'id', issue: 'locked', expected: 'Générale', found: shut },
    ])
    expect((await made.assignment(fine))['start_at']).toBe(hour(8))
    await app.ask('mission.unlock', { id: locked['id'] })
  })

  it('do not tell who may not read rates whether a typed figure is the right one', async () => {
    const { app, plan, people, missions, planner } = made
    await app.ask('organization.update', { id: app.org, version: 1, changes: { planners_read_rates: false } })
    const id = await plan(people[0], missions[0], [8, 17], { rate_card_id: made.card })
    const typed = (rate_minor: number) => ({ ids: [id], rate_basis: 'daily', rate_minor, rate_currency: 'EUR' })
    expect([await app.refused('assignment.change_rate', typed(25_077), planner), await app.refused('assignment.change_rate', typed(1), planner)]).toEqual(['auth.forbidden', 'auth.forbidden'])
    const card = String((await app.ask('rate_card.create', { name: 'Service', basis: 'flat', amount_minor: 9_000, currency: 'EUR' }))['id'])
    await app.ask('assignment.change_rate', { ids: [id], rate_card_id: card }, planner)
    expect(await made.assignment(id)).toMatchObject({ rate_card_id: card, rate_basis: 'flat', rate_minor: 9_000 })
  })

  it('hold a whole rate or none: never a basis without an amount, nor an amount of no currency', async () => {
    const { app, plan, people, missions } = made
    const bare = await plan(people[0], missions[0], [8, 17])
    const priced = await plan(people[0], missions[1], [32, 41], { rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' })
    const change = (id: string, asked: Record<string, unknown>) => ({ changes: [{ id, version: 1, ...asked }] })
    for (const half of [{ rate_basis: 'daily' }, { rate_minor: 5 }, { rate_currency: 'CHF' }, { rate_card_id: made.card, rate_minor: 5 }]) expect(await app.refused('assignment.change', change(bare, half))).toBe('validation.invalid')
    expect(await app.refused('assignment.change', change(priced, { rate_currency: null }))).toBe('validation.invalid')
    expect((await made.assignment(bare))['rate_basis']).toBeNull()
    await app.ask('assignment.change', change(priced, { rate_minor: 22_000 }))
    expect(await made.assignment(priced)).toMatchObject({ rate_basis: 'daily', rate_minor: 22_000, rate_currency: 'EUR' })
  })

  it('go back exactly, the question to the person included', async () => {
    const { app, plan, engage, people, missions, manager } = made
    const id = await plan(people[0], missions[0], [8, 17], { call_at: hour(7) })
    await engage(id, 'accepted')
    const undo = async (): Promise<void> => {
      await app.ask('history.undo', { command_id: (await app.ask('history.list', {}, manager))['undo'] }, manager)
    }
    const entered = async () => {
      const { version, updated_at, updated_by, ...rest } = await made.assignment(id)
      return { rest, audit: [typeof version, typeof updated_at, typeof updated_by] }
    }
    const former = await entered()
    await app.ask('assignment.change', { changes: [{ id, version: 1, start_at: hour(10), end_at: hour(18) }] }, manager)
    expect((await made.assignment(id))['call_at']).toBe(hour(9))
    const asked = (await made.assignment(id))['reconfirm_since']
    await undo()
    expect(await entered()).toEqual(former)
    await app.ask('assignment.change', { changes: [{ id, version: 3, crew_role_id: made.roles[2] }] }, manager)
    const once = await entered()
    await app.ask('assignment.shift', { ids: [id], days: 0, minutes: 15 }, manager)
    expect((await made.assignment(id))['reconfirm_since']).not.toBe(once.rest['reconfirm_since'])
    await undo()
    expect(await entered()).toEqual(once)
    expect(asked).not.toBeNull()
    const { ids } = await app.ask('assignment.change', { changes: [{ id, version: 6, collaborator_id: people[1] }] }, manager)
    await undo()
    expect(await entered()).toEqual(once)
    expect((await made.assignment(String((ids as string[])[0])))['deleted_at']).not.toBeNull()
  })

  it('that somebody else changed since they were read are named with their row', async () => {
    const { app, plan, people, missions, planner, manager } = made
    const [one, two] = [await plan(people[0], missions[0], [8, 17]), await plan(people[1], missions[0], [8, 17])]
    await app.ask('assignment.shift', { ids: [two], days: 0, minutes: 15 }, manager)
    const answer = await app.core.execute({ name: 'assignment.change', input: { changes: [one, two].map((id) => ({ id, version: 1, start_at: hour(9) })) } }, planner)
    if (!isError(answer)) throw new Error('not refused')
    expect([answer.error.code, answer.error.details.map(({ field }) => field)]).toEqual(['concurrency.version_mismatch', ['changes.1.start_at']])
    await app.ask('assignment.change', { changes: [one, two].map((id) => ({ id, version: 1, crew_role_id: made.roles[1] })) }, planner)
  })
})
