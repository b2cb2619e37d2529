/** What is not sent when somebody signs out, leaves, or takes the organization off a computer; and what a window is told while one goes up. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'
import { countedFacts, countedRows, type Move } from '../../../main/sync/progress.ts'

const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
const Parcel = z.object({ text: z.string(), name: z.string(), commands: z.number() })
const Progress = z.object({ move: z.object({ step: z.string(), done: z.number(), of: z.number().nullable() }).nullable() })

let server: TestServer
let folder: string
let app: TestHost
let mission = ''
let karim = ''
const lea = (name: string, input?: unknown) => app.ask('lea', name, input)
const retitle = async (title: string): Promise<unknown> => {
  const [row] = Items.parse(await lea('mission.list', { filter: { id: mission } })).items
  return lea('mission.update', { id: mission, version: row?.['version'], changes: { title } })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-sync-server-'))
  server = await startTestServer({}, { folder })
  app = await openTestHost()
  const project = String((await lea('project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  mission = String((await lea('mission.create', { project_id: project, title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id'])
  const { code } = await lea('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'viewer', project_id: null })
  const joined = await app.ask('karim', 'app.join', { code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
  karim = z.object({ session: z.object({ user_id: z.string() }) }).parse(joined).session.user_id
}, 60_000)
afterAll(async () => {
  await app.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

async function* lines(texts: readonly string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text)
}
async function all(given: AsyncIterable<string>): Promise<string[]> {
  const taken: string[] = []
  for await (const line of given) taken.push(line)
  return taken
}

describe('an organization on its way', () => {
  it('goes up unchanged, and tells how many of its rows the network has taken', async () => {
    const head = JSON.stringify({ format: 'callboard-facts', version: 1, schema: 1, app_version: 'test', org: app.org, at: '2026-10-24T08:00:00.000Z', tables: [{ name: 'mission', columns: ['id'], rows: 2 }, { name: 'project', columns: ['id'], rows: 1 }] })
    const given = [head, '[0,"a"]', '[0,"b"]', '[1,"c"]', '{"trailer":{}}']
    const told: Move[] = []
    expect(await all(countedFacts(lines(given), (move) => told.push(move)))).toEqual(given)
    expect(told.map(({ step, done, of }) => [step, done, of])).toEqual([['sending', 0, 3], ['sending', 1, 3], ['sending', 2, 3], ['sending', 3, 3], ['sending', 3, 3], ['checking', 3, 3]])
    const came: Move[] = []
    expect(await all(countedRows(lines(['head', 'a', 'b', 'trailer']), (move) => came.push(move)))).toHaveLength(4)
    expect(came.map(({ done }) => done)).toEqual([0, 1, 2, 3])
  })
  it('is told to the window that connects it, step by step, and to no other', async () => {
    const seen = new Set<string>()
    let over = false
    const look = async (): Promise<void> => {
      while (!over) {
        const { move } = Progress.parse(await lea('sync.progress'))
        if (move) seen.add(move.step)
        expect(Progress.parse(await app.ask('elsewhere', 'sync.progress')).move).toBeNull()
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
    const looking = look()
    await lea('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
    over = true
    await looking
    expect([...seen]).toContain('account')
    expect(seen.size).toBeGreaterThan(1)
    expect(Progress.parse(await lea('sync.progress')).move).toBeNull()
  }, 60_000)
})

describe('an organization that is taken off a computer', () => {
  it('is refused to somebody who would take away the work of others', async () => {
    expect(await app.code('karim', 'sync.remove', { password: PASSWORD })).toBe('sync.sign_in_first')
    const { code } = await lea('server.access', { user_id: karim })
    await app.ask('karim', 'sync.sign_in', { password: PASSWORD, code })
    expect(z.object({ can: z.array(z.string()) }).parse(await app.ask('karim', 'sync.status')).can).not.toContain('sync.remove')
    expect(await app.code('karim', 'sync.remove', { password: PASSWORD })).toBe('auth.forbidden')
  })
  it('is refused while something is unsent that nobody was told of, with how many', async () => {
    await lea('sync.now')
    await server.stop()
    await retitle('Montage de nuit')
    await retitle('Montage de nuit, gradin')
    expect(await app.refusal('lea', 'sync.remove', { password: PASSWORD })).toMatchObject({ code: 'sync.unsent', unsent: '2' })
    expect(await app.refusal('lea', 'sync.remove', { password: PASSWORD, given_up: 1 })).toMatchObject({ code: 'sync.unsent', unsent: '2' })
    expect(await app.code('lea', 'sync.remove', { password: 'pas le bon', given_up: 2 })).toBe('auth.failed')
    const [row] = Items.parse(await lea('mission.list', { filter: { id: mission } })).items
    expect(row?.['title']).toBe('Montage de nuit, gradin')
  }, 60_000)
  it('goes with what was given up, whose file holds it; the server keeps the rest, and both come together again', async () => {
    const parcel = Parcel.parse(await lea('sync.export'))
    expect(parcel.commands).toBe(2)
    expect(await app.code('lea', 'sync.remove', { password: PASSWORD, given_up: 2 })).toBe('done')
    expect(existsSync(join(app.folder, 'organizations', app.org))).toBe(false)
    expect(z.object({ organizations: z.array(z.unknown()) }).parse(await lea('app.state')).organizations).toEqual([])
    expect(await app.code('lea', 'mission.list', {}, { org: app.org })).toBe('organization.not_found')

    server = await startTestServer({ PORT: String(server.running.port) }, { folder })
    const { brought } = z.object({ brought: z.array(z.looseObject({ id: z.string() })) }).parse(await app.ask('lea', 'sync.add', { url: server.url, email: 'lea@example.org', password: PASSWORD }))
    expect(brought.map(({ id }) => id)).toEqual([app.org])
    const title = async (): Promise<unknown> => Items.parse(await lea('mission.list', { filter: { id: mission } })).items[0]?.['title']
    expect(await title()).toBe('Montage')
    expect(await lea('sync.import', { text: parcel.text })).toMatchObject({ commands: 2 })
    expect(await title()).toBe('Montage de nuit, gradin')
  }, 60_000)
})
