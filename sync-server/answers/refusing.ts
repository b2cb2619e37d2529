/** What opens nothing is answered alike, whatever it was: a page that says nothing of anybody. The reason is for the log alone. */
import type { Id } from '../../shared/kernel/ids.ts'
import { toMs } from '../../shared/kernel/instants.ts'
import type { Asked, Server } from '../http/asked.ts'
import { networkOf } from '../log/log.ts'
import { languageAsked, pageAnswer } from './answering-pages.ts'

/** Events of one network about one organization: the first, and one in so long. A guesser fills no log. */
const NOTED_EVERY_MS = 10 * 60_000
const NOTED_MOST = 10_000

/** `unproved`: no link of this server. `unknown`: one that opens nothing any more. */
export type Gone = (asked: Asked<unknown>, why: 'unproved' | 'unknown', org: Id | null) => Response

export function openRefusing({ organizations, metrics, log }: Pick<Server, 'organizations' | 'metrics' | 'log'>): Gone {
  const noted = new Map<string, number>()
  function noteRefusal(org: Id, why: string, network: string, ms: number): void {
    const key = `${org} ${network}`
    if (ms - (noted.get(key) ?? -NOTED_EVERY_MS) < NOTED_EVERY_MS) return
    if (noted.size >= NOTED_MOST) noted.clear()
    noted.set(key, ms)
    organizations.record([org], { user_id: org, device: 'server' }, 'security.link.refused', { why, network })
  }
  return (asked, why, org) => {
    const network = networkOf(asked.address)
    metrics.count('callboard_links_refused_total', { why })
    log.write('warn', 'link.refused', { request_id: asked.request_id, why, org, network })
    if (org !== null) noteRefusal(org, why, network, toMs(asked.now))
    return pageAnswer({ state: 'gone', language: languageAsked(asked.c.req.query('lang'), asked.c.req.header('accept-language')) }, 404)
  }
}
