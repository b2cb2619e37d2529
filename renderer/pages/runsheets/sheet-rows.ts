import { z } from 'zod'
import { isInstant } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { languages } from '../../../shared/domain/organization/model.ts'
import { sheetLayouts } from '../../../shared/domain/planning/model.ts'
import { revisionStates, sheetSections } from '../../../shared/domain/runsheets/model.ts'
import { KEY_TIME_CODES, SLOT_KINDS } from '../../../shared/domain/runsheets/snapshot.ts'
import { MissionRow } from '../../app/rows.ts'

const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const maybeInstant = z.custom<Instant>(isInstant).nullish().transform((value) => value ?? null)
const maybe = z.string().nullish().transform((value) => value ?? null)
const maybeNumber = z.number().nullish().transform((value) => value ?? null)
const kernel = { id: z.string(), version: z.number() }
const line = z.object({ id: z.string(), text: z.string() })

export const SheetLine = z.object({
  ...kernel, sheet_date: z.string(), layout: z.enum(sheetLayouts), lead_mission_id: z.string(), lead_mission_title: maybe, lead_mission_code: maybe, location_name: maybe, zone: maybe,
  location_id: maybe, published_revision_id: maybe, mission_count: maybeNumber, start_at: maybeInstant,
  published_by_name: maybe, unpublished_changes: z.boolean().nullable(), covered: z.array(z.object({ id: z.string(), code: maybe, title: z.string() })),
  published_number: maybeNumber, published_at: maybeInstant, next_number: maybeNumber, next_state: maybe, status: z.string(), people_count: maybeNumber,
})
export type SheetLine = z.infer<typeof SheetLine>

const Hospital = z.object({ name: z.string(), address: z.string().nullable(), phone: z.string().nullable(), minutes: z.number().nullable(), distance_km: z.number().nullable() })
const Weather = z.object({
  source: z.string(), forecast_at: instant, periods: z.array(z.object({ id: z.string(), label: z.string(), figure: z.string(), note: z.string().nullable() })),
})

export const RevisionRow = z.object({
  ...kernel, number: z.number(), state: z.enum(revisionStates), language: z.enum(languages), headline: maybe, unit: maybe, colour: maybe, day_number: maybeNumber, day_total: maybeNumber,
  alerts: z.array(z.object({ id: z.string(), title: z.string(), text: z.string() })), sheet_location_id: maybe,
  emergency_numbers: z.array(z.object({ id: z.string(), label: z.string().nullable(), number: z.string() })), on_site_aid: maybe, hospital: Hospital.nullable(), weather: Weather.nullable(),
  catering: z.array(line), channels: z.array(z.object({ id: z.string(), channel: z.string(), use: z.string() })), safety: z.array(line), legal_note: maybe,
  plan_sha256: maybe, created_at: maybeInstant, created_by_name: maybe, validated_at: maybeInstant, validated_by_name: maybe, published_by_name: maybe, source_revision_id: maybe,
  replaces_revision_id: maybe, published_at: maybeInstant, content_hash: maybe, can: z.array(z.string()),
})
export type RevisionRow = z.infer<typeof RevisionRow>

export const KeyTimeRow = z.object({ ...kernel, code: z.enum(KEY_TIME_CODES), label: maybe, at: instant, place: maybe })
export type KeyTimeRow = z.infer<typeof KeyTimeRow>

export const SlotRow = z.object({
  ...kernel, kind: z.enum(SLOT_KINDS), label: z.string(), detail: maybe, start_at: instant, end_at: maybeInstant, place: maybe, departments: z.array(z.string()), everyone: z.boolean(),
  important: z.boolean(), person: maybe,
})
export type SlotRow = z.infer<typeof SlotRow>

export const NoteRow = z.object({ ...kernel, visibility: z.enum(['internal', 'field']), text: z.string(), author: z.string() })
export type NoteRow = z.infer<typeof NoteRow>

export const SectionRow = z.object({ ...kernel, section: z.enum(sheetSections), body: z.record(z.string(), z.unknown()) })
export type SectionRow = z.infer<typeof SectionRow>

export const SaidRow = z.object({ assignment_id: z.string(), meal_at: maybeInstant, channel: maybe, remarks: maybe })
export type SaidRow = z.infer<typeof SaidRow>

export const WorkRow = RevisionRow.extend({ key_times: z.array(KeyTimeRow), slots: z.array(SlotRow), people: z.array(SaidRow), notes: z.array(NoteRow), rows: z.array(SectionRow) })
export type WorkRow = z.infer<typeof WorkRow>

const Run = z.object({ text: z.string(), bold: z.boolean() })
/** One difference in words, with what it is about. */
export const ChangeLine = z.object({ section: z.string(), row_id: maybe, runs: z.array(Run) })
export type ChangeLine = z.infer<typeof ChangeLine>
export const ComparedLine = ChangeLine.extend({ kind: z.enum(['row_added', 'row_removed', 'row_changed', 'rows_moved', 'value_changed']), department_codes: z.array(z.string()).nullable(), person: maybe })
export type ComparedLine = z.infer<typeof ComparedLine>

export const SheetRecord = z.object({
  ...kernel, sheet_date: z.string(), layout: z.enum(sheetLayouts), lead_mission_id: z.string(), missions: z.array(MissionRow), revisions: z.array(RevisionRow),
  published_revision_id: maybe, work: WorkRow.nullable(), unpublished_changes: z.boolean(), unpublished: z.array(ChangeLine),
})
export type SheetRecord = z.infer<typeof SheetRecord>

/** The day of a sheet, on whose clocks its times are typed. */
export interface SheetDay {
  date: string
  zone: string
  /** First call: an earlier time on the clock is the following day. */
  from: Instant
}

export function dayOf(sheet: SheetRecord): SheetDay | null {
  const [lead] = sheet.missions
  return lead ? { date: sheet.sheet_date, zone: lead.zone, from: sheet.missions.reduce((first, mission) => (mission.start_at < first ? mission.start_at : first), lead.start_at) } : null
}
