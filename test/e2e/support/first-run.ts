/** What a coordinator does first: language, account, organization, project. Ends on the project's missions, by way of its overview. */
import { expect, type Page } from '@playwright/test'
import type { Language, Words } from './words.ts'

export const owner = { name: 'Léa Marchand', email: 'lea.marchand@example.org', password: 'une longue phrase' }
export const project = { name: 'Grandes Marées', first: '23/10/2026', last: '25/10/2026', place: 'Quai des Cordiers' }

export async function firstRun(page: Page, language: Language, words: Words): Promise<void> {
  const next = page.getByRole('button', { name: words('action.continue') })
  await page.getByRole('radio', { name: words(`language.${language}`) }).check()
  await next.click()
  await expect(page.getByRole('heading', { name: words('welcome.choose') })).toBeVisible()
  await next.click()

  await page.getByLabel(words('welcome.name')).fill(owner.name)
  await page.getByLabel(words('welcome.email')).fill(owner.email)
  await page.getByLabel(words('welcome.password')).fill(owner.password)
  await next.click()
  await expect(page.getByRole('heading', { name: words('welcome.key') })).toBeVisible()
  await next.click()

  await page.getByLabel(words('welcome.organization_name')).fill('Port et Marées')
  await next.click()

  await page.getByLabel(words('project.name')).fill(project.name)
  await page.getByLabel(words('project.start')).fill(project.first)
  await page.getByLabel(words('project.end')).fill(project.last)
  await page.getByLabel(words('welcome.main_location')).fill(project.place)
  await next.click()

  await page.getByRole('radio', { name: words('welcome.bring.later') }).check()
  await page.getByRole('button', { name: words('welcome.finish') }).click()
  await expect(page).toHaveURL(/\/overview/)
  await page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words('nav.missions') }).click()
  await expect(page).toHaveURL(/\/missions/)
}
