/**
 * A line between one device and its server as bad as a line can be: a proxy that hangs up before or after the server heard, sends twice,
 * cuts bodies either way (also so that what is left looks whole), lets others overtake, and gives an old answer again.
 */
import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Weather } from '../link.ts'
import type { Draw } from '../random.ts'

export interface LineOptions {
  /** Ports of the server's processes; whoever is asked, the answer is one server's. */
  ports(): readonly number[]
  weather(): Weather
  draw(): Draw
  count(what: keyof Weather): void
  /** Told each body that a device sends to this address. */
  sent(path: string, body: string): void
}
export interface Line {
  url: string
  close(): Promise<void>
}

interface Answered {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}
interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Longer than a device waits between two steps of a history, so that what is late is overtaken. */
const LATE_MS = 250
/** Until somebody who hears nothing gives up. */
const SILENT_MS = 120

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** Null: nobody answers there, or they died over it. `upTo`: hangs up after so many bytes of the body. */
function forward({ method, path, headers, body }: Asked, port: number, upTo = body.byteLength): Promise<Answered | null> {
  return new Promise((resolve) => {
    const asking = ask({ host: '127.0.0.1', port, method, path, headers: { ...headers, 'content-length': body.byteLength }, agent: false }, (answer) => {
      bodyOf(answer).then((whole) => {
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: whole })
      }, () => {
        resolve(null)
      })
    })
    asking.on('error', () => {
      resolve(null)
    })
    if (upTo >= body.byteLength) {
      asking.end(body)
      return
    }
    asking.write(body.subarray(0, upTo), () => {
      asking.destroy()
      resolve(null)
    })
  })
}

export async function openLine(options: LineOptions): Promise<Line> {
  const kept = new Map<string, Answered>()
  let turn = 0
  const befalls = (what: keyof Weather): boolean => {
    const share = options.weather()[what]
    const hit = share > 0 && options.draw().chance(share)
    if (hit) options.count(what)
    return hit
  }
  /** The processes take turns, so that what one was told is asked of the other. */
  const port = (): number => {
    const ports = options.ports()
    return ports[turn++ % ports.length] ?? 0
  }

  async function hangUp(response: ServerResponse): Promise<void> {
    if (options.draw().chance(0.3)) await wait(SILENT_MS)
    response.destroy()
  }
  function give(response: ServerResponse, { status, headers, body }: Answered): void {
    const { 'transfer-encoding': _chunks, connection: _connection, 'keep-alive': _alive, ...rest } = headers
    response.writeHead(status, { ...rest, 'content-length': body.byteLength })
    response.end(body)
  }
  function giveCut(response: ServerResponse, answered: Answered): void {
    const { status, headers, body } = answered
    const part = body.subarray(0, options.draw().below(body.byteLength))
    // Cut at its source, or by a proxy that did not notice: it ends as whole answers do.
    if (headers['content-encoding'] === undefined && options.draw().chance(0.6)) return give(response, { ...answered, body: part })
    response.writeHead(status, { 'content-type': headers['content-type'], ...(headers['content-encoding'] === undefined ? {} : { 'content-encoding': headers['content-encoding'] }), 'content-length': body.byteLength })
    response.write(part, () => {
      response.destroy()
    })
  }

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming)
    const { host: _host, connection: _connection, 'transfer-encoding': _chunks, ...headers } = incoming.headers
    // Some proxies unpack: what they cut can look whole.
    if (options.draw().chance(0.3)) delete headers['accept-encoding']
    const asked: Asked = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body }
    options.sent(asked.path, headers['content-encoding'] === 'gzip' ? gunzipSync(body).toString('utf8') : body.toString('utf8'))
    const place = `${asked.path} ${headers.authorization ?? ''}`
    const old = kept.get(place)
    if (old && befalls('stale')) return give(response, old)
    if (befalls('lost')) return hangUp(response)
    if (befalls('late')) await wait(20 + options.draw().below(LATE_MS))
    if (body.byteLength > 1 && befalls('cut') && options.draw().chance(0.4)) {
      await forward(asked, port(), options.draw().below(body.byteLength))
      return hangUp(response)
    }
    const answers = befalls('doubled') ? [forward(asked, port()), forward(asked, port())] : [forward(asked, port())]
    const answered = await Promise.race(answers)
    if (!answered) {
      // Nobody there: a proxy says so in a page of its own, or the line is dead.
      if (options.draw().chance(0.5)) return hangUp(response)
      return give(response, { status: 502, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>Bad gateway</h1>') })
    }
    if (befalls('lost')) return hangUp(response)
    if (answered.body.byteLength > 0 && befalls('cut')) return giveCut(response, answered)
    if (answered.status === 200 && asked.path.endsWith('/sync/pull')) kept.set(place, answered)
    give(response, answered)
  }

  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => {
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
