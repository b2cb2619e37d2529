/** The life of a sheet on the screens: prepared, filled, checked, published; then what changed, version 2, and version 1 still as it was printed, but for the stamp. */
import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { firstRun, project } from './support/first-run.ts'
import { textOfPdf } from './support/pdf.ts'
import { wordsIn, type Words } from './support/words.ts'

interface Revision {
  id: string
  number: number
}

const idIn = (url: string): string => /\/sheets\/([^/?]+)/.exec(url)?.[1] ?? ''
const orgIn = (url: string): string => /\/o\/([^/]+)/.exec(url)?.[1] ?? ''
const STAMP = /REMPLACÉE PAR v2/g
/** What paper says of a version, and its hash; the stamp of a version replaced since is not part of it. */
async function paperOf(page: Page, revision_id: string): Promise<{ words: string; stamped: boolean; content_hash: string; digest: string }> {
  const { base64, content_hash } = await ask<{ base64: string; content_hash: string }>(page, 'sheet.pdf', { revision_id })
  const text = textOfPdf(Buffer.from(base64, 'base64'))
  return { words: text.replace(STAMP, '').replace(/\s+/g, ' ').trim(), stamped: STAMP.test(text), content_hash, digest: createHash('sha256').update(base64).digest('hex') }
}
const revisionsOf = async (page: Page): Promise<Revision[]> => (await ask<{ revisions: Revision[] }>(page, 'sheet.get', { id: idIn(page.url()) })).revisions

async function addMission(page: Page, words: Words): Promise<void> {
  const quick = page.getByRole('form', { name: words('missions.quick') })
  await quick.getByLabel(words('missions.quick_when')).fill('24/10 14-23:30')
  await quick.getByLabel(words('mission.title')).fill('Première soirée')
  await quick.getByRole('combobox', { name: words('mission.location') }).fill(project.place)
  await page.getByRole('option', { name: project.place }).first().click()
  await quick.getByRole('button', { name: words('action.add') }).click()
  await expect(page.getByText('Première soirée').first()).toBeVisible()
}

async function givePlace(page: Page): Promise<void> {
  const { items } = await ask<{ items: { id: string; version: number }[] }>(page, 'location.list', {})
  const [place] = items
  if (!place) throw new Error('no place')
  await ask(page, 'location.update', { id: place.id, version: place.version, changes: { address: '12 quai des Cordiers\n17000 La Rochelle' } })
}

async function publish(page: Page, words: Words, version: number): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByRole('button', { name: words('sheet.publish') }).click()
  await expect(page.getByText(words('sheet.locked_strip').replace('{version}', String(version)))).toBeVisible()
}

test('a sheet is prepared, filled, checked, published, changed, published again, compared; its first version says the same for ever', async ({ app }) => {
  const words = wordsIn('fr')
  const { page } = app
  await firstRun(page, 'fr', words)
  await addMission(page, words)
  await givePlace(page)

  // From another page the keys lead to the library with its dialog open.
  await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.overview') }).click()
  await expect(page).toHaveURL(/overview/)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('n')
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: words('sheets.choose') }).fill('soirée')
  await page.getByRole('option', { name: /soirée/ }).click()
  await dialog.getByRole('button', { name: words('sheets.new') }).click()
  await expect(page).toHaveURL(/\/sheets\/[^/?]+/)

  // The hospital is missing: publishing leads to the checks, and the check to its field.
  await page.getByRole('button', { name: words('sheet.publish') }).click()
  await expect(page.getByText(words('check.no_hospital'))).toBeVisible()
  await page.locator('[data-severity="blocking"]').getByRole('button', { name: words('check.fix.section') }).first().click()
  const emergency = page.getByRole('region', { name: words('sheet.emergency') })
  await emergency.getByLabel(words('sheet.hospital'), { exact: true }).selectOption('own')
  await emergency.getByLabel(words('sheet.hospital_name')).fill('Hôpital du Large')
  await emergency.getByLabel(words('sheet.hospital_name')).blur()

  const slots = page.getByRole('region', { name: words('sheet.slots') })
  const fresh = slots.getByRole('group', { name: words('sheet.add_row') })
  await fresh.getByLabel(words('sheet.time')).fill('16h30')
  await fresh.getByLabel(words('sheet.what')).fill('Balances')
  await fresh.getByLabel(words('sheet.what')).press('Enter')
  await expect(slots.getByRole('group', { name: 'Balances' })).toBeVisible()
  await expect.poll(async () => (await ask<{ work: { hospital: { name: string } | null } }>(page, 'sheet.get', { id: idIn(page.url()) })).work.hospital?.name).toBe('Hôpital du Large')

  await page.getByRole('heading', { level: 1 }).click()
  await publish(page, words, 1)
  const [first] = await revisionsOf(page)
  if (!first) throw new Error('no version')
  const printed = await paperOf(page, first.id)
  expect((await paperOf(page, first.id)).digest).toBe(printed.digest)

  await page.getByRole('button', { name: words('sheet.revise') }).click()
  const line = page.getByRole('region', { name: words('sheet.slots') }).getByRole('group', { name: 'Balances' })
  await line.getByLabel(`Balances, ${words('sheet.time')}`).fill('17h')
  await line.getByLabel(`Balances, ${words('sheet.time')}`).blur()
  await expect(line.getByLabel(`Balances, ${words('sheet.time')}`)).toHaveValue('17:00')
  await expect.poll(async () => (await ask<{ unpublished_changes: boolean }>(page, 'sheet.get', { id: idIn(page.url()) })).unpublished_changes).toBe(true)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog').getByText('17:00')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words('sheet.locked_strip').replace('{version}', '2'))).toBeVisible()

  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/compare/)
  await expect(page.locator('s', { hasText: '16:30' })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.locator('[data-change="1"]')).toBeFocused()
  await page.getByRole('button', { name: words('sheet.compare_back') }).click()
  await expect(page.locator('[data-version="1"]')).toContainText(words('sheet.superseded').replace('{version}', '2'))
  const again = await paperOf(page, first.id)
  expect(again).toMatchObject({ words: printed.words, content_hash: printed.content_hash, stamped: true })
  expect((await paperOf(page, first.id)).digest).toBe(again.digest)
  expect(app.pageErrors).toEqual([])
})

test('a line half typed is there again after a reload; what another sheet says is brought in and undone; notes are put in another order', async ({ app }) => {
  const words = wordsIn('fr')
  const { page } = app
  await firstRun(page, 'fr', words)
  await addMission(page, words)
  await givePlace(page)
  const { items } = await ask<{ items: { id: string; project_id: string; location_id: string }[] }>(page, 'mission.list', {})
  const [mission] = items
  if (!mission) throw new Error('no mission')
  const first = await ask<{ id: string; revision_id: string }>(page, 'sheet.prepare', { mission_id: mission.id })
  const at = (time: string): string => `2026-10-24T${time}:00.000Z`
  await ask(page, 'sheet.add_slots', { revision_id: first.revision_id, slots: [{ label: 'Balances', start_at: at('14:30'), end_at: at('16:00') }, { label: 'Repas', start_at: at('16:00') }] })
  for (const text of ['Pas de vapotage.', 'Tenue noire.']) await ask(page, 'sheet.add_note', { revision_id: first.revision_id, visibility: 'field', text })
  const next = await ask<{ id: string }>(page, 'mission.create', { project_id: mission.project_id, title: 'Seconde soirée', location_id: mission.location_id, start_at: '2026-10-25T13:00:00.000Z', end_at: '2026-10-25T22:30:00.000Z' })
  const second = await ask<{ id: string; revision_id: string }>(page, 'sheet.prepare', { mission_id: next.id })
  const { origin } = new URL(page.url())
  await page.goto(`${origin}/o/${orgIn(page.url())}/p/${mission.project_id}/sheets/${second.id}`)

  // A line that has no time yet, and a field that was never left: the reload comes while the focus is in it.
  const slots = page.getByRole('region', { name: words('sheet.slots') })
  const fresh = slots.getByRole('group', { name: words('sheet.add_row') })
  await fresh.getByLabel(words('sheet.what')).fill('Réglages à la face')
  const headline = page.getByRole('region', { name: words('sheet.header') }).getByLabel(words('sheet.headline'))
  await headline.fill('Représentation, puis démon')
  await expect.poll(async () => JSON.stringify(await ask<unknown>(page, 'draft.read', { org: orgIn(page.url()), key: `sheet:${second.revision_id}` }))).toContain('puis démon')
  await page.reload()
  await expect(page.getByText(/lignes tapées n’avaient pas été enregistrées/)).toBeVisible()
  await expect(fresh.getByLabel(words('sheet.what'))).toHaveValue('Réglages à la face')
  await expect(headline).toHaveValue('Représentation, puis démon')
  expect((await ask<{ work: { slots: unknown[] } }>(page, 'sheet.get', { id: second.id })).work.slots).toEqual([])
  await fresh.getByLabel(words('sheet.time')).fill('17h15')
  await fresh.getByLabel(words('sheet.what')).press('Enter')
  await expect(slots.getByRole('group', { name: 'Réglages à la face' })).toBeVisible()
  await headline.focus()
  await headline.blur()
  await expect(page.getByText(/n’avai(t|ent) pas été enregistrée/)).toBeHidden()

  // The other evening's sheet, from the keyboard: what comes is said before.
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: words('sheet.copy_from') }).fill('Première')
  await page.getByRole('option', { name: /Première soirée/ }).click()
  await expect(dialog.getByRole('checkbox', { name: /Déroulé \(2 lignes viennent\)/ })).toBeChecked()
  await expect(dialog.getByText(words('sheet.copy_nothing'))).toBeHidden()
  await dialog.getByRole('button', { name: /Reprendre 4 lignes/ }).click()
  await expect(slots.getByRole('group', { name: 'Balances' })).toBeVisible()
  await expect(slots.getByLabel(`Balances, ${words('sheet.time')}`)).toHaveValue('16:30')

  const notes = page.getByRole('region', { name: words('sheet.notes') })
  await notes.getByRole('group', { name: 'Tenue noire.' }).getByLabel(words('sheet.text')).press('Alt+ArrowUp')
  const order = async (): Promise<string[]> => (await ask<{ work: { notes: { text: string }[] } }>(page, 'sheet.get', { id: second.id })).work.notes.map((note) => note.text)
  await expect.poll(order).toEqual(['Tenue noire.', 'Pas de vapotage.'])
  await notes.getByRole('button', { name: `${words('sheet.move_down')} : Tenue noire.` }).click()
  await expect.poll(order).toEqual(['Pas de vapotage.', 'Tenue noire.'])
  expect(app.pageErrors).toEqual([])
})
