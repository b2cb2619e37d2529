/**
 * Full-text search: an FTS5 table beside the rows, local to each file, accents folded. It holds names and titles, never contact
 * details or sealed fields. PostgreSQL has no such table: search is a device's affair.
 */
import type { AnyEntity } from '../domain/entity.ts'
import { fold } from '../kernel/text.ts'
import type { Dialect, Engine, Value } from './engine.ts'
import type { Write } from './write-set.ts'

export const searchTables = [
  `CREATE TABLE search_row (
  rowid INTEGER PRIMARY KEY,
  org_id TEXT NOT NULL,
  entity TEXT NOT NULL,
  row_id TEXT NOT NULL,
  project_id TEXT,
  title TEXT NOT NULL,
  folded TEXT NOT NULL,
  UNIQUE (org_id, row_id)
) STRICT;`,
  `CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3');`,
]

/** Each word as a prefix: `kar ben` finds Karim Benali. Null when there is no word at all. */
export function matchOf(text: string): string | null {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu)
  return words ? words.map((word) => `"${word}"*`).join(' ') : null
}

export function searchCondition(entity: AnyEntity, org: string, text: string, dialect: Dialect): { key: string; sql: string; values: Value[] } {
  const match = matchOf(text)
  if (match === null || dialect !== 'sqlite') return { key: 'nomatch', sql: '1 = 0', values: [] }
  return {
    key: 'search',
    sql: 'id IN (SELECT row_id FROM search_row WHERE rowid IN (SELECT rowid FROM search_words WHERE search_words MATCH ?) AND org_id = ? AND entity = ?)',
    values: [match, org, entity.name],
  }
}

export async function indexWrite(engine: Engine, org: string, write: Write): Promise<void> {
  if (engine.dialect !== 'sqlite' || write.entity.search.length === 0) return
  const removed = write.after['deleted_at'] !== null
  const changed = write.op !== 'update' || write.entity.search.some((column) => write.before?.[column] !== write.after[column])
  if (!changed) return
  if (write.op !== 'insert') {
    const [known] = await engine.all('SELECT rowid FROM search_row WHERE org_id = ? AND row_id = ?', [org, write.id])
    if (known) {
      await engine.run('DELETE FROM search_words WHERE rowid = ?', [known['rowid'] ?? null])
      await engine.run('DELETE FROM search_row WHERE rowid = ?', [known['rowid'] ?? null])
    }
  }
  if (removed) return
  const words = write.entity.search.map((column) => write.after[column]).filter((value) => typeof value === 'string')
  const title = words[0] ?? ''
  const project = write.entity.name === 'project' ? write.id : (write.after['project_id'] ?? null)
  await engine.run('INSERT INTO search_row (org_id, entity, row_id, project_id, title, folded) VALUES (?, ?, ?, ?, ?, ?)', [
    org, write.entity.name, write.id, typeof project === 'string' ? project : null, title, fold(title),
  ])
  await engine.run('INSERT INTO search_words (rowid, words) VALUES (last_insert_rowid(), ?)', [words.join(' ')])
}

/** Before all rows are put anew. */
export async function clearSearch(engine: Engine, org: string): Promise<void> {
  if (engine.dialect !== 'sqlite') return
  await engine.run('DELETE FROM search_words WHERE rowid IN (SELECT rowid FROM search_row WHERE org_id = ?)', [org])
  await engine.run('DELETE FROM search_row WHERE org_id = ?', [org])
}

export interface SearchHit {
  entity: string
  id: string
  project_id: string | null
  title: string
}

/** Best first: titles that begin with what was typed, then the full-text rank. */
export async function searchAll(engine: Engine, org: string, text: string, entities: readonly string[], limit: number, offset = 0): Promise<SearchHit[]> {
  const match = matchOf(text)
  if (match === null || engine.dialect !== 'sqlite') return []
  const found = await engine.all(
    `SELECT s.entity, s.row_id, s.project_id, s.title FROM search_words w JOIN search_row s ON s.rowid = w.rowid
     WHERE search_words MATCH ? AND s.org_id = ? AND s.entity IN (SELECT value FROM json_each(?))
     ORDER BY (substr(s.folded, 1, ?) = ?) DESC, w.rank, s.folded, s.row_id LIMIT ? OFFSET ?`,
    [match, org, JSON.stringify(entities), fold(text).length, fold(text), limit, offset],
  )
  return found.map((row) => ({ entity: String(row['entity']), id: String(row['row_id']), project_id: row['project_id'] === null ? null : String(row['project_id']), title: String(row['title']) }))
}
