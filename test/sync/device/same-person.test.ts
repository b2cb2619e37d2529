import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createHost, type Host } from '../../../main/host/host.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { serverSays } from '../../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'

const Answer = z.union([z.object({ value: z.looseObject({}) }), z.object({ error: z.looseObject({ code: z.string() }) })])
const Status = z.object({ phase: z.string(), mine: z.object({ waiting: z.number() }) })
const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
const THERE = 'un-autre-mot-au-serveur'
const WRONG = 'pas-le-bon-du-tout'

let server: TestServer
let one: TestHost
let project = ''
let mission = ''
let second = ''

interface Computer {
  folder: string
  host: Host
  ask(name: string, input?: unknown, client?: string): Promise<Record<string, unknown>>
  code(name: string, input?: unknown, client?: string): Promise<string>
}
const computers: Computer[] = []
async function openComputer(): Promise<Computer> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-host-'))
  const host = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
  const send = async (name: string, input: unknown = {}, client = 'here') => Answer.parse(JSON.parse(await host.call({ client, name, input })))
  const computer: Computer = {
    folder, host,
    async ask(name, input, client) {
      const answer = await send(name, input, client)
      if ('error' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer.error)}`)
      return answer.value
    },
    async code(name, input, client) {
      const answer = await send(name, input, client)
      return 'error' in answer ? answer.error.code : 'done'
    },
  }
  computers.push(computer)
  return computer
}
async function until(what: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
type Ask = (name: string, input?: unknown) => Promise<unknown>
const lea: Ask = (name, input) => one.ask('lea', name, input)
const rowOn = async (ask: Ask) => Items.parse(await ask('mission.list', { filter: { id: mission } })).items[0]
const titleOn = async (ask: Ask): Promise<unknown> => (await rowOn(ask))?.['title']
const retitle = async (ask: Ask, title: string): Promise<unknown> => ask('mission.update', { id: mission, version: (await rowOn(ask))?.['version'], changes: { title } })
const named = (found: unknown): string[] => z.array(z.object({ id: z.string() })).parse(found).map(({ id }) => id).sort()
const account = (password = THERE) => ({ url: server.url, email: 'lea@example.org', password })
const first_run = { name: 'Léa Martin', email: 'lea@example.org', password: PASSWORD, language: 'fr', theme: 'light' }

beforeAll(async () => {
  server = await startTestServer()
  one = await openTestHost()
  project = String((await one.ask('lea', 'project.create', { code: 'NBL', name: 'Nuit blanche', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr' }))['id'])
  mission = String((await one.ask('lea', 'mission.create', { project_id: project, title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id'])
  await lea('sync.connect', { url: server.url, code: server.running.first_code, password: THERE })
  second = String((await one.ask('lea', 'organization.create', { name: 'La Jetée', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' }))['id'])
  await lea('organization.open', { id: second })
  await lea('sync.connect', { url: server.url, code: server.running.first_code, password: THERE })
}, 60_000)
afterAll(async () => {
  for (const { host, folder } of computers) {
    await host.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  await one.close()
  await server.stop()
})

describe('another computer of the same person', () => {
  it('is told nothing about who exists by a wrong password, and changes nothing', async () => {
    const other = await openComputer()
    expect(await other.code('sync.add', account(WRONG))).toBe('auth.failed')
    expect(await other.code('sync.add', { ...account(WRONG), email: 'personne@example.org' })).toBe('auth.failed')
    expect((await other.ask('app.people'))['items']).toEqual([])
    expect(existsSync(join(other.folder, 'organizations')) ? readdirSync(join(other.folder, 'organizations')) : []).toEqual([])
  }, 30_000)
  it('says that a server does not answer, or is none', async () => {
    const other = await openComputer()
    expect(await other.code('sync.add', { ...account(), url: 'http://127.0.0.1:9' })).toBe('sync.unreachable')
    expect(await other.code('sync.add', { ...account(), url: 'ftp://example.org' })).toBe('validation.invalid')
    expect((await other.ask('app.people'))['items']).toEqual([])
  }, 30_000)
  it('gets every organization of the account, under the same sign-in, and exchanges', async () => {
    const other = await openComputer()
    const added = await other.ask('sync.add', account())
    expect(added).toMatchObject({ session: { user_id: one.owner, email: 'lea@example.org' }, held: [], left: [] })
    expect(named(added['brought'])).toEqual([one.org, second].sort())
    await other.ask('organization.open', { id: one.org })
    expect(await titleOn(other.ask)).toBe('Montage')
    await until(async () => Status.parse(await other.ask('sync.status')).phase === 'synced')
    await retitle(other.ask, 'Montage du gradin')
    await until(async () => Status.parse(await other.ask('sync.status')).mine.waiting === 0)
    await lea('organization.open', { id: one.org })
    await until(async () => (await titleOn(lea)) === 'Montage du gradin')
    await retitle(lea, 'Montage du grand gradin')
    await until(async () => (await titleOn(other.ask)) === 'Montage du grand gradin')
    expect(await other.ask('sync.verify')).toEqual({ comparable: true, differing: [] })
    // The password of the server opens this computer.
    await other.ask('app.sign_out')
    await other.ask('app.sign_in', { email: 'lea@example.org', password: THERE })
    await other.ask('organization.open', { id: one.org })
    expect(await titleOn(other.ask)).toBe('Montage du grand gradin')
    // Asked again, nothing is brought twice.
    expect(await other.ask('sync.add', account())).toMatchObject({ brought: [], held: [{}, {}], left: [] })
  }, 60_000)
  it('comes in with the code alone that an administrator gave: it says who they are, and sets the password', async () => {
    await lea('organization.open', { id: one.org })
    // Of somebody of several organizations of the server, it is whoever runs it who gives the code.
    expect(await one.code('lea', 'server.access', { user_id: one.owner })).toBe('auth.forbidden')
    const given = serverSays(server.folder, ['codes', 'member', 'lea@example.org']).stdout.trim()
    const other = await openComputer()
    expect(await other.code('sync.add', { url: server.url, password: THERE })).toBe('validation.invalid')
    expect(await other.code('sync.add', { url: server.url, code: given.replace(/^..../, 'AAAA'), password: THERE })).toBe('invitation.unusable')
    const added = await other.ask('sync.add', { url: server.url, code: given, password: THERE })
    expect(added).toMatchObject({ session: { user_id: one.owner, email: 'lea@example.org' } })
    expect(named(added['brought'])).toEqual([one.org, second].sort())
    await until(async () => Status.parse(await other.ask('sync.status')).phase === 'synced')
    // Her other computer was signed out by it, and goes on after a sign-in.
    await until(async () => Status.parse(await lea('sync.status')).phase === 'needs_sign_in')
    await lea('sync.sign_in', { password: THERE })
    for (const id of [second, one.org]) {
      await lea('organization.open', { id })
      await until(async () => Status.parse(await lea('sync.status')).phase === 'synced')
    }
  }, 60_000)
  it('also through the form that asks for an invitation, where a person says every code they were given', async () => {
    const given = serverSays(server.folder, ['codes', 'member', 'lea@example.org']).stdout.trim()
    const other = await openComputer()
    expect(await other.ask('sync.join', { url: server.url, code: given, name: 'Léa', email: 'lea@example.org', password: THERE })).toMatchObject({ session: { user_id: one.owner } })
    await until(async () => Status.parse(await lea('sync.status')).phase === 'needs_sign_in')
    await lea('sync.sign_in', { password: THERE })
  }, 60_000)
  it('makes a sign-in that belongs to nothing yet the one of the account, once its person has proved it', async () => {
    const other = await openComputer()
    const former = (await other.ask('app.first_run', first_run))['user_id']
    await other.ask('app.set_preference', { name: 'density', value: 'compact' })
    await other.ask('app.sign_out')
    expect(await other.code('sync.add', account())).toBe('sync.other_password')
    expect(await other.code('sync.add', { ...account(), password_here: WRONG })).toBe('sync.other_password')
    expect(await other.ask('sync.add', { ...account(), password_here: PASSWORD })).toMatchObject({ session: { user_id: one.owner }, preferences: { density: 'compact' } })
    expect(former).not.toBe(one.owner)
    await until(async () => Status.parse(await other.ask('sync.status')).phase === 'synced')
    // One sign-in, opened by the password it had here.
    expect((await other.ask('app.people'))['items']).toMatchObject([{ user_id: one.owner }])
    await other.ask('app.sign_out')
    expect(await other.code('app.sign_in', { email: 'lea@example.org', password: PASSWORD })).toBe('done')
    await other.ask('organization.open', { id: one.org })
    expect(await other.ask('sync.verify')).toEqual({ comparable: true, differing: [] })
  }, 60_000)
  it('keeps to what it is where the e-mail is the sign-in of somebody who belongs to something here, and comes under another', async () => {
    const other = await openComputer()
    await other.ask('app.first_run', first_run)
    const own = (await other.ask('organization.create', { name: 'À elle seule', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' }))['id']
    expect(await other.code('sync.add', account())).toBe('sync.other_sign_in')
    expect((await other.ask('app.state'))['organizations']).toMatchObject([{ id: own }])
    const here = { email_here: 'lea.regie@example.org' }
    expect(await other.code('sync.add', { ...account(), email_here: 'lea@example.org' }, 'second')).toBe('record.taken')
    expect(await other.ask('sync.add', { ...account(), ...here }, 'second')).toMatchObject({ session: { user_id: one.owner, email: here.email_here } })
    // Two sign-ins, each with its own.
    await other.ask('app.sign_in', { email: here.email_here, password: THERE }, 'second')
    await other.ask('organization.open', { id: one.org }, 'second')
    expect(await titleOn((name, input) => other.ask(name, input, 'second'))).toBe(await titleOn(lea))
    expect((await other.ask('app.state'))['organizations']).toMatchObject([{ id: own }])
    // Signing in at the server again is with the e-mail there.
    await other.ask('sync.sign_out', {}, 'second')
    await other.ask('sync.sign_in', { password: THERE }, 'second')
    await until(async () => Status.parse(await other.ask('sync.status', {}, 'second')).phase === 'synced')
  }, 60_000)
  it('asks for the password here of a sign-in that has its own, unless its person is signed in', async () => {
    expect(await one.code('stranger', 'sync.add', account())).toBe('sync.other_password')
    expect(await one.code('stranger', 'sync.add', { ...account(), password_here: WRONG })).toBe('sync.other_password')
    expect(await one.code('stranger', 'organization.list')).toBe('auth.required')
    // Whose password at the server it was is not signed out by that.
    await lea('sync.now')
    expect(Status.parse(await lea('sync.status')).phase).toBe('synced')
    expect(await one.ask('stranger', 'sync.add', { ...account(), password_here: PASSWORD })).toMatchObject({ session: { user_id: one.owner }, brought: [], held: [{}, {}] })
    expect(await one.code('lea', 'sync.add', account())).toBe('done')
  }, 30_000)
  it('believes no server that says the id of somebody of this computer', async () => {
    const later = '2099-01-01T00:00:00.000Z'
    const session = { user_id: one.owner, name: 'Léa Martin', email: 'lea@example.org', administrator: false, access: 'a', access_expires_at: later, refresh: 'r', refresh_expires_at: later, server_time: later }
    const orgs = [{ id: one.org, name: 'Le Phare' }]
    const pretending = createServer((request, response) => {
      const answer = request.url?.endsWith('/join') ? { ...session, email: 'autre@example.org', orgs, org: one.org } : request.url?.endsWith('/login') ? { ...session, orgs } : { status: 'ok', timestamp: later, checks: {} }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer))
    })
    await new Promise<void>((resolve) => pretending.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(pretending.address() as AddressInfo).port}`
    try {
      expect(await one.code('intruder', 'sync.add', { url, email: 'autre@example.org', password: WRONG })).toBe('sync.other_password')
      expect(await one.code('intruder', 'sync.join', { url, code: 'ABCD-EFGH-JKMN', name: 'Autre', email: 'autre@example.org', password: WRONG })).toMatch(/^sync\.other_|^auth\.delayed$/)
      expect(await one.code('intruder', 'mission.list')).toBe('auth.required')
    } finally {
      await new Promise((resolve) => pretending.close(resolve))
    }
  }, 30_000)
  it('leaves alone an organization whose authority is this computer, and says so', async () => {
    await one.signIn('lea', 'lea')
    await lea('organization.open', { id: second })
    await lea('sync.leave', { password: PASSWORD })
    expect(await one.ask('lea', 'sync.add', account())).toMatchObject({ brought: [], held: [{ id: one.org }], left: [{ id: second, name: 'La Jetée', code: 'sync.already_here' }] })
    await lea('organization.open', { id: second })
    expect(Status.parse(await lea('sync.status')).phase).toBe('local')
  }, 30_000)
})
