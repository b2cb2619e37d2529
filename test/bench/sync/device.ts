/** A computer of the bench: real files, the app's own replica, outbox, exchange and HTTP. */
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { breather } from '../../../main/host/breather.ts'
import type { SecretStore } from '../../../main/host/secret-store.ts'
import { createTransport } from '../../../main/sync/http-transport.ts'
import { openServers, type ServerWay } from '../../../main/sync/servers.ts'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import { openOutbox } from '../../../shared/store/outbox-file.ts'
import { openReplicaFile } from '../../../shared/store/replica-file.ts'
import { openDatabase, sqliteEngine } from '../../../shared/store/sqlite-engine.ts'
import { createExchange } from '../../../shared/sync/exchange.ts'
import { openReplica } from '../../../shared/sync/replica/replica.ts'
import { isError } from '../../fixtures/core.ts'

export interface Device {
  file: string
  engine: Engine
  way: ServerWay
  ask(name: string, input: unknown): Promise<Record<string, unknown>>
  /** One round of the exchange, which must take everything: ms until all is at the server, and from then until all has come down. */
  round(): Promise<{ up: number; down: number; sent: number }>
  /** Entities that differ from the server's. */
  differing(): Promise<string[]>
  waiting(): Promise<number>
  /** Everything is in the file itself, which can then be copied. */
  gather(): Promise<void>
  close(): Promise<void>
}

/** As the host of `callboard web` keeps them, without the file. */
function secrets(): SecretStore {
  const held = new Map<string, string>()
  return {
    protection: 'file',
    read: (name) => Promise.resolve(held.get(name) ?? null),
    write: (name, secret) => Promise.resolve(void held.set(name, secret)),
    remove: (name) => Promise.resolve(void held.delete(name)),
  }
}

export const wayTo = (url: string, name: string): ServerWay => openServers({ store: secrets(), device: { id: name, code: name.slice(0, 4) }, app_version: 'bench' }).at(url)

export async function openDevice({ folder, name, org, user, way }: { folder: string; name: string; org: Id; user: Id; way: ServerWay }): Promise<Device> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'view.sqlite')
  const view = openReplicaFile(file, { backupFolder: join(folder, 'backups'), stamp: 'bench' })
  const outbox = await openOutbox(sqliteEngine(openDatabase(join(folder, 'outbox.sqlite'))))
  const replica = await openReplica({
    org, user, device: name, engine: view.engine, readEngine: view.readEngine, outbox, handlers: organizationOperations,
    outside: {
      now: () => fromMs(Date.now()), random: (bytes) => randomBytes(bytes), app_version: 'bench', breathe: breather(),
      report: (error) => {
        console.error(error)
      },
    },
  })
  const transport = createTransport(org, way.http, way.sessions)
  let sentAt = 0
  const exchange = createExchange({
    outbox, replicas: () => new Map([[user, replica]]), transport, appVersion: 'bench', breathe: breather(),
    tokenOf: async (id) => {
      const token = await way.sessions.access(id)
      return token.ok ? token.value : null
    },
    onSending: () => void (sentAt = performance.now()),
  })
  let calls = 0
  return {
    file, way,
    engine: view.readEngine,
    async ask(operation, input) {
      const answer = await replica.core.execute({ name: operation, input, id: `${name}-${++calls}` }, { user_id: user, device: name, scope: null })
      if (isError(answer)) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`)
      return answer.value as Record<string, unknown>
    },
    async round() {
      const start = (sentAt = performance.now())
      const { trouble, sent, left, braked, pulled } = await exchange.round()
      const end = performance.now()
      if (trouble || left.length > 0 || braked.length > 0 || pulled.length === 0) throw new Error(`a round did not go through: ${JSON.stringify({ trouble, sent, left: left.slice(0, 3), braked })}`)
      return { up: sentAt - start, down: end - sentAt, sent }
    },
    async differing() {
      const answer = await transport.verify(await replica.verifyRequest(), user)
      if (!answer.ok) throw new Error(`the server does not compare: ${JSON.stringify(answer)}`)
      return answer.value.comparable ? [...answer.value.differing] : ['not comparable']
    },
    waiting: async () => (await replica.state()).waiting,
    async gather() {
      await view.engine.all('PRAGMA wal_checkpoint(TRUNCATE)', [])
    },
    async close() {
      await view.close()
      await outbox.close()
    },
  }
}
