/** One history from its first step to rest, judged by the laws. */
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { reachOf } from '../../../shared/domain/permissions.ts'
import { createDevice, type Disk, type SimDevice } from './device.ts'
import { logOf } from './entered.ts'
import { LawBroken, type Evidence, type Issued } from './evidence.ts'
import { gestureOf } from './gestures.ts'
import { lawsOf } from './laws.ts'
import { calm, type Weather } from './link.ts'
import { memorySite } from './memory-site.ts'
import type { MemoryDatabase } from './mortal.ts'
import { pooled } from './pool.ts'
import { drawOf, type Draw } from './random.ts'
import type { OpenSite, Real } from './site.ts'
import { nextStep, type Replay, type Setting, type Step } from './steps.ts'
import { roleOf, userOf, world } from './world.ts'

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
/** Refusals that are written down beside their answer; of who is no member, nothing is. */
const AUDITED = /^(?!organization\.not_found).*\.not_found$|^auth\.(forbidden|scope)$|^validation\.reference$|\.transition_rejected$/
/** Pages that are taken by both ways of the rebase. */
const TWINS = 0.06
/** Commands that others of the same computer see at once. */
const TOLD = 0.9

/** `given`: the steps to do; without, they are drawn from the setting's seed. `place`: where; without, all of it is in this process. */
export async function runHistory(real: Real, setting: Setting, given?: readonly Step[], place: OpenSite = memorySite(real)): Promise<History> {
  const { markers } = await world()
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
  const devices: SimDevice[] = []
  const persons = [...new Set(setting.devices.flat())].map(userOf)
  const site = await place({ setting, persons, count, failed, busy: () => devices.some(({ busy }) => busy) })
  const { timeline, since } = site

  async function followed(user: Id, device: string): Promise<MemoryDatabase> {
    const file = pooled(`replica ${user}`, await site.replicaOf(user))
    file.database.prepare('UPDATE replica_state SET device = ?').run(device)
    return file
  }
  async function beginningOf(users: readonly Id[]): Promise<Disk> {
    const files = new Map<Id, Buffer>()
    for (const user of users) files.set(user, await site.replicaOf(user))
    return { files, outbox: await real.outboxOf(users) }
  }
  const skew = setting.devices.map(() => 0)
  const luck: Draw[] = setting.devices.map((_, index) => drawOf(setting.seed, 'luck', index))
  const tokens = new Map<string, string>()
  const tokenKey = (on: number, user: Id): string => `${on} ${user}`
  for (const [on, names] of setting.devices.entries()) {
    const name = `device-${on}`
    const users = [...new Set(names)].map(userOf)
    for (const user of users) tokens.set(tokenKey(on, user), await site.signIn(user, name))
    const tokenOf = (user: string): string | null => tokens.get(tokenKey(on, user as Id)) ?? null
    devices.push(createDevice({
      name, beginning: () => beginningOf(users), outbox: pooled(`outbox ${users.join(' ')}`, await real.outboxOf(users)), users: await Promise.all(users.map(async (user) => ({ user, file: await followed(user, name) }))), tokenOf,
      twin: () => (luck[on] ?? drawOf(0)).chance(TWINS),
      tellOthers: () => (luck[on] ?? drawOf(0)).chance(TOLD),
      transport: (alive) => site.transport({ device: name, weather: () => weather, draw: () => luck[on] ?? drawOf(0), tokenOf, alive }),
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
  const refused: { device: string; user: Id; request_id: string; kept: boolean }[] = []
  let restored = false

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
          if (AUDITED.test(answer.error.code)) refused.push({ device: device.name, user, request_id: answer.error.request_id, kept: true })
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
      case 'turn': return site.turn()
      case 'kill':
        await device?.running()
        device?.dieAfter(step.after)
        count('device killed')
        return
      case 'kill server':
        site.dieAfter(step.after)
        count('server killed')
        return
      case 'clock':
        skew[step.on] = step.hours
        if (device) odd.add(device.name)
        return
      case 'sign out': {
        const names = setting.devices[step.on] ?? []
        if (names.length > 1 && device && tokens.delete(tokenKey(step.on, userOf(step.as)))) await site.signOut(userOf(step.as), device.name)
        return
      }
      case 'sign in': {
        const user = userOf(step.as)
        if (device && !tokens.has(tokenKey(step.on, user))) tokens.set(tokenKey(step.on, user), await site.signIn(user, device.name))
        return
      }
      case 'save disk':
        device?.save()
        return
      case 'restore disk': {
        if (!device) return
        await device.restore()
        count('disk restored')
        odd.add(device.name)
        for (const one of issued.values()) if (one.device === device.name) lostWithDisk.add(one.id)
        for (const one of refused) if (one.device === device.name) one.kept = false
        return
      }
      case 'save server':
        site.copies?.save()
        return
      case 'restore server':
        if ((counts.faults['server restored'] ?? 0) >= setting.restores || !(await site.copies?.restore())) return
        restored = true
        count('server restored')
        return
      case 'close recovery': return site.copies?.closeRecovery()
    }
  }

  /** What moves while everything comes to rest. */
  const standing = (): string => JSON.stringify([
    site.commits(),
    devices.map((device) => [
      device.trouble,
      device.outbox.database.prepare('SELECT COUNT(*) AS n, (SELECT COUNT(*) FROM security_event) AS seen FROM outbox_entry').get(),
      device.users.map((user) => device.databaseOf(user).database.prepare('SELECT cursor_seq, epoch, scope, (SELECT COUNT(*) FROM replica_pending) AS pending FROM replica_state').get()),
    ]),
  ])
  async function rest(): Promise<void> {
    // Once more for everybody as bad as it was: now there is something in every view and every queue.
    for (const device of devices) device.begin()
    await timeline.drain(20_000)
    weather = calm
    for (const device of devices) device.dieAfter(1e9)
    await site.steady()
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
      await site.turn()
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
    const { server, everReadable } = await site.atRest()
    const signedIn = (on: number, user: Id): boolean => tokens.has(tokenKey(on, user)) && !devices[on]?.wiped.has(user)
    const settled = new Set(logOf(server.database).map(({ id }) => id))
    const waiting = new Set<string>()
    for (const one of issued.values()) {
      const on = devices.findIndex(({ name }) => name === one.device)
      const lost = lostWithDisk.has(one.id) && !settled.has(one.id)
      if (!signedIn(on, one.issuer) || lost || one.command.after.some((id) => waiting.has(id))) waiting.add(one.id)
    }
    return {
      server, issued, refused, waiting, everReadable, since, restored, odd, clocked: site.clocked,
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
        const gesture = gestureOf(chance, { user, database: device.databaseOf(user).database, issued: device.issuedBy(user), foreign, may: (permission) => reachOf(roleOf[as], permission) !== null, now: timeline.now() })
        return gesture && { name: gesture.name, input: gesture.input }
      })
      if (!step) continue
      steps.push(step)
      await perform(step)
      await timeline.pass(20)
    }
    if (unexpected === null) await rest()
    if (unexpected !== null) rethrow(unexpected)
    const changed = site.changedOnTheWay[0]
    if (changed !== undefined) throw new LawBroken('the bytes of a command never change', changed)
    const found = await evidence()
    for (const { outcome } of logOf(found.server.database, since)) counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1
    for (const law of lawsOf(site.book, markers)) await law.judge(found)
  } catch (error) {
    if (error instanceof LawBroken) broken = { law: error.law, found: error.message.slice(error.law.length + 2) }
    else broken = { law: 'nothing fails unexpectedly', found: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  for (const device of devices) device.close()
  await site.close()
  return { replay: { setting, steps }, counts, broken }
}
