import { list } from '../records.ts'

/** The team of a project is whoever is assigned in it: derived from assignments, never stored. */
export const listCrew = list({
  name: 'collaborator.list_crew',
  about: 'Lists the team of a project: who is assigned there, in which crew roles, from when to when, what comes next and what is in the way.',
  permission: 'project:read',
  filters: ['department_code', 'crew_role_id', 'state', 'severity', 'kind', 'status', 'reachable', 'next_at', 'id'],
  sorts: ['department', 'display_name', 'crew_role_name', 'first_day', 'last_day', 'missions', 'next_at', 'severity'],
})
