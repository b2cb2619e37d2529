/** Which jobs this computer runs for its organizations, and when they are asked for. */
import { basename } from 'node:path'
import { flag } from '../../shared/domain/organization/model.ts'
import { evaluateFlag } from '../../shared/domain/organization/flags.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY } from '../../shared/kernel/instants.ts'
import { namedBlobs } from '../../shared/store/named-blobs.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openDatabase, sqliteEngine, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import type { AppFile } from './app-file.ts'
import { keptCopies, thinBackups } from './backups.ts'
import { clearBlobs } from './blobs.ts'
import type { DataFolder } from './data-folder.ts'
import { keptParts } from './kept-parts.ts'
import { openJobs, type Jobs } from './jobs.ts'
import type { Journal } from './journal.ts'
import type { OpenOrganization, OpenOrganizations } from './open-organizations.ts'
import type { Threads } from '../threads/threads.ts'

export interface Upkeep {
  jobs: Jobs
  afterChange(org: Id): void
  afterOpening(org: Id): void
  stop(): Promise<void>
}

const TICK_MS = 5_000

/** Settings of this computer for an organization are kept beside those of people. */
const keptFor = (org: Id): string => `organization ${org}`
/** The second folder of backups; null: none was chosen. */
export async function backupFolderOf(app: AppFile, org: Id): Promise<string | null> {
  const kept = await app.setting(keptFor(org), 'backup_folder')
  return typeof kept === 'string' ? kept : null
}
export const keepBackupFolder = (app: AppFile, org: Id, folder: string | null): Promise<void> => app.setSetting(keptFor(org), 'backup_folder', folder)

export function startUpkeep({ app, folder, sqlite, journal, organizations, threads, afterBackup, onJobs }: {
  app: AppFile
  folder: DataFolder
  sqlite: SqliteOptions
  journal: Journal
  organizations: OpenOrganizations
  threads: Threads
  afterBackup: () => void
  /** Work for this organization was given up, taken up again or let be. */
  onJobs: (org: string) => void
}): Upkeep {
  const now = (): string => new Date().toISOString()

  async function enabled({ core }: OpenOrganization, name: string): Promise<boolean> {
    const rows = await core.reader().find(flag, { name })
    return evaluateFlag(name, process.env, new Map(rows.map((row) => [row.name, row.enabled]))).enabled
  }
  async function namedInCopy(file: string, org: string): Promise<ReadonlySet<string>> {
    try {
      const engine = sqliteEngine(openDatabase(file, { ...sqlite, readonly: true }))
      try {
        return await namedBlobs(engine, org)
      } finally {
        await engine.close()
      }
    } catch (error) {
      // A damaged copy can never be put back. Any other trouble stops the upkeep before it clears anything.
      if (!(error instanceof StoreError) || error.problem !== 'damaged') throw error
      journal.write('warn', 'copy.damaged', { org, file: basename(file) })
      return new Set()
    }
  }
  const jobs = openJobs(
    app.engine,
    {
      // Each holds the organization: no file is read or copied while a backup takes its place.
      daily_backup: (org) =>
        organizations.hold(org as Id, async (opened) => {
          if (!(await enabled(opened, 'ops_daily_backup'))) return
          for (const { paths } of keptParts(folder, organizations, org as Id)) {
            await threads.upkeep.ask('makeBackup', paths, 'daily', now(), sqlite)
            thinBackups(paths)
          }
          afterBackup()
          if ((await backupFolderOf(app, org as Id)) !== null) await jobs.enqueue('backup_copy', org, now().slice(0, 10))
        }),
      backup_copy: (org) =>
        organizations.hold(org as Id, async () => {
          const chosen = await backupFolderOf(app, org as Id)
          if (chosen !== null) for (const { paths, copies } of keptParts(folder, organizations, org as Id)) await threads.upkeep.ask('copyBackups', paths, chosen, copies, sqlite)
        }),
      integrity_check: (org) =>
        organizations.hold(org as Id, async () => {
          for (const { paths } of keptParts(folder, organizations, org as Id)) await threads.upkeep.ask('checkFile', paths.file, sqlite)
        }),
      attachment_upkeep: (org) =>
        organizations.hold(org as Id, async (opened) => {
          if (!(await enabled(opened, 'ops_attachment_upkeep'))) return
          const named = await namedBlobs(opened.file.readEngine, org)
          const parts = keptParts(folder, organizations, org as Id)
          // What one person holds is no leftover because another does not; what a backup names comes back with it.
          const followed = organizations.viewersOf(org as Id)
          for (const user of followed ?? []) for (const hash of await organizations.hold(org as Id, ({ file }) => namedBlobs(file.readEngine, org), { user })) named.add(hash)
          if (followed) for (const entry of await (await organizations.views.outbox(org as Id)).entries()) for (const hash of entry.bytes.match(/[0-9a-f]{64}/g) ?? []) named.add(hash)
          for (const paths of [folder.organization(org), ...parts.filter(({ kind }) => kind === 'view').map((part) => part.paths)])
            for (const copy of keptCopies(paths)) for (const hash of await namedInCopy(copy, org)) named.add(hash)
          clearBlobs(folder.organization(org).blobs, named, Date.now() - DAY)
        }),
    },
    {
      now: Date.now,
      random: Math.random,
      standing: onJobs,
      event: (name, job) => journal.write(name === 'deadlettered' ? 'error' : 'info', `job.${name}`, { key: job.key, attempts: job.attempts, why: job.error }),
    },
  )

  let running: Promise<unknown> = Promise.resolve()
  const asked = new Set<string>()
  const report = (error: unknown): void => journal.write('error', 'jobs.failed', { why: error instanceof Error ? error.message : String(error) })
  const keyOf = (kind: string, org: Id): string => `${kind} ${org} ${now().slice(0, 10)}`
  /** Once a day and kind this process asks; the table holds it to once for good. */
  function ask(kind: string, org: Id): void {
    const key = keyOf(kind, org)
    if (asked.has(key)) return
    asked.add(key)
    jobs.enqueue(kind, org, now().slice(0, 10)).catch(report)
  }
  const timer = setInterval(() => {
    running = running.then(() => jobs.runDue()).catch(report)
  }, TICK_MS)
  timer.unref()

  return {
    jobs,
    afterChange(org) {
      ask('daily_backup', org)
      ask('integrity_check', org)
    },
    afterOpening(org) {
      // Opening has just checked the file: that was this day's.
      asked.add(keyOf('integrity_check', org))
      jobs.note('integrity_check', org, now().slice(0, 10)).catch(report)
      ask('attachment_upkeep', org)
    },
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
