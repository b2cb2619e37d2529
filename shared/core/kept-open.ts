/** Commands that were not applied, opened as far as the asking person may read them. */
import type { Reader } from '../domain/operation.ts'
import { member } from '../domain/organization/model.ts'
import { entities } from '../domain/registry.ts'
import { syncDecision } from '../domain/sync/model.ts'
import type { KeptSummary } from '../domain/sync/states.ts'
import { refuseFor, detail } from '../domain/errors.ts'
import type { Row } from '../domain/entity.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import { findCommand, type LoggedCommand } from '../store/command-log.ts'
import type { PersonKeys } from '../store/sealing.ts'
import { sameValue, type CommandRecord, type RecordedRow } from '../store/write-set.ts'
import { isConsequenceRow, partInConflict, rowsInReason, splitIdOf } from './bulk-split.ts'
import type { Inner } from './core-handler.ts'
import { readableBy } from './lens.ts'
import { formOf } from './kept-form.ts'
import { keyOfRow, rowsNamed, titlesOf, type Titled } from './kept-titles.ts'
import { openInput, openRecord } from './sealed-record.ts'
import type { Person } from './session.ts'

type Loose = Readonly<Record<string, unknown>>
export type DecisionRow = Row<typeof syncDecision>

/** Decisions themselves are no work of their own: while one does not count, what it was about is open. */
export const isOwnWork = ({ name }: Pick<LoggedCommand, 'name'>): boolean => name !== 'sync.decide'

/** May the person see that this command is kept? Its author, and who manages members. */
export const mayKnowOf = (person: Person, { actor }: Pick<LoggedCommand, 'actor'>): boolean => actor === person.user_id || person.may('org:members', null)

export interface OpenedCommand {
  logged: LoggedCommand
  /** Without consequences, about which nobody decides. Null: a person it speaks of was erased. */
  record: CommandRecord | null
  consequences: readonly RecordedRow[]
  /** As it was given. */
  input: Json | null
  /** As it would be issued again, before values are chosen. */
  again: { name: string; input: Json } | null
  decision: DecisionRow | null
}

export async function openKept(id: string, reader: Reader, { engine, org, person, keys }: Inner): Promise<OpenedCommand> {
  const logged = await findCommand(engine, org, id)
  if (!logged || logged.outcome === 'applied' || !isOwnWork(logged) || !mayKnowOf(person, logged)) throw refuseFor('command', 'not_found', detail('id', 'not_found', null, id))
  const opened = await openLogged(logged, await decisionOf(reader, id), keys)
  return (await findCommand(engine, org, splitIdOf(org, logged.actor, id))) ? withoutDone(opened) : opened
}

/** Of a bulk command whose other rows were done at once (rule 29), what is left to decide. */
function withoutDone(opened: OpenedCommand): OpenedCommand {
  const { logged, record, consequences, input } = opened
  const left = record && partInConflict({ input, record: { rows: [...record.rows, ...consequences] } }, rowsInReason(logged.answer))
  return left ? partsOf(logged, left, opened.decision) : opened
}

function partsOf(logged: LoggedCommand, { input, record: whole }: { input: Json | null; record: CommandRecord | null }, decision: DecisionRow | null): OpenedCommand {
  const record = whole && { rows: whole.rows.filter((row) => !isConsequenceRow(row)) }
  const consequences = whole?.rows.filter(isConsequenceRow) ?? []
  return { logged, record, consequences, input, again: formOf(logged.name, input, record), decision }
}

export async function openLogged(logged: LoggedCommand, decision: DecisionRow | null, keys: PersonKeys): Promise<OpenedCommand> {
  return partsOf(logged, { input: (await openInput(logged.input, keys)) ?? null, record: await openRecord(logged.record, keys) }, decision)
}

export async function decisionOf(reader: Reader, id: string): Promise<DecisionRow | null> {
  const [found] = await reader.find(syncDecision, { kept_command_id: id })
  return found ?? null
}

/** Fields that are compared and chosen as one. */
export const unitOf = (entity: string, field: string): readonly string[] => entities.get(entity)?.units.find((unit) => unit.includes(field)) ?? [field]

/** The row a command is about: the first of the kind it is named after (what hangs on a removed row goes before it), else the first it wrote. */
const aboutRow = (name: string, record: CommandRecord): RecordedRow | null => record.rows.find(({ entity }) => entity === name.split('.')[0]) ?? record.rows[0] ?? null

const valuesOf = (row: RecordedRow): Loose => ({ id: row.id, ...Object.fromEntries(Object.entries(row.fields).map(([name, cell]) => [name, cell.mine])) })

/** Rows that commands are about, named; of a row that was never made, what it would have been, for its author. */
export async function aboutOf(reader: Reader, commands: readonly { id: string; name: string; record: CommandRecord | null; own: boolean }[]): Promise<Map<string, { entity: string; id: Id } & Titled>> {
  const about = commands.flatMap(({ id, name, record, own }) => {
    const row = record && aboutRow(name, record)
    return row ? [{ command: id, row, own }] : []
  })
  const rows = await rowsNamed(reader, about.map(({ row }) => row))
  const shown = about.flatMap(({ command, row, own }) => {
    const stands = rows.get(keyOfRow(row)) ?? (own && row.op === 'insert' ? valuesOf(row) : undefined)
    return stands ? [{ command, entity: row.entity, row: stands }] : []
  })
  const titles = await titlesOf(reader, shown)
  const found = new Map<string, { entity: string; id: Id } & Titled>()
  for (const { command, entity, row } of shown) {
    const titled = titles.get(keyOfRow({ entity, id: String(row['id']) }))
    if (titled) found.set(command, { entity, id: String(row['id']) as Id, ...titled })
  }
  return found
}

/** Why it was not applied, in one word: `value`, a refusal's code, the command it was blocked by. */
export function whyOf({ outcome, answer }: Pick<LoggedCommand, 'outcome' | 'answer'>): string {
  const reason = typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer : {}
  const failure = reason['failure']
  const code = typeof failure === 'object' && failure !== null && !Array.isArray(failure) ? failure['code'] : undefined
  const said = outcome === 'conflict' ? reason['why'] : outcome === 'blocked' ? reason['by'] : code
  return typeof said === 'string' ? said : outcome
}

/** Fields of a recorded row as they stand, by unit: whether mine is there, the base is there, or a third value. */
export function standing(row: RecordedRow, now: Loose | null): { unit: string[]; state: 'base' | 'mine' | 'other' }[] {
  const seen = new Set<string>()
  return Object.keys(row.fields).flatMap((name) => {
    if (seen.has(name)) return []
    const unit = unitOf(row.entity, name).filter((one) => row.fields[one])
    for (const one of unit) seen.add(one)
    const all = (side: 'base' | 'mine'): boolean => unit.every((one) => sameValue(now?.[one] ?? null, row.fields[one]?.[side] ?? null))
    return [{ unit, state: all('mine') ? 'mine' : all('base') ? 'base' : 'other' }] as const
  })
}

/** How many choices it asks for. */
export function choicesIn(record: CommandRecord | null, rows: ReadonlyMap<string, Loose>): number {
  return (record?.rows ?? []).reduce((sum, row) => {
    const now = rows.get(keyOfRow(row)) ?? null
    if (row.op === 'insert' || row.op === 'restore' || now === null) return sum
    if (row.op === 'remove' || now['deleted_at'] !== null) return sum + (now['deleted_at'] === null ? 1 : row.op === 'update' ? 1 : 0)
    return sum + standing(row, now).filter(({ state }) => state === 'other').length
  }, 0)
}

/** Names of people with a sign-in, by the id of that. */
export async function namesOfUsers(reader: Reader): Promise<Map<string, string>> {
  return new Map((await reader.find(member, {}, { removed: true })).flatMap((one) => (one.user_id === null ? [] : [[one.user_id as string, one.name] as const])))
}

/** The person may read every value of the command: only then may they take it over (rule 28). */
export function readsAllOf(person: Person, record: CommandRecord, rows: ReadonlyMap<string, Loose>): boolean {
  return record.rows.every((row) => {
    const entity = entities.get(row.entity)
    const now = rows.get(keyOfRow(row)) ?? (row.op === 'insert' ? valuesOf(row) : null)
    return entity !== undefined && now !== null && Object.keys(row.fields).every((name) => !entity.fields[name] || readableBy(person, entity, now, name))
  })
}

export async function summariesOf(opened: readonly OpenedCommand[], reader: Reader, person: Person): Promise<KeptSummary[]> {
  const users = await namesOfUsers(reader)
  const titled = await aboutOf(reader, opened.map(({ logged, record }) => ({ id: logged.id, name: logged.name, record, own: logged.actor === person.user_id })))
  const rows = await rowsNamed(reader, opened.flatMap(({ record }) => record?.rows ?? []))
  return opened.map(({ logged, record, decision }) => {
    const about = titled.get(logged.id)
    return {
      id: logged.id, name: logged.name, outcome: logged.outcome as KeptSummary['outcome'], why: logged.outcome === 'conflict' && record?.rows.some(({ op }) => op === 'remove') && whyOf(logged) === 'value' ? 'removed' : whyOf(logged),
      issued_at: logged.issued_at, issuer: logged.actor as Id,
      issuer_name: users.get(logged.actor) ?? '', mine: logged.actor === person.user_id,
      about: about ? { entity: about.entity, id: about.id, title: about.title, project_id: about.project_id, starts_at: about.starts_at } : null,
      fields: logged.outcome === 'conflict' ? choicesIn(record, rows) : 0,
      decided: decision && { decision: decision.decision, by: users.get(decision.created_by) ?? '', at: decision.created_at, id: decision.id },
    }
  })
}
