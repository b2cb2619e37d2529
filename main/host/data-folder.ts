/** Where everything of this computer is kept, and the lock that keeps a second Callboard out of it. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isId, type Id } from '../../shared/kernel/ids.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { asStoreError, openDatabase, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'

export interface DataFolder {
  root: string
  app: string
  /** The copy of `app` that is made whenever sign-ins change. */
  appCopy: string
  logs: string
  reports: string
  organization(id: string): OrganizationPaths
  /** One person's view of an organization that follows a server: its file and its backups are their own, the rest is shared. */
  view(id: string, user: string): OrganizationPaths
  /** Users who have a view of it here, by the files. */
  viewers(id: string): Id[]
  /** The unsent commands of everybody here, which every view shares. */
  outbox(id: string): OrganizationPaths
  /** Secrets of this device, where no keychain keeps them. */
  secrets: string
  /** Names of the folders of organizations, known to `app` or not. */
  organizationIds(): string[]
  release(): void
}

export interface OrganizationPaths {
  folder: string
  file: string
  backups: string
  blobs: string
  exports: string
  /** PDFs of published sheets, as they were issued. */
  issued: string
}

/** Known without opening the folder: a process that stops writes there as it stops. */
export const reportsFolder = (root: string): string => join(root, 'reports')

/** A host that could not start; `code` is for people who script it. */
export class HostError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'HostError'
    this.code = code
  }
}

/**
 * Opens the folder for one process. The lock is an exclusive SQLite transaction: the system drops it with the process, however it
 * ends, so that a crash never leaves a stale lock behind.
 */
export function openDataFolder(root: string, options: SqliteOptions): DataFolder {
  try {
    mkdirSync(join(root, 'organizations'), { recursive: true })
    mkdirSync(join(root, 'logs'), { recursive: true })
  } catch (error) {
    throw new HostError('host.data_folder_unusable', `The data folder ${root} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
  let lock
  try {
    lock = openDatabase(join(root, 'lock.sqlite'), options)
    lock.pragma('busy_timeout = 0')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    const known = asStoreError(error)
    const problem = known instanceof StoreError ? known.problem : null
    if (problem === 'read_only') throw new HostError('host.data_folder_read_only', `The data folder ${root} cannot be written. Give your account the right to write in it, then start Callboard again. Nothing was lost.`)
    if (problem === 'full') throw new HostError('host.data_folder_full', `The disk of ${root} is full. Free some space, then start Callboard again. Nothing was lost.`)
    throw new HostError('host.data_folder_in_use', `Another Callboard is using ${root}. Close it first. (${error instanceof Error ? error.message : String(error)})`)
  }
  const held = lock
  const organization = (id: string): OrganizationPaths => {
    const folder = join(root, 'organizations', id)
    return { folder, file: join(folder, 'organization.sqlite'), backups: join(folder, 'backups'), blobs: join(folder, 'blobs'), exports: join(folder, 'exports'), issued: join(folder, 'issued') }
  }
  return {
    root,
    app: join(root, 'app.sqlite'),
    appCopy: join(root, 'app-copy.sqlite'),
    logs: join(root, 'logs'),
    reports: reportsFolder(root),
    organization,
    view(id, user) {
      const paths = organization(id)
      return { ...paths, file: join(paths.folder, 'replicas', `${user}.sqlite`), backups: join(paths.backups, user) }
    },
    viewers(id) {
      const place = join(organization(id).folder, 'replicas')
      return existsSync(place) ? readdirSync(place).flatMap((name) => (name.endsWith('.sqlite') && isId(name.slice(0, -7)) ? [name.slice(0, -7) as Id] : [])).sort() : []
    },
    outbox(id) {
      const paths = organization(id)
      return { ...paths, file: join(paths.folder, 'outbox.sqlite'), backups: join(paths.backups, 'outbox') }
    },
    secrets: join(root, 'secrets.json'),
    organizationIds: () => readdirSync(join(root, 'organizations')).sort(),
    release() {
      if (held.open) held.close()
    },
  }
}

const cloudFolders = [/dropbox/i, /onedrive/i, /google ?drive/i, /icloud/i, /mobile documents/i, /nextcloud/i, /syncthing/i, /\bbox\b/i, /\bpcloud\b/i]

/** A database inside a folder that a cloud drive synchronizes is damaged sooner or later: people are warned. */
export const insideCloudDrive = (root: string): boolean => root.split(/[\\/]/).some((part) => cloudFolders.some((pattern) => pattern.test(part)))
