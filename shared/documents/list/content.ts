import type { DocumentName, Paper } from '../../domain/documents/operations.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'
import { canonicalJson, sha256 } from '../../kernel/hashing.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'

/**
 * What a listed document says, before it is drawn: JSON only, so that the same content has the same hash whatever the format, the
 * paper or the hour. PDF, CSV and XLSX are three drawings of it.
 */
export interface ListContent {
  format: 1
  /** `person_file`: made for one person, in no catalogue. */
  document: DocumentName | 'person_file'
  language: Language
  organization: { id: string; name: string }
  project: { id: string; name: string } | null
  title: string
  /** A code in a box beside the title: `J3`, `NDP`. */
  badge: string | null
  subtitle: string
  /** Said at the right of the head: how many, of what. */
  notes: string[]
  /** Which rows were asked for, as a sentence; null: the document is no list that can be filtered. */
  filters: string | null
  /** Zone of what shows times without naming theirs. */
  zone: string
  sections: Section[]
}

export type Section = TableSection | TimelineSection | FactsSection | FiguresSection | PlanSection | PairSection

export interface TableSection {
  kind: 'table'
  title: string | null
  note: string | null
  columns: ListColumn[]
  groups: ListGroup[]
  /** Starts a page of its own. */
  fresh?: true
  /** A group that fits on a page is never parted. */
  keep_groups?: true
  /** Rows as high as handwriting. */
  tall?: true
  /** Printed when there is no row. */
  empty: string
}

/** A day or a week drawn to scale, names at the left (ui 5.4). */
export interface TimelineSection {
  kind: 'timeline'
  /** `samedi 24 octobre 2026 (UTC+2)`. */
  title: string
  from: Instant
  to: Instant
  /** Of its clocks. */
  zone: string
  /** `hour`: a line an hour; `day`: a line a day, hairlines at 6, 12 and 18 h. */
  grain: 'hour' | 'day'
  groups: TimelineGroup[]
  /** Starts a page of its own. */
  fresh?: true
  /** Printed when there is no row. */
  empty: string
}

export interface TimelineGroup {
  id: string
  code: string | null
  title: string
  /** `3 / 4 pourvus`. */
  note: string
  /** Posts filled of those wanted, over the time they are wanted. */
  strips: { from: Instant; to: Instant; label: string; short: boolean }[]
  rows: TimelineRow[]
}

export interface TimelineRow {
  id: string
  name: string
  detail: string
  /** At the right of the name: hours of the day or week. */
  total: string
  bars: TimelineBar[]
  /** Not available, or working elsewhere. */
  away: { from: Instant; to: Instant; label: string }[]
}

/** The forms of bars: apart by pattern, edge and mark, never by colour. */
export const barForms = ['need', 'planned', 'proposed', 'accepted', 'confirmed', 'done', 'canceled', 'mission'] as const
export type BarForm = (typeof barForms)[number]
export interface TimelineBar {
  id: string
  from: Instant
  to: Instant
  form: BarForm
  /** Of the department. */
  code: string | null
  /** What and when, as words. */
  label: string
  times: string
  /** Conflicts, by their number in the list at the end. */
  numbers: number[]
}

export interface ListGroup {
  id: string
  code: string | null
  /** Empty: rows without a heading. */
  title: string
  /** At the right of the heading: a head count, a zone. */
  count: string | null
  rows: ListRow[]
}

export interface ListRow {
  id: string
  cells: Record<string, Cell>
  /** `strong`: the line of the show; `banner`: its text takes the whole width. */
  form?: 'strong' | 'banner'
}

export const columnKinds = ['text', 'strong', 'quiet', 'phone', 'code', 'call', 'clock', 'moment', 'date', 'count', 'money', 'state', 'box'] as const
export interface ListColumn {
  key: string
  label: string
  kind: (typeof columnKinds)[number]
  /** Least width in points, and share of what is left. */
  width: number
  grow: number
}

export type Cell =
  | null
  | string
  | number
  /** `of`: the day the row stands for; another date prints as `+1`. */
  | { at: Instant; zone: string; of: LocalDate | null }
  | { date: LocalDate }
  /** In hundredths of the currency. */
  | { minor: number; currency: string }
  /** A state in words, with the form that tells it without colour. */
  | { state: string; mark: Mark }

/** The forms of states (ui 3.2): they stay apart in grey. */
export const marks = ['open', 'half', 'clock', 'check', 'cross', 'void', 'done', 'dot', 'blocking', 'warning', 'note'] as const
export type Mark = (typeof marks)[number]

export interface FactsSection {
  kind: 'facts'
  title: string | null
  boxed: boolean
  /** A label without words prints its lines over the whole width. */
  facts: { id: string; label: string; lines: string[]; strong?: true }[]
  /** Drawn as a QR code beside the facts. */
  geo: { latitude: number; longitude: number } | null
}

export interface FiguresSection {
  kind: 'figures'
  figures: { id: string; label: string; value: string; note: string }[]
}

export interface PlanSection {
  kind: 'plan'
  title: string
  /** The place's own plan, on which pins stand; null: a drawing from coordinates. */
  plan_sha256: string | null
  centre: { latitude: number; longitude: number } | null
  pins: { letter: string; label: string; latitude: number | null; longitude: number | null; x: number | null; y: number | null }[]
}

/** Left 115 mm, right 65 mm, as on the sheet. */
export interface PairSection {
  kind: 'pair'
  left: (FactsSection | PlanSection)[]
  right: (FactsSection | PlanSection)[]
  fresh?: true
}

/** What is said beside the content: it may differ between two prints of the same. */
export interface Issue {
  generated_at: Instant
  content_hash: string
  demo: boolean
  /** Name of who made it; null: nobody of the house. */
  made_by: string | null
}

export interface Drawing {
  paper: Paper
  large: boolean
  /** Images by their content hash; those that are not on this computer are missing. */
  images?: Readonly<Record<string, Uint8Array>> | undefined
}

/** First 12 hex digits of SHA-256 over the canonical JSON, in groups of four: the sheet's rule. */
export function hashOf(content: ListContent): string {
  const hex = sha256(canonicalJson(content)).slice(0, 12)
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)} ${hex.slice(8)}`
}

/** Content hashes of the images to draw. */
export const imagesOf = (content: ListContent): string[] => [
  ...new Set(content.sections.flatMap((section) => (section.kind === 'pair' ? [...section.left, ...section.right] : [section])).flatMap((part) => (part.kind === 'plan' && part.plan_sha256 !== null ? [part.plan_sha256] : []))),
]

export const tablesOf = (content: ListContent): TableSection[] => content.sections.flatMap((section) => (section.kind === 'table' ? [section] : []))
/** Of a timeline, the bars: its table lists their conflicts only. */
export function rowCount(content: ListContent): number {
  const bars = content.sections.flatMap((section) => (section.kind === 'timeline' ? section.groups.flatMap((group) => group.rows.flatMap((row) => row.bars.map((bar) => bar.id))) : []))
  if (bars.length > 0) return new Set(bars).size
  return tablesOf(content).reduce((sum, table) => sum + table.groups.reduce((rows, group) => rows + group.rows.length, 0), 0)
}

/** The columns asked for, in their order; unknown names are left out. Tables that share none of them stay as they are. */
export function withColumns(content: ListContent, keys: readonly string[] | null): ListContent {
  if (keys === null) return content
  return {
    ...content,
    sections: content.sections.map((section) => {
      if (section.kind !== 'table') return section
      const columns = keys.flatMap((key) => section.columns.find((column) => column.key === key) ?? [])
      if (columns.length === 0) return section
      const kept = new Set(columns.map((column) => column.key))
      const strip = (row: ListRow): ListRow => ({ ...row, cells: Object.fromEntries(Object.entries(row.cells).filter(([key]) => kept.has(key))) })
      return { ...section, columns, groups: section.groups.map((group) => ({ ...group, rows: group.rows.map(strip) })) }
    }),
  }
}
