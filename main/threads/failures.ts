/** Failures cross a thread as plain data, for a clone of an error forgets its class: a full disk must still be said as one. */
import { Refusal, type Failure } from '../../shared/kernel/result.ts'
import { fromSystem, StoreError, type StoreProblem } from '../../shared/store/engine.ts'

export type PackedFailure =
  | { kind: 'refusal'; failure: Failure }
  | { kind: 'store'; problem: StoreProblem; object: string | null; cause: string }
  | { kind: 'error'; message: string; stack: string | undefined }

/** A full or locked disk is said by the system's own code, which does not cross: it is put in the store's words first. */
export function packed(thrown: unknown): PackedFailure {
  const error = fromSystem(thrown)
  if (error instanceof Refusal) return { kind: 'refusal', failure: error.failure }
  if (error instanceof StoreError) return { kind: 'store', problem: error.problem, object: error.object, cause: error.cause instanceof Error ? error.cause.message : String(error.cause) }
  return error instanceof Error ? { kind: 'error', message: error.message, stack: error.stack } : { kind: 'error', message: String(error), stack: undefined }
}

export function unpacked(failure: PackedFailure): Error {
  switch (failure.kind) {
    case 'refusal':
      return new Refusal(failure.failure)
    case 'store':
      return new StoreError(failure.problem, failure.object, new Error(failure.cause))
    case 'error': {
      const error = new Error(failure.message)
      if (failure.stack !== undefined) error.stack = failure.stack
      return error
    }
  }
}
