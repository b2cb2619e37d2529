/** What an organization is made of, table by table, in the order in which it is written down. */
import { entities } from '../../domain/registry.ts'
import type { Storage } from '../../domain/entity.ts'
import { columnsOf, type Column } from '../../store/schema.ts'

export interface FactTable {
  name: string
  /** Without org_id: whose they are is said once, for all. */
  columns: readonly Column[]
  /** What a page of rows goes on from: a column or an expression that differs for every row. */
  order: string
}

const kernel = (name: string, order: string, texts: string, integers: string, empty: string): FactTable => {
  const list = (names: string): string[] => names.split(' ').filter((one) => one !== '')
  const column = (storage: Storage) => (one: string): Column => ({ name: one, storage, nullable: list(empty).includes(one) })
  return { name, order, columns: [...list(texts).map(column('text')), ...list(integers).map(column('integer'))] }
}

/** Rows of every entity, removed ones too; then what was done: the chain, the commands, the keys of people. */
export const factTables: readonly FactTable[] = [
  ...[...entities.values()].map((entity) => ({ name: entity.name, order: 'id', columns: columnsOf(entity).filter(({ name }) => name !== 'org_id') })),
  kernel('person_key', 'subject_id', 'subject_id key_hex erased_at', '', 'key_hex erased_at'),
  kernel('command_log', 'seq',
    'id name payload_hash input record after seed issued_at actor_kind actor device request_id correlation_id group_id undoes outcome note converged answer', 'seq v undoable', 'group_id undoes note'),
  kernel('audit_event', 'position',
    'id entity entity_id project_id mission_id action op command_id actor_kind actor on_behalf_of changes changes_digest reason occurred_at recorded_at request_id correlation_id device app_version corrects_event_id hash',
    'row_version lead position', 'entity entity_id row_version project_id mission_id op command_id on_behalf_of changes reason corrects_event_id'),
  kernel('audit_head', 'org_id', 'hash', 'position', ''),
]

/** What the server alone keeps, in its own backups: the key of its receipts, who follows, what was set aside. */
export const serverTables: readonly FactTable[] = [
  kernel('sync_head', 'org_id', 'mode receipt_key since held', 'epoch restored_seq rights', 'held'),
  kernel('sync_replica', `user_id || ' ' || device`, 'user_id device scope offered app_version pulled_at pushed_at', 'epoch cursor_seq waiting protocol clock_drift_ms', 'scope offered pulled_at pushed_at'),
  kernel('sync_aside', 'id', 'id user_id device command reason received_at closed_at', '', 'closed_at'),
  kernel('sync_reoffer', 'id', 'id user_id device command receipt', 'seq', ''),
  kernel('sync_number', `entity || ' ' || id || ' ' || field`, 'entity id field number series told_by told_at reason recorded_by recorded_at', '', 'series reason recorded_by recorded_at'),
]

/** `after` is a word of SQL. */
export const quoted = (column: string): string => (column === 'after' ? '"after"' : column)
