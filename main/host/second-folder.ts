/**
 * A second folder for backups (decision A26): another disk or a shared folder, so that the loss of this one loses nothing. Every backup is
 * copied there and the copy verified; a copy that is there already is left alone.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { randomBytes } from 'node:crypto'
import { readBackupName } from '../../shared/store/backup-name.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { checkIntegrity, fromSystem } from '../../shared/store/organization-file.ts'
import { openDatabase, type SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { backupsToDrop, listBackups } from './backups.ts'
import type { OrganizationPaths } from './data-folder.ts'

/** Where the copies of one organization are, inside the chosen folder. */
export const copiesOf = (chosen: string, org: string): string => join(chosen, 'Callboard', org)

const inside = (folder: string, root: string): boolean => {
  const way = relative(root, folder)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

/** Refuses what cannot keep backups: `backup.folder` with why (`relative`, `missing`, `inside`, `unwritable`). Answers the folder, whole. */
export function checkFolder(typed: string, dataRoot: string): string {
  const wrong = (why: string) => refuse('backup.folder', detail('folder', `folder_${why}`, null, typed))
  if (!isAbsolute(typed)) throw wrong('relative')
  const folder = resolve(typed)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw wrong('missing')
  if (inside(folder, resolve(dataRoot))) throw wrong('inside')
  const probe = join(folder, `.callboard-${randomBytes(6).toString('hex')}`)
  try {
    const said = randomBytes(16).toString('hex')
    writeFileSync(probe, said, { flush: true })
    if (readFileSync(probe, 'utf8') !== said) throw new Error('read back otherwise')
  } catch {
    throw wrong('unwritable')
  } finally {
    rmSync(probe, { force: true })
  }
  return folder
}

export interface SecondCopies {
  /** `absent`: the disk is not connected, the share not mounted. */
  state: 'ok' | 'absent'
  names: string[]
  last_at: string | null
}

export function secondCopies(chosen: string, org: string): SecondCopies {
  if (!existsSync(chosen)) return { state: 'absent', names: [], last_at: null }
  const folder = copiesOf(chosen, org)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => readBackupName(name) !== null) : []
  const times = names.map((name) => statSync(join(folder, name)).mtime.toISOString()).sort()
  return { state: 'ok', names, last_at: times.at(-1) ?? null }
}

/** Copies the backups that are missing there, verifies each copy, and thins like the first folder. Throws StoreError or `backup.folder`. */
export function copyBackups(paths: OrganizationPaths, chosen: string, org: string, options: SqliteOptions): { copied: number } {
  if (!existsSync(chosen)) throw refuse('backup.folder', detail('folder', 'folder_missing', null, chosen))
  const folder = copiesOf(chosen, org)
  let copied = 0
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, bytes } of listBackups(paths)) {
      const target = join(folder, name)
      if (statSync(target, { throwIfNoEntry: false })?.size === bytes) continue
      const draft = `${target}.part`
      copyFileSync(join(paths.backups, name), draft)
      const database = openDatabase(draft, { ...options, readonly: true })
      try {
        checkIntegrity(database)
      } finally {
        database.close()
      }
      renameSync(draft, target)
      copied += 1
    }
  } catch (error) {
    throw fromSystem(error)
  }
  const there = listBackups({ ...paths, backups: folder })
  for (const name of backupsToDrop(there)) rmSync(join(folder, name), { force: true })
  return { copied }
}
