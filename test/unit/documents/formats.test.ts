import { describe, expect, it } from 'vitest'
import { dayMark, duration, eighths, longDate, minutesBetween, shortDate, typeset } from '../../../shared/domain/runsheets/formats.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { oct } from '../../fixtures/sheets.ts'

const day = (text: string): LocalDate => text as LocalDate
const plain = (text: string): string => text.replace(/\s/gu, ' ')

describe('how documents write dates, times and lengths', () => {
  it('writes dates as both languages do', () => {
    expect(plain(shortDate(day('2026-10-24'), 'fr'))).toBe('sam. 24 oct. 2026')
    expect(plain(shortDate(day('2026-10-24'), 'en'))).toBe('Sat 24 Oct 2026')
    expect(plain(shortDate(day('2026-09-01'), 'en'))).toBe('Tue 1 Sep 2026')
    expect(plain(longDate(day('2026-05-01'), 'fr'))).toBe('vendredi 1er mai 2026')
    expect(plain(longDate(day('2026-10-24'), 'en'))).toBe('Saturday 24 October 2026')
  })
  it('writes lengths as elapsed time, across the change of clocks too', () => {
    expect(plain(duration(450, 'fr'))).toBe('7 h 30')
    expect(plain(duration(450, 'en'))).toBe('7 h 30 min')
    expect(plain(duration(60, 'fr'))).toBe('1 h')
    expect(plain(duration(65, 'fr'))).toBe('1 h 05')
    expect(plain(duration(45, 'en'))).toBe('45 min')
    expect(minutesBetween(oct('24 23:30'), oct('25 06:00'))).toBe(450)
  })
  it('counts days from the sheet’s date, not from midnight UTC', () => {
    expect(dayMark(oct('25 00:30'), 'Europe/Paris', day('2026-10-24'))).toBe(1)
    expect(dayMark(oct('24 23:59'), 'Europe/Paris', day('2026-10-24'))).toBe(0)
    expect(dayMark(oct('23 23:00'), 'Europe/Paris', day('2026-10-24'))).toBe(-1)
  })
  it('gives French its narrow spaces and leaves clock times alone', () => {
    expect(typeset('« Marée » : à 20:30 !', 'fr')).toBe('«\u202fMarée\u202f»\u202f: à 20:30\u202f!')
    expect(typeset("l'entrée E, 2 × 19 t", 'fr')).toBe('l’entrée\u00a0E, 2\u00a0×\u00a019\u00a0t')
    expect(typeset('Wait: “now”!', 'en')).toBe('Wait: “now”!')
  })
  it('writes lengths of scenes in pages and eighths', () => {
    expect([3, 8, 11, 16].map((count) => plain(eighths(count)))).toEqual(['3/8', '1', '1 3/8', '2'])
  })
})
