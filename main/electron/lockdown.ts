/** What a page may never do, whatever was injected into it: leave, open windows, reach the network, ask for the camera. */
import { app, shell, type Session, type WebContents } from 'electron'
import { printSession } from './print.ts'
import { isAppAddress } from './protocol.ts'

/** Schemes by which the page loads itself and its own bytes. */
const inside = ['app:', 'blob:', 'data:', 'devtools:', 'chrome-devtools:']
/** Opened by the system, in the person's own programs. */
const handedOver = ['mailto:', 'tel:']

const schemeOf = (address: string): string => /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase() ?? ''

/** Chromium's own PDF viewer, in the hidden window that prints. */
const viewer = ['file:', 'chrome:', 'chrome-extension:']

export function lockSession(session: Session, also: 'viewer' | null = null): void {
  const allowed = also === 'viewer' ? [...inside, ...viewer] : inside
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !allowed.includes(schemeOf(request.url)) }))
  session.on('will-download', (event) => event.preventDefault())
  // Elsewhere Chromium fetches dictionaries from the network; macOS brings its own checker.
  if (process.platform !== 'darwin') session.setSpellCheckerEnabled(false)
}

export function lockContents(contents: WebContents): void {
  const stay = (event: { url: string; preventDefault: () => void }): void => {
    const isViewer = contents.session === printSession() && schemeOf(event.url) === 'chrome-extension:'
    if (!isAppAddress(event.url) && !isViewer) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (handedOver.includes(schemeOf(url))) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Every page that will ever exist in this process. */
export function lockEveryContents(): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
}
