/** An organization gets a server, works without it, comes back, is joined from another computer and leaves it: as its people see it. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { owner } from './support/first-run.ts'
import { openOrganization, type Seeded } from './support/organization.ts'
import { connect, joinServer, pill, says, secondComputer } from './support/sync-pages.ts'
import { startSyncServer, type SyncServer } from './support/sync-server.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const INES = { name: 'Inès Morvan', email: 'ines.morvan@example.org', password: 'douze bouées rouges' }

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
    await connect(page, server, words)
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
    await connect(page, server, words)
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
    await connect(app.page, server, words)
    await says(app.page, /synced/)
    const invited = await ask<{ code: string }>(app.page, 'invitation.create', { name: INES.name, email: INES.email, role: 'planner', project_id: null }, seeded.org)
    await app.page.keyboard.press('Control+s')
    await says(app.page, /synced/)

    const browser = await playwright.chromium.launch(launchOptions)
    const second = await secondComputer(browser, 'fr-FR')
    try {
      const { page } = second
      await joinServer(page, server, invited.code, INES, 'fr')
      await expect(page.getByText('Grandes Marées', { exact: true }).first()).toBeVisible()

      await app.page.goto(`${app.url}o/${seeded.org}/settings/server/console`)
      await expect(app.page.getByRole('row', { name: INES.name })).toBeVisible()
    } finally {
      await browser.close()
      await second.remove()
    }
  })

  test('is left with a complete copy, on this computer only again', async ({ app }) => {
    const { page } = app
    await connect(page, server, words)
    await says(page, /synced/)
    await page.getByRole('button', { name: words('server.leave') }).click()
    await page.getByLabel(words('server.password_here')).fill(owner.password)
    await page.getByRole('dialog').getByRole('button', { name: words('server.leave') }).click()
    await says(page, /local/)
    expect((await ask<{ total: number }>(page, 'mission.list', { project_id: seeded.project }, seeded.org)).total).toBeGreaterThan(2)
  })
})
