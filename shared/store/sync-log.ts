/**
 * What an authority keeps beside the rows for those who follow it: which row changed at which commit, the head, the scopes people
 * hold, how far each device is, what was set aside, what was offered again. Only statements; what they mean is in shared/sync/authority.
 */
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { eventColumns, type PlacedEvent } from './audit-chain.ts'
import type { FieldRef, LoggedCommand, Outcome } from './command-log.ts'
import type { Engine, RawRow, Value } from './engine.ts'
import { insertRows } from './insert-rows.ts'

export type SyncMode = 'open' | 'recovery'
/** What was decided in an epoch up to that commit is still here. */
export interface HeldEpoch {
  epoch: number
  seq: number
}
export interface SyncHead {
  epoch: number
  /** The last commit that the restored backup held; 0: never restored. */
  restored_seq: number
  mode: SyncMode
  /** Hexadecimal; signs outcomes, also across a restore. */
  receipt_key: string
  /** Grows whenever roles change. */
  rights: number
  since: Instant
  /** Of every epoch before this one that the restored states come from. What was decided in any other, or later, was lost. */
  held: readonly HeldEpoch[]
}

const text = (row: RawRow, name: string): string => String(row[name])
const maybe = (row: RawRow, name: string): string | null => (row[name] === null || row[name] === undefined ? null : String(row[name]))

// ---------------------------------------------------------------------------------------------- head

export async function readHead(engine: Engine, org: string): Promise<SyncHead | null> {
  const [row] = await engine.all('SELECT epoch, restored_seq, mode, receipt_key, rights, since, held FROM sync_head WHERE org_id = ?', [org])
  return row
    ? {
        epoch: Number(row['epoch']), restored_seq: Number(row['restored_seq']), mode: row['mode'] === 'recovery' ? 'recovery' : 'open', receipt_key: text(row, 'receipt_key'), rights: Number(row['rights']),
        since: text(row, 'since') as Instant, held: JSON.parse(maybe(row, 'held') ?? '[]') as HeldEpoch[],
      }
    : null
}
/** Of each epoch, this one too, up to which commit it is here. In recovery nothing was decided in this one yet. */
export const heldEpochs = (head: SyncHead, last: number): HeldEpoch[] => (head.mode === 'recovery' ? [...head.held] : [...head.held, { epoch: head.epoch, seq: last }])
/** Does nothing when there is one. */
export async function beginHead(engine: Engine, org: string, receipt_key: string, since: Instant): Promise<void> {
  await engine.run("INSERT INTO sync_head (org_id, epoch, restored_seq, mode, receipt_key, rights, since) VALUES (?, 1, 0, 'open', ?, 1, ?) ON CONFLICT (org_id) DO NOTHING", [org, receipt_key, since])
}
export async function moveHead(engine: Engine, org: string, head: Pick<SyncHead, 'epoch' | 'restored_seq' | 'mode' | 'since' | 'held'>): Promise<void> {
  await engine.run('UPDATE sync_head SET epoch = ?, restored_seq = ?, mode = ?, since = ?, held = ? WHERE org_id = ?', [head.epoch, head.restored_seq, head.mode, head.since, JSON.stringify(head.held), org])
}
export async function growRights(engine: Engine, org: string): Promise<void> {
  await engine.run('UPDATE sync_head SET rights = rights + 1 WHERE org_id = ?', [org])
}
export async function readRights(engine: Engine, org: string): Promise<number> {
  const [row] = await engine.all('SELECT rights FROM sync_head WHERE org_id = ?', [org])
  return Number(row?.['rights'] ?? 0)
}
/** Place of the last commit; 0: none. */
export async function lastCommit(engine: Engine, org: string): Promise<number> {
  const [row] = await engine.all('SELECT MAX(seq) AS seq FROM command_log WHERE org_id = ?', [org])
  return Number(row?.['seq'] ?? 0)
}

// ---------------------------------------------------------------------------------------------- rows in the order of commits

export interface ChangedRow {
  entity: string
  id: Id
  /** Of its last write. */
  seq: number
}

/** Moves these rows to the place of a commit. */
export async function markChanges(engine: Engine, org: string, seq: number, rows: readonly { entity: string; id: string }[]): Promise<void> {
  await insertRows(engine, 'sync_change (org_id, entity, id, seq)', rows.map(({ entity, id }) => [org, entity, id, seq]), 'ON CONFLICT (org_id, entity, id) DO UPDATE SET seq = excluded.seq')
}

/**
 * Gives every row that has none a place (an organization that nobody followed until now): spread evenly over the commits there are, so
 * that no commit is too large for a page, and in the order of the entities given.
 */
export async function markUnmarked(engine: Engine, org: string, entities: readonly string[]): Promise<void> {
  const missing = (entity: string): string => `FROM ${entity} r WHERE r.org_id = ? AND NOT EXISTS (SELECT 1 FROM sync_change c WHERE c.org_id = r.org_id AND c.entity = ? AND c.id = r.id)`
  const counts: { entity: string; count: number }[] = []
  for (const entity of entities) counts.push({ entity, count: Number((await engine.all(`SELECT COUNT(*) AS total ${missing(entity)}`, [org, entity]))[0]?.['total'] ?? 0) })
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const commits = await lastCommit(engine, org)
  let passed = 0
  for (const { entity, count } of counts) {
    if (count === 0) continue
    // Whole numbers are divided without rest on both databases.
    await engine.run(
      `INSERT INTO sync_change (org_id, entity, id, seq) SELECT r.org_id, '${entity}', r.id, 1 + ((${passed} + ROW_NUMBER() OVER (ORDER BY r.id) - 1) * ${Math.max(commits, 1)}) / ${total} ${missing(entity)}`, [org, entity])
    passed += count
  }
}

const changed = (row: RawRow): ChangedRow => ({ entity: text(row, 'entity'), id: text(row, 'id') as Id, seq: Number(row['seq']) })

/** Rows last written after one commit and up to another, in that order. */
export async function changesBetween(engine: Engine, org: string, after: number, upTo: number, limit: number): Promise<ChangedRow[]> {
  return (await engine.all('SELECT entity, id, seq FROM sync_change WHERE org_id = ? AND seq > ? AND seq <= ? ORDER BY seq, entity, id LIMIT ?', [org, after, upTo, limit])).map(changed)
}

const among = (column: string, dialect: Engine['dialect']): string => (dialect === 'sqlite' ? `${column} IN (SELECT value FROM json_each(?))` : `${column} IN (SELECT json_array_elements_text(?::json))`)

/** Places of rows of one entity. */
export async function placesOf(engine: Engine, org: string, entity: string, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await engine.all(`SELECT id, seq FROM sync_change WHERE org_id = ? AND entity = ? AND ${among('id', engine.dialect)}`, [org, entity, JSON.stringify(ids)])
  return new Map(rows.map((row) => [text(row, 'id'), Number(row['seq'])]))
}

/** What commits after a place wrote to rows of one entity, as the chain has it, newest first: field -> [before, after]. */
export async function writesSince(engine: Engine, org: string, entity: string, ids: readonly string[] | null, after: number): Promise<{ id: string; op: string; changes: Record<string, unknown> }[]> {
  // The order of the tables is said: without it SQLite walks the chain from its beginning.
  const columns = 'SELECT e.entity_id, e.op, e.changes, e.position'
  const rows = ids === null
    ? await engine.all(`${columns} FROM command_log c CROSS JOIN audit_event e WHERE c.org_id = ? AND c.seq > ? AND e.org_id = c.org_id AND e.command_id = c.id AND e.entity = ?`, [org, after, entity])
    : await engine.all(
        `${columns} FROM audit_event e CROSS JOIN command_log c WHERE e.org_id = ? AND ${among('e.entity_id', engine.dialect)} AND e.entity = ? AND c.org_id = e.org_id AND c.id = e.command_id AND c.seq > ?`,
        [org, JSON.stringify(ids), entity, after])
  return rows.sort((a, b) => Number(b['position']) - Number(a['position']))
    .map((row) => ({ id: text(row, 'entity_id'), op: text(row, 'op'), changes: JSON.parse(String(row['changes'] ?? '{}')) as Record<string, unknown> }))
}

// ---------------------------------------------------------------------------------------------- commits, as they are told

/** What is told of a command. */
export interface ToldCommand extends Pick<LoggedCommand, 'id' | 'actor' | 'outcome' | 'note' | 'converged' | 'payload_hash'> {
  seq: number
}
const TOLD = 'SELECT seq, id, actor, outcome, note, converged, payload_hash FROM command_log WHERE org_id = ?'
const told = (row: RawRow): ToldCommand => ({
  seq: Number(row['seq']), id: text(row, 'id') as Id, actor: text(row, 'actor'), outcome: text(row, 'outcome') as Outcome, note: maybe(row, 'note'), converged: JSON.parse(text(row, 'converged')) as FieldRef[], payload_hash: text(row, 'payload_hash'),
})
/** Commands of one person between two commits, and those among some others. */
export async function commandsBetween(engine: Engine, org: string, after: number, upTo: number, actor: string, others: readonly string[]): Promise<ToldCommand[]> {
  const named = others.length === 0 ? '' : ` OR ${among('id', engine.dialect)}`
  return (await engine.all(`${TOLD} AND seq > ? AND seq <= ? AND (actor = ?${named}) ORDER BY seq`, [org, after, upTo, actor, ...(others.length === 0 ? [] : [JSON.stringify(others)])])).map(told)
}
/** Those of these commands that were decided up to a commit. */
export async function commandsAmong(engine: Engine, org: string, ids: readonly string[], upTo: number): Promise<ToldCommand[]> {
  return (await engine.all(`${TOLD} AND seq <= ? AND ${among('id', engine.dialect)} ORDER BY seq`, [org, upTo, JSON.stringify(ids)])).map(told)
}
/** A person's commands that were not applied and that nobody has decided about, up to a commit. */
export async function openCommands(engine: Engine, org: string, actor: string, upTo: number): Promise<ToldCommand[]> {
  return (await engine.all(
    `${TOLD} AND seq <= ? AND actor = ? AND outcome <> 'applied' AND NOT EXISTS (SELECT 1 FROM sync_decision d WHERE d.org_id = command_log.org_id AND d.kept_command_id = command_log.id AND d.deleted_at IS NULL) ORDER BY seq`,
    [org, upTo, actor])).map(told)
}
/** Whether somebody has taken over a kept command of this seed. */
export async function isTakenOver(engine: Engine, org: string, seed: string, by: string): Promise<boolean> {
  const rows = await engine.all(
    "SELECT 1 AS one FROM sync_decision d JOIN command_log c ON c.org_id = d.org_id AND c.id = d.kept_command_id WHERE d.org_id = ? AND d.decision = 'taken_over' AND d.created_by = ? AND d.deleted_at IS NULL AND c.seed = ? LIMIT 1", [org, by, seed])
  return rows.length > 0
}
/** `seq`: of its commit. */
export interface ToldEvent {
  seq: number
  event: PlacedEvent
}
const NUMBERS = ['row_version', 'lead', 'position'] as const

/** Events of the commits between two places. `within` null: all; else of these projects, of the person's own record, or done by them. */
export async function eventsBetween(engine: Engine, org: string, after: number, upTo: number, within: { projects: readonly string[]; record: string | null; actor: string } | null): Promise<ToldEvent[]> {
  const sight = within === null ? '' : ` AND (e.actor = ?${within.record === null ? '' : ' OR e.entity_id = ?'}${within.projects.length === 0 ? '' : ` OR ${among('e.project_id', engine.dialect)}`})`
  const values: Value[] = within === null ? [] : [within.actor, ...(within.record === null ? [] : [within.record]), ...(within.projects.length === 0 ? [] : [JSON.stringify(within.projects)])]
  const rows = await engine.all(
    `SELECT c.seq AS commit_seq, ${eventColumns.map((name) => `e.${name}`).join(', ')} FROM command_log c CROSS JOIN audit_event e
     WHERE c.org_id = ? AND c.seq > ? AND c.seq <= ? AND e.org_id = c.org_id AND e.command_id = c.id${sight}`, [org, after, upTo, ...values])
  // Sorted here: asked to sort, SQLite walks the chain from its beginning.
  const told = rows.map((row) => {
    const event = row as PlacedEvent
    // PostgreSQL gives BIGINT as text.
    for (const name of NUMBERS) if (typeof event[name] === 'string') event[name] = Number(event[name])
    return { seq: Number(row['commit_seq']), event }
  })
  return told.sort((a, b) => Number(a.event.position) - Number(b.event.position))
}

// ---------------------------------------------------------------------------------------------- scopes

export async function findScope(engine: Engine, org: string, digest: string): Promise<string | null> {
  const [row] = await engine.all('SELECT scope FROM sync_scope WHERE org_id = ? AND digest = ?', [org, digest])
  return row ? text(row, 'scope') : null
}
export async function keepScope(engine: Engine, org: string, digest: string, scope: string, at: Instant): Promise<void> {
  await engine.run('INSERT INTO sync_scope (org_id, digest, scope, made_at) VALUES (?, ?, ?, ?) ON CONFLICT (org_id, digest) DO UPDATE SET made_at = excluded.made_at', [org, digest, scope, at])
}
/** Those that no follower named last, made or asked for before an instant. */
export async function dropScopes(engine: Engine, org: string, before: Instant): Promise<number> {
  return engine.run('DELETE FROM sync_scope WHERE org_id = ? AND made_at < ? AND NOT EXISTS (SELECT 1 FROM sync_replica r WHERE r.org_id = sync_scope.org_id AND (r.scope = sync_scope.digest OR r.offered = sync_scope.digest))', [org, before])
}

// ---------------------------------------------------------------------------------------------- followers

export interface Follower {
  user_id: Id
  device: string
  epoch: number
  cursor_seq: number
  scope: string | null
  offered: string | null
  waiting: number
  app_version: string
  protocol: number
  /** The device's clock less the server's. */
  clock_drift_ms: number
  pulled_at: Instant | null
  pushed_at: Instant | null
}
const FOLLOWER = ['user_id', 'device', 'epoch', 'cursor_seq', 'scope', 'offered', 'waiting', 'app_version', 'protocol', 'clock_drift_ms', 'pulled_at', 'pushed_at'] as const

export async function notePull(engine: Engine, org: string, follower: Omit<Follower, 'pushed_at'>): Promise<void> {
  const given = FOLLOWER.filter((name) => name !== 'pushed_at')
  await engine.run(
    `INSERT INTO sync_replica (org_id, ${given.join(', ')}) VALUES (?, ${given.map(() => '?').join(', ')}) ON CONFLICT (org_id, user_id, device) DO UPDATE SET ${given.slice(2).map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [org, ...given.map((name) => follower[name])])
}
export async function notePush(engine: Engine, org: string, user_id: string, device: string, waiting: number, app_version: string, protocol: number, at: Instant): Promise<void> {
  await engine.run(
    `INSERT INTO sync_replica (org_id, user_id, device, epoch, cursor_seq, waiting, app_version, protocol, clock_drift_ms, pulled_at, pushed_at) VALUES (?, ?, ?, 0, 0, ?, ?, ?, 0, NULL, ?)
     ON CONFLICT (org_id, user_id, device) DO UPDATE SET waiting = excluded.waiting, app_version = excluded.app_version, protocol = excluded.protocol, pushed_at = excluded.pushed_at`,
    [org, user_id, device, waiting, app_version, protocol, at])
}
/** After a restore: this device has offered again all it had; it may be one that the restored state did not know. */
export async function noteHeard(engine: Engine, org: string, user_id: string, device: string, epoch: number): Promise<void> {
  await engine.run(
    `INSERT INTO sync_replica (org_id, user_id, device, epoch, cursor_seq, waiting, app_version, protocol, clock_drift_ms, pulled_at, pushed_at) VALUES (?, ?, ?, ?, 0, 0, '', 0, 0, NULL, NULL)
     ON CONFLICT (org_id, user_id, device) DO UPDATE SET epoch = excluded.epoch`,
    [org, user_id, device, epoch])
}
export async function followers(engine: Engine, org: string): Promise<Follower[]> {
  return (await engine.all(`SELECT ${FOLLOWER.join(', ')} FROM sync_replica WHERE org_id = ? ORDER BY user_id, device`, [org])).map((row) => ({
    user_id: text(row, 'user_id') as Id, device: text(row, 'device'), epoch: Number(row['epoch']), cursor_seq: Number(row['cursor_seq']), scope: maybe(row, 'scope'), offered: maybe(row, 'offered'),
    waiting: Number(row['waiting']), app_version: text(row, 'app_version'), protocol: Number(row['protocol']), clock_drift_ms: Number(row['clock_drift_ms']),
    pulled_at: maybe(row, 'pulled_at') as Instant | null, pushed_at: maybe(row, 'pushed_at') as Instant | null,
  }))
}
/** A device that was shut out, or a person who left it. */
export async function dropFollower(engine: Engine, org: string, user_id: string | null, device: string): Promise<number> {
  return engine.run(`DELETE FROM sync_replica WHERE org_id = ? AND device = ?${user_id === null ? '' : ' AND user_id = ?'}`, [org, device, ...(user_id === null ? [] : [user_id])])
}

// ---------------------------------------------------------------------------------------------- set aside

export interface AsideCommand {
  id: Id
  user_id: Id
  device: string
  /** The command as it was sent. */
  command: string
  reason: string
  received_at: Instant
  closed_at: Instant | null
}
/** Once, whatever comes again. */
export async function setAside(engine: Engine, org: string, aside: Omit<AsideCommand, 'closed_at'>): Promise<void> {
  await engine.run('INSERT INTO sync_aside (org_id, id, user_id, device, command, reason, received_at, closed_at) VALUES (?, ?, ?, ?, ?, ?, ?, NULL) ON CONFLICT (org_id, id) DO NOTHING',
    [org, aside.id, aside.user_id, aside.device, aside.command, aside.reason, aside.received_at])
}
export async function asideCommands(engine: Engine, org: string): Promise<AsideCommand[]> {
  return (await engine.all('SELECT id, user_id, device, command, reason, received_at, closed_at FROM sync_aside WHERE org_id = ? AND closed_at IS NULL ORDER BY received_at, id', [org])).map((row) => ({
    id: text(row, 'id') as Id, user_id: text(row, 'user_id') as Id, device: text(row, 'device'), command: text(row, 'command'), reason: text(row, 'reason'),
    received_at: text(row, 'received_at') as Instant, closed_at: maybe(row, 'closed_at') as Instant | null,
  }))
}
export async function closeAside(engine: Engine, org: string, id: string, at: Instant): Promise<number> {
  return engine.run('UPDATE sync_aside SET closed_at = ? WHERE org_id = ? AND id = ? AND closed_at IS NULL', [at, org, id])
}

// ---------------------------------------------------------------------------------------------- offered again

export interface OfferedAgain {
  id: Id
  /** Its place before the restore. */
  seq: number
  user_id: Id
  device: string
  command: string
  receipt: string
}
const REOFFER = 'id, seq, user_id, device, command, receipt'
const asOffered = (row: RawRow): OfferedAgain => ({
  id: text(row, 'id') as Id, seq: Number(row['seq']), user_id: text(row, 'user_id') as Id, device: text(row, 'device'), command: text(row, 'command'), receipt: text(row, 'receipt'),
})
export async function findReoffer(engine: Engine, org: string, id: string): Promise<OfferedAgain | null> {
  const [row] = await engine.all(`SELECT ${REOFFER} FROM sync_reoffer WHERE org_id = ? AND id = ?`, [org, id])
  return row ? asOffered(row) : null
}
/** In place of what was kept of that command. */
export async function keepReoffer(engine: Engine, org: string, offered: OfferedAgain): Promise<void> {
  await engine.run(`INSERT INTO sync_reoffer (org_id, ${REOFFER}) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (org_id, id) DO UPDATE SET seq = excluded.seq, user_id = excluded.user_id, device = excluded.device, command = excluded.command, receipt = excluded.receipt`,
    [org, offered.id, offered.seq, offered.user_id, offered.device, offered.command, offered.receipt])
}
export async function reoffers(engine: Engine, org: string): Promise<OfferedAgain[]> {
  return (await engine.all(`SELECT ${REOFFER} FROM sync_reoffer WHERE org_id = ? ORDER BY seq, id`, [org])).map(asOffered)
}
export async function dropReoffer(engine: Engine, org: string, id: string): Promise<void> {
  await engine.run('DELETE FROM sync_reoffer WHERE org_id = ? AND id = ?', [org, id])
}

// ---------------------------------------------------------------------------------------------- numbers that a restore lost

export interface ToldNumber {
  entity: string
  id: string
  field: string
  number: string | number
  /** Value of the column in whose order it runs. */
  series: string | null
}
export interface LostNumber extends ToldNumber {
  /** The device that knew it, or the operator who recorded that it is missing. */
  told_by: string
  told_at: Instant
  reason: string | null
  recorded_by: string | null
  recorded_at: Instant | null
}
const NUMBER = 'entity, id, field, number, series, told_by, told_at, reason, recorded_by, recorded_at'
/** Once: the first who says it is believed. */
export async function keepLostNumber(engine: Engine, org: string, { entity, id, field, number, series, told_by, told_at }: Omit<LostNumber, 'reason' | 'recorded_by' | 'recorded_at'>): Promise<void> {
  await engine.run(`INSERT INTO sync_number (org_id, ${NUMBER}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL) ON CONFLICT (org_id, entity, id, field) DO NOTHING`, [org, entity, id, field, JSON.stringify(number), series, told_by, told_at])
}
export async function lostNumbers(engine: Engine, org: string): Promise<LostNumber[]> {
  return (await engine.all(`SELECT ${NUMBER} FROM sync_number WHERE org_id = ? ORDER BY entity, series, id, field`, [org])).map((row) => ({
    entity: text(row, 'entity'), id: text(row, 'id'), field: text(row, 'field'), number: JSON.parse(text(row, 'number')) as string | number, series: maybe(row, 'series'),
    told_by: text(row, 'told_by'), told_at: text(row, 'told_at') as Instant, reason: maybe(row, 'reason'), recorded_by: maybe(row, 'recorded_by'), recorded_at: maybe(row, 'recorded_at') as Instant | null,
  }))
}
export async function hasLostNumbers(engine: Engine, org: string): Promise<boolean> {
  return (await engine.all('SELECT 1 AS one FROM sync_number WHERE org_id = ? LIMIT 1', [org])).length > 0
}
export async function dropLostNumber(engine: Engine, org: string, { entity, id, field }: Pick<ToldNumber, 'entity' | 'id' | 'field'>): Promise<void> {
  await engine.run('DELETE FROM sync_number WHERE org_id = ? AND entity = ? AND id = ? AND field = ?', [org, entity, id, field])
}
export async function explainLostNumber(engine: Engine, org: string, { entity, id, field }: Pick<ToldNumber, 'entity' | 'id' | 'field'>, reason: string, by: string, at: Instant): Promise<void> {
  await engine.run('UPDATE sync_number SET reason = ?, recorded_by = ?, recorded_at = ? WHERE org_id = ? AND entity = ? AND id = ? AND field = ?', [reason, by, at, org, entity, id, field])
}
