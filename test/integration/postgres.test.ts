/** The same store on both databases: engine, transaction, pages, chain, log, record; the same calls leave the same rows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore, type OrganizationCore } from '../../shared/core/organization-core.ts'
import { entities } from '../../shared/domain/registry.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { postgresMigrations } from '../../shared/store/migrations/postgres.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts'
import { walk, type Step } from '../fixtures/walk.ts'
import { buildWorld } from '../fixtures/world.ts'

let postgres: TestPostgres
let sqlite: TestOrganization
let engine: Engine
let scratch: Engine
let core: OrganizationCore
let folder: string
const script: Step[] = []
const replayed: { name: string; mine: string; theirs: string }[] = []
const SEED = 'both'

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-both-'))
  postgres = await startPostgres()
  console.log(postgres.kind)
  engine = await postgres.engine('callboard_core')
  for (const { statements } of postgresMigrations) await engine.script(statements.join('\n'))
  scratch = await postgres.engine('callboard_scratch')
  sqlite = await openTestOrganization({ seed: SEED, folder, found: false, steady: true, quiet: true })
  const clock = Date.parse('2026-10-20T08:00:00.000Z')
  let drawn = 0
  core = createOrganizationCore({
    org: sqlite.org, engine, readEngine: engine, handlers: organizationOperations,
    outside: { now: () => fromMs(clock), random: (bytes) => Buffer.from(sha256(`${SEED} ${++drawn}`), 'hex').subarray(0, bytes), app_version: 'test', report: () => undefined },
  })
  // Every call made on the file is made on the server too, in the same order.
  const inFile = sqlite.core.execute
  sqlite.core.execute = async (call, session) => {
    const mine = await inFile(call, session)
    const theirs = await core.execute(call, session)
    replayed.push({ name: call.name, mine: JSON.stringify(mine), theirs: JSON.stringify(theirs) })
    return mine
  }
  await sqlite.ask('organization.create', {
    name: 'Compagnie du Phare', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR', owner: { user_id: sqlite.owner.user_id, name: 'Léa Martin', email: 'lea@example.org' },
  })
  await buildWorld(sqlite)
  script.push(...(await walk(sqlite, drawFrom(8), 150)))
}, 120_000)
afterAll(async () => {
  await sqlite.close()
  await engine.close()
  await scratch.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

const numbers = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value]))

describe('the same calls on SQLite and on PostgreSQL', () => {
  it('are answered the same, refusals too', () => {
    expect(replayed.length).toBeGreaterThan(200)
    // Search is a device's affair: a server answers none.
    for (const { name, mine, theirs } of replayed) expect(`${name} ${theirs}`).toBe(`${name} ${mine}`)
    expect(script.filter(({ answer }) => !isError(answer)).length).toBeGreaterThan(60)
  })

  it('leave the same rows in every table, value for value', async () => {
    for (const table of [...entities.keys(), 'audit_event', 'audit_head', 'command_log', 'person_key']) {
      const order = table === 'audit_head' ? 'org_id' : table === 'person_key' ? 'subject_id' : 'id'
      const sql = `SELECT * FROM ${table} ORDER BY ${order}`
      const [mine, theirs] = [(await sqlite.file.readEngine.all(sql, [])).map(numbers), (await engine.all(`${sql} COLLATE "C"`, [])).map(numbers)]
      expect(theirs, table).toEqual(mine)
    }
  })

  it('give pages in the same order with the same cursors, whatever the sort, the filter and the accents', async () => {
    for (const name of ['Éclair', 'eclair', 'Zèbre', 'zebre', 'œuvre', 'Ämne', '10', '9', '_x'])
      await sqlite.ask('party.create', { kind: 'company', name })
    for (const [name, sorts] of [
      ['mission.list', ['start_at', '-start_at', 'title', '-location_name', 'day_code']], ['party.list', ['name', '-name']], ['collaborator.list', ['display_name', '-last_name', 'crew_role_name']],
      ['assignment.list', ['collaborator_name', '-mission_title', 'state']], ['location.list', ['name', '-updated_at']], ['crew_role.list', ['position', '-name']],
    ] as const)
      for (const sort of sorts) {
        let cursor: string | null = null
        for (let page = 0; page < 4; page++) {
          const call: { name: string; input: unknown } = { name, input: { sort: [sort], limit: 3, ...(cursor === null ? {} : { cursor }) } }
          const mine = await sqlite.core.execute(call, sqlite.owner)
          const { theirs } = replayed.at(-1) ?? { theirs: '' }
          expect(theirs, `${name} by ${sort}`).toBe(JSON.stringify(mine))
          cursor = isError(mine) ? null : (mine.value as { next_cursor: string | null }).next_cursor
          if (cursor === null) break
        }
      }
  })

  it('count the same values, give the same numbered pages and the same ids, left out and empty ones too', async () => {
    for (const [name, input] of [
      ['mission.list', { facets: ['kind', 'location_id', 'locked'], page: 2, limit: 3, ids: true, sort: ['-location_name'] }],
      ['mission.list', { facets: ['kind', 'status'], filter: { kind: { not: 'show' }, location_id: { not: [null] }, locked: [true, false] } }],
      ['assignment.list', { facets: ['state', 'department_code'], filter: { department_code: ['LUM', null] }, ids: true }],
      ['collaborator.list', { facets: ['department_code', 'status'], filter: { department_code: { not: ['LUM'] } } }],
    ] as const) {
      const mine = await sqlite.core.execute({ name, input }, sqlite.owner)
      expect(isError(mine)).toBe(false)
      expect(replayed.at(-1)?.theirs, name).toBe(JSON.stringify(mine))
    }
  })

  it('keep a chain that verifies with the same head, and refuse to have it rewritten', async () => {
    const [mine, theirs] = [await verifyChain(sqlite.file.readEngine, sqlite.org), await verifyChain(engine, sqlite.org)]
    expect(mine).toMatchObject({ whole: true })
    expect(theirs).toEqual(mine)
    for (const table of ['audit_event', 'command_log']) {
      await expect(engine.run(`UPDATE ${table} SET actor = 'x'`, [])).rejects.toThrow('append-only')
      await expect(engine.run(`DELETE FROM ${table}`, [])).rejects.toThrow('append-only')
    }
  })

  it('count once when they arrive together, and place events without a gap', async () => {
    const call = { name: 'skill.create', input: { name: 'À la fois' }, id: 'together' }
    const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => core.execute(index < 3 ? call : { ...call, input: { name: `Autre ${index}` }, id: `apart-${index}` }, sqlite.owner)))
    expect(answers.map((answer) => (isError(answer) ? answer.error.code : 'done'))).toEqual(Array(6).fill('done'))
    expect(answers.slice(0, 3).filter((answer) => !isError(answer) && answer.replayed !== true)).toHaveLength(1)
    expect(await verifyChain(engine, sqlite.org)).toMatchObject({ whole: true })
  })
})

describe('the engine', () => {
  const both = async (work: (one: Engine, dialect: string) => Promise<void>): Promise<void> => {
    await work(sqlite.file.engine, 'sqlite')
    await work(scratch, 'postgres')
  }

  it('rolls a transaction back whole, and a savepoint alone', async () => {
    await both(async (one) => {
      await one.script('CREATE TABLE trial (id TEXT PRIMARY KEY, n BIGINT)'.replace('BIGINT', one.dialect === 'sqlite' ? 'INTEGER' : 'BIGINT'))
      await expect(one.transaction(async () => {
        await one.run('INSERT INTO trial VALUES (?, ?)', ['a', 1])
        throw new Error('no')
      })).rejects.toThrow('no')
      expect(await one.all('SELECT * FROM trial', [])).toEqual([])
      await one.transaction(async () => {
        await one.run('INSERT INTO trial VALUES (?, ?)', ['b', 2])
        await one.savepoint(async () => {
          await one.run('INSERT INTO trial VALUES (?, ?)', ['c', 3])
          throw new Error('inner')
        }).catch(() => undefined)
        await one.savepoint(async () => one.run('INSERT INTO trial VALUES (?, ?)', ['d', 4]))
      })
      expect((await one.all('SELECT id FROM trial ORDER BY id', [])).map((row) => row['id'])).toEqual(['b', 'd'])
    })
  })

  it('names what it refuses in the same words', async () => {
    await both(async (one) => {
      await expect(one.run('INSERT INTO trial VALUES (?, ?)', ['b', 9])).rejects.toMatchObject({ name: 'StoreError', problem: 'unique' })
      expect(await one.run('UPDATE trial SET n = n + ?', [1])).toBe(2)
    })
  })

  it('lets one writer work at a time', async () => {
    await both(async (one) => {
      const order: string[] = []
      await Promise.all([1, 2, 3].map((turn) => one.transaction(async () => {
        order.push(`in ${turn}`)
        await one.all('SELECT 1 AS one', [])
        order.push(`out ${turn}`)
      })))
      expect(order).toEqual(['in 1', 'out 1', 'in 2', 'out 2', 'in 3', 'out 3'])
    })
  })
})

it('ids do not depend on the database', async () => {
  const [first] = await engine.all('SELECT id FROM command_log ORDER BY seq LIMIT 1', [])
  expect(first?.['id']).not.toBe(deriveId('', ''))
  expect(first).toEqual((await sqlite.file.readEngine.all('SELECT id FROM command_log ORDER BY seq LIMIT 1', []))[0])
})
