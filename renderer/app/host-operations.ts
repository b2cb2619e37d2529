import { z } from 'zod'
import { declare } from './client.ts'

/** The operations of the host itself (no organization): start, sign-in, organizations of this computer. */

export const preferenceNames = ['language', 'theme', 'density', 'last_path', 'text_scale', 'letters_off', 'key_map', 'amounts', 'auto_lock_minutes', 'desktop'] as const
export type PreferenceName = (typeof preferenceNames)[number]

export const OrganizationKind = z.enum(['event', 'theatre', 'film'])
export type OrganizationKind = z.infer<typeof OrganizationKind>

const OrganizationRef = z.object({ id: z.string(), name: z.string(), state: z.string().default('ready'), demo: z.boolean().default(false) })
export type OrganizationRef = z.infer<typeof OrganizationRef>

export const AppState = z.object({
  version: z.string(),
  device: z.unknown(),
  session: z.object({ user_id: z.string(), name: z.string(), email: z.string() }).nullable(),
  /** Whose window this is while it is locked. */
  locked: z.object({ user_id: z.string(), name: z.string() }).nullish().transform((locked) => locked ?? null),
  me: z.object({ pin: z.boolean(), recovery_key: z.boolean(), must_change: z.boolean() }).nullish().transform((me) => me ?? null),
  /** Of the open organization. */
  amounts: z.enum(['shown', 'hidden']).nullish().transform((amounts) => amounts ?? null),
  see_as: z.object({ role: z.string(), project_id: z.string().nullable() }).nullish().transform((see_as) => see_as ?? null),
  organizations: z.array(OrganizationRef),
  first_run: z.boolean(),
  open: z.string().nullable(),
  preferences: z.record(z.string(), z.unknown()).optional(),
  warnings: z.array(z.unknown()).default([]),
})
export type AppState = z.infer<typeof AppState>

export const appState = declare('app.state', z.object({}), AppState)
export const firstRun = declare(
  'app.first_run',
  z.object({ name: z.string(), email: z.string(), password: z.string(), language: z.string(), theme: z.string() }),
  z.unknown(),
)
export const signIn = declare('app.sign_in', z.object({ email: z.string(), password: z.string() }), z.unknown())
export const signOut = declare('app.sign_out', z.object({}), z.unknown())
export const setPreference = declare('app.set_preference', z.object({ name: z.enum(preferenceNames), value: z.string() }), z.unknown())
export const createOrganization = declare(
  'organization.create',
  z.object({ name: z.string(), kind: OrganizationKind, language: z.string(), zone: z.string(), currency: z.string() }),
  z.looseObject({ id: z.string() }),
)
/** Opens the demonstration; `anew` makes it as on the first day. */
export const openDemo = declare('demo.open', z.object({ date: z.enum(['now', 'clock_change']).optional(), anew: z.literal(true).optional() }), z.object({ id: z.string() }))
export const openOrganization = declare('organization.open', z.object({ id: z.string() }), z.unknown())

const Backup = z.object({ name: z.string(), made_at: z.string(), bytes: z.number(), kind: z.string() })
export type Backup = z.infer<typeof Backup>
const Job = z.object({ key: z.string(), kind: z.string(), state: z.string(), attempts: z.number(), error: z.string().nullable() })
export type Job = z.infer<typeof Job>

/** Asked of the host about one organization, also when its file cannot be opened. */
export const createBackup = declare('backup.create', z.object({}), Backup.extend({ copied: z.boolean().nullish() }))
export const listBackups = declare('backup.list', z.object({}), z.object({ items: z.array(Backup) }))
export const restoreBackup = declare('backup.restore', z.object({ name: z.string() }), z.unknown())
export const listJobs = declare('job.list', z.object({}), z.object({ items: z.array(Job) }))
export const retryJob = declare('job.retry', z.object({ key: z.string() }), z.unknown())
export const dropJob = declare('job.drop', z.object({ key: z.string() }), z.unknown())
export const exportEverything = declare('export.full', z.object({}), z.object({ file: z.string(), bytes: z.number(), sha256: z.string(), counts: z.record(z.string(), z.number()) }))

/** What this computer keeps for the signed-in person alone. */
const Ref = z.object({ org: z.string(), key: z.string() })
export const keepDraft = declare('draft.keep', z.object({ org: z.string(), key: z.string(), value: z.unknown() }), z.unknown())
export const readDraft = declare('draft.read', Ref, z.object({ value: z.unknown() }))
export const dropDraft = declare('draft.drop', Ref, z.unknown())
export const listDrafts = declare('draft.list', z.object({ org: z.string() }), z.object({ items: z.array(z.object({ key: z.string(), kept_at: z.string() })) }))

const SavedView = z.object({ id: z.string(), page: z.string(), name: z.string(), query: z.string(), position: z.number() })
export type SavedView = z.infer<typeof SavedView>
export const listViews = declare('view.list', z.object({ org: z.string(), page: z.string() }), z.object({ items: z.array(SavedView) }))
export const saveView = declare('view.save', z.object({ org: z.string(), page: z.string(), name: z.string(), query: z.string() }), SavedView)
export const removeView = declare('view.remove', z.object({ id: z.string() }), z.unknown())

/** What was told and this computer has not announced yet. */
export const takeDesktop = declare('desktop.take', z.object({ org: z.string(), language: z.enum(['fr', 'en']) }), z.object({ items: z.array(z.object({ id: z.string(), title: z.string(), body: z.string() })), more: z.number() }))

export const setMark = declare('mark.set', z.object({ org: z.string(), key: z.string(), value: z.unknown() }), z.unknown())
export const listMarks = declare('mark.list', z.object({ org: z.string(), prefix: z.string() }), z.object({ items: z.array(z.object({ key: z.string(), value: z.unknown(), set_at: z.string() })) }))
