/** A disk that refuses writes amid the work of a computer and its server: a clear word at once, nothing half there, and it goes on by itself. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { askingAt, startServerProcess } from '../../fixtures/server-process.ts'
import { issue, pushOf, startTestServer, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import { makeFaultyDisk, type Fault, type FaultyDisk } from './faulty-disk.ts'
import { converged, joined, settle, signIn, until, type Asked, type Computer } from './processes.ts'

const UNTRIED = 'NO C COMPILER, OR NO LINUX: input/output errors and read-only file systems are not proved by this run'

let server: TestServer
let app: TestOrganization
let lea: Signed
let folder = ''
let disk: FaultyDisk | null = null

beforeAll(async () => {
  disk = makeFaultyDisk()
  if (!disk) return
  server = await startTestServer()
  app = await openTestOrganization({ seed: 'refusing disk' })
  const { lea: owner, codes } = await settle(server, app, ['karim'])
  lea = owner
  folder = mkdtempSync(join(tmpdir(), 'callboard-refusing-'))
  await (await joined(folder, 'karim', server.url, codes[0])).close()
}, 60_000)
afterAll(async () => {
  if (!disk) return
  await server.stop()
  await app.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  disk.remove()
})

async function halls(computer: Asked): Promise<string[]> {
  const { items } = await computer.ask('location.list', { limit: 200 })
  return Array.isArray(items) ? items.map((item: { name: string }) => item.name).toSorted() : []
}
const hall = (name: string) => ({ name, zone: 'Europe/Paris' })
async function elsewhere(name: string): Promise<void> {
  const reply = await server.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([await issue(app, 'location.create', hall(name))], lea.user_id, { [lea.user_id]: lea.access }) })
  expect(reply.body['taken'], reply.text).toHaveLength(1)
}

describe('a disk that refuses every write of a computer', () => {
  it.for([['EIO', 'input/output errors'], ['EROFS', 'a file system made read-only']] as const satisfies readonly (readonly [Fault, string])[])('with %s (%s), is said; what was answered is there, and all goes on once it is mended', { timeout: 90_000 }, async ([fault], context) => {
    if (!disk) return context.skip(UNTRIED)
    const computer = await disk.computer(folder, 'karim')
    try {
      await signIn(computer, 'karim')
      await until('it exchanges', async () => (await computer.status()).phase === 'synced')
      expect(await computer.code('location.create', hall(`Avant ${fault}`))).toBe('done')
      const before = await halls(computer)
      disk.refuse(fault)
      const codes = new Set<string>()
      for (let n = 0; n < 5; n++) codes.add(await computer.code('location.create', hall(`Pendant ${fault} ${n}`)))
      for (const code of codes) expect(['storage.failed', 'storage.read_only']).toContain(code)
      expect(await computer.status()).toMatchObject({ phase: 'storage', disk: 'refuses' })
      // What comes down cannot be kept either; what is here can be read.
      for (let n = 0; n < 5; n++) await elsewhere(`Ailleurs ${fault} ${n}`)
      await computer.ask('sync.now')
      expect((await computer.status()).phase).toBe('storage')
      expect(await halls(computer)).toEqual(before)

      disk.mend()
      await until('it goes on without help', async () => (await computer.status()).phase === 'synced' && (await halls(computer)).includes(`Ailleurs ${fault} 4`), 60_000)
      expect(await computer.code('location.create', hall(`Après ${fault}`))).toBe('done')
      await converged(computer)
      expect(await halls(computer)).toEqual([...before, `Après ${fault}`, ...Array.from({ length: 5 }, (_, n) => `Ailleurs ${fault} ${n}`)].toSorted())
      expect((await computer.status()).mine).toMatchObject({ waiting: 0, conflicts: 0, rejected: 0 })
    } finally {
      await computer.close()
    }
  })
})

describe('a disk that refuses every write of a server', () => {
  it.for(['EIO', 'EROFS'] as const)('with %s, is answered as such; computers keep what they have, and all goes on once it is mended', { timeout: 90_000 }, async (fault, context) => {
    if (!disk) return context.skip(UNTRIED)
    const there = mkdtempSync(join(tmpdir(), 'callboard-refusing-server-'))
    const at = mkdtempSync(join(tmpdir(), 'callboard-refusing-at-'))
    const running = await startServerProcess(there, disk.environment(there))
    const own = await openTestOrganization({ seed: `refusing server ${fault}` })
    const asking = askingAt(running.url, running.first_code, there)
    let computer: Computer | null = null
    try {
      const { lea: owner, codes } = await settle(asking, own, ['karim'])
      const push = async (name: string) => asking.ask('POST', `orgs/${own.org}/sync/push`, { token: owner.access, body: pushOf([await issue(own, 'location.create', hall(name))], owner.user_id, { [owner.user_id]: owner.access }) })
      computer = await joined(at, 'karim', running.url, codes[0])
      expect((await push('Avant')).body['taken']).toHaveLength(1)
      await converged(computer)
      disk.refuse(fault)
      const refused = await push('Pendant')
      expect([503, 507]).toContain(refused.status)
      expect(['storage.failed', 'storage.read_only']).toContain(refused.code)
      const ready = await asking.ask('GET', '/health/ready')
      expect({ status: ready.status, checks: ready.body['checks'] }).toMatchObject({ status: 503, checks: { database: 'ok', room: 'failing' } })
      expect(await computer.code('location.create', hall('D’ici'))).toBe('done')
      const kept = computer
      await until('the computer keeps what is not taken', async () => {
        const { phase, mine } = await kept.status()
        return phase === 'retrying' && mine.waiting === 1
      })
      disk.mend()
      await until('it goes on without help', async () => {
        const { phase, mine } = await kept.status()
        return phase === 'synced' && mine.waiting === 0
      }, 60_000)
      await converged(computer)
      expect(await halls(computer)).toEqual(['Avant', 'D’ici'])
      expect((await asking.ask('GET', '/health/ready')).status).toBe(200)
    } finally {
      disk.mend()
      await computer?.close()
      await running.kill()
      await own.close()
      for (const one of [there, at]) rmSync(one, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  })
})
