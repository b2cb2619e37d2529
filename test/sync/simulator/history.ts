/** One history from its first step to rest, judged by the laws. */
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import type { Authority } from '../../../shared/sync/contracts.ts'
import { entityNamed } from '../../../shared/domain/registry.ts'
import { reachOf } from '../../../shared/domain/permissions.ts'
import { createDevice, type OpenDevice, type SimDevice } from './device.ts'
import { bookOf, logOf, type Book } from './entered.ts'
import { LawBroken, type Evidence, type Issued } from './evidence.ts'
import { gestureOf } from './gestures.ts'
import { lawsOf } from './laws.ts'
import { calm, createLink, type Asked, type Weather } from './link.ts'
import { createLife, Killed, memoryDatabase, type MemoryDatabase } from './mortal.ts'
import { pooled } from './pool.ts'
import { drawOf, type Draw } from './random.ts'
import { rowsOf } from './rows.ts'
import { createServer, type SimServer } from './server.ts'
import { nextStep, type Replay, type Setting, type Step } from './steps.ts'
import { createTimeline } from './timeline.ts'
import { roleOf, sessionOf, userOf, world, worldStart, type World } from './world.ts'

/** The real code, as this run opens it. */
export interface Real {
  openAuthority(engine: Engine, now: () => Instant, failed: (error: unknown) => void): Promise<Authority>
  /** What an operator does with a copy that is put back. */
  recover(engine: Engine, now: Instant): Promise<void>
  /** The server's file as every history finds it. */
  server(): Promise<Buffer>
  openDevice: OpenDevice
  /** A replica that has followed from the beginning, and an empty outbox where that person is enrolled with others. */
  replicaOf(user: Id): Promise<Buffer>
  outboxOf(users: readonly Id[]): Promise<Buffer>
}

export interface Counts {
  issued: number
  refused: number
  lost: number
  outcomes: Record<string, number>
  faults: Record<string, number>
  rounds: number
}
export interface History {
  replay: Replay
  counts: Counts
  broken: { law: string; found: string } | null
}

/** Rounds until rest: a guard against an exchange that never ends. */
const REST_ROUNDS = 14
/** Pages that are taken by both ways of the rebase. */
const TWINS = 0.06

let start: Promise<{ world: World; book: Book; since: number }> | null = null
const beginning = () =>
  (start ??= (async () => {
    const made = await world()
    const memory = memoryDatabase(made.server)
    const found = { world: made, book: bookOf(rowsOf(memory.database)), since: logOf(memory.database).at(-1)?.seq ?? 0 }
    memory.close()
    return found
  })())

/** `given`: the steps to do; without, they are drawn from the setting's seed. */
export async function runHistory(real: Real, setting: Setting, given?: readonly Step[]): Promise<History> {
  const { world: base, book, since } = await beginning()
  const timeline = createTimeline(worldStart)
  const counts: Counts = { issued: 0, refused: 0, lost: 0, outcomes: {}, faults: {}, rounds: 0 }
  const count = (what: string): void => void (counts.faults[what] = (counts.faults[what] ?? 0) + 1)
  const steps: Step[] = []
  let weather: Weather = setting.weather
  let unexpected: unknown = null
  const failed = (error: unknown): void => void (unexpected ??= error)
  const rethrow = (error: unknown): never => {
    throw error instanceof LawBroken ? error : new LawBroken('nothing fails unexpectedly', error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error))
  }

  const issued = new Map<string, Issued>()
  const everReadable = new Map<Id, Set<string>>()
  const persons = [...new Set(setting.devices.flat())].map(userOf)

  /** Which of the planted values each person can read now. */
  async function noteSight(server: SimServer): Promise<void> {
    const { authority } = await server.authority()
    const reader = authority.core.reader()
    for (const user of persons) {
      const seen = everReadable.get(user) ?? new Set<string>()
      everReadable.set(user, seen)
      const open = base.markers.filter((marker) => !seen.has(`${marker.entity}/${marker.id}/${marker.field}`))
      if (open.length === 0) continue
      const viewer = await authority.core.viewer(sessionOf(user, 'sight'))
      if (!viewer) continue
      for (const marker of open) {
        const entity = entityNamed(marker.entity)
        const [row] = await reader.find(entity, { id: marker.id }, { removed: true })
        if (!row || !(await viewer.lens.sees(entity, row))) continue
        const shown: Record<string, unknown> = { ...row }
        viewer.lens.redact(entity, shown)
        if (shown[marker.field] !== null) seen.add(`${marker.entity}/${marker.id}/${marker.field}`)
      }
    }
  }
  let looked = since
  const rights = new Set(['member', 'role', 'organization', 'assignment', 'mission', 'project', 'collaborator', 'proposal', 'history', 'import', 'invitation', 'plan'])
  async function heard(asked: Asked): Promise<void> {
    if (asked !== 'push' && asked !== 'reoffer') return
    const lines = logOf(server.memory.database, looked)
    looked = lines.at(-1)?.seq ?? looked
    if (lines.some(({ name, outcome }) => outcome === 'applied' && rights.has(name.split('.')[0] ?? ''))) await noteSight(server)
  }
  const server = createServer({
    memory: pooled('server', await real.server(), true), timeline, heard, open: (engine) => real.openAuthority(engine, () => fromMs(timeline.now()), failed),
    failed: (_, error) => {
      failed(error)
    },
  })

  async function followed(user: Id, device: string): Promise<MemoryDatabase> {
    const file = pooled(`replica ${user}`, await real.replicaOf(user))
    file.database.prepare('UPDATE replica_state SET device = ?').run(device)
    return file
  }
  const skew = setting.devices.map(() => 0)
  const luck: Draw[] = setting.devices.map((_, index) => drawOf(setting.seed, 'luck', index))
  const tokens = new Map<string, string>()
  const tokenKey = (on: number, user: Id): string => `${on} ${user}`
  const devices: SimDevice[] = []
  for (const [on, names] of setting.devices.entries()) {
    const name = `device-${on}`
    const users = [...new Set(names)].map(userOf)
    for (const user of users) tokens.set(tokenKey(on, user), server.admit(user, name))
    const tokenOf = (user: string): string | null => tokens.get(tokenKey(on, user as Id)) ?? null
    devices.push(createDevice({
      name, outbox: pooled(`outbox ${users.join(' ')}`, await real.outboxOf(users)), users: await Promise.all(users.map(async (user) => ({ user, file: await followed(user, name) }))), tokenOf,
      twin: () => (luck[on] ?? drawOf(0)).chance(TWINS),
      transport: (alive) => createLink({ timeline, listener: server, device: name, weather: () => weather, draw: () => luck[on] ?? drawOf(0), tokenOf, alive, count }),
      now: () => fromMs(timeline.now() + (skew[on] ?? 0) * 3_600_000),
      open: real.openDevice,
      issued: (one) => {
        counts.issued++
        if (!issued.has(one.id)) issued.set(one.id, one)
      },
      failed,
    }))
  }
  /** Commands that were only on a disk that was put back from an older copy. */
  const lostWithDisk = new Set<string>()
  const odd = new Set<string>()
  let serverCopy: Buffer | null = null
  let restored = false
  await noteSight(server)

  async function putBack(bytes: Buffer): Promise<void> {
    const copy = memoryDatabase(bytes)
    copy.database.pragma('foreign_keys = ON')
    await real.recover(copy.open(createLife()), fromMs(timeline.now()))
    server.replace(copy)
    looked = logOf(copy.database).at(-1)?.seq ?? 0
    restored = true
    count('server restored')
  }
  async function perform(step: Step): Promise<void> {
    const device = 'on' in step ? devices[step.on] : undefined
    switch (step.do) {
      case 'command': {
        const user = userOf(step.as)
        if (!device?.users.includes(user)) return
        const answer = await device.execute(user, step.name, step.input, step.key)
        if (answer === null) count('killed over a command')
        else if ('error' in answer) {
          counts.refused++
          if (answer.error.code.startsWith('server.') || answer.error.code.startsWith('storage.')) throw new LawBroken('a command is done or refused in words', `${step.name}: ${answer.error.code}`)
        }
        return
      }
      case 'sync':
        luck[step.on] = drawOf(step.luck, 'luck')
        counts.rounds++
        device?.begin()
        await timeline.pass(drawOf(step.luck, 'time').one([0, 100, 700, 5_000]))
        return
      case 'wait': return timeline.pass(step.ms)
      case 'kill':
        await device?.running()
        device?.dieAfter(step.after)
        count('device killed')
        return
      case 'kill server':
        server.dieAfter(step.after)
        count('server killed')
        return
      case 'clock':
        skew[step.on] = step.hours
        if (device) odd.add(device.name)
        return
      case 'sign out': {
        const names = setting.devices[step.on] ?? []
        if (names.length > 1) tokens.delete(tokenKey(step.on, userOf(step.as)))
        return
      }
      case 'sign in': {
        const user = userOf(step.as)
        if (device && !tokens.has(tokenKey(step.on, user))) tokens.set(tokenKey(step.on, user), server.admit(user, device.name))
        return
      }
      case 'save disk':
        device?.save()
        return
      case 'restore disk': {
        if (!device?.restore()) return
        count('disk restored')
        odd.add(device.name)
        for (const one of issued.values()) if (one.device === device.name) lostWithDisk.add(one.id)
        return
      }
      case 'save server':
        serverCopy = server.memory.bytes()
        return
      case 'restore server':
        if (serverCopy && (counts.faults['server restored'] ?? 0) < setting.restores) await putBack(serverCopy)
        return
      case 'close recovery': {
        try {
          const { authority } = await server.authority()
          if ((await authority.head()).mode === 'recovery') await authority.closeRecovery(userOf('owner'))
        } catch (error) {
          // It died over it; the operator closes it another time.
          if (!(error instanceof Killed)) throw error
        }
        return
      }
    }
  }

  /** What moves while everything comes to rest. */
  const standing = (): string => JSON.stringify([
    logOf(server.memory.database).length,
    devices.map((device) => [
      device.outbox.database.prepare('SELECT COUNT(*) AS n FROM outbox_entry').get(),
      device.users.map((user) => device.databaseOf(user).database.prepare('SELECT cursor_seq, epoch, scope, (SELECT COUNT(*) FROM replica_pending) AS pending FROM replica_state').get()),
    ]),
  ])
  async function rest(): Promise<void> {
    weather = calm
    for (const device of devices) device.dieAfter(1e9)
    server.dieAfter(1e9)
    await timeline.drain(20_000)
    let before = ''
    let recovering = restored
    for (let round = 0; round < REST_ROUNDS; round++) {
      for (const device of devices) {
        await device.running()
        device.begin()
        await timeline.drain(20_000)
        if (device.busy) throw new LawBroken('a round ends', `of ${device.name}`)
        if (unexpected !== null) return
      }
      // Everybody was heard: the operator closes the recovery.
      if (recovering) await perform({ do: 'close recovery' })
      recovering = false
      const now = standing()
      if (now === before) return
      before = now
    }
    throw new LawBroken('everything comes to rest', `still moving after ${REST_ROUNDS} rounds: ${before}`)
  }

  let asked = 0
  async function evidence(): Promise<Evidence> {
    const { authority, engine } = await server.authority()
    const signedIn = (on: number, user: Id): boolean => tokens.has(tokenKey(on, user)) && !devices[on]?.wiped.has(user)
    const settled = new Set(logOf(server.memory.database).map(({ id }) => id))
    const waiting = new Set<string>()
    for (const one of issued.values()) {
      const on = devices.findIndex(({ name }) => name === one.device)
      const lost = lostWithDisk.has(one.id) && !settled.has(one.id)
      if (!signedIn(on, one.issuer) || lost || one.command.after.some((id) => waiting.has(id))) waiting.add(one.id)
    }
    return {
      server: { core: authority.core, engine, database: server.memory.database }, issued, waiting, everReadable, since, restored, odd,
      replicas: devices.flatMap((device, on) => device.users.map((user) => ({ device: device.name, user, signed_in: signedIn(on, user), database: device.databaseOf(user).database, ask: (name, input) => device.execute(user, name, input, `asked-${++asked}`) }))),
      outboxes: devices.map((device) => ({ device: device.name, ids: device.outbox.database.prepare<[], { id: string }>('SELECT id FROM outbox_entry').all().map(({ id }) => id) })),
    }
  }

  let broken: History['broken'] = null
  try {
    const draw = drawOf(setting.seed, 'steps')
    const total = given?.length ?? setting.steps
    for (let index = 0; index < total && unexpected === null; index++) {
      const step = given ? given[index] : await nextStep(draw, index, setting, async (chance, on, as) => {
        const device = devices[on]
        if (!device) return null
        await device.running()
        const user = userOf(as)
        const foreign = device.users.filter((other) => other !== user).flatMap((other) => device.issuedBy(other))
        const gesture = gestureOf(chance, { user, database: device.databaseOf(user).database, issued: device.issuedBy(user), foreign, may: (permission) => reachOf(roleOf[as], permission) !== null })
        return gesture && { name: gesture.name, input: gesture.input }
      })
      if (!step) continue
      steps.push(step)
      await perform(step)
      await timeline.pass(20)
    }
    if (unexpected === null) await rest()
    if (unexpected !== null) rethrow(unexpected)
    const changed = server.changedOnTheWay[0]
    if (changed !== undefined) throw new LawBroken('the bytes of a command never change', changed)
    const found = await evidence()
    for (const law of lawsOf(book, base.markers)) await law.judge(found)
  } catch (error) {
    if (error instanceof LawBroken) broken = { law: error.law, found: error.message.slice(error.law.length + 2) }
    else broken = { law: 'nothing fails unexpectedly', found: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  for (const { outcome } of logOf(server.memory.database, since)) counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1
  for (const device of devices) device.close()
  server.memory.close()
  return { replay: { setting, steps }, counts, broken }
}
