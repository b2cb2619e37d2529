/** The contracts of a project: who waits for one, drafts for a whole mission, what the law asks, the register, the month of pay. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { ask } from './support/ask.ts'
import { look, THEMES } from './support/axe.ts'
import { clipped, overflow } from './support/fits.ts'
import { openOrganization, PEOPLE } from './support/organization.ts'
import { drawn, goWithin } from './support/pages.ts'
import { wordsIn, type Language } from './support/words.ts'

interface Prepared {
  org: string
  project: string
  mission: string
  month: string
}
interface Line {
  id: string
  version_id: string
  reference: string
  name: string
}

const DAY = 86_400_000

/** Three people who accepted a mission of the day after tomorrow, of an employer who says all that contracts need. */
async function prepare(page: Page, url: string, language: Language): Promise<Prepared> {
  const { org, location } = await openOrganization(page, url, { language })
  await drawn(page)
  const { organization, crew_roles } = await ask<{ organization: { version: number }; crew_roles: { id: string }[] }>(page, 'organization.get', {})
  await ask(page, 'organization.update', {
    id: org, version: organization.version,
    changes: { legal_name: 'Port et Marées', legal_form: 'association loi 1901', address: '1 quai des Cordiers\n17000 La Rochelle', siren: '303265045', siret: '30326504500003', ape: '90.01Z', licences: ['PLATESV-R-2024-000123'], idcc: '1285' },
  })
  const body = { name: 'Retraite du Spectacle', address: '7 rue des Mâts, 75009 Paris' }
  await ask(page, 'contract_setting.save', {
    version: null, signatory_name: 'Léa Martin', signatory_capacity: 'présidente', agreement_title: 'Convention collective nationale des entreprises artistiques et culturelles', licence_categories: { 'PLATESV-R-2024-000123': 2 },
    pension: body, welfare: body, leave_fund: body, pay_periodicity: 'end_of_engagement', overtime: 'Majorées de 25 %.',
  })
  const day = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10)
  const project = await ask<{ id: string }>(page, 'project.create', {
    code: 'SUITE', name: 'Petites Marées', zone: 'Europe/Paris', currency: 'EUR', start_at: `${day}T00:00:00.000Z`, end_at: `${day}T23:00:00.000Z`, document_language: language,
  })
  const mission = await ask<{ id: string }>(page, 'mission.create', { project_id: project.id, location_id: location, title: 'Ouverture', day_code: 'J1', kind: 'show', start_at: `${day}T08:00:00.000Z`, end_at: `${day}T16:00:00.000Z`, zone: 'Europe/Paris' })
  const { items: people } = await ask<{ items: { id: string; version: number }[] }>(page, 'collaborator.list', { sort: ['display_name'] })
  for (const [at, { id, version }] of people.slice(0, 3).entries()) await ask(page, 'collaborator.update', { id, version, changes: { address: `${at + 4} rue du Minage, 17000 La Rochelle`, birth_date: `198${at}-03-14` } })
  await ask(page, 'assignment.create', { mission_id: mission.id, people: people.slice(0, 3).map(({ id }) => ({ collaborator_id: id, crew_role_id: crew_roles[0]?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' })) })
  const { items } = await ask<{ items: { id: string }[] }>(page, 'assignment.list', { project_id: project.id })
  for (const { id } of items) await ask(page, 'assignment.accept_by_voice', { id, source: 'hand', reason: 'au téléphone' })
  return { org, project: project.id, mission: mission.id, month: day.slice(0, 7) }
}

/** Completes and signs one contract, through the core: its own page has a spec of its own. */
async function sign(page: Page, { id, version_id, name }: Line): Promise<void> {
  const { versions } = await ask<{ versions: { row: { version: number } }[] }>(page, 'contract.get', { id })
  await ask(page, 'contract.update', {
    id: version_id, version: versions[0]?.row.version,
    changes: {
      temporary_reason: 'Une représentation en plein air, montée et démontée pour la circonstance.', object_number: '263a00012345', is_executive: false, risky_post: false, trial_days: 2, day_minutes: 480, week_minutes: 2100, performances: 1,
      recording: 'promotion', dpae_reference: 'DPAE-2026-10-0042', signature_place: 'La Rochelle', function_title: 'Régie lumière', is_live: true,
    },
  })
  for (const step of ['submit', 'approve', 'send']) await ask(page, `contract.${step}`, { id: version_id })
  for (const [side, by] of [['house', 'Léa Martin'], ['other', name]]) await ask(page, 'contract.sign', { id: version_id, side, name: by })
}

for (const language of ['fr', 'en'] as const) {
  test(`contracts of a mission, legal deadlines, register and pay (${language})`, async ({ app }) => {
    test.setTimeout(180_000)
    const { page } = app
    const words = wordsIn(language)
    // Colours that fade over 100 ms are neither of two themes.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const made = await prepare(page, app.url, language)
    const here = `/o/${made.org}/p/${made.project}`
    const rows = page.locator('tr[data-row]')
    const views = page.getByRole('navigation', { name: words('contracts.title') })

    await test.step('who accepted without a contract is pointed out', async () => {
      await goWithin(page, `${here}/overview`)
      await expect(page.getByRole('status').filter({ hasText: /^3 / })).toBeVisible()
      await goWithin(page, `${here}/missions?sel=${made.mission}`)
      await drawn(page)
      await page.getByRole('status').filter({ hasText: /^3 / }).getByRole('link').click()
      await expect(page).toHaveURL(/\/contracts\?.*phase=to_prepare/)
      await goWithin(page, `${here}/overview`)
      await drawn(page)
      await page.keyboard.press('g')
      await page.keyboard.press('c')
      await expect(page).toHaveURL(/\/contracts$/)
      await expect(rows).toHaveCount(3)
      await expect(rows.first()).toContainText(words('contracts.phase.to_prepare'))
      await expect(rows.first()).toContainText(PEOPLE[0])
    })

    await test.step('a whole mission is prepared in one gesture', async () => {
      await page.getByRole('button', { name: words('contracts.mission_short') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(words('contracts.mission'), { exact: true }).selectOption(made.mission)
      await expect(dialog.getByRole('listitem')).toHaveCount(3)
      await dialog.getByRole('button', { name: /\(3\)$/ }).click()
      await expect(dialog).toBeHidden()
      await expect(rows.filter({ hasText: words('contract_editor.state.draft_preview') })).toHaveCount(3)
      await expect(page.getByRole('button', { name: new RegExp(`^${words('contracts.phase.draft')}.*3$`) })).toBeVisible()
    })

    await test.step('the list is searched, filtered and fits', async () => {
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(await clipped(page)).toEqual([])
      await page.getByLabel(words('filter.search')).fill(PEOPLE[1].split(' ')[0] ?? '')
      await expect(rows).toHaveCount(1)
      await page.getByLabel(words('filter.search')).fill('')
      await goWithin(page, `${here}/contracts?phase=signed`)
      await expect(rows).toHaveCount(0)
      await goWithin(page, `${here}/contracts?kind=cddu&phase=draft`)
      await expect(rows).toHaveCount(3)
      expect(await look(page, 'contracts', THEMES)).toEqual([])
    })

    await test.step('drafts are submitted together', async () => {
      await page.locator('thead').getByRole('checkbox').check()
      await page.getByRole('button', { name: /\(3\)$/ }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: words('contracts.step.submit') }).click()
      await expect(dialog).toBeHidden()
      await goWithin(page, `${here}/contracts?phase=review`)
      await expect(rows).toHaveCount(3)
    })

    const { items: lines } = await ask<{ items: Line[] }>(page, 'contract.lines', { project_id: made.project, sort: ['name'] })
    const [one, two] = lines
    if (!one || !two) throw new Error('no contract')

    await test.step('the radar says which declaration is due, and leads to the contract', async () => {
      await views.getByRole('button', { name: words('contracts.tab.radar') }).click()
      const due = page.getByRole('row').filter({ hasText: words('contracts.rule.dpae') }).filter({ hasText: PEOPLE[0] })
      await expect(due).toContainText('L. 1221-10')
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      expect(await look(page, 'legal deadlines', THEMES)).toEqual([])
      await due.getByRole('link').click()
      await expect(page).toHaveURL(new RegExp(`/contracts/${one.id}$`))
    })

    await test.step('the register prints', async () => {
      await goWithin(page, `${here}/contracts?tab=register`)
      const table = page.getByRole('table', { name: words('contracts.tab.register') })
      await expect(table.getByRole('row')).toHaveCount(4)
      await page.keyboard.press('Control+p')
      const preview = page.getByRole('dialog')
      await expect(preview.getByLabel(words('print.document'), { exact: true })).toHaveValue('staff_register')
      await expect(preview.getByRole('button', { name: 'CSV' })).toBeEnabled()
      await preview.getByRole('button', { name: words('action.close') }).click()
    })

    await test.step('pay variables are what the core answers, without what is not signed', async () => {
      for (const { version_id } of lines) await ask(page, 'contract.reject', { id: version_id, reason: 'à compléter' })
      for (const { version_id } of lines) await ask(page, 'contract.reopen', { id: version_id, reason: 'repris' })
      await sign(page, one)
      await goWithin(page, `${here}/contracts?tab=pay`)
      await expect(page.getByLabel(words('contracts.pay_month'))).toHaveValue(made.month)
      const table = page.getByRole('table', { name: words('contracts.tab.pay') })
      await expect(table.getByRole('row')).toHaveCount(2)
      await expect(table).toContainText(one.reference)
      await expect(page.getByRole('status').filter({ hasText: two.reference })).toBeVisible()
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      const answer = await ask<{ base64: string; file_name: string }>(page, 'contract.pay_csv', { project_id: made.project, month: made.month })
      expect(Buffer.from(answer.base64, 'base64').toString('utf8')).toContain(one.reference)
      if (app.host === 'browser') {
        const downloading = page.waitForEvent('download')
        await page.getByRole('button', { name: words('contracts.pay_download') }).click()
        const file = await downloading
        expect(file.suggestedFilename()).toBe(answer.file_name)
        expect(readFileSync(await file.path()).equals(Buffer.from(answer.base64, 'base64'))).toBe(true)
      }
    })
    expect(app.pageErrors).toEqual([])
  })
}
