/** A server in this very process, in virtual time: nothing waits for anything, and a seed makes the same history for ever. */
import { createTimers, type TimerTroubles } from '../../../shared/core/timers.ts'
import { fromMs, MINUTE, type Instant } from '../../../shared/kernel/instants.ts'
import { bookOf, logOf, type Book } from './entered.ts'
import { createLink, type Asked, type Kept } from './link.ts'
import { createLife, Killed, memoryDatabase } from './mortal.ts'
import { pooled } from './pool.ts'
import { rowsOf } from './rows.ts'
import { createServer } from './server.ts'
import { createSight, movesSight } from './sight.ts'
import type { OpenSite, Real } from './site.ts'
import { createTimeline } from './timeline.ts'
import { org, userOf, world, worldStart } from './world.ts'

let start: Promise<{ book: Book; since: number }> | null = null
const beginning = () =>
  (start ??= (async () => {
    const memory = memoryDatabase((await world()).server)
    const found = { book: bookOf(rowsOf(memory.database)), since: logOf(memory.database).at(-1)?.seq ?? 0 }
    memory.close()
    return found
  })())

export const memorySite = (real: Real): OpenSite => async ({ persons, count, failed }) => {
  const { book, since } = await beginning()
  const timeline = createTimeline(worldStart)
  const sight = createSight(persons, (await world()).markers)
  let looked = since
  async function heard(asked: Asked): Promise<void> {
    if (asked !== 'push' && asked !== 'reoffer') return
    const lines = logOf(server.memory.database, looked)
    looked = lines.at(-1)?.seq ?? looked
    if (lines.some(({ name, outcome }) => outcome === 'applied' && movesSight(name))) await sight.note((await server.authority()).authority.core)
  }
  const server = createServer({
    memory: pooled('server', await real.server(), true), timeline, heard, open: (engine) => real.openAuthority(engine, () => fromMs(timeline.now()), failed),
    failed: (_, error) => {
      failed(error)
    },
  })
  let copy: Buffer | null = null
  /** What the clock was refused, on a disk of its own. */
  const waiting = new Map<string, Instant | null>()
  const troubles: TimerTroubles = {
    held: () => Promise.resolve(new Map(waiting)),
    refused: (key) => Promise.resolve(void waiting.set(key, fromMs(timeline.now() + MINUTE))),
    settled: (keys) => Promise.resolve(keys.forEach((key) => waiting.delete(key))),
  }
  const kept = new Map<string, Kept>()
  function keptOf(device: string): Kept {
    const found = kept.get(device) ?? new Map<string, string[]>()
    kept.set(device, found)
    return found
  }
  await sight.note((await server.authority()).authority.core)

  return {
    timeline, book, since,
    replicaOf: (user) => real.replicaOf(user),
    signIn: (user, device) => Promise.resolve(server.admit(user, device)),
    // Only this computer forgets it: the token itself stays good.
    signOut: () => Promise.resolve(),
    transport: (wire) => createLink({ ...wire, timeline, listener: server, count, kept: keptOf(wire.device) }),
    dieAfter: (statements) => {
      server.dieAfter(statements)
    },
    steady() {
      server.dieAfter(1e9)
      return Promise.resolve()
    },
    clocked: true,
    async turn() {
      try {
        const { authority: { core }, engine } = await server.authority()
        await createTimers({ org, core, engine, now: () => fromMs(timeline.now()), troubles }).turn()
      } catch (error) {
        // It died over it: what was not done is due still.
        if (!(error instanceof Killed)) throw error
      }
    },
    commits: () => logOf(server.memory.database).length,
    changedOnTheWay: server.changedOnTheWay,
    copies: {
      save() {
        copy = server.memory.bytes()
      },
      async restore() {
        if (!copy) return false
        const memory = memoryDatabase(copy)
        memory.database.pragma('foreign_keys = ON')
        await real.recover(memory.open(createLife()), fromMs(timeline.now()))
        server.replace(memory)
        looked = logOf(memory.database).at(-1)?.seq ?? 0
        return true
      },
      async closeRecovery() {
        try {
          const { authority } = await server.authority()
          if ((await authority.head()).mode === 'recovery') await authority.closeRecovery(userOf('owner'), (await authority.recovery())?.review ?? null)
        } catch (error) {
          // It died over it; the operator closes it another time.
          if (!(error instanceof Killed)) throw error
        }
      },
    },
    async atRest() {
      const { authority, engine } = await server.authority()
      return { server: { core: authority.core, engine, database: server.memory.database }, everReadable: sight.everReadable }
    },
    close() {
      server.memory.close()
      return Promise.resolve()
    },
  }
}
