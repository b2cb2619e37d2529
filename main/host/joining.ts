/** Invitations of this computer's organizations: their codes are drawn here, said once, and let in who says them. */
import { emailKey, type User } from './app-file.ts'
import { drawCode, type Credentials } from './credentials.ts'
import type { HostCall } from './host-call.ts'
import type { HostHandlers, Hosting } from './hosting.ts'
import type { Entrance } from './identity.ts'
import type { identityOperations } from './identity-operations.ts'
import { hashPassword } from './passwords.ts'
import type { Standing } from './standing.ts'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { invitationDigest, normalCode } from '../../shared/domain/organization/invitation-code.ts'
import { invitation } from '../../shared/domain/organization/model.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import { Refusal } from '../../shared/kernel/result.ts'

type Handled = Pick<typeof identityOperations, 'invite' | 'renewInvitation' | 'join'>

export function joiningHandlers({ app, organizations, membership, clients, now, turns }: Hosting, { organizationOf }: Standing, { enter, state }: Entrance, { byPassword }: Credentials, device: string): HostHandlers<Handled> {
  async function withCode(call: HostCall, name: string, input: Record<string, unknown>): Promise<unknown> {
    const client = clients.signedIn(call)
    const org = await organizationOf(call, client)
    const code = drawCode(3, 4)
    const asked = { name, input: { ...input, code_digest: invitationDigest(code) }, id: call.id, correlation_id: call.correlation_id }
    const answer = await organizations.hold(org, ({ core }) => core.execute(asked, clients.sessionOf(client)), { user: client.user.id })
    if ('error' in answer) throw new Refusal(answer.error)
    // Asked again after it was done: the code that was said then is the one that holds, and it is nowhere.
    return { ...(answer.value as object), code }
  }
  async function invitationOf(code: string): Promise<{ org: Id; member_id: Id } | null> {
    for (const { id: org } of await app.organizations()) {
      // Those of a server are joined there: the code is said to the server.
      if (app.serverOf(org) !== null || organizations.stateOf(org) !== 'ready') continue
      const [found] = await organizations.hold(org, ({ core }) => core.reader().find(invitation, { code_digest: invitationDigest(code), state: 'pending' }))
      if (found && found.expires_at > now()) return { org, member_id: found.member_id }
    }
    return null
  }
  return {
    invite: (call, input: Record<string, unknown>) => withCode(call, 'invitation.create', input),
    renewInvitation: (call, input: Record<string, unknown>) => withCode(call, 'invitation.renew', input),
    async join(call, { code, name, email, password }: { code: string; name: string; email: string; password: string }) {
      if (normalCode(code).length < 8) throw refuse('invitation.unusable', detail('code', 'unusable'))
      await turns.take('join', async () => {
        const found = await invitationOf(code)
        if (!found) throw refuse('invitation.unusable', detail('code', 'unusable'))
        // Who signs in here already proves it; the code alone gives nobody's sign-in away.
        const known = await app.userByEmail(emailKey(email))
        const user: User = known ? await byPassword(email, password) : await app.addUser({ name, email, password: hashPassword(password) })
        const input = { member_id: found.member_id, code: normalCode(code), name, email: emailKey(email) }
        const answer = await organizations.hold(found.org, ({ core }) => core.execute({ name: 'invitation.accept', input, correlation_id: call.correlation_id }, { user_id: user.id, device, scope: null }))
        if ('error' in answer) throw new Refusal(answer.error)
        await membership.remember(found.org)
        await enter(call, user, 'security.sign_in', 'password')
      })
      return state(call)
    },
  }
}
