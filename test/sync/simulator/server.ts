/** The deciding server as a process that can die: the real authority over a database in memory, heard through text. */
import type { Authority } from '../../../shared/sync/contracts.ts'
import { PullRequest, PushRequest, ReofferRequest, SecurityRequest, VerifyRequest } from '../../../shared/sync/wire.ts'
import { isPushRequest } from '../../../shared/sync/well-formed.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import type { Asked, Caller, Listener, Said } from './link.ts'
import { createLife, Killed, type Life, type MemoryDatabase } from './mortal.ts'
import type { Timeline } from './timeline.ts'

/** How a real authority is opened over an engine; the process that opens it may be any of several lives. */
export type OpenAuthority = (engine: Engine) => Promise<Authority>

export interface SimServer extends Listener {
  readonly memory: MemoryDatabase
  authority(): Promise<{ authority: Authority; engine: Engine }>
  /** Dies at the n-th statement from now and is started again a while later. */
  dieAfter(statements: number): void
  /** Dies now; what is on its disk is replaced; starts again. */
  replace(memory: MemoryDatabase): void
  admit(user: Id, device: string): string
  shutOut(user: Id, device: string): void
  /** Every command as it arrived, the first time: its bytes never change (rule 3). */
  readonly arrived: ReadonlyMap<string, string>
  readonly changedOnTheWay: readonly string[]
  readonly deaths: number
}

export function createServer(options: { memory: MemoryDatabase; timeline: Timeline; open: OpenAuthority; heard: (asked: Asked) => Promise<void>; failed: (asked: Asked, error: unknown) => void }): SimServer {
  const { timeline } = options
  let memory = options.memory
  let life: Life = createLife()
  let running: Promise<{ authority: Authority; engine: Engine }> | null = null
  let down = false
  let deaths = 0
  const tokens = new Map<string, { user: Id; device: string }>()
  const arrived = new Map<string, string>()
  const changedOnTheWay: string[] = []

  function start(): Promise<{ authority: Authority; engine: Engine }> {
    life = createLife(() => {
      deaths++
      down = true
      running = null
      // Whoever looks after the server starts it again.
      timeline.after(4_000, () => {
        down = false
      })
    })
    const engine = memory.open(life)
    return (running = options.open(engine).then((authority) => ({ authority, engine })))
  }
  const up = (): Promise<{ authority: Authority; engine: Engine }> => running ?? start()

  function note(entries: readonly { command: { id: string } }[]): void {
    for (const { command } of entries) {
      const bytes = JSON.stringify(command)
      const known = arrived.get(command.id)
      if (known === undefined) arrived.set(command.id, bytes)
      else if (known !== bytes) changedOnTheWay.push(command.id)
    }
  }
  const ok = (value: unknown): Said => ({ body: JSON.stringify(value) })

  const actorsOf = (sent: Readonly<Record<string, string>>, device: string): Set<Id> =>
    new Set(Object.entries(sent).flatMap(([user, one]) => (tokens.get(one)?.user === user && tokens.get(one)?.device === device ? [user as Id] : [])))

  async function answer(asked: Asked, body: string, { device, token }: Caller): Promise<Said> {
    const { authority } = await up()
    const given: unknown = JSON.parse(body)
    if (asked === 'push') {
      // As over HTTP: looked at quickly, its members in the order they came.
      const request = isPushRequest(given) ? given : PushRequest.parse(given)
      const actors = actorsOf(request.tokens, device)
      if (actors.size === 0) return { problem: 'token' }
      note(request.commands)
      return ok(await authority.push(request.commands, { device, actors, app_version: request.app_version, protocol: request.protocol, waiting: request.waiting }, request.epoch))
    }
    const caller = token === null ? undefined : tokens.get(token)
    if (caller?.device !== device) return { problem: 'token' }
    const viewer = { user_id: caller.user, device }
    const refusedOr = (value: unknown): Said => (value === null ? { problem: 'revoked' } : ok(value))
    switch (asked) {
      case 'security': {
        const request = SecurityRequest.parse(given)
        return ok(await authority.security(request.events, { device, actors: actorsOf(request.tokens, device), app_version: request.app_version, protocol: request.protocol, waiting: 0 }, caller.user))
      }
      case 'pull': return refusedOr(await authority.pull(PullRequest.parse(given), viewer))
      case 'verify': return refusedOr(await authority.verify(VerifyRequest.parse(given), viewer))
      case 'reoffer': {
        const request = ReofferRequest.parse(given)
        return ok(await authority.reoffer(request, { device, actors: new Set([caller.user]), app_version: 'simulator', protocol: request.protocol, waiting: 0 }))
      }
      case 'snapshot': {
        const { entity } = given as { entity: string | null }
        const lines = await authority.snapshot(viewer, entity ?? undefined)
        if (lines === null) return { problem: 'revoked' }
        const all: string[] = []
        for await (const line of lines) all.push(line.endsWith('\n') ? line.slice(0, -1) : line)
        return { body: all.join('\n') + '\n' }
      }
    }
  }

  return {
    get memory() {
      return memory
    },
    arrived, changedOnTheWay,
    get deaths() {
      return deaths
    },
    authority: up,
    async hear(asked, body, from) {
      if (down) return null
      let here: Life | null = null
      try {
        const opening = up()
        here = life
        await opening
        const said = await answer(asked, body, from)
        if (here.dead) return null
        await options.heard(asked)
        return said
      } catch (error) {
        if (here?.dead || error instanceof Killed) return null
        options.failed(asked, error)
        return { problem: 'server' }
      }
    },
    dieAfter(statements) {
      void up()
      life.dieAfter(statements)
    },
    replace(other) {
      life.die()
      memory.close()
      memory = other
      down = false
      running = null
    },
    admit(user, device) {
      const token = `token ${user} ${device} ${tokens.size}`
      tokens.set(token, { user, device })
      return token
    },
    shutOut(user, device) {
      for (const [token, one] of tokens) if (one.user === user && one.device === device) tokens.delete(token)
    },
  }
}
