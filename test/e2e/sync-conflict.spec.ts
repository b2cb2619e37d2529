/** A change that somebody else made too, and did not see: it is decided by keyboard alone, and taken back whole. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { clipped, overflow } from './support/fits.ts'
import { openOrganization } from './support/organization.ts'
import { drawn } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const THEIRS = 'Inès Morvan'

interface Kept {
  items: { id: string; about: { id: string } }[]
}

test('the demonstration’s conflict is found in the inbox, decided field by field with the keyboard, and undone with Ctrl+Z', async ({ app }) => {
  test.setTimeout(120_000)
  const { page } = app
  // A colour caught on its way to another is nobody's.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openOrganization(page, app.url)
  await drawn(page)
  const { id: org } = await ask<{ id: string }>(page, 'demo.open', {})
  const [waiting] = (await ask<Kept>(page, 'sync.kept_list', {}, org)).items
  if (!waiting) throw new Error('the demonstration has a conflict')
  const mission = (): Promise<{ objective: string; end_at: string; priority: number }> => ask(page, 'mission.get', { id: waiting.about.id }, org)
  const before = await mission()

  await page.setViewportSize({ width: 1280, height: 720 })
  await page.goto(`${app.url}o/${org}/inbox?kind=kept_command`)
  await page.locator('[data-region=panel]').getByRole('button', { name: words('matter.act.kept') }).click()
  await expect(page).toHaveURL(new RegExp(`/sync/conflicts/${waiting.id}`))
  const save = page.getByRole('button', { name: words('sync.save') })
  const table = page.getByRole('table', { name: words('sync.table') })
  await expect(table.getByText(THEIRS)).toBeVisible()
  await expect(save).toBeDisabled()
  await expect(page.getByText('2 champs à choisir').last()).toBeVisible()
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await clipped(page)).toEqual([])
  expect(await look(page, 'resolver')).toEqual([])

  await page.keyboard.press('2')
  await expect(page.getByText('1 champ à choisir')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('3')
  await expect(page.locator('#unit-1 textarea')).toHaveValue('Scène B et passerelle montées sur le parvis, accès par le quai B, un camion à la fois')
  await expect(save).toBeEnabled()
  await page.screenshot({ path: test.info().outputPath('resolver.png') })
  expect(await look(page, 'resolver, chosen', ['light', 'dark'])).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words('sync.nothing_to_decide'))).toBeVisible()
  expect(await mission()).toMatchObject({ objective: 'Scène B et passerelle montées sur le parvis, accès par le quai B, un camion à la fois', end_at: before.end_at, priority: 3 })

  await page.keyboard.press('Control+z')
  await expect(save).toBeVisible()
  expect(await mission()).toMatchObject({ objective: before.objective, end_at: before.end_at, priority: before.priority })

  await page.keyboard.press('Shift+Digit1')
  await expect(save).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words('sync.nothing_to_decide'))).toBeVisible()
  expect(await mission()).toMatchObject({ objective: 'Scène B et passerelle montées sur le parvis, accès par le quai B', priority: 3 })
  await page.goto(`${app.url}o/${org}/sync`)
  await expect(page.getByRole('table', { name: words('sync.decided') })).toContainText(words('sync.decision.fields'))
  expect(await look(page, 'queue', ['light'])).toEqual([])
})
