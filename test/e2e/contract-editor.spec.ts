/** A contract on the screens: filled until nothing is missing, reviewed, sent, signed on this screen and on paper, in force; then amended after a change of terms. */
import { createHash } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look } from './support/axe.ts'
import { openOrganization } from './support/organization.ts'
import { drawn, goWithin } from './support/pages.ts'
import { textOfPdf } from './support/pdf.ts'
import { wordsIn, type Language, type Words } from './support/words.ts'

interface Versions {
  versions: { row: { id: string; state: string; number: number; content_hash: string | null } }[]
  documents: { kind: string; sha256: string; type: string }[]
}
interface Prepared {
  org: string
  project: string
  assignment: string
  mission: string
  person: string
}

/** An employer that says all that contracts need, and somebody who may be asked. */
async function prepare(page: Page, url: string, language: Language): Promise<Prepared> {
  const { org } = await openOrganization(page, url, { language })
  await drawn(page)
  const { organization, crew_roles } = await ask<{ organization: { id: string; version: number }; crew_roles: { id: string }[] }>(page, 'organization.get', {})
  await ask(page, 'organization.update', {
    id: organization.id, version: organization.version,
    changes: { legal_name: 'Port et Marées', legal_form: 'association loi 1901', address: '12 quai des Cordiers\n17000 La Rochelle', siren: '303265045', siret: '30326504500003', ape: '90.01Z', licences: ['PLATESV-R-2024-000123'], idcc: '1285' },
  })
  const body = { name: 'Organisme du Spectacle', address: '7 rue des Mâts, 75009 Paris' }
  await ask(page, 'contract_setting.save', {
    version: null, signatory_name: 'Léa Martin', signatory_capacity: 'présidente', agreement_title: 'Convention collective des entreprises artistiques et culturelles', licence_categories: { 'PLATESV-R-2024-000123': 2 },
    pension: body, welfare: body, leave_fund: body, pay_periodicity: 'end_of_engagement', overtime: 'Majorées de 25 %.',
  })
  const far = '2027-06-1'
  const { id: place } = await ask<{ id: string }>(page, 'location.create', { name: 'Halle du Port', zone: 'Europe/Paris', address: '3 cours des Dames, 17000 La Rochelle' })
  const { id: project } = await ask<{ id: string }>(page, 'project.create', { code: 'SUITE', name: 'Grandes Marées 2027', zone: 'Europe/Paris', currency: 'EUR', start_at: `${far}0T00:00:00.000Z`, end_at: `${far}9T00:00:00.000Z`, document_language: language })
  const { id: mission } = await ask<{ id: string }>(page, 'mission.create', { project_id: project, location_id: place, title: 'Ouverture', day_code: 'J1', kind: 'show', start_at: `${far}2T12:00:00.000Z`, end_at: `${far}2T20:00:00.000Z`, zone: 'Europe/Paris' })
  const { id: person } = await ask<{ id: string }>(page, 'collaborator.create', { display_name: 'Solène Le Guen', address: '4 rue du Minage, 17000 La Rochelle' })
  const { ids: [assignment = ''] } = await ask<{ ids: string[] }>(page, 'assignment.create', { mission_id: mission, people: [{ collaborator_id: person, crew_role_id: crew_roles[0]?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' }] })
  return { org, project, assignment, mission, person }
}

/** A paper is drawn, sent and drawn again on the screen: slow on a computer that does much else. */
const SOON = { timeout: 45_000 }

const dialog = (page: Page): Locator => page.getByRole('dialog')
const read = (page: Page, id: string): Promise<Versions> => ask<Versions>(page, 'contract.get', { id })
const state = async (page: Page, id: string): Promise<string> => (await read(page, id)).versions[0]?.row.state ?? ''
const idIn = (url: string): string => /\/contracts\/([^/?]+)/.exec(url)?.[1] ?? ''
/** What the paper on the screen says, spaces aside. */
const paper = async (page: Page): Promise<string> => (await page.locator('[data-paper] canvas + div').allTextContents()).join(' ').replace(/\s+/g, ' ')

async function fill(page: Page, words: Words): Promise<void> {
  const field = (name: string): Locator => page.getByLabel(words(`contract_editor.field.${name}`), { exact: true })
  await field('temporary_reason').fill('Une soirée unique, montée et démontée pour la circonstance.')
  await field('object_number').fill('273a00012345')
  await field('is_executive').selectOption('no')
  await field('risky_post').selectOption('no')
  await field('day_minutes').fill('7h30')
  await field('trial_days').fill('0')
  await field('recording').selectOption('none')
  await field('dpae_reference').fill('DPAE-2027-06-0042')
}

for (const language of ['fr', 'en'] as const) {
  test(`filled, reviewed, sent, signed on screen and on paper, in force, amended (${language})`, async ({ app }) => {
    test.setTimeout(360_000)
    const { page } = app
    const words = wordsIn(language)
    const { org, project, assignment, mission, person } = await prepare(page, app.url, language)
    const button = (key: string): Locator => page.getByRole('button', { name: words(key), exact: true })
    const next = (step: string): Locator => page.getByRole('button', { name: new RegExp(`^${words(`contract_editor.step.${step}`)}`) })

    // Before any answer: what the contract would say, and nothing kept of it.
    await goWithin(page, `/o/${org}/p/${project}/planning?sel=${assignment}&view=table`)
    await drawn(page)
    await button('contract_editor.preview').click()
    await expect(dialog(page).getByRole('img').first()).toBeVisible()
    await expect.poll(() => dialog(page).locator('canvas + div').first().textContent()).toContain(language === 'fr' ? 'APERÇU' : 'PREVIEW')
    await dialog(page).getByRole('button', { name: words('action.close') }).click()
    expect((await ask<{ items: unknown[] }>(page, 'contract.list', { project_id: project })).items).toEqual([])

    await ask(page, 'assignment.accept_by_voice', { id: assignment, source: 'hand', reason: 'au téléphone' })
    await button('contract_editor.prepare').click()
    await expect(page).toHaveURL(/\/contracts\/[^/?]+/)
    await drawn(page)
    const id = idIn(page.url())
    const missing = page.locator('[data-missing]')
    await expect(missing).toContainText('L. 1242-12')
    await expect.poll(() => paper(page), SOON).toContain(language === 'fr' ? 'À COMPLÉTER' : 'TO BE COMPLETED')

    // A missing mention leads to its field.
    await missing.locator('[data-mention="declaration"]').getByRole('button').click()
    await expect(page.getByLabel(words('contract_editor.field.dpae_reference'), { exact: true })).toBeFocused()

    // What is typed and not saved is on the paper already, and is still there after a look elsewhere.
    await fill(page, words)
    await expect(missing).toHaveCount(0, SOON)
    await expect.poll(() => paper(page), SOON).toContain('DPAE-2027-06-0042')
    await page.waitForTimeout(800)
    await goWithin(page, `/o/${org}/p/${project}/contracts`)
    await drawn(page)
    await goWithin(page, `/o/${org}/p/${project}/contracts/${id}`)
    await expect(page.getByText(words('draft.resumed'))).toBeVisible()
    await expect(page.getByLabel(words('contract_editor.field.dpae_reference'), { exact: true })).toHaveValue('DPAE-2027-06-0042')

    // Ctrl+Enter saves what is typed and does the next step; each time the next one.
    await page.keyboard.press('Control+Enter')
    await expect(next('approve')).toBeEnabled(SOON)
    expect(await state(page, id)).toBe('under_review')
    await page.keyboard.press('Control+Enter')
    await expect(next('send')).toBeEnabled(SOON)
    await page.keyboard.press('Control+Enter')
    await dialog(page).getByRole('button', { name: words('contract_editor.step.send') }).click()
    await expect(dialog(page)).toHaveCount(0)
    expect(await state(page, id)).toBe('sent')
    await expect(page.getByText(words('contract_editor.locked.sent'))).toBeVisible()

    // The paper says the facts of the assignment; it is the file that the core prints.
    const shown = (await read(page, id)).versions[0]?.row
    await expect.poll(() => paper(page), SOON).toContain('Solène Le Guen')
    for (const fact of ['Port et Marées', 'Halle du Port', '273A00012345', 'Grandes Marées 2027', '210']) expect(await paper(page)).toContain(fact)
    expect(await paper(page)).not.toContain(language === 'fr' ? 'À COMPLÉTER' : 'TO BE COMPLETED')
    const { base64 } = await ask<{ base64: string }>(page, 'contract.pdf', { id: shown?.id })
    expect(textOfPdf(Buffer.from(base64, 'base64'))).toContain('Solène Le Guen')

    // The house signs on this screen: said not to be a qualified signature, and refused while nothing is drawn.
    await page.keyboard.press('Control+Enter')
    await dialog(page).getByRole('button', { name: words('contract_editor.method.screen') }).click()
    await expect(dialog(page).getByText(words('contract_editor.not_qualified'))).toBeVisible()
    await dialog(page).getByRole('button', { name: words('contract_editor.sign_screen_do') }).click()
    await expect(dialog(page).getByText(words('contract_editor.pad_empty'))).toBeVisible()
    const box = await dialog(page).getByRole('img', { name: words('contract_editor.pad') }).boundingBox()
    if (!box) throw new Error('no pad')
    await page.mouse.move(box.x + 40, box.y + 60)
    await page.mouse.down()
    for (let at = 0; at < 12; at++) await page.mouse.move(box.x + 40 + at * 20, box.y + 60 + (at % 3) * 25)
    await page.mouse.up()
    await dialog(page).getByRole('button', { name: words('contract_editor.sign_screen_do') }).click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(page.locator('[data-signature="house"]')).toContainText('Léa Martin')
    expect((await read(page, id)).documents).toMatchObject([{ kind: 'signature', type: 'image/png' }])

    // The other side on paper; then nothing of it changes any more.
    await page.keyboard.press('Control+Enter')
    await expect(dialog(page).getByLabel(words('contract_editor.sign_name'))).toHaveValue('Solène Le Guen')
    await dialog(page).getByRole('button', { name: words('contract_editor.sign_paper_do') }).click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(page.getByText(words('contract_editor.locked.signed'))).toBeVisible()
    expect(await state(page, id)).toBe('signed')
    await expect.poll(() => paper(page), SOON).toContain('eIDAS')

    // The signed copy is kept under its checksum.
    const copy = Buffer.from('%PDF-1.4 exemplaire signé')
    const choosing = page.waitForEvent('filechooser')
    await button('contract_editor.attach.signed_copy').click()
    await (await choosing).setFiles({ name: 'signe.pdf', mimeType: 'application/pdf', buffer: copy })
    await expect(page.locator('[data-file="signed_copy"]')).toContainText(createHash('sha256').update(copy).digest('hex'))

    await next('activate').click()
    await expect(page.locator('h1 ~ [data-state="active"]')).toBeVisible()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await look(page, `a contract in force, ${language}`)).toEqual([])

    // Terms change after the signatures: an amendment is asked for, drafted, handed over, signed.
    const row = await ask<{ version: number }>(page, 'assignment.get', { id: assignment })
    await ask(page, 'assignment.change', { changes: [{ id: assignment, version: row.version, end_at: '2027-06-12T21:00:00.000Z' }] })
    const asked = page.locator('[data-request="amendment"]')
    await expect(asked).toBeVisible()
    await asked.getByRole('button', { name: words('contract_editor.amend') }).click()
    await expect(page.locator('h1 ~ [data-state="amendment_draft"]')).toBeVisible()
    await expect(next('submit')).toBeEnabled(SOON)
    await expect(asked).toHaveCount(0)
    expect(await look(page, `an amendment in draft, ${language}`)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await expect(page.locator('h1 ~ [data-state="amendment_under_review"]')).toBeVisible()
    await expect(next('sign')).toBeEnabled(SOON)
    for (const side of ['Léa Martin', 'Solène Le Guen']) {
      await page.keyboard.press('Control+Enter')
      await expect(dialog(page).getByLabel(words('contract_editor.sign_name'))).toHaveValue(side)
      await dialog(page).getByRole('button', { name: words('contract_editor.sign_paper_do') }).click()
      await expect(dialog(page)).toHaveCount(0)
    }
    await next('activate').click()
    await expect(page.locator('h1 ~ [data-state="active"]')).toBeVisible()
    expect((await read(page, id)).versions.map(({ row: { number, state: at } }) => [number, at])).toEqual([[2, 'active'], [1, 'archived']])
    // Each version keeps its own paper.
    await page.locator('[data-version="1"]').getByRole('button', { name: words('contract_editor.show') }).click()
    await expect(page.locator('h1 ~ [data-state="archived"]')).toBeVisible()
    await expect.poll(() => paper(page), SOON).toContain(language === 'fr' ? '22 h' : '22:00')
    expect((await ask<{ collaborator_id: string; mission_id: string }>(page, 'assignment.get', { id: assignment }))).toMatchObject({ collaborator_id: person, mission_id: mission })
  })
}

test('a void is asked for with a reason, stops the ladder until it is settled, and frees the assignment', async ({ app }) => {
  test.setTimeout(120_000)
  const { page } = app
  const words = wordsIn('fr')
  const { org, project, assignment } = await prepare(page, app.url, 'fr')
  await ask(page, 'assignment.accept_by_voice', { id: assignment, source: 'hand', reason: 'au téléphone' })
  const { id } = await ask<{ id: string }>(page, 'contract.generate', { assignment_ids: [assignment] })
  await goWithin(page, `/o/${org}/p/${project}/contracts/${id}`)
  await drawn(page)
  await page.getByRole('button', { name: words('contract_editor.more') }).click()
  await page.getByRole('menuitem', { name: words('contract_editor.request_void') }).click()
  await expect(dialog(page).getByRole('button', { name: words('contract_editor.request_void') })).toBeDisabled()
  await dialog(page).getByLabel(words('form.reason')).fill('Erreur de personne')
  await dialog(page).getByRole('button', { name: words('contract_editor.request_void') }).click()
  const asked = page.locator('[data-request="void"]')
  await expect(asked).toContainText('Erreur de personne')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(words('issue.open_void'))).toBeVisible()
  expect(await state(page, id)).toBe('draft_preview')
  await asked.getByRole('button', { name: words('contract_editor.grant_void') }).click()
  await dialog(page).getByLabel(words('form.reason')).fill('Erreur reconnue')
  await dialog(page).getByRole('button', { name: words('contract_editor.grant_void') }).click()
  await expect(asked).toHaveCount(0)
  expect(await state(page, id)).toBe('archived')
  expect((await ask<{ existing: boolean }>(page, 'contract.generate', { assignment_ids: [assignment] })).existing).toBe(false)
})
