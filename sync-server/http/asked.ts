/** One call as a handler gets it: who asks is known, may, was counted; the body is well-formed. */
import type { Context } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import type { Person } from '../../shared/core/session.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import type { Holder } from '../accounts/sessions.ts'
import type { Account, Accounts } from '../accounts/accounts.ts'
import type { Attempts } from '../accounts/attempts.ts'
import type { Codes } from '../accounts/codes.ts'
import type { Passwords } from '../accounts/passwords.ts'
import type { Sessions } from '../accounts/sessions.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Limits } from '../limits/limits.ts'
import type { Log } from '../log/log.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Organizations } from '../organizations.ts'
import type { Secret } from '../secret.ts'
import type { Settings } from '../settings.ts'
import type { Room } from '../storage/room.ts'
import type { HostedOrganization, Storage } from '../storage/storage.ts'
import type { BodyOf, EndpointName } from './declared.ts'
import type { ServerTimers } from '../timers.ts'
import type { Idempotency } from './idempotency.ts'
import type { Streams } from './streams.ts'

/** Everything the handlers work with. */
export interface Server {
  settings: Settings
  version: string
  secret: Secret
  storage: Storage
  accounts: Accounts
  sessions: Sessions
  codes: Codes
  attempts: Attempts
  passwords: Passwords
  organizations: Organizations
  blobs: BlobStore
  room: Room
  limits: Limits
  idempotency: Idempotency
  timers: ServerTimers
  streams: Streams
  metrics: Metrics
  log: Log
  now(): Instant
  random(bytes: number): Uint8Array
  /** Where it is reached. */
  url(): string
  isStopping(): boolean
}

export type Bindings = { Bindings: HttpBindings }

/** Who asks, when a token was needed. */
export interface Caller {
  holder: Holder
  token: string
}
/** The organization of the address, and who the caller is in it. */
export interface Place {
  org: Id
  hosted: HostedOrganization
  person: Person
}

export interface Asked<B> {
  c: Context<Bindings>
  body: B
  request_id: string
  correlation_id: string
  address: string
  now: Instant
  param(name: string): string
  query: Readonly<Record<string, unknown>>
  caller(): Caller
  place(): Place
  /** Of a person asked for: the account behind the token. */
  account(): Promise<Account>
}

/** A value is answered as JSON; a Response as it is. */
export type Handler<N extends EndpointName> = (asked: Asked<BodyOf<N>>) => Promise<unknown>
export type HandlersOf<N extends EndpointName> = { [K in N]: Handler<K> }
