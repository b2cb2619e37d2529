/**
 * How people come in: by password, by a code, by an invitation. Nothing here tells whether somebody exists: a wrong e-mail and a wrong password
 * cost the same work, earn the same delay and are answered alike. Nobody's id is given away by a code that was not made for them.
 */
import { detail, refuse } from '../../shared/domain/errors.ts'
import { normalCode } from '../../shared/domain/organization/invitation-code.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import type { DeviceIdentity, JoinedSession, ServerSession } from '../../shared/sync/server-wire.ts'
import type { Server } from '../http/asked.ts'
import { emailKey, type Account } from './accounts.ts'
import type { Code } from './codes.ts'
import type { Tokens } from './sessions.ts'
import { openTurns } from './turns.ts'

/** Wrong tries are answered at the end of a step: what is looked up for some and not for others does not show. */
const STEP_MS = 50
const endOfStep = (began: number): Promise<void> => new Promise((resume) => setTimeout(resume, STEP_MS - ((performance.now() - began) % STEP_MS)))
/** Tries of codes, by address: there is no account to count them for. */
const CODES = 'code'
const SHORTEST_PASSWORD = 10

interface Given {
  name: string
  email: string
  password: string
  device: DeviceIdentity
}

type Registering = Pick<Given, 'password' | 'device'> & { code: string; user_id?: Id | undefined; name?: string | undefined; email?: string | undefined }

export interface Entrance {
  byPassword(email: string, password: string, address: string): Promise<Account>
  login(given: Omit<Given, 'name'>, address: string): Promise<ServerSession>
  register(given: Registering, address: string): Promise<ServerSession>
  join(given: Given & { code: string }, address: string): Promise<JoinedSession>
  session(account: Account, tokens: Tokens): Promise<ServerSession>
}

export function openEntrance(server: Server): Entrance {
  const { accounts, attempts, passwords, sessions, codes, organizations, metrics, log } = server
  const inTurn = openTurns()

  async function session(account: Account, tokens: Tokens): Promise<ServerSession> {
    return { user_id: account.user_id, name: account.name, email: account.email, administrator: account.administrator, ...tokens, orgs: await organizations.of(account.user_id), server_time: server.now() }
  }
  async function enter(account: Account, device: DeviceIdentity): Promise<ServerSession> {
    const now = server.now()
    if (!(await accounts.enroll(account.user_id, device, now))) throw refuse('auth.device_revoked')
    const tokens = await sessions.start(account.user_id, device.id, now)
    await accounts.signedIn(account.user_id, now)
    metrics.count('callboard_sign_ins_total', { outcome: 'entered' })
    const entered = await session(account, tokens)
    organizations.record(entered.orgs.map(({ id }) => id as Id), { user_id: account.user_id, device: device.id }, 'security.sign_in', { by: 'server' })
    return entered
  }
  function noteFailure(account: Account | null): void {
    metrics.count('callboard_sign_ins_total', { outcome: 'failed' })
    log.write('warn', 'sign_in.failed', { user: account?.user_id ?? null })
    if (!account) return
    // Beside the answer: who is known must not take longer.
    void organizations.of(account.user_id).then((orgs) => organizations.record(orgs.map(({ id }) => id), { user_id: account.user_id, device: 'server' }, 'security.sign_in.failed', { by: 'server' }),
      (error: unknown) => log.unexpected(error, { about: 'audit of a failed sign-in' }))
  }
  const byPassword: Entrance['byPassword'] = (email, password, address) =>
    inTurn(emailKey(email), async () => {
      const key = emailKey(email)
      await attempts.mustWait(key, address, server.now())
      const began = performance.now()
      const account = await accounts.byEmail(key)
      const right = await passwords.matches(password, account?.password ?? null)
      if (!account || !right) {
        await attempts.failed(key, address, server.now())
        noteFailure(account)
        await endOfStep(began)
        throw refuse('auth.failed')
      }
      await attempts.succeeded(key, server.now())
      return account
    })

  async function unusable(address: string): Promise<Refusal> {
    await attempts.failed(CODES, address, server.now())
    return refuse('invitation.unusable', detail('code', 'unusable'))
  }
  async function mayTryCodes(code: string, address: string): Promise<void> {
    await attempts.mustWait('', address, server.now())
    if (normalCode(code).length < 8) throw await unusable(address)
  }

  /** Whether this code may give this person a password here; refuses what would claim somebody else's id. */
  async function mayClaim(code: Code, user_id: Id, account: Account | null): Promise<void> {
    if (code.kind !== 'access') {
      if (account && code.kind === 'first') throw refuse('record.taken', detail('user_id', 'taken'))
      if (account) return
      if (await organizations.isKnownElsewhere(user_id, null)) throw refuse('auth.forbidden', detail('user_id', 'claimed', 'a code of the organization for this member'))
      return
    }
    if (code.org_id === null) return
    const hosted = await organizations.hosted(code.org_id)
    if (!hosted || !(await organizations.person(hosted, user_id, 'server'))) throw refuse('invitation.unusable', detail('code', 'unusable'))
    // One organization must not open another's doors.
    if (await organizations.isKnownElsewhere(user_id, code.org_id)) throw refuse('auth.forbidden', detail('user_id', 'claimed', 'a code of whoever runs the server'))
  }

  /** Whom a code lets in: itself it names them, or whoever brings it says who they are. */
  function personOfCode(code: Code | null, user_id: Id | undefined): Id | null {
    if (!code || (code.user_id !== null && user_id !== undefined && code.user_id !== user_id)) return null
    const person = code.user_id ?? user_id
    if (person === undefined) throw refuse('validation.invalid', detail('user_id', 'required', 'the id of whoever brings a code that is for nobody in particular'))
    return person
  }
  /** Name and e-mail of an account to be made: as given, else as an organization knows its member. */
  async function introduced(user_id: Id, { name, email }: Pick<Registering, 'name' | 'email'>): Promise<{ name: string; email: string }> {
    const known = name !== undefined && email !== undefined ? null : await organizations.introduces(user_id)
    const found = { name: name ?? known?.name ?? '', email: email ?? known?.email ?? '' }
    const lacking = (['name', 'email'] as const).filter((field) => found[field] === '')
    if (lacking.length > 0) throw refuse('validation.invalid', ...lacking.map((field) => detail(field, 'required')))
    return found
  }

  return {
    session,
    byPassword,
    login: async ({ email, password, device }, address) => enter(await byPassword(email, password, address), device),
    register: (given, address) =>
      inTurn(`code ${normalCode(given.code)}`, async () => {
        await mayTryCodes(given.code, address)
        const code = await codes.find(given.code, server.now())
        const user_id = personOfCode(code, given.user_id)
        if (!code || user_id === null) throw await unusable(address)
        const account = await accounts.byId(user_id)
        if (code.used_by !== null) {
          // The same call again, whose answer was lost: its password says so.
          if (code.used_by === user_id && account && emailKey(account.email) === emailKey(given.email ?? account.email)) return enter(await byPassword(account.email, given.password, address), given.device)
          throw await unusable(address)
        }
        await mayClaim(code, user_id, account)
        const { name, email } = account ? { name: account.name, email: given.email ?? account.email } : await introduced(user_id, given)
        const owner = await accounts.byEmail(email)
        if (owner && owner.user_id !== user_id) throw refuse('record.taken', detail('email', 'taken'))
        // An account that is there becomes one of those who run the server by its own password; a member's code is for who lost theirs.
        const raised = account !== null && code.kind === 'server'
        if (raised) await byPassword(email, given.password, address)
        const password = await passwords.digest(given.password)
        const now = server.now()
        await server.storage.accounts.transaction(async () => {
          if (!(await codes.use(code.digest, user_id, now))) throw refuse('invitation.unusable', detail('code', 'unusable'))
          if (raised) await accounts.makeAdministrator(user_id)
          else if (account) await accounts.setPassword(account.user_id, password, now)
          else await accounts.create({ user_id, email, name, password, administrator: code.kind === 'first' || code.kind === 'server' }, now)
        })
        if (account && !raised) await sessions.endOf(account.user_id, {}, 'password', now)
        const made = await accounts.byId(user_id)
        if (!made) throw new Error('an account that was made is not there')
        return enter(made, given.device)
      }),
    join: (given, address) =>
      inTurn(`code ${normalCode(given.code)}`, async () => {
        await mayTryCodes(given.code, address)
        const found = await organizations.byInvitation(given.code, server.now())
        if (!found) throw await unusable(address)
        const known = await accounts.byEmail(given.email)
        let user_id: Id
        if (known) user_id = (await byPassword(given.email, given.password, address)).user_id
        else {
          if (given.password.length < SHORTEST_PASSWORD) throw refuse('validation.invalid', detail('password', 'too_small', `${SHORTEST_PASSWORD} characters`))
          user_id = deriveId(Buffer.from(server.random(32)).toString('hex'), 'account')
          await accounts.create({ user_id, email: given.email, name: given.name, password: await passwords.digest(given.password), administrator: false }, server.now())
        }
        const input = { member_id: found.member_id, code: normalCode(given.code), name: known?.name ?? given.name, email: emailKey(given.email) }
        const answer = await found.hosted.authority.core.execute({ name: 'invitation.accept', input }, { user_id, device: given.device.id, scope: null })
        if ('error' in answer) {
          if (!known) await accounts.remove(user_id)
          const { request_id: _request, timestamp: _timestamp, ...failure } = answer.error
          throw new Refusal(failure)
        }
        const account = await accounts.byId(user_id)
        if (!account) throw new Error('an account that was made is not there')
        return { ...(await enter(account, given.device)), org: found.org }
      }),
  }
}
