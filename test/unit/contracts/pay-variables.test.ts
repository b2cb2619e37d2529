import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { payColumnNames, payColumns, payCsv, payRows, reversedDays, type PayRow, type PayVariablesFacts } from '../../../shared/domain/contracts/pay-variables.ts'
import { formatIban, formatNir } from '../../../shared/domain/personal-data/masking.ts'
import { nirKey } from '../../../shared/domain/personal-data/nir.ts'
import { fromLocal } from '../../../shared/kernel/instants.ts'
import { date, stretch } from './contract-world.ts'

const PARIS = 'Europe/Paris'
const planned = (...of: Parameters<typeof stretch>) => ({ ...stretch(...of), actual: null })
const actual = (on: string, from: string, to: string, realFrom: string, realTo: string) => ({ ...stretch(on, from, to), actual: { start_at: fromLocal(on, realFrom, PARIS), end_at: fromLocal(on, realTo, PARIS) } })

function contract(change: Partial<PayVariablesFacts> = {}): PayVariablesFacts {
  return {
    contract_id: 'c1', reference: 'CDDU-2027-KX712', employer_siret: '73282932000074', project_code: 'LAN27', production_title: 'Les Lanternes', object_number: '27A512345678', idcc: '1285', person_id: 'p1',
    payroll_number: '0042', last_name: 'd’Orsan', first_name: 'Maya', annex: 8, function_title: 'régisseuse lumière', is_executive: false, starts_on: date('2027-06-18'), ends_on: date('2027-07-02'), dpae_reference: 'DPAE-1',
    days: [actual('2027-06-18', '09:00', '17:00', '09:00', '17:20'), actual('2027-06-19', '09:00', '17:00', '09:15', '17:15'), planned('2027-07-02', '09:00', '17:00', { break_minutes: 60 })],
    pay: [{ assignment_id: 'a1', basis: 'hourly', rate_minor: 1_777, currency: 'EUR', cachets: 0 }], allowances: [{ label: 'Repas', amount_minor: 2_020, currency: 'EUR', quantity: 30_000 }], ...change,
  }
}
/** Read by another program's reader. */
const read = (csv: string, delimiter: string) => Papa.parse<Record<string, string>>(csv.replace(/^\ufeff/, ''), { header: true, delimiter, skipEmptyLines: true }).data

describe('pay variables', () => {
  it('count a month of a contract by its real hours, and say which were planned', () => {
    const [june] = payRows([contract()], '2027-06', 'fr')
    // 8 h 20 + 8 h = 980 min at 17,77.
    expect(june).toMatchObject({ days: 2, minutes: 980, hours: 980, counted_hours: 980, gross: 29_024, rate: 1_777, basis: 'heure', hours_source: 'réel', continues: 'oui', allowances: 6_060, cachets: 0, annex: 8, status: 'non-cadre' })
    const [july] = payRows([contract()], '2027-07', 'fr')
    expect(july).toMatchObject({ days: 1, minutes: 420, gross: 12_439, hours_source: 'prévu', continues: 'non', allowances: 0 })
    expect(payRows([contract()], '2027-08', 'fr')).toEqual([])
    const mixed = contract({ days: [actual('2027-06-18', '09:00', '17:00', '09:00', '10:00'), planned('2027-06-19', '09:00', '10:00')] })
    expect(payRows([mixed], '2027-06', 'en')[0]).toMatchObject({ hours_source: 'mixed', minutes: 120 })
  })

  it('count cachets and a flat fee once, on the first day of their assignment, and 12 hours for a cachet', () => {
    const days = [planned('2027-06-30', '20:00', '23:00'), planned('2027-07-01', '20:00', '23:00'), planned('2027-07-03', '09:00', '12:00', { assignment_id: 'a2' })]
    const both = contract({ days, annex: 10, pay: [{ assignment_id: 'a1', basis: 'cachet', rate_minor: 25_000, currency: 'EUR', cachets: 2 }, { assignment_id: 'a2', basis: 'flat', rate_minor: 30_000, currency: 'EUR', cachets: 0 }] })
    expect(payRows([both], '2027-06', 'fr').map(({ basis, cachets, counted_hours, gross, days: worked }) => [basis, cachets, counted_hours, gross, worked])).toEqual([['cachet', 2, 1440, 50_000, 1]])
    expect(payRows([both], '2027-07', 'fr').map(({ basis, cachets, counted_hours, gross, allowances }) => [basis, cachets, counted_hours, gross, allowances])).toEqual([['cachet', 0, 0, 0, 0], ['forfait', 0, 180, 30_000, 0]])
    const flat = contract({ days: days.slice(0, 2), pay: [{ assignment_id: 'a1', basis: 'flat', rate_minor: 30_000, currency: 'EUR', cachets: 0 }] })
    expect(['2027-06', '2027-07'].map((month) => payRows([flat], month, 'fr').map(({ gross }) => gross))).toEqual([[30_000], [0]])
  })

  it('come by name, as a person reads them', () => {
    const named = (last_name: string, first_name: string, reference: string) => contract({ last_name, first_name, reference })
    const rows = payRows([named('Zola', 'Ana', 'r4'), named('Éluard', 'Tom', 'r3'), named('d’Orsan', 'Maya', 'r2'), named('d’Orsan', 'Maya', 'r1')], '2027-06', 'fr')
    expect(rows.map(({ reference }) => reference)).toEqual(['r1', 'r2', 'r3', 'r4'])
  })

  it('tell days whose end does not come after their start', () => {
    expect(reversedDays([contract()])).toEqual([])
    expect(reversedDays([contract({ days: [actual('2027-06-18', '09:00', '17:00', '17:00', '09:00')] })])).toEqual([{ contract_id: 'c1', date: '2027-06-18' }])
  })
})

describe('the file of pay variables', () => {
  it('in French has semicolons, decimal commas, French dates and a byte order mark', () => {
    const csv = payCsv(payRows([contract()], '2027-06', 'fr'), 'fr')
    expect(csv.startsWith('\ufeffMois;SIRET employeur;')).toBe(true)
    expect(csv.endsWith('\r\n')).toBe(true)
    expect(read(csv, ';')).toEqual([expect.objectContaining({
      'Mois': '2027-06', 'Heures': '16,33', 'Minutes': '980', 'Taux brut': '17,77', 'Brut': '290,24', 'Défraiements': '60,60', 'Début du contrat': '18/06/2027', 'Matricule': '0042', 'Numéro d’objet': '27A512345678', 'Devise': 'EUR',
    })])
  })

  it('in English has commas, decimal points and ISO dates', () => {
    const [row] = read(payCsv(payRows([contract({ production_title: 'Lanterns, “the” show' })], '2027-06', 'en'), 'en'), ',')
    expect(row).toMatchObject({ 'Hours': '16.33', 'Gross': '290.24', 'Contract start': '2027-06-18', 'Production': 'Lanterns, “the” show', 'Contract continues': 'yes' })
    const yen = contract({ pay: [{ assignment_id: 'a1', basis: 'daily', rate_minor: 20_000, currency: 'JPY', cachets: 0 }], allowances: [] })
    expect(read(payCsv(payRows([yen], '2027-06', 'en'), 'en'), ',')[0]).toMatchObject({ 'Gross rate': '20000', 'Gross': '40000' })
  })

  it('documents every column in both languages, each name once', () => {
    for (const language of ['fr', 'en'] as const) expect(new Set(payColumnNames.map((name) => payColumns[name][language])).size).toBe(payColumnNames.length)
    for (const name of payColumnNames) expect([payColumns[name].about.fr.length > 4, payColumns[name].about.en.length > 4]).toEqual([true, true])
  })

  it('gives back what was written, whatever people typed, and no cell that a spreadsheet runs', () => {
    const typed = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ';', ',', '"', '\n', '\r', '\t', ' ', 'a', '1', '＝', '\u200b') }))
    fc.assert(
      fc.property(typed, typed, fc.constantFrom('fr', 'en'), (last_name, production_title, language) => {
        const rows = payRows([contract({ last_name, production_title })], '2027-06', language)
        const [row] = Papa.parse<string[]>(payCsv(rows, language).replace(/^\ufeff/, ''), { delimiter: language === 'fr' ? ';' : ',', newline: '\r\n' }).data.slice(1)
        expect(row).toHaveLength(payColumnNames.length)
        for (const name of ['last_name', 'production_title'] as const) {
          const cell = row?.[payColumnNames.indexOf(name)] ?? ''
          const given = String(rows[0]?.[name])
          expect(cell === given || cell === `'${given}`).toBe(true)
          expect(cell.replace(/^[\s\u200b]+/u, '')).not.toMatch(/^[=+\-@＝]/u)
        }
      }),
    )
  })

  it('holds no social-security number and no account, even typed into a name or a title', () => {
    const body = '1850175111001'
    const nir = body + nirKey(body)
    const planted = [nir, formatNir(nir), 'FR1420041010050500013M02606', formatIban('FR1420041010050500013M02606')]
    for (const number of planted) {
      const fields = ['production_title', 'last_name', 'first_name', 'payroll_number', 'function_title', 'dpae_reference', 'project_code', 'object_number'] as const
      for (const field of fields) {
        const csv = payCsv(payRows([contract({ [field]: `voir ${number}` })], '2027-06', 'fr'), 'fr')
        expect(csv.replace(/\s/g, ''), field).not.toContain(number.replace(/\s/g, ''))
        expect(csv).toContain('voir ')
      }
    }
    expect(payColumnNames.some((name) => /nir|iban|bic|birth/.test(name))).toBe(false)
  })

  it('writes negative amounts as numbers', () => {
    const [row] = payRows([contract()], '2027-06', 'fr')
    const negative: PayRow[] = row === undefined ? [] : [{ ...row, allowances: -5 }]
    expect(read(payCsv(negative, 'fr'), ';')[0]).toMatchObject({ Défraiements: '-0,05' })
  })
})
