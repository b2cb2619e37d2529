/** Who is in front of this computer: signing in, locking, switching, what each keeps for themselves, and how people join. */
import { z } from 'zod'
import { declare } from './host-operation.ts'
import { wire } from '../../shared/domain/entity.ts'
import { languages } from '../../shared/domain/organization/model.ts'
import { roles } from '../../shared/domain/permissions.ts'

export const Email = z.string().trim().max(200).regex(/^[^@\s]+@[^@\s]+\.[^@\s]+$/)
const NewPassword = z.string().min(10).max(200)
const Password = z.string().max(200)
const Name = z.string().trim().min(1).max(120)
const Pin = z.string().regex(/^\d{6}$/)
const anyTime = { whileLocked: true, ownOnly: true } as const
const own = { ownOnly: true } as const

/** One of the two opens a session that is there. */
const Proof = { pin: z.string().max(20).optional(), password: Password.optional() }
const oneProof = (given: { pin?: string | undefined; password?: string | undefined }): boolean => (given.pin === undefined) !== (given.password === undefined)

export const preferenceNames = ['language', 'theme', 'density', 'last_path', 'text_scale', 'letters_off', 'key_map', 'amounts', 'auto_lock_minutes', 'desktop'] as const

export const identityOperations = {
  state: declare('query', 'app.state', 'none', 'Who is signed in or locked here, which organizations this computer holds and how their files are.', z.strictObject({}), anyTime),
  people: declare('query', 'app.people', 'none', 'Who signs in on this computer: name, initials, and whether their PIN opens. No address.', z.strictObject({}), anyTime),
  firstRun: declare('command', 'app.first_run', 'none', 'Makes the first user of this computer and signs in.', z.strictObject({
    name: Name, email: Email, password: NewPassword, language: z.enum(languages), theme: z.enum(['light', 'dark', 'hc-light', 'hc-dark', 'system']),
  })),
  signIn: declare('command', 'app.sign_in', 'none', 'Signs in with e-mail and password. Wrong tries are answered later and later.', z.strictObject({ email: z.string().max(200), password: Password }), anyTime),
  signOut: declare('command', 'app.sign_out', 'session', 'Signs out of this window; the PIN opens again after the next sign-in with the password.', z.strictObject({}), { ...own, whileChanging: true }),
  lock: declare('command', 'app.lock', 'session', 'Locks this window, or every window of the person: nothing is answered until somebody unlocks or switches.', z.strictObject({ everywhere: z.boolean().optional() }), anyTime),
  unlock: declare('command', 'app.unlock', 'session', 'Opens a locked window with the PIN or the password of its person.', z.strictObject(Proof).refine(oneProof, 'one_of_pin_password'), anyTime),
  switchTo: declare('command', 'app.switch', 'none', 'Makes this window another person’s, with their PIN or password. A PIN counts for 14 days after the password.', z.strictObject({ user_id: wire.id, ...Proof }).refine(oneProof, 'one_of_pin_password'), anyTime),
  recover: declare('command', 'app.recover', 'none', 'Gives a new password to who holds the recovery key, and signs in. The key is spent: a new one is made afterwards.', z.strictObject({ email: z.string().max(200), key: z.string().max(80), password: NewPassword }), anyTime),
  join: declare('command', 'app.join', 'none', 'Joins an organization of this computer with the code of an invitation; makes the sign-in, or uses the one of that e-mail.', z.strictObject({ code: z.string().max(40), name: Name, email: Email, password: NewPassword }), anyTime),
  addUser: declare('command', 'app.add_user', 'session', 'Lets another person sign in on this computer; they still need to be a member of an organization.', z.strictObject({ name: Name, email: Email, password: NewPassword })),
  resetSignIn: declare('command', 'app.reset_sign_in', 'session', 'Gives another user a password for one time, which they must change. For those who let people in, and who hold all that the other holds.', z.strictObject({ user_id: wire.id })),
  setPreference: declare('command', 'app.set_preference', 'session', 'Keeps a preference of the signed-in person on this computer (language, theme, keys, last page).', z.strictObject({ name: z.enum(preferenceNames), value: z.string().max(4000) }), own),
  setName: declare('command', 'app.set_name', 'session', 'Changes the name the person signs in under on this computer.', z.strictObject({ name: Name }), own),
  setPassword: declare('command', 'app.set_password', 'session', 'Changes the person’s password; needs the present one.', z.strictObject({ password: Password, new_password: NewPassword }), { ...own, whileChanging: true }),
  setPin: declare('command', 'app.set_pin', 'session', 'Sets, changes or (null) removes the person’s PIN of six digits; needs the password.', z.strictObject({ password: Password, pin: Pin.nullable() }), own),
  makeRecoveryKey: declare('command', 'app.make_recovery_key', 'session', 'Makes the person’s recovery key, said once; the former one opens no more. Needs the password.', z.strictObject({ password: Password }), own),
  setAmounts: declare('command', 'app.set_amounts', 'session', 'Hides fees and rates from this window, or shows those the person may read.', z.strictObject({ amounts: z.enum(['shown', 'hidden']) }), own),
  seeAs: declare('command', 'app.see_as', 'session', 'Reads as one who holds only this role, never more than one holds; nothing can be written meanwhile.', z.strictObject({ role: z.enum(roles), project_id: wire.id.nullable().optional() }), own),
  seeAsSelf: declare('command', 'app.see_as_self', 'session', 'Ends seeing as another role.', z.strictObject({}), own),
  invite: declare('command', 'invitation.create', 'session', 'Invites a person by name and e-mail, with a first role; answers the code, said once, good for 14 days.', z.strictObject({ name: Name, email: Email, role: z.enum(roles), project_id: wire.id.nullable() })),
  renewInvitation: declare('command', 'invitation.renew', 'session', 'Gives a waiting invitation a new code, said once, and 14 days more.', z.strictObject({ id: wire.id })),
} as const
