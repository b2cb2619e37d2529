/** What people do around a server, on the pages: connecting an organization, joining one from another computer. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Browser, type Locator, type Page } from '@playwright/test'
import { startWebHost, type RunningWebHost } from './browser-host.ts'
import type { SyncServer } from './sync-server.ts'
import { wordsIn, type Language, type Words } from './words.ts'

export const pill = (page: Page): Locator => page.locator('header [data-sync]')
export const says = (page: Page, phase: RegExp): Promise<void> => expect(pill(page)).toHaveAttribute('data-sync', phase, { timeout: 30_000 })

/** From the pill of an organization without a server. */
export async function connect(page: Page, server: SyncServer, words: Words): Promise<void> {
  await pill(page).click()
  await page.getByLabel(words('server.url'), { exact: true }).fill(server.url)
  await page.getByLabel(words('server.code'), { exact: true }).fill(server.code)
  await page.getByLabel(words('server.password'), { exact: true }).fill('la marée de demain')
  await page.getByRole('button', { name: words('server.connect_do'), exact: true }).click()
  await says(page, /synced|sending|waiting/)
}

export interface SecondComputer {
  page: Page
  host: RunningWebHost
  remove(): Promise<void>
}
export interface Joining {
  name: string
  email: string
  password: string
}

/** A computer that knows nothing yet: its first page, and a way to take it away. */
export async function secondComputer(browser: Browser, locale: string): Promise<SecondComputer> {
  const data = mkdtempSync(join(tmpdir(), 'callboard-e2e-second-'))
  const host = await startWebHost(data)
  const page = await (await browser.newContext({ locale, reducedMotion: 'reduce' })).newPage()
  await page.goto(`${host.url}#token=${host.token}`)
  return {
    page,
    host,
    async remove() {
      await host.program.end()
      rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** The first run of somebody who was given a code and an address. */
export async function joinServer(page: Page, server: SyncServer, code: string, { name, email, password }: Joining, language: Language): Promise<void> {
  const words = wordsIn(language)
  await page.getByRole('radio', { name: words(`language.${language}`) }).check()
  await page.getByRole('button', { name: words('action.continue') }).click()
  await page.getByRole('radio', { name: words('welcome.way.join') }).check()
  await page.getByRole('button', { name: words('action.continue') }).click()
  await page.getByLabel(words('server.url'), { exact: true }).fill(server.url)
  await page.getByLabel(words('join.code'), { exact: true }).fill(code)
  await page.getByLabel(words('welcome.name'), { exact: true }).fill(name)
  await page.getByLabel(words('welcome.email'), { exact: true }).fill(email)
  await page.getByLabel(words('server.join_password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: words('server.join_do'), exact: true }).click()
  await says(page, /synced/)
}
