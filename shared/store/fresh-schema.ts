import { entities } from '../domain/registry.ts'
import type { Dialect } from './engine.ts'
import { readModels } from './read-models.ts'
import { addForeignKeys, createIndexes, createTable, createUniqueIndexes } from './schema.ts'
import { searchTables } from './search.ts'
import { syncTables } from './sync-tables.ts'

const kernelTables = (dialect: Dialect): string[] => {
  const integer = dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'
  const strict = dialect === 'sqlite' ? ' STRICT' : ''
  return [
    `CREATE TABLE audit_event (
  org_id TEXT NOT NULL, id TEXT NOT NULL, entity TEXT, entity_id TEXT, row_version ${integer}, project_id TEXT, mission_id TEXT,
  action TEXT NOT NULL, op TEXT, lead ${integer} NOT NULL, command_id TEXT, actor_kind TEXT NOT NULL, actor TEXT NOT NULL, on_behalf_of TEXT,
  changes TEXT, changes_digest TEXT NOT NULL, reason TEXT, occurred_at TEXT NOT NULL, recorded_at TEXT NOT NULL,
  request_id TEXT NOT NULL, correlation_id TEXT NOT NULL, device TEXT NOT NULL, app_version TEXT NOT NULL, corrects_event_id TEXT,
  position ${integer}, hash TEXT,
  PRIMARY KEY (org_id, id)
)${strict};`,
    `CREATE TABLE audit_head (org_id TEXT NOT NULL PRIMARY KEY, position ${integer} NOT NULL, hash TEXT NOT NULL)${strict};`,
    'CREATE UNIQUE INDEX uq_audit_event_position ON audit_event (org_id, position);',
    'CREATE INDEX ix_audit_event_entity ON audit_event (org_id, entity_id, row_version);',
    'CREATE INDEX ix_audit_event_project ON audit_event (org_id, project_id, position);',
    `CREATE TABLE command_log (
  org_id TEXT NOT NULL, id TEXT NOT NULL, seq ${integer} NOT NULL, name TEXT NOT NULL, v ${integer} NOT NULL, payload_hash TEXT NOT NULL,
  input TEXT NOT NULL, record TEXT NOT NULL, "after" TEXT NOT NULL, seed TEXT NOT NULL, issued_at TEXT NOT NULL, actor_kind TEXT NOT NULL, actor TEXT NOT NULL,
  device TEXT NOT NULL, request_id TEXT NOT NULL, correlation_id TEXT NOT NULL, group_id TEXT, undoes TEXT, undoable ${integer} NOT NULL,
  outcome TEXT NOT NULL, note TEXT, converged TEXT NOT NULL, answer TEXT NOT NULL,
  PRIMARY KEY (org_id, id)
)${strict};`,
    'CREATE UNIQUE INDEX uq_command_log_seq ON command_log (org_id, seq);',
    'CREATE INDEX ix_command_log_actor ON command_log (org_id, actor, seq);',
    'CREATE INDEX ix_command_log_name ON command_log (org_id, name, seq);',
    'CREATE INDEX ix_command_log_group ON command_log (org_id, group_id);',
    'CREATE INDEX ix_command_log_undoes ON command_log (org_id, undoes);',
    `CREATE TABLE person_key (org_id TEXT NOT NULL, subject_id TEXT NOT NULL, key_hex TEXT, erased_at TEXT, PRIMARY KEY (org_id, subject_id))${strict};`,
  ]
}

function appendOnly(table: string, order: string, dialect: Dialect, guarded: string): string[] {
  if (dialect === 'sqlite')
    return [
      ...['UPDATE', 'DELETE'].map((verb) =>
        `CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} WHEN ${guarded} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`),
      // INSERT OR REPLACE takes a row away without asking the DELETE trigger.
      `CREATE TRIGGER ${table}_no_replace BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE org_id = NEW.org_id AND (id = NEW.id OR ${order} = NEW.${order})) ` +
        `BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`,
    ]
  return [
    `CREATE FUNCTION ${table}_frozen() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '${table} is append-only'; END $$ LANGUAGE plpgsql;`,
    `CREATE TRIGGER ${table}_frozen BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW WHEN (${guarded}) EXECUTE FUNCTION ${table}_frozen();`,
  ]
}

/** Everything that a file made today holds, as it follows from the models. Migrations hold what was released. */
export function freshSchema(dialect: Dialect): string[] {
  const tables = [...entities.values()]
  return [
    ...tables.map((entity) => createTable(entity, entities, dialect)),
    ...(dialect === 'postgres' ? tables.flatMap((entity) => addForeignKeys(entity, entities)) : []),
    ...tables.flatMap((entity) => [...createUniqueIndexes(entity, dialect), ...createIndexes(entity)]),
    ...[...readModels.values()].map((model) => model.sql),
    ...kernelTables(dialect),
    ...syncTables(dialect),
    ...appendOnly('audit_event', 'position', dialect, 'OLD.position IS NOT NULL'),
    ...appendOnly('command_log', 'seq', dialect, dialect === 'sqlite' ? '1' : 'true'),
    ...(dialect === 'sqlite' ? searchTables : []),
  ]
}
