/** Undo is the core's: it holds after the app was closed and opened again. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { drawn } from './support/pages.ts'
import { signIn } from './support/sign-in.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

test('what was done before a restart is undone by Ctrl+Z after it, and said; Ctrl+Shift+Z does it again', async ({ app }) => {
  const { org, person } = await openOrganization(app.page, app.url)
  await drawn(app.page)
  const path = `o/${org}/directory`
  await app.page.goto(`${app.url}${path}`)
  const row = () => app.page.locator(`tr[data-row="${person}"]`)
  await row().focus()
  await app.page.keyboard.press('F2')
  await app.page.getByLabel(`${words('person.name')}, ${PEOPLE[0]}`).fill('Anouk Ferrand-Le Goff')
  await app.page.keyboard.press('Enter')
  await expect(row()).toContainText('Anouk Ferrand-Le Goff')

  await app.close()
  await app.open()
  await signIn(app.page)
  await expect(app.page.getByRole('navigation', { name: words('nav.label') })).toBeVisible()
  await app.page.goto(`${app.url}${path}`)
  await expect(row()).toContainText('Anouk Ferrand-Le Goff')
  const heard = app.page.locator('[aria-live]')
  const what = words('operation.collaborator_update')
  await app.page.keyboard.press('Control+z')
  await expect(row()).toContainText(PEOPLE[0])
  await expect(row()).not.toContainText('Le Goff')
  await expect(heard.filter({ hasText: words('undo.of').replace('{what}', what) })).toHaveCount(1)
  await app.page.keyboard.press('Control+Shift+z')
  await expect(row()).toContainText('Anouk Ferrand-Le Goff')
  await expect(heard.filter({ hasText: words('redo.of').replace('{what}', what) })).toHaveCount(1)
  const { display_name } = await ask<{ display_name: string }>(app.page, 'collaborator.get', { id: person })
  expect(display_name).toBe('Anouk Ferrand-Le Goff')
})
