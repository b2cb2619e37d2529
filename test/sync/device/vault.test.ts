/** Numbers of people between computers: they go with their key to whom they were given by name, and to nobody else, in no clear text anywhere. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import Database from 'better-sqlite3'
import { createHost, type Host } from '../../../main/host/host.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'
import { startTestServer, type TestServer } from '../../fixtures/sync-server.ts'
import { until } from '../kills/processes.ts'

const NIR = '185012A00400117'
const IBAN = 'FR1420041010050500013M02606'
const Status = z.looseObject({ phase: z.string(), mine: z.looseObject({ waiting: z.number() }) })
const Answer = z.union([z.object({ value: z.looseObject({}) }), z.object({ error: z.looseObject({ code: z.string() }) })])
const Items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })

let server: TestServer
let served = ''
let one: TestHost
let folder = ''
let two: Host
let person = ''
let karim = ''

const lea = (name: string, input?: unknown) => one.ask('lea', name, input)
const there = async (name: string, input: unknown = {}) => Answer.parse(JSON.parse(await two.call({ client: 'karim', name, input })))
async function onTwo(name: string, input: unknown = {}): Promise<Record<string, unknown>> {
  const answer = await there(name, input)
  if ('error' in answer) expect.fail(`${name} was refused: ${JSON.stringify(answer.error)}`)
  return answer.value
}
const codeOnTwo = async (name: string, input: unknown): Promise<string> => {
  const answer = await there(name, input)
  return 'error' in answer ? answer.error.code : 'done'
}
const settled = async (ask: (name: string) => Promise<unknown>): Promise<boolean> => {
  const { phase, mine } = Status.parse(await ask('sync.status'))
  return phase === 'synced' && mine.waiting === 0
}
async function exchange(): Promise<void> {
  await lea('sync.now')
  await until('the first sends', () => settled(lea))
  await onTwo('sync.now')
  await until('the second has it', () => settled(onTwo))
}
const memberId = async (user: string): Promise<string | undefined> => Items.parse(await lea('member.list', { filter: { user_id: user } })).items[0]?.id
const grant = async (user: string) => lea('permission.grant', { member_id: await memberId(user), permission: 'pii:read', reason: 'Paie', until_at: null })
const numbersOnTwo = (): number => {
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith(`${karim}.sqlite`)) ?? expect.fail('no view')
  const database = new Database(join(folder, file), { readonly: true })
  try {
    return Number(database.prepare('SELECT COUNT(*) FROM vault_item').pluck().get())
  } finally {
    database.close()
  }
}
const contents = (file: string): Buffer[] => {
  const bytes = readFileSync(file)
  if (file.endsWith('.zip')) return Object.values(unzipSync(bytes)).map((part) => Buffer.from(part))
  return [bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes]
}
const holding = (text: string): string[] =>
  [one.folder, folder, served].flatMap((root) => readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])))
    .filter((file) => contents(file).some((part) => part.includes(text)))

beforeAll(async () => {
  served = mkdtempSync(join(tmpdir(), 'callboard-vault-server-'))
  folder = mkdtempSync(join(tmpdir(), 'callboard-vault-two-'))
  server = await startTestServer({}, { folder: served })
  one = await openTestHost()
  two = await createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
  person = String((await lea('collaborator.create', { kind: 'person', display_name: 'Paul Le Goff' }))['id'])
  await grant(one.owner)
  await lea('vault.store', { collaborator_id: person, kind: 'nir', number: NIR })
  await lea('sync.connect', { url: server.url, code: server.running.first_code, password: PASSWORD })
  await until('it follows', () => settled(lea))
  const { code } = await lea('invitation.create', { name: 'Karim Haddad', email: 'karim@example.org', role: 'org_admin', project_id: null })
  await until('the invitation is up', () => settled(lea))
  await onTwo('sync.join', { url: server.url, code, name: 'Karim Haddad', email: 'karim@example.org', password: PASSWORD })
  karim = z.object({ session: z.object({ user_id: z.string() }) }).parse(await onTwo('app.state')).session.user_id
  await exchange()
}, 90_000)
afterAll(async () => {
  await two.close()
  await one.close()
  await server.stop()
  for (const one of [folder, served]) rmSync(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('numbers of people between computers', () => {
  it('are not on a computer of who was not given them, an administrator included, and neither is their key', async () => {
    expect(numbersOnTwo()).toBe(0)
    expect(await codeOnTwo('vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Paie' })).toBe('auth.forbidden')
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('vault ')
  })
  it('come with their key to who is given them, whichever computer entered them', async () => {
    await grant(karim)
    await exchange()
    await until('the rows are there', () => Promise.resolve(numbersOnTwo() === 1))
    expect(await onTwo('vault.reveal', { collaborator_id: person, kind: 'nir', reason: 'Déclaration' })).toMatchObject({ number: '1 85 01 2A 004 001 17' })
    await onTwo('vault.store', { collaborator_id: person, kind: 'iban', number: IBAN })
    await onTwo('sync.now')
    await until('the second sends', () => settled(onTwo))
    await lea('sync.now')
    await until('the first has it', async () => JSON.stringify(await lea('vault.read', { collaborator_id: person })).includes('iban'))
    expect(await lea('vault.reveal', { collaborator_id: person, kind: 'iban', reason: 'Virement' })).toMatchObject({ number: 'FR14 2004 1010 0505 0001 3M02 606' })
  }, 60_000)
  it('are in clear in no file of either computer or of the server, nor in what the server logged', () => {
    for (const said of [NIR, IBAN, '00400117', '0500013M026']) expect(holding(said), said).toEqual([])
    expect(holding(person).length).toBeGreaterThan(2)
    for (const said of [NIR, IBAN, '00400117']) expect(server.logged.join('\n')).not.toContain(said)
  })
  it('leave the computer of who is no longer given them', async () => {
    const [held] = Items.parse(await lea('permission.list_grants', { filter: { member_id: await memberId(karim) } })).items
    await lea('permission.revoke', { id: held?.id })
    await exchange()
    await until('the rows are gone', () => Promise.resolve(numbersOnTwo() === 0))
    expect(await codeOnTwo('vault.read', { collaborator_id: person })).toBe('auth.forbidden')
  })
  it('come home with their key when the organization leaves its server, and with every time that they or their key were given', async () => {
    await lea('sync.leave', { password: PASSWORD })
    const log = JSON.stringify(await lea('audit.list', { filter: { action: ['security.number.revealed', 'security.vault_key.given'] }, limit: 50 }))
    for (const said of ['Déclaration', 'Virement', 'security.vault_key.given', karim]) expect(log).toContain(said)
    expect(await lea('vault.reveal', { collaborator_id: person, kind: 'iban', reason: 'Paie' })).toMatchObject({ number: 'FR14 2004 1010 0505 0001 3M02 606' })
  }, 60_000)
})
