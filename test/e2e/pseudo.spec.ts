/** Check 25 of the specification: with every French text 40 % longer no control is cut, no text is missing, and languages change while one looks. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { build, type Plugin } from 'vite'
import { expect, test } from './support/app.ts'
import { clipped, overflow } from './support/fits.ts'
import { openOrganization, placesOf } from './support/organization.ts'
import { drawn, open } from './support/pages.ts'
import { projectFolder } from './support/program.ts'
import { wordsIn } from './support/words.ts'

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

/** Letters of a longer language after the text: its placeholders and plurals stay as they are. */
function longer(text: string): string {
  const shown = text.replace(/\{[^{}]*\}/g, 'xxxx').replace(/[{}#]/g, '')
  const letters = Math.ceil(Math.min(shown.length, 200) * 0.4)
  return `${text}${Array.from({ length: letters }, (_, at) => (at % 8 === 0 ? ' ' : 'õ')).join('')}`
}

const longTexts: Plugin = {
  name: 'long-texts',
  enforce: 'pre',
  transform(code, id) {
    if (!/i18n\/fr\/\w+\.json$/.test(id)) return null
    const texts: Record<string, string> = JSON.parse(code)
    return { code: JSON.stringify(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, longer(text)]))), map: null }
  },
}

/** The same screens with other texts, made for this spec and served in place of the host's: the product knows nothing of it. */
async function serveLongTexts(page: Page, url: string, folder: string): Promise<void> {
  await build({ configFile: join(projectFolder, 'vite.config.ts'), mode: 'renderer', logLevel: 'error', plugins: [longTexts], build: { outDir: folder, emptyOutDir: true } })
  await page.route(`${url}**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname.startsWith('/api/')) return route.fallback()
    const asked = join(folder, pathname)
    const file = statSync(asked, { throwIfNoEntry: false })?.isFile() ? asked : join(folder, 'index.html')
    return route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'application/octet-stream' })
  })
  await page.reload()
}

test('French 40 % longer is cut in no control, no text is missing, and English comes without a reload', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const words = wordsIn('fr')
  const folder = mkdtempSync(join(tmpdir(), 'callboard-e2e-texts-'))
  try {
    const seeded = await openOrganization(page, app.url)
    await drawn(page)
    await serveLongTexts(page, app.url, folder)
    await drawn(page)
    await expect(page.getByRole('navigation', { name: /õõõ/ }).first()).toBeVisible()
    const found: string[] = []
    for (const [name, path] of Object.entries(placesOf(seeded))) {
      await open(page, name, path)
      const excess = await overflow(page)
      if (excess > 0) found.push(`${name}: ${excess} px too wide`)
      for (const what of await clipped(page)) found.push(`${name}: ${what}`)
      const shown = await page.evaluate(() => document.body.innerText)
      for (const key of shown.match(/\b[a-z_]+\.[a-z_.]+[a-z]\b/g) ?? []) if (isKey(key)) found.push(`${name}: the text ${key} is missing`)
    }
    await page.evaluate(() => document.body.setAttribute('data-kept', 'yes'))
    await page.getByRole('button', { name: new RegExp(words('user.menu')) }).click()
    for (const what of await clipped(page)) found.push(`menu of the person: ${what}`)
    await page.getByRole('menuitemradio', { name: /English/ }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByRole('heading', { level: 1, name: wordsIn('en')('project.settings') })).toBeVisible()
    expect(await page.evaluate(() => document.body.innerText.includes('õõõ'))).toBe(false)
    await expect(page.locator('body[data-kept=yes]')).toHaveCount(1)
    expect(found).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
})

function isKey(name: string): boolean {
  try {
    return wordsIn('fr')(name) !== ''
  } catch {
    return false
  }
}
