/** Missions by keyboard: a day and its five people in at most 45 keystrokes (ui 8, check 1), its run of show, its files. */
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { owner } from './support/first-run.ts'
import { wordsIn } from './support/words.ts'

const known = ['Anouk Ferrand', 'Basile Orsini', 'Cyrille Vasseur', 'Delphine Kerjean', 'Edgar Lemaître']
const most = 45

/** Presses keys one by one and counts them; a chord is one. */
function counted(page: Page) {
  let keys = 0
  return {
    keys: () => keys,
    async press(key: string): Promise<void> {
      keys++
      await page.keyboard.press(key)
    },
    async type(text: string): Promise<void> {
      for (const character of text) {
        keys++
        await page.keyboard.type(character)
      }
    },
    /** The title is not counted. */
    async free(text: string): Promise<void> {
      await page.keyboard.type(text)
    },
  }
}

/** An organization with one project, and its page `place`: what the first run does has specs of its own. */
async function openProject(page: Page, url: string, place: string): Promise<string> {
  await ask(page, 'app.first_run', { ...owner, language: 'fr', theme: 'light' })
  const org = await ask<{ id: string }>(page, 'organization.create', { name: 'Port et Marées', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' })
  const home = await ask<{ id: string }>(page, 'project.create', {
    code: 'MAREES', name: 'Grandes Marées', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-22T22:00:00.000Z', end_at: '2026-10-26T22:00:00.000Z', document_language: 'fr',
  })
  await page.goto(`${url}o/${org.id}/p/${home.id}/${place}`)
  return home.id
}

test('a mission and five people take at most 45 keystrokes from any page', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  const project_id = await openProject(page, app.url, 'planning')
  for (const display_name of known) {
    const [first_name = '', last_name = ''] = display_name.split(' ')
    await ask(page, 'collaborator.create', { kind: 'person', first_name, last_name, display_name })
  }
  await expect(page.getByRole('heading', { name: words('planning.title') })).toBeVisible()

  const keys = counted(page)
  await keys.press('n')
  await keys.press('m')
  await expect(page.getByLabel(words('missions.quick_when'))).toBeFocused()
  await keys.type('24/10 14-23:30')
  await keys.free(' Marée haute')
  await keys.press('Enter')
  await expect(page.getByRole('heading', { name: 'Marée haute' })).toBeVisible()
  await keys.press('a')
  const people = page.getByRole('combobox', { name: words('assignment.person') })
  await expect(people).toBeFocused()
  for (const name of known) {
    await keys.type(name.slice(0, 3))
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1)
    await expect(page.getByRole('option', { name: new RegExp(name) })).toBeVisible()
    await keys.press('Enter')
  }
  await keys.press('Control+Enter')
  await expect(page.getByRole('heading', { name: words('assignment.add_title') })).toBeHidden()

  const { items } = await ask<{ items: { collaborator_name: string; mission_title: string }[] }>(page, 'assignment.list', { project_id })
  expect(items.map((one) => one.collaborator_name).sort()).toEqual([...known].sort())
  expect(new Set(items.map((one) => one.mission_title))).toEqual(new Set(['Marée haute']))
  expect(keys.keys()).toBeLessThanOrEqual(most)
  expect(app.pageErrors).toEqual([])
})

test('a run of show is written, pasted, moved and kept by keyboard; files hang on the mission and come off again', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  const project_id = await openProject(page, app.url, 'missions')
  const mission = await ask<{ id: string }>(page, 'mission.create', { project_id, title: 'Première', start_at: '2026-10-24T16:00:00.000Z', end_at: '2026-10-24T21:30:00.000Z' })
  await page.getByText('Première').first().click()
  await page.keyboard.press('o')
  await expect(page).toHaveURL(new RegExp(`/missions/${mission.id}`))

  await page.getByLabel(words('run_of_show.new_cue')).fill('Entrée public')
  await page.keyboard.press('Enter')
  await page.getByLabel(words('run_of_show.new_cue')).fill('Noir salle')
  await page.keyboard.press('Enter')
  const cell = (column: string, line: number) => page.getByLabel(words('run_of_show.cell').replace('{column}', column).replace('{line}', String(line)), { exact: true })
  await expect(cell('Action', 2)).toHaveValue('Noir salle')
  await cell('Durée', 1).fill('30')
  await page.keyboard.press('Enter')
  await expect(cell('Durée', 2)).toBeFocused()
  await expect(cell('Durée', 1)).toHaveValue("30'")
  await expect(cell('Heure', 2)).toHaveAttribute('placeholder', '18:30')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(cell('Action', 1)).toHaveValue('Noir salle')
  await expect(cell('Durée', 1)).toBeFocused()

  await cell('Action', 2).focus()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'Salut\tplein feu\nSortie public\t')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(cell('Action', 4)).toHaveValue('Sortie public')
  await expect(cell('LUM', 3)).toHaveValue('plein feu')
  await cell('Heure', 4).fill('demain')
  await page.keyboard.press('Enter')
  await expect(page.getByText(words('run_of_show.unread.at'))).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByRole('tab', { name: words('mission.documents') }).click()
  await page.getByLabel(words('attachments.add')).first().setInputFiles([{ name: 'plan de feu.txt', mimeType: 'text/plain', buffer: Buffer.from('face, contre, latéraux') }])
  const files = page.getByRole('list', { name: words('attachments.title') })
  await expect(files.getByText('plan de feu.txt')).toBeVisible()
  await page.getByLabel(words('attachments.add')).first().setInputFiles([{ name: 'copie.txt', mimeType: 'text/plain', buffer: Buffer.from('face, contre, latéraux') }])
  await expect(page.getByText(words('attachments.same').replace('{name}', 'plan de feu.txt'))).toBeVisible()
  await files.getByRole('button', { name: words('attachments.remove_name').replace('{name}', 'plan de feu.txt') }).click()
  await expect(page.getByText('plan de feu.txt').first()).toBeVisible()
  await page.getByRole('button', { name: words('attachments.undo'), exact: true }).click()
  await expect(files.getByText('plan de feu.txt')).toBeVisible()
  // The same file twice is refused, on purpose.
  expect(app.pageErrors.filter((one) => !one.includes('409'))).toEqual([])
})
