/** Several batches of one round (sync rule 14): one after the other, and what is lost of them, or of their answers, is sent again. */
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
let transport: Transport
let view: { engine: Engine; readEngine: Engine; close(): Promise<void> }
let project = ''
let underWay = 0
let most = 0
let pushes: { commands: number; answer: PushAnswer | null }[]
/** What the line does with a push, told its number and how to have the server take it; null: no answer comes. */
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
  transport = {
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

it('batches go up one after the other, and are settled by the pull', async () => {
  expect(await exchange.round()).toMatchObject({ sent: 3, left: [], trouble: null })
  expect([most, pushes.map(({ commands }) => commands)]).toEqual([1, [1, 1, 1]])
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
  expect((await replica.state()).waiting).toBe(0)
}, 60_000)

it('a batch is written while the one before is under way, and sent when that is answered', async () => {
  const steps: string[] = []
  line = async (count, serve) => {
    steps.push(`sent ${count}`)
    await written.at(count)?.promise
    const answer = await serve()
    steps.push(`answered ${count}`)
    return answer
  }
  const written = Array.from({ length: 3 }, () => Promise.withResolvers<void>())
  let made = 0
  transport.ready = (request) => {
    steps.push(`written ${++made}`)
    written[made - 1]?.resolve()
    return Promise.resolve(() => transport.push(request))
  }
  expect(await exchange.round()).toMatchObject({ sent: 3, left: [], trouble: null })
  expect(steps).toEqual(['written 1', 'sent 1', 'written 2', 'answered 1', 'sent 2', 'written 3', 'answered 2', 'sent 3', 'answered 3'])
}, 60_000)

it('a batch that is written behind a lost one is not sent', async () => {
  line = (count, serve) => (count === 2 ? Promise.resolve(null) : serve())
  transport.ready = (request) => Promise.resolve(() => transport.push(request))
  expect(await exchange.round()).toMatchObject({ sent: 1, left: [], trouble: { problem: 'offline' } })
  expect(pushes.map(({ commands }) => commands)).toEqual([1, 1])
  expect(await exchange.round()).toMatchObject({ sent: 2, trouble: null })
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
}, 60_000)

it('batches of which the first is lost wait behind it, and all go in the next round', async () => {
  line = (count, serve) => (count === 1 ? Promise.resolve(null) : serve())
  expect(await exchange.round()).toMatchObject({ sent: 0, left: [], trouble: { problem: 'offline' } })
  expect(await outcomes()).toEqual([])
  expect(await exchange.round()).toMatchObject({ sent: 3, left: [], trouble: null })
  expect(await outcomes()).toEqual(['applied', 'applied', 'applied'])
}, 60_000)

it('batches of which only the answer to the first is lost are done once', async () => {
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
