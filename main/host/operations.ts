/** What can be asked of this computer rather than of one organization. Declared like the others, so that they are documented alike. */
import { z } from 'zod'
import { attachmentOperations } from './attachment-handlers.ts'
import { demoDates } from './demo-dates.ts'
import { declare, type HostOperation } from './host-operation.ts'
import { identityOperations } from './identity-operations.ts'
import { personOperations } from './person-operations.ts'
import { consoleOperations, syncOperations, venueOperations } from '../sync/sync-operations.ts'
import { vaultOperations } from './vault/vault-operations.ts'
import { watchingOperations } from './watching-operations.ts'
import { wire } from '../../shared/domain/entity.ts'
import { languages, workKinds } from '../../shared/domain/organization/model.ts'

export const organizationOperations = {
  catalogue: declare('query', 'app.catalogue', 'none', 'Every operation with the JSON Schema of its input.', z.strictObject({})),
  createOrganization: declare('command', 'organization.create', 'session', 'Founds an organization on this computer; the signed-in person owns it.', z.strictObject({
    name: z.string().trim().min(1).max(120), kind: z.enum(workKinds), language: z.enum(languages), zone: wire.zone, currency: z.string().regex(/^[A-Z]{3}$/), demo: z.literal(true).optional(),
  })),
  openOrganization: declare('command', 'organization.open', 'session', 'Makes an organization the one that calls without `org` mean.', z.strictObject({ id: wire.id })),
  openDemo: declare('command', 'demo.open', 'session', 'Opens the demonstration, making it when there is none. With `anew` what was done in it is gone. `clock_change` puts it on its own date, the eve of the night with 25 hours.', z.strictObject({
    date: z.enum(demoDates).optional(), anew: z.literal(true).optional(),
  })),
} as const

export const keepingOperations = {
  createBackup: declare('command', 'backup.create', 'session', 'Makes a verified backup now.', z.strictObject({})),
  listBackups: declare('query', 'backup.list', 'session', 'Lists the backups of an organization, newest first.', z.strictObject({})),
  restoreBackup: declare('command', 'backup.restore', 'session', 'Puts a backup in place; the present file is kept aside and a backup of it is made first when it can be read.', z.strictObject({ name: z.string().max(120) })),
  listJobs: declare('query', 'job.list', 'session', 'What this computer does by itself for the organization (backup, check, upkeep) and what failed.', z.strictObject({})),
  retryJob: declare('command', 'job.retry', 'session', 'Gives work that failed for good its attempts again.', z.strictObject({ key: z.string().max(200) })),
  dropJob: declare('command', 'job.drop', 'session', 'Lets go of work that failed for good.', z.strictObject({ key: z.string().max(200) })),
  exportAll: declare('command', 'export.full', 'session', 'Writes everything the organization holds to one zip file: rows, log, commands, attachments, with counts and checksums.', z.strictObject({})),
} as const

export const hostOperations = { ...identityOperations, ...organizationOperations, ...keepingOperations, ...personOperations, ...watchingOperations, ...attachmentOperations, ...syncOperations, ...consoleOperations, ...venueOperations, ...vaultOperations } as const

export const hostOperationList: readonly HostOperation[] = Object.values(hostOperations)
