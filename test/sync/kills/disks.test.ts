/** Disks that are full, or refuse: a clear word at once, everything answered is there, and work goes on by itself when there is room again. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, type TestContext } from 'vitest'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { openHttpLine, type HttpLine } from '../../fixtures/http-line.ts'
import { issue, pushOf, startTestServer, type Reply, type Signed, type TestServer } from '../../fixtures/sync-server.ts'
import { converged, joined, mountSmallDisk, settle, until, type Computer, type SmallDisk } from './processes.ts'

let undo: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const one of undo.toReversed()) await one()
  undo = []
})
function smallDisk(context: TestContext): SmallDisk {
  const disk = mountSmallDisk(48)
  if (!disk) return context.skip('NO RIGHT TO MOUNT A SMALL FILE SYSTEM HERE: full disks of sync are not proved by this run')
  undo.push(() => disk.remove())
  return disk
}
function folderFor(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-disks-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}
interface Place {
  server: TestServer
  app: TestOrganization
  lea: Signed
  karim: Computer
  /** Between the computer and the server. */
  line: HttpLine
  push(name: string, input: unknown): Promise<Reply>
}
async function place(serverFolder: string, computerFolder: string): Promise<Place> {
  const server = await startTestServer({}, { folder: serverFolder })
  undo.push(() => server.stop().catch(() => undefined))
  const app = await openTestOrganization({ seed: 'disks' })
  undo.push(() => app.close())
  const { lea, codes } = await settle(server, app, ['karim'])
  const line = await openHttpLine(() => server.running.port)
  undo.push(() => line.close())
  const karim = await joined(computerFolder, 'karim', line.url, codes[0])
  undo.push(() => karim.close())
  return {
    server, app, lea, karim, line,
    push: async (name, input) => server.ask('POST', `orgs/${app.org}/sync/push`, { token: lea.access, body: pushOf([await issue(app, name, input)], lea.user_id, { [lea.user_id]: lea.access }) }),
  }
}
const large = (name: string) => ({ name, zone: 'Europe/Paris', description: name.padEnd(19_000, '.') })
/** Goes on until the disk refuses so often; answers what was answered, and the codes of the refusals. */
async function workUntilRefused(computer: Computer, times: number): Promise<{ done: string[]; codes: Set<string> }> {
  const done: string[] = []
  const codes = new Set<string>()
  for (let n = 0, refused = 0; refused < times; n++) {
    const code = await computer.code('location.create', large(`Salle ${n}`))
    if (code === 'done') done.push(`Salle ${n}`)
    else {
      refused++
      codes.add(code)
    }
  }
  return { done, codes }
}
async function halls(computer: Computer): Promise<string[]> {
  const { items } = await computer.ask('location.list', { limit: 200 })
  return Array.isArray(items) ? items.map((item: { name: string }) => item.name) : []
}
const phaseOf = async (computer: Computer): Promise<string> => (await computer.status()).phase

describe('a full disk on a computer', () => {
  it('refuses what cannot be kept, says so, loses nothing that was answered, and goes on by itself when there is room', async (context) => {
    const disk = smallDisk(context)
    const there = folderFor()
    const { karim, server, push } = await place(there, join(disk.folder, 'data'))
    await server.stop()
    await until('there is no network', async () => (await phaseOf(karim)) === 'offline')
    disk.fill()
    const { done, codes } = await workUntilRefused(karim, 4)
    expect([...codes]).toEqual(['storage.full'])
    expect((await halls(karim)).toSorted()).toEqual(done.toSorted())
    await until('the full disk is said', async () => (await phaseOf(karim)) === 'storage')
    const again = await startTestServer({ PORT: String(server.running.port) }, { folder: there })
    undo.push(() => again.stop())
    // What comes down meanwhile cannot be kept either: nothing of it is half there.
    for (let n = 0; n < 20; n++) expect((await push('location.create', large(`Hangar ${n}`))).body['taken']).toHaveLength(1)
    await karim.ask('sync.now')
    expect(await karim.status()).toMatchObject({ phase: 'storage', disk: 'full' })
    expect((await halls(karim)).toSorted()).toEqual(done.toSorted())
    expect(await karim.code('location.create', large('Trop'))).toBe('storage.full')

    disk.makeRoom()
    expect(await karim.code('location.create', large('Enfin'))).toBe('done')
    await until('it goes on without help', async () => (await phaseOf(karim)) === 'synced' && (await halls(karim)).includes('Hangar 19'))
    await converged(karim)
    expect((await halls(karim)).filter((name) => !name.startsWith('Hangar')).toSorted()).toEqual([...done, 'Enfin'].toSorted())
  }, 60_000)
})

describe('a full disk at the server', () => {
  it('refuses pushes and files with the right word; computers keep what they have, hear what it has, and go on by themselves when there is room', async (context) => {
    const disk = smallDisk(context)
    const { karim, line, push, server, app, lea } = await place(join(disk.folder, 'data'), folderFor())
    const bytes = new Uint8Array(600_000).map((_, n) => (n * 7) % 251)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const about = { project_id: null, entity: 'organization', entity_id: app.org, name: 'plan.pdf', type: 'application/pdf' }
    app.blobs.set(sha256, bytes)
    expect((await push('attachment.add', { ...about, sha256, size: bytes.byteLength })).body['taken']).toHaveLength(1)
    await converged(karim)
    line.cut()
    await until('there is no network', async () => (await phaseOf(karim)) === 'offline')
    const theirs = ['Salle 0']
    expect((await push('location.create', large('Salle 0'))).body['taken']).toHaveLength(1)
    disk.fill()
    let refused: Reply | null = null
    for (let n = 1; n < 60 && !refused; n++) {
      const reply = await push('location.create', large(`Salle ${n}`))
      if (reply.status !== 200) refused = reply
      else theirs.push(`Salle ${n}`)
    }
    expect({ status: refused?.status, code: refused?.code }).toEqual({ status: 507, code: 'server.storage_full' })
    const ready = await server.ask('GET', '/health/ready')
    expect({ status: ready.status, body: ready.body }).toMatchObject({ status: 503, body: { status: 'failing', checks: { database: 'ok', room: 'failing' } } })
    expect((await server.ask('GET', '/metrics')).text).toMatch(/^callboard_room_left 0$/m)
    for (let n = 0; n < 3; n++) await karim.ask('location.create', large(`Hangar ${n}`))
    line.mend()
    await karim.ask('sync.now')
    await until('the computer keeps what is not taken', async () => {
      const { phase, mine } = await karim.status()
      return phase === 'server_full' && mine.waiting === 3
    })
    // What comes down needs no room there.
    await until('the computer hears what the server has', async () => {
      const heard = await halls(karim)
      return theirs.every((name) => heard.includes(name))
    }, 8_000)
    expect(await karim.status()).toMatchObject({ phase: 'server_full', mine: { waiting: 3 } })
    const upload = () => server.ask('PUT', `orgs/${app.org}/blobs/${sha256}`, { token: lea.access, bytes, headers: { 'content-length': String(bytes.byteLength) } })
    const cut = await upload()
    expect({ status: cut.status, code: cut.code }).toEqual({ status: 507, code: 'server.storage_full' })
    disk.makeRoom()
    expect((await server.ask('GET', '/health/ready')).body).toMatchObject({ status: 'ok', checks: { room: 'ok' } })
    expect((await server.ask('GET', '/metrics')).text).toMatch(/^callboard_room_left 1$/m)
    expect((await upload()).body).toMatchObject({ whole: true, received: bytes.byteLength })
    await until('it goes on without help', async () => {
      const { phase, mine } = await karim.status()
      return phase === 'synced' && mine.waiting === 0
    })
    await converged(karim)
  }, 60_000)
})

describe('a disk that refuses in one place', () => {
  it('at a computer, is said; commands go on, and so do files once the place is sound', async () => {
    const { karim, push, server, app, lea } = await place(folderFor(), folderFor())
    const bytes = new Uint8Array(50_000).map((_, n) => (n * 11) % 251)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const blobs = join(karim.folder, 'organizations', app.org, 'blobs')
    mkdirSync(blobs, { recursive: true })
    // Where the folder of the file is to be, something else is.
    writeFileSync(join(blobs, sha256.slice(0, 2)), 'not a folder')
    expect((await push('attachment.add', { project_id: null, entity: 'organization', entity_id: app.org, name: 'plan.pdf', type: 'application/pdf', sha256, size: bytes.byteLength })).body['taken']).toHaveLength(1)
    expect((await server.ask('PUT', `orgs/${app.org}/blobs/${sha256}`, { token: lea.access, bytes, headers: { 'content-length': String(bytes.byteLength) } })).body).toMatchObject({ whole: true })
    await until('the disk’s refusal is said', async () => (await phaseOf(karim)) === 'storage')
    // Commands do not wait for it.
    expect(await karim.code('location.create', large('Salle'))).toBe('done')
    await until('it is sent', async () => (await karim.status()).mine.waiting === 0, 8_000)
    rmSync(join(blobs, sha256.slice(0, 2)))
    await until('the file comes without help', async () => (await phaseOf(karim)) === 'synced' && existsSync(join(blobs, sha256.slice(0, 2), sha256)))
    await converged(karim)
  }, 60_000)
  it('at the server, refuses the file with the right word and takes it once the place is sound', async () => {
    const { push, server, app, lea } = await place(folderFor(), folderFor())
    const bytes = new Uint8Array(50_000).map((_, n) => (n * 13) % 251)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const blobs = join(server.folder, 'organizations', app.org, 'blobs')
    mkdirSync(blobs, { recursive: true })
    writeFileSync(join(blobs, sha256.slice(0, 2)), 'not a folder')
    expect((await push('attachment.add', { project_id: null, entity: 'organization', entity_id: app.org, name: 'plan.pdf', type: 'application/pdf', sha256, size: bytes.byteLength })).body['taken']).toHaveLength(1)
    const upload = () => server.ask('PUT', `orgs/${app.org}/blobs/${sha256}`, { token: lea.access, bytes, headers: { 'content-length': String(bytes.byteLength) } })
    expect((await upload()).code).toBe('storage.failed')
    rmSync(join(blobs, sha256.slice(0, 2)))
    expect((await upload()).body).toMatchObject({ whole: true })
  }, 60_000)
})
