import { listProjects } from '../../shared/domain/planning/operations.ts'
import { useList } from './queries.ts'
import { useOrg } from './routes.ts'
import { ProjectRow } from './rows.ts'

/** Active projects of the open organization, for the switcher. */
export function useProjects(): readonly ProjectRow[] {
  const org = useOrg()
  return useList(listProjects, org ? { filter: { status: 'active' }, sort: ['-start_at'], limit: 100 } : null, ProjectRow).items
}
