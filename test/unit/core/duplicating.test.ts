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
