/** The server as one thing that is started and stopped: storage, accounts, limits, addresses, and the socket they are reached by. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server as NetServer, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { fromMs, HOUR, toMs, type Instant } from '../shared/kernel/instants.ts'
import { openAccounts } from './accounts/accounts.ts'
import { openAttempts } from './accounts/attempts.ts'
import { openCodes } from './accounts/codes.ts'
import { openPasswords } from './accounts/passwords.ts'
import { migrateServer } from './accounts/schema.ts'
import { openSessions } from './accounts/sessions.ts'
import { openBlobStore } from './blobs/blob-store.ts'
import { openBlobClearing } from './blobs/clearing.ts'
import { createApp } from './http/app.ts'
import type { Server } from './http/asked.ts'
import { openIdempotency } from './http/idempotency.ts'
import { openStreams } from './http/streams.ts'
import { openLimits } from './limits/limits.ts'
import { openPost, type Post } from './mail/post.ts'
import type { Log } from './log/log.ts'
import { openMetrics } from './metrics/metrics.ts'
import { openOrganizations } from './organizations.ts'
import { openSecret } from './secret.ts'
import type { Settings } from './settings.ts'
import { openStorage } from './storage/open-storage.ts'
import { serverPaths } from './storage/paths.ts'
import { openRoom } from './storage/room.ts'
import { openTimers } from './timers.ts'

export interface RunningServer {
  /** `http://127.0.0.1:8787`, or PUBLIC_URL. */
  url: string
  /** Where it listens. */
  port: number
  /** Of a server nobody administers yet: said once. */
  first_code: string | null
  /** Takes no new call, lets those under way end (at most `stop_seconds`), closes the streams and the storage. */
  stop(): Promise<void>
}

export interface StartOptions {
  settings: Settings
  version: string
  log: Log
  now?: () => Instant
}

const UPKEEP_MS = HOUR

export async function startServer({ settings, version, log, now = () => fromMs(Date.now()) }: StartOptions): Promise<RunningServer> {
  const metrics = openMetrics()
  const random = (bytes: number): Uint8Array => randomBytes(bytes)
  const report = (error: unknown, about: string): void => log.unexpected(error, { about })
  const secret = openSecret(settings.secret_key, serverPaths(settings.data).root, random, () => log.write('warn', 'secret.readable', {}))
  const storage = await openStorage({
    data: settings.data, database_url: settings.database_url, listen_url: settings.listen_url, connections: settings.connections, app_version: version, now, random,
    report,
    onSlow: (sql, ms) => {
      metrics.count('callboard_database_slow_total')
      log.write('warn', 'query.slow', { ms: Math.round(ms), sql: sql.replace(/'[^']*'/g, '?').slice(0, 120) })
    },
  })
  try {
    await migrateServer(storage.accounts)
  } catch (error) {
    await storage.close()
    throw error
  }
  let isStopping = false
  let url = ''
  const organizations = openOrganizations(storage, (error) => report(error, 'an organization'))
  const server: Server = {
    settings, version, secret, storage, metrics, log, now, random,
    accounts: openAccounts(storage.accounts),
    sessions: openSessions(storage.accounts, random),
    codes: openCodes(storage.accounts, random),
    attempts: openAttempts(storage.accounts),
    passwords: openPasswords({ cheap: settings.cheap_passwords }),
    organizations,
    timers: openTimers({
      engine: storage.accounts, organizations: () => storage.organizations(), hosted: (org) => organizations.hosted(org), now, report: (error) => report(error, 'timers'),
      log: (event, facts) => log.write(event === 'timer.dead' ? 'error' : 'info', event, facts),
    }),
    blobs: openBlobStore(storage),
    room: openRoom(settings.data, storage.accounts, random),
    limits: openLimits(settings.limits, storage.accounts),
    idempotency: openIdempotency(storage.accounts),
    streams: openStreams(settings.streams_per_user, metrics, (error) => report(error, 'an event stream')),
    url: () => url,
    isStopping: () => isStopping,
  }
  let post: Post | null = null
  const quiet = storage.onChange((org) => {
    server.streams.news(org)
    server.timers.wake(org)
    post?.changed(org)
  })
  const first_code = await server.codes.first(now(), false)
  if (settings.cheap_passwords) log.write('warn', 'passwords.cheap', {})

  const app = createApp(server)
  const underWay = new Set<ServerResponse>()
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    underWay.add(outgoing)
    metrics.set('callboard_requests_in_flight', underWay.size)
    outgoing.on('close', () => {
      underWay.delete(outgoing)
      metrics.set('callboard_requests_in_flight', underWay.size)
    })
    if (isStopping) outgoing.setHeader('connection', 'close')
    void answer(incoming, outgoing)
  }
  // A body is cut by its pace (http/body.ts), so that a long one over a slow line may go on; the head must come at once.
  const timeouts = { headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: 65_000, maxHeaderSize: 16_384, connectionsCheckingInterval: 2_000 }
  const socket = settings.tls
    ? createHttpsServer({ ...timeouts, cert: readFileSync(settings.tls.cert), key: readFileSync(settings.tls.key), minVersion: 'TLSv1.2' }, onRequest)
    : createHttpServer(timeouts, onRequest)
  // A reader that takes nothing for ten minutes holds what it reads from: it is let go.
  socket.setTimeout(600_000)
  socket.on('clientError', (_error: Error, connection: Socket) => {
    if (connection.writable) connection.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
    else connection.destroy()
  })
  let port: number
  try {
    port = await listen(socket, settings.host, settings.port)
  } catch (error) {
    quiet()
    await storage.close()
    throw error
  }
  url = settings.public_url ?? `${settings.tls ? 'https' : 'http'}://${settings.host.includes(':') ? `[${settings.host}]` : settings.host === '0.0.0.0' ? '127.0.0.1' : settings.host}:${port}`

  // Its links say where the server is reached.
  post = openPost(server, async (org) => (await server.timers.standing(org)) === 'on')

  const clearing = openBlobClearing({
    storage, hosted: (org) => organizations.hosted(org), isHome: async (org) => (await server.timers.standing(org)) === 'on', now, report: (error, org) => log.unexpected(error, { about: 'clearing', org }),
    cleared: (org, { files, bytes }) => {
      metrics.count('callboard_blobs_cleared_total', {}, files)
      metrics.count('callboard_blobs_cleared_bytes_total', {}, bytes)
      log.write('info', 'blobs.cleared', { org, files, bytes })
    },
  })
  const upkeep = async (): Promise<void> => {
    const at = now()
    await server.sessions.prune(at)
    await server.idempotency.prune(at)
    await storage.accounts.run('DELETE FROM server_bucket WHERE at_ms < ?', [toMs(at) - HOUR])
    await storage.accounts.run('DELETE FROM server_attempt WHERE at < ?', [fromMs(toMs(at) - 48 * HOUR)])
    await server.blobs.prune((await storage.organizations()), toMs(at))
    await clearing.turn()
    await server.timers.rebuild()
  }
  const timer = setInterval(() => void upkeep().catch((error: unknown) => report(error, 'upkeep')), UPKEEP_MS)
  timer.unref()
  await server.timers.rebuild()
  log.write('info', 'server.started', { version, storage: storage.kind, port, tls: settings.tls !== null, mail: settings.mail !== null, organizations: (await storage.organizations()).length })

  let stopping: Promise<void> | null = null
  async function stop(): Promise<void> {
    isStopping = true
    log.write('info', 'server.stopping', { under_way: underWay.size })
    clearInterval(timer)
    const closed = new Promise<void>((resolve) => socket.close(() => resolve()))
    server.streams.close()
    socket.closeIdleConnections()
    const deadline = performance.now() + settings.stop_seconds * 1000
    while (underWay.size > 0 && performance.now() < deadline) {
      await new Promise((again) => setTimeout(again, 20))
      socket.closeIdleConnections()
    }
    socket.closeAllConnections()
    await closed
    quiet()
    await post?.stop()
    await server.timers.stop()
    await server.organizations.recorded()
    await storage.close()
    log.write('info', 'server.stopped', {})
  }
  return { url, port, first_code, stop: () => (stopping ??= stop()) }
}

function listen(socket: NetServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.listen({ host, port }, () => {
      socket.off('error', reject)
      const address = socket.address()
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'))
      else resolve(address.port)
    })
  })
}
