/** Numbers and identity papers of a person: given by name, checked, masked, shown for a reason; the key kept on paper; the export of a person, and their erasing. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { png } from '../fixtures/png.ts'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { owner } from './support/first-run.ts'
import { clipped, overflow } from './support/fits.ts'
import { drawn, goWithin } from './support/pages.ts'
import { textOfPdf } from './support/pdf.ts'
import { signIn } from './support/sign-in.ts'
import { wordsIn, type Language, type Words } from './support/words.ts'

const NAME = 'Solène Le Guen'
const CORSICA = { typed: '1 85 01 2A 004 001 17', plain: '185012A00400117', masked: '1 85 •• •• ••• ••• ••' }
const NORTH = '1 85 01 2B 004 001 44'
const IBAN = { typed: 'FR14 2004 1010 0505 0001 3M02 606', masked: 'FR14 •••• •••• •••• •••• •••• 606' }
const REASON = 'Déclaration préalable'

interface Prepared {
  org: string
  person: string
  member: string
}

/** An organization, a person of its directory and its owner, who may not read numbers yet. */
async function prepare(page: Page, url: string, language: Language): Promise<Prepared> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 720 })
  await ask(page, 'app.first_run', { ...owner, language, theme: 'light' })
  const make = async (name: string, input: object): Promise<string> => (await ask<{ id: string }>(page, name, input)).id
  const org = await make('organization.create', { name: 'Port et Marées', kind: 'event', language, zone: 'Europe/Paris', currency: 'EUR' })
  const person = await make('collaborator.create', { display_name: NAME, birth_date: '1985-01-12', email: 'solene@example.org' })
  const { items: [member] } = await ask<{ items: { id: string }[] }>(page, 'member.list', {})
  await page.goto(`${url}o/${org}/directory?sel=${person}`)
  await drawn(page)
  return { org, person, member: member?.id ?? '' }
}

const grant = async (page: Page, { member }: Prepared): Promise<unknown> => ask(page, 'permission.grant', { member_id: member, permission: 'pii:read', reason: 'Paie de novembre', until_at: null })
const panel = (page: Page): Locator => page.locator('[data-region="panel"]')
const dialog = (page: Page): Locator => page.getByRole('dialog')
const named = (words: Words, action: string, kind: string): string => words('numbers.of').replace('{action}', words(action)).replace('{kind}', words(kind))

/** Opens the numbers in the panel of the person, by the keyboard. */
async function openNumbers(page: Page, words: Words): Promise<void> {
  const fold = panel(page).getByRole('button', { name: words('numbers.title'), exact: true })
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  await fold.press('Enter')
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
}
const gesture = (page: Page, words: Words, action: string, kind: string): Locator => panel(page).getByRole('button', { name: named(words, action, kind), exact: true })

/** Types a number in its dialog, saved with Enter. */
async function type(page: Page, number: string): Promise<void> {
  const field = dialog(page).locator('#field-number')
  await field.fill(number)
  await field.press('Enter')
}

for (const language of ['fr', 'en'] as const) {
  test(`the right is given until a day; numbers are checked, masked, shown for a reason that is in the log (${language})`, async ({ app }) => {
    const { page } = app
    const words = wordsIn(language)
    const prepared = await prepare(page, app.url, language)
    const found: string[] = []

    // No role gives it, the owner's neither: the panel says that something is kept apart, and who gives the right to it.
    await openNumbers(page, words)
    await expect(panel(page).getByText(words('numbers.reserved'))).toBeVisible()
    await expect(panel(page).getByText(owner.name).last()).toBeVisible()
    await goWithin(page, `/o/${prepared.org}/members?sel=${prepared.member}`)
    await drawn(page)
    await panel(page).getByLabel(words('grants.reason'), { exact: true }).fill('Paie de novembre')
    const day = panel(page).getByLabel(words('grants.until_label').replace(/ \(.*/, ''))
    await day.fill('2020-01-01')
    await panel(page).getByRole('button', { name: words('grants.give') }).click()
    await expect(panel(page).getByRole('alert')).toContainText(words('issue.past'))
    await expect(panel(page).getByLabel(words('grants.reason'), { exact: true })).toHaveValue('Paie de novembre')
    await day.fill('2030-12-31')
    await panel(page).getByRole('button', { name: words('grants.give') }).click()
    await expect(panel(page).getByText(/31 (déc\.|Dec) 2030/)).toBeVisible()
    found.push(...(await look(page, 'a right given by name', ['light', 'dark'])), ...(await clipped(page)))

    await goWithin(page, `/o/${prepared.org}/directory?sel=${prepared.person}`)
    await drawn(page)
    await expect(gesture(page, words, 'numbers.enter', 'numbers.kind.nir')).toBeVisible()

    // Wrong ones: what is wrong and where, never kept, and what was typed stays.
    await gesture(page, words, 'numbers.enter', 'numbers.kind.nir').press('Enter')
    const wrong: [string, string, Record<string, string>][] = [
      ['1 85 01 2A 004 001 18', 'issue.nir_key', { expected: '17' }],
      ['1 85 01 2A 004 001', 'issue.nir_key_missing', { expected: '17' }],
      ['1 85 13 75 111 001 17', 'issue.nir_month', { expected: '01-12, 20-42, 50-99' }],
    ]
    for (const [typed, issue, values] of wrong) {
      await type(page, typed)
      const said = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words(issue))
      await expect(dialog(page).getByRole('alert')).toContainText(said)
      await expect(dialog(page).locator('#field-number')).toHaveAttribute('aria-invalid', 'true')
      await expect(dialog(page).locator('#field-number')).toHaveValue(typed)
    }
    found.push(...(await look(page, 'a number mistyped', ['light', 'dark'])), ...(await clipped(page)))

    // Right ones: of Corsica, both halves; a temporary one with a warning; then an account.
    const nir = panel(page).getByRole('listitem').filter({ hasText: words('numbers.kind.nir') })
    await type(page, NORTH)
    await expect(dialog(page)).toHaveCount(0)
    await gesture(page, words, 'numbers.replace', 'numbers.kind.nir').click()
    await type(page, '7 85 01 75 111 001 45')
    await expect(dialog(page).getByRole('alert')).toContainText(/\d{2}/)
    await type(page, `7 85 01 75 111 001 ${97 - (7850175111001 % 97)}`)
    await expect(panel(page).getByText(words('numbers.warning.nir_temporary'))).toBeVisible()
    await gesture(page, words, 'numbers.replace', 'numbers.kind.nir').click()
    await type(page, CORSICA.typed)
    await expect(nir).toContainText(CORSICA.masked)
    await expect(panel(page).getByText(words('numbers.warning.nir_temporary'))).toHaveCount(0)
    await gesture(page, words, 'numbers.enter', 'numbers.kind.iban').click()
    await type(page, IBAN.typed.replace('FR14', 'FR41'))
    await expect(dialog(page).getByRole('alert')).toContainText(words('issue.iban_key'))
    await type(page, IBAN.typed)
    await expect(panel(page).getByText(IBAN.masked)).toBeVisible()

    // Whole for a reason, masked again by hand or after a minute, and the log says who saw it and why.
    await page.clock.install()
    const reveal = async (): Promise<void> => {
      await gesture(page, words, 'numbers.reveal', 'numbers.kind.nir').click()
      await expect(dialog(page).getByRole('button', { name: words('numbers.reveal') })).toBeDisabled()
      await dialog(page).getByLabel(words('form.reason')).fill(REASON)
      await dialog(page).getByRole('button', { name: words('numbers.reveal') }).click()
      await expect(nir).toContainText(CORSICA.typed)
    }
    await reveal()
    found.push(...(await look(page, 'a number shown', ['light', 'dark'])), ...(await clipped(page)))
    await nir.getByRole('button', { name: words('numbers.hide') }).click()
    await expect(nir).toContainText(CORSICA.masked)
    await reveal()
    await page.clock.fastForward('01:05')
    await expect(nir).toContainText(CORSICA.masked)
    expect(await page.locator('body').innerHTML()).not.toContain(CORSICA.typed)
    await goWithin(page, `/o/${prepared.org}/audit`)
    await drawn(page)
    await expect(page.getByText(words('operation.security_number_revealed'))).toHaveCount(2)
    await page.getByText(words('operation.security_number_revealed')).first().click()
    await expect(panel(page)).toContainText(REASON)
    expect(await page.locator('body').innerText()).not.toContain(CORSICA.typed)

    // Taken back, nothing of it stays on the screen.
    const { items: [held] } = await ask<{ items: { id: string }[] }>(page, 'permission.list_grants', {})
    await ask(page, 'permission.revoke', { id: held?.id })
    await goWithin(page, `/o/${prepared.org}/directory?sel=${prepared.person}`)
    await expect(panel(page).getByText(words('numbers.reserved'))).toBeVisible()
    expect(await page.locator('body').innerText()).not.toContain('1 85')
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    expect(found).toEqual([])
  })
}

test('an identity paper is sealed, shown for a reason, renewed and taken away; what is pasted beside it is not kept in clear', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  const prepared = await prepare(page, app.url, 'fr')
  await grant(page, prepared)
  await page.reload()
  await openNumbers(page, words)
  await panel(page).getByRole('button', { name: words('papers.add') }).click()
  const file = (name: string, bytes: Uint8Array): { name: string; mimeType: string; buffer: Buffer } => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) })
  const put = async (name: string, bytes: Uint8Array): Promise<void> => {
    await dialog(page).getByLabel(words('papers.file'), { exact: true }).setInputFiles(file(name, bytes))
    await dialog(page).getByRole('button', { name: words('action.save') }).click()
  }
  await dialog(page).getByLabel(words('papers.which')).selectOption('residence_permit')
  await dialog(page).getByLabel(words('papers.expires_on')).fill('2020-03-14')

  // Pasted on the dialog: not among the files of the person, which every reader of the directory opens.
  await page.evaluate(() => {
    const pasted = new DataTransfer()
    pasted.items.add(new File(['x'], 'titre.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }))
  })
  await put('titre.pdf', Buffer.from('<html>'))
  await expect(dialog(page).getByRole('alert')).toContainText(words('error.vault_paper'))
  await put('titre-de-Solène.png', png(120, 80))
  await expect(dialog(page)).toHaveCount(0)
  const paper = panel(page).getByRole('listitem').filter({ hasText: words('papers.kind.residence_permit') })
  await expect(paper).toContainText(/14 mars 2020/)
  await expect(paper).toContainText(words('papers.expired').split(' {')[0] ?? '')
  expect(await ask(page, 'attachment.list', { filter: { entity: 'collaborator', entity_id: prepared.person } })).toMatchObject({ items: [] })

  await gesture(page, words, 'numbers.reveal', 'papers.kind.residence_permit').click()
  await dialog(page).getByLabel(words('form.reason')).fill('Contrôle avant embauche')
  await dialog(page).getByRole('button', { name: words('numbers.reveal') }).click()
  const shown = dialog(page).getByRole('img', { name: 'titre-de-Solène.png' })
  await expect.poll(() => shown.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(120)
  await dialog(page).getByRole('button', { name: words('action.close') }).click()
  await expect(dialog(page)).toHaveCount(0)
  expect(JSON.stringify(await ask(page, 'audit.list', { filter: { action: 'security.paper.shown' } }))).toContain('Contrôle avant embauche')

  await gesture(page, words, 'papers.renew', 'papers.kind.residence_permit').click()
  await expect(dialog(page).getByLabel(words('papers.which'))).toHaveValue('residence_permit')
  await dialog(page).getByLabel(words('papers.expires_on')).fill('2031-03-14')
  await put('nouveau.png', png(60, 40))
  await expect(paper).toHaveCount(2)
  await expect(paper.last()).toContainText(/14 mars 2031/)
  const found = [...(await look(page, 'identity papers', ['light', 'dark'])), ...(await clipped(page))]
  await gesture(page, words, 'numbers.remove', 'papers.kind.residence_permit').first().click()
  await dialog(page).getByRole('button', { name: words('numbers.remove') }).click()
  await expect(paper).toHaveCount(1)
  await expect(paper).toContainText(/14 mars 2031/)
  expect(found).toEqual([])
})

test('a person without that right reads no number on any page; the sheet of the key opens them again where the key is lost', async ({ app }) => {
  const words = wordsIn('fr')
  const prepared = await prepare(app.page, app.url, 'fr')
  await grant(app.page, prepared)
  await ask(app.page, 'vault.store', { collaborator_id: prepared.person, kind: 'nir', number: CORSICA.typed })
  const data = `/o/${prepared.org}/data`

  // On paper: the sheet alone, from the top of one page.
  await goWithin(app.page, data)
  await drawn(app.page)
  await app.page.locator('#field-vault_password').fill('pas le bon')
  await app.page.getByRole('button', { name: words('vaultkey.print') }).click()
  await expect(app.page.getByRole('form', { name: words('vaultkey.print') }).getByRole('alert')).toBeVisible()
  await app.page.locator('#field-vault_password').fill(owner.password)
  await app.page.getByRole('button', { name: words('vaultkey.print') }).click()
  const key = (await dialog(app.page).getByText(/^(?:[0-9A-Z]{5}-){11}[0-9A-Z]{5}$/).textContent()) ?? ''
  const found = [...(await look(app.page, 'the sheet of the key', ['light', 'dark'])), ...(await clipped(app.page))]
  const printed = textOfPdf(await app.page.pdf({ format: 'A4' }))
  expect(printed.replaceAll(/\s/g, '')).toContain(key)
  expect(printed).toContain('Port et Marées')
  for (const behind of [words('data.export_about'), words('me.present_password'), words('secret.kept'), words('secret.copy')]) expect(printed).not.toContain(behind)
  expect(printed.trim().split('\f')).toHaveLength(1)

  // As on another computer: the backup is there, the secrets of this one are not.
  await app.close()
  rmSync(join(app.data, 'secrets.json'))
  await app.open()
  const { page } = app
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await signIn(page)
  await drawn(page)
  await goWithin(page, `/o/${prepared.org}/directory?sel=${prepared.person}`)
  await drawn(page)
  await openNumbers(page, words)
  await expect(panel(page).getByText(words('numbers.unreadable'))).toBeVisible()
  await goWithin(page, data)
  await drawn(page)
  await expect(page.getByText(words('vaultkey.needed'))).toBeVisible()
  const field = page.locator('#field-vault_key')
  const mistyped = (key.startsWith('2') ? '3' : '2') + key.slice(1)
  await field.fill(mistyped)
  await field.press('Enter')
  await expect(page.getByRole('form', { name: words('vaultkey.enter') }).getByRole('alert')).toContainText(words('issue.mistyped'))
  await expect(field).toHaveValue(mistyped)
  found.push(...(await look(page, 'a key mistyped', ['light', 'dark'])), ...(await clipped(page)))
  await field.fill(key.toLowerCase().replaceAll('-', ' '))
  await field.press('Enter')
  await expect(page.getByRole('form', { name: words('vaultkey.print') })).toBeVisible()
  await goWithin(page, `/o/${prepared.org}/directory?sel=${prepared.person}`)
  await expect(panel(page).getByText(CORSICA.masked)).toBeVisible()

  // Somebody who plans on the same computer: that something is kept apart, nothing of it, and no key.
  const { code } = await ask<{ code: string }>(page, 'invitation.create', { name: 'Inès Morvan', email: 'ines.morvan@example.org', role: 'planner', project_id: null })
  await ask(page, 'app.join', { code, name: 'Inès Morvan', email: 'ines.morvan@example.org', password: 'une autre phrase' })
  await page.goto(`${app.url}o/${prepared.org}/directory?sel=${prepared.person}`)
  await drawn(page)
  await openNumbers(page, words)
  await expect(panel(page).getByText(words('numbers.reserved'))).toBeVisible()
  for (const hidden of ['1 85', CORSICA.plain]) expect(await page.locator('body').innerHTML()).not.toContain(hidden)
  await expect(ask(page, 'vault.reveal', { collaborator_id: prepared.person, kind: 'nir', reason: REASON })).rejects.toThrow('auth.forbidden')
  expect(found).toEqual([])
})

test('the data of a person leave in one file; erasing is refused with what holds them, and done when nothing does', async ({ app }) => {
  const { page } = app
  const words = wordsIn('fr')
  const prepared = await prepare(page, app.url, 'fr')
  const make = async (name: string, input: object): Promise<string> => (await ask<{ id: string }>(page, name, input)).id
  const project_id = await make('project.create', { code: 'VIEUX', name: 'Marées de 2025', zone: 'Europe/Paris', currency: 'EUR', start_at: '2025-06-10T00:00:00.000Z', end_at: '2025-06-19T00:00:00.000Z' })
  const mission_id = await make('mission.create', { project_id, title: 'Montage', kind: 'build', start_at: '2025-06-11T08:00:00.000Z', end_at: '2025-06-11T18:00:00.000Z', zone: 'Europe/Paris' })
  const { crew_roles } = await ask<{ crew_roles: { id: string }[] }>(page, 'organization.get', {})
  const { ids: [work] } = await ask<{ ids: string[] }>(page, 'assignment.create', { mission_id, people: [{ collaborator_id: prepared.person, crew_role_id: crew_roles[0]?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' }] })
  await ask(page, 'assignment.accept_by_voice', { id: work, source: 'hand', reason: 'au téléphone' })

  const saved = page.waitForEvent('download')
  await panel(page).getByRole('button', { name: words('person.export_save') }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/\.zip$/)
  const bytes = readFileSync(await file.path())
  expect(bytes.subarray(0, 2).toString('latin1')).toBe('PK')
  await expect(panel(page).getByRole('alert')).toHaveCount(0)

  const erase = async (): Promise<void> => {
    await panel(page).getByRole('button', { name: words('person.erase') }).click()
    await expect(dialog(page).getByRole('button', { name: words('person.erase_action') })).toBeDisabled()
    await dialog(page).getByLabel(words('form.reason')).fill('Demande de la personne')
    await dialog(page).getByRole('button', { name: words('person.erase_action') }).click()
  }
  await erase()
  // Why, and until which day; nothing to follow where there is no field.
  const refusal = dialog(page).getByRole('alert')
  await expect(refusal).toContainText(/comptables.*11 juin 2035/)
  await expect(refusal.getByRole('listitem').getByRole('link')).toHaveCount(0)
  await expect(dialog(page).getByLabel(words('form.reason'))).toHaveValue('Demande de la personne')
  const found = [...(await look(page, 'erasing refused', ['light', 'dark'])), ...(await clipped(page))]
  await dialog(page).getByRole('button', { name: words('action.back') }).click()

  const free = await make('collaborator.create', { display_name: 'Basile Orsini', phone: '06 39 98 11 09' })
  await goWithin(page, `/o/${prepared.org}/directory?sel=${free}`)
  await expect(panel(page).getByRole('heading', { name: 'Basile Orsini' })).toBeVisible()
  await erase()
  await expect(panel(page)).toHaveCount(0)
  await expect(page.getByRole('row', { name: /Basile/ })).toHaveCount(0)
  await expect(page.getByRole('row', { name: new RegExp(NAME) })).toHaveCount(1)
  expect(JSON.stringify(await ask(page, 'collaborator.list', {}))).not.toContain('Basile')
  expect(found).toEqual([])
})
