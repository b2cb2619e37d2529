/** Settings are found by what they hold, kept by the core, and read again after a reload. */
import { expect, test } from './support/app.ts'
import { firstRun } from './support/first-run.ts'
import { wordsIn } from './support/words.ts'

test('a setting is found with Ctrl+F, a wrong SIREN is explained, a right one is kept', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', wordsIn('fr'))
  const org = /\/o\/([^/?]+)/.exec(page.url())?.[1] ?? ''
  await page.evaluate((path) => {
    history.pushState(null, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/o/${org}/settings/rules`)
  await page.locator('[data-region="content"] h2').first().click()
  await page.keyboard.press('Control+f')
  await page.keyboard.type('siren')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/settings\/identity$/)
  await page.locator('#field-siren').fill('732 829 321')
  await page.locator('form button[type="submit"]').click()
  await expect(page.locator('#field-siren')).toHaveAttribute('aria-invalid', 'true')
  await page.locator('#field-siren').fill('732 829 320')
  await page.locator('form button[type="submit"]').click()
  await expect(page.locator('#field-siren')).toHaveValue('732829320')
  await page.reload()
  await expect(page.locator('#field-siren')).toHaveValue('732829320')
})
