/** A sheet given out from two computers at once, and a print of the one checked on the other. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHost, type Host } from '../../../main/host/host.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { scanned } from '../../fixtures/scan.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'

const Answer = z.union([z.object({ value: z.looseObject({}) }), z.object({ error: z.looseObject({ code: z.string() }) })])
const Status = z.object({ phase: z.string(), mine: z.object({ waiting: z.number(), conflicts: z.number(), rejected: z.number() }) })
const Recipients = z.object({ items: z.array(z.object({ name: z.string(), state: z.string(), sent_at: z.string().nullable(), sent_by_name: z.string().nullable(), confirmed_at: z.string().nullable() })) })

type Ask = (name: string, input?: unknown) => Promise<Record<string, unknown>>
let server: TestServer
let one: TestHost
let two: Host
let folder = ''
let revision_id = ''
const people = new Map<string, string>()

const lea: Ask = (name, input) => one.ask('lea', name, input)
const karim: Ask = async (name, input = {}) => {
  const answer = Answer.parse(JSON.parse(await two.call({ client: 'karim', name, input })))
  if ('error' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer.error)}`)
  return answer.value
}
const statusOf = async (ask: Ask) => Status.parse(await ask('sync.status'))
async function until(what: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const settled = (): Promise<void> => until(async () => (await Promise.all([lea, karim].map(statusOf))).every(({ phase, mine }) => phase === 'synced' && mine.waiting === 0))
const said = async (ask: Ask) => Recipients.parse(await ask('sheet.recipients', { revision_id })).items.toSorted((a, b) => (a.name < b.name ? -1 : 1))
const tell = (ask: Ask, ...names: string[]) => ask('sheet.tell', { revision_id, collaborator_ids: names.map((name) => people.get(name)), channel: 'hand' })

beforeAll(async () => {
  server = await startTestServer()
  one = await openTestHost()
  folder = mkdtempSync(join(tmpdir(), 'callboard-host-'))
  two = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
  const project = await lea('project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr', emergency: { numbers: '112', on_site: '' } })
  const place = await lea('location.create', { name: 'Hangar des Salines', zone: 'Europe/Paris', address: '1 quai des Salines\n17000 La Rochelle', latitude: 46.16, longitude: -1.15, hospital_name: 'CH du Littoral' })
  const mission = await lea('mission.create', { project_id: project['id'], title: 'Montage', location_id: place['id'], start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' })
  for (const name of ['Ambre Quéré', 'Bruno Keller', 'Chloé Tran']) people.set(name, String((await lea('collaborator.create', { display_name: name }))['id']))
  await lea('assignment.create', { mission_id: mission['id'], people: [...people.values()].map((collaborator_id) => ({ collaborator_id })) })
  revision_id = String((await lea('sheet.prepare', { mission_id: mission['id'] }))['revision_id'])
  await lea('sheet.publish', { revision_id })
  await lea('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
  const { code } = await lea('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'org_admin', project_id: null })
  await lea('sync.now')
  await karim('sync.join', { url: server.url, code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
  await settled()
}, 120_000)
afterAll(async () => {
  await two.close()
  await one.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('a sheet given out from two computers', () => {
  it('nobody told is lost, who was told by both was told once, and neither is kept aside', async () => {
    await Promise.all([tell(lea, 'Ambre Quéré', 'Chloé Tran'), tell(karim, 'Bruno Keller', 'Chloé Tran')])
    await settled()
    await until(async () => (await said(lea)).every(({ state }) => state === 'told'))
    await until(async () => JSON.stringify(await said(karim)) === JSON.stringify(await said(lea)))
    expect((await said(lea)).map(({ name, sent_by_name }) => [name, sent_by_name]).slice(0, 2)).toEqual([['Ambre Quéré', 'Léa Martin'], ['Bruno Keller', 'Karim Haddad']])
    for (const ask of [lea, karim]) expect((await statusOf(ask)).mine).toMatchObject({ conflicts: 0, rejected: 0 })
    expect(await lea('sync.verify')).toEqual({ comparable: true, differing: [] })
  }, 60_000)

  it('a telling and a reading of the same person, each on its computer, both stand', async () => {
    await Promise.all([
      lea('sheet.confirm_read_for', { revision_id, collaborator_ids: [people.get('Ambre Quéré')], source: 'hand' }),
      karim('sheet.confirm_read_for', { revision_id, collaborator_ids: [people.get('Ambre Quéré'), people.get('Bruno Keller')], source: 'paper' }),
    ])
    await settled()
    await until(async () => (await said(lea)).filter(({ state }) => state === 'read').length === 2)
    await until(async () => JSON.stringify(await said(karim)) === JSON.stringify(await said(lea)))
    for (const ask of [lea, karim]) expect((await statusOf(ask)).mine).toMatchObject({ conflicts: 0, rejected: 0 })
  }, 60_000)

  it('a print of one computer is known on the other, without the server, with the age of what it knows', async () => {
    const { base64 } = await lea('sheet.pdf', { revision_id })
    const text = scanned(Buffer.from(String(base64), 'base64'), 300).find((one) => one.startsWith('CB1:')) ?? ''
    await server.stop()
    const answer = await karim('sheet.check_print', { text })
    expect(answer).toMatchObject({ verdict: 'current', signature: 'valid', printed: 1, alone: false })
    expect(Date.parse(String(answer['as_of']))).toBeLessThanOrEqual(Date.now())
    expect(Date.parse(String(answer['as_of']))).toBeGreaterThan(Date.now() - 300_000)
  }, 60_000)
})
