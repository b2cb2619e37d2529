/** Opens pages and types in the palette of a running app, and says when the screen stood still. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { SignIn } from './data.ts'

export interface Opened {
  /** From the gesture to the last change of what is shown, and the frame that draws it. */
  ms: number
  /** The browser alone, given the same markup. */
  drawn: number
}

export interface Place {
  org: string
  project: string
  mission: string
}

const Listed = z.object({ value: z.object({ items: z.array(z.looseObject({ id: z.string() })) }) })

/** Signs in, opens the organization, and answers its largest project with one of its missions. */
export async function signInAs(page: Page, { email, password }: SignIn): Promise<Place> {
  await page.locator('input[type="email"]').first().fill(email)
  await page.locator('input[type="password"]').first().fill(password)
  await page.locator('button[type="submit"]').first().click()
  await page.waitForURL(/\/o\/[0-9a-f-]{36}/)
  const org = /\/o\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  await page.locator('main h1').first().waitFor()
  const ask = async (name: string, input: object): Promise<string> => {
    const token = await page.evaluate(() => sessionStorage.getItem('callboard.token'))
    const answer = await page.request.post(new URL('/api/v1/call', page.url()).href, {
      data: { name, org, input }, headers: { authorization: `Bearer ${token ?? ''}`, origin: new URL(page.url()).origin },
    })
    const { items } = Listed.parse(await answer.json()).value
    const [one] = items
    if (!one) throw new Error(`${name} answered nothing`)
    return one.id
  }
  const project = await ask('project.list', { sort: ['-mission_count'], limit: 1 }).catch(() => ask('project.list', { limit: 1 }))
  return { org, project, mission: await ask('mission.list', { project_id: project, limit: 1 }) }
}

/** Name of the figure and address, in the order of the sidebar. */
export const measuredPages = ({ org, project, mission }: Place): readonly (readonly [name: string, path: string])[] => [
  ['page_home', `/o/${org}`],
  ['page_overview', `/o/${org}/p/${project}/overview`],
  ['page_missions', `/o/${org}/p/${project}/missions`],
  ['page_mission', `/o/${org}/p/${project}/missions/${mission}`],
  ['page_planning', `/o/${org}/p/${project}/planning`],
  ['page_sheets', `/o/${org}/p/${project}/sheets`],
  ['page_crew', `/o/${org}/p/${project}/crew`],
  ['page_locations', `/o/${org}/p/${project}/locations`],
  ['page_directory', `/o/${org}/directory`],
  ['page_inbox', `/o/${org}/inbox`],
  ['page_audit', `/o/${org}/audit`],
  ['page_settings', `/o/${org}/settings`],
  ['page_help', `/o/${org}/help`],
]

/** Longer than any page may take: what changes later than this is not the page. */
const STILL_MS = 600

/** Goes to an address inside the running app, as a link does. */
export const openPage = (page: Page, path: string): Promise<Opened> =>
  page.evaluate(
    async ({ path: to, still }) => {
      const main = document.querySelector('main')
      if (!main) throw new Error('no page is shown')
      const start = performance.now()
      let last = start
      const seen = new MutationObserver(() => (last = performance.now()))
      seen.observe(main, { childList: true, subtree: true, characterData: true })
      history.pushState(null, '', to)
      await new Promise((resolve) => setTimeout(resolve, still))
      seen.disconnect()
      if (!document.querySelector('main h1')) throw new Error(`${to} shows no page`)
      if (last === start) throw new Error(`${to} changed nothing`)
      const aside = document.createElement('div')
      aside.style.cssText = 'position:fixed;inset:0;visibility:hidden'
      document.body.append(aside)
      const before = performance.now()
      aside.innerHTML = main.innerHTML
      aside.getBoundingClientRect()
      const drawn = performance.now() - before
      aside.remove()
      return { ms: last - start, drawn }
    },
    { path, still: STILL_MS },
  )

/** Types words letter by letter; each letter is one measure. */
export async function typeInPalette(page: Page, words: readonly string[]): Promise<Opened[]> {
  const measured: Opened[] = []
  for (const word of words) {
    await page.keyboard.press('Control+k')
    await page.locator('[role=combobox]').first().waitFor()
    for (const letter of word) {
      await page.evaluate((still) => {
        const list = document.querySelector('[role=listbox]')?.parentElement
        if (!list) throw new Error('the palette is closed')
        const state = { start: performance.now(), last: performance.now() }
        const seen = new MutationObserver(() => (state.last = performance.now()))
        seen.observe(list, { childList: true, subtree: true, characterData: true, attributes: true })
        const done = new Promise<number>((resolve) => setTimeout(() => {
          seen.disconnect()
          resolve(state.last - state.start)
        }, still))
        addEventListener('keydown', () => (state.start = state.last = performance.now()), { once: true, capture: true })
        Object.assign(window, { callboardTyped: done })
      }, STILL_MS)
      await page.keyboard.insertText('')
      await page.keyboard.press(letter)
      const found = z.object({ ms: z.number(), drawn: z.number() }).parse(await page.evaluate(async () => {
        const ms: unknown = 'callboardTyped' in window ? await window.callboardTyped : null
        const markup = document.querySelector('[role=listbox]')?.innerHTML ?? ''
        const aside = document.createElement('div')
        aside.style.cssText = 'position:fixed;inset:0;visibility:hidden'
        document.body.append(aside)
        const before = performance.now()
        aside.innerHTML = markup
        aside.getBoundingClientRect()
        const drawn = performance.now() - before
        aside.remove()
        return { ms, drawn }
      }))
      measured.push(found)
    }
    await page.keyboard.press('Escape')
    await page.locator('[role=combobox]').first().waitFor({ state: 'hidden' })
  }
  return measured
}
