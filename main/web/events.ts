/** Server-sent events: what changed in the core, for every page that listens. */
import type { ServerResponse } from 'node:http'
import { securityHeaders } from '../bridge/content-policy.ts'

/** Proxies and sleeping laptops drop silent connections. */
const HEARTBEAT_MS = 20_000

export interface EventStreams {
  open(response: ServerResponse): void
  send(event: unknown): void
  close(): void
}

export function eventStreams(): EventStreams {
  const streams = new Set<ServerResponse>()
  const write = (text: string): void => {
    for (const stream of streams) stream.write(text)
  }
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
  heartbeat.unref()
  return {
    open(response) {
      response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
      response.write('retry: 1000\n\n')
      streams.add(response)
      response.on('close', () => streams.delete(response))
    },
    send(event) {
      write(`data: ${JSON.stringify(event)}\n\n`)
    },
    close() {
      clearInterval(heartbeat)
      for (const stream of streams) stream.end()
    },
  }
}
