/** Opens pages and types in the palette of a running app, and says when the screen stood still. */
import type { Page } from '@playwright/test'

export interface CallMade {
  name: string
  /** When it was sent, from the gesture. */
  at: number
  ms: number
}

export interface Opened {
  /** From the gesture to the last change of what is shown. */
  ms: number
  /** The browser alone, given the same markup. */
  drawn: number
  /** Elements of the whole document. */
  nodes: number
  calls: readonly CallMade[]
}

interface Watch {
  calls: { name: string; sent: number; ms: number }[]
  /** Answers of pages that are not shown are forgotten: what is opened asks the core again. */
  forget(): void
  /** Resolves when `shown` has not changed for `still` ms: the time of its last change. */
  quiet(shown: Node, still: number): Promise<number>
  /** How long the browser takes for this markup alone. */
  draw(markup: string): number
}

declare global {
  interface Window {
    benchWatch: Watch
  }
}

/** Runs in the page before its own scripts: it notes calls, and finds the cache of answers where React keeps it. */
export function installWatch(): void {
  const calls: Watch['calls'] = []
  const send = window.fetch
  window.fetch = async (input, init) => {
    const sent = performance.now()
    const answer = await send(input, init)
    const name = typeof init?.body === 'string' ? /"name":"([^"]+)"/.exec(init.body)?.[1] : undefined
    if (name) calls.push({ name, sent, ms: performance.now() - sent })
    return answer
  }
  interface Fiber {
    child: Fiber | null
    memoizedProps: { client?: { removeQueries?: (filter: object) => void } } | null
  }
  window.benchWatch = {
    calls,
    forget() {
      const root = document.getElementById('root')
      const key = Object.keys(root ?? {}).find((name) => name.startsWith('__reactContainer$'))
      let fiber: Fiber | null = root && key ? (Reflect.get(root, key) as Fiber) : null
      while (fiber && !fiber.memoizedProps?.client?.removeQueries) fiber = fiber.child
      if (!fiber) throw new Error('the cache of answers was not found')
      fiber.memoizedProps?.client?.removeQueries?.({ type: 'inactive' })
    },
    quiet: (shown, still) =>
      new Promise((resolve) => {
        const began = performance.now()
        let last = began
        // The paper of a sheet is made and drawn after its page, which does not wait for it.
        const ofPage = ({ target }: MutationRecord): boolean => !(target instanceof Element ? target : target.parentElement)?.closest('[data-paper]')
        const seen = new MutationObserver((changes) => {
          if (changes.some(ofPage)) last = performance.now()
        })
        seen.observe(shown, { childList: true, subtree: true, characterData: true })
        const look = setInterval(() => {
          const now = performance.now()
          const waiting = !document.querySelector('main h1') || [...document.querySelectorAll('main [aria-busy=true]')].some((element) => !element.closest('[data-paper]'))
          if ((waiting || now - last < still) && now - began < 15_000) return
          clearInterval(look)
          seen.disconnect()
          resolve(last)
        }, 20)
      }),
    draw(markup) {
      const aside = document.createElement('div')
      aside.style.cssText = 'position:fixed;inset:0;visibility:hidden'
      document.body.append(aside)
      const before = performance.now()
      aside.innerHTML = markup
      aside.getBoundingClientRect()
      const drawn = performance.now() - before
      aside.remove()
      return drawn
    },
  }
}

/** Longer than any page may wait between two answers: what changes later than this is not the page. */
const STILL_MS = 400

/** Goes to an address inside the running app, as a link does, with no answer of that page kept from before. Null: the app has no such page. */
export const openPage = (page: Page, path: string): Promise<Opened | null> =>
  page.evaluate(
    async ({ path: to, still }) => {
      const main = document.querySelector('main')
      if (!main) throw new Error('no page is shown')
      const watch = window.benchWatch
      watch.forget()
      watch.calls.length = 0
      const start = performance.now()
      const quiet = watch.quiet(main, still)
      history.pushState(null, '', to)
      const last = await quiet
      if (location.pathname !== to.split('?')[0]) return null
      if (!document.querySelector('main h1')) throw new Error(`${to} shows no page`)
      return {
        ms: last - start, drawn: watch.draw(main.innerHTML), nodes: document.querySelectorAll('*').length,
        calls: watch.calls.filter(({ sent }) => sent >= start).map(({ name, sent, ms }) => ({ name, at: sent - start, ms })),
      }
    },
    { path, still: STILL_MS },
  )

/** Types words letter by letter; each letter is one measure. */
export async function typeInPalette(page: Page, words: readonly string[]): Promise<Opened[]> {
  const measured: Opened[] = []
  for (const word of words) {
    await page.keyboard.press('Control+k')
    await page.locator('[role=dialog] [role=combobox]').first().waitFor()
    for (const letter of word) measured.push(await typeLetter(page, letter))
    await page.keyboard.press('Escape')
    await page.locator('[role=dialog] [role=combobox]').first().waitFor({ state: 'hidden' })
  }
  return measured
}

async function typeLetter(page: Page, letter: string): Promise<Opened> {
  await page.evaluate((still) => {
    const list = document.querySelector('[role=dialog] [role=listbox]')?.parentElement
    if (!list) throw new Error('the palette is closed')
    window.benchWatch.calls.length = 0
    const typed = new Promise<number>((resolve) => addEventListener('keydown', () => resolve(performance.now()), { once: true, capture: true }))
    // The key may come late: the watch begins with it.
    Reflect.set(window, 'benchTyped', typed.then(async (start) => ({ start, last: await window.benchWatch.quiet(list, still) })))
  }, STILL_MS)
  await page.keyboard.press(letter)
  return page.evaluate(async () => {
    const { start, last } = (await Reflect.get(window, 'benchTyped')) as { start: number; last: number }
    return {
      ms: Math.max(0, last - start), drawn: window.benchWatch.draw(document.querySelector('[role=dialog] [role=listbox]')?.innerHTML ?? ''),
      nodes: document.querySelectorAll('*').length, calls: window.benchWatch.calls.map(({ name, sent, ms }) => ({ name, at: sent - start, ms })),
    }
  })
}
