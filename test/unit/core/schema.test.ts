import { describe, expect, it } from 'vitest'
import { freshSchema } from '../../../shared/store/fresh-schema.ts'
import { migrations } from '../../../shared/store/migrations/index.ts'
import { openTestOrganization } from '../../fixtures/core.ts'
import { sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import Database from 'better-sqlite3'

const described = async (engine: ReturnType<typeof sqliteEngine>): Promise<string[]> =>
  (await engine.all("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_words_%' ORDER BY type, name", []))
    .map((row) => `${String(row['type'])} ${String(row['name'])} ${String(row['sql']).replace(/\s+/g, ' ').replaceAll('"', '')}`)

describe('the schema', () => {
  it('of a file brought up by the migrations is the one that follows from the models: a changed model needs a new migration', async () => {
    const fresh = sqliteEngine(new Database(':memory:'))
    for (const statement of freshSchema('sqlite')) await fresh.script(statement)
    const app = await openTestOrganization()
    expect(await described(sqliteEngine(new Database(app.path, { readonly: true })))).toEqual(await described(fresh))
    await app.close()
  })
  it('is numbered from 1 without a gap', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
  })
})
