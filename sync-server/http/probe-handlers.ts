/** Probes, metrics and the description of the server. */
import { timingSafeEqual } from 'node:crypto'
import { detail, refuse } from '../../shared/domain/errors.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import type { Health } from '../../shared/sync/server-wire.ts'
import type { z } from 'zod'
import { networkOf } from '../log/log.ts'
import { bearerOf } from './admission.ts'
import type { HandlersOf, Server } from './asked.ts'
import { openApi } from './openapi.ts'

type Handled = 'probe.live' | 'probe.ready' | 'probe.metrics' | 'probe.openapi'
type Probed = z.infer<typeof Health>

/** A database that has not answered by then does not answer. */
const PATIENCE_MS = 3_000

export function probeHandlers(server: Server): HandlersOf<Handled> {
  const { storage, metrics, settings, log } = server
  async function database(): Promise<'ok' | 'failing'> {
    const began = performance.now()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'failing'>((resolve) => {
      timer = setTimeout(() => resolve('failing'), PATIENCE_MS)
    })
    const asked = storage.check().then((): 'ok' => 'ok', (error: unknown): 'failing' => {
      log.unexpected(error, { about: 'readiness' })
      return 'failing'
    })
    const found = await Promise.race([asked, late]).finally(() => clearTimeout(timer))
    if (found === 'ok') metrics.observe('callboard_database_seconds', (performance.now() - began) / 1000)
    return found
  }
  async function room(): Promise<'ok' | 'failing'> {
    const { left, bytes } = await server.room.look().catch((error: unknown) => {
      log.unexpected(error, { about: 'room' })
      return { left: false, bytes: null }
    })
    if (bytes !== null) metrics.set('callboard_room_bytes', bytes)
    metrics.set('callboard_room_left', left ? 1 : 0)
    return left ? 'ok' : 'failing'
  }
  const answered = (health: Probed): Response => new Response(JSON.stringify(health), { status: health.status === 'ok' ? 200 : 503, headers: { 'content-type': 'application/json; charset=utf-8' } })
  return {
    'probe.live': async ({ now }) => answered({ status: 'ok', timestamp: now, checks: { process: 'ok' } }),
    async 'probe.ready'({ now }) {
      const found = await database()
      // A database that does not answer says nothing of its room.
      const checks = { database: found, ...(found === 'ok' ? { room: await room() } : {}), accepting: server.isStopping() ? 'failing' : 'ok' } as const
      return answered({ status: Object.values(checks).includes('failing') ? 'failing' : 'ok', timestamp: now, checks })
    },
    async 'probe.metrics'({ c, address }) {
      const token = bearerOf(c.req.header('authorization'))
      const right = settings.metrics_token !== null && token !== null && timingSafeEqual(Buffer.from(sha256(token)), Buffer.from(sha256(settings.metrics_token)))
      if (!right && (settings.metrics_token !== null || networkOf(address) !== 'loopback')) throw refuse('auth.forbidden', detail(null, 'metrics', 'this computer, or METRICS_TOKEN'))
      await room()
      return new Response(metrics.text(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } })
    },
    'probe.openapi': async () => openApi(server.version),
  }
}
