import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { easterSunday } from '../../../shared/domain/planning/holidays/easter.ts'
import { holidaysBetween, publicHolidayNames, publicHolidays, schoolHolidays, schoolHolidayNames } from '../../../shared/domain/planning/holidays/holidays.ts'
import { schoolZones } from '../../../shared/domain/planning/model.ts'
import { addDays, type LocalDate } from '../../../shared/kernel/instants.ts'
import fr from '../../../renderer/i18n/fr/holidays.json'

const FOLDER = join(import.meta.dirname, '../../../../shared/data/france')
const present = existsSync(FOLDER)
if (!present) console.warn('holidays of France: SKIPPED, ../shared/data/france is not there')

const day = (text: string): LocalDate => text as LocalDate
const linesOf = (name: string): string[][] => readFileSync(join(FOLDER, name), 'utf8').trim().split(/\r?\n/).slice(1).map((line) => line.split(','))

/** The Sunday after the full moon of the church's tables (Clavius, 1603), looked up day by day: golden number, epact, then walk to a Sunday. */
function easterByTables(year: number): string {
  const golden = (year % 19) + 1
  const century = Math.floor(year / 100) + 1
  const solar = Math.floor((3 * century) / 4) - 12
  const lunar = Math.floor((8 * century + 5) / 25) - 5
  let epact = (((11 * golden + 20 + lunar - solar) % 30) + 30) % 30
  if ((epact === 25 && golden > 11) || epact === 24) epact++
  let date = new Date(Date.UTC(year, 2, 44 - epact))
  if (44 - epact < 21) date = new Date(Date.UTC(year, 2, 44 - epact + 30))
  do date = new Date(date.getTime() + 86_400_000)
  while (date.getUTCDay() !== 0)
  return date.toISOString().slice(0, 10)
}

describe('Easter', () => {
  it('falls where the tables of the church put it, every year from 1583 to 2500', () => {
    for (let year = 1583; year <= 2500; year++) expect(easterSunday(year), String(year)).toBe(easterByTables(year))
  })

  it('falls on days that are in every almanac', () => {
    expect(['1954-04-18', '2024-03-31', '2027-03-28', '2038-04-25', '2049-04-18'].map((known) => easterSunday(Number(known.slice(0, 4))))).toEqual(['1954-04-18', '2024-03-31', '2027-03-28', '2038-04-25', '2049-04-18'])
  })
})

describe('public holidays of France', () => {
  it('are eleven a year, each named once, in their order', () => {
    for (let year = 1950; year <= 2100; year++) {
      const days = publicHolidays(year)
      expect(days.map(({ name }) => name).sort()).toEqual([...publicHolidayNames].sort())
      expect(days.map(({ first }) => first)).toEqual(days.map(({ first }) => first).sort())
      for (const one of days) expect(one.last).toBe(one.first)
    }
  })

  it.skipIf(!present)('are those of the official table, day for day', () => {
    const words: Readonly<Record<string, string>> = {
      'Jour de l\'an': 'new_year', 'Lundi de Pâques': 'easter_monday', 'Fête du travail': 'labour_day', 'Victoire des alliés': 'victory_1945', 'Ascension': 'ascension',
      'Lundi de Pentecôte': 'whit_monday', 'Fête Nationale': 'national_day', 'Assomption': 'assumption', 'Toussaint': 'all_saints', 'Armistice': 'armistice_1918', 'Noël': 'christmas',
    }
    const official = linesOf('jours_feries_seuls.csv')
    expect(official.length).toBeGreaterThan(1000)
    const ours = new Map<string, string[]>()
    for (let year = 1950; year <= 2050; year++) for (const one of publicHolidays(year)) ours.set(one.first, [...(ours.get(one.first) ?? []), one.name])
    // Two may fall on one day, of which the table names one (Ascension on 8 May or 1 May).
    for (const [date = '', , name = ''] of official) expect(ours.get(date), date).toContain(words[name])
    const known = new Set(official.map(([date]) => date))
    const last = [...known].sort().at(-1) ?? ''
    for (const date of ours.keys()) if (date <= last) expect(known.has(date), date).toBe(true)
  })
})

describe('school holidays', () => {
  it.skipIf(!present)('are those of the official calendar of the three zones, as far as both go', () => {
    const words: Readonly<Record<string, string>> = {
      'Vacances de la Toussaint': 'school_autumn', 'Vacances de Noël': 'school_christmas', 'Vacances d\'hiver': 'school_winter', 'Vacances de printemps': 'school_spring', 'Vacances d\'été': 'school_summer',
    }
    const official = linesOf('vacances_scolaires.csv').filter(([date = '']) => date >= '2023-10-01' && date <= '2026-08-31')
    expect(official.length).toBeGreaterThan(1000)
    for (const [place, zone] of schoolZones.entries()) {
      const ours = schoolHolidays(zone)
      for (const row of official) {
        const [date = ''] = row
        const told = ours.find(({ first, last }) => first <= date && date <= last)?.name ?? null
        expect(told, `${zone} ${date}`).toBe(row[place + 1] === 'True' ? words[row[4] ?? ''] : null)
      }
    }
  })

  it('follow each other without overlap in every zone', () => {
    for (const zone of schoolZones) {
      const all = schoolHolidays(zone)
      for (const [index, one] of all.entries()) {
        expect(one.first <= one.last).toBe(true)
        if (index > 0) expect(one.first > (all[index - 1]?.last ?? '')).toBe(true)
      }
    }
  })
})

describe('the holidays of a window', () => {
  it('are those that have a day in it, both ends included', () => {
    const of = (first: string, last: string, zone: 'A' | 'B' | 'C' | null = null): string[] => holidaysBetween(day(first), day(last), 'Europe/Paris', zone).map(({ name }) => name)
    expect(of('2026-05-01', '2026-05-01')).toEqual(['labour_day'])
    expect(of('2026-05-02', '2026-05-07')).toEqual([])
    expect(of('2026-12-25', '2027-01-01')).toEqual(['christmas', 'new_year'])
    expect(of('2026-02-22', '2026-02-22', 'A')).toEqual(['school_winter'])
    expect(of('2026-02-23', '2026-02-23', 'A')).toEqual([])
    expect(of('2026-02-23', '2026-02-23', 'C')).toEqual(['school_winter'])
    for (let date = day('2025-09-01'); date <= '2026-08-30'; date = addDays(date, 1))
      for (const zone of schoolZones) expect(of(date, date, zone)).toEqual([...publicHolidays(Number(date.slice(0, 4))), ...schoolHolidays(zone)].filter((one) => one.first <= date && date <= one.last).sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)).map(({ name }) => name))
  })

  it('are none where the project is not at the time of Paris', () => {
    expect(holidaysBetween(day('2026-01-01'), day('2026-12-31'), 'Europe/Brussels', 'A')).toEqual([])
  })

  it('have each a name to be shown under', () => {
    for (const name of [...publicHolidayNames, ...schoolHolidayNames]) expect(fr).toHaveProperty([`holiday.${name}`])
  })
})
