import { describe, expect, test } from 'vitest'
import { deadlineFor, deadlineIn, timeLeft } from '../../../renderer/pages/engagement/deadline.ts'
import { fromMs, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

const at = (text: string): Instant => fromMs(Date.parse(text))
const now = Date.parse('2026-10-20T08:00:20.500Z')

describe('until when somebody may answer', () => {
  test('a preset ends on a whole minute, never sooner than the hours it says', () => {
    expect(deadlineIn(48, now)).toBe('2026-10-22T08:01:00.000Z')
    expect(toMs(deadlineIn(24, now)) - now).toBeGreaterThanOrEqual(24 * 3_600_000)
    expect(deadlineIn(24, Date.parse('2026-10-20T08:00:00.000Z'))).toBe('2026-10-21T08:00:00.000Z')
  })

  test('the call comes before the chosen moment when it is sooner, the start where there is no call', () => {
    const chosen = at('2026-10-22T08:00:00.000Z')
    expect(deadlineFor(chosen, { call_at: at('2026-10-21T06:00:00.000Z'), start_at: at('2026-10-21T07:00:00.000Z') }, now)).toBe('2026-10-21T06:00:00.000Z')
    expect(deadlineFor(chosen, { call_at: null, start_at: at('2026-10-21T07:00:00.000Z') }, now)).toBe('2026-10-21T07:00:00.000Z')
    expect(deadlineFor(chosen, { call_at: null, start_at: at('2026-10-24T07:00:00.000Z') }, now)).toBe(chosen)
  })

  test('a call that is over does not put the deadline behind us', () => {
    const chosen = at('2026-10-22T08:00:00.000Z')
    expect(deadlineFor(chosen, { call_at: null, start_at: at('2026-10-19T07:00:00.000Z') }, now)).toBe(chosen)
  })

  test('time left is said in days, hours and minutes, the minute begun included; behind us it is how long ago', () => {
    expect(timeLeft(at('2026-10-21T09:00:20.000Z'), now)).toEqual({ over: false, days: 1, hours: 1, minutes: 0 })
    expect(timeLeft(at('2026-10-20T08:01:00.000Z'), now)).toEqual({ over: false, days: 0, hours: 0, minutes: 1 })
    expect(timeLeft(at('2026-10-20T07:50:00.000Z'), now)).toEqual({ over: true, days: 0, hours: 0, minutes: 10 })
  })
})
