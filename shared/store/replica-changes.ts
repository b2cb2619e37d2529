/**
 * Fields of a replica's rows that changed from one version to the next: what a screen that shows an older version is judged by. A line is
 * needed for as long as somebody may name a version before it, and nobody knows for how long that is: a page in a browser outlives the
 * program, a script keeps a list for months. So no line is ever dropped while its row is here. Beyond so many of one row the oldest become
 * one, which says all that they said: who read a version before all of them is answered as ever, who read one between them may be told of a
 * field too many, never of one too few.
 */
import type { Engine } from './engine.ts'

/** Of one row: nobody's page is that many versions behind and still in its place. */
export const MOST_CHANGES = 50

/** A version of a row has one change: two that come to the same number (a view filled anew counts again from the server's) are both told. */
export async function noteChange(engine: Engine, org: string, entity: string, id: string, version: number, fields: readonly string[]): Promise<void> {
  await engine.run(
    `INSERT INTO replica_change (org_id, entity, id, version, fields) VALUES (?, ?, ?, ?, ?) ON CONFLICT (org_id, entity, id, version)
     DO UPDATE SET fields = (SELECT json_group_array(DISTINCT value) FROM (SELECT value FROM json_each(replica_change.fields) UNION SELECT value FROM json_each(excluded.fields)))`,
    [org, entity, id, version, JSON.stringify(fields)])
}
export async function changedSince(engine: Engine, org: string, entity: string, id: string, version: number): Promise<Set<string>> {
  const rows = await engine.all('SELECT DISTINCT f.value FROM replica_change c, json_each(c.fields) f WHERE c.org_id = ? AND c.entity = ? AND c.id = ? AND c.version > ?', [org, entity, id, version])
  return new Set(rows.map((row) => String(row['value'])))
}

/** Goes through all lines, in their index: for now and then. Answers how many rows it concerned. */
export async function foldChanges(engine: Engine, org: string, most = MOST_CHANGES): Promise<number> {
  const long = await engine.all('SELECT entity, id FROM replica_change WHERE org_id = ? GROUP BY entity, id HAVING COUNT(*) > ?', [org, most])
  for (const { entity, id } of long) {
    const row = [org, String(entity), String(id)]
    // The newest of those that become one: it says of all of them what changed.
    const [last] = await engine.all('SELECT version FROM replica_change WHERE org_id = ? AND entity = ? AND id = ? ORDER BY version DESC LIMIT 1 OFFSET ?', [...row, most - 1])
    const version = Number(last?.['version'])
    await engine.run(
      `UPDATE replica_change SET fields = (SELECT json_group_array(DISTINCT f.value) FROM replica_change o, json_each(o.fields) f WHERE o.org_id = replica_change.org_id AND o.entity = replica_change.entity AND o.id = replica_change.id AND o.version <= replica_change.version)
       WHERE org_id = ? AND entity = ? AND id = ? AND version = ?`, [...row, version])
    await engine.run('DELETE FROM replica_change WHERE org_id = ? AND entity = ? AND id = ? AND version < ?', [...row, version])
  }
  return long.length
}
