/** Which part of the log a person reads: what a server tells of it and what a laptop keeps of it is told by the same. */
import type { AuditSight } from '../store/audit-page.ts'
import type { Person } from './session.ts'

/** Null: all of it; undefined: none. */
export function auditSight(person: Person): AuditSight | null | undefined {
  const { everywhere, projects, ownEverywhere, ownProjects } = person.holding('audit:read')
  if (everywhere) return null
  if (projects.size === 0 && !ownEverywhere && ownProjects.size === 0) return undefined
  return { projects: [...projects], record: person.collaborator_id, actor: person.user_id }
}
