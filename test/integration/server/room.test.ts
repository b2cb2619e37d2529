import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError, type Engine } from '../../../shared/store/engine.ts'
import { openDatabase, sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import { migrateServer } from '../../../sync-server/accounts/schema.ts'
import { failureOf, statusOf } from '../../../sync-server/http/envelope.ts'
import { openRoom } from '../../../sync-server/storage/room.ts'

let folder = ''
let engine: Engine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-room-'))
  engine = sqliteEngine(openDatabase(join(folder, 'server.sqlite')))
  await migrateServer(engine)
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe('room at the server', () => {
  it('is lacking from a refused write until one goes through, also where the folder has room', async () => {
    const room = openRoom(folder, engine, (bytes) => randomBytes(bytes))
    expect(await room.look()).toMatchObject({ left: true })
    const [{ page_count: pages } = { page_count: 0 }] = await engine.all('SELECT page_count FROM pragma_page_count', [])
    await engine.all(`PRAGMA max_page_count = ${Number(pages)}`, [])
    room.refused()
    expect(await room.look()).toMatchObject({ left: false })
    await engine.all('PRAGMA max_page_count = 1000000', [])
    expect(await room.look()).toMatchObject({ left: true })
    expect(await engine.all("SELECT name FROM server_setting WHERE name = 'room'", [])).toEqual([])
  })
  it('of PostgreSQL is told from a PostgreSQL that does not answer', () => {
    const said = (problem: 'full' | 'unavailable', code: string) => failureOf(new StoreError(problem, null, Object.assign(new Error('said by PostgreSQL'), { code }))).failure.code
    expect(said('full', '53100')).toBe('server.storage_full')
    expect(statusOf('server.storage_full')).toBe(507)
    expect(said('unavailable', '53300')).toBe('storage.unavailable')
  })
})
