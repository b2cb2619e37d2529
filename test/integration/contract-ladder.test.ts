/** Every step of a contract version, by every role, from every state: the table is written here from chapters 2 and 7, not read from the product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractStates, openPapers, rolesOfPapers, type ContractState, type Papers, type PaperRole, type Standing } from '../fixtures/on-the-paper-ladder.ts'

let made: Papers
beforeAll(async () => {
  made = await openPapers({ seed: 'ladder of contracts' })
}, 60_000)
afterAll(() => made.app.close())

interface Gesture {
  name: string
  who: readonly PaperRole[]
  input?: (at: Standing, version: number) => Record<string, unknown>
  /** The state it leads to from each state; left out: illegal. */
  leads: Partial<Record<ContractState, ContractState>>
  /** Of states where only some may. */
  only?: Partial<Record<ContractState, readonly PaperRole[]>>
  illegal?: (state: ContractState) => string
  /** Before the gesture: the last hour of the work has passed. */
  after?: true
  /** An open request to make it void is there. */
  asked?: true
}
const admins: readonly PaperRole[] = ['owner', 'admin']
const managers: readonly PaperRole[] = [...admins, 'manager']
const planners: readonly PaperRole[] = [...managers, 'planner']
const same = (...states: readonly ContractState[]): Partial<Record<ContractState, ContractState>> => Object.fromEntries(states.map((state) => [state, state]))
const but = (...states: readonly ContractState[]): ContractState[] => contractStates.filter((state) => !states.includes(state))
const because = ({ version_id }: Standing) => ({ id: version_id, reason: 'essai' })

const gestures: Record<string, Gesture> = {
  submit: { name: 'contract.submit', who: planners, leads: { draft_preview: 'under_review', amendment_draft: 'amendment_under_review', ...same('under_review', 'amendment_under_review') } },
  approve: { name: 'contract.approve', who: admins, leads: { under_review: 'approved', ...same('approved') } },
  reject: { name: 'contract.reject', who: managers, input: because, leads: { under_review: 'rejected', sent: 'rejected', ...same('rejected') }, only: { under_review: admins } },
  reopen: { name: 'contract.reopen', who: planners, input: because, leads: { rejected: 'draft_preview', amendment_under_review: 'amendment_draft', ...same('draft_preview', 'amendment_draft') } },
  send: { name: 'contract.send', who: managers, leads: { approved: 'sent', ...same('sent') } },
  // The other side has signed already: this is the second signature. Nobody signs twice.
  sign: { name: 'contract.sign', who: managers, input: ({ version_id }) => ({ id: version_id, side: 'house', name: 'Léa Martin' }), leads: { sent: 'signed', amendment_under_review: 'amendment_signed' } },
  activate: { name: 'contract.activate', who: managers, leads: { signed: 'active', amendment_signed: 'active', ...same('active') } },
  complete: { name: 'contract.complete', who: managers, after: true, leads: { active: 'completed', ...same('completed') } },
  suspend: { name: 'contract.suspend', who: managers, input: because, leads: { active: 'suspended', ...same('suspended') } },
  resume: { name: 'contract.resume', who: managers, leads: { suspended: 'active', ...same('active') } },
  terminate: { name: 'contract.terminate', who: managers, input: because, leads: { active: 'terminated', suspended: 'terminated', ...same('terminated') } },
  archive: { name: 'contract.archive', who: admins, leads: { completed: 'archived', terminated: 'archived', ...same('archived') } },
  drop: { name: 'contract.drop_amendment', who: planners, input: because, leads: { amendment_draft: 'archived', ...same('archived') } },
  write: { name: 'contract.update', who: planners, input: ({ version_id }, version) => ({ id: version_id, version, changes: { trial_days: 1 } }), leads: same('draft_preview', 'amendment_draft'), illegal: () => 'contract.frozen' },
  amend: {
    name: 'contract.amend', who: planners, input: ({ id }) => ({ id }), leads: same('active'),
    illegal: (state) => (state === 'amendment_draft' || state === 'amendment_under_review' ? 'contract.amended_already' : 'contract.not_ready'),
  },
  attach: {
    name: 'contract.attach_signed', who: managers, input: ({ version_id }) => ({ id: version_id, name: 'signé.pdf', type: 'application/pdf', size: 10, sha256: 'a'.repeat(64) }),
    leads: same(...but('draft_preview', 'amendment_draft')),
  },
  'ask to void': { name: 'contract.request_void', who: planners, input: ({ id }) => ({ id, reason: 'erreur' }), leads: same(...but('archived')), illegal: () => 'contract.not_ready' },
  void: {
    name: 'contract.settle', who: managers, asked: true, input: ({ request }) => ({ id: request, outcome: 'granted', reason: 'erreur reconnue' }),
    leads: {
      draft_preview: 'archived', under_review: 'archived', approved: 'archived', sent: 'archived', rejected: 'archived', signed: 'archived', amendment_draft: 'archived', amendment_under_review: 'archived', amendment_signed: 'archived',
      active: 'terminated', suspended: 'terminated', ...same('completed', 'terminated'),
    },
    illegal: () => 'contract_request.not_found',
  },
  'not void': { name: 'contract.settle', who: managers, asked: true, input: ({ request }) => ({ id: request, outcome: 'refused', reason: 'sans objet' }), leads: same(...but('archived')), illegal: () => 'contract_request.not_found' },
}

describe('the ladder of a contract version', () => {
  for (const [label, gesture] of Object.entries(gestures))
    it(`${label}: from every state, by every role, goes where the table says or is refused and changes nothing`, async () => {
      const wrong: string[] = []
      for (const state of contractStates) {
        let at: Standing | null = null
        for (const role of rolesOfPapers) {
          if (at === null) {
            at = await made.stand(state)
            if (gesture.asked && state !== 'archived') at.request = String((await made.app.ask('contract.request_void', { id: at.id, reason: 'erreur' }))['id'])
            if (gesture.after) made.afterWork(at)
          }
          const before = await made.written(at)
          const code = await made.tried(gesture.name, gesture.input?.(at, before.version) ?? { id: at.version_id }, role)
          const after = await made.written(at)
          const may = (gesture.only?.[state] ?? gesture.who).includes(role)
          const to = gesture.leads[state]
          const expected = may && to === undefined ? (gesture.illegal?.(state) ?? 'contract_version.transition_rejected') : may ? 'done' : 'auth.forbidden'
          if (code !== expected) wrong.push(`${label} from ${state} by ${role}: ${code} instead of ${expected}`)
          if (after.state !== (code === 'done' ? to : state)) wrong.push(`${label} from ${state} by ${role} left it ${after.state}`)
          if (code !== 'done' && after.all !== before.all) wrong.push(`${label} from ${state} by ${role} was refused and wrote`)
          // What was repeated, or left it where it was, is still there for the next.
          if (after.state !== state || (label === 'amend' && code === 'done')) at = null
        }
      }
      expect(wrong).toEqual([])
    }, 120_000)
})
