/** Walking a page with Tab: what it stops at, whether the stop is seen, and what no stop reaches. */
import type { Page } from '@playwright/test'

export interface Stop {
  /** `button "Imprimer"`. */
  what: string
  /** A ring of two pixels or more, on it or on what holds it. */
  ring: boolean
  /** At least one of its points is not under something else. */
  seen: boolean
  /** 24 px each way, or that far from any other target (2.5.8). */
  wide: boolean
}

export interface Walked {
  stops: Stop[]
  /** Visible controls that no stop reached, and that no composite of arrows holds. */
  missed: string[]
  /** Tab led nowhere new before everything was reached, or never came back. */
  trapped: boolean
}

declare global {
  interface Window {
    walk?: {
      begin(main: boolean): void
      /** False once Tab came back to a stop it knows. */
      note(): boolean
      end(): Omit<Walked, 'trapped'>
      controls(least: number): string[]
    }
  }
}

/** Runs in the page. */
function install(): void {
  const controls = 'a[href], button:not(:disabled), input:not(:disabled):not([type=hidden]):not([type=file]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]'
  // One stop of Tab, walked by arrows: those of ARIA, and what says so itself (the cards of a board).
  const composites = '[role=grid], [role=treegrid], [role=tablist], [role=radiogroup], [role=menu], [role=listbox], [role=tree], [role=toolbar], [data-roving], .leaflet-container'
  const nameOf = (element: Element): string => {
    const said = element.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? element.placeholder) : element.textContent)
    return `${element.tagName.toLowerCase()}${element.getAttribute('role') ? `[${element.getAttribute('role')}]` : ''} "${(said ?? '').trim().slice(0, 60)}"`
  }
  /** A field drawn by its label is aimed at by the label. */
  const aimOf = (element: Element, least = 24): Element => {
    const box = element.getBoundingClientRect()
    const label = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? (element.closest('label') ?? element.labels?.[0]) : null
    return label && (box.width < least || box.height < least || getComputedStyle(element).opacity === '0') ? label : element
  }
  const shown = (element: Element): boolean => {
    const box = aimOf(element).getBoundingClientRect()
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1 && element.closest('[inert], [aria-hidden=true]') === null
  }
  const isRinged = (element: Element | null): boolean => {
    if (!element) return false
    const style = getComputedStyle(element)
    return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) || / 0px 0px 0px ([2-9]|\d\d)px/.test(` ${style.boxShadow}`)
  }
  const isSeen = (element: Element): boolean => {
    const box = aimOf(element).getBoundingClientRect()
    // Of a row as wide as a month, what is in the window.
    const [left, right] = [Math.max(0, box.left), Math.min(window.innerWidth, box.right)]
    const points = [0.5, 0.08, 0.92].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [left + (right - left) * x, box.top + box.height * y] as const))
    return points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y)
      return hit !== null && (element.contains(hit) || aimOf(element).contains(hit) || hit.contains(element))
    })
  }
  const isWide = (element: Element, least: number): boolean => {
    const box = aimOf(element, least).getBoundingClientRect()
    if (box.width >= least - 0.5 && box.height >= least - 0.5) return true
    // A link inside a sentence is as high as its line (2.5.8, inline).
    if (element.matches('p a, li a, dd a, td a') && getComputedStyle(element).display === 'inline') return true
    // What the browser itself draws inside its fields, and a whole document to scroll, are no targets.
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
    return [...document.querySelectorAll(controls)]
      .filter((other) => other !== element && shown(other) && !aimOf(other).contains(element) && !element.contains(other) && aimOf(other) !== aimOf(element))
      .every((other) => {
        const near = aimOf(other).getBoundingClientRect()
        const [dx, dy] = [Math.max(near.left - x, 0, x - near.right), Math.max(near.top - y, 0, y - near.bottom)]
        return Math.hypot(dx, dy) >= least / 2 - 0.5
      })
  }
  let stops: Stop[] = []
  let reached = new Set<Element>()
  let outside = 0
  let part: ParentNode & Node = document
  window.walk = {
    begin(main) {
      part = main ? (document.querySelector('#main') ?? document) : document
      stops = []
      reached = new Set()
      outside = 0
    },
    note() {
      const stop = document.activeElement
      // After the last stop comes the browser's own, then the first again.
      if (!stop || stop === document.body) return outside++ < 3
      if (reached.has(stop)) return false
      if (!part.contains(stop)) return outside++ < 1 && reached.size === 0
      reached.add(stop)
      const ringed = isRinged(stop) || isRinged(stop.parentElement) || isRinged(stop.closest('label')) || isRinged(stop.querySelector(':scope > *')) || isRinged(stop.nextElementSibling)
      stops.push({ what: nameOf(stop), ring: ringed, seen: isSeen(stop), wide: stop.matches('[role=group], main, [role=region], [role=tabpanel], section') || isWide(stop, 24) })
      return true
    },
    end() {
      const missed = [...part.querySelectorAll(controls)].filter(
        (element) =>
          shown(element) && !reached.has(element) && !(element.getAttribute('tabindex') === '-1' && element.closest(composites)) &&
          // Of buttons of one choice, Tab stops at the chosen one.
          !(element instanceof HTMLInputElement && element.type === 'radio' && [...reached].some((one) => one instanceof HTMLInputElement && one.name === element.name)),
      )
      return { stops, missed: missed.map(nameOf) }
    },
    controls: (least) => [...document.querySelectorAll(controls)].filter((element) => shown(element) && element.closest('[role=grid] td') === null && !isWide(element, least)).map(nameOf),
  }
}

const MOST = 400

/** Of the whole window, or of what stands under the top bar beside the sidebar. */
export async function walk(page: Page, part: 'window' | 'main'): Promise<Walked> {
  await page.evaluate(`(${String(install)})()`)
  await page.evaluate((main) => {
    if (main) document.getElementById('main')?.focus()
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    window.walk?.begin(main)
  }, part === 'main')
  let goes = true
  let steps = 0
  while (goes && steps++ < MOST) {
    await page.keyboard.press('Tab')
    goes = await page.evaluate(() => window.walk?.note() ?? false)
  }
  const { stops, missed } = await page.evaluate(() => window.walk?.end() ?? { stops: [], missed: [] })
  return { stops, missed, trapped: goes || missed.length > 0 }
}

/** Controls smaller than `least` pixels each way that have no room around them either. */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  await page.evaluate(`(${String(install)})()`)
  return page.evaluate((size) => window.walk?.controls(size) ?? [], least)
}
