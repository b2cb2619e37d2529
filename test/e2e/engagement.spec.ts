/** From "are you free?" to work that was done, step by step in the panel of an assignment, then many at once and the attendance of a day. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { openOrganization, PEOPLE, type Seeded } from './support/organization.ts'
import { drawn, goWithin } from './support/pages.ts'
import { wordsIn, type Language } from './support/words.ts'

interface Line {
  id: string
  version: number
  collaborator_id: string
  mission_id: string
  state: string
  start_at: string
  end_at: string
}

interface Prepared {
  seeded: Seeded
  rows: Line[]
}

/** Assignments of the day that may be asked: a role and a rate each, and no conflict between them. */
async function prepare(page: Page, url: string, language: Language): Promise<Prepared> {
  const seeded = await openOrganization(page, url, { language })
  await drawn(page)
  const { crew_roles } = await ask<{ crew_roles: { id: string }[] }>(page, 'organization.get', {})
  const { items: people } = await ask<{ items: { id: string }[] }>(page, 'collaborator.list', { sort: ['display_name'] })
  const far = '2027-06-1'
  const project = await ask<{ id: string }>(page, 'project.create', { code: 'SUITE', name: 'Grandes Marées 2027', zone: 'Europe/Paris', currency: 'EUR', start_at: `${far}0T00:00:00.000Z`, end_at: `${far}9T00:00:00.000Z`, document_language: language })
  const mission = await ask<{ id: string }>(page, 'mission.create', { project_id: project.id, title: 'Ouverture', day_code: 'J1', kind: 'show', start_at: `${far}2T12:00:00.000Z`, end_at: `${far}2T20:00:00.000Z`, zone: 'Europe/Paris' })
  await ask(page, 'assignment.create', {
    mission_id: mission.id,
    people: people.slice(0, 3).map(({ id }) => ({ collaborator_id: id, crew_role_id: crew_roles[0]?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' })),
  })
  const { items } = await ask<{ items: Line[] }>(page, 'assignment.list', { project_id: project.id, sort: ['collaborator_name'] })
  return { seeded: { ...seeded, project: project.id, mission: mission.id }, rows: items }
}

const state = async (page: Page, id: string): Promise<string> => (await ask<Line>(page, 'assignment.get', { id })).state
const dialog = (page: Page): Locator => page.getByRole('dialog')

for (const language of ['fr', 'en'] as const) {
  test(`from the question to work done, with terms that change after the yes (${language})`, async ({ app }) => {
    test.setTimeout(180_000)
    const { page } = app
    const words = wordsIn(language)
    const { seeded, rows } = await prepare(page, app.url, language)
    const row = rows[0]?.id ?? ''
    const panel = page.getByRole('complementary', { name: PEOPLE[0] })
    const step = (key: string): Locator => panel.getByRole('button', { name: words(key), exact: true })
    const send = (key: string): Locator => dialog(page).getByRole('button', { name: words(key), exact: true })
    await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/planning?sel=${row}&view=table`)
    await drawn(page)

    await expect(panel.getByText(words('engagement.unasked'))).toBeVisible()
    await step('engagement.propose').click()
    await expect(send('engagement.propose')).toBeEnabled()
    await send('engagement.propose').click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(step('engagement.told')).toBeVisible()
    expect(await state(page, row)).toBe('proposed')
    const { items: drafts } = await ask<{ items: { state: string; asked_at: string | null }[] }>(page, 'engagement.list', { project_id: seeded.project, filter: { assignment_id: row } })
    expect(drafts).toMatchObject([{ state: 'draft', asked_at: null }])

    await step('engagement.told').click()
    await send('engagement.told').click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(step('engagement.told')).toHaveCount(0)
    await expect(panel).toContainText(words('engagement.channel.hand'))

    // A refusal of the form keeps what is typed, also when the dialog is closed and opened again.
    await step('engagement.answer_for').click()
    await dialog(page).getByRole('button', { name: words('engagement.answer.conditions'), exact: true }).click()
    await dialog(page).getByLabel(words('engagement.answer_conditions'), { exact: true }).fill('Un train le soir même')
    await send('engagement.answer_save').click()
    await expect(dialog(page).getByText(words('issue.required'))).toBeVisible()
    await dialog(page).getByRole('button', { name: words('action.back') }).click()
    await step('engagement.answer_for').click()
    await expect(dialog(page).getByLabel(words('engagement.answer_conditions'), { exact: true })).toHaveValue('Un train le soir même')
    await dialog(page).getByLabel(words('engagement.answer_reason'), { exact: true }).fill('Au téléphone')
    await send('engagement.answer_save').click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(panel.getByText('Un train le soir même')).toBeVisible()
    expect(await state(page, row)).toBe('accepted')

    const now = await ask<Line>(page, 'assignment.get', { id: row })
    await ask(page, 'assignment.change', { changes: [{ id: row, version: now.version, end_at: '2027-06-12T21:00:00.000Z' }] })
    await expect(panel.getByText(words('engagement.reconfirm'), { exact: true })).toBeVisible()
    const changed = panel.getByRole('table', { name: words('engagement.terms_heading') })
    await expect(changed.getByRole('row', { name: new RegExp(words('engagement.term.end_at')) })).toContainText(/22:00.*23:00/)
    expect(await state(page, row)).toBe('accepted')

    // Confirmed on terms they never agreed to: refused, and it says why.
    await step('engagement.confirm').click()
    await dialog(page).getByLabel(words('engagement.confirm_budget')).check()
    await send('engagement.confirm').click()
    await expect(dialog(page).getByRole('heading', { name: words('engagement.confirm_missing') })).toBeVisible()
    await expect(dialog(page).getByLabel(words('engagement.confirm_budget'))).toBeChecked()
    await dialog(page).getByRole('button', { name: words('action.back') }).click()
    expect(await state(page, row)).toBe('accepted')

    await step('engagement.told').click()
    await send('engagement.told').click()
    await expect(dialog(page)).toHaveCount(0)
    await step('engagement.answer_for').click()
    await dialog(page).getByLabel(words('engagement.answer_reason'), { exact: true }).fill('Au téléphone')
    await send('engagement.answer_save').click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(panel.getByText(words('engagement.reconfirm'), { exact: true })).toHaveCount(0)

    // The yes called for a contract: handed in here and looked at, it holds up nothing.
    const paper = panel.locator('[data-paper="signed_contract"]')
    await expect(paper.getByText(words('paperwork.standing.expected'), { exact: false }).first()).toBeVisible()
    await paper.locator('input[type="file"]').first().setInputFiles({ name: 'contrat-signe.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 essai') })
    await expect(paper.getByRole('button', { name: 'contrat-signe.pdf' })).toBeVisible()
    await paper.getByRole('button', { name: new RegExp(`^${words('paperwork.validate')}`) }).click()
    await expect(paper.getByText(words('paperwork.standing.validated'), { exact: true })).toBeVisible()
    // Colours of a theme are looked at when they have come, not on their way.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await look(page, `documents-${language}`, ['light', 'dark'])).toEqual([])
    await step('engagement.confirm').click()
    await dialog(page).getByLabel(words('engagement.confirm_budget')).check()
    await send('engagement.confirm').click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(step('engagement.execute')).toBeVisible()
    expect(await state(page, row)).toBe('confirmed')

    await panel.getByRole('button', { name: words('engagement.presence.present'), exact: true }).click()
    await step('engagement.presence_save').click()
    await expect(step('engagement.presence_save')).toBeDisabled()
    await step('engagement.execute').click()
    await expect(step('engagement.execute')).toHaveCount(0)
    expect(await ask(page, 'assignment.get', { id: row })).toMatchObject({ state: 'executed', presence: 'present' })
    await step('engagement.close').click()
    await expect.poll(() => state(page, row)).toBe('closed')
    // The one refusal above is written there by the browser.
    expect(app.pageErrors.filter((text) => !text.includes('422'))).toEqual([])
  })
}

test('many are asked at once, those who cannot be are named first; the team is filtered by where they stand; axe finds nothing', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 720 })
  const words = wordsIn('fr')
  const { seeded, rows } = await prepare(page, app.url, 'fr')
  const found: string[] = []
  const canceled = rows[2]?.id ?? ''
  await ask(page, 'assignment.accept_by_voice', { id: canceled, source: 'hand', reason: 'Au téléphone' })
  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/planning?view=table`)
  await drawn(page)
  await page.getByRole('grid').getByRole('checkbox').first().check()
  await page.getByRole('button', { name: words('engagement.propose'), exact: true }).click()
  const out = dialog(page).getByRole('list', { name: /laissée/ })
  await expect(out.getByRole('listitem')).toHaveCount(1)
  await expect(out).toContainText(PEOPLE[2])
  found.push(...(await look(page, 'asking many', ['light', 'dark'])))
  await dialog(page).getByRole('checkbox').check()
  await dialog(page).getByRole('button', { name: words('engagement.propose'), exact: true }).click()
  await expect(dialog(page)).toHaveCount(0)
  const { items } = await ask<{ items: { state: string; channel: string }[] }>(page, 'engagement.list', { project_id: seeded.project, filter: { state: 'pending' } })
  expect(items).toMatchObject([{ channel: 'hand' }, { channel: 'hand' }])

  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/crew`)
  await drawn(page)
  const counters = page.getByRole('group', { name: words('engagement.mark') })
  await counters.getByRole('button', { name: /^En attente/ }).click()
  await expect(page.locator('tr[data-row]')).toHaveCount(2)
  await expect(page).toHaveURL(/engagement=waiting/)
  found.push(...(await look(page, 'the team by engagement', ['light', 'dark'])))
  await page.getByRole('button', { name: words('engagement.timeline'), exact: true }).click()
  const timeline = page.getByRole('complementary', { name: words('engagement.timeline') })
  await expect(timeline.getByText(new RegExp(`Demande faite à ${PEOPLE[0]}`))).toBeVisible()
  found.push(...(await look(page, 'the timeline of a project', ['light', 'dark'])))

  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/planning?sel=${rows[0]?.id ?? ''}&view=table`)
  await drawn(page)
  found.push(...(await look(page, 'an assignment that waits', ['light', 'dark'])))
  expect(found).toEqual([])
})

test('attendance is entered with one key for each and saved row by row; times typed stay when they are refused', async ({ app }) => {
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 720 })
  const words = wordsIn('fr')
  const { seeded, rows } = await prepare(page, app.url, 'fr')
  for (const { id } of rows) await ask(page, 'assignment.accept_by_voice', { id, source: 'hand', reason: 'Au téléphone' })
  await goWithin(page, `/o/${seeded.org}/p/${seeded.project}/missions/${seeded.mission}?tab=attendance`)
  await drawn(page)
  const grid = page.getByRole('grid', { name: words('engagement.attendance') })
  const line = (at: number): Locator => grid.locator(`tr[data-row="${rows[at]?.id ?? ''}"]`)
  const presence = async (at: number): Promise<unknown> => (await ask<{ presence: string | null }>(page, 'assignment.get', { id: rows[at]?.id })).presence
  await line(0).focus()
  await page.keyboard.press('1')
  await expect(line(1)).toBeFocused()
  await page.keyboard.press('4')
  await page.keyboard.press('2')
  await expect.poll(() => Promise.all([presence(0), presence(1), presence(2)])).toEqual(['present', 'absent', 'late'])
  await expect(page.getByRole('status').filter({ hasText: '3 relevées sur 3' })).toBeVisible()
  await page.keyboard.press('0')
  await expect.poll(() => presence(2)).toBeNull()

  const time = (name: string, at: number): Locator => line(at).getByLabel(new RegExp(`^${words(name)}, `))
  await time('engagement.actual_start', 0).fill('15h')
  await time('engagement.actual_end', 0).fill('14h30')
  await page.keyboard.press('Enter')
  await expect(grid.getByRole('alert')).toContainText(PEOPLE[0])
  await expect(time('engagement.actual_end', 0)).toHaveValue('14h30')
  await time('engagement.actual_end', 0).fill('22h')
  await page.keyboard.press('Enter')
  await expect(grid.getByRole('alert')).toHaveCount(0)
  await expect.poll(() => ask(page, 'assignment.get', { id: rows[0]?.id })).toMatchObject({ actual_start_at: '2027-06-12T13:00:00.000Z', actual_end_at: '2027-06-12T20:00:00.000Z' })
  expect(await look(page, 'attendance', ['light', 'dark'])).toEqual([])
})
