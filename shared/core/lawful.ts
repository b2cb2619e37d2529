/** What every command owes when it has written, wherever it runs: the laws between rows hold, or nothing is kept. */
import type { OpenTransaction } from '../store/transaction.ts'
import type { AnyHandler, CoreHandler } from './core-handler.ts'

export function lawful(handler: AnyHandler): AnyHandler {
  if ('compose' in handler || handler.operation.kind === 'query') return handler
  // What the core lends to a plain handler is an open transaction too.
  const run = handler.run as CoreHandler['run']
  return {
    operation: handler.operation,
    async run(tx: OpenTransaction, input, inner) {
      const output = await run(tx, input, inner)
      await tx.checkLaws()
      return output
    },
  }
}
