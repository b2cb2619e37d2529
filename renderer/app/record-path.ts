import type { AuditLine } from '../../shared/domain/audit/operations.ts'
import { paths } from './routes.ts'

/** Where the record of a line is shown; null: it has no page of its own. */
export function recordPath(org: string, line: Pick<AuditLine, 'entity' | 'entity_id' | 'project_id' | 'mission_id'>): string | null {
  const { entity, entity_id: id, project_id: project, mission_id: mission } = line
  if (entity === null || id === null) return null
  if (mission !== null && project !== null && entity !== 'mission') return `${paths.missions(org, project)}?sel=${mission}`
  switch (entity) {
    case 'mission':
      return project && `${paths.missions(org, project)}?sel=${id}`
    case 'run_sheet':
      return project && paths.sheet(org, project, id)
    case 'collaborator':
      return `${paths.people(org)}?sel=${id}`
    case 'location':
      return `${paths.locations(org)}?sel=${id}`
    case 'project':
      return paths.missions(org, id)
    case 'department':
      return `${paths.settings(org, 'departments')}?sel=${id}`
    case 'crew_role':
      return `${paths.settings(org, 'crew-roles')}?sel=${id}`
    case 'skill':
      return `${paths.settings(org, 'skills')}?sel=${id}`
    case 'certification_kind':
      return `${paths.settings(org, 'certifications')}?sel=${id}`
    case 'rate_card':
      return `${paths.settings(org, 'rates')}?sel=${id}`
    case 'sheet_layout_setting':
      return paths.settings(org, 'layouts')
    case 'flag':
      return paths.settings(org, 'flags')
    case 'organization':
      return paths.settings(org, 'identity')
    default:
      return null
  }
}
