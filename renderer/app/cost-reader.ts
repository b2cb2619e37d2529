import { listDocuments } from '../../shared/domain/documents/operations.ts'
import { useAnswer } from './queries.ts'

/** Whether this person reads what the project costs, in whatever part: who may have it on paper may. Asking for the costs themselves would be told in the log as a refusal. */
export function useReadsCosts(project: string | null): boolean {
  const { answer } = useAnswer(listDocuments, project === null ? null : { project_id: project }, { keep: false })
  return answer?.value.items.some(({ document }) => document === 'cost_list') ?? false
}
