/** A change of the planning is proposed, seen with what it breaks, and written once: the same by hand, by keys and by typing. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { openOrganization } from './support/organization.ts'
import type { Seeded } from './support/organization.ts'
import { drawn, goWithin } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
interface Line {
  id: string
  version: number
  start_at: string
  end_at: string
  collaborator_id: string
  collaborator_name: string
}
/** The one who works in the night over the change of clock. */
async function openPlanning(page: Page, url: string): Promise<Seeded & { row: Line; bar: Locator }> {
  const seeded = await openOrganization(page, url)
  const { items } = await ask<{ items: Line[] }>(page, 'assignment.list', { filter: { mission_id: seeded.night } }, seeded.org)
  const [row] = items
  if (!row) throw new Error('nobody works in the night')
  await drawn(page)
  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/planning`)
  await drawn(page)
  // Looked at in the table, it comes into view on the timeline.
  await page.locator(`tr[data-row="${row.id}"]`).focus()
  const bar = page.locator(`[data-bar="${row.id}"]`).first()
  await expect(bar).toBeInViewport()
  return { ...seeded, row, bar }
}
const barOf = (page: Page): Locator => page.getByRole('region', { name: words('proposal.title') })
const read = async (page: Page, { org, row }: { org: string; row: Line }): Promise<Line> => ask<Line>(page, 'assignment.get', { id: row.id }, org)
/** What the log says the last gesture wrote. */
async function lastWritten(page: Page, { org, row }: { org: string; row: Line }): Promise<unknown> {
  const { start_at, end_at, collaborator_id } = await read(page, { org, row })
  const { items } = await ask<{ items: { name: string; undone_by?: string | null }[] }>(page, 'history.list', { limit: 1 }, org)
  return { name: items[0]?.name, start_at, end_at, collaborator_id }
}
async function undo(page: Page, seeded: { org: string; row: Line }): Promise<void> {
  await page.keyboard.press('Control+z')
  await expect.poll(async () => { const { start_at, end_at } = await read(page, seeded); return { start_at, end_at } }).toEqual({ start_at: seeded.row.start_at, end_at: seeded.row.end_at })
}
const later = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString()

test('three quarters of an hour by hand, by keys and by typing are one and the same command', async ({ app }) => {
  const { page } = app
  const seeded = await openPlanning(page, app.url)
  const { bar, row } = seeded
  const wanted = { name: 'assignment.change', start_at: later(row.start_at, 45), end_at: later(row.end_at, 45), collaborator_id: row.collaborator_id }

  await bar.click()
  // Alt held, three arrows, Enter.
  await page.keyboard.down('Alt')
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight')
  await page.keyboard.up('Alt')
  await expect(barOf(page)).toContainText('+45 min')
  await page.keyboard.press('Enter')
  await expect(barOf(page)).toHaveCount(0)
  const byKeys = await lastWritten(page, seeded)
  expect(byKeys).toEqual(wanted)
  await undo(page, seeded)

  const hour = await pixelsOfAnHour(bar, row)
  const box = await bar.boundingBox()
  if (!box) throw new Error('the bar is not drawn')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + hour * 0.4, y, { steps: 4 })
  await page.mouse.move(x + hour * 0.75, y, { steps: 4 })
  await page.mouse.up()
  await expect(barOf(page)).toContainText('+45 min')
  await barOf(page).getByRole('button', { name: words('proposal.apply') }).click()
  await expect(barOf(page)).toHaveCount(0)
  expect(await lastWritten(page, seeded)).toEqual(byKeys)
  await undo(page, seeded)

  await bar.click()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(`${words('assignment.start')}, ${words('form.time')}`).fill('0h15')
  await dialog.getByRole('textbox', { name: words('assignment.start'), exact: true }).fill('25/10/2026')
  await dialog.getByLabel(`${words('assignment.end')}, ${words('form.time')}`).fill('6h45')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(barOf(page)).toContainText('+45 min')
  expect(await read(page, seeded)).toMatchObject({ start_at: row.start_at })
  await barOf(page).getByRole('button', { name: words('proposal.apply') }).click()
  await expect(barOf(page)).toHaveCount(0)
  expect(await lastWritten(page, seeded)).toEqual(byKeys)
})

/** From the bar itself: the pointer and the clock agree. */
async function pixelsOfAnHour(bar: Locator, { start_at, end_at }: Line): Promise<number> {
  const box = await bar.boundingBox()
  if (!box) throw new Error('the bar is not drawn')
  return box.width / ((Date.parse(end_at) - Date.parse(start_at)) / 3_600_000)
}

test('nothing is written before Enter, and Escape leaves the view as it was', async ({ app }) => {
  const { page } = app
  const seeded = await openPlanning(page, app.url)
  const before = await ask<{ items: unknown[] }>(page, 'history.list', { limit: 5 }, seeded.org)
  await seeded.bar.click()
  await page.mouse.move(0, 0)
  const seen = await page.locator('[data-region=timeline]').first().screenshot()
  await page.keyboard.press('Alt+ArrowRight')
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(barOf(page)).toBeVisible()
  await expect.poll(async () => (await page.locator('[aria-live]').allInnerTexts()).join(' ')).toContain('Garde de nuit du plateau, ')
  await page.keyboard.press('Escape')
  await expect(barOf(page)).toHaveCount(0)
  expect(await ask(page, 'history.list', { limit: 5 }, seeded.org)).toEqual(before)
  expect(await read(page, seeded)).toMatchObject({ version: seeded.row.version })
  await expect.poll(async () => (await page.locator('[data-region=timeline]').first().screenshot()).equals(seen)).toBe(true)
})

test('the page is left only once the person has said so, and another view of it is no way out', async ({ app }) => {
  const { page } = app
  const seeded = await openPlanning(page, app.url)
  await seeded.bar.click()
  await page.keyboard.press('Alt+ArrowRight')
  await expect(barOf(page)).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: words('planning.view.table'), exact: true }).click()
  await expect(barOf(page)).toContainText('+15 min')
  const question = page.getByRole('dialog', { name: words('proposal.leave_title') })
  const leave = () => page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.crew') }).click()
  await leave()
  await expect(question).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(question).toHaveCount(0)
  await expect(barOf(page)).toContainText('+15 min')
  await leave()
  await question.getByRole('button', { name: words('proposal.leave') }).click()
  await expect(page).toHaveURL(/\/crew/)
  expect(await read(page, seeded)).toMatchObject({ version: seeded.row.version })
})

test('what is severe is applied with a reason, kept with the conflict', async ({ app }) => {
  const { page } = app
  const seeded = await openPlanning(page, app.url)
  await seeded.bar.click()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  // A day of fifteen hours and a half.
  await dialog.getByLabel(`${words('assignment.end')}, ${words('form.time')}`).fill('14h00')
  await page.keyboard.press('Enter')
  const anyway = barOf(page).getByRole('button', { name: words('proposal.apply_anyway') })
  await expect(anyway).toBeEnabled()
  await page.keyboard.press('Enter')
  const reason = barOf(page).getByLabel(words('proposal.reason'), { exact: true })
  await expect(reason).toBeFocused()
  await page.keyboard.press('Enter')
  expect(await read(page, seeded)).toMatchObject({ version: seeded.row.version })
  await reason.fill('Relève malade, accord donné par téléphone')
  await page.keyboard.press('Enter')
  await expect(barOf(page)).toHaveCount(0)
  expect(await read(page, seeded)).toMatchObject({ end_at: '2026-10-25T13:00:00.000Z' })
  const { items } = await ask<{ items: { name: string; group_id: string | null }[] }>(page, 'history.list', { limit: 2 }, seeded.org)
  expect(items.map(({ name }) => name).sort()).toEqual(['assignment.change', 'conflict.override'])
  expect(new Set(items.map(({ group_id }) => group_id)).size).toBe(1)
  await undo(page, seeded)
})

test('several rows are shifted as one, seen before and undone as one', async ({ app }) => {
  const { page } = app
  const seeded = await openPlanning(page, app.url)
  await seeded.bar.click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('d')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words('assignment.shift_days')).fill('-1')
  await expect(dialog.getByRole('list').filter({ hasText: '−1 j' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  // The night ends before the clocks change: an hour of the clock is an hour.
  await expect.poll(async () => (await read(page, seeded)).start_at).toBe(later(seeded.row.start_at, -1440))
  expect((await read(page, seeded)).end_at).toBe(later(seeded.row.end_at, -1500))
  await undo(page, seeded)
})

test('what is severe is closed to who may not override, and says to whom it is open', async ({ app }) => {
  const { page } = app
  const { org, project } = await openOrganization(page, app.url)
  const { code } = await ask<{ code: string }>(page, 'invitation.create', { name: 'Inès Morvan', email: 'ines@example.org', role: 'planner', project_id: null })
  await ask(page, 'app.join', { code, name: 'Inès Morvan', email: 'ines@example.org', password: 'marée haute sur la jetée' })
  await page.goto(app.url)
  await drawn(page)
  await goWithin(page, `/o/${org}/p/${project}/planning`)
  await drawn(page)
  await page.locator('tr[data-row]').last().click()
  const bar = page.locator(`[data-bar="${(await page.locator('tr[data-row]').last().getAttribute('data-row')) ?? ''}"]`).first()
  await bar.click()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(`${words('assignment.end')}, ${words('form.time')}`).fill('+15h')
  await page.keyboard.press('Enter')
  await expect(barOf(page)).toContainText(words('proposal.forbidden').replace('{role}', words('role.project_manager')))
  await expect(barOf(page).getByRole('button', { name: new RegExp(`^${words('proposal.apply')}`) })).toBeDisabled()
  await page.keyboard.press('Enter')
  await expect(barOf(page)).toBeVisible()
})
