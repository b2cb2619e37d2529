/** Where a history takes place: the deciding server, the wires to it, and the time that passes there. */
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import type { Authority, Transport } from '../../../shared/sync/contracts.ts'
import type { OpenDevice } from './device.ts'
import type { Book } from './entered.ts'
import type { ServerEvidence } from './evidence.ts'
import type { Weather } from './link.ts'
import type { Draw } from './random.ts'
import type { Setting } from './steps.ts'
import type { Timeline } from './timeline.ts'

/** The real code, as this run opens it. */
export interface Real {
  openAuthority(engine: Engine, now: () => Instant, failed: (error: unknown) => void): Promise<Authority>
  /** What an operator does with a copy that is put back. */
  recover(engine: Engine, now: Instant): Promise<void>
  /** The server's file as every history finds it. */
  server(): Promise<Buffer>
  openDevice: OpenDevice
  /** A replica that has followed from the beginning, and an empty outbox where that person is enrolled with others. */
  replicaOf(user: Id): Promise<Buffer>
  outboxOf(users: readonly Id[]): Promise<Buffer>
}

export interface Wire {
  device: string
  weather: () => Weather
  draw: () => Draw
  tokenOf: (user: string) => string | null
  /** A process that died hears nothing any more. */
  alive: () => boolean
}

/** What the site shows once everything has come to rest. */
export interface AtRest {
  server: ServerEvidence
  /** Markers that each person could have read at some time, as `entity/id/field`. */
  everReadable: ReadonlyMap<Id, ReadonlySet<string>>
}

/** Putting the server's disk back from a copy. */
export interface Copies {
  save(): void
  /** False: nothing was saved. */
  restore(): Promise<boolean>
  closeRecovery(): Promise<void>
}

export interface Site {
  readonly timeline: Pick<Timeline, 'now' | 'pass' | 'drain'>
  /** The server's rows and its highest place in the order of commits when the history begins. */
  readonly book: Book
  readonly since: number
  /** A replica that has followed from the beginning. */
  replicaOf(user: Id): Promise<Buffer>
  /** A token, or what stands for it. */
  signIn(user: Id, device: string): Promise<string>
  signOut(user: Id, device: string): Promise<void>
  transport(wire: Wire): Transport
  /** The server dies after so many statements (in a process of its own: about as many milliseconds), and is started again. */
  dieAfter(statements: number): void
  /** It dies no more, and answers. */
  steady(): Promise<void>
  /** Its clock does what is due now; where it runs by itself, nothing. */
  turn(): Promise<void>
  /** `turn` did what was due: at rest, nothing is left of it. */
  readonly clocked: boolean
  /** Commits so far, where that can be looked at meanwhile. */
  commits(): number
  /** Commands whose bytes were not always the same on the wire. */
  readonly changedOnTheWay: readonly string[]
  /** Null: not here. */
  readonly copies: Copies | null
  atRest(): Promise<AtRest>
  close(): Promise<void>
}

export interface SiteOptions {
  setting: Setting
  persons: readonly Id[]
  count(what: string): void
  failed(error: unknown): void
  /** Whether any device is still in a round. */
  busy(): boolean
}
export type OpenSite = (options: SiteOptions) => Promise<Site>
