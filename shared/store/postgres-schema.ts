/**
 * The tables of PostgreSQL as they follow from the models, with the second wall around each organization: whatever a statement forgets
 * to ask, the database shows and takes only rows of the organization named by the transaction (`callboard.org`). Without one: none.
 */
import { freshSchema } from './fresh-schema.ts'

/** Of tables whose key begins with org_id: all of them. FORCE: the wall holds for the role that owns the tables too. */
export function organizationWall(table: string): string[] {
  const own = `org_id = current_setting('callboard.org', true)`
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`,
    `CREATE POLICY ${table}_of_organization ON ${table} USING (${own}) WITH CHECK (${own});`,
  ]
}

export function postgresSchema(): string[] {
  // A view asks with the rights of who reads it, not of who made it.
  const statements = freshSchema('postgres').map((sql) => sql.replace(/^CREATE VIEW (\w+) AS/, 'CREATE VIEW $1 WITH (security_invoker = true) AS'))
  const tables = statements.flatMap((sql) => /^CREATE TABLE (\w+)/.exec(sql)?.[1] ?? [])
  return [...statements, ...tables.flatMap(organizationWall)]
}
