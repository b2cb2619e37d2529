/** Commands that wait for a decision of a person, or of everybody. */
import { undo } from '../domain/audit/operations.ts'
import type { Reader } from '../domain/operation.ts'
import { mostKept } from '../domain/sync/operations.ts'
import type { KeptSummary } from '../domain/sync/states.ts'
import { keptCommands, type LoggedCommand } from '../store/command-log.ts'
import type { Inner } from './core-handler.ts'
import { isOwnWork, openLogged, summariesOf, type OpenedCommand } from './kept-open.ts'

/** Work that asks for a decision. The undo of a command that was not applied closes with it (rule 28). */
const isToDecide = (one: LoggedCommand): boolean => isOwnWork(one) && !(one.name === undo.name && one.outcome === 'blocked')

export async function openKeptSummaries(reader: Reader, { engine, org, person, keys }: Inner, of: 'own' | 'everyone'): Promise<KeptSummary[]> {
  const logged = (await keptCommands(engine, org, of === 'own' ? person.user_id : null, 'open', mostKept)).filter(isToDecide)
  const opened: OpenedCommand[] = []
  for (const one of logged) opened.push(await openLogged(one, null, keys))
  return summariesOf(opened, reader, person)
}

/** Rows that are in dispute between what this person entered and what stands: of their own commands, which they alone can settle. */
export async function rowsInDispute({ engine, org, person }: Inner): Promise<{ entity: string; id: string; command: string }[]> {
  const logged = await keptCommands(engine, org, person.user_id, 'open', mostKept)
  return logged.flatMap(({ id: command, outcome, record }) => (outcome === 'conflict' ? record.rows.map(({ entity, id }) => ({ entity, id, command })) : []))
}
