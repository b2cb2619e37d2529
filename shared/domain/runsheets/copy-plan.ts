/** What comes from another sheet into a draft, and what goes for it. Pure: the preview counts what the command writes. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { sheetSections } from './model.ts'
import { movedBody, movedTime, movedWindow } from './moved-times.ts'
import type { DayMove } from './moved-times.ts'
import type { RevisionRow, SheetRows } from './material.ts'
import type { CopyPart, PartCount } from './copy-operations.ts'

type Note = Pick<SheetRows['notes'][number], 'visibility' | 'text' | 'author' | 'noted_at'>
type KeyTime = Pick<SheetRows['key_times'][number], 'code' | 'label' | 'at' | 'place'>
type Slot = Pick<SheetRows['slots'][number], 'kind' | 'label' | 'detail' | 'start_at' | 'end_at' | 'place' | 'departments' | 'everyone' | 'person' | 'important'>
type SectionRow = Pick<SheetRows['rows'][number], 'section' | 'body'>
type Said = Pick<SheetRows['people'][number], 'assignment_id' | 'meal_at' | 'channel' | 'remarks'>
/** The lists of a version that are one field each, with the room they have (model.ts). */
const lists = { alerts: 2, emergency_numbers: 8, safety: 30, catering: 20, channels: 30 } as const
type ListName = keyof typeof lists

export interface Copied {
  revision: RevisionRow
  rows: SheetRows
}
export interface CopyPlan {
  counts: PartCount[]
  key_times: KeyTime[]
  slots: Slot[]
  notes: Note[]
  rows: SectionRow[]
  people: Said[]
  /** Lines of the draft that go, by record. */
  remove: { record: 'key_time' | 'sheet_slot' | 'sheet_note' | 'sheet_row'; id: Id }[]
  /** Items of the lists that are one field: what stays, then what comes, without an id yet. */
  lists: Partial<Record<ListName, { stay: readonly Item[]; come: readonly object[] }>>
  values: Partial<Pick<RevisionRow, 'on_site_aid' | 'hospital' | 'legal_note'>>
}
type Item = Readonly<{ id: string }>

export interface CopyQuestion {
  from: Copied
  into: Copied
  move: DayMove
  parts: readonly CopyPart[]
  replace: boolean
  /** Lines of the draft of the same person, by the line of the other sheet. */
  assignments: ReadonlyMap<string, readonly Id[]>
}

const words = (value: object): string => JSON.stringify(value, (_, inner: unknown) => (isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner))
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What makes two lines the same to a reader: one general call, one scene 12, one cast number 3, one file; otherwise all its words. */
function keyTimeKey(row: KeyTime): string {
  return row.code === 'other' ? words({ at: row.at, label: row.label, place: row.place }) : row.code
}
function sectionKey({ section, body }: SectionRow): string {
  const number = body['number']
  if ((section === 'scenes' || section === 'cast') && typeof number === 'string' && number !== '') return `number ${number}`
  if (section === 'attachments') return String(body['sha256'])
  if (section !== 'advance' || !Array.isArray(body['rows'])) return words(body)
  return words({ ...body, rows: body['rows'].map((row: unknown) => (isObject(row) ? { ...row, id: null } : row)) })
}

/** Splits what comes into lines that are new to the draft and lines it has already. */
function sift<T>(coming: readonly T[], present: readonly T[], keyOf: (one: T) => string): { come: T[]; kept: number } {
  const known = new Set(present.map(keyOf))
  const come = coming.filter((one) => {
    const key = keyOf(one)
    return !known.has(key) && known.add(key)
  })
  return { come, kept: coming.length - come.length }
}

export function planCopy(question: CopyQuestion): CopyPlan {
  const { from, into, move, replace } = question
  const plan: CopyPlan = { counts: [], key_times: [], slots: [], notes: [], rows: [], people: [], remove: [], lists: {}, values: {} }
  const count = (part: CopyPart, added: number, kept: number, removed: number, left_out = 0): void => void plan.counts.push({ part, added, kept, removed, left_out })
  const gone = (record: CopyPlan['remove'][number]['record'], rows: readonly { id: Id }[]): void => {
    if (replace) plan.remove.push(...rows.map(({ id }) => ({ record, id })))
  }
  const asked = new Set(question.parts)

  if (asked.has('key_times')) {
    const moved = from.rows.key_times.map(({ code, label, at, place }) => ({ code, label, at: movedTime(at, move), place }))
    const { come, kept } = sift<KeyTime>(moved, replace ? [] : into.rows.key_times, keyTimeKey)
    // Nothing to bring takes nothing away.
    const removed = moved.length > 0 ? into.rows.key_times : []
    gone('key_time', removed)
    plan.key_times = come
    count('key_times', come.length, kept, replace ? removed.length : 0)
  }
  if (asked.has('slots')) {
    const moved = from.rows.slots.map((row) => slotOf(row, move))
    const { come, kept } = sift<Slot>(moved, replace ? [] : into.rows.slots, (row) => words({ kind: row.kind, label: row.label, detail: row.detail, start_at: row.start_at, place: row.place }))
    const removed = moved.length > 0 ? into.rows.slots : []
    gone('sheet_slot', removed)
    plan.slots = come
    count('slots', come.length, kept, replace ? removed.length : 0)
  }
  if (asked.has('notes')) {
    const coming = from.rows.notes.map(({ visibility, text, author, noted_at }) => ({ visibility, text, author, noted_at }))
    const { come, kept } = sift<Note>(coming, replace ? [] : into.rows.notes, (row) => `${row.visibility} ${row.text}`)
    const removed = coming.length > 0 ? into.rows.notes : []
    gone('sheet_note', removed)
    plan.notes = come
    count('notes', come.length, kept, replace ? removed.length : 0)
  }
  for (const part of ['alerts', 'safety', 'catering', 'channels'] as const) {
    if (!asked.has(part)) continue
    const { added, kept, removed, left_out } = copyList(plan, question, part)
    count(part, added, kept, removed, left_out)
  }
  if (asked.has('emergency')) {
    const numbers = copyList(plan, question, 'emergency_numbers')
    const single = [copyValue(plan, question, 'on_site_aid'), copyValue(plan, question, 'hospital')]
    const sum = (name: 'added' | 'kept' | 'removed'): number => single.reduce((total, one) => total + one[name], numbers[name])
    count('emergency', sum('added'), sum('kept'), sum('removed'), numbers.left_out)
  }
  if (asked.has('legal_note')) {
    const { added, kept, removed } = copyValue(plan, question, 'legal_note')
    count('legal_note', added, kept, removed)
  }
  if (asked.has('people')) copyPeople(plan, question, count)
  for (const section of sheetSections) {
    if (!asked.has(section)) continue
    const of = (rows: SheetRows): SheetRows['rows'] => rows.rows.filter((row) => row.section === section)
    const moved = of(from.rows).map((row): SectionRow => ({ section, body: movedBody(row.body, move) }))
    const { come, kept } = sift<SectionRow>(moved, replace ? [] : of(into.rows), sectionKey)
    const removed = moved.length > 0 ? of(into.rows) : []
    gone('sheet_row', removed)
    plan.rows.push(...come)
    count(section, come.length, kept, replace ? removed.length : 0)
  }
  return plan
}

function slotOf({ kind, label, detail, start_at, end_at, place, departments, everyone, person, important }: Slot, move: DayMove): Slot {
  const window: { start_at: Instant; end_at: Instant | null } = end_at === null ? { start_at: movedTime(start_at, move), end_at: null } : spread(movedWindow(start_at, end_at, move))
  return { kind, label, detail, ...window, place, departments, everyone, person, important }
}
const spread = ({ start, end }: { start: Instant; end: Instant }): { start_at: Instant; end_at: Instant } => ({ start_at: start, end_at: end })

type Counted = Pick<PartCount, 'added' | 'kept' | 'removed'>

function copyList(plan: CopyPlan, { from, into, replace }: CopyQuestion, name: ListName): Counted & { left_out: number } {
  const nameless = (items: readonly Item[]): object[] => items.map(({ id: _, ...said }) => said)
  const present = into.revision[name]
  const incoming = from.revision[name]
  if (incoming.length === 0) return { added: 0, kept: 0, removed: 0, left_out: 0 }
  const stay = replace ? [] : present
  const { come, kept } = sift(nameless(incoming), nameless(stay), words)
  const fit = come.slice(0, Math.max(0, lists[name] - stay.length))
  if (fit.length > 0 || replace) plan.lists[name] = { stay, come: fit }
  return { added: fit.length, kept, removed: replace ? present.length : 0, left_out: come.length - fit.length }
}

function copyValue(plan: CopyPlan, { from, into, replace }: CopyQuestion, name: keyof CopyPlan['values']): Counted {
  const [coming, present] = [from.revision[name], into.revision[name]]
  if (coming === null) return { added: 0, kept: 0, removed: 0 }
  if (JSON.stringify(coming) === JSON.stringify(present) || (present !== null && !replace)) return { added: 0, kept: 1, removed: 0 }
  Object.assign(plan.values, { [name]: coming })
  return { added: 1, kept: 0, removed: present === null ? 0 : 1 }
}

/** Meal, channel and remarks of the people who are on both sheets. */
function copyPeople(plan: CopyPlan, { from, into, move, replace, assignments }: CopyQuestion, count: (part: CopyPart, added: number, kept: number, removed: number) => void): void {
  let [kept, removed] = [0, 0]
  const said = new Map(into.rows.people.map((row) => [row.assignment_id, row]))
  const given = new Set<string>()
  for (const row of from.rows.people) {
    if (row.meal_at === null && row.channel === null && row.remarks === null) continue
    for (const assignment_id of assignments.get(row.assignment_id) ?? []) {
      if (given.has(assignment_id)) continue
      given.add(assignment_id)
      const known = said.get(assignment_id)
      const own = known !== undefined && (known.meal_at !== null || known.channel !== null || known.remarks !== null)
      if (own && !replace) kept += 1
      else {
        if (own) removed += 1
        plan.people.push({ assignment_id, meal_at: row.meal_at === null ? null : movedTime(row.meal_at, move), channel: row.channel, remarks: row.remarks })
      }
    }
  }
  count('people', plan.people.length, kept, removed)
}
