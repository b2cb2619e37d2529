/**
 * The clock of the organizations of this server (decision 0011.7, 8). `server_due` says when each is to be looked at, for every process that
 * shares the database: whoever takes a line has it for a minute, so that a killed process keeps nobody's clock for longer; two that look at
 * the same time do nothing twice all the same, for what is due is listed and done in one turn of the organization's writers.
 *
 * Whose clock it is: `on` this server's; `joining` the laptop's, whose facts came and which does not follow yet; `left` the laptop's again.
 */
import { createTimers, type Timers, type TimerTroubles } from '../shared/core/timers.ts'
import type { OrganizationCore } from '../shared/core/organization-core.ts'
import type { Id } from '../shared/kernel/ids.ts'
import { fromMs, MINUTE, toMs, type Instant } from '../shared/kernel/instants.ts'
import { delayAfter } from '../shared/kernel/retrying.ts'
import type { Engine, RawRow } from '../shared/store/engine.ts'
import type { HostedOrganization } from './storage/storage.ts'

export type Standing = 'on' | 'joining' | 'left'
export interface TimerTrouble {
  key: string
  state: 'waiting' | 'dead' | 'dropped'
  attempts: number
  run_after: Instant
  error: string | null
}

export interface ServerTimers {
  /** Something was committed there. */
  wake(org: Id): void
  /** Looks at everything whose time has come; else that is done by itself, every second. */
  look(): Promise<void>
  /** Every organization is looked at anew: at the start and every hour. */
  rebuild(): Promise<void>
  standing(org: Id): Promise<Standing>
  /** Its facts are coming: its clock is the laptop's until that says that it follows. */
  joining(org: Id): Promise<void>
  /** A device says that it follows (who joined, or who had said that it leaves), or that it leaves and takes the clock along. */
  follows(org: Id, device: string, what: { following: boolean; joined: boolean }): Promise<Standing>
  troubles(org: Id): Promise<TimerTrouble[]>
  /** Of a dead one. False when there is none. */
  retry(org: Id, key: string): Promise<boolean>
  drop(org: Id, key: string): Promise<boolean>
  stop(): Promise<void>
}

export interface ServerTimersOptions {
  /** Tables of the whole server. */
  engine: Engine
  organizations(): Promise<readonly Id[]>
  hosted(org: Id): Promise<HostedOrganization | null>
  now(): Instant
  report(error: unknown): void
  log(event: string, facts: Readonly<Record<string, string | number>>): void
  random?: () => number
}

const TICK_MS = 1000
const LEASE_MS = MINUTE
const MAX_ATTEMPTS = 5
/** Lines taken in one look. */
const MOST = 50

const asTrouble = (row: RawRow): TimerTrouble => ({
  key: String(row['key']), state: String(row['state']) as TimerTrouble['state'], attempts: Number(row['attempts']), run_after: String(row['run_after']) as Instant, error: row['error'] === null ? null : String(row['error']),
})

export function openTimers({ engine, organizations, hosted, now, report, log, random = Math.random }: ServerTimersOptions): ServerTimers {
  const woken = new Set<Id>()
  const known = new WeakMap<OrganizationCore, Timers>()
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  const troublesOf = (org: Id): TimerTroubles => ({
    async held() {
      const rows = await engine.all('SELECT key, state, run_after FROM server_timer WHERE org_id = ?', [org])
      return new Map(rows.map((row) => [String(row['key']), row['state'] === 'waiting' ? (String(row['run_after']) as Instant) : null]))
    },
    async refused(key, why) {
      const [row] = await engine.all('SELECT attempts, state FROM server_timer WHERE org_id = ? AND key = ?', [org, key])
      const attempts = (row?.['state'] === 'waiting' ? Number(row['attempts']) : 0) + 1
      const state = attempts >= MAX_ATTEMPTS ? 'dead' : 'waiting'
      await engine.run(
        `INSERT INTO server_timer (org_id, key, state, attempts, run_after, error) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (org_id, key) DO UPDATE SET state = excluded.state, attempts = excluded.attempts, run_after = excluded.run_after, error = excluded.error`,
        [org, key, state, attempts, fromMs(toMs(now()) + delayAfter(attempts, random())), why])
      log(state === 'dead' ? 'timer.dead' : 'timer.refused', { org, key, attempts, why })
    },
    async settled(keys) {
      for (const key of keys) await engine.run('DELETE FROM server_timer WHERE org_id = ? AND key = ?', [org, key])
    },
  })

  async function standing(org: Id): Promise<Standing> {
    const [row] = await engine.all('SELECT standing FROM server_due WHERE org_id = ?', [org])
    // One that was there before clocks were kept has been followed all along.
    return row ? (String(row['standing']) as Standing) : 'on'
  }
  function timersOf(org: Id, { authority: { core }, engine: writing }: HostedOrganization): Timers {
    let timers = known.get(core)
    if (!timers) known.set(core, (timers = createTimers({ org, core, engine: writing, now, troubles: troublesOf(org), mayAct: async () => (await standing(org)) === 'on' })))
    return timers
  }
  /** Null: another process was quicker. */
  async function take(org: Id, seen: string): Promise<Instant | null> {
    const lease = fromMs(toMs(now()) + LEASE_MS)
    return (await engine.run("UPDATE server_due SET at = ? WHERE org_id = ? AND at = ? AND standing = 'on'", [lease, org, seen])) > 0 ? lease : null
  }
  /** Nobody woke it meanwhile: it sleeps until then. */
  const release = (org: Id, lease: Instant, next: Instant | null): Promise<number> => engine.run('UPDATE server_due SET at = ? WHERE org_id = ? AND at = ?', [next, org, lease])

  async function lookAt(org: Id, seen: string): Promise<void> {
    const lease = await take(org, seen)
    if (lease === null) return
    try {
      const found = await hosted(org)
      const turn = found ? await timersOf(org, found).turn() : null
      if (turn && turn.done + turn.refused > 0) log('timers.turn', { org, done: turn.done, refused: turn.refused })
      await release(org, lease, turn?.next ?? null)
    } catch (error) {
      report(error)
      await release(org, lease, fromMs(toMs(now()) + delayAfter(3, random())))
    }
  }
  async function wakeAll(): Promise<void> {
    for (const org of [...woken]) {
      woken.delete(org)
      const at = now()
      await engine.run("INSERT INTO server_due (org_id, at, standing, device) VALUES (?, ?, 'on', NULL) ON CONFLICT (org_id) DO UPDATE SET at = excluded.at WHERE server_due.standing = 'on' AND (server_due.at IS NULL OR server_due.at > excluded.at)", [org, at])
    }
  }
  async function lookAtAll(): Promise<void> {
    try {
      await wakeAll()
      const rows = await engine.all("SELECT org_id, at FROM server_due WHERE standing = 'on' AND at <= ? ORDER BY at LIMIT ?", [now(), MOST])
      for (const row of rows) if (!stopped) await lookAt(String(row['org_id']) as Id, String(row['at']))
    } catch (error) {
      // The database of accounts does not answer: the next look asks again.
      report(error)
    }
  }
  const look = (): Promise<void> => (looking = looking.then(lookAtAll))
  const timer = setInterval(() => void look(), TICK_MS)
  timer.unref()

  return {
    wake(org) {
      if (!stopped) woken.add(org)
    },
    look,
    async rebuild() {
      for (const org of await organizations()) woken.add(org)
    },
    standing,
    async joining(org) {
      await engine.run("INSERT INTO server_due (org_id, at, standing, device) VALUES (?, NULL, 'joining', NULL) ON CONFLICT (org_id) DO UPDATE SET at = NULL, standing = 'joining', device = NULL", [org])
    },
    async follows(org, device, { following, joined }) {
      if (!following) {
        await engine.run("INSERT INTO server_due (org_id, at, standing, device) VALUES (?, NULL, 'left', ?) ON CONFLICT (org_id) DO UPDATE SET at = NULL, standing = 'left', device = excluded.device", [org, device])
        return 'left'
      }
      // Of several that follow, only the one that took the clock along gives it back.
      if (joined) await engine.run("UPDATE server_due SET standing = 'on', at = ?, device = NULL WHERE org_id = ? AND standing = 'joining'", [now(), org])
      await engine.run("UPDATE server_due SET standing = 'on', at = ?, device = NULL WHERE org_id = ? AND standing = 'left' AND device = ?", [now(), org, device])
      return standing(org)
    },
    troubles: async (org) => (await engine.all('SELECT key, state, attempts, run_after, error FROM server_timer WHERE org_id = ? ORDER BY run_after DESC, key', [org])).map(asTrouble),
    async retry(org, key) {
      const found = await engine.run("UPDATE server_timer SET state = 'waiting', attempts = 0, run_after = ? WHERE org_id = ? AND key = ? AND state = 'dead'", [now(), org, key])
      if (found > 0) woken.add(org)
      return found > 0
    },
    drop: async (org, key) => (await engine.run("UPDATE server_timer SET state = 'dropped' WHERE org_id = ? AND key = ? AND state = 'dead'", [org, key])) > 0,
    async stop() {
      stopped = true
      clearInterval(timer)
      await looking
    },
  }
}
