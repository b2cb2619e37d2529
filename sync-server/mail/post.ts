/** The mail of a server while it runs: looks when something was committed, and every few seconds for what waits for its time. */
import type { Id } from '../../shared/kernel/ids.ts'
import { MINUTE } from '../../shared/kernel/instants.ts'
import type { Server } from '../http/asked.ts'
import { createMailer } from './mailer.ts'
import { openMailQueue } from './queue.ts'
import { openMailSource } from './source.ts'
import { openMailWorker } from './worker.ts'

export interface Post {
  /** Something was committed there. */
  changed(org: Id): void
  stop(): Promise<void>
}

const TICK_MS = 5_000
/** What depends on the clock alone (a question whose quarter of an hour is over) is listed anew by then. */
const ALL_MS = 5 * MINUTE

/** Null: without a mail server, production tells people by hand. `mayAct`: whether an organization's clock is this server's. */
export function openPost(server: Pick<Server, 'settings' | 'storage' | 'organizations' | 'secret' | 'metrics' | 'log' | 'now' | 'url'>, mayAct: (org: Id) => Promise<boolean>): Post | null {
  const { settings, storage, organizations, secret, metrics, log, now, url } = server
  if (settings.mail === null) return null
  const report = (error: unknown): void => log.unexpected(error, { about: 'mail' })
  const queue = openMailQueue(storage.accounts)
  const source = openMailSource({ secret, organizations: () => storage.organizations(), hosted: (org) => organizations.hosted(org), mayAct, now, url, from: settings.mail.from, report })
  const worker = openMailWorker({ queue, mailer: createMailer(settings.mail), source, metrics, log, now, chance: Math.random })
  const look = (): void => void worker.turn().catch(report)
  const all = async (): Promise<void> => {
    for (const org of await storage.organizations()) source.changed(org)
    await queue.prune(now())
  }
  const timers = [setInterval(look, TICK_MS), setInterval(() => void all().catch(report), ALL_MS)]
  for (const timer of timers) timer.unref()
  return {
    changed: (org) => source.changed(org),
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await worker.stop()
    },
  }
}
