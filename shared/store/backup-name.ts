/** Names of backup files, made and read in one place: a backup under a name nobody reads cannot be put back. */

/** `before-v3`: made before a migration to version 3. */
export type BackupKind = 'daily' | 'manual' | 'before-restore' | `before-v${number}`

const NAME = /^(daily|manual|before-restore|before-v\d+)\.(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z)\.sqlite$/

/** `stamp`: an instant with dashes in place of colons and points, `2026-11-22T18-30-00-000Z`. */
export const backupName = (kind: BackupKind, stamp: string): string => `${kind}.${stamp}.sqlite`

/** Null for any other file. */
export function readBackupName(name: string): { kind: string; stamp: string } | null {
  const [, kind, stamp] = NAME.exec(name) ?? []
  return kind !== undefined && stamp !== undefined ? { kind, stamp } : null
}

/** Of copies made day after day, those worth keeping: the newest of each of 7 days, 4 weeks and 6 months. */
export function worthKeeping<T extends { made_at: string }>(backups: readonly T[]): Set<T> {
  const newestFirst = backups.toSorted((a, b) => b.made_at.localeCompare(a.made_at))
  const keep = new Set<T>()
  const newestPer = (periodOf: (at: string) => string, count: number): void => {
    const seen = new Set<string>()
    for (const one of newestFirst) {
      const period = periodOf(one.made_at)
      if (seen.has(period)) continue
      if (seen.size === count) break
      seen.add(period)
      keep.add(one)
    }
  }
  const week = (at: string): string => String(Math.floor((Date.parse(at) / 86_400_000 + 3) / 7))
  newestPer((at) => at.slice(0, 10), 7)
  newestPer(week, 4)
  newestPer((at) => at.slice(0, 7), 6)
  return keep
}
