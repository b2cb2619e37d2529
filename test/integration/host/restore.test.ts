/** Backups, restores and exports through a real host on real files. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeBackup } from '../../../main/host/backups.ts'
import { openAppFile } from '../../../main/host/app-file.ts'
import { openDataFolder } from '../../../main/host/data-folder.ts'
import { openJournal } from '../../../main/host/journal.ts'
import { openOrganizations } from '../../../main/host/open-organizations.ts'
import { openThreads } from '../../../main/threads/threads.ts'
import { startUpkeep } from '../../../main/host/upkeep.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { openOrganizationFile } from '../../../shared/store/organization-file.ts'
import { latestVersion, migrations } from '../../../shared/store/migrations/index.ts'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

let app: TestHost
beforeEach(async () => {
  app = await openTestHost()
})
afterEach(() => app.close())

const DAY = 86_400_000
const backup = async (): Promise<string> => String((await app.ask('lea', 'backup.create'))['name'])
function inFile(path: string, sql: string): unknown[] {
  const database = new Database(path, { readonly: true })
  try {
    return database.prepare(sql).pluck().all()
  } finally {
    database.close()
  }
}
const folderOf = (file: string): string => dirname(file)

describe('a restore while calls arrive', () => {
  it('refuses them with storage.restoring or takes them into the new file: what is answered is in the file', async () => {
    const name = await backup()
    const codes = new Set<string>()
    for (let ticks = 0; ticks < 20; ticks++) {
      const restoring = app.code('lea', 'backup.restore', { name })
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
      codes.add(await app.code('lea', 'skill.create', { name: `pendant ${ticks}` }))
      expect(await restoring).toBe('done')
      await app.ask('lea', 'skill.create', { name: `après ${ticks}` })
      expect(inFile(app.file, 'SELECT name FROM skill'), `${ticks} ticks`).toContain(`après ${ticks}`)
    }
    expect([...codes].sort()).toEqual(['done', 'storage.restoring'])
  })

  it('never takes the file away from a call that is reading it', async () => {
    const name = await backup()
    const codes = new Set<string>()
    for (let ticks = 0; ticks < 24; ticks++) {
      const restoring = app.code('lea', 'backup.restore', { name })
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve()
      for (const code of await Promise.all([app.code('lea', 'audit.verify'), app.code('lea', 'collaborator.list')])) codes.add(code)
      await restoring
    }
    expect([...codes].filter((code) => code !== 'done' && code !== 'storage.restoring')).toEqual([])
  })

  it('waits for what was begun before, keeps it in the backup made first, and lets one restore at a time', async () => {
    const name = await backup()
    const begun = app.code('lea', 'skill.create', { name: 'commencé' })
    const [first, second] = await Promise.all([app.code('lea', 'backup.restore', { name }), app.code('lea', 'backup.restore', { name })])
    expect([first, second].sort()).toEqual(['done', 'storage.restoring'])
    expect(await begun).toBe('done')
    const backups = join(folderOf(app.file), 'backups')
    const [before = ''] = readdirSync(backups).filter((one) => one.startsWith('before-restore'))
    expect(inFile(join(backups, before), 'SELECT name FROM skill')).toEqual(['commencé'])
    expect(inFile(app.file, 'SELECT name FROM skill')).toEqual([])
  })
})

describe('a file that lost its contents', () => {
  it('is damaged, left as it is, and its keeper puts a backup back', async () => {
    await app.ask('lea', 'skill.create', { name: 'Poursuite' })
    const name = await backup()
    await app.reopen(() => truncateSync(app.file, 0))
    expect(await app.signIn('lea', 'lea')).toMatchObject({ organizations: [{ id: app.org, state: 'damaged' }], open: app.org })
    expect(await app.code('lea', 'project.list')).toBe('storage.damaged')
    expect(statSync(app.file).size).toBe(0)
    expect(await app.ask('lea', 'backup.list')).toMatchObject({ items: [{ name }], state: 'damaged' })
    expect(await app.code('lea', 'backup.restore', { name })).toBe('done')
    expect(inFile(app.file, 'SELECT name FROM skill')).toEqual(['Poursuite'])
  })

  it('or is gone, comes back as the backup was, whatever log it left beside', async () => {
    await app.ask('lea', 'skill.create', { name: 'Avant' })
    const name = await backup()
    await app.ask('lea', 'skill.create', { name: 'Depuis' })
    const log = readFileSync(`${app.file}-wal`)
    expect(log.byteLength).toBeGreaterThan(0)
    await app.reopen(() => {
      rmSync(app.file)
      writeFileSync(`${app.file}-wal`, log)
    })
    expect(await app.signIn('lea', 'lea')).toMatchObject({ organizations: [{ state: 'missing' }] })
    expect(await app.ask('lea', 'backup.restore', { name })).toEqual({ name, kept: null })
    expect(inFile(app.file, 'SELECT name FROM skill')).toEqual(['Avant'])
    expect(inFile(app.file, 'PRAGMA integrity_check')).toEqual(['ok'])
  })

  it('that is missing altogether is not founded again', async () => {
    const founding = { name: 'La Digue', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR' }
    const { id } = await app.ask('lea', 'organization.create', founding, { id: 'founding' })
    const file = join(app.folder, 'organizations', String(id), 'organization.sqlite')
    await app.reopen(() => rmSync(dirname(file), { recursive: true, maxRetries: 5, retryDelay: 200 }))
    await app.signIn('lea', 'lea')
    expect(await app.code('lea', 'organization.create', founding, { id: 'founding' })).toBe('storage.failed')
    expect(existsSync(file)).toBe(false)
  })
})

describe('backups', () => {
  it('made before a migration are listed and can be put back', async () => {
    await app.host().close()
    const next = { version: latestVersion + 1, name: 'next', statements: () => ['CREATE TABLE later (x TEXT) STRICT'] }
    const backups = join(folderOf(app.file), 'backups')
    await openOrganizationFile(app.file, { backupFolder: backups, stamp: '2026-11-22T18-30-00-000Z', migrations: [...migrations, next] }).close()
    const name = `before-v${next.version}.2026-11-22T18-30-00-000Z.sqlite`
    await app.reopen()
    await app.signIn('lea', 'lea')
    const { items } = await app.ask('lea', 'backup.list', {}, { org: app.org })
    expect(items).toMatchObject([{ name, kind: `before-v${next.version}`, made_at: '2026-11-22T18:30:00.000Z' }])
    expect(await app.code('lea', 'backup.restore', { name }, { org: app.org })).toBe('done')
    expect(await app.code('lea', 'skill.list', {}, { org: app.org })).toBe('done')
  })

  it('are never written over by another of the same name', async () => {
    const folder = folderOf(app.file)
    const paths = { folder, file: app.file, backups: join(folder, 'backups'), blobs: join(folder, 'blobs'), exports: join(folder, 'exports'), issued: join(folder, 'issued') }
    const made = makeBackup(paths, 'manual', '2026-11-22T18:30:00.000Z', {})
    const bytes = readFileSync(join(paths.backups, made.name))
    await app.ask('lea', 'skill.create', { name: 'Depuis' })
    expect(() => makeBackup(paths, 'manual', '2026-11-22T18:30:00.000Z', {})).toThrow('made already')
    expect(readFileSync(join(paths.backups, made.name)).equals(bytes)).toBe(true)
  })

  it('keep the attachments they name: upkeep clears what no copy names', async () => {
    const project = await app.ask('lea', 'project.create', {
      code: 'PHARE', name: 'Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-10T00:00:00.000Z', document_language: 'fr',
    })
    const empty = await backup()
    const { sha256, size } = await app.host().putBlob('lea', Buffer.from('plan de feu'))
    const forgotten = await app.host().putBlob('lea', Buffer.from('jamais joint'))
    await app.ask('lea', 'attachment.add', { project_id: project['id'], entity: 'project', entity_id: project['id'], name: 'plan.pdf', type: 'application/pdf', size, sha256 })
    const full = await backup()
    await app.ask('lea', 'backup.restore', { name: empty })
    const pathOf = (hash: string): string => join(folderOf(app.file), 'blobs', hash.slice(0, 2), hash)
    const old = new Date(Date.now() - 3 * DAY)
    for (const hash of [sha256, forgotten.sha256]) utimesSync(pathOf(hash), old, old)
    await app.host().close()
    await runUpkeep()
    await app.reopen()
    expect(existsSync(pathOf(forgotten.sha256))).toBe(false)
    expect(existsSync(pathOf(sha256))).toBe(true)
    await app.signIn('lea', 'lea')
    await app.ask('lea', 'backup.restore', { name: full })
    expect(await app.ask('lea', 'attachment.list')).toMatchObject({ items: [{ sha256 }] })
  })
})

/** The upkeep of attachments of a host that does nothing else, at once instead of at its next turn. */
async function runUpkeep(): Promise<void> {
  const folder = openDataFolder(app.folder, {})
  const file = await openAppFile(folder.app, {})
  const journal = openJournal(folder.logs, () => fromMs(Date.now()))
  const organizations = openOrganizations({ folder, sqlite: {}, appVersion: 'test', journal, now: () => fromMs(Date.now()), onCommit: () => undefined, onOpen: () => undefined, onTrouble: () => undefined, failedJobs: () => Promise.resolve([]), app: file, onClosing: () => undefined })
  const threads = openThreads(journal)
  const upkeep = startUpkeep({ app: file, folder, sqlite: {}, journal, organizations, threads, afterBackup: () => undefined, onJobs: () => undefined })
  await upkeep.jobs.enqueue('attachment_upkeep', app.org, 'asked')
  await upkeep.jobs.runDue()
  expect(await upkeep.jobs.list(app.org)).toContainEqual(expect.objectContaining({ kind: 'attachment_upkeep', state: 'done', key: `attachment_upkeep:${app.org}:asked` }))
  await upkeep.stop()
  await organizations.closeAll()
  await threads.close()
  await file.close()
  folder.release()
}

describe('the full export', () => {
  it('is of one moment: every row that its log tells of is in it, whatever is written meanwhile', async () => {
    let going = true
    let written = 0
    const writing = (async () => {
      while (going) {
        await app.ask('lea', 'skill.create', { name: `Savoir ${written++}` })
        // Calls of a page come one message after another: what a thread answers comes between them.
        await setImmediate()
      }
    })()
    for (let run = 0; run < 3; run++) {
      const made = await app.ask('lea', 'export.full')
      const files = unzipSync(readFileSync(String(made['file'])))
      const rows = (table: string): Record<string, unknown>[] =>
        strFromU8(files[`tables/${table}.ndjson`] ?? new Uint8Array()).split('\n').filter(Boolean).map((line) => z.looseObject({}).parse(JSON.parse(line)))
      const exported = new Set(rows('skill').map((row) => row['id']))
      const told = rows('audit_event').filter((row) => row['entity'] === 'skill').map((row) => row['entity_id'])
      expect(told.filter((id) => !exported.has(id))).toEqual([])
      expect(exported.size).toBe(new Set(told).size)
    }
    going = false
    await writing
    expect(written).toBeGreaterThan(3)
    expect(readdirSync(join(folderOf(app.file), 'exports')).filter((name) => !name.endsWith('.zip'))).toEqual([])
  })
})
