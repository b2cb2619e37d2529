/** What a coordinator does first: language, account, organization, project. Ends on the project's missions. */
import { expect, type Page } from '@playwright/test'
import type { Language, Words } from './words.ts'

export const owner = { name: 'Léa Marchand', email: 'lea.marchand@example.org', password: 'une longue phrase' }
export const project = { name: 'Grandes Marées', first: '23/10/2026', last: '25/10/2026', place: 'Quai des Cordiers' }

export async function firstRun(page: Page, language: Language, words: Words): Promise<void> {
  await page.getByRole('radio', { name: words(`language.${language}`) }).check()
  await page.getByRole('button', { name: words('action.continue') }).click()

  await page.getByLabel(words('welcome.name')).fill(owner.name)
  await page.getByLabel(words('welcome.email')).fill(owner.email)
  await page.getByLabel(words('welcome.password')).fill(owner.password)
  await page.getByRole('button', { name: words('action.continue') }).click()

  await page.getByLabel(words('welcome.organization_name')).fill('Port et Marées')
  await page.getByRole('button', { name: words('action.create') }).click()

  await page.getByLabel(words('project.name')).fill(project.name)
  await page.getByLabel(words('project.start')).fill(project.first)
  await page.getByLabel(words('project.end')).fill(project.last)
  await page.getByLabel(words('welcome.main_location')).fill(project.place)
  await page.getByRole('button', { name: words('welcome.finish') }).click()
  await expect(page).toHaveURL(/\/missions/)
}
