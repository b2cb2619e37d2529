/** Check 17 of the specification beyond lists: what one chooses on a page is in its address, opens the same in another window, and is walked back exactly. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { openOrganization, placesOf, type Seeded } from './support/organization.ts'
import { goWithin, settled as settledAs } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

/** What a person sees of where they are and of what they chose. */
const seen = (page: Page) =>
  page.evaluate(() => ({
    address: window.location.pathname + window.location.search,
    heading: document.querySelector('h1')?.textContent ?? '',
    tabs: [...document.querySelectorAll('[role=tab][aria-selected=true]')].map((one) => one.textContent),
    filters: [...document.querySelectorAll('[data-filter-chip][data-on=true]')].map((one) => one.textContent),
    sorts: [...document.querySelectorAll('th[aria-sort]')].map((one) => `${one.textContent} ${one.getAttribute('aria-sort') ?? ''}`),
    total: document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? null,
    current: [...document.querySelectorAll('main [aria-current=true], main [aria-current=page], main [aria-pressed=true]')].map((one) => one.textContent),
    fields: [...document.querySelectorAll('main select, main input[type=date], main input[type=search]')].map((one) => (one instanceof HTMLSelectElement || one instanceof HTMLInputElement ? one.value : '')),
    panel: document.querySelector('[data-region=panel] h2, aside h2')?.textContent ?? null,
  }))
type View = Awaited<ReturnType<typeof seen>>

const settled = (page: Page): Promise<View> => settledAs(page, seen, 150)

interface Step {
  name: string
  do(page: Page): Promise<unknown>
}
const tab = (nth: number): Step => ({ name: `tab ${nth}`, do: (page) => page.getByRole('main').getByRole('tab').nth(nth).click() })
const sort = (nth: number): Step => ({ name: `sort ${nth}`, do: (page) => page.locator('thead').getByRole('button').nth(nth).click() })
const row = (nth: number): Step => ({ name: `row ${nth}`, do: (page) => page.locator('tr[data-row]').nth(nth).click() })
const filter = (label: string, option: number): Step => ({
  name: `filter ${label}`,
  async do(page) {
    await page.locator('[data-filter-chip]').getByRole('button', { name: new RegExp(`^${label}`) }).click()
    await page.getByRole('listbox').getByRole('option').nth(option).click()
    await page.keyboard.press('Escape')
  },
})
const button = (name: string | RegExp, nth = 0): Step => ({ name: `button ${String(name)}`, do: (page) => page.getByRole('main').getByRole('button', { name }).nth(nth).click() })

const choose = (label: string, value: string): Step => ({ name: `choose ${label}`, do: (page) => page.getByLabel(label, { exact: true }).selectOption(value) })

/** The pages by name, and what a person chooses on each. */
function choices({ org, project, sheet }: Seeded, places: Readonly<Record<string, string>>): readonly (readonly [name: string, path: string, steps: readonly Step[]])[] {
  const at = (name: string): string => places[name] ?? name
  return [
    ['planning', at('planning'), [filter(words('sheets.day'), 0), sort(0), row(0)]],
    ["a mission's page", at("a mission's page"), [tab(1), tab(2)]],
    ['missions', at('missions'), [sort(2), row(0), row(1)]],
    ['sheets', at('sheets'), [filter(words('assignment.state'), 0), sort(1)]],
    ['a sheet', at('a sheet'), [button(/^Contrôles/), button(/^Versions/), button(words('sheet.preview_hide'))]],
    ['compare', `/o/${org}/p/${project}/sheets/${sheet}/compare`, []],
    ['the directory', at('directory'), [sort(2), row(0), row(2)]],
    ['places', at('locations'), [row(0), tab(1)]],
    ['crew', at('crew'), [sort(2), filter(words('person.department'), 0)]],
    ['audit', at('audit'), [filter(words('nav.project'), 0), choose(words('table.per'), '100')]],
    ['inbox', at('inbox'), [filter(words('inbox.show'), 1)]],
    ['departments', `/o/${org}/settings/departments`, [button(/^Modifier Lumière/)]],
  ]
}

const steady = ({ fields, ...view }: View): unknown => ({ ...view, fields: fields.join('|') })

test('what is chosen on each page is in its address, walked back and forth exactly, and opens the same in another window', async ({ app }) => {
  test.setTimeout(240_000)
  const { page } = app
  const seeded = await openOrganization(page, app.url)
  const views: View[] = [await settled(page)]
  const links: { name: string; view: View }[] = []
  const silent: string[] = []
  const length = (): Promise<number> => page.evaluate(() => window.history.length)
  for (const [name, path, steps] of choices(seeded, placesOf(seeded))) {
    await goWithin(page, path)
    views.push(await settled(page))
    for (const step of steps) {
      const entries = await length()
      await step.do(page)
      const view = await settled(page)
      if (view.address === views.at(-1)?.address) silent.push(`${name}: ${step.name}`)
      // What is looked at in passing (a page's part, a row) takes the place of the one before it in the history.
      else if ((await length()) === entries) views[views.length - 1] = view
      else views.push(view)
    }
    links.push({ name, view: views.at(-1) ?? (await settled(page)) })
  }
  expect(silent, 'choices that are not in the address').toEqual([])
  expect(views.length).toBeGreaterThan(20)

  for (let at = views.length - 2; at >= views.length - 21; at--) {
    await page.goBack()
    const back = views[at]
    expect(steady(await settled(page)), `back to ${back?.address ?? ''}`).toEqual(back && steady(back))
  }
  for (let at = views.length - 20; at < views.length; at++) {
    await page.goForward()
    const forth = views[at]
    expect(steady(await settled(page)), `forward to ${forth?.address ?? ''}`).toEqual(forth && steady(forth))
  }

  const token = await page.evaluate(() => window.sessionStorage.getItem('callboard.token') ?? '')
  for (const { name, view } of links) {
    const other = await page.context().newPage()
    await other.goto(`${new URL(view.address, page.url()).href}#token=${token}`)
    expect(steady(await settled(other)), `${name} in another window`).toEqual(steady(view))
    await other.close()
  }
  expect(app.pageErrors).toEqual([])
})
