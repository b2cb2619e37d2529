/**
 * `npm run bench:ui`: how long pages and the palette take with the XL profile in a real browser, beside what the browser itself needs to
 * draw the same markup. With `--json` an array of {name, value, unit, reference, ratio} and nothing else on stdout. `--only NAME,NAME` runs
 * some, `--profile demo` tries the bench itself on little data.
 */
import { rmSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { startWebHost } from '../../e2e/support/browser-host.ts'
import { figures, missed, quantile, type Figures } from '../measure.ts'
import { benchData } from './data.ts'
import { measuredPages, openPage, signInAs, typeInPalette, type Opened } from './pages.ts'

const option = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const json = process.argv.includes('--json')
const only = option('--only')?.split(',') ?? null
const say = (text: string): void => {
  if (!json) process.stderr.write(`${text}\n`)
}
const TURNS = 12
const PAGE_MS = 100
const PALETTE_MS = 100

const summary = (name: string, turns: readonly Opened[]): Figures =>
  figures(name, 'ms', quantile(turns.map(({ ms }) => ms), 0.95), quantile(turns.map(({ drawn }) => drawn), 0.95),
    { value: name === 'palette' ? PALETTE_MS : PAGE_MS }, `p95 of ${turns.length}, median ${quantile(turns.map(({ ms }) => ms), 0.5).toFixed(0)} ms; the reference draws the same markup`)

const { data, sign } = await benchData(option('--profile') ?? 'XL', say)
const host = await startWebHost(data)
const browser = await chromium.launch({ executablePath: process.env['CALLBOARD_CHROMIUM'] ?? '/usr/bin/chromium' })
const all: Figures[] = []
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.goto(`${host.url}#token=${host.token}`)
  const pages = measuredPages(await signInAs(page, sign))
  const add = (name: string, turns: readonly Opened[]): void => {
    const one = summary(name, turns)
    all.push(one)
    say(`${one.name.padEnd(20)} ${`${one.value} ms`.padStart(10)} ${`${one.reference} ms`.padStart(10)} ${missed(one) ? 'MISSED' : '      '} ${one.note}`)
  }
  const first = pages[0]
  for (const [name, path] of pages) {
    if ((only && !only.includes(name)) || !first) continue
    const turns: Opened[] = []
    for (let turn = 0; turn <= TURNS; turn++) {
      // From a neighbour, as a person would come; the first opening loads the page's code and is not counted.
      await openPage(page, name === first[0] ? (pages[1]?.[1] ?? path) : first[1])
      const opened = await openPage(page, path)
      if (turn > 0) turns.push(opened)
    }
    add(name, turns)
  }
  if (!only || only.includes('palette')) add('palette', await typeInPalette(page, ['mar', 'ber', 'fes', 'lum', 'the', 'con', 'scè', 'dup']))
  if (json) process.stdout.write(`${JSON.stringify(all.map(({ name, value, unit, reference, ratio }) => ({ name, value, unit, reference, ratio })), null, 2)}\n`)
} finally {
  await browser.close()
  await host.program.end()
  if (process.argv.includes('--forget')) rmSync(data, { recursive: true, force: true })
}
