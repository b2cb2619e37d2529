/**
 * What every command owes once it has written, wherever it runs: the laws between rows hold, and a record whose state does not allow the
 * operation (what `can` leaves out) was not written. Asked last, so that a handler's own refusal, which says more, comes first, and so
 * that doing again what is done already stays no change.
 */
import { detail, refuseFor } from '../domain/errors.ts'
import type { AnyOperation } from '../domain/operation.ts'
import { entityNamed } from '../domain/registry.ts'
import type { OpenTransaction } from '../store/transaction.ts'
import type { AnyHandler, CoreHandler } from './core-handler.ts'

type Loose = Readonly<Record<string, unknown>>

/** Records named by the input whose state, before the command, does not allow it. */
async function notAllowing({ possible, target }: AnyOperation, tx: OpenTransaction, input: unknown): Promise<{ rows: Loose[]; named: ReadonlySet<string> }> {
  if (!possible || target.kind !== 'rows') return { rows: [], named: new Set() }
  const ids = [...new Set(target.ids(input))]
  const rows: Loose[] = await tx.find(entityNamed(target.entity), { id: ids }, { removed: true })
  return { rows: rows.filter((row) => !possible(row)), named: new Set(ids) }
}

export function lawful(handler: AnyHandler): AnyHandler {
  const { operation } = handler
  if ('compose' in handler || operation.kind === 'query') return handler
  // What the core lends to a plain handler is an open transaction too.
  const run: CoreHandler['run'] = handler.run
  return {
    operation,
    async run(tx: OpenTransaction, input, inner) {
      const { rows, named } = await notAllowing(operation, tx, input)
      const output = await run(tx, input, inner)
      const written = new Set(tx.writes().map(({ id }) => String(id)))
      const beyond = [...written].some((id) => !named.has(id))
      const wrong = rows.filter((row) => beyond || written.has(String(row['id'])))
      if (wrong.length > 0 && operation.target.kind === 'rows')
        throw refuseFor(operation.target.entity, 'transition_rejected', ...wrong.slice(0, 20).map((row) => detail('id', 'state', null, String(row['status'] ?? row['state'] ?? row['id']))))
      await tx.checkLaws()
      return output
    },
  }
}
