/**
 * A second folder for backups (decision A26): another disk or a shared folder, so that the loss of this one loses nothing. Every backup is
 * copied there with the attachments, read back and compared by hash; a copy that is there already is left alone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { randomBytes } from 'node:crypto'
import { readBackupName } from '../../shared/store/backup-name.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import type { SqliteOptions } from '../../shared/store/sqlite-engine.ts'
import { backupsToDrop, checkFile, listBackups } from './backups.ts'
import { copyBlobs, copyWhole, hashOfFile } from './copies.ts'
import type { OrganizationPaths } from './data-folder.ts'
import { fromSystem } from '../../shared/store/engine.ts'

const COPIES = 'Callboard'
const ATTACHMENTS = 'blobs'
/** Where the copies of one organization are, inside the chosen folder. */
export const copiesOf = (chosen: string, org: string): string => join(chosen, COPIES, org)

/** Where a folder is once links are followed; of one that is not there yet, where its parents lead. */
function placeOf(folder: string): string {
  const parent = dirname(folder)
  if (existsSync(folder) || parent === folder) return realpathSync(folder)
  return join(placeOf(parent), basename(folder))
}
function inside(folder: string, root: string): boolean {
  const way = relative(placeOf(root), placeOf(folder))
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** Refuses what cannot keep backups: `backup.folder` with why (`relative`, `missing`, `inside`, `unwritable`). Answers the folder, whole. */
export function checkFolder(typed: string, dataRoot: string): string {
  const wrong = (why: string) => refuse('backup.folder', detail('folder', `folder_${why}`, null, typed))
  if (!isAbsolute(typed)) throw wrong('relative')
  const folder = resolve(typed)
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw wrong('missing')
  // Also where the copies themselves would be: beside the data folder they could fall into it.
  if (inside(folder, dataRoot) || inside(join(folder, COPIES), dataRoot)) throw wrong('inside')
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
  /** `absent`: the disk is not connected, the share not mounted, or something else is in its place. */
  state: 'ok' | 'absent'
  names: string[]
  last_at: string | null
}

export function secondCopies(chosen: string, org: string): SecondCopies {
  const folder = copiesOf(chosen, org)
  try {
    // The nearest that is there tells: a file in the way is read in vain.
    const there = [folder, dirname(folder), chosen].find((place) => existsSync(place)) ?? chosen
    const found = readdirSync(there)
    const names = there === folder ? found.filter((name) => readBackupName(name) !== null) : []
    const times = names.map((name) => statSync(join(folder, name)).mtime.toISOString()).sort()
    return { state: 'ok', names, last_at: times.at(-1) ?? null }
  } catch {
    return { state: 'absent', names: [], last_at: null }
  }
}

/** What cannot be written there is the chosen folder's trouble, said as such: a file is in its way, or it went while it was written to. */
function unwritable(error: unknown, chosen: string): unknown {
  const said = fromSystem(error)
  const places: readonly unknown[] = ['ENOTDIR', 'ENOENT', 'EEXIST', 'EISDIR']
  return said instanceof Error && 'code' in said && places.includes(said.code) ? refuse('backup.folder', detail('folder', 'folder_unwritable', null, chosen)) : said
}

/** Copies the backups and attachments that are missing there, verifies each copy, and thins like the first folder. Throws StoreError or `backup.folder`. */
export function copyBackups(paths: OrganizationPaths, chosen: string, org: string, options: SqliteOptions): { copied: number } {
  if (!existsSync(chosen)) throw refuse('backup.folder', detail('folder', 'folder_missing', null, chosen))
  const folder = copiesOf(chosen, org)
  let copied = 0
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, bytes } of listBackups(paths)) {
      const target = join(folder, name)
      if (statSync(target, { throwIfNoEntry: false })?.size === bytes) continue
      const source = join(paths.backups, name)
      copyWhole(source, target, hashOfFile(source), (draft) => checkFile(draft, options))
      copied += 1
    }
    copyBlobs(paths.blobs, join(folder, ATTACHMENTS))
  } catch (error) {
    throw unwritable(error, chosen)
  }
  const there = listBackups({ ...paths, backups: folder })
  for (const name of backupsToDrop(there)) rmSync(join(folder, name), { force: true })
  return { copied }
}
