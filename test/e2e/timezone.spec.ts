/** Checks 15 and 16 of the specification: the night of the clock change, and a computer in another zone than the place. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { startWebHost } from './support/browser-host.ts'
import { openOrganization, type Seeded } from './support/organization.ts'
import { drawn, open } from './support/pages.ts'
import { textOfPdf } from './support/pdf.ts'

interface Made {
  base64: string
}

/**
 * Line by line; which of two that begin together comes first goes by their ids, and when something was
 * recorded or printed is no time of the work: it is told in the computer's own zone, with its offset.
 */
const linesOf = (text: string): string =>
  text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '' && !/Généré \d|\d\d:\d\d:\d\d UTC/.test(line)).sort().join('\n')

/** What the pages and the paper say of the missions. */
async function said(page: Page, seeded: Seeded): Promise<Record<string, string>> {
  const { org, project, mission, night, sheet } = seeded
  const inProject = `/o/${org}/p/${project}`
  const texts: Record<string, string> = {}
  for (const [name, path] of Object.entries({
    'the page of the night': `${inProject}/missions/${night}`,
    'the page of the day': `${inProject}/missions/${mission}`,
    missions: `${inProject}/missions`,
    'the panel of the night': `${inProject}/missions?sel=${night}`,
    planning: `${inProject}/planning`,
    sheet: `${inProject}/sheets/${sheet}`,
  })) {
    await open(page, name, path)
    await expect.poll(async () => {
      const before = texts[name]
      texts[name] = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main, main input, main textarea')].map((one) => (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? one.value : one.innerText)).join('\n'))
      return texts[name] === before
    }, { message: `${name} has come to rest`, intervals: [200] }).toBe(true)
  }
  for (const document of ['assignment_list', 'mission_list'] as const) {
    const made = await ask<Made>(page, 'document.make', { document, project_id: project, format: 'pdf', paper: { size: 'A4', landscape: true }, language: 'fr' })
    texts[`printed ${document}`] = textOfPdf(Buffer.from(made.base64, 'base64'))
  }
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, linesOf(text)]))
}

async function seenFrom(zone: string, browser: Browser): Promise<{ texts: Record<string, string>; hostZone: string }> {
  const data = mkdtempSync(join(tmpdir(), 'callboard-e2e-'))
  const before = process.env['TZ']
  process.env['TZ'] = zone
  const host = await startWebHost(data).finally(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: zone, locale: 'fr-FR' })
  try {
    const page = await context.newPage()
    // The planning says what time it is: the same in both windows, on the evening before the hour that comes twice.
    await page.clock.setFixedTime('2026-10-24T19:30:00.000Z')
    await page.goto(`${host.url}#token=${host.token}`)
    await drawn(page)
    const seeded = await openOrganization(page, host.url)
    await drawn(page)
    const hostZone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
    return { texts: await said(page, seeded), hostZone }
  } finally {
    await context.close()
    await host.program.end()
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

test('a computer in Auckland says of a night in Paris what one in Paris says: 7 h 30 over the hour that comes twice', async ({ app }) => {
  test.setTimeout(120_000)
  const browser = app.page.context().browser()
  if (!browser) throw new Error('no browser to open another window in')
  const [paris, auckland] = [await seenFrom('Europe/Paris', browser), await seenFrom('Pacific/Auckland', browser)]
  expect([paris.hostZone, auckland.hostZone]).toEqual(['Europe/Paris', 'Pacific/Auckland'])
  expect(auckland.texts).toEqual(paris.texts)
  expect(paris.texts['the page of the night']).toMatch(/23:30 UTC\+2 – 06:00 UTC\+1 · 7 h 30/)
  expect(paris.texts['planning']).toMatch(/Garde de nuit[\s\S]*7 h 30|7 h 30[\s\S]*Garde de nuit/)
  expect(paris.texts['printed assignment_list']).toMatch(/23:30 UTC\+2 23:30 UTC\+2 06:00 UTC\+1/)
})
