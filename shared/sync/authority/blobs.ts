/** An attached file is spoken of only to whoever sees a row that names it (sync rule 33). */
import { entities } from '../../domain/registry.ts'
import type { Engine } from '../../store/engine.ts'
import { blobColumns } from '../../store/named-blobs.ts'
import type { Viewer } from '../contracts.ts'
import type { AuthorityParts } from './parts.ts'
import { conditionsOf, storedRows } from './rows.ts'
import { minus } from './scope.ts'
import { lookingAt } from './snapshot.ts'

/** Sheets that were frozen name their files inside what was frozen. */
const inFrozenSheet = (sha256: string, engine: Engine) => ({ key: 'frozen', sql: engine.dialect === 'sqlite' ? 'instr(snapshot, ?) > 0' : 'position(?::text in snapshot) > 0', values: [sha256] })

export async function namesBlob(parts: AuthorityParts, viewer: Viewer, sha256: string): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) return false
  const { readEngine, org } = parts
  return readEngine.snapshot(async () => {
    const looking = await lookingAt(parts, viewer)
    if (!looking) return false
    const { scope, lens } = looking.seen
    for (const [name, column] of [...blobColumns, ['revision', null] as const]) {
      const entity = entities.get(name)
      const range = minus(conditionsOf(scope, name), null)
      if (!entity || !range) continue
      const found = await storedRows(readEngine, org, entity, { where: column === null ? [] : [{ [column]: sha256 }], any: range.any, limit: 1, ...(column === null ? { extra: [inFrozenSheet(sha256, readEngine)] } : {}) })
      // Who sees the row without that column does not know its file.
      for (const row of found) {
        lens.redact(entity, row)
        if (column === null || row[column] === sha256) return true
      }
    }
    return false
  })
}
