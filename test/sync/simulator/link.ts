/**
 * The wire between a device and its server, as bad as a wire can be: every message crosses as text; it may be lost, arrive twice, late
 * or cut short, also so that what is left can be read, and an old answer may come again from a proxy that keeps them. A push may go in
 * pieces that fare each by themselves, as rule 14 allows.
 */
import { z } from 'zod'
import type { Reply, Transport } from '../../../shared/sync/contracts.ts'
import { PullPage, PullRefusal, PushAnswer, SecurityAnswer, VerifyAnswer, type PushRequest } from '../../../shared/sync/wire.ts'
import type { Draw } from './random.ts'
import type { Timeline } from './timeline.ts'

/** Parts of all messages. */
export interface Weather {
  lost: number
  doubled: number
  cut: number
  /** Pages that lost what stood last in them, and can still be read. */
  torn: number
  /** Again an answer that was given before. */
  stale: number
  /** Pushes in pieces, all under way at once: some are lost, some overtake others. */
  parted: number
  /** Pushes for several people, of whom one has a token that has run out. */
  expired: number
  /** Very late: others overtake it. */
  late: number
  /** Pulls answered by pages of a few rows. */
  small: number
}
export const calm: Weather = { lost: 0, doubled: 0, cut: 0, torn: 0, stale: 0, parted: 0, expired: 0, late: 0, small: 0 }

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
  kept: Kept
}

/** What a proxy keeps of former answers to pulls, by token, whether they arrived or not; it outlives the device's processes, and a disk that is put back. */
export type Kept = Map<string, string[]>
const MOST_KEPT = 6
const MOST_PIECES = 4

const PATIENCE = 30_000
const offline = { ok: false, problem: 'offline', code: null, retry_after_ms: null } as const
const Reoffered = z.object({ taken: z.int(), mode: z.enum(['open', 'recovery']) })
const Page = z.union([PullPage, PullRefusal])

/** The same page without the last of its rows, outcomes or events: only its trailer tells. */
function torn(body: string, draw: Draw): string {
  const page = Page.parse(JSON.parse(body))
  if (!('rows' in page)) return body
  const parts = (['rows', 'outcomes', 'events'] as const).filter((part) => page[part].length > 0)
  if (parts.length === 0) return body
  const sure = draw.one(parts)
  const left = <T>(part: keyof PullPage, all: readonly T[]): readonly T[] => (all.length > 0 && (part === sure || draw.chance(0.5)) ? all.slice(0, draw.below(all.length)) : all)
  return JSON.stringify({ ...page, rows: left('rows', page.rows), outcomes: left('outcomes', page.outcomes), events: left('events', page.events) })
}

export function createLink(options: LinkOptions): Transport {
  const { timeline, listener, device, count, kept } = options

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

  /** The newest one more than others: of a view that was put back since, it is ahead. */
  const recalled = (old: readonly string[]): string => (options.draw().chance(0.5) ? old.at(-1) : undefined) ?? options.draw().one(old)
  function damaged(asked: Asked, said: Said): Said {
    if (!('body' in said)) return said
    if (befalls('cut')) return { body: said.body.slice(0, options.draw().below(said.body.length)) }
    return asked === 'pull' && befalls('torn') ? { body: torn(said.body, options.draw()) } : said
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
            if (asked === 'pull' && token !== null && 'body' in said) kept.set(token, [...(kept.get(token) ?? []), said.body].slice(-MOST_KEPT))
            const heard = damaged(asked, said)
            timeline.after(travel(), () => {
              close(heard)
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
    const old = asked === 'pull' ? (kept.get(token ?? '') ?? []) : []
    const said = old.length > 0 && befalls('stale') ? { body: recalled(old) } : await cross(asked, body, token)
    if ('problem' in said) return { ...offline, problem: said.problem }
    let value: unknown
    try {
      value = JSON.parse(said.body)
    } catch {
      return offline
    }
    const parsed = schema.safeParse(value)
    if (!parsed.success) return offline
    return { ok: true, value: parsed.data }
  }
  function push(request: PushRequest): Promise<Reply<PushAnswer>> {
    const issuers = Object.keys(request.tokens)
    const tokens = issuers.length > 1 && befalls('expired') ? { ...request.tokens, [options.draw().one(issuers)]: 'has run out' } : request.tokens
    return request.commands.length > 1 && befalls('parted') ? inPieces({ ...request, tokens }) : ask('push', { ...request, tokens }, null, PushAnswer)
  }
  async function inPieces(request: PushRequest): Promise<Reply<PushAnswer>> {
    const { commands } = request
    const size = Math.ceil(commands.length / (2 + options.draw().below(MOST_PIECES - 1)))
    const pieces = Array.from({ length: Math.ceil(commands.length / size) }, (_, index) => commands.slice(index * size, (index + 1) * size))
    const replies = await Promise.all(pieces.map((piece, index) => ask('push', { ...request, batch_id: `${request.batch_id}-${index}`, commands: piece }, null, PushAnswer)))
    const answers = replies.flatMap((reply) => (reply.ok ? [reply.value] : []))
    if (answers.length === 0) return replies[0] ?? offline
    // What was in a piece that got lost is neither taken nor left.
    return { ok: true, value: { epoch: Math.max(...answers.map(({ epoch }) => epoch)), taken: answers.flatMap(({ taken }) => taken), left: answers.flatMap(({ left }) => left), recovering: answers.some(({ recovering }) => recovering) } }
  }

  return {
    push,
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
