/** An answer on paper: slips are saved for chosen people, one comes back, its code is typed, the answer is entered as paper. */
import { readFile } from 'node:fs/promises'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { drawn, goWithin } from './support/pages.ts'
import { wordsIn } from './support/words.ts'
import { textOf } from '../unit/documents/poppler.ts'

test('slips are saved for chosen people; the code of one that comes back opens its answer, a wrong letter is told', async ({ app }) => {
  test.setTimeout(180_000)
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 720 })
  const words = wordsIn('fr')
  const seeded = await openOrganization(page, app.url, { language: 'fr' })
  await drawn(page)
  const { crew_roles } = await ask<{ crew_roles: { id: string }[] }>(page, 'organization.get', {})
  const { items: people } = await ask<{ items: { id: string }[] }>(page, 'collaborator.list', { sort: ['display_name'] })
  const project = await ask<{ id: string }>(page, 'project.create', { code: 'SUITE', name: 'Grandes Marées 2027', zone: 'Europe/Paris', currency: 'EUR', start_at: '2027-06-10T00:00:00.000Z', end_at: '2027-06-19T00:00:00.000Z', document_language: 'fr' })
  const mission = await ask<{ id: string }>(page, 'mission.create', { project_id: project.id, title: 'Ouverture', day_code: 'J1', kind: 'show', start_at: '2027-06-12T12:00:00.000Z', end_at: '2027-06-12T20:00:00.000Z', zone: 'Europe/Paris' })
  await ask(page, 'assignment.create', { mission_id: mission.id, people: people.slice(0, 2).map(({ id }) => ({ collaborator_id: id, crew_role_id: crew_roles[0]?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' })) })
  const { items } = await ask<{ items: { id: string; version: number }[] }>(page, 'assignment.list', { project_id: project.id, sort: ['collaborator_name'] })
  await ask(page, 'assignment.propose', { changes: items.map(({ id, version }) => ({ id, version, deadline_at: '2027-06-11T08:00:00.000Z' })) })
  await goWithin(page, `/o/${seeded.org}/p/${project.id}/planning?view=table`)
  await drawn(page)
  const dialog = page.getByRole('dialog')
  await page.getByRole('grid').getByRole('checkbox').first().check()
  await page.getByRole('button', { name: words('engagement.slips'), exact: true }).click()
  await expect(dialog.getByRole('list', { name: words('engagement.slips') }).getByRole('listitem')).toHaveCount(2)
  const found = await look(page, 'slips', ['light', 'dark'])
  const [file] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: /Enregistrer 2 bulletins/ }).click()])
  const text = textOf(await readFile(await file.path()))
  expect(text).toContain(PEOPLE[0])
  const codes = [...text.matchAll(/(?:[2-9A-Z]{4}[-\u2011]){2}[2-9A-Z]{4}/g)].map(([code]) => code.replaceAll('\u2011', '-'))
  expect(codes).toHaveLength(2)

  await goWithin(page, `/o/${seeded.org}/p/${project.id}/missions/${mission.id}`)
  await drawn(page)
  await page.getByRole('button', { name: words('engagement.slip_enter'), exact: true }).click()
  const [code = ''] = codes
  await dialog.getByLabel(words('engagement.slip_code'), { exact: true }).fill(code.slice(0, -1) + (code.endsWith('7') ? '8' : '7'))
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(words('engagement.slip.check'))).toBeVisible()
  await dialog.getByLabel(words('engagement.slip_code'), { exact: true }).fill(code.toLowerCase().replaceAll('-', ' '))
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(words('engagement.slip.open'))).toBeVisible()
  found.push(...(await look(page, 'a slip that is found', ['light', 'dark'])))
  await dialog.getByRole('button', { name: words('engagement.slip_answer'), exact: true }).click()
  await expect(dialog.getByLabel(words('engagement.answer_reason'), { exact: true })).toHaveValue(`Bulletin ${code}`)
  await dialog.getByRole('button', { name: words('engagement.answer_save'), exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const { items: answered } = await ask<{ items: { state: string; source: string }[] }>(page, 'engagement.list', { project_id: project.id, filter: { state: 'accepted' } })
  expect(answered).toMatchObject([{ state: 'accepted', source: 'paper' }])
  expect(found).toEqual([])
})
