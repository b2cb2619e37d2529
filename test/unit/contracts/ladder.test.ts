import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asksAmendment, contractKindOf, contractTransitions, contractVersionStates, frozenBySigning, isEditable, isEmployment, isInForce, isSigned, takesWork, versionInForce,
  type ContractVersionState,
} from '../../../shared/domain/contracts/rules.ts'
import { engagementKinds } from '../../../shared/domain/engagement/rules.ts'
import { permissions, reachOf } from '../../../shared/domain/permissions.ts'
import { assignment } from '../../../shared/domain/planning/model.ts'
import { nextStates, transitionOf, waysOf } from '../../../shared/domain/transitions.ts'

/** As chapter 7 draws it. */
const drawn: Record<ContractVersionState, ContractVersionState[]> = {
  draft_preview: ['under_review'], under_review: ['approved', 'rejected'], approved: ['sent'], sent: ['signed', 'rejected'], signed: ['active'],
  active: ['completed', 'suspended', 'terminated', 'archived'], completed: ['archived'], archived: [], rejected: ['draft_preview'], suspended: ['active', 'terminated'],
  terminated: ['archived'], amendment_draft: ['amendment_under_review'], amendment_under_review: ['amendment_signed'], amendment_signed: ['active'],
}
/** Ways out that the chapter leaves open. */
const open: Partial<Record<ContractVersionState, ContractVersionState[]>> = {
  amendment_under_review: ['amendment_draft'], amendment_draft: ['archived'],
  draft_preview: ['archived'], under_review: ['archived'], approved: ['archived'], sent: ['archived'], rejected: ['archived'], signed: ['archived'], amendment_signed: ['archived'],
}
const signs: ReadonlySet<string> = new Set(['signed', 'amendment_signed'])

describe('the ladder of a contract version', () => {
  it('has the ways of chapter 7, those it leaves open, and no other', () => {
    for (const from of contractVersionStates) {
      const legal = [...drawn[from], ...(open[from] ?? [])]
      for (const to of contractVersionStates) expect(transitionOf(contractTransitions, from, to) !== null, `${from} -> ${to}`).toBe(legal.includes(to))
      for (const to of open[from] ?? []) expect(waysOf(contractTransitions, from, to).every((way) => way.reason === 'required')).toBe(true)
    }
  })

  it('reaches every state, and only an archived version has no way out', () => {
    const reached = new Set<ContractVersionState>(contractTransitions.initial)
    for (const state of reached) for (const next of nextStates(contractTransitions, state)) reached.add(next)
    expect([...reached].sort()).toEqual([...contractVersionStates].sort())
    expect(contractVersionStates.filter((state) => nextStates(contractTransitions, state).length === 0)).toEqual(['archived'])
  })

  it('asks for permissions of contracts that exist, one for each way', () => {
    const seen = new Set<string>()
    for (const { from, to, permission } of contractTransitions.transitions) {
      expect(permission !== 'system' && permissions.includes(permission) && permission.startsWith('contract:'), `${from} -> ${to}`).toBe(true)
      expect(seen.has(`${from} ${to}`)).toBe(false)
      seen.add(`${from} ${to}`)
    }
  })

  it('lets a planner prepare and propose amendments, a manager send, sign and end, an administrator approve and archive', () => {
    const ways = (role: 'planner' | 'project_manager' | 'org_admin' | 'member' | 'viewer'): string[] =>
      contractTransitions.transitions.filter((way) => way.permission !== 'system' && reachOf(role, way.permission) !== null).map(({ from, to }) => `${from} ${to}`)
    expect(ways('member')).toEqual([])
    expect(ways('viewer')).toEqual([])
    expect(ways('planner')).toEqual([
      'draft_preview under_review', 'rejected draft_preview', 'amendment_draft amendment_under_review', 'amendment_under_review amendment_draft', 'amendment_draft archived',
    ])
    const manager = new Set(ways('project_manager'))
    expect(contractTransitions.transitions.map(({ from, to }) => `${from} ${to}`).filter((way) => !manager.has(way))).toEqual([
      'under_review approved', 'under_review rejected', 'completed archived', 'terminated archived',
    ])
    expect(ways('org_admin')).toHaveLength(contractTransitions.transitions.length)
  })

  it('never signs without every mandatory mention, the document and every signature, nor sends or starts while a void is open', () => {
    for (const way of contractTransitions.transitions) {
      if (signs.has(way.to)) expect(way.needs).toEqual(expect.arrayContaining(['mandatory_mentions', 'document', 'every_signature', 'no_open_void']))
      if (way.to === 'sent') expect(way.needs).toEqual(expect.arrayContaining(['mandatory_mentions', 'document', 'no_open_void']))
      if (way.to === 'active' && way.from !== 'suspended') expect(way.needs).toContain('linked_assignments_accepted')
    }
  })

  it('on any walk passes review before it is signed, is signed before it is in force, and never comes back from the archive', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contractTransitions.initial), fc.array(fc.nat(30), { maxLength: 40 }), (first, choices) => {
        const walked: ContractVersionState[] = [first]
        for (const choice of choices) {
          const ways = nextStates(contractTransitions, walked.at(-1) ?? first)
          const next = ways[choice % Math.max(1, ways.length)]
          if (next === undefined) break
          walked.push(next)
        }
        const at = (state: ContractVersionState): number => walked.indexOf(state)
        const signed = walked.findIndex((state) => signs.has(state))
        if (signed !== -1) expect(walked.slice(0, signed).some((state) => state === 'approved' || state === 'amendment_under_review')).toBe(true)
        for (const [index, state] of walked.entries()) {
          if (isInForce(state)) expect(signed !== -1 && signed <= index, walked.join(' ')).toBe(true)
          if (isEditable(state)) expect(signed === -1 || signed > index, walked.join(' ')).toBe(true)
          if (isSigned({ state, signed_at: null })) expect(signed !== -1 && signed <= index).toBe(true)
        }
        if (at('archived') !== -1) expect(at('archived')).toBe(walked.length - 1)
      }),
    )
  })

  it('answers nothing for a step taken twice: no state leads to itself', () => {
    for (const state of contractVersionStates) expect(waysOf(contractTransitions, state, state)).toEqual([])
  })
})

describe('the version in force', () => {
  const version = (number: number, state: ContractVersionState) => ({ number, state })
  it('stays the former until the amendment is signed', () => {
    const former = version(1, 'active')
    expect(versionInForce([former, version(2, 'amendment_draft')])).toBe(former)
    expect(versionInForce([former, version(2, 'amendment_under_review')])).toBe(former)
    expect(versionInForce([former, version(2, 'amendment_signed')])?.number).toBe(2)
    expect(versionInForce([version(1, 'archived'), version(2, 'active')])?.number).toBe(2)
    expect(versionInForce([version(1, 'suspended')])?.number).toBe(1)
    for (const state of ['draft_preview', 'under_review', 'approved', 'sent', 'signed', 'rejected', 'completed', 'terminated', 'archived'] as const) expect(versionInForce([version(1, state)])).toBe(null)
  })

  it('takes no work while suspended nor once ended', () => {
    expect(contractVersionStates.filter((state) => !takesWork(state))).toEqual(['completed', 'archived', 'suspended', 'terminated'])
  })
})

describe('what signing freezes', () => {
  it('of an assignment, are columns it has (but the link, which comes with contracts) and hides with the rates', () => {
    const known = frozenBySigning.assignment.filter((column) => column !== 'contract_id')
    for (const column of known) expect(Object.keys(assignment.fields)).toContain(column)
  })

  it('asks for an amendment once signed, for no other column, and no more once archived', () => {
    const version = (state: ContractVersionState, signed_at: string | null = null) => ({ state, signed_at })
    expect(asksAmendment(version('signed'), ['rate_minor'])).toBe(true)
    expect(asksAmendment(version('active'), ['end_at'])).toBe(true)
    expect(asksAmendment(version('active'), ['notes', 'actual_end_at'])).toBe(false)
    expect(asksAmendment(version('sent'), ['rate_minor'])).toBe(false)
    expect(asksAmendment(version('archived', '2027-06-01T08:00:00.000Z'), ['rate_minor'])).toBe(false)
    expect(isSigned(version('archived', '2027-06-01T08:00:00.000Z'))).toBe(true)
    expect(isSigned(version('archived'))).toBe(false)
  })
})

describe('the kind of contract', () => {
  it('follows the engagement', () => {
    expect(engagementKinds.map((kind) => contractKindOf(kind))).toEqual(['cddu', 'artist', null, 'vendor', 'vendor', null, null])
    expect(['cddu', 'artist', 'vendor', 'client'].map((kind) => isEmployment(kind as 'cddu'))).toEqual([true, true, false, false])
  })
})
