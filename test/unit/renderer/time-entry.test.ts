import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayText, parseClock, parseDay, parseDuration, parseShift, parseTime, parseWindow } from '../../../renderer/components/time-entry.ts'

describe('typing a time', () => {
  test.each([
    ['14h30', '14:30'], ['1430', '14:30'], ['2:30pm', '14:30'], ['14:30', '14:30'], ['14.30', '14:30'], ['14h', '14:00'], ['9', '09:00'],
    ['930', '09:30'], ['2 PM', '14:00'], ['12am', '00:00'], ['12pm', '12:00'], ['0h05', '00:05'], ['23:59', '23:59'],
  ])('%s is understood as %s', (typed, time) => expect(parseTime(typed)).toBe(time))

  test.each(['', 'x', '24:00', '14:60', '13pm', '14h3', '12345', '-1'])('"%s" is not a time', (typed) => expect(parseTime(typed)).toBeNull())

  test('every minute of the day is read back however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        const [hours, rest] = [String(Math.floor(minutes / 60)).padStart(2, '0'), String(minutes % 60).padStart(2, '0')]
        for (const form of [`${hours}:${rest}`, `${hours}h${rest}`, `${hours}${rest}`]) expect(parseTime(form)).toBe(`${hours}:${rest}`)
      }),
    )
  })

  test('durations are added to a start', () => {
    expect(parseDuration('+2h')).toBe(120)
    expect(parseDuration('1h30')).toBe(90)
    expect(parseDuration('+45 min')).toBe(45)
    expect(parseDuration('soon')).toBeNull()
    expect([parseShift('+2h'), parseShift(' +1h30'), parseShift('2h'), parseShift('14:30')]).toEqual([120, 90, null, null])
  })
})

describe('typing a day', () => {
  test.each([
    ['24/10', '2026-10-24'], ['24/10/2026', '2026-10-24'], ['24.10.26', '2026-10-24'], ['2026-10-24', '2026-10-24'], ['24 oct', '2026-10-24'],
    ['sam. 24 octobre', '2026-10-24'], ['24 October 2027', '2027-10-24'], ['1er février', '2027-02-01'], ['5 août', '2027-08-05'], ['+1', '2026-09-02'], ['29/2', '2028-02-29'],
  ])('%s is understood as %s', (typed, day) => expect(parseDay(typed, '2026-09-01')).toBe(day))

  test.each(['', '31/02/2026', '2026-13-01', '24 brumaire', '32/1'])('"%s" is not a day', (typed) => expect(parseDay(typed, '2026-09-01')).toBeNull())

  test.each([
    ['sam', '2026-09-05'], ['Samedi', '2026-09-05'], ['sat', '2026-09-05'], ['mar', '2026-09-01'], ['tues', '2026-09-01'], ['lun.', '2026-09-07'],
  ])('%s is the next one, today included: %s', (typed, day) => expect(parseDay(typed, '2026-09-01')).toBe(day))

  test.each([['demain', '2026-08-31'], ['tomorrow', '2026-08-31'], ['aujourd’hui', '2026-08-30'], ["aujourd'hui", '2026-08-30'], ['après-demain', '2026-09-01']])(
    '%s is counted from today, whatever the project begins with: %s',
    (typed, day) => expect(parseDay(typed, '2026-12-01', '2026-08-30')).toBe(day),
  )

  test('what the field shows is read back as the same day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const day = new Date(days * 86_400_000).toISOString().slice(0, 10)
        expect(parseDay(dayText(day), '2026-01-01')).toBe(day)
      }),
    )
  })
})

describe('typing a day and its hours in one line', () => {
  test('an end after the start is on the same day', () =>
    expect(parseWindow('24/10 14-23:30', '2026-09-01')).toEqual({ day: '2026-10-24', start: '14:00', end: '23:30', overnight: false }))
  test('an end at or before the start is on the next day', () =>
    expect(parseWindow('24 oct 23h30 – 6h', '2026-09-01')).toEqual({ day: '2026-10-24', start: '23:30', end: '06:00', overnight: true }))
  test('a line without hours is not a window', () => expect(parseWindow('24/10', '2026-09-01')).toBeNull())
})

describe('typing a time on the day of a sheet', () => {
  test('+1 is the following day', () => expect(parseClock('0h30 +1')).toEqual({ time: '00:30', days: 1 }))
  test('without it the day is left open', () => expect(parseClock('1430')).toEqual({ time: '14:30', days: null }))
  test('anything else is not a time', () => expect(parseClock('tea')).toBeNull())
})
