/** Errors and crashes of real processes, as the person finds them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openReports, type Report } from '../../../main/host/reports.ts'
import { openTestHost, type TestHost } from '../../fixtures/host.ts'

const child = fileURLToPath(new URL('../../fixtures/crashing-child.ts', import.meta.url))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-reports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

const read = (root: string): Report[] => openReports(join(root, 'reports'), 'test', () => new Date().toISOString()).list()

async function run(how: string, then?: (kill: () => void) => void): Promise<void> {
  const started = spawn(process.execPath, [child, folder, how], { stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(started, 'exit')
  if (then) {
    await once(started.stdout, 'data')
    then(() => started.kill('SIGKILL'))
  }
  await exited
}

describe('a process that stops', () => {
  it.each([['throws', 'TypeError'], ['rejects', 'RangeError']])('because it %s leaves a report without names', async (how, name) => {
    await run(how)
    const [report] = read(folder)
    expect(report).toMatchObject({ where: 'program', name, count: 1, app_version: 'test' })
    expect(report?.stack[0]).toMatch(/^at .*crashing-child\.ts:\d+:\d+\)$/)
    expect(JSON.stringify(report)).not.toContain('Zéphyrine')
    expect(JSON.stringify(report)).not.toContain(tmpdir())
  })

  it('because it was killed is reported by the next run, and one that closes is not', async () => {
    await run('waits', (kill) => kill())
    await run('closes', () => undefined)
    expect(read(folder).map((report) => report.where)).toEqual(['ended'])
    await run('closes', () => undefined)
    expect(read(folder)).toHaveLength(1)
  })
})

describe('reports', () => {
  it('are the last twenty; the same error counts up', () => {
    let at = Date.parse('2026-10-24T08:00:00.000Z')
    const reports = openReports(join(folder, 'reports'), 'test', () => new Date((at += 1000)).toISOString())
    const words = ['array', 'blob', 'cell', 'class', 'code', 'column', 'command', 'cursor', 'data', 'date', 'disk', 'entity', 'field', 'file', 'frame', 'hash', 'heap', 'image', 'index', 'item', 'job', 'key', 'limit', 'list', 'map']
    for (const word of words) reports.write({ where: 'page', error: new Error(`broken ${word}`) })
    for (let again = 0; again < 5; again++) reports.write({ where: 'page', error: Object.assign(new Error('broken map'), { stack: '' }) })
    const kept = reports.list()
    expect(kept).toHaveLength(20)
    expect(kept[0]).toMatchObject({ message: 'broken map', count: 5 })
    expect(readdirSync(join(folder, 'reports')).every((name) => name.endsWith('.json'))).toBe(true)
    expect(reports.remove('../../etc/passwd')).toBe(false)
    expect(reports.remove(kept[0]?.id ?? '')).toBe(true)
    expect(reports.list()).toHaveLength(19)
  })

  it('survive a file cut short by the crash it was about', () => {
    const reports = openReports(join(folder, 'reports'), 'test', () => '2026-10-24T08:00:00.000Z')
    const made = reports.write({ where: 'core', error: new Error('disk failed') })
    const path = join(folder, 'reports', `report-${made?.id}.json`)
    rmSync(path)
    expect(reports.list()).toEqual([])
  })
})

describe('in the application', () => {
  let app: TestHost
  beforeEach(async () => {
    app = await openTestHost()
  })
  afterEach(() => app.close())

  it('a page that breaks is reported even before anybody signed in, and read, then deleted, by who is signed in', async () => {
    const broken = { name: 'TypeError', message: 'Morvan is not a function', stack: 'TypeError: x\n    at Row (app://callboard/assets/index-1.js:1:2)', place: `/o/${app.org}/audit?q=Morvan` }
    expect(await app.code('nobody', 'report.write', broken)).toBe('done')
    expect(await app.code('nobody', 'report.list')).toBe('auth.required')
    const { items } = await app.ask('lea', 'report.list')
    const [report] = items as Report[]
    expect(report).toMatchObject({ where: 'page', message: '… is not a function', place: '/o/:id/audit', stack: ['at Row (assets/index-1.js:1:2)'] })
    expect(readFileSync(join(app.folder, 'reports', `report-${report?.id}.json`), 'utf8')).not.toContain('Morvan')
    expect(await app.code('lea', 'report.remove', { id: report?.id })).toBe('done')
    expect((await app.ask('lea', 'report.list'))['items']).toEqual([])
  })

  it('a page that breaks again and again does not fill the disk', async () => {
    for (let time = 0; time < 40; time++) await app.ask('lea', 'report.write', { name: 'Error', message: 'broken page', stack: '', place: '/' })
    const [report] = (await app.ask('lea', 'report.list'))['items'] as Report[]
    expect(report?.count).toBeLessThanOrEqual(60)
    expect(report?.count).toBeGreaterThanOrEqual(30)
  })
})
