import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { firstRun, project } from './support/first-run.ts'
import { wordsIn } from './support/words.ts'

interface Listed {
  items: { id: string; pins: { letter: string; x: number; y: number }[]; plan_sha256: string | null }[]
}
/** A grey square of 1 pixel. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGO4CwAA3gDdCqOGeQAAAABJRU5ErkJggg==', 'base64')

test('a place gets a plan, its pins are placed and moved by keyboard, and what is no image is refused', async ({ app }) => {
  const words = wordsIn('fr')
  const { page } = app
  await firstRun(page, 'fr', words)
  // In the project stand the places of its missions; the organization has them all.
  const nav = page.getByRole('navigation', { name: words('nav.label') })
  await nav.getByRole('link', { name: words('nav.projects') }).click()
  await nav.getByRole('link', { name: words('nav.locations') }).click()
  await page.getByText(project.place).first().click()
  const panel = page.getByRole('complementary')
  const chooser = panel.locator('input[data-plan]')

  await chooser.setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') })
  await expect(panel.getByText(words('error.attachment_not_an_image'))).toBeVisible()
  await chooser.setInputFiles({ name: 'plan.png', mimeType: 'image/png', buffer: png })
  await expect(panel.locator('.leaflet-container img')).toBeVisible()

  await panel.getByRole('button', { name: words('location.pin_add'), exact: true }).click()
  await panel.getByRole('button', { name: words('location.pin_place').replace('{letter}', 'E') }).click()
  const pin = panel.locator('#plan-pin-0')
  await expect(pin).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowUp')
  await panel.getByRole('button', { name: words('action.save'), exact: true }).click()
  await expect(panel.getByRole('button', { name: words('action.save'), exact: true })).toBeDisabled()
  const { items } = await ask<Listed>(page, 'location.list', {})
  expect(items[0]).toMatchObject({ plan_sha256: expect.any(String), pins: [{ letter: 'E', x: 0.505, y: 0.45 }] })

  await panel.getByRole('button', { name: words('location.set.offline') }).click()
  await page.getByRole('dialog').getByRole('button', { name: words('location.set.offline') }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(panel.getByText(words('location.status.offline')).first()).toBeVisible()
  expect(app.pageErrors.filter((one) => !one.includes('422'))).toEqual([])
})
