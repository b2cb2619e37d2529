/** `app://callboard/`: the built renderer under its own origin, with the same headers as on the web. No file:// page, no server. */
import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { findAsset } from '../bridge/assets.ts'
import { securityHeaders } from '../bridge/content-policy.ts'

const SCHEME = 'app'
export const appOrigin = `${SCHEME}://callboard`
export const appUrl = `${appOrigin}/`

/** Before the app is ready: the scheme gets an origin, storage, fetch and history like https. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

export function isAppAddress(address: string): boolean {
  return address === appOrigin || address.startsWith(appUrl)
}

/** Serves the folder of the built renderer to one session. */
export function serveApp(session: Session, renderer: string): void {
  session.protocol.handle(SCHEME, async (request) => {
    if (!isAppAddress(request.url) || (request.method !== 'GET' && request.method !== 'HEAD')) return new Response(null, { status: 403 })
    const asset = await findAsset(renderer, new URL(request.url).pathname)
    if (!asset) return new Response(null, { status: 404, headers: securityHeaders })
    return new Response(new Uint8Array(await readFile(asset.file)), { headers: { ...securityHeaders, 'content-type': asset.contentType } })
  })
}
