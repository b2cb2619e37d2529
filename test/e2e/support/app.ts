/** The app of a spec: a fresh data folder, opened in the project's host. Specs use `app.page` and do not know which host it is. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Browser, type Page } from '@playwright/test'
import { openInBrowser } from './browser-host.ts'
import { openDesktop } from './desktop-host.ts'
import type { OpenApp } from './open-app.ts'
import { openPackaged } from './packaged-host.ts'

export type Host = 'browser' | 'electron' | 'packaged'

export interface HostOption {
  host: Host
}

export interface App {
  readonly page: Page
  readonly url: string
  readonly host: Host
  readonly data: string
  /** Errors that the page wrote to its console: refused by the content policy, thrown, not found. */
  readonly pageErrors: string[]
  close(): Promise<void>
  /** Opens the same data folder again. */
  open(): Promise<void>
}

function openHost(host: Host, data: string, browser: () => Promise<Browser>): Promise<OpenApp> {
  switch (host) {
    case 'browser':
      return openInBrowser(data, browser)
    case 'electron':
      return openDesktop(data)
    case 'packaged':
      return openPackaged(data)
  }
}

export const test = base.extend<HostOption & { app: App }>({
  host: ['browser', { option: true }],
  app: async ({ host, playwright, launchOptions }, provide, info) => {
    const data = mkdtempSync(join(tmpdir(), 'callboard-e2e-'))
    const pageErrors: string[] = []
    let browser: Browser | undefined
    const theBrowser = async (): Promise<Browser> => (browser ??= await playwright.chromium.launch(launchOptions))
    let running: OpenApp | undefined
    const current = (): OpenApp => {
      if (!running) throw new Error('the app is closed')
      return running
    }
    const app: App = {
      host,
      data,
      pageErrors,
      get page() {
        return current().page
      },
      get url() {
        return current().url
      },
      async open() {
        running = await openHost(host, data, theBrowser)
        running.page.on('console', (message) => {
          if (message.type() === 'error') pageErrors.push(message.text())
        })
        running.page.on('pageerror', (error) => pageErrors.push(error.message))
      },
      async close() {
        await running?.close()
        running = undefined
      },
    }
    await app.open()
    await provide(app)
    if (pageErrors.length > 0) await info.attach('what the page complained of', { body: pageErrors.join('\n'), contentType: 'text/plain' })
    await app.close()
    await browser?.close()
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  },
})

export { expect } from '@playwright/test'
