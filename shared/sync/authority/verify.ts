/** Whether a device holds what the server would show it: sums of digests, compared where both stand at the same commit. */
import { entities } from '../../domain/registry.ts'
import type { Verified, Verify, Viewer } from '../contracts.ts'
import { tally } from '../digests.ts'
import type { AuthorityParts } from './parts.ts'
import { everyRow, lookingAt } from './snapshot.ts'

/** Null: not a member. Entities the device does not name (it is older) are not compared. */
export async function verify(parts: AuthorityParts, { cursor, scope, entities: held }: Verify, viewer: Viewer): Promise<Verified | null> {
  return parts.readEngine.snapshot(async () => {
    const looking = await lookingAt(parts, viewer)
    if (!looking) return null
    const { head, seq, seen, sighting } = looking
    if (head.mode === 'recovery' || cursor.epoch !== head.epoch || cursor.seq !== seq || scope !== seen.digest) return { comparable: false, differing: [] }
    const differing: string[] = []
    for (const entity of entities.values()) {
      const theirs = held[entity.name]
      if (!theirs) continue
      const sum = tally()
      for await (const change of everyRow(sighting, entity)) if ('row' in change) sum.add(change.row)
      const mine = sum.result()
      if (mine.count !== theirs.count || mine.digest !== theirs.digest) differing.push(entity.name)
    }
    return { comparable: true, differing }
  })
}
