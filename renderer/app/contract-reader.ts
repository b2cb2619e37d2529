import { listContractLines } from '../../shared/domain/contracts/queries.ts'
import { listDocuments } from '../../shared/domain/documents/operations.ts'
import { useAnswer } from './queries.ts'

export interface ContractReader {
  /** Draws contracts up here, and reads all of them; null: not known yet. */
  makes: boolean | null
  /** Has one of their own. */
  own: boolean
}

/** What of a project's contracts is for this person: who may have the register on paper draws them up. Asking for more would be told in the log as a refusal. */
export function useContractReader(project: string | null): ContractReader {
  const documents = useAnswer(listDocuments, project === null ? null : { project_id: project }, { keep: false }).answer
  const makes = documents ? documents.value.items.some(({ document }) => document === 'staff_register') : null
  const lines = useAnswer(listContractLines, project === null || makes !== false ? null : { project_id: project, limit: 1 }, { keep: false }).answer
  return { makes: makes === false && !lines ? null : makes, own: (lines?.value.total ?? 0) > 0 }
}

/** Whether contracts of the project concern this person. */
export function useReadsContracts(project: string | null): boolean {
  const { makes, own } = useContractReader(project)
  return makes === true || own
}
