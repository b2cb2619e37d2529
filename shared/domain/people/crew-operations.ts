import { list } from '../records.ts'

/** The team of a project is whoever is assigned in it: derived from assignments, never stored. */
export const listCrew = list({
  name: 'collaborator.list_crew',
  about: 'Lists the team of a project: who is assigned there, in which crew roles, from when to when, what comes next, where their engagements stand, which answer is due first, what is in the way and, for who draws contracts up, where their contracts stand.',
  permission: 'project:read',
  filters: ['department_code', 'crew_role_id', 'state', 'engagement', 'contract', 'severity', 'kind', 'status', 'reachable', 'next_at', 'deadline_at', 'id'],
  sorts: ['department', 'display_name', 'crew_role_name', 'first_day', 'last_day', 'missions', 'next_at', 'deadline_at', 'severity'],
})
