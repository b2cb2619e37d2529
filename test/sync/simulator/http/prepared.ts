/**
 * What every history over HTTP begins with: a server that was given the organization, where everybody is signed in on every computer, and
 * what each person's view holds. Made once, by the very calls a device makes.
 */
import { organizationOperations } from '../../../../shared/core/handlers.ts'
import type { Id } from '../../../../shared/kernel/ids.ts'
import { fromMs } from '../../../../shared/kernel/instants.ts'
import type { DeviceIdentity, ServerSession } from '../../../../shared/sync/server-wire.ts'
import { createExchange } from '../../../../shared/sync/exchange.ts'
import { giveFacts } from '../../../../shared/sync/facts/give.ts'
import { openReplica } from '../../../../shared/sync/replica/replica.ts'
import { openOutbox } from '../../../../shared/store/outbox-file.ts'
import { openCredentials, type Credentials } from '../../../../main/sync/credentials.ts'
import { createHttp, type Http } from '../../../../main/sync/http.ts'
import { createTransport } from '../../../../main/sync/http-transport.ts'
import { serverCalls, valueOf, type ServerCalls } from '../../../../main/sync/server-calls.ts'
import { openSessions } from '../../../../main/sync/sessions.ts'
import type { SecretStore } from '../../../../main/host/secret-store.ts'
import { startServerProcess, type ServerProcess } from '../../../fixtures/server-process.ts'
import { PASSWORD, testDevice } from '../../../fixtures/sync-server.ts'
import { bookOf, logOf, type Book } from '../entered.ts'
import { createLife, memoryDatabase } from '../mortal.ts'
import { randomOf, emptyFile, org, personNames, userOf, world, type PersonName } from '../world.ts'
import { rowsOf } from '../rows.ts'
import type { Backing } from './backing.ts'

/** As many computers as a history has at most. */
const COMPUTERS = 8
export const computerName = (on: number): string => `device-${on}`
export const emailOf = (name: PersonName): string => `${name.replaceAll(' ', '.')}@example.org`

export interface Prepared {
  backing: Backing
  book: Book
  since: number
  /** The server's rows, as a file. */
  bytes: Buffer
  sessionOf(device: string, user: Id): ServerSession
  replicaOf(user: Id): Promise<Buffer>
  close(): Promise<void>
}

/** Nobody is throttled: a history of an hour passes in seconds. */
const UNLIMITED = Object.fromEntries(['READ', 'WRITE', 'ADMIN', 'AUTH'].flatMap((call) => ['ORGANIZATION', 'USER', 'TOKEN', 'ADDRESS'].map((subject) => [`LIMIT_${call}_${subject}`, '1000000'])))
export const startProcess = (folder: string, environment: Record<string, string>, port = 0): Promise<ServerProcess> =>
  startServerProcess(folder, { ...UNLIMITED, ...environment, PORT: String(port) })

/** The secrets of one computer, as long as the history lasts. */
export function credentialsOf(url: string): Credentials {
  const held = new Map<string, string>()
  const store: SecretStore = {
    protection: 'file', read: (name) => Promise.resolve(held.get(name) ?? null), write: (name, secret) => Promise.resolve(void held.set(name, secret)), remove: (name) => Promise.resolve(void held.delete(name)),
  }
  return openCredentials(store, url)
}

async function joinAll(calls: ServerCalls, code: string): Promise<Map<string, ServerSession>> {
  const key = testDevice('').identity.key
  const device = (id: string): DeviceIdentity => ({ id, name: `Ordinateur ${id}`, key })
  const owner = valueOf(await calls.register({ code, user_id: userOf('owner'), name: 'Léa Martin', email: emailOf('owner'), password: PASSWORD, device: device('first') }))
  valueOf(await calls.makeRoom(owner.access, org, 'Compagnie du Phare'))
  const memory = memoryDatabase((await world()).server)
  valueOf(await calls.factsUp(owner.access, org, giveFacts(memory.open(createLife()), org, { app_version: 'simulator', at: fromMs(Date.now()) })))
  memory.close()
  for (const name of personNames) {
    if (name === 'owner') continue
    const given = valueOf(await calls.console.access(owner.access, org, { user_id: userOf(name) }))
    valueOf(await calls.register({ code: given.code, user_id: userOf(name), name: `Personne ${name}`, email: emailOf(name), password: PASSWORD, device: device('first') }))
  }
  const sessions = new Map<string, ServerSession>()
  for (const id of ['first', ...Array.from({ length: COMPUTERS }, (_, on) => computerName(on))])
    for (const name of personNames) sessions.set(`${id} ${userOf(name)}`, valueOf(await calls.login({ email: emailOf(name), password: PASSWORD, device: device(id) })))
  return sessions
}

/** A view that has followed up to now. */
async function followed(http: Http, user: Id, session: ServerSession): Promise<Buffer> {
  const [file, box] = [memoryDatabase(emptyFile('replica')), memoryDatabase()]
  const credentials = credentialsOf(http.url)
  await credentials.keep(user, session)
  const outbox = await openOutbox(box.open(createLife()))
  const engine = file.open(createLife())
  const replica = await openReplica({
    org, user, device: 'first', engine, readEngine: engine, outbox, handlers: organizationOperations,
    outside: { now: () => fromMs(Date.now()), random: randomOf(`first ${user}`), app_version: 'simulator', report: (error) => { throw error instanceof Error ? error : new Error(String(error)) } },
  })
  const transport = createTransport(org, http, openSessions(credentials, http, () => performance.now()))
  const { trouble, pulled } = await createExchange({ outbox, replicas: () => new Map([[user, replica]]), transport, tokenOf: () => Promise.resolve(session.access), appVersion: 'simulator' }).round()
  if (trouble || pulled.length === 0) throw new Error(`the replica of ${user} does not follow: ${trouble?.problem ?? 'nothing came'} ${trouble?.code ?? ''}`)
  const bytes = file.bytes()
  file.close()
  box.close()
  return bytes
}

export async function prepare(backing: Backing): Promise<Prepared> {
  const server = await startProcess(backing.first.folder, backing.first.environment)
  const replicas = new Map<Id, Buffer>()
  let sessions: Map<string, ServerSession>
  try {
    const http = createHttp({ url: server.url, app_version: 'simulator' })
    sessions = await joinAll(serverCalls(http), server.first_code ?? '')
    for (const user of personNames.map(userOf)) replicas.set(user, await followed(http, user, sessionIn(sessions, 'first', user)))
  } finally {
    await server.stop()
  }
  const left = await backing.first.read()
  const [bytes, book, since] = [left.memory.bytes(), bookOf(rowsOf(left.memory.database)), logOf(left.memory.database).at(-1)?.seq ?? 0]
  await left.close()
  return {
    backing, book, since, bytes,
    sessionOf: (device, user) => sessionIn(sessions, device, user),
    replicaOf(user) {
      const found = replicas.get(user)
      return found ? Promise.resolve(found) : Promise.reject(new Error(`nobody follows as ${user}`))
    },
    close: () => backing.close(),
  }
}
function sessionIn(sessions: ReadonlyMap<string, ServerSession>, device: string, user: Id): ServerSession {
  const found = sessions.get(`${device} ${user}`)
  if (!found) throw new Error(`${user} is not signed in on ${device}`)
  return found
}
