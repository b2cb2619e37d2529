import { describe, expect, test } from 'vitest'
import { fromLocal } from '../../../shared/kernel/instants.ts'
import { clockOnDay, instantOnDay } from '../../../renderer/pages/runsheets/day-clock.ts'

const day = { date: '2026-10-24', zone: 'Europe/Paris', from: fromLocal('2026-10-24', '13:30', 'Europe/Paris') }

describe('times typed on a call sheet', () => {
  test('an afternoon time is on the day', () => expect(instantOnDay('14h30', day)).toBe('2026-10-24T12:30:00.000Z'))
  test('a time long before the first call is after midnight', () => expect(instantOnDay('00:30', day)).toBe('2026-10-24T22:30:00.000Z'))
  test('an early call the same morning stays on the day', () => expect(instantOnDay('10:00', day)).toBe('2026-10-24T08:00:00.000Z'))
  test('+1 crosses the change of clock', () => {
    expect(instantOnDay('6h +1', day)).toBe('2026-10-25T05:00:00.000Z')
    expect(clockOnDay(instantOnDay('6h +1', day) ?? day.from, day)).toBe('06:00+1')
  })
})
