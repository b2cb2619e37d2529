import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { roles } from '../permissions.ts'
import { member } from './model.ts'

/** Days in which an invitation can be accepted. */
export const invitationDays = 14

const Digest = z.string().regex(/^[0-9a-f]{64}$/)
const Invited = z.object({ id: z.string(), version: z.int(), member_id: z.string(), expires_at: z.string() })
const invitationRow = { kind: 'rows', entity: 'invitation', ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] } as const

/** The host makes the code, says it once, and gives its digest only: the code itself is in no file. */
export const createInvitation = command({
  name: 'invitation.create',
  about: 'Invites a person by name and e-mail, with a first role; they join with a code within 14 days. Nobody gives more than they hold.',
  input: z.strictObject({ ...inputOf(member, ['name', 'email'], []), role: z.enum(roles), project_id: wire.id.nullable(), code_digest: Digest }),
  output: Invited,
  permission: 'org:members',
  target: { kind: 'organization' },
  undoable: false,
  sealed: (_, id) => [{ path: ['name'], subject: id('member') }, { path: ['email'], subject: id('member') }],
})
export const renewInvitation = command({
  name: 'invitation.renew',
  about: 'Gives a waiting invitation a new code and 14 days more; the former code does not open any more.',
  input: z.strictObject({ id: wire.id, code_digest: Digest }),
  output: Invited,
  permission: 'org:members',
  target: invitationRow,
  undoable: false,
})
export const withdrawInvitation = command({
  name: 'invitation.withdraw',
  about: 'Takes a waiting invitation back, with the member it would have made.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'org:members',
  target: invitationRow,
  undoable: false,
})
/** Asked by the host for a person who is not a member yet: the code is what lets them in. */
export const acceptInvitation = command({
  name: 'invitation.accept',
  about: 'Joins the organization with the code of an invitation: the invited member becomes the signed-in user.',
  input: z.strictObject({ member_id: wire.id, code: z.string().min(8).max(40), ...inputOf(member, ['name', 'email'], []) }),
  output: z.object({ id: z.string(), version: z.int(), member_id: z.string() }),
  permission: 'org:read',
  target: { kind: 'visible' },
  undoable: false,
  sealed: (input) => [{ path: ['name'], subject: input.member_id }, { path: ['email'], subject: input.member_id }],
})
export const listInvitations = query({
  name: 'invitation.list',
  about: 'Invitations that wait or went past their day, with who was invited and until when.',
  input: z.strictObject({}),
  output: z.object({
    items: z.array(z.object({ id: z.string(), member_id: z.string(), name: z.string(), email: z.string().nullable(), created_at: z.string(), expires_at: z.string(), expired: z.boolean() })),
  }),
  permission: 'org:members',
  target: { kind: 'organization' },
})
