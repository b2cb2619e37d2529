import { z } from 'zod'
import { entity, f, optional, windowInvariant, wire, withInitial } from '../entity.ts'
import { engagementKinds, engagementStates } from '../engagement/rules.ts'
import { languages, rateBases } from '../organization/model.ts'
import { missionStates } from './rules.ts'

/** Academic zones of metropolitan France. */
export const schoolZones = ['A', 'B', 'C'] as const
export const sheetLayouts = ['stage', 'theatre', 'film'] as const

export const project = entity({
  name: 'project',
  scope: 'organization',
  fields: {
    code: f.pattern(/^[A-Z0-9][A-Z0-9-]{0,19}$/),
    name: f.text(160),
    client_party_id: optional(f.id('party')),
    client_name: optional(f.text(200)),
    owner_member_id: optional(f.id('member')),
    scope_text: optional(f.longText()),
    zone: f.zone(),
    currency: f.currency(),
    start_at: f.instant(),
    end_at: f.instant(),
    status: withInitial(f.oneOf(['active', 'archived']), 'active'),
    /** Agreement (IDCC) that chooses the rule pack; null: the default pack. */
    agreement: optional(f.text(20)),
    /** Whose school holidays are drawn; null: none. */
    school_zone: optional(f.oneOf(schoolZones)),
    sheet_layout: withInitial(f.oneOf(sheetLayouts), 'stage'),
    document_language: f.oneOf(languages),
    /** Typed lines, often with somebody's name and telephone. */
    emergency: optional(f.json(z.strictObject({
      numbers: z.string().max(200), on_site: z.string().max(300),
    }), { personal: true })),
    tags: f.tags(),
  },
  units: [['start_at', 'end_at', 'zone']],
  unique: [['code']],
  search: ['name', 'code'],
  invariants: windowInvariant('start_at', 'end_at'),
})

export const costCentre = entity({
  name: 'cost_centre',
  scope: 'project',
  fields: { code: f.text(20), name: f.text(120), department_id: optional(f.id('department')) },
  unique: [['project_id', 'code']],
})

export const missionKinds = ['prep', 'build', 'rehearsal', 'show', 'shoot', 'strike', 'travel', 'off'] as const
/** The ladder itself is in rules.ts. */
export const missionStatuses = missionStates

export const mission = entity({
  name: 'mission',
  scope: 'project',
  fields: {
    title: f.text(200),
    /** J3: a label, not unique. */
    day_code: optional(f.text(12)),
    kind: withInitial(f.oneOf(missionKinds), 'show'),
    objective: optional(f.text(500)),
    description: optional(f.longText()),
    lead_collaborator_id: optional(f.id('collaborator')),
    location_id: optional(f.id('location')),
    /** First call to wrap. */
    start_at: f.instant(),
    end_at: f.instant(),
    zone: f.zone(),
    status: withInitial(f.oneOf(missionStatuses), 'draft'),
    priority: withInitial(f.integer(0, 3), 1),
    /** Frozen for review, explicitly; publication never locks. */
    locked: withInitial(f.flag(), false),
    lock_reason: optional(f.text(300)),
    series_id: optional(f.id('series')),
    tags: f.tags(),
    checklist: withInitial(f.json(z.array(z.strictObject({ label: z.string().max(200), done: z.boolean() })).max(100)), []),
    source: optional(f.text(80)),
    external_id: optional(f.text(200)),
  },
  units: [['start_at', 'end_at', 'zone']],
  search: ['title', 'day_code', 'objective'],
  invariants: windowInvariant('start_at', 'end_at'),
})

/** So many people of a crew role, with what they must hold. */
export const need = entity({
  name: 'need',
  scope: 'mission',
  fields: {
    crew_role_id: f.id('crew_role'),
    head_count: withInitial(f.integer(1, 999), 1),
    skill_ids: withInitial(f.json(z.array(wire.id).max(20)), []),
    certification_kind_ids: withInitial(f.json(z.array(wire.id).max(20)), []),
    start_at: optional(f.instant()),
    end_at: optional(f.instant()),
    notes: optional(f.text(500)),
  },
  partOf: 'mission',
  invariants: windowInvariant('start_at', 'end_at'),
})

/** A character of the film or play: its number stands in scenes; who plays it may come later. */
export const castRole = entity({
  name: 'cast_role',
  scope: 'project',
  fields: {
    number: f.text(10),
    name: f.text(160),
    collaborator_id: optional(f.id('collaborator')),
    notes: optional(f.text(500)),
    position: f.text(60, { class: 'free' }),
  },
  unique: [['project_id', 'number'], ['project_id', 'name']],
})

export const cueKinds = ['cue', 'scene', 'banner'] as const
const scene = z.strictObject({
  int_ext: z.string().max(20), effect: z.string().max(40), set: z.string().max(200),
  /** Length on the page. */
  eighths: z.int().min(0).max(800).nullable(),
  /** Numbers of the cast. */
  cast: z.array(z.string().max(10)).max(100),
  story_day: z.string().max(20).nullable(),
})

/** A line of the run of show (conduite): a cue of a show, a scene of a shooting day, or a banner between them. */
export const cue = entity({
  name: 'cue',
  scope: 'mission',
  fields: {
    kind: withInitial(f.oneOf(cueKinds), 'cue'),
    number: optional(f.text(20)),
    label: f.text(300),
    /** On the clock; null: follows the line before. */
    at: optional(f.instant()),
    duration_seconds: optional(f.integer(0, 172_800)),
    /** What each department does, by its code. */
    departments: withInitial(f.json(z.record(z.string().regex(/^[A-Z]{3}$/), z.string().max(500))), {}),
    notes: optional(f.text(1000)),
    scene: optional(f.json(scene)),
    position: f.text(60, { class: 'free' }),
  },
  partOf: 'mission',
})

export const milestone = entity({
  name: 'milestone',
  scope: 'mission',
  fields: { label: f.text(120), at: f.instant(), done: withInitial(f.flag(), false) },
  partOf: 'mission',
})

/** Finish to start, with a lag in minutes, between missions of one project; never a cycle. */
export const dependency = entity({
  name: 'dependency',
  scope: 'project',
  fields: { before_mission_id: f.id('mission'), after_mission_id: f.id('mission'), lag_minutes: withInitial(f.integer(0, 60 * 24 * 90), 0) },
  unique: [['before_mission_id', 'after_mission_id']],
  partOf: 'mission',
})

export const assignmentStates = engagementStates
export const presences = ['present', 'late', 'left', 'absent'] as const
export { engagementKinds }

/** The atom of planning, cost and audit. */
export const assignment = entity({
  name: 'assignment',
  scope: 'mission',
  fields: {
    collaborator_id: f.id('collaborator'),
    crew_role_id: optional(f.id('crew_role')),
    need_id: optional(f.id('need')),
    start_at: f.instant(),
    end_at: f.instant(),
    /** When the person is expected; null: at the start. */
    call_at: optional(f.instant()),
    engagement_kind: withInitial(f.oneOf(engagementKinds), 'cddu_technician'),
    state: withInitial(f.oneOf(assignmentStates), 'planned'),
    rate_card_id: optional(f.id('rate_card', { readable: 'rates:read' })),
    rate_basis: optional(f.oneOf(rateBases, { readable: 'rates:read' })),
    rate_minor: optional(f.integer(0, 100_000_000, { readable: 'rates:read' })),
    rate_currency: optional(f.pattern(/^[A-Z]{3}$/, { readable: 'rates:read' })),
    cachets: withInitial(f.integer(1, 99), 1),
    is_lead: withInitial(f.flag(), false),
    notes: optional(f.text(500)),
    part: optional(f.text(120)),
    option_rank: optional(f.integer(1, 9)),
    option_expires_at: optional(f.instant()),
    /** People behind one line, for a team or a vendor. */
    quantity: withInitial(f.integer(1, 999), 1),
    answers_accepted: withInitial(f.integer(0, 999), 0),
    answers_refused: withInitial(f.integer(0, 999), 0),
    unpaid_break_minutes: withInitial(f.integer(0, 600), 0),
    actual_start_at: optional(f.instant()),
    actual_end_at: optional(f.instant()),
    /** Said by who confirms: the money for it is there. */
    budget_signed_off: withInitial(f.flag(), false),
    /** Why it is confirmed though a document is missing or a rule is broken, and when that will be settled. */
    override_reason: optional(f.text(500)),
    expected_resolution_at: optional(f.instant()),
    /** Whether they came, from the attendance sheet; null: nobody has said. */
    presence: optional(f.oneOf(presences)),
    presence_note: optional(f.text(500)),
    cancel_reason: optional(f.text(300)),
    /** Their terms changed after they had answered: they are asked again, and until then shown "to re-confirm". */
    reconfirm_since: optional(f.instant({ class: 'derived' })),
    /** Whose place was taken: that assignment was canceled for this one. */
    replaces_assignment_id: optional(f.id('assignment')),
    source: optional(f.text(80)),
    external_id: optional(f.text(200)),
  },
  units: [['start_at', 'end_at'], ['rate_basis', 'rate_minor', 'rate_currency']],
  owner: 'collaborator_id',
  invariants: windowInvariant('start_at', 'end_at'),
})

/** A person's word on a conflict: it lapses when the windows change (fingerprint). */
export const conflictDecision = entity({
  name: 'conflict_decision',
  scope: 'organization',
  fields: {
    conflict_id: f.text(80),
    conflict_kind: f.text(40),
    decision_project_id: optional(f.id('project')),
    decision: f.oneOf(['acknowledged', 'overridden']),
    fingerprint: f.text(80),
    reason: optional(f.text(500)),
  },
  unique: [['conflict_id']],
})
