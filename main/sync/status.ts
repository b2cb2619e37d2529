/** From what a device knows of its exchange to the one state a person is told (sync.md, the device's loop). */
import type { SyncPhase } from '../../shared/domain/sync/states.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Round } from '../../shared/sync/exchange.ts'
import type { Problem } from './http.ts'
import type { LoopMode } from './loop-machine.ts'
import type { Standing } from './sessions.ts'

type Trouble = Problem['problem']
/** Troubles of one person, not of the way to the server: nobody else's state is told by them. */
const personal: ReadonlySet<Trouble> = new Set(['token', 'refused'])

/** What the last round met, for this person: their own trouble, or whatever kept everybody from the server. */
export function troubleOf(user: Id, round: Pick<Round, 'trouble' | 'troubles'> | null): Trouble | null {
  if (!round) return null
  const own = round.troubles.get(user)
  if (own) return own.problem
  const { trouble } = round
  if (trouble === null || round.troubles.size === 0 || !personal.has(trouble.problem)) return trouble?.problem ?? null
  return [...round.troubles.values()].find(({ problem }) => !personal.has(problem))?.problem ?? null
}

export interface Facts {
  revoked: boolean
  /** The disk refused what a round wanted to write. */
  storage: boolean
  braked: boolean
  standing: Standing
  mode: LoopMode
  recovering: boolean
  /** Of the last round, for this person. */
  problem: Trouble | null
  /** No round of this run has ended, and the server has said nothing for longer than an answer takes. */
  silent: boolean
  /** The server had no room for a file of this computer. */
  serverFull: boolean
  /** The server does not know an operation of this person's queue. */
  unknownOperation: boolean
  sending: boolean
  waiting: number
}

/** Rows: what is the matter, most pressing first. */
const table: readonly [SyncPhase, (facts: Facts) => boolean][] = [
  ['revoked', ({ revoked, problem }) => revoked || problem === 'revoked'],
  ['storage', ({ storage }) => storage],
  ['brake', ({ braked }) => braked],
  ['needs_sign_in', ({ standing, problem }) => standing !== 'held' || problem === 'token'],
  ['app_older', ({ problem }) => problem === 'app_older'],
  ['server_older', ({ problem, unknownOperation }) => problem === 'server_older' || unknownOperation],
  ['server_full', ({ problem, serverFull }) => problem === 'server_full' || serverFull],
  ['refused', ({ problem }) => problem === 'refused'],
  ['offline', ({ problem, silent }) => problem === 'offline' || silent],
  ['retrying', ({ problem }) => problem === 'busy' || problem === 'server'],
  ['recovering', ({ recovering }) => recovering],
  ['sending', ({ sending }) => sending],
  ['waiting', ({ waiting }) => waiting > 0],
]

export const phaseOf = (facts: Facts): SyncPhase => table.find(([, holds]) => holds(facts))?.[0] ?? 'synced'
