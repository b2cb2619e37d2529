/** What would conflict if some people worked on a mission: computed with an assignment that is only imagined. */
import type { Row } from '../domain/entity.ts'
import type { Reader } from '../domain/operation.ts'
import { veil, type Conflict } from '../domain/planning/conflicts.ts'
import { assignment, need, project, type mission } from '../domain/planning/model.ts'
import { personConflicts } from '../domain/planning/person-conflicts.ts'
import { deriveId, type Id } from '../kernel/ids.ts'
import { conflictSource, personAssignmentOf } from './conflict-source.ts'
import type { Inner } from './core-handler.ts'

export interface Imagined {
  on: Row<typeof mission>
  people: readonly Id[]
  /** Missing: the mission's own. */
  start_at?: string | undefined
  end_at?: string | undefined
  need_id?: Id | undefined
  /** Counts as moved there rather than as one more. */
  assignment_id?: Id | undefined
}

/** By person, as the asker may read them. Everybody named must be seen by the asker. */
export async function foreseenConflicts(reader: Reader, { person, org, all }: Inner, { on, people, start_at, end_at, need_id, assignment_id }: Imagined): Promise<Map<string, Conflict[]>> {
  const home = await reader.need(project, on.project_id)
  const wanted = need_id ? await reader.get(need, need_id) : null
  const moved = assignment_id ? await reader.get(assignment, assignment_id) : null
  const found = new Map<string, Conflict[]>()
  for (const known of await conflictSource(all, () => reader.call.now).people(people)) {
    const imagined = deriveId(org, `imagined ${known.person.id}`)
    const row = {
      id: imagined, project_id: on.project_id, mission_id: on.id, start_at: start_at ?? on.start_at, end_at: end_at ?? on.end_at, state: moved?.state ?? 'planned',
      engagement_kind: moved?.engagement_kind ?? 'cddu_technician', unpaid_break_minutes: moved?.unpaid_break_minutes ?? 0, option_expires_at: null,
    } as Parameters<typeof personAssignmentOf>[0]
    const others = known.assignments.filter((one) => one.id !== assignment_id)
    const conflicts = personConflicts({ ...known, assignments: [...others, personAssignmentOf(row, on, home.agreement, wanted ?? undefined)] })
    const concerned = conflicts.filter((conflict) => conflict.records.some((record) => record.id === imagined) || (conflict.mission_ids.includes(on.id) && conflict.person_id === known.person.id))
    found.set(known.person.id, concerned.flatMap((conflict) => veil(conflict, (id) => person.may('project:read', id)) ?? []))
  }
  return found
}
