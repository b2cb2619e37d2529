/** Checks 6, 7 and 9 of the specification: large text, a small window, touch, and the system's own colours lose nothing. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { clipped, overflow } from './support/fits.ts'
import { openOrganization, placesOf } from './support/organization.ts'
import { drawn, open } from './support/pages.ts'
import { smallTargets } from './support/walk.ts'

interface Way {
  name: string
  width: number
  height: number
  preferences: Record<string, string>
}

/** 1440 by 900 read at twice its size is a window of 720 by 450 for the page: what zooming in a browser does. */
const WAYS: readonly Way[] = [
  { name: '1280 by 720', width: 1280, height: 720, preferences: {} },
  { name: 'text at 200 %', width: 1440, height: 900, preferences: { text_scale: '200' } },
  { name: 'zoom at 200 %', width: 720, height: 450, preferences: {} },
]

async function chosen(page: Page, way: Way): Promise<void> {
  await page.setViewportSize({ width: way.width, height: way.height })
  for (const [name, value] of Object.entries({ text_scale: '100', density: 'comfortable', ...way.preferences })) await ask(page, 'app.set_preference', { name, value })
  await page.reload()
  await drawn(page)
}

for (const way of WAYS) {
  test(`no page scrolls sideways, hides an action or cuts the text of a control: ${way.name}`, async ({ app }) => {
    test.setTimeout(180_000)
    const { page } = app
    const seeded = await openOrganization(page, app.url)
    await drawn(page)
    await chosen(page, way)
    const found: string[] = []
    for (const [name, path] of Object.entries(placesOf(seeded))) {
      await open(page, name, path)
      const excess = await overflow(page)
      if (excess > 0) found.push(`${name}: ${excess} px too wide`)
      for (const what of await clipped(page)) found.push(`${name}: ${what}`)
    }
    expect(found).toEqual([])
  })
}

test('touch: every target has 44 pixels each way, or that much room', async ({ app }) => {
  const { page } = app
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  await chosen(page, { name: 'touch', width: 1440, height: 900, preferences: { density: 'touch' } })
  await expect(page.locator('html')).toHaveAttribute('data-density', 'touch')
  const found: string[] = []
  for (const [name, path] of Object.entries(placesOf(seeded))) {
    await open(page, name, path)
    for (const what of await smallTargets(page, 44)) found.push(`${name}: ${what} is under 44 px`)
  }
  expect(found).toEqual([])
})

test("the system's own colours keep focus and selection visible", async ({ app }) => {
  const { page } = app
  const { org } = await openOrganization(page, app.url)
  await page.emulateMedia({ forcedColors: 'active' })
  await open(page, 'directory', `/o/${org}/directory`)
  const rows = page.locator('tr[data-row]')
  await rows.nth(1).click({ modifiers: ['ControlOrMeta'] })
  await rows.nth(0).focus()
  await page.keyboard.press('ArrowDown')
  const ring = (nth: number): Promise<{ style: string; width: number }> =>
    rows.nth(nth).evaluate((row) => ({ style: getComputedStyle(row).outlineStyle, width: Number.parseFloat(getComputedStyle(row).outlineWidth) }))
  expect(await ring(1), 'the row of the focus').toMatchObject({ style: 'solid', width: 2 })
  await page.keyboard.press('ArrowDown')
  expect(await ring(1), 'the chosen row').toMatchObject({ style: 'solid', width: 1 })
  expect((await ring(3)).style, 'a row like any other').toBe('none')
  const current = page.locator('nav [aria-current="page"]').first()
  expect(await current.evaluate((link) => getComputedStyle(link).outlineStyle), 'the page one is on').toBe('solid')
})
