/** What only a laptop sees (signing in there, seeing as, a refusal by its own core) is in the organization's audit, once, as soon as there is a way. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { auditOf } from '../../fixtures/facts-audit.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { openHttpLine, type HttpLine } from '../../fixtures/http-line.ts'
import { signed, startTestServer, testDevice, type TestServer } from '../../fixtures/sync-server.ts'

const KARIM = 'un-autre-mot-de-passe'
const State = z.object({ device: z.object({ code: z.string() }), session: z.object({ user_id: z.string() }) })
const Status = z.looseObject({ phase: z.string(), mine: z.looseObject({ waiting: z.number() }) })
const Facts = z.looseObject({ seen_at: z.string().optional(), about: z.string().optional(), told_by: z.string().optional(), operation: z.string().optional() })

let server: TestServer
let line: HttpLine
let app: TestHost
let witness = ''
let karimId = ''
let mission = ''
const ask = (client: string) => (name: string, input?: unknown) => app.ask(client, name, input)
const [lea, karim] = [ask('lea'), ask('karim')]

async function until(what: () => Promise<boolean> | boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
/** What waits on the disk of the laptop, as whoever opens the file finds it. */
function waiting(): { action: string; person: string }[] {
  const file = new Database(join(app.folder, 'organizations', app.org, 'outbox.sqlite'), { readonly: true })
  try {
    return file.prepare<[], { action: string; person: string }>("SELECT json_extract(bytes, '$.action') AS action, person FROM security_event ORDER BY position").all()
  } finally {
    file.close()
  }
}
/** Lines of the chain that this laptop reported. */
async function reported() {
  const facts = await server.ask('GET', `orgs/${app.org}/facts`, { token: witness })
  return auditOf(facts.text).flatMap(({ action, actor, actor_kind, changes }) => {
    const told = Facts.parse(JSON.parse(String(changes)))
    return told.seen_at === undefined ? [] : [{ action: String(action), actor: actor_kind === 'device' ? 'device' : String(actor), told }]
  })
}
const linesOf = async (action: string) => (await reported()).filter((one) => one.action === action)
const isWhole = async () => (await server.ask('POST', `orgs/${app.org}/console/verify-audit`, { token: witness, body: {} })).body['ok']

beforeAll(async () => {
  server = await startTestServer()
  line = await openHttpLine(() => server.running.port)
  app = await openTestHost()
  const project = String((await lea('project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  mission = String((await lea('mission.create', { project_id: project, title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id'])
  const { code } = await lea('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'viewer', project_id: null })
  await karim('app.join', { code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
  karimId = State.parse(await karim('app.state')).session.user_id
  await lea('sync.connect', { url: line.url, code: server.running.first_code, password: PASSWORD })
  const access = await lea('server.access', { user_id: karimId })
  await karim('sync.sign_in', { code: access['code'], password: KARIM })
  const device = testDevice('temoin')
  witness = signed(await server.ask('POST', 'auth/login', { body: { email: 'lea@example.org', password: PASSWORD, device: device.identity } }), device).access
}, 60_000)
afterAll(async () => {
  await app.close()
  await line.close()
  await server.stop()
})

describe('what a laptop sees by itself', () => {
  it('is kept on its disk while there is no network, over a restart too', async () => {
    await until(() => waiting().length === 0)
    line.cut()
    expect(await app.code('nobody', 'app.sign_in', { email: 'karim@example.org', password: 'pas le bon du tout' })).toBe('auth.failed')
    expect(await app.code('karim', 'mission.update', { id: mission, version: 1, changes: { title: 'Forcée' } })).toBe('auth.forbidden')
    await lea('app.see_as', { role: 'viewer' })
    await lea('app.see_as_self')
    await lea('app.lock')
    const before = waiting()
    expect(before).toEqual([
      { action: 'security.sign_in.failed', person: karimId }, { action: 'security.permission.denied', person: karimId },
      { action: 'security.see_as.started', person: app.owner }, { action: 'security.see_as.stopped', person: app.owner }, { action: 'security.locked', person: app.owner },
    ])
    await app.reopen()
    expect(waiting()).toEqual(before)
    expect(await linesOf('security.locked')).toEqual([])
  }, 40_000)

  it('goes up when there is a way again, once, in the name of who did it, and leaves the laptop', async () => {
    await app.signIn('lea', 'lea')
    await app.signIn('karim', 'karim')
    line.mend()
    await lea('sync.now')
    await until(() => waiting().length === 0)
    await lea('sync.now')
    expect((await linesOf('security.permission.denied')).map(({ actor, told }) => [actor, told.operation])).toEqual([[karimId, 'mission.update']])
    // Its person's token was there: as an authority writes it.
    expect((await linesOf('security.sign_in.failed')).map(({ actor }) => actor)).toEqual([karimId])
    for (const action of ['security.see_as.started', 'security.see_as.stopped', 'security.locked']) expect((await linesOf(action)).map(({ actor }) => actor), action).toEqual([app.owner])
    expect((await linesOf('security.sign_in')).map(({ actor }) => actor)).toEqual(expect.arrayContaining([app.owner, karimId]))
    expect(await isWhole()).toBe(true)
  }, 40_000)

  it('goes up by itself soon after it happens, what happens together in one go, and then there is rest', async () => {
    await lea('sync.now')
    const asked = (address: string) => line.asked.filter((path) => path.endsWith(address)).length
    const before = asked('/sync/security')
    await lea('app.see_as', { role: 'viewer' })
    await lea('app.see_as_self')
    await lea('app.see_as', { role: 'member' })
    await lea('app.see_as_self')
    // Long before the next round that would come of itself.
    await until(() => waiting().length === 0, 5_000)
    const goes = asked('/sync/security') - before
    expect(goes).toBeGreaterThan(0)
    expect(goes).toBeLessThanOrEqual(2)
    const pause = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 1_500))
    await pause()
    const pulls = asked('/sync/pull')
    await pause()
    expect(asked('/sync/pull')).toBe(pulls)
  }, 20_000)

  it('is one line when the laptop stops between the server’s taking it and hearing so', async () => {
    line.loseAnswersOf('/sync/security')
    const before = (await linesOf('security.locked')).length
    await lea('app.lock')
    await lea('app.unlock', { password: PASSWORD })
    await lea('sync.now')
    await until(async () => (await linesOf('security.locked')).length === before + 1)
    expect(waiting().map(({ action }) => action)).toContain('security.locked')
    await app.reopen(() => line.loseAnswersOf(null))
    await app.signIn('lea', 'lea')
    await app.signIn('karim', 'karim')
    await lea('sync.now')
    await until(() => waiting().length === 0)
    expect((await linesOf('security.locked')).length).toBe(before + 1)
    expect((await linesOf('security.unlocked')).length).toBe(1)
    expect(await isWhole()).toBe(true)
  }, 40_000)

  it('of somebody signed out at the server waits for them, and nobody else’s waits', async () => {
    line.cut()
    await karim('app.lock')
    await karim('app.unlock', { password: PASSWORD })
    expect(await app.code('nobody', 'app.sign_in', { email: 'karim@example.org', password: 'pas le bon du tout' })).toBe('auth.failed')
    await karim('sync.sign_out')
    await lea('app.lock')
    await lea('app.unlock', { password: PASSWORD })
    const locked = (await linesOf('security.locked')).length
    line.mend()
    await lea('sync.now')
    await until(() => waiting().every(({ person }) => person === karimId))
    expect(waiting().map(({ action }) => action)).toEqual(['security.locked', 'security.unlocked'])
    expect((await linesOf('security.locked')).length).toBe(locked + 1)
    // Nobody proved to be Karim: it is told of, by whose token it came.
    expect((await linesOf('security.sign_in.failed')).slice(1)).toMatchObject([{ actor: 'device', told: { about: karimId, told_by: app.owner } }])
    await karim('sync.sign_in', { password: KARIM })
    await until(() => waiting().length === 0)
    expect((await linesOf('security.locked')).slice(locked).map(({ actor }) => actor)).toEqual([app.owner, karimId])
  }, 60_000)

  it('stays where it is under a server that has no such address, and everything else goes on', async () => {
    line.withoutAddress('/sync/security')
    await lea('app.lock')
    await lea('app.unlock', { password: PASSWORD })
    await lea('mission.update', { id: mission, version: 1, changes: { title: 'Montage du gradin' } })
    await until(async () => {
      const { phase, mine } = Status.parse(await lea('sync.status'))
      return phase === 'synced' && mine.waiting === 0
    })
    expect(waiting().map(({ action }) => action)).toEqual(['security.locked', 'security.unlocked'])
    const times = line.asked.filter((path) => path.endsWith('/sync/security')).length
    for (let n = 0; n < 5; n++) await lea('sync.now')
    // Not asked at every round.
    expect(line.asked.filter((path) => path.endsWith('/sync/security')).length - times).toBeLessThanOrEqual(1)
    line.withoutAddress(null)
    await app.reopen()
    await app.signIn('lea', 'lea')
    await lea('sync.now')
    await until(() => waiting().length === 0)
    expect(await isWhole()).toBe(true)
  }, 60_000)

  it('comes into the chain of this computer when the organization leaves its server before it was sent', async () => {
    line.withoutAddress('/sync/security')
    await lea('app.lock')
    await lea('app.unlock', { password: PASSWORD })
    await lea('sync.leave', { password: PASSWORD })
    const { items } = z.object({ items: z.array(z.object({ action: z.string(), actor: z.string(), device: z.string(), changes: Facts })) }).parse(await lea('audit.list', { limit: 200 }))
    const own = items.filter(({ action, changes }) => changes.seen_at !== undefined && (action === 'security.locked' || action === 'security.unlocked'))
    expect(own.slice(0, 2).map(({ action, actor }) => [action, actor])).toEqual([['security.unlocked', app.owner], ['security.locked', app.owner]])
    expect(await lea('audit.verify')).toMatchObject({ whole: true })
  }, 60_000)
})
