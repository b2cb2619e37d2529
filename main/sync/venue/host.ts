/** Serving the others on the local network: a listener on the one address that was chosen, open until it is closed or the app ends. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isIPv6, type AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import type { VenueServing, VenueState } from '../../../shared/domain/sync/states.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { openGuard } from './guard.ts'
import { HERE_MS, openHostLines } from './host-lines.ts'
import { Hello, MESSAGE_BYTES, type HelloAnswer } from './messages.ts'
import type { VenueParts } from './parts.ts'
import { codeOf, drawLineKey, isProof, openLine, sealHostKey, secretOfCode } from './sealed-line.ts'
import type { z } from 'zod'

const HELLO_BYTES = 4 * 1024
const CONNECTIONS = 256
const LINE = /^\/venue\/v1\/line\/([0-9a-f]{32})$/

export interface VenueHost {
  serving(): VenueServing
  state(): VenueState
  /** False: nobody of that id waits to be let in. */
  admit(id: string): boolean
  close(): Promise<void>
}

export const venueUrl = (address: string, port: number): string => `http://${isIPv6(address) ? `[${address}]` : address}:${port}`

async function bodyOf(request: IncomingMessage, most: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return null
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    size += bytes.length
    if (size > most) return null
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}
function end(response: ServerResponse, status: number, body: Buffer | null = null, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-length': String(body?.length ?? 0), ...(status === 413 ? { connection: 'close' } : {}), ...headers })
  response.end(body ?? undefined)
}
const later = (response: ServerResponse, ms: number): void => end(response, 429, null, { 'retry-after': String(Math.ceil(ms / 1000)) })

/** Rejects with the system's error when the address or the port cannot be had. */
export async function openVenueHost(parts: VenueParts, { address, port }: { address: string; port: number }, clock: () => number = () => performance.now()): Promise<VenueHost> {
  const { org, journal } = parts
  const own = drawLineKey()
  const code = codeOf(own.publicBytes)
  const secret = secretOfCode(code)
  const guard = openGuard(clock)
  const lines = openHostLines(parts, clock)
  const since: Instant = parts.now()

  function hello(from: string, bytes: Buffer, response: ServerResponse): void {
    const wait = guard.mayTry(from)
    if (wait > 0) return later(response, wait)
    const read = Hello.safeParse(parsed(bytes))
    if (!read.success) return end(response, 400)
    const [guestKey, salt] = [Buffer.from(read.data.key, 'base64'), Buffer.from(read.data.salt, 'base64')]
    if (salt.length < 16 || !isProof(Buffer.from(read.data.proof, 'base64'), secret, guestKey, salt)) {
      guard.wrong(from)
      journal.write('warn', 'venue.wrong_code', { org, address: from })
      return end(response, 403)
    }
    guard.right(from)
    const full = Buffer.concat([salt, randomBytes(16)])
    let line
    try {
      line = lines.begin(openLine('host', own, guestKey, secret, full))
    } catch {
      return end(response, 400)
    }
    if (line === null) return later(response, 30_000)
    const answer: z.infer<typeof HelloAnswer> = { line, key: Buffer.concat([full, sealHostKey(secret, own.publicBytes, guestKey)]).toString('base64') }
    end(response, 200, Buffer.from(JSON.stringify(answer)), { 'content-type': 'application/json' })
  }
  async function message(id: string, bytes: Buffer, response: ServerResponse): Promise<void> {
    if (bytes.length < 8) return end(response, 400)
    const counter = Number(bytes.readBigUInt64BE(0))
    if (!Number.isSafeInteger(counter)) return end(response, 400)
    const answer = await lines.answer(id, counter, bytes.subarray(8))
    if (Buffer.isBuffer(answer)) return end(response, 200, answer, { 'content-type': 'application/octet-stream' })
    end(response, answer === 'unknown' ? 404 : answer === 'replayed' ? 409 : 403)
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = request.socket.remoteAddress ?? ''
    const wait = guard.request(from)
    if (wait > 0) return later(response, wait)
    // Nothing a page of a browser may send without asking first.
    const type = request.headers['content-type'] ?? ''
    const [, id] = LINE.exec(request.url ?? '') ?? []
    const isHello = request.url === '/venue/v1/hello' && type === 'application/json'
    if (request.method !== 'POST' || (!isHello && (id === undefined || type !== 'application/octet-stream'))) return end(response, 404)
    const bytes = await bodyOf(request, isHello ? HELLO_BYTES : MESSAGE_BYTES)
    if (bytes === null) {
      journal.write('warn', 'venue.refused', { org, why: 'too_large', address: from })
      return end(response, 413)
    }
    if (isHello) hello(from, bytes, response)
    else if (id !== undefined) await message(id, bytes, response)
  }

  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      journal.write('error', 'venue.failed', { org, why: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      if (response.headersSent) response.destroy()
      else end(response, 503)
    })
  })
  server.maxConnections = CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', (error) => journal.write('error', 'venue.failed', { org, why: error.message }))
  const bound = (server.address() as AddressInfo).port
  const url = venueUrl(address, bound)
  journal.write('info', 'venue.opened', { org, by: parts.person.user_id, address, port: bound })
  const serving = (): VenueServing => ({ code, url, address, port: bound, peers: lines.peers() })
  return {
    serving,
    state() {
      const shown = serving()
      const here = shown.peers.filter(({ admitted, last_seen_at }) => admitted && Date.parse(parts.now()) - Date.parse(last_seen_at) < HERE_MS)
      return { role: 'host', name: `${parts.person.name} (${parts.device.name})`, peers: here.length, since, trouble: null, serving: shown }
    },
    admit: (id) => lines.admit(id),
    async close() {
      journal.write('info', 'venue.closed', { org })
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
