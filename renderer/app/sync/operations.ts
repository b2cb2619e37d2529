import { z } from 'zod'
import type { SyncStatus } from '../../../shared/domain/sync/states.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Id } from '../../../shared/kernel/id-form.ts'
import { isId } from '../../../shared/kernel/id-form.ts'
import { declare } from '../client.ts'

/** The exchange with a server, as this computer tells it: operations of the host about the open organization (main/sync/sync-operations.ts). */
const nothing = z.object({})

const instant = z.custom<Instant>((value) => typeof value === 'string' && isInstant(value))
const id = z.custom<Id>((value) => typeof value === 'string' && isId(value))

export const phases = [
  'local', 'synced', 'sending', 'waiting', 'offline', 'retrying', 'needs_sign_in', 'server_older', 'app_older', 'server_full', 'refused', 'recovering', 'brake', 'revoked', 'storage',
] as const

const Peer = z.object({ id: z.string(), name: z.string(), device: z.string(), since: instant, last_seen_at: instant, admitted: z.boolean() })
const Serving = z.object({ code: z.string(), url: z.string(), address: z.string(), port: z.number(), peers: z.array(Peer) })
const Status = z.object({
  phase: z.enum(phases),
  since: instant,
  server: z.object({ url: z.string(), name: z.string().nullable(), version: z.string().nullable() }).nullable(),
  last_contact_at: instant.nullable(),
  retry: z.object({ at: instant, failures: z.number() }).nullable(),
  sending: z.object({ done: z.number(), of: z.number() }).nullable(),
  mine: z.object({ waiting: z.number(), failing: z.number(), conflicts: z.number(), rejected: z.number(), rejected_rights: z.number() }),
  others: z.array(z.object({ user_id: id, name: z.string(), waiting: z.number(), since: instant, signed_in: z.boolean() })),
  drift_ms: z.number().nullable(),
  attachments: z.object({ up: z.number(), down: z.number() }),
  unknown: z.number(),
  brake: z.object({ removed: z.number(), held: z.number() }).nullable(),
  venue: z.object({
    role: z.enum(['host', 'guest']), name: z.string(), peers: z.number(), since: instant, trouble: z.enum(['unreachable', 'waiting', 'closed']).nullable(), serving: Serving.nullable(),
  }).nullable(),
  disk: z.enum(['full', 'refuses']).exactOptional(),
  secrets: z.enum(['keychain', 'file']).exactOptional(),
  can: z.array(z.string()),
}) satisfies z.ZodType<SyncStatus>

export const syncStatus = declare('sync.status', nothing, Status)
/** Rows; `of` null: nobody knows yet how many there are. */
const Move = z.object({ step: z.enum(['account', 'sending', 'checking', 'filling']), done: z.number(), of: z.number().nullable() })
export type Move = z.infer<typeof Move>
export const syncProgress = declare('sync.progress', nothing, z.object({ move: Move.nullable() }))
export const syncNow = declare('sync.now', nothing, z.unknown())
export const syncConnect = declare('sync.connect', z.object({ url: z.string(), code: z.string(), password: z.string() }), z.unknown())
export const syncJoin = declare('sync.join', z.object({ url: z.string(), code: z.string(), name: z.string(), email: z.string(), password: z.string(), email_here: z.string().optional() }), z.unknown())
const Named = z.array(z.object({ id: z.string(), name: z.string() }))
export const syncAdd = declare('sync.add', z.object({ url: z.string(), email: z.string().optional(), code: z.string().optional(), password: z.string(), password_here: z.string().optional(), email_here: z.string().optional() }), z.object({ brought: Named, held: Named, left: Named }))
export const syncSignIn = declare('sync.sign_in', z.object({ password: z.string(), code: z.string().optional() }), z.unknown())
export const syncSignOut = declare('sync.sign_out', nothing, z.unknown())
export const syncLeave = declare('sync.leave', z.object({ password: z.string() }), z.unknown())
export const syncRemove = declare('sync.remove', z.object({ password: z.string(), given_up: z.number() }), z.unknown())
export const syncRelease = declare('sync.release', nothing, z.unknown())

/** What the server told of comparing: nothing differs, or the kinds of records that were fetched again. */
const Verified = z.object({ comparable: z.boolean().default(true), differing: z.array(z.string()).default([]) })
export const syncVerify = declare('sync.verify', nothing, Verified)

const Device = z.object({
  device: z.string(), device_name: z.string().nullable(), user_id: z.string(), name: z.string(), app_version: z.string(), last_contact_at: instant.nullable(), waiting: z.number(), kept: z.number(), drift_ms: z.number().nullable(), behind: z.number(),
  revoked_at: instant.nullable(),
})
export type Device = z.infer<typeof Device>
const Account = z.object({ user_id: z.string(), name: z.string(), email: z.string(), status: z.enum(['active', 'invited', 'none']), last_sign_in_at: instant.nullable() })
export type Account = z.infer<typeof Account>
const Aside = z.object({ id: z.string(), user_id: z.string(), name: z.string(), device: z.string(), device_name: z.string().nullable(), reason: z.string(), received_at: instant, commands: z.number() })
export type Aside = z.infer<typeof Aside>

const Missing = z.object({
  entity: z.string(), id: z.string(), field: z.string(), number: z.union([z.string(), z.number()]), about: z.string().nullable(), told_by: z.string().nullable(), told_by_name: z.string().nullable(),
  reason: z.string().nullable(), recorded_by_name: z.string().nullable(), recorded_at: instant.nullable(), expected: z.boolean(),
})
export type Missing = z.infer<typeof Missing>
const Called = z.object({ id: z.string(), name: z.string() })
const Right = z.object({
  id: z.string(), name: z.string(), at: instant, by_name: z.string(), entity: z.string(), op: z.enum(['insert', 'update', 'remove', 'restore']), member: Called.nullable(), role: z.string().nullable(), status: z.string().nullable(),
  project: Called.nullable(),
})
export type Right = z.infer<typeof Right>
const RecoveryState = z.object({
  since: instant, restored_at: instant.nullable(), offered: z.number(), heard: z.boolean(), review: z.string().nullable(),
  devices: z.array(z.object({ device: z.string(), user_id: z.string(), came: z.boolean(), expected: z.boolean() })), rights: z.array(Right),
})
export type RecoveryState = z.infer<typeof RecoveryState>

const Stuck = z.object({ kind: z.enum(['mail', 'timer']), key: z.string(), what: z.string(), who: z.string().nullable(), at: instant, attempts: z.number(), error: z.string().nullable() })
export type Stuck = z.infer<typeof Stuck>

const Console = z.object({
  server: z.object({ version: z.string(), protocol: z.number(), storage: z.enum(['sqlite', 'postgres']), uptime_s: z.number(), url: z.string() }),
  mode: z.enum(['open', 'recovery']),
  epoch: z.number(),
  seq: z.number(),
  devices: z.array(Device),
  accounts: z.array(Account),
  conflicts: z.array(z.object({ user_id: z.string(), name: z.string(), open: z.number(), oldest_at: instant.nullable() })),
  storage: z.object({ rows: z.number(), database_bytes: z.number(), blobs: z.number(), blob_bytes: z.number(), quota_bytes: z.number().nullable() }),
  aside: z.array(Aside),
  recovery: RecoveryState.nullable().default(null),
  numbers: z.array(Missing).default([]),
  stuck: z.array(Stuck).default([]),
})
export type Console = z.infer<typeof Console>

export const serverConsole = declare('server.console', nothing, Console)
export const serverRevoke = declare('server.revoke', z.object({ device: z.string(), reason: z.string() }), z.unknown())
export const serverAccess = declare('server.access', z.object({ user_id: z.string() }), z.object({ code: z.string(), expires_at: instant }))
export const serverVerifyAudit = declare('server.verify_audit', nothing, z.object({ ok: z.boolean(), events: z.number(), broken_at: z.number().nullable(), why: z.string().nullable() }))
export const serverAside = declare('server.aside', z.object({ id: z.string(), decision: z.enum(['take_over', 'close']) }), z.object({ applied: z.number(), kept: z.number(), known: z.number() }))
export const serverStuck = declare('server.stuck', z.object({ kind: z.enum(['mail', 'timer']), key: z.string(), decision: z.enum(['retry', 'drop']) }), z.unknown())
const LinkAsked = z.union([z.object({ kind: z.literal('answer'), acceptance_id: z.string() }), z.object({ kind: z.literal('sheet'), revision_id: z.string(), collaborator_id: z.string() })])
export type LinkAsked = z.infer<typeof LinkAsked>
/** A link to be given out by hand; `until`: when it stops taking an answer. */
export const linkGive = declare('link.give', LinkAsked, z.object({ url: z.string(), until: instant.nullable() }))
export const serverRecovery = declare('server.recovery', z.object({ confirm: z.literal(true), review: z.string().nullable() }), z.object({ executed: z.number(), failed: z.number(), stored: z.number() }))
export const serverMissing = declare('server.missing', z.object({ entity: z.string(), id: z.string(), field: z.string(), reason: z.string() }), z.unknown())

const Address = z.object({ address: z.string(), name: z.string().nullish(), loopback: z.boolean().optional() })
export const venueAddresses = declare('venue.addresses', nothing, z.object({ items: z.array(Address) }))
export const venueOpen = declare('venue.open', z.object({ address: z.string(), port: z.number() }), Serving)
export const venueAdmit = declare('venue.admit', z.object({ id: z.string() }), z.unknown())
export const venueClose = declare('venue.close', nothing, z.unknown())
export const venueJoin = declare('venue.join', z.object({ url: z.string(), code: z.string() }), z.unknown())
export const venueLeave = declare('venue.leave', nothing, z.unknown())
