/** Frames of a running page: what is shown is moved or a hand drags, and each frame says how long it took. */
import type { Page } from '@playwright/test'
import { quantile } from '../measure.ts'

/** Lengths of frames in ms, and the most elements the body held meanwhile. */
export interface Frames {
  readonly lengths: readonly number[]
  readonly nodes: number
}
/** Frames a second that this share of all frames reaches. */
export const fpsOf = ({ lengths }: Pick<Frames, 'lengths'>, share: number): number => 1000 / quantile(lengths, share)

/** How far the content moves with each frame, in px: a fast flick. */
const LEGS = [{ x: 0, y: 30 }, { x: 40, y: 0 }, { x: 25, y: 15 }] as const
const LOOKS = 15

/** Scrolls an element down, along and across, back and forth, for `ms` milliseconds; each frame moves it. */
export const scrollThrough = (page: Page, selector: string, ms: number): Promise<Frames> =>
  page.evaluate(
    ({ selector: scrolled, ms: long, legs, looks }) =>
      new Promise<Frames>((resolve, reject) => {
        const box = document.querySelector(scrolled)
        if (!box) {
          reject(new Error(`nothing is ${scrolled}`))
          return
        }
        const lengths: number[] = []
        const ways = { x: 1, y: 1 }
        const along = (way: 'x' | 'y', place: number, most: number): void => {
          if (place <= 0) ways[way] = 1
          else if (place >= most - 1) ways[way] = -1
        }
        let nodes = 0
        // What was still to be drawn when asked counts: the first frame may be long.
        let before = performance.now()
        let began = 0
        const step = (now: number): void => {
          lengths.push(Math.max(0.1, now - before))
          before = now
          if (began === 0) began = now
          if (now - began > long) {
            resolve({ lengths, nodes })
            return
          }
          const leg = legs[Math.min(legs.length - 1, Math.floor(((now - began) / long) * legs.length))] ?? { x: 0, y: 0 }
          along('x', box.scrollLeft, box.scrollWidth - box.clientWidth)
          along('y', box.scrollTop, box.scrollHeight - box.clientHeight)
          box.scrollBy(leg.x * ways.x, leg.y * ways.y)
          if (lengths.length % looks === 1) nodes = Math.max(nodes, document.body.querySelectorAll('*').length)
          requestAnimationFrame(step)
        }
        requestAnimationFrame(step)
      }),
    { selector, ms, legs: LEGS, looks: LOOKS },
  )

/** Notes frames from now on; what is answered ends it. */
export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  const watch = await page.evaluateHandle(() => {
    const kept = { lengths: [] as number[], nodes: 0, going: true }
    let before = 0
    const step = (now: number): void => {
      if (before > 0) kept.lengths.push(now - before)
      before = now
      if (kept.lengths.length % 15 === 0) kept.nodes = Math.max(kept.nodes, document.body.querySelectorAll('*').length)
      if (kept.going) requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
    return kept
  })
  return async () => {
    const { lengths, nodes } = await watch.evaluate((kept) => {
      kept.going = false
      return { lengths: kept.lengths, nodes: kept.nodes }
    })
    return { lengths, nodes }
  }
}

/** The browser alone: as many frames as it draws of a long plain page that is scrolled the same way. */
export async function plainFrames(page: Page, ms: number): Promise<Frames> {
  await page.setContent('<div id="box" style="height:90vh;overflow:auto"><div style="width:20000px;height:20000px;background:linear-gradient(45deg,#abc,#fed)"></div></div>')
  return scrollThrough(page, '#box', ms)
}
