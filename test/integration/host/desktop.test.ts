/** What the desktop announces: one's own, once, also after a restart; nothing of a locked window, nothing to who wants none. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'

interface Row { id: string; version: number }
let app: TestHost
let person: string
let role: string
let project: string

const ask = async <T>(name: string, input: unknown, client = 'lea'): Promise<T> => (await app.ask(client, name, input)) as T
const take = async (client = 'lea'): Promise<{ titles: string[]; more: number }> => {
  const { items, more } = await ask<{ items: { title: string }[]; more: number }>('desktop.take', { org: app.org, language: 'fr' }, client)
  return { titles: items.map(({ title }) => title), more }
}
const told = async (): Promise<number> => (await ask<{ total: number }>('notification.list', {})).total

/** Léa is asked about so many missions; answered once her inbox has them. */
async function askOf(titles: readonly string[]): Promise<void> {
  const before = await told()
  for (const [at, title] of titles.entries()) {
    const { id: mission_id } = await ask<Row>('mission.create', { project_id: project, title, kind: 'show', start_at: `2027-06-1${at}T12:00:00.000Z`, end_at: `2027-06-1${at}T20:00:00.000Z`, zone: 'Europe/Paris' })
    const { ids } = await ask<{ ids: string[] }>('assignment.create', { mission_id, people: [{ collaborator_id: person, crew_role_id: role, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' }] })
    const { version } = await ask<Row>('assignment.get', { id: ids[0] })
    await ask('assignment.propose', { changes: [{ id: ids[0], version, deadline_at: '2027-06-01T08:00:00.000Z' }] })
  }
  await vi.waitFor(async () => expect(await told()).toBe(before + titles.length), { timeout: 15_000, interval: 100 })
}

beforeAll(async () => {
  app = await openTestHost()
  person = (await ask<Row>('collaborator.create', { display_name: 'Léa Martin' })).id
  role = (await ask<{ crew_roles: Row[] }>('organization.get', {})).crew_roles[0]?.id ?? ''
  const [me] = (await ask<{ items: Row[] }>('member.list', {})).items
  await ask('member.update', { id: me?.id, version: me?.version, changes: { collaborator_id: person } })
  project = (await ask<Row>('project.create', { code: 'SUITE', name: 'Le Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2027-06-10T00:00:00.000Z', end_at: '2027-06-25T00:00:00.000Z', document_language: 'fr' })).id
})
afterAll(() => app.close())

describe('announcements on the desktop', () => {
  it('are each given once, in the language asked for, also after the program was closed', async () => {
    await askOf(['Montage'])
    expect(await take()).toEqual({ titles: [expect.stringMatching(/Êtes-vous disponible.*Montage/)], more: 0 })
    expect(await take()).toEqual({ titles: [], more: 0 })
    await app.reopen()
    await app.signIn('lea', 'lea')
    expect(await take()).toEqual({ titles: [], more: 0 })
  })

  it('are counted beyond three, and what was read in between is not announced', async () => {
    await askOf(['Un', 'Deux', 'Trois', 'Quatre', 'Cinq'])
    const { items } = await ask<{ items: { id: string; subject: string }[] }>('notification.list', {})
    await ask('notification.read', { ids: items.filter(({ subject }) => subject.includes('Deux')).map(({ id }) => id) })
    const { titles, more } = await take()
    expect([titles.length, more]).toEqual([3, 1])
    expect(titles.join()).not.toContain('Deux')
  })

  it('are not given to a locked window, nor to a colleague, nor to who wants none; what was not given waits', async () => {
    await ask('app.set_pin', { password: PASSWORD, pin: '204817' })
    await askOf(['Six'])
    const ines = await app.addUser('ines')
    await ask('member.add', { user_id: ines, name: 'Inès', email: 'ines@example.org', role: 'planner', project_id: null })
    await app.signIn('ines', 'ines')
    expect(await take('ines')).toEqual({ titles: [], more: 0 })
    await ask('app.lock', {})
    expect(await app.code('lea', 'desktop.take', { org: app.org, language: 'fr' })).toBe('auth.locked')
    await ask('app.unlock', { pin: '204817' })
    await ask('app.set_preference', { name: 'desktop', value: 'off' })
    expect(await take()).toEqual({ titles: [], more: 0 })
    await ask('app.set_preference', { name: 'desktop', value: 'on' })
    expect((await take()).titles).toEqual([expect.stringContaining('Six')])
  })
})
