/** Checks, backups, restores and exports. Each opens the organization's file by itself, read-only, beside the core that writes to it. */
import { checkFile, makeBackup, restoreBackup } from '../host/backups.ts'
import { exportAll } from '../host/export-all.ts'
import { copyBackups } from '../host/second-folder.ts'
import { serve } from './serve.ts'

const work = { checkFile, makeBackup, copyBackups, restoreBackup, exportAll }
export type UpkeepWork = typeof work

serve(work)
