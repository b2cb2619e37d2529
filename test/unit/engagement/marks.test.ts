import { describe, expect, test } from 'vitest'
import { engagementMarksOf, type Marked } from '../../../shared/domain/engagement/marks.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'

const now = Date.parse('2026-10-20T12:00:00.000Z')
const hours = (count: number) => fromMs(now + count * 3_600_000)
const row = (more: Partial<Marked>): Marked => ({ state: 'planned', reconfirm_since: null, acceptance_state: null, deadline_at: null, answered_late: null, draft_id: null, ...more })
const marks = (more: Partial<Marked>): string[] => engagementMarksOf(row(more), now)

describe('how an engagement stands in a few words', () => {
  test('planned is to ask; asked and told to nobody is untold, and nobody waits', () => {
    expect(marks({})).toEqual(['to_ask'])
    expect(marks({ state: 'proposed', acceptance_state: 'draft', draft_id: 'd', deadline_at: hours(1) })).toEqual(['untold'])
  })
  test('told waits; near its deadline, or past it, it is due', () => {
    expect(marks({ state: 'proposed', acceptance_state: 'pending', deadline_at: hours(25) })).toEqual(['waiting'])
    expect(marks({ state: 'proposed', acceptance_state: 'pending', deadline_at: hours(23) })).toEqual(['waiting', 'due_soon'])
    expect(marks({ state: 'proposed', acceptance_state: 'pending', deadline_at: hours(-1) })).toEqual(['waiting', 'due_soon'])
  })
  test('proposed where the question is not the reader’s to see still waits', () => expect(marks({ state: 'proposed' })).toEqual(['waiting']))
  test('terms changed after a yes: accepted all the same, to re-confirm, untold until somebody is told', () => {
    expect(marks({ state: 'confirmed', reconfirm_since: hours(-1), acceptance_state: 'draft', draft_id: 'd' })).toEqual(['untold', 'reconfirm', 'confirmed'])
    expect(marks({ state: 'accepted', reconfirm_since: hours(-1), acceptance_state: 'pending', deadline_at: hours(48) })).toEqual(['waiting', 'reconfirm', 'accepted'])
  })
  test('a late answer stays in sight on what expired, and leaves with a yes', () => {
    expect(marks({ state: 'canceled', acceptance_state: 'expired', answered_late: true })).toEqual(['late'])
    expect(marks({ state: 'accepted', acceptance_state: 'accepted', answered_late: true })).toEqual(['accepted'])
  })
  test('what is over, or left without a word, is nothing to handle', () => {
    for (const state of ['executed', 'closed', 'canceled'] as const) expect(marks({ state, reconfirm_since: hours(-9), draft_id: 'd' })).toEqual([])
  })
})
