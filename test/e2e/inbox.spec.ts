/** The inbox: questions answered with 1, 2, 3 where they are read, put off, put aside and found again; people to be told by hand. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { owner } from './support/first-run.ts'
import { clipped, overflow } from './support/fits.ts'
import { drawn, goWithin } from './support/pages.ts'
import { wordsIn, type Language } from './support/words.ts'

interface Row {
  id: string
  version: number
  collaborator_id: string
}
interface Prepared {
  org: string
  /** Assignments of the owner, of which they are asked, in the order of their missions. */
  mine: string[]
  /** Of somebody without an account, whom no message reaches. */
  theirs: string
}

const MISSIONS = ['Montage', 'Ouverture', 'Clôture', 'Démontage']

/** The owner is a person of the directory, asked whether they come to each mission: the sooner, the sooner to be answered. */
async function prepare(page: Page, url: string, language: Language): Promise<Prepared> {
  await ask(page, 'app.first_run', { ...owner, language, theme: 'light' })
  const make = async (name: string, input: object): Promise<string> => (await ask<{ id: string }>(page, name, input)).id
  const org = await make('organization.create', { name: 'Port et Marées', kind: 'event', language, zone: 'Europe/Paris', currency: 'EUR' })
  const { crew_roles } = await ask<{ crew_roles: { id: string }[] }>(page, 'organization.get', {})
  const [me, other] = [await make('collaborator.create', { display_name: owner.name }), await make('collaborator.create', { display_name: 'Basile Orsini' })]
  const { items: members } = await ask<{ items: Row[] }>(page, 'member.list', {})
  await ask(page, 'member.update', { id: members[0]?.id, version: members[0]?.version, changes: { collaborator_id: me } })
  const project = await make('project.create', { code: 'SUITE', name: 'Grandes Marées 2027', zone: 'Europe/Paris', currency: 'EUR', start_at: '2027-06-10T00:00:00.000Z', end_at: '2027-06-19T00:00:00.000Z', document_language: language })
  const place = await make('location.create', { name: 'Halle des Cordiers', zone: 'Europe/Paris' })
  const asked: string[] = []
  const plan = async (at: number, person: string): Promise<string> => {
    const day = `2027-06-1${at + 1}`
    const mission_id = await make('mission.create', { project_id: project, location_id: place, title: MISSIONS[at], kind: 'show', start_at: `${day}T12:00:00.000Z`, end_at: `${day}T20:00:00.000Z`, zone: 'Europe/Paris' })
    const { ids } = await ask<{ ids: string[] }>(page, 'assignment.create', { mission_id, people: [{ collaborator_id: person, crew_role_id: crew_roles[0]?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' }] })
    const id = ids[0] ?? ''
    const { version } = await ask<Row>(page, 'assignment.get', { id })
    await ask(page, 'assignment.propose', { changes: [{ id, version, deadline_at: `2027-06-0${at + 1}T08:00:00.000Z` }] })
    return id
  }
  for (const at of MISSIONS.keys()) asked.push(await plan(at, me))
  const theirs = await plan(0, other)
  // The clock of this computer tells them.
  await expect.poll(async () => (await ask<{ to_answer: number }>(page, 'notification.list', {})).to_answer).toBe(MISSIONS.length)
  await page.goto(`${url}o/${org}/inbox`)
  await drawn(page)
  return { org, mine: asked, theirs }
}

const state = async (page: Page, id: string): Promise<string> => (await ask<{ state: string }>(page, 'assignment.get', { id })).state
const pane = (page: Page, title: string): Locator => page.getByRole('region', { name: new RegExp(title) }).filter({ has: page.getByRole('heading', { level: 2 }) })

for (const language of ['fr', 'en'] as const) {
  test(`questions are answered with 1, 2 and 3 where they are read; E puts aside, H puts off, U is unread (${language})`, async ({ app }) => {
    test.setTimeout(180_000)
    const { page } = app
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1280, height: 720 })
    const words = wordsIn(language)
    const { mine } = await prepare(page, app.url, language)
    const unread = async (): Promise<number> => (await ask<{ unread: number }>(page, 'notification.list', {})).unread

    // What is looked at for a moment is read, by a command; the others are not.
    await expect(pane(page, 'Montage')).toBeVisible()
    await expect(pane(page, 'Montage')).toContainText(/14:00.*22:00/)
    await expect(pane(page, 'Montage')).toContainText('Halle des Cordiers')
    await expect(pane(page, 'Montage')).toContainText(/210[.,]00/)
    await expect.poll(unread).toBe(3)
    await expect(pane(page, 'Montage').getByRole('button', { name: words('inbox.unread') })).toBeVisible()
    await page.keyboard.press('u')
    await expect.poll(unread).toBe(4)

    await page.keyboard.press('1')
    await expect.poll(() => state(page, mine[0] ?? '')).toBe('accepted')
    await expect(pane(page, 'Montage').getByRole('button', { name: words('engagement.own.withdraw') })).toBeVisible()

    // 2 asks for a word, which is kept while the form is closed.
    await page.keyboard.press('j')
    await expect(pane(page, 'Ouverture').getByRole('button', { name: words('engagement.own.decline') })).toBeVisible()
    await page.keyboard.press('2')
    const field = page.getByRole('dialog').getByLabel(words('engagement.own_words'))
    await field.fill('Un concert ce soir-là')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(await state(page, mine[1] ?? '')).toBe('proposed')
    await page.keyboard.press('2')
    await expect(field).toHaveValue('Un concert ce soir-là')
    await page.getByRole('dialog').getByRole('button', { name: words('engagement.answer_save') }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(pane(page, 'Ouverture')).toContainText('Un concert ce soir-là')
    expect(await ask(page, 'assignment.get', { id: mine[1] })).toMatchObject({ state: 'canceled', cancel_reason: 'declined_by_collaborator' })

    // A yes with conditions is a yes.
    await page.keyboard.press('j')
    await expect(pane(page, 'Clôture').getByRole('button', { name: words('engagement.own.conditions') })).toBeVisible()
    await page.keyboard.press('3')
    await page.getByRole('dialog').getByLabel(words('engagement.answer_conditions'), { exact: true }).fill('Repartir avant minuit')
    await page.getByRole('dialog').getByRole('button', { name: words('engagement.answer_save') }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(pane(page, 'Clôture')).toContainText('Repartir avant minuit')
    expect(await state(page, mine[2] ?? '')).toBe('accepted')

    // Put off, put aside: neither answers anything, and both are found under their filter.
    await page.keyboard.press('j')
    await expect(pane(page, 'Démontage')).toBeVisible()
    const list = async (show: string): Promise<string[]> => (await ask<{ items: { subject: string }[] }>(page, 'notification.list', { show })).items.map(({ subject }) => subject)
    await page.keyboard.press('h')
    await expect.poll(() => list('snoozed')).toEqual([expect.stringContaining('Démontage')])
    expect(await state(page, mine[3] ?? '')).toBe('proposed')
    await page.locator('[id^="inbox-"]').filter({ hasText: /\? Montage/ }).click()
    await page.keyboard.press('e')
    await expect.poll(() => list('dismissed')).toEqual([expect.stringContaining('Montage')])
    await goWithin(page, `${new URL(page.url()).pathname}?show=done,later`)
    await drawn(page)
    await expect(page.locator('[id^="inbox-"]').filter({ hasText: words('inbox.type.assignment_proposed') })).toHaveCount(2)
    await page.locator('[id^="inbox-"]').filter({ hasText: 'Démontage' }).click()
    await expect(pane(page, 'Démontage').getByRole('button', { name: words('inbox.reopen') })).toBeVisible()
    await page.keyboard.press('e')
    await expect.poll(() => list('snoozed')).toEqual([])
    expect(await list('inbox')).toContainEqual(expect.stringContaining('Démontage'))
    expect(app.pageErrors).toEqual([])
  })
}

test('who no message reaches stays listed until it is noted that they were told; axe finds nothing and all fits', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 720 })
  const words = wordsIn('fr')
  const { theirs } = await prepare(page, app.url, 'fr')
  const found = await look(page, 'a question', ['light', 'dark', 'hc-light', 'hc-dark'])
  const tell = page.locator('[id^="inbox-tell:"]')
  await expect(tell).toHaveCount(1)
  await tell.click()
  await expect(pane(page, 'Basile Orsini')).toContainText(words('inbox.tell.no_email'))
  found.push(...(await look(page, 'somebody to tell', ['light', 'dark'])), ...(await clipped(page)))
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  await page.keyboard.press('1')
  await page.getByRole('dialog').getByRole('button', { name: words('engagement.told'), exact: true }).click()
  await expect(tell).toHaveCount(0)
  expect(await ask(page, 'engagement.list', { filter: { assignment_id: theirs } })).toMatchObject({ items: [{ state: 'pending', channel: 'hand' }] })
  expect(found).toEqual([])
})

test('a mission sent for acknowledgement is acknowledged with 1 where it is read, and says since when', async ({ app }) => {
  test.setTimeout(120_000)
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const words = wordsIn('fr')
  const { org, mine } = await prepare(page, app.url, 'fr')
  const [id] = mine
  await ask(page, 'assignment.accept_for', { id, acceptance_id: (await ask<{ items: { id: string }[] }>(page, 'engagement.list', { filter: { assignment_id: id } })).items[0]?.id, source: 'hand', reason: 'au téléphone' })
  const { mission_id, collaborator_id } = await ask<{ mission_id: string; collaborator_id: string }>(page, 'assignment.get', { id })
  // Nobody is told of what they did themselves: here nobody else could have.
  const linkOwner = async (collaborator_id: string | null): Promise<void> => {
    const { items } = await ask<{ items: Row[] }>(page, 'member.list', {})
    await ask(page, 'member.update', { id: items[0]?.id, version: items[0]?.version, changes: { collaborator_id } })
  }
  await linkOwner(null)
  const tellings = async (): Promise<number> => (await ask<{ total: number }>(page, 'audit.list', { filter: { entity: 'notification' }, limit: 1 })).total
  const before = await tellings()
  await ask(page, 'mission.request_readiness', { mission_id })
  await expect.poll(tellings).toBeGreaterThan(before)
  await linkOwner(collaborator_id)
  const told = async (): Promise<string | undefined> => (await ask<{ items: { id: string; type: string }[] }>(page, 'notification.list', {})).items.find(({ type }) => type === 'readiness_requested')?.id
  await expect.poll(told).toBeTruthy()
  await goWithin(page, `/o/${org}/inbox?sel=${String(await told())}`)
  await drawn(page)
  const say = page.getByRole('button', { name: words('messages.ready_acknowledge') })
  await expect(say).toBeVisible()
  expect(await look(page, 'a mission to acknowledge', ['light', 'dark'])).toEqual([])
  await page.keyboard.press('1')
  await expect(say).toHaveCount(0)
  expect(await ask(page, 'readiness.list', { mission_id })).toMatchObject({ asked: 1, acknowledged: 1, items: [{ is_own: true, source: 'app' }] })
  await expect(page.locator('[data-region="panel"]')).toContainText(words('messages.ready_yes').replace('{at}', '').trim())
})
