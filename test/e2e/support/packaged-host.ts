/**
 * The packaged app. Its fuses refuse Node's inspector, by which Playwright usually drives Electron; Chromium's own debugging port is
 * not a fuse's matter, hence the page is driven as a browser's.
 */
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { OpenApp } from './open-app.ts'
import { projectFolder, rootArguments, startProgram } from './program.ts'

export const packagedProgram = join(projectFolder, 'release', 'linux-unpacked', 'callboard')

export async function openPackaged(data: string): Promise<OpenApp> {
  const program = startProgram(packagedProgram, [...rootArguments, '--remote-debugging-port=0', '--data', data])
  const [, address = ''] = await program.says(/DevTools listening on (ws:\/\/\S+)/)
  await pageIsThere(new URL(address).host)
  // Electron has no browser contexts to set defaults on.
  const browser = await chromium.connectOverCDP(address, { noDefaults: true })
  const [context] = browser.contexts()
  if (!context) throw new Error('the packaged app has no browser context')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  return {
    page,
    url: 'app://callboard/',
    close: async () => {
      await browser.close()
      await program.end()
    },
  }
}

/** Attaching while the window is being made can hang: wait until its page is listed. */
async function pageIsThere(host: string): Promise<void> {
  for (;;) {
    const targets: { type: string; url: string }[] = await (await fetch(`http://${host}/json/list`)).json()
    if (targets.some(({ type, url }) => type === 'page' && url.startsWith('app://'))) return
    await new Promise((resume) => setTimeout(resume, 100))
  }
}
