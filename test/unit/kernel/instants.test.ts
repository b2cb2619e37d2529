import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, fromLocal, fromMs, isInstant, isLocalDate, isZone, localDateOf, offsetLabel, offsetMinutes, shiftDays, toLocal, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland', 'Asia/Kathmandu', 'America/Havana', 'UTC'] as const
const at = (text: string): Instant => text as Instant
/** Minutes of 2020 to 2035. */
const minutes = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 })

describe('instants and the clocks of a zone', () => {
  it('shows what the platform’s own calendar shows, in every zone', () => {
    fc.assert(fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const instant = fromMs(minute * 60_000)
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(instant))
      const local = toLocal(instant, zone)
      expect(`${local.date} ${local.time}`).toBe(shown)
    }), { numRuns: 400 })
  })
  it('comes back to the same instant from what a clock shows, the first or the second time in a repeated hour', () => {
    fc.assert(fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const instant = fromMs(minute * 60_000)
      const { date, time } = toLocal(instant, zone)
      const found = [fromLocal(date, time, zone, 'first'), fromLocal(date, time, zone, 'second')]
      expect(found).toContain(instant)
    }), { numRuns: 400 })
  })
  it('tells the two 02:30 of the October night apart, and moves a time in the March gap forward', () => {
    expect(fromLocal('2026-10-25', '02:30', 'Europe/Paris', 'first')).toBe('2026-10-25T00:30:00.000Z')
    expect(fromLocal('2026-10-25', '02:30', 'Europe/Paris', 'second')).toBe('2026-10-25T01:30:00.000Z')
    const inTheGap = fromLocal('2026-03-29', '02:30', 'Europe/Paris')
    expect(toLocal(inTheGap, 'Europe/Paris')).toMatchObject({ date: '2026-03-29', time: '03:30' })
  })
  it('keeps the time on the clock when days are added, over both changes and half-hour ones', () => {
    for (const [instant, days, zone] of [['2026-10-24T16:00:00.000Z', 1, 'Europe/Paris'], ['2026-03-28T17:00:00.000Z', 1, 'Europe/Paris'], ['2026-04-04T01:00:00.000Z', 2, 'Australia/Lord_Howe']] as const) {
      const moved = shiftDays(at(instant), days, zone)
      expect(toLocal(moved, zone).time).toBe(toLocal(at(instant), zone).time)
      expect(localDateOf(moved, zone)).toBe(addDays(localDateOf(at(instant), zone), days))
    }
    expect(toMs(shiftDays(at('2026-10-24T16:00:00.000Z'), 1, 'Europe/Paris')) - toMs(at('2026-10-24T16:00:00.000Z'))).toBe(25 * 3_600_000)
  })
  it('knows what is an instant, a date, a zone', () => {
    expect([isInstant('2026-10-24T16:00:00.000Z'), isInstant('2026-10-24T16:00:00Z'), isInstant('2026-02-30T16:00:00.000Z'), isInstant(5)]).toEqual([true, false, false, false])
    expect([isLocalDate('2028-02-29'), isLocalDate('2027-02-29'), isLocalDate('2027-2-9')]).toEqual([true, false, false])
    expect([isZone('Europe/Paris'), isZone('Europe/La Rochelle'), isZone('+02:00'), isZone('')]).toEqual([true, false, false, false])
    expect([offsetLabel(120), offsetLabel(-210), offsetLabel(0), offsetLabel(offsetMinutes(Date.UTC(2026, 6, 1), 'Asia/Kathmandu'))]).toEqual(['UTC+2', 'UTC-3:30', 'UTC', 'UTC+5:45'])
  })
  it('adds days to a date across months and leap years', () => {
    expect(addDays('2028-02-28' as LocalDate, 2)).toBe('2028-03-01')
    expect(addDays('2027-01-01' as LocalDate, -1)).toBe('2026-12-31')
  })
})
