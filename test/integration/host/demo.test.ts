import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eveFor } from '../../../main/host/demo.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let test: TestHost
beforeEach(async () => {
  test = await openTestHost()
})
afterEach(() => test.close())

const rows = (value: Record<string, unknown>): Record<string, unknown>[] => (Array.isArray(value['items']) ? value['items'] : [])

describe('the demonstration of a person', () => {
  it('is an organization of its own, says that it is one, and is there again the next time', async () => {
    const { id } = await test.ask('lea', 'demo.open')
    const org = String(id) as typeof test.org
    expect(org).not.toBe(test.org)
    expect((await test.ask('lea', 'app.state'))['organizations']).toContainEqual(expect.objectContaining({ id: org, demo: true, state: 'ready' }))
    expect((await test.ask('lea', 'app.state'))['organizations']).toContainEqual(expect.objectContaining({ id: test.org, demo: false }))
    expect((await test.ask('lea', 'collaborator.list', {}, { org }))['total']).toBe(47)
    await test.ask('lea', 'collaborator.create', { display_name: 'Aurore Kermadec' }, { org })
    expect(await test.ask('lea', 'demo.open')).toEqual({ id: org })
    expect((await test.ask('lea', 'collaborator.list', {}, { org }))['total']).toBe(48)
  })

  it('has one change that its person must decide about, beside a colleague’s', async () => {
    const { id } = await test.ask('lea', 'demo.open')
    const [kept] = rows(await test.ask('lea', 'sync.kept_list', {}, { org: String(id) }))
    expect(kept).toMatchObject({ name: 'mission.update', outcome: 'conflict', why: 'value', fields: 2, mine: true, about: { title: 'J4 Montage scène B' } })
    const found = await test.ask('lea', 'sync.kept', { id: kept?.['id'] }, { org: String(id) })
    expect(found['fields_of']).toMatchObject([{ field: 'start_at' }, { field: 'end_at', by: 'Inès Morvan' }, { field: 'zone' }, { field: 'objective', combined: 'Scène B et passerelle montées sur le parvis, accès par le quai B, un camion à la fois' }, { field: 'priority', preselected: 'mine' }, { field: 'lead_collaborator_id', own: false }])
    expect(rows(await test.ask('lea', 'matter.list', { filter: { kind: 'kept_command' } }, { org: String(id) }))).toMatchObject([{ title: 'J4 Montage scène B', act: { place: 'kept', id: kept?.['id'] } }])
  })

  it('made anew is as on the first day, and nothing else is touched', async () => {
    await test.ask('lea', 'location.create', { name: 'Salle des Marées', zone: 'Europe/Paris' }, { org: test.org })
    const { id } = await test.ask('lea', 'demo.open', { date: 'clock_change' })
    const org = String(id) as typeof test.org
    await test.ask('lea', 'collaborator.create', { display_name: 'Aurore Kermadec' }, { org })
    expect(await test.ask('lea', 'demo.open', { date: 'clock_change', anew: true })).toEqual({ id: org })
    expect((await test.ask('lea', 'collaborator.list', {}, { org }))['total']).toBe(47)
    expect(rows(await test.ask('lea', 'mission.list', { limit: 100 }, { org })).find((one) => one['title'] === 'Démontage & chargement')).toMatchObject({ start_at: '2026-10-24T21:30:00.000Z', end_at: '2026-10-25T05:00:00.000Z' })
    expect((await test.ask('lea', 'location.list', {}, { org: test.org }))['total']).toBe(1)
  })

  it('is neither made nor taken away by a narrowed session, which founds nothing', async () => {
    const { id } = await test.ask('lea', 'demo.open')
    await test.signIn('lent', 'lea', ['org:read', 'project:read'])
    expect(await test.code('lent', 'demo.open', { anew: true })).toBe('auth.scope')
    expect(await test.code('lent', 'organization.create', { name: 'Ailleurs', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' })).toBe('auth.scope')
    expect((await test.ask('lea', 'collaborator.list', {}, { org: String(id) }))['total']).toBe(47)
  })

  it('cut short by a crash is not taken for a whole one: the next time it is made to its end', async () => {
    const child = fileURLToPath(new URL('../../fixtures/demo-child.ts', import.meta.url))
    let ended: NodeJS.Signals | null = null
    await test.reopen(() => {
      ended = spawnSync(process.execPath, [child, test.folder, '40'], { stdio: 'inherit' }).signal
    })
    expect(ended).toBe('SIGKILL')
    await test.signIn('lea', 'lea')
    const { id } = await test.ask('lea', 'demo.open')
    expect((await test.ask('lea', 'collaborator.list', {}, { org: String(id) }))['total']).toBe(47)
    expect(rows(await test.ask('lea', 'sheet.list', {}, { org: String(id) })).length).toBeGreaterThan(0)
  })

  it('belongs to the person who opened it: a colleague of this computer has another', async () => {
    const mine = await test.ask('lea', 'demo.open')
    await test.addUser('nino')
    await test.signIn('nino', 'nino')
    expect(await test.code('nino', 'collaborator.list', {}, { org: String(mine['id']) })).toBe('organization.not_found')
    expect((await test.ask('nino', 'demo.open'))['id']).not.toBe(mine['id'])
  })

  it('has its show on the coming Saturday, or on the night when clocks go back', () => {
    for (const today of ['2026-11-22', '2026-10-23', '2027-02-06', '2028-02-29'] as LocalDate[]) {
      const eve = eveFor('now', today)
      expect(new Date(eve).getUTCDay()).toBe(5)
      const days = (Date.parse(eve) - Date.parse(today)) / 86_400_000
      expect(days).toBeGreaterThanOrEqual(0)
      expect(days).toBeLessThan(7)
    }
    expect(eveFor('clock_change', '2027-02-06' as LocalDate)).toBe('2026-10-23')
  })
})
