/** Check 24 of the specification: people change place on one laptop, quickly, and nothing of the one before stays on the page. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask } from './support/ask.ts'
import { expect, test } from './support/app.ts'
import { firstRun, owner, project } from './support/first-run.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
const INES = { name: 'Inès Morvan', email: 'ines.morvan@example.org', password: 'une autre phrase', pin: '204817' }
const LEA_PIN = '135790'

test('a person locks, another takes their place with one key and a PIN, and each finds their own page', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  const invited = await ask<{ code: string }>(page, 'invitation.create', { name: INES.name, email: INES.email, role: 'planner', project_id: null })
  await ask(page, 'app.join', { code: invited.code, name: INES.name, email: INES.email, password: INES.password })
  await ask(page, 'app.set_pin', { password: INES.password, pin: INES.pin })
  await ask(page, 'app.sign_in', { email: owner.email, password: owner.password })
  await ask(page, 'app.set_pin', { password: owner.password, pin: LEA_PIN })
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const left = page.url()

  await page.keyboard.press('Control+Shift+L')
  await expect(page.getByRole('heading', { name: words('lock.title') })).toBeVisible()
  const locked = await page.locator('body').innerHTML()
  for (const seen of [project.name, owner.email, 'Port et Marées']) expect(locked).not.toContain(seen)

  // Five wrong PINs earn a wait that is said; the window stays closed.
  for (let time = 0; time < 5; time++) {
    await page.keyboard.type('999999')
    // Answered: the field is empty again.
    await expect(page.locator('#field-pin')).toHaveValue('')
    await expect(page.getByRole('alert')).toContainText(words('error.auth_pin_failed'))
  }
  await expect(page.getByRole('button', { name: words('lock.open') })).toBeDisabled()

  const started = Date.now()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type(INES.pin)
  await expect(page.getByRole('navigation', { name: words('nav.label') })).toBeVisible()
  // Two seconds are promised on a quiet computer (0.3 s measured); this one may be busy with other tests.
  expect(Date.now() - started).toBeLessThan(6000)
  expect(await page.locator('body').innerHTML()).not.toContain(owner.name)

  await ask(page, 'collaborator.create', { display_name: 'Milo Tanguy' })
  const people = await ask<{ items: { user_id: string; name: string }[] }>(page, 'app.people', {})
  const ines = people.items.find(({ name }) => name === INES.name)?.user_id
  expect(ines).toBeDefined()

  await page.keyboard.press('Control+Shift+L')
  await expect(page.getByRole('heading', { name: words('lock.title') })).toBeVisible()
  await ask(page, 'app.sign_in', { email: owner.email, password: owner.password })
  await expect(page).toHaveURL(left)
  const events = await ask<{ items: { action: string; actor: string }[] }>(page, 'audit.list', { limit: 50 })
  expect(events.items.find(({ action }) => action === 'collaborator.create')?.actor).toBe(ines)
})

/** Marks that nobody types by chance: a draft of one's own, and a rate, in the two ways that a rate is written. */
const DRAFT = 'brouillon-Zéphyrine-7391'
const RATE_MINOR = 8_273_946
const RATE_WRITTEN = /82[\s\u00a0\u202f]?739[,.]46/
const says = (text: string): string[] => [DRAFT, String(RATE_MINOR)].filter((mark) => text.includes(mark)).concat(RATE_WRITTEN.test(text) ? ['the rate as it is written'] : [])

/** Everything that the page could keep in the browser. */
const keptByPage = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const kept = [JSON.stringify({ ...window.localStorage }), JSON.stringify({ ...window.sessionStorage }), document.cookie]
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const asked = indexedDB.open(name ?? '')
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error ?? new Error('not opened'))
      })
      for (const store of database.objectStoreNames) {
        kept.push(await new Promise<string>((resolve) => {
          const all = database.transaction(store).objectStore(store).getAll()
          all.onsuccess = () => resolve(JSON.stringify(all.result))
        }))
      }
    }
    for (const name of await caches.keys()) kept.push(name)
    return kept.join('\n')
  })

/** Texts of the folder of logs and of reports, where nothing of what people type may be. */
function written(folder: string): string {
  if (!existsSync(folder)) return ''
  return readdirSync(folder).map((name) => join(folder, name)).filter((path) => statSync(path).isFile()).map((path) => readFileSync(path, 'utf8')).join('\n')
}

test('a draft and a rate of one person are nowhere for the next: not drawn, not answered, not kept by the page, not in the logs', async ({ app }) => {
  const { page } = app
  await firstRun(page, 'fr', words)
  const [, org = ''] = /\/o\/([^/]+)/.exec(page.url()) ?? []
  const invited = await ask<{ code: string }>(page, 'invitation.create', { name: INES.name, email: INES.email, role: 'viewer', project_id: null })
  await ask(page, 'app.join', { code: invited.code, name: INES.name, email: INES.email, password: INES.password })
  await ask(page, 'app.sign_in', { email: owner.email, password: owner.password })
  await ask(page, 'rate_card.create', { name: 'Régie jour', basis: 'daily', amount_minor: RATE_MINOR, currency: 'EUR' })
  await ask(page, 'draft.keep', { org, key: 'mission:new', value: { title: DRAFT } })
  await ask(page, 'draft.keep', { org, key: 'note', value: DRAFT })
  const toRates = `/o/${org}/settings/rates`
  await page.goto(new URL(toRates, page.url()).href)
  await expect(page.locator('main')).toContainText(RATE_WRITTEN)
  expect(says(JSON.stringify(await ask(page, 'draft.read', { org, key: 'note' })))).toEqual([DRAFT])

  await page.keyboard.press('Control+Shift+L')
  await expect(page.getByRole('heading', { name: words('lock.title') })).toBeVisible()
  expect(says(await page.content())).toEqual([])
  const answers: string[] = []
  page.on('response', (response) => void response.text().then((text) => answers.push(text), () => undefined))
  await ask(page, 'app.sign_in', { email: INES.email, password: INES.password })
  const found: string[] = []
  const note = (where: string, text: string): void => void found.push(...says(text).map((mark) => `${where}: ${mark}`))
  await expect(page.getByRole('navigation', { name: words('nav.label') })).toBeVisible()
  const paths = [`/o/${org}`, `/o/${org}/directory`, `/o/${org}/directory?new=1`, `/o/${org}/inbox`, `/o/${org}/me`, toRates, `/o/${org}/audit`, `/o/${org}/data`, `/o/${org}/members`]
  for (const path of paths) {
    await page.goto(new URL(path, page.url()).href)
    await expect(page.locator('h1').first()).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    note(`drawn at ${path}`, await page.content())
    note(`in the fields at ${path}`, await page.evaluate(() => [...document.querySelectorAll('input, textarea')].map((one) => (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? one.value : '')).join('\n')))
  }
  // Asked outright, not only by pages.
  const outright: readonly (readonly [string, object])[] = [['draft.list', { org }], ['draft.read', { org, key: 'note' }], ['draft.read', { org, key: 'mission:new' }], ['rate_card.list', {}], ['organization.get', {}], ['history.list', {}], ['search.query', { text: DRAFT.slice(0, 12) }], ['mark.list', { org, prefix: '' }], ['view.list', { org, page: 'directory' }], ['report.list', {}]]
  for (const [name, input] of outright) note(name, await ask<unknown>(page, name, input, org).then((value) => JSON.stringify(value), () => ''))
  note('an answer', answers.join('\n'))
  note('kept by the page', await keptByPage(page))
  note('the log', written(join(app.data, 'logs')))
  note('the reports', written(join(app.data, 'reports')))
  expect(found).toEqual([])
  expect(app.host === 'browser' ? answers.length : 1).toBeGreaterThan(0)
  expect(written(join(app.data, 'logs'))).toContain('draft.keep')

  // It is not lost for the person whose it is.
  await ask(page, 'app.sign_in', { email: owner.email, password: owner.password })
  expect(JSON.stringify(await ask(page, 'draft.read', { org, key: 'note' }))).toContain(DRAFT)
})
