/** The page's calls, relayed to the core as texts. Only the app's own top frame is answered. */
import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { readCall, refusalEnvelope } from '../bridge/call-text.ts'
import type { CoreClient } from '../host/core-client.ts'
import { channels } from './channels.ts'
import { openFile, openSavedFile, saveFile } from './dialogs.ts'
import { showMenu } from './menu.ts'
import { notify } from './notify.ts'
import { printPdf } from './print.ts'
import { isAppAddress } from './protocol.ts'
import { secretProtection } from './secrets.ts'

/** The session inside the core of the one window. */
const WINDOW_CLIENT = 'window'

const Bytes = z.instanceof(Uint8Array)
const Kind = z.enum(['pdf', 'table', 'calendar', 'archive', 'any'])

function isOwnPage(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isAppAddress(frame.url)
}

/** Answers a channel to the app's own page; any other sender gets a rejected promise and learns nothing. */
function answer(channel: string, work: (window: BrowserWindow, ...input: unknown[]) => unknown): void {
  ipcMain.handle(channel, (event, ...input: unknown[]) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (!isOwnPage(event) || window === null) throw new Error('refused')
    return work(window, ...input)
  })
}

/** The core may still be starting: calls wait for it. */
export function relayCalls(core: Promise<CoreClient>): void {
  answer(channels.call, async (_window, text) => {
    const read = readCall(WINDOW_CLIENT, z.string().parse(text))
    if (!read.ok) return JSON.stringify(refusalEnvelope('validation.invalid', read.details))
    return (await core).call(read.call)
  })
  answer(channels.blob, async (_window, bytes) => (await core).putBlob(WINDOW_CLIENT, Bytes.parse(bytes)))
}

/** What only the desktop can do. */
export function offerDesktop(): void {
  answer(channels.save, (window, name, bytes, kind) => saveFile(window, z.string().max(200).parse(name), Bytes.parse(bytes), Kind.parse(kind)))
  answer(channels.open, (window, kind) => openFile(window, Kind.parse(kind)))
  answer(channels.reveal, (_window, path) => openSavedFile(z.string().parse(path)))
  answer(channels.print, (_window, bytes) => printPdf(Bytes.parse(bytes)))
  answer(channels.notify, (window, title, body) => notify(window, z.string().max(300).parse(title), z.string().max(1000).parse(body)))
  answer(channels.secrets, () => secretProtection())
  ipcMain.on(channels.language, (event, language) => {
    if (isOwnPage(event)) showMenu(z.enum(['fr', 'en']).parse(language))
  })
}

/** Tells every window what changed. */
export function relayEvents(core: CoreClient): void {
  core.onEvent((event, windows) => {
    if (!windows.includes(WINDOW_CLIENT)) return
    const text = JSON.stringify(event)
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(channels.event, text)
  })
}
