/** What this computer says of its exchange with a server. The renderer shows these and computes nothing. */
import type { Id } from '../../kernel/id-form.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { ConsoleNumber, ConsoleRecovery } from './recovery.ts'

/**
 * `local`: the organization has no server. `revoked`: this device was shut out and has been wiped of that organization. `brake`: a pull
 * would remove much of what is here and asks first. `server_older`, `app_older`: one of the two must be updated to send. `storage`: this
 * computer's disk refuses; `server_full`: the server has no room left, what is entered waits here.
 */
export type SyncPhase =
  | 'local' | 'synced' | 'sending' | 'waiting' | 'offline' | 'retrying' | 'needs_sign_in' | 'server_older' | 'app_older' | 'server_full' | 'refused' | 'recovering' | 'brake' | 'revoked' | 'storage'

/** This computer's disk has no room, or refuses writes though it has. */
export type DiskTrouble = 'full' | 'refuses'

export interface SyncStatus {
  phase: SyncPhase
  /** When the phase began. */
  since: Instant
  server: { url: string; name: string | null; version: string | null } | null
  last_contact_at: Instant | null
  /** When the next try is made, after failures: how many in a row. */
  retry: { at: Instant; failures: number } | null
  /** Commands of the present round: sent, of how many. */
  sending: { done: number; of: number } | null
  /** The signed-in person's: not settled yet; of those, not applying here any more ("will need you"); refused and kept, undecided, and of those for want of a right. */
  mine: { waiting: number; failing: number; conflicts: number; rejected: number; rejected_rights: number }
  /** Other people of this computer with unsent work. `signed_in`: their token holds, so that it goes out with this one's. */
  others: { user_id: Id; name: string; waiting: number; since: Instant; signed_in: boolean }[]
  /** This computer's clock against the server's, ms; null when less than two minutes. */
  drift_ms: number | null
  attachments: { up: number; down: number }
  /** Things of a newer version that wait for an update of this one. */
  unknown: number
  /** What the brake asks about: tombstones, of how many rows held. */
  brake: { removed: number; held: number } | null
  venue: VenueState | null
  /** Of the phase `storage`. */
  disk?: DiskTrouble
  /** Where this computer keeps its way into the server: the system's keychain, or a file that only this account may read. Left out: it has none. */
  secrets?: 'keychain' | 'file'
  /** What this person may do here: `sync.connect`, `sync.leave`, `sync.console`, `venue.open`. */
  can: string[]
}

/** A computer that takes part where one serves the others. `admitted`: its key is known, or somebody let it in; else it waits to be. */
export interface VenuePeer {
  id: string
  name: string
  device: string
  since: Instant
  last_seen_at: Instant
  admitted: boolean
}
/** What the serving computer shows: the code is typed on the others. */
export interface VenueServing {
  code: string
  url: string
  address: string
  port: number
  peers: VenuePeer[]
}
/** A computer serves others on the local network, or is served. It relays what nobody has decided yet: nothing of it is final. */
export interface VenueState {
  role: 'host' | 'guest'
  /** Who serves: the person, and their computer. */
  name: string
  /** Others that take part now. */
  peers: number
  since: Instant
  /** `unreachable`: the one that serves does not answer, and is tried again. `waiting`: somebody there has to let this one in. `closed`: it stopped, or shows another code now. */
  trouble: 'unreachable' | 'waiting' | 'closed' | null
  /** Null on a computer that is served. */
  serving: VenueServing | null
}
/** `loopback`: only programs of this computer reach it. */
export interface VenueAddress {
  address: string
  name: string
  loopback: boolean
}

/** One line of the queue: an unsettled command, by the object it is about. */
export interface QueuedCommand {
  id: Id
  name: string
  issued_at: Instant
  issuer: Id
  issuer_name: string
  /** The record it is about; null when the person may not see it. */
  about: { entity: string; id: Id; title: string | null; project_id: Id | null } | null
  rows: number
  /** Rows it writes: all of one's own command; of somebody else's the one it is about, where it may be seen. */
  ids: Id[]
  group_id: Id | null
  /** `ready`: goes with the next sending. `waiting`: behind somebody who is not signed in. `failing`: does not apply here any more. */
  state: 'ready' | 'waiting' | 'failing'
  why: string | null
  mine: boolean
}

/** A command that was not applied, kept until its person decides. */
export interface KeptSummary {
  id: Id
  name: string
  outcome: 'conflict' | 'rejected' | 'blocked'
  /** `value`, `deleted`, `removed` (it removes what somebody else changed), `write_set`, `rule`; a refusal's code; the command it was blocked by. */
  why: string
  issued_at: Instant
  issuer: Id
  issuer_name: string
  mine: boolean
  about: { entity: string; id: Id; title: string | null; project_id: Id | null; starts_at: Instant | null } | null
  /** Fields to choose. */
  fields: number
  decided: { decision: string; by: string; at: Instant; id: Id } | null
}

export interface KeptField {
  entity: string
  id: Id
  field: string
  /** The record the field belongs to, in words. */
  title: string | null
  base: unknown
  mine: unknown
  theirs: unknown
  /** False: the person may not see what stands there now; only letting go is possible. */
  readable: boolean
  /** Long text: both can be combined (a three-way merge is proposed). */
  text: boolean
  combined: string | null
  /** `mine`: theirs is unchanged from the base. `theirs`: mine is, or it states an outside fact (somebody's answer). Null: the person must choose. */
  preselected: 'mine' | 'theirs' | null
  disputed: boolean
  by: string | null
  at: Instant | null
  /** Fields with the same unit are one choice: start, end and zone. */
  unit: string
  /** What a typed fourth value may be; null: none. */
  typed: 'number' | 'time' | 'text' | null
  /** False: somebody else changed it meanwhile and the command does not touch it: merged, nothing is to choose. */
  own: boolean
}

export interface KeptCommand extends KeptSummary {
  fields_of: KeptField[]
  /** Rows removed on one side and changed on the other. */
  removals: { entity: string; id: Id; title: string | null; removed_by: 'mine' | 'theirs'; by: string | null; at: Instant | null }[]
  /** Commands blocked behind this one: done again with it, in order. */
  followers: { id: Id; name: string; issued_at: Instant }[]
  /** What can be done: `fields`, `mine`, `theirs`, `restore`, `copy`, `left`. */
  choices: string[]
  /** False: it is said once (an answer, a dispatch, a signature) and not offered a second time. */
  again: boolean
  /** Null: a person it speaks of was erased, or it holds what the reader may not see. */
  input: unknown
  device: string
  /** Of records that the values point to, as far as the reader sees them. */
  names: Record<string, string>
  /** Of the place the record is in, for its times; and its project’s currency. */
  zone: string | null
  currency: string | null
  /** Of what stands now: said back with a choice. */
  stamp: string
}

/** A command that was applied beside what others had changed: shown so that merging is trusted. */
export interface MergedCommand {
  id: Id
  name: string
  issued_at: Instant
  about: { entity: string; id: Id; title: string | null; project_id: Id | null } | null
  fields: { entity: string; field: string }[]
}

/** The server console. */
export interface ConsoleDevice {
  device: string
  /** As the computer registered itself; null: it has no account of this server any more. */
  device_name: string | null
  user_id: Id
  name: string
  app_version: string
  last_contact_at: Instant | null
  waiting: number
  kept: number
  drift_ms: number
  behind: number
  revoked_at: Instant | null
}
/** A mail, or work of the clock, that the server tried and gave up. */
export interface StuckWork {
  kind: 'mail' | 'timer'
  key: string
  /** Type of the notification, or what the clock was to do (the first word of its key). */
  what: string
  /** Whom it concerns; null: nobody, or not for this reader. */
  who: string | null
  at: Instant
  attempts: number
  /** A code: of the mail server, or of the refusal. */
  error: string | null
}

export interface ServerConsole {
  server: { version: string; protocol: number; storage: 'sqlite' | 'postgres'; uptime_s: number; url: string }
  mode: 'open' | 'recovery'
  epoch: number
  seq: number
  devices: ConsoleDevice[]
  accounts: { user_id: Id; name: string; email: string; status: 'active' | 'invited' | 'none'; last_sign_in_at: Instant | null }[]
  conflicts: { user_id: Id; name: string; open: number; oldest_at: Instant | null }[]
  storage: { rows: number; database_bytes: number; blobs: number; blob_bytes: number; quota_bytes: number | null }
  aside: { id: Id; user_id: Id; name: string; device: string; device_name: string | null; reason: string; received_at: Instant; commands: number }[]
  /** Null: the server is open. */
  recovery: ConsoleRecovery | null
  /** Numbers that a restore lost, those with a reason too. */
  numbers: ConsoleNumber[]
  stuck: StuckWork[]
}
