/** What a device and its server say beside the exchange itself: accounts, devices, organizations, parcels, the console. Addresses: docs/server-api.json. */
import { z } from 'zod'
import { wire } from '../domain/entity.ts'
import { PushEntry, WireCommand } from './wire.ts'

/** On every answer of the server: its version. Computers show it and judge nothing by it; that is what the protocol is for. */
export const VERSION_HEADER = 'callboard-version'

/** As the device names itself: letters, digits, `-`, `_`, `.`. */
export const DeviceId = z.string().regex(/^[\w.-]{1,80}$/)

/** `key`: the Ed25519 public key of this person on this device, base64 of its SPKI DER; what signs parcels. */
export const DeviceIdentity = z.strictObject({ id: DeviceId, name: z.string().trim().min(1).max(120), key: z.string().regex(/^[A-Za-z0-9+/]{40,200}={0,2}$/) })
export type DeviceIdentity = z.infer<typeof DeviceIdentity>

const email = z.email().max(200)
const password = z.string().min(1).max(200)
/** Shorter ones are refused when set, with `validation.invalid`. */
const newPassword = z.string().min(10).max(200)
const code = z.string().min(6).max(60)
const name = z.string().trim().min(1).max(120)

// ---------------------------------------------------------------------------------------------- accounts

/**
 * `user_id`: the id the person has on their own computer already. A code that is for one person names them: it may be left out then, and so
 * may name and e-mail, which are those of their account, else of their membership.
 */
export const RegisterRequest = z.strictObject({ code, user_id: wire.id.optional(), name: name.optional(), email: email.optional(), password: newPassword, device: DeviceIdentity })
/** An account of that e-mail is entered with its password; else one is made. */
export const JoinRequest = z.strictObject({ code, name, email, password, device: DeviceIdentity })
export const LoginRequest = z.strictObject({ email, password, device: DeviceIdentity })
export const RefreshRequest = z.strictObject({ refresh: z.string().min(1).max(200) })
export const PasswordRequest = z.strictObject({ old: password, new: newPassword })

export const ServerOrganization = z.object({ id: z.string(), name: z.string() })
/** `access` holds 15 minutes, `refresh` 30 days without use; each refresh gives the next pair, and its own token opens nothing more. */
export const ServerSession = z.object({
  user_id: z.string(), name: z.string(), email: z.string(), administrator: z.boolean(),
  access: z.string(), access_expires_at: wire.instant, refresh: z.string(), refresh_expires_at: wire.instant,
  orgs: z.array(ServerOrganization), server_time: wire.instant,
})
export type ServerSession = z.infer<typeof ServerSession>
/** Of `auth/join`: the organization that was joined. */
export const JoinedSession = ServerSession.extend({ org: z.string() })
export type JoinedSession = z.infer<typeof JoinedSession>

export const OwnDevice = z.object({ id: z.string(), name: z.string(), created_at: z.string(), last_seen_at: z.string().nullable(), revoked_at: z.string().nullable(), current: z.boolean() })
export const OwnDevices = z.object({ items: z.array(OwnDevice) })

// ---------------------------------------------------------------------------------------------- organizations

export const CreateRequest = z.strictObject({ id: wire.id, name })
export const Created = z.object({ id: z.string(), state: z.enum(['empty', 'open']) })
export const FactsTaken = z.object({ rows: z.int(), commands: z.int(), events: z.int() })

// ---------------------------------------------------------------------------------------------- commands by another way

const signature = z.string().min(1).max(200)
/** What `Parcel` of contracts.ts is on the wire. Each signature: base64 of Ed25519 over the canonical JSON of the parcel without `signatures`. */
export const WireParcel = z.strictObject({
  format: z.literal('callboard-parcel'), version: z.literal(1), org: wire.id, device: DeviceId, made_at: wire.instant,
  entries: z.array(z.strictObject({ issuer: wire.id, prev: wire.id.nullable(), command: WireCommand })).max(50_000),
  signatures: z.record(z.string(), signature),
})
export const ParcelRequest = z.strictObject({ protocol: z.int(), app_version: z.string().max(40), parcel: WireParcel })

/** By which the organization's computers know each other where there is no server (venue mode): of active members, without those shut out. */
export const DeviceKeys = z.object({ items: z.array(z.object({ user_id: z.string(), device: z.string(), name: z.string(), key: z.string() })) })

/** What a revoked device had not sent, by any token it had when it was shut out. */
export const HandoverRequest = z.strictObject({ protocol: z.int(), app_version: z.string().max(40), commands: z.array(PushEntry).max(50_000) })
export const HandoverAnswer = z.object({ taken: z.int() })

/** One event of `sync/events`, named `head`: there is something after an earlier cursor. */
export const HeadEvent = z.object({ epoch: z.int(), seq: z.int(), mode: z.enum(['open', 'recovery']) })

// ---------------------------------------------------------------------------------------------- blobs

/** `received`: bytes that are here; whole when it is `size`. */
export const BlobTaken = z.object({ sha256: z.string(), size: z.int(), received: z.int(), whole: z.boolean() })

// ---------------------------------------------------------------------------------------------- the console

export const RevokeRequest = z.strictObject({ device: DeviceId, reason: z.string().trim().min(1).max(500) })
export const AccessRequest = z.strictObject({ user_id: wire.id })
export const AccessAnswer = z.object({ code: z.string(), expires_at: wire.instant })
export const AsideRequest = z.strictObject({ id: wire.id, decision: z.enum(['take_over', 'close']) })
export const AsideAnswer = z.object({ applied: z.int(), kept: z.int(), known: z.int() })
/** `review`: of the rights that the console shows, when some come back. */
export const RecoveryRequest = z.strictObject({ confirm: z.literal(true), review: z.string().max(40).nullish() })
/** A device says that it follows the server, or that it is about to take the organization away. */
export const FollowingRequest = z.strictObject({ following: z.boolean() })
/** Whose clock it is from now on: the server's (`on`), that of who joins and does not follow yet, that of who left. */
export const FollowingAnswer = z.object({ clock: z.enum(['on', 'joining', 'left']) })
/** Why a number is missing, by the operator. */
export const MissingRequest = z.strictObject({ entity: z.string().max(60), id: wire.id, field: z.string().max(60), reason: z.string().trim().min(1).max(500) })
/** What a link is to open: a question, or a version of a sheet for one of its people. */
export const LinkRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), acceptance_id: wire.id }),
  z.strictObject({ kind: z.literal('sheet'), revision_id: wire.id, collaborator_id: wire.id }),
])
/** `until`: when it stops taking an answer; null: a week after the day of the sheet. */
export const LinkAnswer = z.object({ url: z.string(), until: wire.instant.nullable() })
/** A vault key: 32 bytes, and which of the organization's it is. */
const VaultKey = z.strictObject({ round: z.int().min(1).max(9999), key: z.string().regex(/^[\w-]{43}$/) })
/** `offered`: kept when the organization has none yet. */
export const VaultKeyRequest = z.strictObject({ offered: VaultKey.nullable() })
export const VaultKeyAnswer = z.object({ /** Null: it has none. */ held: VaultKey.nullable() })
export const RecoveryAnswer = z.object({ executed: z.int(), failed: z.int(), stored: z.int() })
export const StuckRequest = z.strictObject({ kind: z.enum(['mail', 'timer']), key: z.string().min(1).max(200), decision: z.enum(['retry', 'drop']) })
export const AuditVerified = z.object({ ok: z.boolean(), events: z.int(), broken_at: z.int().nullable(), why: z.string().nullable() })

const instantOrNull = z.string().nullable()
const Named = z.object({ id: z.string(), name: z.string() })
/** `ConsoleNumber` and `ConsoleRecovery` of shared/domain/sync/recovery.ts. */
export const MissingAnswer = z.object({
  entity: z.string(), id: z.string(), field: z.string(), number: z.union([z.string(), z.number()]), series: z.string().nullable(), about: z.string().nullable(), told_by: z.string().nullable(),
  told_by_name: z.string().nullable(), told_at: instantOrNull, reason: z.string().nullable(), recorded_by: z.string().nullable(), recorded_by_name: z.string().nullable(), recorded_at: instantOrNull, expected: z.boolean(),
})
const RecoveryView = z.object({
  since: z.string(), epoch: z.int(), restored_seq: z.int(), restored_at: instantOrNull, offered: z.int(), heard: z.boolean(), review: z.string().nullable(),
  devices: z.array(z.object({ device: z.string(), user_id: z.string(), last_contact_at: instantOrNull, came: z.boolean(), expected: z.boolean() })),
  rights: z.array(z.object({
    id: z.string(), name: z.string(), at: z.string(), by: z.string(), by_name: z.string(), entity: z.string(), op: z.enum(['insert', 'update', 'remove', 'restore']), member: Named.nullable(),
    role: z.string().nullable(), status: z.string().nullable(), project: Named.nullable(),
  })),
})
/** `ServerConsole` of shared/domain/sync/states.ts. */
export const ConsoleAnswer = z.object({
  server: z.object({ version: z.string(), protocol: z.int(), storage: z.enum(['sqlite', 'postgres']), uptime_s: z.int(), url: z.string() }),
  mode: z.enum(['open', 'recovery']), epoch: z.int(), seq: z.int(),
  devices: z.array(z.object({
    device: z.string(), device_name: z.string().nullable(), user_id: z.string(), name: z.string(), app_version: z.string(), last_contact_at: instantOrNull, waiting: z.int(), kept: z.int(),
    drift_ms: z.int(), behind: z.int(), revoked_at: instantOrNull,
  })),
  accounts: z.array(z.object({ user_id: z.string(), name: z.string(), email: z.string(), status: z.enum(['active', 'invited', 'none']), last_sign_in_at: instantOrNull })),
  conflicts: z.array(z.object({ user_id: z.string(), name: z.string(), open: z.int(), oldest_at: instantOrNull })),
  storage: z.object({ rows: z.int(), database_bytes: z.int(), blobs: z.int(), blob_bytes: z.int(), quota_bytes: z.int().nullable() }),
  aside: z.array(z.object({ id: z.string(), user_id: z.string(), name: z.string(), device: z.string(), device_name: z.string().nullable(), reason: z.string(), received_at: z.string(), commands: z.int() })),
  recovery: RecoveryView.nullable(), numbers: z.array(MissingAnswer),
  stuck: z.array(z.object({ kind: z.enum(['mail', 'timer']), key: z.string(), what: z.string(), who: z.string().nullable(), at: z.string(), attempts: z.int(), error: z.string().nullable() })).default([]),
})

// ---------------------------------------------------------------------------------------------- probes, refusals

export const Health = z.object({ status: z.enum(['ok', 'failing']), timestamp: wire.instant, checks: z.record(z.string(), z.enum(['ok', 'failing'])) })
export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(), message: z.string(),
    details: z.array(z.object({ field: z.string().nullable(), issue: z.string(), expected: z.string().nullish(), found: z.string().nullish() })),
    request_id: z.string(), timestamp: wire.instant,
  }),
})
