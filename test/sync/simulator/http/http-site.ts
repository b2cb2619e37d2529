/**
 * The server as real processes over a real database, reached by real HTTP over faulty lines. Left out here: putting the server's disk back
 * (copies), which needs the server stopped by its operator. The computers keep clocks of their own; the server has the machine's.
 */
import { z } from 'zod'
import type { Id } from '../../../../shared/kernel/ids.ts'
import { fromMs } from '../../../../shared/kernel/instants.ts'
import { PushEntry, type PullRequest } from '../../../../shared/sync/wire.ts'
import type { Credentials } from '../../../../main/sync/credentials.ts'
import { createHttp, type Http } from '../../../../main/sync/http.ts'
import { createTransport } from '../../../../main/sync/http-transport.ts'
import { serverCalls } from '../../../../main/sync/server-calls.ts'
import { openSessions } from '../../../../main/sync/sessions.ts'
import { PASSWORD } from '../../../fixtures/sync-server.ts'
import { LawBroken } from '../evidence.ts'
import { calm } from '../link.ts'
import { createLife } from '../mortal.ts'
import { drawOf } from '../random.ts'
import type { OpenSite, Real, Wire } from '../site.ts'
import { org, personNames, userOf, worldStart } from '../world.ts'
import { decideAgain } from './again.ts'
import type { Left } from './backing.ts'
import { openLine, type Line } from './faulty-line.ts'
import { computerName, credentialsOf, emailOf, type Prepared } from './prepared.ts'
import { startProcesses } from './processes.ts'
import { createRealTime } from './real-time.ts'

/** Tokens that the server takes no more when the history begins: they are renewed over the same lines. */
const STALE_TOKENS = 0.3
const ANY_URL = 'http://127.0.0.1'
const APP = 'simulator'
const Pushed = z.looseObject({ commands: z.array(PushEntry) })

const never = <T>(): Promise<T> => new Promise(() => undefined)

/** A process that died hears nothing any more: what it waited for never comes, the next tokens of its people neither. */
function mortal(http: Http, alive: () => boolean): Http {
  const heard = async <T>(asking: Promise<T>): Promise<T> => {
    const answer = await asking
    return alive() ? answer : never<T>()
  }
  async function* lines(of: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const line of of) yield await heard(Promise.resolve(line))
    await heard(Promise.resolve())
  }
  return {
    url: http.url,
    json: (ask, shape) => heard(http.json(ask, shape)),
    raw: (ask, statuses) => heard(http.raw(ask, statuses)),
    async lines(ask) {
      const reply = await heard(http.lines(ask))
      return reply.ok ? { ok: true, value: lines(reply.value) } : reply
    },
  }
}

export const httpSite = (real: Real, prepared: Prepared): OpenSite => async ({ setting, persons, count, failed, busy }) => {
  const { backing, book, since } = prepared
  const kept = await backing.copy()
  const processes = await startProcesses(kept, backing.processes, failed)
  /** How each device's line is now, once it has one. */
  const wires = new Map<string, Wire>()
  const lines = new Map<string, Line>()
  const secrets = new Map<string, Credentials>()
  const chance = drawOf(setting.seed, 'tokens')
  const signedIn = new Set<string>()
  const arrived = new Map<string, PushEntry>()
  const changedOnTheWay: string[] = []
  let left: Left | null = null

  const secretsOf = (device: string): Credentials => {
    const known = secrets.get(device) ?? credentialsOf(ANY_URL)
    secrets.set(device, known)
    return known
  }
  const calls = () => serverCalls(createHttp({ url: `${ANY_URL}:${processes.ports()[0] ?? 0}`, app_version: APP }))
  function sent(path: string, body: string): void {
    if (!path.endsWith('/sync/push')) return
    for (const entry of Pushed.parse(JSON.parse(body)).commands) {
      const known = arrived.get(entry.command.id)
      if (!known) arrived.set(entry.command.id, entry)
      else if (JSON.stringify(known.command) !== JSON.stringify(entry.command)) changedOnTheWay.push(entry.command.id)
    }
  }
  const nameOf = (user: Id) => personNames.find((name) => userOf(name) === user) ?? 'owner'

  for (const on of setting.devices.keys()) {
    const device = computerName(on)
    lines.set(device, await openLine({ ports: processes.ports, weather: () => wires.get(device)?.weather() ?? calm, draw: () => wires.get(device)?.draw() ?? chance, count, sent }))
  }

  return {
    timeline: createRealTime(worldStart, busy),
    book, since,
    replicaOf: (user) => prepared.replicaOf(user),
    async signIn(user, device) {
      const credentials = secretsOf(device)
      if (!signedIn.has(`${device} ${user}`)) {
        signedIn.add(`${device} ${user}`)
        const session = prepared.sessionOf(device, user)
        await credentials.keep(user, chance.chance(STALE_TOKENS) ? { ...session, access: `of-a-former-quarter-${session.access.slice(0, 10)}` } : session)
        return session.access
      }
      // The person looks on until they are in.
      for (;;) {
        const reply = await calls().login({ email: emailOf(nameOf(user)), password: PASSWORD, device: { id: device, name: device, key: await credentials.publicKey(user) } })
        if (reply.ok) {
          await credentials.keep(user, reply.value)
          return reply.value.access
        }
        if (reply.problem !== 'offline' && reply.problem !== 'busy') throw new LawBroken('who has an account signs in', `${user} on ${device}: ${reply.problem} ${reply.code ?? ''}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async signOut(user, device) {
      const session = await secretsOf(device).session(user)
      await secretsOf(device).forget(user)
      // Told when it can be; the computer itself has forgotten it either way.
      if (session) await calls().logout(session.access)
    },
    transport(wire) {
      wires.set(wire.device, wire)
      const http = mortal(createHttp({ url: lines.get(wire.device)?.url ?? ANY_URL, app_version: APP }), wire.alive)
      const transport = createTransport(org, http, openSessions(secretsOf(wire.device), http, () => performance.now()))
      // Small pages now and then: a view comes in many parts, and only the last one counts.
      const limited = (request: PullRequest): PullRequest => (wire.draw().chance(wire.weather().small) ? { ...request, limit: 1 + wire.draw().below(6) } : request)
      return { ...transport, pull: (request, as) => transport.pull(limited(request), as) }
    },
    dieAfter(statements) {
      processes.killAfter(statements, statements)
    },
    steady: () => processes.steady(),
    // Every second by itself.
    turn: () => Promise.resolve(),
    clocked: false,
    commits: () => 0,
    changedOnTheWay,
    copies: null,
    async atRest() {
      await processes.stop()
      const [error] = processes.reported()
      if (error !== undefined) throw new LawBroken('nothing fails unexpectedly', error)
      left = await kept.read()
      const { memory, engine } = left
      const sight = await decideAgain({ before: prepared.bytes, after: memory, since, persons, arrived, open: (file, now) => real.openAuthority(file, now, failed) })
      const { core } = await real.openAuthority(memory.open(createLife()), () => fromMs(Date.now()), failed)
      return { server: { core, engine, database: memory.database }, everReadable: sight.everReadable }
    },
    async close() {
      await processes.stop()
      for (const line of lines.values()) await line.close()
      await left?.close()
      await kept.remove()
    },
  }
}
