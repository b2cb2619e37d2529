/**
 * The wire between a device and its server, as bad as a wire can be: every message crosses as text; it may be lost, arrive twice, late
 * or cut short, and an old answer may come again from a proxy that keeps them.
 */
import { z } from 'zod'
import type { Reply, Transport } from '../../../shared/sync/contracts.ts'
import { PullPage, PullRefusal, PushAnswer, SecurityAnswer, VerifyAnswer } from '../../../shared/sync/wire.ts'
import type { Draw } from './random.ts'
import type { Timeline } from './timeline.ts'

/** Parts of all messages. */
export interface Weather {
  lost: number
  doubled: number
  cut: number
  /** Again an answer that was given before. */
  stale: number
  /** Very late: others overtake it. */
  late: number
  /** Pulls answered by pages of a few rows. */
  small: number
}
export const calm: Weather = { lost: 0, doubled: 0, cut: 0, stale: 0, late: 0, small: 0 }

export type Asked = 'push' | 'security' | 'pull' | 'snapshot' | 'verify' | 'reoffer'
/** What a server said: a body, or why there is none. */
export type Said = { body: string } | { problem: Exclude<Reply<never>, { ok: true }>['problem'] }

/** A server as a wire sees it: text in, text out. Null: it died over it, or is down. */
export interface Listener {
  hear(asked: Asked, body: string, from: Caller): Promise<Said | null>
}
export interface Caller {
  device: string
  /** Who asks, by the token that goes with the request; null for a push, which carries one for each issuer. */
  token: string | null
}

export interface LinkOptions {
  timeline: Timeline
  listener: Listener
  device: string
  weather: () => Weather
  draw: () => Draw
  tokenOf: (user: string) => string | null
  /** A process that died hears nothing any more. */
  alive: () => boolean
  count: (what: keyof Weather) => void
}

const PATIENCE = 30_000
const offline = { ok: false, problem: 'offline', code: null, retry_after_ms: null } as const
const Reoffered = z.object({ taken: z.int(), mode: z.enum(['open', 'recovery']) })
const Page = z.union([PullPage, PullRefusal])

export function createLink(options: LinkOptions): Transport {
  const { timeline, listener, device, count } = options
  const kept = new Map<string, string>()

  function travel(): number {
    const draw = options.draw()
    if (draw.chance(options.weather().late)) {
      count('late')
      return 2_000 + draw.below(60_000)
    }
    return 5 + draw.below(200)
  }
  const befalls = (what: keyof Weather): boolean => {
    const share = options.weather()[what]
    const hit = share > 0 && options.draw().chance(share)
    if (hit) count(what)
    return hit
  }

  function cross(asked: Asked, body: string, token: string | null): Promise<Said> {
    return new Promise((resolve) => {
      let open = true
      const close = (said: Said): void => {
        // A dead process is told nothing: what it waited for never comes.
        if (!open || !options.alive()) return
        open = false
        resolve(said)
      }
      const send = (): void => {
        if (befalls('lost')) return
        timeline.after(travel(), () => {
          void listener.hear(asked, body, { device, token }).then((said) => {
            if (said === null || befalls('lost')) return
            const cut = 'body' in said && befalls('cut') ? { body: said.body.slice(0, options.draw().below(said.body.length)) } : said
            timeline.after(travel(), () => {
              close(cut)
            })
          })
        })
      }
      send()
      if (befalls('doubled')) send()
      timeline.after(PATIENCE, () => {
        close({ problem: 'offline' })
      })
    })
  }

  async function ask<T>(asked: Asked, request: unknown, user: string | null, schema: z.ZodType<T>): Promise<Reply<T>> {
    const token = user === null ? null : options.tokenOf(user)
    if (user !== null && token === null) return { ...offline, problem: 'token' }
    const body = JSON.stringify(request)
    const place = `${asked} ${user ?? ''}`
    const old = kept.get(place)
    const said = old !== undefined && befalls('stale') ? { body: old } : await cross(asked, body, token)
    if ('problem' in said) return { ...offline, problem: said.problem }
    let value: unknown
    try {
      value = JSON.parse(said.body)
    } catch {
      return offline
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success) return offline
    if (asked === 'pull') kept.set(place, said.body)
    return { ok: true, value: parsed.data }
  }

  return {
    push: (request) => ask('push', request, null, PushAnswer),
    security: (request, as) => ask('security', request, as, SecurityAnswer),
    // Small pages now and then: a view comes in many parts, and only the last one counts.
    pull: (request, as) => ask('pull', options.draw().chance(options.weather().small) ? { ...request, limit: 1 + options.draw().below(6) } : request, as, Page),
    verify: (request, as) => ask('verify', request, as, VerifyAnswer),
    reoffer: (request, as) => ask('reoffer', request, as, Reoffered),
    async snapshot(as, entity) {
      const token = options.tokenOf(as)
      if (token === null) return { ...offline, problem: 'token' }
      const said = await cross('snapshot', JSON.stringify({ entity: entity ?? null }), token)
      if ('problem' in said) return { ...offline, problem: said.problem }
      // What was cut off after a whole line looks whole: only the trailer tells.
      const lines = said.body.split('\n').filter((line) => line !== '')
      return { ok: true, value: linesOf(lines) }
    },
  }
}

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line)
}
