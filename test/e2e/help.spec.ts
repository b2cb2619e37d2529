/** Help where one is stuck: the list of keys, an empty list and a refusal each lead to their chapter of the guide; what is not found can be made. */
import { expect, test } from './support/app.ts'
import { openOrganization } from './support/organization.ts'
import { drawn, open } from './support/pages.ts'
import { ask } from './support/ask.ts'
import { wordsIn } from './support/words.ts'

for (const language of ['fr', 'en'] as const) {
  test(`the list of keys and an empty list lead to the page's chapter (${language})`, async ({ app }) => {
    const { page } = app
    const words = wordsIn(language)
    const seeded = await openOrganization(page, app.url, { language })
    await drawn(page)
    const chapter = (topic: string): string => words(`help.chapter.${topic}`)
    const link = (topic: string) => page.getByRole('link', { name: words('help.about').replace('{chapter}', chapter(topic)) })

    await open(page, 'planning', `/o/${seeded.org}/p/${seeded.project}/planning`)
    await page.keyboard.press('?')
    await link('planning').press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 2, name: chapter('planning') })).toBeVisible()

    const { id: bare } = await ask<{ id: string }>(page, 'project.create', { code: 'VIDE', name: 'Projet vide', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-11-01T23:00:00.000Z', end_at: '2026-11-03T23:00:00.000Z' })
    for (const [where, topic, action] of [['missions', 'missions', 'missions.new'], ['planning', 'planning', 'planning.empty_missions'], ['crew', 'crew', null], ['sheets', 'sheets', 'sheets.new'], ['locations', 'locations', null]] as const) {
      await open(page, where, `/o/${seeded.org}/p/${bare}/${where}`)
      await expect(link(topic), where).toBeVisible()
      if (action) await expect(page.getByRole('main').getByRole('button', { name: words(action) }).last(), where).toBeVisible()
    }
    await open(page, 'planning', `/o/${seeded.org}/p/${bare}/planning`)
    await expect(page.getByText(language === 'fr' ? 'Rien à planifier entre le lun. 2 nov. et le mar. 3 nov.' : 'Nothing to plan between Mon 2 Nov and Tue 3 Nov.')).toBeVisible()
    await link('planning').click()
    await expect(page.getByRole('heading', { level: 2, name: chapter('planning') })).toBeVisible()
    expect(app.pageErrors).toEqual([])
  })
}

test('what nothing is called can be made, by its name, from the palette', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  const seeded = await openOrganization(page, app.url)
  await drawn(page)
  // Spaces of French typography are read as plain ones in an accessible name.
  const create = (kind: string) => page.getByRole('option', { name: new RegExp(`${words('palette.create').replace('{q}', 'Zéphyrine Quidam').replaceAll(/\s/g, '\\s')}.*${words(`entity.${kind}`)}`) })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: words('palette.title') }).fill('Zéphyrine Quidam')
  await expect(page.getByText(words('palette.none').replace('{q}', 'Zéphyrine Quidam'))).toBeVisible()
  await expect(create('mission')).toBeVisible()
  await create('collaborator').click()
  await expect(page).toHaveURL(new RegExp(`/o/${seeded.org}/directory`))
  await expect(page.getByRole('textbox', { name: words('person.display_name') })).toHaveValue('Zéphyrine Quidam')

  await open(page, 'overview', `/o/${seeded.org}/p/${seeded.project}/overview`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: words('palette.title') }).fill('Zéphyrine Quidam')
  await create('mission').click()
  await expect(page.getByRole('textbox', { name: words('mission.title') }).first()).toHaveValue('Zéphyrine Quidam')
})
