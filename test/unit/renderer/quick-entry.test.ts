import { describe, expect, it } from 'vitest'
import { parseEntry } from '../../../renderer/pages/planning/quick-entry.ts'

describe('one line that makes a mission', () => {
  it('is a day, its hours and, behind them, a title', () => {
    expect(parseEntry('24/10 14-23:30 Montage', '2026-10-20')).toEqual({ window: { day: '2026-10-24', start: '14:00', end: '23:30', overnight: false }, title: 'Montage' })
    expect(parseEntry('24 oct 14h30 - 2h Marée haute 2', '2026-10-20')).toEqual({ window: { day: '2026-10-24', start: '14:30', end: '02:00', overnight: true }, title: 'Marée haute 2' })
    expect(parseEntry('24/10 2pm to 11:30pm Show', '2026-10-20')).toMatchObject({ window: { start: '14:00', end: '23:30' }, title: 'Show' })
    expect(parseEntry('24/10 14-23:30', '2026-10-20').title).toBe('')
    expect(parseEntry('Montage 24/10', '2026-10-20').window).toBeNull()
    expect(parseEntry('', '2026-10-20').window).toBeNull()
  })
})
