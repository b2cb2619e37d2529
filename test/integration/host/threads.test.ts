/** Long work beside the core's thread: same bytes, nothing lost when a thread dies, nothing half-made when the process is killed. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkFile, listBackups, makeBackup } from '../../../main/host/backups.ts'
import { openAppFile } from '../../../main/host/app-file.ts'
import { openDataFolder } from '../../../main/host/data-folder.ts'
import { openJournal } from '../../../main/host/journal.ts'
import { openOrganizations } from '../../../main/host/open-organizations.ts'
import { startUpkeep } from '../../../main/host/upkeep.ts'
import type { PrintingWork } from '../../../main/threads/printing.ts'
import { openThread, threadFile, type Thread } from '../../../main/threads/thread.ts'
import { openThreads } from '../../../main/threads/threads.ts'
import type { UpkeepWork } from '../../../main/threads/upkeep.ts'
import { compareSheets } from '../../../shared/domain/runsheets/compare.ts'
import { draw } from '../../../shared/documents/draw.ts'
import type { Definition } from '../../../shared/documents/printing.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import { Refusal } from '../../../shared/kernel/result.ts'
import { StoreError } from '../../../shared/store/engine.ts'
import type { MortalWork } from '../../fixtures/mortal-thread.ts'
import { openTestHost } from '../../fixtures/host.ts'
import { filmDay, issueOf, stageDay, stageDayBefore } from '../../fixtures/sheets.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const failureOf = (asked: Promise<unknown>): Promise<unknown> => asked.then(() => 'answered', (error: unknown) => (error instanceof Refusal ? error.failure.code : error))
const point = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', 'base64')

const list: Definition = {
  kind: 'list', issue: { generated_at: '2026-10-23T16:40:12.000Z' as Instant, content_hash: '9f3c a71e 04bd', demo: true, made_by: 'Léa Martin' },
  drawing: { paper: { size: 'A4', landscape: true }, large: false },
  content: {
    format: 1, document: 'crew_list', language: 'fr', organization: { id: 'o', name: 'Compagnie du Phare' }, project: { id: 'p', name: 'Les Nuits du Phare' },
    title: 'Liste d’équipe', badge: 'NDP', subtitle: 'Brest', notes: ['Une note'], filters: null, zone: 'Europe/Paris',
    sections: [
      { kind: 'facts', title: 'Où', boxed: true, facts: [{ id: 'a', label: 'Adresse', lines: ['1 quai du Phare', 'Brest'], strong: true }], geo: { latitude: 48.38, longitude: -4.49 } },
      {
        kind: 'table', title: null, note: null, empty: '', columns: [{ key: 'name', label: 'Nom', kind: 'text', width: 80, grow: 1 }, { key: 'phone', label: 'Tél.', kind: 'phone', width: 80, grow: 0 }],
        groups: [{ id: 'd', code: 'LUM', title: 'Lumière', count: '80', rows: Array.from({ length: 80 }, (_, index) => ({ id: `${index}`, cells: { name: `Personne ${index}`, phone: '06 39 98 00 00' } })) }],
      },
    ],
  },
}

describe('a document drawn in the printing thread', () => {
  let printing: Thread<PrintingWork>
  beforeAll(() => {
    printing = openThread<PrintingWork>(threadFile('printing'), (why) => expect.fail(why))
  })
  afterAll(() => printing.close())

  const definitions: Record<string, Definition> = {
    'sheet with its changes, plan and logo': { kind: 'sheet', snapshot: stageDay, issue: issueOf(stageDay), options: { changes: compareSheets(stageDayBefore, stageDay), plan_image: point, logo_image: point, brand_line: 'Licence PLATESV-R-2026-000123' } },
    'sheet of a day of shooting in English': { kind: 'sheet', snapshot: filmDay, issue: issueOf(filmDay), options: { language: 'en', variant: 'field' } },
    'list': list,
  }
  for (const [name, definition] of Object.entries(definitions))
    it(`has the bytes it has in the core's own thread: ${name}`, async () => {
      const [there, here] = [await printing.ask('draw', definition), await draw(definition)]
      const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
      expect(hash(there.bytes)).toBe(hash(here.bytes))
      expect(there.pages).toBe(here.pages)
      expect(Buffer.from(there.bytes.subarray(0, 5)).toString('latin1')).toBe('%PDF-')
    })
})

describe('a thread', () => {
  let ended: string[]
  let thread: Thread<MortalWork>
  beforeEach(() => {
    ended = []
    thread = openThread<MortalWork>(fixture('mortal-thread.ts'), (why) => ended.push(why), 50)
  })
  afterEach(() => thread.close())

  it('that dies refuses what it had not answered, says so, and the next question starts another', async () => {
    const asked = [thread.ask('double', 4), thread.ask('end', 7), thread.ask('double', 5)].map(failureOf)
    expect(await Promise.all(asked)).toEqual(['answered', 'server.thread_ended', 'server.thread_ended'])
    expect(ended).toEqual(['exit 7'])
    expect(await thread.ask('double', 21)).toBe(42)
    expect(await failureOf(thread.ask('throwLater'))).toBe('server.thread_ended')
    expect(ended).toEqual(['exit 7', 'broken elsewhere'])
    expect(await thread.ask('double', 1)).toBe(2)
  })

  it('that has rested starts again', async () => {
    expect(await thread.ask('double', 1)).toBe(2)
    await pause(300)
    expect(await thread.ask('double', 2)).toBe(4)
    expect(ended).toEqual([])
  })

  it('fails as the work failed: a refusal with its details, a full disk as one', async () => {
    await expect(thread.ask('refuse', '/mnt/usb')).rejects.toMatchObject({ failure: { code: 'backup.folder', details: [{ issue: 'folder_missing', found: '/mnt/usb' }] } })
    const full = await thread.ask('fill').catch((error: unknown) => error)
    expect(full).toBeInstanceOf(StoreError)
    expect(full).toMatchObject({ problem: 'full', object: 'organization', message: 'full organization: no room' })
    await expect(thread.ask('copy')).rejects.toMatchObject({ problem: 'full' })
  })

  it('is waited for when it is closed, and takes nothing more', async () => {
    const working = thread.ask('wait', 200)
    await thread.close()
    expect(await working).toBe(200)
    expect(await failureOf(thread.ask('double', 1))).toBe('server.thread_ended')
  })
})

describe('the core', () => {
  it('answers while a backup is made, and closing waits for the backup', async () => {
    const app = await openTestHost()
    try {
      let done = false
      const backup = app.ask('lea', 'backup.create').then((made) => {
        done = true
        return made
      })
      let answered = 0
      while (!done) {
        await app.ask('lea', 'skill.list')
        if (!done) answered++
        await pause(1)
      }
      expect(answered).toBeGreaterThan(1)
      expect((await backup)['bytes']).toBeGreaterThan(0)
      const last = app.ask('lea', 'backup.create')
      await pause(5)
      await app.reopen()
      expect(existsSync(join(app.file, '..', 'backups', String((await last)['name'])))).toBe(true)
    } finally {
      await app.close()
    }
  })

  it('does not check a file again that it has just opened: the day’s check is written down as done', async () => {
    const app = await openTestHost()
    try {
      const { items } = await app.ask('lea', 'job.list')
      expect(items).toContainEqual(expect.objectContaining({ kind: 'integrity_check', state: 'done' }))
      expect(await app.ask('lea', 'storage.check')).toMatchObject({ whole: true })
    } finally {
      await app.close()
    }
  })

  it('says a check whose thread died as a failed job with words, and does it at the next attempt', async () => {
    const app = await openTestHost()
    await app.host().close()
    const folder = openDataFolder(app.folder, {})
    const file = await openAppFile(folder.app, {})
    const journal = openJournal(folder.logs, () => fromMs(Date.now()))
    const threads = openThreads(journal)
    const upkeepThread = openThread<UpkeepWork>(fixture('mortal-thread.ts'), () => undefined)
    const organizations = openOrganizations({ folder, sqlite: {}, appVersion: 'test', journal, now: () => fromMs(Date.now()), onCommit: () => undefined, onOpen: () => undefined, onTrouble: () => undefined, failedJobs: () => Promise.resolve([]), app: file, onClosing: () => undefined })
    const upkeep = startUpkeep({ app: file, folder, sqlite: {}, journal, organizations, threads: { ...threads, upkeep: upkeepThread }, afterBackup: () => undefined, onJobs: () => undefined })
    try {
      writeFileSync(`${app.file}.end`, '')
      await upkeep.jobs.enqueue('integrity_check', app.org, 'asked')
      await upkeep.jobs.runDue()
      const job = async () => (await upkeep.jobs.list(app.org)).find(({ key }) => key.endsWith(':asked'))
      expect(await job()).toMatchObject({ state: 'waiting', attempts: 1, error: expect.stringContaining('The work ended before it was done') as string })
      await file.engine.transaction(() => file.engine.run("UPDATE job SET run_after = ? WHERE state = 'waiting'", [fromMs(Date.now() - 60_000)]))
      await upkeep.jobs.runDue()
      expect(await job()).toMatchObject({ state: 'done', attempts: 2, error: null })
    } finally {
      await upkeep.stop()
      await organizations.closeAll()
      await upkeepThread.close()
      await threads.close()
      await file.close()
      folder.release()
      await app.reopen()
      await app.close()
    }
  })
})

describe('a process killed while it makes a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-killed-backup-'))
  const paths = { folder, file: join(folder, 'organization.sqlite'), backups: join(folder, 'backups'), blobs: join(folder, 'blobs'), exports: join(folder, 'exports'), issued: join(folder, 'issued') }
  beforeAll(() => {
    const database = new Database(paths.file)
    database.exec('CREATE TABLE page (bytes BLOB); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800) INSERT INTO page SELECT randomblob(20000) FROM n')
    database.close()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

  it('leaves no half copy in the list, and the next backup clears what it left', async () => {
    let drafts = 0
    for (let run = 0; run < 6; run++) {
      rmSync(paths.backups, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
      mkdirSync(paths.backups)
      const child = spawn(process.execPath, [fixture('backing-up-child.ts'), folder], { stdio: 'ignore' })
      const gone = new Promise((resolve) => child.on('exit', resolve))
      const under = (): boolean => readdirSync(paths.backups).some((name) => !name.endsWith('.sqlite'))
      while (!under()) await pause(1)
      await pause(run * 15)
      child.kill('SIGKILL')
      await gone
      if (under()) drafts++
      for (const { name } of listBackups(paths)) checkFile(join(paths.backups, name), {})
    }
    expect(drafts).toBeGreaterThan(0)
    const { name } = makeBackup(paths, 'manual', '2026-11-23T08:00:00.000Z', {})
    expect(listBackups(paths).map((one) => one.name)).toContain(name)
    expect(readdirSync(paths.backups).filter((one) => !one.endsWith('.sqlite'))).toEqual([])
  })
})
