/** What people see of the safety of their work: disk, second copies, what a restore takes away, exports, flags. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ALMOST_FULL_BYTES, levelOf, LOW_BYTES } from '../../../main/host/storage-watch.ts'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
let elsewhere: string
beforeEach(async () => {
  app = await openTestHost()
  elsewhere = mkdtempSync(join(tmpdir(), 'callboard-elsewhere-'))
})
afterEach(async () => {
  await app.close()
  rmSync(elsewhere, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('the disk', () => {
  it('is low, then almost full, by what is free and by what one more backup takes', () => {
    expect([levelOf(null, 0), levelOf(LOW_BYTES, 0), levelOf(LOW_BYTES - 1, 0), levelOf(ALMOST_FULL_BYTES - 1, 0)]).toEqual(['unknown', 'enough', 'low', 'almost_full'])
    const file = 4 * LOW_BYTES
    expect([levelOf(3 * file, file), levelOf(2 * file, file), levelOf(file - 1, file)]).toEqual(['enough', 'low', 'almost_full'])
  })

  it('is measured: room left, what the organization takes, where it is', async () => {
    await app.ask('lea', 'backup.create')
    const state = await app.ask('lea', 'storage.state')
    expect(state).toMatchObject({ data_folder: app.folder, cloud_drive: false, second: null, backups: 1, disk: { read_only: false } })
    const organization = state['organization'] as Record<string, number>
    expect(organization['file_bytes']).toBe(statSync(app.file).size)
    expect(organization['backups_bytes']).toBeGreaterThan(0)
    expect((await app.ask('lea', 'storage.check'))['whole']).toBe(true)
  })
})

describe('the second folder', () => {
  it('is refused when it cannot keep backups, with why', async () => {
    const file = join(elsewhere, 'a-file')
    writeFileSync(file, '')
    for (const folder of ['relative/folder', join(elsewhere, 'nowhere'), file, app.folder, join(app.folder, 'organizations')]) expect(await app.code('lea', 'backup.set_folder', { folder }), folder).toBe('backup.folder')
    expect(await app.code('lea', 'backup.copy')).toBe('backup.folder')
  })

  it('is refused where a link, or the place of the copies themselves, leads into the data folder', async () => {
    const link = join(elsewhere, 'a-link')
    symlinkSync(join(app.folder, 'organizations'), link)
    expect((await app.refusal('lea', 'backup.set_folder', { folder: link }))['folder_inside']).toBe(link)
    const named = mkdtempSync(join(elsewhere, 'home-'))
    symlinkSync(app.folder, join(named, 'Callboard'))
    expect((await app.refusal('lea', 'backup.set_folder', { folder: named }))['folder_inside']).toBe(named)
  })

  it('that something else took the place of is said to be absent, and work goes on', async () => {
    await app.ask('lea', 'backup.create')
    for (const inTheWay of [elsewhere, join(elsewhere, 'Callboard'), join(elsewhere, 'Callboard', app.org)]) {
      rmSync(elsewhere, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      mkdirSync(elsewhere)
      await app.ask('lea', 'backup.set_folder', { folder: elsewhere })
      rmSync(elsewhere, { recursive: true, maxRetries: 5, retryDelay: 200 })
      mkdirSync(dirname(inTheWay), { recursive: true })
      writeFileSync(inTheWay, 'not a folder')
      expect(await app.code('lea', 'backup.copy'), inTheWay).toBe('backup.folder')
      expect((await app.ask('lea', 'storage.state'))['second'], inTheWay).toMatchObject({ state: 'absent', names: [] })
      expect((await app.ask('lea', 'backup.create'))['copied'], inTheWay).toBe(false)
    }
  })

  it('receives every backup, verified, the one made by hand at once, and leaves no trace of its trial', async () => {
    await app.ask('lea', 'backup.create')
    await app.ask('lea', 'backup.set_folder', { folder: elsewhere })
    expect(readdirSync(elsewhere)).toEqual([])
    expect(await app.ask('lea', 'backup.copy')).toEqual({ copied: 1 })
    const made = await app.ask('lea', 'backup.create')
    const there = join(elsewhere, 'Callboard', app.org)
    expect(readdirSync(there)).toContain(made['name'])
    const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(digest(join(there, String(made['name'])))).toBe(digest(join(app.folder, 'organizations', app.org, 'backups', String(made['name']))))
    expect(await app.ask('lea', 'backup.copy')).toEqual({ copied: 0 })
    expect((await app.ask('lea', 'storage.state'))['second']).toMatchObject({ folder: elsewhere, state: 'ok' })
  })

  it('receives the attachments too, each compared with the hash that is its name; one damaged here is not copied over', async () => {
    await app.ask('lea', 'backup.set_folder', { folder: elsewhere })
    const [whole, damaged] = [await app.host().putBlob('lea', Buffer.from('plan de feu')), await app.host().putBlob('lea', Buffer.from('plan de salle'))]
    const pathIn = (folder: string, hash: string): string => join(folder, 'blobs', hash.slice(0, 2), hash)
    const [here, there] = [join(app.folder, 'organizations', app.org), join(elsewhere, 'Callboard', app.org)]
    writeFileSync(pathIn(here, damaged.sha256), 'plan de sable')
    await app.ask('lea', 'backup.create')
    expect(readFileSync(pathIn(there, whole.sha256), 'utf8')).toBe('plan de feu')
    expect(existsSync(pathIn(there, damaged.sha256))).toBe(false)
  })

  it('that is away is said, and the backup here is made all the same', async () => {
    const disk = join(elsewhere, 'disk')
    mkdirSync(disk)
    await app.ask('lea', 'backup.set_folder', { folder: disk })
    renameSync(disk, join(elsewhere, 'unplugged'))
    const made = await app.ask('lea', 'backup.create')
    expect(made).toMatchObject({ kind: 'manual', copied: false })
    expect((await app.ask('lea', 'storage.state'))['second']).toMatchObject({ state: 'absent' })
    expect(await app.code('lea', 'backup.copy')).toBe('backup.folder')
    expect(existsSync(disk)).toBe(false)
  })
})

describe('before a restore', () => {
  it('says how many changes, by how many people, of what kinds it takes away', async () => {
    const made = await app.ask('lea', 'backup.create')
    expect((await app.ask('lea', 'backup.preview_restore', { name: made['name'] }))['since']).toMatchObject({ changes: 0 })
    await app.ask('lea', 'collaborator.create', { display_name: 'Inès Morvan' })
    await app.ask('lea', 'skill.create', { name: 'Levage' })
    const { since } = await app.ask('lea', 'backup.preview_restore', { name: made['name'] })
    expect(since).toMatchObject({ changes: 2, people: 1, by_entity: [{ entity: 'collaborator', count: 1 }, { entity: 'skill', count: 1 }] })
    expect(await app.code('lea', 'backup.preview_restore', { name: 'none' })).toBe('backup.not_found')
  })

  it('says nothing it cannot count, when the file went another way since', async () => {
    const first = await app.ask('lea', 'backup.create')
    await app.ask('lea', 'skill.create', { name: 'Levage' })
    const second = await app.ask('lea', 'backup.create')
    await app.ask('lea', 'backup.restore', { name: first['name'] })
    await app.ask('lea', 'skill.create', { name: 'Habilitation' })
    expect((await app.ask('lea', 'backup.preview_restore', { name: second['name'] }))['since']).toBeNull()
  })
})

describe('an export', () => {
  it('holds every amount, and is not read by a window that hides them', async () => {
    const name = basename(String((await app.ask('lea', 'export.full'))['file']))
    await app.ask('lea', 'app.set_amounts', { amounts: 'hidden' })
    expect(await app.code('lea', 'export.read', { name, offset: 0 })).toBe('auth.amounts_hidden')
    await app.ask('lea', 'app.set_amounts', { amounts: 'shown' })
    expect(await app.code('lea', 'export.read', { name, offset: 0 })).toBe('done')
  })

  it('is read part by part, whole, and nothing else of the disk is', async () => {
    const made = await app.ask('lea', 'export.full')
    const name = String(made['file']).split('/').at(-1)
    const parts: Buffer[] = []
    for (let offset: unknown = 0; offset !== null; ) {
      const part = await app.ask('lea', 'export.read', { name, offset })
      parts.push(Buffer.from(String(part['base64']), 'base64'))
      offset = part['next']
    }
    expect(createHash('sha256').update(Buffer.concat(parts)).digest('hex')).toBe(made['sha256'])
    for (const other of ['../organization.sqlite', '..', 'none.zip', '/etc/passwd']) expect(await app.code('lea', 'export.read', { name: other, offset: 0 })).toBe('record.not_found')
  })
})

describe('flags', () => {
  it('say where their value comes from', async () => {
    const flagOf = async (): Promise<unknown> => ((await app.ask('lea', 'flag.effective'))['items'] as { name: string }[]).find(({ name }) => name === 'ops_daily_backup')
    expect(await flagOf()).toMatchObject({ enabled: true, source: 'defaults', id: null })
    await app.ask('lea', 'flag.create', { name: 'ops_daily_backup', enabled: false })
    expect(await flagOf()).toMatchObject({ enabled: false, source: 'organization', version: 1 })
    process.env['FEATURE_OPS_DAILY_BACKUP'] = 'on'
    expect(await flagOf()).toMatchObject({ enabled: true, source: 'environment' })
    delete process.env['FEATURE_OPS_DAILY_BACKUP']
  })
})

describe('those who may not keep the organization’s file', () => {
  it('see neither where it is nor what is in its copies', async () => {
    const user_id = await app.addUser('noe')
    await app.ask('lea', 'member.add', { user_id, name: 'Noé', email: 'noe@example.org', role: 'planner', project_id: null })
    await app.signIn('noe', 'noe')
    for (const [name, input] of [['storage.state', {}], ['backup.preview_restore', { name: 'x' }], ['backup.set_folder', { folder: null }], ['export.read', { name: 'x.zip', offset: 0 }], ['storage.check', {}]] as const)
      expect(await app.code('noe', name, input, { org: app.org }), name).toBe('auth.forbidden')
    expect(await app.code('noe', 'flag.effective', {}, { org: app.org })).toBe('done')
  })
})
