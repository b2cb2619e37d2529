/** The planning page: three views of one plan, with one filter and one selection, all in the address; cards that move by keyboard, menu and pointer. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { DAY, openOrganization, PEOPLE, type Seeded } from './support/organization.ts'
import { drawn, goWithin, settled as settledAs } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const said = (key: string, values: Readonly<Record<string, string>>): string => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words(key))

async function planning(page: Page, url: string, query = ''): Promise<Seeded> {
  const seeded = await openOrganization(page, url)
  await drawn(page)
  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/planning${query}`)
  await drawn(page)
  return seeded
}
const view = (page: Page, name: 'timeline' | 'board' | 'table'): Locator => page.getByRole('toolbar', { name: words('planning.view') }).getByRole('button', { name: words(`planning.view.${name}`) })
const rows = (page: Page): Locator => page.locator('tr[data-row]')
const lanesBy = (page: Page, set: string): Locator => page.getByRole('toolbar', { name: words('board.by') }).getByRole('button', { name: words(`board.by.${set}`) })
const lane = (page: Page, name: string): Locator => page.locator(`[data-lane="${name}"]`)
const card = (page: Page, id: string): Locator => page.locator(`[data-card="${id}"]`)
const chip = (page: Page, name: string): Locator => page.locator('[data-filter-chip]').getByRole('button', { name: new RegExp(`^${name}`) })

/** What a person sees of the page and of what they chose. */
const seen = (page: Page) =>
  page.evaluate(() => ({
    address: window.location.search,
    pressed: [...document.querySelectorAll('main [aria-pressed=true]')].map((one) => one.textContent),
    chips: [...document.querySelectorAll('[data-filter-chip][data-on=true]')].map((one) => one.textContent),
    sorts: [...document.querySelectorAll('th[aria-sort]')].map((one) => one.getAttribute('aria-sort')),
    table: document.querySelector('[role=grid]:has(tr[data-row])')?.getAttribute('aria-rowcount') ?? null,
    lanes: [...document.querySelectorAll('[data-lane]')].map((one) => `${one.getAttribute('data-lane') ?? ''} ${one.querySelectorAll('[data-card]').length}`),
    chosen: document.querySelectorAll('tr[aria-selected=true]').length,
    panel: document.querySelector('aside h2')?.textContent ?? null,
  }))

test('view, zoom, period, group of lanes, filter, sort and panel are steps walked back and forth exactly, and a link opens the same', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await planning(page, app.url)
  const settled = () => settledAs(page, seen, 400)
  const period = (key: string) => page.getByRole('group', { name: words('planning.period') }).getByRole('button', { name: words(key) })
  const zoom = (level: string) => page.getByRole('toolbar', { name: words('planning.zoom') }).getByRole('button', { name: words(`planning.zoom.${level}`) })
  const tick = async (name: string, nth: number): Promise<void> => {
    await chip(page, name).click()
    await page.getByRole('listbox').getByRole('option').nth(nth).click()
    await page.keyboard.press('Escape')
  }
  const sort = (name: string) => page.locator('thead').getByRole('button', { name })
  const steps: (() => Promise<unknown>)[] = [
    () => zoom('week').click(),
    () => period('planning.next').click(),
    () => zoom('day').click(),
    () => period('planning.today').click(),
    () => period('planning.previous').click(),
    () => view(page, 'board').click(),
    () => lanesBy(page, 'kind').click(),
    () => lanesBy(page, 'engagement').click(),
    () => tick(words('planning.filter.department'), 0),
    () => view(page, 'table').click(),
    () => sort(words('assignment.person')).click(),
    () => sort(words('assignment.start')).click({ modifiers: ['Shift'] }),
    () => rows(page).first().click(),
    () => tick(words('planning.filter.location'), 0),
    () => view(page, 'timeline').click(),
    () => zoom('month').click(),
    () => chip(page, words('planning.filter.department')).press('Backspace'),
    () => view(page, 'board').click(),
    () => lanesBy(page, 'status').click(),
    () => view(page, 'table').click(),
  ]
  const views = [await settled()]
  for (const [at, step] of steps.entries()) {
    await step()
    await expect.poll(async () => (await seen(page)).address, `step ${at + 1} is in the address`).not.toBe(views.at(-1)?.address)
    views.push(await settled())
  }
  for (let at = steps.length - 1; at >= 0; at--) {
    await page.goBack()
    expect(await settled(), `back to step ${at}`).toEqual(views[at])
  }
  for (let at = 1; at <= steps.length; at++) {
    await page.goForward()
    expect(await settled(), `forward to step ${at}`).toEqual(views[at])
  }
  const token = await page.evaluate(() => window.sessionStorage.getItem('callboard.token') ?? '')
  const other = await page.context().newPage()
  await other.goto(`${page.url()}#token=${token}`)
  expect(await settledAs(other, seen, 400)).toEqual(views.at(-1))
  expect(app.pageErrors).toEqual([])
})

test('the filter says how many rows each value would leave, and leaves the same in every view', async ({ app }) => {
  const { page } = app
  const seeded = await planning(page, app.url, '?view=table')
  const { items } = await ask<{ items: { collaborator_id: string; state: string; mission_id: string }[] }>(page, 'assignment.list', { project_id: seeded.project, limit: 200 })
  await expect(rows(page)).toHaveCount(items.length)
  await expect(page.getByText(new RegExp(`· ${items.length} affectations`))).toBeVisible()
  await page.locator('tr[data-row]').first().focus()
  await page.keyboard.press('f')
  await page.getByRole('menuitem', { name: words('assignment.person') }).click()
  const first = PEOPLE[0]
  const option = page.getByRole('option', { name: new RegExp(first) })
  const theirs = items.filter(({ collaborator_id }) => collaborator_id === seeded.person).length
  expect(theirs).toBeGreaterThan(1)
  await expect(option).toContainText(String(theirs))
  await option.click()
  await page.keyboard.press('Escape')
  await expect(rows(page)).toHaveCount(theirs)
  await view(page, 'board').click()
  await lanesBy(page, 'engagement').click()
  await expect(page.locator('[data-card]')).toHaveCount(theirs)
  await view(page, 'timeline').click()
  await expect(rows(page)).toHaveCount(theirs)
  expect(page.url()).toContain(`person=${seeded.person}`)

  // Their two missions overlap: the counter of conflicts is a filter too, and names nobody else.
  const counter = page.getByRole('main').locator('button[aria-pressed]').filter({ hasText: /bloquant|avertissement|note/ }).first()
  await counter.click()
  await expect(counter).toHaveAttribute('aria-pressed', 'true')
  await expect(rows(page)).toHaveCount(theirs)
  await counter.click()
  await page.getByRole('search').getByRole('button', { name: words('filter.clear') }).click()
  await expect(rows(page)).toHaveCount(items.length)
})

test('what is chosen in one view is chosen in the others; all of the filter is chosen at once; Esc lets go', async ({ app }) => {
  const { page } = app
  const seeded = await planning(page, app.url)
  await rows(page).first().click({ modifiers: ['ControlOrMeta'] })
  const id = (await rows(page).first().getAttribute('data-row')) ?? ''
  expect(page.url()).toContain(`pick=${id}`)
  await expect(page.locator('[data-region=timeline] [aria-selected=true]').first()).toBeVisible()
  await view(page, 'board').click()
  await lanesBy(page, 'engagement').click()
  await expect(card(page, id)).toHaveAttribute('data-chosen', 'true')
  const other = page.locator('[data-card]:not([data-chosen=true])').first()
  await other.focus()
  await page.keyboard.press('Space')
  await expect(page.locator('[data-card][data-chosen=true]')).toHaveCount(2)
  await view(page, 'table').click()
  await expect(page.locator('tr[aria-selected=true]')).toHaveCount(2)
  await rows(page).first().focus()
  await page.keyboard.press('Control+a')
  expect(new URL(page.url()).searchParams.get('pick')).toBe('*')
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  const all = await rows(page).count()
  await expect(page.locator('tr[aria-selected=true]')).toHaveCount(all)
  await view(page, 'timeline').click()
  await expect(page.locator('[data-region=timeline] [role=treegrid]')).toBeVisible()
  await expect(page.locator('tr[aria-selected=true]')).toHaveCount(all)
  await rows(page).first().focus()
  await page.keyboard.press('Escape')
  await expect(page.locator('tr[aria-selected=true]')).toHaveCount(0)
  expect(page.url()).not.toContain('pick=')

  // A whole mission of the board is its people.
  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/planning?view=board`)
  await card(page, seeded.mission).focus()
  await page.keyboard.press('x')
  await expect(card(page, seeded.mission)).toHaveAttribute('data-chosen', 'true')
  expect(new URL(page.url()).searchParams.get('pick')?.split(',')).toHaveLength(2)
})

test('a card moves by keyboard with its form, by its menu and by pointer; what the core does not open is refused and said', async ({ app }) => {
  const { page } = app
  const seeded = await planning(page, app.url, '?view=board')
  const day = card(page, seeded.mission)
  await expect(lane(page, 'draft').locator('[data-card]')).toHaveCount(4)
  await day.focus()
  await page.keyboard.press('Control+ArrowRight')
  await expect(lane(page, 'planned').locator(`[data-card="${seeded.mission}"]`)).toBeVisible()
  await expect(day).toBeFocused()
  const state = async (id: string): Promise<string> => (await ask<{ status: string }>(page, 'mission.get', { id })).status
  expect(await state(seeded.mission)).toBe('planned')

  // Canceling asks why, as in the panel, and Esc leaves things as they are.
  await day.getByRole('button').click()
  await page.getByRole('menuitem', { name: words('state.mission.canceled') }).click()
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await expect(dialog).toContainText(DAY.title)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(await state(seeded.mission)).toBe('planned')

  // By pointer: lanes that the core does not open say why.
  const night = card(page, seeded.night)
  const [from, over, to] = await Promise.all([night.boundingBox(), lane(page, 'done').boundingBox(), lane(page, 'planned').boundingBox()])
  if (!from || !over || !to) throw new Error('the board is not drawn')
  await page.mouse.move(from.x + 60, from.y + from.height - 12)
  await page.mouse.down()
  await page.mouse.move(over.x + over.width / 2, over.y + 200, { steps: 6 })
  await expect(lane(page, 'done')).toContainText(said('board.why.status', { from: words('state.mission.draft'), to: words('state.mission.done') }))
  await page.mouse.move(to.x + to.width / 2, to.y + 300, { steps: 6 })
  await page.mouse.up()
  await expect(lane(page, 'planned').locator(`[data-card="${seeded.night}"]`)).toBeVisible()
  expect(await state(seeded.night)).toBe('planned')

  // A locked mission has no step on that side: nothing is written, and the reason is said.
  const locked = card(page, seeded.locked)
  await locked.focus()
  await page.keyboard.press('Control+ArrowLeft')
  await expect(page.getByText(/est verrouillée/)).toBeAttached()
  expect(await state(seeded.locked)).toBe('draft')

  // The order in a lane is the person's: it stays after a reload, and nothing was written.
  await expect(lane(page, 'planned').locator('[data-card]').first()).toHaveAttribute('data-card', seeded.mission)
  await day.focus()
  await page.keyboard.press('Control+ArrowDown')
  await expect(lane(page, 'planned').locator('[data-card]').first()).toHaveAttribute('data-card', seeded.night)
  await page.reload()
  await expect(lane(page, 'planned').locator('[data-card]').first()).toHaveAttribute('data-card', seeded.night)
  expect(app.pageErrors).toEqual([])
})

test('an assignment is canceled from the board with a word, its other states are not the board’s to give', async ({ app }) => {
  const { page } = app
  await planning(page, app.url, '?view=board&lanes=engagement&state=*')
  const first = lane(page, 'planned').locator('[data-card]').first()
  const id = (await first.getAttribute('data-card')) ?? ''
  await first.focus()
  await first.getByRole('button').click()
  await expect(page.getByRole('menuitem', { name: words('state.engagement.confirmed') })).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await first.focus()
  await page.keyboard.press('Control+ArrowRight')
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'))
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: words('assignment.cancel') }).click()
  await expect(lane(page, 'canceled').locator(`[data-card="${id}"]`)).toBeVisible()
  expect((await ask<{ state: string }>(page, 'assignment.get', { id })).state).toBe('canceled')
})

test('the linked table goes and comes back by Ctrl+J, keeps its height, and a role is edited in place in it', async ({ app }) => {
  const { page } = app
  await planning(page, app.url)
  await expect(rows(page).first()).toBeVisible()
  const border = page.getByRole('separator', { name: words('planning.split_border') })
  const height = Number(await border.getAttribute('aria-valuenow'))
  await border.focus()
  await page.keyboard.press('ArrowUp')
  await expect(border).toHaveAttribute('aria-valuenow', String(height + 36))
  await page.keyboard.press('Control+j')
  await expect(rows(page)).toHaveCount(0)
  await page.keyboard.press('Control+j')
  await expect(rows(page).first()).toBeVisible()
  await page.reload()
  await expect(border).toHaveAttribute('aria-valuenow', String(height + 36))
  await rows(page).first().focus()
  await page.keyboard.press('F2')
  const cell = page.locator('tr[data-row] select')
  await expect(cell).toBeFocused()
  await cell.selectOption({ index: 3 })
  const chosen = await cell.evaluate((element) => (element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.textContent ?? '') : ''))
  await page.keyboard.press('Enter')
  await expect(rows(page).first()).toContainText(chosen)
})
