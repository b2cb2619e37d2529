/**
 * Work that this computer does by itself: daily backup, integrity check, upkeep of attachments.
 *
 * Laws: a key runs to success once, however often it is asked for; a failure is tried again, five times in all, from 5 s to 5 min
 * later with jitter; then it is dead, readable, and a person retries or drops it. A lease keeps a killed run from blocking its key.
 */
import type { FailedJob } from '../../shared/domain/matters/matters.ts'
import { delayAfter } from '../../shared/kernel/retrying.ts'
import type { Engine, RawRow } from '../../shared/store/engine.ts'

/** `dropped`: let be by a person; work of the clock, which would come back else, stays so. */
export type JobState = 'waiting' | 'running' | 'done' | 'dead' | 'dropped'

export interface Job {
  /** Idempotency key: kind, organization, day. */
  key: string
  kind: string
  org: string
  state: JobState
  attempts: number
  run_after: string
  error: string | null
}

export interface JobOutside {
  now(): number
  /** In [0, 1), for the jitter. */
  random(): number
  event(name: 'enqueued' | 'started' | 'succeeded' | 'failed' | 'deadlettered', job: Job): void
  /** Work was given up, or somebody took it up again or let it be. */
  standing?(org: string): void
}

export interface Jobs {
  enqueue(kind: string, org: string, period: string): Promise<void>
  /** The work of this period was done on another occasion: it is not asked for again. */
  note(kind: string, org: string, period: string): Promise<void>
  /** Runs what is due, one after another; answers how many ran. */
  runDue(): Promise<number>
  list(org: string): Promise<Job[]>
  /** Those given up, as a person hears of them. */
  failed(org: string): Promise<FailedJob[]>
  /** Gives a dead job its attempts again. False when there is none. */
  retry(org: string, key: string): Promise<boolean>
  drop(org: string, key: string): Promise<boolean>
  /** Work of the clock, which keeps its own hours (timers.ts): what was refused of it waits here, and is tried by it again. */
  clock: {
    /** Until when each key waits; null: given up, or let be. */
    held(org: string): Promise<ReadonlyMap<string, string | null>>
    refused(org: string, key: string, why: string): Promise<void>
    settled(org: string, keys: readonly string[]): Promise<void>
  }
}

/** Kind of the jobs that are the clock's. */
const CLOCK = 'timer'

export type JobRunners = Readonly<Record<string, (org: string) => Promise<void>>>

const MAX_ATTEMPTS = 5
const LEASE_MS = 60_000
const KEPT_DAYS_MS = 30 * 86_400_000

export const jobTable = `CREATE TABLE IF NOT EXISTS job (
  key TEXT PRIMARY KEY, kind TEXT NOT NULL, org TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, run_after TEXT NOT NULL, lease_until TEXT, error TEXT
) STRICT`

const asJob = (row: RawRow): Job => ({
  key: String(row['key']), kind: String(row['kind']), org: String(row['org']), state: String(row['state']) as JobState, attempts: Number(row['attempts']),
  run_after: String(row['run_after']), error: row['error'] === null ? null : String(row['error']),
})

export function openJobs(engine: Engine, runners: JobRunners, outside: JobOutside): Jobs {
  const at = (ms: number): string => new Date(ms).toISOString()
  const write = (sql: string, values: (string | number | null)[]): Promise<number> => engine.transaction(() => engine.run(sql, values))

  async function runOne(job: Job): Promise<void> {
    const runner = runners[job.kind]
    const started: Job = { ...job, state: 'running', attempts: job.attempts + 1 }
    await write("UPDATE job SET state = 'running', attempts = ?, lease_until = ? WHERE key = ?", [started.attempts, at(outside.now() + LEASE_MS), job.key])
    outside.event('started', started)
    try {
      if (!runner) throw new Error(`no runner for ${job.kind}`)
      await runner(job.org)
      await write("UPDATE job SET state = 'done', lease_until = NULL, error = NULL WHERE key = ?", [job.key])
      outside.event('succeeded', { ...started, state: 'done' })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      const dead = started.attempts >= MAX_ATTEMPTS
      const next = at(outside.now() + delayAfter(started.attempts, outside.random()))
      await write('UPDATE job SET state = ?, lease_until = NULL, error = ?, run_after = ? WHERE key = ?', [dead ? 'dead' : 'waiting', why, next, job.key])
      outside.event(dead ? 'deadlettered' : 'failed', { ...started, state: dead ? 'dead' : 'waiting', error: why })
      if (dead) outside.standing?.(job.org)
    }
  }

  /** Whether there was one. */
  async function settle(org: string, sql: string, values: (string | number | null)[]): Promise<boolean> {
    const done = (await write(sql, values)) > 0
    if (done) outside.standing?.(org)
    return done
  }

  return {
    async enqueue(kind, org, period) {
      const key = `${kind}:${org}:${period}`
      const job: Job = { key, kind, org, state: 'waiting', attempts: 0, run_after: at(outside.now()), error: null }
      const made = await write("INSERT INTO job (key, kind, org, state, attempts, run_after, lease_until, error) VALUES (?, ?, ?, 'waiting', 0, ?, NULL, NULL) ON CONFLICT (key) DO NOTHING", [key, kind, org, job.run_after])
      if (made > 0) outside.event('enqueued', job)
    },
    async note(kind, org, period) {
      await write("INSERT INTO job (key, kind, org, state, attempts, run_after, lease_until, error) VALUES (?, ?, ?, 'done', 1, ?, NULL, NULL) ON CONFLICT (key) DO NOTHING", [`${kind}:${org}:${period}`, kind, org, at(outside.now())])
    },
    async runDue() {
      const now = at(outside.now())
      const due = await engine.all("SELECT * FROM job WHERE kind <> ? AND ((state = 'waiting' AND run_after <= ?) OR (state = 'running' AND lease_until <= ?)) ORDER BY run_after, key", [CLOCK, now, now])
      for (const row of due) await runOne(asJob(row))
      await write("DELETE FROM job WHERE state = 'done' AND run_after < ?", [at(outside.now() - KEPT_DAYS_MS)])
      return due.length
    },
    list: async (org) => (await engine.all("SELECT * FROM job WHERE org = ? AND state <> 'dropped' ORDER BY run_after DESC, key", [org])).map(asJob),
    failed: async (org) =>
      (await engine.all("SELECT * FROM job WHERE org = ? AND state = 'dead' ORDER BY key", [org])).map(asJob)
        .map(({ key, kind, attempts, run_after }) => ({ key, kind, attempts, stamp: run_after })),
    retry: (org, key) => settle(org, "UPDATE job SET state = 'waiting', attempts = 0, run_after = ? WHERE key = ? AND org = ? AND state = 'dead'", [at(outside.now()), key, org]),
    drop: (org, key) =>
      key.startsWith(`${CLOCK}:`)
        ? settle(org, "UPDATE job SET state = 'dropped' WHERE key = ? AND org = ? AND state = 'dead'", [key, org])
        : settle(org, "DELETE FROM job WHERE key = ? AND org = ? AND state = 'dead'", [key, org]),
    clock: {
      async held(org) {
        const rows = await engine.all("SELECT key, state, run_after FROM job WHERE org = ? AND kind = ? AND state <> 'done'", [org, CLOCK])
        return new Map(rows.map((row) => [String(row['key']).slice(`${CLOCK}:${org}:`.length), row['state'] === 'waiting' ? String(row['run_after']) : null]))
      },
      async refused(org, period, why) {
        const key = `${CLOCK}:${org}:${period}`
        const [known] = await engine.all('SELECT * FROM job WHERE key = ?', [key])
        const attempts = (known && known['state'] === 'waiting' ? Number(known['attempts']) : 0) + 1
        const job: Job = { key, kind: CLOCK, org, state: attempts >= MAX_ATTEMPTS ? 'dead' : 'waiting', attempts, run_after: at(outside.now() + delayAfter(attempts, outside.random())), error: why }
        await write(
          `INSERT INTO job (key, kind, org, state, attempts, run_after, lease_until, error) VALUES (?, ?, ?, ?, ?, ?, NULL, ?)
           ON CONFLICT (key) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, run_after = excluded.run_after, error = excluded.error`,
          [key, CLOCK, org, job.state, attempts, job.run_after, why])
        outside.event(job.state === 'dead' ? 'deadlettered' : 'failed', job)
        if (job.state === 'dead') outside.standing?.(org)
      },
      async settled(org, periods) {
        for (const period of periods) await write("UPDATE job SET state = 'done', error = NULL WHERE key = ?", [`${CLOCK}:${org}:${period}`])
      },
    },
  }
}
