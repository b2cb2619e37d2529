import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDayOf, lastDayOf, placesOf, type PayFacts } from '../../../shared/domain/contracts/facts.ts'
import { readLicence, readObjectNumber } from '../../../shared/domain/contracts/numbers.ts'
import { sayAllowance, sayDate, sayDay, sayLength, sayMoney, sayPay, sayTime, sayWindow, typeset } from '../../../shared/domain/contracts/said.ts'
import { paidMinutes, payLine, totalsOf } from '../../../shared/domain/contracts/totals.ts'
import { date, facts, stretch } from './contract-world.ts'

const pay = (basis: PayFacts['basis'], rate_minor: number, more: Partial<PayFacts> = {}): PayFacts => ({ assignment_id: 'a1', basis, rate_minor, currency: 'EUR', cachets: 0, ...more })
const days = [stretch('2027-06-18', '14:00', '23:30', { break_minutes: 60 }), stretch('2027-06-19', '09:00', '12:00'), stretch('2027-06-19', '14:00', '18:20')]
const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('the totals of a contract', () => {
  const total = (lines: PayFacts[], more: object = {}) => {
    const totals = totalsOf({ pay: lines, days, allowances: [], currency: 'EUR', ...more })
    if (!totals.ok) throw new Error(totals.error)
    return totals.value
  }

  it('count hours to the minute, days once, cachets by their number, a flat fee once', () => {
    expect(payLine(pay('hourly', 1_800), days)).toMatchObject({ days: 2, minutes: 950, gross_minor: 28_500 })
    expect(payLine(pay('daily', 21_050), days).gross_minor).toBe(42_100)
    expect(payLine(pay('cachet', 25_000, { cachets: 3 }), days).gross_minor).toBe(75_000)
    expect(payLine(pay('flat', 90_000), days).gross_minor).toBe(90_000)
    // 10 min at 17,77 an hour: 2,96166… €.
    expect(payLine(pay('hourly', 1_777), [stretch('2027-06-18', '14:00', '14:10')]).gross_minor).toBe(296)
    expect(payLine(pay('hourly', 1_800), days.map((day) => ({ ...day, assignment_id: 'other' })))).toMatchObject({ days: 0, minutes: 0, gross_minor: 0 })
  })

  it('count 12 hours for a cachet and the real hours of the rest', () => {
    const two = [...days, stretch('2027-06-20', '20:00', '23:00', { assignment_id: 'a2' })]
    const value = total([pay('hourly', 1_800), pay('cachet', 25_000, { assignment_id: 'a2', cachets: 2 })], { days: two })
    expect(value).toMatchObject({ gross_minor: 28_500 + 50_000, cachets: 2, minutes: 950 + 180, counted_minutes: 950 + 1440, days: 3 })
  })

  it('keep allowances out of the pay', () => {
    const allowances = [{ label: 'Repas', amount_minor: 2_020, currency: 'EUR', quantity: 30_000 }, { label: 'Route', amount_minor: 63, currency: 'EUR', quantity: 1_205_000 }]
    expect(total([pay('daily', 20_000)], { allowances })).toMatchObject({ gross_minor: 40_000, allowances_minor: 6_060 + 7_592 })
  })

  it('are refused for mixed currencies and for hours or days of which none is known', () => {
    expect(totalsOf({ pay: [pay('flat', 1, { currency: 'CHF' })], days, allowances: [], currency: 'EUR' })).toEqual({ ok: false, error: 'contract.mixed_currencies' })
    expect(totalsOf({ pay: [], days, allowances: [{ label: 'Repas', amount_minor: 1, currency: 'CHF', quantity: 10_000 }], currency: 'EUR' })).toEqual({ ok: false, error: 'contract.mixed_currencies' })
    for (const basis of ['hourly', 'daily'] as const) expect(totalsOf({ pay: [pay(basis, 1)], days: [], allowances: [], currency: 'EUR' })).toEqual({ ok: false, error: 'contract.pay_without_days' })
    expect(totalsOf({ pay: [pay('flat', 1)], days: [], allowances: [], currency: 'EUR' }).ok).toBe(true)
  })

  it('are those of the lines, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ basis: fc.constantFrom('hourly', 'daily', 'cachet', 'flat'), rate_minor: fc.nat(1_000_000), cachets: fc.nat(43) }), { maxLength: 6 }), (lines) => {
        const value = total(lines.map((line) => pay(line.basis as 'flat', line.rate_minor, { cachets: line.cachets })))
        expect(value.gross_minor).toBe(value.lines.reduce((sum, { gross_minor }) => sum + gross_minor, 0))
        expect(Number.isSafeInteger(value.gross_minor)).toBe(true)
      }),
    )
  })

  it('count the hour that a night gains or loses', () => {
    expect(paidMinutes(stretch('2027-10-30', '22:00', '06:00'))).toBe(9 * 60)
    expect(paidMinutes(stretch('2027-03-27', '22:00', '06:00'))).toBe(7 * 60)
    expect(paidMinutes(stretch('2027-06-18', '14:00', '15:00', { break_minutes: 90 }))).toBe(0)
  })
})

describe('the frame of a contract', () => {
  it('goes from its first day to the day on which its last night begins, or says its own dates', () => {
    const given = facts('cddu')
    expect([firstDayOf(given), lastDayOf(given)]).toEqual(['2027-06-18', '2027-06-20'])
    expect([firstDayOf(facts('client')), lastDayOf(facts('client'))]).toEqual(['2027-06-01', '2027-09-30'])
    expect(firstDayOf({ days: [], starts_on: null })).toBe(null)
    expect(placesOf(given)).toEqual(['Théâtre du Fil, Lyon', 'Dépôt de Vaise'])
  })
})

describe('numbers that a contract of a show cites', () => {
  it('a numéro d’objet has the form of its twelve characters', () => {
    expect(readObjectNumber('27 A5 123456 78')).toEqual({ ok: true, value: '27A512345678' })
    expect(readObjectNumber('275z123456k8')).toEqual({ ok: true, value: '275Z123456K8' })
    expect([readObjectNumber('27A51234567'), readObjectNumber('A7A512345678'), readObjectNumber('27A51234X678'), readObjectNumber('')].map((read) => (read.ok ? null : read.error))).toEqual([
      'object_number.length', 'object_number.year', 'object_number.form', 'object_number.length',
    ])
  })

  it('a licence says its form, and its year or category where it holds them', () => {
    expect(readLicence(' platesv-r-2024-000123 ')).toEqual({ ok: true, value: { number: 'PLATESV-R-2024-000123', form: 'platform', year: 2024, category: null } })
    expect(readLicence('L-R-21-4567')).toMatchObject({ ok: true, value: { form: 'receipt', year: 2021 } })
    expect(readLicence('2 – 1054321')).toEqual({ ok: true, value: { number: '2-1054321', form: 'former', year: null, category: 2 } })
    for (const typed of ['', 'PLATESV-R-24-000123', '4-1054321', 'licence 2']) expect(readLicence(typed)).toEqual({ ok: false, error: 'licence.form' })
  })
})

describe('what a contract says', () => {
  it('in French, with the spaces that do not break', () => {
    expect(sayDate(date('2027-06-01'), 'fr')).toBe('1er\u00a0juin\u00a02027')
    expect(plain(sayDay(date('2027-06-18'), 'fr'))).toBe('vendredi 18 juin 2027')
    expect([sayTime('09:00', 'fr'), sayTime('18:05', 'fr'), sayTime('00:00', 'fr')].map(plain)).toEqual(['9 h', '18 h 05', '0 h'])
    expect([420, 450, 45, 2100].map((minutes) => plain(sayLength(minutes, 'fr')))).toEqual(['7 h', '7 h 30', '45 min', '35 h'])
    expect([123_450, 5, -100_000_00].map((minor) => plain(sayMoney(minor, 'EUR', 'fr')))).toEqual(['1 234,50 €', '0,05 €', '-100 000,00 €'])
    expect([sayMoney(1_234, 'JPY', 'fr'), sayMoney(1_234, 'CHF', 'fr')].map(plain)).toEqual(['1 234 JPY', '12,34 CHF'])
    expect(plain(sayAllowance({ label: 'Repas', amount_minor: 2020, currency: 'EUR', quantity: 15_000 }, 'fr'))).toBe('Repas : 1,5 × 20,20 €')
    expect(typeset('« Oui : non ! » (article L. 1242-2)', 'fr')).toBe('«\u00a0Oui\u00a0: non\u00a0!\u00a0» (article L.\u00a01242-2)')
  })

  it('in English', () => {
    expect(plain(sayDay(date('2027-06-01'), 'en'))).toBe('Tuesday 1 June 2027')
    expect(sayTime('09:05', 'en')).toBe('09:05')
    expect([sayLength(450, 'en'), sayMoney(123_450, 'EUR', 'en'), sayMoney(123_450, 'CHF', 'en')].map(plain)).toEqual(['7 h 30 min', '€1,234.50', 'CHF 1,234.50'])
    expect(typeset('“Yes”: no!', 'en')).toBe('“Yes”: no!')
  })

  it('of each way of paying', () => {
    const said = (line: PayFacts, language: 'fr' | 'en') => plain(sayPay(payLine(line, days), language))
    expect(said(pay('hourly', 1_800), 'fr')).toBe('15 h 50 à 18,00 € brut l’heure, soit 285,00 € brut')
    expect(said(pay('daily', 20_000), 'fr')).toBe('2 jours à 200,00 € brut par jour, soit 400,00 € brut')
    expect(said(pay('cachet', 25_000, { cachets: 1 }), 'fr')).toBe('1 cachet de 250,00 € brut, soit 250,00 € brut')
    expect(said(pay('flat', 90_000), 'en')).toBe('flat fee of €900.00 gross')
    expect(said(pay('cachet', 25_000, { cachets: 2 }), 'en')).toBe('2 cachets of €250.00 gross, that is €500.00 gross')
  })

  it('of windows: the next day, another zone, both clock changes', () => {
    const said = (day: ReturnType<typeof stretch>, zone = 'Europe/Paris') => plain(sayWindow(day, zone, 'fr'))
    expect(said(stretch('2027-06-20', '20:00', '02:00'))).toBe('dimanche 20 juin 2027, de 20 h à 2 h le lendemain')
    expect(said(stretch('2027-06-20', '20:00', '23:00', { zone: 'Europe/London' }))).toBe('dimanche 20 juin 2027, de 20 h (UTC+1) à 23 h (UTC+1)')
    expect(said(stretch('2027-03-27', '22:00', '06:00'))).toBe('samedi 27 mars 2027, de 22 h (UTC+1) à 6 h (UTC+2) le lendemain, soit 7 h')
    expect(plain(sayWindow(stretch('2027-06-20', '20:00', '02:00'), 'Europe/Paris', 'en'))).toBe('Sunday 20 June 2027, from 20:00 to 02:00 the next day')
  })
})
