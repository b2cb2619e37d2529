/**
 * `npm run bench:ui`: how long pages and the palette take with the XL profile in a real browser, beside what the browser itself needs to
 * draw the same markup; then a planning of 10,000 bars, opened, scrolled and dragged, beside an empty page scrolled alike (`--only planning`;
 * `--minutes 5` scrolls that long before memory is looked at again). With `--json` an array of {name, value, unit, reference, ratio} and nothing else on stdout. `--only NAME,NAME` runs
 * some, `--profile demo` tries the bench itself on little data, `--data DIR` measures a folder made before by `callboard demo`, `--calls`
 * says what each page asked.
 */
import { rmSync } from 'node:fs'
import { loadavg } from 'node:os'
import { chromium, type Browser, type Page } from '@playwright/test'
import { startWebHost } from '../../e2e/support/browser-host.ts'
import { figures, median, missed, quantile, type Figures } from '../measure.ts'
import { benchData } from './data.ts'
import { installWatch, openPage, typeInPalette, type Opened } from './opening.ts'
import { measuredPages, signInAs, type Place } from './pages.ts'
import { benchPlanningPage, planningFigures } from './planning.ts'

const option = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const json = process.argv.includes('--json')
const only = option('--only')?.split(',') ?? null
const say = (text: string): void => {
  if (!json) process.stderr.write(`${text}\n`)
}
const TURNS = Number(option('--turns') ?? 12)
const PAGE_MS = 100
const PALETTE_MS = 100
const MOST_NODES = 5_000

function summary(name: string, first: number | null, turns: readonly Opened[]): Figures {
  const times = turns.map(({ ms }) => ms)
  const nodes = Math.max(...turns.map((one) => one.nodes))
  const said = [
    `p95 of ${turns.length}, median ${median(times).toFixed(0)} ms${first === null ? '' : `, first ${first.toFixed(0)} ms`}`, `${nodes} elements`,
    `${turns.at(-1)?.calls.length ?? 0} calls`, `load ${loadavg()[0]?.toFixed(1)}`,
  ].join(', ')
  return figures(name, 'ms', quantile(times, 0.95), quantile(turns.map(({ drawn }) => drawn), 0.95),
    { value: name === 'palette' ? PALETTE_MS : PAGE_MS }, `${nodes > MOST_NODES ? 'MISSED ' : ''}${said}`)
}

/** What a page asked of the core: when, and how long the answer took, at the median. */
function callsOf(turns: readonly Opened[]): string {
  const names = [...new Set(turns.flatMap(({ calls }) => calls.map(({ name }) => name)))]
  return names.map((name) => {
    const made = turns.flatMap(({ calls }) => calls.filter((one) => one.name === name))
    return `    ${name} x${(made.length / turns.length).toFixed(1)} at ${median(made.map(({ at }) => at)).toFixed(0)} took ${median(made.map(({ ms }) => ms)).toFixed(0)} ms, p95 ${quantile(made.map(({ ms }) => ms), 0.95).toFixed(0)}`
  }).join('\n')
}

const given = option('--data')
const minutes = Number(option('--minutes') ?? 0.25)
const all: Figures[] = []
const add = (one: Figures): void => {
  all.push(one)
  say(`${one.name.padEnd(20)} ${`${one.value} ${one.unit}`.padStart(14)} ${`${one.reference} ${one.unit}`.padStart(14)} ${missed(one) ? 'MISSED' : '      '} ${one.note}`)
}

/** An organization of a profile, shown by the program itself to a browser that is signed in. */
async function shown(profile: string, work: (browser: Browser, page: Page, place: Place) => Promise<void>): Promise<void> {
  const { data, sign } = given === undefined ? await benchData(profile, say) : { data: given, sign: { email: 'lea@example.org', password: 'callboard-demo' } }
  const host = await startWebHost(data)
  const browser = await chromium.launch({ executablePath: process.env['CALLBOARD_CHROMIUM'] ?? '/usr/bin/chromium' })
  try {
    // The reference draws markup with its styles, which the app's own policy refuses to anything but the app.
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true })).newPage()
    await page.addInitScript(installWatch)
    await page.goto(`${host.url}#token=${host.token}`)
    await work(browser, page, await signInAs(page, sign))
  } finally {
    await browser.close()
    await host.program.end()
    if (process.argv.includes('--forget') && given === undefined) rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

async function benchPages(_: Browser, page: Page, place: Place): Promise<void> {
  const pages = measuredPages(place)
  const [home, overview] = [pages[0]?.[1] ?? '', pages[1]?.[1] ?? '']
  // As a person would come: a project's pages from its overview, the rest from home.
  const neighbourOf = (path: string): string => (path === home || (path !== overview && path.includes('/p/')) ? overview : home)
  const tell = (name: string, first: number | null, turns: readonly Opened[]): void => {
    add(summary(name, first, turns))
    if (process.argv.includes('--calls')) say(callsOf(turns))
  }
  for (const [name, path] of pages) {
    if (only && !only.includes(name)) continue
    const turns: Opened[] = []
    for (let turn = 0; turn <= TURNS; turn++) {
      // The first opening loads the page's code and is not counted.
      await openPage(page, neighbourOf(path))
      const opened = await openPage(page, path)
      if (opened) turns.push(opened)
    }
    if (turns.length === 0) say(`${name.padEnd(20)} is no page of this app`)
    else tell(name, turns[0]?.ms ?? null, turns.slice(1))
  }
  if (!only || only.includes('palette')) tell('palette', null, await typeInPalette(page, ['mar', 'ber', 'fes', 'lum', 'the', 'con', 'sce', 'dup']))
}

const ofPlanning = (name: string): boolean => name === 'planning' || planningFigures.some((one) => one === name)
if (!only || !only.every(ofPlanning)) await shown(option('--profile') ?? 'XL', benchPages)
if (!only || only.some(ofPlanning))
  await shown(option('--profile') ?? 'planning', async (browser, page, place) => {
    for (const one of await benchPlanningPage({ browser, page, place, minutes })) add(one)
  })
if (json) process.stdout.write(`${JSON.stringify(all.map(({ name, value, unit, reference, ratio }) => ({ name, value, unit, reference, ratio })), null, 2)}\n`)
