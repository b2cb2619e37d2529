/** The parts of sync and what each promises the others. Implementations: authority/, replica/, exchange.ts; main/sync for the wire itself. */
import type { Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import type { OutboxFile, OutboxLine } from '../store/outbox-file.ts'
import type { MissingNumber, RecoveryState } from '../domain/sync/recovery.ts'
import type { OrganizationCore } from '../core/organization-core.ts'
import type { Cursor, PullPage, PullRefusal, PullRequest, PushAnswer, PushEntry, PushRequest, ReofferRequest, RowChange, SecurityAnswer, SecurityEvent, SecurityRequest, VerifyAnswer, VerifyRequest, WireCommand } from './wire.ts'
import type { z } from 'zod'

export type Verify = z.infer<typeof VerifyRequest>
export type Verified = z.infer<typeof VerifyAnswer>

// ---------------------------------------------------------------------------------------------- server side

export interface Viewer {
  user_id: Id
  /** Id of the device, as registered. */
  device: string
}
export interface Sender {
  device: string
  /** Persons whose tokens came with the batch and hold. Nobody else's command is taken. */
  actors: ReadonlySet<Id>
  app_version: string
  protocol: number
  waiting: number
}

/** One organization on the deciding server. Every method answers from committed state and may be called at once by many. */
export interface Authority {
  readonly org: Id
  readonly core: OrganizationCore
  head(): Promise<Cursor & { mode: 'open' | 'recovery'; restored_seq: number }>
  /** Rules 7 to 16: one transaction for the batch, a savepoint for each command; answered after the commit. `epoch`: of the sender's views; of another one nothing is taken (rule 30: what was settled comes first). */
  push(entries: readonly PushEntry[], sender: Sender, epoch?: number): Promise<PushAnswer>
  /** What the sender's device saw by itself, into the chain; `by`: whose token asks. An event that comes again is there already. */
  security(events: readonly SecurityEvent[], sender: Sender, by: Id): Promise<SecurityAnswer>
  /** Rules 18 to 22; one consistent read. Null: not a member (any more). */
  pull(request: PullRequest, viewer: Viewer): Promise<PullPage | PullRefusal | null>
  /** NDJSON lines (SnapshotHead, RowChange..., trailer) of all the person sees at one cursor; of one entity when named. */
  snapshot(viewer: Viewer, entity?: string): Promise<AsyncIterable<string> | null>
  verify(request: Verify, viewer: Viewer): Promise<Verified | null>
  /** `readable`: a row the person sees names it. `expected`: the same, and the bytes are not here yet is for the blob store to say. */
  namesBlob(viewer: Viewer, sha256: string): Promise<boolean>
  /** Recovery (rules 30, 31). */
  reoffer(request: ReofferRequest, sender: Sender): Promise<{ taken: number; mode: 'open' | 'recovery' }>
  /** What its operator looks at; null: the server is open. */
  recovery(): Promise<RecoveryState | null>
  /** Ends recovery: executes what was offered again in old order. `by`: the operator, in the audit. `review`: of what `recovery` said of rights; another one is refused (`sync.recovery_unreviewed`). */
  closeRecovery(by: string, review: string | null): Promise<{ executed: number; failed: number; stored: number }>
  missingNumbers(): Promise<MissingNumber[]>
  /** The operator says why a number is missing; in the audit. Throws `sync.number_not_missing`. */
  explainNumber(asked: { entity: string; id: Id; field: string }, reason: string, by: { user_id: string; device: string }): Promise<MissingNumber>
}

// ---------------------------------------------------------------------------------------------- device side

/** The outbox of a computer: shared/store/outbox-file.ts. */
export type Outbox = OutboxFile
export type OutboxEntry = OutboxLine

export interface ReplicaState {
  user_id: Id
  epoch: number
  cursor_seq: number
  /** Unsettled commands of this person; of those, without effect here. */
  waiting: number
  failing: number
  unknown: number
  /** When the server's rows last came. */
  pulled_at: Instant | null
}

/** `dropped`: for another stage, or cut short: ask again. `brake`: too many tombstones: kept staged until `release`. */
export type Taken = 'more' | 'done' | 'dropped' | 'brake'

/** What one person holds of an organization on this computer: the server's rows with the unsettled commands on top. */
export interface Replica {
  readonly org: Id
  readonly user: Id
  readonly core: OrganizationCore
  state(): Promise<ReplicaState>
  /** Of the server whose rows are held; 0: none yet. */
  epoch(): Promise<number>
  /** `after`: for what comes after that page, which has come and is not staged yet. */
  pullRequest(after?: PullPage): Promise<PullRequest>
  /** Stages a page durably; with the last one, rows, outcomes, scope, cursor and rebase take effect in one transaction (rule 19). */
  take(page: PullPage): Promise<Taken>
  /** The first filling, or all of it again after another epoch: takes effect whole, or not at all (`dropped` when it was cut). */
  takeSnapshot(lines: AsyncIterable<string>): Promise<Exclude<Taken, 'more'>>
  /** A refusal of the server because its epoch is another: forgets the cursor, keeps everything typed (rule 30). */
  newEpoch(refusal: PullRefusal): Promise<void>
  reofferRequest(after: string | null): Promise<ReofferRequest>
  /** Whether there is something to offer again: settled commands that a restored server forgot, or a view that was not filled since. */
  returning(): Promise<boolean>
  /** A person let the brake go. */
  release(): Promise<void>
  held(): Promise<{ removed: number; held: number } | null>
  /** Takes commands of others into the view (17r), from the shared outbox; answers how many. */
  catchUp(): Promise<number>
  verifyRequest(): Promise<Verify>
  /** Rows fetched again because a digest differed; the evidence is kept by the caller. */
  repair(entity: string, rows: readonly RowChange[], cursor: Cursor): Promise<void>
  /** Whether it must be filled by a snapshot before it can pull. */
  empty(): Promise<boolean>
  /** Operations the server said it knows; null before the first page. */
  serverCommands(): Promise<ReadonlySet<string> | null>
}

// ---------------------------------------------------------------------------------------------- the wire, as a device uses it

export type Reply<T> =
  | { ok: true; value: T }
  /**
   * `offline`: no answer, or one that is no answer of a server (a captive portal). `busy`: throttled or restarting, try after `retry_after_ms`.
   * `token`: the access token is refused. `revoked`: the device is shut out. `app_older`, `server_older`: protocols too far apart. `server_full`: it has no room to keep what is sent.
   */
  | { ok: false; problem: 'offline' | 'busy' | 'token' | 'revoked' | 'app_older' | 'server_older' | 'server_full' | 'refused' | 'server'; code: string | null; retry_after_ms: number | null }

export interface Transport {
  push(request: PushRequest): Promise<Reply<PushAnswer>>
  /** The same in two steps, where it takes time to write a batch: what comes back sends it. */
  ready?(request: PushRequest): Promise<() => Promise<Reply<PushAnswer>>>
  security(request: SecurityRequest, as: Id): Promise<Reply<SecurityAnswer>>
  pull(request: PullRequest, as: Id): Promise<Reply<PullPage | PullRefusal>>
  snapshot(as: Id, entity?: string): Promise<Reply<AsyncIterable<string>>>
  verify(request: Verify, as: Id): Promise<Reply<Verified>>
  reoffer(request: ReofferRequest, as: Id): Promise<Reply<{ taken: number; mode: 'open' | 'recovery' }>>
}

/** A file of unsettled commands, signed by the device that made it: what a stick or a venue carries to the server in its author's stead. */
export interface Parcel {
  format: 'callboard-parcel'
  version: 1
  org: Id
  device: string
  made_at: Instant
  entries: { issuer: Id; prev: Id | null; command: WireCommand }[]
  /** Ed25519 over the canonical JSON of everything above, by the key the device registered at its server; one per issuer enrolled there. */
  signatures: Record<string, string>
}
