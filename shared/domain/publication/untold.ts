/** Which assignments differ from what their person was last told: the mark "not told yet" of a planning. */
import type { Id } from '../../kernel/ids.ts'
import type { Reader } from '../operation.ts'
import { changedIn, knownAfter, lineKey } from './changes.ts'
import { lineMaker, missionsIn, saidPlans, toldOf, type PlannedRow } from './material.ts'
import { overlaps } from './snapshot.ts'

/**
 * Ids of the rows whose person was not told of them as they stand. Nothing is untold where nothing was published; what no published
 * window holds and nobody knows of is not published yet. Who reads only their own missions learns of their own rows.
 */
export async function untoldIn(reader: Reader, project_id: Id, rows: readonly PlannedRow[]): Promise<ReadonlySet<string>> {
  const untold = new Set<string>()
  const plans = (await saidPlans(reader, project_id)).map(({ said }) => said)
  if (plans.length === 0) return untold
  const whole = reader.may('project:read', project_id)
  const seen = whole ? rows : rows.filter((row) => row.collaborator_id === reader.call.collaborator_id)
  const told = await toldOf(reader, project_id)
  const known = new Map(knownAfter(plans, told).map((line) => [lineKey(line), line]))
  const missions = new Map((await missionsIn(reader, { project_id })).map((row) => [row.id as string, row]))
  const lineOf = await lineMaker(reader, missions)
  for (const row of seen) {
    const line = lineOf(row)
    if (!line) continue
    const was = known.get(lineKey(line))
    if (row.state === 'canceled') {
      if (was) untold.add(row.id)
      continue
    }
    const differs = was ? changedIn(was, line).some((part) => part !== 'state') : plans.some((plan) => overlaps(line, plan))
    if (differs) untold.add(row.id)
  }
  return untold
}
