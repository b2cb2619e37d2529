/** Every address of the server as data: who may ask, what goes in, what comes out. The app answers by it and docs/server-api.json is made from it. */
import { z } from 'zod'
import type { CallClass } from '../settings.ts'
import { PROTOCOL, PullPage, PullRefusal, PullRequest, PushAnswer, PushRequest, ReofferRequest, SecurityAnswer, SecurityRequest, VerifyAnswer, VerifyRequest } from '../../shared/sync/wire.ts'
import {
  AccessAnswer, AccessRequest, AsideAnswer, AsideRequest, AuditVerified, BlobTaken, ConsoleAnswer, Created, CreateRequest, DeviceKeys, FactsTaken, FollowingAnswer, FollowingRequest, HandoverAnswer, HandoverRequest, Health, JoinedSession, JoinRequest,
  LinkAnswer, LinkRequest, LoginRequest, OwnDevices, ParcelRequest, PasswordRequest, RecoveryAnswer, MissingAnswer, MissingRequest, RecoveryRequest, RefreshRequest, RegisterRequest, RevokeRequest, ServerSession, StuckRequest, VaultKeyAnswer, VaultKeyRequest,
} from '../../shared/sync/server-wire.ts'
import { isPushRequest } from '../../shared/sync/well-formed.ts'

/**
 * `anybody`: no token. `person`: an access token. `member`: of an active member of the organization, from a device it has not shut out.
 * `keeper`: a member who holds `device:manage` (owners and administrators). `administrator`: of the server. `shut_out`: any token of a device,
 * also after it was shut out.
 */
export type Who = 'anybody' | 'person' | 'member' | 'keeper' | 'administrator' | 'shut_out'

export interface Declared<B extends z.ZodType = z.ZodType> {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  about: string
  who: Who
  /** Counted against the limits of this class; null: never (probes). */
  limit: CallClass | null
  body: B
  /** Says quickly that a body is of this shape as it is; of any other, `body` judges. */
  isBody?: (given: unknown) => boolean
  /** Bytes of the body once unpacked. */
  most?: number
  /** The body is no JSON and is read as it comes. */
  streamed?: string
  query?: z.ZodType
  answer: z.ZodType
  status?: number
  /** Content type when the answer is not JSON. */
  type?: string
  /** `required`: without an Idempotency-Key the call is refused. `kept`: answered again when the key comes again. Left out: repeating it changes nothing. */
  /** `repeatable`: kept, and the handler itself makes the same call under the same key one. */
  idempotency?: 'required' | 'kept' | 'repeatable'
  /** The body says its protocol: checked before its shape. */
  protocol?: true
  /** For a person with a browser: what is refused is said on a page. */
  page?: true
}

const KIB = 1024
const MIB = 1024 * KIB
const declare = <B extends z.ZodType>(declared: Declared<B>): Declared<B> => declared
const nothing = z.undefined()
const Empty = z.object({})
const Reoffered = z.object({ taken: z.int(), mode: z.enum(['open', 'recovery']) })

const number = z.coerce.number().int().min(0)
/** `sync/pull` asked with GET: the same as its body. */
export const PullQuery = z.object({
  protocol: z.coerce.number().int().default(PROTOCOL), app_version: z.string().max(40).default(''), epoch: number.default(0), seq: number.default(0), scope: z.string().max(64).optional(),
  limit: number.optional(), waiting: number.optional(), clock: z.string().max(40).optional(),
})

export const declared = {
  'auth.register': declare({ method: 'post', path: '/api/v1/auth/register', about: 'Makes an account with a code: the one printed at the first start (its person administers the server), one of whoever runs the server, or one of an organization for one of its members (also to set a forgotten password).', who: 'anybody', limit: 'auth', body: RegisterRequest, most: 16 * KIB, answer: ServerSession, idempotency: 'kept' }),
  'auth.join': declare({ method: 'post', path: '/api/v1/auth/join', about: 'Joins an organization of this server with the code of an invitation; makes the account, or enters it with its password.', who: 'anybody', limit: 'auth', body: JoinRequest, most: 16 * KIB, answer: JoinedSession, idempotency: 'kept' }),
  'auth.login': declare({ method: 'post', path: '/api/v1/auth/login', about: 'Signs in on a device. A wrong e-mail and a wrong password are answered alike.', who: 'anybody', limit: 'auth', body: LoginRequest, most: 16 * KIB, answer: ServerSession }),
  'auth.refresh': declare({ method: 'post', path: '/api/v1/auth/refresh', about: 'Gives the next pair of tokens. With an Idempotency-Key a lost answer can be asked again; else a refresh token that comes twice ends its session.', who: 'anybody', limit: 'auth', body: RefreshRequest, most: 16 * KIB, answer: ServerSession, idempotency: 'repeatable' }),
  'auth.logout': declare({ method: 'post', path: '/api/v1/auth/logout', about: 'Ends this session.', who: 'person', limit: 'write', body: Empty, most: 16 * KIB, answer: Empty }),
  'auth.password': declare({ method: 'post', path: '/api/v1/auth/password', about: 'Sets another password; ends every other session of the person.', who: 'person', limit: 'auth', body: PasswordRequest, most: 16 * KIB, answer: Empty }),
  'auth.devices': declare({ method: 'get', path: '/api/v1/auth/devices', about: 'Devices of the person.', who: 'person', limit: 'read', body: nothing, answer: OwnDevices }),
  'auth.device_revoke': declare({ method: 'delete', path: '/api/v1/auth/devices/{id}', about: 'Shuts out a device of one’s own, in every organization: its tokens end at once.', who: 'person', limit: 'admin', body: nothing, answer: Empty }),
  'orgs.create': declare({ method: 'post', path: '/api/v1/orgs', about: 'Makes room for an organization, whose facts come next.', who: 'administrator', limit: 'admin', body: CreateRequest, most: 16 * KIB, answer: Created, idempotency: 'required' }),
  'orgs.facts_up': declare({ method: 'put', path: '/api/v1/orgs/{org}/facts', about: 'Takes the facts of an organization, once: verified before anything is kept. By whoever made the room, who must be an owner in it.', who: 'administrator', limit: 'admin', body: nothing, streamed: 'application/x-ndjson', answer: FactsTaken }),
  'orgs.facts_down': declare({ method: 'get', path: '/api/v1/orgs/{org}/facts', about: 'The whole organization as facts, for an owner.', who: 'keeper', limit: 'admin', body: nothing, answer: z.string(), type: 'application/x-ndjson' }),
  'sync.following': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/following', about: 'A device says that it follows: from then on deadlines and reminders are the server’s. Or that it leaves, for an owner: they are that device’s. Said again, nothing changes.', who: 'member', limit: 'write', body: FollowingRequest, most: 16 * KIB, answer: FollowingAnswer }),
  'sync.push': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/push', about: 'Sends commands up, each with its issuer’s token. What became of them is told by the next pull.', who: 'member', limit: 'write', body: PushRequest, isBody: isPushRequest, most: 16 * MIB, answer: PushAnswer, protocol: true }),
  'sync.security': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/security', about: 'What a device saw by itself (signing in there, seeing as, a refusal by its own core, an export), each with its issuer’s token, into the organization’s audit. Sent again it is there once.', who: 'member', limit: 'write', body: SecurityRequest, most: 2 * MIB, answer: SecurityAnswer, protocol: true }),
  'sync.pull': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/pull', about: 'A page of what changed after a cursor, as the person sees it.', who: 'member', limit: 'read', body: PullRequest, most: MIB, answer: z.union([PullPage, PullRefusal]), protocol: true }),
  'sync.pull_get': declare({ method: 'get', path: '/api/v1/orgs/{org}/sync/pull', about: 'The same, by query.', who: 'member', limit: 'read', body: nothing, query: PullQuery, answer: z.union([PullPage, PullRefusal]) }),
  'sync.snapshot': declare({ method: 'get', path: '/api/v1/orgs/{org}/sync/snapshot', about: 'All the person sees at one cursor, or one entity of it: a head, rows, a trailer without which it did not arrive.', who: 'member', limit: 'read', body: nothing, query: z.object({ entity: z.string().max(60).optional() }), answer: z.string(), type: 'application/x-ndjson' }),
  'sync.events': declare({ method: 'get', path: '/api/v1/orgs/{org}/sync/events', about: 'Server-sent events named `head`: there is something after a cursor. A comment every 15 s says that the line stands; it ends with the access token.', who: 'member', limit: 'read', body: nothing, answer: z.string(), type: 'text/event-stream' }),
  'sync.verify': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/verify', about: 'Compares digests of what the device holds.', who: 'member', limit: 'read', body: VerifyRequest, most: MIB, answer: VerifyAnswer, protocol: true }),
  'sync.reoffer': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/reoffer', about: 'Settled commands with their receipts, for a server that was restored.', who: 'member', limit: 'write', body: ReofferRequest, most: 32 * MIB, answer: Reoffered, protocol: true }),
  'sync.parcels': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/parcels', about: 'Commands carried for others, signed by the device that made them.', who: 'member', limit: 'write', body: ParcelRequest, most: 48 * MIB, answer: PushAnswer, protocol: true }),
  'sync.keys': declare({ method: 'get', path: '/api/v1/orgs/{org}/sync/keys', about: 'Public keys of the computers of the organization’s active members, by which they know each other where there is no server.', who: 'member', limit: 'read', body: nothing, answer: DeviceKeys }),
  'sync.handover': declare({ method: 'post', path: '/api/v1/orgs/{org}/sync/handover', about: 'What a shut-out device had not sent: set aside for an owner or administrator.', who: 'shut_out', limit: 'write', body: HandoverRequest, most: 48 * MIB, answer: HandoverAnswer, protocol: true }),
  'blobs.get': declare({ method: 'get', path: '/api/v1/orgs/{org}/blobs/{sha256}', about: 'An attached file, whole or by Range; HEAD says whether it is here (204 with Upload-Offset: how much of it).', who: 'member', limit: 'read', body: nothing, answer: z.string(), type: 'application/octet-stream' }),
  'blobs.put': declare({ method: 'put', path: '/api/v1/orgs/{org}/blobs/{sha256}', about: 'Sends a file that a row the person sees names; by parts with Content-Range. Checked when whole.', who: 'member', limit: 'write', body: nothing, streamed: 'application/octet-stream', answer: BlobTaken }),
  'console.read': declare({ method: 'get', path: '/api/v1/orgs/{org}/console', about: 'Devices, accounts, conflicts, storage.', who: 'keeper', limit: 'read', body: nothing, answer: ConsoleAnswer }),
  'console.revoke': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/revoke', about: 'Shuts a device out of the organization: it hands over what it had not sent, then wipes.', who: 'keeper', limit: 'admin', body: RevokeRequest, most: 16 * KIB, answer: Empty }),
  'console.access': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/access', about: 'A code with which one member sets a password here.', who: 'keeper', limit: 'admin', body: AccessRequest, most: 16 * KIB, answer: AccessAnswer, idempotency: 'required' }),
  'console.verify_audit': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/verify-audit', about: 'Walks the audit chain.', who: 'keeper', limit: 'admin', body: Empty, most: 16 * KIB, answer: AuditVerified }),
  'console.aside': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/aside', about: 'Takes up what was set aside, in one’s own name and with one’s own rights, or closes it.', who: 'keeper', limit: 'admin', body: AsideRequest, most: 16 * KIB, answer: AsideAnswer, idempotency: 'kept' }),
  'console.recovery': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/recovery', about: 'Closes the recovery of a restored server, once the roles that come back were looked at.', who: 'keeper', limit: 'admin', body: RecoveryRequest, most: 16 * KIB, answer: RecoveryAnswer }),
  'console.missing': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/missing', about: 'Says why a number is missing that a restore lost.', who: 'keeper', limit: 'admin', body: MissingRequest, most: 16 * KIB, answer: MissingAnswer }),
  'console.stuck': declare({ method: 'post', path: '/api/v1/orgs/{org}/console/stuck', about: 'Tries again, or lets be, a mail or work of the clock that was given up. In the organization’s log.', who: 'keeper', limit: 'admin', body: StuckRequest, most: 16 * KIB, answer: Empty }),
  'vault.key': declare({ method: 'post', path: '/api/v1/orgs/{org}/vault/key', about: 'The key of the organization’s sealed numbers, for members who were given them by name. One that is offered stands where there was none. Each time is in the organization’s log.', who: 'member', limit: 'admin', body: VaultKeyRequest, most: 16 * KIB, answer: VaultKeyAnswer }),
  'links.give': declare({ method: 'post', path: '/api/v1/orgs/{org}/links', about: 'The link of a question, for who may ask it; of a sheet to one of its people, for who may give it: to be given out by hand. Each time is in the organization’s log.', who: 'member', limit: 'write', body: LinkRequest, most: 16 * KIB, answer: LinkAnswer }),
  'answer.page': declare({ method: 'get', path: '/a/{token}', about: 'The page on which somebody answers without an account. Notes that it was opened, nothing else.', who: 'anybody', limit: 'answer', body: nothing, query: z.object({ lang: z.string().optional() }), answer: z.string(), type: 'text/html', page: true }),
  'answer.give': declare({ method: 'post', path: '/a/{token}', about: 'Takes the answer of its form, once however often it is sent; 303 to the receipt, 422 with what is wrong, 409 with how it stands now.', who: 'anybody', limit: 'answer', body: nothing, streamed: 'application/x-www-form-urlencoded', answer: z.string(), status: 303, type: 'text/html', page: true }),
  'answer.calendar': declare({ method: 'get', path: '/a/{token}/calendar.ics', about: 'What was accepted, for the calendar of the person.', who: 'anybody', limit: 'answer', body: nothing, answer: z.string(), type: 'text/calendar', page: true }),
  'sheet.page': declare({ method: 'get', path: '/s/{token}', about: 'The call sheet of one person, behind the link of their mail: their lines, the day, the newest version. Notes that it was opened, nothing else.', who: 'anybody', limit: 'answer', body: nothing, query: z.object({ lang: z.string().optional() }), answer: z.string(), type: 'text/html', page: true }),
  'sheet.read': declare({ method: 'post', path: '/s/{token}', about: 'Notes that its person says they read the version shown; 303 back to the page, 409 with the page as it is now when another version came out meanwhile.', who: 'anybody', limit: 'answer', body: nothing, streamed: 'application/x-www-form-urlencoded', answer: z.string(), status: 303, type: 'text/html', page: true }),
  'sheet.file': declare({ method: 'get', path: '/s/{token}/sheet.pdf', about: 'The same version as a file: the copy of that person, without internal notes.', who: 'anybody', limit: 'answer', body: nothing, answer: z.string(), type: 'application/pdf', page: true }),
  'answer.robots': declare({ method: 'get', path: '/robots.txt', about: 'Nothing here is for search engines.', who: 'anybody', limit: null, body: nothing, answer: z.string(), type: 'text/plain' }),
  'probe.live': declare({ method: 'get', path: '/health/live', about: 'The process answers.', who: 'anybody', limit: null, body: nothing, answer: Health }),
  'probe.ready': declare({ method: 'get', path: '/health/ready', about: 'It can work: 503 while its database does not answer, while there is no room to write, or while it stops.', who: 'anybody', limit: null, body: nothing, answer: Health }),
  'probe.metrics': declare({ method: 'get', path: '/metrics', about: 'Counts in the text format of Prometheus: on this computer, or with METRICS_TOKEN.', who: 'anybody', limit: null, body: nothing, answer: z.string(), type: 'text/plain; version=0.0.4' }),
  'probe.openapi': declare({ method: 'get', path: '/api/v1/openapi.json', about: 'This description.', who: 'anybody', limit: null, body: nothing, answer: z.looseObject({ openapi: z.string() }) }),
} as const

export type EndpointName = keyof typeof declared
export type BodyOf<N extends EndpointName> = z.output<(typeof declared)[N]['body']>
