/**
 * Days off in France: public holidays, computed (Code du travail, article L. 3133-1), and school holidays, dated data. The two more days of
 * Alsace-Moselle (Good Friday, 26 December) and those of the overseas departments are not told: no setting of a project says that it works there.
 */
import { z } from 'zod'
import { addDays, isLocalDate, type LocalDate } from '../../../kernel/instants.ts'
import { schoolZones } from '../model.ts'
import { easterSunday } from './easter.ts'
import schoolData from './school-holidays.json' with { type: 'json' }

/** Keys of the words of holidays. */
export const publicHolidayNames = [
  'new_year', 'easter_monday', 'labour_day', 'victory_1945', 'ascension', 'whit_monday', 'national_day', 'assumption', 'all_saints', 'armistice_1918', 'christmas',
] as const
export const schoolHolidayNames = ['school_autumn', 'school_christmas', 'school_winter', 'school_spring', 'school_summer'] as const
export type HolidayName = (typeof publicHolidayNames)[number] | (typeof schoolHolidayNames)[number]
export type SchoolZone = (typeof schoolZones)[number]

/** Both ends included. */
export interface Holiday {
  kind: 'public' | 'school'
  name: HolidayName
  first: LocalDate
  last: LocalDate
}

const date = z.custom<LocalDate>(isLocalDate, 'a calendar date, 2027-06-18')
const school = z.strictObject({
  source: z.string(), about: z.string(),
  zones: z.record(z.enum(schoolZones), z.array(z.tuple([z.enum(schoolHolidayNames), date, date]))),
}).parse(schoolData)

/** The eleven public holidays of a year, in their order. */
export function publicHolidays(year: number): Holiday[] {
  const easter = easterSunday(year)
  const days: readonly (readonly [HolidayName, string])[] = [
    ['new_year', `${year}-01-01`], ['easter_monday', addDays(easter, 1)], ['labour_day', `${year}-05-01`], ['victory_1945', `${year}-05-08`], ['ascension', addDays(easter, 39)],
    ['whit_monday', addDays(easter, 50)], ['national_day', `${year}-07-14`], ['assumption', `${year}-08-15`], ['all_saints', `${year}-11-01`], ['armistice_1918', `${year}-11-11`],
    ['christmas', `${year}-12-25`],
  ]
  return days.map(([name, day]) => ({ kind: 'public' as const, name, first: day as LocalDate, last: day as LocalDate })).sort((a, b) => (a.first < b.first ? -1 : 1))
}

export const schoolHolidays = (zone: SchoolZone): Holiday[] => school.zones[zone].map(([name, first, last]) => ({ kind: 'school', name, first, last }))

/**
 * Holidays that have a day between two dates (both included), in order of their first day. Only a project of the zone Europe/Paris has any:
 * the days of other countries are not known here.
 */
export function holidaysBetween(first: LocalDate, last: LocalDate, zone: string, schoolZone: SchoolZone | null): Holiday[] {
  if (zone !== 'Europe/Paris') return []
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 }, (_, place) => Number(first.slice(0, 4)) + place)
  return [...years.flatMap(publicHolidays), ...(schoolZone === null ? [] : schoolHolidays(schoolZone))]
    .filter((one) => one.first <= last && one.last >= first)
    .sort((a, b) => (a.first === b.first ? 0 : a.first < b.first ? -1 : 1))
}
