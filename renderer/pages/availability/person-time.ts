import { useMemo } from 'react'
import { z } from 'zod'
import { listRequests } from '../../../shared/domain/availability/operations.ts'
import { requestStates } from '../../../shared/domain/availability/model.ts'
import { personTimeline } from '../../../shared/domain/people/calendar-operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { useAnswer, useList } from '../../app/queries.ts'
import type { CallFailure } from '../../app/client.ts'

const instant = z.custom<Instant>(isInstant)
const window = { start_at: instant, end_at: instant }
const Timeline = z.object({
  blocks: z.array(z.object({ ...window, id: z.string(), kind: z.enum(['available', 'unavailable']), project_id: z.string().nullable(), zone: z.string(), reason: z.string().nullable(), source: z.string() })),
  assignments: z.array(z.object({ ...window, id: z.string(), title: z.string().nullable(), day_code: z.string().nullable(), state: z.string() })),
  busy: z.array(z.object({ ...window, firm: z.boolean() })),
})

export const RequestRow = z.object({
  id: z.string(), version: z.number(), collaborator_id: z.string(), windows: z.array(z.object(window)), zone: z.string(), deadline_at: instant.nullable(), message: z.string().nullable(),
  channel: z.string(), state: z.enum(requestStates), answered_at: instant.nullable(), answer_note: z.string().nullable(), created_at: instant,
})
export type RequestRow = z.infer<typeof RequestRow>

export interface PersonTime {
  readonly blocks: z.infer<typeof Timeline>['blocks']
  readonly work: readonly { readonly id: string; readonly name: string; readonly tentative: boolean; readonly start_at: Instant; readonly end_at: Instant }[]
  readonly busy: z.infer<typeof Timeline>['busy']
  /** Windows of questions that wait for an answer. */
  readonly asked: readonly { readonly start_at: Instant; readonly end_at: Instant }[]
}
const NOTHING: PersonTime = { blocks: [], work: [], busy: [], asked: [] }
/** Nobody said yes yet (shared/domain/engagement). */
const TENTATIVE: ReadonlySet<string> = new Set(['planned', 'proposed'])

/** Questions asked of one person, the last first. */
export const useRequests = (person: string, mayRead: boolean) => useList(listRequests, mayRead ? { filter: { collaborator_id: person }, sort: ['-created_at'], limit: 50 } : null, RequestRow)

/** What one person is said to do between two instants. */
export function usePersonTime(person: string, from: Instant, to: Instant, requests: readonly RequestRow[]): { time: PersonTime; failure: CallFailure | null; retry: () => void } {
  const { answer, failure, retry } = useAnswer(personTimeline, { id: person, from, to })
  const time = useMemo(() => {
    if (!answer) return NOTHING
    const { blocks, assignments, busy } = Timeline.parse(answer.value)
    return {
      blocks, busy,
      work: assignments.map((row) => ({ id: row.id, name: [row.day_code, row.title].filter(Boolean).join(' '), tentative: TENTATIVE.has(row.state), start_at: row.start_at, end_at: row.end_at })),
      asked: requests.filter(({ state }) => state === 'asked').flatMap((row) => row.windows),
    }
  }, [answer, requests])
  return { time, failure: answer ? null : failure, retry }
}
