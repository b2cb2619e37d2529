/**
 * Work that a planner may not see and must know of (decision C3): that a person is taken, when, how firmly, with how long a break. It goes
 * as a row of assignment with nothing else in it. Its ids are made from the true ones with the organization's secret, one by one: nobody
 * learns which of them lie in one project or mission.
 */
import { BUSY_AUTHOR } from '../../domain/planning/busy.ts'
import { assignment } from '../../domain/planning/model.ts'
import { takesTime as takesTheirTime, workedWindow } from '../../domain/planning/worked.ts'
import { isAcceptedOrLater, type EngagementState } from '../../domain/engagement/rules.ts'
import type { Row } from '../../domain/entity.ts'
import { deriveId, type Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { codecFor } from '../../store/reader.ts'

type Assignment = Row<typeof assignment>

const NO_TIME = '1970-01-01T00:00:00.000Z' as Instant

export const busyId = (secret: string, id: string): Id => deriveId(secret, `busy assignment ${id}`)

/** There, and not canceled, nor of somebody who did not come: it takes the person's time. */
export const takesTime = (row: Readonly<Record<string, unknown>>): boolean => row['deleted_at'] === null && takesTheirTime({ state: row['state'], presence: row['presence'] })

const strengthOf = (state: EngagementState): EngagementState => (state === 'accepted' ? 'accepted' : isAcceptedOrLater(state) ? 'confirmed' : 'planned')

/** The row as it is told: every column of an assignment is there, those that say anything else are at their default. */
export function busyRow(secret: string, row: Assignment): Record<string, unknown> {
  const told: Record<string, unknown> = {
    org_id: row.org_id, id: busyId(secret, row.id), project_id: deriveId(secret, `busy project ${row.id}`), mission_id: deriveId(secret, `busy mission ${row.id}`),
    collaborator_id: row.collaborator_id, ...workedWindow(row), state: strengthOf(row.state), unpaid_break_minutes: row.unpaid_break_minutes,
    version: 1, created_at: NO_TIME, created_by: BUSY_AUTHOR, updated_at: NO_TIME, updated_by: BUSY_AUTHOR, deleted_at: null,
  }
  return Object.fromEntries(codecFor(assignment).names.map((name) => [name, name in told ? told[name] : (assignment.fields as Record<string, { initial: unknown }>)[name]?.initial ?? null]))
}
