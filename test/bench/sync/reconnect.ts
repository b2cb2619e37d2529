/** Many computers come back at the same moment: each with a token to renew, one command unsent, and all that happened meanwhile to fetch. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerWay } from '../../../main/sync/servers.ts'
import type { RawRow } from '../../../shared/store/engine.ts'
import { openDatabase } from '../../../shared/store/sqlite-engine.ts'
import { openDevice, wayTo, type Device } from './device.ts'
import { quantile, timed } from '../measure.ts'
import { openPlain, plainPull, plainPush, tableOf, type PlainTable } from './plain.ts'
import { startPlainServer } from './processes.ts'
import { assignmentsOf, makeWorld, signIn, TOGETHER, type World } from './world.ts'

export interface Reconnected {
  ms: number
  reference_ms: number
  /** Of one computer, from its first request until it holds everything. */
  p50: number
  p99: number
  meanwhile: number
}

const HELD = 2_000

export async function reconnect({ folder, url, way, owner, devices, say }: { folder: string; url: string; way: ServerWay; owner: World['owner']; devices: number; say(text: string): void }): Promise<Reconnected> {
  const world = await makeWorld({ folder, seed: 'bench-reconnect', way, owner, code: '', held: HELD, more: TOGETHER, people: TOGETHER })
  const { org } = world
  const first = await openDevice({ folder: join(folder, 'first'), name: 'reconnect-first', org, user: owner, way })
  await first.round()
  await first.gather()
  const rows = await assignmentsOf(first.engine, 0, HELD)
  const all: Device[] = []
  for (let index = 0; index < devices; index++) {
    const name = `reconnect-${index}`
    const own = wayTo(url, name)
    await signIn(own, owner)
    mkdirSync(join(folder, name))
    copyFileSync(first.file, join(folder, name, 'view.sqlite'))
    const copy = openDatabase(join(folder, name, 'view.sqlite'), { foreignKeys: false })
    copy.prepare('UPDATE replica_state SET device = ?').run(name)
    copy.close()
    const device = await openDevice({ folder: join(folder, name), name, org, user: owner, way: own })
    const row = rows[index % rows.length]
    await device.ask('assignment.update', { id: row?.['id'], version: row?.['version'], changes: { notes: `Retour ${index}` } })
    all.push(device)
  }
  await world.plan((name, input) => first.ask(name, input), TOGETHER)
  await first.round()
  const meanwhile = await assignmentsOf(first.engine, HELD, TOGETHER)
  say(`${devices} computers come back`)
  const [ms, times] = await timed(() => Promise.all(all.map(async (device) => {
    const start = performance.now()
    const held = await device.way.credentials.session(owner)
    if (held) device.way.sessions.stale(owner, held.access)
    await device.round()
    return performance.now() - start
  })))
  await Promise.all(all.map((device) => device.round()))
  for (const device of all) {
    const differing = await device.differing()
    if (differing.length > 0 || (await device.waiting()) > 0) throw new Error(`a computer that came back differs: ${differing.join(', ')}`)
    await device.close()
  }
  const table = await tableOf(first.engine, 'assignment')
  await first.close()
  return { ms, reference_ms: await plainly(folder, devices, table, meanwhile), p50: quantile(times, 0.5), p99: quantile(times, 0.99), meanwhile: meanwhile.length }
}

/** The same without us: each sends its row and fetches those of the others into a file of its own. */
async function plainly(folder: string, devices: number, table: PlainTable, meanwhile: readonly RawRow[]): Promise<number> {
  const server = await startPlainServer(join(folder, 'plain-server.sqlite'), table)
  const url = `http://127.0.0.1:${server.said.port}/`
  await plainPush(url, meanwhile)
  const files = Array.from({ length: devices }, (_, index) => openPlain(join(folder, `plain-${index}.sqlite`), table))
  const [ms] = await timed(() => Promise.all(files.map(async (file, index) => {
    await plainPush(url, meanwhile.slice(index % meanwhile.length, (index % meanwhile.length) + 1))
    await plainPull(url, 0, file)
  })))
  for (const file of files) file.close()
  await server.stop()
  return ms
}
