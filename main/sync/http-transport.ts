/** The exchange of one organization with its server over HTTP: requests of shared/sync/wire.ts, answers checked against it. */
import { z } from 'zod'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Reply, Transport } from '../../shared/sync/contracts.ts'
import { PullPage, PullRefusal, PushAnswer, SecurityAnswer, VerifyAnswer, type PushRequest } from '../../shared/sync/wire.ts'
import { pack, problem, type Http, type Packed, type Problem } from './http.ts'
import type { Sessions } from './sessions.ts'

const Pulled = z.union([PullPage, PullRefusal])
const Reoffered = z.object({ taken: z.int(), mode: z.enum(['open', 'recovery']) })

export function createTransport(org: Id, http: Http, sessions: Sessions): Required<Transport> {
  const path = (rest: string): string => `/api/v1/orgs/${org}/sync/${rest}`
  interface Made {
    tokens: ReadonlyMap<Id, string>
    caller: string
    body: Packed
  }
  async function make(request: PushRequest): Promise<{ ok: true; value: Made } | Problem> {
    const tokens = new Map<Id, string>()
    for (const issuer of new Set(request.commands.map((one) => one.issuer))) {
      const token = await sessions.access(issuer)
      // Whose token is refused waits; nobody else does. Without any there is nothing to ask with.
      if (token.ok) tokens.set(issuer, token.value)
      else if (token.problem !== 'token') return token
    }
    const [caller] = tokens.values()
    return caller === undefined ? problem('token') : { ok: true, value: { tokens, caller, body: await pack({ ...request, tokens: Object.fromEntries(tokens) }) } }
  }
  /** One try, and whose token the server refused: those are stale from now on. */
  async function tryPush(request: PushRequest, { tokens, caller, body }: Made): Promise<{ reply: Reply<PushAnswer>; refused: Id[] }> {
    const reply = await http.json({ method: 'POST', path: path('push'), token: caller, key: request.batch_id, packed: body }, PushAnswer)
    const left = new Set(reply.ok ? reply.value.left.filter(({ why }) => why === 'token').map(({ id }) => id) : [])
    const refused = [...tokens.keys()].filter((user) => (reply.ok ? request.commands.some(({ issuer, command }) => issuer === user && left.has(command.id)) : reply.problem === 'token'))
    for (const user of refused) sessions.stale(user, tokens.get(user) ?? '')
    return { reply, refused }
  }
  async function ready(request: PushRequest): Promise<() => Promise<Reply<PushAnswer>>> {
    const made = await make(request)
    return async () => {
      if (!made.ok) return made
      const { reply, refused } = await tryPush(request, made.value)
      // As with every other question, a token that grew old unnoticed (a computer that slept) is renewed once. What was taken is known already.
      for (const user of refused) {
        if (!(await sessions.access(user)).ok) continue
        const anew = await make(request)
        return anew.ok ? (await tryPush(request, anew.value)).reply : anew
      }
      return reply
    }
  }
  return {
    ready,
    push: async (request) => (await ready(request))(),
    async security(request, as) {
      const tokens: Record<string, string> = {}
      for (const { issuer } of request.events) {
        if (issuer === null || issuer === as || tokens[issuer] !== undefined) continue
        const token = await sessions.access(issuer)
        if (token.ok) tokens[issuer] = token.value
      }
      const reply = await sessions.ask(as, (token) => http.json({ method: 'POST', path: path('security'), token, body: { ...request, tokens: { ...tokens, [as]: token } } }, SecurityAnswer))
      const refused = new Set(reply.ok ? reply.value.left.filter(({ why }) => why === 'token').map(({ id }) => id) : [])
      for (const { issuer, id } of request.events) if (issuer !== null && refused.has(id) && tokens[issuer]) sessions.stale(issuer, tokens[issuer])
      return reply
    },
    pull: (request, as) => sessions.ask(as, (token) => http.json({ method: 'POST', path: path('pull'), token, body: request }, Pulled)),
    snapshot: (as, entity) => sessions.ask(as, (token) => http.lines({ method: 'GET', path: path(`snapshot${entity === undefined ? '' : `?entity=${encodeURIComponent(entity)}`}`), token })),
    verify: (request, as) => sessions.ask(as, (token) => http.json({ method: 'POST', path: path('verify'), token, body: request }, VerifyAnswer)),
    reoffer: (request, as) => sessions.ask(as, (token) => http.json({ method: 'POST', path: path('reoffer'), token, body: request }, Reoffered)),
  }
}

/**
 * Listens until the connection ends: `news` for each event, also for the one that says the stream stands. Answers why it ended; a
 * heartbeat is expected within `idleMs`.
 */
export async function listen(org: Id, http: Http, sessions: Sessions, as: Id, signal: AbortSignal, news: () => void, idleMs = 60_000): Promise<'ended' | 'token' | 'revoked' | 'offline'> {
  const opened = await sessions.ask(as, (token) => http.lines({ method: 'GET', path: `/api/v1/orgs/${org}/sync/events`, token, headers: { accept: 'text/event-stream' }, idleMs, signal }))
  if (!opened.ok) return opened.problem === 'token' || opened.problem === 'revoked' ? opened.problem : 'offline'
  news()
  for await (const line of opened.value) if (line.startsWith('data:')) news()
  return 'ended'
}
