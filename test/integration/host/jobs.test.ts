import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { jobTable, openJobs, type Jobs } from '../../../main/host/jobs.ts'
import { delayAfter } from '../../../shared/kernel/retrying.ts'
import { sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import { evaluateFlag } from '../../../shared/domain/organization/flags.ts'
import type { Engine } from '../../../shared/store/engine.ts'

let engine: Engine
let clock = 0
let ran: string[] = []
let failing = 0
const events: string[] = []

const open = (): Jobs =>
  openJobs(engine, {
    backup: async (org) => {
      if (failing-- > 0) throw new Error('disk full')
      ran.push(org)
    },
  }, { now: () => clock, random: () => 0, event: (name) => events.push(name) })

beforeEach(async () => {
  engine = sqliteEngine(new Database(':memory:'))
  await engine.script(jobTable)
  clock = Date.parse('2026-10-24T08:00:00.000Z')
  ran = []
  events.length = 0
  failing = 0
})
afterEach(() => engine.close())

describe('work this computer does by itself', () => {
  it('runs a key to success once, however often it is asked for', async () => {
    const jobs = open()
    for (let asked = 0; asked < 5; asked++) await jobs.enqueue('backup', 'one', '2026-10-24')
    await jobs.runDue()
    await jobs.enqueue('backup', 'one', '2026-10-24')
    await jobs.runDue()
    expect(ran).toEqual(['one'])
    expect(events).toEqual(['enqueued', 'started', 'succeeded'])
  })
  it('tries five times, later and later, then stays dead until a person retries it', async () => {
    const jobs = open()
    failing = 5
    await jobs.enqueue('backup', 'one', '2026-10-24')
    const waits: number[] = []
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await jobs.runDue()).toBe(1)
      const [job] = await jobs.list('one')
      waits.push(Date.parse(job?.run_after ?? '') - clock)
      expect(await jobs.runDue()).toBe(0)
      clock += 300_000
    }
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000])
    expect(await jobs.list('one')).toMatchObject([{ state: 'dead', attempts: 5, error: 'disk full' }])
    expect(await jobs.runDue()).toBe(0)
    expect(await jobs.retry('two', 'backup:one:2026-10-24')).toBe(false)
    expect(await jobs.retry('one', 'backup:one:2026-10-24')).toBe(true)
    expect(await jobs.runDue()).toBe(1)
    expect(ran).toEqual(['one'])
    expect(delayAfter(20, 0)).toBe(300_000)
  })
  it('takes up again what a killed run had begun, once its lease is over', async () => {
    await open().enqueue('backup', 'one', '2026-10-24')
    await engine.run("UPDATE job SET state = 'running', attempts = 1, lease_until = ?", [new Date(clock + 60_000).toISOString()])
    expect(await open().runDue()).toBe(0)
    clock += 60_000
    expect(await open().runDue()).toBe(1)
    expect(ran).toEqual(['one'])
  })
})

describe('flags', () => {
  it('answer by environment, then organization, then defaults, then fallback, and say which', () => {
    const held = new Map([['ops_daily_backup', false]])
    expect(evaluateFlag('ops_daily_backup', { FEATURE_OPS_DAILY_BACKUP: 'on' }, held)).toEqual({ name: 'ops_daily_backup', enabled: true, source: 'environment' })
    expect(evaluateFlag('ops_daily_backup', {}, held)).toMatchObject({ enabled: false, source: 'organization' })
    expect(evaluateFlag('ops_daily_backup', {}, new Map())).toMatchObject({ enabled: true, source: 'defaults' })
    expect(evaluateFlag('ops_unknown', {}, new Map(), true)).toMatchObject({ enabled: true, source: 'fallback' })
    expect(evaluateFlag('ops_daily_backup', { FEATURE_OPS_DAILY_BACKUP: 'perhaps' }, held)).toMatchObject({ source: 'organization' })
  })
})
