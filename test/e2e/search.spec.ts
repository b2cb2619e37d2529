/** Check 2 of the specification: any person, mission, sheet or setting is two gestures away, among the first three for the beginning of its name. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { DAY, NIGHT, openOrganization, PEOPLE, PLACE } from './support/organization.ts'
import { drawn } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

/** Opens the palette, types, and takes the named one if it is among the first three. */
async function reach(page: Page, typed: string, named: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: words('palette.title') })).toBeFocused()
  await page.keyboard.type(typed)
  const first = page.getByRole('listbox', { name: words('palette.results') }).getByRole('option')
  await expect.poll(async () => (await first.allTextContents()).slice(0, 3).some((one) => named.test(one)), { message: `${String(named)} is among the first three for "${typed}"` }).toBe(true)
  const at = (await first.allTextContents()).findIndex((one) => named.test(one))
  for (let down = 0; down < at; down++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: words('palette.title') })).toBeHidden()
  await drawn(page)
}

test('people, missions, sheets, places, pages and settings are reached with Ctrl+K and one choice', async ({ app }) => {
  const { page } = app
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  for (const name of PEOPLE) {
    await reach(page, name.slice(0, 4), new RegExp(name))
    await expect(page.getByRole('complementary').getByRole('heading', { name })).toBeVisible()
    // Again from a mission's page: what is found does not depend on where one is.
    await page.goto(`${app.url}o/${seeded.org}/p/${seeded.project}/planning`)
    await drawn(page)
  }
  for (const { title } of [DAY, NIGHT]) {
    await reach(page, title.slice(0, 5), new RegExp(title))
    await expect(page.getByRole('heading', { name: new RegExp(title) }).first()).toBeVisible()
  }
  await reach(page, PLACE.slice(0, 4), new RegExp(PLACE))
  await expect(page.getByRole('heading', { name: PLACE })).toBeVisible()
  await page.goto(`${app.url}o/${seeded.org}/p/${seeded.project}/overview`)
  await drawn(page)
  await reach(page, words('entity.sheet').slice(0, 5), new RegExp(`${words('entity.sheet')}|${words('nav.sheets')}`))
  await expect(page).toHaveURL(/\/sheets/)
  for (const section of ['identity', 'rules', 'crew_roles', 'rates', 'flags']) {
    const title = words(`settings.section.${section}`)
    await reach(page, title.slice(0, 5), new RegExp(title))
    await expect(page).toHaveURL(new RegExp(`/settings/${section.replace('_', '-')}`))
  }
})
