/** What people want to be told and how: on the screen of an account, by mail to who has none and agreed to it; and the organization's own words of a message. */
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { owner } from './support/first-run.ts'
import { clipped, overflow } from './support/fits.ts'
import { drawn } from './support/pages.ts'
import { walk } from './support/walk.ts'
import { wordsIn, type Language } from './support/words.ts'

const make = async (page: Page, name: string, input: object): Promise<string> => (await ask<{ id: string }>(page, name, input)).id

async function prepare(page: Page, language: Language): Promise<string> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 720 })
  await ask(page, 'app.first_run', { ...owner, language, theme: 'light' })
  return make(page, 'organization.create', { name: 'Port et Marées', kind: 'event', language, zone: 'Europe/Paris', currency: 'EUR' })
}
const panel = (page: Page): Locator => page.locator('[data-region="panel"]')

for (const language of ['fr', 'en'] as const) {
  test(`one chooses with the keyboard what is shown on screen; it is kept, and every control of the page is reached (${language})`, async ({ app }) => {
    const { page } = app
    const words = wordsIn(language)
    const org = await prepare(page, language)
    await page.goto(`${app.url}o/${org}/me`)
    await drawn(page)
    const choices = page.getByRole('region', { name: words('messages.notify') })
    const choice = (type: string): Locator => choices.getByRole('checkbox', { name: words(`messages.type.${type}`), exact: true })
    await expect(choice('reminder')).toBeChecked()
    await choice('reminder').focus()
    await page.keyboard.press('Space')
    await expect(choice('reminder')).not.toBeChecked()
    await choice('sheet_published').press('Space')
    await expect(choice('sheet_published')).not.toBeChecked()
    const kept = async (): Promise<string[]> => (await ask<{ types: { type: string; desktop: boolean }[] }>(page, 'notification_preference.own', {})).types.filter(({ desktop }) => !desktop).map(({ type }) => type)
    await expect.poll(async () => (await kept()).toSorted()).toEqual(['reminder', 'sheet_published'])
    await page.reload()
    await expect(choice('reminder')).not.toBeChecked()
    await expect(choice('assignment_proposed')).toBeChecked()
    await choice('reminder').press('Space')
    await expect(choice('reminder')).toBeChecked()
    await expect.poll(kept).toEqual(['sheet_published'])

    const { stops, trapped } = await walk(page, 'main')
    expect(trapped).toBe(false)
    expect(stops.filter(({ ring, seen }) => !ring || !seen)).toEqual([])
    const found = [...(await look(page, 'me', ['light', 'dark'])), ...(await clipped(page))]
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(found).toEqual([])
    expect(app.pageErrors).toEqual([])
  })

  test(`somebody without an account is written to once they agreed, and only what they want (${language})`, async ({ app }) => {
    const { page } = app
    const words = wordsIn(language)
    const org = await prepare(page, language)
    const person = await make(page, 'collaborator.create', { display_name: 'Basile Orsini', email: 'basile@example.org' })
    await page.goto(`${app.url}o/${org}/directory?sel=${person}`)
    await drawn(page)
    const section = panel(page).getByRole('button', { name: words('messages.person_title'), exact: true })
    await section.press('Enter')
    await expect(panel(page).getByText(words('messages.person_no_consent'))).toBeVisible()

    const record = async (answer: 'given' | 'refused', source: string): Promise<void> => {
      await panel(page).getByRole('button', { name: words('person.consent_record') }).click()
      await panel(page).getByLabel(words('person.consent_purpose'), { exact: true }).selectOption('email')
      await panel(page).getByLabel(words('person.consent_said'), { exact: true }).selectOption(answer)
      await panel(page).getByLabel(words('person.consent_source'), { exact: true }).fill(source)
      await panel(page).getByLabel(words('person.consent_source'), { exact: true }).press('Enter')
    }
    await record('given', 'Au téléphone')
    await expect(panel(page).getByText(words('messages.person_about'))).toBeVisible()
    await expect(panel(page).getByRole('button', { name: words('person.consent_record') })).toBeFocused()
    const choice = (type: string): Locator => panel(page).getByRole('checkbox', { name: words(`messages.type.${type}`), exact: true })
    await expect(choice('reminder')).toBeChecked()
    await choice('reminder').press('Space')
    await expect(choice('reminder')).not.toBeChecked()
    const found = [...(await look(page, 'mails of a person', ['light', 'dark'])), ...(await clipped(page))]
    await page.reload()
    await drawn(page)
    await section.press('Enter')
    await expect(choice('reminder')).not.toBeChecked()
    await expect(choice('assignment_proposed')).toBeChecked()

    // They change their mind: nothing is sent any more, and what they had chosen is found again.
    await record('refused', 'Par courrier')
    await expect(panel(page).getByText(words('messages.person_no_consent'))).toBeVisible()
    await expect(panel(page).getByText(/Par courrier/)).toBeVisible()
    await record('given', 'De vive voix')
    await expect(choice('reminder')).not.toBeChecked()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(found).toEqual([])
  })
}

test('a message in the house’s own words: seen as it will be read, a word that nothing replaces is named, the shipped text comes back', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  const org = await prepare(page, 'fr')
  await page.goto(`${app.url}o/${org}/settings/messages?type=assignment_proposed&language=fr`)
  await drawn(page)
  const preview = page.getByRole('region', { name: words('messages.preview') })
  await expect(preview).toBeVisible()
  const subject = page.locator('#field-subject')
  const shipped = await subject.inputValue()
  await subject.fill('Êtes-vous libre, {person} ?')
  await expect(preview).toContainText(/Êtes-vous libre, \p{L}+.*\?/u)
  await expect(preview).not.toContainText('{person}')

  // What nothing replaces: said where it stands, and the last mail that could be made stays to be looked at.
  await page.locator('#field-title').fill('Pour le {jour}')
  await expect(page.locator('#field-title')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(/\{jour\}/).last()).toBeVisible()
  await expect(preview).toContainText('Êtes-vous libre')
  const found = [...(await look(page, 'a message that cannot be made', ['light', 'dark'])), ...(await clipped(page))]
  await page.locator('#field-title').press('Enter')
  await expect(page.getByRole('alert').getByRole('link', { name: /\{jour\}/ })).toHaveAttribute('href', '#field-title')
  await expect(subject).toHaveValue('Êtes-vous libre, {person} ?')

  await page.locator('#field-title').fill('Pour le {date}')
  await page.locator('#field-title').press('Enter')
  const which = page.getByLabel(words('messages.which'), { exact: true })
  await expect(which.locator('option:checked')).toHaveText(words('messages.own_words').replace('{type}', words('messages.type.assignment_proposed')))
  await expect(page.getByRole('alert')).toHaveCount(0)
  found.push(...(await look(page, 'own words of a message', ['light', 'dark'])), ...(await clipped(page)))
  const of = async (language: string): Promise<string | undefined> => (await ask<{ items: { type: string; language: string; texts: { subject: string } }[] }>(page, 'message_template.list', {})).items.find((one) => one.type === 'assignment_proposed' && one.language === language)?.texts.subject
  expect(await of('fr')).toBe('Êtes-vous libre, {person} ?')
  expect(await of('en')).not.toContain('libre')

  await page.getByRole('button', { name: words('messages.reset') }).click()
  await expect(subject).toHaveValue(shipped)
  await expect.poll(() => of('fr')).toBe(shipped)
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  expect(found).toEqual([])
})
