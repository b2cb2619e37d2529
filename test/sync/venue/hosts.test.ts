import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHost, type Host } from '../../../main/host/host.ts'
import type { VenueServing } from '../../../shared/domain/sync/states.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'
import { until } from './laptops.ts'

const Answer = z.union([z.object({ value: z.looseObject({}) }), z.object({ error: z.looseObject({ code: z.string() }) })])
const Venue = z.object({ role: z.string(), peers: z.number(), trouble: z.string().nullable(), serving: z.object({ code: z.string(), url: z.string(), peers: z.array(z.looseObject({ name: z.string(), admitted: z.boolean() })) }).nullable() })
const Status = z.object({ phase: z.string(), mine: z.object({ waiting: z.number() }), others: z.array(z.unknown()), venue: Venue.nullable(), can: z.array(z.string()) })
const Items = z.object({ items: z.array(z.looseObject({ title: z.string() })) })

let server: TestServer
let one: TestHost
let folder: string
let two: Host
let serving: VenueServing
const data = mkdtempSync(join(tmpdir(), 'callboard-venue-server-'))

const sendTwo = async (name: string, input: unknown = {}) => Answer.parse(JSON.parse(await two.call({ client: 'karim', name, input })))
const askTwo = async (name: string, input: unknown = {}): Promise<Record<string, unknown>> => {
  const answer = await sendTwo(name, input)
  if ('error' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer.error)}`)
  return answer.value
}
const askOne = (name: string, input: unknown = {}) => one.ask('lea', name, input)
type Ask = typeof askTwo
const statusOf = async (ask: Ask) => Status.parse(await ask('sync.status'))
const titles = async (ask: Ask) => Items.parse(await ask('mission.list', { filter: {} })).items.map(({ title }) => title)
const mission = (title: string) => ({ project_id: project, title, start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' })
let project = ''

beforeAll(async () => {
  server = await startTestServer({}, { folder: data })
  one = await openTestHost()
  folder = mkdtempSync(join(tmpdir(), 'callboard-host-'))
  two = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
  project = String((await askOne('project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
}, 60_000)
afterAll(async () => {
  await two.close()
  await one.close()
  await server.stop()
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('two computers whose server is gone', () => {
  it('have nothing to serve while the organization follows no server', async () => {
    expect(await one.code('lea', 'venue.open', { address: '127.0.0.1', port: 0 })).toBe('sync.no_server')
    expect((await statusOf(askOne)).can).not.toContain('venue.open')
    await askOne('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
    const { code } = await askOne('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'planner', project_id: project })
    await askOne('sync.now')
    await askTwo('sync.join', { url: server.url, code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
    await until(async () => (await statusOf(askTwo)).phase === 'synced', 'the second follows', 30_000)
    // A computer that joins later is known after the next list of keys: here the first one is opened again.
    await one.reopen()
    await one.signIn('lea', 'lea')
    await askOne('organization.open', { id: one.org })
    await askOne('sync.now')
    expect((await statusOf(askOne)).can).toEqual(expect.arrayContaining(['venue.open', 'venue.join']))
  }, 120_000)

  it('listen on an address of this computer that was chosen, and on no other', async () => {
    await server.stop()
    const { items } = z.object({ items: z.array(z.object({ address: z.string(), loopback: z.boolean() })) }).parse(await askOne('venue.addresses'))
    expect(items).toContainEqual(expect.objectContaining({ address: '127.0.0.1', loopback: true }))
    for (const address of ['0.0.0.0', '::', '192.0.2.1', 'localhost']) expect(await one.code('lea', 'venue.open', { address, port: 0 })).toBe('venue.address')
    expect(await one.code('lea', 'venue.close')).toBe('venue.closed')
    serving = (await askOne('venue.open', { address: '127.0.0.1', port: 0 })) as unknown as VenueServing
    expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await one.code('lea', 'venue.open', { address: '127.0.0.1', port: 0 })).toBe('venue.already')
  })

  it('join by the code, and see each other’s work while nothing reaches the server', async () => {
    const wrong = await sendTwo('venue.join', { url: serving.url, code: 'K7QM-2XPB-9RTA' })
    expect(wrong).toMatchObject({ error: { code: 'venue.code' } })
    expect(await sendTwo('venue.join', { url: 'http://127.0.0.1:9', code: serving.code })).toMatchObject({ error: { code: 'venue.unreachable' } })
    await askTwo('venue.join', { url: serving.url, code: serving.code })
    await askOne('mission.create', mission('Montage chez Léa'))
    await askTwo('mission.create', mission('Montage chez Karim'))
    await until(async () => (await titles(askTwo)).includes('Montage chez Léa'), 'hers here')
    await until(async () => (await titles(askOne)).includes('Montage chez Karim'), 'his there')
    const [host, guest] = [await statusOf(askOne), await statusOf(askTwo)]
    expect(host.venue).toMatchObject({ role: 'host', peers: 1, trouble: null, serving: { code: serving.code, peers: [{ name: 'Karim Haddad', admitted: true }] } })
    expect(guest.venue).toMatchObject({ role: 'guest', trouble: null, serving: null })
    expect([host.mine.waiting, guest.mine.waiting, host.others.length]).toEqual([1, 1, 0])
  }, 60_000)

  it('bring everything to the server when it is back, once, and follow it again', async () => {
    // His computer goes home: hers brings what he entered.
    await two.close()
    server = await startTestServer({ PORT: new URL(server.url).port }, { folder: data })
    await until(async () => {
      await askOne('sync.now')
      const { mine, phase } = await statusOf(askOne)
      return mine.waiting === 0 && phase === 'synced'
    }, 'hers are settled', 40_000)
    await until(async () => (await titles(askOne)).includes('Montage chez Karim'), 'his with them')
    two = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
    await askTwo('app.sign_in', { email: 'karim@example.org', password: PASSWORD })
    await askTwo('organization.open', { id: one.org })
    await until(async () => (await statusOf(askTwo)).phase === 'synced' && (await statusOf(askTwo)).mine.waiting === 0, 'his are settled', 40_000)
    for (const ask of [askOne, askTwo]) {
      expect((await titles(ask)).toSorted()).toEqual(['Montage chez Karim', 'Montage chez Léa'])
      expect(await ask('sync.verify')).toEqual({ comparable: true, differing: [] })
    }
    expect((await statusOf(askTwo)).venue).toBeNull()
    await askOne('venue.close')
    expect((await statusOf(askOne)).venue).toBeNull()
    await expect(fetch(serving.url)).rejects.toThrow()
  }, 120_000)
})
