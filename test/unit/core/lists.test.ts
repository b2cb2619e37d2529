/** What every list answers beside its rows: numbered pages, values with counts, ids; and who learns nothing by them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Session } from '../../../shared/core/session.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'lists' })
  world = await buildWorld(app)
  for (let at = 0; at < 25; at++) {
    const title = `Filage ${String(at).padStart(2, '0')}`
    const kind = at % 5 === 0 ? 'rehearsal' : 'show'
    await app.ask('mission.create', {
      project_id: world.a.project, title, kind, start_at: '2026-12-01T08:00:00.000Z', end_at: '2026-12-01T10:00:00.000Z', zone: 'Europe/Paris', ...(at === 3 ? { day_code: 'J9' } : {}),
    })
  }
})
afterAll(() => app.close())

const missions = (input: object, session?: Session) => app.ask('mission.list', { project_id: world.a.project, sort: ['title'], ...input }, session)
const titles = (answer: Record<string, unknown>): unknown[] => (answer['items'] as Record<string, unknown>[]).map((row) => row['title'])
const persona = (name: string): Session => {
  const found = world.personas.find((one) => one.name === name)
  if (!found) throw new Error(`nobody is ${name}`)
  return found.session
}

describe('numbered pages', () => {
  it('follow each other without a gap and count the whole', async () => {
    const whole = await missions({ limit: 200 })
    const pages = [await missions({ limit: 10, page: 1 }), await missions({ limit: 10, page: 2 }), await missions({ limit: 10, page: 3 })]
    expect(pages.flatMap(titles)).toEqual(titles(whole).slice(0, 30))
    expect(new Set(pages.map((page) => page['total']))).toEqual(new Set([whole['total']]))
  })
  it('beyond the last are empty and still count the whole', async () => {
    const far = await missions({ limit: 50, page: 9, filter: { kind: 'rehearsal' } })
    expect([titles(far), far['next_cursor']]).toEqual([[], null])
    expect(far['total']).toBe((await missions({ filter: { kind: 'rehearsal' } }))['total'])
  })
})

describe('filters that leave out', () => {
  it('a value, several values, and keep rows where nothing is written', async () => {
    const all = Number((await missions({}))['total'])
    const shows = Number((await missions({ filter: { kind: 'show' } }))['total'])
    const both = Number((await missions({ filter: { kind: ['show', 'rehearsal'] } }))['total'])
    expect((await missions({ filter: { kind: { not: 'show' } } }))['total']).toBe(all - shows)
    expect((await missions({ filter: { kind: { not: ['show', 'rehearsal'] } } }))['total']).toBe(all - both)
    const away = await missions({ filter: { location_id: { not: world.a.location } }, limit: 200 })
    expect(titles(away)).toContain('Filage 07')
  })
  it('what is empty, alone or among values', async () => {
    const all = Number((await missions({}))['total'])
    const nowhere = Number((await missions({ filter: { location_id: null } }))['total'])
    const here = Number((await missions({ filter: { location_id: world.a.location } }))['total'])
    expect(nowhere).toBeGreaterThanOrEqual(25)
    expect((await missions({ filter: { location_id: [world.a.location, null] } }))['total']).toBe(nowhere + here)
    expect((await missions({ filter: { location_id: { not: null } } }))['total']).toBe(all - nowhere)
    expect((await missions({ filter: { location_id: { not: [null, world.a.location] } } }))['total']).toBe(all - nowhere - here)
  })
})

describe('values with their counts', () => {
  it('of a column are counted under the other filters, not its own', async () => {
    const answer = await missions({ filter: { kind: 'rehearsal', location_id: null }, facets: ['kind', 'location_id'] })
    const facets = answer['facets'] as Record<string, { value: unknown; count: number }[]>
    for (const { value, count } of facets['kind'] ?? []) expect((await missions({ filter: { kind: value, location_id: null } }))['total']).toBe(count)
    expect(facets['kind']?.map((one) => one.value)).toEqual(expect.arrayContaining(['show', 'rehearsal']))
    expect(facets['location_id']).toContainEqual({ value: null, count: answer['total'] })
  })
  it('of yes-or-no columns are yes or no', async () => {
    const answer = await missions({ facets: ['locked'] })
    expect((answer['facets'] as Record<string, { value: unknown }[]>)['locked']?.map((one) => typeof one.value)).toEqual(['boolean'])
  })
  it('cost nothing when nobody asked, and are refused for a column the list does not filter', async () => {
    expect(await missions({})).not.toHaveProperty('facets')
    expect(await app.refused('mission.list', { facets: ['lock_reason'] })).toBe('validation.invalid')
  })
  it('count only what the person may see', async () => {
    const answer = await app.ask('mission.list', { facets: ['id'], limit: 200 }, persona('viewer of A'))
    const facets = answer['facets'] as Record<string, { value: unknown; count: number }[]>
    expect(new Set(facets['id']?.map((one) => one.value))).toEqual(new Set((answer['items'] as Record<string, unknown>[]).map((row) => row['id'])))
    expect((await app.ask('mission.list', { facets: ['id'] }))['total']).toBeGreaterThan(Number(answer['total']))
  })
  it('of a column that the person may not read are refused, like a filter on it', async () => {
    const input = { facets: ['external_id'] }
    expect(await app.refused('collaborator.list', input, persona('viewer of A'))).toBe('auth.forbidden')
    expect(await app.refused('collaborator.list', { filter: { external_id: { not: 'B-77' } } }, persona('viewer of A'))).toBe('auth.forbidden')
    expect(await app.ask('collaborator.list', input)).toHaveProperty('facets.external_id')
  })
})

describe('everything of the filter', () => {
  it('is answered as ids in the order of the list, beyond the page', async () => {
    const filter = { kind: 'rehearsal' }
    const page = await missions({ filter, limit: 2, ids: true })
    const whole = await missions({ filter, limit: 200 })
    expect(page['ids']).toEqual((whole['items'] as Record<string, unknown>[]).map((row) => row['id']))
    expect(page['items']).toHaveLength(2)
  })
  it('holds no row that the person does not see', async () => {
    const answer = await app.ask('mission.list', { ids: true, limit: 200 }, persona('member of A'))
    expect(answer['ids']).toHaveLength(Number(answer['total']))
    expect(new Set(answer['ids'] as string[])).toEqual(new Set((answer['items'] as Record<string, unknown>[]).map((row) => row['id'])))
  })
})
