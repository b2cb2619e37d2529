/** Going about the pages as the app's own links do, and knowing when one is drawn. */
import type { Page } from '@playwright/test'
import { expect } from './app.ts'
import { wordsIn, type Language } from './words.ts'

/** Another page of the app: nothing is loaded anew. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(async (address) => {
    window.history.pushState(null, '', address)
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame)
  }, path)
}

/** The page has its heading and waits for nothing. */
export async function drawn(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

/** What `seen` says of the page, once it waits for nothing and says the same twice. */
export async function settled<View>(page: Page, seen: (page: Page) => Promise<View>, every: number): Promise<View> {
  let last = ''
  await expect
    .poll(async () => {
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      const now = JSON.stringify(await seen(page))
      const same = now === last
      last = now
      return same
    }, { intervals: [every] })
    .toBe(true)
  return seen(page)
}

export async function open(page: Page, name: string, path: string): Promise<void> {
  await goWithin(page, path)
  await drawn(page)
  expect(page.url().endsWith(path), `${name} stays where it was asked for`).toBe(true)
}

/** Changes the language from the menu of the person, as anybody does. */
export async function switchTo(page: Page, language: Language): Promise<void> {
  const before = wordsIn(language === 'en' ? 'fr' : 'en')
  await page.getByRole('button', { name: before('user.menu') }).click()
  await page.getByRole('menuitemradio', { name: before(`language.${language}`) }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}
