/**
 * The pictures of the guide are taken here: the demonstration, walked to each screen that a chapter shows. By default they must exist;
 * with CALLBOARD_GUIDE=write they are written anew.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { owner } from './support/first-run.ts'
import { projectFolder } from './support/program.ts'
import { connect, says } from './support/sync-pages.ts'
import { startSyncServer } from './support/sync-server.ts'
import { wordsIn, type Language, type Words } from './support/words.ts'

const LARGEST_PICTURE = 250 * 1024
const writes = process.env['CALLBOARD_GUIDE'] === 'write'

const REFUSED = ['Nom;Prénom;Courriel;Téléphone', 'Kaplan;Inès;à venir;06 39 98 20 11', 'Robin;Sacha;sacha@example.org;06 39 98 20 12', 'Tomé;Lou;lou sans arobase;', 'Vasseur;Nour;nour.vasseur@example.org;06 39 98 20 13'].join('\n')

interface Row {
  id: string
  title?: string
  name?: string
  display_name?: string
  code?: string
}
const idOf = async (page: Page, operation: string, input: object, which: (row: Row) => boolean): Promise<string> => {
  const { items } = await ask<{ items: Row[] }>(page, operation, { limit: 100, ...input })
  const found = items.find(which)
  if (!found) throw new Error(`${operation}: the demonstration lacks a row that the guide shows`)
  return found.id
}

async function openDemo(page: Page, language: Language): Promise<string> {
  await expect(page.locator('h1')).toBeVisible()
  await ask(page, 'app.first_run', { ...owner, language, theme: 'light' })
  const { id } = await ask<{ id: string }>(page, 'demo.open', { date: 'now' })
  await ask(page, 'organization.open', { id })
  return id
}

async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => window.history.pushState(null, '', address), path)
  await settled(page)
}

async function settled(page: Page): Promise<void> {
  await expect(page.locator('h1')).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  // Nothing announces that an image was painted.
  await page.waitForTimeout(700)
}

async function picture(page: Page, language: Language, name: string): Promise<void> {
  const path = join(projectFolder, 'docs', 'guide', 'images', language, `${name}.png`)
  if (!writes) return expect(existsSync(path), `${language}/${name}.png was taken`).toBe(true)
  const bytes = await page.screenshot({ scale: 'css', animations: 'disabled', caret: 'hide' })
  expect(bytes.byteLength, `${name} is small enough to be carried along`).toBeLessThan(LARGEST_PICTURE)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}

async function refusedRows(page: Page, words: Words): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles({ name: 'equipe.csv', mimeType: 'text/csv', buffer: Buffer.from(REFUSED) })
  await page.getByRole('navigation', { name: words('import.steps') }).getByRole('button', { name: words('import.step.check') }).click()
  await settled(page)
}

for (const language of ['fr', 'en'] as const) {
  test(`each screen that the guide shows is there to be shown (${language})`, async ({ app }) => {
    test.setTimeout(240_000)
    const words = wordsIn(language)
    const { page } = app
    await page.setViewportSize({ width: 1280, height: 800 })
    const org = await openDemo(page, language)
    await page.reload()
    await settled(page)
    await expect(page.locator('html')).toHaveAttribute('lang', language)

    const project = await idOf(page, 'project.list', {}, ({ code }) => code === 'NDP')
    const show = await idOf(page, 'mission.list', { project_id: project }, ({ title }) => title === '« Marée haute »')
    const sheet = await idOf(page, 'sheet.list', {}, () => true)
    const person = await idOf(page, 'collaborator.list', { search: 'Sophie Blanc' }, ({ display_name }) => display_name === 'Sophie Blanc')
    const hall = await idOf(page, 'location.list', {}, ({ name }) => name === 'Grande Halle du Port')
    const inside = `/o/${org}/p/${project}`

    const screens: readonly (readonly [name: string, path: string, ready: () => Promise<void>])[] = [
      ['overview', `${inside}/overview`, () => expect(page.getByText(words('checklist.title'))).toBeVisible()],
      ['missions', `${inside}/missions`, () => expect(page.getByRole('grid').getByText('« Marée haute »')).toBeVisible()],
      ['mission', `${inside}/missions/${show}`, () => expect(page.getByRole('row', { name: /Départ du bateau/ })).toBeVisible()],
      ['planning', `${inside}/planning`, () => expect(page.getByText('Inès Morvan').first()).toBeVisible()],
      ['board', `${inside}/planning?view=board`, () => expect(page.getByText('« Marée haute »').first()).toBeVisible()],
      ['costs', `${inside}/costs`, () => expect(page.locator('main table')).toBeVisible()],
      ['availability', `/o/${org}/directory/${person}/availability`, () => expect(page.getByRole('grid')).toBeVisible()],
      ['rules', `/o/${org}/settings/rules`, () => expect(page.getByText('L3131-1').first()).toBeVisible()],
      ['crew', `/o/${org}/directory?sel=${person}`, () => expect(page.getByRole('complementary').getByText('SSIAP 2').first()).toBeVisible()],
      ['locations', `/o/${org}/locations?sel=${hall}`, () => page.getByRole('complementary').locator('img, svg image').first().scrollIntoViewIfNeeded()],
      ['import', `${inside}/import?kind=people`, () => refusedRows(page, words)],
    ]
    for (const [name, path, ready] of screens) {
      await test.step(name, async () => {
        await go(page, path)
        await ready()
        await settled(page)
        await picture(page, language, name)
      })
    }
    // A proposal: a bar nudged by three quarters of an hour, nothing written yet.
    const { start_at } = await ask<{ start_at: string }>(page, 'mission.get', { id: show })
    await go(page, `${inside}/planning?from=${start_at.slice(0, 10)}T10:00`)
    await page.getByRole('treegrid').locator('[data-bar]').first().focus()
    for (let step = 0; step < 3; step++) await page.keyboard.press('Alt+ArrowRight')
    await expect(page.getByText(words('proposal.title')).first()).toBeVisible()
    await settled(page)
    await picture(page, language, 'proposal')
    await page.keyboard.press('Escape')
    await go(page, `${inside}/missions`)
    await expect(page.getByRole('grid').getByText('« Marée haute »')).toBeVisible()
    await page.keyboard.press('Control+p')
    await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible()
    await settled(page)
    await picture(page, language, 'print')
    await page.keyboard.press('Escape')
    await go(page, `${inside}/sheets/${sheet}`)
    await expect(page.locator('canvas').first()).toBeVisible()
    await settled(page)
    await picture(page, language, 'sheet')
    expect(app.pageErrors).toEqual([])
  })
}

/** A code is made by chance and an address by the system: a picture shows ones that stay. */
const showSteady = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
      const node = walker.currentNode
      node.textContent = (node.textContent ?? '').replace(/http:\/\/127\.0\.0\.1:\d+/, 'https://callboard.example.org').replace(/127\.0\.0\.1:\d+/, 'callboard.example.org').replace(/http:\/\/\d+\.\d+\.\d+\.\d+:\d+/, 'http://192.168.1.20:45110').replace(/^\w{4}-\w{4}-\w{4}$/, 'K7PM-4QXD-WT9C')
    }
  })

for (const language of ['fr', 'en'] as const) {
  test(`each screen of working with others that the guide shows is there to be shown (${language})`, async ({ app }) => {
    test.setTimeout(180_000)
    const words = wordsIn(language)
    const { page } = app
    await page.setViewportSize({ width: 1280, height: 800 })
    const demo = await openDemo(page, language)
    await page.reload()
    await settled(page)
    await go(page, `/o/${demo}/sync/conflicts`)
    await expect(page.getByRole('button', { name: words('sync.save') })).toBeVisible()
    await page.keyboard.press('2')
    await page.keyboard.press('ArrowDown')
    await settled(page)
    await picture(page, language, 'resolver')

    const server = await startSyncServer()
    try {
      const { id: org } = await ask<{ id: string }>(page, 'organization.create', { name: language === 'fr' ? 'Port et Marées' : 'Harbour and Tides', kind: 'event', language, zone: 'Europe/Paris', currency: 'EUR' })
      const project = (await ask<{ id: string }>(page, 'project.create', { code: 'MAREES', name: language === 'fr' ? 'Grandes Marées' : 'Spring Tides', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-22T22:00:00.000Z', end_at: '2026-10-26T22:00:00.000Z' }, org)).id
      await page.reload()
      await go(page, `/o/${org}`)
      await connect(page, server, words)
      await says(page, /synced/)
      await page.reload()
      await settled(page)
      await showSteady(page)
      await picture(page, language, 'server')
      await go(page, `/o/${org}/settings/venue`)
      await page.getByLabel(words('venue.address'), { exact: true }).selectOption({ index: 1 })
      await page.getByRole('button', { name: words('venue.open'), exact: true }).click()
      await expect(page.getByRole('button', { name: words('venue.close'), exact: true })).toBeVisible()
      await settled(page)
      await showSteady(page)
      await picture(page, language, 'venue')
      await page.reload()
      await page.getByRole('button', { name: words('venue.close'), exact: true }).click()
      await server.stop()
      const titles = language === 'fr' ? ['Réunion de quai', 'Accueil du public', 'Balances'] : ['Quay meeting', 'Doors', 'Sound check']
      for (const [at, title] of titles.entries())
        await ask(page, 'mission.create', { project_id: project, title, kind: 'prep', start_at: `2026-10-23T1${at}:00:00.000Z`, end_at: `2026-10-23T1${at + 2}:00:00.000Z`, zone: 'Europe/Paris' }, org)
      await go(page, `/o/${org}/sync`)
      await page.keyboard.press('Control+s')
      await says(page, /offline/)
      await expect(page.getByRole('table', { name: words('sync.queue_title') })).toContainText(titles[2] ?? '')
      await settled(page)
      await showSteady(page)
      await picture(page, language, 'queue')
    } finally {
      await server.remove()
    }
  })
}
