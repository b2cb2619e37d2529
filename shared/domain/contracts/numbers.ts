/**
 * Numbers that a contract of a show cites: only their form can be checked, their keys are not published.
 */
import { failure, success, type Result } from '../../kernel/result.ts'
import { plainNumber } from '../personal-data/problems.ts'

export type ObjectNumberIssue = 'object_number.length' | 'object_number.year' | 'object_number.form'

/**
 * Numéro d'objet, 12 characters: year (2 digits), agreement (1), kind of show (1, a letter as a rule), sequence (6), key (2). Answers it in capitals
 * without spaces; nothing proves that it was given.
 */
export function readObjectNumber(typed: string): Result<string, ObjectNumberIssue> {
  const number = plainNumber(typed)
  if (number.length !== 12) return failure('object_number.length')
  if (!/^\d{2}/.test(number)) return failure('object_number.year')
  return /^\d{2}[0-9A-Z]{2}\d{6}[0-9A-Z]{2}$/.test(number) ? success(number) : failure('object_number.form')
}

export interface Licence {
  /** As printed on posters. */
  number: string
  /** `platform`: given since the declarations are made on line; `receipt`: its short writing; `former`: before October 2019, five years at most. */
  form: 'platform' | 'receipt' | 'former'
  /** Year of the declaration, where the number says it. */
  year: number | null
  /** 1 venue, 2 producer, 3 diffuser, where the number says it. */
  category: 1 | 2 | 3 | null
}

/** Number of an entertainment licence: `PLATESV-R-2024-000123`, `L-R-24-123`, `2-1054321`. Other writings are refused: it is to be looked at. */
export function readLicence(typed: string): Result<Licence, 'licence.form'> {
  const number = typed.normalize('NFKC').trim().toUpperCase().replace(/\s*[-‐-―]\s*/g, '-').replace(/\s+/g, '')
  const [, year] = /^PLATESV-[RD]-(\d{4})-\d{6}$/.exec(number) ?? []
  if (year !== undefined) return success({ number, form: 'platform', year: Number(year), category: null })
  const [, short] = /^L-[RD]-(\d{2})-\d{1,6}$/.exec(number) ?? []
  if (short !== undefined) return success({ number, form: 'receipt', year: 2000 + Number(short), category: null })
  const [, category] = /^([123])-\d{6,7}$/.exec(number) ?? []
  if (category !== undefined) return success({ number, form: 'former', year: null, category: Number(category) as 1 | 2 | 3 })
  return failure('licence.form')
}
