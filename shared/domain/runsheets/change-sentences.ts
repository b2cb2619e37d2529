import { isInstant } from '../../kernel/instants.ts'
import type { Json } from '../../kernel/hashing.ts'
import type { FieldChange, Row, SheetChange } from './compare.ts'
import { clock, colon, dayMark, duration, minutesBetween, offsetOf, typeset } from './formats.ts'
import type { Language } from './snapshot.ts'
import type { LocalDate } from '../../kernel/instants.ts'
import { changeWords } from './change-words.ts'

/** One line of the changes list, in runs; the new value is bold: `Balances 16:30 → **17:00**`. */
export interface Run {
  text: string
  bold: boolean
}
export interface ChangeLine {
  section: string
  row_id: string | null
  runs: Run[]
}
export interface SentenceContext {
  zone: string
  date: LocalDate
  language: Language
}

const plain = (text: string): Run => ({ text, bold: false })
const bold = (text: string): Run => ({ text, bold: true })
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** One line for each changed row or value, in document order. */
export const changeLines = (changes: readonly SheetChange[], context: SentenceContext): ChangeLine[] =>
  changes.map((change) => ({
    section: change.kind === 'value_changed' ? (change.path.split('.')[0] ?? '') : change.section,
    row_id: change.kind === 'value_changed' || change.kind === 'rows_moved' ? null : change.row_id,
    runs: sentence(change, context),
  }))

/** The same as plain text. */
export const lineText = (line: ChangeLine): string => line.runs.map((run) => run.text).join('')

function sentence(change: SheetChange, context: SentenceContext): Run[] {
  const words = changeWords[context.language]
  const sep = colon(context.language)
  switch (change.kind) {
    case 'value_changed': {
      const name = words.values[change.path] ?? words.values[change.path.split('.')[0] ?? ''] ?? words.sheet
      // Long texts are read on the page itself.
      const short = [change.before, change.after].every(
        (value) => value === null || (typeof value !== 'object' && String(value).length <= 60),
      )
      return short ? [plain(`${name}${sep}`), ...arrow(change.before, change.after, context)] : [plain(name + sep), bold(words.modified)]
    }
    case 'rows_moved':
      return [plain(`${words.sections[change.section] ?? change.section}${sep}`), bold(words.reordered)]
    case 'row_removed':
      return [plain(`${subject(change.section, change.row, context)}${sep}`), bold(words.removed)]
    case 'row_added':
      return added(change.section, change.row, context)
    case 'row_changed':
      return changed(change.section, change.fields, change.before, change.after, context)
  }
}

function added(section: string, row: Row, context: SentenceContext): Run[] {
  const words = changeWords[context.language]
  if (section === 'people') {
    const marker = text(row['marker'])
    const name = text(row['name'])
    const who = `${text(row['crew_role'])}${colon(context.language)}${name === '' ? words.post : name}`
    return marker === '' ? [plain(`${who}, `), bold(words.added)] : [plain(`${who} `), bold(words.markers[marker] ?? marker)]
  }
  const at = row['start_at'] ?? row['at'] ?? row['call_at'] ?? null
  const label = `${subject(section, row, context)}${colon(context.language)}`
  return at === null ? [plain(label), bold(words.added)] : [plain(`${label}${words.addedAt} `), bold(show(at, context))]
}

function changed(section: string, fields: readonly FieldChange[], before: Row, after: Row, context: SentenceContext): Run[] {
  const words = changeWords[context.language]
  const sep = colon(context.language)
  const of = (name: string): FieldChange | undefined => fields.find((field) => field.field === name)
  if (section === 'slots') {
    const runs: Run[] = [plain(text(after['label']))]
    const start = of('start_at')
    if (start) runs.push(plain(' '), ...arrow(start.before, start.after, context))
    const [was, is] = [length(before), length(after)]
    if (was !== is)
      runs.push(plain(`${runs.length > 1 ? ', ' : sep}${words.duration} `), plain(`${minutes(was, context)} → `), bold(minutes(is, context)))
    if (runs.length > 1) return runs
  }
  if (section === 'people') {
    const role = text(after['crew_role'])
    const name = text(after['name'])
    const runs: Run[] = []
    const replaced = of('name')
    if (replaced) runs.push(plain(`${role}${sep}`), ...arrow(replaced.before ?? words.nobody, replaced.after ?? words.nobody, context))
    else runs.push(plain(name === '' || (of('quantity') && fields.length === 1) ? role : `${role}${sep}${name}`))
    for (const field of fields) {
      if (field.field === 'name' || (field.field === 'start_at' && of('call_at'))) continue
      if (field.field === 'marker')
        runs.push(plain(' '), bold(field.after === null ? words.confirmed : (words.markers[text(field.after)] ?? text(field.after))))
      else if (field.field === 'quantity') runs.push(plain(sep), ...arrow(field.before, field.after, context))
      else if (field.field === 'department_id') runs.push(plain(', '), bold(words.moved))
      else runs.push(plain(`, ${words.fields[field.field] ?? field.field} `), ...arrow(field.before, field.after, context))
    }
    return runs
  }
  const runs: Run[] = [plain(subject(section, after, context))]
  fields.forEach((field, index) => {
    const long = [field.before, field.after].some((value) => (typeof value === 'object' && value !== null) || String(value).length > 60)
    const time = field.field === 'at' || field.field === 'start_at'
    const glue = time ? ' ' : `${index === 0 ? sep : ', '}${words.fields[field.field] ?? field.field} `
    if (long || ['text', 'label'].includes(field.field)) runs.push(plain(index === 0 ? sep : ', '), bold(words.modified))
    else runs.push(plain(glue), ...arrow(field.before, field.after, context))
  })
  return runs
}

const length = (row: Row): number | null => {
  const [start, end] = [row['start_at'], row['end_at']]
  return isInstant(start) && isInstant(end) ? minutesBetween(start, end) : null
}
const minutes = (count: number | null, context: SentenceContext): string => (count === null ? '—' : duration(count, context.language))

function arrow(before: Json, after: Json, context: SentenceContext): Run[] {
  // A time may look unchanged across a change of clocks or of date: say which.
  if (before === null || before === '') return [bold(show(after, context))]
  const ambiguous = isInstant(before) && isInstant(after) && show(before, context) === show(after, context)
  return [
    plain(`${show(before, context)}${ambiguous ? offset(before, context) : ''} → `),
    bold(`${show(after, context)}${ambiguous ? offset(after, context) : ''}`),
  ]
}
const offset = (value: Json, context: SentenceContext): string => (isInstant(value) ? ` (${offsetOf(value, context.zone)})` : '')

function show(value: Json, context: SentenceContext): string {
  const words = changeWords[context.language]
  if (isInstant(value)) {
    const mark = dayMark(value, context.zone, context.date)
    return clock(value, context.zone) + (mark === 0 ? '' : ` (${mark > 0 ? '+' : '−'}${Math.abs(mark)})`)
  }
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.length === 0 ? '—' : value.map((item) => show(item, context)).join(', ')
  if (typeof value === 'object') return words.modified
  return typeset(String(value), context.language)
}

/** What a reader calls the row. */
function subject(section: string, row: Row, context: SentenceContext): string {
  const words = changeWords[context.language]
  const sep = colon(context.language)
  const first = (...fields: string[]): string => fields.map((field) => text(row[field])).find((value) => value !== '') ?? ''
  switch (section) {
    case 'people':
      return [text(row['crew_role']), text(row['name'])].filter((part) => part !== '').join(sep)
    case 'key_times':
      return text(row['label']) || (words.keyTimes[text(row['code'])] ?? text(row['code']))
    case 'scenes':
      return row['kind'] === 'banner' ? first('synopsis', 'set') : `${words.scene} ${first('number')}`
    case 'cast':
      return `${first('number')}. ${first('role')}`
    default: {
      const name = typeset(first('label', 'name', 'title', 'trade', 'channel', 'text', 'code', 'number'), context.language)
      const head = words.sections[section]
      const short = name.length > 70 ? `${name.slice(0, 67).trimEnd()}…` : name
      return section === 'slots' || head === undefined ? short : `${head}${sep}${short}`
    }
  }
}
