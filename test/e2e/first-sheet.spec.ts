import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { firstRun, project } from './support/first-run.ts'
import { textOfPdf } from './support/pdf.ts'
import { wordsIn, type Language, type Words } from './support/words.ts'

const hospital = 'Hôpital du Large'
const person = { first: 'Anouk', last: 'Ferrand', phone: '06 39 98 12 34' }

async function go(page: Page, words: Words, place: string): Promise<void> {
  await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words(place) }).click()
}

async function addMission(page: Page, words: Words): Promise<void> {
  const quick = page.getByRole('form', { name: words('missions.quick') })
  await quick.getByLabel(words('missions.quick_when')).fill('24/10 14-23:30')
  await quick.getByLabel(words('mission.title')).fill('Première soirée')
  const place = quick.getByRole('combobox', { name: words('mission.location') })
  await place.fill(project.place)
  await expect(page.getByRole('option', { name: new RegExp(project.place) })).toBeVisible()
  await place.press('Enter')
  await quick.getByRole('button', { name: words('action.add') }).click()
  await expect(page.getByText('Première soirée').first()).toBeVisible()
}

async function completeLocation(page: Page, words: Words): Promise<void> {
  await go(page, words, 'nav.locations')
  await page.getByText(project.place).first().click()
  await page.getByLabel(words('location.address'), { exact: true }).fill('12 quai des Cordiers\n17000 La Rochelle')
  await page.getByLabel(words('location.hospital'), { exact: true }).fill(hospital)
  await page.getByLabel(words('location.hospital_address')).fill('1 rue du Large, La Rochelle')
  await page.getByLabel(words('location.hospital_phone')).fill('05 36 49 10 10')
  await page.getByRole('button', { name: words('action.save'), exact: true }).click()
  await expect(page.getByRole('button', { name: words('action.save'), exact: true })).toBeDisabled()
}

async function addPerson(page: Page, words: Words): Promise<void> {
  await go(page, words, 'nav.people')
  await page.getByRole('button', { name: words('people.new') }).first().click()
  await page.getByLabel(words('person.first_name')).fill(person.first)
  await page.getByLabel(words('person.last_name')).fill(person.last)
  await page.getByLabel(words('person.display_name')).fill(`${person.first} ${person.last}`)
  await page.getByLabel(words('person.phone')).first().fill(person.phone)
  await page.getByRole('button', { name: words('action.create') }).click()
  await expect(page.getByRole('heading', { name: `${person.first} ${person.last}` })).toBeVisible()
}

async function assign(page: Page, words: Words): Promise<void> {
  // People and places are the organization's: back into the project.
  await go(page, words, 'nav.projects')
  await page.getByText(project.name).first().click()
  await go(page, words, 'nav.planning')
  await page.getByRole('button', { name: words('planning.assign') }).first().click()
  const people = page.getByRole('combobox', { name: words('assignment.person') })
  await people.fill(person.last)
  await page.getByRole('option', { name: new RegExp(person.last) }).click()
  await page.getByRole('complementary').getByRole('button', { name: words('planning.assign') }).click()
  await expect(page.getByRole('heading', { name: words('assignment.add_title') })).toBeHidden()
  await expect(page.getByText(`${person.first} ${person.last}`).first()).toBeVisible()
}

async function prepareSheet(page: Page, words: Words): Promise<void> {
  await go(page, words, 'nav.sheets')
  await page.getByRole('button', { name: words('sheets.new') }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: words('sheets.choose') }).fill('soirée')
  await page.getByRole('option', { name: /soirée/ }).click()
  await dialog.getByRole('button', { name: words('sheets.new') }).click()
  await expect(page).toHaveURL(/\/sheets\/[^/?]+/)
}

async function publishSheet(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words('sheet.publish') }).click()
  await page.getByRole('dialog').getByRole('button', { name: words('sheet.publish') }).click()
  await expect(page.getByText(words('sheet.locked_strip').replace('{version}', '1'))).toBeVisible()
}

/** What the person gets by the button, as bytes. */
async function downloadPdf(page: Page, words: Words): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: words('sheet.download_pdf') }).first().click()
  return readFileSync(await (await downloading).path())
}

for (const language of ['fr', 'en'] satisfies Language[]) {
  test(`a coordinator goes from the first run to a published call sheet, in ${language}`, async ({ app }) => {
    const words = wordsIn(language)
    const { page } = app
    await firstRun(page, language, words)
    await addMission(page, words)
    await completeLocation(page, words)
    await addPerson(page, words)
    await assign(page, words)

    await prepareSheet(page, words)
    await publishSheet(page, words)

    const [, sheet = ''] = /\/sheets\/([^/?]+)/.exec(page.url()) ?? []
    const { published_revision_id } = await ask<{ published_revision_id: string }>(page, 'sheet.get', { id: sheet })
    const pdf = await ask<{ base64: string; content_hash: string }>(page, 'sheet.pdf', { revision_id: published_revision_id })
    const bytes = Buffer.from(pdf.base64, 'base64')
    if (app.host === 'browser') expect((await downloadPdf(page, words)).equals(bytes)).toBe(true)
    const text = textOfPdf(bytes)
    expect(text).toContain(`${person.first} ${person.last}`)
    expect(text).toContain(hospital)
    expect(text).toContain(pdf.content_hash)
    expect(text).toContain(language === 'fr' ? 'Feuille de service' : 'Call sheet')
    expect(app.pageErrors).toEqual([])
  })
}
