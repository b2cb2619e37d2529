/**
 * What goes over the wire between a device and its server: intents up, facts down. Declared once; the server validates with it, the
 * device reads answers with it, docs/server-api.json (OpenAPI) is made from it.
 *
 * Protocol 1. A server speaks its own protocol and the one before.
 */
import { z } from 'zod'
import { canonicalJson, sha256, type Json } from '../kernel/hashing.ts'
import { wire } from '../domain/entity.ts'

export const PROTOCOL = 1
/** Of one push: whichever comes first. */
export const PUSH_COMMANDS = 500
export const PUSH_BYTES = 1024 * 1024
/** Of one page down: whichever comes first. */
export const PULL_ROWS = 2000
export const PULL_BYTES = 1024 * 1024
/** Tombstones may take this part of what a device holds; more is asked first (the brake). Purges for lost scope never wait. */
export const BRAKE_SHARE = 0.2
/** Below this many rows the brake has no meaning. */
export const BRAKE_FLOOR = 50

export const JsonValue = z.json() as unknown as z.ZodType<Json>

// ---------------------------------------------------------------------------------------------- a command

const RecordedCell = z.strictObject({ base: JsonValue, mine: JsonValue, from: wire.id.nullable() })
const RecordedRow = z.strictObject({
  entity: z.string().max(60), id: wire.id, op: z.enum(['insert', 'update', 'remove', 'restore']),
  fields: z.record(z.string().max(60), RecordedCell),
  beside: z.record(z.string().max(60), z.strictObject({ base: JsonValue, mine: JsonValue })).optional(),
})

/** A command as it was issued. Its canonical JSON is kept by the device that made it and never changes (sync rule 3). */
export const WireCommand = z.strictObject({
  id: wire.id,
  name: z.string().max(80),
  /** Version of the operation's input. */
  v: z.int().min(1),
  input: JsonValue,
  record: z.strictObject({ rows: z.array(RecordedRow).max(20_000) }),
  /** Unsettled commands of this computer that wrote a base of this one or made a row it refers to. */
  after: z.array(wire.id).max(2000),
  seed: wire.id,
  issued_at: wire.instant,
  correlation_id: z.string().max(128),
  group_id: wire.id.nullable(),
})
export type WireCommand = z.infer<typeof WireCommand>

/** The bytes that are kept, sent and signed. */
export const bytesOf = (command: WireCommand): string => canonicalJson(command)

// ---------------------------------------------------------------------------------------------- up

/** `prev`: the issuer's previous command that is not waiting for somebody without a token. Outside the command: it may differ when sent again. */
export const PushEntry = z.strictObject({
  issuer: wire.id,
  prev: wire.id.nullable(),
  /** Its author decided to wait no longer for a command in `after`: it is then kept as blocked. */
  no_wait: z.boolean().optional(),
  command: WireCommand,
})
export type PushEntry = z.infer<typeof PushEntry>

export const PushRequest = z.strictObject({
  protocol: z.int(), app_version: z.string().max(40), batch_id: z.string().max(60), epoch: z.int(),
  /** One access token for each issuer of the batch; the caller's own goes in the Authorization header too. */
  tokens: z.record(z.string(), z.string().max(400)),
  /** How many commands stay on this device behind those. */
  waiting: z.int().min(0),
  commands: z.array(PushEntry).max(PUSH_COMMANDS),
})
export type PushRequest = z.infer<typeof PushRequest>

/** What became of each is told by the next pull (rule 18): this answer only stops the sending. */
export const PushAnswer = z.object({
  epoch: z.int(),
  taken: z.array(wire.id),
  /**
   * Not taken: a command before it is unknown here (`missing`), or it waits for one (`waits`), or the server does not know the operation (`unknown`), or its issuer's token is refused (`token`),
   * or its id belongs to another command (`refused`: never to be sent again; `on` is the code), or the server failed on it (`failed`: to be sent again; told to the person). */
  left: z.array(z.object({ id: wire.id, why: z.enum(['missing', 'waits', 'unknown', 'token', 'refused', 'failed']), on: z.string().nullable() })),
  recovering: z.boolean(),
})
export type PushAnswer = z.infer<typeof PushAnswer>

// ---------------------------------------------------------------------------------------------- up: what a device saw by itself

/** Of one request. */
export const SECURITY_EVENTS = 200
/** Of the facts of one event, as canonical JSON. */
export const FACTS_BYTES = 4096
export const FACT_NAME = /^[a-z][a-z0-9_]{0,59}$/
export const CORRELATION = /^[\w.:-]{1,128}$/

/** Something beside the data that a device saw by itself: a sign-in there, a refusal by its own core, an export. */
export const SecurityEvent = z.strictObject({
  id: wire.id,
  /** Whose token comes with it. Null: nobody proved who they were (a failed sign-in); `about` is then who was named. */
  issuer: wire.id.nullable(),
  about: wire.id.nullable(),
  action: z.string().regex(/^[a-z_.]{1,80}$/),
  facts: z.record(z.string().regex(FACT_NAME), JsonValue).refine((facts) => canonicalJson(facts).length <= FACTS_BYTES),
  project_id: wire.id.nullable(),
  /** By the device's clock: information (rule 34). */
  seen_at: wire.instant,
  request_id: z.string().regex(CORRELATION), correlation_id: z.string().regex(CORRELATION),
})
export type SecurityEvent = z.infer<typeof SecurityEvent>

export const SecurityRequest = z.strictObject({
  protocol: z.int(), app_version: z.string().max(40),
  /** One access token for each issuer, as in a push. */
  tokens: z.record(z.string(), z.string().max(400)),
  events: z.array(SecurityEvent).max(SECURITY_EVENTS),
})
export type SecurityRequest = z.infer<typeof SecurityRequest>

/** `taken`: in the chain, now or before. Left: its issuer's token did not come or does not hold, or the server takes no such event from a device. */
export const SecurityAnswer = z.object({ taken: z.array(wire.id), left: z.array(z.object({ id: wire.id, why: z.enum(['token', 'unknown']) })) })
export type SecurityAnswer = z.infer<typeof SecurityAnswer>

// ---------------------------------------------------------------------------------------------- down

export const Cursor = z.strictObject({ epoch: z.int(), seq: z.int().min(0) })
export type Cursor = z.infer<typeof Cursor>

export const PullRequest = z.strictObject({
  protocol: z.int(), app_version: z.string().max(40),
  cursor: Cursor,
  /** Digest of the scope the device holds; null: nothing yet. */
  scope: z.string().max(64).nullable(),
  limit: z.int().min(1).max(PULL_ROWS).optional(),
  /** Unsettled commands of others on this device: their bare outcomes are told too (17r). */
  watching: z.array(wire.id).max(5000).optional(),
  /** Commands of this person that the device still has unsettled; and its clock, to tell the drift. */
  waiting: z.int().min(0).optional(),
  clock: wire.instant.optional(),
})
export type PullRequest = z.infer<typeof PullRequest>

/** Made of what JSON may hold, which its parser has seen to: looking at every cell again would cost more than all the rest. */
const AnyCells = z.custom<Record<string, Json>>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)).meta({ type: 'object', additionalProperties: {} })

/** A row as the asking person sees it: columns they may not read are null, `deleted_at` marks a tombstone. `gone`: it left their view. */
export const RowChange = z.union([
  z.object({ entity: z.string(), id: z.string(), seq: z.int(), row: AnyCells }),
  z.object({ entity: z.string(), id: z.string(), seq: z.int(), gone: z.literal(true) }),
])
export type RowChange = z.infer<typeof RowChange>

/** Signed by the server: proves to a restored server what an earlier state of it had answered (rule 30). */
export const Receipt = z.strictObject({ command_id: z.string(), epoch: z.int(), seq: z.int(), outcome: z.enum(['applied', 'conflict', 'rejected', 'blocked']), signature: z.string() })
export type Receipt = z.infer<typeof Receipt>

export const OutcomeChange = z.object({
  id: z.string(), seq: z.int(), outcome: z.enum(['applied', 'conflict', 'rejected', 'blocked']), note: z.string().nullable(),
  converged: z.array(z.object({ entity: z.string(), id: z.string(), field: z.string() })),
  receipt: Receipt,
  /** Full outcomes, of the asking person only: why it was not applied, and the command itself, so that every device of theirs has it. */
  reason: JsonValue.optional(),
  command: WireCommand.optional(),
  issuer: z.string(),
})
export type OutcomeChange = z.infer<typeof OutcomeChange>

export const Trailer = z.object({ count: z.int(), digest: z.string() })
export type Trailer = z.infer<typeof Trailer>

export const PullPage = z.object({
  protocol: z.int(),
  /** Cursor and scope this page answers: a page for another stage is dropped. */
  from: Cursor, from_scope: z.string().nullable(),
  to: Cursor, has_more: z.boolean(),
  /** Digest of what the person sees at `to`. */
  scope: z.string(),
  rows: z.array(RowChange), outcomes: z.array(OutcomeChange),
  /** Audit events of those commits that the person may read, in the order of the chain: what of them does not follow from the rows (told-events.ts). */
  events: z.array(AnyCells),
  /** What this server can execute; on the first page only. */
  commands: z.array(z.string()).optional(),
  server_time: wire.instant,
  trailer: Trailer,
})
export type PullPage = z.infer<typeof PullPage>

/** What a pull answers when it cannot give a page. */
export const PullRefusal = z.object({
  recovering: z.boolean(), epoch: z.int(), restored_seq: z.int(),
  /** Of each epoch, up to which commit what was decided in it is still here: all the rest was lost with a restore. */
  held: z.array(z.object({ epoch: z.int(), seq: z.int() })),
})
export type PullRefusal = z.infer<typeof PullRefusal>

/**
 * Without a trailer that fits, a page did not arrive. `rowsText`: the rows as JSON, for who has written them already. Outcomes bring commands,
 * whose members stand in the order their device sent and are read in another: that counts for nothing.
 */
export function trailerOf({ rows, outcomes, events }: Pick<PullPage, 'rows' | 'outcomes' | 'events'>, rowsText = JSON.stringify(rows)): Trailer {
  return { count: rows.length + outcomes.length + events.length, digest: sha256(`[${rowsText},${canonicalJson(outcomes)},${JSON.stringify(events)}]`) }
}

/** A snapshot is NDJSON: this head, then RowChange and `{ "outcome": OutcomeChange }` lines, then `{ "trailer": Trailer }` over the lines before it. */
export const SnapshotHead = z.object({ protocol: z.int(), at: Cursor, scope: z.string(), commands: z.array(z.string()) })

// ---------------------------------------------------------------------------------------------- proof

/** Order does not matter: the sum of the rows' digests. */
export const EntityDigest = z.strictObject({ count: z.int().min(0), digest: z.string().max(64) })
export const VerifyRequest = z.strictObject({ protocol: z.int(), cursor: Cursor, scope: z.string(), entities: z.record(z.string(), EntityDigest) })
export const VerifyAnswer = z.object({
  /** False: the server has gone on since that cursor; pull and ask again. */
  comparable: z.boolean(),
  /** Entities that differ. */
  differing: z.array(z.string()),
})

// ---------------------------------------------------------------------------------------------- recovery

/** Settled commands that a restored server may have lost, and numbers the device knows (rules 30 and 31). */
export const ReofferRequest = z.strictObject({
  protocol: z.int(), epoch: z.int(), done: z.boolean(),
  commands: z.array(z.strictObject({ issuer: wire.id, command: WireCommand, receipt: Receipt })).max(PUSH_COMMANDS),
  numbers: z.array(z.strictObject({ entity: z.string(), id: wire.id, field: z.string(), number: z.union([z.string(), z.number()]), series: wire.id.nullish() })).max(5000),
})
export type ReofferRequest = z.infer<typeof ReofferRequest>
