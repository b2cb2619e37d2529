/** A server and a laptop that begin as the same organization, row for row; commands issued on the laptop are sent to the server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import type { Session } from '../../../shared/core/session.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { findCommand } from '../../../shared/store/command-log.ts'
import type { Engine } from '../../../shared/store/engine.ts'
import { freshSchema } from '../../../shared/store/fresh-schema.ts'
import { openOrganizationFile } from '../../../shared/store/organization-file.ts'
import { heldKeys } from '../../../shared/store/sealing.ts'
import { openAuthority } from '../../../shared/sync/authority/authority.ts'
import { issuedCommand } from '../../../shared/sync/authority/outgoing.ts'
import type { Authority, Sender, Viewer } from '../../../shared/sync/contracts.ts'
import { unpackEvents } from '../../../shared/sync/told-events.ts'
import { PullPage, trailerOf, type OutcomeChange, type PullRefusal, type PushAnswer, type PushEntry, type RowChange, type WireCommand } from '../../../shared/sync/wire.ts'
import { isError, openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'
import { startPostgres, type TestPostgres } from '../../fixtures/postgres.ts'
import { buildWorld, type Persona, type World } from '../../fixtures/world.ts'

export interface Pair {
  authority: Authority
  engine: Engine
  laptop: TestOrganization
  world: World
  owner: Session
  /** Unexpected errors that the server reported. */
  reported: unknown[]
  persona(name: string): Persona
  /** Does something on the server, as another device of that person would have had done. */
  ask(name: string, input: unknown, session?: Session): Promise<Record<string, unknown>>
  /** Does something on the laptop and answers the command as it would be sent. */
  issue(name: string, input: unknown, session?: Session, more?: Partial<WireCommand>): Promise<WireCommand>
  /** Sends commands of one person, each after the one before. */
  push(commands: readonly WireCommand[], session?: Session): Promise<PushAnswer>
  sender(...sessions: Session[]): Sender
  /** The server as another process would open it. */
  again(): Promise<Authority>
  at(instant: string): void
  close(): Promise<void>
}

/** The same tests on SQLite and on PostgreSQL. The pair they are given is filled before the first of them. */
export function onEachDatabase(title: string, tests: (pair: Pair, kind: 'SQLite' | 'PostgreSQL') => void): void {
  describe.each(['SQLite', 'PostgreSQL'] as const)(`${title}, on %s`, (kind) => {
    const pair = {} as Pair
    let postgres: TestPostgres | null = null
    beforeAll(async () => {
      if (kind === 'PostgreSQL') postgres = await startPostgres()
      Object.assign(pair, await openPair(postgres))
    }, 120_000)
    afterAll(async () => {
      await pair.close()
      await postgres?.stop()
    })
    tests(pair, kind)
  })
}

let pairs = 0

export async function openPair(postgres: TestPostgres | null, options: { world?: boolean } = {}): Promise<Pair> {
  const seed = 'pair'
  const folder = mkdtempSync(join(tmpdir(), 'callboard-authority-'))
  let clock = Date.parse('2026-10-20T08:00:00.000Z')
  const laptop = await openTestOrganization({ seed, folder: join(folder, 'laptop'), found: false, steady: true, quiet: true })
  const org = laptop.org
  const file = postgres ? null : openOrganizationFile(join(folder, 'server.sqlite'), { backupFolder: join(folder, 'backups'), stamp: 'test' })
  const engine = file?.engine ?? (await postgres?.engine(`pair_${process.pid}_${++pairs}`))
  if (!engine) throw new Error('no engine')
  const readEngine = file?.readEngine ?? engine
  if (!file) await engine.script(freshSchema('postgres').join('\n'))
  const reported: unknown[] = []
  let drawn = 0
  const open = () => openAuthority({
    org, engine, readEngine, handlers: organizationOperations,
    outside: { now: () => fromMs(clock), random: (bytes) => Buffer.from(sha256(`${seed} ${++drawn}`), 'hex').subarray(0, bytes), app_version: 'test', report: (error) => void reported.push(error) },
  })
  const authority = await open()

  // Until the two part, every call is made on both.
  const inFile = laptop.core.execute
  laptop.core.execute = async (call, session) => {
    const mine = await inFile(call, session)
    const theirs = await authority.core.execute(call, session)
    if (isError(mine) !== isError(theirs)) throw new Error(`${call.name}: ${JSON.stringify([mine, theirs])}`)
    return mine
  }
  await laptop.ask('organization.create', {
    name: 'Compagnie du Phare', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR', owner: { user_id: laptop.owner.user_id, name: 'Léa Martin', email: 'lea@example.org' },
  })
  const world = options.world === false ? { a: { project: '', missions: [], location: '', rows: new Map() }, b: { project: '', missions: [], location: '', rows: new Map() }, personas: [], stranger: '', ids: new Map() } : await buildWorld(laptop)
  laptop.core.execute = inFile

  let calls = 0
  const pair: Pair = {
    authority, engine, laptop, world, owner: laptop.owner, reported,
    persona(name) {
      const found = world.personas.find((one) => one.name === name)
      if (!found) throw new Error(name)
      return found
    },
    async ask(name, input, session = laptop.owner) {
      const answer = await authority.core.execute({ name, input, id: `server-${++calls}` }, session)
      if (isError(answer)) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
      return answer.value as Record<string, unknown>
    },
    async issue(name, input, session = laptop.owner, more = {}) {
      const key = `laptop-${++calls}`
      await laptop.ask(name, input, session, key)
      const logged = await findCommand(laptop.file.readEngine, org, deriveId(session.user_id, `call:${org}:${key}`))
      const command = logged && (await issuedCommand(logged, heldKeys(laptop.file.readEngine, org)))
      if (!command) throw new Error(`${name} was not logged`)
      return { ...command, ...more }
    },
    push(commands, session = laptop.owner) {
      return authority.push(commands.map((command, index): PushEntry => ({ issuer: session.user_id, prev: commands[index - 1]?.id ?? null, command })), pair.sender(session))
    },
    sender: (...sessions) => ({ device: 'laptop', actors: new Set(sessions.map(({ user_id }) => user_id)), app_version: 'test', protocol: 1, waiting: 0 }),
    again: open,
    at(instant) {
      clock = Date.parse(instant)
    },
    async close() {
      await laptop.close()
      await (file ?? engine).close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
  return pair
}

/** What a device holds that only takes pages as they are told: rows by entity and id, outcomes, its cursor and scope. */
export interface Holder {
  viewer: Viewer
  rows: Map<string, Extract<RowChange, { row: unknown }>['row']>
  outcomes: Map<string, OutcomeChange>
  events: Record<string, unknown>[]
  cursor: { epoch: number; seq: number }
  scope: string | null
  pages: PullPage[]
}
export const newHolder = ({ user_id }: { user_id: Id }, device = 'holder'): Holder => ({ viewer: { user_id, device }, rows: new Map(), outcomes: new Map(), events: [], cursor: { epoch: 0, seq: 0 }, scope: null, pages: [] })

/** One page, taken as it comes. */
export async function takePage(authority: Authority, holder: Holder, more: { limit?: number; watching?: Id[] } = {}): Promise<PullPage | PullRefusal | null> {
  const answer = await authority.pull({ protocol: 1, app_version: 'test', cursor: holder.cursor, scope: holder.scope, ...more }, holder.viewer)
  if (!answer || !('rows' in answer)) return answer
  // As it arrives: through text and the schema.
  const page = PullPage.parse(JSON.parse(JSON.stringify(answer)))
  const { count, digest } = trailerOf(page)
  if (page.trailer.count !== count || page.trailer.digest !== digest) throw new Error('a page was cut')
  for (const change of page.rows) {
    if ('row' in change) holder.rows.set(`${change.entity}/${change.id}`, change.row)
    else holder.rows.delete(`${change.entity}/${change.id}`)
  }
  for (const outcome of page.outcomes) holder.outcomes.set(outcome.id, outcome)
  const events = unpackEvents(page.events, page.rows)
  if (!events) throw new Error('events did not come out')
  holder.events.push(...events)
  holder.cursor = page.to
  holder.scope = page.scope
  holder.pages.push(page)
  return page
}
/** Up to the head. */
export async function follow(authority: Authority, holder: Holder, more: { limit?: number; watching?: Id[] } = {}): Promise<Holder> {
  for (let pages = 0; pages < 10_000; pages++) {
    const page = await takePage(authority, holder, more)
    if (!page || !('rows' in page)) throw new Error(`no page: ${JSON.stringify(page)}`)
    if (!page.has_more) return holder
  }
  throw new Error('a pull that does not end')
}

/** What the server shows this person now, by its snapshot. */
export async function shown(authority: Authority, viewer: Viewer): Promise<{ rows: Holder['rows']; head: { at: Holder['cursor']; scope: string }; outcomes: OutcomeChange[] }> {
  const rows: Holder['rows'] = new Map()
  const outcomes: OutcomeChange[] = []
  let head = { at: { epoch: 0, seq: 0 }, scope: '' }
  let whole = false
  for await (const line of (await authority.snapshot(viewer)) ?? []) {
    const value = JSON.parse(line) as Record<string, unknown>
    if ('at' in value) head = value as unknown as typeof head
    else if ('trailer' in value) whole = true
    else if ('outcome' in value) outcomes.push(value['outcome'] as OutcomeChange)
    else rows.set(`${String(value['entity'])}/${String(value['id'])}`, value['row'] as Extract<RowChange, { row: unknown }>['row'])
  }
  if (!whole) throw new Error('a snapshot was cut')
  return { rows, head, outcomes }
}
export const inOrder = (rows: Holder['rows']): [string, unknown][] => [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
