/** Fields that a column may hold, by kind of file; the same names as in the core (a test compares the two). */
export const fieldsOfKind: Readonly<Record<string, readonly string[]>> = {
  people: ['first_name', 'last_name', 'full_name', 'email', 'phone', 'crew_role', 'department', 'skills', 'tags', 'languages', 'birth_date', 'kind', 'notes', 'external_id'],
  missions: ['title', 'day_code', 'start', 'end', 'date', 'end_date', 'zone', 'location', 'kind', 'tags', 'external_id', 'description', 'notes'],
  assignments: ['person', 'email', 'phone', 'mission', 'title', 'day_code', 'crew_role', 'department', 'call', 'start', 'end', 'date', 'end_date', 'zone', 'rate', 'engagement_kind', 'notes', 'external_id'],
  schedule: ['external_id', 'title', 'start', 'end', 'date', 'end_date', 'zone', 'location', 'track', 'persons', 'kind', 'day_code', 'tags', 'description', 'notes'],
}
