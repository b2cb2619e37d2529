/**
 * What a replica keeps beside its rows: the unsettled commands, what they wrote, the server's rows beneath. Only statements; what they
 * mean is in shared/sync/replica. Every function is for use inside the caller's transaction.
 */
import type { AnyEntity } from '../domain/entity.ts'
import { groupBy } from '../kernel/grouping.ts'
import type { Json } from '../kernel/hashing.ts'
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { AuditSight } from './audit-page.ts'
import type { FieldRef, Outcome } from './command-log.ts'
import type { Engine, Value } from './engine.ts'
import type { KeptNumber } from './number-list.ts'
import { codecFor } from './reader.ts'

export type StoredRow = Record<string, unknown>

/** What became here of an unsettled command. `elsewhere`: it concerns nothing this person holds. */
export type Foreseen = 'applied' | 'conflict' | 'rejected' | 'blocked' | 'elsewhere'

export interface PendingCommand {
  id: Id
  position: number
  issuer: Id
  /** The command as it is sent. */
  bytes: string
  outcome: Foreseen
  reason: Json
  converged: readonly FieldRef[]
  /** Rows (`entity/id`) and ranges it looked at. */
  reads: { rows: string[]; ranges: { entity: string; where: Json }[] }
}
export interface PendingWrite {
  command_id: Id
  entity: string
  id: Id
  position: number
  /** Entered fields it wrote; `*`: the row itself (made, removed, brought back). */
  fields: string[]
  /** Digest of the row as the command left it. */
  digest: string
}
export interface ReplicaLine {
  user_id: Id
  device: string
  epoch: number
  cursor_seq: number
  scope: string | null
  commands: string[]
  applied_position: number
  pulled_at: Instant | null
}

// ---- rows

const upserts = new Map<string, string>()
function upsertOf(entity: AnyEntity): string {
  let sql = upserts.get(entity.name)
  if (sql === undefined) {
    const { names } = codecFor(entity)
    sql = `INSERT INTO ${entity.name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
 ON CONFLICT (org_id, id) DO UPDATE SET ${names.filter((name) => name !== 'org_id' && name !== 'id').map((name) => `${name} = excluded.${name}`).join(', ')}`
    upserts.set(entity.name, sql)
  }
  return sql
}
const reads = new Map<string, string>()
/** Columns of one entity, as far as the WHERE that follows. */
function readOf(entity: AnyEntity): string {
  let sql = reads.get(entity.name)
  if (sql === undefined) reads.set(entity.name, (sql = `SELECT ${codecFor(entity).names.join(', ')} FROM ${entity.name} WHERE org_id = ? AND `))
  return sql
}
export async function putRow(engine: Engine, org: string, entity: AnyEntity, row: StoredRow): Promise<void> {
  const codec = codecFor(entity)
  await engine.run(upsertOf(entity), codec.names.map((name) => (name === 'org_id' ? org : codec.encode(name, row[name]))))
}
/** Writes these columns of a row that is there. Less than all: what an index does not hold of them is not written again. */
export async function changeRow(engine: Engine, org: string, entity: AnyEntity, row: StoredRow, columns: readonly string[]): Promise<void> {
  const codec = codecFor(entity)
  await engine.run(`UPDATE ${entity.name} SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE org_id = ? AND id = ?`, [...columns.map((name) => codec.encode(name, row[name])), org, String(row['id'])])
}
export async function dropRow(engine: Engine, org: string, entity: AnyEntity, id: string): Promise<void> {
  await engine.run(`DELETE FROM ${entity.name} WHERE org_id = ? AND id = ?`, [org, id])
}
export async function rowOf(engine: Engine, org: string, entity: AnyEntity, id: string): Promise<StoredRow | null> {
  const codec = codecFor(entity)
  const [raw] = await engine.all(`${readOf(entity)}id = ?`, [org, id])
  return raw ? codec.decode(raw) : null
}
/** Those of these rows that are there, by id. */
export async function rowsOf(engine: Engine, org: string, entity: AnyEntity, ids: readonly string[]): Promise<Map<string, StoredRow>> {
  const codec = codecFor(entity)
  const found = await engine.all(`${readOf(entity)}id IN (SELECT value FROM json_each(?))`, [org, JSON.stringify(ids)])
  return new Map(found.map((raw) => [String(raw['id']), codec.decode(raw)]))
}
export async function countRows(engine: Engine, org: string, entity: AnyEntity): Promise<number> {
  const [row] = await engine.all(`SELECT COUNT(*) AS total FROM ${entity.name} WHERE org_id = ? AND deleted_at IS NULL`, [org])
  return Number(row?.['total'] ?? 0)
}
export async function clearRows(engine: Engine, org: string, entity: AnyEntity): Promise<void> {
  await engine.run(`DELETE FROM ${entity.name} WHERE org_id = ?`, [org])
}
/** Rows of one entity by id, a page at a time. */
export async function rowsAfter(engine: Engine, org: string, entity: AnyEntity, after: string, limit: number): Promise<StoredRow[]> {
  const codec = codecFor(entity)
  return (await engine.all(`${readOf(entity)}id > ? ORDER BY id LIMIT ?`, [org, after, limit])).map((raw) => codec.decode(raw))
}

/** What a screen may have read of each row of one entity. */
export async function versionsOf(engine: Engine, org: string, entity: AnyEntity): Promise<Map<string, number>> {
  return new Map((await engine.all(`SELECT id, version FROM ${entity.name} WHERE org_id = ?`, [org])).map((row) => [String(row['id']), Number(row['version'])]))
}
/** Every row of one entity, by id, read in pages. */
export async function* eachRow(engine: Engine, org: string, entity: AnyEntity): AsyncIterable<StoredRow> {
  let after = ''
  for (;;) {
    const page = await rowsAfter(engine, org, entity, after, 1000)
    yield* page
    if (page.length < 1000) return
    after = String(page.at(-1)?.['id'])
  }
}

// ---- the replica's own line

export async function readLine(engine: Engine, org: string): Promise<ReplicaLine | null> {
  const [row] = await engine.all('SELECT user_id, device, epoch, cursor_seq, scope, commands, applied_position, pulled_at FROM replica_state WHERE org_id = ?', [org])
  return row
    ? {
        user_id: String(row['user_id']) as Id, device: String(row['device']), epoch: Number(row['epoch']), cursor_seq: Number(row['cursor_seq']), scope: row['scope'] === null ? null : String(row['scope']),
        commands: JSON.parse(String(row['commands'])) as string[], applied_position: Number(row['applied_position']), pulled_at: row['pulled_at'] === null ? null : (String(row['pulled_at']) as Instant),
      }
    : null
}
export async function writeLine(engine: Engine, org: string, line: ReplicaLine): Promise<void> {
  await engine.run(
    `INSERT INTO replica_state (org_id, user_id, device, epoch, cursor_seq, scope, commands, applied_position, verified_at, pulled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)
     ON CONFLICT (org_id) DO UPDATE SET user_id = excluded.user_id, device = excluded.device, epoch = excluded.epoch, cursor_seq = excluded.cursor_seq, scope = excluded.scope,
       commands = excluded.commands, applied_position = excluded.applied_position, pulled_at = excluded.pulled_at`,
    [org, line.user_id, line.device, line.epoch, line.cursor_seq, line.scope, JSON.stringify(line.commands), line.applied_position, line.pulled_at])
}

// ---- unsettled commands

const PENDING = 'id, position, issuer, command, outcome, reason, converged, reads'
const asPending = (row: Record<string, Value>): PendingCommand => ({
  id: String(row['id']) as Id, position: Number(row['position']), issuer: String(row['issuer']) as Id, bytes: String(row['command']), outcome: String(row['outcome']) as Foreseen,
  reason: row['reason'] === null ? null : (JSON.parse(String(row['reason'])) as Json), converged: JSON.parse(String(row['converged'])) as FieldRef[],
  reads: JSON.parse(String(row['reads'])) as PendingCommand['reads'],
})
export async function addPending(engine: Engine, org: string, { id, position, issuer, bytes, outcome, reason, converged, reads }: PendingCommand): Promise<void> {
  await engine.run(`INSERT INTO replica_pending (org_id, ${PENDING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    org, id, position, issuer, bytes, outcome, reason === null ? null : JSON.stringify(reason), JSON.stringify(converged), JSON.stringify(reads),
  ])
}
export async function foresee(engine: Engine, org: string, id: string, { outcome, reason, converged, reads }: Pick<PendingCommand, 'outcome' | 'reason' | 'converged' | 'reads'>): Promise<void> {
  await engine.run('UPDATE replica_pending SET outcome = ?, reason = ?, converged = ?, reads = ? WHERE org_id = ? AND id = ?', [
    outcome, reason === null ? null : JSON.stringify(reason), JSON.stringify(converged), JSON.stringify(reads), org, id,
  ])
}
export async function dropPending(engine: Engine, org: string, id: string): Promise<void> {
  await engine.run('DELETE FROM replica_pending WHERE org_id = ? AND id = ?', [org, id])
  await engine.run('DELETE FROM replica_write WHERE org_id = ? AND command_id = ?', [org, id])
}
export async function allPending(engine: Engine, org: string): Promise<PendingCommand[]> {
  return (await engine.all(`SELECT ${PENDING} FROM replica_pending WHERE org_id = ? ORDER BY position`, [org])).map(asPending)
}
export type PendingHead = Pick<PendingCommand, 'id' | 'position' | 'issuer' | 'outcome'>
/** In issue order, without the commands themselves. */
export async function pendingHeads(engine: Engine, org: string): Promise<PendingHead[]> {
  return (await engine.all('SELECT id, position, issuer, outcome FROM replica_pending WHERE org_id = ? ORDER BY position', [org])).map((row) => ({
    id: String(row['id']) as Id, position: Number(row['position']), issuer: String(row['issuer']) as Id, outcome: String(row['outcome']) as Foreseen,
  }))
}
/** Of commands that a restored server forgot: before everything that was issued here since, first settled first. */
export async function returnedPending(engine: Engine, org: string): Promise<PendingCommand[]> {
  return (await engine.all(`SELECT ${PENDING} FROM replica_pending WHERE org_id = ? AND position < 0 ORDER BY position`, [org])).map(asPending)
}
export async function hasReturned(engine: Engine, org: string): Promise<boolean> {
  return (await engine.all('SELECT 1 AS one FROM replica_pending WHERE org_id = ? AND position < 0 LIMIT 1', [org])).length > 0
}
export async function movePending(engine: Engine, org: string, id: string, position: number): Promise<void> {
  await engine.run('UPDATE replica_pending SET position = ? WHERE org_id = ? AND id = ?', [position, org, id])
  await engine.run('UPDATE replica_write SET position = ? WHERE org_id = ? AND command_id = ?', [position, org, id])
}
export async function findPending(engine: Engine, org: string, id: string): Promise<PendingCommand | null> {
  const [row] = await engine.all(`SELECT ${PENDING} FROM replica_pending WHERE org_id = ? AND id = ?`, [org, id])
  return row ? asPending(row) : null
}
export async function countPending(engine: Engine, org: string): Promise<number> {
  const [row] = await engine.all('SELECT COUNT(*) AS total FROM replica_pending WHERE org_id = ?', [org])
  return Number(row?.['total'] ?? 0)
}

// ---- what they wrote

const asWrite = (row: Record<string, Value>): PendingWrite => ({
  command_id: String(row['command_id']) as Id, entity: String(row['entity']), id: String(row['id']) as Id, position: Number(row['position']), fields: JSON.parse(String(row['fields'])) as string[], digest: String(row['digest']),
})
export async function addPendingWrite(engine: Engine, org: string, write: PendingWrite): Promise<void> {
  await engine.run('INSERT INTO replica_write (org_id, command_id, entity, id, position, fields, digest) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    org, write.command_id, write.entity, write.id, write.position, JSON.stringify(write.fields), write.digest,
  ])
}
/** Of these rows, first written first. */
export async function writesTo(engine: Engine, org: string, rows: readonly { entity: string; id: string }[]): Promise<PendingWrite[]> {
  const found: PendingWrite[] = []
  // Entity by entity: the index begins with it.
  for (const [entity, those] of groupBy(rows, (row) => row.entity))
    for (const row of await engine.all('SELECT command_id, entity, id, position, fields, digest FROM replica_write WHERE org_id = ? AND entity = ? AND id IN (SELECT value FROM json_each(?))', [org, entity, JSON.stringify(those.map(({ id }) => id))]))
      found.push(asWrite(row))
  return found.sort((a, b) => a.position - b.position)
}
export async function writesBy(engine: Engine, org: string, commands: readonly string[]): Promise<PendingWrite[]> {
  return (await engine.all('SELECT command_id, entity, id, position, fields, digest FROM replica_write WHERE org_id = ? AND command_id IN (SELECT value FROM json_each(?)) ORDER BY position', [org, JSON.stringify(commands)])).map(asWrite)
}
export async function allPendingWrites(engine: Engine, org: string): Promise<PendingWrite[]> {
  return (await engine.all('SELECT command_id, entity, id, position, fields, digest FROM replica_write WHERE org_id = ? ORDER BY position', [org])).map(asWrite)
}
export async function clearPendingWrites(engine: Engine, org: string, command?: string): Promise<void> {
  if (command === undefined) await engine.run('DELETE FROM replica_write WHERE org_id = ?', [org])
  else await engine.run('DELETE FROM replica_write WHERE org_id = ? AND command_id = ?', [org, command])
}

// ---- the server's rows beneath (rule 23)

export interface Shadow {
  entity: string
  id: Id
  /** Null: the server has no such row. */
  row: StoredRow | null
}
const asShadow = (row: Record<string, Value>): Shadow => ({ entity: String(row['entity']), id: String(row['id']) as Id, row: row['row'] === null ? null : (JSON.parse(String(row['row'])) as StoredRow) })
/** Keeps the row beneath a first write; a row that lies there already stays. */
export async function layShadow(engine: Engine, org: string, { entity, id, row }: Shadow): Promise<void> {
  await engine.run('INSERT INTO replica_shadow (org_id, entity, id, "row") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [org, entity, id, row === null ? null : JSON.stringify(row)])
}
export async function changeShadow(engine: Engine, org: string, { entity, id, row }: Shadow): Promise<void> {
  await engine.run('UPDATE replica_shadow SET "row" = ? WHERE org_id = ? AND entity = ? AND id = ?', [row === null ? null : JSON.stringify(row), org, entity, id])
}
export async function shadowOf(engine: Engine, org: string, entity: string, id: string): Promise<Shadow | null> {
  const [row] = await engine.all('SELECT entity, id, "row" FROM replica_shadow WHERE org_id = ? AND entity = ? AND id = ?', [org, entity, id])
  return row ? asShadow(row) : null
}
/** Those of these rows that have one, by id. */
export async function shadowsOf(engine: Engine, org: string, entity: string, ids: readonly string[]): Promise<Map<string, Shadow>> {
  const rows = await engine.all('SELECT entity, id, "row" FROM replica_shadow WHERE org_id = ? AND entity = ? AND id IN (SELECT value FROM json_each(?))', [org, entity, JSON.stringify(ids)])
  return new Map(rows.map((row) => [String(row['id']), asShadow(row)]))
}
export async function allShadows(engine: Engine, org: string, entity?: string): Promise<Shadow[]> {
  const rows = entity === undefined
    ? await engine.all('SELECT entity, id, "row" FROM replica_shadow WHERE org_id = ?', [org])
    : await engine.all('SELECT entity, id, "row" FROM replica_shadow WHERE org_id = ? AND entity = ?', [org, entity])
  return rows.map(asShadow)
}
export async function liftShadow(engine: Engine, org: string, entity: string, id: string): Promise<void> {
  await engine.run('DELETE FROM replica_shadow WHERE org_id = ? AND entity = ? AND id = ?', [org, entity, id])
}
export async function clearShadows(engine: Engine, org: string): Promise<void> {
  await engine.run('DELETE FROM replica_shadow WHERE org_id = ?', [org])
}

// ---- pages that have come and do not count yet

/** `head` is read without the rest. */
export interface StagedPage {
  head: string
  body: string
}
export async function addStaged(engine: Engine, org: string, { head, body }: StagedPage): Promise<void> {
  await engine.run('INSERT INTO replica_staged (org_id, n, page) VALUES (?, (SELECT COALESCE(MAX(n), 0) + 1 FROM replica_staged WHERE org_id = ?), ?)', [org, org, `${head}\n${body}`])
}
const HEAD = 'substr(page, 1, instr(page, char(10)) - 1)'
export async function stagedHeads(engine: Engine, org: string): Promise<{ n: number; head: string }[]> {
  return (await engine.all(`SELECT n, ${HEAD} AS head FROM replica_staged WHERE org_id = ? ORDER BY n`, [org])).map((row) => ({ n: Number(row['n']), head: String(row['head']) }))
}
/** Of the page that came last. */
export async function lastStagedHead(engine: Engine, org: string): Promise<string | null> {
  const [row] = await engine.all(`SELECT ${HEAD} AS head FROM replica_staged WHERE org_id = ? ORDER BY n DESC LIMIT 1`, [org])
  return row ? String(row['head']) : null
}
export async function stagedBody(engine: Engine, org: string, n: number): Promise<string> {
  const [row] = await engine.all('SELECT substr(page, instr(page, char(10)) + 1) AS body FROM replica_staged WHERE org_id = ? AND n = ?', [org, n])
  return String(row?.['body'])
}
export async function clearStaged(engine: Engine, org: string): Promise<void> {
  await engine.run('DELETE FROM replica_staged WHERE org_id = ?', [org])
}

// ---- outcomes

export interface SettledCommand {
  id: Id
  seq: number
  epoch: number
  outcome: Outcome
  converged: readonly FieldRef[]
  receipt: string
  /** Empty for somebody else's. */
  command: string
  settled_at: Instant
}
const SETTLED = 'id, seq, epoch, outcome, converged, receipt, command, settled_at'
const asSettled = (row: Record<string, Value>): SettledCommand => ({
  id: String(row['id']) as Id, seq: Number(row['seq']), epoch: Number(row['epoch']), outcome: String(row['outcome']) as Outcome, converged: JSON.parse(String(row['converged'])) as FieldRef[],
  receipt: String(row['receipt']), command: String(row['command']), settled_at: String(row['settled_at']) as Instant,
})
export async function keepSettled(engine: Engine, org: string, one: SettledCommand): Promise<void> {
  await engine.run(
    `INSERT INTO replica_settled (org_id, ${SETTLED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (org_id, id) DO UPDATE SET seq = excluded.seq, epoch = excluded.epoch, outcome = excluded.outcome, converged = excluded.converged, receipt = excluded.receipt, settled_at = excluded.settled_at`,
    [org, one.id, one.seq, one.epoch, one.outcome, JSON.stringify(one.converged), one.receipt, one.command, one.settled_at])
}
/** Those with their bytes that were settled in another epoch than these, or later in one of them; in the order in which they were. */
export async function settledOutside(engine: Engine, org: string, held: readonly { epoch: number; seq: number }[]): Promise<SettledCommand[]> {
  const outside = held.map(() => ' AND NOT (epoch = ? AND seq <= ?)').join('')
  return (await engine.all(`SELECT ${SETTLED} FROM replica_settled WHERE org_id = ? AND command <> ''${outside} ORDER BY epoch, seq`, [org, ...held.flatMap(({ epoch, seq }) => [epoch, seq])])).map(asSettled)
}
export async function findSettled(engine: Engine, org: string, id: string): Promise<SettledCommand | null> {
  const [row] = await engine.all(`SELECT ${SETTLED} FROM replica_settled WHERE org_id = ? AND id = ?`, [org, id])
  return row ? asSettled(row) : null
}
export async function dropSettled(engine: Engine, org: string, where: { before: Instant } | { id: string }): Promise<void> {
  if ('id' in where) await engine.run('DELETE FROM replica_settled WHERE org_id = ? AND id = ?', [org, where.id])
  // What goes to a restored server again goes with its receipt.
  else await engine.run('DELETE FROM replica_settled WHERE org_id = ? AND settled_at < ? AND NOT EXISTS (SELECT 1 FROM replica_pending p WHERE p.org_id = replica_settled.org_id AND p.id = replica_settled.id)', [org, where.before])
}
/** Outcome of a command of the log, where no trigger holds it (a replica). */
export async function setOutcome(engine: Engine, org: string, id: string, outcome: string, note: string | null, converged: readonly FieldRef[], reason: Json): Promise<void> {
  await engine.run(
    outcome === 'applied'
      ? 'UPDATE command_log SET outcome = ?, note = ?, converged = ? WHERE org_id = ? AND id = ?'
      : 'UPDATE command_log SET outcome = ?, note = ?, converged = ?, undoable = 0, answer = ? WHERE org_id = ? AND id = ?',
    [outcome, note, JSON.stringify(converged), ...(outcome === 'applied' ? [] : [JSON.stringify(reason)]), org, id])
}

// ---- numbers of rows that left the view

export async function keepNumber(engine: Engine, org: string, { entity, id, field, number, series }: KeptNumber): Promise<void> {
  await engine.run('INSERT INTO replica_number (org_id, entity, id, field, number, series) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (org_id, entity, id, field) DO UPDATE SET number = excluded.number, series = excluded.series', [org, entity, id, field, JSON.stringify(number), series])
}
export async function keptNumbers(engine: Engine, org: string): Promise<KeptNumber[]> {
  return (await engine.all('SELECT entity, id, field, number, series FROM replica_number WHERE org_id = ? ORDER BY entity, id, field', [org])).map((row) => ({
    entity: String(row['entity']), id: String(row['id']), field: String(row['field']), number: JSON.parse(String(row['number'])) as string | number, series: row['series'] === null ? null : String(row['series']),
  }))
}

// ---- what this version does not know

export async function keepUnknown(engine: Engine, org: string, entity: string, id: string, seq: number, content: Json): Promise<void> {
  await engine.run('INSERT INTO replica_unknown (org_id, entity, id, seq, content) VALUES (?, ?, ?, ?, ?) ON CONFLICT (org_id, entity, id) DO UPDATE SET seq = excluded.seq, content = excluded.content', [org, entity, id, seq, JSON.stringify(content)])
}
export async function dropUnknown(engine: Engine, org: string, entity: string, id: string): Promise<void> {
  await engine.run('DELETE FROM replica_unknown WHERE org_id = ? AND entity = ? AND id = ?', [org, entity, id])
}
export async function allUnknown(engine: Engine, org: string): Promise<{ entity: string; id: string; seq: number; content: Json }[]> {
  return (await engine.all('SELECT entity, id, seq, content FROM replica_unknown WHERE org_id = ?', [org])).map((row) => ({
    entity: String(row['entity']), id: String(row['id']), seq: Number(row['seq']), content: JSON.parse(String(row['content'])) as Json,
  }))
}
export async function countUnknown(engine: Engine, org: string): Promise<number> {
  const [row] = await engine.all('SELECT COUNT(*) AS total FROM replica_unknown WHERE org_id = ?', [org])
  return Number(row?.['total'] ?? 0)
}

// ---- what left the view

interface LoggedRows {
  rows: { entity: string; id: string; fields: Record<string, { base: Json; mine: Json; from: Json }>; beside?: Record<string, { base: Json; mine: Json }> }[]
}
/** What others had written in a row that left the view goes from every record kept here, its former versions with it. */
export async function forgetTraces(engine: Engine, org: string, entity: string, id: string): Promise<void> {
  await engine.run('DELETE FROM replica_change WHERE org_id = ? AND entity = ? AND id = ?', [org, entity, id])
  for (const found of await engine.all('SELECT id, record FROM command_log WHERE org_id = ? AND instr(record, ?) > 0', [org, id])) {
    const record = JSON.parse(String(found['record'])) as LoggedRows
    for (const row of record.rows) {
      if (row.entity !== entity || row.id !== id) continue
      for (const cell of Object.values(row.fields)) cell.base = null
      for (const cell of Object.values(row.beside ?? {})) cell.base = null
    }
    await engine.run('UPDATE command_log SET record = ? WHERE org_id = ? AND id = ?', [JSON.stringify(record), org, String(found['id'])])
  }
}
/** Lines of the log beyond a person's sight of it (null: all is within, undefined: nothing is) go. What they did themselves stays. */
export async function forgetBeyond(engine: Engine, org: string, user: Id, within: AuditSight | null | undefined): Promise<void> {
  if (within === null) return
  const { record = null, projects = [] } = within ?? {}
  await engine.run('DELETE FROM audit_event WHERE org_id = ? AND actor <> ? AND entity_id IS NOT ? AND (project_id IS NULL OR project_id NOT IN (SELECT value FROM json_each(?)))', [org, user, record ?? '', JSON.stringify(projects)])
}
