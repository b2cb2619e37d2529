/**
 * Every command of the organization with its frozen record (sync rules 3 and 15): what undo uses now and sync will send later.
 * Inputs and records never change; personal values in them are sealed.
 */
import { canonicalJson, sha256, type Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { Engine, RawRow } from './engine.ts'
import type { CommandRecord } from './write-set.ts'

export type Outcome = 'applied' | 'conflict' | 'rejected' | 'blocked'

export interface FieldRef {
  entity: string
  id: Id
  field: string
}

export interface LoggedCommand {
  id: Id
  name: string
  /** Version of the operation's input. */
  v: number
  payload_hash: string
  input: Json
  record: CommandRecord
  /** Unsettled commands that wrote a base of this one or made a row it refers to. */
  after: Id[]
  seed: Id
  issued_at: Instant
  actor_kind: string
  actor: string
  device: string
  request_id: string
  correlation_id: string
  group_id: Id | null
  undoes: Id | null
  undoable: boolean
  outcome: Outcome
  /** `merged` when other fields of a written row differ from what the author saw. */
  note: string | null
  /** Fields whose present value was already the one written: it and its last writer stayed (rule 12). */
  converged: readonly FieldRef[]
  answer: Json
}

/** Version of the operations' inputs; older ones will be brought up when there are any. */
export const INPUT_VERSION = 1

/** Hash over what the command is: same name, version and input, same hash. */
export const payloadHash = (name: string, v: number, input: Json): string => sha256(canonicalJson({ name, v, input }))

const columns = [
  'id', 'name', 'v', 'payload_hash', 'input', 'record', 'after', 'seed', 'issued_at', 'actor_kind', 'actor', 'device', 'request_id', 'correlation_id', 'group_id',
  'undoes', 'undoable', 'outcome', 'note', 'converged', 'answer',
] as const
const LIST = columns.map((name) => (name === 'after' ? '"after"' : name)).join(', ')
const INSERT = `INSERT INTO command_log (org_id, seq, ${LIST}) VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM command_log WHERE org_id = ?), ${columns.map(() => '?').join(', ')}) RETURNING seq`

/** Answers its place in the order of commits. */
export async function appendCommand(engine: Engine, org: string, command: LoggedCommand): Promise<number> {
  const [row] = await engine.all(INSERT, [
    org, org, command.id, command.name, command.v, command.payload_hash, JSON.stringify(command.input), JSON.stringify(command.record), JSON.stringify(command.after),
    command.seed, command.issued_at, command.actor_kind, command.actor, command.device, command.request_id, command.correlation_id, command.group_id,
    command.undoes, command.undoable ? 1 : 0, command.outcome, command.note, JSON.stringify(command.converged), JSON.stringify(command.answer),
  ])
  return Number(row?.['seq'])
}

function decode(row: RawRow): LoggedCommand {
  const text = (name: string): string => String(row[name])
  const maybe = (name: string): string | null => (row[name] === null || row[name] === undefined ? null : String(row[name]))
  return {
    id: text('id') as Id, name: text('name'), v: Number(row['v']), payload_hash: text('payload_hash'),
    input: JSON.parse(text('input')) as Json, record: JSON.parse(text('record')) as CommandRecord, after: JSON.parse(text('after')) as Id[],
    seed: text('seed') as Id, issued_at: text('issued_at') as Instant, actor_kind: text('actor_kind'), actor: text('actor'), device: text('device'),
    request_id: text('request_id'), correlation_id: text('correlation_id'), group_id: maybe('group_id') as Id | null, undoes: maybe('undoes') as Id | null,
    undoable: Number(row['undoable']) === 1, outcome: text('outcome') as Outcome, note: maybe('note'), converged: JSON.parse(text('converged')) as FieldRef[], answer: JSON.parse(text('answer')) as Json,
  }
}

export async function findCommand(engine: Engine, org: string, id: string): Promise<LoggedCommand | null> {
  const [row] = await engine.all(`SELECT ${LIST} FROM command_log WHERE org_id = ? AND id = ?`, [org, id])
  return row ? decode(row) : null
}

/** Those of these ids that no command has. */
export async function unknownAmong(engine: Engine, org: string, ids: readonly Id[]): Promise<Set<Id>> {
  const rows = await engine.all(`SELECT id FROM command_log WHERE org_id = ? AND id IN (${engine.dialect === 'sqlite' ? 'SELECT value FROM json_each(?)' : 'SELECT json_array_elements_text(?::json)'})`, [org, JSON.stringify(ids)])
  const unknown = new Set(ids)
  for (const row of rows) unknown.delete(String(row['id']) as Id)
  return unknown
}

/** What became of a command: enough for those that follow from it. */
export type KnownOutcome = Pick<LoggedCommand, 'actor' | 'seed' | 'outcome' | 'converged'>
export async function findOutcome(engine: Engine, org: string, id: string): Promise<KnownOutcome | null> {
  const [row] = await engine.all('SELECT actor, seed, outcome, converged FROM command_log WHERE org_id = ? AND id = ?', [org, id])
  return row ? { actor: String(row['actor']), seed: String(row['seed']) as Id, outcome: String(row['outcome']) as Outcome, converged: JSON.parse(String(row['converged'])) as FieldRef[] } : null
}

/** What was stored for a command id: enough to answer a repeated call. */
export async function findAnswer(engine: Engine, org: string, id: string): Promise<{ payload_hash: string; input: Json; answer: Json } | null> {
  const [row] = await engine.all('SELECT payload_hash, input, answer FROM command_log WHERE org_id = ? AND id = ?', [org, id])
  return row ? { payload_hash: String(row['payload_hash']), input: JSON.parse(String(row['input'])) as Json, answer: JSON.parse(String(row['answer'])) as Json } : null
}

/** Commands that were not applied, oldest first: those no living decision names (`open`), or those decided since an instant. */
export async function keptCommands(engine: Engine, org: string, actor: string | null, which: 'open' | { decidedSince: Instant }, limit: number): Promise<LoggedCommand[]> {
  const decision = 'SELECT 1 FROM sync_decision d WHERE d.org_id = c.org_id AND d.kept_command_id = c.id AND d.deleted_at IS NULL'
  const [where, values] = which === 'open' ? [`NOT EXISTS (${decision})`, []] : [`EXISTS (${decision} AND d.created_at >= ?)`, [which.decidedSince]]
  const rows = await engine.all(
    `SELECT ${LIST} FROM command_log c WHERE c.org_id = ? AND c.outcome <> 'applied' ${actor === null ? '' : 'AND c.actor = ? '}AND ${where} ORDER BY c.seq LIMIT ${limit}`,
    [org, ...(actor === null ? [] : [actor]), ...values])
  return rows.map(decode)
}

/** The last commands of a person that were applied beside what others had written, newest first. */
export async function mergedCommands(engine: Engine, org: string, actor: string, since: Instant, limit: number): Promise<LoggedCommand[]> {
  const rows = await engine.all(`SELECT ${LIST} FROM command_log WHERE org_id = ? AND actor = ? AND note = 'merged' AND issued_at >= ? ORDER BY seq DESC LIMIT ${limit}`, [org, actor, since])
  return rows.map(decode)
}

export async function commandsOfGroup(engine: Engine, org: string, group: string): Promise<LoggedCommand[]> {
  return (await engine.all(`SELECT ${LIST} FROM command_log WHERE org_id = ? AND group_id = ? ORDER BY seq`, [org, group])).map(decode)
}

/** Whether somebody else's commands are in this group already: a gesture is one person's, and is taken back by them as one. */
export async function isGroupOfAnother(engine: Engine, org: string, group: string, actor: string): Promise<boolean> {
  return (await engine.all(`SELECT 1 AS one FROM command_log WHERE org_id = ? AND group_id = ? AND actor <> ? LIMIT 1`, [org, group, actor])).length > 0
}

/** Last commands of a person, newest first, with the applied command that undid each, if any. */
export async function commandsOfActor(engine: Engine, org: string, actor: string, limit: number): Promise<(LoggedCommand & { undone_by: Id | null })[]> {
  const rows = await engine.all(
    `SELECT ${LIST}, (SELECT u.id FROM command_log u WHERE u.org_id = c.org_id AND u.undoes = c.id AND u.outcome = 'applied'
       AND NOT EXISTS (SELECT 1 FROM command_log r WHERE r.org_id = u.org_id AND r.undoes = u.id AND r.outcome = 'applied') LIMIT 1) AS undone_by
     FROM command_log c WHERE org_id = ? AND actor = ? ORDER BY seq DESC LIMIT ?`, [org, actor, limit])
  return rows.map((row) => ({ ...decode(row), undone_by: row['undone_by'] === null ? null : (String(row['undone_by']) as Id) }))
}

/** The command that undid this one and was not itself undone. */
export async function undoneBy(engine: Engine, org: string, id: string): Promise<Id | null> {
  const [row] = await engine.all(
    `SELECT u.id FROM command_log u WHERE u.org_id = ? AND u.undoes = ? AND u.outcome = 'applied'
       AND NOT EXISTS (SELECT 1 FROM command_log r WHERE r.org_id = u.org_id AND r.undoes = u.id AND r.outcome = 'applied') LIMIT 1`, [org, id])
  return row ? (String(row['id']) as Id) : null
}

export interface GroupCommand extends Pick<LoggedCommand, 'id' | 'issued_at' | 'actor' | 'input' | 'answer'> {
  group_id: Id
  undone_by: Id | null
}

/** The last commands of one name that were done, newest first, each with the command that undid it. */
export async function latestCommands(engine: Engine, org: string, name: string, limit: number): Promise<(LoggedCommand & { undone_by: Id | null })[]> {
  const rows = await engine.all(
    `SELECT ${LIST}, (SELECT u.id FROM command_log u WHERE u.org_id = c.org_id AND u.undoes = c.id AND u.outcome = 'applied'
       AND NOT EXISTS (SELECT 1 FROM command_log r WHERE r.org_id = u.org_id AND r.undoes = u.id AND r.outcome = 'applied') LIMIT 1) AS undone_by
     FROM command_log c WHERE org_id = ? AND name = ? AND outcome = 'applied' ORDER BY seq DESC LIMIT ?`, [org, name, limit])
  return rows.map((row) => ({ ...decode(row), undone_by: row['undone_by'] === null ? null : (String(row['undone_by']) as Id) }))
}

/** The last gestures made of commands of one name, newest first: each group's commands in order. Inputs are read of the first command only. */
export async function latestGroups(engine: Engine, org: string, name: string, limit: number): Promise<GroupCommand[][]> {
  const groups = await engine.all(
    `SELECT group_id, MIN(seq) AS opening FROM command_log WHERE org_id = ? AND name = ? AND group_id IS NOT NULL AND outcome = 'applied'
     GROUP BY group_id ORDER BY MIN(seq) DESC LIMIT ?`, [org, name, limit])
  const found: GroupCommand[][] = []
  for (const { group_id, opening } of groups) {
    const rows = await engine.all(
      `SELECT id, issued_at, actor, answer, CASE WHEN seq = ? THEN input ELSE 'null' END AS input,
         (SELECT u.id FROM command_log u WHERE u.org_id = c.org_id AND u.undoes = c.id AND u.outcome = 'applied'
          AND NOT EXISTS (SELECT 1 FROM command_log r WHERE r.org_id = u.org_id AND r.undoes = u.id AND r.outcome = 'applied') LIMIT 1) AS undone_by
       FROM command_log c WHERE org_id = ? AND group_id = ? AND name = ? AND outcome = 'applied' ORDER BY seq`, [Number(opening), org, String(group_id), name])
    found.push(rows.map((row) => ({
      id: String(row['id']) as Id, issued_at: String(row['issued_at']) as Instant, actor: String(row['actor']), group_id: String(group_id) as Id,
      input: JSON.parse(String(row['input'])) as Json, answer: JSON.parse(String(row['answer'])) as Json,
      undone_by: row['undone_by'] === null || row['undone_by'] === undefined ? null : (String(row['undone_by']) as Id),
    })))
  }
  return found
}
