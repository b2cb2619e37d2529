/** Lists: everything in the address and walked back exactly, filters, columns, editing in place, choosing beyond the page, drawing what is seen. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { firstRun } from './support/first-run.ts'
import { settled as settledAs } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const PEOPLE = 120

/** A directory of 120 people in two departments, opened. */
async function directory(page: Page): Promise<string> {
  await firstRun(page, 'fr', words)
  const [, org = ''] = /\/o\/([^/]+)/.exec(page.url()) ?? []
  const roles = await ask<{ crew_roles: { id: string; department_id: string }[]; departments: { id: string; code: string }[] }>(page, 'organization.get', {})
  const [first, second] = roles.departments.flatMap((one) => roles.crew_roles.find((role) => role.department_id === one.id) ?? [])
  const people = Array.from({ length: PEOPLE }, (_, at) => ({
    display_name: `Personne ${String(at).padStart(3, '0')}`, phone: `06 39 98 11 ${String(at % 100).padStart(2, '0')}`,
    ...(at % 3 === 0 ? {} : { crew_role_ids: [(at % 3 === 1 ? first : second)?.id] }), ...(at % 10 === 0 ? { status: 'inactive' } : {}),
  }))
  await ask(page, 'collaborator.create_many', { people })
  await page.goto(new URL(`/o/${org}/directory`, page.url()).href)
  await expect(rows(page).first()).toBeVisible()
  return org
}

const rows = (page: Page) => page.locator('tr[data-row]')
const table = (page: Page) => page.getByRole('grid')
const chip = (page: Page, name: string) => page.locator('[data-filter-chip]').getByRole('button', { name: new RegExp(`^${name}`) })
/** What a person sees of the view: filters, sort, columns, count, first and last row drawn first, who is chosen, who is open. */
const seen = (page: Page) =>
  page.evaluate(() => ({
    address: window.location.search,
    chips: [...document.querySelectorAll('[data-filter-chip][data-on=true]')].map((one) => one.textContent),
    heads: [...document.querySelectorAll('thead th')].map((one) => `${one.textContent} ${one.getAttribute('aria-sort') ?? ''}`),
    total: document.querySelector('[role=grid]')?.getAttribute('aria-rowcount'),
    first: document.querySelector('tr[data-row]')?.textContent,
    chosen: [...document.querySelectorAll('tr[aria-selected=true]')].length,
    open: document.querySelector('aside h2')?.textContent ?? null,
  }))
const settled = (page: Page) => settledAs(page, seen, 120)

test('twenty steps of filters, sorts, pages, columns and records are walked back and forth exactly, and a copied link shows the same', async ({ app }) => {
  const { page } = app
  await directory(page)
  const tick = async (name: string, nth: number): Promise<void> => {
    await chip(page, name).click()
    await page.getByRole('listbox').getByRole('option').nth(nth).click()
    await page.keyboard.press('Escape')
  }
  const head = (name: string) => page.locator('thead').getByRole('button', { name })
  const steps: (() => Promise<unknown>)[] = [
    () => page.getByRole('button', { name: words('table.next') }).click(),
    () => head(words('person.name')).click(),
    () => head(words('person.name')).click(),
    () => head(words('person.department')).click({ modifiers: ['Shift'] }),
    () => tick(words('person.department'), 0),
    () => tick(words('person.department'), 1),
    () => tick(words('person.status'), 0),
    () => page.getByLabel(words('table.per'), { exact: true }).selectOption('100'),
    () => rows(page).nth(1).click(),
    () => rows(page).nth(2).click(),
    () => tick(words('person.status'), 1),
    () => page.getByRole('button', { name: words('filter.remove').replace('{name}', words('person.department')) }).click(),
    () => head(words('person.main_role')).click(),
    () => rows(page).nth(0).click(),
    async () => {
      await page.getByRole('button', { name: words('table.columns') }).click()
      await page.getByRole('dialog').getByLabel(words('person.email'), { exact: true }).click()
      await page.keyboard.press('Escape')
    },
    () => head(words('person.name')).press('Alt+ArrowRight'),
    () => tick(words('person.department'), 2),
    () => head(words('person.department')).click(),
    () => rows(page).nth(3).click(),
    () => page.getByRole('search').getByRole('button', { name: words('filter.clear') }).click(),
  ]
  const views = [await settled(page)]
  for (const [at, step] of steps.entries()) {
    await step()
    await expect.poll(() => page.url(), `step ${at + 1} is in the address`).not.toContain(`${views.at(-1)?.address ?? ''}#`)
    const view = await settled(page)
    expect(view.address, `step ${at + 1} changes the address`).not.toBe(views.at(-1)?.address)
    views.push(view)
  }
  for (let at = steps.length - 1; at >= 0; at--) {
    await page.goBack()
    expect(await settled(page), `back to step ${at}`).toEqual(views[at])
  }
  for (let at = 1; at <= steps.length; at++) {
    await page.goForward()
    expect(await settled(page), `forward to step ${at}`).toEqual(views[at])
  }

  await page.goBack()
  const shown = await settled(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: words('view.copy_link') }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())
  const token = await page.evaluate(() => window.sessionStorage.getItem('callboard.token') ?? '')
  const other = await page.context().newPage()
  await other.goto(`${link}#token=${token}`)
  expect(await settled(other)).toEqual(shown)
  expect(app.pageErrors).toEqual([])
})

test('filters say their counts, leave out, are taken off by Backspace, and say by name that nothing is left', async ({ app }) => {
  const { page } = app
  await directory(page)
  await expect(page.getByText(words('list.all_people'))).toBeVisible()
  await chip(page, words('person.status')).click()
  const inactive = page.getByRole('option', { name: new RegExp(words('person.status.inactive')) })
  await expect(inactive).toContainText('12')
  await page.keyboard.type(words('person.status.inactive').slice(0, 4))
  await page.keyboard.press('Enter')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '13')
  await page.getByLabel(words('filter.not')).check()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE - 12 + 1))
  expect(page.url()).toContain('status=!inactive')
  await page.keyboard.press('Escape')
  await chip(page, words('person.status')).press('Backspace')
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE + 1))

  await page.keyboard.press('Escape')
  await page.locator('tr[data-row]').first().focus()
  await page.keyboard.press('f')
  await page.getByRole('menuitem', { name: words('person.kind') }).click()
  await page.getByRole('option', { name: words('person.kind.vendor') }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText(words('filter.no_result_for').replace('{filters}', words('filter.said').replace('{name}', words('person.kind')).replace('{values}', words('person.kind.vendor'))))).toBeVisible()
  await page.getByRole('main').getByRole('button', { name: words('filter.clear') }).last().click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE + 1))
})

test('the 41st row is drawn when it is reached, and the true number of rows is told', async ({ app }) => {
  const { page } = app
  await directory(page)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE + 1))
  expect(await rows(page).count()).toBeLessThan(50)
  await expect(page.locator('tr[aria-rowindex="51"]')).toHaveCount(0)
  await rows(page).first().focus()
  await page.keyboard.press('End')
  await expect(page.locator('tr[aria-rowindex="51"]')).toBeFocused()
  await page.getByRole('button', { name: words('table.next') }).click()
  await expect(page.locator('tr[aria-rowindex="52"]')).toBeVisible()
})

test('rows are chosen as the system does it, and all of them beyond the page, in the same place', async ({ app }) => {
  const { page } = app
  await directory(page)
  const bar = await table(page).boundingBox()
  const chosen = () => page.evaluate(() => [...document.querySelectorAll('tr[aria-selected=true]')].map((row) => Number(row.getAttribute('aria-rowindex')) - 2))
  await rows(page).nth(2).click({ modifiers: ['ControlOrMeta'] })
  await rows(page).nth(5).click({ modifiers: ['Shift'] })
  expect(await chosen()).toEqual([2, 3, 4, 5])
  await rows(page).nth(3).click({ modifiers: ['Shift'] })
  expect(await chosen()).toEqual([2, 3])
  await rows(page).nth(8).click({ modifiers: ['ControlOrMeta'] })
  expect(await chosen()).toEqual([2, 3, 8])
  await rows(page).nth(8).focus()
  await page.keyboard.press('Shift+ArrowDown')
  expect(await chosen()).toEqual([8, 9])
  expect(await table(page).boundingBox()).toEqual(bar)

  await page.keyboard.press('ControlOrMeta+a')
  const whole = page.getByRole('group', { name: words('table.selection') })
  await expect(whole).toContainText(`${PEOPLE} sélectionnées`)
  expect(page.url()).toContain('pick=*')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await rows(page).first().focus()
  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(async () => (await page.evaluate(() => navigator.clipboard.readText())).split('\n').length).toBe(PEOPLE + 1)
  const copied = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((line) => line.split('\t'))
  expect(copied[0]?.slice(0, 2)).toEqual([words('person.name'), words('person.main_role')])
  expect(copied.at(-1)?.[0]).toBe('Personne 119')
  await page.reload()
  await expect(whole).toContainText(`${PEOPLE} sélectionnées`)
  await rows(page).first().focus()
  await page.keyboard.press('Escape')
  await expect(whole).toBeHidden()
})

test('a cell is edited in place: Enter saves, Tab goes on, Esc goes back, a refusal keeps what was typed', async ({ app }) => {
  const { page } = app
  await directory(page)
  await rows(page).first().focus()
  await page.keyboard.press('F2')
  const name = page.getByLabel(`${words('person.name')}, Personne 000`)
  await expect(name).toBeFocused()
  await name.fill('Personne 000 bis')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel(`${words('person.main_role')}, Personne 000 bis`)).toBeFocused()
  await page.keyboard.press('Tab')
  const phone = page.getByLabel(`${words('person.phone')}, Personne 000 bis`)
  await expect(phone).toBeFocused()
  await phone.fill('06 39 98 77 77')
  await page.keyboard.press('Enter')
  await expect(rows(page).first()).toBeFocused()
  await expect(rows(page).first()).toContainText('06 39 98 77 77')
  await page.keyboard.press('F2')
  await phone.fill('rien')
  await page.keyboard.press('Escape')
  await expect(rows(page).first()).toContainText('06 39 98 77 77')

  await rows(page).nth(1).locator('td[data-editable]').first().dblclick()
  const other = page.getByLabel(`${words('person.name')}, Personne 001`)
  await other.fill('')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(other).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.press('Escape')
  await expect(rows(page).nth(1)).toContainText('Personne 001')
})

test('a view is kept under a name and opened by Alt and its number; what was typed and not saved is there again after a reload', async ({ app }) => {
  const { page } = app
  const org = await directory(page)
  await page.goto(new URL(`/o/${org}/directory?status=!inactive&sort=-display_name`, page.url()).href)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE - 12 + 1))
  await page.getByRole('button', { name: words('view.title') }).click()
  await page.getByLabel(words('view.name')).fill('Actifs, de la fin')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Actifs, de la fin/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.goto(new URL(`/o/${org}/directory`, page.url()).href)
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE + 1))
  await page.getByRole('button', { name: words('view.title') }).click()
  await expect(page.getByRole('button', { name: /^Actifs, de la fin/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Alt+1')
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(PEOPLE - 12 + 1))
  await expect(rows(page).first()).toContainText('Personne 119')
  expect(page.url()).toContain('?sort=-display_name&status=!inactive')

  await rows(page).first().click()
  const notes = page.getByLabel(words('person.notes'))
  await notes.fill('Allergique aux noix')
  const dropped = page.getByText(words('draft.resumed'))
  await expect(dropped).toBeHidden()
  // Longer than the pause after which a draft is kept.
  await page.waitForTimeout(700)
  await page.reload()
  await expect(dropped).toBeVisible()
  await expect(notes).toHaveValue('Allergique aux noix')
  await page.getByRole('button', { name: words('draft.drop') }).click()
  await expect(notes).toHaveValue('')
  await page.waitForTimeout(300)
  await page.reload()
  await expect(notes).toHaveValue('')
  await expect(dropped).toBeHidden()
})
