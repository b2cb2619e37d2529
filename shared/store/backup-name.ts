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
