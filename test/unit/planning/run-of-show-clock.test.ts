/** The clock of a run of show. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromLocal, fromMs, toMs, type Instant } from '../../../shared/kernel/instants.ts'
import { runningTimes } from '../../../shared/domain/planning/run-of-show.ts'

const paris = 'Europe/Paris'
const at = (date: string, time: string): Instant => fromLocal(date, time, paris)
const clocks = (lines: readonly { at: Instant | null; duration_seconds: number | null }[], start: Instant, zone = paris): string[] =>
  runningTimes(lines, start, zone).lines.map(({ clock }) => `${clock.time} ${clock.offset_minutes / 60}`)
const follows = (minutes: number) => ({ at: null, duration_seconds: minutes * 60 })

describe('a run of show', () => {
  it('begins with the mission and goes on by the durations of its lines', () => {
    const times = runningTimes([follows(90), { at: null, duration_seconds: null }, { at: at('2026-10-24', '20:00'), duration_seconds: 30 }, follows(1)], at('2026-10-24', '18:00'), paris)
    expect(times.lines.map(({ clock, gap_seconds }) => [clock.time, gap_seconds])).toEqual([['18:00:00', null], ['19:30:00', null], ['20:00:00', 1800], ['20:00:30', null]])
    expect([times.running_seconds, times.span_seconds, times.ends_at]).toEqual([90 * 60 + 30 + 60, 2 * 3600 + 90, '2026-10-24T18:01:30.000Z'])
  })

  it('says by how much a line begins before the one before has ended', () => {
    expect(runningTimes([follows(90), { at: at('2026-10-24', '19:00'), duration_seconds: 0 }], at('2026-10-24', '18:00'), paris).lines[1]?.gap_seconds).toBe(-1800)
  })

  it('lasts as long as it lasts when the clocks change: an hour in autumn reads the same hour twice, one in spring skips one', () => {
    expect(clocks([follows(60), follows(60), follows(60), follows(60)], at('2026-10-25', '01:00'))).toEqual(['01:00:00 2', '02:00:00 2', '02:00:00 1', '03:00:00 1'])
    expect(clocks([follows(60), follows(60), follows(60)], at('2027-03-28', '01:00'))).toEqual(['01:00:00 1', '03:00:00 2', '04:00:00 2'])
    expect(clocks([follows(30), follows(30)], '2026-10-24T22:00:00.000Z' as Instant, 'America/Martinique')).toEqual(['18:00:00 -4', '18:30:00 -4'])
  })

  it('is empty when nothing is written', () => {
    expect(runningTimes([], at('2026-10-24', '18:00'), paris)).toEqual({ lines: [], running_seconds: 0, span_seconds: 0, ends_at: null })
  })

  it('has each line begin at its own time or when the line before ends, whatever the lines', () => {
    const line = fc.record({ at: fc.option(fc.integer({ min: 0, max: 400_000 }).map((s) => fromMs(Date.UTC(2026, 9, 23) + s * 1000))), duration_seconds: fc.option(fc.nat(20_000)) })
    fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const start = at('2026-10-24', '18:00')
      const times = runningTimes(lines, start, paris)
      for (const [index, one] of lines.entries()) {
        const time = times.lines[index]
        expect(time?.starts_at).toBe(one.at ?? times.lines[index - 1]?.ends_at ?? start)
        expect(toMs(time?.ends_at ?? start) - toMs(time?.starts_at ?? start)).toBe((one.duration_seconds ?? 0) * 1000)
      }
    }))
  })
})
