/** The organizations this process has open: one core each, opened when first asked for, closed with the host. */
import { existsSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { readBlob } from './blobs.ts'
import { breather } from './breather.ts'
import { createOrganizationCore, type OrganizationCore } from '../../shared/core/organization-core.ts'
import { refuse } from '../../shared/domain/errors.ts'
import type { FailedJob } from '../../shared/domain/matters/matters.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openOrganizationFile, type OrganizationFile } from '../../shared/store/organization-file.ts'
import type { SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import type { Printer } from '../../shared/documents/printing.ts'
import { stampOf } from './backups.ts'
import type { DataFolder } from './data-folder.ts'
import type { Journal } from './journal.ts'

export type OrganizationState = 'ready' | 'damaged' | 'newer' | 'missing' | 'full' | 'read_only' | 'failed' | 'restoring'

export interface OpenOrganization {
  core: OrganizationCore
  file: OrganizationFile
}

export interface OpenOrganizations {
  /**
   * Work on an open organization, whose file stays in place until it is done. Rejects with StoreError when the file cannot be used,
   * with the refusal `storage.restoring` while another file is put in its place. `create` makes the file when there is none.
   */
  hold<T>(id: Id, work: (opened: OpenOrganization) => Promise<T>, create?: boolean): Promise<T>
  stateOf(id: Id): OrganizationState
  /**
   * Work on the closed file: waits for what is held, closes it, and lets nobody open it before the work is over. Rejects with
   * `storage.restoring` when somebody is at it already.
   */
  exclusively<T>(id: Id, work: () => Promise<T>): Promise<T>
  closeAll(): Promise<void>
}

export interface OrganizationsOptions {
  folder: DataFolder
  sqlite: SqliteOptions
  appVersion: string
  journal: Journal
  now(): Instant
  onCommit(org: Id, entities: string[], command: string): void
  onOpen(org: Id): void
  /** Absent: PDFs are drawn in this thread. */
  print?: Printer
  /** Work of this computer for the organization that was given up. */
  failedJobs(org: Id): Promise<readonly FailedJob[]>
}

const stateOfProblem = (error: unknown): OrganizationState => {
  if (!(error instanceof StoreError)) return 'failed'
  if (error.object === 'newer') return 'newer'
  if (error.problem === 'damaged' || error.problem === 'full' || error.problem === 'read_only') return error.problem
  return 'failed'
}

export function openOrganizations({ folder, sqlite, appVersion, journal, now, onCommit, onOpen, failedJobs, print }: OrganizationsOptions): OpenOrganizations {
  const open = new Map<Id, OpenOrganization>()
  const held = new Map<Id, Set<Promise<unknown>>>()
  const restoring = new Map<Id, Promise<unknown>>()
  let stopped = false

  function openOne(id: Id, create: boolean): OpenOrganization {
    if (restoring.has(id)) throw refuse('storage.restoring')
    if (stopped) throw new StoreError('failed', 'closed', new Error('the host has stopped'))
    const known = open.get(id)
    if (known) return known
    const paths = folder.organization(id)
    if (!create && !existsSync(paths.file)) throw new StoreError('failed', 'missing', new Error(`no file for organization ${id}`))
    const file = openOrganizationFile(paths.file, {
      ...sqlite, backupFolder: paths.backups, stamp: stampOf(now()),
      onSlow: (sql, ms) => journal.write('warn', 'query.slow', { org: id, ms: Math.round(ms), sql: sql.slice(0, 120) }),
    })
    const core = createOrganizationCore({
      org: id, engine: file.engine, readEngine: file.readEngine, handlers: organizationOperations,
      outside: {
        now, random: (bytes) => randomBytes(bytes), breathe: breather(), app_version: appVersion, blob: (sha256) => readBlob(paths.blobs, sha256), failedJobs: () => failedJobs(id),
        ...(print ? { print } : {}),
        report: (error, request_id) => journal.write('error', 'unexpected', { org: id, request_id, why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      },
    })
    core.onCommit((commit) => onCommit(id, [...commit.touched.keys()], commit.command))
    const opened = { core, file }
    open.set(id, opened)
    onOpen(id)
    return opened
  }
  async function close(id: Id): Promise<void> {
    // What is held may hold again: until nothing is.
    for (let those = held.get(id); those && those.size > 0; those = held.get(id)) await Promise.allSettled(those)
    const known = open.get(id)
    open.delete(id)
    await known?.file.close()
  }

  return {
    async hold(id, work, create = false) {
      const opened = openOne(id, create)
      const mine = work(opened)
      const those = held.get(id) ?? new Set()
      held.set(id, those.add(mine))
      try {
        return await mine
      } finally {
        those.delete(mine)
      }
    },
    stateOf(id) {
      if (restoring.has(id)) return 'restoring'
      if (open.has(id)) return 'ready'
      if (!existsSync(folder.organization(id).file)) return 'missing'
      try {
        openOne(id, false)
        return 'ready'
      } catch (error) {
        return stateOfProblem(error)
      }
    },
    async exclusively(id, work) {
      if (restoring.has(id)) throw refuse('storage.restoring')
      const mine = Promise.resolve().then(() => close(id)).then(work)
      restoring.set(id, mine)
      try {
        return await mine
      } finally {
        restoring.delete(id)
      }
    },
    async closeAll() {
      stopped = true
      await Promise.allSettled(restoring.values())
      for (const id of [...open.keys()]) await close(id)
    },
  }
}
