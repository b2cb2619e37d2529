/** Two records of one person become one, and no fact about either is lost. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { buildWorld, type World } from '../../fixtures/world.ts'

let app: TestOrganization
let world: World
beforeAll(async () => {
  app = await openTestOrganization({ seed: 'merging' })
  world = await buildWorld(app)
})
afterAll(() => app.close())

const window = { start_at: '2026-10-24T11:30:00.000Z', end_at: '2026-10-24T21:00:00.000Z' }
const person = async (display_name: string, more: object = {}): Promise<string> => String((await app.ask('collaborator.create', { display_name, ...more }))['id'])
const block = (collaborator_id: string, kind: string, from: string, to: string) =>
  app.ask('availability.set', { collaborator_id, zone: 'Europe/Paris', project_id: null, replace: false, kind, start_at: `2026-12-${from}T00:00:00.000Z`, end_at: `2026-12-${to}T00:00:00.000Z` })
const blocksOf = async (id: string): Promise<string[]> =>
  (await app.file.engine.all('SELECT kind, start_at, end_at FROM availability WHERE collaborator_id = ? AND deleted_at IS NULL ORDER BY start_at', [id]))
    .map((row) => `${String(row['kind'])} ${String(row['start_at']).slice(8, 10)}-${String(row['end_at']).slice(8, 10)}`)
const lastCommand = async (): Promise<unknown> => ((await app.ask('history.list', {}))['items'] as { command_id: string }[])[0]?.command_id

it('moves everything that names the merged person, files and led missions included', async () => {
  const [kept, merged] = [await person('Gardée'), await person('Doublée', { languages: ['en'], notes: 'à rappeler' })]
  const mission = await app.ask('mission.create', { project_id: world.a.project, title: 'Menée', lead_collaborator_id: merged, ...window })
  await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: merged }] })
  await app.ask('certification.create', { collaborator_id: merged, kind_id: world.ids.get('certification_kind')?.[0] })
  await app.ask('attachment.add', { project_id: null, entity: 'collaborator', entity_id: merged, name: 'carte.pdf', type: 'application/pdf', size: 1, sha256: 'b'.repeat(64) })
  await app.ask('consent.record', { collaborator_id: kept, purpose: 'image', answer: 'given', answered_on: '2026-01-01', source: 'papier' })
  await app.ask('consent.record', { collaborator_id: merged, purpose: 'image', answer: 'refused', answered_on: '2026-06-01', source: 'courriel' })
  await app.ask('collaborator.merge', { kept_id: kept, merged_id: merged })
  expect((await app.ask('mission.get', { id: mission['id'] }))['lead']).toMatchObject({ id: kept })
  const left: string[] = []
  for (const [table, column] of [['assignment', 'collaborator_id'], ['certification', 'collaborator_id'], ['mission', 'lead_collaborator_id'], ['attachment', 'entity_id'], ['consent', 'collaborator_id']] as const)
    if ((await app.file.engine.all(`SELECT id FROM ${table} WHERE ${column} = ? AND deleted_at IS NULL`, [merged])).length > 0) left.push(table)
  expect(left).toEqual([])
  expect(await app.ask('collaborator.get', { id: kept })).toMatchObject({ languages: ['en'], notes: 'à rappeler', consents: [{ purpose: 'image', answer: 'refused', answered_on: '2026-06-01' }] })
})

it('keeps every time said to be unavailable, whoever of the two it was said of', async () => {
  const [kept, merged] = [await person('Prise'), await person('Prise aussi')]
  await block(kept, 'available', '01', '10')
  await block(kept, 'unavailable', '12', '14')
  await block(kept, 'unavailable', '16', '18')
  await block(merged, 'unavailable', '03', '05')
  await block(merged, 'available', '11', '20')
  await app.ask('collaborator.merge', { kept_id: kept, merged_id: merged })
  expect(await blocksOf(kept)).toEqual([
    'available 01-03', 'unavailable 03-05', 'available 05-10', 'available 11-12', 'unavailable 12-14', 'available 14-16', 'unavailable 16-18', 'available 18-20',
  ])
  expect(await blocksOf(merged)).toEqual([])
  await app.ask('history.undo', { command_id: await lastCommand() })
  expect(await blocksOf(kept)).toEqual(['available 01-10', 'unavailable 12-14', 'unavailable 16-18'])
  expect(await blocksOf(merged)).toEqual(['unavailable 03-05', 'available 11-20'])
})

it('takes the history in archived projects and locked missions along, and gives it back', async () => {
  const [kept, merged] = [await person('Ancienne'), await person('Ancienne bis')]
  const project = await app.ask('project.create', { code: 'OLD', name: 'Passé', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr' })
  const mission = await app.ask('mission.create', { project_id: project['id'], title: 'Finie', ...window })
  await app.ask('assignment.create', { mission_id: mission['id'], people: [{ collaborator_id: merged }] })
  await app.ask('mission.lock', { id: mission['id'] })
  await app.ask('project.archive', { id: project['id'] })
  const whose = async (): Promise<unknown> => (await app.file.engine.all('SELECT collaborator_id FROM assignment WHERE mission_id = ?', [String(mission['id'])]))[0]?.['collaborator_id']
  await app.ask('collaborator.merge', { kept_id: kept, merged_id: merged })
  expect(await whose()).toBe(kept)
  await app.ask('history.undo', { command_id: await lastCommand() })
  expect(await whose()).toBe(merged)
})
