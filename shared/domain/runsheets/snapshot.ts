import { z } from 'zod'
import { isInstant, isLocalDate, isZone } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'

/**
 * The canonical read model of a run sheet: what a published revision freezes and what PDF, CSV, compare and hash all read.
 * JSON only. Every field is always present (null when unknown), so that equal sheets have equal canonical texts. Instants are UTC
 * texts, to be shown in `zone`. Every row has a stable `id` (the id of the record it was read from), by which compare matches.
 * Outside of it, because they may change without the content changing: version label, state, publication time (`SheetIssue`).
 */
const instant = z.custom<Instant>(isInstant, 'a UTC instant with milliseconds')
const localDate = z.custom<LocalDate>(isLocalDate, 'a calendar date')
const zone = z.string().refine(isZone, 'an IANA time zone')
const id = z.string().min(1)
const text = z.string()
const maybe = text.nullable()
const maybeAt = instant.nullable()

export const LAYOUTS = ['stage', 'theatre', 'film'] as const
export const LANGUAGES = ['fr', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Known key times; the printed word comes from the code unless the row has its own label. */
export const KEY_TIME_CODES = [
  'general_call',
  'breakfast',
  'get_in',
  'ready_to_shoot',
  'shooting',
  'sound_check',
  'doors',
  'half',
  'show',
  'curtain',
  'interval',
  'meal',
  'down',
  'wrap',
  'load_out',
  'hard_out',
  'other',
] as const
export type KeyTimeCode = (typeof KEY_TIME_CODES)[number]

export const SLOT_KINDS = [
  'call',
  'work',
  'rehearsal',
  'meal',
  'break',
  'safety',
  'doors',
  'show',
  'strike',
  'travel',
  'wrap',
  'other',
] as const

/** `option`: planned; `to_confirm`: proposed, no answer; `to_fill`: an open need, nobody named (A14). */
export const PERSON_MARKERS = ['option', 'to_confirm', 'to_fill'] as const

const mission = z.strictObject({
  id,
  code: text,
  title: text,
  kind: maybe,
  /** First call and wrap of the mission (A12, A13). */
  start_at: instant,
  end_at: instant,
  lead: z.boolean(),
})
const keyTime = z.strictObject({
  id,
  code: z.enum(KEY_TIME_CODES),
  label: maybe,
  at: instant,
  /** Place or a few words under the time. */
  place: maybe,
})
const alert = z.strictObject({ id, title: text, text })
const slot = z.strictObject({
  id,
  kind: z.enum(SLOT_KINDS),
  label: text,
  /** Said after the label in plain weight: `entracte 21:50, 20 min`. */
  detail: maybe,
  start_at: instant,
  /** Null: a moment without duration. */
  end_at: maybeAt,
  location: maybe,
  /** Department codes that own the slot; `everyone` prints ALL instead. */
  departments: z.array(text),
  everyone: z.boolean(),
  person: maybe,
  /** Printed bold; the show line is grey as well. */
  important: z.boolean(),
})
const department = z.strictObject({ id, code: text, name: text })
const person = z.strictObject({
  /** Id of the assignment, or of the need when the post is open. */
  id,
  department_id: id,
  crew_role: text,
  name: maybe,
  /** Null when the reader may not see it. A text such as `via régie` is allowed. */
  phone: maybe,
  call_at: instant,
  start_at: instant,
  end_at: maybeAt,
  meal_at: maybeAt,
  channel: maybe,
  remarks: maybe,
  /** Number of people the line stands for (`Roads × 6`), 1 or more. */
  quantity: z.number().int().min(1),
  marker: z.enum(PERSON_MARKERS).nullable(),
})
const line = z.strictObject({ id, text })
const pinFields = { id, letter: z.string().min(1).max(2), label: text }
const location = z.strictObject({
  id,
  name: text,
  address: z.array(text),
  /** Degrees, WGS 84. */
  coordinates: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).nullable(),
  access: z.array(line),
  parking: maybe,
  public_transport: maybe,
  /** E crew entrance, B dock, P parking, + defibrillator, R assembly point, or any other one or two characters. */
  pins: z.array(z.union([
    z.strictObject(pinFields),
    /** Where it stands on the plan, as parts of its width and height. */
    z.strictObject({ ...pinFields, x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
  ])),
  /** SHA-256 of the attachment drawn as a plan in place of the lettered list; null for the list. */
  plan_sha256: maybe,
})
const hospital = z.strictObject({
  name: text,
  address: maybe,
  phone: maybe,
  minutes: z.number().int().min(0).nullable(),
  /** As typed, in kilometres (nothing is routed). */
  distance_km: z.number().min(0).nullable(),
})
const emergency = z.strictObject({
  numbers: z.array(z.strictObject({ id, label: maybe, number: text })),
  on_site: maybe,
  hospital: hospital.nullable(),
})
const weather = z.strictObject({
  /** Typed by a person, with who says it and the hour of the forecast (C31). */
  source: text,
  forecast_at: instant,
  periods: z.array(z.strictObject({ id, label: text, figure: text, note: maybe })).max(4),
})
const practical = z.strictObject({
  weather: weather.nullable(),
  sun: z.strictObject({ rise_at: maybeAt, set_at: maybeAt, next_rise_at: maybeAt }),
  catering: z.array(line),
  channels: z.array(z.strictObject({ id, channel: text, use: text })),
  safety: z.array(line),
})
const note = z.strictObject({ id, visibility: z.enum(['internal', 'field']), text, author: text, at: instant })
const transport = z.strictObject({
  id,
  at: maybeAt,
  label: text,
  from: maybe,
  to: maybe,
  vehicle: maybe,
  driver: maybe,
  remarks: maybe,
})
const lodging = z.strictObject({
  id,
  name: text,
  address: maybe,
  phone: maybe,
  check_in_at: maybeAt,
  check_out_at: maybeAt,
  breakfast: maybe,
  guests: z.array(text),
  remarks: maybe,
})
const localCrew = z.strictObject({
  id,
  trade: text,
  quantity: z.number().int().min(1),
  start_at: instant,
  end_at: maybeAt,
  place: maybe,
  supplier: maybe,
})
const item = z.strictObject({ id, label: text, text })
const equipment = z.strictObject({ id, label: text, quantity: z.number().int().min(0), remarks: maybe })
const scene = z.strictObject({
  id,
  /** A banner is a line of the day that is no scene: rehearsal, company move, break. */
  kind: z.enum(['scene', 'banner']),
  number: maybe,
  effect: maybe,
  light: maybe,
  set: maybe,
  synopsis: maybe,
  /** Cast numbers, as in `cast[].number`. */
  cast: z.array(text),
  /** Length in eighths of a page: 11 is 1 3/8. */
  eighths: z.number().int().min(0).nullable(),
  minutes: z.number().int().min(0).nullable(),
  story_day: maybe,
  start_at: maybeAt,
  notes: maybe,
})
const cast = z.strictObject({
  id,
  number: text,
  role: text,
  performer: maybe,
  /** SW, W, H, WF… as the first assistant writes it. */
  status: maybe,
  pickup_at: maybeAt,
  arrive_at: maybeAt,
  hmc_at: maybeAt,
  rehearsal_at: maybeAt,
  on_set_at: maybeAt,
  wrap_at: maybeAt,
  transport: maybe,
  notes: maybe,
})
const extras = z.strictObject({ id, quantity: z.number().int().min(0), label: text, call_at: maybeAt, wardrobe: maybe, holding: maybe })
const departmentNote = z.strictObject({ id, department_id: id, text })
const advance = z.strictObject({
  id,
  date: localDate,
  code: maybe,
  note: maybe,
  rows: z.array(z.strictObject({ id, at: maybeAt, text })),
})
const contact = z.strictObject({ id, label: text, name: text, phone: maybe })
const attachment = z.strictObject({ id, name: text, media_type: text, size_bytes: z.number().int().min(0), sha256: text })

export const sheetSnapshotSchema = z.strictObject({
  format: z.literal(1),
  layout: z.enum(LAYOUTS),
  language: z.enum(LANGUAGES),
  zone,
  /** The working day the sheet is for: local date of its first start (A12). */
  date: localDate,
  organization: z.strictObject({ id, name: text }),
  project: z.strictObject({ id, name: text }),
  /** What the day is, said after the date: `représentation, puis démontage`. */
  headline: maybe,
  /** Lead mission first. */
  missions: z.array(mission).min(1),
  /** Shooting or tour day X of Y. */
  day: z.strictObject({ number: z.number().int().min(1), total: z.number().int().min(1).nullable() }).nullable(),
  unit: maybe,
  /** Name of the revision colour, printed as text because copies are black and white. */
  colour: maybe,
  /** Id of the revision this one was made from. */
  source_revision_id: maybe,
  key_times: z.array(keyTime),
  alerts: z.array(alert).max(2),
  slots: z.array(slot),
  departments: z.array(department),
  people: z.array(person),
  location: location.nullable(),
  emergency,
  practical,
  notes: z.array(note),
  transport: z.array(transport),
  lodging: z.array(lodging),
  local_crew: z.array(localCrew),
  hospitality: z.array(item),
  equipment: z.array(equipment),
  scenes: z.array(scene),
  cast: z.array(cast),
  extras: z.array(extras),
  department_notes: z.array(departmentNote),
  advance: z.array(advance),
  contacts: z.array(contact),
  attachments: z.array(attachment),
  legal_note: maybe,
  /** Order of the typed sections on paper, where the organization set one. */
  section_order: z.array(text).exactOptional(),
  validator: z.strictObject({ name: text, role: maybe, at: instant }).nullable(),
  distribution_count: z.number().int().min(0).nullable(),
})

export type SheetSnapshot = z.infer<typeof sheetSnapshotSchema>
export type SheetPerson = SheetSnapshot['people'][number]
export type SheetSlot = SheetSnapshot['slots'][number]

/** What is said of one revision outside its hashed content (C9, C10): the same content may be re-numbered by the server. */
export interface SheetIssue {
  version: number
  /** Set while the number was given by a device without network: printed `v3 (hors ligne)` with the code. */
  device_code: string | null
  state: 'draft' | 'validated' | 'published' | 'archived'
  published_at: Instant | null
  /** Equal to `published_at` once published; for a draft, the instant of the print. */
  generated_at: Instant
  /** `9f3c a71e 04bd`, see content-hash.ts. */
  content_hash: string
  /** Version that replaced this one: stamped in the margin of a reprint. */
  superseded_by: number | null
  replaces: { version: number; published_at: Instant } | null
  /** Demo data: printed in the footer. */
  demo: boolean
}
