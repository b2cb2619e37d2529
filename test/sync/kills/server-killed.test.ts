/** The server is killed again and again while computers send to it: what it said it had taken is there, once, and everybody comes to the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Id } from '../../../shared/kernel/ids.ts'
import { PUSH_COMMANDS, type WireCommand } from '../../../shared/sync/wire.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { drawFrom } from '../../fixtures/draw.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { askingAt, serverSays, startServerProcess, type ServerProcess } from '../../fixtures/server-process.ts'
import { issue, pullOf, pushOf, type Signed } from '../../fixtures/sync-server.ts'
import { allSent, anotherDevice, converged, joined, settle, until, type Computer } from './processes.ts'

const KILLS = 3
const DEVICES = 3
const EACH = 40
const Pushed = z.object({ taken: z.array(z.string()) })
const Pulled = z.object({ to: z.object({ epoch: z.number(), seq: z.number() }), has_more: z.boolean(), scope: z.string(), outcomes: z.array(z.object({ id: z.string(), outcome: z.string() })) })

let postgres: TestPostgres
const folders: string[] = []
const folderFor = (what: string): string => {
  const folder = mkdtempSync(join(tmpdir(), `callboard-killed-${what}-`))
  folders.push(folder)
  return folder
}
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

interface Load {
  acknowledged: Set<string>
  /** Pushes that the kill took the answer from. */
  cut: number
  answered: number
}
/** Sends its commands in small batches, each until it is answered, as a device does. */
async function send(url: string, by: Signed, org: Id, commands: readonly WireCommand[], size: number, load: Load): Promise<void> {
  const server = askingAt(url, null, '')
  for (let at = 0; at < commands.length; at += size) {
    const batch = commands.slice(at, at + size)
    const body = pushOf(batch, by.user_id, { [by.user_id]: by.access })
    for (let open = true; open; ) {
      let refused = false
      const reply = await server.ask('POST', `orgs/${org}/sync/push`, { token: by.access, body }).catch((error: unknown) => {
        refused = error instanceof Error && error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ECONNREFUSED'
        return null
      })
      if (reply?.status === 200) {
        const { taken } = Pushed.parse(reply.body)
        for (const id of taken) load.acknowledged.add(id)
        load.answered++
        open = taken.length < batch.length
      } else if (reply) expect(reply.status, reply.text).toBeGreaterThanOrEqual(500)
      else if (!refused) load.cut++
      // Not so fast that all is sent before the last kill.
      await new Promise((resolve) => setTimeout(resolve, 8))
    }
  }
}
/** Every outcome the server tells, however often it tells it. */
async function outcomes(url: string, by: Signed, org: Id): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  let request: Record<string, unknown> = pullOf(1, 0)
  for (let more = true; more; ) {
    const page = Pulled.parse((await askingAt(url, null, '').ask('POST', `orgs/${org}/sync/pull`, { token: by.access, body: request })).body)
    for (const { id, outcome } of page.outcomes) found.set(id, [...(found.get(id) ?? []), outcome])
    request = { ...request, cursor: page.to, scope: page.scope }
    more = page.has_more
  }
  return found
}
const work = async (computer: Computer, name: string, ended: () => boolean, done: string[]): Promise<void> => {
  for (let n = 0; !ended(); n++) {
    await computer.ask('skill.create', { name: `${name} ${n}` })
    done.push(`${name} ${n}`)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}
const Names = z.object({ items: z.array(z.looseObject({ name: z.string() })), next_cursor: z.string().nullish() })
async function skills(computer: Computer): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page = Names.parse(await computer.ask('skill.list', { limit: 200, ...(cursor === null ? {} : { cursor }) }))
    found.push(...page.items.map(({ name }) => name))
    cursor = page.next_cursor ?? null
    if (cursor === null) return found.toSorted()
  }
}

async function underLoad(environment: Record<string, string>, seed: number): Promise<void> {
  expect(DEVICES * EACH).toBeLessThan(PUSH_COMMANDS)
  const app: TestOrganization = await openTestOrganization({ seed: `killed ${seed}` })
  const folder = folderFor('server')
  let server: ServerProcess = await startServerProcess(folder, environment)
  const computers: Computer[] = []
  try {
    const asking = askingAt(server.url, server.first_code, folder)
    const { lea, codes } = await settle(asking, app, ['karim', 'ines'])
    const senders = [lea, ...(await Promise.all(Array.from({ length: DEVICES - 1 }, (_, n) => anotherDevice(asking, `atelier-${n}`))))]
    for (const [n, person] of ['karim', 'ines'].entries()) computers.push(await joined(folderFor(person), person, server.url, codes[n]))
    const commands: WireCommand[][] = []
    for (let device = 0; device < DEVICES; device++) {
      const some: WireCommand[] = []
      for (let n = 0; n < EACH; n++) some.push(await issue(app, 'skill.create', { name: `Appareil ${device} ${n}` }))
      commands.push(some)
    }
    const draw = drawFrom(seed)
    const load: Load = { acknowledged: new Set(), cut: 0, answered: 0 }
    let ended = false
    const { url, port } = server
    const entered: string[] = []
    const working = computers.map((computer, n) => work(computer, `Ordinateur ${n}`, () => ended, entered))
    const pushing = senders.map((by, n) => send(url, by, app.org, commands[n] ?? [], 1 + n, load))
    for (let kill = 0; kill < KILLS; kill++) {
      const before = load.answered
      // Amid work: something was answered since it came back, and more is on its way.
      await until('the server answers', () => Promise.resolve(load.answered > before + 2))
      await new Promise((resolve) => setTimeout(resolve, draw.below(40)))
      await server.kill()
      server = await startServerProcess(folder, { ...environment, PORT: String(port) })
    }
    await Promise.all(pushing)
    ended = true
    await Promise.all(working)
    expect(load.cut).toBeGreaterThan(0)
    expect(load.acknowledged.size).toBe(DEVICES * EACH)

    // First everybody sends: the one who compares first would else compare without what the other still holds.
    for (const computer of computers) await allSent(computer)
    for (const computer of computers) await converged(computer)
    const told = await outcomes(url, lea, app.org)
    for (const id of load.acknowledged) expect({ id, outcomes: told.get(id) }).toEqual({ id, outcomes: ['applied'] })
    const [one, two] = await Promise.all(computers.map(skills))
    expect(one).toEqual(two)
    expect(one).toEqual([...entered, ...commands.flatMap((some, device) => some.map((_, n) => `Appareil ${device} ${n}`))].toSorted())
    await server.kill()
    expect(JSON.parse(serverSays(folder, ['verify'], environment).stdout)).toMatchObject({ org: app.org, whole: true })
    console.log(`killed ${KILLS} times: ${load.answered} pushes answered, ${load.cut} cut, ${entered.length} commands entered on computers meanwhile`)
  } finally {
    await server.kill()
    for (const computer of computers) await computer.close()
    await app.close()
  }
}

describe('a server killed while computers send to it', () => {
  it('on SQLite, has every command it said it had taken exactly once, and everybody comes to the same', () => underLoad({}, 11), 90_000)
  it('on PostgreSQL, the same', async (context) => {
    const url = await postgres.database('killed')
    if (url === null) return context.skip('no PostgreSQL server here: killed on SQLite only')
    await underLoad({ DATABASE_URL: url }, 12)
  }, 120_000)
})
