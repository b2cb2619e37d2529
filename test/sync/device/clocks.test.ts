/** Whose clock it is: the laptop's, until it follows a server; the server's; the laptop's again when it has left. Never two, never on a replica, never amid a joining. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openAppFile } from '../../../main/host/app-file.ts'
import { markJoining, mayActHere } from '../../../main/host/timers.ts'
import { lastCommit } from '../../../shared/store/sync-log.ts'
import { openTestOrganization } from '../../fixtures/core.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'

const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
let server: TestServer
let host: TestHost
let person = ''

const ask = (name: string, input?: unknown) => host.ask('lea', name, input)
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString()
async function until(what: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await what())) {
    if (Date.now() > end) expect.fail('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
/** A question that lapses in a moment. */
async function question(): Promise<string> {
  const asked = await ask('availability.request', {
    collaborator_ids: [person], windows: [{ start_at: '2027-10-24T08:00:00.000Z', end_at: '2027-10-24T18:00:00.000Z' }], zone: 'Europe/Paris', deadline_at: soon(1200), channel: 'hand',
  })
  return String((asked['ids'] as string[])[0])
}
const stateOf = async (id: string): Promise<unknown> => Items.parse(await ask('availability_request.list')).items.find((row) => row.id === id)?.['state']
const lapses = async () => Items.parse(await ask('audit.list', { filter: { action: 'availability.lapse' }, limit: 50 })).items
function onServer<T>(file: string, sql: string): T {
  const db = new Database(join(server.folder, file), { readonly: true })
  try {
    return db.prepare(sql).get() as T
  } finally {
    db.close()
  }
}
const standing = (): string | undefined => onServer<{ standing: string } | undefined>('server.sqlite', 'SELECT standing FROM server_due')?.standing
const lapsesThere = (): number => onServer<{ n: number }>(`organizations/${host.org}/organization.sqlite`, "SELECT COUNT(*) AS n FROM command_log WHERE name = 'availability.lapse' AND actor_kind = 'system'").n

beforeAll(async () => {
  server = await startTestServer()
  host = await openTestHost()
  person = String((await ask('collaborator.create', { display_name: 'Tom Lacaze' }))['id'])
}, 60_000)
afterAll(async () => {
  await host.close()
  await server.stop()
})

describe('whose clock it is', () => {
  it('is the laptop’s, where there is no server', async () => {
    const id = await question()
    await until(async () => (await stateOf(id)) === 'no_answer')
    expect(await lapses()).toHaveLength(1)
  })

  it('is looked at when the program starts again: what came due meanwhile is done, once', async () => {
    const id = await question()
    await host.reopen(() => undefined)
    await host.signIn('lea', 'lea')
    await until(async () => (await stateOf(id)) === 'no_answer')
    expect(await lapses()).toHaveLength(2)
  })

  it('is nobody’s while its history goes up, and the laptop’s again once somebody has written there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-clocks-'))
    const app = await openAppFile(join(folder, 'app.sqlite'), {})
    const local = await openTestOrganization({ seed: 'clocks' })
    const { org, file: { engine } } = local
    await app.rememberOrganization({ id: org, name: 'Le Phare', keepers: [], members: [], demo: false })
    expect(await mayActHere(app, org, engine)).toBe(true)
    await markJoining(app, org, await lastCommit(engine, org))
    expect(await mayActHere(app, org, engine)).toBe(false)
    await local.ask('skill.create', { name: 'Nacelle' })
    expect(await mayActHere(app, org, engine)).toBe(true)
    await markJoining(app, org, await lastCommit(engine, org))
    await markJoining(app, org, null)
    expect(await mayActHere(app, org, engine)).toBe(true)
    await app.follow(org, { url: server.url, name: 'régie', version: null, since: '2026-10-20T08:00:00.000Z', revoked_at: null })
    expect(await mayActHere(app, org, engine)).toBe(false)
    await local.close()
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  it('is the server’s from when the laptop says that it follows, and only the server’s', async () => {
    const id = await question()
    await ask('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
    await until(() => Promise.resolve(standing() === 'on'))
    await until(async () => (await stateOf(id)) === 'no_answer')
    const other = await question()
    await until(async () => (await stateOf(other)) === 'no_answer')
    expect(lapsesThere()).toBe(4)
    // The laptop issued none of its own: it has nothing to send.
    expect(((await ask('sync.status')) as { mine: { waiting: number } }).mine.waiting).toBe(0)
  }, 60_000)

  it('is the laptop’s again once it has left, and the server does nothing any more', async () => {
    const id = await question()
    await until(async () => ((await ask('sync.status')) as { mine: { waiting: number } }).mine.waiting === 0)
    await ask('sync.leave', { password: PASSWORD })
    expect(standing()).toBe('left')
    await until(async () => (await stateOf(id)) === 'no_answer')
    const there = lapsesThere()
    const later = await question()
    await until(async () => (await stateOf(later)) === 'no_answer')
    expect(lapsesThere()).toBe(there)
    expect(await lapses()).toHaveLength(6)
  }, 60_000)
})
