/** An organization gets a server, works without it, comes back, is joined from another computer and leaves it: as its people see it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { startWebHost } from './support/browser-host.ts'
import { owner } from './support/first-run.ts'
import { openOrganization, type Seeded } from './support/organization.ts'
import { startSyncServer, type SyncServer } from './support/sync-server.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const PASSWORD = 'la marée de demain'
const INES = { name: 'Inès Morvan', email: 'ines.morvan@example.org', password: 'douze bouées rouges' }

const pill = (page: Page): Locator => page.locator('header [data-sync]')
const says = (page: Page, phase: RegExp): Promise<void> => expect(pill(page)).toHaveAttribute('data-sync', phase, { timeout: 30_000 })

async function connect(page: Page, server: SyncServer): Promise<void> {
  await pill(page).click()
  await page.getByLabel(words('server.url'), { exact: true }).fill(server.url)
  await page.getByLabel(words('server.code'), { exact: true }).fill(server.code)
  await page.getByLabel(words('server.password'), { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: words('server.connect_do'), exact: true }).click()
  await says(page, /synced|sending|waiting/)
}

test.describe('the exchange with a server', () => {
  let server: SyncServer
  let seeded: Seeded
  test.beforeEach(async ({ app }) => {
    await app.page.emulateMedia({ reducedMotion: 'reduce' })
    server = await startSyncServer()
    seeded = await openOrganization(app.page, app.url)
  })
  test.afterEach(() => server.remove())

  test('begins from the pill, is told in the settings and in the console', async ({ app }) => {
    const { page } = app
    await expect(pill(page)).toHaveText(words('pill.local'))
    await connect(page, server)
    await says(page, /synced/)
    await expect(pill(page)).toContainText(words('pill.synced'))
    await expect(page.getByText(server.url)).toBeVisible()
    await expect(page.getByRole('row', { name: words('server.you').replace('{name}', owner.name) })).toBeVisible()
    await page.getByRole('button', { name: words('server.verify') }).click()
    await expect(page.getByText(words('server.verify_equal'))).toBeVisible()
    expect(await look(page, 'settings, server, connected')).toEqual([])

    await page.getByRole('button', { name: words('server.console') }).click()
    await expect(page.getByRole('row', { name: owner.name })).toBeVisible()
    expect(await look(page, 'console, computers')).toEqual([])
    for (const tab of ['accounts', 'conflicts', 'aside', 'storage']) {
      await page.getByRole('navigation', { name: words('server.console') }).getByRole('button', { name: words(`server.tab.${tab}`) }).click()
      expect(await look(page, `console, ${tab}`)).toEqual([])
    }
    await page.getByRole('button', { name: words('audit.verify') }).click()
    await expect(page.getByRole('status').filter({ hasText: /\d/ }).last()).toContainText(/\d/)
  })

  test('says offline once it is, marks what is not sent, and is up to date again by itself', async ({ app }) => {
    const { page } = app
    await connect(page, server)
    await says(page, /synced/)
    await server.stop()
    await page.goto(`${app.url}o/${seeded.org}/p/${seeded.project}/missions`)
    await ask(page, 'mission.create', { project_id: seeded.project, title: 'Réunion de quai', kind: 'prep', start_at: '2026-10-23T17:00:00.000Z', end_at: '2026-10-23T18:00:00.000Z', zone: 'Europe/Paris' }, seeded.org)
    await page.keyboard.press('Control+s')
    await says(page, /offline|retrying/)
    await expect(page.locator('[data-strip=offline]')).toContainText('1 modification')
    await expect(page.getByRole('row', { name: /Réunion de quai/ }).getByText(words('pill.unsent_by').replace('{name}', owner.name))).toBeAttached()
    await page.keyboard.press('g')
    await page.keyboard.press('y')
    await expect(page).toHaveURL(/\/sync$/)
    await server.start()
    await page.keyboard.press('Control+s')
    await says(page, /synced/)
    await expect(page.locator('[data-strip]')).toHaveCount(0)
  })

  test('brings the organization to another computer with a code and an address', async ({ app, playwright, launchOptions }) => {
    await connect(app.page, server)
    await says(app.page, /synced/)
    const invited = await ask<{ code: string }>(app.page, 'invitation.create', { name: INES.name, email: INES.email, role: 'planner', project_id: null }, seeded.org)
    await app.page.keyboard.press('Control+s')
    await says(app.page, /synced/)

    const data = mkdtempSync(join(tmpdir(), 'callboard-e2e-second-'))
    const host = await startWebHost(data)
    const browser = await playwright.chromium.launch(launchOptions)
    try {
      const page = await (await browser.newContext({ locale: 'fr-FR' })).newPage()
      await page.goto(`${host.url}#token=${host.token}`)
      await page.getByRole('radio', { name: words('language.fr') }).check()
      await page.getByRole('button', { name: words('action.continue') }).click()
      await page.getByRole('radio', { name: words('welcome.way.join') }).check()
      await page.getByRole('button', { name: words('action.continue') }).click()
      await page.getByLabel(words('server.url'), { exact: true }).fill(server.url)
      await page.getByLabel(words('join.code'), { exact: true }).fill(invited.code)
      await page.getByLabel(words('welcome.name'), { exact: true }).fill(INES.name)
      await page.getByLabel(words('welcome.email'), { exact: true }).fill(INES.email)
      await page.getByLabel(words('server.join_password'), { exact: true }).fill(INES.password)
      await page.getByRole('button', { name: words('server.join_do'), exact: true }).click()
      await says(page, /synced/)
      await expect(page.getByText('Grandes Marées', { exact: true }).first()).toBeVisible()

      await app.page.goto(`${app.url}o/${seeded.org}/settings/server/console`)
      await expect(app.page.getByRole('row', { name: INES.name })).toBeVisible()
    } finally {
      await browser.close()
      await host.program.end()
      rmSync(data, { recursive: true, force: true })
    }
  })

  test('is left with a complete copy, on this computer only again', async ({ app }) => {
    const { page } = app
    await connect(page, server)
    await says(page, /synced/)
    await page.getByRole('button', { name: words('server.leave') }).click()
    await page.getByLabel(words('server.password_here')).fill(owner.password)
    await page.getByRole('dialog').getByRole('button', { name: words('server.leave') }).click()
    await says(page, /local/)
    expect((await ask<{ total: number }>(page, 'mission.list', { project_id: seeded.project }, seeded.org)).total).toBeGreaterThan(2)
  })
})
