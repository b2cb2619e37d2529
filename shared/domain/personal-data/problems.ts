/**
 * What is wrong with a number that a person typed or pasted. A problem never holds the number nor a part that would give it away: it
 * travels to screens, logs and the audit. It says where (a place counted from 1 in the number without its spaces) and which form was expected.
 */
import { failure, success, type Result } from '../../kernel/result.ts'

export interface NumberProblem<Issue extends string> {
  /** `nir.month`: translated by whoever shows it. */
  issue: Issue
  /** First character concerned, from 1, in the number without spaces and marks; null: the whole. */
  at: number | null
  /** The form in plain signs, the same in every language: `15`, `01-12`, a key of two digits. */
  expected: string
}

export type NumberResult<Value, Issue extends string> = Result<Value, NumberProblem<Issue>>

export const accepted = <Value>(value: Value): Result<Value, never> => success(value)
export const wrong = <Issue extends string>(issue: Issue, at: number | null, expected: string): Result<never, NumberProblem<Issue>> => failure({ issue, at, expected })

/**
 * What people paste, without what is only there to be read: spaces of every kind, dots, hyphens, invisible marks; in capitals. Digits of
 * other widths (as PDFs give them) become plain ones. Whatever else was typed stays, to be told.
 */
export const plainNumber = (typed: string): string => typed.normalize('NFKC').replace(/[\s.\-‐-―·/\u200b-\u200f\u2060\ufeff]/gu, '').toUpperCase()

/** Remainder by 97 of a number of any length, given by its digits. */
export const remainder97 = (digits: string): number => [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0)

export const twoDigits = (value: number): string => String(value).padStart(2, '0')
