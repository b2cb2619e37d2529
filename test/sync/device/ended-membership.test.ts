/** Somebody who is taken out of an organization keeps nothing of it on a computer they share; who lets them in again gives all of it back. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'
import { until } from '../kills/processes.ts'

const Status = z.looseObject({ phase: z.string(), mine: z.looseObject({ waiting: z.number() }) })
const Items = z.object({ items: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
const THERE = 'un-autre-mot-de-passe'

let folder = ''
let server: TestServer
let app: TestHost
let karim = ''

const statusOf = async (client: string) => Status.parse(await app.ask(client, 'sync.status'))
const synced = async (client: string): Promise<boolean> => {
  const { phase, mine } = await statusOf(client)
  return phase === 'synced' && mine.waiting === 0
}
const skills = async (client: string) => Items.parse(await app.ask(client, 'skill.list', {})).items.map(({ name }) => name)
const view = (user: string): string => join(app.folder, 'organizations', app.org, 'replicas', `${user}.sqlite`)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-left-'))
  server = await startTestServer({}, { folder })
  app = await openTestHost()
  const { code } = await app.ask('lea', 'invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'org_admin', project_id: null })
  await app.ask('karim', 'app.join', { code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
  karim = z.object({ session: z.object({ user_id: z.string() }) }).parse(await app.ask('karim', 'app.state')).session.user_id
  await app.ask('lea', 'sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
  const access = await app.ask('lea', 'server.access', { user_id: karim })
  await app.ask('karim', 'sync.sign_in', { code: access['code'], password: THERE })
  await until('both exchange', async () => (await synced('lea')) && (await synced('karim')))
}, 60_000)
afterAll(async () => {
  await app.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('a membership that is ended', () => {
  it('leaves nothing that only its person held, holds up nobody else, and comes back whole when it is given back', async () => {
    await app.ask('karim', 'skill.create', { name: 'Cintrier' })
    await until('it is sent', async () => (await synced('lea')) && (await synced('karim')))
    const [member] = z.object({ items: z.array(z.looseObject({ id: z.string() })) }).parse(await app.ask('lea', 'member.list', { filter: { user_id: karim } })).items
    await app.ask('lea', 'member.remove', { id: member?.id })
    const { undo: removal } = await app.ask('lea', 'history.list', {})
    await until('his view is gone', () => Promise.resolve(!existsSync(view(karim))))
    expect(await app.code('karim', 'skill.list', {})).toBe('organization.not_found')
    await app.ask('lea', 'skill.create', { name: 'Rigger' })
    await until('hers goes on', () => synced('lea'))

    await app.ask('lea', 'history.undo', { command_id: removal })
    await until('it is undone at the server', () => synced('lea'))
    await app.ask('karim', 'sync.sign_in', { password: THERE })
    await until('he follows again', () => synced('karim'))
    expect((await skills('karim')).toSorted()).toEqual(['Cintrier', 'Rigger'])
  }, 60_000)
})
