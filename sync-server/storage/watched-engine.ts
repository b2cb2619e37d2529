/** Tells when the order of commits of an organization has moved on: after the commit, whatever it was that decided. */
import type { Id } from '../../shared/kernel/ids.ts'
import type { Engine } from '../../shared/store/engine.ts'
import { lastCommit } from '../../shared/store/sync-log.ts'

export function watchedEngine(engine: Engine, org: Id, onMoved: (seq: number) => void): Engine {
  let known = -1
  return {
    ...engine,
    async transaction(work) {
      let seq = known
      const value = await engine.transaction(async () => {
        const done = await work()
        seq = await lastCommit(engine, org)
        return done
      })
      if (seq !== known) {
        known = seq
        onMoved(seq)
      }
      return value
    },
  }
}
