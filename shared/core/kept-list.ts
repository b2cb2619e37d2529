/** Commands that wait for a decision of a person, or of everybody. */
import { undo } from '../domain/audit/operations.ts'
import type { Reader } from '../domain/operation.ts'
import { mostKept } from '../domain/sync/operations.ts'
import type { KeptSummary } from '../domain/sync/states.ts'
import { keptCommands, type LoggedCommand } from '../store/command-log.ts'
import { isConsequenceRow } from './bulk-split.ts'
import type { Inner } from './core-handler.ts'
import { isOwnWork, openLogged, summariesOf, whyOf, type OpenedCommand } from './kept-open.ts'

/** Work that asks for a decision. The undo of a command that was not applied closes with it (rule 28). */
const isToDecide = (one: Pick<LoggedCommand, 'name' | 'outcome'>): boolean => isOwnWork(one) && !(one.name === undo.name && one.outcome === 'blocked')

/** Of kept commands, those that ask for a decision of their own: what is blocked behind another of them follows what is decided about that one. */
export function ownDecisions<Kept extends Pick<LoggedCommand, 'id' | 'name' | 'outcome' | 'answer'>>(kept: readonly Kept[]): Kept[] {
  const open = new Set<string>(kept.map(({ id }) => id))
  return kept.filter((one) => isToDecide(one) && !(one.outcome === 'blocked' && open.has(whyOf(one))))
}

/** A person's open decisions in numbers. `rejected_rights`: of the refused, those refused for want of a right. */
export function countDecisions(kept: readonly Pick<LoggedCommand, 'id' | 'name' | 'outcome' | 'answer'>[]): { conflicts: number; rejected: number; rejected_rights: number } {
  const own = ownDecisions(kept)
  const refused = own.filter(({ outcome }) => outcome === 'rejected')
  return { conflicts: own.length - refused.length, rejected: refused.length, rejected_rights: refused.filter((one) => whyOf(one).startsWith('auth.')).length }
}

export async function openKeptSummaries(reader: Reader, { engine, org, person, keys }: Inner, of: 'own' | 'everyone'): Promise<KeptSummary[]> {
  const logged = (await keptCommands(engine, org, of === 'own' ? person.user_id : null, 'open', mostKept)).filter(isToDecide)
  const opened: OpenedCommand[] = []
  for (const one of logged) opened.push(await openLogged(one, null, keys))
  return summariesOf(opened, reader, person)
}

/** Rows that are in dispute between what this person entered and what stands: of their own commands, which they alone can settle. */
export async function rowsInDispute({ engine, org, person }: Inner): Promise<{ entity: string; id: string; command: string }[]> {
  const logged = await keptCommands(engine, org, person.user_id, 'open', mostKept)
  return logged.flatMap(({ id: command, outcome, record }) => (outcome === 'conflict' ? record.rows.filter((row) => !isConsequenceRow(row)).map(({ entity, id }) => ({ entity, id, command })) : []))
}
