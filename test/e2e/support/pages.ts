/** Going about the pages as the app's own links do, and knowing when one is drawn. */
import type { Page, Request } from '@playwright/test'
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

const underway = new WeakMap<Page, Set<Request>>()

/** What the page is waiting for: answers of the core, parts of the program. The stream of news is never over. */
function waitedFor(page: Page): Set<Request> {
  const known = underway.get(page)
  if (known) return known
  const now = new Set<Request>()
  page.on('request', (request) => void (request.url().endsWith('/api/v1/events') || now.add(request)))
  page.on('requestfinished', (request) => now.delete(request))
  page.on('requestfailed', (request) => now.delete(request))
  underway.set(page, now)
  return now
}

/** Nothing is on its way and nothing changes: what is looked at now is the whole page. */
async function still(page: Page): Promise<void> {
  const waited = waitedFor(page)
  const quiet = (): Promise<void> =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const done = (): void => {
            watcher.disconnect()
            resolve()
          }
          let timer = window.setTimeout(done, 60)
          const watcher = new MutationObserver(() => {
            window.clearTimeout(timer)
            timer = window.setTimeout(done, 60)
          })
          watcher.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        }),
    )
  await expect
    .poll(async () => {
      await quiet()
      return waited.size
    }, { message: 'the page comes to rest', intervals: [50] })
    .toBe(0)
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
  waitedFor(page)
  await goWithin(page, path)
  await drawn(page)
  await still(page)
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
