import { getOrganization } from '../../shared/domain/organization/operations.ts'
import { useAnswer } from './queries.ts'

/** Owners and administrators keep the organization's file; the host checks it again at each gesture. */
export function useKeeper(closed: boolean): boolean {
  const { answer } = useAnswer(getOrganization, closed ? null : {}, { keep: false })
  return answer?.can.has('organization.update') ?? false
}
