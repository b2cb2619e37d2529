import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openAssign, openMission, openNeed, readOpened } from '../../../renderer/pages/planning/opened.ts'
import { sorted } from '../../../renderer/pages/planning/plan-sort.ts'
import { readSelection, writeSelection } from '../../../renderer/pages/planning/use-selection.ts'
import { planWith } from '../../fixtures/plan.ts'

const shown = Array.from({ length: 1000 }, (_, at) => ({ id: `row${at}` }))
const some = fc.uniqueArray(fc.integer({ min: 0, max: shown.length - 1 }).map((at) => `row${at}`), { maxLength: 1000 })

describe('the selection of the planning', () => {
  test('comes back from the address as it was, however many rows it has, and the address stays short', () => {
    fc.assert(
      fc.property(some, (ids) => {
        const chosen = new Set(ids)
        const text = writeSelection(chosen, shown)
        expect(readSelection(text, shown)).toEqual(chosen)
        expect(text.split(',').length).toBeLessThanOrEqual(202)
      }),
    )
  })
  test('of everything but a few says the few', () => {
    const all = new Set(shown.map(({ id }) => id))
    expect(writeSelection(all, shown)).toBe('*')
    all.delete('row7')
    expect(writeSelection(all, shown)).toBe('*,row7')
  })
  test('kept in another window is not found here, and chooses nothing', () => expect(readSelection('kept-00000000', shown).size).toBe(0))
})

describe('what is open beside the plan', () => {
  test('is read from the address as it was written', () => {
    expect(readOpened(openMission('m1'))).toEqual({ kind: 'mission', id: 'm1' })
    expect(readOpened(openNeed('n1'))).toEqual({ kind: 'need', id: 'n1' })
    expect(readOpened(openAssign(null))).toEqual({ kind: 'assign', mission: null })
    expect(readOpened(openAssign('m1'))).toEqual({ kind: 'assign', mission: 'm1' })
    expect(readOpened('a1')).toEqual({ kind: 'assignment', id: 'a1' })
    expect(readOpened('')).toBeNull()
  })
})

describe('rows of the linked table', () => {
  const plan = planWith([
    { id: 'b', start: 2, end: 9, person: 'p2', state: 'confirmed' },
    { id: 'a', start: 2, end: 5, state: 'planned' },
    { id: 'c', start: 1, end: 9, state: 'accepted' },
  ])
  const { compare } = new Intl.Collator('fr-FR')
  const order = (...keys: { column: string; descending: boolean }[]): string => sorted(plan.bars, keys, compare).map(({ id }) => id).join('')
  test('stand by beginning, then department and name', () => expect(order()).toBe('cba'))
  test('stand by two keys, either way', () => {
    expect(order({ column: 'end_at', descending: true }, { column: 'collaborator_name', descending: false })).toBe('bca')
    expect(order({ column: 'end_at', descending: true }, { column: 'collaborator_name', descending: true })).toBe('cba')
  })
  test('stand by state in the order of the engagement, not of the alphabet', () => expect(order({ column: 'state', descending: false })).toBe('acb'))
})
