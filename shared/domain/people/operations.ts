import { z } from 'zod'
import { changesOf, inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, Written, WrittenMany } from '../operation.ts'
import { list, records } from '../records.ts'
import { derivedFilters } from './directory-filters.ts'
import { availability, certification, collaborator, collaboratorSkill, consent, consentPurposes } from './model.ts'

const row = (entity: string) => ({ kind: 'rows', entity, ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] }) as const
const person = { kind: 'person', id: (input: { collaborator_id: z.infer<typeof wire.id> }) => input.collaborator_id } as const

const optionalFields = [
  'kind', 'first_name', 'last_name', 'email', 'phone', 'address', 'birth_date', 'emergency_contact', 'backup_contact', 'languages', 'status', 'party_id', 'tags', 'notes',
  'retain_until', 'source', 'external_id',
] as const

export const collaborators = records({
  entity: collaborator, permission: 'collaborator:write', read: 'project:read', about: 'a person, team or vendor of the directory',
  required: ['display_name'], optional: optionalFields, filters: ['kind', 'status', 'crew_role_id', 'department_id', 'department_code', 'id', 'external_id', 'retain_until', ...derivedFilters],
  ignoresLock: 'archived',
  sorts: ['display_name', 'last_name', 'department_code', 'crew_role_name', 'retain_until', 'created_at', 'updated_at'],
})

/** A line of a directory: the person and what is known of them. */
const directoryLine = z.strictObject({
  ...inputOf(collaborator, ['display_name'], optionalFields),
  crew_role_ids: z.array(wire.id).max(30).optional(),
  skills: z.array(z.strictObject(inputOf(collaboratorSkill, ['skill_id', 'level']))).max(60).optional(),
  certifications: z.array(z.strictObject(inputOf(certification, ['kind_id'], ['number', 'issued_on', 'expires_on']))).max(30).optional(),
  availability: z.array(z.strictObject(inputOf(availability, ['kind', 'start_at', 'end_at', 'zone'], ['reason', 'source']))).max(100).optional(),
  consents: z.array(z.strictObject(inputOf(consent, ['purpose', 'answer', 'answered_on', 'source']))).max(consentPurposes.length).optional(),
})
const partsOf = (line: z.infer<typeof directoryLine>): number =>
  [line.crew_role_ids, line.skills, line.certifications, line.availability, line.consents].reduce((sum, part) => sum + (part?.length ?? 0), 0)

export const createCollaborators = command({
  name: 'collaborator.create_many',
  about: 'Makes people of the directory with their crew roles, skills, certifications, availability and consents: at most 500 rows, undone as one.',
  input: z.strictObject({
    people: z.array(directoryLine).min(1).max(bulkRows).refine((people) => people.reduce((sum, line) => sum + 1 + partsOf(line), 0) <= bulkRows, { error: 'too_many_rows' }),
  }),
  output: WrittenMany,
  permission: 'collaborator:write',
  target: { kind: 'visible' },
  sealed: (input, id) => input.people.map((_, index) => ({ path: ['people', index], subject: id(`person:${index}`) })),
})

export const getCollaborator = query({
  name: 'collaborator.get',
  about: 'One person: contact, crew roles, skills, certifications, availability, consents, coming assignments.',
  input: z.strictObject({ id: wire.id }),
  output: z.record(z.string(), z.unknown()),
  permission: 'project:read',
  target: row('collaborator'),
})

export const updateContact = command({
  name: 'collaborator.update_contact',
  about: 'Changes contact details: by planners, and by members their own.',
  input: z.strictObject({
    collaborator_id: wire.id, version: wire.version,
    changes: changesOf(collaborator, ['email', 'phone', 'address', 'emergency_contact', 'backup_contact', 'languages']),
  }),
  output: Written,
  permission: 'contact:write',
  target: person,
  sealed: (input) => [{ path: ['changes'], subject: input.collaborator_id }],
})

export const setCrewRoles = command({
  name: 'collaborator.set_crew_roles',
  about: 'Says which crew roles a person holds; the first is the main one.',
  input: z.strictObject({ id: wire.id, crew_role_ids: z.array(wire.id).max(30) }),
  output: Written,
  permission: 'collaborator:write',
  target: row('collaborator'),
})

export const setSkill = command({
  name: 'collaborator.set_skill',
  about: 'Says how well a person masters a skill, 0 to 5; null takes it away.',
  input: z.strictObject({ id: wire.id, skill_id: wire.id, level: z.int().min(0).max(5).nullable() }),
  output: Written,
  permission: 'collaborator:write',
  target: row('collaborator'),
})

export const certifications = records({
  entity: certification, permission: 'certification:write', read: 'project:read', about: 'a certification of a person',
  required: ['collaborator_id', 'kind_id'], optional: ['number', 'issued_on', 'expires_on'], filters: ['collaborator_id', 'kind_id'], sorts: ['expires_on', 'created_at'],
})

export const setAvailability = command({
  name: 'availability.set',
  about: 'Says when a person is available or not. What it covers is replaced only when asked so.',
  input: z.strictObject({
    collaborator_id: wire.id, ...inputOf(availability, ['kind', 'start_at', 'end_at', 'zone'], ['reason', 'source']),
    project_id: wire.id.nullable(), replace: z.boolean(),
  }),
  output: Written,
  permission: 'availability:write',
  target: person,
  sealed: (input) => [{ path: ['reason'], subject: input.collaborator_id }],
})
export const removeAvailability = command({
  name: 'availability.remove',
  about: 'Takes back what was said of a person’s availability.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'availability:write',
  target: { ...row('availability'), removed: true },
})
export const listAvailability = list({
  name: 'availability.list', about: 'Lists availability blocks.', permission: 'project:read',
  filters: ['collaborator_id', 'kind', 'start_at', 'end_at'], sorts: ['start_at'],
})

export const recordConsent = command({
  name: 'consent.record',
  about: 'Records what a person accepts, for one purpose, with its date and source.',
  input: z.strictObject({ collaborator_id: wire.id, purpose: z.enum(consentPurposes), ...inputOf(consent, ['answer', 'answered_on', 'source']) }),
  output: Written,
  permission: 'contact:write',
  target: person,
})
