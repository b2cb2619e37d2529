/** Refusals as the one envelope, whatever went wrong, with the request's own id. */
import { describeError, refuse } from '../../shared/domain/errors.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { Refusal, type ErrorEnvelope, type Failure } from '../../shared/kernel/result.ts'
import { StoreError } from '../../shared/store/engine.ts'

const CODES = { full: 'server.storage_full', read_only: 'storage.read_only', damaged: 'storage.damaged', failed: 'storage.failed', reference: 'validation.reference', unique: 'record.taken', append_only: 'server.unexpected', unavailable: 'storage.unavailable' } as const

/** What the network and PostgreSQL say when no database answers (SQLSTATE classes 08, 53, 57); a database without room (53100) does answer. */
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOENT|08...|53(?!100)...|57P..)$/
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && AWAY.test(error.code)) return true
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message) || (error.cause !== undefined && error.cause !== error && isAway(error.cause))
}

/** `known`: false when it is a bug or an outage, to be reported. */
export function failureOf(error: unknown): { failure: Failure; known: boolean } {
  if (error instanceof Refusal) return { failure: error.failure, known: true }
  if (error instanceof StoreError && !isAway(error)) return { failure: refuse(CODES[error.problem]).failure, known: false }
  if (isAway(error)) return { failure: refuse('storage.unavailable').failure, known: false }
  return { failure: refuse('server.unexpected').failure, known: false }
}

export const statusOf = (code: string): number => describeError(code).status

export function envelope(failure: Failure, request_id: string, timestamp: Instant): ErrorEnvelope {
  return { error: { ...failure, request_id, timestamp } }
}
