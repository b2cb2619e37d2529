/** How the disk is doing, said before it is too late: measured when Callboard starts and after each backup. */
import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'

export const diskLevels = ['unknown', 'enough', 'low', 'almost_full'] as const
export type DiskLevel = (typeof diskLevels)[number]

export interface Disk {
  /** null: the system does not say. */
  free_bytes: number | null
  total_bytes: number | null
  level: DiskLevel
  read_only: boolean
  measured_at: string
}

const GIB = 1024 ** 3

/** Below, work may stop any moment: SQLite needs room to write what it commits, and each backup is a whole copy. */
export const ALMOST_FULL_BYTES = GIB / 2
export const LOW_BYTES = 2 * GIB

/** `needed`: bytes that one more backup of everything takes. */
export function levelOf(free: number | null, needed: number): DiskLevel {
  if (free === null) return 'unknown'
  if (free < Math.max(ALMOST_FULL_BYTES, needed)) return 'almost_full'
  return free < Math.max(LOW_BYTES, 3 * needed) ? 'low' : 'enough'
}

export function spaceOf(folder: string): { free_bytes: number; total_bytes: number } | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder)
    return { free_bytes: bavail * bsize, total_bytes: blocks * bsize }
  } catch {
    return null
  }
}

export function bytesUnder(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? bytesUnder(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0))
  }, 0)
}

function isReadOnly(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return false
  } catch {
    return true
  }
}

export interface StorageWatch {
  /** Of the last measure. */
  disk(): Disk
  measure(): Disk
  /** `disk_low`, `disk_almost_full`, `read_only`: what the strip at the top says. */
  warnings(): string[]
}

export function openStorageWatch(root: string, now: () => string): StorageWatch {
  const filesOf = (): number => {
    const folder = join(root, 'organizations')
    if (!existsSync(folder)) return 0
    return readdirSync(folder).reduce((sum, id) => sum + (statSync(join(folder, id, 'organization.sqlite'), { throwIfNoEntry: false })?.size ?? 0), 0)
  }
  const measured = (): Disk => {
    const space = spaceOf(root)
    return { free_bytes: space?.free_bytes ?? null, total_bytes: space?.total_bytes ?? null, level: levelOf(space?.free_bytes ?? null, filesOf()), read_only: isReadOnly(root), measured_at: now() }
  }
  let last = measured()
  return {
    disk: () => last,
    measure: () => (last = measured()),
    warnings: () => [...(last.read_only ? ['read_only'] : []), ...(last.level === 'almost_full' ? ['disk_almost_full'] : last.level === 'low' ? ['disk_low'] : [])],
  }
}
