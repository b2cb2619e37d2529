import { z } from 'zod'
import { changesOf, inputOf, wire } from '../entity.ts'
import { command, query, Written } from '../operation.ts'
import { list, records } from '../records.ts'
import { roles } from '../permissions.ts'
import { attachment, certificationKind, crewRole, department, flag, languages, member, organization, party, rateCard, skill, workKinds } from './model.ts'

export const createOrganization = command({
  name: 'organization.create',
  about: 'Founds the organization; the person who does it becomes its owner. Departments and crew roles come from the kind of work.',
  input: z.strictObject({
    name: organization.fields.name.schema, kind: z.enum(workKinds), language: z.enum(languages), zone: wire.zone, currency: z.string().regex(/^[A-Z]{3}$/),
    owner: z.strictObject({ user_id: wire.id, name: member.fields.name.schema, email: member.fields.email.schema }),
    /** A demonstration: said on everything it prints, and for good. */
    demo: z.literal(true).optional(),
  }),
  output: Written,
  permission: 'org:settings',
  target: { kind: 'organization' },
  undoable: false,
  sealed: (_, id) => [{ path: ['owner'], subject: id('owner') }],
})

export const getOrganization = query({
  name: 'organization.get',
  about: 'The organization, what the person holds in it, and its catalogues.',
  input: z.strictObject({}),
  output: z.object({
    organization: z.record(z.string(), z.unknown()), me: z.record(z.string(), z.unknown()),
    departments: z.array(z.record(z.string(), z.unknown())), crew_roles: z.array(z.record(z.string(), z.unknown())),
    skills: z.array(z.record(z.string(), z.unknown())), certification_kinds: z.array(z.record(z.string(), z.unknown())),
    rate_cards: z.array(z.record(z.string(), z.unknown())),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const updateOrganization = command({
  name: 'organization.update',
  about: 'Changes the identity and the settings of the organization.',
  input: z.strictObject({
    id: wire.id, version: wire.version,
    changes: changesOf(organization, [
      'name', 'kind', 'legal_name', 'legal_form', 'address', 'siren', 'siret', 'vat_number', 'ape', 'licences', 'idcc', 'brand_line', 'logo_sha256',
      'default_language', 'default_zone', 'default_currency', 'publish_needs_two_people', 'planners_read_rates', 'managers_read_audit',
    ]),
  }),
  output: Written,
  permission: 'org:settings',
  target: { kind: 'rows', entity: 'organization', ids: (input) => [input.id] },
})

const memberRow = { kind: 'rows', entity: 'member', ids: (input: { id: z.infer<typeof wire.id> }) => [input.id] } as const

export const addMember = command({
  name: 'member.add',
  about: 'Lets a user into the organization, with a first role.',
  input: z.strictObject({ user_id: wire.id, ...inputOf(member, ['name', 'email'], ['collaborator_id']), role: z.enum(roles), project_id: wire.id.nullable() }),
  output: Written,
  permission: 'org:members',
  target: { kind: 'organization' },
  sealed: (_, id) => [{ path: ['name'], subject: id('member') }, { path: ['email'], subject: id('member') }],
})
export const updateMember = command({
  name: 'member.update',
  about: 'Changes the name, the e-mail or the linked person of a member.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(member, ['name', 'email', 'collaborator_id']) }),
  output: Written,
  permission: 'org:members',
  target: memberRow,
  sealed: (input) => [{ path: ['changes'], subject: input.id }],
})
export const removeMember = command({
  name: 'member.remove',
  about: 'Closes the organization to a member. What the member did stays.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'org:members',
  target: { ...memberRow, removed: true },
})
/** Of a member: let in, or the invitation that waits, or the one that went past its day. */
export const memberStandings = ['active', 'invited', 'expired'] as const
export const listMembers = list({
  name: 'member.list',
  about: 'Lists the members and those who are invited, each with their roles and where these hold.',
  permission: 'org:read',
  filters: ['id', 'user_id', 'status', 'standing', 'role', 'binding_project_id'],
  sorts: ['name', 'email', 'standing', 'role', 'created_at'],
})
export const setMemberRole = command({
  name: 'member.set_role',
  about: 'Makes one role the only one a member holds in the organization, or in one project, in one step; null takes back what they hold there.',
  input: z.strictObject({ id: wire.id, project_id: wire.id.nullable(), role: z.enum(roles).nullable() }),
  output: Written,
  permission: 'project:bind',
  target: { kind: 'visible', project: (input) => input.project_id ?? undefined },
})

export const grantRole = command({
  name: 'role.grant',
  about: 'Gives a role to a member, in the organization or in one project. Nobody gives more than they hold.',
  input: z.strictObject({ member_id: wire.id, role: z.enum(roles), project_id: wire.id.nullable() }),
  output: Written,
  permission: 'project:bind',
  target: { kind: 'visible', project: (input) => input.project_id ?? undefined },
})
export const revokeRole = command({
  name: 'role.revoke',
  about: 'Takes a role back. The last owner keeps theirs.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'project:bind',
  target: { kind: 'rows', entity: 'role_binding', ids: (input) => [input.id], removed: true },
})
export const listRoles = list({ name: 'role.list', about: 'Lists who holds which role where.', permission: 'org:read', filters: ['member_id', 'role', 'binding_project_id'], sorts: ['created_at'] })

const catalogue = { permission: 'catalogue:write' } as const
export const departments = records({ entity: department, ...catalogue, about: 'a department', required: ['code', 'name', 'colour'], optional: ['name_en', 'position'], sorts: ['position', 'code', 'name'] })
export const crewRoles = records({ entity: crewRole, ...catalogue, about: 'a crew role', required: ['name'], optional: ['name_en', 'department_id', 'is_head', 'position'], filters: ['department_id'], sorts: ['position', 'name'] })
export const skills = records({ entity: skill, ...catalogue, about: 'a skill', required: ['name'], optional: [], sorts: ['name'] })
export const certificationKinds = records({ entity: certificationKind, ...catalogue, about: 'a kind of certification', required: ['name'], optional: ['months_valid'], sorts: ['name'] })
const moving = z.strictObject({ id: wire.id, /** null: first. */ after_id: wire.id.nullable() })
export const moveDepartment = command({
  name: 'department.move',
  about: 'Moves a department after another, or first. Lists, sheets and documents follow this order.',
  input: moving, output: Written, permission: 'catalogue:write', target: { kind: 'rows', entity: 'department', ids: (input) => [input.id] },
})
export const moveCrewRole = command({
  name: 'crew_role.move',
  about: 'Moves a crew role after another, or first.',
  input: moving, output: Written, permission: 'catalogue:write', target: { kind: 'rows', entity: 'crew_role', ids: (input) => [input.id] },
})
export const applyPreset = command({
  name: 'organization.apply_preset',
  about: 'Adds the departments and crew roles of a kind of work that are not there yet; what is there stays as it is.',
  input: z.strictObject({ kind: z.enum(workKinds) }),
  output: z.object({ departments: z.array(z.string()), crew_roles: z.array(z.string()) }),
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})
export const previewPreset = query({
  name: 'organization.preview_preset',
  about: 'What applying the departments and crew roles of a kind of work would add.',
  input: z.strictObject({ kind: z.enum(workKinds) }),
  output: z.object({ departments: z.array(z.string()), crew_roles: z.array(z.string()) }),
  permission: 'catalogue:write',
  target: { kind: 'organization' },
})
export const snapDepartmentColour = query({
  name: 'department.snap_colour',
  about: 'The nearest colour, `#RRGGBB`, that is seen in every theme; null when the text is no colour.',
  input: z.strictObject({ colour: z.string().max(20) }),
  output: z.object({ colour: z.string().nullable() }),
  permission: 'org:read',
  target: { kind: 'visible' },
})
export const rateCards = records({ entity: rateCard, ...catalogue, about: 'a rate card', required: ['name', 'basis', 'amount_minor', 'currency'], optional: ['crew_role_id', 'valid_from', 'valid_to'], filters: ['crew_role_id'], sorts: ['name'] })
export const flags = records({ entity: flag, ...catalogue, about: 'a flag', required: ['name', 'enabled'], optional: [], sorts: ['name'] })
export const parties = records({ entity: party, permission: 'party:write', about: 'a client, vendor or owner', required: ['kind', 'name'], optional: ['siret', 'vat_number', 'address', 'contacts', 'notes'], filters: ['kind'], sorts: ['name'] })

export const addAttachment = command({
  name: 'attachment.add',
  about: 'Attaches a file that was uploaded before, named by its content.',
  input: z.strictObject({ project_id: wire.id.nullable(), ...inputOf(attachment, ['entity', 'entity_id', 'name', 'type', 'size', 'sha256']) }),
  output: Written,
  permission: 'attachment:add',
  target: { kind: 'visible', project: (input) => input.project_id ?? undefined },
})
export const removeAttachment = command({
  name: 'attachment.remove',
  about: 'Detaches a file. The file itself stays while a published sheet names it.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'attachment:add',
  target: { kind: 'rows', entity: 'attachment', ids: (input) => [input.id], removed: true },
})
export const restoreAttachment = command({
  name: 'attachment.restore',
  about: 'Attaches a file again that was detached.',
  input: z.strictObject({ id: wire.id }),
  output: Written,
  permission: 'attachment:add',
  target: { kind: 'rows', entity: 'attachment', ids: (input) => [input.id], removed: true },
  possible: (one) => one['deleted_at'] !== null,
})
export const listAttachments = list({ name: 'attachment.list', about: 'Lists attached files.', permission: 'project:read', filters: ['entity', 'entity_id', 'sha256', 'id'], sorts: ['name', 'created_at'] })
