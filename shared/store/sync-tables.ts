/**
 * Tables of sync. Those of an authority say what changed in which order and who has heard of it; those of a replica hold what is not
 * settled yet and the server's rows beneath it. Every file has them, so that an organization can join a server or leave it.
 */
import type { Dialect } from './engine.ts'

export function syncTables(dialect: Dialect): string[] {
  const integer = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'
  const strict = dialect === 'sqlite' ? ' STRICT' : ''
  const table = (name: string, columns: string, key: string): string => `CREATE TABLE ${name} (\n  org_id TEXT NOT NULL, ${columns},\n  PRIMARY KEY (org_id${key})\n)${strict};`
  return [
    // ---- authority. One line per row, moved to the end of the order of commits whenever the row is written: the log needs no trimming.
    table('sync_change', `entity TEXT NOT NULL, id TEXT NOT NULL, seq ${integer} NOT NULL`, ', entity, id'),
    'CREATE INDEX ix_sync_change_seq ON sync_change (org_id, seq);',
    // `receipt_key`: signs outcomes. `mode`: open or recovery (rule 31). `rights` grows whenever roles change. `held`: of each former epoch, up to which commit it is still here.
    table('sync_head', `epoch ${integer} NOT NULL, restored_seq ${integer} NOT NULL, mode TEXT NOT NULL, receipt_key TEXT NOT NULL, rights ${integer} NOT NULL, since TEXT NOT NULL, held TEXT`, ''),
    // What somebody could see, by its digest: a device says the digest of what it holds.
    table('sync_scope', 'digest TEXT NOT NULL, scope TEXT NOT NULL, made_at TEXT NOT NULL', ', digest'),
    // Events of a commit, told with it.
    'CREATE INDEX ix_audit_event_command ON audit_event (org_id, command_id);',
    // Who follows, from which device, and how far; the scope it said it holds, and the one it was given last.
    table('sync_replica', `user_id TEXT NOT NULL, device TEXT NOT NULL, epoch ${integer} NOT NULL, cursor_seq ${integer} NOT NULL, scope TEXT, offered TEXT, waiting ${integer} NOT NULL, app_version TEXT NOT NULL, protocol ${integer} NOT NULL, clock_drift_ms ${integer} NOT NULL, pulled_at TEXT, pushed_at TEXT`, ', user_id, device'),
    // Commands set aside: of a revoked device, or from a file that could not be taken.
    table('sync_aside', 'id TEXT NOT NULL, user_id TEXT NOT NULL, device TEXT NOT NULL, command TEXT NOT NULL, reason TEXT NOT NULL, received_at TEXT NOT NULL, closed_at TEXT', ', id'),
    // Settled commands offered again to a restored server, with their receipts.
    table('sync_reoffer', `id TEXT NOT NULL, seq ${integer} NOT NULL, user_id TEXT NOT NULL, device TEXT NOT NULL, command TEXT NOT NULL, receipt TEXT NOT NULL`, ', id'),
    // Numbers that devices know and whose row a restore lost: never given again (rule 31); each with the operator's reason.
    table('sync_number', 'entity TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, number TEXT NOT NULL, series TEXT, told_by TEXT NOT NULL, told_at TEXT NOT NULL, reason TEXT, recorded_by TEXT, recorded_at TEXT', ', entity, id, field'),
    // Commands that wait for their person, and those that were applied beside what others had written.
    "CREATE INDEX ix_command_log_kept ON command_log (org_id, actor, seq) WHERE outcome <> 'applied';",
    "CREATE INDEX ix_command_log_merged ON command_log (org_id, actor, seq) WHERE note = 'merged';",
    // ---- replica. One line: whose it is and how far it has come.
    table('replica_state', `user_id TEXT NOT NULL, device TEXT NOT NULL, epoch ${integer} NOT NULL, cursor_seq ${integer} NOT NULL, scope TEXT, commands TEXT NOT NULL, applied_position ${integer} NOT NULL, verified_at TEXT, pulled_at TEXT`, ''),
    // Unsettled commands, this person's and others' of the same computer, in issue order (a copy of the outbox, with what became of each here).
    table('replica_pending', `id TEXT NOT NULL, position ${integer} NOT NULL, issuer TEXT NOT NULL, command TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT, converged TEXT NOT NULL, reads TEXT NOT NULL`, ', id'),
    'CREATE UNIQUE INDEX uq_replica_pending_position ON replica_pending (org_id, position);',
    // Rows an unsettled command wrote here, with the digest of each row as it left it.
    table('replica_write', `command_id TEXT NOT NULL, entity TEXT NOT NULL, id TEXT NOT NULL, position ${integer} NOT NULL, fields TEXT NOT NULL, digest TEXT NOT NULL`, ', command_id, entity, id'),
    'CREATE INDEX ix_replica_write_row ON replica_write (org_id, entity, id, position);',
    // The server's row beneath those writes; no row: the server has none (rule 23).
    table('replica_shadow', 'entity TEXT NOT NULL, id TEXT NOT NULL, "row" TEXT', ', entity, id'),
    table('replica_staged', `n ${integer} NOT NULL, page TEXT NOT NULL`, ', n'),
    // Fields of a row that changed from one version to the next: what an older screen is judged by.
    table('replica_change', `entity TEXT NOT NULL, id TEXT NOT NULL, version ${integer} NOT NULL, fields TEXT NOT NULL`, ', entity, id, version'),
    // Outcomes with their receipts, kept for a server that was restored.
    table('replica_settled', `id TEXT NOT NULL, seq ${integer} NOT NULL, epoch ${integer} NOT NULL, outcome TEXT NOT NULL, converged TEXT NOT NULL, receipt TEXT NOT NULL, command TEXT NOT NULL, settled_at TEXT NOT NULL`, ', id'),
    // Of rows that left the view: the number an authority had given them, nothing else (rule 22b').
    table('replica_number', 'entity TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, number TEXT NOT NULL, series TEXT', ', entity, id, field'),
    // Tables and columns that this version does not know: kept until it does.
    table('replica_unknown', `entity TEXT NOT NULL, id TEXT NOT NULL, seq ${integer} NOT NULL, content TEXT NOT NULL`, ', entity, id'),
  ]
}
