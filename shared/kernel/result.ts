/** Errors are values at the boundaries; exceptions are for bugs, except `Refusal`, which unwinds a transaction. */

export interface ErrorDetail {
  /** Path of the field in the input, `rows.3.start_at`; null when the whole call is meant. */
  field: string | null
  /** Stable word for the kind of issue, `required`, `too_long`, `overlaps`. */
  issue: string
  expected?: string | null
  found?: string | null
}

export interface Failure {
  code: string
  message: string
  details: ErrorDetail[]
}

/** The one error envelope, the same over IPC and HTTP. */
export interface ErrorEnvelope {
  error: Failure & { request_id: string; timestamp: string }
}

export type Result<T, E = Failure> = { ok: true; value: T } | { ok: false; error: E }

export const success = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const failure = <E>(error: E): Result<never, E> => ({ ok: false, error })

/** Thrown inside a transaction to roll it back with a declared error; `execute` turns it into an answer. */
export class Refusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(`${failure.code}: ${failure.message}`)
    this.name = 'Refusal'
    this.failure = failure
  }
}

export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
