/** What this computer asks of a server beside the exchange: accounts, room for an organization, facts, handing over, the console. */
import { z } from 'zod'
import { describeError } from '../../shared/domain/errors.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import { refuse } from '../../shared/domain/errors.ts'
import type { Reply } from '../../shared/sync/contracts.ts'
import {
  AccessAnswer, AsideAnswer, AuditVerified, ConsoleAnswer, Created, DeviceKeys, FactsTaken, FollowingAnswer, HandoverAnswer, Health, JoinedSession, LinkAnswer, type LinkRequest, MissingAnswer, RecoveryAnswer, ServerSession, VaultKeyAnswer, type VaultKeyRequest, type DeviceIdentity, type HandoverRequest, type ParcelRequest,
} from '../../shared/sync/server-wire.ts'
import { PushAnswer } from '../../shared/sync/wire.ts'
import type { Http, Problem } from './http.ts'

const Nothing = z.looseObject({})
/** The server verifies an organization before it says it took it. */
const FACTS_MS = 600_000

/** What a failed question to the server is to who asked for it: the server's own refusal, or why it did not answer. */
export function refusalOf({ problem, code }: Problem): Refusal {
  if (problem === 'offline' && code !== 'http.not_a_server') return refuse('sync.unreachable')
  if (code === null || code.startsWith('http.')) return refuse(problem === 'busy' ? 'sync.unreachable' : 'sync.not_a_server')
  return new Refusal({ code, message: describeError(code).en, details: [] })
}
export function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value
  throw refusalOf(reply)
}

export interface Registering {
  code: string
  user_id: Id
  name: string
  email: string
  password: string
  device: DeviceIdentity
}

export interface ServerCalls {
  /** Whether a Callboard server answers there. */
  look(): Promise<Reply<unknown>>
  /** A code that is for one person names them: without id, name and e-mail then. */
  register(input: Pick<Registering, 'code' | 'password' | 'device'> & Partial<Registering>): Promise<Reply<ServerSession>>
  join(input: Omit<Registering, 'user_id'>): Promise<Reply<JoinedSession>>
  login(input: { email: string; password: string; device: DeviceIdentity }): Promise<Reply<ServerSession>>
  logout(token: string): Promise<Reply<unknown>>
  makeRoom(token: string, org: Id, name: string): Promise<Reply<z.infer<typeof Created>>>
  factsUp(token: string, org: Id, lines: AsyncIterable<string>): Promise<Reply<z.infer<typeof FactsTaken>>>
  factsDown(token: string, org: Id): Promise<Reply<AsyncIterable<string>>>
  parcel(token: string, org: Id, body: z.infer<typeof ParcelRequest>): Promise<Reply<PushAnswer>>
  /** Whether this device follows; or leaves, and takes the organization's clock along. */
  following(token: string, org: Id, following: boolean): Promise<Reply<z.infer<typeof FollowingAnswer>>>
  keys(token: string, org: Id): Promise<Reply<z.infer<typeof DeviceKeys>>>
  handover(token: string, org: Id, body: z.infer<typeof HandoverRequest>, key: string): Promise<Reply<z.infer<typeof HandoverAnswer>>>
  /** `offered` stands where the organization has none. */
  vaultKey(token: string, org: Id, offered: z.infer<typeof VaultKeyRequest>['offered']): Promise<Reply<z.infer<typeof VaultKeyAnswer>>>
  /** A link to be given out by hand. */
  link(token: string, org: Id, input: z.infer<typeof LinkRequest>): Promise<Reply<z.infer<typeof LinkAnswer>>>
  console: {
    read(token: string, org: Id): Promise<Reply<z.infer<typeof ConsoleAnswer>>>
    revoke(token: string, org: Id, input: { device: string; reason: string }): Promise<Reply<unknown>>
    access(token: string, org: Id, input: { user_id: Id }): Promise<Reply<z.infer<typeof AccessAnswer>>>
    verifyAudit(token: string, org: Id): Promise<Reply<z.infer<typeof AuditVerified>>>
    aside(token: string, org: Id, input: { id: Id; decision: 'take_over' | 'close' }): Promise<Reply<z.infer<typeof AsideAnswer>>>
    recovery(token: string, org: Id, input: { review: string | null }): Promise<Reply<z.infer<typeof RecoveryAnswer>>>
    stuck(token: string, org: Id, input: { kind: 'mail' | 'timer'; key: string; decision: 'retry' | 'drop' }): Promise<Reply<unknown>>
    missing(token: string, org: Id, input: { entity: string; id: Id; field: string; reason: string }): Promise<Reply<z.infer<typeof MissingAnswer>>>
  }
}

async function* asBytes(lines: AsyncIterable<string>): AsyncIterable<Uint8Array> {
  let batch: string[] = []
  let size = 0
  for await (const line of lines) {
    batch.push(line, '\n')
    size += line.length
    if (size < 64 * 1024) continue
    yield Buffer.from(batch.join(''))
    batch = []
    size = 0
  }
  if (batch.length > 0) yield Buffer.from(batch.join(''))
}

export function serverCalls(http: Http): ServerCalls {
  const post = <T>(path: string, body: unknown, shape: z.ZodType<T>, token?: string, key?: string, idleMs?: number): Promise<Reply<T>> =>
    http.json({ method: 'POST', path: `/api/v1/${path}`, body, ...(token === undefined ? {} : { token }), ...(key === undefined ? {} : { key }), ...(idleMs === undefined ? {} : { idleMs, headMs: idleMs }) }, shape)
  return {
    look: () => http.json({ method: 'GET', path: '/health/live' }, Health),
    register: (input) => post('auth/register', input, ServerSession),
    join: (input) => post('auth/join', input, JoinedSession),
    login: (input) => post('auth/login', input, ServerSession),
    logout: (token) => post('auth/logout', {}, Nothing, token),
    makeRoom: (token, org, name) => post('orgs', { id: org, name }, Created, token),
    factsUp: (token, org, lines) => http.json({ method: 'PUT', path: `/api/v1/orgs/${org}/facts`, token, stream: asBytes(lines), headMs: FACTS_MS }, FactsTaken),
    factsDown: (token, org) => http.lines({ method: 'GET', path: `/api/v1/orgs/${org}/facts`, token, headMs: FACTS_MS }),
    parcel: (token, org, body) => post(`orgs/${org}/sync/parcels`, body, PushAnswer, token),
    following: (token, org, following) => post(`orgs/${org}/sync/following`, { following }, FollowingAnswer, token),
    keys: (token, org) => http.json({ method: 'GET', path: `/api/v1/orgs/${org}/sync/keys`, token }, DeviceKeys),
    handover: (token, org, body, key) => post(`orgs/${org}/sync/handover`, body, HandoverAnswer, token, key),
    vaultKey: (token, org, offered) => post(`orgs/${org}/vault/key`, { offered }, VaultKeyAnswer, token),
    link: (token, org, input) => post(`orgs/${org}/links`, input, LinkAnswer, token),
    console: {
      read: (token, org) => http.json({ method: 'GET', path: `/api/v1/orgs/${org}/console`, token }, ConsoleAnswer),
      revoke: (token, org, input) => post(`orgs/${org}/console/revoke`, input, Nothing, token),
      access: (token, org, input) => post(`orgs/${org}/console/access`, input, AccessAnswer, token),
      verifyAudit: (token, org) => post(`orgs/${org}/console/verify-audit`, {}, AuditVerified, token, undefined, FACTS_MS),
      aside: (token, org, input) => post(`orgs/${org}/console/aside`, input, AsideAnswer, token),
      recovery: (token, org, { review }) => post(`orgs/${org}/console/recovery`, { confirm: true, review }, RecoveryAnswer, token, undefined, FACTS_MS),
      stuck: (token, org, input) => post(`orgs/${org}/console/stuck`, input, Nothing, token),
      missing: (token, org, input) => post(`orgs/${org}/console/missing`, input, MissingAnswer, token),
    },
  }
}
