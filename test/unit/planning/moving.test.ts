import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resized, shifted, withEnds, type WorkWindow } from '../../../shared/domain/planning/moving.ts'
import { fromMs, MINUTE, toLocal, toMs, type Instant } from '../../../shared/kernel/instants.ts'

const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland'] as const
const at = (text: string): Instant => text as Instant
const window = (start: string, end: string, call: string | null = null): WorkWindow => ({ start_at: at(start), end_at: at(end), call_at: call === null ? null : at(call) })

const clocks = new Map(zones.map((zone) => [zone, new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })]))
const shown = (ms: number, zone: (typeof zones)[number]): string => clocks.get(zone)?.format(ms) ?? ''

/** What a person with a clock and a calendar would do: look, minute after minute, for when the clock shows the wanted time. */
function naive(ms: number, days: number, minutes: number, zone: (typeof zones)[number]): number {
  if (days === 0) return ms + minutes * MINUTE
  const [date = '', time = ''] = shown(ms, zone).split(' ')
  const wall = Date.parse(`${date}T${time}Z`) + days * 86_400_000
  for (let missing = 0; missing < 180; missing++) {
    const wanted = new Date(wall - missing * MINUTE).toISOString().slice(0, 16).replace('T', ' ')
    for (let minute = -14 * 60; minute <= 14 * 60; minute++) {
      const candidate = wall - missing * MINUTE + minute * MINUTE
      if (shown(candidate, zone) === wanted) return candidate + (missing + minutes) * MINUTE
    }
  }
  throw new Error('no clock shows it')
}

/** Around the nights when a clock changes, and on any day. */
const changes = ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04', '2026-09-27'].map((day) => Date.parse(`${day}T00:00:00Z`))
const starts = fc.oneof(
  fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 1440, max: 3 * 1440 })).map(([day, minutes]) => day + minutes * MINUTE),
  fc.integer({ min: Date.UTC(2025, 0) / MINUTE, max: Date.UTC(2030, 0) / MINUTE }).map((minute) => minute * MINUTE),
)
const length = fc.integer({ min: 1, max: 1440 })
const before = fc.integer({ min: -60, max: 300 })
const days = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -400, max: 400 }))

describe('moving a window of work', () => {
  it('keeps the time on the clock over days and instants over minutes, as a naive search on the clock does', () => {
    fc.assert(fc.property(starts, length, days, fc.integer({ min: -600, max: 600 }), fc.constantFrom(...zones), (start, long, over, minutes, zone) => {
      const moved = shifted({ start_at: fromMs(start), end_at: fromMs(start + long * MINUTE), call_at: null }, { days: over, minutes }, zone)
      const [wantedStart, wantedEnd] = [naive(start, over, minutes, zone), naive(start + long * MINUTE, over, minutes, zone)]
      expect(moved.start_at).toBe(fromMs(wantedStart))
      // A change of clock between the two would turn them round: the length is kept instead.
      expect(moved.end_at).toBe(fromMs(wantedEnd > wantedStart ? wantedEnd : wantedStart + long * MINUTE))
    }), { numRuns: 120 })
  }, 60_000)
  it('gives a lawful window for every lawful one, with the call on its side of the start', () => {
    fc.assert(fc.property(starts, length, before, days, fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom(...zones), (start, long, early, over, minutes, zone) => {
      const moved = shifted({ start_at: fromMs(start), end_at: fromMs(start + long * MINUTE), call_at: fromMs(start - early * MINUTE) }, { days: over, minutes }, zone)
      expect(toMs(moved.end_at)).toBeGreaterThan(toMs(moved.start_at))
      expect(Math.sign(toMs(moved.start_at) - toMs(moved.call_at ?? moved.start_at))).toBe(Math.sign(early))
    }), { numRuns: 2_000 })
  })
  it('does not move what is moved by nothing, also in the second hour of a night that repeats one', () => {
    const night = window('2026-10-25T01:30:00.000Z', '2026-10-25T03:00:00.000Z', '2026-10-25T01:10:00.000Z')
    expect(toLocal(night.start_at, 'Europe/Paris').time).toBe('02:30')
    expect(shifted(night, { days: 0, minutes: 0 }, 'Europe/Paris')).toEqual(night)
    expect(shifted(night, { days: 0, minutes: 15 }, 'Europe/Paris').start_at).toBe('2026-10-25T01:45:00.000Z')
  })
  it('keeps the length of a short window that the missing hour of March would turn round', () => {
    const short = window('2026-03-28T01:45:00.000Z', '2026-03-28T02:05:00.000Z')
    const moved = shifted(short, { days: 1, minutes: 0 }, 'Europe/Paris')
    expect([toLocal(moved.start_at, 'Europe/Paris').time, toMs(moved.end_at) - toMs(moved.start_at)]).toEqual(['03:45', 20 * MINUTE])
  })
  it('takes the call along when the start moves, and leaves it when only the end does', () => {
    const evening = window('2026-06-18T16:00:00.000Z', '2026-06-18T22:00:00.000Z', '2026-06-18T15:15:00.000Z')
    expect(resized(evening, 'start', -30)).toEqual(window('2026-06-18T15:30:00.000Z', '2026-06-18T22:00:00.000Z', '2026-06-18T14:45:00.000Z'))
    expect(resized(evening, 'end', 45)).toEqual(window('2026-06-18T16:00:00.000Z', '2026-06-18T22:45:00.000Z', '2026-06-18T15:15:00.000Z'))
    expect(withEnds(evening, { start_at: at('2026-06-19T16:00:00.000Z'), end_at: at('2026-06-19T20:00:00.000Z') }).call_at).toBe('2026-06-19T15:15:00.000Z')
  })
})
