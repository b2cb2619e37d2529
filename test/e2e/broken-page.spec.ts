import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { firstRun } from './support/first-run.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const door = (page: Page, place: string) => page.getByRole('navigation', { name: words('nav.label') }).getByRole('link', { name: words(place) })

test('a page that breaks says so in its place, and leaves the doors around it', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await page.route('**/api/v1/call', async (route) => {
    if (!route.request().postData()?.includes('"organization.get"')) return route.continue()
    const answer = await route.fetch()
    const told: { value: object } = await answer.json()
    return route.fulfill({ response: answer, json: { ...told, value: { ...told.value, departments: [{ unreadable: true }] } } })
  })
  await page.reload()
  await door(page, 'nav.people').click()
  await expect(page.getByRole('alert').getByText(words('error.client_page_broken'))).toBeVisible()
  await expect(page.getByRole('button', { name: words('action.copy_details') })).toBeVisible()
  await door(page, 'nav.audit').click()
  await expect(page.getByRole('heading', { name: words('audit.title') })).toBeVisible()
})

test('an answer that comes after the person went elsewhere does not bring its page back', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await door(page, 'nav.people').click()
  await page.getByRole('button', { name: words('people.new') }).first().click()
  await page.getByLabel(words('person.display_name')).fill('Anouk Ferrand')
  let letGo: () => void = () => undefined
  const released = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/api/v1/call', async (route) => {
    if (route.request().postData()?.includes('"collaborator.create"')) await released
    return route.continue()
  })
  const made = page.waitForResponse((response) => response.request().postData()?.includes('"collaborator.create"') === true)
  await page.getByRole('button', { name: words('action.create') }).click()
  await door(page, 'nav.locations').click()
  await expect(page).toHaveURL(/\/locations$/)
  letGo()
  await made
  await page.waitForTimeout(500)
  expect(new URL(page.url()).pathname).toMatch(/\/locations$/)
})

test('a page whose file did not come says so, and comes when it is tried again', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  await page.route(/\/assets\/AuditPage-.*\.js$/, (route) => route.abort())
  await page.reload()
  await door(page, 'nav.audit').click()
  await expect(page.getByRole('alert').getByText(words('error.client_page_broken'))).toBeVisible()
  await page.unroute(/\/assets\/AuditPage-.*\.js$/)
  await page.getByRole('button', { name: words('action.retry') }).click()
  await expect(page.getByRole('heading', { name: words('audit.title') })).toBeVisible()
})
