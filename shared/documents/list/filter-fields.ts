/** What the filters of each list are called on paper, and how their values are named. */
import type { Said } from '../words/said.ts'

/** Where the name of a value comes from. */
export type Naming =
  /** Words of a family (`state.mission`). */
  | { kind: 'word'; family: string }
  /** Name of a record: the column that holds it. */
  | { kind: 'record'; entity: 'location' | 'crew_role' | 'skill' | 'mission' | 'collaborator' | 'department' | 'project' }
  | { kind: 'department_code' }
  /** Days on the clocks of the document, or days as they are. */
  | { kind: 'days' }
  | { kind: 'yes_no'; yes: Said; no: Said }
  | { kind: 'action' }
  | { kind: 'entity' }
  | { kind: 'member' }
  | { kind: 'text' }

export interface FilterField {
  label: Said
  /** Gender of the French label: `différente de`. */
  feminine?: true
  naming: Naming
}

const words = (fr: string, en: string, family: string, feminine?: true): FilterField => ({ label: [fr, en], naming: { kind: 'word', family }, ...(feminine ? { feminine } : {}) })
const text = (fr: string, en: string): FilterField => ({ label: [fr, en], naming: { kind: 'text' } })
const days = (fr: string, en: string, feminine?: true): FilterField => ({ label: [fr, en], naming: { kind: 'days' }, ...(feminine ? { feminine } : {}) })
const record = (fr: string, en: string, entity: Extract<Naming, { kind: 'record' }>['entity'], feminine?: true): FilterField => ({ label: [fr, en], naming: { kind: 'record', entity }, ...(feminine ? { feminine } : {}) })

const department: FilterField = { label: ['département', 'department'], naming: { kind: 'department_code' } }
const role = record('fonction', 'role', 'crew_role', true)
const place = record('lieu', 'location', 'location')
const reachable: FilterField = { label: ['téléphone', 'phone'], naming: { kind: 'yes_no', yes: ['avec téléphone', 'with a phone'], no: ['sans téléphone', 'without a phone'] } }
const personKind = words('type', 'kind', 'person.kind')

/** By list operation, then by column. What is not here is named by its column. */
export const filterFields: Readonly<Record<string, Readonly<Record<string, FilterField>>>> = {
  'mission.list': {
    status: words('état', 'state', 'state.mission'), kind: words('nature', 'kind', 'mission.kind', true), location_id: place, start_at: days('', ''), end_at: days('fin', 'end', true),
    day_code: text('jour', 'day'), locked: { label: ['verrou', 'lock'], naming: { kind: 'yes_no', yes: ['verrouillées', 'locked'], no: ['non verrouillées', 'not locked'] } },
  },
  'assignment.list': {
    mission_id: record('mission', 'mission', 'mission', true), collaborator_id: record('personne', 'person', 'collaborator', true), crew_role_id: role, department_id: record('département', 'department', 'department'), department_code: department,
    state: words('état', 'state', 'state.engagement'), start_at: days('', ''), end_at: days('fin', 'end', true), location_id: place, engagement_kind: words('type d’engagement', 'type of engagement', 'assignment.engagement'),
    reconfirm_since: days('à reconfirmer', 'to re-confirm'), presence: words('présence', 'attendance', 'engagement.presence', true),
  },
  'collaborator.list': {
    kind: personKind, status: words('état', 'state', 'person.status'), crew_role_id: role, held_role_id: role, department_id: record('département', 'department', 'department'), department_code: department,
    skill_id: record('compétence', 'skill', 'skill', true), certification: words('habilitation', 'certification', 'people.certification', true), tag: text('étiquette', 'tag'), reachable, retain_until: days('conservation', 'kept', true), external_id: text('référence', 'reference'),
  },
  'collaborator.list_crew': {
    department_code: department, crew_role_id: role, state: words('affectations', 'assignments', 'crew.state', true), severity: words('conflits', 'conflicts', 'crew.severity'), kind: personKind, status: words('état', 'state', 'person.status'),
    reachable, next_at: days('prochaine mission', 'next mission', true), engagement: words('engagement', 'engagement', 'engagement.mark'), contract: words('contrat', 'contract', 'contracts.mark'), deadline_at: days('réponse avant', 'answer by', true),
  },
  'location.list': { kind: words('type', 'kind', 'location.kind'), status: words('état', 'state', 'location.status'), parent_id: record('dans', 'inside', 'location'), external_id: text('référence', 'reference') },
  'sheet.list': {
    sheet_date: days('', ''), location_id: place, status: words('état', 'state', 'state.revision'), next_state: words('version en travail', 'version in work', 'state.revision', true), layout: words('mise en page', 'layout', 'project.layout', true),
    lead_mission_id: record('mission', 'mission', 'mission', true), covered_mission_id: record('mission couverte', 'mission covered', 'mission', true), published_at: days('publiée', 'published', true), published_by_name: text('publiée par', 'published by'),
    unpublished_changes: { label: ['modifications', 'changes'], naming: { kind: 'yes_no', yes: ['modifications non publiées', 'unpublished changes'], no: ['sans modification non publiée', 'no unpublished change'] } },
  },
  'project.list': { status: words('état', 'state', 'project.status') },
  'audit.list': {
    project_id: record('projet', 'project', 'project'), entity: { label: ['objet', 'record'], naming: { kind: 'entity' } }, action: { label: ['action', 'action'], feminine: true, naming: { kind: 'action' } }, op: words('genre', 'change', 'audit.op'),
    actor: { label: ['personne', 'person'], feminine: true, naming: { kind: 'member' } }, occurred_at: days('', ''), correlation_id: text('geste', 'gesture'), entity_id: text('fiche', 'record'),
  },
}
