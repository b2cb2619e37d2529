/** What can be asked of this computer rather than of one organization. Declared like the others, so that they are documented alike. */
import { z } from 'zod'
import { demoDates } from './demo-dates.ts'
import { declare, type HostOperation } from './host-operation.ts'
import { personOperations } from './person-operations.ts'
import { wire } from '../../shared/domain/entity.ts'
import { languages, workKinds } from '../../shared/domain/organization/model.ts'

const Email = z.string().trim().max(200).regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/)
const Password = z.string().min(10).max(200)

export const identityOperations = {
  state: declare('query', 'app.state', 'none', 'Who is signed in, which organizations this computer holds and how their files are.', z.strictObject({})),
  firstRun: declare('command', 'app.first_run', 'none', 'Makes the first user of this computer and signs in.', z.strictObject({
    name: z.string().trim().min(1).max(120), email: Email, password: Password, language: z.enum(languages), theme: z.enum(['light', 'dark', 'hc-light', 'hc-dark', 'system']),
  })),
  signIn: declare('command', 'app.sign_in', 'none', 'Signs in with e-mail and password. Wrong tries are answered later and later.', z.strictObject({ email: z.string().max(200), password: z.string().max(200) })),
  signOut: declare('command', 'app.sign_out', 'session', 'Signs out of this window.', z.strictObject({})),
  addUser: declare('command', 'app.add_user', 'session', 'Lets another person sign in on this computer; they still need to be a member of an organization.', z.strictObject({ name: z.string().trim().min(1).max(120), email: Email, password: Password })),
  setPreference: declare('command', 'app.set_preference', 'session', 'Keeps a preference of the signed-in person on this computer (language, theme, last page).', z.strictObject({ name: z.enum(['language', 'theme', 'density', 'last_path']), value: z.string().max(500) })),
} as const

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

export const hostOperations = { ...identityOperations, ...organizationOperations, ...keepingOperations, ...personOperations } as const

export const hostOperationList: readonly HostOperation[] = Object.values(hostOperations)
