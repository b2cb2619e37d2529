/** The server's storage in files: one for accounts, one per organization. One process, without any set-up. */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import type { Id } from '../../shared/kernel/ids.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openOrganizationFile } from '../../shared/store/organization-file.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'
import { backupFiles } from './backup-files.ts'
import { countRows } from './counting.ts'
import { hosted } from './hosted.ts'
import { createMoved } from './moved.ts'
import { serverPaths } from './paths.ts'
import { restingFile, type RestingFile } from './resting-file.ts'
import type { HostedOrganization, Storage, StorageOptions } from './storage.ts'
import { watchedEngine } from './watched-engine.ts'

/** Files that stay open though nobody uses them. */
const OPEN_FILES = 32

interface Open {
  file: RestingFile
  organization: Promise<HostedOrganization>
}

/** Throws StoreError: `failed in_use` when another process has the folder. */
export function lockFolder(path: string): () => void {
  try {
    const lock = openDatabase(path)
    lock.pragma('busy_timeout = 0')
    lock.exec('BEGIN EXCLUSIVE')
    return () => {
      if (lock.open) lock.close()
    }
  } catch (error) {
    throw new StoreError('failed', 'in_use', error)
  }
}

export function openSqliteStorage(options: StorageOptions): Storage {
  const paths = serverPaths(options.data)
  const unlock = lockFolder(paths.lock)
  const sqlite = options.onSlow ? { onSlow: options.onSlow } : {}
  const accounts = sqliteEngine(openDatabase(paths.accounts), sqlite)
  const moved = createMoved()
  const opened = new Map<Id, Open>()

  function open(org: Id): Promise<HostedOrganization> {
    const { file: path, backups } = paths.organization(org)
    const known = opened.get(org)
    if (known) {
      known.file.wake()
      return known.organization
    }
    const file = restingFile(() => openOrganizationFile(path, { ...sqlite, backupFolder: backups, stamp: options.now().replace(/[:.]/g, '-') }))
    file.wake()
    const organization = hosted(org, watchedEngine(file.engine, org, (seq) => moved.tell(org, seq)), file.readEngine, paths.organization(org).blobs, options)
    const entry: Open = { file, organization }
    opened.set(org, entry)
    organization.catch(() => {
      if (opened.get(org) === entry) opened.delete(org)
    })
    letRest()
    return organization
  }
  function letRest(): void {
    const awake = [...opened.values()].filter(({ file }) => file.isOpen).sort((a, b) => a.file.lastUse - b.file.lastUse)
    for (const { file } of awake.slice(0, Math.max(0, awake.length - OPEN_FILES))) file.rest().catch((error: unknown) => options.report(error, 'storage'))
  }
  async function closeOf(org: Id): Promise<void> {
    const known = opened.get(org)
    if (!known) return
    opened.delete(org)
    await known.organization.catch(() => undefined)
    await known.file.rest()
  }
  const organizations = (): Id[] => paths.organizations().filter((org) => existsSync(paths.organization(org).file))

  return {
    kind: 'sqlite',
    accounts,
    organizations: () => Promise.resolve(organizations()),
    organization: async (org) => (opened.has(org) || existsSync(paths.organization(org).file) ? open(org) : null),
    createOrganization: async (org) => {
      mkdirSync(paths.organization(org).blobs, { recursive: true })
      return open(org)
    },
    async removeOrganization(org) {
      const found = await this.organization(org)
      if (!found) return
      if ((await lastCommit(found.engine, org)) > 0) throw new StoreError('failed', 'not_empty', new Error('an organization with commands is not removed'))
      await closeOf(org)
      moved.forget(org)
      rmSync(paths.organization(org).folder, { recursive: true, force: true })
    },
    onChange: (listener) => moved.onChange(listener),
    blobFolder: (org) => paths.organization(org).blobs,
    async sizes(org) {
      const found = await this.organization(org)
      if (!found) return { rows: 0, database_bytes: 0 }
      const { file } = paths.organization(org)
      const bytes = [file, `${file}-wal`].reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0)
      return { rows: await countRows(found.readEngine, org), database_bytes: bytes }
    },
    async check() {
      await accounts.all('SELECT 1 AS one', [])
    },
    backup: (target) => backupFiles(paths, organizations(), target, options),
    async close() {
      await Promise.all([...opened.keys()].map(closeOf))
      await accounts.close()
      unlock()
    },
  }
}
