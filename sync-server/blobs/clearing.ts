/**
 * Files that no row names any more (an identity paper that was taken away, what an erased person had attached) leave the server. One goes a
 * day after it was first seen unnamed, while nobody else may write to its organization: a row that names it is either there before, and the
 * file stays, or comes after, and its computer is told that the file is awaited. In recovery, while an organization joins and after it left,
 * nothing goes and no day begins: what names a file may still come back. Any number of processes, and one that is killed anywhere, do
 * nothing but this.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Id } from '../../shared/kernel/ids.ts'
import { DAY, fromMs, toMs, type Instant } from '../../shared/kernel/instants.ts'
import { fromDisk, type Engine } from '../../shared/store/engine.ts'
import { namedBlobs } from '../../shared/store/named-blobs.ts'
import { readHead } from '../../shared/store/sync-log.ts'
import type { HostedOrganization, Storage } from '../storage/storage.ts'

/** Between the first look that found a file unnamed and the one that clears it; as on a computer. */
export const GRACE_MS = DAY
/** Files of one organization that one turn clears: its writers wait meanwhile. */
const MOST = 500
const NAME = /^[0-9a-f]{64}$/
const NAMES = /[0-9a-f]{64}/g

export interface ClearedBlobs {
  files: number
  bytes: number
}

export interface BlobClearing {
  /** One look at every organization; answers what it cleared. What goes wrong with one is reported and keeps no other waiting. */
  turn(): Promise<ClearedBlobs>
}

export interface BlobClearingOptions {
  storage: Storage
  /** Null: its facts have not come. */
  hosted(org: Id): Promise<HostedOrganization | null>
  /** Whether the organization is at home on this server: not joining, not gone. */
  isHome(org: Id): Promise<boolean>
  now(): Instant
  report(error: unknown, org: Id): void
  /** Files of this organization were cleared. */
  cleared(org: Id, what: ClearedBlobs): void
}

/** What rows name, and what may still become a row: bundles put aside, and commands that were kept and wait for their author's decision. */
async function spokenOf(engine: Engine, org: Id): Promise<Set<string>> {
  const named = await namedBlobs(engine, org)
  const waiting = [
    ...(await engine.all('SELECT command AS text FROM sync_aside WHERE org_id = ? AND closed_at IS NULL', [org])),
    ...(await engine.all(`SELECT c.input AS text FROM command_log c WHERE c.org_id = ? AND c.outcome <> 'applied'
      AND NOT EXISTS (SELECT 1 FROM sync_decision d WHERE d.org_id = c.org_id AND d.kept_command_id = c.id AND d.deleted_at IS NULL)`, [org])),
  ]
  for (const row of waiting) for (const name of String(row['text']).match(NAMES) ?? []) named.add(name)
  return named
}

async function filesIn(folder: string): Promise<string[]> {
  const list = (path: string): Promise<string[]> => readdir(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return []
    throw fromDisk(error)
  })
  const names: string[] = []
  for (const part of await list(folder)) if (/^[0-9a-f]{2}$/.test(part)) names.push(...(await list(join(folder, part))).filter((name) => NAME.test(name) && name.startsWith(part)))
  return names
}

/** Bytes that went; null: somebody else was quicker. */
async function remove(folder: string, name: string): Promise<number | null> {
  const path = join(folder, name.slice(0, 2), name)
  const found = await stat(path).catch(() => null)
  await rm(path, { force: true })
  return found?.size ?? null
}

export function openBlobClearing({ storage, hosted, isHome, now, report, cleared }: BlobClearingOptions): BlobClearing {
  const engine: Engine = storage.accounts

  async function clear(org: Id, host: HostedOrganization): Promise<ClearedBlobs> {
    const done: ClearedBlobs = { files: 0, bytes: 0 }
    const folder = storage.blobFolder(org)
    const mayClear = async (): Promise<boolean> => (await readHead(host.engine, org))?.mode === 'open' && (await isHome(org))
    if (!(await mayClear())) {
      await engine.run('DELETE FROM server_blob_unnamed WHERE org_id = ?', [org])
      return done
    }
    const spoken = await spokenOf(host.readEngine, org)
    const files = new Set(await filesIn(folder))
    const unnamed = new Set([...files].filter((name) => !spoken.has(name)))
    const marked = await engine.all('SELECT sha256, since FROM server_blob_unnamed WHERE org_id = ?', [org])
    const unmark = (name: string): Promise<number> => engine.run('DELETE FROM server_blob_unnamed WHERE org_id = ? AND sha256 = ?', [org, name])
    async function forget(name: string): Promise<void> {
      await engine.run('DELETE FROM server_blob WHERE org_id = ? AND sha256 = ?', [org, name])
      await unmark(name)
    }
    const due: string[] = []
    const limit = fromMs(toMs(now()) - GRACE_MS)
    const known = new Set<string>()
    for (const row of marked) {
      const name = String(row['sha256'])
      known.add(name)
      // Cleared by a process that was killed before it could say so.
      if (!files.has(name)) await forget(name)
      // Named again: its day begins anew should it lose its name.
      else if (!unnamed.has(name)) await unmark(name)
      else if (String(row['since']) <= limit) due.push(name)
    }
    for (const name of unnamed)
      if (!known.has(name)) await engine.run('INSERT INTO server_blob_unnamed (org_id, sha256, since) VALUES (?, ?, ?) ON CONFLICT (org_id, sha256) DO NOTHING', [org, name, now()])
    if (due.length === 0) return done
    const gone: string[] = []
    await host.engine.transaction(async () => {
      if ((await readHead(host.engine, org))?.mode !== 'open') return
      const still = await spokenOf(host.engine, org)
      for (const name of due.slice(0, MOST)) {
        if (still.has(name)) continue
        const bytes = await remove(folder, name)
        gone.push(name)
        if (bytes === null) continue
        done.files++
        done.bytes += bytes
      }
    })
    for (const name of gone) await forget(name)
    return done
  }

  return {
    async turn() {
      const all: ClearedBlobs = { files: 0, bytes: 0 }
      for (const org of await storage.organizations()) {
        try {
          const host = await hosted(org)
          if (!host) continue
          const { files, bytes } = await clear(org, host)
          if (files > 0) cleared(org, { files, bytes })
          all.files += files
          all.bytes += bytes
        } catch (error) {
          report(error, org)
        }
      }
      return all
    },
  }
}
