import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveId } from '../../shared/kernel/ids.ts'
import { openOrganizationFile, type OrganizationFile } from '../../shared/store/organization-file.ts'
import { openMemoryFile, openReplicaFile } from '../../shared/store/replica-file.ts'
import { withNext } from '../fixtures/next-migration.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-replica-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))

const options = () => ({ backupFolder: join(folder, 'backups'), stamp: 'test' })
const org = deriveId('replica', 'organization')
const INSERT = `INSERT INTO department (org_id, id, code, name, colour, position, version, created_at, created_by, updated_at, updated_by) VALUES (?, ?, ?, 'Lumière', '#000000', 'a', 1, 'x', 'x', 'x', 'x')`
const DEPARTED = `INSERT INTO mission (org_id, id, project_id, title, kind, start_at, end_at, zone, status, priority, locked, tags, checklist, source, version, created_at, created_by, updated_at, updated_by)
  VALUES (?, ?, 'nowhere', 'Orpheline', 'show', 'x', 'x', 'x', 'x', 1, 0, '[]', '[]', 'x', 1, 'x', 'x', 'x', 'x')`
const EVENT = `INSERT INTO audit_event (org_id, id, action, lead, actor_kind, actor, changes_digest, occurred_at, recorded_at, request_id, correlation_id, device, app_version, position)
  VALUES (?, ?, 'a', 1, 'user', 'u', 'd', 'x', 'x', 'r', 'c', 'd', 'v', 1)`

async function holdsWhatAnAuthorityRefuses({ engine }: OrganizationFile): Promise<void> {
  await engine.transaction(async () => {
    await engine.run(INSERT, [org, 'one', 'LX'])
    await engine.run(INSERT, [org, 'two', 'LX'])
    await engine.run(DEPARTED, [org, 'mission'])
    await engine.run(EVENT, [org, 'event'])
    await engine.run(EVENT, [org, 'same place'])
    await engine.run('DELETE FROM audit_event WHERE org_id = ?', [org])
  })
  expect(await engine.all('SELECT id FROM department WHERE org_id = ? AND code = ? ORDER BY id', [org, 'LX'])).toEqual([{ id: 'one' }, { id: 'two' }])
  const plan = await engine.all('EXPLAIN QUERY PLAN SELECT id FROM department WHERE org_id = ? AND deleted_at IS NULL AND code = ?', [org, 'LX'])
  expect(plan.map((step) => String(step['detail'])).join()).toContain('uq_department_0 (org_id=? AND code=?)')
}

describe('the file of a replica', () => {
  it('takes rows in any order: values that are taken twice for a while, references to rows that are not here, events that go again', async () => {
    const file = openReplicaFile(join(folder, 'replica.sqlite'), options())
    await holdsWhatAnAuthorityRefuses(file)
    await file.close()
  })

  it('is kept by a migration as it is, whatever it holds that an authority would not', async () => {
    const path = join(folder, 'replica.sqlite')
    const before = openReplicaFile(path, options())
    await holdsWhatAnAuthorityRefuses(before)
    await before.close()
    const after = openReplicaFile(path, { ...options(), migrations: withNext })
    expect(await after.engine.all('SELECT COUNT(*) AS n FROM department', [])).toEqual([{ n: 2 }])
    expect(await after.engine.all('SELECT COUNT(*) AS n FROM extra', [])).toEqual([{ n: 1 }])
    await after.close()
  })

  it('is never opened as an authority, nor an authority as a replica', async () => {
    await openReplicaFile(join(folder, 'replica.sqlite'), options()).close()
    await openOrganizationFile(join(folder, 'authority.sqlite'), options()).close()
    expect(() => openOrganizationFile(join(folder, 'replica.sqlite'), options())).toThrow('failed replica')
    expect(() => openReplicaFile(join(folder, 'authority.sqlite'), options())).toThrow('failed authority')
  })
})

describe('a file in memory', () => {
  it('of a replica behaves as one on disk', () => holdsWhatAnAuthorityRefuses(openMemoryFile('replica')))

  it('of an authority keeps its promises', async () => {
    const { engine } = openMemoryFile('authority')
    await engine.run(INSERT, [org, 'one', 'LX'])
    await expect(engine.run(INSERT, [org, 'two', 'LX'])).rejects.toThrow('unique uq_department_0')
    await expect(engine.transaction(() => engine.run(DEPARTED, [org, 'mission']))).rejects.toThrow('reference')
    await engine.run(EVENT, [org, 'event'])
    await expect(engine.run('DELETE FROM audit_event WHERE org_id = ?', [org])).rejects.toThrow('append_only')
  })

  it('is nobody else’s: two of them share nothing, and each costs little', async () => {
    const first = openMemoryFile('authority')
    const second = openMemoryFile('authority')
    await first.engine.run(INSERT, [org, 'one', 'LX'])
    expect(await second.engine.all('SELECT id FROM department', [])).toEqual([])
    const start = performance.now()
    for (let made = 0; made < 20; made++) await openMemoryFile('replica').engine.all('SELECT COUNT(*) FROM department', [])
    const each = (performance.now() - start) / 20
    console.log(`a file in memory: ${each.toFixed(2)} ms`)
    expect(each).toBeLessThan(50)
  })
})
