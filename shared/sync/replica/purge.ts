/**
 * Rows that left the person's view leave nothing here but what the person entered (sync rule 22). Lines of the log about them are another
 * matter: who reads the log of a project, or all of it, reads them at the server whatever became of the row, and so they do here. They go
 * where the person's sight of the log ends, judged when all of a pull is in place: the rights may have come on its last page.
 */
import { auditSight } from '../../core/audit-sight.ts'
import type { OrganizationCore } from '../../core/organization-core.ts'
import type { Session } from '../../core/session.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Engine } from '../../store/engine.ts'
import { forgetBeyond, forgetTraces } from '../../store/replica-store.ts'
import type { KnownRow } from './known-rows.ts'

export async function forgetRows(engine: Engine, org: Id, gone: readonly KnownRow[]): Promise<void> {
  for (const { entity, id } of gone) await forgetTraces(engine, org, entity, id)
}

/** To be asked whenever rights or scope have changed: nothing else ends a person's sight. */
export async function forgetLines(engine: Engine, org: Id, core: Pick<OrganizationCore, 'viewer'>, session: Session): Promise<void> {
  const viewer = await core.viewer(session, engine)
  await forgetBeyond(engine, org, session.user_id, viewer ? auditSight(viewer.person) : undefined)
}
