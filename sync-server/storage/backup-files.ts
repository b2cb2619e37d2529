/** Backup of a server whose storage is files, while it works: a snapshot of each, read back once it is written. */
import { join } from 'node:path'
import type { Id } from '../../shared/kernel/ids.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { checkIntegrity, vacuumInto } from '../../shared/store/organization-file.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'
import { blobsOfBackup, makingBackup, type BackupManifest } from './backup-manifest.ts'
import { giveBlobs } from './blobs-beside.ts'
import { digestOf } from './line-file.ts'
import type { ServerPaths } from './paths.ts'
import type { StorageOptions } from './storage.ts'

/** A sound copy of a file that may be in use. */
function copyOf(source: string, target: string): void {
  const database = openDatabase(source, { readonly: true })
  try {
    vacuumInto(database, target)
  } finally {
    database.close()
  }
}

async function check(path: string, org: Id | null): Promise<number> {
  const database = openDatabase(path, { readonly: true })
  try {
    checkIntegrity(database)
    if (org === null) return 0
    const engine = sqliteEngine(database)
    const chain = await verifyChain(engine, org)
    if (!chain.whole) throw new StoreError('damaged', `chain of ${org}`, new Error(`broken at ${chain.broken_at}: ${chain.why}`))
    return await lastCommit(engine, org)
  } finally {
    database.close()
  }
}

/** `target`: a folder that does not exist. Throws StoreError: damaged, full, read_only, `failed exists`. */
export const backupFiles = (paths: ServerPaths, organizations: readonly Id[], target: string, options: StorageOptions): Promise<{ organizations: number; bytes: number }> =>
  makingBackup(target, async (draft) => {
    const manifest: BackupManifest = {
      format: 'callboard-server-backup', version: 1, kind: 'sqlite', made_at: options.now(), app_version: options.app_version, accounts: { file: 'server.sqlite', bytes: 0, sha256: '' }, organizations: [],
    }
    for (const id of organizations) {
      const file = `organizations/${id}/organization.sqlite`
      copyOf(paths.organization(id).file, join(draft, file))
      const commands = await check(join(draft, file), id)
      manifest.organizations.push({ id, file, ...(await digestOf(join(draft, file))), commands, blobs: giveBlobs(paths.organization(id).blobs, blobsOfBackup(draft, id)) })
    }
    // Last: whoever made an account while the organizations were copied has it.
    copyOf(paths.accounts, join(draft, manifest.accounts.file))
    await check(join(draft, manifest.accounts.file), null)
    Object.assign(manifest.accounts, await digestOf(join(draft, manifest.accounts.file)))
    return manifest
  })
