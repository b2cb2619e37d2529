/** Does what is drawn fit where it is drawn? */
import type { Page } from '@playwright/test'

/** Pixels by which the page is wider than its window. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - window.innerWidth)

/**
 * Controls whose text is cut, or that stand outside the window where nothing scrolls to them. A name that ends in "…" is
 * whole in its tooltip.
 */
export const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const controls = 'button, a[href], [role=tab], [role=menuitem], [role=menuitemradio], [role=option], th, select, summary, label, h1, h2, h3, legend'
    const name = (element: Element): string => `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60)}"`
    const shown = (element: Element): boolean => {
      const box = element.getBoundingClientRect()
      return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && getComputedStyle(element).clipPath === 'none' && element.closest('[aria-hidden=true], .visually-hidden, [inert]') === null
    }
    /** Scrolled to by whom? Null: it is cut by something that does not scroll. */
    const scrolls = (element: Element): boolean => {
      for (let parent = element.parentElement; parent; parent = parent.parentElement) {
        const { overflowX } = getComputedStyle(parent)
        if (overflowX === 'auto' || overflowX === 'scroll') return true
      }
      return false
    }
    const found = new Set<string>()
    for (const element of document.querySelectorAll(controls)) {
      if (!shown(element)) continue
      const texts = [element, ...element.querySelectorAll('span, b, small')].filter((one) => one instanceof HTMLElement && [...one.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== ''))
      for (const text of texts) {
        const style = getComputedStyle(text)
        if (!shown(text) || (style.textOverflow === 'ellipsis' && text.closest('[title]'))) continue
        if (style.overflowX !== 'visible' && style.display !== 'inline' && text.scrollWidth > text.clientWidth + 1) found.add(`${name(element)} is cut (${text.scrollWidth} in ${text.clientWidth} px)`)
      }
      const box = element.getBoundingClientRect()
      if ((box.right > window.innerWidth + 1 || box.left < -1) && !scrolls(element)) found.add(`${name(element)} is outside the window`)
    }
    return [...found]
  })
