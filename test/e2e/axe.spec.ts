/** Check 4 of the specification: axe finds nothing serious on any page or state, in four themes and both languages. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { damageOrganizations } from './support/damage.ts'
import { owner } from './support/first-run.ts'
import { NIGHT, openOrganization, placesOf } from './support/organization.ts'
import { drawn, goWithin, open, switchTo } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const french = wordsIn('fr')
const small = { width: 1280, height: 720 }

async function prepare(page: Page): Promise<void> {
  await page.setViewportSize(small)
  // A colour caught on its way to another is nobody's.
  await page.emulateMedia({ reducedMotion: 'reduce' })
}

test('every page is without serious findings in four themes, and fits 1280 by 720 in French; also in English', async ({ app }) => {
  test.setTimeout(240_000)
  const { page } = app
  await prepare(page)
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  const found: string[] = []
  for (const [name, path] of Object.entries(placesOf(seeded))) {
    await open(page, name, path)
    found.push(...(await look(page, name)))
  }
  await switchTo(page, 'en')
  for (const [name, path] of Object.entries(placesOf(seeded))) {
    await open(page, name, path)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    found.push(...(await look(page, `${name} in English`, ['light'])))
  }
  expect(found).toEqual([])
})

test('every state is without serious findings: nothing yet, no result, read-only, locked, forbidden, broken, over the page', async ({ app }) => {
  test.setTimeout(240_000)
  const { page } = app
  await prepare(page)
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  const { org, project, archived } = seeded
  const inProject = `/o/${org}/p/${project}`
  const found: string[] = []
  const seen = async (name: string): Promise<void> => {
    found.push(...(await look(page, name)))
  }

  const nothing = { directory: `/o/${org}/directory?q=zzzz`, missions: `${inProject}/missions?q=zzzz`, planning: `${inProject}/planning?state=confirmed`, inbox: `/o/${org}/inbox?q=zzzz` }
  for (const [name, path] of Object.entries(nothing)) {
    await open(page, name, path)
    await expect(page.getByText(/^Aucun résultat pour/)).toBeVisible()
    await seen(`${name}, no result`)
  }
  for (const part of ['overview', 'missions', 'planning', 'sheets', 'locations', 'import', 'settings']) {
    await open(page, part, `/o/${org}/p/${archived}/${part}`)
    await seen(`${part}, archived`)
  }
  await open(page, 'archived', `/o/${org}/p/${archived}/missions/${seeded.inArchived}`)
  await expect(page.getByText(french('project.archived_strip'))).toBeVisible()
  await seen('a mission, archived')
  await open(page, 'locked', `${inProject}/missions/${seeded.locked}`)
  await seen('a mission, locked')
  await open(page, 'locked', `${inProject}/missions?sel=${seeded.locked}`)
  await seen('the panel of a locked mission')
  await open(page, 'new', `/o/${org}/directory?sel=new`)
  await seen('a new person')
  await open(page, 'gone', `${inProject}/missions/${org}`)
  await seen('a mission that is not there')

  await open(page, 'planning', `${inProject}/planning`)
  await page.keyboard.press('Control+k')
  await page.keyboard.type(NIGHT.title.slice(0, 4))
  await expect(page.getByRole('option', { name: new RegExp(NIGHT.title) })).toBeVisible()
  await seen('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: french('shortcuts.title') })).toBeVisible()
  await seen('shortcuts')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+p')
  await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible()
  await drawn(page)
  await seen('print preview')
  await page.keyboard.press('Escape')
  await open(page, 'directory', `/o/${org}/directory`)
  await page.getByRole('button', { name: french('user.menu') }).click()
  await seen('menu of the person')
  await page.keyboard.press('Escape')
  await page.locator('[data-filter-chip] button').first().click()
  await expect(page.getByRole('listbox')).toBeVisible()
  await seen('a filter, open')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: french('table.columns') }).click()
  await seen('columns, open')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: french('view.title') }).click()
  await seen('saved views, open')
  await page.keyboard.press('Escape')
  await page.locator('tr[data-row]').first().focus()
  await page.keyboard.press('ControlOrMeta+a')
  await seen('all chosen')
  await page.keyboard.press('F2')
  await seen('a cell, being edited')
  await page.keyboard.press('Escape')

  // The answer of one question is broken: the page says so in its place.
  const breaking: Record<string, string> = { 'collaborator.list': `/o/${org}/directory`, 'mission.list': `${inProject}/missions`, 'matter.list': `/o/${org}/inbox`, 'mission.get': `${inProject}/missions/${seeded.mission}` }
  for (const [question, path] of Object.entries(breaking)) {
    await page.route('**/api/v1/call', async (route) =>
      route.request().postData()?.includes(`"${question}"`)
        ? route.fulfill({ status: 500, json: { error: { code: 'server.unexpected', message: 'broken on purpose', details: [], retry: true, request_id: 'spec' } } })
        : route.fallback(),
    )
    await goWithin(page, `${path}?broken=1`)
    await page.reload()
    await expect(page.getByText(french('error.title')).first(), `${question} is broken`).toBeVisible()
    await drawn(page)
    await seen(`${question}, broken`)
    await page.unrouteAll({ behavior: 'wait' })
  }

  await ask(page, 'app.see_as', { role: 'viewer' })
  await page.reload()
  for (const path of [`/o/${org}/data`, `/o/${org}/members`, `/o/${org}/directory?sel=${seeded.person}`, `/o/${org}/settings/identity`, `${inProject}/missions/${seeded.mission}`, `${inProject}/sheets`, `${inProject}/import`]) {
    await goWithin(page, path)
    await drawn(page)
    await seen(`a viewer at ${path}`)
  }
  await ask(page, 'app.see_as_self', {})
  await page.reload()
  await drawn(page)

  const empty = (await ask<{ id: string }>(page, 'organization.create', { name: 'Théâtre des Vases', kind: 'theatre', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' })).id
  await goWithin(page, `/o/${empty}`)
  await page.reload()
  await drawn(page)
  await seen('home, nothing yet')
  const first = (await ask<{ id: string }>(page, 'project.create', { code: 'VASES', name: 'Les Vases', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-22T22:00:00.000Z', end_at: '2026-10-26T22:00:00.000Z' }, empty)).id
  for (const path of [`/o/${empty}/directory`, `/o/${empty}/locations`, `/o/${empty}/inbox`, ...['overview', 'missions', 'planning', 'sheets', 'import'].map((part) => `/o/${empty}/p/${first}/${part}`)]) {
    await open(page, path, path)
    await seen(`nothing yet at ${path}`)
  }
  expect(found).toEqual([])
})

test('first run, lock, sign-in and recovery are without serious findings in four themes', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await prepare(page)
  const found: string[] = []
  await drawn(page)
  await page.getByRole('radio', { name: french('language.fr') }).check()
  found.push(...(await look(page, 'first run, the look')))
  await page.getByRole('button', { name: french('action.continue') }).click()
  await drawn(page)
  found.push(...(await look(page, 'first run, the next step')))
  await openOrganization(page, app.url)
  await ask(page, 'app.set_pin', { password: owner.password, pin: '204817' })
  await page.reload()
  await drawn(page)
  await goWithin(page, '/welcome')
  await drawn(page)
  found.push(...(await look(page, 'another organization')))
  await page.goto(app.url)
  await drawn(page)
  await page.keyboard.press('Control+Shift+L')
  await expect(page.getByRole('heading', { name: french('lock.title') })).toBeVisible()
  found.push(...(await look(page, 'locked window')))

  await app.close()
  damageOrganizations(app.data)
  await app.open()
  await prepare(app.page)
  await app.page.evaluate(() => window.localStorage.setItem('callboard.preferences', '{"language":"fr"}'))
  await app.page.reload()
  await drawn(app.page)
  found.push(...(await look(app.page, 'sign-in')))
  await ask(app.page, 'app.sign_in', { email: owner.email, password: owner.password })
  await app.page.reload()
  await expect(app.page.getByText(french('recovery.found.damaged'))).toBeVisible()
  found.push(...(await look(app.page, 'recovery')))
  expect(found).toEqual([])
})
