import type { Instant } from '../../kernel/instants.ts'
import { NBSP, clock, duration, minutesBetween, offsetOf } from '../../domain/runsheets/formats.ts'
import { para, run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, PdfNode } from '../pdf/nodes.ts'
import { clockRuns, formerClock, formerRuns, offsetsNote, typed, whenNote } from './context.ts'
import type { SheetContext } from './context.ts'
import { GREY, LEFT_WIDTH, MARK, SIZE, bullets, gridLayout, gridTags, h2, inOrder, keepRows, markCell, onLine, rest, section } from './layout.ts'
import { scenesTable } from './film.ts'
import { supplies, textLines } from './place.ts'

/** Left side of page 1: schedule (and scenes), notes, safety, transport and the rest of the day's logistics. */
export function leftColumn(context: SheetContext, variant: 'full' | 'field'): PdfNode[] {
  const { sheet, words } = context
  const parts: PdfNode[] = []
  if (sheet.layout === 'film') parts.push(...scenesTable(context))
  if (sheet.slots.length > 0) parts.push(...slotsTable(context))
  const add = (title: string, content: PdfNode[]): void => {
    if (content.length > 0) parts.push(section(LEFT_WIDTH, title, content, parts.length === 0 ? 0 : context.snug ? 6 : 10))
  }
  add(words.notes, notes(context, variant))
  add(words.safety, textLines(context, 'practical.safety', sheet.practical.safety, LEFT_WIDTH))
  if (sheet.layout === 'film') for (const [title, content] of supplies(context, LEFT_WIDTH)) add(title, content)
  const sections: Readonly<Record<string, () => void>> = {
    transport: () =>
      add(
        words.transport,
        sheet.transport.map((row) => timedLine(context, 'transport', row.id, row.at, journey(context, row))),
      ),
    local_crew: () =>
      add(
        words.localCrew,
        sheet.local_crew.map((row) =>
          timedLine(context, 'local_crew', row.id, row.start_at, [
            strong(`${row.quantity} × ${typed(context, row.trade)}`),
            run(suffix(context, [row.end_at === null ? null : `→ ${clockText(context, row.end_at)}`, row.place, row.supplier], ', ')),
          ]),
        ),
      ),
    lodging: () =>
      add(
        words.lodging,
        sheet.lodging.map((row) => lodgingLine(context, row)),
      ),
    hospitality: () =>
      add(
        words.hospitality,
        bullets(
          sheet.hospitality.map((row) => ({
            runs: [semi(typed(context, row.label)), run(suffix(context, [row.text], ', '))],
            changed: changed(context, 'hospitality', row.id),
          })),
          LEFT_WIDTH,
        ),
      ),
    equipment: () =>
      add(
        words.equipment,
        bullets(
          sheet.equipment.map((row) => ({
            runs: [run(`${row.quantity} × ${typed(context, row.label)}${suffix(context, [row.remarks], ', ')}`)],
            changed: changed(context, 'equipment', row.id),
          })),
          LEFT_WIDTH,
        ),
      ),
  }
  for (const name of inOrder(sheet, Object.keys(sections))) sections[name]?.()
  return parts
}

const changed = (context: SheetContext, name: string, id: string): boolean => context.marks.row(name, id) !== null
const clockText = (context: SheetContext, at: Instant): string =>
  clockRuns(context, at)
    .map((item, index) => (index === 0 ? item.text : ` (${item.text})`))
    .join('')
/** The parts that are there, each after the separator. */
export const suffix = (context: SheetContext, parts: (string | null)[], separator: string): string =>
  parts
    .filter((part) => part !== null && part !== '')
    .map((part) => `${separator}${typed(context, part ?? '')}`)
    .join('')

function slotsTable(context: SheetContext): PdfNode[] {
  const { sheet, words, marks } = context
  const grid = gridTags()
  const rows = sheet.slots.map((slot) => {
    const cell = grid.row()
    const show = slot.kind === 'show'
    const fill = show ? { fillColor: GREY } : {}
    const former = marks.old('slots', slot.id, 'start_at')
    const label = typed(context, slot.label)
    // `+1` after the time already says the day; the note says the offset, and the day where the slot ends the sheet.
    const note = whenNote(context, slot.start_at, 'short', slot.kind === 'wrap')
    // A window over the change of clocks says its end and both offsets: its length is not what the hands show.
    const across = slot.end_at !== null && offsetOf(slot.end_at, sheet.zone) !== offsetOf(slot.start_at, sheet.zone)
      ? [offsetOf(slot.start_at, sheet.zone), '→', clock(slot.end_at, sheet.zone), offsetOf(slot.end_at, sheet.zone)].join(NBSP)
      : null
    const what: Inline[] = [
      slot.important || show ? strong(label) : run(label),
      ...(slot.detail === null ? [] : [run(` (${typed(context, slot.detail)})`)]),
      ...(note === null ? [] : [run(` (${note})`)]),
      ...(across === null ? [] : [run(` (${across})`)]),
      ...(slot.person === null ? [] : [run(` · ${slot.person}`)]),
      ...formerRuns(context, former, 8, formerClock(context)),
      ...formerRuns(context, marks.old('slots', slot.id, 'label'), 8),
    ]
    const departments = slot.everyone ? words.everyone : slot.departments.join(' · ')
    const lasting = slot.end_at === null ? '—' : duration(minutesBetween(slot.start_at, slot.end_at), context.language)
    const mark = markCell(changed(context, 'slots', slot.id))
    return [
      mark.fillColor === undefined ? { ...mark, ...fill } : mark,
      cell(clockRuns(context, slot.start_at, { bold: true, fontSize: SIZE.call }), {
        noWrap: true,
        margin: onLine(SIZE.call, SIZE.body),
        ...fill,
      }),
      cell(lasting, { noWrap: true, ...fill }),
      cell(what, fill),
      cell(
        [
          run(slot.location === null ? '' : typed(context, slot.location)),
          ...formerRuns(context, marks.old('slots', slot.id, 'location'), 8),
        ],
        fill,
      ),
      cell([semi(departments, { fontSize: SIZE.code })], { margin: [0, 1, 0, 0], ...fill }),
    ]
  })
  const length = context.language === 'fr' ? 31 : 46
  return [
    h2(words.schedule, offsetsNote(context), { margin: [0, 0, 0, 2] }),
    {
      fontSize: SIZE.body,
      table: {
        headerRows: 1,
        dontBreakRows: keepRows(rows),
        widths: [MARK, 38, length, rest(LEFT_WIDTH, [MARK, 38, length, 46, 45], 19), 46, 45],
        body: [
          [
            markCell(false),
            grid.head(words.time),
            grid.head(words.length),
            grid.head(words.what),
            grid.head(words.where),
            grid.head(words.who),
          ],
          ...rows,
        ],
      },
      layout: gridLayout({ columns: 6, vertical: context.snug ? 1.1 : 2.3, gap: 4, lead: 3 }),
    },
  ]
}

function notes(context: SheetContext, variant: 'full' | 'field'): PdfNode[] {
  const { sheet, words } = context
  return bullets(
    sheet.notes
      .filter((note) => variant === 'full' || note.visibility === 'field')
      .map((note) => ({
        runs: [...(note.visibility === 'internal' ? [strong(`[${words.internal}] `)] : []), run(typed(context, note.text))],
        changed: changed(context, 'notes', note.id),
      })),
    LEFT_WIDTH,
  )
}

function journey(context: SheetContext, row: SheetContext['sheet']['transport'][number]): Inline[] {
  const way = [row.from, row.to]
    .filter((part) => part !== null)
    .map((part) => typed(context, part ?? ''))
    .join(' → ')
  const note = row.at === null ? null : whenNote(context, row.at, 'short', false)
  const more = suffix(context, [row.vehicle, row.driver, row.remarks], ', ')
  return [run(`${typed(context, row.label)}${way === '' ? '' : ` ${way}`}${more}${note === null ? '' : ` (${note})`}`)]
}

/** Time in bold, then what; the change rule at the left. */
export function timedLine(context: SheetContext, name: string, id: string, at: Instant | null, runs: Inline[], size = SIZE.body): PdfNode {
  return {
    table: {
      widths: [MARK, 36, rest(LEFT_WIDTH, [MARK, 36], 7)],
      body: [
        [
          markCell(changed(context, name, id)),
          para(at === null ? [run('—')] : clockRuns(context, at, { bold: true }), { noWrap: true }),
          para([
            ...runs,
            ...formerRuns(
              context,
              context.marks.old(name, id, name === 'local_crew' ? 'start_at' : 'at'),
              size - 0.8,
              formerClock(context),
            ),
          ]),
        ],
      ],
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: (column) => (column === 1 ? 3 : 0),
      paddingRight: (column) => (column === 1 ? 4 : 0),
      paddingTop: () => 0.3,
      paddingBottom: () => 0.3,
    },
    fontSize: size,
  }
}

function lodgingLine(context: SheetContext, row: SheetContext['sheet']['lodging'][number]): PdfNode {
  const { words } = context
  const times = [
    row.check_in_at === null ? null : `${words.checkIn} ${clockText(context, row.check_in_at)}`,
    row.check_out_at === null ? null : `${words.checkOut} ${clockText(context, row.check_out_at)}`,
    row.breakfast === null ? null : `${words.breakfast} ${row.breakfast}`,
  ]
  const [line] = bullets(
    [
      {
        runs: [
          strong(typed(context, row.name)),
          run(suffix(context, [row.address, row.phone, ...times, row.remarks], ', ')),
          ...(row.guests.length === 0 ? [] : [run(`. ${row.guests.join(', ')}`)]),
        ],
        changed: changed(context, 'lodging', row.id),
      },
    ],
    LEFT_WIDTH,
  )
  return line ?? { text: '' }
}
