/** Tables as they follow from the entities: columns, keys, foreign keys, indexes. The migrations hold the frozen SQL; a test compares. */
import type { AnyEntity, Storage } from '../domain/entity.ts'
import type { Dialect, RawRow, Value } from './engine.ts'

export interface Column {
  name: string
  storage: Storage
  nullable: boolean
}

const text = (name: string, nullable = false): Column => ({ name, storage: 'text', nullable })

/** All columns of an entity's table, in order. */
export function columnsOf(entity: AnyEntity): Column[] {
  const scope = entity.scope === 'organization' ? [] : entity.scope === 'project' ? [text('project_id')] : [text('project_id'), text('mission_id')]
  const fields = Object.entries(entity.fields).map(([name, field]) => ({ name, storage: field.storage, nullable: field.nullable }))
  return [
    text('org_id'), text('id'), ...scope, ...fields,
    { name: 'version', storage: 'integer', nullable: false },
    text('created_at'), text('created_by'), text('updated_at'), text('updated_by'), text('deleted_at', true),
  ]
}

const sqlType = (storage: Storage, dialect: Dialect): string => {
  if (storage === 'integer' || storage === 'boolean') return dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'
  if (storage === 'real') return dialect === 'sqlite' ? 'REAL' : 'DOUBLE PRECISION'
  // Sorted by code point on both databases, so that pages and cursors agree.
  return dialect === 'sqlite' ? 'TEXT' : 'TEXT COLLATE "C"'
}

/** Columns that a foreign key to `target` uses, from the side of `entity`: as long as both live in the same project or mission, so must the rows. */
function referenceColumns(entity: AnyEntity, target: AnyEntity, column: string): { from: string[]; to: string[] } {
  const inProject = entity.scope !== 'organization' && target.scope !== 'organization'
  const inMission = entity.scope === 'mission' && target.scope === 'mission'
  const shared = inMission ? ['project_id', 'mission_id'] : inProject ? ['project_id'] : []
  return { from: ['org_id', ...shared, column], to: ['org_id', ...shared, 'id'] }
}

/** Keys beside (org_id, id) that rows of the same project or mission refer to. */
function referredKeys(target: AnyEntity, entities: ReadonlyMap<string, AnyEntity>): string[] {
  const keys = new Set<string>()
  if (target.name === 'mission') keys.add('org_id, project_id, id')
  for (const entity of entities.values())
    for (const [name, field] of Object.entries(entity.fields)) {
      if (field.references !== target.name) continue
      const key = referenceColumns(entity, target, name).to
      if (key.length > 2) keys.add(key.join(', '))
    }
  return [...keys].sort()
}

const DEFERRED = 'DEFERRABLE INITIALLY DEFERRED'

export function createTable(entity: AnyEntity, entities: ReadonlyMap<string, AnyEntity>, dialect: Dialect): string {
  const lines = columnsOf(entity).map((column) => `  ${column.name} ${sqlType(column.storage, dialect)}${column.nullable ? '' : ' NOT NULL'}`)
  lines.push('  PRIMARY KEY (org_id, id)')
  for (const key of referredKeys(entity, entities)) lines.push(`  UNIQUE (${key})`)
  if (dialect === 'sqlite') lines.push(...foreignKeys(entity, entities).map((key) => `  ${key}`))
  return `CREATE TABLE ${entity.name} (\n${lines.join(',\n')}\n)${dialect === 'sqlite' ? ' STRICT' : ''};`
}

/** PostgreSQL wants the table that is referred to first, and tables refer to each other in circles: keys come after all tables. */
export const addForeignKeys = (entity: AnyEntity, entities: ReadonlyMap<string, AnyEntity>): string[] =>
  foreignKeys(entity, entities).map((key) => `ALTER TABLE ${entity.name} ADD ${key};`)

function foreignKeys(entity: AnyEntity, entities: ReadonlyMap<string, AnyEntity>): string[] {
  const lines: string[] = []
  const project = entities.get('project')
  const mission = entities.get('mission')
  if (entity.scope === 'project' && project) lines.push(`FOREIGN KEY (org_id, project_id) REFERENCES project (org_id, id) ${DEFERRED}`)
  if (entity.scope === 'mission' && mission) lines.push(`FOREIGN KEY (org_id, project_id, mission_id) REFERENCES mission (org_id, project_id, id) ${DEFERRED}`)
  for (const [name, field] of Object.entries(entity.fields)) {
    const target = field.references ? entities.get(field.references) : undefined
    if (!target) continue
    const key = referenceColumns(entity, target, name)
    lines.push(`FOREIGN KEY (${key.from.join(', ')}) REFERENCES ${target.name} (${key.to.join(', ')}) ${DEFERRED}`)
  }
  return lines
}

export const uniqueIndexName = (entity: AnyEntity, index: number): string => `uq_${entity.name}_${index}`

/** Unique among living rows; null counts as one value, so that it too is taken once. */
export function createUniqueIndexes(entity: AnyEntity, dialect: Dialect): string[] {
  return entity.unique.map((columns, index) => {
    // SQLite names an index in its refusal only when it is made of expressions; PostgreSQL wants both sides of one type.
    const terms = columns.map((column) => (dialect === 'sqlite' || entity.fields[column]?.nullable ? `COALESCE(${column}, '')` : column))
    return `CREATE UNIQUE INDEX ${uniqueIndexName(entity, index)} ON ${entity.name} (org_id, ${terms.join(', ')}) WHERE deleted_at IS NULL;`
  })
}

/** What lists and rules look rows up by, beside the key. Each index costs on every write: only what a query needs. */
const lookups: Readonly<Record<string, readonly string[]>> = {
  member: ['collaborator_id'],
  role_binding: ['member_id'],
  invitation: ['member_id', 'code_digest'],
  cast_role: ['project_id'],
  cue: ['mission_id'],
  attachment: ['entity_id'],
  collaborator: ['display_name', 'external_id'],
  collaborator_role: ['collaborator_id', 'crew_role_id'],
  collaborator_skill: ['collaborator_id'],
  certification: ['collaborator_id'],
  availability: ['collaborator_id, start_at'],
  consent: ['collaborator_id'],
  location: ['external_id'],
  cost_centre: ['project_id'],
  project: ['start_at'],
  mission: ['project_id, start_at', 'start_at', 'location_id, start_at', 'external_id'],
  need: ['mission_id'],
  milestone: ['mission_id'],
  dependency: ['project_id', 'before_mission_id', 'after_mission_id'],
  run_sheet: ['project_id, sheet_date', 'lead_mission_id'],
  sheet_cover: ['sheet_id', 'covered_mission_id'],
  revision: ['sheet_id', 'project_id, state'],
  key_time: ['revision_id'],
  sheet_slot: ['revision_id, start_at'],
  sheet_person: ['revision_id'],
  sheet_note: ['revision_id'],
  sheet_row: ['revision_id'],
  assignment: ['mission_id', 'project_id, start_at', 'collaborator_id, start_at', 'start_at'],
  notification: ['collaborator_id', 'member_id', 'key'],
  reminder: ['subject_id', 'assignment_id'],
  sheet_delivery: ['revision_id', 'collaborator_id'],
  readiness_request: ['collaborator_id'],
  contract: ['project_id', 'collaborator_id'],
  contract_assignment: ['contract_id', 'assignment_id'],
  contract_version: ['contract_id', 'collaborator_id'],
  contract_request: ['contract_id'],
  contract_document: ['contract_id'],
  expected_document: ['mission_id', 'collaborator_id', 'state'],
  document_version: ['expected_document_id', 'collaborator_id'],
  vault_item: ['collaborator_id'],
  identity_paper: ['collaborator_id'],
  acceptance: ['assignment_id, state', 'project_id, deadline_at', 'mission_id', 'collaborator_id', 'state, deadline_at'],
}

/** The few rows among many that a clock asks for after each commit: indexed alone, so that the others cost nothing. */
const few: Readonly<Record<string, readonly { columns: string; having: string }[]>> = {
  assignment: [{ columns: 'id', having: 'reconfirm_since' }, { columns: 'id', having: 'presence' }],
}

export function createIndexes(entity: AnyEntity): string[] {
  return [
    ...(lookups[entity.name] ?? []).map((columns) => `CREATE INDEX ix_${entity.name}_${columns.replace(/, /g, '_')} ON ${entity.name} (org_id, ${columns});`),
    ...(few[entity.name] ?? []).map(({ columns, having }) => `CREATE INDEX ix_${entity.name}_with_${having} ON ${entity.name} (org_id, ${columns}) WHERE ${having} IS NOT NULL;`),
  ]
}

export interface Codec {
  columns: readonly Column[]
  names: readonly string[]
  encode(name: string, value: unknown): Value
  decode(raw: RawRow): Record<string, unknown>
}

/** Between rows of the database and records of the domain: booleans are 0 and 1, JSON is text. */
export function codecOf(columns: readonly Column[]): Codec {
  const storage = new Map(columns.map((column) => [column.name, column.storage]))
  const special = columns.filter((column) => column.storage === 'boolean' || column.storage === 'json')
  const numeric = columns.filter((column) => column.storage === 'integer' || column.storage === 'real')
  return {
    columns,
    names: columns.map((column) => column.name),
    encode(name, value) {
      if (value === null || value === undefined) return null
      const kind = storage.get(name)
      if (kind === 'boolean') return value ? 1 : 0
      if (kind === 'json') return JSON.stringify(value)
      if (typeof value === 'string' || typeof value === 'number') return value
      throw new Error(`column ${name} cannot hold ${typeof value}`)
    },
    decode(raw) {
      const row: Record<string, unknown> = raw
      for (const { name, storage: kind } of special) {
        const value = raw[name]
        if (value === null || value === undefined) continue
        row[name] = kind === 'boolean' ? Number(value) === 1 : JSON.parse(String(value))
      }
      // PostgreSQL gives BIGINT as text.
      for (const { name } of numeric) if (typeof row[name] === 'string') row[name] = Number(row[name])
      return row
    },
  }
}
