/** The servers this computer knows, one way to each: people of several organizations of one server share their sessions there. */
import { hostname } from 'node:os'
import type { Id } from '../../shared/kernel/ids.ts'
import type { DeviceIdentity } from '../../shared/sync/server-wire.ts'
import { refuse, detail } from '../../shared/domain/errors.ts'
import type { SecretStore } from '../host/secret-store.ts'
import { openCredentials, type Credentials } from './credentials.ts'
import { createHttp, type Http } from './http.ts'
import { serverCalls, type ServerCalls } from './server-calls.ts'
import { openSessions, type Sessions } from './sessions.ts'

export interface ServerWay {
  url: string
  http: Http
  credentials: Credentials
  sessions: Sessions
  calls: ServerCalls
  /** How this computer names itself there for a person. */
  identity(user: string): Promise<DeviceIdentity>
}

export interface Servers {
  /** By an address as it was kept. */
  at(url: string): ServerWay
  /** Ends everything under way. */
  close(): void
}

/** The address as it is kept: scheme, host and port, no path. Without a scheme it is https, except for this computer. Refuses what is no address. */
export function serverAddress(typed: string): string {
  const wrong = () => refuse('validation.invalid', detail('url', 'address', 'https://…', typed.slice(0, 200)))
  const text = typed.trim()
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i.test(text)
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${local ? 'http' : 'https'}://${text}`
  if (!URL.canParse(whole)) throw wrong()
  const url = new URL(whole)
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') throw wrong()
  return url.origin
}

export interface ServersOptions {
  store: SecretStore
  device: { id: string; code: string }
  app_version: string
  /** A server ended the session of somebody of this computer. */
  whenEnded?(url: string, user: Id): void
}

export function openServers({ store, device, app_version, whenEnded = () => undefined }: ServersOptions): Servers {
  const ways = new Map<string, ServerWay>()
  const abort = new AbortController()
  return {
    at(url) {
      const known = ways.get(url)
      if (known) return known
      const http = createHttp({ url, app_version, signal: abort.signal })
      const credentials = openCredentials(store, url)
      const way: ServerWay = {
        url, http, credentials, sessions: openSessions(credentials, http, () => performance.now(), (user) => whenEnded(url, user)), calls: serverCalls(http),
        identity: async (user) => ({ id: device.id, name: `${hostname().slice(0, 80) || 'Callboard'} ${device.code}`, key: await credentials.publicKey(user) }),
      }
      ways.set(url, way)
      return way
    },
    close: () => abort.abort(),
  }
}
