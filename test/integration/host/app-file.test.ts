/** The file of sign-ins lost, damaged or locked away while organizations are whole; a disk that is full when somebody signs in. */
import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, cpSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAppFile } from '../../../main/host/app-file.ts'
import { createHost } from '../../../main/host/host.ts'
import { openTestHost, PASSWORD, type TestHost } from '../../fixtures/host.ts'

const child = fileURLToPath(new URL('../../fixtures/starting-child.ts', import.meta.url))
const NEW = 'une nouvelle phrase'
let app: TestHost
let paul: string
beforeEach(async () => {
  app = await openTestHost()
  paul = await app.addUser('paul')
  await app.ask('lea', 'member.add', { user_id: paul, name: 'Paul', email: 'paul@example.org', role: 'planner', project_id: null })
  await app.ask('lea', 'project.create', { code: 'NDP', name: 'Les Nuits du Port', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z' })
})
afterEach(() => app.close())

const at = (name: string): string => join(app.folder, name)
const projects = async (client: string) => ((await app.ask(client, 'project.list', {}, { org: app.org }))['items'] as { name: string }[]).map(({ name }) => name)
const lose = (...names: string[]): void => {
  for (const name of names) for (const end of ['', '-wal', '-shm']) rmSync(at(`${name}${end}`), { force: true })
}
const warnings = async (): Promise<unknown> => (await app.ask('nobody', 'app.state'))['warnings']

describe('the file of sign-ins', () => {
  it('missing, comes back from its copy: the same people, passwords and organizations', async () => {
    await app.ask('lea', 'app.set_pin', { password: PASSWORD, pin: '204817' })
    await app.reopen(() => lose('app.sqlite'))
    expect(await app.ask('nobody', 'app.state')).toMatchObject({ first_run: false, warnings: expect.arrayContaining(['sign_ins_restored']) as unknown })
    expect(await app.code('tile', 'app.switch', { user_id: app.owner, pin: '204817' })).toBe('auth.pin_unusable')
    await app.signIn('paul', 'paul')
    expect(await projects('paul')).toEqual(['Les Nuits du Port'])
    await app.reopen()
    expect(await warnings()).not.toContain('sign_ins_restored')
  })

  it('damaged, is kept beside and comes back from its copy', async () => {
    const damage = (): void => {
      const handle = openSync(at('app.sqlite'), 'r+')
      writeSync(handle, Buffer.alloc(6000, 0xa5), 0, 6000, 0)
      closeSync(handle)
    }
    await app.reopen(damage)
    const kept = readdirSync(app.folder).filter((name) => name.startsWith('app-damaged-'))
    expect(kept).toHaveLength(1)
    expect(readFileSync(at(kept[0] ?? '')).subarray(0, 4)).toEqual(Buffer.alloc(4, 0xa5))
    await app.signIn('lea', 'lea')
    expect(await projects('lea')).toEqual(['Les Nuits du Port'])
  })

  it('cut to nothing, comes back from its copy, or from the organizations when the copy is as empty; neither passes for a new computer', async () => {
    const empty = (...names: string[]): void => {
      lose(...names)
      for (const name of names) writeFileSync(at(name), '')
    }
    await app.reopen(() => empty('app.sqlite'))
    expect(await app.ask('nobody', 'app.state')).toMatchObject({ first_run: false, warnings: expect.arrayContaining(['sign_ins_restored']) as unknown })
    await app.signIn('paul', 'paul')
    expect(await projects('paul')).toEqual(['Les Nuits du Port'])
    await app.reopen(() => empty('app.sqlite', 'app-copy.sqlite'))
    expect(await warnings()).toContain('sign_ins_rebuilt')
    const stranger = { name: 'Zoé', email: 'zoe@example.org', password: NEW, language: 'fr', theme: 'light' }
    expect(await app.code('zoe', 'app.first_run', stranger)).toBe('auth.not_a_keeper')
    await app.ask('lea', 'app.first_run', { ...stranger, name: 'Léa', email: 'lea@example.org' })
    expect(await projects('lea')).toEqual(['Les Nuits du Port'])
  })

  it('lost with its copy, is made anew from the organizations: an owner begins and helps the others; nobody else can', async () => {
    await app.reopen(() => {
      lose('app.sqlite', 'app-copy.sqlite')
      writeFileSync(at('app-copy.sqlite'), 'ceci n’est pas une base')
    })
    expect(await app.ask('nobody', 'app.state')).toMatchObject({ first_run: true, warnings: expect.arrayContaining(['sign_ins_rebuilt']) as unknown })
    const first = (email: string) => ({ name: 'Quelqu’un', email, password: NEW, language: 'fr', theme: 'light' })
    for (const password of ['', PASSWORD, NEW]) expect(await app.code('nobody', 'app.sign_in', { email: 'lea@example.org', password })).not.toBe('done')
    expect(await app.code('nobody', 'app.first_run', first('inconnue@example.org'))).toBe('auth.not_a_keeper')
    expect(await app.code('nobody', 'app.first_run', first('paul@example.org'))).toBe('auth.not_a_keeper')
    expect(await app.ask('lea', 'app.first_run', first('Lea@example.org'))).toEqual({ user_id: app.owner })
    expect(await projects('lea')).toEqual(['Les Nuits du Port'])
    expect(await app.code('nobody', 'app.first_run', first('lea@example.org'))).toBe('auth.failed')
    expect(((await app.ask('lea', 'audit.list', { limit: 20 }))['items'] as { action: string }[]).map(({ action }) => action)).toContain('security.recovered')

    const { password } = await app.ask('lea', 'app.reset_sign_in', { user_id: paul })
    expect(await app.ask('paul', 'app.sign_in', { email: 'paul@example.org', password })).toMatchObject({ me: { must_change: true } })
    await app.ask('paul', 'app.set_password', { password, new_password: PASSWORD })
    expect(await projects('paul')).toEqual(['Les Nuits du Port'])
  })

  it('lost when an organization’s own file is damaged too, is made from that organization’s backup, which can then be restored', async () => {
    const { name } = await app.ask('lea', 'backup.create')
    await app.reopen(() => {
      lose('app.sqlite', 'app-copy.sqlite')
      writeFileSync(app.file, 'ceci n’est pas une base\n'.repeat(300))
    })
    await app.ask('lea', 'app.first_run', { name: 'Léa', email: 'lea@example.org', password: NEW, language: 'fr', theme: 'light' })
    expect(await app.ask('lea', 'app.state')).toMatchObject({ organizations: [{ id: app.org, name: 'Le Phare', state: 'damaged' }] })
    await app.ask('lea', 'backup.restore', { name }, { org: app.org })
    expect(await projects('lea')).toEqual(['Les Nuits du Port'])
  })
})

/** Another user of the system, on a copy that they may only read in part. */
function startAsNobody(locked: (folder: string) => void): { said: string; folder: string } | null {
  if (process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'callboard-locked-'))
  cpSync(app.folder, folder, { recursive: true })
  spawnSync('chown', ['-R', '65534:65534', folder])
  locked(folder)
  const run = spawnSync(process.execPath, [child, folder], { encoding: 'utf8', uid: 65_534, gid: 65_534, env: { HOME: '/tmp', PATH: process.env['PATH'] ?? '' } })
  return run.stdout === '' && /EACCES|permission denied/i.test(run.stderr) ? null : { said: run.stdout || run.stderr, folder }
}

describe('what may only be read', () => {
  it('the file of sign-ins: one signs in and is told; the whole folder: Callboard does not start and says why; nothing is changed', async (context) => {
    await app.host().close()
    const bytes = readFileSync(at('app.sqlite'))
    const run = startAsNobody((folder) => {
      spawnSync('chown', ['0:0', join(folder, 'app.sqlite')])
      chmodSync(join(folder, 'app.sqlite'), 0o444)
    })
    const whole = startAsNobody((folder) => {
      spawnSync('chown', ['-R', '0:0', folder])
      spawnSync('chmod', ['-R', 'a-w,a+rX', folder])
    })
    await app.reopen()
    if (!run || !whole) return context.skip('needs another user of the system who can read this program')
    expect(whole.said).toBe('host.data_folder_read_only')
    expect(JSON.parse(run.said)).toMatchObject({ value: { session: { email: 'lea@example.org' }, organizations: [{ state: 'ready' }], warnings: expect.arrayContaining(['sign_ins_read_only']) as unknown } })
    rmSync(whole.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    expect(readFileSync(join(run.folder, 'app.sqlite')).equals(bytes)).toBe(true)
    rmSync(run.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  it('an organization’s file: one signs in, and it is said to be read-only', async (context) => {
    await app.host().close()
    const run = startAsNobody((folder) => {
      const inside = join(folder, 'organizations', app.org)
      spawnSync('chown', ['-R', '0:0', inside])
      chmodSync(join(inside, 'organization.sqlite'), 0o444)
      chmodSync(inside, 0o555)
    })
    await app.reopen()
    if (!run) return context.skip('needs another user of the system who can read this program')
    expect(JSON.parse(run.said)).toMatchObject({ value: { session: { email: 'lea@example.org' }, organizations: [{ state: 'read_only' }] } })
    rmSync(run.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
})

describe('a disk that is full when somebody signs in', () => {
  it('opens no PIN that was closed meanwhile, whether it refuses the closing or what was said before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-pins-'))
    const file = await openAppFile(join(folder, 'app.sqlite'), {})
    const refusing = (on: boolean) => file.engine.script(on ? "CREATE TRIGGER full BEFORE UPDATE ON user BEGIN SELECT RAISE(ABORT, 'full'); END" : 'DROP TRIGGER full')
    const openedAt = async (): Promise<unknown> => (await file.userByEmail('ines@example.org'))?.opened_at
    const { id } = await file.addUser({ name: 'Inès', email: 'ines@example.org', password: 'x' })
    await file.noteUser(id, { opened_at: '2026-10-01T08:00:00.000Z' })
    await refusing(true)
    await file.closePins()
    expect(await openedAt()).toBeNull()
    await file.noteUser(id, { opened_at: '2026-10-02T08:00:00.000Z' })
    expect(await openedAt()).toBe('2026-10-02T08:00:00.000Z')
    await refusing(false)
    await file.closePins()
    expect(await openedAt()).toBeNull()
    await file.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  it('keeps nobody out, still counts wrong tries, refuses what it cannot keep in plain words, and loses nothing', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-full-'))
    const mounted = process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder]).status === 0
    if (!mounted) return context.skip('no right to mount a small file system here')
    try {
      await app.host().close()
      cpSync(app.folder, folder, { recursive: true })
      await app.reopen()
      const start = () => createHost({ dataDir: folder, appVersion: 'test', device: 'cli' })
      const host = await start()
      const code = async (client: string, name: string, input: unknown = {}): Promise<string> => {
        const answer = JSON.parse(await host.call({ client, name, input, org: app.org })) as { error?: { code: string } }
        return answer.error?.code ?? 'done'
      }
      const filler = openSync(join(folder, 'film.mov'), 'w')
      try {
        for (const size of [1 << 20, 4096, 1]) for (let more = true; more;) {
          try {
            writeSync(filler, Buffer.alloc(size))
          } catch {
            more = false
          }
        }
      } finally {
        closeSync(filler)
      }
      const wrong = { email: 'paul@example.org', password: 'pas celle-ci' }
      const codes: string[] = []
      for (let tried = 0; tried < 5; tried++) codes.push(await code('guess', 'app.sign_in', wrong))
      expect(codes).toEqual(['auth.failed', 'auth.failed', 'auth.failed', 'auth.failed', 'auth.delayed'])
      expect(await code('lea', 'app.sign_in', { email: 'lea@example.org', password: PASSWORD })).toBe('done')
      for (const name of ['project.list', 'skill.list']) expect(await code('lea', name)).toBe('storage.full')
      expect(await code('lea', 'app.set_password', { password: PASSWORD, new_password: NEW })).toBe('storage.full')
      expect(await code('again', 'app.sign_in', { email: 'lea@example.org', password: PASSWORD })).toBe('done')
      rmSync(join(folder, 'film.mov'))
      expect(await code('lea', 'skill.create', { name: 'Cariste' })).toBe('done')
      await host.close()
      const later = await start()
      expect(await later.call({ client: 'lea', name: 'app.sign_in', input: { email: 'lea@example.org', password: PASSWORD } })).toContain('"session":{')
      await later.close()
      expect(existsSync(join(folder, 'app.sqlite'))).toBe(true)
    } finally {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  })
})
