/** A mission is called what its trade calls it (ui 7.1): in the sidebar, on its pages, in the palette; and when the kind of work is changed. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { clipped, overflow } from './support/fits.ts'
import { owner } from './support/first-run.ts'
import { open } from './support/pages.ts'
import { wordsIn, type Language } from './support/words.ts'

async function openTrade(page: Page, url: string, kind: 'theatre' | 'film', language: Language): Promise<{ org: string; project: string }> {
  await ask(page, 'app.first_run', { ...owner, language, theme: 'light' })
  const { id: org } = await ask<{ id: string }>(page, 'organization.create', { name: 'Port et Marées', kind, language, zone: 'Europe/Paris', currency: 'EUR' })
  const { id: project } = await ask<{ id: string }>(page, 'project.create', { code: 'MAREES', name: 'Grandes Marées', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-22T22:00:00.000Z', end_at: '2026-10-26T22:00:00.000Z' })
  await ask(page, 'mission.create', { project_id: project, title: 'Le phare', day_code: 'J1', kind: kind === 'film' ? 'shoot' : 'show', zone: 'Europe/Paris', start_at: '2026-10-24T12:00:00.000Z', end_at: '2026-10-24T21:30:00.000Z' })
  await page.goto(`${url}o/${org}/p/${project}/overview`)
  return { org, project }
}

const door = (page: Page, language: Language, name: string) => page.getByRole('navigation', { name: wordsIn(language)('nav.label') }).getByRole('link', { name, exact: true })

test('a film shoots: days of shooting in the sidebar, the list, its buttons and the palette, and other words at once when the kind of work changes', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr', 'film')
  const { org, project } = await openTrade(page, app.url, 'film', 'fr')
  await expect(door(page, 'fr', 'Jours de tournage')).toBeVisible()
  await open(page, 'the days of shooting', `/o/${org}/p/${project}/missions`)
  await expect(page.getByRole('heading', { level: 1, name: 'Jours de tournage' })).toBeVisible()
  await expect(page).toHaveTitle(/^Jours de tournage/)
  await expect(page.getByRole('button', { name: words('missions.new') }).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: words('palette.title') }).fill('ajouter un jour')
  await expect(page.getByRole('option', { name: /Ajouter un jour de tournage/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('main')).not.toContainText(/missions?\b/i)

  await open(page, 'the identity', `/o/${org}/settings/identity`)
  await page.getByRole('combobox', { name: words('settings.kind') }).selectOption('theatre')
  await page.getByRole('button', { name: words('settings.apply') }).click()
  await expect(page.getByRole('button', { name: words('settings.apply') })).toBeDisabled()
  await open(page, 'the project', `/o/${org}/p/${project}/overview`)
  await expect(door(page, 'fr', 'Dates et représentations')).toBeVisible()
  await expect(door(page, 'fr', 'Jours de tournage')).toHaveCount(0)
})

for (const language of ['fr', 'en'] as const) {
  test(`a theatre plays: what its pages say fits where the general words were (${language})`, async ({ app }) => {
    const { page } = app
    await page.setViewportSize({ width: 1280, height: 720 })
    const { org, project } = await openTrade(page, app.url, 'theatre', language)
    const words = wordsIn(language, 'theatre')
    await expect(door(page, language, words('nav.missions'))).toBeVisible()
    for (const name of ['overview', 'missions', 'planning', 'crew', 'sheets', 'import']) {
      await open(page, name, `/o/${org}/p/${project}/${name}`)
      expect(await overflow(page), name).toBeLessThanOrEqual(0)
      expect(await clipped(page), name).toEqual([])
    }
  })
}
