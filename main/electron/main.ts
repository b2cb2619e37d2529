/** The desktop app: one window on the core, which runs in a worker thread. Everything that is not Electron's lives elsewhere. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app, BrowserWindow, dialog, session } from 'electron'
import { dataFolder } from '../bridge/data-folder.ts'
import { startCore, type CoreClient } from '../host/core-client.ts'
import { offerDesktop, relayCalls, relayEvents } from './ipc.ts'
import { lockEveryContents, lockSession } from './lockdown.ts'
import { languageOf, showMenu } from './menu.ts'
import { printSession } from './print.ts'
import { declareAppScheme, serveApp } from './protocol.ts'
import { deviceSecrets } from './secrets.ts'
import { startWords } from './start-words.ts'
import { openWindow } from './window.ts'

const renderer = join(__dirname, '..', 'renderer')

/** `--data DIR` opens another data folder, with a window of its own beside the usual one. */
function askedDataFolder(): string | undefined {
  const { values } = parseArgs({ args: process.argv.slice(1), strict: false, options: { data: { type: 'string' } } })
  return typeof values.data === 'string' ? values.data : undefined
}

function startDesktop(): void {
  const asked = askedDataFolder()
  const data = dataFolder(asked)
  if (asked !== undefined) app.setPath('userData', join(data, 'shell'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  declareAppScheme()
  lockEveryContents()
  // Root can have no sandbox (a container in continuous integration): there the switch was given, and asking for one ends the app.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()

  const core = startCore({
    dataDir: data,
    appVersion: app.getVersion(),
    device: 'desktop',
    secrets: deviceSecrets(data),
    worker: join(__dirname, 'core-worker.cjs'),
    ...(process.env['CALLBOARD_SQLITE_BINDING'] ? { sqliteBinding: process.env['CALLBOARD_SQLITE_BINDING'] } : {}),
  })
  core.then(relayEvents, refuseToStart)
  closeCoreOnQuit(core)

  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow()
  })
  void app.whenReady().then(() => {
    lockSession(session.defaultSession)
    lockSession(printSession(), 'viewer')
    serveApp(session.defaultSession, renderer)
    relayCalls(core)
    offerDesktop()
    showMenu(languageOf(app.getLocale()))
    openWindow()
  })
}

function refuseToStart(error: unknown): void {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const message = startWords(code, languageOf(app.getLocale())) ?? (error instanceof Error ? error.message : String(error))
  process.stderr.write(`${JSON.stringify({ level: 'error', at: new Date().toISOString(), host: 'desktop', error: message })}\n`)
  void app.whenReady().then(() => {
    dialog.showErrorBox('Callboard', message)
    app.exit(1)
  })
}

/** Quitting waits until the core has closed its files. */
function closeCoreOnQuit(core: Promise<CoreClient>): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    const end = (): void => {
      closed = true
      app.quit()
    }
    core.then((client) => client.close()).then(end, end)
  })
}

app.setName('Callboard')
startDesktop()
