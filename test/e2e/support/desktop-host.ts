import { _electron, type ElectronApplication } from '@playwright/test'
import type { OpenApp } from './open-app.ts'
import { projectFolder, rootArguments } from './program.ts'

export interface OpenDesktop extends OpenApp {
  electron: ElectronApplication
}

/** Electron's program comes from ELECTRON_OVERRIDE_DIST_PATH, else from the electron package. */
export async function openDesktop(data: string, ...args: string[]): Promise<OpenDesktop> {
  // Given no program, Playwright starts the electron package with its own loader, which makes the app wait until it is watched.
  const electron = await _electron.launch({ args: [...rootArguments, projectFolder, '--data', data, ...args] })
  const page = await electron.firstWindow()
  return { page, electron, url: 'app://callboard/', close: () => electron.close() }
}
