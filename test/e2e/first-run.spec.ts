/** The first minutes, by keyboard: everything filled in, everything skipped, a code, the demonstration, a window closed in the middle. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { owner, project } from './support/first-run.ts'
import { wordsIn, type Language, type Words } from './support/words.ts'

const PIN = '135790'
const INES = { name: 'Inès Morvan', email: 'ines.morvan@example.org', password: 'une autre phrase' }

async function speaks(page: Page, language: Language): Promise<void> {
  await expect(page.getByRole('radio').first()).toBeVisible()
  await page.evaluate((chosen) => window.localStorage.setItem('callboard.preferences', JSON.stringify({ language: chosen, theme: 'light' })), language)
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', language)
}

/** The step that shows, without serious findings in four themes and within the window. */
async function at(page: Page, words: Words, step: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: words(`welcome.${step}`) })).toBeVisible()
  // A colour caught on its way to another is nobody's.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const theme = await page.locator('html').getAttribute('data-theme')
  expect(await look(page, step)).toEqual([])
  await page.evaluate((before) => (before === null ? document.documentElement.removeAttribute('data-theme') : document.documentElement.setAttribute('data-theme', before)), theme)
}

/** Types into the field that has the focus and goes to the next one. */
async function typeIn(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await page.keyboard.press('Tab')
    await page.keyboard.type(text)
  }
}

async function account(page: Page, words: Words): Promise<void> {
  await at(page, words, 'look')
  await page.keyboard.press('Enter')
  await at(page, words, 'choose')
  await page.keyboard.press('Enter')
  await at(page, words, 'you')
}

test('in French, by keyboard alone: account, key on paper, kind of work, project, then the overview with its six lines', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  await page.setViewportSize({ width: 1280, height: 720 })
  await speaks(page, 'fr')
  await account(page, words)
  await typeIn(page, owner.name, owner.email, owner.password, PIN)
  await page.keyboard.press('Enter')

  await at(page, words, 'key')
  const key = /[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}/.exec(await page.locator('main').innerText())?.[0] ?? ''
  expect(key).not.toBe('')
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('section[aria-hidden]')
  await expect(paper).toBeVisible()
  await expect(paper).toContainText(key)
  await expect(paper).toContainText(owner.email)
  await expect(page.locator('form')).toBeHidden()
  await page.emulateMedia({ media: null })
  await page.getByRole('button', { name: words('action.continue') }).press('Enter')

  await at(page, words, 'organization')
  await typeIn(page, 'Port et Marées')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: words('kind.theatre') })).toBeChecked()
  await expect(page.getByText(words('welcome.mission.theatre'))).toBeVisible()
  await page.keyboard.press('Enter')

  await at(page, words, 'project')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').or(page.getByText(words('form.problem'))).first()).toBeVisible()
  await page.getByLabel(words('project.name')).focus()
  await typeIn(page, project.name, '', project.first, project.last)
  await page.getByLabel(words('welcome.main_location')).focus()
  await typeIn(page, project.place)
  await page.keyboard.press('Enter')

  // Back and forth: what was typed is there.
  await at(page, words, 'people')
  await page.getByRole('button', { name: words('action.back') }).press('Enter')
  await expect(page.getByLabel(words('project.name'))).toHaveValue(project.name)
  await page.getByRole('button', { name: words('action.back') }).press('Enter')
  await expect(page.getByLabel(words('welcome.organization_name'))).toHaveValue('Port et Marées')

  // A window closed in the middle goes on where it was.
  await page.reload()
  await expect(page.getByLabel(words('welcome.organization_name'))).toHaveValue('Port et Marées')
  await page.getByLabel(words('welcome.organization_name')).press('Enter')
  await expect(page.getByLabel(words('project.name'))).toHaveValue(project.name)
  await page.getByLabel(words('project.name')).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: words('welcome.people') })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')

  await expect(page).toHaveURL(/\/overview/)
  await expect(page.getByText(words('checklist.title'))).toBeVisible()
  const { organization } = await ask<{ organization: { name: string; kind: string } }>(page, 'organization.get', {})
  expect(organization).toMatchObject({ name: 'Port et Marées', kind: 'theatre' })
  const { items } = await ask<{ items: { name: string; sheet_layout: string }[] }>(page, 'project.list', {})
  expect(items).toMatchObject([{ name: project.name, sheet_layout: 'theatre' }])
  expect((await ask<{ items: { name: string }[] }>(page, 'location.list', {})).items.map(({ name }) => name)).toEqual([project.place])
  expect((await ask<{ me: { pin: boolean; recovery_key: boolean } }>(page, 'app.state', {})).me).toMatchObject({ pin: true, recovery_key: true })
  expect(await page.evaluate(() => window.localStorage.getItem('callboard.welcome'))).toBeNull()
})

test('in English, with everything skipped that can be: an organization in the person’s name and no project', async ({ app }) => {
  const { page } = app
  const words = wordsIn('en')
  await speaks(page, 'en')
  await account(page, words)
  await typeIn(page, owner.name, owner.email, owner.password)
  await page.keyboard.press('Enter')
  await at(page, words, 'key')
  await page.keyboard.press('Enter')
  await at(page, words, 'organization')
  await page.keyboard.press('Enter')
  await at(page, words, 'project')
  await page.getByRole('button', { name: words('action.skip') }).press('Enter')
  await at(page, words, 'people')
  await page.getByRole('button', { name: words('welcome.finish_organization') }).press('Enter')
  await expect(page.getByRole('navigation', { name: words('nav.label') })).toBeVisible()
  const { organization } = await ask<{ organization: { name: string } }>(page, 'organization.get', {})
  expect(organization.name).toBe(words('welcome.organization_of').replace('{name}', owner.name))
  expect((await ask<{ total: number }>(page, 'project.list', {})).total).toBe(0)
})

test('a second person of this computer joins with a code', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  await speaks(page, 'fr')
  await account(page, words)
  await typeIn(page, owner.name, owner.email, owner.password)
  await page.keyboard.press('Enter')
  await at(page, words, 'key')
  await page.keyboard.press('Enter')
  await at(page, words, 'organization')
  const made = await ask<{ id: string }>(page, 'organization.create', { name: 'Port et Marées', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' })
  await ask(page, 'organization.open', { id: made.id })
  const invited = await ask<{ code: string }>(page, 'invitation.create', { name: INES.name, email: INES.email, role: 'planner', project_id: null })
  await ask(page, 'app.sign_out', {})
  await page.reload()

  await page.getByRole('button', { name: words('join.open') }).press('Enter')
  await page.getByLabel(words('join.code')).focus()
  await typeIn(page, invited.code, INES.name, INES.email, INES.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: words('nav.label') })).toBeVisible()
  await expect(page.getByText('Port et Marées').first()).toBeVisible()
})

test('the demonstration opens from the first run, with its badge, and what it shows is not the person’s own work', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  await speaks(page, 'fr')
  await page.keyboard.press('Enter')
  await at(page, words, 'choose')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('radio', { name: words('welcome.way.demo') })).toBeChecked()
  await page.keyboard.press('Enter')
  await at(page, words, 'you')
  await typeIn(page, owner.name, owner.email, owner.password)
  await page.keyboard.press('Enter')
  await at(page, words, 'key')
  await page.keyboard.press('Enter')
  await expect(page.getByText(words('switch.demo'), { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  expect((await ask<{ total: number }>(page, 'collaborator.list', {})).total).toBe(47)
  const { organizations } = await ask<{ organizations: { demo: boolean }[] }>(page, 'app.state', {})
  expect(organizations.map(({ demo }) => demo)).toEqual([true])
})
