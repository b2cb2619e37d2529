import { z } from 'zod'
import { declare } from './client.ts'

/** What the host says of the safety of people's work: disk, second copies, restores, exports, reports. */
const nothing = z.object({})
const bytes = z.number()

export const StorageState = z.object({
  data_folder: z.string(),
  cloud_drive: z.boolean(),
  disk: z.object({ free_bytes: bytes.nullable(), total_bytes: bytes.nullable(), level: z.enum(['unknown', 'enough', 'low', 'almost_full']), read_only: z.boolean(), measured_at: z.string() }),
  organization: z.object({ file_bytes: bytes, backups_bytes: bytes, attachments_bytes: bytes }),
  second: z.object({ folder: z.string(), cloud_drive: z.boolean(), state: z.enum(['ok', 'absent']), names: z.array(z.string()), last_at: z.string().nullable(), free_bytes: bytes.nullable() }).nullable(),
  check: z.object({ state: z.string(), at: z.string(), error: z.string().nullable() }).nullable(),
})
export type StorageState = z.infer<typeof StorageState>

const Since = z.object({ changes: z.number(), people: z.number(), first_at: z.string().nullable(), last_at: z.string().nullable(), by_entity: z.array(z.object({ entity: z.string(), count: z.number() })) })
export const Report = z.object({
  id: z.string(), at: z.string(), last_at: z.string(), count: z.number(), app_version: z.string(), where: z.string(), name: z.string(), message: z.string(), stack: z.array(z.string()), place: z.string().nullable(),
  system: z.record(z.string(), z.string()),
})
export type Report = z.infer<typeof Report>

export const storageState = declare('storage.state', nothing, StorageState)
export const checkStorage = declare('storage.check', nothing, z.object({ whole: z.boolean(), at: z.string() }))
export const previewRestore = declare('backup.preview_restore', z.object({ name: z.string() }), z.object({ since: Since.nullable() }))
export const setBackupFolder = declare('backup.set_folder', z.object({ folder: z.string().nullable() }), z.unknown())
export const copyBackups = declare('backup.copy', nothing, z.object({ copied: z.number() }))
export const readExport = declare('export.read', z.object({ name: z.string(), offset: z.number() }), z.object({ base64: z.string(), size: bytes, next: z.number().nullable() }))
export const organizationLogo = declare('organization.logo', nothing, z.object({ base64: z.string().nullable(), type: z.string().nullable() }))
export const effectiveFlags = declare('flag.effective', nothing, z.object({
  items: z.array(z.object({ name: z.string(), enabled: z.boolean(), source: z.string(), id: z.string().nullable(), version: z.number().nullable() })),
}))
export const writeReport = declare('report.write', z.object({ name: z.string(), message: z.string(), stack: z.string(), place: z.string() }), z.unknown())
export const listReports = declare('report.list', nothing, z.object({ items: z.array(z.looseObject(Report.shape)) }))
export const removeReport = declare('report.remove', z.object({ id: z.string() }), z.unknown())
