/** What people see of the safety of their work: the disk, second copies, what a restore would lose, reports of errors. */
import { z } from 'zod'
import { declare } from './host-operation.ts'

const Text = (max: number) => z.string().max(max)

export const watchingOperations = {
  storageState: declare('query', 'storage.state', 'session', 'Where the data are, the room left on their disk, what the organization takes, its second backup folder and its last file check.', z.strictObject({})),
  checkStorage: declare('command', 'storage.check', 'session', 'Checks the organization’s file now.', z.strictObject({})),
  previewRestore: declare('query', 'backup.preview_restore', 'session', 'What was done since a backup was made: what restoring it would take away.', z.strictObject({ name: Text(120) })),
  setBackupFolder: declare('command', 'backup.set_folder', 'session', 'Chooses a second folder to which every backup is copied and verified; null: none.', z.strictObject({ folder: Text(1000).nullable() })),
  copyBackups: declare('command', 'backup.copy', 'session', 'Copies the backups that are missing in the second folder, now.', z.strictObject({})),
  readExport: declare('query', 'export.read', 'session', 'A part of an export’s file, base64, from an offset on.', z.strictObject({ name: Text(200), offset: z.int().min(0) })),
  organizationLogo: declare('query', 'organization.logo', 'session', 'The organization’s logo, base64; null when there is none.', z.strictObject({})),
  effectiveFlags: declare('query', 'flag.effective', 'session', 'Every flag as it counts here, with where that comes from: environment, organization, defaults.', z.strictObject({})),
  writeReport: declare('command', 'report.write', 'none', 'Keeps a report of an error of the page on this computer, redacted.', z.strictObject({
    name: Text(200), message: Text(4000), stack: Text(20_000), place: Text(500),
  }), { whileLocked: true, ownOnly: true }),
  listReports: declare('query', 'report.list', 'session', 'Reports of errors and crashes kept on this computer, newest first.', z.strictObject({})),
  removeReport: declare('command', 'report.remove', 'session', 'Deletes a report.', z.strictObject({ id: Text(80) })),
} as const
