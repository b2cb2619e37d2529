/** Two batches of one computer under way at once (sync rule 14): the second may come first, or the first not at all. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { organizationOperations } from '../../shared/core/handlers.ts'
import { fromMs } from '../../shared/kernel/instants.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { openOutbox, type OutboxFile } from '../../shared/store/outbox-file.ts'
import { openMemoryFile } from '../../shared/store/replica-file.ts'
import { openDatabase, sqliteEngine } from '../../shared/store/sqlite-engine.ts'
import type { Replica, Reply, Transport } from '../../shared/sync/contracts.ts'
import { createExchange, type Exchange } from '../../shared/sync/exchange.ts'
import { openReplica } from '../../shared/sync/replica/replica.ts'
import type { PushAnswer, PushRequest } from '../../shared/sync/wire.ts'
import { openPair, type Pair } from './authority/pair.ts'

let pair: Pair
let outbox: OutboxFile
let replica: Replica
let exchange: Exchange
let view: { engine: Engine; readEngine: Engine; close(): Promise<void> }
let project = ''
let underWay = 0
let most = 0
let pushes: { commands: number; answer: PushAnswer | null }[]
/** What the line does with a push, told its number and how to have the server take it. */
let line: (count: number, serve: () => Promise<PushAnswer>) => Promise<PushAnswer | null>

const offline: Reply<never> = { ok: false, problem: 'offline', code: null, retry_after_ms: null }
const whole = <T>(value: T | null): Reply<T> => (value === null ? offline : { ok: true, value: JSON.parse(JSON.stringify(value)) as T })

/** Three commands that are a batch each, the second and third built on nothing but their order. */
async function enterThree(): Promise<void> {
  for (const title of ['Montage', 'Jeu', 'Démontage']) {
    const missions = Array.from({ length: 30 }, (_, index) => ({ title: `${title} ${index}`, description: 'à faire '.repeat(2_400), start_at: '2026-10-24T08:00:00.000Z', end_at: '2026-10-24T18:00:00.000Z' }))
    const answer = await replica.core.execute({ name: 'mission.create_many', input: { project_id: project, missions }, id: title }, pair.owner)
    expect('error' in answer ? answer.error : null).toBeNull()
  }
}
const outcomes = async (): Promise<unknown[]> => (await pair.engine.all("SELECT outcome FROM command_log WHERE name = 'mission.create_many' ORDER BY seq", [])).map(({ outcome }) => outcome)

beforeEach(async () => {
  pair = await openPair(null, { world: false })
  project = String((await pair.ask('project.create', { code: 'P', name: 'Projet', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-01T00:00:00.000Z', end_at: '2026-11-30T00:00:00.000Z' }))['id'])
  const { authority, owner } = pair
  const user = owner.user_id
  const viewer = { user_id: user, device: 'laptop' }
  ;[underWay, most, pushes] = [0, 0, []]
  line = (_, serve) => serve()
  const file = openMemoryFile('replica')
  view = file
  outbox = await openOutbox(sqliteEngine(openDatabase(':memory:', {})))
  let clock = Date.parse('2026-10-20T09:00:00.000Z')
  replica = await openReplica({
    org: authority.org, user, device: 'laptop', engine: file.engine, readEngine: file.readEngine, outbox, handlers: organizationOperations,
    outside: { now: () => fromMs((clock += 1000)), random: (bytes) => new Uint8Array(bytes).fill(7), app_version: 'test', report: (error) => expect.fail(String(error)) },
  })
  const transport: Transport = {
    async push(request: PushRequest) {
      most = Math.max(most, ++underWay)
      const entry: (typeof pushes)[number] = { commands: request.commands.length, answer: null }
      const answer = await line(pushes.push(entry), () => authority.push(request.commands, pair.sender(owner), request.epoch))
      entry.answer = answer
      underWay--
      return whole(answer)
    },
    pull: async (request) => whole(await authority.pull(request, viewer)),
    snapshot: async () => ({ ok: true, value: (await authority.snapshot(viewer)) ?? expect.fail('no snapshot') }),
    verify: async (request) => whole(await authority.verify(request, viewer)),
    reoffer: async (request) => whole(await authority.reoffer(request, pair.sender(owner))),
    security: () => Promise.resolve(offline),
  }
  exchange = createExchange({ outbox, replicas: () => new Map([[user, replica]]), transport, tokenOf: () => Promise.resolve('token'), appVersion: 'test' })
  expect((await exchange.round()).trouble).toBeNull()
  await enterThree()
}, 60_000)
afterEach(async () => {
  await view.close()
  await outbox.close()
  await pair.close()
})

it('go up two at a time, in order, and are settled by the pull', async () => {
  expect(await exchange.round()).toMatchObject({ sent: 3, left: [], trouble: null })
  expect([most, pushes.map(({ commands }) => commands)]).toEqual([2, [1, 1, 1]])
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
  expect((await replica.state()).waiting).toBe(0)
}, 60_000)

it('of which the second comes first: it is without effect, and goes once more when the first has been taken', async () => {
  const second = Promise.withResolvers<undefined>()
  line = async (count, serve) => {
    if (count === 1) await second.promise
    const answer = await serve()
    if (count === 2) second.resolve(undefined)
    return answer
  }
  expect(await exchange.round()).toMatchObject({ sent: 3, left: [], trouble: null })
  expect(pushes.map(({ answer }) => answer?.left.map(({ why }) => why))).toEqual([[], ['missing'], ['missing'], [], []])
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
  expect((await replica.state()).waiting).toBe(0)
}, 60_000)

it('of which the first is lost: the second is without effect and complains of nothing, and all go in the next round', async () => {
  line = (count, serve) => (count === 1 ? Promise.resolve(null) : serve())
  expect(await exchange.round()).toMatchObject({ sent: 0, left: [], trouble: { problem: 'offline' } })
  expect(await outcomes()).toEqual([])
  expect(await exchange.round()).toMatchObject({ sent: 3, left: [], trouble: null })
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
}, 60_000)

it('of which only the answer to the first is lost: nothing is done twice', async () => {
  line = async (count, serve) => {
    const answer = await serve()
    return count === 1 ? null : answer
  }
  const cut = await exchange.round()
  expect(cut).toMatchObject({ left: [], trouble: { problem: 'offline' } })
  await exchange.round()
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
  expect((await replica.state()).waiting).toBe(0)
}, 60_000)
