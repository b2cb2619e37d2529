/** Rows that left the person's view leave nothing here but what the person entered (sync rule 22). */
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { forgetTraces } from '../../store/replica-store.ts'
import type { KnownRow } from './known-rows.ts'

export async function forgetRows(engine: Engine, org: Id, gone: readonly KnownRow[]): Promise<void> {
  for (const { entity, id } of gone) await forgetTraces(engine, org, entity, id)
}
