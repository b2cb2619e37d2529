/** A computer with the people who use it: the real replicas, outbox and exchange over databases in memory, in a process that can die. */
import type Database from 'better-sqlite3'
import type { Answer } from '../../../shared/core/core-handler.ts'
import type { Outbox, Replica, Transport } from '../../../shared/sync/contracts.ts'
import { WireCommand } from '../../../shared/sync/wire.ts'
import type { Id } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import { LawBroken, type Issued } from './evidence.ts'
import { createLife, memoryDatabase, type Life, type MemoryDatabase } from './mortal.ts'
import { org, sessionOf } from './world.ts'

/** What runs on a computer while its process lives. */
export interface Running {
  outbox: Outbox
  replicas: ReadonlyMap<Id, Replica>
  /** One round of the exchange for everybody who is signed in. Answers what went wrong; null: nothing did. */
  round(): Promise<string | null>
}
export interface Opening {
  device: string
  outbox: Engine
  replicas: readonly { user: Id; engine: Engine; database: Database.Database }[]
  transport: Transport
  tokenOf(user: Id): string | null
  now(): Instant
  failed: (error: unknown) => void
  /** Told when the server says that somebody is no member any more: what they hold is wiped here. */
  wiped(user: Id): void
  /** Fast and whole rebase side by side; null: not on this device. */
  twins: { outbox: Database.Database; chosen(): boolean } | null
}
export type OpenDevice = (opening: Opening) => Promise<Running>

/** What is on a computer's disk. */
export interface Disk {
  files: ReadonlyMap<Id, Buffer>
  outbox: Buffer
}

export interface SimDevice {
  readonly name: string
  readonly users: readonly Id[]
  readonly life: Life
  running(): Promise<Running>
  databaseOf(user: Id): MemoryDatabase
  readonly outbox: MemoryDatabase
  /** Who was shut out: their view is no more. */
  readonly wiped: ReadonlySet<Id>
  /** Null: the process died over it, or the person has no view here any more. */
  execute(user: Id, name: string, input: unknown, key: string): Promise<Answer | null>
  /** Begins a round unless one is under way. */
  begin(): void
  readonly busy: boolean
  /** What went wrong in the last round that ended. */
  readonly trouble: string | null
  dieAfter(statements: number): void
  die(): void
  /** As it was when `save` was last called, else as it was in the beginning: a disk put back from its copy. */
  save(): void
  restore(): Promise<void>
  issuedBy(user: Id): string[]
  close(): void
}

export interface DeviceOptions {
  name: string
  users: readonly { user: Id; file: MemoryDatabase }[]
  outbox: MemoryDatabase
  /** As they were given. */
  beginning: () => Promise<Disk>
  transport: (alive: () => boolean) => Transport
  tokenOf(user: Id): string | null
  now(): Instant
  open: OpenDevice
  /** Told of each command that came into the outbox. */
  issued: (one: Issued) => void
  failed: (error: unknown) => void
  /** Whether the next page is taken by both ways of the rebase. */
  twin: () => boolean
  /** Whether what somebody did comes into the views of others of this computer before anything else happens. */
  tellOthers: () => boolean
}

export function createDevice(options: DeviceOptions): SimDevice {
  const { name } = options
  let files = new Map(options.users.map(({ user, file }) => [user, file]))
  let { outbox } = options
  let life = createLife()
  let opened: Promise<Running> | null = null
  let round: Life | null = null
  let trouble: string | null = null
  let saved: Disk | null = null
  const seen = new Set<string>()
  const wiped = new Set<Id>()
  const own = new Map<Id, string[]>()

  const cursorOf = (user: Id): number | null =>
    files.get(user)?.database.prepare<[string], { cursor_seq: number }>('SELECT cursor_seq FROM replica_state WHERE org_id = ?').get(org)?.cursor_seq ?? null

  /** Before anything can leave it. */
  function readOutbox(told: boolean): void {
    const table = outbox.database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'outbox_entry'").get()
    if (table === undefined) return
    for (const { id, issuer, bytes } of outbox.database.prepare<[], { id: Id; issuer: Id; bytes: string }>('SELECT id, issuer, bytes FROM outbox_entry ORDER BY position').all()) {
      if (seen.has(id)) continue
      seen.add(id)
      own.set(issuer, [...(own.get(issuer) ?? []), id])
      options.issued({ id, issuer, device: name, bytes, command: WireCommand.parse(JSON.parse(bytes)), told, cursor: files.size === 1 ? cursorOf(issuer) : null })
    }
  }
  /** Outcomes that came with a pull, in whichever life: a page that was staged counts after a kill too. */
  const pulled = new Set<string>()
  function running(): Promise<Running> {
    if (opened && !life.dead) return opened
    readOutbox(false)
    life = createLife()
    const here = life
    round = null
    const replicas = [...files].filter(([user]) => !wiped.has(user)).map(([user, file]) => ({ user, engine: file.open(here), database: file.database }))
    const wire = options.transport(() => !here.dead)
    // The exchange itself issues what is left of a bulk command in conflict: it is seen before it goes.
    const taken = new Map<Id, Id>()
    const pendingOf = (user: Id, id: Id): boolean => files.get(user)?.database.prepare<[string, string]>('SELECT 1 FROM replica_pending WHERE org_id = ? AND id = ?').get(org, id) !== undefined
    const transport: Transport = {
      ...wire,
      async push(request) {
        readOutbox(false)
        // A view that was killed between its outcome and the outbox offers it once more: that one is settled already.
        const unsettled = request.commands.filter(({ issuer, command }) => pendingOf(issuer, command.id))
        const reply = await wire.push(request)
        if (reply.ok) for (const { issuer, command } of unsettled) if (reply.value.taken.includes(command.id)) taken.set(command.id, issuer)
        return reply
      },
      async pull(request, as) {
        // What the server took is unsettled until a pull says what became of it (rule 18).
        for (const [id, issuer] of taken) if (issuer === as && !here.dead && !pulled.has(id) && !pendingOf(as, id)) options.failed(new LawBroken('only a pull settles a command', `${id} on ${name}`))
        const reply = await wire.pull(request, as)
        if (reply.ok && 'rows' in reply.value) for (const { id } of reply.value.outcomes) pulled.add(id)
        return reply
      },
      async snapshot(as, entity) {
        // A view that is filled anew hears there of what its person has not decided about yet.
        for (const [id, issuer] of taken) if (issuer === as) taken.delete(id)
        return wire.snapshot(as, entity)
      },
    }
    return (opened = options.open({
      device: name, outbox: outbox.open(here), replicas, transport, tokenOf: options.tokenOf, now: options.now, failed: options.failed, wiped: (user) => void wiped.add(user),
      twins: { outbox: outbox.database, chosen: options.twin },
    }))
  }
  const known = <T>(value: T | undefined, what: string): T => {
    if (value === undefined) throw new Error(`${name} has no ${what}`)
    return value
  }
  return {
    name,
    users: options.users.map(({ user }) => user),
    get life() {
      return life
    },
    running,
    databaseOf: (user) => known(files.get(user), user),
    get outbox() {
      return outbox
    },
    wiped,
    async execute(user, operation, input, key) {
      if (wiped.has(user)) return null
      try {
        const { replicas } = await running()
        const here = life
        const answer = await known(replicas.get(user), user).core.execute({ name: operation, input, id: key }, sessionOf(user, name))
        readOutbox(!here.dead && !('error' in answer))
        // Who shares the computer sees it at once; mostly: it may have other things to do.
        if (replicas.size > 1 && options.tellOthers()) for (const [other, replica] of replicas) if (other !== user) await replica.catchUp()
        return here.dead ? null : answer
      } catch (error) {
        readOutbox(false)
        if (life.dead) return null
        throw error
      }
    },
    begin() {
      if (round === life && !life.dead) return
      void (async () => {
        const { round: exchange } = await running()
        const here = life
        round = here
        try {
          trouble = await exchange()
        } catch (error) {
          if (!here.dead) options.failed(error)
        } finally {
          if (round === here) round = null
        }
      })().catch((error: unknown) => {
        if (!life.dead) options.failed(error)
      })
    },
    get busy() {
      return round !== null && !life.dead
    },
    get trouble() {
      return trouble
    },
    dieAfter: (statements) => {
      life.dieAfter(statements)
    },
    die: () => {
      life.die()
    },
    save() {
      saved = { files: new Map([...files].map(([user, file]) => [user, file.bytes()])), outbox: outbox.bytes() }
    },
    async restore() {
      life.die()
      const disk = saved ?? (await options.beginning())
      readOutbox(false)
      for (const file of [...files.values(), outbox]) file.close()
      files = new Map([...disk.files].map(([user, bytes]) => [user, memoryDatabase(bytes)]))
      outbox = memoryDatabase(disk.outbox)
      for (const { database } of files.values()) database.prepare('UPDATE replica_state SET device = ?').run(name)
    },
    issuedBy: (user) => own.get(user) ?? [],
    close() {
      life.die()
      for (const file of [...files.values(), outbox]) file.close()
    },
  }
}

export const organization = org
