/**
 * `npm run bench:sync`: two computers and 100 more, a sync server in a process of its own with all it does for every request (tokens,
 * permissions, rules, audit chain, fsync), beside a plain copy of the same rows in the same run. `--json`: an object by name and nothing
 * else on stdout. `--rows N`: N changes instead of 10,000, the rest in proportion. `--quick`: a minute's walk through all of it.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { RawRow } from '../../../shared/store/engine.ts'
import { timed } from '../measure.ts'
import { temporaryFolder } from '../world.ts'
import { openDevice, wayTo, type Device } from './device.ts'
import { bare, ndjson, openPlain, plainHead, plainPull, plainPush, tableOf, type PlainTable } from './plain.ts'
import { countWire, ownPeakMb, startPlainServer, startSyncServer, type Served, type Wire } from './processes.ts'
import { reconnect } from './reconnect.ts'
import { assignmentsOf, makeWorld, signIn, TOGETHER, type World } from './world.ts'

interface Figure {
  ms?: number
  reference_ms?: number
  ratio: number
  /** Into a bare table. */
  bare_ms?: number
  bare_ratio?: number
  target?: number
  bytes?: number
  reference_bytes?: number
  note?: string
}

const flag = (name: string): boolean => process.argv.includes(name)
const given = flag('--rows') ? Number(process.argv[process.argv.indexOf('--rows') + 1]) : flag('--quick') ? 1_000 : 10_000
if (!Number.isInteger(given) || given < TOGETHER) throw new Error(`--rows: a whole number of at least ${TOGETHER}`)
const quick = flag('--quick')
const sizes = { changes: given, bootstrap: given * (quick ? 3 : 10), single: given / 10, devices: quick ? 10 : 100, offline: quick ? given : given * 25 }

const json = flag('--json')
const say = (text: string): void => {
  if (!json) process.stderr.write(`${text}\n`)
}
const found: Record<string, Figure> = {}
const rounded = (value: number): number => Number(value.toPrecision(4))

function line(name: string, { ms, reference_ms, ratio, bare_ms, bare_ratio, target, bytes, reference_bytes, note }: Figure): string {
  const bareNote = bare_ms === undefined ? [] : [`a bare table: ${Math.round(bare_ms)} ms, ${bare_ratio ?? 0}x`]
  const cell = (time?: number, size?: number): string => [time === undefined ? '' : `${Math.round(time)} ms`, size === undefined ? '' : `${Math.round(size / 1024)} kB`].filter(Boolean).join(', ').padStart(20)
  return [name.padEnd(18), cell(ms, bytes), cell(reference_ms, reference_bytes), `${ratio}x`.padStart(8), (target === undefined ? '' : `under ${target}x`).padEnd(10), target !== undefined && ratio > target ? 'MISSED' : '      ', [...bareNote, ...(note ? [note] : [])].join('; ')].join('  ')
}
function add(name: string, figure: Omit<Figure, 'ratio' | 'bare_ratio'>): void {
  const { ms, bare_ms } = figure
  const ratio = figure.ms !== undefined && figure.reference_ms !== undefined ? figure.ms / figure.reference_ms : (figure.bytes ?? 0) / (figure.reference_bytes ?? 1)
  const whole: Figure = { ...figure, ...(figure.ms === undefined ? {} : { ms: rounded(figure.ms) }), ...(figure.reference_ms === undefined ? {} : { reference_ms: rounded(figure.reference_ms) }), ratio: rounded(ratio), ...(ms === undefined || bare_ms === undefined ? {} : { bare_ms: rounded(bare_ms), bare_ratio: rounded(ms / bare_ms) }) }
  found[name] = whole
  say(line(name, whole))
}

const zippedSize = (rows: readonly RawRow[]): number => gzipSync(ndjson(rows)).byteLength
const wire = countWire()
async function onWire<T>(work: () => Promise<T>): Promise<[Wire, T]> {
  const before = wire()
  const value = await work()
  const after = wire()
  return [{ up: after.up - before.up, down: after.down - before.down }, value]
}

interface Copy {
  url: string
  here: ReturnType<typeof openPlain>
  server: Served<unknown>
}
/** Into the table with its indexes, and into a bare one. */
interface Copies {
  table: Copy
  bare: Copy
}
async function startCopy(folder: string, table: PlainTable): Promise<Copy> {
  const server = await startPlainServer(join(folder, `plain-server-${table.name}.sqlite`), table)
  return { url: `http://127.0.0.1:${server.said.port}/`, here: openPlain(join(folder, `plain-here-${table.name}.sqlite`), table), server }
}
/** The plain copy of the same rows, up and down. */
async function plainly({ url, here }: Copy, rows: readonly RawRow[]): Promise<{ up: number; down: number }> {
  const position = await plainHead(url)
  const [up] = await timed(() => plainPush(url, rows))
  const [down, came] = await timed(() => plainPull(url, position, here))
  if (came < rows.length) throw new Error(`the plain copy brought ${came} of ${rows.length}`)
  return { up, down }
}

/** What `make` enters on A goes to the server and on to B, and the same rows go plainly. */
async function upAndDown(names: { push: string; pull: string; up: string; down: string } | { push: string }, a: Device, b: Device, copies: Copies, make: () => Promise<void>, rowsOf: () => Promise<RawRow[]>): Promise<void> {
  const [made] = await timed(make)
  const waiting = await a.waiting()
  const [up, pushed] = await onWire(() => a.round())
  const [down, pulled] = await onWire(() => b.round())
  const rows = await rowsOf()
  const plain = await plainly(copies.table, rows)
  const ofBare = await plainly(copies.bare, rows)
  const reference_bytes = zippedSize(rows)
  const isWhole = 'pull' in names
  add(names.push, {
    ms: pushed.up, reference_ms: plain.up, bare_ms: ofBare.up, bytes: up.up, reference_bytes, ...(isWhole ? { target: 5 } : {}),
    note: `${rows.length} rows in ${waiting} commands, entered in ${Math.round(made)} ms; settled here ${Math.round(pushed.down)} ms later, ${Math.round(up.down / 1024)} kB down`,
  })
  if (!isWhole) return
  add(names.pull, { ms: pulled.down, reference_ms: plain.down, bare_ms: ofBare.down, bytes: down.down, reference_bytes, target: 5 })
  add(names.up, { bytes: up.up, reference_bytes, target: 1.5 })
  add(names.down, { bytes: down.down, reference_bytes, target: 1.5 })
}

async function measure(folder: string): Promise<void> {
  const server = await startSyncServer(join(folder, 'server'), quick)
  const { url } = server.said
  const wayOfA = wayTo(url, 'bench-a')
  const more = sizes.changes + sizes.single + sizes.offline
  const [making, world] = await timed(() => makeWorld({ folder, seed: 'bench-sync', way: wayOfA, code: server.said.first_code, held: sizes.bootstrap, more, people: Math.max(TOGETHER, Math.min(1_000, sizes.changes)) }))
  say(`an organization of ${sizes.bootstrap} assignments was made and given to its server in ${(making / 1000).toFixed(1)} s`)
  const opened = (name: string, way: Device['way']): Promise<Device> => openDevice({ folder: join(folder, name), name, org: world.org, user: world.owner, way })
  const a = await opened('bench-a', wayOfA)
  await a.round()
  const sample = await assignmentsOf(a.engine, 0, sizes.bootstrap)
  const table = await tableOf(a.engine, 'assignment')
  const copies: Copies = { table: await startCopy(folder, table), bare: await startCopy(folder, bare(table)) }

  const wayOfB = wayTo(url, 'bench-b')
  await signIn(wayOfB, world.owner)
  const b = await opened('bench-b', wayOfB)
  for (const { url: at } of Object.values(copies)) await plainPush(at, sample)
  const [bytes, bootstrapped] = await onWire(() => b.round())
  const [plainMs] = await timed(() => plainPull(copies.table.url, 0, copies.table.here))
  const [bareMs] = await timed(() => plainPull(copies.bare.url, 0, copies.bare.here))
  add('bootstrap', { ms: bootstrapped.up + bootstrapped.down, reference_ms: plainMs, bare_ms: bareMs, target: 3, bytes: bytes.down, reference_bytes: zippedSize(sample), note: `${sizes.bootstrap} assignments with their people and missions` })

  await changes(world, a, b, copies)

  for (const device of [a, b]) {
    const differing = await device.differing()
    if (differing.length > 0) throw new Error(`a computer differs from the server: ${differing.join(', ')}`)
  }
  const back = await reconnect({ folder: join(folder, 'reconnect'), url, way: wayOfA, owner: world.owner, devices: sizes.devices, say })
  add('reconnect_100', { ms: back.ms, reference_ms: back.reference_ms, note: `${sizes.devices} at once, ${back.meanwhile} rows each; one of them: p50 ${Math.round(back.p50)} ms, p99 ${Math.round(back.p99)} ms; all of their work is done by one thread` })

  const before = server.peakMb()
  const [entering] = await timed(() => world.plan((name, input) => a.ask(name, input), sizes.offline))
  const offline = await a.round()
  if ((await a.waiting()) > 0) throw new Error('not everything that was entered offline went up')
  const perRow = (offline.up / sizes.offline) * 1000
  say(`offline: ${sizes.offline} rows entered in ${(entering / 1000).toFixed(1)} s went up in ${(offline.up / 1000).toFixed(1)} s (${perRow.toFixed(0)} µs a row), settled ${(offline.down / 1000).toFixed(1)} s later`)
  const memory = { server_peak_mb: before, server_after_offline_mb: server.peakMb(), devices_peak_mb: ownPeakMb(), plain_server_peak_mb: copies.table.server.peakMb() }
  say(`memory: ${Object.entries(memory).map(([name, value]) => `${name} ${value ?? '?'}`).join(', ')}`)
  await Promise.all([a.close(), b.close()])
  for (const copy of Object.values(copies)) {
    copy.here.close()
    await copy.server.stop()
  }
  await server.stop()
  if (json) process.stdout.write(`${JSON.stringify({ ...found, offline: { rows: sizes.offline, ms: rounded(offline.up), settled_ms: rounded(offline.down) }, memory, sizes }, null, 2)}\n`)
}

async function changes(world: World, a: Device, b: Device, copies: Copies): Promise<void> {
  const ask = (name: string, input: unknown): Promise<Record<string, unknown>> => a.ask(name, input)
  const rows = (): Promise<RawRow[]> => assignmentsOf(a.engine, sizes.bootstrap, sizes.changes)
  await upAndDown({ push: 'push', pull: 'pull', up: 'wire_up', down: 'wire_down' }, a, b, copies, () => world.plan(ask, sizes.changes), rows)
  await upAndDown({ push: 'update_push', pull: 'update_pull', up: 'update_wire_up', down: 'update_wire_down' }, a, b, copies, async () => {
    const ids = (await rows()).map(({ id }) => id)
    for (let start = 0; start < ids.length; start += TOGETHER) await ask('assignment.shift', { ids: ids.slice(start, start + TOGETHER), days: 0, minutes: 30 })
  }, rows)
  await upAndDown({ push: 'push_single' }, a, b, copies, async () => {
    for (const { mission_id, ...one } of world.next(sizes.single)) await ask('assignment.create', { mission_id, people: [one] })
  }, () => assignmentsOf(a.engine, sizes.bootstrap + sizes.changes, sizes.single))
}

const folder = temporaryFolder()
try {
  say(`${'bench:sync'.padEnd(18)}  ${'ours'.padStart(20)}  ${'plain copy'.padStart(20)}  ${'ratio'.padStart(8)}  promise`)
  await measure(folder)
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
