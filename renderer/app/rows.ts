import { z } from 'zod'
import { isInstant } from '../../shared/kernel/instants.ts'
import type { Instant } from '../../shared/kernel/instants.ts'
import { assignmentStates, engagementKinds, missionKinds, missionStatuses, schoolZones, sheetLayouts } from '../../shared/domain/planning/model.ts'
import { languages, workKinds } from '../../shared/domain/organization/model.ts'

/** Rows as the lists and records of the core show them: only the columns that the screens draw. Columns hidden from the person are null. */
const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const maybeInstant = z.custom<Instant>(isInstant).nullish().transform((value) => value ?? null)
const maybe = z.string().nullish().transform((value) => value ?? null)
const maybeNumber = z.number().nullish().transform((value) => value ?? null)
const words = z.array(z.string()).nullish().transform((value) => value ?? [])
const kernel = { id: z.string(), version: z.number() }

export const ProjectRow = z.object({
  ...kernel, code: z.string(), name: z.string(), zone: z.string(), currency: z.string(), start_at: instant, end_at: instant, status: z.string(),
  client_name: maybe, tags: words, sheet_layout: z.enum(sheetLayouts), document_language: z.enum(languages), school_zone: z.enum(schoolZones).nullish().transform((value) => value ?? null), agreement: maybe, scope_text: maybe, mission_count: maybeNumber,
  emergency: z.object({ numbers: z.string(), on_site: z.string() }).nullish().transform((value) => value ?? null),
})
export type ProjectRow = z.infer<typeof ProjectRow>

export const MissionRow = z.object({
  ...kernel, project_id: z.string(), title: z.string(), day_code: maybe, kind: z.enum(missionKinds), objective: maybe, description: maybe, location_id: maybe, location_name: maybe, lead_collaborator_id: maybe,
  start_at: instant, end_at: instant, zone: z.string(), status: z.enum(missionStatuses), locked: z.boolean(), lock_reason: maybe, tags: words,
  head_count: maybeNumber, assigned_count: maybeNumber, filled_count: maybeNumber, held_count: maybeNumber, first_call_at: maybeInstant,
  sheet_id: maybe, sheet_published_number: maybeNumber, sheet_next_number: maybeNumber, sheet_next_state: maybe,
})
export type MissionRow = z.infer<typeof MissionRow>

export const NextState = z.object({ to: z.enum(missionStatuses), reason: z.boolean() })
export type NextState = z.infer<typeof NextState>

export const NeedRow = z.object({ ...kernel, mission_id: z.string(), crew_role_id: z.string(), head_count: z.number(), notes: maybe, held: maybeNumber, filled: maybeNumber })
export type NeedRow = z.infer<typeof NeedRow>

export const AssignmentRow = z.object({
  ...kernel, mission_id: z.string(), project_id: z.string(), collaborator_id: z.string(), collaborator_name: maybe, crew_role_id: maybe, crew_role_name: maybe, crew_role_name_en: maybe,
  department_code: maybe, mission_title: maybe, mission_day_code: maybe, mission_zone: maybe, start_at: instant, end_at: instant, call_at: maybeInstant,
  engagement_kind: z.enum(engagementKinds), state: z.enum(assignmentStates), notes: maybe, cancel_reason: maybe, is_lead: z.boolean().nullish().transform((value) => value ?? false),
})
export type AssignmentRow = z.infer<typeof AssignmentRow>

export const PersonRow = z.object({
  ...kernel, kind: z.string(), display_name: z.string(), first_name: maybe, last_name: maybe, email: maybe, phone: maybe, status: z.string(), tags: words, notes: maybe,
  crew_role_id: maybe, crew_role_name: maybe, crew_role_name_en: maybe, department_code: maybe,
})
export type PersonRow = z.infer<typeof PersonRow>

export const PlacePin = z.object({ letter: z.string(), label: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable(), x: maybeNumber, y: maybeNumber })
export type PlacePin = z.infer<typeof PlacePin>

export const LocationRow = z.object({
  ...kernel, kind: z.string(), parent_id: maybe, parent_name: maybe, name: z.string(), status: z.string(), shareable: z.boolean().nullish().transform((value) => value ?? false), address: maybe, latitude: maybeNumber,
  longitude: maybeNumber, zone: z.string(), capacity: maybeNumber, hazards: words, gates: words, parking: maybe, power: maybe, quiet_hours: maybe, access_notes: maybe,
  hospital_name: maybe, hospital_address: maybe, hospital_phone: maybe, hospital_minutes: maybeNumber, on_site_aid: maybe, contact_name: maybe, contact_phone: maybe,
  description: maybe, dimensions: maybe, equipment_capacity: maybe, accessibility: maybe, map_reference: maybe, plan_sha256: maybe, path: maybe, depth: maybeNumber,
  pins: z.array(PlacePin).nullish().transform((value) => value ?? []),
  label_history: z.array(z.object({ name: z.string(), until: instant })).nullish().transform((value) => value ?? []),
})
export type LocationRow = z.infer<typeof LocationRow>

export const AvailabilityRow = z.object({ ...kernel, collaborator_id: z.string(), kind: z.string(), start_at: instant, end_at: instant, zone: z.string(), reason: maybe })
export type AvailabilityRow = z.infer<typeof AvailabilityRow>

export const CertificationRow = z.object({ ...kernel, collaborator_id: z.string(), kind_id: z.string(), number: maybe, expires_on: maybe })
export type CertificationRow = z.infer<typeof CertificationRow>

export const PersonRoleRow = z.object({ ...kernel, collaborator_id: z.string(), crew_role_id: z.string(), is_main: z.boolean() })
export type PersonRoleRow = z.infer<typeof PersonRoleRow>

export const DepartmentRow = z.object({ id: z.string(), code: z.string(), name: z.string(), name_en: maybe, colour: z.string() })
export const CrewRoleRow = z.object({ id: z.string(), name: z.string(), name_en: maybe, department_id: maybe })
export const NamedRow = z.object({ id: z.string(), name: z.string() })
export type DepartmentRow = z.infer<typeof DepartmentRow>
export type CrewRoleRow = z.infer<typeof CrewRoleRow>
export type NamedRow = z.infer<typeof NamedRow>

export const OrganizationRow = z.object({ ...kernel, name: z.string(), kind: z.enum(workKinds), default_language: z.enum(languages), default_zone: z.string(), default_currency: z.string() })
export type OrganizationRow = z.infer<typeof OrganizationRow>

/** Rows of a list, each read; one that cannot be read is a bug of the core and stops the page. */
export const rowsOf = <T>(schema: z.ZodType<T>, items: readonly unknown[]): T[] => z.array(schema).parse(items)
