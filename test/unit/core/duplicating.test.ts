import { afterEach, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld } from '../../fixtures/world.ts'

let opened: TestOrganization | null = null
afterEach(async () => {
  await opened?.close()
  opened = null
})

it('copies a mission without what was removed since: the person stays, the crew role and the rate card do not; who left is left out', async () => {
  const app = (opened = await openTestOrganization({ seed: 'duplicating' }))
  const world = await buildWorld(app)
  const role = (await app.ask('crew_role.create', { name: 'Rôle passager' }))['id']
  const card = (await app.ask('rate_card.create', { name: 'Tarif passager', basis: 'daily', amount_minor: 20_000, currency: 'EUR' }))['id']
  const gone = (await app.ask('collaborator.create', { display_name: 'Partie Depuis' }))['id']
  const source = (await app.ask('mission.create', { project_id: world.a.project, title: 'Source', lead_collaborator_id: gone, start_at: '2026-10-21T08:00:00.000Z', end_at: '2026-10-21T18:00:00.000Z' }))['id']
  await app.ask('need.create', { mission_id: source, crew_role_id: role })
  await app.ask('assignment.create', { mission_id: source, people: [{ collaborator_id: world.stranger, crew_role_id: role, rate_card_id: card }, { collaborator_id: gone }] })
  await app.ask('crew_role.remove', { id: role })
  await app.ask('rate_card.remove', { id: card })
  app.at('2026-11-20T08:00:00.000Z')
  await app.ask('collaborator.remove', { id: gone })
  const copy = await app.ask('mission.duplicate', { id: source, days: 1, with_assignments: true })
  expect((await app.ask('assignment.list', { filter: { mission_id: copy['id'] } }))['items']).toMatchObject([{ collaborator_id: world.stranger, crew_role_id: null, rate_card_id: null, rate_minor: 20_000 }])
  expect(await app.ask('mission.get', { id: copy['id'] })).toMatchObject({ lead_collaborator_id: null, needs: [] })
})

const at = (day: number, hour: number): string => new Date(Date.UTC(2026, 9, day, hour)).toISOString()

it('copies a week with what waits for what in it, at the same time on the clock, as often as asked, and takes all of it back at once', async () => {
  const app = (opened = await openTestOrganization({ seed: 'week' }))
  const world = await buildWorld(app)
  const project_id = world.a.project
  const make = async (title: string, day: number): Promise<unknown> => (await app.ask('mission.create', { project_id, title, start_at: at(day, 16), end_at: at(day, 22) }))['id']
  const [build, show, apart] = [await make('Montage', 20), await make('Jeu', 21), await make('Autre', 21)]
  const role = world.ids.get('crew_role')?.[0]
  const post = (await app.ask('need.create', { mission_id: show, crew_role_id: role, head_count: 2 }))['id']
  await app.ask('assignment.create', { mission_id: show, people: [{ collaborator_id: world.stranger, need_id: post, call_at: at(21, 15) }] })
  for (const [before_mission_id, after_mission_id] of [[build, show], [build, apart]]) await app.ask('dependency.add', { project_id, before_mission_id, after_mission_id, lag_minutes: 60 })

  const { ids } = await app.ask('mission.duplicate_many', { ids: [build, show], days: 7, repeat: 2, with_assignments: true })
  const copies = ids as string[]
  expect(copies).toHaveLength(4)
  const shown = []
  for (const id of copies) {
    const one = await app.ask('mission.get', { id })
    shown.push([one['title'], one['start_at'], (one['waits_for'] as { id: string }[]).length, (one['needs'] as { held: number; head_count: number }[]).map(({ head_count, held }) => `${held}/${head_count}`)])
  }
  // 18:00 in Paris, before and after the night of the 25th.
  expect(shown).toEqual([['Montage', at(27, 17), 0, []], ['Jeu', at(28, 17), 1, ['1/2']], ['Montage', at(34, 17), 0, []], ['Jeu', at(35, 17), 1, ['1/2']]])
  const planned = (await app.ask('assignment.list', { filter: { mission_id: copies[3] } }))['items'] as Record<string, unknown>[]
  expect(planned).toMatchObject([{ state: 'planned', call_at: at(35, 16), start_at: at(35, 17) }])

  const total = Number((await app.ask('mission.list', {}))['total'])
  await app.ask('history.undo', { command_id: (await app.ask('history.list', {}))['undo'] })
  expect((await app.ask('mission.list', {}))['total']).toBe(total - 4)
  expect((await app.ask('assignment.list', { filter: { mission_id: copies } }))['total']).toBe(0)
})

it('refuses to copy more rows than one command writes, and says how many they are', async () => {
  const app = (opened = await openTestOrganization({ seed: 'too-many' }))
  const world = await buildWorld(app)
  const [first] = world.a.missions
  await app.ask('assignment.create', { mission_id: first, people: Array.from({ length: 100 }, () => ({ collaborator_id: world.stranger })) })
  const answer = await app.core.execute({ name: 'mission.duplicate_many', input: { ids: [first], days: 1, repeat: 5, with_assignments: true } }, app.owner)
  expect(answer).toMatchObject({ error: { code: 'validation.invalid', details: [{ field: 'ids', issue: 'too_many_rows', expected: '500' }] } })
  expect(await app.refused('mission.duplicate_many', { ids: [first], days: 0, with_assignments: false })).toBe('validation.invalid')
})
