/**
 * The clock of an authority (decision 0011.7, 8): what is due is done inside the writer's turn that listed it, so that whatever was done
 * meanwhile, here or by another process, is not due any more. Killed anywhere, nothing is done twice and nothing is lost: a command's id is
 * made from its key, and what was not committed is due still.
 *
 * What is refused is not logged: it waits (`troubles`) and is tried again, five times; then it is given up, and a person sees it.
 */
import { due, mostOfTurn, type DueCommand } from '../domain/engagement/due.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instants.ts'
import { StoreError, type Engine } from '../store/engine.ts'
import { readHead } from '../store/sync-log.ts'
import { IdTaken, type Acted } from './acting.ts'
import type { OrganizationCore } from './organization-core.ts'
import { doneAmong, dueRows, firstUntold, untold, untoldAmong, type Untold } from './timer-source.ts'

/** What was refused, kept outside of the organization's own rows. */
export interface TimerTroubles {
  /** Keys that wait, until when; null: given up, or let be by a person. */
  held(): Promise<ReadonlyMap<string, Instant | null>>
  refused(key: string, why: string): Promise<void>
  /** Done after all. */
  settled(keys: readonly string[]): Promise<void>
}

export interface Turn {
  done: number
  refused: number
  /** When anything will be due; null: not by what is here now. */
  next: Instant | null
}

export interface Timers {
  /** Does what is due, 500 commands at most. Null: not here, not now (recovery, `mayAct`). Rejects with StoreError when the database does not do its part. */
  turn(): Promise<Turn | null>
}

export interface TimerOptions {
  org: Id
  core: OrganizationCore
  /** The writing connection of the core. */
  engine: Engine
  now(): Instant
  troubles: TimerTroubles
  /** Asked inside the turn, of what the host knows: leaving, joining. */
  mayAct?: () => boolean | Promise<boolean>
}

/** Commands of one transaction: others wait no longer for theirs. */
const SLICE = 50
/** Ids that others had used up are passed over: so many, then it is a trouble. */
const MOST_TAKEN = 50
/** Troubles of the whole database are no command's own. */
const OF_ALL: ReadonlySet<string> = new Set(['unavailable', 'full', 'read_only', 'damaged', 'failed'])

export const timerId = (org: Id, key: string, nth = 1): Id => deriveId(org, nth === 1 ? `timer:${key}` : `timer:${key}:${nth}`)

class Stopped extends Error {
  readonly command: DueCommand
  readonly problem: StoreError
  constructor(command: DueCommand, problem: StoreError) {
    super(problem.message)
    this.command = command
    this.problem = problem
  }
}

interface Slice {
  next: Instant | null
  done: { key: string; acted: Acted }[]
  refused: { key: string; why: string }[]
  scanned: Untold
}

export function createTimers({ org, core, engine, now, troubles, mayAct = () => true }: TimerOptions): Timers {
  /** How far the log was looked at, by this process; null: not yet. */
  let told: number | null = null

  /** Under the first id of its key that nobody else has taken. */
  async function issue(command: DueCommand): Promise<Acted | null> {
    for (let nth = 1; nth <= MOST_TAKEN; nth++) {
      try {
        return await core.actInside(command.name, command.input, { id: timerId(org, command.key, nth) })
      } catch (error) {
        if (error instanceof StoreError) throw new Stopped(command, error)
        if (!(error instanceof IdTaken)) throw error
      }
    }
    return null
  }

  async function tellings(held: ReadonlyMap<string, Instant | null>): Promise<Untold> {
    told ??= await firstUntold(engine, org, now())
    const found = await untold(engine, org, told)
    // Told by another process, or before this one was killed.
    const keyOf = { tell: ({ command_id }: { command_id: Id }) => timerId(org, `tell:${command_id}`), late: ({ command_id }: { command_id: Id }) => timerId(org, `late:${command_id}`) }
    const done = await doneAmong(engine, org, [...found.tellings.map(keyOf.tell), ...found.late.map(keyOf.late)])
    const waiting = await untoldAmong(engine, org, [...held].flatMap(([key, until]) => (until === null ? [] : (/^(?:tell|late):(.*)$/.exec(key)?.slice(1) ?? []))))
    const all = <T extends { command_id: Id }>(one: readonly T[], other: readonly T[], key: (of: T) => Id): T[] => [...new Map([...one, ...other].map((of) => [of.command_id, of])).values()].filter((of) => !done.has(key(of)))
    return { ...found, tellings: all(waiting.tellings, found.tellings, keyOf.tell), late: all(waiting.late, found.late, keyOf.late) }
  }

  async function slice(held: ReadonlyMap<string, Instant | null>, most: number): Promise<Slice | null> {
    return engine.transaction(async () => {
      if (!(await mayAct()) || (await readHead(engine, org))?.mode === 'recovery') return null
      const scanned = await tellings(held)
      const found = due(await dueRows(core.reader(), engine, org, now(), scanned), now(), held, most)
      const result: Slice = { next: found.next, done: [], refused: [], scanned }
      for (const command of found.commands) {
        const acted = await issue(command)
        if (acted === null) result.refused.push({ key: command.key, why: 'timer.taken' })
        else if ('error' in acted.answer) result.refused.push({ key: command.key, why: acted.answer.error.code })
        else result.done.push({ key: command.key, acted })
      }
      return result
    })
  }

  /** One that the database will not have stops its whole transaction: it is put aside, and the rest is done without it. */
  async function sliceWithout(held: ReadonlyMap<string, Instant | null>, most: number): Promise<Slice | 'again' | null> {
    try {
      return await slice(held, most)
    } catch (error) {
      if (!(error instanceof Stopped)) throw error
      if (OF_ALL.has(error.problem.problem)) throw error.problem
      await troubles.refused(error.command.key, error.problem.problem)
      return 'again'
    }
  }

  /** What was looked at and has been told, or waits among the troubles, is not looked at again. */
  function moveOn({ scanned, done, refused }: Slice, held: ReadonlyMap<string, Instant | null>): void {
    const over = new Set([...done, ...refused].map(({ key }) => key))
    const keys = [...scanned.tellings.map(({ command_id }) => `tell:${command_id}`), ...scanned.late.map(({ command_id }) => `late:${command_id}`)]
    if (keys.every((key) => over.has(key) || held.has(key))) told = scanned.upTo
  }

  return {
    async turn() {
      const turn: Turn = { done: 0, refused: 0, next: null }
      for (let rounds = 0; rounds < mostOfTurn && turn.done + turn.refused < mostOfTurn; rounds++) {
        const held = await troubles.held()
        const made = await sliceWithout(held, Math.min(SLICE, mostOfTurn - turn.done - turn.refused))
        if (made === null) return null
        if (made === 'again') {
          turn.refused++
          continue
        }
        for (const { acted } of made.done) acted.announce()
        for (const { key, why } of made.refused) await troubles.refused(key, why)
        await troubles.settled(made.done.flatMap(({ key }) => (held.has(key) ? [key] : [])))
        moveOn(made, held)
        turn.done += made.done.length
        turn.refused += made.refused.length
        turn.next = made.next
        if (made.done.length + made.refused.length === 0 && !made.scanned.isFull) return turn
      }
      return { ...turn, next: now() }
    },
  }
}
