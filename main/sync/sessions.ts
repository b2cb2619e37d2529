/** The access token of each person, renewed one at a time for each: a refresh token that is used twice ends the session for good. */
import { z } from 'zod'
import type { Id } from '../../shared/kernel/ids.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import type { Reply } from '../../shared/sync/contracts.ts'
import { ServerSession, type Credentials } from './credentials.ts'
import { problem, type Http } from './http.ts'

/** A token lives 15 min at the server; its age is counted here from when it came, for this computer's clock may be hours off. */
const YOUNG_MS = 13 * 60_000

/** What a server says of a session it knows and has ended; of a token it does not know it says `auth.token`. */
const SESSION_ENDED = 'auth.session_ended'

export type Standing = 'held' | 'refused' | 'none'

export interface Sessions {
  /** A token the server takes, as far as this computer knows. Problem `token`: the person must sign in again. */
  access(user: Id): Promise<Reply<string>>
  /** The server refused this token: the next question is asked with another. */
  stale(user: Id, access: string): void
  standing(user: Id): Promise<Standing>
  /** Whether the server itself ended the person's session: what only they held may stay here no longer (sync rule 22). */
  ended(user: Id): Promise<boolean>
  /** One question with the person's token; a refused one is renewed once. */
  ask<T>(user: Id, question: (token: string) => Promise<Reply<T>>): Promise<Reply<T>>
}

/** `now`: ms of a clock that is never set. `whenEnded`: told when the server ends somebody's session. */
export function openSessions(credentials: Credentials, http: Http, now: () => number, whenEnded: (user: Id) => void = () => undefined): Sessions {
  const stale = new Set<string>()
  /** When each token of this run came. One of a former run is tried: the server says what it thinks of it. */
  const came = new Map<string, number>()
  const holds = (token: string): boolean => !stale.has(token) && now() - (came.get(token) ?? now()) < YOUNG_MS
  const renewing = new Map<Id, Promise<Reply<string>>>()

  async function renew(user: Id): Promise<Reply<string>> {
    const held = await credentials.session(user)
    if (!held || held.refused) return problem('token')
    // Another call may have renewed it while this one waited.
    if (holds(held.access)) return { ok: true, value: held.access }
    // The same key for the same token: an answer that the network lost is given again, and is no second use.
    const key = `refresh-${sha256(held.refresh).slice(0, 40)}`
    const reply = await http.json({ method: 'POST', path: '/api/v1/auth/refresh', key, body: { refresh: held.refresh } }, z.looseObject(ServerSession.shape))
    if (reply.ok) {
      await credentials.keep(user, reply.value)
      stale.delete(held.access)
      came.delete(held.access)
      came.set(reply.value.access, now())
      return { ok: true, value: reply.value.access }
    }
    if (reply.problem === 'token' || reply.problem === 'refused') {
      const ended = reply.code === SESSION_ENDED
      // Signed in again while this was asked: the former session is nobody's business any more.
      if (!(await credentials.refuse(user, held, ended))) return again(user)
      if (ended) whenEnded(user)
      return problem('token', reply.code)
    }
    return reply
  }
  async function again(user: Id): Promise<Reply<string>> {
    const held = await credentials.session(user)
    return held && !held.refused ? { ok: true, value: held.access } : problem('token')
  }
  async function access(user: Id): Promise<Reply<string>> {
    const held = await credentials.session(user)
    if (!held || held.refused) return problem('token')
    if (holds(held.access)) return { ok: true, value: held.access }
    const known = renewing.get(user)
    if (known) return known
    const mine = renew(user).finally(() => renewing.delete(user))
    renewing.set(user, mine)
    return mine
  }
  return {
    access,
    stale: (_user, token) => void stale.add(token),
    async standing(user) {
      const held = await credentials.session(user)
      return held === null ? 'none' : held.refused ? 'refused' : 'held'
    },
    async ended(user) {
      return (await credentials.session(user))?.ended === true
    },
    async ask(user, question) {
      for (let tries = 0; ; tries++) {
        const token = await access(user)
        if (!token.ok) return token
        const reply = await question(token.value)
        if (reply.ok || reply.problem !== 'token' || tries > 0) return reply
        stale.add(token.value)
      }
    },
  }
}
