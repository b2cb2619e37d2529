/** Two computers change the same assignment where there is no network; back online nothing is lost, and the second person decides. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { clipped, overflow } from './support/fits.ts'
import { openOrganization } from './support/organization.ts'
import { drawn, switchTo } from './support/pages.ts'
import { connect, joinServer, pill, says, secondComputer } from './support/sync-pages.ts'
import { startSyncServer } from './support/sync-server.ts'
import { wordsIn, type Words } from './support/words.ts'

const [fr, en] = [wordsIn('fr'), wordsIn('en')]
const NADIA = { name: 'Nadia Belkacem', email: 'nadia.belkacem@example.org', password: 'sept lanternes bleues' }
const [HERS, OTHERS] = ['Prendre les talkies au poste de garde', 'Meet the crew at gate B']

interface Row {
  id: string
  collaborator_name: string
  start_at: string
  end_at: string
  notes: string | null
}

interface Entered {
  start: string
  end: string
  notes: string
}

/** In the panel of the assignment, as anybody would. */
async function edit(page: Page, words: Words, { start, end, notes }: Entered): Promise<void> {
  await page.getByLabel(`${words('assignment.start')}, ${words('form.time')}`).fill(start)
  await page.getByLabel(`${words('assignment.end')}, ${words('form.time')}`).fill(end)
  await page.getByRole('textbox', { name: words('assignment.notes') }).fill(notes)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: words('action.save'), exact: true })).toBeDisabled()
}

/** What the panel shows. */
async function shows(page: Page, words: Words, { start, end, notes }: Entered): Promise<void> {
  await expect(page.getByRole('textbox', { name: words('assignment.notes') })).toHaveValue(notes)
  await expect(page.getByLabel(`${words('assignment.start')}, ${words('form.time')}`)).toHaveValue(start)
  await expect(page.getByLabel(`${words('assignment.end')}, ${words('form.time')}`)).toHaveValue(end)
}

test('two windows that changed one assignment offline come together: the second decides field by field with the keyboard, both see it, and Ctrl+Z opens it again', async ({ app, playwright, launchOptions }) => {
  test.setTimeout(120_000)
  const shot = (page: Page, name: string): Promise<Buffer> => page.screenshot({ path: test.info().outputPath(`${name}.png`) })
  const server = await startSyncServer()
  const browser = await playwright.chromium.launch(launchOptions)
  const second = await secondComputer(browser, 'en-GB')
  const [lea, nadia] = [app.page, second.page]
  try {
    await lea.emulateMedia({ reducedMotion: 'reduce' })
    await lea.setViewportSize({ width: 1280, height: 720 })
    await nadia.setViewportSize({ width: 1920, height: 1080 })
    const { org, project, night } = await openOrganization(lea, app.url)
    await drawn(lea)
    await connect(lea, server, fr)
    await says(lea, /synced/)
    const { code } = await ask<{ code: string }>(lea, 'invitation.create', { name: NADIA.name, email: NADIA.email, role: 'org_admin', project_id: null }, org)
    await lea.keyboard.press('Control+s')
    await says(lea, /synced/)
    await joinServer(nadia, server, code, NADIA, 'en')

    const { items } = await ask<{ items: Row[] }>(lea, 'assignment.list', { filter: { mission_id: night } }, org)
    const [row] = items
    if (!row) throw new Error('somebody watches the night')
    const place = `o/${org}/p/${project}/planning?view=table&sel=${row.id}`
    await lea.goto(`${app.url}${place}`)
    await nadia.goto(`${second.host.url}${place}`)
    const panels = [lea, nadia].map((page) => page.getByRole('heading', { name: row.collaborator_name }))
    for (const panel of panels) await expect(panel.first()).toBeVisible()

    await server.stop()
    const [hers, others] = [{ start: '23:15', end: '06:30', notes: HERS }, { start: '22:45', end: '05:30', notes: OTHERS }]
    await edit(lea, fr, hers)
    await edit(nadia, en, others)
    for (const page of [lea, nadia]) {
      await page.keyboard.press('Control+s')
      await says(page, /offline|retrying/)
    }
    await expect(nadia.locator('[data-strip=offline]')).toContainText('1 change')
    await shot(lea, 'offline, fr')
    await shot(nadia, 'offline, en')

    // The second computer sleeps until the first one has sent.
    second.host.program.child.kill('SIGSTOP')
    await server.start()
    await lea.keyboard.press('Control+s')
    await says(lea, /synced/)
    second.host.program.child.kill('SIGCONT')
    await nadia.keyboard.press('Control+s')
    await expect(pill(nadia)).toContainText('1 conflict', { timeout: 30_000 })
    await expect(nadia.locator('[data-strip=back]')).toContainText('nothing is lost')
    await shows(nadia, en, hers)
    await shot(nadia, 'back, en')

    await nadia.locator('[data-strip=back]').getByRole('button', { name: 'See the conflict' }).click()
    await nadia.getByRole('button', { name: 'Decide (1)' }).click()
    const save = nadia.getByRole('button', { name: en('sync.save') })
    await expect(save).toBeDisabled()
    await expect(nadia.getByText('2 fields to choose').last()).toBeVisible()
    await shot(nadia, 'resolver, en')
    expect(await overflow(nadia)).toBeLessThanOrEqual(0)
    expect(await clipped(nadia)).toEqual([])
    await nadia.keyboard.press('2')
    await nadia.keyboard.press('ArrowDown')
    await nadia.keyboard.press('1')
    await expect(save).toBeEnabled()
    await shot(nadia, 'resolver chosen, en')
    await nadia.keyboard.press('Control+Enter')
    await expect(nadia.getByText(en('sync.nothing_to_decide'))).toBeVisible()
    await expect(pill(nadia)).toContainText(en('pill.synced'), { timeout: 30_000 })

    const decided = { ...hers, notes: OTHERS }
    await shows(lea, fr, decided)
    await shot(lea, 'decided, fr')
    await nadia.goto(`${second.host.url}${place}`)
    await shows(nadia, en, decided)
    await shot(nadia, 'decided, en')

    await nadia.keyboard.press('Escape')
    await nadia.keyboard.press('Control+z')
    await expect(pill(nadia)).toContainText('1 conflict', { timeout: 30_000 })
    await shows(lea, fr, hers)
    await switchTo(nadia, 'fr')
    await nadia.setViewportSize({ width: 1280, height: 720 })
    await nadia.goto(`${second.host.url}o/${org}/sync/conflicts`)
    await expect(nadia.getByText('2 champs à choisir').last()).toBeVisible()
    expect(await overflow(nadia)).toBeLessThanOrEqual(0)
    expect(await clipped(nadia)).toEqual([])
    await shot(nadia, 'open again, fr')
  } finally {
    second.host.program.child.kill('SIGCONT')
    await browser.close()
    await second.remove()
    await server.remove()
  }
})
