/**
 * The clock of organizations that no server has (decision 0011.7, 8): looked at when something was committed, when one is opened, and at the
 * instant that the last look gave; never for one that follows a server, nor while its history goes up to one.
 */
import { createTimers, type Timers, type TimerTroubles } from '../../shared/core/timers.ts'
import type { OrganizationCore } from '../../shared/core/organization-core.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { delayAfter } from '../../shared/kernel/retrying.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'
import type { AppFile } from './app-file.ts'
import type { Jobs } from './jobs.ts'
import type { Journal } from './journal.ts'
import type { OpenOrganization, OpenOrganizations } from './open-organizations.ts'

export interface HostTimers {
  /** Something of it may be due. */
  wake(org: Id): void
  /** Looks at everything whose time has come; else that is done by itself, every second. */
  look(): Promise<void>
  stop(): Promise<void>
}

const TICK_MS = 1000

/** Rows that something may be due by, or that somebody has to hear of (timer-source.ts, notifications/rules.ts); `*`: any. */
export const isTimed: ReadonlySet<string> = new Set(['*', 'assignment', 'acceptance', 'reminder', 'notification', 'availability_request', 'revision', 'plan_notice', 'contract_version', 'contract_assignment', 'contract_document', 'expected_document', 'readiness_request', 'mission', 'project', 'member', 'permission_grant'])

const keptFor = (org: Id): string => `organization ${org}`
/** Its facts are going up to a server, as they were at that commit: until it follows, its clock writes nothing that the server would not have. */
export const markJoining = (app: Pick<AppFile, 'setSetting'>, org: Id, commit: number | null): Promise<void> => app.setSetting(keptFor(org), 'joining', commit)

/**
 * Whether this computer is the authority, now. A joining that was cut can be done again only as long as nothing was written here; once
 * somebody has written, there is nothing left to wait for.
 */
export async function mayActHere(app: Pick<AppFile, 'serverOf' | 'setting'>, org: Id, engine: Engine): Promise<boolean> {
  if (app.serverOf(org) !== null) return false
  const joining = await app.setting(keptFor(org), 'joining')
  return typeof joining !== 'number' || joining !== (await lastCommit(engine, org))
}

export function troublesOf({ clock }: Pick<Jobs, 'clock'>, org: Id): TimerTroubles {
  return {
    held: async () => (await clock.held(org)) as ReadonlyMap<string, Instant | null>,
    refused: (key, why) => clock.refused(org, key, why),
    settled: (keys) => clock.settled(org, keys),
  }
}

export function startTimers({ app, organizations, jobs, journal, now, random = Math.random }: {
  app: Pick<AppFile, 'serverOf' | 'setting'>
  organizations: Pick<OpenOrganizations, 'hold'>
  jobs: Pick<Jobs, 'clock'>
  journal: Journal
  now(): Instant
  random?: () => number
}): HostTimers {
  /** When each is to be looked at. */
  const due = new Map<Id, Instant>()
  const failures = new Map<Id, number>()
  /** An organization that is closed and opened again has another core. */
  const known = new WeakMap<OrganizationCore, Timers>()
  let looking: Promise<void> = Promise.resolve()
  let stopped = false

  function timersOf(org: Id, { core, file }: OpenOrganization): Timers {
    let timers = known.get(core)
    if (!timers) known.set(core, (timers = createTimers({ org, core, engine: file.engine, now, troubles: troublesOf(jobs, org), mayAct: () => mayActHere(app, org, file.engine) })))
    return timers
  }
  async function lookAt(org: Id): Promise<void> {
    // What is written meanwhile wakes it again.
    due.delete(org)
    if (app.serverOf(org) !== null) return
    try {
      const turn = await organizations.hold(org, async (opened) => (app.serverOf(org) === null ? timersOf(org, opened).turn() : null))
      failures.delete(org)
      if (turn?.next != null && !due.has(org)) due.set(org, turn.next)
      if (turn && turn.done + turn.refused > 0) journal.write('info', 'timers.turn', { org, done: turn.done, refused: turn.refused })
    } catch (error) {
      // Its files are somebody else's for now, or its disk refuses: tried later and later.
      const failed = (failures.get(org) ?? 0) + 1
      failures.set(org, failed)
      if (!due.has(org)) due.set(org, fromMs(toMs(now()) + delayAfter(failed, random())))
      journal.write('warn', 'timers.failed', { org, why: error instanceof Error ? error.message : String(error) })
    }
  }
  async function lookAtAll(): Promise<void> {
    for (const [org, at] of [...due]) if (!stopped && at <= now()) await lookAt(org)
  }
  const look = (): Promise<void> => (looking = looking.then(lookAtAll))
  const timer = setInterval(() => void look(), TICK_MS)
  timer.unref()

  return {
    wake(org) {
      if (!stopped && app.serverOf(org) === null) due.set(org, now())
    },
    look,
    async stop() {
      stopped = true
      clearInterval(timer)
      await looking
    },
  }
}
