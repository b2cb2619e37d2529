import { z } from 'zod'
import { declare } from './client.ts'

/** Who is in front of this computer, and how people join it: operations of the host. */
const nothing = z.object({})

const Tile = z.object({ user_id: z.string(), name: z.string(), initials: z.string(), pin: z.boolean() })
export type Tile = z.infer<typeof Tile>
const proof = { pin: z.string().optional(), password: z.string().optional() }

export const listPeople = declare('app.people', nothing, z.object({ items: z.array(Tile) }))
export const lock = declare('app.lock', z.object({ everywhere: z.boolean().optional() }), z.unknown())
export const unlock = declare('app.unlock', z.object(proof), z.unknown())
export const switchTo = declare('app.switch', z.object({ user_id: z.string(), ...proof }), z.unknown())
export const recover = declare('app.recover', z.object({ email: z.string(), key: z.string(), password: z.string() }), z.unknown())
export const join = declare('app.join', z.object({ code: z.string(), name: z.string(), email: z.string(), password: z.string() }), z.unknown())

export const setName = declare('app.set_name', z.object({ name: z.string() }), z.unknown())
export const setPassword = declare('app.set_password', z.object({ password: z.string(), new_password: z.string() }), z.unknown())
export const setPin = declare('app.set_pin', z.object({ password: z.string(), pin: z.string().nullable() }), z.unknown())
export const makeRecoveryKey = declare('app.make_recovery_key', z.object({ password: z.string() }), z.object({ key: z.string() }))
export const setAmounts = declare('app.set_amounts', z.object({ amounts: z.enum(['shown', 'hidden']) }), z.unknown())
export const seeAs = declare('app.see_as', z.object({ role: z.string(), project_id: z.string().nullable() }), z.unknown())
export const seeAsSelf = declare('app.see_as_self', nothing, z.unknown())
export const resetSignIn = declare('app.reset_sign_in', z.object({ user_id: z.string() }), z.object({ password: z.string() }))

const Said = z.object({ id: z.string(), code: z.string(), expires_at: z.string() })
export const invite = declare('invitation.create', z.object({ name: z.string(), email: z.string(), role: z.string(), project_id: z.string().nullable() }), Said)
export const renewInvitation = declare('invitation.renew', z.object({ id: z.string() }), Said)
