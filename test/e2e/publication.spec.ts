/** A plan is published with a look at what it tells to whom; who was told is kept, and what changed for each can be read and copied. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { overflow } from './support/fits.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

test('what is told to whom is seen before it is published; telling one person, the next plan tells them only what changed', async ({ app }) => {
  test.setTimeout(90_000)
  const { page, url } = app
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const { org, project } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/p/${project}/planning`, page.url()).href)
  const publish = async (): Promise<void> => {
    await page.getByRole('button', { name: words('publication.menu') }).click()
    await page.getByRole('menuitem', { name: words('publication.publish_open') }).click()
  }
  await publish()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(PEOPLE[0])).toBeVisible()
  await expect(dialog.getByText(/3 personnes à prévenir/)).toBeVisible()
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  await dialog.getByRole('button', { name: words('publication.publish') }).click()
  const panel = page.getByRole('complementary').filter({ hasText: 'Empreinte' })
  await expect(panel).toBeVisible()
  await expect(page).toHaveURL(/sel=plan:/)
  await panel.getByRole('button', { name: words('publication.tell'), exact: true }).first().click()
  await expect(panel.getByText(/Dit de vive voix, /)).toBeVisible()
  await panel.getByRole('button', { name: new RegExp(`Copier le message pour ${PEOPLE[0]}`) }).click()
  const message = await page.evaluate(() => navigator.clipboard.readText())
  expect(message).toContain('Grandes Marées')
  expect(message).toContain('Première soirée (J2) · sam. 24 oct. 14:00 – 23:30 · Halle des Cordiers')
  await panel.getByRole('button', { name: words('publication.back') }).click()
  await expect(page.getByText(/1 sur 3 personnes prévenues/)).toBeVisible()

  const { items } = await ask<{ items: { id: string; version: number; collaborator_name?: string; start_at: string }[] }>(page, 'assignment.list', { project_id: project, sort: ['start_at'], limit: 50 }, org)
  const [first] = items
  await ask(page, 'assignment.update', { id: first?.id, version: first?.version, changes: { start_at: '2026-10-24T13:00:00.000Z' } }, org)
  await publish()
  await expect(dialog.getByText(/au lieu de sam. 24 oct. 14:00 – 23:30|Ajouté.*15:00 – 23:30/).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: words('publication.menu') })).toBeFocused()
})
