/** A link copied on a laptop: the server makes it, of what was asked a moment before; without one, and without a network, the laptop says so plainly. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'

let server: TestServer
let host: TestHost
let question = ''
const lea = (name: string, input?: unknown) => host.ask('lea', name, input)
const refused = (name: string, input?: unknown) => host.code('lea', name, input)
const asked = (acceptance_id = question) => ({ kind: 'answer', acceptance_id })

beforeAll(async () => {
  server = await startTestServer()
  host = await openTestHost()
  const { crew_roles: [role] } = (await lea('organization.get')) as { crew_roles: { id: string }[] }
  const { id: project_id } = await lea('project.create', { code: 'SUITE', name: 'Grandes Marées', zone: 'Europe/Paris', currency: 'EUR', start_at: '2027-06-10T00:00:00.000Z', end_at: '2027-06-19T00:00:00.000Z', document_language: 'fr' })
  const { id: mission_id } = await lea('mission.create', { project_id, title: 'Ouverture', day_code: 'J1', kind: 'show', start_at: '2027-06-12T12:00:00.000Z', end_at: '2027-06-12T20:00:00.000Z', zone: 'Europe/Paris' })
  const { id: collaborator_id } = await lea('collaborator.create', { display_name: 'Inès Morvan' })
  const { ids: [id] } = (await lea('assignment.create', { mission_id, people: [{ collaborator_id, crew_role_id: role?.id, rate_basis: 'daily', rate_minor: 21_000, rate_currency: 'EUR' }] })) as { ids: string[] }
  const { acceptance_ids } = (await lea('assignment.propose', { changes: [{ id, version: 1, deadline_at: '2027-06-11T08:00:00.000Z' }] })) as { acceptance_ids: string[] }
  question = acceptance_ids[0] ?? ''
}, 120_000)
afterAll(async () => {
  await server.stop()
  await host.close()
})

it('a computer without a server has no link to give', async () => {
  expect(await refused('link.give', asked())).toBe('sync.no_server')
  expect(await refused('link.give', { kind: 'answer' })).toBe('validation.invalid')
})
it('the server makes the link, of what was revoked a moment before too', async () => {
  await lea('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
  const { url, until } = (await lea('link.give', asked())) as { url: string; until: string }
  expect([url.startsWith(`${server.url}/a/`), until]).toEqual([true, '2027-06-11T08:00:00.000Z'])
  expect((await fetch(url)).status).toBe(200)
  const { version } = (await lea('engagement.list', { filter: { id: question } }) as { items: { version: number }[] }).items[0] ?? { version: 1 }
  await lea('acceptance.revoke_link', { id: question, version })
  // The revoking goes up first: the link that comes back is the next one.
  const next = String((await lea('link.give', asked()))['url'])
  expect([next === url, (await fetch(url)).status, (await fetch(next)).status]).toEqual([false, 404, 200])
  expect(await refused('link.give', asked('11111111-1111-4111-8111-111111111111'))).toBe('link.not_there')
})
it('without a network it says that the server does not answer', async () => {
  await server.stop()
  expect(await refused('link.give', asked())).toBe('sync.unreachable')
})
