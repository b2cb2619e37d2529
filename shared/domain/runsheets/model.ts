import { z } from 'zod'
import { entity, f, optional, windowInvariant, wire, withInitial } from '../entity.ts'
import { languages } from '../organization/model.ts'
import { answerSources, tellingChannels } from '../engagement/model.ts'
import { sheetLayouts } from '../planning/model.ts'
import { revisionStates, whyFrozen } from './rules.ts'
import { KEY_TIME_CODES, SLOT_KINDS } from './snapshot.ts'

export { revisionStates }

/** The sheet of a day: one lead mission, maybe others of the same project and day. What is printed lives in its revisions. */
export const runSheet = entity({
  name: 'run_sheet',
  scope: 'project',
  fields: {
    lead_mission_id: f.id('mission'),
    sheet_date: f.date(),
    layout: f.oneOf(sheetLayouts),
  },
})

/** Which missions a sheet covers, the lead one included. A mission is covered by at most one current sheet. */
export const sheetCover = entity({
  name: 'sheet_cover',
  scope: 'project',
  fields: { sheet_id: f.id('run_sheet'), covered_mission_id: f.id('mission'), position: f.text(60, { class: 'free' }) },
  unique: [['covered_mission_id']],
  partOf: 'run_sheet',
})

const line = z.strictObject({ id: z.string().max(60), text: z.string().max(1000) })
const hospital = z.strictObject({
  name: z.string().max(200), address: z.string().max(300).nullable(), phone: z.string().max(40).nullable(),
  minutes: z.int().min(0).max(600).nullable(), distance_km: z.number().min(0).nullable(),
})
const weather = z.strictObject({
  source: z.string().max(120), forecast_at: wire.instant,
  periods: z.array(z.strictObject({ id: z.string().max(60), label: z.string().max(40), figure: z.string().max(40), note: z.string().max(80).nullable() })).max(4),
})

/** A version of a sheet. Published and archived ones are frozen with their snapshot and their PDF. */
export const revision = entity({
  name: 'revision',
  scope: 'project',
  fields: {
    sheet_id: f.id('run_sheet'),
    /** A label: the deciding server may give the next free one. Outside the content hash. */
    number: f.integer(1, 9999, { class: 'authority' }),
    state: withInitial(f.oneOf(revisionStates), 'draft'),
    source_revision_id: optional(f.id('revision')),
    language: f.oneOf(languages),
    headline: optional(f.text(200)),
    unit: optional(f.text(60)),
    colour: optional(f.text(40)),
    day_number: optional(f.integer(1, 9999)),
    day_total: optional(f.integer(1, 9999)),
    alerts: withInitial(f.json(z.array(z.strictObject({ id: z.string().max(60), title: z.string().max(120), text: z.string().max(600) })).max(2)), []),
    /** Where to go; null: the lead mission's place. */
    sheet_location_id: optional(f.id('location')),
    emergency_numbers: withInitial(f.json(z.array(z.strictObject({ id: z.string().max(60), label: z.string().max(60).nullable(), number: z.string().max(40) })).max(8)), []),
    on_site_aid: optional(f.text(300)),
    /** null: the hospital of the place. */
    hospital: optional(f.json(hospital)),
    weather: optional(f.json(weather)),
    catering: withInitial(f.json(z.array(line).max(20)), []),
    channels: withInitial(f.json(z.array(z.strictObject({ id: z.string().max(60), channel: z.string().max(20), use: z.string().max(120) })).max(30)), []),
    safety: withInitial(f.json(z.array(line).max(30)), []),
    legal_note: optional(f.longText()),
    plan_sha256: optional(f.pattern(/^[0-9a-f]{64}$/)),
    validated_by: optional(f.text(60, { class: 'derived' })),
    validated_at: optional(f.instant({ class: 'derived' })),
    published_by: optional(f.text(60, { class: 'derived' })),
    published_at: optional(f.instant({ class: 'derived' })),
    content_hash: optional(f.text(20, { class: 'derived' })),
    /** Holds names and telephones: in the audit by digest only. */
    snapshot: optional(f.json(z.record(z.string(), z.unknown()), { class: 'derived', personal: true })),
    /** Code of the device that numbered it without a network. */
    device_code: optional(f.text(12, { class: 'derived' })),
    replaces_revision_id: optional(f.id('revision', { class: 'derived' })),
    /** Whose each line was when it was published: who is to be told. A line may be given to somebody else since. Null: published before this was kept. */
    recipients: optional(f.json(z.array(z.strictObject({ assignment_id: wire.id, collaborator_id: wire.id })), { class: 'derived' })),
  },
  // Also what keeps a discarded draft from coming back beside a newer one.
  unique: [['sheet_id', 'number']],
  partOf: 'run_sheet',
  frozen: (row, changed) => whyFrozen(row['state'], changed),
})

/**
 * Rows of a revision. `line_id` is what a row keeps from version to version: compare and change marks match by it.
 */
const lineage = { revision_id: f.id('revision'), line_id: f.text(60), position: f.text(60, { class: 'free' }) }

export const keyTime = entity({
  name: 'key_time',
  scope: 'project',
  fields: { ...lineage, code: f.oneOf(KEY_TIME_CODES), label: optional(f.text(60)), at: f.instant(), place: optional(f.text(120)) },
  partOf: 'revision',
})

export const sheetSlot = entity({
  name: 'sheet_slot',
  scope: 'project',
  fields: {
    ...lineage,
    kind: withInitial(f.oneOf(SLOT_KINDS), 'work'),
    label: f.text(200),
    detail: optional(f.text(300)),
    start_at: f.instant(),
    end_at: optional(f.instant()),
    place: optional(f.text(120)),
    departments: withInitial(f.json(z.array(z.string().max(3)).max(30)), []),
    everyone: withInitial(f.flag(), false),
    person: optional(f.text(120, { personal: true })),
    important: withInitial(f.flag(), false),
  },
  units: [['start_at', 'end_at']],
  partOf: 'revision',
  invariants: windowInvariant('start_at', 'end_at'),
})

/** What a sheet says of a person beside their assignment: meal, radio channel, remarks. */
export const sheetPerson = entity({
  name: 'sheet_person',
  scope: 'project',
  fields: {
    revision_id: f.id('revision'),
    assignment_id: f.id('row'),
    meal_at: optional(f.instant()),
    /** Their call when the day runs late. The engagement keeps its own: `call_base`, and once that is another, this says nothing any more. */
    call_at: optional(f.instant()),
    call_base: optional(f.instant({ class: 'derived' })),
    channel: optional(f.text(40)),
    remarks: optional(f.text(200)),
  },
  unique: [['revision_id', 'assignment_id']],
  partOf: 'revision',
})

export const sheetNote = entity({
  name: 'sheet_note',
  scope: 'project',
  fields: { ...lineage, visibility: f.oneOf(['internal', 'field']), text: f.text(2000), author: f.text(120, { personal: true }), noted_at: f.instant() },
  partOf: 'revision',
})

export const sheetSections = [
  'transport', 'lodging', 'local_crew', 'hospitality', 'equipment', 'scenes', 'cast', 'extras', 'department_notes', 'advance', 'contacts', 'attachments',
] as const

/** A row of one of the typed sections; its body is the section's shape (snapshot.ts), compared as one value. */
export const sheetRow = entity({
  name: 'sheet_row',
  scope: 'project',
  fields: { ...lineage, section: f.oneOf(sheetSections), body: f.json(z.record(z.string(), z.unknown()), { personal: true }) },
  partOf: 'revision',
})

export const sheetPhones = ['heads', 'consented', 'none'] as const

/** What the organization wants of its sheets of one layout; without a row, the layout as it ships. */
export const sheetLayoutSetting = entity({
  name: 'sheet_layout_setting',
  scope: 'organization',
  fields: {
    layout: f.oneOf(sheetLayouts),
    /** Key times that a new sheet starts with, in order. */
    key_times: f.json(z.array(z.enum(KEY_TIME_CODES)).min(1).max(8)),
    /** Typed sections offered and printed, in order. */
    sections: f.json(z.array(z.enum(sheetSections)).max(sheetSections.length)),
    phones: withInitial(f.oneOf(sheetPhones), 'heads'),
    /** Printed names of the versions, first to last; empty: numbers only. */
    revision_colours: withInitial(f.json(z.array(z.string().max(40)).max(30)), []),
    legal_note: optional(f.longText()),
  },
  unique: [['layout']],
})

const made = { class: 'derived' } as const
/** What nobody takes back once the person has read it: that they were told, and how. */
const toldFields: ReadonlySet<string> = new Set(['sent_at', 'channel', 'sent_by', 'deleted_at'])

export const sheetMailStates = ['prepared', 'sent', 'failed'] as const

/**
 * One version given to one person: that they were told of it, opened it, said they read it. Made when the first of these happens, not when it
 * is published: until then it would say nothing, and who is to be told is known from the version. A consequence (nobody types into it): two
 * laptops that told the same person make one row of it, the first telling counts.
 */
export const sheetDelivery = entity({
  name: 'sheet_delivery',
  scope: 'project',
  fields: {
    revision_id: f.id('revision', made),
    collaborator_id: f.id('collaborator', made),
    channel: optional(f.oneOf(tellingChannels, made)),
    sent_at: optional(f.instant(made)),
    /** User ids: who told them, who noted that they read it. */
    sent_by: optional(f.text(60, made)),
    opened_at: optional(f.instant(made)),
    confirmed_at: optional(f.instant(made)),
    confirmed_by: optional(f.text(60, made)),
    confirm_source: optional(f.oneOf(answerSources, made)),
    /** Of the mail with the link: on its way, taken by a mail server, given up. Null: none is sent. Until it left, nobody was told. */
    mail_state: optional(f.oneOf(sheetMailStates, made)),
    /** A code of the mail server, never its words. */
    mail_failure: optional(f.text(40, made)),
    /** Of the links given out: those of a former round open nothing. Null: the first. */
    round: optional(f.integer(1, 999, made)),
  },
  unique: [['revision_id', 'collaborator_id']],
  owner: 'collaborator_id',
  frozen: (row, changed) => (changed !== 'part' && wasRead(row) && changed.some((name) => toldFields.has(name)) ? 'sheet.read_already' : null),
})

/** Read by word of the person, or by a row that says more than somebody's note of it. */
const wasRead = (row: Readonly<Record<string, unknown>>): boolean => row['opened_at'] !== null || (row['confirmed_at'] !== null && (row['sent_at'] !== null || row['confirm_source'] === 'app' || row['confirm_source'] === 'link'))
