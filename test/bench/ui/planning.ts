/** A planning of 10,000 bars in a real browser: opened, scrolled, dragged, and what it holds after minutes of it. */
import { loadavg } from 'node:os'
import type { Browser, Page } from '@playwright/test'
import { figures, median, quantile, type Figures } from '../measure.ts'
import { fpsOf, plainFrames, scrollThrough, watchFrames, type Frames } from './frames.ts'
import { memoryOf } from './memory.ts'
import { openPage, type Opened } from './opening.ts'
import type { Place } from './pages.ts'

export const planningFigures = ['open', 'scroll_fps_median', 'scroll_fps_p95', 'drag_fps_median', 'dom_nodes', 'renderer_mb'] as const

const OPEN_MS = 1_000
const LEAST_FPS = 55
const MOST_NODES = 1_500
/** What scripts hold may grow by no more than this over the whole scroll: caches of words fill once. */
const FLAT = 1.15
const TURNS = 8
const PLAIN_MS = 3_000
const WARM_MS = 4_000
const DRAG_MS = 6_000

const FRAME = '[data-region="timeline"] [data-level]'
const BAR = `${FRAME} [data-bar]`
const MOVABLE = `${BAR}:not([data-fixed]):not([data-ghost])`

/** A bar that is whole on screen, near the middle of the frame, and wide enough to be held by its middle. */
async function barToDrag(page: Page): Promise<{ x: number; y: number } | null> {
  return page.evaluate(
    ({ frame, bar }) => {
      const around = document.querySelector(frame)?.getBoundingClientRect()
      if (!around) return null
      const [x, y] = [around.left + around.width / 2, around.top + around.height / 2]
      const near = [...document.querySelectorAll(bar)].flatMap((element) => {
        const box = element.getBoundingClientRect()
        const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 }
        return box.width >= 60 && box.left > around.left + 280 && box.right < around.right - 60 && document.elementFromPoint(middle.x, middle.y)?.closest(bar) === element ? [middle] : []
      })
      return near.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0] ?? null
    },
    { frame: FRAME, bar: MOVABLE },
  )
}

/** Holds a bar and swings it along its row and over the rows beside it; gives it back. Null: this page lets nothing be moved. */
async function dragAround(page: Page): Promise<Frames | null> {
  const bar = await barToDrag(page)
  if (bar === null) return null
  const { x, y } = bar
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 8, y, { steps: 2 })
  await page.locator(`${FRAME} [data-ghost]`).first().waitFor()
  const end = await watchFrames(page)
  const began = performance.now()
  for (let passed = 0; passed < DRAG_MS; passed = performance.now() - began) await page.mouse.move(x + 220 * Math.sin(passed / 400), y + 70 * Math.sin(passed / 900))
  const frames = await end()
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await page.keyboard.press('Escape')
  await page.locator(`${FRAME} [data-ghost]`).first().waitFor({ state: 'detached' })
  return frames
}

export interface PlanningBench {
  browser: Browser
  page: Page
  place: Place
  /** Of scrolling, after which memory is looked at again. */
  minutes: number
}

export async function benchPlanningPage({ browser, page, place, minutes }: PlanningBench): Promise<Figures[]> {
  const { org, project } = place
  const overview = `/o/${org}/p/${project}/overview`
  const planning = `/o/${org}/p/${project}/planning`
  // Where there is most to draw, whatever the hour of the bench.
  const crowded = `${planning}?from=${place.middle}T10:00`
  const opened: Opened[] = []
  for (let turn = 0; turn <= TURNS; turn++) {
    await openPage(page, overview)
    const one = await openPage(page, planning)
    if (one === null) throw new Error('the app has no planning')
    opened.push(one)
  }
  // The first opening loads the page's code.
  const turns = opened.slice(1)
  await page.locator(BAR).first().waitFor()
  const times = turns.map(({ ms }) => ms)
  const answered = median(turns.map(({ calls }) => Math.max(0, ...calls.filter(({ name }) => name === 'planning.window').map(({ at, ms }) => at + ms))))

  const plain = await plainFrames(await browser.newPage(), PLAIN_MS)
  await page.bringToFront()
  await openPage(page, crowded)
  await page.locator(BAR).first().waitFor()
  await scrollThrough(page, FRAME, WARM_MS)
  const before = await memoryOf(browser, page)
  const scrolled = await scrollThrough(page, FRAME, minutes * 60_000)
  const after = await memoryOf(browser, page)
  const levels = await atEachZoom(page, crowded)
  await openPage(page, overview)
  await openPage(page, crowded)
  await page.locator(BAR).first().waitFor()
  const dragged = await dragAround(page)

  const seen = [{ level: 'scrolling', frames: scrolled }, ...levels, ...(dragged ? [{ level: 'dragging', frames: dragged }] : [])]
  const nodes = Math.max(...seen.map(({ frames }) => frames.nodes))
  const load = `load ${loadavg()[0]?.toFixed(1)}`
  const grown = after.heap_mb / before.heap_mb
  return [
    figures('open', 'ms', quantile(times, 0.95), quantile(turns.map(({ drawn }) => drawn), 0.95), { value: OPEN_MS }, `p95 of ${turns.length}, median ${median(times).toFixed(0)} ms, answered at ${answered.toFixed(0)}, first ${opened[0]?.ms.toFixed(0)} ms, ${load}`),
    figures('scroll_fps_median', 'fps', fpsOf(scrolled, 0.5), fpsOf(plain, 0.5), { least: LEAST_FPS }, `${scrolled.lengths.length} frames; ${levels.map(({ level, frames }) => `${level} ${fpsOf(frames, 0.5).toFixed(0)}`).join(', ')}, ${load}`),
    figures('scroll_fps_p95', 'fps', fpsOf(scrolled, 0.95), fpsOf(plain, 0.95), { least: LEAST_FPS }, `what 95 % of frames reach; ${levels.map(({ level, frames }) => `${level} ${fpsOf(frames, 0.95).toFixed(0)}`).join(', ')}, longest ${Math.max(...scrolled.lengths).toFixed(0)} ms`),
    figures('drag_fps_median', 'fps', dragged ? fpsOf(dragged, 0.5) : 0, fpsOf(plain, 0.5), { least: LEAST_FPS }, dragged ? `p95 ${fpsOf(dragged, 0.95).toFixed(0)}, ${dragged.lengths.length} frames, ${load}` : 'nothing can be dragged'),
    figures('dom_nodes', 'elements', nodes, opened.at(-1)?.nodes ?? Number.NaN, { value: MOST_NODES }, `in the body, the most while scrolling at every zoom and dragging: ${seen.map(({ level, frames }) => `${level} ${frames.nodes}`).join(', ')}`),
    figures('renderer_mb', 'MB', after.process_mb ?? after.heap_mb, before.process_mb ?? before.heap_mb, {},
      `${grown > FLAT ? 'MISSED ' : ''}after ${minutes} min of scrolling; held by scripts ${before.heap_mb.toFixed(0)} MB before, ${after.heap_mb.toFixed(0)} after`),
  ]
}

const LEVEL_MS = 5_000

/** The same scroll at each zoom; the usual one first. */
async function atEachZoom(page: Page, crowded: string): Promise<{ level: string; frames: Frames }[]> {
  const levels: { level: string; frames: Frames }[] = []
  for (const level of ['day', 'hour', 'week', 'month']) {
    await openPage(page, level === 'day' ? crowded : `${crowded}&zoom=${level}`)
    await page.locator(`[data-region="timeline"] [data-level="${level}"] [data-bar]`).first().waitFor()
    levels.push({ level, frames: await scrollThrough(page, FRAME, LEVEL_MS) })
  }
  return levels
}
