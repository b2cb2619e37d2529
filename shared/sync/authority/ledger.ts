/** The ledger of an authority that devices follow: beside the chain, the place of every row in the order of commits. */
import { authorityLedger, type Ledger } from '../../core/ledger.ts'
import { changesRights } from '../../core/session.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { growRights, markChanges, readRights } from '../../store/sync-log.ts'

export const followedLedger = (engine: Engine, org: Id): Ledger => ({
  ...authorityLedger(engine, org, async (seq, writes) => {
    await markChanges(engine, org, seq, writes.map(({ entity, id }) => ({ entity: entity.name, id })))
    if (writes.some(({ entity }) => changesRights(entity))) await growRights(engine, org)
  }),
  rights: () => readRights(engine, org),
})
