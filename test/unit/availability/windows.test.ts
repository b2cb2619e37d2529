import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, overlaps, weeklyWindows, without, type Window } from '../../../shared/domain/availability/windows.ts'
import { addDays, fromMs, MINUTE, toLocal, toMs, type Instant, type LocalDate } from '../../../shared/kernel/instants.ts'

const T0 = Date.parse('2026-10-20T00:00:00.000Z')
const at = (quarter: number): Instant => fromMs(T0 + quarter * 15 * MINUTE)
const someWindows = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -2, max: 12 })).map(([from, length]): Window => ({ start_at: at(from), end_at: at(from + length) })), { maxLength: 12 })
/** The quarters of an hour that windows hold, by brute force. */
const quarters = (windows: readonly Window[]): number[] => Array.from({ length: 90 }, (_, index) => index).filter((index) => windows.some((one) => one.start_at <= at(index) && one.end_at > at(index)))

describe('windows as sets of time', () => {
  it('joined, hold the same time in order and never touch', () => {
    fc.assert(fc.property(someWindows, (windows) => {
      const found = joined(windows)
      expect(quarters(found)).toEqual(quarters(windows))
      for (const [index, one] of found.entries()) {
        expect(one.start_at < one.end_at).toBe(true)
        const next = found[index + 1]
        if (next) expect(one.end_at < next.start_at).toBe(true)
      }
    }))
  })
  it('without others, hold what only they hold', () => {
    fc.assert(fc.property(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })), someWindows, ([from, length], others) => {
      const window = { start_at: at(from), end_at: at(from + length) }
      const taken = new Set(quarters(others))
      const left = without(window, others)
      expect(quarters(left)).toEqual(quarters([window]).filter((quarter) => !taken.has(quarter)))
      for (const one of left) for (const other of others) if (other.start_at < other.end_at) expect(overlaps(one, other)).toBe(false)
    }))
  })
})

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland'] as const
const isoDay = (date: string): number => ((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1

describe('weekly hours', () => {
  it('read on the clocks what was asked, on the weekdays asked, in every zone and over every change of clocks', () => {
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45)).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
    fc.assert(fc.property(fc.constantFrom(...zones), fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), time, time, fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 60 }), (zone, weekdays, from_time, to_time, first, days) => {
      const from = addDays('2026-01-01' as LocalDate, first)
      const to = addDays(from, days)
      const windows = weeklyWindows({ weekdays, from_time, to_time, from, to }, zone, 10_000)
      const overnight = to_time <= from_time
      // Whole days that follow each other are one window; every other one is a day's own.
      const expected = Array.from({ length: days + 1 }, (_, index) => addDays(from, index)).filter((day) => weekdays.includes(isoDay(day)))
      const total = windows.reduce((sum, one) => sum + toMs(one.end_at) - toMs(one.start_at), 0) / MINUTE
      const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
      const length = minutes(to_time) - minutes(from_time) + (overnight ? 24 * 60 : 0)
      // A change of clocks moves a day by an hour at most, twice a year.
      expect(Math.abs(total - expected.length * length)).toBeLessThanOrEqual(120)
      if (from_time !== to_time) expect(windows.length).toBeGreaterThanOrEqual(expected.length - 2)
      for (const one of windows) {
        const local = toLocal(one.start_at, zone)
        expect(expected).toContain(local.date)
        const leapt = local.time !== from_time
        if (leapt) expect(minutes(local.time) - minutes(from_time)).toBeLessThanOrEqual(60)
        const end = toLocal(one.end_at, zone)
        if (end.time !== to_time) expect(minutes(end.time) - minutes(to_time)).toBeLessThanOrEqual(60)
      }
    }), { numRuns: 150 })
  })
  it('keep 09:00 to 18:00 over the end of summer time, which is another hour UTC', () => {
    const windows = weeklyWindows({ weekdays: [1], from_time: '09:00', to_time: '18:00', from: '2026-10-19' as LocalDate, to: '2026-10-26' as LocalDate }, 'Europe/Paris', 500)
    expect(windows).toEqual([
      { start_at: '2026-10-19T07:00:00.000Z', end_at: '2026-10-19T16:00:00.000Z' }, { start_at: '2026-10-26T08:00:00.000Z', end_at: '2026-10-26T17:00:00.000Z' },
    ])
  })
  it('end the next day when the end is not after the beginning, and whole days in a row are one window', () => {
    expect(weeklyWindows({ weekdays: [5], from_time: '22:00', to_time: '06:00', from: '2026-11-06' as LocalDate, to: '2026-11-06' as LocalDate }, 'Europe/Paris', 500)).toEqual([{ start_at: '2026-11-06T21:00:00.000Z', end_at: '2026-11-07T05:00:00.000Z' }])
    expect(weeklyWindows({ weekdays: [6, 7], from_time: '00:00', to_time: '00:00', from: '2026-11-07' as LocalDate, to: '2026-11-08' as LocalDate }, 'Europe/Paris', 500)).toEqual([{ start_at: '2026-11-06T23:00:00.000Z', end_at: '2026-11-08T23:00:00.000Z' }])
  })
  it('stop at the cap', () => {
    expect(weeklyWindows({ weekdays: [1, 2, 3, 4, 5, 6, 7], from_time: '09:00', to_time: '10:00', from: '2026-01-01' as LocalDate, to: '2030-01-01' as LocalDate }, 'Europe/Paris', 501)).toHaveLength(501)
  })
})
