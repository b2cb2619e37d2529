/**
 * HTTP as a device on a bad network needs it: every answer is checked to be one of a Callboard server (a captive portal's page is none),
 * everything ends after a time without a byte, and what is long is read and sent in pieces, never held whole.
 */
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { z } from 'zod'
import type { Reply } from '../../shared/sync/contracts.ts'
import { VERSION_HEADER } from '../../shared/sync/server-wire.ts'

export type Problem = Extract<Reply<never>, { ok: false }>

export interface HttpOptions {
  /** `https://server.example`, without a path at its end. */
  url: string
  app_version: string
  /** Aborts everything under way. */
  signal?: AbortSignal
  /** Told the version that an answer bears. */
  heard?(version: string): void
  /** Milliseconds without the head of an answer, and without a byte of its body. */
  headMs?: number
  idleMs?: number
}
export interface Ask {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  /** Begins with `/`. */
  path: string
  token?: string | undefined
  /** Sent as JSON (`pack`). */
  body?: unknown
  /** The same, made ready before. */
  packed?: Packed
  /** Sent as it comes, a part after the other. */
  stream?: AsyncIterable<Uint8Array>
  bytes?: Uint8Array
  headers?: Readonly<Record<string, string>>
  /** The same for the same intention: a repeated request is then done once. Left out: a new one. */
  key?: string
  headMs?: number
  idleMs?: number
  signal?: AbortSignal
}
/** A body as it is sent. */
export interface Packed {
  bytes: Uint8Array<ArrayBuffer>
  headers: Readonly<Record<string, string>>
}
export interface Http {
  readonly url: string
  /** An answer of this shape; null where the server says 204. */
  json<T>(ask: Ask, shape: z.ZodType<T>): Promise<Reply<T>>
  /** Lines of NDJSON. They simply end where the connection does: what was sent whole says so in its last line. */
  lines(ask: Ask): Promise<Reply<AsyncIterable<string>>>
  /** Any answer with its body unread, when its status is one of those. */
  raw(ask: Ask, statuses: readonly number[]): Promise<Reply<RawAnswer>>
}
export interface RawAnswer {
  status: number
  header(name: string): string | null
  body(): AsyncIterable<Uint8Array>
  drop(): Promise<void>
}

const HEAD_MS = 20_000
const IDLE_MS = 20_000
const LONGEST_JSON = 48 * 1024 * 1024
const LONGEST_LINE = 48 * 1024 * 1024
const WORTH_ZIPPING = 1_400
const VERSION = /^[\w.+-]{1,40}$/
const zipped = promisify(gzip)

const Envelope = z.object({ error: z.object({ code: z.string(), message: z.string().optional() }) })

/** Said to who was a member and is none any more; who never was hears that there is no such organization. */
export const MEMBERSHIP_ENDED = 'auth.membership_ended'

/** What the server's own codes mean for the exchange; every other one is a refusal. */
const meanings: Readonly<Record<string, Problem['problem'] | undefined>> = {
  'auth.token': 'token', 'auth.required': 'token', 'auth.session_ended': 'token',
  'auth.device_revoked': 'revoked',
  'sync.app_older': 'app_older', 'sync.server_older': 'server_older',
  'server.storage_full': 'server_full',
  'server.stopping': 'busy', 'throttling.limited': 'busy', 'idempotency.in_progress': 'busy', 'storage.unavailable': 'busy',
}

export const problem = (kind: Problem['problem'], code: string | null = null, retry_after_ms: number | null = null): Problem => ({ ok: false, problem: kind, code, retry_after_ms })

/** `Retry-After` in ms, from seconds or a date; at most an hour, for a clock that is wrong must not silence a device. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, 3_600_000) : null
}

function problemOf(status: number, code: string | null, retry: number | null): Problem {
  const meant = code === null ? undefined : meanings[code]
  if (meant) return problem(meant, code, retry)
  if (status === 429 || status === 502 || status === 503 || status === 504) return problem('busy', code, retry)
  // Without an envelope it is not the server that speaks: a portal, a proxy, another program at this address.
  if (code === null) return problem('offline', status >= 500 ? 'http.failed' : 'http.not_a_server', retry)
  if (status === 401) return problem('token', code, retry)
  return problem(status >= 500 ? 'server' : 'refused', code, retry)
}

export function createHttp(options: HttpOptions): Http {
  const base = options.url.replace(/\/+$/, '')

  async function open(ask: Ask): Promise<Reply<RawAnswer & { type: string }>> {
    const abort = new AbortController()
    const stop = (): void => abort.abort()
    const outer = [options.signal, ask.signal].filter((signal) => signal !== undefined)
    if (outer.some(({ aborted }) => aborted)) return problem('offline', 'http.stopped')
    for (const signal of outer) signal.addEventListener('abort', stop, { once: true })
    let timer = setTimeout(stop, ask.headMs ?? options.headMs ?? HEAD_MS)
    const rearm = (ms: number): void => {
      clearTimeout(timer)
      timer = setTimeout(stop, ms)
    }
    const over = (): void => {
      clearTimeout(timer)
      for (const signal of outer) signal.removeEventListener('abort', stop)
    }
    const headers: Record<string, string> = {
      accept: 'application/json', 'user-agent': `callboard/${options.app_version}`, 'x-request-id': randomUUID(), ...ask.headers,
      ...(ask.token === undefined ? {} : { authorization: `Bearer ${ask.token}` }),
      ...(ask.method === 'GET' || ask.method === 'HEAD' ? {} : { 'idempotency-key': ask.key ?? randomUUID() }),
    }
    try {
      const sent = await bodyOf(ask, headers, () => rearm(ask.headMs ?? options.headMs ?? HEAD_MS))
      const response = await fetch(`${base}${ask.path}`, {
        method: ask.method, headers, signal: abort.signal, redirect: 'manual', ...(sent === null ? {} : { body: sent, ...(sent instanceof ReadableStream ? { duplex: 'half' as const } : {}) }),
      })
      const idle = ask.idleMs ?? options.idleMs ?? IDLE_MS
      rearm(idle)
      const version = response.headers.get(VERSION_HEADER)
      if (version !== null && VERSION.test(version)) options.heard?.(version)
      return {
        ok: true,
        value: {
          status: response.status,
          type: (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
          header: (name) => response.headers.get(name),
          async *body() {
            const reader = response.body?.getReader()
            try {
              for (;;) {
                const part = reader ? await reader.read() : { done: true as const, value: undefined }
                if (part.done) return
                rearm(idle)
                yield part.value
                // The time a reader takes for a part is not the network's.
                rearm(idle)
              }
            } finally {
              over()
              await reader?.cancel().catch(() => undefined)
            }
          },
          async drop() {
            over()
            await response.body?.cancel().catch(() => undefined)
          },
        },
      }
    } catch (error) {
      over()
      return problem('offline', codeOf(error))
    }
  }

  async function text(answer: RawAnswer): Promise<string | null> {
    const parts: Uint8Array[] = []
    let size = 0
    try {
      for await (const part of answer.body()) {
        size += part.byteLength
        if (size > LONGEST_JSON) return null
        parts.push(part)
      }
    } catch {
      return null
    }
    return Buffer.concat(parts).toString('utf8')
  }
  async function refusalOf(answer: RawAnswer & { type: string }): Promise<Problem> {
    const retry = retryAfterMs(answer.header('retry-after'), Date.now())
    if (answer.type !== 'application/json') {
      await answer.drop()
      return problemOf(answer.status, null, retry)
    }
    const read = Envelope.safeParse(parsed(await text(answer)))
    return problemOf(answer.status, read.success ? read.data.error.code : null, retry)
  }

  return {
    url: base,
    async json<T>(ask: Ask, shape: z.ZodType<T>): Promise<Reply<T>> {
      const opened = await open(ask)
      if (!opened.ok) return opened
      const answer = opened.value
      if (answer.status < 200 || answer.status >= 300) return refusalOf(answer)
      if (answer.status !== 204 && answer.type !== 'application/json') {
        await answer.drop()
        return problem('offline', 'http.not_a_server')
      }
      const body = answer.status === 204 ? null : await text(answer)
      if (answer.status === 204) await answer.drop()
      if (body === null && answer.status !== 204) return problem('offline', 'http.cut')
      const content = body === null ? {} : parsed(body)
      if (content === undefined) return problem('offline', 'http.cut')
      const read = shape.safeParse(content)
      return read.success ? { ok: true, value: read.data } : problem('server', 'http.not_an_answer')
    },
    async lines(ask) {
      const opened = await open({ ...ask, headers: { accept: 'application/x-ndjson', ...ask.headers } })
      if (!opened.ok) return opened
      const answer = opened.value
      if (answer.status !== 200) return refusalOf(answer)
      if (answer.type !== 'application/x-ndjson' && answer.type !== 'text/event-stream') {
        await answer.drop()
        return problem('offline', 'http.not_a_server')
      }
      return { ok: true, value: linesOf(answer.body()) }
    },
    async raw(ask, statuses) {
      const opened = await open(ask)
      if (!opened.ok) return opened
      return statuses.includes(opened.value.status) ? { ok: true, value: opened.value } : refusalOf(opened.value)
    },
  }
}

async function bodyOf(ask: Ask, headers: Record<string, string>, moved: () => void): Promise<Uint8Array<ArrayBuffer> | ReadableStream | null> {
  if (ask.bytes) {
    headers['content-type'] ??= 'application/octet-stream'
    return Uint8Array.from(ask.bytes)
  }
  if (ask.stream) {
    headers['content-type'] ??= 'application/x-ndjson'
    const parts = ask.stream[Symbol.asyncIterator]()
    return new ReadableStream({
      async pull(controller) {
        const part = await parts.next()
        moved()
        if (part.done) controller.close()
        else controller.enqueue(part.value)
      },
      async cancel() {
        await parts.return?.()
      },
    })
  }
  const { packed = ask.body === undefined ? null : await pack(ask.body) } = ask
  if (packed === null) return null
  Object.assign(headers, packed.headers)
  return packed.bytes
}

/** JSON, compressed when that is worth it. */
export async function pack(body: unknown): Promise<Packed> {
  const plain = Buffer.from(JSON.stringify(body))
  const headers = { 'content-type': 'application/json' }
  if (plain.byteLength < WORTH_ZIPPING) return { bytes: Uint8Array.from(plain), headers }
  return { bytes: Uint8Array.from(await zipped(plain)), headers: { ...headers, 'content-encoding': 'gzip' } }
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const part of body) {
      rest += decoder.decode(part, { stream: true })
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LONGEST_LINE) return
      yield* lines
    }
  } catch {
    // Cut: the lines end without the last one.
    return
  }
  if (rest !== '') yield rest
}

/** undefined: no JSON. */
function parsed(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** `ECONNREFUSED`, `ENOTFOUND`, a certificate's code: what a person who looks for the cause can use. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : cause instanceof Error && cause.name === 'AbortError' ? 'http.timeout' : 'http.unreachable'
}
