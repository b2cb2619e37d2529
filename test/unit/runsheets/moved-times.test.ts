import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movedBody, movedTime, movedWindow } from '../../../shared/domain/runsheets/moved-times.ts'
import { addDays, fromLocal, fromMs, MINUTE, toLocal, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'

/** Zones whose clocks change by an hour, and by half an hour. */
const ZONES = ['Europe/Paris', 'Australia/Lord_Howe'] as const
const zone = fc.constantFrom(...ZONES)
/** Any minute from 2026 to 2028: each zone changes its clocks five times. */
const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2028, 11, 31) / MINUTE }).map((count) => fromMs(count * MINUTE))
/** Minutes within three hours of a change of the clocks, so that they are met often. */
const nearChange = fc.tuple(fc.constantFrom('2026-03-29T01:00', '2026-10-25T01:00', '2027-03-28T01:00', '2026-04-04T15:00', '2026-10-03T15:30', '2027-04-03T15:00'), fc.integer({ min: -180, max: 180 }))
  .map(([change, by]) => fromMs(Date.parse(`${change}:00.000Z`) + by * MINUTE))
const instant = fc.oneof(minute, nearChange)
const days = fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(-7, -1, 0, 1, 7, 182))

const wall = (at: Instant, of: string): string => `${toLocal(at, of).date} ${toLocal(at, of).time}`
/** Is there a minute in this zone at which the clocks show this? */
const exists = (date: string, time: string, of: string): boolean => wall(fromLocal(date, time, of), of) === `${date} ${time}`

describe('a time brought to another day', () => {
  it('reads the same on the clock, whatever the clocks do between; a skipped hour moves on by what is skipped', () => {
    fc.assert(fc.property(instant, days, zone, zone, (at, by, from_zone, to_zone) => {
      const local = toLocal(at, from_zone)
      const [date, moved] = [addDays(local.date, by), movedTime(at, { days: by, from_zone, to_zone })]
      if (by === 0 && from_zone === to_zone) expect(moved).toBe(at)
      else if (exists(date, local.time, to_zone)) expect(wall(moved, to_zone)).toBe(`${date} ${local.time}`)
      else {
        const late = (Date.parse(`${wall(moved, to_zone).replace(' ', 'T')}:00.000Z`) - Date.parse(`${date}T${local.time}:00.000Z`)) / MINUTE
        expect(late).toBe(to_zone === 'Europe/Paris' ? 60 : 30)
      }
    }), { numRuns: 1500 })
  })

  it('comes back to where it was, but for hours that do not exist or come twice', () => {
    fc.assert(fc.property(instant, days, zone, (at, by, of) => {
      const there = movedTime(at, { days: by, from_zone: of, to_zone: of })
      const back = movedTime(there, { days: -by, from_zone: of, to_zone: of })
      const local = toLocal(at, of)
      fc.pre(exists(addDays(local.date, by), local.time, of))
      expect(wall(back, of)).toBe(wall(at, of))
    }), { numRuns: 1000 })
  })

  it('never turns a window over, and keeps its length on the clock or in fact', () => {
    fc.assert(fc.property(instant, fc.integer({ min: 1, max: 1440 }), days, zone, (start, length, by, of) => {
      const end = fromMs(toMs(start) + length * MINUTE)
      const moved = movedWindow(start, end, { days: by, from_zone: of, to_zone: of })
      expect(moved.end > moved.start).toBe(true)
      const minutes = (toMs(moved.end) - toMs(moved.start)) / MINUTE
      expect(Math.abs(minutes - length)).toBeLessThanOrEqual(of === 'Europe/Paris' ? 120 : 60)
    }), { numRuns: 1500 })
  })

  it('says the same evening before and after the clocks change', () => {
    const evening = fromLocal('2026-10-24', '19:45', 'Europe/Paris')
    expect([evening, movedTime(evening, { days: 1, from_zone: 'Europe/Paris', to_zone: 'Europe/Paris' })]).toEqual(['2026-10-24T17:45:00.000Z', '2026-10-25T18:45:00.000Z'])
    const dusk = fromLocal('2026-10-03', '18:00', 'Australia/Lord_Howe')
    expect([dusk, movedTime(dusk, { days: 1, from_zone: 'Australia/Lord_Howe', to_zone: 'Australia/Lord_Howe' })]).toEqual(['2026-10-03T07:30:00.000Z', '2026-10-04T07:00:00.000Z'])
  })

  it('is moved wherever a row says one: fields, windows, dates and the lines of a coming day', () => {
    const move = { days: 1, from_zone: 'Europe/Paris', to_zone: 'Europe/Paris' }
    expect(movedBody({ at: '2026-10-24T05:00:00.000Z', label: 'Navette', remarks: null }, move)).toEqual({ at: '2026-10-25T06:00:00.000Z', label: 'Navette', remarks: null })
    expect(movedBody({ date: '2026-10-25', rows: [{ id: 'a', at: '2026-10-24T22:30:00.000Z', text: 'Prélight' }] }, move)).toEqual({ date: '2026-10-26', rows: [{ id: 'a', at: '2026-10-25T23:30:00.000Z', text: 'Prélight' }] })
    expect(movedBody({ start_at: '2026-03-27T01:30:00.000Z', end_at: '2026-03-27T02:00:00.000Z' }, { ...move, days: 2 })).toEqual({ start_at: '2026-03-29T01:30:00.000Z', end_at: '2026-03-29T02:00:00.000Z' })
  })
})
