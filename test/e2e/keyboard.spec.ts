/** Checks 3, 8, 9 and 11 of the specification: everything by keyboard, no trap, focus seen, targets wide enough, Esc closes the topmost only. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { openOrganization, placesOf } from './support/organization.ts'
import { drawn, open } from './support/pages.ts'
import { walk } from './support/walk.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')

async function faults(page: Page, name: string, part: 'window' | 'main'): Promise<string[]> {
  const { stops, missed, trapped } = await walk(page, part)
  return [
    ...(stops.length === 0 ? [`${name}: no stop`] : []),
    ...(trapped ? [`${name}: Tab does not come back`] : []),
    ...missed.map((what) => `${name}: Tab never reaches ${what}`),
    ...stops.flatMap(({ what, ring, seen, wide }) => [!ring && `${name}: no ring on ${what}`, !seen && `${name}: ${what} is under something`, !wide && `${name}: ${what} is too small`].filter((one) => one !== false)),
  ]
}

test('Tab reaches everything on every page, is never trapped, and each stop is seen, ringed and wide enough', async ({ app }) => {
  test.setTimeout(240_000)
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  const found = await faults(page, 'the window', 'window')
  for (const [name, path] of Object.entries(placesOf(seeded))) {
    await open(page, name, path)
    found.push(...(await faults(page, name, 'main')))
  }
  expect(found).toEqual([])

  // What the walk is there to find, made on purpose.
  await page.evaluate(() => {
    const make = (text: string, how: (button: HTMLButtonElement) => void): void => {
      const button = document.body.querySelector('#main h1')?.parentElement?.appendChild(document.createElement('button'))
      if (!button) return
      button.textContent = text
      how(button)
    }
    make('unreached', (button) => (button.tabIndex = -1))
    make('bare', (button) => Object.assign(button.style, { outline: 'none', boxShadow: 'none' }))
    for (const text of ['tiny', 'tiny too']) make(text, (button) => Object.assign(button.style, { width: '10px', height: '10px', padding: '0', margin: '0 -12px', flex: 'none', overflow: 'hidden' }))
    make('covered', (button) => {
      const over = document.body.appendChild(document.createElement('div'))
      const box = button.getBoundingClientRect()
      Object.assign(over.style, { position: 'fixed', zIndex: '9999', left: `${box.left - 4}px`, top: `${box.top - 4}px`, width: `${box.width + 8}px`, height: `${box.height + 8}px` })
    })
  })
  const made = (await faults(page, 'made', 'main')).filter((fault) => !found.includes(fault))
  for (const fault of ['never reaches button "unreached"', 'no ring on button "bare"', 'button "tiny" is too small', 'button "covered" is under something']) expect(made.join('\n')).toContain(fault)
})

test('Esc closes the topmost thing only, and the focus goes back to what opened it', async ({ app }) => {
  const { page } = app
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  const { org, project, person } = seeded
  const panel = page.getByRole('complementary')
  const closes = async (what: string, opener: Locator, over: Locator, keys?: string): Promise<void> => {
    await opener.focus()
    await page.keyboard.press(keys ?? 'Enter')
    await expect(over, `${what} opens`).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(over, `Esc closes ${what}`).toBeHidden()
    await expect(opener, `${what} gives the focus back`).toBeFocused()
    await expect(panel, `the panel stays under ${what}`).toBeVisible()
    await expect(page).toHaveURL(/sel=/)
  }
  const button = (key: string): Locator => page.getByRole('main').getByRole('button', { name: words(key), exact: true })
  const dialog = page.getByRole('dialog')

  await open(page, 'directory', `/o/${org}/directory?sel=${person}`)
  await expect(panel).toBeVisible()
  const row = page.locator(`tr[data-row="${person}"]`)
  const inPanel = panel.getByRole('button', { name: words('action.close') })
  await closes('the palette', inPanel, page.getByRole('combobox', { name: words('palette.title') }), 'Control+k')
  await closes('the palette from the row', row, page.getByRole('combobox', { name: words('palette.title') }), 'Control+k')
  await closes('the list of shortcuts', inPanel, page.getByRole('dialog', { name: words('shortcuts.title') }), '?')
  await closes('the menu of the person', page.getByRole('button', { name: words('user.menu') }), page.getByRole('menu'))
  await closes('a filter', page.locator('[data-filter-chip] button').first(), page.getByRole('listbox'))
  await closes('columns', button('table.columns'), dialog)
  await closes('saved views', button('view.title'), dialog)
  await closes('the print preview', button('print.action'), dialog)
  await closes('the print preview by its key', inPanel, dialog, 'Control+p')
  const other = page.locator('tr[data-row]').nth(1)
  await other.focus()
  await page.keyboard.press('Enter')
  await expect(panel.getByRole('heading').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page).not.toHaveURL(/sel=/)
  await expect(other).toBeFocused()

  await open(page, 'missions', `/o/${org}/p/${project}/missions?sel=${seeded.mission}`)
  await expect(panel).toBeVisible()
  await closes('the question before removing', panel.getByRole('button', { name: words('mission.removed') }), page.getByRole('alertdialog').or(dialog))
  // With rows chosen, Esc first empties the choice; it never leaves the page.
  await page.locator('tr[data-row]').first().focus()
  await page.keyboard.press('Control+a')
  await expect(page.locator('tr[aria-selected=true]').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('tr[aria-selected=true]')).toHaveCount(0)
  await expect(panel).toBeVisible()
})

test('every action of the list of shortcuts is in the palette, is told why when it cannot be done, and its keys do it', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  // The dialog of the system cannot be seen from a page: that it was asked for can.
  await page.addInitScript(() => {
    window.print = () => window.top?.document.documentElement.setAttribute('data-print-asked', 'yes')
  })
  const places = placesOf(seeded)
  const found: string[] = []
  for (const name of ['overview', 'inbox', 'directory', 'missions', "a mission's page", 'planning', 'crew', 'sheets', 'a sheet', 'locations', 'home']) {
    const path = places[name] ?? ''
    // What the last key of the page before opens may still be coming: each page begins anew.
    await page.goto(new URL(path, app.url).href)
    await drawn(page)
    await page.keyboard.press('?')
    const lines = page.getByRole('dialog', { name: words('shortcuts.title') }).locator('li')
    await expect(lines.first()).toBeVisible()
    const listed = await lines.evaluateAll((all) => all.map((line) => ({ label: line.querySelector('span')?.textContent ?? '', keys: line.querySelector('kbd')?.textContent ?? '', going: line.closest('section')?.querySelector('h3')?.textContent ?? '' })))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: words('palette.title') })).toBeFocused()
    await page.keyboard.type('>')
    const options = page.getByRole('option')
    await expect(options.first()).toBeVisible()
    const offered = new Map(await options.evaluateAll((all) => all.map((one) => [one.querySelector('span')?.textContent ?? '', { off: one.getAttribute('aria-disabled') === 'true', why: one.querySelector('small')?.textContent ?? '' }] as const)))
    await page.keyboard.press('Escape')
    for (const { label, keys, going } of listed) {
      if (going === words('shortcuts.group.go')) continue
      const action = offered.get(label)
      if (!action) found.push(`${name}: "${label}" (${keys}) is not in the palette`)
      else if (action.off && action.why === '') found.push(`${name}: "${label}" does not say why it cannot be done`)
    }
    // Those of the page itself, by their keys: something is seen or said, or the palette says why not.
    for (const { label, keys, going } of listed) {
      if (going !== words('shortcuts.group.page') || offered.get(label)?.off !== false) continue
      // Where the key before led may still be coming: this begins anew.
      await page.goto(new URL(path, app.url).href)
      await drawn(page)
      const before = await trace(page)
      for (const chord of keys.startsWith('Ctrl') || keys.startsWith('Alt') || keys.startsWith('Maj') ? [pressed(keys)] : keys.split(' ').map(pressed)) await page.keyboard.press(chord)
      await expect.poll(() => trace(page), { message: `${name}: ${keys} does "${label}"`, timeout: 3000 }).not.toBe(before).catch(() => found.push(`${name}: ${keys} does nothing for "${label}"`))
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
  }
  expect(found).toEqual([])
})

/** What a person sees or hears of the page, in short. */
const trace = (page: Page): Promise<string> =>
  page.evaluate(() => [window.location.href, document.documentElement.getAttribute('data-print-asked'), document.body.innerText, document.activeElement?.outerHTML.slice(0, 200), document.querySelectorAll('[aria-expanded=true], [aria-selected=true], [role=dialog]').length].join('\n'))

/** The words of the keyboard back to what Playwright presses. */
const KEYS: Readonly<Record<string, string>> = { Ctrl: 'Control', Maj: 'Shift', Entrée: 'Enter', Échap: 'Escape', Espace: ' ', Suppr: 'Delete', '↑': 'ArrowUp', '↓': 'ArrowDown', '←': 'ArrowLeft', '→': 'ArrowRight' }
const pressed = (chord: string): string =>
  chord.replace('Pg préc', 'PageUp').replace('Pg suiv', 'PageDown').split(' ').map((key) => KEYS[key] ?? (/^[A-Z]$/.test(key) ? key.toLowerCase() : key)).join('+')
