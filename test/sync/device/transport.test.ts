import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { openCredentials, type Credentials } from '../../../main/sync/credentials.ts'
import { createHttp, retryAfterMs, type Http } from '../../../main/sync/http.ts'
import { createTransport, listen } from '../../../main/sync/http-transport.ts'
import { openSessions } from '../../../main/sync/sessions.ts'
import type { SecretStore } from '../../../main/host/secret-store.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { PushRequest } from '../../../shared/sync/wire.ts'

const id = (name: string) => deriveId('transport', name)
const [org, lea, karim] = [id('org'), id('lea'), id('karim')]

interface Received {
  method: string
  path: string
  body: Buffer
  headers: IncomingMessage['headers']
}
type Respond = (request: Received, response: ServerResponse) => void

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(respond: Respond): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', body: Buffer.concat(parts), headers: request.headers }
      received.push(one)
      respond(one, response)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
const refusal = (code: string) => ({ error: { code, message: code, details: [], request_id: 'r', timestamp: '2026-11-23T05:00:00.000Z' } })

function memory(): SecretStore {
  const held = new Map<string, string>()
  return {
    protection: 'file',
    read: (name) => Promise.resolve(held.get(name) ?? null),
    write: (name, secret) => Promise.resolve(void held.set(name, secret)),
    remove: (name) => Promise.resolve(void held.delete(name)),
  }
}
const session = (access: string, refresh: string) => ({ access, refresh, access_expires_at: '2026-11-23T05:15:00.000Z' })

interface Device {
  http: Http
  credentials: Credentials
  transport: ReturnType<typeof createTransport>
  sessions: ReturnType<typeof openSessions>
}
async function deviceAt(url: string, people = [lea], idleMs = 2_000): Promise<Device> {
  const http = createHttp({ url, app_version: 'test', headMs: 2_000, idleMs })
  const credentials = openCredentials(memory(), url)
  for (const user of people) await credentials.keep(user, session(`a-${user}`, `r-${user}`))
  const sessions = openSessions(credentials, http, () => performance.now())
  return { http, credentials, sessions, transport: createTransport(org, http, sessions) }
}
const push = (issuers = [lea]): PushRequest => ({
  protocol: 1, app_version: 'test', batch_id: 'batch-1', epoch: 1, tokens: {}, waiting: 0,
  commands: issuers.map((issuer, n) => ({
    issuer, prev: null,
    command: { id: id(`command ${n}`), name: 'project.create', v: 1, input: { note: 'x'.repeat(2_000) }, record: { rows: [] }, after: [], seed: id(`command ${n}`), issued_at: fromMs(1_795_000_000_000), correlation_id: 'c', group_id: null },
  })),
})
const taken = { epoch: 1, taken: [], left: [], recovering: false }
const verify = { protocol: 1, cursor: { epoch: 1, seq: 1 }, scope: 's', entities: {} }

describe('a device and a server that misbehaves', () => {
  it('takes no page of a captive portal for an answer, neither served nor redirected to', async () => {
    const portal = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<html>Welcome to the hotel</html>')
    })
    expect(await (await deviceAt(portal.url)).transport.push(push())).toMatchObject({ ok: false, problem: 'offline', code: 'http.not_a_server' })
    const redirecting = await serve((_request, response) => {
      response.writeHead(302, { location: `${portal.url}/login` })
      response.end()
    })
    expect(await (await deviceAt(redirecting.url)).transport.push(push())).toMatchObject({ ok: false, problem: 'offline' })
  })
  it('takes JSON of another program for no answer either', async () => {
    const other = await serve((_request, response) => json(response, 200, { hello: 'world' }))
    expect(await (await deviceAt(other.url)).transport.push(push())).toMatchObject({ ok: false, problem: 'server', code: 'http.not_an_answer' })
    const broken = await serve((_request, response) => json(response, 404, 'not found'))
    expect(await (await deviceAt(broken.url)).transport.push(push())).toMatchObject({ ok: false, problem: 'offline', code: 'http.not_a_server' })
  })
  it('drops a body that is cut, and says that there is no network', async () => {
    const cutting = await serve((_request, response) => {
      const text = JSON.stringify(taken)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) })
      response.write(text.slice(0, 10))
      setTimeout(() => response.destroy(), 20)
    })
    expect(await (await deviceAt(cutting.url)).transport.push(push())).toMatchObject({ ok: false, problem: 'offline', code: 'http.cut' })
  })
  it('gives up on one that says nothing more', async () => {
    const silent = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{')
    })
    const before = performance.now()
    expect(await (await deviceAt(silent.url, [lea], 150)).transport.push(push())).toMatchObject({ ok: false, problem: 'offline' })
    expect(performance.now() - before).toBeLessThan(1_500)
  })
  it('is offline where nobody listens', async () => {
    const gone = await serve(() => undefined)
    const server = servers.pop()
    await new Promise((resolve) => server?.close(resolve))
    expect(await (await deviceAt(gone.url)).transport.push(push())).toMatchObject({ ok: false, problem: 'offline', code: 'ECONNREFUSED' })
  })
  it('honours Retry-After in seconds and as a date, with an envelope or without', async () => {
    const busy = await serve((_request, response) => json(response, 503, refusal('server.stopping'), { 'retry-after': '7' }))
    expect(await (await deviceAt(busy.url)).transport.push(push())).toEqual({ ok: false, problem: 'busy', code: 'server.stopping', retry_after_ms: 7_000 })
    const proxy = await serve((_request, response) => {
      response.writeHead(503, { 'content-type': 'text/html', 'retry-after': '3' })
      response.end('<h1>Service Unavailable</h1>')
    })
    expect(await (await deviceAt(proxy.url)).transport.push(push())).toMatchObject({ problem: 'busy', retry_after_ms: 3_000 })
    const at = Date.parse('2026-11-23T05:00:00Z')
    expect(retryAfterMs('Mon, 23 Nov 2026 05:00:09 GMT', at)).toBe(9_000)
    expect(retryAfterMs('Mon, 23 Nov 2027 05:00:09 GMT', at)).toBe(3_600_000)
    expect(retryAfterMs('soon', at)).toBeNull()
  })
  it('says what the server says of versions, revocation and refusals', async () => {
    for (const [status, code, problem] of [[422, 'sync.app_older', 'app_older'], [422, 'sync.server_older', 'server_older'], [403, 'auth.device_revoked', 'revoked'], [403, 'auth.forbidden', 'refused'], [500, 'server.unexpected', 'server'], [429, 'throttling.limited', 'busy']] as const) {
      const server = await serve((_request, response) => json(response, status, refusal(code)))
      expect(await (await deviceAt(server.url)).transport.push(push())).toMatchObject({ ok: false, problem, code })
    }
  })
})

describe('tokens of several people on one computer', () => {
  it('sends each issuer’s own with the batch, compressed, and the same key when it is sent again', async () => {
    const server = await serve((_request, response) => json(response, 200, taken))
    const device = await deviceAt(server.url, [lea, karim])
    await device.transport.push(push([lea, karim]))
    await device.transport.push(push([lea, karim]))
    const [first, again] = server.received
    expect(first?.headers).toMatchObject({ authorization: `Bearer a-${lea}`, 'content-encoding': 'gzip', 'idempotency-key': 'batch-1' })
    expect(again?.headers['idempotency-key']).toBe('batch-1')
    expect(JSON.parse(gunzipSync(first?.body ?? '').toString())).toMatchObject({ tokens: { [lea]: `a-${lea}`, [karim]: `a-${karim}` } })
  })
  it('renews a refused token once, whoever asks at the same time', async () => {
    let refreshes = 0
    const server = await serve((request, response) => {
      if (request.path.endsWith('/auth/refresh')) {
        refreshes++
        return json(response, 200, session('a-new', 'r-new'))
      }
      json(response, request.headers.authorization === 'Bearer a-new' ? 200 : 401, request.headers.authorization === 'Bearer a-new' ? { comparable: true, differing: [] } : refusal('auth.token'))
    })
    const { transport, credentials } = await deviceAt(server.url)
    const replies = await Promise.all([1, 2, 3, 4, 5].map(() => transport.verify(verify, lea)))
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true, true])
    expect(refreshes).toBe(1)
    expect(await credentials.session(lea)).toMatchObject({ access: 'a-new', refresh: 'r-new' })
  })
  it('sends again at once what was refused for a token that had grown old, alone or beside a colleague’s', async () => {
    for (const old of [[lea], [karim], [lea, karim]]) {
      const server = await serve((request, response) => {
        if (request.path.endsWith('/auth/refresh')) {
          const { refresh } = JSON.parse(request.body.toString()) as { refresh: string }
          return json(response, 200, session(`new-${refresh}`, `next-${refresh}`))
        }
        const { tokens } = JSON.parse((request.headers['content-encoding'] === 'gzip' ? gunzipSync(request.body) : request.body).toString()) as PushRequest
        const holds = (token: string | undefined) => token?.startsWith('new-') === true || !old.some((user) => token === `a-${user}`)
        if (!holds(request.headers.authorization?.slice(7))) return json(response, 401, refusal('auth.token'))
        json(response, 200, { ...taken, left: Object.values(tokens).every(holds) ? [] : [{ id: id(`command ${[lea, karim].findIndex((user) => !holds(tokens[user]))}`), why: 'token', on: null }] })
      })
      const { transport } = await deviceAt(server.url, [lea, karim])
      expect(await transport.push(push([lea, karim]))).toMatchObject({ ok: true, value: { left: [] } })
      expect(server.received.filter(({ path }) => path.endsWith('/sync/push'))).toHaveLength(2)
    }
  })
  it('asks for a sign-in when the server renews it no more, and then troubles it no further', async () => {
    const server = await serve((_request, response) => json(response, 401, refusal('auth.token')))
    const { transport, sessions } = await deviceAt(server.url)
    expect(await transport.verify(verify, lea)).toMatchObject({ ok: false, problem: 'token' })
    expect(await sessions.standing(lea)).toBe('refused')
    const before = server.received.length
    expect(await transport.verify(verify, lea)).toMatchObject({ ok: false, problem: 'token' })
    expect(server.received.length).toBe(before)
  })
  it('knows the end of a session from a server that has never heard of it, and says the first once', async () => {
    for (const [code, ends] of [['auth.session_ended', [lea]], ['auth.token', []]] as const) {
      const server = await serve((request, response) => json(response, 401, refusal(request.path.endsWith('/auth/refresh') ? code : 'auth.token')))
      const told: string[] = []
      const { http, credentials } = await deviceAt(server.url)
      const sessions = openSessions(credentials, http, () => performance.now(), (user) => told.push(user))
      const ask = () => createTransport(org, http, sessions).verify(verify, lea)
      expect([await ask(), await ask()]).toMatchObject([{ problem: 'token' }, { problem: 'token' }])
      expect([told, await sessions.ended(lea)]).toEqual([ends, ends.length > 0])
    }
  })
  it('does not take the end of a former session for that of the one that has begun meanwhile', async () => {
    let signInAgain = (): Promise<void> => Promise.resolve()
    const server = await serve((request, response) => {
      const isRefresh = request.path.endsWith('/auth/refresh')
      const answer = (): void => json(response, request.headers.authorization === 'Bearer a-new' ? 200 : 401, request.headers.authorization === 'Bearer a-new' ? { comparable: true, differing: [] } : refusal(isRefresh ? 'auth.session_ended' : 'auth.token'))
      if (isRefresh) void signInAgain().then(answer)
      else answer()
    })
    const { transport, credentials, sessions } = await deviceAt(server.url)
    signInAgain = () => credentials.keep(lea, session('a-new', 'r-new'))
    expect(await transport.verify(verify, lea)).toMatchObject({ ok: true })
    expect([await sessions.standing(lea), await sessions.ended(lea)]).toEqual(['held', false])
  })
  it('keeps a session over an outage that falls on its renewal', async () => {
    const server = await serve((request, response) => (request.path.endsWith('/auth/refresh') ? response.destroy() : json(response, 401, refusal('auth.token'))))
    const { transport, sessions } = await deviceAt(server.url)
    expect(await transport.verify(verify, lea)).toMatchObject({ ok: false, problem: 'offline' })
    expect(await sessions.standing(lea)).toBe('held')
  })
  it('lets a colleague’s refused token hold nobody up', async () => {
    const server = await serve((_request, response) => json(response, 200, taken))
    const { transport, credentials } = await deviceAt(server.url, [lea, karim])
    await credentials.refuse(karim, { refresh: `r-${karim}` }, false)
    await transport.push(push([karim, lea]))
    expect(JSON.parse(gunzipSync(server.received[0]?.body ?? '').toString())).toMatchObject({ tokens: { [lea]: `a-${lea}` } })
  })
})

describe('what is long', () => {
  it('reads a snapshot line by line as it comes, whatever pieces it comes in', async () => {
    const lines = ['{"protocol":1}', `{"row":"${'é'.repeat(5_000)}"}`, '{"trailer":1}']
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      let at = 0
      const next = (): void => {
        response.write(bytes.subarray(at, (at += 777)))
        if (at >= bytes.length) response.end()
        else setImmediate(next)
      }
      next()
    })
    const reply = await (await deviceAt(server.url)).transport.snapshot(lea)
    if (!reply.ok) expect.fail(reply.problem)
    const read: string[] = []
    for await (const line of reply.value) read.push(line)
    expect(read).toEqual(lines)
  })
  it('ends a snapshot that was cut without its last line', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      response.write('{"protocol":1}\n{"ro')
      setTimeout(() => response.destroy(), 20)
    })
    const reply = await (await deviceAt(server.url)).transport.snapshot(lea)
    if (!reply.ok) expect.fail(reply.problem)
    const read: string[] = []
    for await (const line of reply.value) read.push(line)
    expect(read).toEqual(['{"protocol":1}'])
  })
  it('hears each event of the stream, and that it ended', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': here\n\nevent: head\ndata: {"seq":1}\n\ndata: {"seq":2}\n\n')
      setTimeout(() => response.end(), 20)
    })
    const { http, sessions } = await deviceAt(server.url)
    let news = 0
    expect(await listen(org, http, sessions, lea, new AbortController().signal, () => news++)).toBe('ended')
    expect(news).toBe(3)
  })
  it('stops listening when it is told to', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': here\n\n')
    })
    const { http, sessions } = await deviceAt(server.url)
    const stop = new AbortController()
    expect(await listen(org, http, sessions, lea, stop.signal, () => stop.abort())).toBe('ended')
  })
})
