/**
 * Open event streams: who is told that there is something new. A device has one per organization (a newer takes the place of an older); what
 * comes faster than a line can be written is told once, with the newest head.
 */
import type { Id } from '../../shared/kernel/ids.ts'
import type { Metrics } from '../metrics/metrics.ts'

export interface Head {
  epoch: number
  seq: number
  mode: 'open' | 'recovery'
}
export interface StreamOptions {
  org: Id
  user_id: Id
  device: string
  /** Ms until the stream ends by itself: the access token's. */
  until_ms: number
  /** The head as it is now; asked at the beginning and after each news. */
  head(): Promise<Head>
  /** Asked at each heartbeat: false ends the stream (signed out, shut out, no member any more). */
  holds(): Promise<boolean>
}

export interface Streams {
  open(options: StreamOptions): ReadableStream<Uint8Array> | null
  news(org: Id): void
  /** Ends those of a device (in one organization, or in all). */
  end(match: { org?: Id; user_id?: Id; device?: string }): void
  count(): number
  close(): void
}

const HEARTBEAT_MS = 15_000
/** News within this time are one. */
const GATHER_MS = 20

interface Open {
  options: StreamOptions
  news(): void
  end(): void
}

export function openStreams(perUser: number, metrics: Metrics, report: (error: unknown) => void, heartbeatMs = HEARTBEAT_MS): Streams {
  const all = new Set<Open>()
  const counted = (): void => metrics.set('callboard_streams', all.size)
  const matching = (match: { org?: Id; user_id?: Id; device?: string }): Open[] =>
    [...all].filter(({ options }) => (match.org === undefined || options.org === match.org) && (match.user_id === undefined || options.user_id === match.user_id) && (match.device === undefined || options.device === match.device))

  function open(options: StreamOptions): ReadableStream<Uint8Array> | null {
    for (const former of matching(options)) former.end()
    if (matching({ user_id: options.user_id }).length >= perUser) return null
    const encoder = new TextEncoder()
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null
    let gathering: NodeJS.Timeout | null = null
    let said = ''
    const write = (text: string): void => controller?.enqueue(encoder.encode(text))
    const end = (): void => {
      if (!all.delete(me)) return
      clearInterval(beat)
      clearTimeout(expiry)
      if (gathering) clearTimeout(gathering)
      counted()
      try {
        controller?.close()
      } catch {
        // Its reader has left already.
      }
      controller = null
    }
    async function say(): Promise<void> {
      gathering = null
      const text = JSON.stringify(await options.head())
      if (text === said || !all.has(me)) return
      said = text
      write(`event: head\ndata: ${text}\n\n`)
    }
    const failed = (error: unknown): void => {
      report(error)
      end()
    }
    const me: Open = {
      options,
      end,
      news() {
        gathering ??= setTimeout(() => void say().catch(failed), GATHER_MS)
      },
    }
    const beat = setInterval(() => {
      options.holds().then((holds) => {
        if (!holds) end()
        // A reader that takes nothing is not kept.
        else if ((controller?.desiredSize ?? 1) < -64) end()
        else write(': here\n\n')
      }, failed)
    }, heartbeatMs)
    const expiry = setTimeout(end, Math.max(0, Math.min(options.until_ms, 2_000_000_000)))
    all.add(me)
    counted()
    return new ReadableStream<Uint8Array>({
      start(given) {
        controller = given
        write('retry: 2000\n\n')
        void say().catch(failed)
      },
      cancel: end,
    })
  }
  return {
    open,
    news(org) {
      for (const one of all) if (one.options.org === org) one.news()
    },
    end: (match) => {
      for (const one of matching(match)) one.end()
    },
    count: () => all.size,
    close() {
      for (const one of [...all]) one.end()
    },
  }
}
