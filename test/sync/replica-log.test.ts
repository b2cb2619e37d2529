/** The log on a laptop when rows leave its person's view: what they may still read of it stays, whatever pages it came in; the rest goes (sync rules 21, 22). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import type { Session } from '../../shared/core/session.ts'
import { sha256 } from '../../shared/kernel/hashing.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import { openOutbox, type OutboxFile } from '../../shared/store/outbox-file.ts'
import type { OrganizationFile } from '../../shared/store/organization-file.ts'
import { openMemoryFile } from '../../shared/store/replica-file.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import type { Replica } from '../../shared/sync/contracts.ts'
import { openReplica } from '../../shared/sync/replica/replica.ts'
import { openPair, type Pair } from './authority/pair.ts'

let pair: Pair
let file: OrganizationFile
let outbox: OutboxFile
let mission: string
let drawn = 0

const laptopOf = (session: Session): Promise<Replica> => openReplica({
  org: pair.laptop.org, user: session.user_id, device: 'follower', engine: file.engine, readEngine: file.engine, outbox, handlers: organizationOperations,
  outside: { now: () => fromMs(Date.parse('2026-10-20T09:00:00.000Z')), random: (bytes) => Buffer.from(sha256(`log ${++drawn}`), 'hex').subarray(0, bytes), app_version: 'test', report: () => undefined },
})
/** One page of so many rows; whether there is more. */
async function page(replica: Replica, limit?: number): Promise<boolean> {
  const viewer = { user_id: replica.user, device: 'follower' }
  if (await replica.empty()) expect(await replica.takeSnapshot((await pair.authority.snapshot(viewer)) ?? expect.fail('no snapshot'))).toBe('done')
  const answer = await pair.authority.pull({ ...(await replica.pullRequest()), ...(limit === undefined ? {} : { limit }) }, viewer)
  if (!answer || !('rows' in answer)) expect.fail('no page')
  const taken = await replica.take(answer)
  expect(taken).toBe(answer.has_more ? 'more' : 'done')
  return answer.has_more
}
async function pull(replica: Replica, limit?: number): Promise<void> {
  while (await page(replica, limit));
}
async function retitle(title: string): Promise<void> {
  const row = await pair.ask('mission.get', { id: mission })
  await pair.ask('mission.update', { id: mission, version: row['version'], changes: { title } })
}
async function leavesA(session: Session): Promise<void> {
  const { items } = await pair.ask('role.list', { limit: 200 })
  const { member } = pair.world.personas.find((one) => one.session.user_id === session.user_id) ?? expect.fail('nobody')
  for (const { id, member_id, binding_project_id } of items as Record<string, unknown>[]) if (member_id === member && binding_project_id === pair.world.a.project) await pair.ask('role.revoke', { id })
}
/** Lines of the mission that the person is shown. */
async function linesOf(core: Replica['core'], session: Session): Promise<unknown[]> {
  const answer = await core.execute({ name: 'audit.list', input: { filter: { entity: 'mission' }, limit: 200 }, id: `lines-${++drawn}` }, session)
  if ('error' in answer) return [answer.error.code]
  return (answer.value as { items: Record<string, unknown>[] }).items.filter(({ entity_id }) => entity_id === mission).map(({ position, action, changes }) => ({ position, action, changes }))
}
const keptHere = async (): Promise<unknown[]> => file.engine.all('SELECT entity, action FROM audit_event WHERE entity_id = ? OR project_id = ?', [mission, pair.world.a.project])

beforeEach(async () => {
  pair = await openPair(null)
  mission = pair.world.a.missions[0] ?? ''
  file = openMemoryFile('replica')
  outbox = await openOutbox(sqliteEngine(openDatabase(':memory:', {})))
})
afterEach(async () => {
  await outbox.close()
  await file.close()
  await pair.close()
})

describe('lines of the log about a row that leaves the view', () => {
  it.each([undefined, 2])('stay with who reads all of the log, those of before and those of the same pull, in pages of any size (%s)', async (limit) => {
    const { session, member } = pair.persona('planner of A')
    await pair.ask('role.grant', { member_id: member, role: 'compliance', project_id: null })
    const replica = await laptopOf(session)
    await pull(replica)
    await retitle('Montage scène')
    await pull(replica, limit)
    await retitle('Montage salle')
    await leavesA(session)
    await retitle('Montage gradin')
    await pull(replica, limit)
    expect((await replica.core.execute({ name: 'mission.get', input: { id: mission }, id: 'gone' }, session))).toHaveProperty('error')
    const here = await linesOf(replica.core, session)
    expect(here).toHaveLength(3)
    expect(here).toEqual((await linesOf(pair.authority.core, session)).slice(0, 3))
  })

  it('go with the project whose log the person reads no more, also those that had come on a page before', async () => {
    const { session } = pair.persona('project_manager of A')
    const replica = await laptopOf(session)
    await pull(replica)
    await retitle('Montage scène')
    await pull(replica)
    expect(await linesOf(replica.core, session)).toHaveLength(1)
    for (const title of ['Montage salle', 'Montage gradin', 'Montage loges']) await retitle(title)
    await pair.ask('mission.create', { project_id: pair.world.a.project, title: 'Démontage', start_at: '2026-10-25T08:00:00.000Z', end_at: '2026-10-25T18:00:00.000Z' })
    expect(await page(replica, 1)).toBe(true)
    await leavesA(session)
    await pull(replica, 1)
    expect(await keptHere()).toEqual([])
  })

  it('go with the right to read the log, though the rows they speak of stay', async () => {
    const { session, member } = pair.persona('project_manager of A')
    const replica = await laptopOf(session)
    await pull(replica)
    await retitle('Montage scène')
    await pull(replica)
    expect(await keptHere()).not.toEqual([])
    await pair.ask('member.set_role', { id: member, project_id: pair.world.a.project, role: 'planner' })
    await retitle('Montage salle')
    await pull(replica)
    expect(await replica.core.execute({ name: 'mission.get', input: { id: mission }, id: 'stays' }, session)).toHaveProperty('value.title', 'Montage salle')
    expect(await keptHere()).toEqual([])
  })
})
