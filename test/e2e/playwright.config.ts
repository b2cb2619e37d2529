import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import type { HostOption } from './support/app.ts'

const debianChromium = '/usr/bin/chromium'
const chromium = process.env['CALLBOARD_CHROMIUM'] ?? (existsSync(debianChromium) ? debianChromium : undefined)
const results = fileURLToPath(new URL('../../test-results/e2e', import.meta.url))

/** The same specs in a browser over the web host, in Electron, and in the packaged app; each also has its own. */
export default defineConfig<HostOption>({
  testDir: '.',
  outputDir: results,
  // A folder of data, a port and a browser for each test: two files run side by side. Electron's windows share one screen and its focus.
  workers: 2,
  // On a busy computer a slow start is not a fault of the product: tried once more, and said at the end.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    // Recording a spec costs a quarter of its time: where it is tried again, the second try is recorded.
    trace: process.env['CI'] === undefined ? 'retain-on-failure' : 'on-first-retry',
    screenshot: 'only-on-failure',
    ...(chromium === undefined ? {} : { launchOptions: { executablePath: chromium } }),
  },
  projects: [
    { name: 'browser', use: { host: 'browser' }, testIgnore: /(desktop|package)\.spec\.ts$/ },
    // The page is the same in every host: here what a host adds to it, and the ways through it that everything depends on.
    { name: 'electron', use: { host: 'electron' }, workers: 1, testMatch: /(desktop|shell|first-sheet|shared-laptop|recovery|missions|undo)\.spec\.ts$/ },
    { name: 'packaged', use: { host: 'packaged' }, workers: 1, testMatch: /(shell|first-sheet|package)\.spec\.ts$/ },
  ],
})
