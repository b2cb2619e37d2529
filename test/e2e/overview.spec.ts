import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { firstRun, project } from './support/first-run.ts'
import { wordsIn, type Language } from './support/words.ts'

interface Listed {
  items: { id: string; version: number }[]
}
const inHours = (count: number): string => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + count * 3_600_000).toISOString()

for (const language of ['fr', 'en'] satisfies Language[]) {
  test(`what needs somebody is on the overview and in the inbox, and each line opens where one acts (${language})`, async ({ app }) => {
    const words = wordsIn(language)
    const { page } = app
    await firstRun(page, language, words)
    const { items } = await ask<Listed>(page, 'project.list', {})
    // Around now, so that the mission's only trouble is what it lacks.
    await ask(page, 'project.update', { id: items[0]?.id, version: items[0]?.version, changes: { start_at: inHours(-48), end_at: inHours(96) } })
    const made = await ask<{ id: string }>(page, 'mission.create', { project_id: items[0]?.id, title: 'Générale', day_code: 'J1', zone: 'Europe/Paris', start_at: inHours(20), end_at: inHours(30) })
    const nav = page.getByRole('navigation', { name: words('nav.label') })

    await nav.getByRole('link', { name: words('nav.overview') }).click()
    await expect(page.getByRole('heading', { name: words('overview.matters') })).toBeVisible()
    await expect(page.getByRole('heading', { name: words('checklist.title') })).toBeVisible()
    const line = page.getByRole('link', { name: new RegExp(words('matter.lacks_both')) })
    await expect(line).toContainText('J1 Générale')

    // E puts it aside for this person; the inbox keeps it under a filter, from where it comes back.
    await line.focus()
    await page.keyboard.press('e')
    await expect(line).toBeHidden()
    await nav.getByRole('link', { name: words('nav.inbox') }).click()
    await expect(page.getByText(words('inbox.empty'))).toBeVisible()
    const show = page.locator('[data-filter-chip="show"] [aria-haspopup]')
    await show.click()
    await page.getByRole('option', { name: words('inbox.show.open') }).click()
    await page.getByRole('option', { name: words('inbox.show.done') }).click()
    await page.keyboard.press('Escape')
    const card = page.getByRole('button', { name: /J1 Générale/ })
    await expect(card).toBeVisible()
    await card.focus()
    await page.keyboard.press('e')
    await expect(card).toBeHidden()
    await page.getByRole('button', { name: words('filter.clear'), exact: true }).first().click()
    await expect(card).toBeVisible()

    await page.getByRole('button', { name: words('matter.act.mission') }).click()
    await expect(page).toHaveURL(new RegExp(made.id))
    expect(app.pageErrors).toEqual([])
  })

  test(`projects are pinned, copied with their settings, archived apart and opened again (${language})`, async ({ app }) => {
    const words = wordsIn(language)
    const { page } = app
    await firstRun(page, language, words)
    await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.projects') }).click()
    await page.locator('button[id^="project-"]').first().focus()
    await page.keyboard.press('p')
    await expect(page.getByRole('button', { name: `${words('home.unpin')} ${project.name}` })).toBeVisible()

    await page.getByRole('button', { name: `${words('home.more')} ${project.name}` }).click()
    await page.getByRole('menuitem', { name: words('project.archive') }).click()
    await expect(page.locator('details')).toContainText(language === 'fr' ? '1 projet archivé' : '1 archived project')
    await page.locator('summary').click()
    await page.getByRole('button', { name: `${words('home.more')} ${project.name}` }).click()
    await page.getByRole('menuitem', { name: words('project.unarchive') }).click()
    await expect(page.locator('details')).toBeHidden()
    expect(app.pageErrors).toEqual([])
  })
}
