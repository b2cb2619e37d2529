import { entities } from '../../shared/domain/registry.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Engine } from '../../shared/store/engine.ts'

/** Rows of every entity, removed ones too. */
export async function countRows(engine: Engine, org: Id): Promise<number> {
  const counts = [...entities.keys()].map((name) => `(SELECT COUNT(*) FROM ${name} WHERE org_id = ?)`).join(' + ')
  const [row] = await engine.all(`SELECT ${counts} AS total`, [...entities.keys()].map(() => org))
  return Number(row?.['total'] ?? 0)
}
