/** The form of a contract: every field in some kind, every missing fact with a place where it is entered, the step that comes next. */
import { describe, expect, it } from 'vitest'
import { contractKinds, contractVersionStates } from '../../../shared/domain/contracts/kinds.ts'
import { typedFields } from '../../../shared/domain/contracts/model.ts'
import { contractTransitions } from '../../../shared/domain/contracts/rules.ts'
import { variables } from '../../../shared/domain/contracts/variables.ts'
import { controlOf, fieldsOf, placeOf, sectionsOf } from '../../../renderer/pages/contracts/editor/contract-fields.ts'
import { Typed } from '../../../renderer/pages/contracts/editor/contract-rows.ts'
import { asksReason, isConfirmed, needsMentions, nextStep, sidesLeft, steps, stepsIn } from '../../../renderer/pages/contracts/editor/ladder.ts'
import { countOf, lengthText, linesOf, minutesOf, quantityOf, quantityText } from '../../../renderer/pages/contracts/editor/typed-values.ts'
import * as operations from '../../../shared/domain/contracts/operations.ts'

describe('fields by kind', () => {
  it('each field that can be typed is in the form of some kind, once, with a way to enter it; the page reads them all', () => {
    const shown = new Set(contractKinds.flatMap((kind) => fieldsOf(kind, false)))
    expect([...shown].toSorted()).toEqual([...typedFields].toSorted())
    expect(Object.keys(Typed.shape).toSorted()).toEqual([...typedFields].toSorted())
    for (const kind of contractKinds) expect(new Set(fieldsOf(kind, false)).size, kind).toBe(fieldsOf(kind, false).length)
    for (const field of typedFields) expect(controlOf(field)).toBeTypeOf('string')
  })
  it('no window is typed where assignments give the days, and no signatory where the other side is a person employed', () => {
    for (const kind of contractKinds) {
      expect(fieldsOf(kind, true)).not.toContain('starts_on')
      expect(fieldsOf(kind, false)).toContain('ends_on')
    }
    expect(fieldsOf('cddu', true)).not.toContain('other_signatory_name')
    expect(fieldsOf('vendor', true)).toContain('other_signatory_name')
    expect(sectionsOf('artist', true).find(({ name }) => name === 'rights')?.fields).toEqual(['recording', 'deliverables', 'exclusivity', 'usage', 'territory', 'royalties'])
  })
  it('a fact that is missing is entered in the form of its kind, or on a page', () => {
    // A contract of employment has no price: only an own template can name one, and no mention asks for it.
    expect([...variables].flatMap(([name, { kinds }]) => kinds.flatMap((kind) => (placeOf(name, kind, true) === null ? [`${name} of ${kind}`] : [])))).toEqual(['contract.price of cddu', 'contract.price of artist'])
    expect(placeOf('work.temporary_reason', 'cddu', true)).toEqual({ field: 'temporary_reason' })
    expect(placeOf('work.status', 'cddu', true)).toEqual({ field: 'is_executive' })
    expect(placeOf('terms.scope', 'vendor', true)).toEqual({ field: 'scope' })
    expect(placeOf('vendor.signatory', 'vendor', true)).toEqual({ field: 'other_signatory_name' })
    expect(placeOf('contract.start', 'cddu', false)).toEqual({ field: 'starts_on' })
    expect(placeOf('contract.start', 'cddu', true)).toEqual({ page: 'planning' })
    expect(placeOf('contract.places', 'cddu', true)).toEqual({ page: 'mission' })
    expect(placeOf('employer.siret', 'cddu', true)).toEqual({ page: 'identity' })
    expect(placeOf('employer.signatory', 'cddu', true)).toEqual({ page: 'employer' })
    expect(placeOf('work.leave_fund', 'cddu', true)).toEqual({ page: 'employer' })
    expect(placeOf('work.idcc', 'cddu', true)).toEqual({ page: 'project' })
    expect(placeOf('employee.address', 'cddu', true)).toEqual({ page: 'other' })
    expect(placeOf('client.siret', 'client', true)).toEqual({ page: 'other' })
  })
})

describe('the ladder on the page', () => {
  it('each step is an operation of the core', () => {
    const named = new Set<string>(Object.values(operations).flatMap((one) => (typeof one === 'object' && 'name' in one ? [one.name] : [])))
    for (const step of steps) expect(named).toContain(`contract.${step}`)
  })
  it('the step that comes next is one that the table of states has, and is offered only when the core offers it', () => {
    const aims = { submit: ['under_review', 'amendment_under_review'], approve: ['approved'], send: ['sent'], sign: ['signed', 'amendment_signed'], activate: ['active'], resume: ['active'], reopen: ['draft_preview', 'amendment_draft'] } as const
    const everything = steps.map((step) => `contract.${step}`)
    for (const state of contractVersionStates) {
      const step = nextStep(state, everything)
      if (step === null) continue
      expect(Object.keys(aims)).toContain(step)
      const to: readonly string[] = aims[step as keyof typeof aims]
      expect(contractTransitions.transitions.some((way) => way.from === state && to.includes(way.to)), `${state}: ${step}`).toBe(true)
      expect(nextStep(state, everything.filter((name) => name !== `contract.${step}`))).toBeNull()
    }
    expect(nextStep('draft_preview', everything)).toBe('submit')
    expect(nextStep('amendment_under_review', everything)).toBe('sign')
    expect(nextStep('active', everything)).toBeNull()
    expect(nextStep('archived', everything)).toBeNull()
  })
  it('steps that the table asks a reason for ask for one', () => {
    for (const step of steps) expect(asksReason(step), step).toBe(['reject', 'reopen', 'suspend', 'terminate', 'drop_amendment'].includes(step))
    expect(stepsIn(['contract.terminate', 'contract.update', 'contract.suspend'])).toEqual(['suspend', 'terminate'])
    expect(isConfirmed('send')).toBe(true)
    expect(isConfirmed('submit')).toBe(false)
  })
  it('what is missing stops approving, sending, and handing an amendment over; not the review of a draft', () => {
    expect(needsMentions('approve', 'under_review')).toBe(true)
    expect(needsMentions('send', 'approved')).toBe(true)
    expect(needsMentions('submit', 'amendment_draft')).toBe(true)
    expect(needsMentions('submit', 'draft_preview')).toBe(false)
    expect(needsMentions('sign', 'sent')).toBe(false)
  })
  it('who has not signed yet', () => {
    expect(sidesLeft({ house_signature: null, other_signature: null })).toEqual(['house', 'other'])
    expect(sidesLeft({ house_signature: {}, other_signature: null })).toEqual(['other'])
    expect(sidesLeft({ house_signature: {}, other_signature: {} })).toEqual([])
  })
})

describe('what is typed', () => {
  it('a length of work is read as people write it, a bare number as hours', () => {
    expect(['8h', '7h30', '7:30', '8', '7,5', '480 min', '35h', '90min'].map(minutesOf)).toEqual([480, 450, 450, 480, 450, 480, 2100, 90])
    expect(['', 'huit', '8h99h', '-3'].map(minutesOf)).toEqual([null, null, null, null])
    expect([480, 450, 65, null].map(lengthText)).toEqual(['8h', '7h30', '1h05', ''])
    for (const minutes of [1, 59, 60, 450, 2100]) expect(minutesOf(lengthText(minutes))).toBe(minutes)
  })
  it('counts, quantities and lists', () => {
    expect(['0', ' 12 ', '', '1.5', '-1', 'x'].map(countOf)).toEqual([0, 12, null, null, null, null])
    expect(['1', '1,5', '0.25', '0', '', '-2'].map(quantityOf)).toEqual([10_000, 15_000, 2500, null, null, null])
    expect([10_000, 15_000, 2500].map(quantityText)).toEqual(['1', '1,5', '0,25'])
    expect(linesOf(' Plan \n\n Fiche technique\n')).toEqual(['Plan', 'Fiche technique'])
  })
})
