/** What a project costs: broken down in the address, hidden with the amounts, an estimate that says what has no rate. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look, THEMES } from './support/axe.ts'
import { overflow } from './support/fits.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

test('costs are broken down, the whole below, and not a figure where amounts are hidden', async ({ app }) => {
  test.setTimeout(90_000)
  const { page, url } = app
  const { org, project } = await openOrganization(page, url)
  const { items } = await ask<{ items: { id: string; version: number }[] }>(page, 'assignment.list', { project_id: project, limit: 50 }, org)
  for (const [index, { id, version }] of items.slice(0, 4).entries())
    await ask(page, 'assignment.update', { id, version, changes: { rate_basis: 'daily', rate_minor: 25_050 + index * 1000, rate_currency: 'EUR' } }, org)
  await page.goto(new URL(`/o/${org}/p/${project}/planning`, page.url()).href)
  await page.getByRole('button', { name: words('publication.menu') }).click()
  await page.getByRole('menuitem', { name: words('costs.open') }).click()
  await expect(page).toHaveURL(/\/costs$/)
  const table = page.getByRole('table')
  await expect(table.locator('tfoot')).toContainText(/1\s062,00\s€/)
  await expect(page.getByText(/affectation sans tarif/)).toBeVisible()
  await page.getByLabel(words('costs.by')).selectOption('person')
  await expect(page).toHaveURL(/by=person/)
  await expect(table.getByText(PEOPLE[0])).toBeVisible()
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await look(page, 'costs', THEMES)).toEqual([])
  // The same breakdown on paper, from the page's own print key; and a door from anywhere in the project.
  await page.keyboard.press('Control+p')
  const preview = page.getByRole('dialog')
  await expect(preview.getByLabel(words('print.document'), { exact: true })).toHaveValue('cost_list')
  await expect(preview.getByRole('button', { name: 'XLSX' })).toBeEnabled()
  await preview.getByRole('button', { name: words('action.close') }).click()
  await expect(page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.costs') })).toHaveAttribute('aria-current', 'page')
  await page.getByLabel(words('costs.from')).fill('2026-10-25')
  await expect(page.getByText(words('costs.empty'))).toBeVisible()
  await page.getByLabel(words('costs.from')).fill('')
  await page.keyboard.press('Control+Shift+H')
  await expect(page.getByText(words('costs.hidden'))).toBeVisible()
  await expect(table).not.toContainText('€')
  await expect(table).toContainText(PEOPLE[0])
})
