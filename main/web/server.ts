/** The loopback web host: the built renderer and the API, for one browser on this computer. */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findAsset } from '../bridge/assets.ts'
import type { CoreClient } from '../host/core-client.ts'
import { answerAsset, answerRefusal } from './answers.ts'
import { answerApi, type Api } from './api.ts'
import { eventStreams } from './events.ts'
import { refuseForeign, refuseWithoutToken, type Guard } from './guard.ts'

export interface WebHostOptions {
  core: CoreClient
  /** Folder of the built renderer. */
  renderer: string
  /** 0 takes any free port. */
  port: number
  client: string
  bound: boolean
}

export interface WebHost {
  /** `http://127.0.0.1:PORT/` */
  url: string
  /** Sent by pages and scripts as `Authorization: Bearer TOKEN`; another one at each run. */
  token: string
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const TOKEN_BYTES = 32
/** Completes the address of a request, which carries no host. */
const NO_HOST = 'http://callboard.invalid'

/** Listens on 127.0.0.1 only. Rejects with the system's error when the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const events = eventStreams()
  const api: Api = { core: options.core, client: options.client, bound: options.bound, events }
  const guard: Guard = { port: options.port, token: randomBytes(TOKEN_BYTES).toString('base64url') }
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response, { api, guard, renderer: options.renderer }).catch((error: unknown) => {
      reportBug(error)
      if (response.headersSent) response.destroy()
      else answerRefusal(response, 'server.unexpected')
    })
  })
  await listen(server, options.port)
  guard.port = portOf(server)
  const stopEvents = options.core.onEvent((event, windows) => {
    if (windows.includes(options.client)) events.send(event)
  })
  return {
    url: `http://${LOOPBACK}:${guard.port}/`,
    token: guard.token,
    close: async () => {
      stopEvents()
      events.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      })
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, host: { api: Api; guard: Guard; renderer: string }): Promise<void> {
  const foreign = refuseForeign(request, host.guard)
  if (foreign) return answerRefusal(response, foreign)
  const address = request.url ?? '/'
  if (!URL.canParse(address, NO_HOST)) return answerRefusal(response, 'address.not_found')
  const path = new URL(address, NO_HOST).pathname
  if (path.startsWith('/api/')) {
    const refusal = refuseWithoutToken(request, host.guard)
    if (refusal) return answerRefusal(response, refusal)
    return answerApi(host.api, path, request, response)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return answerRefusal(response, 'validation.invalid', { status: 405 })
  const asset = await findAsset(host.renderer, path)
  if (!asset) return answerRefusal(response, 'address.not_found')
  answerAsset(request, response, asset)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the web host has no port')
  return address.port
}

function reportBug(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${JSON.stringify({ level: 'error', at: new Date().toISOString(), host: 'web', error: text })}\n`)
}
