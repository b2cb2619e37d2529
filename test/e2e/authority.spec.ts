/** Who is in and who did what: members and those invited in one list, the log asked once, filtered, verified and narrowed to one record. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { openOrganization } from './support/organization.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const rows = (page: Page) => page.locator('tr[data-row]')
/** F2 on a row opens the cell that can be edited. */
async function chooseRole(page: Page, who: string, role: string): Promise<void> {
  await rows(page).filter({ hasText: who }).focus()
  await page.keyboard.press('F2')
  await page.getByRole('grid').getByRole('combobox').selectOption(role)
  await page.keyboard.press('Enter')
}

/** Questions that the page asks from now on, by name. */
function questions(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const name = /"name":"([^"]+)"/.exec(request.postData() ?? '')?.[1]
    if (name) asked.push(name)
  })
  return asked
}

test('the log is asked once when it opens; it is filtered by who and what, verified with V, and narrowed to one record', async ({ app }) => {
  const { page, url } = app
  const { org } = await openOrganization(page, url)
  const asked = questions(page)
  await page.goto(`${url}o/${org}/audit`)
  await expect(rows(page).first()).toBeVisible()
  expect(asked.filter((name) => name === 'audit.list')).toHaveLength(1)

  const total = async (): Promise<number> => Number(await page.getByRole('grid').getAttribute('aria-rowcount'))
  const whole = await total()
  await page.locator('[data-filter-chip="entity"] [aria-haspopup]').click()
  await page.getByRole('option', { name: new RegExp(`^${words('entity.mission')}\\s*\\d`) }).click()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/entity=mission/)
  await expect.poll(total).toBeLessThan(whole)

  await page.keyboard.press('v')
  await expect(page.getByText(/Chaîne intacte/)).toBeVisible()

  await rows(page).first().click()
  await page.getByRole('button', { name: words('audit.same_record') }).click()
  await expect(page).toHaveURL(/record=/)
  await expect(page).not.toHaveURL(/entity=/)
  await expect(page.locator('[data-filter-chip="record"]')).toBeVisible()
  expect(app.pageErrors).toEqual([])
})

test('members and those invited are one list, and a role is changed in its cell', async ({ app }) => {
  const { page, url } = app
  const { org } = await openOrganization(page, url)
  await ask(page, 'invitation.create', { name: 'Yaëlle Bourdon', email: 'yaelle@example.org', role: 'viewer', project_id: null })
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.goto(`${url}o/${org}/members`)
  await expect(rows(page)).toHaveCount(2)
  const invited = rows(page).filter({ hasText: 'Yaëlle Bourdon' })
  await expect(invited).toContainText('Invitation, jusqu’au')
  const grid = page.getByRole('grid')
  expect(await grid.evaluate((table) => (table.parentElement?.scrollWidth ?? 0) - (table.parentElement?.clientWidth ?? 0))).toBeLessThanOrEqual(0)

  await chooseRole(page, 'Yaëlle Bourdon', 'planner')
  await expect(invited).toContainText(words('role.planner'))

  // The last owner keeps the role; the refusal is said at the cell.
  const [owner] = (await ask<{ items: { id: string; name: string }[] }>(page, 'member.list', { filter: { role: 'org_owner' } })).items
  await chooseRole(page, owner?.name ?? '', 'planner')
  await expect(page.getByRole('grid').getByRole('alert')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('tr[data-row]').filter({ hasText: owner?.name ?? '' })).toContainText(words('role.org_owner'))
})
