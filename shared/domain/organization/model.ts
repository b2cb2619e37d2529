import { z } from 'zod'
import { entity, f, optional, withInitial } from '../entity.ts'
import { grantedByName, roles } from '../permissions.ts'
import { isDepartmentColour, isSeenEverywhere } from './colours.ts'
import { identityViolations } from './identifiers.ts'

export const workKinds = ['event', 'theatre', 'film'] as const
export const languages = ['fr', 'en'] as const

/** The security boundary. Its row's id is the organization's id. */
export const organization = entity({
  name: 'organization',
  scope: 'organization',
  fields: {
    name: f.text(120),
    slug: f.pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    status: withInitial(f.oneOf(['active', 'suspended', 'closed']), 'active'),
    kind: f.oneOf(workKinds),
    legal_name: optional(f.text(200)),
    legal_form: optional(f.text(80)),
    address: optional(f.longText()),
    siren: optional(f.pattern(/^\d{9}$/)),
    siret: optional(f.pattern(/^\d{14}$/)),
    vat_number: optional(f.text(20)),
    ape: optional(f.text(10)),
    licences: withInitial(f.json(z.array(z.string().max(60)).max(12)), []),
    idcc: optional(f.pattern(/^\d{4}$/)),
    brand_line: optional(f.text(200)),
    logo_sha256: optional(f.pattern(/^[0-9a-f]{64}$/)),
    default_language: f.oneOf(languages),
    default_zone: f.zone(),
    default_currency: f.currency(),
    publish_needs_two_people: withInitial(f.flag(), false),
    planners_read_rates: withInitial(f.flag(), true),
    managers_read_audit: withInitial(f.flag(), true),
    /** The demonstration: its documents say so, and it is never sent anywhere. */
    demo: withInitial(f.flag(), false),
  },
  invariants: identityViolations,
})

/** A user of this organization. The same person has the same user id in every organization of this computer. */
export const member = entity({
  name: 'member',
  scope: 'organization',
  fields: {
    user_id: f.id('user'),
    name: f.text(120, { personal: true }),
    email: f.text(200, { personal: true, readable: 'contact:read' }),
    collaborator_id: optional(f.id('collaborator')),
    status: withInitial(f.oneOf(['invited', 'active', 'removed']), 'active'),
  },
  unique: [['user_id']],
  owner: 'id',
})

export const roleBinding = entity({
  name: 'role_binding',
  scope: 'organization',
  fields: {
    member_id: f.id('member'),
    role: f.oneOf(roles),
    /** null: in the whole organization. */
    binding_project_id: optional(f.id('project')),
  },
  unique: [['member_id', 'role', 'binding_project_id']],
  partOf: 'member',
})

/** What no role gives, given to one member by name, with a reason and for as long as is said. Taken back, the row is removed. */
export const permissionGrant = entity({
  name: 'permission_grant',
  scope: 'organization',
  fields: {
    member_id: f.id('member'),
    permission: f.oneOf(grantedByName),
    reason: f.text(300, { readable: 'org:bind' }),
    /** null: until it is taken back. */
    until_at: optional(f.instant()),
  },
  unique: [['member_id', 'permission']],
  partOf: 'member',
})

/** Lets one person in by a code said or printed: what they will be is the member's own row and bindings, waiting. */
export const invitation = entity({
  name: 'invitation',
  scope: 'organization',
  fields: {
    member_id: f.id('member'),
    /** Never the code itself. Nobody reads it, so nobody has a value to compare with: the last one counts. */
    code_digest: f.pattern(/^[0-9a-f]{64}$/, { readable: 'pii:read', class: 'free' }),
    expires_at: f.instant(),
    state: withInitial(f.oneOf(['pending', 'accepted', 'withdrawn']), 'pending'),
  },
  partOf: 'member',
})

/** Client, vendor or venue owner. */
export const party = entity({
  name: 'party',
  scope: 'organization',
  fields: {
    kind: f.oneOf(['company', 'person']),
    name: f.text(200),
    siret: optional(f.pattern(/^\d{14}$/)),
    vat_number: optional(f.text(20)),
    address: optional(f.longText()),
    contacts: withInitial(
      f.json(z.array(z.strictObject({ name: z.string().max(120), role: z.string().max(120), phone: z.string().max(40), email: z.string().max(200) })).max(30), {
        personal: true, readable: 'contact:read',
      }), []),
    notes: optional(f.longText({ readable: 'note:internal' })),
  },
  search: ['name'],
  owner: 'id',
})

export const department = entity({
  name: 'department',
  scope: 'organization',
  fields: {
    code: f.pattern(/^[A-Z]{3}$/),
    name: f.text(80),
    name_en: optional(f.text(80)),
    /** Token of the palette, `lum`, or `#RRGGBB` seen in every theme. */
    colour: f.text(20),
    position: f.text(60, { class: 'free' }),
  },
  unique: [['code']],
  invariants: ({ colour }) => (isDepartmentColour(colour) || isSeenEverywhere(colour) ? [] : [{ code: 'department.colour', field: 'colour', found: colour }]),
})

export const crewRole = entity({
  name: 'crew_role',
  scope: 'organization',
  fields: {
    name: f.text(120),
    name_en: optional(f.text(120)),
    department_id: optional(f.id('department')),
    is_head: withInitial(f.flag(), false),
    position: f.text(60, { class: 'free' }),
  },
  unique: [['name']],
  search: ['name', 'name_en'],
})

export const skill = entity({ name: 'skill', scope: 'organization', fields: { name: f.text(120) }, unique: [['name']] })

export const certificationKind = entity({
  name: 'certification_kind',
  scope: 'organization',
  fields: { name: f.text(120), months_valid: optional(f.integer(1, 600)) },
  unique: [['name']],
})

export const rateBases = ['hourly', 'daily', 'cachet', 'flat'] as const

export const rateCard = entity({
  name: 'rate_card',
  scope: 'organization',
  fields: {
    name: f.text(120),
    crew_role_id: optional(f.id('crew_role')),
    basis: f.oneOf(rateBases),
    amount_minor: f.integer(0, 100_000_000, { readable: 'rates:read' }),
    currency: f.currency(),
    valid_from: optional(f.date()),
    valid_to: optional(f.date()),
  },
  units: [['amount_minor', 'currency']],
  unique: [['name']],
})

/** Organization's row of a flag: env > organization > defaults > fallback. Never a permission. */
export const flag = entity({
  name: 'flag',
  scope: 'organization',
  fields: { name: f.pattern(/^(planning|missions|collabs|billing|ops)_[a-z0-9_]+$/), enabled: f.flag() },
  unique: [['name']],
})

/** A file kept beside the database under the name of its content. */
export const attachment = entity({
  name: 'attachment',
  scope: 'organization',
  fields: {
    attachment_project_id: optional(f.id('project')),
    entity: f.text(40),
    entity_id: f.id('row'),
    name: f.text(255),
    type: f.text(120),
    size: f.integer(0, 100 * 1024 * 1024),
    sha256: f.pattern(/^[0-9a-f]{64}$/),
  },
})
