/** Places offered while one types: few, the ones used last first, and never more than the asker sees. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
interface Line {
  [column: string]: unknown
}
const place = async (name: string, more: object = {}): Promise<string> => String((await app.ask('location.create', { name, zone: 'Europe/Paris', ...more }))['id'])
const names = (answer: Line): unknown[] => (answer['items'] as Line[]).map((one) => one['name'])

beforeAll(async () => {
  app = await openTestOrganization({ seed: 'place-picker' })
  world = await buildWorld(app)
  for (let index = 0; index < 40; index++) await place(`Entrepôt ${String(index).padStart(2, '0')}`, { zone: 'Europe/Lisbon' })
})
afterAll(() => app.close())

describe('choosing a place', () => {
  it('offers twenty, those the project used last first, and says how many there are', async () => {
    const used = await place('Zénith du Port')
    await app.ask('mission.create', { project_id: world.a.project, title: 'Ici', start_at: '2026-12-01T10:00:00.000Z', end_at: '2026-12-01T12:00:00.000Z', location_id: used })
    const answer = await app.ask('location.find', { project_id: world.a.project })
    expect(names(answer)[0]).toBe('Zénith du Port')
    expect(names(answer)).toHaveLength(20)
    expect(Number(answer['total'])).toBeGreaterThanOrEqual(41)
    expect((answer['items'] as Line[])[0]).toMatchObject({ recent: true, zone: 'Europe/Paris' })
    expect(names(await app.ask('location.find', { project_id: world.b.project }))[0]).not.toBe('Zénith du Port')
  })

  it('narrows as one types, without accents, and says the zone and the place it is in', async () => {
    const hall = await place('Grande Halle', { kind: 'venue' })
    const stage = await place('Scène Est', { kind: 'site', parent_id: hall })
    const found = await app.ask('location.find', { search: 'scene e' })
    expect(found['items']).toEqual([{ id: stage, name: 'Scène Est', kind: 'site', zone: 'Europe/Paris', path: 'Grande Halle / Scène Est', parent_name: 'Grande Halle', recent: false }])
    expect(names(await app.ask('location.find', { search: 'entrepot 37' }))).toEqual(['Entrepôt 37'])
    expect(names(await app.ask('location.find', { search: 'scene', kinds: ['venue'] }))).toEqual([])
    expect(names(await app.ask('location.find', { search: 'grande', without: [hall] }))).toEqual([])
  })

  it('leaves out what is out of use, and still names the one chosen before', async () => {
    const old = await place('Vieux Hangar')
    await app.ask('location.set_status', { id: old, status: 'deprecated' })
    const answer = await app.ask('location.find', { search: 'hangar', id: old })
    expect(answer).toMatchObject({ items: [], chosen: { id: old, name: 'Vieux Hangar' } })
  })

  it('shows a member the places of their own missions only', async () => {
    const member = world.personas.find((one) => one.name === 'member of A')
    if (!member) throw new Error('member of A')
    expect(names(await app.ask('location.find', {}, member.session))).not.toContain('Entrepôt 00')
  })
})
