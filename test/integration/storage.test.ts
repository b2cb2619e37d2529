/** Disk full, folder that cannot be written, damaged file: a clear word, nothing lost, nothing touched. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, openSync, writeSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore } from '../../shared/core/organization-core.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import { verifyChain } from '../../shared/store/audit-chain.ts'
import { StoreError } from '../../shared/store/engine.ts'
import { openOrganizationFile, vacuumInto } from '../../shared/store/organization-file.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import { isError, openTestOrganization, type TestOrganization } from '../fixtures/core.ts'
import { drawFrom } from '../fixtures/draw.ts'
import { enteredState } from '../fixtures/walk.ts'
import { buildWorld } from '../fixtures/world.ts'

const SEED = 'storage'
const child = fileURLToPath(new URL('../fixtures/storage-child.ts', import.meta.url))
let kept: string
let whole: string
let folder: string
let app: TestOrganization | null = null

beforeAll(async () => {
  kept = mkdtempSync(join(tmpdir(), 'callboard-kept-'))
  const made = await openTestOrganization({ seed: SEED, folder: kept })
  await buildWorld(made)
  whole = made.path
  await made.close()
})
afterAll(() => rmSync(kept, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
afterEach(async () => {
  await app?.close()
  app = null
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

function copyOfFile(): string {
  folder = mkdtempSync(join(tmpdir(), 'callboard-storage-'))
  const file = join(folder, basename(whole))
  copyFileSync(whole, file)
  return file
}
const open = (file: string) => openOrganizationFile(file, { backupFolder: join(folder, 'backups'), stamp: 'test' })
function problemOf(file: string): { problem: string; object: string | null } | string {
  try {
    void open(file).close()
    return 'opened'
  } catch (error) {
    return error instanceof StoreError ? { problem: error.problem, object: error.object } : String(error)
  }
}

describe('a full disk', () => {
  it('refuses the command in plain words, loses nothing, and goes on when there is room again', async () => {
    const file = copyOfFile()
    const database = openDatabase(file)
    const engine = sqliteEngine(database)
    const readEngine = sqliteEngine(openDatabase(file, { readonly: true }))
    let clock = Date.parse('2026-11-01T08:00:00.000Z')
    const reported: unknown[] = []
    const org = basename(file, '.sqlite') as Parameters<typeof createOrganizationCore>[0]['org']
    const core = createOrganizationCore({
      org, engine, readEngine, handlers: organizationOperations,
      outside: { now: () => fromMs((clock += 1000)), random: (bytes) => new Uint8Array(bytes).fill(++clock % 251), app_version: 'test', report: (error) => reported.push(error) },
    })
    const [member] = await readEngine.all(`SELECT user_id FROM member m JOIN role_binding r ON r.member_id = m.id WHERE r.role = 'org_owner'`, [])
    const session = { user_id: String(member?.['user_id']) as typeof org, device: 'test', scope: null }
    const before = await enteredState(readEngine, org)
    database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`)
    const answered: string[] = []
    let refused = 0
    for (let index = 0; index < 40; index++) {
      const answer = await core.execute({ name: 'location.create', input: { name: `Salle ${index}`, zone: 'Europe/Paris', description: 'x'.repeat(6000) }, id: `full-${index}` }, session)
      if (!isError(answer)) answered.push(`full-${index}`)
      else {
        refused++
        expect(answer.error.code).toBe('storage.full')
        expect(answer.error.message).toContain('disk is full')
      }
    }
    expect(refused).toBeGreaterThan(30)
    expect((await enteredState(readEngine, org)).size).toBe(before.size + answered.length)
    expect(await verifyChain(readEngine, org)).toMatchObject({ whole: true })
    expect(isError(await core.execute({ name: 'mission.list', input: {} }, session))).toBe(false)
    database.pragma('max_page_count = 1000000')
    expect(isError(await core.execute({ name: 'location.create', input: { name: 'Enfin', zone: 'Europe/Paris', description: 'x'.repeat(6000) }, id: 'room' }, session))).toBe(false)
    expect(await verifyChain(engine, org)).toMatchObject({ whole: true })
    await readEngine.close()
    await engine.close()
  })

  it('on a real file system that is full: the same', async (context) => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-tmpfs-'))
    const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]).status === 0
    if (!mounted) return context.skip('no right to mount a small file system here: proved with max_page_count only')
    try {
      app = await openTestOrganization({ seed: 'tmpfs', folder, quiet: true })
      const codes = new Set<string>()
      const done: string[] = []
      let refused = 0
      for (let index = 0; index < 400; index++) {
        const answer = await app.core.execute({ name: 'location.create', input: { name: `Salle ${index}`, zone: 'Europe/Paris', description: 'x'.repeat(19_000) }, id: `full-${index}` }, app.owner)
        if (isError(answer)) codes.add(answer.error.code)
        else done.push(`full-${index}`)
        if ((refused += isError(answer) ? 1 : 0) === 5) break
      }
      expect([...codes]).toEqual(['storage.full'])
      expect(done.length).toBeGreaterThan(5)
      expect(await verifyChain(app.file.engine, app.org)).toMatchObject({ whole: true })
      expect((await app.file.readEngine.all('SELECT count(*) AS n FROM location', []))[0]).toEqual({ n: done.length })
      await app.close()
      app = await openTestOrganization({ seed: 'tmpfs', folder, found: false })
      expect((await app.file.readEngine.all('SELECT count(*) AS n FROM location', []))[0]).toEqual({ n: done.length })
    } finally {
      await app?.close()
      app = null
      spawnSync('umount', [folder])
    }
  })

  it('leaves no half backup behind, and keeps the former one of that name', () => {
    const file = copyOfFile()
    const database = new Database(file)
    const backup = join(folder, 'backups', 'one.sqlite')
    vacuumInto(database, backup)
    const former = readFileSync(backup)
    database.prepare('CREATE TABLE more (x TEXT)').run()
    vacuumInto(database, backup)
    expect(readFileSync(backup).equals(former)).toBe(false)
    expect(() => vacuumInto(database, join(file, 'nowhere.sqlite'))).toThrow()
    expect(existsSync(`${backup}.part`)).toBe(false)
    database.close()
  })
})

describe('a folder that cannot be written', () => {
  it('is said, and nothing is lost', (context) => {
    if (process.getuid?.() !== 0) {
      const file = copyOfFile()
      chmodSync(file, 0o444)
      chmodSync(folder, 0o555)
      const problem = problemOf(file)
      chmodSync(folder, 0o755)
      expect(problem).toMatchObject({ problem: 'read_only' })
      return
    }
    const nobody = 65_534
    const file = copyOfFile()
    const bytes = readFileSync(file)
    chmodSync(file, 0o444)
    chmodSync(folder, 0o555)
    const run = spawnSync(process.execPath, [child, folder, SEED], { encoding: 'utf8', uid: nobody, gid: nobody, env: { HOME: '/tmp', PATH: process.env['PATH'] ?? '' } })
    chmodSync(folder, 0o755)
    if (run.status !== 0 && /EACCES|permission denied/i.test(run.stderr) && run.stdout === '') return context.skip(`the program itself cannot be read by another user here: ${run.stderr.slice(0, 120)}`)
    expect(run.stdout, run.stderr).toBe('storage.read_only')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is said for a new organization too', (context) => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-storage-'))
    const inside = join(folder, 'data')
    mkdirSync(inside)
    chmodSync(inside, 0o555)
    if (process.getuid?.() !== 0) {
      expect(problemOf(join(inside, 'new.sqlite'))).toMatchObject({ problem: 'read_only' })
      chmodSync(inside, 0o755)
      return
    }
    chmodSync(folder, 0o755)
    const run = spawnSync(process.execPath, [child, inside, SEED], { encoding: 'utf8', uid: 65_534, gid: 65_534, env: { HOME: '/tmp', PATH: process.env['PATH'] ?? '' } })
    if (run.stdout === '' && /EACCES|permission denied/i.test(run.stderr)) return context.skip('the program itself cannot be read by another user here')
    expect(run.stdout, run.stderr).toBe('storage.read_only')
  })
})

describe('a damaged file', () => {
  const overwrite = (file: string, at: number, length: number): void => {
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(length, 0xa5), 0, length, at)
    closeSync(handle)
  }

  it.each([
    ['its beginning overwritten', (file: string) => overwrite(file, 0, 100)],
    ['its first page overwritten after the header', (file: string) => overwrite(file, 100, 3996)],
    ['cut in the middle', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096)],
    ['cut inside a page', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2) + 777)],
    ['cut to its first hundred bytes', (file: string) => truncateSync(file, 100)],
    ['replaced by a text', (file: string) => writeFileSync(file, 'ceci n’est pas une base\n'.repeat(300))],
  ])('%s, is recognized and left as it is', (_, damage) => {
    const file = copyOfFile()
    damage(file)
    const bytes = readFileSync(file)
    expect(problemOf(file)).toMatchObject({ problem: 'damaged' })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('with pages overwritten anywhere in the middle, is never opened as sound and never changed', () => {
    const draw = drawFrom(77)
    const verdicts: string[] = []
    for (let attempt = 0; attempt < 15; attempt++) {
      const file = copyOfFile()
      const pages = statSync(file).size / 4096
      overwrite(file, (2 + draw.below(pages - 3)) * 4096, 4096)
      const bytes = readFileSync(file)
      const problem = problemOf(file)
      verdicts.push(typeof problem === 'string' ? problem : problem.problem)
      if (typeof problem !== 'string') expect(readFileSync(file).equals(bytes)).toBe(true)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
    expect(new Set(verdicts)).toEqual(new Set(['damaged']))
  })

  it('under the feet of a running program, is answered with storage.damaged', async () => {
    const file = copyOfFile()
    app = await openTestOrganization({ seed: SEED, folder, found: false, quiet: true })
    overwrite(file, 4096, statSync(file).size - 4096)
    const answer = await app.core.execute({ name: 'collaborator.list', input: {} }, app.owner)
    expect(isError(answer) && answer.error.code).toBe('storage.damaged')
  })
})
