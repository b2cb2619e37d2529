/**
 * The reference of writes: the very rows a command wrote (rows, log, audit, search, person keys), written again by better-sqlite3
 * alone into a copy of the file, one transaction for each command, with the same schema and settings.
 */
import type Database from 'better-sqlite3'
import { copyFileSync } from 'node:fs'
import { openDatabase } from '../../shared/store/sqlite-engine.ts'
import type { Engine, RawRow, Value } from '../../shared/store/engine.ts'

interface Insert {
  statement: Database.Statement<Value[]>
  values: Value[]
}
export interface Replay {
  /** Milliseconds that each command written since the last call takes without us. */
  catchUp(): Promise<number[]>
  close(): void
}

/** `file` is the organization's own, as it is now: what comes after is replayed. */
export async function replayOf(engine: Engine, file: string, copy: string): Promise<Replay> {
  await engine.all('PRAGMA wal_checkpoint(TRUNCATE)', [])
  copyFileSync(file, copy)
  const raw = openDatabase(copy)
  const statements = new Map<string, Database.Statement<Value[]>>()
  const insertOf = (table: string, row: RawRow): Insert => {
    const columns = Object.keys(row)
    const sql = `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
    let statement = statements.get(sql)
    if (!statement) statements.set(sql, (statement = raw.prepare<Value[]>(sql)))
    return { statement, values: columns.map((name) => row[name] ?? null) }
  }
  const begin = raw.prepare('BEGIN IMMEDIATE')
  const commit = raw.prepare('COMMIT')
  const [start] = await engine.all('SELECT max(seq) AS seq FROM command_log', [])
  let seen = Number(start?.['seq'] ?? 0)

  async function insertsOf(command: RawRow): Promise<Insert[]> {
    const inserts = [insertOf('command_log', command)]
    const events = await engine.all('SELECT * FROM audit_event WHERE command_id = ? ORDER BY position', [command['id'] ?? null])
    for (const event of events) {
      const id = event['entity_id'] ?? null
      // A gesture made of several commands is in the log without rows of its own.
      if (event['entity'] === null) {
        inserts.push(insertOf('audit_event', event))
        continue
      }
      for (const row of await engine.all(`SELECT * FROM ${String(event['entity'])} WHERE org_id = ? AND id = ?`, [event['org_id'] ?? null, id])) inserts.push(insertOf(String(event['entity']), row))
      for (const { rowid, ...row } of await engine.all('SELECT * FROM search_row WHERE org_id = ? AND row_id = ?', [event['org_id'] ?? null, id])) {
        inserts.push(insertOf('search_row', row))
        inserts.push(insertOf('search_words', { rowid: rowid ?? null, words: row['title'] ?? null }))
      }
      inserts.push(insertOf('audit_event', event))
    }
    return inserts
  }
  return {
    async catchUp() {
      const times: number[] = []
      for (const command of await engine.all('SELECT * FROM command_log WHERE seq > ? ORDER BY seq', [seen])) {
        const inserts = await insertsOf(command)
        const from = performance.now()
        begin.run()
        for (const { statement, values } of inserts) statement.run(...values)
        commit.run()
        times.push(performance.now() - from)
        seen = Number(command['seq'])
      }
      return times
    },
    close: () => raw.close(),
  }
}
