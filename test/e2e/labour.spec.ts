/** Labour rules where they are read: the settings, a project's agreement, an alert and its override, the hours of a person. By keyboard. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { openOrganization } from './support/organization.ts'
import { drawn, open } from './support/pages.ts'
import { wordsIn } from './support/words.ts'

const french = wordsIn('fr')

test('an agreement is chosen, its rule and article are in the alert, which is overridden with a reason; hours are read beside', async ({ app }) => {
  const { page } = app
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const { org, project, person } = await openOrganization(page, app.url)
  await drawn(page)
  const found: string[] = []

  await open(page, 'rules', `/o/${org}/settings/rules`)
  const actors = page.locator('details', { hasText: 'IDCC 3097' }).last()
  await actors.locator('summary').focus()
  await page.keyboard.press('Enter')
  await expect(actors.getByRole('rowheader', { name: /Amplitude/ })).toBeVisible()
  await expect(page.getByText(french('settings.packs_unsure')).first()).toBeVisible()
  found.push(...(await look(page, 'rules')))

  await open(page, 'project settings', `/o/${org}/p/${project}/settings`)
  await page.locator('#field-agreement').focus()
  await page.keyboard.type('1285')
  await expect(page.locator('#field-agreement')).toHaveValue('1285')
  await page.keyboard.press('Enter')
  await page.locator('form button[type="submit"]').first().press('Enter')
  await expect.poll(async () => (await ask<{ agreement: string | null }>(page, 'project.get', { id: project })).agreement).toBe('1285')

  const long = await ask<{ id: string }>(page, 'mission.create', { project_id: project, title: 'Démontage', kind: 'strike', start_at: '2026-10-26T06:00:00.000Z', end_at: '2026-10-26T19:00:00.000Z', zone: 'Europe/Paris' })
  await ask(page, 'assignment.create', { mission_id: long.id, people: [{ collaborator_id: person }] })
  await open(page, 'person', `/o/${org}/directory?sel=${person}`)
  const conflicts = page.getByRole('button', { name: french('assignment.conflicts'), exact: true })
  await conflicts.focus()
  await page.keyboard.press('Enter')
  const alert = page.getByRole('listitem').filter({ hasText: 'VI.6.1' })
  await expect(alert).toContainText('Journée trop longue (13 h 00, règle 12 h 00)')
  await expect(alert).toContainText('Durée quotidienne maximale, VI.6.1')
  await alert.getByRole('button', { name: french('conflict.override') }).press('Enter')
  await page.getByRole('dialog').getByRole('textbox').fill('Équipe relayée à mi-journée')
  await page.getByRole('dialog').getByRole('button', { name: french('conflict.override') }).press('Enter')
  await expect(alert).toContainText(french('conflict.acknowledged'))

  const hours = page.getByRole('button', { name: french('person.hours'), exact: true })
  await hours.focus()
  await page.keyboard.press('Enter')
  await page.locator('#field-hours_on').fill('2026-10-27')
  const week = page.getByRole('row').filter({ hasText: french('person.hours_current') })
  await expect(week).toContainText('13 h')
  await expect(page.getByText('507 h', { exact: false }).first()).toBeVisible()
  found.push(...(await look(page, 'hours of a person')))
  expect(found).toEqual([])
})
