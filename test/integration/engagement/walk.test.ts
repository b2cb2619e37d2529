/** Whatever is done on the ladder, by whoever, in whatever order: what holds between an assignment and what was asked of it goes on holding. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { entered, openLadder, type Ladder } from '../../fixtures/on-the-ladder.ts'
import { hour } from '../../fixtures/planned.ts'

let made: Ladder
let runs = 0
beforeAll(async () => {
  made = await openLadder({ seed: 'walk of the ladder' })
}, 120_000)
afterAll(() => made.app.close())

type Row = Record<string, unknown>
const START = Date.parse('2026-10-20T08:00:00.000Z')

const kinds = [
  'ask', 'again', 'tell', 'told', 'accept', 'decline', 'withdraw', 'accept_for', 'decline_for', 'withdraw_for', 'voice', 'link yes', 'link no', 'opened', 'expire', 'confirm', 'shift', 'back', 'role', 'person',
  'cancel', 'presence', 'execute', 'by system', 'close', 'undo', 'time', 'late', 'remove', 'update',
] as const
const who = ['owner', 'manager', 'planner', 'person', 'colleague'] as const
const step = fc.record({ kind: fc.constantFrom(...kinds), by: fc.constantFrom(...who), old: fc.nat(3) })

const terminal = new Set<unknown>(['accepted', 'refused', 'expired', 'withdrawn'])

/** What the laws say of one assignment and its questions, and of what became of each since. */
function broken(row: Row, asked: readonly Row[], before: ReadonlyMap<unknown, Row>): string[] {
  const wrong: string[] = []
  const count = (state: string): number => asked.filter((one) => one['state'] === state).length
  if (count('draft') > 1 || count('pending') > 1) wrong.push('more than one open question')
  if (asked.some((one) => one['collaborator_id'] !== row['collaborator_id'])) wrong.push('asked of another')
  if (['accepted', 'confirmed', 'executed', 'closed'].includes(String(row['state'])) && asked.some((one) => one['asked_at'] !== null) && count('accepted') === 0) wrong.push('a yes nobody gave')
  if (row['state'] === 'canceled' && count('draft') + count('pending') > 0) wrong.push('a question about what is canceled')
  if (row['state'] === 'planned' && asked.length > 0) wrong.push('asked and planned')
  if (row['state'] === 'proposed' && count('draft') + count('pending') === 0) wrong.push('nobody is asked')
  if (row['reconfirm_since'] !== null && row['state'] !== 'accepted' && row['state'] !== 'confirmed') wrong.push('to be confirmed again by nobody who had')
  for (const one of asked) {
    const former = before.get(one['id'])
    if (['pending', 'accepted', 'refused', 'expired'].includes(String(one['state'])) && one['asked_at'] === null) wrong.push(`${String(one['state'])} without being told`)
    if (one['state'] === 'expired' && String(one['updated_at']) < String(one['deadline_at'])) wrong.push('late before the deadline')
    if (!former || former['asked_at'] === null) continue
    for (const name of ['terms', 'rate', 'digest', 'deadline_at', 'asked_at', 'collaborator_id']) if (former[name] !== one[name]) wrong.push(`${name} of what was asked changed`)
    if (terminal.has(former['state']) && former['state'] !== one['state']) wrong.push(`${String(former['state'])} became ${String(one['state'])}`)
  }
  for (const [id, one] of before) if (one['asked_at'] !== null && !asked.some((now) => now['id'] === id)) wrong.push('what was asked is gone')
  return wrong
}

describe('a random walk on the ladder', () => {
  it('leaves one open question at most, rewinds no answer, makes nobody late who was not told, and a refusal writes nothing', async () => {
    const reached = new Set<unknown>()
    const done = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('planned', 'asked', 'asked', 'accepted', 'confirmed'), fc.array(step, { minLength: 15, maxLength: 40 }), async (from, steps) => {
        const run = ++runs
        let clock = START
        made.app.at(fromMs(clock))
        const { id } = await made.stand(from)
        for (const [index, { kind, by, old }] of steps.entries()) {
          const row = await made.assignment(id)
          if (row['deleted_at'] !== null) break
          const asked = await made.acceptances(id)
          const target = asked.at(-1 - Math.min(old, Math.max(0, asked.length - 1)))?.['id'] ?? deriveId('nobody', 'asked')
          const session = by === 'owner' ? made.app.owner : made[by]
          const pending = asked.find((one) => one['state'] === 'pending')
          if (kind === 'late' && pending) made.app.at(fromMs((clock = Math.max(clock, Date.parse(String(pending['deadline_at']))))))
          const until = fromMs(clock + 5 * 3_600_000)
          const change = { id, version: row['version'] }
          const inputs: Record<(typeof kinds)[number], readonly [string, unknown] | null> = {
            ask: ['assignment.propose', { changes: [{ ...change, deadline_at: until }] }], again: ['assignment.ask_again', { changes: [{ id, deadline_at: until }] }],
            tell: ['acceptance.dispatch', { changes: [{ id: target }], channel: 'hand' }], told: ['acceptance.told', { id: target, channel: 'email' }],
            accept: ['assignment.accept', { id, acceptance_id: target }], decline: ['assignment.decline', { id, acceptance_id: target, words: 'non' }], withdraw: ['assignment.withdraw', { id, words: 'finalement non' }],
            accept_for: ['assignment.accept_for', { id, acceptance_id: target, ...entered }], decline_for: ['assignment.decline_for', { id, acceptance_id: target, ...entered }], withdraw_for: ['assignment.withdraw_for', { id, ...entered }],
            voice: ['assignment.accept_by_voice', { id, ...entered }], 'link yes': ['assignment.answer_by_link', { id: target, answer: 'accepted' }], 'link no': ['assignment.answer_by_link', { id: target, answer: 'refused' }],
            late: ['acceptance.expire', { id: pending?.['id'] ?? target }], opened: ['acceptance.opened', { id: target }], expire: ['acceptance.expire', { id: target }],
            confirm: ['assignment.confirm', { changes: [{ id, budget: true, override_reason: 'essai', expected_resolution_at: hour(0) }] }],
            shift: ['assignment.shift', { ids: [id], days: 0, minutes: 15 }], back: ['assignment.shift', { ids: [id], days: 0, minutes: -15 }], role: ['assignment.change_role', { ids: [id], crew_role_id: made.roles[old % 2] }],
            person: ['assignment.reassign', { ids: [id], collaborator_id: made.people[2], reason: 'relais' }], cancel: ['assignment.cancel', { ids: [id], cause: 'budget_removed', reason: 'budget' }],
            presence: ['assignment.record_presence', { changes: [{ ...change, presence: 'present' }] }], execute: ['assignment.execute', { ids: [id] }], 'by system': ['assignment.execute_by_system', { id }],
            close: ['assignment.close', { ids: [id] }], remove: ['assignment.remove', { ids: [id] }], update: ['assignment.update', { ...change, changes: { cachets: 1 + old } }], time: null,
            undo: ['history.undo', { command_id: ((await made.app.ask('history.list', { limit: 1 }, session))['items'] as Row[])[0]?.['command_id'] ?? deriveId('no', 'command') }],
          }
          const asking = inputs[kind]
          if (asking === null) {
            clock += (1 + old) * 12 * 3_600_000
            made.app.at(fromMs(clock))
            continue
          }
          const [name, input] = asking
          const system = ['told', 'opened', 'expire', 'late', 'link yes', 'link no', 'by system'].includes(kind)
          const code = system ? await made.act(name, input, `walk ${run} ${index}`) : await made.tried(name, input, session)
          expect(code.startsWith('server.') || code === 'validation.invalid', `${kind}: ${code}`).toBe(false)
          const [after, questions] = [await made.assignment(id), await made.acceptances(id)]
          if (code === 'done') done.set(kind, (done.get(kind) ?? 0) + 1)
          else expect([after, questions], `${kind} was refused with ${code} and wrote`).toEqual([row, asked])
          if (after['deleted_at'] === null) expect(broken(after, questions, new Map(asked.map((one) => [one['id'], one]))), `after ${kind} by ${by}`).toEqual([])
          reached.add(after['state'])
          for (const one of questions) reached.add(`question ${String(one['state'])}`)
        }
      }),
      { numRuns: 40, seed: 11 },
    )
    // The walk went where it could: a law that is never met proves nothing.
    expect([...reached].map(String).toSorted()).toEqual(expect.arrayContaining(['accepted', 'canceled', 'confirmed', 'executed', 'planned', 'proposed', 'question accepted', 'question draft', 'question expired', 'question pending', 'question refused', 'question withdrawn']))
    for (const kind of ['ask', 'tell', 'accept_for', 'late', 'shift', 'back', 'cancel', 'undo', 'withdraw_for'] as const) expect(done.get(kind) ?? 0, kind).toBeGreaterThan(0)
  }, 240_000)
})
