import { z } from 'zod'
import { entity, f, optional, windowInvariant, withInitial } from '../entity.ts'

const personal = { personal: true } as const
const contact = { personal: true, readable: 'contact:read' } as const
const otherContact = z.strictObject({ name: z.string().max(120), relation: z.string().max(80), phone: z.string().max(40) })

/** Someone (a person, a team, a vendor) who can be assigned. Not a user: a user signs in. */
export const collaborator = entity({
  name: 'collaborator',
  scope: 'organization',
  fields: {
    kind: withInitial(f.oneOf(['person', 'team', 'vendor']), 'person'),
    /** The name as it is printed. */
    display_name: f.text(160, personal),
    first_name: optional(f.text(80, personal)),
    last_name: optional(f.text(80, personal)),
    email: optional(f.text(200, contact)),
    phone: optional(f.text(40, contact)),
    address: optional(f.longText(contact)),
    birth_date: optional(f.date(contact)),
    emergency_contact: optional(f.json(otherContact, contact)),
    backup_contact: optional(f.json(otherContact, contact)),
    languages: f.tags(),
    status: withInitial(f.oneOf(['active', 'inactive']), 'active'),
    party_id: optional(f.id('party')),
    tags: f.tags(),
    notes: optional(f.longText({ personal: true, readable: 'note:internal' })),
    /** Day after which their data have no reason to be kept. */
    retain_until: optional(f.date()),
    merged_into: optional(f.id('collaborator')),
    /** Nothing of who they were is here any more; what they did is, without a name. */
    erased_at: optional(f.instant({ class: 'derived' })),
    source: optional(f.text(80)),
    /** Who they are elsewhere: a badge number, an address. */
    external_id: optional(f.text(200, contact)),
  },
  search: ['display_name', 'first_name', 'last_name'],
  owner: 'id',
})

export const collaboratorRole = entity({
  name: 'collaborator_role',
  scope: 'organization',
  fields: { collaborator_id: f.id('collaborator'), crew_role_id: f.id('crew_role'), is_main: withInitial(f.flag(), false) },
  unique: [['collaborator_id', 'crew_role_id']],
  owner: 'collaborator_id',
  partOf: 'collaborator',
})

export const collaboratorSkill = entity({
  name: 'collaborator_skill',
  scope: 'organization',
  fields: { collaborator_id: f.id('collaborator'), skill_id: f.id('skill'), level: f.integer(0, 5) },
  unique: [['collaborator_id', 'skill_id']],
  owner: 'collaborator_id',
  partOf: 'collaborator',
})

export const certification = entity({
  name: 'certification',
  scope: 'organization',
  fields: {
    collaborator_id: f.id('collaborator'),
    kind_id: f.id('certification_kind'),
    number: optional(f.text(80, personal)),
    issued_on: optional(f.date()),
    expires_on: optional(f.date()),
  },
  owner: 'collaborator_id',
  partOf: 'collaborator',
})

/** Blocks of one person and one scope never overlap: a new one splits or replaces the others. */
export const availability = entity({
  name: 'availability',
  scope: 'organization',
  fields: {
    collaborator_id: f.id('collaborator'),
    /** null: whatever the project. */
    availability_project_id: optional(f.id('project')),
    kind: f.oneOf(['available', 'unavailable']),
    start_at: f.instant(),
    end_at: f.instant(),
    zone: f.zone(),
    source: withInitial(f.oneOf(['manual', 'import', 'sync']), 'manual'),
    reason: optional(f.text(300, personal)),
    /** The question it answers; a corrected answer takes its blocks back. */
    availability_request_id: optional(f.id('availability_request')),
    /** Digest of the event of a calendar file that it comes from: the next import of the same file finds it, and nothing of the event can be read. */
    external_id: optional(f.text(64)),
  },
  units: [['start_at', 'end_at', 'zone']],
  owner: 'collaborator_id',
  partOf: 'collaborator',
  invariants: windowInvariant('start_at', 'end_at'),
})

export const consentPurposes = ['phone_on_sheets', 'email', 'image'] as const

export const consent = entity({
  name: 'consent',
  scope: 'organization',
  fields: {
    collaborator_id: f.id('collaborator'),
    purpose: f.oneOf(consentPurposes),
    answer: f.oneOf(['given', 'refused']),
    answered_on: f.date(),
    source: f.text(120),
  },
  units: [['answer', 'answered_on', 'source']],
  unique: [['collaborator_id', 'purpose']],
  owner: 'collaborator_id',
  partOf: 'collaborator',
})
