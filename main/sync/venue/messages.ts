/** What a serving computer and its guests say to each other, once the line is sealed. */
import { z } from 'zod'
import { wire } from '../../../shared/domain/entity.ts'
import { DeviceId, WireParcel } from '../../../shared/sync/server-wire.ts'
import { WireCommand } from '../../../shared/sync/wire.ts'

/** Of one sealed message, both ways. What is larger waits for the server. */
export const MESSAGE_BYTES = 8 * 1024 * 1024
/** Commands of one message, both ways. */
export const MESSAGE_COMMANDS = 500

const base64 = z.string().regex(/^[A-Za-z0-9+/]{1,400}={0,2}$/)
const key = z.string().regex(/^[A-Za-z0-9+/]{40,200}={0,2}$/)
const name = z.string().trim().min(1).max(120)

/** In the clear: a key for the occasion, and the proof of knowing the code. */
export const Hello = z.strictObject({ version: z.literal(1), key, salt: base64, proof: base64 })
export const HelloAnswer = z.strictObject({ line: z.string().regex(/^[0-9a-f]{32}$/), key: base64 })

const Who = z.strictObject({ org: wire.id, user_id: wire.id, name, device: DeviceId, device_name: name, key, signature: base64 })
export type Who = z.infer<typeof Who>
/** First message of a line: who comes. Signed by the key their computer registered at the server for them. */
export const Enter = z.strictObject({ kind: z.literal('enter'), who: Who })
/** Every further one: what is new there. `seen`: position of the last command told by the host. */
export const Bring = z.strictObject({ kind: z.literal('bring'), seen: z.int().min(0), parcels: z.array(WireParcel).max(100) })
export const Leave = z.strictObject({ kind: z.literal('leave') })
export const FromGuest = z.discriminatedUnion('kind', [Enter, Bring, Leave])
export type FromGuest = z.infer<typeof FromGuest>

export const Entered = z.strictObject({ kind: z.literal('entered'), who: Who, admitted: z.boolean() })
export const Told = z.strictObject({
  kind: z.literal('told'),
  admitted: z.boolean(),
  peers: z.int().min(0),
  /** Position after these. */
  seen: z.int().min(0),
  more: z.boolean(),
  commands: z.array(z.strictObject({ issuer: wire.id, command: WireCommand })).max(MESSAGE_COMMANDS),
  /** Digests of what was brought and is kept here now; the others were refused. */
  kept: z.array(z.string().max(64)).max(100),
})
export const Refused = z.strictObject({ kind: z.literal('refused'), why: z.enum(['organization', 'signature', 'key', 'message']) })
export const FromHost = z.discriminatedUnion('kind', [Entered, Told, Refused])
export type FromHost = z.infer<typeof FromHost>

/** What is signed to say who one is. */
export const introduction = (transcript: string, side: 'guest' | 'host', { org, user_id, device }: Pick<Who, 'org' | 'user_id' | 'device'>): string => `callboard venue 1 ${side} ${transcript} ${org} ${user_id} ${device}`
