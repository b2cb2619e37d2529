/** Prints a PDF as it is, through Chromium's own viewer in a hidden window that has no preload and no network. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, session, type Session } from 'electron'

/** The viewer tells nobody when it has drawn its pages. */
const VIEWER_MS = 800

/** Apart from the app's own: the viewer is an extension of Chromium, which the app's page may not load. */
export const printSession = (): Session => session.fromPartition('print')

export async function printPdf(bytes: Uint8Array): Promise<boolean> {
  const folder = await mkdtemp(join(app.getPath('temp'), 'callboard-print-'))
  const file = join(folder, 'callboard.pdf')
  await writeFile(file, bytes, { mode: 0o600 })
  const window = new BrowserWindow({ show: false, webPreferences: { session: printSession(), plugins: true, sandbox: true, contextIsolation: true } })
  try {
    await window.loadFile(file)
    await new Promise((resume) => setTimeout(resume, VIEWER_MS))
    return await new Promise((resolve) => window.webContents.print({}, (printed) => resolve(printed)))
  } finally {
    window.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}
