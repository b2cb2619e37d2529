/** Invitations: a member waiting with their roles, and the digest of the code that makes them the one who says it. */
import type { Id } from '../../kernel/ids.ts'
import { DAY, fromMs, toMs } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import type { Row } from '../entity.ts'
import { invitationDigest } from './invitation-code.ts'
import { acceptInvitation, createInvitation, invitationDays, listInvitations, renewInvitation, withdrawInvitation } from './invitation-operations.ts'
import { invitation, member, roleBinding } from './model.ts'
import { checkGrant } from './role-rules.ts'

const lastDay = (tx: Transaction) => fromMs(toMs(tx.call.now) + invitationDays * DAY)
const invited = (row: Row<typeof invitation>) => ({ id: row.id, version: row.version, member_id: row.member_id, expires_at: row.expires_at })

async function waiting(tx: Transaction, id: Row<typeof invitation>['id']): Promise<Row<typeof invitation>> {
  const row = await tx.need(invitation, id)
  if (row.state !== 'pending') throw refuse('invitation.not_pending', detail('state', 'not_pending', 'pending', row.state))
  return row
}

export const invitationHandlers: readonly Handler[] = [
  handle(createInvitation, async (tx, { name, email, role, project_id, code_digest }) => {
    await checkGrant(tx, role, project_id)
    const same = (await tx.find(member, {})).some((one) => one.status !== 'removed' && one.email.trim().toLowerCase() === email.trim().toLowerCase())
    if (same) throw refuseFor('member', 'taken', detail('email', 'taken'))
    // Nobody's id yet: the one who joins brings theirs.
    const row = await tx.insert(member, 'member', { user_id: tx.id('invited'), name, email, status: 'invited' })
    await tx.insert(roleBinding, 'role', { member_id: row.id, role, binding_project_id: project_id })
    return invited(await tx.insert(invitation, 'invitation', { member_id: row.id, code_digest, expires_at: lastDay(tx) }))
  }),
  handle(renewInvitation, async (tx, { id, code_digest }) => {
    const row = await waiting(tx, id)
    for (const { role, binding_project_id } of await tx.find(roleBinding, { member_id: row.member_id })) await checkGrant(tx, role, binding_project_id)
    return invited(await tx.update(invitation, id, { code_digest, expires_at: lastDay(tx) }))
  }),
  handle(withdrawInvitation, async (tx, { id }) => {
    const { member_id } = await waiting(tx, id)
    const held = await tx.find(roleBinding, { member_id })
    for (const { role, binding_project_id } of held) await checkGrant(tx, role, binding_project_id)
    const row = await tx.update(invitation, id, { state: 'withdrawn' })
    for (const binding of held) await tx.remove(roleBinding, binding.id)
    await tx.remove(member, member_id)
    return { id: row.id, version: row.version }
  }),
  handle(acceptInvitation, async (tx, { member_id, code, name, email }) => {
    const [row] = await tx.find(invitation, { member_id, code_digest: invitationDigest(code), state: 'pending' })
    if (!row || row.expires_at <= tx.call.decided_at) throw refuse('invitation.unusable')
    if ((await tx.find(member, { user_id: tx.call.actor })).some(({ status }) => status === 'active')) throw refuse('invitation.member_already')
    const accepted = await tx.update(invitation, row.id, { state: 'accepted' })
    await tx.update(member, member_id, { user_id: tx.call.actor as Id, name, email, status: 'active' })
    return { id: accepted.id, version: accepted.version, member_id }
  }),
  answer(listInvitations, async (reader) => {
    const rows = await reader.find(invitation, { state: 'pending' }, { sort: ['-expires_at'] })
    const members = new Map((await reader.find(member, { status: 'invited' })).map((one) => [one.id, one]))
    return {
      items: rows.flatMap(({ id, member_id, created_at, expires_at }) => {
        const who = members.get(member_id)
        return who ? [{ id, member_id, name: who.name, email: who.email, created_at, expires_at, expired: expires_at <= reader.call.now }] : []
      }),
    }
  }),
]
