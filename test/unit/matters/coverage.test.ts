import { describe, expect, it } from 'vitest'
import { coverageOf, type CoveringAssignment } from '../../../shared/domain/matters/coverage.ts'

const need = { id: 'n', mission_id: 'm', department_id: 'd', head_count: 4 }
const row = (more: Partial<CoveringAssignment>): CoveringAssignment => ({ need_id: 'n', mission_id: 'm', state: 'planned', quantity: 1, answers_accepted: 0, answers_refused: 0, ...more })
const of = (...rows: CoveringAssignment[]) => coverageOf([need], rows).get('n')

describe('coverage', () => {
  it('counts a yes as filled, a plan and a question as held, a cancellation as nothing', () => {
    expect(of(row({ state: 'accepted' }), row({ state: 'confirmed' }), row({ state: 'proposed' }), row({ state: 'canceled' }))).toEqual({ needed: 4, filled: 2, held: 1 })
  })
  it('counts the answers of a line of several people', () => {
    expect(of(row({ state: 'proposed', quantity: 6, answers_accepted: 2, answers_refused: 3 }))).toEqual({ needed: 4, filled: 2, held: 1 })
  })
  it('never says more than what is needed', () => {
    expect(of(row({ state: 'confirmed', quantity: 9, answers_accepted: 9 }), row({}))).toEqual({ needed: 4, filled: 4, held: 0 })
  })
  it('leaves out who was called beside the needs', () => {
    expect(of(row({ state: 'confirmed', need_id: null }))).toEqual({ needed: 4, filled: 0, held: 0 })
  })
})
