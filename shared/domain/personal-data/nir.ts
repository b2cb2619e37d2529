/**
 * The French social-security number (NIR): 13 characters and a key of two digits. Its content is known from INSEE's publications: sex, year,
 * month, department (2A and 2B in Corsica), commune or country, order in the register. It is not unique (two people born a hundred
 * years apart may share it), so it never serves as a key of anything.
 */
import type { LocalDate } from '../../kernel/instants.ts'
import { accepted, plainNumber, remainder97, twoDigits, wrong, type NumberProblem, type NumberResult } from './problems.ts'

export const nirIssues = ['nir.empty', 'nir.character', 'nir.length', 'nir.key_missing', 'nir.sex', 'nir.month', 'nir.department', 'nir.order', 'nir.key'] as const
export type NirIssue = (typeof nirIssues)[number]

export const nirWarnings = ['nir.birth_year', 'nir.birth_month', 'nir.temporary'] as const
export type NirWarning = (typeof nirWarnings)[number]

export interface Nir {
  /** 15 characters, capitals, no space. */
  number: string
  /** Two digits. */
  key: string
  /** Given while the person's registration is not finished: another number will follow. */
  temporary: boolean
  /** Two digits: the century is not in the number. */
  birth_year: string
  /** 1 to 12; null: the act of birth did not say it (20 to 42, 50 to 99). */
  birth_month: number | null
  born: 'france' | 'corsica' | 'overseas' | 'abroad'
}

const BODY = 13
const WHOLE = 15

/** The 13 characters as the number that the key is worked out from: Corsica's letters stand for 19 and 18. */
const keyDigits = (body: string): string => body.slice(0, 5) + body.slice(5, 7).replace('2A', '19').replace('2B', '18') + body.slice(7)

/** The key of 13 characters that are digits, or digits with 2A or 2B: 97 less the remainder by 97, from `01` to `97`. */
export const nirKey = (body: string): string => twoDigits(97 - remainder97(keyDigits(body)))

const months = '01-12, 20-42, 50-99'
const isMonth = (month: number): boolean => (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50

/** 97 and 98 are overseas (a third digit tells which), 91 to 96 also stood for the Maghreb before independence, 20 for Corsica before 1976. */
const isDepartment = (code: string): boolean => code === '2A' || code === '2B' || /^(?:0[1-9]|[1-8]\d|9[0-9])$/.test(code)

const bornIn = (code: string): Nir['born'] => (code === '99' ? 'abroad' : code === '97' || code === '98' ? 'overseas' : code === '2A' || code === '2B' ? 'corsica' : 'france')

/**
 * Reads a number as typed or pasted. Refuses with the first thing that is wrong, from the coarsest to the finest; an unknown key is told
 * with the one that the 13 characters give (`expected`), which is right only if these are.
 */
export function readNir(typed: string): NumberResult<Nir, NirIssue> {
  const number = plainNumber(typed)
  if (number === '') return wrong('nir.empty', null, String(WHOLE))
  const stray = [...number].findIndex((sign, index) => !(/\d/.test(sign) || (index === 6 && number[5] === '2' && /[AB]/.test(sign))))
  if (stray !== -1) return wrong('nir.character', stray + 1, stray === 6 ? '0-9, 2A, 2B' : '0-9')
  if (number.length !== WHOLE && number.length !== BODY) return wrong('nir.length', null, String(WHOLE))
  if (!/^[123478]/.test(number)) return wrong('nir.sex', 1, '1, 2, 3, 4, 7, 8')
  const month = Number(number.slice(3, 5))
  if (!isMonth(month)) return wrong('nir.month', 4, months)
  const department = number.slice(5, 7)
  if (!isDepartment(department)) return wrong('nir.department', 6, '01-95, 2A, 2B, 96-99')
  if (number.slice(10, 13) === '000') return wrong('nir.order', 11, '001-999')
  const key = nirKey(number.slice(0, BODY))
  if (number.length === BODY) return wrong('nir.key_missing', 14, key)
  if (number.slice(BODY) !== key) return wrong('nir.key', 14, key)
  return accepted({
    number, key, temporary: !/^[12]/.test(number), birth_year: number.slice(1, 3), birth_month: month <= 12 ? month : null, born: bornIn(department),
  })
}

/**
 * What a right number says otherwise than what is known of the person: to be looked at, never refused (acts of birth are corrected, dates
 * are mistyped, a temporary number is replaced).
 */
export function nirWarningsOf(nir: Nir, person: { birth_date: LocalDate | null }): NumberProblem<NirWarning>[] {
  const found: NumberProblem<NirWarning>[] = []
  if (person.birth_date !== null) {
    const [year = '', month = ''] = person.birth_date.split('-')
    if (year.slice(2) !== nir.birth_year) found.push({ issue: 'nir.birth_year', at: 2, expected: year.slice(2) })
    if (nir.birth_month !== null && Number(month) !== nir.birth_month) found.push({ issue: 'nir.birth_month', at: 4, expected: month })
  }
  if (nir.temporary) found.push({ issue: 'nir.temporary', at: 1, expected: '1, 2' })
  return found
}
