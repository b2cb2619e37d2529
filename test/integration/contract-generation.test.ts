/** One contract, however often and by however many it is asked for at once: on the file of a laptop and on PostgreSQL, by two processes' cores. */
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobTable, openJobs } from '../../main/host/jobs.ts'
import { troublesOf } from '../../main/host/timers.ts'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore, type OrganizationCore } from '../../shared/core/organization-core.ts'
import { createTimers } from '../../shared/core/timers.ts'
import { deriveId } from '../../shared/kernel/ids.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import type { Engine } from '../../shared/store/engine.ts'
import type { Answer } from '../../shared/core/core-handler.ts'
import { postgresMigrations } from '../../shared/store/migrations/postgres.ts'
import { postgresEngine } from '../../shared/store/postgres-engine.ts'
import { sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { isError } from '../fixtures/core.ts'
import { openContracted } from '../fixtures/contracted.ts'
import { startPostgres, type TestPostgres } from '../fixtures/postgres.ts'

const TIMES = 100

const idOf = (answer: Answer): string => (isError(answer) ? answer.error.code : (answer.value as { id: string }).id)
const isNew = (answer: Answer): boolean => !isError(answer) && (answer.value as { existing: boolean }).existing === false
const countsIn = async (engine: Engine): Promise<number[]> => {
  const counts: number[] = []
  for (const table of ['contract', 'contract_version', 'contract_assignment']) counts.push(Number((await engine.all(`SELECT COUNT(*) AS n FROM ${table}`, []))[0]?.['n']))
  return counts
}

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a hundred generations at once', () => {
  it('and a hundred more, by the person and by the job, make one contract on SQLite', async () => {
    const w = await openContracted({ seed: 'hundred' })
    const ids = [await w.accepted(w.people[0], w.missions[0], [6, 16]), await w.accepted(w.people[0], w.missions[1], [30, 40])]
    const answers = await Promise.all(Array.from({ length: TIMES }, (_, index) => w.app.core.execute({ name: 'contract.generate', input: { assignment_ids: index % 2 === 0 ? ids : ids.toReversed() }, id: `generate ${index}` }, index % 3 === 0 ? w.planner : w.app.owner)))
    const again = await Promise.all(Array.from({ length: TIMES }, (_, index) => w.app.core.execute({ name: 'contract.generate', input: { assignment_ids: index % 2 === 0 ? ids : ids.toReversed() }, id: `generate ${index}` }, index % 3 === 0 ? w.planner : w.app.owner)))
    const job = await w.app.core.act('contract.generate_due', { assignment_ids: ids }, { id: deriveId(w.app.org, 'timer:contract:1') })
    expect(new Set([...answers, ...again, job].map(idOf)).size).toBe(1)
    expect(answers.filter(isNew)).toHaveLength(1)
    expect(await countsIn(w.app.file.readEngine)).toEqual([1, 1, 2])
    await w.app.close()
  }, 60_000)

  it('make one contract on PostgreSQL, through two cores with connections of their own, as two processes have', async () => {
    const org = deriveId('postgres contracts', 'organization')
    const address = await postgres.database('contracts')
    // Without a server there is one connection, and no other process.
    const engines = address === null ? [await postgres.engine('contracts')] : [0, 1].map(() => postgresEngine(new pg.Pool({ connectionString: address, max: 4 }), { org, ownsPool: true }))
    const [engine, second = engine] = engines
    if (!engine || !second) throw new Error('no engine')
    for (const { statements } of postgresMigrations) await engine.script(statements.join('\n'))
    let clock = Date.parse('2026-10-20T08:00:00.000Z')
    let drawn = 0
    const coreOn = (its: Engine): OrganizationCore => createOrganizationCore({
      org, engine: its, readEngine: its, handlers: organizationOperations,
      outside: { now: () => fromMs((clock += 1000)), random: (bytes) => Buffer.from(sha256(`contracts ${++drawn}`), 'hex').subarray(0, bytes), app_version: 'test', report: () => undefined },
    })
    const [one, other] = [coreOn(engine), coreOn(second)]
    const w = await openContracted({ seed: 'postgres contracts', also: (call, session) => one.execute(call, session) })
    expect(w.app.org).toBe(org)
    const ids = [await w.accepted(w.people[0], w.missions[0], [6, 16]), await w.accepted(w.people[0], w.missions[1], [30, 40])]
    const ask = (index: number): Promise<Answer> => (index % 2 === 0 ? one : other).execute({ name: 'contract.generate', input: { assignment_ids: index % 4 < 2 ? ids : ids.toReversed() }, id: `generate ${index}` }, w.app.owner)
    const answers = await Promise.all(Array.from({ length: TIMES }, (_, index) => ask(index)))
    const again = await Promise.all(Array.from({ length: TIMES }, (_, index) => ask(index)))
    expect(new Set([...answers, ...again].map(idOf)).size).toBe(1)
    expect(answers.filter(isNew)).toHaveLength(1)
    expect(await countsIn(engine)).toEqual([1, 1, 2])
    // The clocks of both processes look at once, again and again: one contract for each yes that has none.
    for (const [index, person] of w.people.slice(1).entries()) await w.accepted(person, w.missions[index] ?? '', [6 + 24 * index, 16 + 24 * index])
    const now = fromMs(clock + 3_600_000)
    const jobs = sqliteEngine(new Database(':memory:'))
    await jobs.script(jobTable)
    const troubles = troublesOf(openJobs(jobs, {}, { now: () => Date.parse(now), random: () => 0, event: () => undefined }), org)
    const clocks = [createTimers({ org, core: one, engine, now: () => now, troubles }), createTimers({ org, core: other, engine: second, now: () => now, troubles })]
    await Promise.all([...clocks, ...clocks, ...clocks].map((timers) => timers.turn()))
    expect(await countsIn(engine)).toEqual([4, 4, 5])
    expect(await jobs.all('SELECT key FROM job', [])).toEqual([])
    await jobs.close()
    await w.app.close()
    for (const its of engines) await its.close()
  }, 120_000)
})
