/**
 * Backups of one organization's file: whole snapshots, verified when made, thinned to 7 daily, 4 weekly and 6 monthly ones. A restore
 * keeps the replaced file aside: nothing is ever overwritten.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { backupName, readBackupName, worthKeeping } from '../../shared/store/backup-name.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { checkIntegrity, syncToDisk, vacuumInto } from '../../shared/store/organization-file.ts'
import { openDatabase, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import type { OrganizationPaths } from './data-folder.ts'

export interface Backup {
  name: string
  /** UTC, from the name. */
  made_at: string
  bytes: number
  kind: string
}

/** Ends the name of a backup that is being made. */
const DRAFT = '.draft'

export const stampOf = (instant: string): string => instant.replace(/[:.]/g, '-')
const instantOf = (stamp: string): string => stamp.replace(/T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z$/, 'T$1:$2:$3.$4Z')

export function listBackups(paths: OrganizationPaths): Backup[] {
  if (!existsSync(paths.backups)) return []
  return readdirSync(paths.backups)
    .flatMap((name) => {
      const read = readBackupName(name)
      return read ? [{ name, kind: read.kind, made_at: instantOf(read.stamp), bytes: statSync(join(paths.backups, name)).size }] : []
    })
    .sort((a, b) => b.made_at.localeCompare(a.made_at))
}

/** Throws StoreError `damaged` unless the file is sound. */
export function checkFile(file: string, options: SqliteOptions): void {
  const database = openDatabase(file, { ...options, readonly: true })
  try {
    checkIntegrity(database)
  } finally {
    database.close()
  }
}

/**
 * Makes a verified backup; throws StoreError (full, damaged...). What is not whole and verified never has a backup's name: a killed
 * run leaves a draft, which the next one clears.
 */
export function makeBackup(paths: OrganizationPaths, kind: 'daily' | 'manual' | 'before-restore', now: string, options: SqliteOptions): Backup {
  mkdirSync(paths.backups, { recursive: true })
  const name = backupName(kind, stampOf(now))
  const target = join(paths.backups, name)
  if (existsSync(target)) throw new StoreError('failed', 'exists', new Error(`the backup ${name} was made already`))
  for (const left of readdirSync(paths.backups)) if (left.includes(`.sqlite${DRAFT}`)) rmSync(join(paths.backups, left), { force: true })
  const draft = `${target}${DRAFT}`
  try {
    const database = openDatabase(paths.file, { ...options, readonly: true })
    try {
      vacuumInto(database, draft)
    } finally {
      database.close()
    }
    checkFile(draft, options)
    renameSync(draft, target)
  } finally {
    rmSync(draft, { force: true })
  }
  syncToDisk(paths.backups)
  return { name, kind, made_at: now, bytes: statSync(target).size }
}

/** Names of backups to let go: beyond 7 days, 4 weeks and 6 months, one per period is enough. Manual ones stay. */
export function backupsToDrop(backups: readonly Backup[]): string[] {
  const daily = backups.filter((one) => one.kind === 'daily')
  const keep = worthKeeping(daily)
  return daily.filter((one) => !keep.has(one)).map((one) => one.name)
}

export function thinBackups(paths: OrganizationPaths): void {
  for (const name of backupsToDrop(listBackups(paths))) rmSync(join(paths.backups, name), { force: true })
}

/** Every file an organization could come back from: its backups and the files that a restore has put aside. */
export function keptCopies(paths: OrganizationPaths): string[] {
  const replaced = existsSync(paths.folder) ? readdirSync(paths.folder).filter((name) => name.startsWith(`${basename(paths.file)}.replaced-`) && !/-(wal|shm)$/.test(name)) : []
  return [...listBackups(paths).map(({ name }) => join(paths.backups, name)), ...replaced.map((name) => join(paths.folder, name))]
}

/**
 * Puts a verified backup in the file's place; the replaced file is kept beside. The file must be closed, and nobody may open it
 * meanwhile. A failure puts the replaced file back.
 */
export function restoreBackup(paths: OrganizationPaths, name: string, now: string, options: SqliteOptions): { kept: string | null } {
  const source = join(paths.backups, name)
  checkFile(source, options)
  const draft = `${paths.file}.restoring`
  copyFileSync(source, draft)
  checkFile(draft, options)
  syncToDisk(draft)
  const kept = `${paths.file}.replaced-${stampOf(now)}`
  const hadFile = existsSync(paths.file)
  const moved: string[] = []
  try {
    // The log of a file that is gone goes too: SQLite would play it back into the backup.
    for (const suffix of ['', '-wal', '-shm']) {
      if (!existsSync(`${paths.file}${suffix}`)) continue
      renameSync(`${paths.file}${suffix}`, `${kept}${suffix}`)
      moved.push(suffix)
    }
    renameSync(draft, paths.file)
  } catch (error) {
    for (const suffix of moved) renameSync(`${kept}${suffix}`, `${paths.file}${suffix}`)
    throw error
  }
  syncToDisk(dirname(paths.file))
  return { kept: hadFile ? kept : null }
}
