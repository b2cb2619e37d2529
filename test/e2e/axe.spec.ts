import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { damageOrganizations } from './support/damage.ts'
import { firstRun } from './support/first-run.ts'
import { signIn } from './support/sign-in.ts'
import { wordsIn, type Language } from './support/words.ts'

const THEMES = ['light', 'dark', 'hc-light', 'hc-dark'] as const
type Theme = (typeof THEMES)[number]

/** Axe's serious and critical findings on what is shown, as `page, theme: rule at element`. */
async function findings(page: Page, name: string, theme: Theme): Promise<string[]> {
  await page.evaluate((shown) => (document.documentElement.dataset['theme'] = shown), theme)
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  // Themes change colours only: the other rules need to be asked once.
  if (theme !== 'light') axe.withRules('color-contrast')
  const { violations, passes } = await axe.analyze()
  expect(passes.length, `${name}: axe looked at something`).toBeGreaterThan(0)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${name}, ${theme}: ${id} at ${target.join(' ')}`))
}

async function look(page: Page, name: string, themes: readonly Theme[] = THEMES): Promise<string[]> {
  await expect(page.locator('h1')).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  const found: string[] = []
  for (const theme of themes) found.push(...(await findings(page, name, theme)))
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (excess > 0) found.push(`${name}: ${excess} px too wide`)
  return found
}

interface Seeded {
  org: string
  project: string
  mission: string
  person: string
  sheet: string
}

/** A project with enough in it that every page draws its rows, badges and conflicts. */
async function seed(page: Page): Promise<Seeded> {
  const [, org = '', project = ''] = /\/o\/([^/]+)\/p\/([^/]+)/.exec(page.url()) ?? []
  const place = await ask<{ id: string }>(page, 'location.create', { name: 'Halle des Cordiers', zone: 'Europe/Paris', address: '12 quai des Cordiers', gates: ['E', 'B'] })
  const times = { start_at: '2026-10-24T12:00:00.000Z', end_at: '2026-10-24T21:30:00.000Z' }
  const made = { project_id: project, location_id: place.id, ...times }
  const mission = await ask<{ id: string }>(page, 'mission.create', { ...made, title: 'Première soirée', day_code: 'J2', kind: 'show' })
  const other = await ask<{ id: string }>(page, 'mission.create', { ...made, title: 'Montage de la grande scène', day_code: 'J2', kind: 'build' })
  const person = await ask<{ id: string }>(page, 'collaborator.create', { display_name: 'Anouk Ferrand', phone: '06 39 98 12 34' })
  for (const mission_id of [mission.id, other.id]) await ask(page, 'assignment.create', { mission_id, people: [{ collaborator_id: person.id, ...times }] })
  const sheet = await ask<{ id: string }>(page, 'sheet.prepare', { mission_id: mission.id })
  return { org, project, mission: mission.id, person: person.id, sheet: sheet.id }
}

const pagesOf = ({ org, project, mission, person, sheet }: Seeded): Record<string, string> => ({
  projects: `/o/${org}`,
  missions: `/o/${org}/p/${project}/missions`,
  'a mission': `/o/${org}/p/${project}/missions?sel=${mission}`,
  planning: `/o/${org}/p/${project}/planning`,
  sheets: `/o/${org}/p/${project}/sheets`,
  'a sheet': `/o/${org}/p/${project}/sheets/${sheet}`,
  directory: `/o/${org}/directory`,
  'a person': `/o/${org}/directory?sel=${person}`,
  locations: `/o/${org}/locations`,
  import: `/o/${org}/p/${project}/import`,
  audit: `/o/${org}/audit`,
  data: `/o/${org}/data`,
})

/** Another page of the app, as its own links lead there: nothing is loaded anew. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(async (address) => {
    window.history.pushState(null, '', address)
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
  }, path)
}

const small = { width: 1280, height: 720 }

test('every page is without serious accessibility findings, in four themes, and fits 1280 by 720 in French; also in English', async ({ app }) => {
  const french = wordsIn('fr')
  const found: string[] = []
  const prepare = async (): Promise<void> => {
    await app.page.setViewportSize(small)
    // A colour caught on its way to another is nobody's.
    await app.page.emulateMedia({ reducedMotion: 'reduce' })
  }
  await prepare()
  await app.page.getByRole('radio', { name: french('language.fr') }).check()
  found.push(...(await look(app.page, 'first run')))
  await firstRun(app.page, 'fr', french)
  const seeded = await seed(app.page)
  await ask(app.page, 'backup.create', {})
  for (const [name, path] of Object.entries(pagesOf(seeded))) {
    await goWithin(app.page, path)
    found.push(...(await look(app.page, name)))
    expect(app.page.url().endsWith(path), `${name} stays where it was asked for`).toBe(true)
  }

  await switchTo(app.page, 'en')
  for (const [name, path] of Object.entries(pagesOf(seeded))) {
    await goWithin(app.page, path)
    await expect(app.page.locator('html')).toHaveAttribute('lang', 'en')
    found.push(...(await look(app.page, `${name} in English`, ['light'])))
  }
  await switchTo(app.page, 'fr')

  await app.close()
  damageOrganizations(app.data)
  await app.open()
  await prepare()
  await app.page.evaluate(() => window.localStorage.setItem('callboard.preferences', '{"language":"fr"}'))
  await app.page.reload()
  await expect(app.page.getByRole('button', { name: french('sign_in.submit') })).toBeVisible()
  found.push(...(await look(app.page, 'sign-in')))
  await signIn(app.page)
  await expect(app.page.getByText(french('recovery.found.damaged'))).toBeVisible()
  found.push(...(await look(app.page, 'recovery')))
  expect(found).toEqual([])
})

async function switchTo(page: Page, language: Language): Promise<void> {
  const before = wordsIn(language === 'en' ? 'fr' : 'en')
  await page.getByRole('button', { name: before('user.menu') }).click()
  await page.getByRole('menuitemradio', { name: before(`language.${language}`) }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}
