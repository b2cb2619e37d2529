import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { ListInput, ListOutput } from '../../../shared/domain/records.ts'
import { listAssignments } from '../../../shared/domain/planning/operations.ts'
import { call } from '../../app/client.ts'
import type { CallFailure, Declared, Plain } from '../../app/client.ts'
import { failureOf, readRows } from '../../app/queries.ts'
import { useOrg } from '../../app/routes.ts'
import { EngagedRow } from './rows.ts'

/** At most so many rows an answer. */
const MOST = 200

export interface ReadRows<T> {
  /** Null until they are here. */
  rows: readonly T[] | null
  failure: CallFailure | null
  retry: () => void
}

/** All rows of a list whose column holds one of these values, read by pages: what a gesture on many is about. Null: not asked yet. */
export function useRowsOf<T>(operation: Declared<ListInput, ListOutput>, schema: z.ZodType<T>, input: Plain<ListInput> | null, column: string, values: readonly string[]): ReadRows<T> {
  const org = useOrg()
  const query = useQuery({
    queryKey: [org, operation.name, 'chosen', input, column, values],
    queryFn: async () => {
      const found: T[] = []
      for (let from = 0; from < values.length; from += MOST) {
        let cursor: string | null = null
        do {
          const asked: Plain<ListInput> = { ...input, filter: { ...input?.filter, [column]: values.slice(from, from + MOST) }, limit: MOST, ...(cursor === null ? {} : { cursor }) }
          const { value }: { value: ListOutput } = await call(operation, asked, org ? { org } : {})
          found.push(...readRows(operation.name, value.items, schema))
          cursor = value.next_cursor
        } while (cursor !== null)
      }
      return found
    },
    enabled: input !== null,
    placeholderData: keepPreviousData,
  })
  return { rows: query.data ?? null, failure: failureOf(query.error), retry: () => void query.refetch() }
}

/** The chosen assignments, with all that their engagement says. */
export const useChosenRows = (project: string, ids: readonly string[]): ReadRows<EngagedRow> => useRowsOf(listAssignments, EngagedRow, { project_id: project, sort: ['start_at'] }, 'id', ids)
