/** When people can work: said on a calendar by keyboard, asked of several at once, answered, and read from a calendar file. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
interface Block {
  kind: string
  start_at: string
  end_at: string
  source: string
  reason: string | null
}
interface Question {
  id: string
  collaborator_id: string
  state: string
}
const parts = ({ kind, start_at, end_at }: Block): string[] => [kind, start_at, end_at]

test('days are said by keyboard, shown before they are saved, replaced and cleared, and the month is in the address', async ({ app }) => {
  const { page, url } = app
  const { org, person } = await openOrganization(page, url)
  const blocks = async (): Promise<string[][]> => (await ask<{ items: Block[] }>(page, 'availability.list', { filter: { collaborator_id: person }, sort: ['start_at'] }, org)).items.map(parts)
  await page.goto(new URL(`/o/${org}/directory/${person}/availability?day=2026-10-20`, page.url()).href)
  const day = (date: string) => page.locator(`[data-day="${date}"]`)
  await day('2026-10-20').focus()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('u')
  const save = page.getByRole('button', { name: words('action.save') })
  await expect(save).toBeFocused()
  expect(await blocks()).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(blocks).toEqual([['unavailable', '2026-10-19T22:00:00.000Z', '2026-10-22T22:00:00.000Z']])
  await expect(day('2026-10-21')).toHaveAccessibleName(new RegExp(words('person.unavailable')))
  await expect(day('2026-10-22')).toBeFocused()

  await day('2026-10-21').focus()
  await page.keyboard.press('a')
  await expect(page.getByText(words('person.preview_blocks'))).toBeVisible()
  await expect(page.getByRole('button', { name: words('person.block_replace') })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(day('2026-10-21')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(save).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await blocks()).length).toBe(2)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await blocks()).length).toBe(1)

  await day('2026-10-21').focus()
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(/day=2026-11-21/)
  await page.goBack()
  await expect(day('2026-10-21')).toBeVisible()
})

test('two people are asked at once without a word of the job; one answers, it is written, and corrected', async ({ app }) => {
  const { page, url } = app
  const { org, person } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/directory`, page.url()).href)
  for (const name of PEOPLE.slice(0, 2)) await page.getByRole('checkbox', { name: new RegExp(name) }).check({ force: true })
  await page.getByRole('button', { name: words('availability.bulk'), exact: true }).click()
  await page.getByRole('menuitem', { name: words('availability.bulk_ask') }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(PEOPLE[0])
  await expect(dialog).not.toContainText('Grandes Marées')
  await dialog.locator('#field-windows-0-start_at').fill('3/12/2027')
  await dialog.getByLabel(`${words('person.from')}, ${words('form.time')}`).fill('9h')
  await dialog.locator('#field-windows-0-end_at').fill('3/12/2027')
  await dialog.getByLabel(`${words('person.to')}, ${words('form.time')}`).fill('18h')
  await dialog.getByRole('button', { name: words('availability.ask_save') }).click()
  await expect(dialog).toHaveCount(0)
  const questions = async (): Promise<Question[]> => (await ask<{ items: Question[] }>(page, 'availability_request.list', {}, org)).items
  await expect.poll(async () => (await questions()).map(({ state }) => state)).toEqual(['asked', 'asked'])

  await page.goto(new URL(`/o/${org}/directory/${person}/availability?day=2027-12-03`, page.url()).href)
  await expect(page.locator('[data-day="2027-12-03"]')).toHaveAccessibleName(new RegExp(words('availability.asked')))
  await page.getByRole('button', { name: words('availability.say.not_free'), exact: true }).click()
  const blocks = async (): Promise<string[][]> => (await ask<{ items: Block[] }>(page, 'availability.list', { filter: { collaborator_id: person } }, org)).items.map(parts)
  await expect.poll(blocks).toEqual([['unavailable', '2027-12-03T08:00:00.000Z', '2027-12-03T17:00:00.000Z']])
  await page.getByRole('button', { name: words('availability.correct') }).click()
  await page.getByRole('button', { name: words('availability.say.free'), exact: true }).click()
  await expect.poll(blocks).toEqual([['available', '2027-12-03T08:00:00.000Z', '2027-12-03T17:00:00.000Z']])
  await expect.poll(async () => (await questions()).map(({ state }) => state).sort()).toEqual(['asked', 'free'])
})

test('a calendar file becomes availability: each event is seen before, broken ones are told by line, no title is kept', async ({ app }) => {
  const { page, url } = app
  const { org, person } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/directory/${person}/availability`, page.url()).href)
  await page.getByRole('button', { name: words('availability.import') }).click()
  const dialog = page.getByRole('dialog')
  const lines = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:cours', 'SUMMARY:Rendez-vous privé', 'DTSTART;TZID=Europe/Paris:20271206T090000', 'DTEND;TZID=Europe/Paris:20271206T110000', 'RRULE:FREQ=WEEKLY;COUNT=2', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:casse', 'DTSTART:20271399T090000', 'END:VEVENT', 'END:VCALENDAR']
  await dialog.getByLabel(words('availability.file')).setInputFiles({ name: 'agenda.ics', mimeType: 'text/calendar', buffer: Buffer.from(lines.join('\r\n')) })
  await dialog.getByLabel(words('availability.first_day'), { exact: true }).fill('1/12/2027')
  await dialog.getByLabel(words('availability.last_day'), { exact: true }).fill('31/12/2027')
  await expect(dialog.getByText('Rendez-vous privé')).toHaveCount(2)
  await expect(dialog.getByText('20271399')).toBeVisible()
  await dialog.getByRole('checkbox', { name: /13 déc/ }).uncheck()
  await expect(dialog.getByRole('button', { name: /Importer 1 / })).toBeEnabled()
  await dialog.getByLabel(words('availability.reason')).fill('Cours')
  await dialog.getByRole('button', { name: /Importer 1 / }).click()
  await expect(dialog).toHaveCount(0)
  const { items } = await ask<{ items: Block[] }>(page, 'availability.list', { filter: { collaborator_id: person } }, org)
  expect(items.map((one) => [...parts(one), one.source, one.reason])).toEqual([['unavailable', '2027-12-06T08:00:00.000Z', '2027-12-06T10:00:00.000Z', 'import', 'Cours']])
})
