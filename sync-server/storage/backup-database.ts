/** Backup of a server on PostgreSQL, while it works: every organization and the accounts as lines, all of one moment, read back once written. */
import { join } from 'node:path'
import type { Engine } from '../../shared/store/engine.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'
import { checkFacts } from '../../shared/sync/facts/check.ts'
import { writeFacts } from '../../shared/sync/facts/give.ts'
import { streamed } from '../../shared/sync/facts/streamed.ts'
import { blobsOfBackup, makingBackup, type BackupManifest } from './backup-manifest.ts'
import { giveBlobs } from './blobs-beside.ts'
import { digestOf, readLines, writeLines } from './line-file.ts'
import type { ServerPaths } from './paths.ts'
import { giveServerTables } from './server-tables.ts'
import type { StorageOptions } from './storage.ts'

/** Which organization, and which tables, the statements of a transaction mean. */
export const lookAt = async (engine: Engine, org: Id | null, schema: string): Promise<void> => {
  await engine.all("SELECT set_config('callboard.org', ?, true), set_config('search_path', ?, true)", [org ?? '', schema])
}

/** `engine`: of the whole database. `target`: a folder that does not exist. Throws StoreError: unavailable, full, read_only, `failed exists`. */
export const backupDatabase = (engine: Engine, schema: string, paths: ServerPaths, target: string, options: StorageOptions): Promise<{ organizations: number; bytes: number }> =>
  makingBackup(target, (draft) =>
    engine.snapshot(async () => {
      const manifest: BackupManifest = {
        format: 'callboard-server-backup', version: 1, kind: 'postgres', made_at: options.now(), app_version: options.app_version, accounts: { file: 'accounts.ndjson.gz', bytes: 0, sha256: '' }, organizations: [],
      }
      await lookAt(engine, null, schema)
      const rooms = (await engine.all('SELECT org_id FROM server_room ORDER BY org_id', [])).map((row) => String(row['org_id']) as Id)
      await writeLines(join(draft, manifest.accounts.file), giveServerTables(engine))
      Object.assign(manifest.accounts, await digestOf(join(draft, manifest.accounts.file)))
      for (const id of rooms) {
        const file = `organizations/${id}/facts.ndjson.gz`
        await lookAt(engine, id, 'public')
        await writeLines(join(draft, file), streamed((emit) => writeFacts(engine, id, { app_version: options.app_version, at: manifest.made_at, server: true }, emit)))
        await checkFacts(readLines(join(draft, file)))
        manifest.organizations.push({
          id, file, ...(await digestOf(join(draft, file))), commands: await lastCommit(engine, id), blobs: giveBlobs(paths.organization(id).blobs, blobsOfBackup(draft, id)),
        })
      }
      return manifest
    }))
