import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { utils, write } from '@e965/xlsx'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { firstRun } from './support/first-run.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const LAST = 14
const people = [
  ['Équipe des Grandes Marées'],
  [],
  ['Nom', 'Prénom', 'Courriel', 'Portable', 'Poste', 'N° sécu', 'Taille'],
  ...Array.from({ length: LAST }, (_, index) => [`Kaplan${index}`, 'Inès', 'à venir', `06 39 98 ${String(index).padStart(2, '0')} 11`, 'Sonneuse de cloches', '2 55 08 14 168 025 38', 'M']),
  ['Robin', 'Sacha', 'sacha@example.org', '06 39 98 70 11', 'Sonneuse de cloches', '', 'L'],
  ['Tomé', 'Lou', 'lou sans arobase', '', '', '', 'S'],
]

function workbook(rows: readonly (readonly string[])[], bookType: 'xlsx' | 'ods'): Buffer {
  const book = { SheetNames: ['Équipe', 'Notes'], Sheets: { 'Équipe': utils.aoa_to_sheet(rows.map((row) => [...row])), Notes: utils.aoa_to_sheet([['rien']]) } }
  const bytes: Buffer = write(book, { type: 'buffer', bookType })
  return bytes
}

const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//invented//FR', 'BEGIN:VEVENT', 'UID:repet@example.org', 'DTSTART:20261024T120000Z', 'DTEND:20261024T140000Z', 'SUMMARY:Répétition', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')

/** Words with their numbers, as the screens say them. */
const said = (key: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words(key))

async function openImport(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.import') }).click()
  await expect(page.getByRole('heading', { level: 1, name: words('import.title') })).toBeVisible()
}

const choose = (page: Page, name: string, mimeType: string, buffer: Buffer) => page.locator('input[type="file"]').setInputFiles({ name, mimeType, buffer })
const goTo = (page: Page, step: string) => page.getByRole('navigation', { name: words('import.steps') }).getByRole('button', { name: words(`import.step.${step}`) }).click()
const confirm = (page: Page, what: string) => page.getByRole('button', { name: said('import.confirm', { what }) }).click()
const finished = (page: Page) => expect(page.getByRole('heading', { name: words('import.result_title') })).toBeVisible()
const count = async (page: Page): Promise<number> => (await ask<{ total: number }>(page, 'collaborator.list', { limit: 1 })).total

async function paste(page: Page, text: string, html: string): Promise<void> {
  await expect(page.getByRole('button', { name: words('import.choose') })).toBeVisible()
  await page.evaluate(([plain = '', rich = '']) => {
    const data = new DataTransfer()
    data.setData('text/plain', plain)
    if (rich !== '') data.setData('text/html', rich)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, [text, html])
}

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`))
}

test('a spreadsheet is corrected by cause, left and found again, brought in, its refused rows downloaded, and undone whole', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await openImport(page)
  await choose(page, 'equipe.xlsx', 'application/octet-stream', workbook(people, 'xlsx'))

  await expect(page.getByLabel(said('import.field_of', { column: 'Courriel' }))).toHaveValue('email')
  await expect(page.getByText(words('import.refused_nir'))).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Taille' })).toBeVisible()
  expect(await serious(page)).toEqual([])

  await page.getByLabel(said('import.field_of', { column: 'Taille' })).selectOption('phone')
  await expect(page.getByRole('alert').filter({ hasText: 'Portable' })).toBeVisible()
  await page.getByLabel(said('import.field_of', { column: 'Taille' })).selectOption('notes')
  await expect(page.getByRole('alert').filter({ hasText: 'Portable' })).toBeHidden()

  await goTo(page, 'check')
  await page.getByRole('button', { name: 'Vider les 14' }).click()
  await expect(page.getByText('1 ligne ne peut pas être importée.')).toBeVisible()
  expect(await serious(page)).toEqual([])

  // Leaving and coming back finds the file, the columns and the corrections.
  await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.missions') }).click()
  await openImport(page)
  await goTo(page, 'check')
  await expect(page.getByText('1 ligne ne peut pas être importée.')).toBeVisible()

  await goTo(page, 'finish')
  expect(await count(page)).toBe(0)
  expect(await serious(page)).toEqual([])
  await confirm(page, '15 personnes')
  await finished(page)
  expect(await count(page)).toBe(15)
  expect(await serious(page)).toEqual([])

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Télécharger la ligne refusée' }).click()
  const refused = readFileSync(await (await downloading).path(), 'utf8')
  expect(refused).toContain('lou sans arobase')
  expect(refused).toContain('Motif du refus')
  expect(refused).not.toContain('168 025')

  await page.getByRole('button', { name: words('import.another') }).click()
  await expect(page.getByRole('region', { name: words('import.recent') })).toContainText('15 personnes')
  // The same header line next time: what was chosen is proposed, and can be forgotten.
  await choose(page, 'equipe 2.xlsx', 'application/octet-stream', workbook(people, 'xlsx'))
  await expect(page.getByLabel(said('import.field_of', { column: 'Taille' }))).toHaveValue('notes')
  await page.getByRole('button', { name: words('import.forget') }).click()
  await expect(page.getByLabel(said('import.field_of', { column: 'Taille' }))).toHaveValue('')
  await page.getByRole('button', { name: words('import.drop_draft') }).click()

  await page.getByRole('button', { name: words('import.undo_now') }).click()
  await page.getByRole('dialog').getByRole('button', { name: words('import.undo_now') }).click()
  await expect(page.getByRole('region', { name: words('import.recent') })).toContainText(words('import.why_not.undone'))
  expect(await count(page)).toBe(0)
  expect(app.pageErrors).toEqual([])
})

test('cells of ODS and of the clipboard, and a calendar, come in; somebody of the same name is asked about', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await ask(page, 'collaborator.create', { display_name: 'Sacha Robin' })
  await openImport(page)
  await choose(page, 'equipe.ods', 'application/octet-stream', workbook([['Nom complet', 'Téléphone'], ['Sacha Robin', '06 39 98 70 11'], ['Lou Tomé', '06 39 98 70 12']], 'ods'))
  await goTo(page, 'finish')
  await expect(page.getByRole('button', { name: said('import.confirm', { what: '2 personnes' }) })).toBeDisabled()
  await goTo(page, 'matches')
  await page.getByLabel(said('import.who_is', { name: 'Sacha Robin' })).selectOption({ index: 1 })
  await expect(page.getByRole('cell', { name: '06 39 98 70 11', exact: true })).toBeVisible()
  expect(await serious(page)).toEqual([])
  await goTo(page, 'finish')
  await confirm(page, '2 personnes')
  await finished(page)
  expect(await count(page)).toBe(2)
  await page.getByRole('button', { name: words('import.another') }).click()

  await paste(page, 'Nom complet E-mail', '<table><tr><td>Nom complet</td><td>E-mail</td></tr><tr><td>Noé Diallo</td><td>noe@example.org</td></tr></table>')
  await goTo(page, 'finish')
  await confirm(page, '1 personne')
  await finished(page)
  await page.getByRole('button', { name: words('import.another') }).click()

  await choose(page, 'agenda.ics', 'text/calendar', Buffer.from(calendar))
  await goTo(page, 'finish')
  await confirm(page, '1 mission')
  await finished(page)
  expect((await ask<{ total: number }>(page, 'mission.list', { limit: 1 })).total).toBe(1)
  expect(app.pageErrors).toEqual([])
})

test('by keyboard alone a table is corrected cell by cell and brought in', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await page.setViewportSize({ width: 1280, height: 720 })
  await openImport(page)
  await paste(page, 'Nom complet\tE-mail\nNoé Diallo\tnoe chez example.org\n', '')
  await expect(page.getByRole('heading', { name: words('import.step_title.columns') })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: words('import.step_title.check') })).toBeFocused()
  const cell = page.getByLabel(said('import.cell', { column: 'E-mail', line: '2' }))
  await cell.focus()
  await cell.fill('noe@example.org')
  await page.keyboard.press('Enter')
  await expect(page.getByText('La ligne peut être importée.')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: said('import.confirm', { what: '1 personne' }) })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await finished(page)
  expect(await count(page)).toBe(1)
})
