import { CallFailure } from '../app/client.ts'

/** What the screen itself finds missing before asking, in the shape of a refusal: shown the same way, at the same fields. */
export const missingFields = (...fields: readonly string[]): CallFailure =>
  new CallFailure('validation.invalid', 'Fields are missing.', fields.map((field) => ({ field, issue: 'required', expected: null, found: null })))

export const missingDays = (first: string | null, last: string | null): CallFailure =>
  missingFields(...[first ? null : 'start_at', last ? null : 'end_at'].filter((field) => field !== null))
