/** The real code as the simulator runs it: authority, replicas, outbox and exchange over databases in memory. */
import { MEMBERSHIP_ENDED } from '../../../main/sync/http.ts'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import type { Outside } from '../../../shared/core/organization-core.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs, type Instant } from '../../../shared/kernel/instants.ts'
import { StoreError, type Engine } from '../../../shared/store/engine.ts'
import { openOutbox } from '../../../shared/store/outbox-file.ts'
import { openAuthority } from '../../../shared/sync/authority/authority.ts'
import { enterRecovery } from '../../../shared/sync/authority/recovery.ts'
import type { Authority, Replica } from '../../../shared/sync/contracts.ts'
import { createExchange } from '../../../shared/sync/exchange.ts'
import { openReplica } from '../../../shared/sync/replica/replica.ts'
import type { Opening, Running } from './device.ts'
import { createLife, Killed, memoryDatabase } from './mortal.ts'
import type { Real } from './site.ts'
import { withTwin } from './twin.ts'
import { emptyFile, org, personNames, randomOf, userOf, world, worldStart } from './world.ts'

const APP = 'simulator'
let lives = 0
const outside = (now: () => Instant, failed: (error: unknown) => void): Outside => ({
  now, random: randomOf(`life ${++lives}`), app_version: APP,
  report: (error) => {
    // A value given twice in one input is refused in words (`record.taken`).
    const refused = error instanceof StoreError && error.problem === 'unique'
    if (!(error instanceof Killed) && !refused) failed(error)
  },
})

const openServer = (engine: Engine, now: () => Instant, failed: (error: unknown) => void): Promise<Authority> =>
  openAuthority({ org, engine, readEngine: engine, handlers: organizationOperations, outside: outside(now, failed) })

async function openDevice({ device, outbox: box, replicas: files, transport, tokenOf, now, failed, twins, wiped }: Opening): Promise<Running> {
  const outbox = await openOutbox(box)
  const replicas = new Map<Id, Replica>()
  for (const { user, engine, database } of files) {
    const common = { org, user, device, handlers: organizationOperations, outside: outside(now, failed) }
    const replica = await openReplica({ ...common, engine, readEngine: engine, outbox })
    replicas.set(user, twins === null ? replica : withTwin(replica, {
      database, outbox: twins.outbox, chosen: twins.chosen, failed,
      async openWhole(file, copy) {
        const [whole, own] = [file.open(createLife()), await openOutbox(copy.open(createLife()))]
        return openReplica({ ...common, engine: whole, readEngine: whole, outbox: own, rebase: 'whole' })
      },
    }))
  }
  const exchange = createExchange({ outbox, replicas: () => replicas, transport, tokenOf: (user) => Promise.resolve(tokenOf(user)), appVersion: APP })
  return {
    outbox, replicas,
    async round() {
      const { braked, trouble, troubles } = await exchange.round()
      for (const [user, { problem, code }] of troubles) {
        if (problem !== 'revoked' && code !== MEMBERSHIP_ENDED) continue
        wiped(user)
        replicas.delete(user)
        await outbox.leave(user)
      }
      // Somebody looks at what the brake asks, and lets it go.
      for (const user of braked) await replicas.get(user)?.release()
      return trouble && `${trouble.problem} ${trouble.code ?? ''}`
    },
  }
}

function rethrow(error: unknown): never {
  throw error instanceof Error ? error : new Error(String(error))
}

interface Beginning {
  server: Buffer
  replicas: ReadonlyMap<Id, Buffer>
}
/** The server's file once everybody follows it, and what a device of each person holds then: copied for every history. */
async function begin(): Promise<Beginning> {
  const now = (): Instant => fromMs(worldStart)
  const serverFile = memoryDatabase((await world()).server)
  serverFile.database.pragma('foreign_keys = ON')
  const authority = await openServer(serverFile.open(createLife()), now, rethrow)
  const replicas = new Map<Id, Buffer>()
  for (const user of personNames.map(userOf)) {
    const file = memoryDatabase(emptyFile('replica'))
    const box = memoryDatabase()
    const viewer = { user_id: user, device: 'first' }
    const engine = file.open(createLife())
    const replica = await openReplica({ org, user, device: 'first', engine, readEngine: engine, outbox: await openOutbox(box.open(createLife())), handlers: organizationOperations, outside: outside(now, rethrow) })
    const lines = await authority.snapshot(viewer)
    if (!lines || (await replica.takeSnapshot(lines)) !== 'done') throw new Error(`nothing to fill the replica of ${user} with`)
    const page = await authority.pull(await replica.pullRequest(), viewer)
    if (!page || !('rows' in page) || (await replica.take(page)) !== 'done') throw new Error(`the replica of ${user} does not follow`)
    replicas.set(user, file.bytes())
    file.close()
    box.close()
  }
  // They were only to be copied: a restored server waits for nobody who does not exist.
  serverFile.database.prepare('DELETE FROM sync_replica').run()
  const server = serverFile.bytes()
  serverFile.close()
  return { server, replicas }
}
let begun: Promise<Beginning> | null = null
const beginning = (): Promise<Beginning> => (begun ??= begin())

const boxes = new Map<string, Promise<Buffer>>()
async function emptyBox(users: readonly Id[]): Promise<Buffer> {
  const box = memoryDatabase()
  const outbox = await openOutbox(box.open(createLife()))
  for (const user of users) await outbox.enroll(user)
  const bytes = box.bytes()
  box.close()
  return bytes
}
function once(known: Map<string, Promise<Buffer>>, key: string, make: () => Promise<Buffer>): Promise<Buffer> {
  let found = known.get(key)
  if (!found) known.set(key, (found = make()))
  return found
}

export const real: Real = {
  openAuthority: openServer,
  async recover(engine, now) {
    await enterRecovery(engine, org, now)
  },
  server: async () => (await beginning()).server,
  openDevice,
  async replicaOf(user) {
    const found = (await beginning()).replicas.get(user)
    if (!found) throw new Error(`nobody follows as ${user}`)
    return found
  },
  outboxOf: (users) => once(boxes, users.join(' '), () => emptyBox(users)),
}
