import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { appUrl } from './protocol.ts'
import { readWindowState, rememberWindowState } from './window-state.ts'

const USUAL = { width: 1440, height: 900 }
const SMALLEST = { minWidth: 900, minHeight: 600 }
/** Shown until the page has painted; the page's own background in each theme. */
const BACKGROUND = { light: '#ffffff', dark: '#16181d' }

export function openWindow(): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const state = readWindowState(stateFile)
  const window = new BrowserWindow({
    ...USUAL,
    ...state?.bounds,
    ...SMALLEST,
    show: false,
    title: 'Callboard',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  })
  rememberWindowState(window, stateFile)
  window.once('ready-to-show', () => {
    if (state?.maximized) window.maximize()
    window.show()
  })
  void window.loadURL(appUrl)
  return window
}
