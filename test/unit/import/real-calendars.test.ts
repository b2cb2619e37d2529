import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { previewCalendar } from '../../../shared/documents/import/calendar-preview.ts'
import { readCalendar } from '../../../shared/documents/import/ics.ts'
import type { CalendarReading } from '../../../shared/documents/import/ics.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'

const at = (text: string): ReturnType<typeof fromMs> => fromMs(Date.parse(text))
const FOLDER = join(import.meta.dirname, '../../../../shared/data/ics')
const present = existsSync(FOLDER)
if (!present) console.warn('real calendars: SKIPPED, ../shared/data/ics is not there')
const wide = { start: at('1990-01-01T00:00:00Z'), end: at('2030-01-01T00:00:00Z') }
const readReal = (name: string, window = wide): CalendarReading =>
  readCalendar(readFileSync(join(FOLDER, name)), { zone: 'Europe/Paris', window })

describe.skipIf(!present)('real calendars give what was worked out by hand', () => {
  it.each([
    // Seven days, two of them excluded.
    ['EXDATE.ics', 1, 5, '2006-01-01T02:00:00.000Z', '2006-01-07T03:00:00.000Z'],
    ['Session6.ics', 1, 1, '2007-03-14T17:00:00.000Z', '2007-03-14T18:00:00.000Z'],
    // Five days of a zone named only in the file, after its change of clocks: four hours behind.
    ['calconnect.ics', 1, 5, '2005-04-11T13:00:00.000Z', '2005-04-15T14:00:00.000Z'],
    // The first of five periods repeats the start.
    ['calconnect9.ics', 1, 5, '2005-04-25T13:00:00.000Z', '2005-04-29T13:15:00.000Z'],
    ['duration_instead_of_dtend.ics', 1, 1, '2012-06-30T13:00:00.000Z', '2012-07-01T13:00:00.000Z'],
    // Eleven public holidays a year over nine years.
    ['jours_feries.ics', 1, 99, null, null],
    ['multiple_calendars.ics', 2, 2, '1997-07-01T18:00:00.000Z', '1997-07-01T19:30:00.000Z'],
    ['only_dtstart_date.ics', 1, 1, '2012-06-29T22:00:00.000Z', '2012-06-30T22:00:00.000Z'],
    // Four days, one excluded by its date.
    ['rdate_exdate.ics', 1, 3, '2024-06-09T03:00:00.000Z', '2024-06-12T03:00:00.000Z'],
    // 13:42 at seven hours and 41 minutes behind.
    ['timezone_from_file.ics', 1, 1, '2023-03-06T21:23:00.000Z', '2023-03-06T22:23:00.000Z'],
  ])('%s', (name, calendars, events, first, last) => {
    const reading = readReal(name)
    expect([reading.calendars, reading.events.length, reading.problems]).toEqual([calendars, events, []])
    if (first) expect(reading.events.map((item) => item.starts_at).sort()[0]).toBe(first)
    if (last)
      expect(
        reading.events
          .map((item) => item.ends_at)
          .sort()
          .at(-1),
      ).toBe(last)
  })

  it('a daily series over ten days of a window, at five in the morning of its zone', () => {
    const reading = readReal('daily_recur.ics', { start: at('2026-03-05T00:00:00Z'), end: at('2026-03-15T00:00:00Z') })
    expect(reading.events.map((item) => item.starts_at.slice(5, 16))).toEqual([
      '03-05T13:00',
      '03-06T13:00',
      '03-07T13:00',
      '03-08T12:00',
      '03-09T12:00',
      '03-10T12:00',
      '03-11T12:00',
      '03-12T12:00',
      '03-13T12:00',
      '03-14T12:00',
    ])
  })

  it('a daily series without end stops at 2,000', () => {
    const reading = readReal('daily_recur.ics')
    expect([reading.events.length, reading.capped]).toEqual([2000, true])
  })

  it('first Tuesdays with added, excluded and moved dates', () => {
    const reading = readReal('recur_instances.ics', { start: at('2012-10-01T00:00:00Z'), end: at('2013-06-30T00:00:00Z') })
    // Tuesdays 2 Oct (moved), 6 Nov, 1 Jan, 5 Mar, 7 May, 4 Jun; 4 Dec, 5 Feb, 2 Apr excluded; added 5 (moved), 10 and 30 Nov.
    expect(reading.events.map((item) => item.starts_at.slice(0, 16)).sort()).toEqual([
      '2012-10-02T22:00',
      '2012-11-06T18:00',
      '2012-11-07T04:00',
      '2012-11-10T18:00',
      '2012-11-30T18:00',
      '2013-01-01T18:00',
      '2013-03-05T18:00',
      '2013-05-07T17:00',
      '2013-06-04T17:00',
    ])
    expect(reading.ignored).toEqual({ 'X-UNKNOWN': 1 })
  })

  it('broken files never stop the reading', () => {
    const window = { start: at('2004-12-01T00:00:00Z'), end: at('2005-02-01T00:00:00Z') }
    const counts = readdirSync(join(FOLDER, 'broken'))
      .sort()
      .map((name) => {
        const reading = readReal(join('broken', name), window)
        const preview = previewCalendar({ reading, source: name, country: 'FR', attendees: 'ignore' })
        return [name, reading.events.length, reading.problems.length, preview.counts.rejected]
      })
    expect(counts).toEqual([
      // 42 moments without length, the last one cut off by the end of the file.
      ['13-MoonPhase.ics', 41, 1, 41],
      ['lastfm.ics', 33, 0, 0],
      ['tmeher.ics', 1, 0, 0],
      // Four Decembers' days and five Saturdays of January, a meeting, a due date without length, a canceled match.
      ['twinkle.ics', 11, 0, 1],
    ])
  })
})
