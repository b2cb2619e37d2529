import type { Json } from '../../kernel/hashing.ts'
import { MINUTE, fromMs, offsetLabel, toLocal, toMs } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import type { SheetChange } from '../../domain/runsheets/compare.ts'
import { NBSP, clock, dayMark, offsetOf, typeset, weekday } from '../../domain/runsheets/formats.ts'
import type { Language, SheetIssue, SheetSnapshot } from '../../domain/runsheets/snapshot.ts'
import { lowered, raised, run, struck } from '../pdf/nodes.ts'
import type { Inline } from '../pdf/nodes.ts'
import { sheetWords } from './words.ts'
import type { SheetWords } from './words.ts'

/** What every section of the sheet needs to print itself. */
export interface SheetContext {
  sheet: SheetSnapshot
  issue: SheetIssue
  language: Language
  words: SheetWords
  marks: Marks
  /** Changes that are told to the reader, already without what the field may not see. */
  changes: readonly SheetChange[]
  /** Closer lines and parts, when the first page would otherwise spill over. */
  snug: boolean
  /** The day mixes two offsets (a change of clocks): times then say theirs. */
  mixedOffsets: boolean
  /** Offset at the start of the day. */
  firstOffset: number
  /** Whose copy it is, said on every page; null: nobody's own. */
  copy_of: string | null
}

/** Where the sheet differs from the last published version. */
export interface Marks {
  row: (section: string, id: string) => 'added' | 'changed' | null
  /** The former value of a field of a changed row; undefined when it did not change. */
  old: (section: string, id: string, field: string) => Json | undefined
}

export function marksOf(changes: readonly SheetChange[]): Marks {
  const rows = new Map<string, SheetChange>()
  for (const change of changes) if ('row_id' in change) rows.set(`${change.section}/${change.row_id}`, change)
  return {
    row: (section, id) => {
      const kind = rows.get(`${section}/${id}`)?.kind
      return kind === 'row_added' ? 'added' : kind === 'row_changed' ? 'changed' : null
    },
    old: (section, id, field) => {
      const change = rows.get(`${section}/${id}`)
      return change?.kind === 'row_changed' ? change.fields.find((item) => item.field === field)?.before : undefined
    },
  }
}

function instantsOf(sheet: SheetSnapshot): Instant[] {
  const all: (Instant | null)[] = [
    ...sheet.key_times.map((row) => row.at),
    ...sheet.slots.flatMap((row) => [row.start_at, row.end_at]),
    ...sheet.people.flatMap((row) => [row.call_at, row.end_at]),
    ...sheet.missions.flatMap((row) => [row.start_at, row.end_at]),
  ]
  return all.filter((at) => at !== null).sort()
}

export function contextOf(
  sheet: SheetSnapshot,
  issue: SheetIssue,
  language: Language,
  changes: readonly SheetChange[],
  snug = false,
): SheetContext {
  const offsets = instantsOf(sheet).map((at) => toLocal(at, sheet.zone).offset_minutes)
  const firstOffset = offsets[0] ?? 0
  return {
    sheet,
    issue,
    language,
    words: sheetWords[language],
    changes,
    marks: marksOf(changes),
    snug,
    mixedOffsets: offsets.some((offset) => offset !== firstOffset),
    firstOffset,
    copy_of: null,
  }
}

/** Typed text with the language's spacing. */
export const typed = (context: SheetContext, text: string): string => typeset(text, context.language)

/** `06:00` and, on another local date than the sheet's, a raised `+1` (on the baseline when `raisedSize` is null). */
export function clockRuns(context: SheetContext, at: Instant, style: Omit<Inline, 'text'> = {}, raisedSize: number | null = 6.6): Inline[] {
  const mark = dayMark(at, context.sheet.zone, context.sheet.date)
  const time = run(clock(at, context.sheet.zone), { noWrap: true, ...style })
  if (mark === 0) return [time]
  const text = `${mark > 0 ? '+' : '−'}${Math.abs(mark)}`
  return [time, raisedSize === null ? lowered(text) : raised(text, raisedSize)]
}

/** `dim., UTC+1` where the time is of another day or offset than the sheet's; null otherwise. */
export function whenNote(context: SheetContext, at: Instant, style: 'short' | 'long' = 'short', withDay = true): string | null {
  const local = toLocal(at, context.sheet.zone)
  const parts: string[] = []
  if (withDay && local.date !== context.sheet.date) parts.push(weekday(local.date, context.language, style))
  if (local.offset_minutes !== context.firstOffset) parts.push(offsetOf(at, context.sheet.zone))
  return parts.length === 0 ? null : parts.join(', ')
}

/** `UTC+2 jusqu’à dim. 03:00, puis UTC+1` on a day when the clocks change; nothing on any other. */
export function offsetsNote({ sheet, language, words, mixedOffsets }: SheetContext): Inline[] {
  const all = instantsOf(sheet)
  const [first, last] = [all[0], all.at(-1)]
  if (!mixedOffsets || first === undefined || last === undefined) return []
  // The first minute of the other offset, found by halves.
  let [before, after] = [Math.floor(toMs(first) / MINUTE), Math.ceil(toMs(last) / MINUTE)]
  const offset = (minute: number): number => toLocal(fromMs(minute * MINUTE), sheet.zone).offset_minutes
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offset(middle) === offset(before)) before = middle
    else after = middle
  }
  // As the clocks say it when they change: 03:00 becomes 02:00.
  const said = new Date((after + offset(before)) * MINUTE).toISOString()
  const day = said.slice(0, 10) as LocalDate
  const when = `${day === sheet.date ? '' : `${weekday(day, language)} `}${said.slice(11, 16)}`
  return [run(`   ${words.offsets(offsetLabel(offset(before)), when, offsetLabel(offset(after)))}`, { fontSize: SIZE_NOTE, bold: false, font: 'Inter' })]
}
const SIZE_NOTE = 7.5

/** Telephone numbers do not break. */
export const phoneText = (phone: string): string => phone.replace(/ (?=\d)/g, NBSP)

/** ` ~~15:30~~`: the former time or text, struck, after the new one. */
export function formerRuns(
  context: SheetContext,
  former: Json | undefined,
  fontSize: number,
  show: (value: string) => string = (value) => typed(context, value),
): Inline[] {
  if (former === undefined || former === null || former === '') return []
  return [run(' '), struck(show(String(former)), fontSize)]
}
export const formerClock =
  (context: SheetContext) =>
  (value: string): string =>
    clock(value as Instant, context.sheet.zone)

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
