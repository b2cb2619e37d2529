/** The schedule, day by day: hours with their offset from UTC, what is done, where. */
import { sayDay, sayLength, sayTime } from '../../domain/contracts/said.ts'
import type { DayFacts } from '../../domain/contracts/facts.ts'
import { typeset } from '../../domain/runsheets/formats.ts'
import { addDays, offsetLabel, toLocal } from '../../kernel/instants.ts'
import { para, strong, type PdfNode, type StructTag } from '../pdf/nodes.ts'
import { WIDTH, type Sheet } from './sheet.ts'
import { mostDaysInTable } from './terms.ts'

/** `9 h – 18 h 30 (UTC+2)`; both offsets on a night when the clock changes. */
function hoursOf(day: DayFacts, language: 'fr' | 'en'): string {
  const [from, to] = [toLocal(day.start_at, day.zone), toLocal(day.end_at, day.zone)]
  const changes = from.offset_minutes !== to.offset_minutes
  const next = to.date === from.date ? '' : to.date === addDays(from.date, 1) ? ' (+1)' : ` (${to.date})`
  const start = `${sayTime(from.time, language)}${changes ? ` (${offsetLabel(from.offset_minutes)})` : ''}`
  return `${start} – ${sayTime(to.time, language)}${next} (${offsetLabel(to.offset_minutes)})${day.break_minutes === 0 ? '' : `, − ${sayLength(day.break_minutes, language)}`}`
}

export function annex({ paper, words }: Sheet): PdfNode[] {
  const { days, language } = paper.facts
  if (days.length === 0) return []
  const table: StructTag = { type: 'Table', parent: null }
  const row = (cells: readonly string[], head: boolean): PdfNode[] => {
    const tr: StructTag = { type: 'TR', parent: table }
    return cells.map((text) => para(head ? [strong(text)] : typeset(text, language), { fontSize: 8.4, lineHeight: 1.08, tag: { type: head ? 'TH' : 'TD', parent: tr, ...(head ? { repeats: true } : {}) } }))
  }
  const widths = [112, 128, 112, 0].map((width, index) => (index === 3 ? WIDTH - 112 - 128 - 112 - 24 : width))
  const long = days.length > mostDaysInTable
  return [{
    unbreakable: !long,
    stack: [
      para([strong(words.annex)], { fontSize: 11, margin: [0, 16, 0, 4], tag: { type: 'H2', parent: null } }),
      {
        table: { widths, headerRows: 1, dontBreakRows: true, body: [row(words.annexHeads, true), ...days.map((day) => row([sayDay(day.date, language), hoursOf(day, language), day.label, day.place ?? ''], false))] },
        layout: { hLineWidth: (line) => (line === 1 ? 0.8 : 0.35), hLineColor: (line) => (line === 1 ? '#000' : '#B5B5B5'), vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 6, paddingTop: () => 2, paddingBottom: () => 2 },
      },
    ],
    ...(long ? { pageBreak: 'before' as const } : {}),
  }]
}
