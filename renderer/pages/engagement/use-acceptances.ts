import { listAcceptances } from '../../../shared/domain/engagement/queries.ts'
import { AcceptanceRow } from './rows.ts'
import { useRowsOf } from './use-chosen-rows.ts'
import type { ReadRows } from './use-chosen-rows.ts'

/** Every asking of these assignments that the reader may see, old ones included. */
export const useAcceptances = (project: string, assignments: readonly string[]): ReadRows<AcceptanceRow> =>
  useRowsOf(listAcceptances, AcceptanceRow, { project_id: project, sort: ['created_at'] }, 'assignment_id', assignments)
