/** The organizations this process has open: one core each, opened when first asked for, closed with the host. */
import { existsSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore, type OrganizationCore } from '../../shared/core/organization-core.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../shared/kernel/instants.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openOrganizationFile, type OrganizationFile } from '../../shared/store/organization-file.ts'
import type { SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { stampOf } from './backups.ts'
import type { DataFolder } from './data-folder.ts'
import type { Journal } from './journal.ts'

export type OrganizationState = 'ready' | 'damaged' | 'newer' | 'missing' | 'full' | 'read_only' | 'failed'

export interface OpenOrganization {
  core: OrganizationCore
  file: OrganizationFile
}

export interface OpenOrganizations {
  /** The core of an organization; throws StoreError when its file cannot be used. `create` makes a new file. */
  get(id: Id, create?: boolean): OpenOrganization
  stateOf(id: Id): OrganizationState
  close(id: Id): Promise<void>
  closeAll(): Promise<void>
}

export interface OrganizationsOptions {
  folder: DataFolder
  sqlite: SqliteOptions
  appVersion: string
  journal: Journal
  onCommit(org: Id, entities: string[], command: string): void
  onOpen(org: Id): void
}

const stateOfProblem = (error: unknown): OrganizationState => {
  if (!(error instanceof StoreError)) return 'failed'
  if (error.object === 'newer') return 'newer'
  if (error.problem === 'damaged' || error.problem === 'full' || error.problem === 'read_only') return error.problem
  return 'failed'
}

export function openOrganizations({ folder, sqlite, appVersion, journal, onCommit, onOpen }: OrganizationsOptions): OpenOrganizations {
  const open = new Map<Id, OpenOrganization>()
  const now = (): Instant => fromMs(Date.now())

  return {
    get(id, create = false) {
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
          now, random: (bytes) => randomBytes(bytes), app_version: appVersion,
          report: (error, request_id) => journal.write('error', 'unexpected', { org: id, request_id, why: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
        },
      })
      core.onCommit((commit) => onCommit(id, [...commit.touched.keys()], commit.command))
      const opened = { core, file }
      open.set(id, opened)
      onOpen(id)
      return opened
    },
    stateOf(id) {
      if (open.has(id)) return 'ready'
      if (!existsSync(folder.organization(id).file)) return 'missing'
      try {
        this.get(id)
        return 'ready'
      } catch (error) {
        return stateOfProblem(error)
      }
    },
    async close(id) {
      const known = open.get(id)
      open.delete(id)
      await known?.file.close()
    },
    async closeAll() {
      for (const id of [...open.keys()]) await this.close(id)
    },
  }
}
