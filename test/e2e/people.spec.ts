/** The directory as a whole: many people at once, roles in their row, an account linked, what is kept no longer, places as one types. */
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { wordsIn } from './support/words.ts'

const words = wordsIn('fr')
interface Person {
  id: string
  version: number
  status: string
  tags: string[]
  crew_role_name: string | null
}

test('several people get a role and a tag at once: each change is seen before, and one undo takes all back', async ({ app }) => {
  const { page, url } = app
  const { org } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/directory`, page.url()).href)
  const found = async (): Promise<Person[]> => (await ask<{ items: Person[] }>(page, 'collaborator.list', { sort: ['display_name'] }, org)).items
  const before = (await found()).map((one) => [one.tags, one.crew_role_name])
  for (const name of PEOPLE.slice(0, 2)) await page.getByRole('checkbox', { name: new RegExp(name) }).check({ force: true })
  await page.getByRole('button', { name: words('people.change'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words('people.bulk_tags_add')).fill('tournée')
  await dialog.getByLabel(words('person.status')).selectOption('inactive')
  await expect(dialog.getByRole('row', { name: PEOPLE[0] })).toContainText('tournée')
  await expect(dialog.getByRole('row', { name: PEOPLE[1] })).toContainText(words('person.status.inactive'))
  await dialog.getByRole('button', { name: /Modifier 2/ }).click()
  await expect(dialog).toHaveCount(0)
  await expect.poll(async () => (await found()).filter((one) => one.tags.includes('tournée') && one.status === 'inactive').length).toBe(2)
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await found()).map((one) => [one.tags, one.crew_role_name])).toEqual(before)
})

test('F2 changes the main role in its row', async ({ app }) => {
  const { page, url } = app
  const { org, person } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/directory`, page.url()).href)
  const row = page.locator(`tr[data-row="${person}"]`)
  await row.getByRole('gridcell').nth(2).dblclick()
  const editor = row.getByRole('combobox')
  await editor.selectOption({ index: 2 })
  const chosen = await editor.locator('option:checked').textContent()
  await editor.press('Enter')
  await expect.poll(async () => (await ask<{ items: Person[] }>(page, 'collaborator.list', { filter: { id: [person] } }, org)).items[0]?.crew_role_name).toBe(chosen)
})

test('who is past their day is listed with what holds them; only those who may go are removed, with a reason', async ({ app }) => {
  const { page, url } = app
  const { org, mission } = await openOrganization(page, url)
  const people = (await ask<{ items: (Person & { display_name: string })[] }>(page, 'collaborator.list', { sort: ['display_name'] }, org)).items
  const [held] = people
  if (!held) throw new Error('nobody')
  await ask(page, 'collaborator.create', { display_name: 'Aaron Parti', retain_until: '2020-01-31' }, org)
  await ask(page, 'collaborator.update', { id: held.id, version: held.version, changes: { retain_until: '2020-01-31' } }, org)
  const { project_id } = await ask<{ project_id: string }>(page, 'mission.get', { id: mission }, org)
  const moved = { project_id, title: 'Loin', start_at: '2090-01-01T10:00:00.000Z', end_at: '2090-01-01T12:00:00.000Z' }
  const far = await ask<{ id: string }>(page, 'mission.create', moved, org)
  await ask(page, 'assignment.create', { mission_id: far.id, people: [{ collaborator_id: held.id }] }, org)
  await page.goto(new URL(`/o/${org}/directory/retention`, page.url()).href)
  await expect(page.getByRole('row', { name: new RegExp(held.display_name) })).toContainText(words('retention.hold.work_ahead'))
  for (const name of ['Aaron Parti', held.display_name]) await page.getByRole('checkbox', { name: new RegExp(name) }).check({ force: true })
  await page.getByRole('button', { name: words('retention.remove'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('status')).toContainText(held.display_name)
  await dialog.getByLabel(words('form.reason')).fill('Revue annuelle')
  await dialog.getByRole('button', { name: words('retention.remove'), exact: true }).click()
  await expect(page.getByRole('row', { name: /Aaron Parti/ })).toHaveCount(0)
  await expect(page.getByRole('row', { name: new RegExp(held.display_name) })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('row', { name: /Aaron Parti/ })).toBeVisible()
})

test('a person is linked to an account in their panel, and unlinked', async ({ app }) => {
  const { page, url } = app
  const { org, person } = await openOrganization(page, url)
  await page.goto(new URL(`/o/${org}/directory?sel=${person}`, page.url()).href)
  await page.getByRole('button', { name: words('person.user_link') }).click()
  const accounts = page.getByRole('combobox', { name: words('person.user_choose') })
  await accounts.press('ArrowDown')
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  await accounts.press('Enter')
  await expect(page.getByRole('button', { name: words('person.user_unlink') })).toBeVisible()
  const user = async (): Promise<unknown> => (await ask<{ user: unknown }>(page, 'collaborator.get', { id: person }, org)).user
  expect(await user()).not.toBeNull()
  await page.getByRole('button', { name: words('person.user_unlink') }).click()
  await expect.poll(user).toBeNull()
})

test('among hundreds of places the one typed is found by keyboard, with its zone', async ({ app }) => {
  const { page, url } = app
  const { org, project } = await openOrganization(page, url)
  await ask(page, 'location.create_many', { locations: Array.from({ length: 260 }, (_, at) => ({ name: `Entrepôt ${String(at).padStart(3, '0')}`, zone: 'Europe/Lisbon' })) }, org)
  await page.goto(new URL(`/o/${org}/p/${project}/missions`, page.url()).href)
  const place = page.getByRole('form', { name: words('missions.quick') }).getByRole('combobox', { name: words('mission.location') })
  await place.click()
  await place.pressSequentially('entrepot 257')
  await expect(page.getByRole('option', { name: /Entrepôt 257/ })).toContainText('Europe/Lisbon')
  await place.press('Enter')
  await expect(place).toHaveValue('Entrepôt 257')
})
