/** Backups of a server that lie in one folder, and letting go of those that others stand for. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../shared/kernel/instants.ts'
import { worthKeeping } from '../../shared/store/backup-name.ts'
import { readManifest } from './backup-manifest.ts'

export interface ServerBackup {
  name: string
  made_at: Instant
  kind: 'sqlite' | 'postgres'
  organizations: number
  /** Of the databases, attached files not counted: they share their bytes. */
  bytes: number
}

/** Newest first; what is no whole backup is not named. */
export function listServerBackups(folder: string): ServerBackup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    const manifest = name.endsWith('.part') ? null : readManifest(join(folder, name))
    if (!manifest) return []
    const bytes = [manifest.accounts, ...manifest.organizations].reduce((sum, part) => sum + part.bytes, 0)
    return [{ name, made_at: manifest.made_at, kind: manifest.kind, organizations: manifest.organizations.length, bytes }]
  }).sort((a, b) => b.made_at.localeCompare(a.made_at))
}

/** Those that others stand for: all but the newest of 7 days, 4 weeks and 6 months, and but what a restore put aside. */
export function spareServerBackups(folder: string): string[] {
  const made = listServerBackups(folder).filter(({ name }) => !name.startsWith('replaced-'))
  const keep = worthKeeping(made)
  return made.filter((one) => !keep.has(one)).map(({ name }) => name)
}

/** Lets go of them; answers their names. */
export function thinServerBackups(folder: string): string[] {
  const spare = spareServerBackups(folder)
  for (const name of spare) rmSync(join(folder, name), { recursive: true, force: true })
  return spare
}
