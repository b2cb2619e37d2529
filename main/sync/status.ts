/** From what a device knows of its exchange to the one state a person is told (sync.md, the device's loop). */
import type { SyncPhase } from '../../shared/domain/sync/states.ts'
import type { Problem } from './http.ts'
import type { LoopMode } from './loop-machine.ts'
import type { Standing } from './sessions.ts'

export interface Facts {
  revoked: boolean
  /** The disk refused what a round wanted to write. */
  storage: boolean
  braked: boolean
  standing: Standing
  mode: LoopMode
  recovering: boolean
  /** Of the last round, for this person. */
  problem: Problem['problem'] | null
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
  ['refused', ({ problem }) => problem === 'refused'],
  ['offline', ({ problem }) => problem === 'offline'],
  ['retrying', ({ problem }) => problem === 'busy' || problem === 'server'],
  ['recovering', ({ recovering }) => recovering],
  ['sending', ({ sending }) => sending],
  ['waiting', ({ waiting }) => waiting > 0],
]

export const phaseOf = (facts: Facts): SyncPhase => table.find(([, holds]) => holds(facts))?.[0] ?? 'synced'
