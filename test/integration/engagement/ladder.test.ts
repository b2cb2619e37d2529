/** Every step of both ladders, by every role, from every state: the table is written here from chapter 4, not read from the product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLadder, steps, type Ladder, type Standing, type Step } from '../../fixtures/on-the-ladder.ts'
import { hour } from '../../fixtures/planned.ts'

let made: Ladder
beforeAll(async () => {
  made = await openLadder({ seed: 'ladder' })
}, 120_000)
afterAll(() => made.app.close())

const roles = ['owner', 'manager', 'planner', 'person', 'colleague', 'viewer'] as const
type Role = (typeof roles)[number]
const sessionOf = (role: Role) => (role === 'owner' ? made.app.owner : made[role])

interface Gesture {
  name: string
  who: readonly Role[]
  input: (at: Standing, version: unknown) => unknown
  /** The state it leads to from each step; left out: illegal. */
  leads: Partial<Record<Step, string>>
  /** Which record's step is illegal. */
  illegal: string | Partial<Record<Step, string>>
  /** Of steps where only some may. */
  only?: Partial<Record<Step, readonly Role[]>>
}
const planners: readonly Role[] = ['owner', 'manager', 'planner']
const managers: readonly Role[] = ['owner', 'manager']
const own: readonly Role[] = ['person']
const entered = { source: 'hand', reason: 'dit au téléphone' }
const until = hour(-30)

const gestures: Record<string, Gesture> = {
  ask: {
    name: 'assignment.propose', who: planners, illegal: 'assignment.transition_rejected', input: ({ id }, version) => ({ changes: [{ id, version, deadline_at: until }] }),
    leads: { planned: 'proposed', canceled: 'proposed', untold: 'proposed', asked: 'proposed' },
  },
  tell: {
    name: 'acceptance.dispatch', who: planners, input: ({ acceptance }) => ({ changes: [{ id: acceptance }], channel: 'hand' }),
    illegal: { planned: 'acceptance.not_found', canceled: 'acceptance.transition_rejected' },
    leads: { untold: 'proposed', asked: 'proposed', accepted: 'accepted', confirmed: 'confirmed', executed: 'executed', closed: 'closed' },
  },
  accept: {
    name: 'assignment.accept', who: own, input: ({ id, acceptance }) => ({ id, acceptance_id: acceptance }), illegal: { planned: 'acceptance.not_found', canceled: 'acceptance.transition_rejected' },
    leads: { untold: 'accepted', asked: 'accepted', accepted: 'accepted', confirmed: 'confirmed', executed: 'executed', closed: 'closed' },
  },
  decline: {
    name: 'assignment.decline', who: own, input: ({ id, acceptance }) => ({ id, acceptance_id: acceptance }), illegal: { planned: 'acceptance.not_found', '*': 'acceptance.transition_rejected' } as never,
    leads: { untold: 'canceled', asked: 'canceled' },
  },
  withdraw: { name: 'assignment.withdraw', who: own, input: ({ id }) => ({ id }), illegal: 'assignment.transition_rejected', leads: { accepted: 'canceled' } },
  accept_for: {
    name: 'assignment.accept_for', who: managers, input: ({ id, acceptance }) => ({ id, acceptance_id: acceptance, ...entered }), illegal: { planned: 'acceptance.not_found', canceled: 'acceptance.transition_rejected' },
    leads: { untold: 'accepted', asked: 'accepted', accepted: 'accepted', confirmed: 'confirmed', executed: 'executed', closed: 'closed' },
  },
  accept_by_voice: {
    name: 'assignment.accept_by_voice', who: managers, input: ({ id }) => ({ id, ...entered }), illegal: 'assignment.transition_rejected',
    leads: { planned: 'accepted', canceled: 'accepted' },
  },
  decline_for: {
    name: 'assignment.decline_for', who: managers, input: ({ id, acceptance }) => ({ id, acceptance_id: acceptance, ...entered }), illegal: { planned: 'acceptance.not_found', '*': 'acceptance.transition_rejected' } as never,
    leads: { untold: 'canceled', asked: 'canceled' },
  },
  withdraw_for: { name: 'assignment.withdraw_for', who: managers, input: ({ id }) => ({ id, ...entered }), illegal: 'assignment.transition_rejected', leads: { accepted: 'canceled' } },
  confirm: {
    name: 'assignment.confirm', who: managers, input: ({ id }) => ({ changes: [{ id, budget: true, override_reason: 'essai', expected_resolution_at: hour(0) }] }), illegal: 'assignment.transition_rejected',
    leads: { accepted: 'confirmed', confirmed: 'confirmed' },
  },
  execute: { name: 'assignment.execute', who: managers, input: ({ id }) => ({ ids: [id] }), illegal: 'assignment.transition_rejected', leads: { confirmed: 'executed', executed: 'executed' } },
  close: { name: 'assignment.close', who: managers, input: ({ id }) => ({ ids: [id] }), illegal: 'assignment.transition_rejected', leads: { executed: 'closed', closed: 'closed' } },
  cancel: {
    name: 'assignment.cancel', who: planners, input: ({ id }) => ({ ids: [id], cause: 'replaced', reason: 'autre choix' }), illegal: 'assignment.transition_rejected',
    leads: { planned: 'canceled', untold: 'canceled', asked: 'canceled', accepted: 'canceled', confirmed: 'canceled', executed: 'canceled', canceled: 'canceled' },
    only: { accepted: managers, confirmed: managers, executed: managers },
  },
  presence: {
    name: 'assignment.record_presence', who: managers, input: ({ id }, version) => ({ changes: [{ id, version, presence: 'late', presence_note: 'train' }] }), illegal: 'assignment.transition_rejected',
    leads: { accepted: 'accepted', confirmed: 'confirmed', executed: 'executed' },
  },
}
const illegalAt = ({ illegal }: Gesture, step: Step): string => (typeof illegal === 'string' ? illegal : (illegal[step] ?? (illegal as Record<string, string>)['*'] ?? 'assignment.transition_rejected'))

describe('the ladder of an assignment', () => {
  for (const [label, gesture] of Object.entries(gestures))
    it(`${label}: from every step, by every role, goes where the table says or is refused and changes nothing`, async () => {
      const wrong: string[] = []
      for (const step of steps) {
        let at: Standing | null = null
        for (const role of roles) {
          at ??= await made.stand(step)
          const before = { row: await made.assignment(at.id), questions: await made.acceptances(at.id) }
          const code = await made.tried(gesture.name, gesture.input(at, before.row['version']), sessionOf(role))
          const after = { row: await made.assignment(at.id), questions: await made.acceptances(at.id) }
          const may = (gesture.only?.[step] ?? gesture.who).includes(role)
          const to = gesture.leads[step]
          const byAnother = label === 'ask' && (step === 'untold' || step === 'asked') && role !== 'owner'
          const expected = may && byAnother ? 'assignment.asked_already' : !may ? 'auth.forbidden' : to === undefined ? illegalAt(gesture, step) : 'done'
          // What one may not see is not found: a colleague and their question.
          const hidden = !may && gesture.name.startsWith('acceptance.') && step === 'planned' && planners.includes(role) ? 'acceptance.not_found' : expected
          if (code !== hidden) wrong.push(`${label} from ${step} by ${role}: ${code} instead of ${hidden}`)
          const state = code === 'done' ? to : before.row['state']
          if (after.row['state'] !== state) wrong.push(`${label} from ${step} by ${role} left it ${String(after.row['state'])} instead of ${String(state)}`)
          if (code !== 'done' && JSON.stringify(after) !== JSON.stringify(before)) wrong.push(`${label} from ${step} by ${role} was refused and wrote`)
          if (code === 'done') at = null
        }
      }
      expect(wrong).toEqual([])
    }, 120_000)

  it('repeated, changes nothing: neither the row, nor what was asked, nor the log of changes', async () => {
    for (const [label, gesture] of Object.entries(gestures))
      for (const step of steps) {
        if (gesture.leads[step] === undefined || label === 'accept_by_voice') continue
        const at = await made.stand(step)
        const [role = 'owner'] = gesture.only?.[step] ?? gesture.who
        await made.app.ask(gesture.name, gesture.input(at, (await made.assignment(at.id))['version']), sessionOf(role))
        const seen = async () => JSON.stringify([await made.assignment(at.id), await made.acceptances(at.id)])
        const before = await seen()
        const again = await made.tried(gesture.name, gesture.input(at, (await made.assignment(at.id))['version']), sessionOf(role))
        // From a state that has left the one asked for, some are illegal rather than repeated; either way nothing is written.
        expect(again === 'done' || again.endsWith('transition_rejected'), `${label} again from ${step}: ${again}`).toBe(true)
        expect(await seen(), `${label} again from ${step}`).toBe(before)
      }
  }, 120_000)

  it('is climbed by nobody through what only the authority does', async () => {
    const at = await made.stand('asked')
    for (const [name, input] of [
      ['acceptance.told', { id: at.acceptance, channel: 'email' }], ['acceptance.opened', { id: at.acceptance }], ['acceptance.expire', { id: at.acceptance }],
      ['acceptance.note_late', { id: at.acceptance, answer: 'accepted', at: hour(0), why: 'acceptance.deadline_passed', command: at.id }],
      ['assignment.answer_by_link', { id: at.acceptance, answer: 'accepted' }], ['assignment.execute_by_system', { id: at.id }],
    ] as const)
      for (const role of roles) expect(await made.tried(name, input, sessionOf(role)), `${name} by ${role}`).toBe('auth.forbidden')
    expect((await made.acceptance(at.acceptance))['state']).toBe('pending')
  })

  it('an illegal step is written in the log as refused', async () => {
    const at = await made.stand('planned')
    await made.tried('assignment.confirm', { changes: [{ id: at.id, budget: true }] })
    const [last] = await made.app.file.readEngine.all('SELECT action FROM audit_event ORDER BY position DESC LIMIT 1', [])
    expect(last?.['action']).toBe('security.transition.rejected')
  })
})
