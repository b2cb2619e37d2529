/** What contracts say of the employer, and the templates they are made of: copied, changed, tried on a paper, used and then fixed. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look, THEMES } from './support/axe.ts'
import { overflow } from './support/fits.ts'
import { openOrganization } from './support/organization.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

test('an employer is told what a contract lacks, and says it; what is typed is kept', async ({ app }) => {
  test.setTimeout(90_000)
  const { page, url } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { org } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/settings/contracts`, page.url()).href)
  const missing = page.locator('[data-mention]')
  await expect(page.locator('[data-mention="pension"]')).toBeVisible()
  const before = await missing.count()
  await page.locator('#field-signatory_name').fill('Léa Martin')
  await page.locator('#field-pension').fill('Retraite du Spectacle')
  // Typed and not saved: there again after a reload.
  await page.waitForTimeout(800)
  await page.reload()
  await expect(page.locator('#field-pension')).toHaveValue('Retraite du Spectacle')
  await page.locator('#field-pension').press('Control+Enter')
  await expect(page.locator('[data-mention="pension"]')).toHaveCount(0)
  expect(await missing.count()).toBeLessThan(before)
  await page.reload()
  await expect(page.locator('#field-signatory_name')).toHaveValue('Léa Martin')
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await look(page, 'employer', THEMES)).toEqual([])
})

test('a template is copied, its clauses ordered, a wrong variable named with its clause, and a used one makes the next version', async ({ app }) => {
  test.setTimeout(120_000)
  const { page, url } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { org, project } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/settings/contract-templates`, page.url()).href)
  await expect(page.getByText(words('contract_settings.own_empty'))).toBeVisible()
  expect(await look(page, 'templates', ['light'])).toEqual([])
  await page.getByRole('button', { name: words('contract_settings.copy_one').replace('{name}', 'Contrat de prestation, Français') }).click()
  await expect(page.locator('[data-clause]').first()).toBeVisible()
  // The paper is there, with its text.
  await expect(page.getByRole('region', { name: words('pdf.label') })).toContainText('Atelier Modèle', { timeout: 20_000 })
  const clauses = page.locator('[data-clause]')
  const second = await clauses.nth(1).getAttribute('data-clause')
  await clauses.nth(1).getByRole('button').first().focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(clauses.first()).toHaveAttribute('data-clause', second ?? '')
  await page.getByLabel(words('contract_settings.add_clause')).selectOption('other')
  await page.getByRole('button', { name: words('action.add') }).click()
  const text = page.getByLabel(words('contract_settings.clause_text'))
  await text.fill('Pour {{vendor.shoe_size}} et ')
  await expect(page.locator('[data-problem="template.variable_unknown"]')).toContainText('vendor.shoe_size')
  await expect(page.locator('[data-problem]')).toContainText(words('contract_settings.new_clause'))
  await expect(page.getByRole('button', { name: words('settings.apply') })).toBeDisabled()
  await text.fill('Pour ')
  await page.getByLabel(words('contract_settings.variable')).selectOption('vendor.name')
  await page.getByRole('button', { name: words('contract_settings.insert') }).click()
  await expect(text).toHaveValue('Pour {{vendor.name}}')
  await expect(page.locator('[data-problem]')).toHaveCount(0)
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(await look(page, 'template', THEMES)).toEqual([])
  await page.getByRole('button', { name: words('settings.apply') }).click()
  await expect(page.getByRole('button', { name: words('settings.apply') })).toBeDisabled()
  // A contract is made of it: from then on it stands as it is.
  const template_id = new URL(page.url()).searchParams.get('sel')
  const { id: party_id } = await ask<{ id: string }>(page, 'party.create', { name: 'Son et Marées', kind: 'company' }, org)
  await ask(page, 'contract.create', { project_id: project, kind: 'vendor', party_id, template_id, title: 'Sonorisation' }, org)
  await expect(page.getByText(words('contract_settings.used_note').replace('{number}', '2'))).toBeVisible()
  await page.locator('#field-name').fill('Prestation de la maison')
  await page.getByRole('button', { name: words('contract_settings.make_version').replace('{number}', '2') }).click()
  await expect(page.getByRole('heading', { name: /Prestation de la maison.*version 2/ })).toBeVisible()
  expect(new URL(page.url()).searchParams.get('sel')).not.toBe(template_id)
  await page.getByRole('button', { name: words('contract_settings.archive') }).click()
  await page.getByRole('dialog').getByRole('button', { name: words('contract_settings.archive') }).click()
  await expect(page.getByText(words('contract_settings.own_empty'))).toBeVisible()
  await page.getByLabel(words('contract_settings.show_archived')).check()
  await expect(page.getByRole('row', { name: /Prestation de la maison/ })).toBeVisible()
})

test('a template that ships is read with its paper, in English, and is not changed', async ({ app }) => {
  test.setTimeout(90_000)
  const { page, url } = app
  const { org } = await openOrganization(page, url, { language: 'en' })
  await page.goto(new URL(`/o/${org}/settings/contract-templates`, page.url()).href)
  const said = wordsIn('en')
  await page.getByRole('button', { name: /^Open .*, English$/ }).first().click()
  await expect(page.getByText(said('contract_settings.shipped_note'))).toBeVisible()
  await expect(page.getByRole('region', { name: said('pdf.label') })).toContainText('Dominique Modèle', { timeout: 20_000 })
  await expect(page.getByRole('button', { name: said('settings.apply') })).toHaveCount(0)
})
