/** A view that is cut off between the outbox and its own commit, or between two pages: what the person did is neither lost nor done twice (sync rules 17r, 19). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { createOrganizationCore, type OrganizationCore, type Outside } from '../../shared/core/organization-core.ts'
import { entities } from '../../shared/domain/registry.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../shared/kernel/ids.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { openOutbox, type OutboxFile } from '../../shared/store/outbox-file.ts'
import type { OrganizationFile } from '../../shared/store/organization-file.ts'
import { MOST_CHANGES } from '../../shared/store/replica-changes.ts'
import { openMemoryFile } from '../../shared/store/replica-file.ts'
import { eachRow } from '../../shared/store/replica-store.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import type { Replica } from '../../shared/sync/contracts.ts'
import { lineSum } from '../../shared/sync/digests.ts'
import { openReplica } from '../../shared/sync/replica/replica.ts'
import { trailerOf, type PullPage, type PullRequest, type RowChange } from '../../shared/sync/wire.ts'

const org = deriveId('replica', 'organization')
const owner = deriveId('replica', 'owner')
let clock = Date.parse('2026-10-20T08:00:00.000Z')
let drawn = 0
const outside: Outside = {
  now: () => fromMs((clock += 1000)), random: (bytes) => Buffer.from(sha256(`replica ${++drawn}`), 'hex').subarray(0, bytes), app_version: 'test', report: () => undefined,
}
let server: OrganizationFile
let view: OrganizationFile
let outbox: OutboxFile
let mission: Id
let calls = 0

async function ask(core: OrganizationCore, name: string, input: unknown, id = `call-${++calls}`): Promise<Record<string, unknown>> {
  const answer = await core.execute({ name, input, id }, { user_id: owner, device: 'laptop', scope: null })
  if ('error' in answer) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
  return answer.value as Record<string, unknown>
}
/** All rows of the server, as it would send them to its owner. */
async function* snapshot(): AsyncIterable<string> {
  const sum = lineSum()
  const line = (said: unknown): string => {
    const text = JSON.stringify(said)
    sum.add(text)
    return text
  }
  yield line({ protocol: 1, at: { epoch: 1, seq: 10 }, scope: 'all', commands: [] })
  for (const entity of entities.values())
    for await (const { org_id: _org, ...row } of eachRow(server.engine, org, entity)) yield line({ entity: entity.name, id: row['id'], seq: 1, row })
  yield JSON.stringify({ trailer: sum.result() })
}
const open = (engine: Engine = view.engine, through = outbox): Promise<Replica> => openReplica({ org, user: owner, device: 'laptop', engine, readEngine: view.readEngine, outbox: through, handlers: organizationOperations, outside })
const title = async (replica: Replica): Promise<unknown> => (await ask(replica.core, 'mission.get', { id: mission }))['title']

beforeEach(async () => {
  server = openMemoryFile('authority')
  const core = createOrganizationCore({ org, engine: server.engine, readEngine: server.readEngine, handlers: organizationOperations, outside })
  await ask(core, 'organization.create', { name: 'Compagnie du Phare', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR', owner: { user_id: owner, name: 'Léa Martin', email: 'lea@example.org' } })
  const project = await ask(core, 'project.create', {
    code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z', document_language: 'fr',
  })
  mission = String((await ask(core, 'mission.create', { project_id: project['id'], title: 'Montage', start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))['id']) as Id
  view = openMemoryFile('replica')
  outbox = await openOutbox(sqliteEngine(openDatabase(':memory:', {})))
})
afterEach(async () => {
  await server.close()
  await view.close()
  await outbox.close()
})

/** Fails where a transaction of the view would be committed, once asked to. */
function failing(): { engine: Engine; fail: (now: boolean) => void } {
  let failed = false
  return {
    fail: (now) => (failed = now),
    engine: {
      ...view.engine,
      transaction: (work) =>
        view.engine.transaction(async () => {
          const value = await work()
          if (failed) throw new Error('power cut')
          return value
        }),
    },
  }
}

describe('a view cut off after the outbox', () => {
  it('takes up what the outbox has, and the same call finds it done', async () => {
    const first = await open()
    expect(await first.takeSnapshot(snapshot())).toBe('done')
    const { engine, fail } = failing()
    // The process is gone before anything is put right: nothing is taken back.
    const cut = await open(engine, { ...outbox, withdraw: () => new Promise(() => undefined) })
    const change = { id: mission, version: 1, changes: { title: 'Montage scène' } }
    fail(true)
    void ask(cut.core, 'mission.update', change, 'the call').catch(() => undefined)
    await expect.poll(async () => (await outbox.heads()).length).toBe(1)
    const again = await open()
    expect(await title(again)).toBe('Montage scène')
    expect(await again.state()).toMatchObject({ waiting: 1, failing: 0 })
    await ask(again.core, 'mission.update', change, 'the call')
    expect((await outbox.heads()).length).toBe(1)
    expect(await again.state()).toMatchObject({ waiting: 1, failing: 0 })
    expect(await title(again)).toBe('Montage scène')
  })

  it('takes back from the outbox what its view refused to keep, and nothing else', async () => {
    const { engine, fail } = failing()
    const replica = await open(engine)
    await replica.takeSnapshot(snapshot())
    await ask(replica.core, 'mission.update', { id: mission, version: 1, changes: { title: 'Montage scène' } })
    fail(true)
    await expect(ask(replica.core, 'mission.update', { id: mission, version: 2, changes: { objective: 'Prêt à 18 h' } })).rejects.toThrow('server.unexpected')
    fail(false)
    expect((await outbox.heads()).length).toBe(1)
    expect(await replica.state()).toMatchObject({ waiting: 1, failing: 0 })
    await ask(replica.core, 'mission.update', { id: mission, version: 2, changes: { objective: 'Prêt à 18 h' } })
    expect((await outbox.heads()).length).toBe(2)
  })
})

describe('pages that have come', () => {
  const pageOf = ({ cursor, scope }: PullRequest, seq: number, has_more: boolean, events: PullPage['events']): PullPage => {
    const contents = { rows: [], outcomes: [], events }
    return { protocol: 1, from: cursor, from_scope: scope, to: { epoch: cursor.epoch, seq }, has_more, scope: 'all', ...contents, server_time: outside.now(), trailer: trailerOf(contents) }
  }

  it.each([true, false])('do not count where the events in them are not what their server says (more to come: %s)', async (has_more) => {
    const replica = await open()
    await replica.takeSnapshot(snapshot())
    const request = await replica.pullRequest()
    expect(await replica.take(pageOf(request, 11, has_more, [{ action: 'mission.update', check: 'another hash' }]))).toBe('dropped')
    expect((await replica.pullRequest()).cursor).toEqual(request.cursor)
  })

  it('with very many changes are told as "anything may be another", and are all there', async () => {
    const replica = await open()
    await replica.takeSnapshot(snapshot())
    const lines: string[] = []
    for await (const line of snapshot()) lines.push(line)
    const { entity, row } = JSON.parse(lines.find((line) => line.includes(mission) && line.includes('"mission"')) ?? '{}') as Extract<RowChange, { row: unknown }>
    const rows = Array.from({ length: 5001 }, (_, index) => ({ entity, id: deriveId('many', `${index}`), seq: 11, row: { ...row, id: deriveId('many', `${index}`), title: `Montage ${index}` } }))
    const told: { touched: number; writes: number }[] = []
    replica.core.onCommit(({ touched, writes }) => void told.push({ touched: touched.size, writes: writes.length }))
    const page = pageOf(await replica.pullRequest(), 11, false, [])
    expect(await replica.take({ ...page, rows, trailer: trailerOf({ rows, outcomes: [], events: [] }) })).toBe('done')
    expect(told).toEqual([{ touched: entities.size, writes: 0 }])
    expect((await view.engine.all('SELECT COUNT(*) AS n FROM mission', []))[0]).toEqual({ n: 5002 })
  })

  it('are there after a restart, and take effect with the last one', async () => {
    const first = await open()
    await first.takeSnapshot(snapshot())
    expect(await first.take(pageOf(await first.pullRequest(), 11, true, [{ id: 'one', action: 'mission.update', actor: 'lea' }]))).toBe('more')
    const again = await open()
    const request = await again.pullRequest()
    expect(request.cursor.seq).toBe(11)
    expect(await view.engine.all('SELECT id FROM audit_event', [])).toEqual([])
    expect(await again.take(pageOf(request, 12, false, [{ id: 'two', action: 'mission.update', actor: 'lea' }]))).toBe('done')
    expect(await view.engine.all('SELECT id, position FROM audit_event ORDER BY id', [])).toEqual([{ id: 'one', position: 1 }, { id: 'two', position: 1 }])
    expect((await again.pullRequest()).cursor.seq).toBe(12)
  })
})

describe('a screen that shows an older version', () => {
  const update = (version: number, changes: unknown) => ({ id: mission, version, changes })
  const refused = (replica: Replica, name: string, input: unknown) => ask(replica.core, name, input).then(() => 'done', (error: unknown) => (error instanceof Error && error.message.includes('concurrency.version_mismatch') ? 'refused' : String(error)))
  /** The server's row of an entity as it is now, on a page. */
  async function bring(replica: Replica, entity: string, id: (row: Record<string, unknown>) => boolean): Promise<void> {
    const request = await replica.pullRequest()
    const seq = request.cursor.seq + 1
    const rows: RowChange[] = []
    for await (const { org_id: _org, ...row } of eachRow(server.engine, org, entities.get(entity) ?? expect.fail(entity))) if (id(row)) rows.push({ entity, id: String(row['id']), seq, row: row as Extract<RowChange, { row: unknown }>['row'] })
    const contents = { rows, outcomes: [], events: [] }
    expect(await replica.take({ protocol: 1, from: request.cursor, from_scope: request.scope, to: { epoch: 1, seq }, has_more: false, scope: 'all', ...contents, server_time: outside.now(), trailer: trailerOf(contents) })).toBe('done')
  }
  const serverCore = () => createOrganizationCore({ org, engine: server.engine, readEngine: server.readEngine, handlers: organizationOperations, outside })

  it('does not write over what was unsent here when the screen was opened and a pull came under it', async () => {
    const replica = await open()
    await replica.takeSnapshot(snapshot())
    await ask(replica.core, 'mission.update', update(1, { title: 'Montage scène' }))
    await ask(replica.core, 'mission.update', update(2, { objective: 'Prêt à 18 h' }))
    await ask(serverCore(), 'mission.update', update(1, { zone: 'Europe/Lisbon' }))
    await bring(replica, 'mission', ({ id }) => id === mission)
    expect(await ask(replica.core, 'mission.get', { id: mission })).toMatchObject({ title: 'Montage scène', objective: 'Prêt à 18 h', zone: 'Europe/Lisbon', version: 4 })
    for (const changes of [{ objective: 'Prêt à 20 h' }, { title: 'Démontage' }]) expect(await refused(replica, 'mission.update', update(1, changes))).toBe('refused')
    // Whoever saw both is told of the zone alone.
    expect(await refused(replica, 'mission.update', update(3, { zone: 'Europe/Madrid' }))).toBe('refused')
    expect(await refused(replica, 'mission.update', update(3, { objective: 'Prêt à 20 h' }))).toBe('done')
  })

  it('of a row that was not there does not write over one that came since', async () => {
    const replica = await open()
    await replica.takeSnapshot(snapshot())
    const layout = { layout: 'stage', version: null, key_times: ['wrap'], sections: [], phones: 'heads', revision_colours: [], legal_note: null }
    await ask(serverCore(), 'sheet_layout_setting.save', layout)
    await bring(replica, 'sheet_layout_setting', () => true)
    expect(await refused(replica, 'sheet_layout_setting.save', layout)).toBe('refused')
  })

  it('does not write over what came with a view that was filled anew', async () => {
    const replica = await open()
    await replica.takeSnapshot(snapshot())
    await ask(serverCore(), 'mission.update', update(1, { title: 'Montage scène' }))
    await replica.takeSnapshot(snapshot())
    expect(await ask(replica.core, 'mission.get', { id: mission })).toMatchObject({ title: 'Montage scène', version: 2 })
    expect(await refused(replica, 'mission.update', update(1, { title: 'Démontage' }))).toBe('refused')
    expect(await refused(replica, 'mission.update', update(2, { title: 'Démontage' }))).toBe('done')
  })

  it('is answered the same after a year of changes, in the room of fifty', async () => {
    const replica = await open()
    await replica.takeSnapshot(snapshot())
    for (let version = 1; version <= 80; version++) await ask(replica.core, 'mission.update', update(version, version === 3 ? { objective: 'Prêt à 18 h' } : { title: `Montage ${version}` }))
    await bring(replica, 'project', () => true)
    expect(await view.engine.all('SELECT COUNT(*) AS n FROM replica_change WHERE id = ?', [mission])).toEqual([{ n: MOST_CHANGES }])
    expect(await refused(replica, 'mission.update', update(1, { objective: 'Prêt à 20 h' }))).toBe('refused')
    expect(await refused(replica, 'mission.update', update(80, { title: 'Démontage' }))).toBe('refused')
    expect(await refused(replica, 'mission.update', update(60, { objective: 'Prêt à 20 h' }))).toBe('done')
  })
})
