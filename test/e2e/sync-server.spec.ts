/** An organization gets a server, works without it, comes back, is joined from another computer and leaves it: as its people see it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { owner } from './support/first-run.ts'
import { clipped, overflow } from './support/fits.ts'
import { openOrganization, type Seeded } from './support/organization.ts'
import { connect, joinServer, pill, says, secondComputer } from './support/sync-pages.ts'
import { startSyncServer, type SyncServer } from './support/sync-server.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const INES_MEMBER = { name: 'Inès Morvan', email: 'ines.morvan@example.org' }
const INES = { ...INES_MEMBER, password: 'douze bouées rouges' }

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
    expect(await clipped(page)).toEqual([])
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
    const mark = words('pill.unsent_by').replace('{name}', owner.name)
    await page.goto(`${app.url}o/${seeded.org}/p/${seeded.project}/planning?view=board`)
    await expect(page.getByText(mark)).toBeAttached()
    const [watch] = (await ask<{ items: { id: string; version: number }[] }>(page, 'assignment.list', { filter: { mission_id: seeded.night } }, seeded.org)).items
    await page.goto(`${app.url}o/${seeded.org}/p/${seeded.project}/planning?from=2026-10-24T18:00`)
    const bar = page.locator(`[data-bar="${watch?.id}"]`)
    const before = await bar.boundingBox()
    await expect(bar).not.toHaveAttribute('aria-description', new RegExp(words('pill.unsent')))
    await ask(page, 'assignment.update', { id: watch?.id, version: watch?.version, changes: { notes: 'Talkies au poste de garde' } }, seeded.org)
    await expect(bar).toHaveAttribute('aria-description', new RegExp(mark.replace(/[()]/g, '\\$&')))
    expect(await bar.boundingBox()).toEqual(before)
    await page.keyboard.press('g')
    await page.keyboard.press('y')
    await expect(page).toHaveURL(/\/sync$/)
    await expect(page.getByRole('table', { name: words('sync.queue_title') })).toContainText('Réunion de quai')
    expect(await look(page, 'queue, offline')).toEqual([])
    await server.start()
    await page.keyboard.press('Control+s')
    await says(page, /synced/)
    await expect(page.locator('[data-strip]')).toHaveCount(0)
  })

  test('is asked when the window comes to the front, once, and only where there is a server', async ({ app }) => {
    const { page } = app
    const asked: string[] = []
    page.on('request', (request) => request.postData()?.includes('"sync.now"') && asked.push(request.url()))
    const front = (): Promise<void> => page.evaluate(() => {
      for (let times = 0; times < 5; times++) window.dispatchEvent(new Event('focus'))
    })
    await front()
    await connect(page, server, words)
    await says(page, /synced/)
    expect(asked).toEqual([])
    await front()
    await expect.poll(() => asked.length).toBe(1)
    await front()
    await page.waitForTimeout(800)
    expect(asked).toHaveLength(1)
  })

  test('is asked about before what is not sent is taken off this computer, and gives it as a file', async ({ app }) => {
    const { page } = app
    await connect(page, server, words)
    await says(page, /synced/)
    await server.stop()
    await ask(page, 'mission.create', { project_id: seeded.project, title: 'Réunion de quai', kind: 'prep', start_at: '2026-10-23T17:00:00.000Z', end_at: '2026-10-23T18:00:00.000Z', zone: 'Europe/Paris' }, seeded.org)
    await says(page, /offline|retrying/)
    const dialog = page.getByRole('dialog')
    for (const way of ['server.sign_out', 'server.leave', 'server.remove']) {
      await page.getByRole('button', { name: words(way), exact: true }).click()
      await expect(dialog.getByText(words('server.unsent_of').replace('{name}', words('server.you').replace('{name}', owner.name)).replace('{count}', '1'))).toBeVisible()
      expect(await look(page, way, ['light', 'dark'])).toEqual([])
      if (way !== 'server.remove') await page.keyboard.press('Escape')
    }
    const saved = page.waitForEvent('download')
    await dialog.getByRole('button', { name: words('server.unsent_export') }).click()
    expect((await saved).suggestedFilename()).toMatch(/\.callboard$/)
    const remove = dialog.getByRole('button', { name: words('server.remove'), exact: true })
    await dialog.getByLabel(words('server.password_here')).fill(owner.password)
    await expect(remove).toBeDisabled()
    await dialog.getByRole('checkbox').check()
    await remove.click()
    await expect(page).toHaveURL(/\/welcome/)
    expect((await ask<{ organizations: unknown[] }>(page, 'app.state', {})).organizations).toEqual([])
  })

  test('may be a computer of the place: one serves, another joins with its code', async ({ app, playwright, launchOptions }) => {
    await connect(app.page, server, words)
    await says(app.page, /synced/)
    const { code } = await ask<{ code: string }>(app.page, 'invitation.create', { name: INES.name, email: INES.email, role: 'planner', project_id: null }, seeded.org)
    await app.page.keyboard.press('Control+s')
    await says(app.page, /synced/)
    const browser = await playwright.chromium.launch(launchOptions)
    const second = await secondComputer(browser, 'fr-FR')
    try {
      await joinServer(second.page, server, code, INES, 'fr')
      for (const [page, url] of [[app.page, app.url], [second.page, second.host.url]] as const) {
        await page.goto(`${url}o/${seeded.org}/settings/venue`)
        await expect(page.getByLabel(words('venue.join_url'))).toBeVisible()
      }
      expect(await look(app.page, 'settings, serving here')).toEqual([])
      await app.page.getByLabel(words('venue.address'), { exact: true }).selectOption({ index: 1 })
      await app.page.getByRole('button', { name: words('venue.open'), exact: true }).click()
      const shown = app.page.getByText(/^http:\/\/\S+$/)
      await expect(shown).toBeVisible()
      const shownCode = (await app.page.getByText(/^\w{4}-\w{4}-\w{4}$/).textContent()) ?? ''
      expect(await look(app.page, 'settings, serving', ['light', 'dark'])).toEqual([])
      await second.page.getByLabel(words('venue.join_url')).fill((await shown.textContent()) ?? '')
      await second.page.getByLabel(words('venue.join_code')).fill(shownCode)
      await second.page.getByRole('button', { name: words('venue.join'), exact: true }).click()
      await expect(second.page.getByRole('button', { name: words('venue.leave'), exact: true })).toBeVisible()
      expect(await look(second.page, 'settings, served', ['light', 'dark'])).toEqual([])
      await expect(app.page.getByRole('row', { name: INES.name })).toBeVisible()
      expect(await overflow(app.page)).toBeLessThanOrEqual(0)
    } finally {
      await browser.close()
      await second.remove()
    }
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

  test('comes back from an older state: who came, the roles that come back, the numbers; then it goes on', async ({ app }) => {
    const { page } = app
    await connect(page, server, words)
    await says(page, /synced/)
    const backup = mkdtempSync(join(tmpdir(), 'callboard-e2e-backup-'))
    server.operator('backup', join(backup, 'made'))
    // After the backup: lost with it, known to this computer.
    await ask(page, 'member.add', { user_id: '7b7f6f3e-6a52-4c1e-9d5a-2f6f6c1d9a10', ...INES_MEMBER, role: 'planner', project_id: seeded.project }, seeded.org)
    await ask(page, 'plan.publish', { project_id: seeded.project, start_at: '2026-10-23T22:00:00.000Z', end_at: '2026-10-25T22:00:00.000Z' }, seeded.org)
    await page.keyboard.press('Control+s')
    await says(page, /synced/)
    await server.stop()
    server.operator('restore', join(backup, 'made'), '--yes')
    await server.start()
    await page.keyboard.press('Control+s')
    await says(page, /recovering/)
    await page.goto(`${app.url}o/${seeded.org}/settings/server`)
    await page.getByRole('button', { name: words('server.console') }).click()
    const recovery = page.getByRole('region', { name: words('server.recovery'), exact: true })
    await expect(recovery.getByRole('listitem').filter({ hasText: owner.name })).toBeVisible()
    await expect(recovery.getByRole('table', { name: words('server.recovery_rights') })).toContainText(INES_MEMBER.name)
    await expect(page.getByRole('table', { name: words('server.missing') })).toContainText(words('server.missing_expected'))
    expect(await look(page, 'console, recovery')).toEqual([])
    expect(await clipped(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('recovery.png') })
    const close = recovery.getByRole('button', { name: words('server.recovery_close') })
    await expect(close).toBeDisabled()
    await recovery.getByLabel(words('server.recovery_reviewed')).check()
    await close.click()
    await page.getByRole('dialog').getByRole('button', { name: words('server.recovery_close') }).click()
    await expect(recovery).toBeHidden()
    await expect(page.getByRole('table', { name: words('server.missing') })).toBeHidden()
    await page.keyboard.press('Control+s')
    await says(page, /synced/)
    expect((await ask<{ items: { name: string }[] }>(page, 'member.list', {}, seeded.org)).items.map(({ name }) => name)).toContain(INES_MEMBER.name)
    rmSync(backup, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
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
