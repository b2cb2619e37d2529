import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDateOrder, parseDate } from '../../../shared/documents/import/dates.ts'
import type { DateOrder } from '../../../shared/documents/import/dates.ts'
import { detectListSeparator, splitList } from '../../../shared/documents/import/lists.ts'
import { parseRate } from '../../../shared/documents/import/money.ts'
import { detectNameOrder, splitName } from '../../../shared/documents/import/names.ts'
import { parsePhone } from '../../../shared/documents/import/phones.ts'
import { isIban, isNir, strikeOutSealed } from '../../../shared/documents/import/sealed-values.ts'
import { parseInstant, parseMoment, parseTime, placeInstant } from '../../../shared/documents/import/times.ts'
import { parseEngagementKind, parseMissionKind } from '../../../shared/documents/import/vocabulary.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'

const day = (text: string): LocalDate => {
  const reading = parseDate(text, { order: 'ymd' })
  if (!reading.ok) throw new Error(text)
  return reading.date
}
const dateOf = (text: string, order: DateOrder = 'dmy', year?: number): string => {
  const reading = parseDate(text, year === undefined ? { order } : { order, year })
  return reading.ok ? reading.date : reading.issue
}

describe('dates', () => {
  it.each([
    '24/10/2026',
    '24-10-2026',
    '24.10.26',
    '24 / 10 / 2026',
    '2026-10-24',
    '2026/10/24',
    '20261024',
    '24 oct. 2026',
    '24 octobre 2026',
    'sam. 24 oct. 2026',
    'Samedi 24 Octobre 2026',
    'Oct 24, 2026',
    'October 24th, 2026',
    'Sat 24 Oct 2026',
    'Saturday, October 24, 2026',
    '24-Oct-2026',
    '24-oct-26',
    'sam. 24/10/2026',
  ])('%s is 24 October 2026', (text) => expect(dateOf(text)).toBe('2026-10-24'))

  it('a date without year takes the given year, and is refused without one', () => {
    expect(dateOf('24/10', 'dmy', 2026)).toBe('2026-10-24')
    expect(dateOf('10/24', 'mdy', 2026)).toBe('2026-10-24')
    expect(dateOf('sam. 24 oct.', 'dmy', 2026)).toBe('2026-10-24')
    expect(dateOf('24/10')).toBe('year_missing')
    expect(dateOf('24 oct')).toBe('year_missing')
  })

  it('March is not mistaken for Tuesday, nor the first for another day', () => {
    expect(dateOf('mar. 3 mars 2026')).toBe('2026-03-03')
    expect(dateOf('3 mars 2026')).toBe('2026-03-03')
    expect(dateOf('Mar 3, 2026')).toBe('2026-03-03')
    expect(dateOf('1er mai 2026')).toBe('2026-05-01')
  })

  it('days that are not in the calendar are refused', () => {
    expect(dateOf('31/02/2026')).toBe('no_such_day')
    expect(dateOf('10/24/2026')).toBe('no_such_day')
    expect(dateOf('bientôt')).toBe('unreadable')
    expect(dateOf('')).toBe('unreadable')
    expect(dateOf('29/02/2027')).toBe('no_such_day')
  })

  const dates = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const months = {
    fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
    en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  }
  const printers: Record<string, { order: DateOrder; print: (y: string, m: string, d: string) => string }> = {
    iso: { order: 'dmy', print: (y, m, d) => `${y}-${m}-${d}` },
    french: { order: 'dmy', print: (y, m, d) => `${d}/${m}/${y}` },
    short: { order: 'dmy', print: (y, m, d) => `${Number(d)}/${Number(m)}/${y}` },
    american: { order: 'mdy', print: (y, m, d) => `${m}/${d}/${y}` },
    'two-figure year': { order: 'dmy', print: (y, m, d) => `${d}.${m}.${y.slice(2)}` },
    'year first, two figures': { order: 'ymd', print: (y, m, d) => `${y.slice(2)}-${m}-${d}` },
    'French words': { order: 'dmy', print: (y, m, d) => `${Number(d)} ${months.fr[Number(m) - 1]} ${y}` },
    'English words': { order: 'dmy', print: (y, m, d) => `${months.en[Number(m) - 1]} ${Number(d)}, ${y}` },
    'French long': {
      order: 'dmy',
      print: (y, m, d) => new Intl.DateTimeFormat('fr', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${y}-${m}-${d}`)),
    },
    'English long': {
      order: 'mdy',
      print: (y, m, d) => new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${y}-${m}-${d}`)),
    },
    'French short weekday': {
      order: 'dmy',
      print: (y, m, d) =>
        new Intl.DateTimeFormat('fr', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
          new Date(`${y}-${m}-${d}`),
        ),
    },
  }
  it.each(Object.keys(printers))('any date printed in the form "%s" is read back equal', (name) => {
    const printer = printers[name]
    if (!printer) throw new Error(name)
    fc.assert(
      fc.property(dates, (date) => {
        const [y = '', m = '', d = ''] = date.split('-')
        expect(dateOf(printer.print(y, m, d), printer.order)).toBe(date)
      }),
    )
  })

  it('the order is read from the column as a whole and shown with three samples', () => {
    expect(detectDateOrder(['03/04/2026', '05/06/2026', '24/10/2026'])).toEqual({
      order: 'dmy',
      certain: true,
      samples: [
        { found: '24/10/2026', read_as: '2026-10-24' },
        { found: '03/04/2026', read_as: '2026-04-03' },
        { found: '05/06/2026', read_as: '2026-06-05' },
      ],
    })
    expect(detectDateOrder(['03/04/2026', '10/24/2026']).order).toBe('mdy')
    expect(detectDateOrder(['2026-10-24', '2026-10-25']).order).toBe('ymd')
    expect(detectDateOrder(['03/04/2026', '05/06/2026'])).toMatchObject({ order: 'dmy', certain: false })
    expect(detectDateOrder(['03/04/2026', '05/06/2026'], 'mdy')).toMatchObject({ order: 'mdy', certain: false })
    expect(detectDateOrder(['24/10/2026 14h30']).samples).toEqual([{ found: '24/10/2026 14h30', read_as: '2026-10-24' }])
    expect(detectDateOrder(['13/04/2026', '04/13/2026']).certain).toBe(false)
  })
})

describe('times', () => {
  it.each([
    ['14h30', '14:30'],
    ['14 h 30', '14:30'],
    ['1430', '14:30'],
    ['14:30', '14:30'],
    ['14:30:00', '14:30'],
    ['2:30pm', '14:30'],
    ['2:30 PM', '14:30'],
    ['2.30 p.m.', '14:30'],
    ['2 pm', '14:00'],
    ['14h', '14:00'],
    ['14H00', '14:00'],
    ['7h5', null],
    ['930', '09:30'],
    ['9:30', '09:30'],
    ['12am', '00:00'],
    ['12 pm', '12:00'],
    ['midi', '12:00'],
    ['minuit', '00:00'],
    ['noon', '12:00'],
    ['0h00', '00:00'],
    ['24/10', null],
    ['14h75', null],
    ['13pm', null],
    ['30:00', null],
    ['', null],
    ['abc', null],
    ['14:', null],
  ])('%s is read as %s', (text, time) => expect(parseTime(text)).toEqual(time === null ? null : { time, days: 0 }))

  it.each([
    ['24:00', '00:00'],
    ['25h30', '01:30'],
    ['01:00 +1', '01:00'],
    ['1h00 (+1)', '01:00'],
    ['02:15 (J+1)', '02:15'],
    ['2 am next day', '02:00'],
    ['1h lendemain', '01:00'],
  ])('%s is %s on the next day', (text, time) => expect(parseTime(text)).toEqual({ time, days: 1 }))

  it('any time printed in any form is read back equal', () => {
    const two = (value: number): string => String(value).padStart(2, '0')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hours, minutes) => {
        const time = `${two(hours)}:${two(minutes)}`
        const half = `${hours % 12 === 0 ? 12 : hours % 12}:${two(minutes)}${hours < 12 ? 'am' : 'pm'}`
        for (const text of [
          time,
          `${hours}h${two(minutes)}`,
          `${two(hours)}${two(minutes)}`,
          `${hours} h ${two(minutes)}`,
          half,
          half.replace('m', ' M'),
          `${time}:00`,
        ]) {
          expect(parseTime(text), text).toEqual({ time, days: 0 })
        }
      }),
    )
  })
})

describe('instants', () => {
  it('an offset decides, whatever the zone', () => {
    expect(parseInstant('2026-01-31T09:30:00+01:00')).toBe('2026-01-31T08:30:00.000Z')
    expect(parseInstant('2025-12-05T10:00:00-05:00')).toBe('2025-12-05T15:00:00.000Z')
    expect(parseInstant('2026-01-31T09:30Z')).toBe('2026-01-31T09:30:00.000Z')
    expect(parseInstant('2026-01-31 09:30:15.250+0530')).toBe('2026-01-31T04:00:15.250Z')
    expect(parseInstant('2026-02-30T09:30:00+01:00')).toBeNull()
    expect(parseInstant('2026-01-31T25:30:00Z')).toBeNull()
    expect(parseInstant('2026-01-31T09:30:00')).toBeNull()
  })

  it('any instant printed with any offset is read back equal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }),
        fc.integer({ min: -12 * 4, max: 14 * 4 }),
        (ms, quarters) => {
          const offset = quarters * 15
          const size = Math.abs(offset)
          const text = `${new Date(ms + offset * 60_000).toISOString().slice(0, 23)}${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
          expect(parseInstant(text)).toBe(fromMs(ms))
        },
      ),
    )
  })

  it('a time that the clocks skip or repeat is placed and reported', () => {
    expect(placeInstant(day('2026-03-29'), '02:30', 'Europe/Paris')).toEqual({ instant: '2026-03-29T01:30:00.000Z', note: 'gap' })
    expect(placeInstant(day('2026-10-25'), '02:30', 'Europe/Paris')).toEqual({ instant: '2026-10-25T00:30:00.000Z', note: 'repeat' })
    expect(placeInstant(day('2026-10-24'), '14:30', 'Europe/Paris')).toEqual({ instant: '2026-10-24T12:30:00.000Z', note: null })
  })

  it.each([
    ['24/10/2026 14h30', '14:30'],
    ['2026-10-24T14:30', '14:30'],
    ['2026-10-24 14:30:00', '14:30'],
    ['sam. 24 oct. 2026 à 14h30', '14:30'],
    ['Sat 24 Oct 2026 at 2:30 pm', '14:30'],
    ['24/10/2026, 14:30', '14:30'],
    ['24/10/2026 - 14h', '14:00'],
    ['Oct 24, 2026 2pm', '14:00'],
    ['24/10/2026 minuit', '00:00'],
  ])('%s is a date with a time', (text, time) => {
    expect(parseMoment(text, { order: 'dmy' })).toMatchObject({ kind: 'date_time', date: '2026-10-24', clock: { time } })
  })
  it('a lone date, a lone time and nonsense are told apart', () => {
    expect(parseMoment('24/10/2026', { order: 'dmy' }).kind).toBe('date')
    expect(parseMoment('14h30', { order: 'dmy' }).kind).toBe('time')
    expect(parseMoment('20261024', { order: 'dmy' }).kind).toBe('date')
    expect(parseMoment('31/02/2026 14h', { order: 'dmy' })).toEqual({ kind: 'unreadable', issue: 'no_such_day' })
    expect(parseMoment('plus tard', { order: 'dmy' }).kind).toBe('unreadable')
  })
})

describe('money', () => {
  it.each([
    ['1 234,56 €', 123456, 'EUR', null],
    ['1\u202f234,56\u00a0€', 123456, 'EUR', null],
    ['1.234,56', 123456, 'EUR', null],
    ['1,234.56', 123456, 'EUR', null],
    ['250.00', 25000, 'EUR', null],
    ['250', 25000, 'EUR', null],
    ['EUR 250', 25000, 'EUR', null],
    ['£99.5', 9950, 'GBP', null],
    ['-12,50', -1250, 'EUR', null],
    ['250 €/jour', 25000, 'EUR', 'daily'],
    ['18,50 € / h', 1850, 'EUR', 'hourly'],
    ['180 € par cachet', 18000, 'EUR', 'cachet'],
    ['forfait 900', 90000, 'EUR', 'flat'],
    ['300 per day', 30000, 'EUR', 'daily'],
    ['¥1200', 1200, 'JPY', null],
    ['12,345,678.90', 1234567890, 'EUR', null],
    ['1 234 567', 123456700, 'EUR', null],
    ['0,5', 50, 'EUR', null],
    ["1'250.00 CHF", 125000, 'CHF', null],
  ])('%s', (text, amount, currency, unit) =>
    expect(parseRate(text, 'EUR')).toEqual({ amount_minor: amount, currency, unit, ambiguous: false }),
  )

  it('1,234 is thousands, to be looked at', () =>
    expect(parseRate('1,234', 'EUR')).toMatchObject({ amount_minor: 123400, ambiguous: true }))
  it.each(['', 'à voir', '12,345678', '1 2 3', '12.34.56', '--5', '12€34', '0.005'])('%s is no amount', (text) =>
    expect(parseRate(text, 'EUR')).toBeNull(),
  )

  it('any amount printed in French or English is read back to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999_99 }), fc.constantFrom('fr', 'en', 'de'), (minor, language) => {
        const printed = new Intl.NumberFormat(language, { style: 'currency', currency: 'EUR' }).format(minor / 100)
        expect(parseRate(printed, 'USD')).toMatchObject({ amount_minor: minor, currency: 'EUR', ambiguous: false })
      }),
    )
  })
})

describe('telephone numbers', () => {
  it.each([
    ['06 39 98 00 01', '+33639980001'],
    ['06.39.98.00.01', '+33639980001'],
    ['+33 6 39 98 00 01', '+33639980001'],
    ['+33 (0)6 39 98 00 01', '+33639980001'],
    ['0033 6 39 98 00 01', '+33639980001'],
    ['+44 20 7946 0018', '+442079460018'],
    ['+999 12', null],
    ['06 39 98', null],
    ['39 98 00', null],
  ])('%s', (typed, e164) => expect(parsePhone(typed, 'FR')).toEqual({ typed, e164, zero_restored: false }))
  it('a number whose 0 a spreadsheet dropped is completed and said so', () =>
    expect(parsePhone('639980001', 'FR')).toEqual({ typed: '639980001', e164: '+33639980001', zero_restored: true }))
  it('without a known country a national number stays as typed', () => expect(parsePhone('06 39 98 00 01', 'XX')?.e164).toBeNull())
  it('a word is no number', () => expect(parsePhone('voir Ada', 'FR')).toBeNull())
})

describe('names', () => {
  it.each([
    ['DUPONT Marie', 'Marie', 'DUPONT'],
    ['Marie DUPONT', 'Marie', 'DUPONT'],
    ['Dupont, Marie', 'Marie', 'Dupont'],
    ['LE GOFF Anne-Lise', 'Anne-Lise', 'LE GOFF'],
    ['Anne Lise LE GOFF', 'Anne Lise', 'LE GOFF'],
    ['Marie Dupont', 'Marie', 'Dupont'],
    ['Marie de La Tour', 'Marie', 'de La Tour'],
    ['Jan van der Berg', 'Jan', 'van der Berg'],
    ['Ari Lund (they/them)', 'Ari', 'Lund'],
  ])('%s', (text, first, last) =>
    expect(splitName(text, 'first_last')).toMatchObject({ full_name: text, first_name: first, last_name: last }),
  )
  it('the column decides for cells that do not show it', () => {
    expect(detectNameOrder(['DUPONT Marie', 'Roux Ada'])).toEqual({ order: 'last_first', certain: true })
    expect(detectNameOrder(['DUPONT Marie', 'Ada Roux', 'Bo Lund']).order).toBe('first_last')
    expect(detectNameOrder(['Marie Dupont'])).toEqual({ order: 'first_last', certain: false })
    expect(splitName('Roux Ada', 'last_first')).toMatchObject({ first_name: 'Ada', last_name: 'Roux', sure: false })
    expect(splitName('Cie', 'first_last')).toMatchObject({ first_name: null, last_name: null })
  })
})

describe('lists and words', () => {
  it('the strongest mark of a column parts all its lists', () => {
    expect(splitList('Ana (she/her); Bo', detectListSeparator(['Ana (she/her); Bo', 'Cy, Jr']))).toEqual(['Ana (she/her)', 'Bo'])
    expect(splitList('son, lumière', detectListSeparator(['son, lumière']))).toEqual(['son', 'lumière'])
    expect(splitList('son / lumière', detectListSeparator(['son / lumière']))).toEqual(['son', 'lumière'])
    expect(detectListSeparator(['Ana (she/her)'])).toBeNull()
    expect(splitList('a; (b; c; d', ';')).toEqual(['a', '(b', 'c', 'd'])
  })
  it('engagement and mission words of both languages', () => {
    expect(
      ['CDDU', 'Intermittente', 'Artiste', 'CDI', 'Auto-entrepreneur', 'Intérim', 'Bénévole', 'Stagiaire', 'cddu_artist', '?'].map(
        parseEngagementKind,
      ),
    ).toEqual([
      'cddu_technician',
      'cddu_technician',
      'cddu_artist',
      'employee',
      'freelance',
      'agency',
      'volunteer',
      'intern',
      'cddu_artist',
      null,
    ])
    expect(['Montage', 'Répétition', 'Représentation', 'Tournage', 'Démontage', 'Load-out', 'Relâche', 'x'].map(parseMissionKind)).toEqual([
      'build',
      'rehearsal',
      'show',
      'shoot',
      'strike',
      'strike',
      'off',
      null,
    ])
  })
})

// Published specimen numbers, of nobody.
const NIR = '2 55 08 14 168 025 38'
const IBAN = 'FR14 2004 1010 0505 0001 3M02 606'
describe('protected numbers', () => {
  it('are known by their checksums', () => {
    expect([NIR, '255081416802538', '255081416802539', '2 55 13 14 168 025 38'].map(isNir)).toEqual([true, true, false, false])
    expect([IBAN, 'GB82WEST12345698765432', 'FR1420041010050500013M02607', 'FOSDEM2026'].map(isIban)).toEqual([true, true, false, false])
    expect(isNir('1 99 07 2A 004 005 88') || isNir(`19907${'2A'}004005${String(97n - (1990719004005n % 97n)).padStart(2, '0')}`)).toBe(true)
  })
  it('are struck out inside other text, and nothing else is', () => {
    expect(strikeOutSealed(`sécu ${NIR}, merci`)).toBe('sécu •••, merci')
    expect(strikeOutSealed(`RIB ${IBAN} à virer`)).toBe('RIB ••• à virer')
    for (const text of ['06 39 98 00 01', '2026-01-31T09:30:00+01:00', 'a long title 123456 with figures', 'AB12 salle 1234'])
      expect(strikeOutSealed(text)).toBe(text)
  })
})
