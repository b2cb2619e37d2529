import { expect, test } from './support/app.ts'
import { damageOrganizations } from './support/damage.ts'
import { firstRun, project } from './support/first-run.ts'
import { signIn } from './support/sign-in.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

test('an organization whose file is damaged comes back from its verified backup, in plain words', async ({ app }) => {
  await firstRun(app.page, 'fr', words)
  await app.page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.data') }).click()
  await app.page.getByRole('button', { name: words('data.backup_now') }).click()
  await expect(app.page.getByRole('row', { name: new RegExp(words('data.kind.manual')) })).toHaveCount(1)

  await app.close()
  damageOrganizations(app.data)
  await app.open()
  const { page } = app
  await signIn(page)

  await expect(page.getByRole('heading', { name: words('recovery.title') })).toBeVisible()
  await expect(page.getByText(words('recovery.found.damaged'))).toBeVisible()
  await expect(page.getByText(words('recovery.safe.damaged'))).toBeVisible()
  await expect(page.getByText(words('error.title'))).toHaveCount(0)

  await page.getByRole('button', { name: new RegExp(words('data.restore')) }).first().click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: words('data.restore_action') }).click()
  await expect(page.getByText(words('storage.ready'))).toBeVisible()
  await expect(page.getByText(project.name).first()).toBeVisible()
})

test('everything an organization holds is exported to one file, named where it was written', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.data') }).click()
  await page.getByRole('button', { name: words('data.export_now'), exact: true }).click()
  await expect(page.getByText(/callboard-[\w-]+\.zip$/)).toBeVisible()
})
