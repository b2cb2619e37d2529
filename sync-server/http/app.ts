/** The server's addresses as one application: each call is admitted, counted, read, answered once, and noted; whatever fails is one envelope. */
import { randomUUID } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { detail, refuse, describeError } from '../../shared/domain/errors.ts'
import { canonicalJson, hmacSha256 } from '../../shared/kernel/hashing.ts'
import { toMs } from '../../shared/kernel/instants.ts'
import { Refusal } from '../../shared/kernel/result.ts'
import { VERSION_HEADER } from '../../shared/sync/server-wire.ts'
import { PROTOCOL } from '../../shared/sync/wire.ts'
import { failurePage, languageAsked } from '../answers/answering-pages.ts'
import { answerHandlers } from '../answers/routes.ts'
import { sheetLinkHandlers } from '../answers/sheet-routes.ts'
import { networkOf } from '../log/log.ts'
import { admit, type Admitted } from './admission.ts'
import { jsonAnswer } from './answers.ts'
import type { Asked, Bindings, Server } from './asked.ts'
import { authHandlers } from './auth-handlers.ts'
import { blobHandlers } from './blob-handlers.ts'
import { readJson } from './body.ts'
import { consoleHandlers } from './console-handlers.ts'
import { declared, type Declared, type EndpointName } from './declared.ts'
import { envelope, failureOf, statusOf } from './envelope.ts'
import { isKey } from './idempotency.ts'
import { organizationHandlers } from './organization-handlers.ts'
import { probeHandlers } from './probe-handlers.ts'
import { syncHandlers } from './sync-handlers.ts'
import { givingHandlers } from '../answers/giving.ts'
import { vaultHandlers } from './vault-handlers.ts'

/** The one before is served too. */
export const OLDEST_PROTOCOL = Math.max(1, PROTOCOL - 1)
/** What a write is refused with that nothing but the storage is to blame for. */
const UNWRITTEN: ReadonlySet<string> = new Set(['server.storage_full', 'storage.failed', 'storage.read_only'])
const GIVEN_ID = /^[\w.:-]{1,128}$/

const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY',
}

/** `/api/v1/orgs/{org}` as the router writes it. */
const routeOf = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

/** One that a proxy in front put last is the one it saw; what stands before it, anybody may have written. */
function addressOf(c: Context<Bindings>, trustProxy: boolean): string {
  const seen = c.env.incoming.socket.remoteAddress ?? ''
  if (!trustProxy) return seen
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || seen
}

const Protocol = z.looseObject({ protocol: z.int() })
function checkProtocol(body: unknown): void {
  const { data } = Protocol.safeParse(body)
  if (!data) return
  if (data.protocol < OLDEST_PROTOCOL) throw refuse('sync.app_older', detail('protocol', 'too_old', String(OLDEST_PROTOCOL), String(data.protocol)))
  if (data.protocol > PROTOCOL) throw refuse('sync.server_older', detail('protocol', 'too_new', String(PROTOCOL), String(data.protocol)))
}

function parse(shape: z.ZodType, given: unknown): unknown {
  const parsed = shape.safeParse(given)
  if (parsed.success) return parsed.data
  throw refuse('validation.invalid', ...parsed.error.issues.slice(0, 20).map(({ path, code, message }) => detail(path.join('.') || null, code, message.slice(0, 200))))
}

export function createApp(server: Server): Hono<Bindings> {
  const { settings, metrics, log } = server
  const handlers = { ...authHandlers(server), ...organizationHandlers(server), ...syncHandlers(server), ...blobHandlers(server), ...consoleHandlers(server), ...vaultHandlers(server), ...givingHandlers(server), ...answerHandlers(server), ...sheetLinkHandlers(server), ...probeHandlers(server) }
  const app = new Hono<Bindings>()

  /** A refused call says when to come again; any counted call how much is left. */
  async function count(one: Declared, { caller, place }: Admitted, address: string, headers: Headers, nowMs: number): Promise<void> {
    if (one.limit === null) return
    const verdict = await server.limits.count(one.limit, {
      address, ...(caller ? { user: caller.holder.user_id, token: caller.holder.family } : {}), ...(place ? { organization: place.org } : {}),
    }, nowMs)
    headers.set('ratelimit-limit', String(verdict.limit))
    headers.set('ratelimit-remaining', String(verdict.remaining))
    headers.set('ratelimit-reset', String(verdict.reset_s))
    headers.set('ratelimit-policy', `${verdict.limit};w=60`)
    if (verdict.allowed) return
    headers.set('retry-after', String(verdict.reset_s))
    metrics.count('callboard_limited_total', { class: one.limit, subject: verdict.subject ?? '' })
    throw refuse('throttling.limited', detail(null, 'limit', `${verdict.limit} a minute`, verdict.subject))
  }

  async function bodyOf(one: Declared, request: Request): Promise<unknown> {
    if (one.most === undefined) return undefined
    const given = await readJson(request, one.most, settings)
    if (one.protocol) checkProtocol(given)
    // No name or code has one, and PostgreSQL holds none.
    else if (JSON.stringify(given).includes('\\u0000')) throw refuse('validation.invalid', detail(null, 'nul'))
    return one.isBody?.(given) ? given : parse(one.body, given)
  }

  function keyOf(one: Declared, c: Context<Bindings>): string | null {
    if (one.method === 'get') return null
    const key = c.req.header('idempotency-key')
    if (key === undefined) {
      if (one.idempotency === 'required') throw refuse('idempotency.key_required')
      return null
    }
    if (!isKey(key)) throw refuse('validation.invalid', detail('Idempotency-Key', 'ascii', '1 to 128 ASCII characters'))
    return one.idempotency === undefined ? null : key
  }

  async function answer(name: EndpointName, c: Context<Bindings>, headers: Headers, ids: { request_id: string; correlation_id: string }, note: (admitted: Admitted) => void): Promise<Response> {
    const one: Declared = declared[name]
    if (server.isStopping() && one.limit !== null) throw refuse('server.stopping')
    const now = server.now()
    const address = addressOf(c, settings.trust_proxy)
    const admitted = await admit(server, one, { authorization: c.req.header('authorization'), org: c.req.param('org'), now }).catch(async (error: unknown) => {
      // Wrong tokens are counted too, for the address: each costs a look-up.
      if (error instanceof Refusal && error.failure.code === 'auth.token') await count({ ...one, limit: 'read' }, { caller: null, place: null }, address, headers, toMs(now))
      throw error
    })
    note(admitted)
    await count(one, admitted, address, headers, toMs(now))
    const key = keyOf(one, c)
    const body = await bodyOf(one, c.req.raw)
    const query = one.query ? (parse(one.query, c.req.query()) as Record<string, unknown>) : {}
    if (query['protocol'] !== undefined) checkProtocol(query)
    const { caller, place } = admitted
    const asked: Asked<never> = {
      c, body: body as never, ...ids, address, now, query,
      param: (which) => c.req.param(which) ?? '',
      caller: () => caller ?? missing(),
      place: () => place ?? missing(),
      account: async () => (await server.accounts.byId((caller ?? missing()).holder.user_id)) ?? missing(),
    }
    const run = handlers[name] as (asked: Asked<never>) => Promise<unknown>
    if (key !== null) {
      const payload = canonicalJson(body ?? null)
      // Of nobody signed in, what they say (a code, a token) is who they are.
      const who = `${name} ${caller?.holder.user_id ?? hmacSha256(key, payload).toString('hex')} ${place?.org ?? ''}`
      const { kept, replayed } = await server.idempotency.once(key, who, payload, now, one.idempotency === 'repeatable', async () => ({ status: one.status ?? 200, body: JSON.stringify(await run(asked)) }))
      if (replayed) headers.set('idempotency-replayed', 'true')
      return jsonAnswer(c.req.raw, kept.body, kept.status, headers)
    }
    const value = await run(asked)
    if (value instanceof Response) {
      for (const [header, content] of headers) if (!value.headers.has(header)) value.headers.set(header, content)
      return value
    }
    return jsonAnswer(c.req.raw, JSON.stringify(value), one.status ?? 200, headers)
  }

  /** Frame around every call, known address or not. */
  async function framed(c: Context<Bindings>, route: string, work: (headers: Headers, ids: { request_id: string; correlation_id: string }, note: (admitted: Admitted) => void) => Promise<Response>, asPage = false): Promise<Response> {
    const began = performance.now()
    const given = (header: string): string | null => {
      const text = c.req.header(header)
      return text !== undefined && GIVEN_ID.test(text) ? text : null
    }
    const request_id = given('x-request-id') ?? randomUUID()
    const ids = { request_id, correlation_id: given('x-correlation-id') ?? request_id }
    const headers = new Headers(securityHeaders)
    headers.set('x-request-id', ids.request_id)
    headers.set('x-correlation-id', ids.correlation_id)
    headers.set(VERSION_HEADER, server.version)
    if (settings.tls || settings.public_url?.startsWith('https:')) headers.set('strict-transport-security', 'max-age=31536000')
    let admitted: Admitted = { caller: null, place: null }
    let code: string | null = null
    let response: Response
    try {
      response = await work(headers, ids, (found) => {
        admitted = found
      })
    } catch (error) {
      const { failure, known } = failureOf(error)
      code = failure.code
      if (!known) log.unexpected(error, { ...ids, route })
      metrics.count('callboard_refused_total', { code })
      if (UNWRITTEN.has(code)) server.room.refused()
      const busy = statusOf(code) === 503 ? '5' : null
      if (busy && !headers.has('retry-after')) headers.set('retry-after', busy)
      const retry = failure.details.find(({ issue }) => issue === 'retry_at')?.found
      if (retry && !headers.has('retry-after')) headers.set('retry-after', String(Math.max(1, Math.ceil((Date.parse(retry) - toMs(server.now())) / 1000))))
      // What was not read to its end cannot be skipped: the connection is not used again.
      if (code === 'throttling.too_slow' || code === 'throttling.too_large' || (c.req.method === 'PUT' && !c.env.incoming.complete)) headers.set('connection', 'close')
      response = asPage
        ? failurePage(statusOf(code), languageAsked(c.req.query('lang'), c.req.header('accept-language')), headers)
        : await jsonAnswer(c.req.raw, JSON.stringify(envelope(failure, ids.request_id, server.now())), statusOf(code), headers)
    }
    // Asked for its head alone: a stream behind it is not begun.
    if (c.req.method === 'HEAD' && response.body) {
      await response.body.cancel()
      response = new Response(null, response)
    }
    const seconds = (performance.now() - began) / 1000
    metrics.count('callboard_http_requests_total', { route, method: c.req.method, status: String(response.status) })
    metrics.observe('callboard_http_request_seconds', seconds, { route })
    const { caller, place } = admitted
    log.write(response.status >= 500 ? 'warn' : route.startsWith('/health') || route === '/metrics' ? 'debug' : 'info', 'request', {
      ...ids, method: c.req.method, route, status: response.status, code, ms: Math.round(seconds * 1000), user: caller?.holder.user_id, device: caller?.holder.device, org: place?.org, network: networkOf(addressOf(c, settings.trust_proxy)),
    })
    return response
  }

  const names = Object.keys(declared) as EndpointName[]
  for (const name of names) {
    const { method, path, page }: Declared = declared[name]
    app.on(method.toUpperCase(), routeOf(path), (c) => framed(c, path, (headers, ids, note) => answer(name, c, headers, ids, note), page))
  }
  // The same addresses asked in another way.
  for (const path of new Set(names.map((name) => declared[name].path))) {
    const methods = names.filter((name) => declared[name].path === path).map((name) => declared[name].method.toUpperCase())
    app.all(routeOf(path), (c) => framed(c, path, async (headers) => {
      headers.set('allow', methods.join(', '))
      const { failure } = refuse('validation.invalid', detail(null, 'method', methods.join(', '), c.req.method))
      return jsonAnswer(c.req.raw, JSON.stringify(envelope(failure, headers.get('x-request-id') ?? '', server.now())), 405, headers)
    }))
  }
  const nowhere = (): Promise<never> => Promise.reject(new Refusal({ code: 'address.not_found', message: describeError('address.not_found').en, details: [] }))
  // A link with something after it, as programs that show mail make them.
  for (const path of ['/a', '/s']) app.all(`${path}/*`, (c) => framed(c, `${path}/{token}`, nowhere, true))
  app.notFound((c) => framed(c, 'unknown', nowhere))
  return app
}

function missing(): never {
  throw new Error('this address was declared for anybody, and its handler asks who')
}
