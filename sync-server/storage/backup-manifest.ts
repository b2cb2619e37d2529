/** What a server's backup says of itself; written last, so that a folder without it is no backup. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { wire } from '../../shared/domain/entity.ts'
import { fromSystem, StoreError } from '../../shared/store/engine.ts'
import { syncToDisk } from '../../shared/store/organization-file.ts'
import { digestOf } from './line-file.ts'

const Part = z.strictObject({ file: z.string().max(200), bytes: z.int(), sha256: z.string().length(64) })
const Manifest = z.strictObject({
  format: z.literal('callboard-server-backup'), version: z.literal(1), kind: z.enum(['sqlite', 'postgres']),
  made_at: wire.instant, app_version: z.string(), accounts: Part,
  organizations: z.array(Part.extend({ id: wire.id, commands: z.int(), blobs: z.int() })),
})
export type BackupManifest = z.infer<typeof Manifest>

const FILE = 'manifest.json'
export const blobsOfBackup = (folder: string, org: string): string => join(folder, 'organizations', org, 'blobs')

/** Null when the folder is no backup. */
export function readManifest(folder: string): BackupManifest | null {
  const path = join(folder, FILE)
  if (!existsSync(path)) return null
  try {
    return Manifest.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

/** Every file of the backup as it was written. Throws StoreError `failed missing`, `damaged <file>`. */
export async function checkBackup(folder: string): Promise<BackupManifest> {
  const manifest = readManifest(folder)
  if (!manifest) throw new StoreError('failed', 'missing', new Error(`${folder} is not a backup of a Callboard server`))
  for (const part of [manifest.accounts, ...manifest.organizations]) {
    const path = join(folder, part.file)
    if (!existsSync(path)) throw new StoreError('damaged', part.file, new Error('the file is missing'))
    if ((await digestOf(path)).sha256 !== part.sha256) throw new StoreError('damaged', part.file, new Error('the file is not as it was written'))
  }
  return manifest
}

/**
 * Makes a backup under a passing name; it has its own once everything in it is on the disk. Throws StoreError (`failed exists`, full…);
 * leaves nothing then.
 */
export async function makingBackup(target: string, work: (draft: string) => Promise<BackupManifest>): Promise<{ organizations: number; bytes: number }> {
  if (existsSync(target)) throw new StoreError('failed', 'exists', new Error(`${target} exists already`))
  const draft = `${target}.part`
  rmSync(draft, { recursive: true, force: true })
  try {
    mkdirSync(draft, { recursive: true })
    const manifest = await work(draft)
    writeFileSync(join(draft, FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true })
    renameSync(draft, target)
    syncToDisk(dirname(target))
    return { organizations: manifest.organizations.length, bytes: [manifest.accounts, ...manifest.organizations].reduce((sum, { bytes }) => sum + bytes, 0) }
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw fromSystem(error)
  }
}
