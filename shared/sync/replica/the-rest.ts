/**
 * Bulk (sync rule 29): of my command in conflict, the rows that nobody else touched are done at once, by another command of the same group
 * and seed; the command itself stays kept for the others. Asked again, it is the same command: nothing is done twice.
 */
import { rowsInReason, splitBulk, splitKey } from '../../core/bulk-split.ts'
import type { Id } from '../../kernel/ids.ts'
import { findCommand } from '../../store/command-log.ts'
import { findSettled } from '../../store/replica-store.ts'
import type { WireCommand } from '../wire.ts'
import type { Performer } from './perform.ts'

export async function doTheRest({ engine, org, core, session }: Performer, id: Id): Promise<void> {
  const settled = await findSettled(engine, org, id)
  if (settled?.outcome !== 'conflict' || settled.command === '') return
  const logged = await findCommand(engine, org, id)
  if (!logged) return
  const command = JSON.parse(settled.command) as WireCommand
  const rest = splitBulk({ input: command.input, record: command.record }, rowsInReason(logged.answer))
  if (!rest) return
  // Refused by what stands now: the whole command is kept, and its person decides.
  await core.execute({ name: command.name, input: rest.input, id: splitKey(id), correlation_id: command.correlation_id, group_id: command.group_id ?? undefined, seed: command.seed }, session)
}
