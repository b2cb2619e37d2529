import Database from 'better-sqlite3'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { personalMarks } from '../fixtures/inputs.ts'
import { walk, type Step } from '../fixtures/walk.ts'
import { buildWorld, type World } from '../fixtures/world.ts'

let app: TestOrganization
let world: World
let steps: Step[]

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'audit', quiet: true })
  world = await buildWorld(app)
  steps = await walk(app, drawFrom(5), 300)
})
afterAll(() => app.close())

const rows = (sql: string) => app.file.readEngine.all(sql, [])
const whole = () => verifyChain(app.file.readEngine, app.org)

/** A copy of the file whose guards are taken down, as whoever has the disk could do. */
async function tampered(work: (database: Database.Database) => void): Promise<Awaited<ReturnType<typeof verifyChain>>> {
  const copy = join(app.folder, 'tampered.sqlite')
  const source = new Database(app.path)
  source.pragma('wal_checkpoint(TRUNCATE)')
  source.close()
  copyFileSync(app.path, copy)
  const database = new Database(copy)
  try {
    for (const verb of ['update', 'delete', 'replace']) database.exec(`DROP TRIGGER audit_event_no_${verb}`)
    work(database)
    return await verifyChain(sqliteEngine(database), app.org)
  } finally {
    database.close()
  }
}

describe('the log of events', () => {
  it('holds after random work, and says how long it is', async () => {
    const [counted] = await rows('SELECT count(*) AS n FROM audit_event')
    expect(await whole()).toMatchObject({ whole: true, events: Number(counted?.['n']) })
    expect(Number(counted?.['n'])).toBeGreaterThan(300)
  })

  it('has exactly one lead event for each applied command, and none for what was refused', async () => {
    const commands = await rows('SELECT id FROM command_log')
    const leads = await rows('SELECT command_id, sum(lead) AS leads, count(*) AS events FROM audit_event WHERE command_id IS NOT NULL GROUP BY command_id')
    expect(leads.map((row) => row['command_id']).sort()).toEqual(commands.map((row) => row['id']).sort())
    expect(leads.every((row) => Number(row['leads']) === 1)).toBe(true)
    expect(steps.filter(({ answer }) => isError(answer)).length).toBeGreaterThan(0)
  })

  it('has one event for each row a command wrote, with the version the row then had', async () => {
    for (const command of await rows('SELECT id, record FROM command_log')) {
      const recorded = (JSON.parse(String(command['record'])) as { rows: { id: string }[] }).rows.map(({ id }) => id).sort()
      const events = await app.file.readEngine.all('SELECT entity_id FROM audit_event WHERE command_id = ? AND entity_id IS NOT NULL', [String(command['id'])])
      expect(events.map((row) => String(row['entity_id'])).sort()).toEqual(recorded)
    }
  })

  it('finds any change of any column of any event, at the event changed', async () => {
    const columns = (await rows(`SELECT name FROM pragma_table_info('audit_event')`)).map((row) => String(row['name']))
    expect(columns.length).toBeGreaterThan(20)
    const draw = drawFrom(99)
    const [last] = await rows('SELECT max(position) AS n FROM audit_event')
    for (const column of columns) {
      const position = 1 + draw.below(Number(last?.['n']))
      let differs = true
      const verdict = await tampered((database) => {
        const [former] = database.prepare(`SELECT ${column} AS v FROM audit_event WHERE position = ?`).all(position) as { v: unknown }[]
        const value = typeof former?.v === 'number' ? former.v + 1_000_000 : `${typeof former?.v === 'string' ? former.v : ''}x`
        const numeric = ['row_version', 'lead', 'position'].includes(column)
        database.prepare(`UPDATE audit_event SET ${column} = ? WHERE position = ?`).run(numeric ? (typeof former?.v === 'number' ? former.v + 1_000_000 : 7) : value, position)
        differs = true
      })
      expect(verdict, `${column} at ${position}`).toMatchObject({ whole: false, broken_at: position })
      expect(differs).toBe(true)
    }
  }, 60_000)

  it('finds one byte changed inside the values of an event', async () => {
    const draw = drawFrom(123)
    const written = await rows(`SELECT position, changes FROM audit_event WHERE length(changes) > 20`)
    for (let attempt = 0; attempt < 12; attempt++) {
      const { position, changes } = draw.one(written)
      const text = String(changes)
      const at = draw.below(text.length)
      const other = text.slice(0, at) + (text[at] === 'z' ? 'y' : 'z') + text.slice(at + 1)
      const verdict = await tampered((database) => database.prepare('UPDATE audit_event SET changes = ? WHERE position = ?').run(other, position))
      expect(verdict).toMatchObject({ whole: false, broken_at: Number(position), why: 'changes' })
    }
  }, 60_000)

  it('finds an event taken away, from the middle or from the end, and two that changed places', async () => {
    const [last] = await rows('SELECT max(position) AS n FROM audit_event')
    const end = Number(last?.['n'])
    for (const position of [1, 40, end - 1, end])
      expect(await tampered((database) => database.prepare('DELETE FROM audit_event WHERE position = ?').run(position)), String(position)).toMatchObject({ whole: false, broken_at: position })
    expect(await tampered((database) => {
      database.prepare('UPDATE audit_event SET position = -1 WHERE position = 50').run()
      database.prepare('UPDATE audit_event SET position = 50 WHERE position = 51').run()
      database.prepare('UPDATE audit_event SET position = 51 WHERE position = -1').run()
    })).toMatchObject({ whole: false, broken_at: 50 })
  })

  it('still verifies a copy whose values were masked', async () => {
    expect(await tampered((database) => database.exec('UPDATE audit_event SET changes = NULL WHERE position % 3 = 0'))).toMatchObject({ whole: true })
  })

  it('refuses to be updated, deleted or replaced, even through SQL, and so does the log of commands', async () => {
    for (const [table, column] of [['audit_event', 'actor'], ['command_log', 'name']] as const) {
      await expect(app.file.engine.run(`UPDATE ${table} SET ${column} = 'x'`, [])).rejects.toThrow('append-only')
      await expect(app.file.engine.run(`DELETE FROM ${table}`, [])).rejects.toThrow('append-only')
      await expect(app.file.engine.run(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table} LIMIT 1`, [])).rejects.toThrow('append-only')
      await expect(app.file.engine.run(`UPDATE OR REPLACE ${table} SET ${column} = 'x'`, [])).rejects.toThrow('append-only')
    }
    expect(await whole()).toMatchObject({ whole: true })
  })

  it('keeps no telephone, name or e-mail of anyone, neither in events nor in commands, by a single byte', async () => {
    const kept = Buffer.from(JSON.stringify([await rows('SELECT * FROM audit_event'), await rows('SELECT * FROM command_log')]))
    const text = kept.toString('utf8')
    expect(text.length).toBeGreaterThan(100_000)
    for (const mark of Object.values(personalMarks)) expect(text.includes(mark), mark).toBe(false)
    expect(text.includes('Léa Martin')).toBe(false)
    // They are in the file all right: in the rows of the people themselves.
    expect(readFileSync(app.path).includes(Buffer.from(personalMarks.name))).toBe(true)
  })

  it('stays whole when a person’s key is destroyed, and what was said of them cannot be read any more', async () => {
    const { stranger } = world
    await app.ask('collaborator.update_contact', { collaborator_id: stranger, version: Number((await app.ask('collaborator.get', { id: stranger }))['version']), changes: { email: 'derniere@example.org' } }, app.owner, 'last-contact')
    const [known] = await app.file.readEngine.all('SELECT key_hex FROM person_key WHERE subject_id = ?', [stranger])
    expect(known?.['key_hex']).toMatch(/^[0-9a-f]{64}$/)
    await app.file.engine.run(`UPDATE person_key SET key_hex = NULL, erased_at = '2026-12-01T00:00:00.000Z' WHERE subject_id = ?`, [stranger])
    expect(await whole()).toMatchObject({ whole: true })
    const history = await app.ask('history.list', {})
    expect(await app.refused('history.undo', { command_id: history['undo'] })).toBe('undo.impossible')
    const again = await app.ask('collaborator.update_contact', { collaborator_id: stranger, version: Number((await app.ask('collaborator.get', { id: stranger }))['version']), changes: { phone: '06 39 98 12 12' } })
    expect(again).toBeTruthy()
    const [event] = await rows('SELECT changes FROM audit_event ORDER BY position DESC LIMIT 1')
    expect(JSON.parse(String(event?.['changes']))).toMatchObject({ phone: [expect.stringMatching(/erased/), 'erased'] })
    expect(await whole()).toMatchObject({ whole: true })
  })
})
