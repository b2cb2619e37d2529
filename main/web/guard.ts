/**
 * Who may talk to the web host. It listens on loopback only, but every page open in the person's browser can reach loopback:
 * - the Host header must be this very address, so that a foreign name resolving to 127.0.0.1 (DNS rebinding) is refused;
 * - the Origin and Sec-Fetch-Site headers, which pages cannot forge, must be the app's own;
 * - the run token must come in the Authorization header, which a foreign page cannot send without being refused a preflight.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/domain/errors.ts'

export interface Guard {
  port: number
  token: string
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Names under which the host may be addressed. */
function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

/** Refusal of any request, page or API; null when it comes from this address or from a program. */
export function refuseForeign(request: IncomingMessage, guard: Guard): ErrorCode | null {
  const host = request.headers.host ?? ''
  if (!ownHosts(guard.port).includes(host)) return 'auth.origin'
  const { origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}`) return 'auth.origin'
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return null
  // A link on another page may open the app; it may not read it, frame it or call it.
  const opensApp = request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document' && request.method === 'GET'
  return opensApp ? null : 'auth.origin'
}

/** Refusal of an API request without the run token. */
export function refuseWithoutToken(request: IncomingMessage, guard: Guard): ErrorCode | null {
  const [scheme = '', given = ''] = (request.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer') return 'auth.token'
  return timingSafeEqual(digest(given), digest(guard.token)) ? null : 'auth.token'
}
