import { NBSP, eighths } from '../../domain/runsheets/formats.ts'
import type { Instant } from '../../kernel/instants.ts'
import { run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, PdfNode } from '../pdf/nodes.ts'
import { clockRuns, formerClock, formerRuns, offsetsNote, typed } from './context.ts'
import type { SheetContext } from './context.ts'
import { GREY, LEFT_WIDTH, MARK, PAGE_WIDTH, SIZE, bullets, gridLayout, gridTags, h2, inOrder, keepRows, markCell, rest, section } from './layout.ts'

/** Scenes of the day in shooting order, with banners between them; lengths in eighths of a page. */
export function scenesTable(context: SheetContext): PdfNode[] {
  const { sheet, words, marks } = context
  if (sheet.scenes.length === 0) return []
  const grid = gridTags()
  // Hours nobody has given yet leave their room to the set.
  const timed = sheet.scenes.some((scene) => scene.start_at !== null || marks.old('scenes', scene.id, 'start_at') !== undefined)
  const effects = sheet.scenes.map((scene) => [scene.effect, scene.light].filter((part) => part !== null).join(' '))
  const body = sheet.scenes.map((scene, index): PdfNode[] => {
    const cell = grid.row()
    const mark = markCell(marks.row('scenes', scene.id) !== null)
    const time = scene.start_at === null ? [run('')] : clockRuns(context, scene.start_at, { bold: true, fontSize: SIZE.call })
    const former = formerRuns(context, marks.old('scenes', scene.id, 'start_at'), 8, formerClock(context))
    if (scene.kind === 'banner') {
      const text = typed(context, [scene.synopsis, scene.set, scene.notes].filter((part) => part !== null).join(', '))
      const fill = { fillColor: GREY }
      const edge = mark.fillColor === undefined ? { ...mark, ...fill } : mark
      return [edge, ...(timed ? [cell(time, fill)] : []), cell([strong(text), ...former], { colSpan: 5, ...fill }), {}, {}, {}, {}]
    }
    const what: Inline[] = [
      ...(scene.set === null ? [] : [strong(typed(context, scene.set))]),
      ...(scene.synopsis === null ? [] : [run(`${scene.set === null ? '' : ' — '}${typed(context, scene.synopsis)}`)]),
      ...(scene.story_day === null ? [] : [run(` (${words.storyDay.toLowerCase()}${NBSP}${scene.story_day})`)]),
      ...(scene.notes === null ? [] : [run(`. ${typed(context, scene.notes)}`)]),
      ...former,
    ]
    return [
      mark,
      ...(timed ? [cell(time)] : []),
      cell([strong(scene.number ?? '')], { noWrap: true }),
      cell([semi(effects[index] ?? '', { fontSize: SIZE.code })], {
        margin: [0, 1, 0, 0],
      }),
      cell(what),
      cell(scene.cast.join(', ')),
      cell(
        [
          run(scene.eighths === null ? '' : eighths(scene.eighths)),
          ...(scene.minutes === null ? [] : [run(`\n${scene.minutes}${NBSP}min`, { fontSize: SIZE.code })]),
        ],
        { alignment: 'right' },
      ),
    ]
  })
  const scenes = sheet.scenes.filter((scene) => scene.kind === 'scene')
  const total = scenes.reduce((sum, scene) => sum + (scene.eighths ?? 0), 0)
  const minutes = scenes.reduce((sum, scene) => sum + (scene.minutes ?? 0), 0)
  const figures = [String(scenes.length), `${words.total.toLowerCase()} ${eighths(total)}`, ...(minutes > 0 ? [`${minutes}${NBSP}min`] : [])]
  // `INT/EXT N` on one line.
  const effect = effects.some((text) => text.length > 6) ? 44 : 34
  const others = [MARK, ...(timed ? [31] : []), 25, effect]
  const before = sheet.slots.length === 0 ? offsetsNote(context) : []
  return [
    h2(
      words.scenes,
      [run(`   ${figures.join(' · ')}`, { fontSize: SIZE.code }), ...before],
      { margin: [0, 0, 0, 2] },
    ),
    {
      table: {
        headerRows: 1,
        dontBreakRows: keepRows(body),
        widths: [...others, rest(LEFT_WIDTH, [...others, 36, 34], timed ? 23 : 19), 36, 34],
        body: [
          [
            markCell(false),
            ...(timed ? [grid.head(words.time)] : []),
            grid.head(words.sceneNo),
            grid.head(words.effect),
            grid.head(words.set),
            grid.head(words.castNos),
            grid.head(words.pages, { alignment: 'right' }),
          ],
          ...body,
        ],
      },
      layout: gridLayout({ columns: timed ? 7 : 6, vertical: context.snug ? 1.1 : 2.3, gap: 4, lead: 3 }),
      margin: [0, 0, 0, sheet.slots.length === 0 ? 0 : 10],
    },
  ]
}

type CastTime = 'pickup_at' | 'arrive_at' | 'hmc_at' | 'rehearsal_at' | 'on_set_at' | 'wrap_at'

/** Cast and extras of a film day, over the whole width. */
export function castTables(context: SheetContext): PdfNode[] {
  const { sheet, words } = context
  const parts: PdfNode[] = []
  const sections: Readonly<Record<string, () => void>> = {
    cast: () => void (sheet.cast.length > 0 && parts.push(section(PAGE_WIDTH, words.cast, [castGrid(context)], 12))),
    extras: () => void (sheet.extras.length > 0 && parts.push(section(PAGE_WIDTH, words.extras, [extrasGrid(context)], 12))),
  }
  for (const name of inOrder(sheet, Object.keys(sections))) sections[name]?.()
  return parts
}

function castGrid(context: SheetContext): PdfNode {
  const { sheet, words, marks } = context
  const grid = gridTags()
  const all: [CastTime, string][] = [
    ['pickup_at', words.pickup],
    ['arrive_at', words.arrive],
    ['hmc_at', words.hmc],
    ['rehearsal_at', words.rehearsal],
    ['on_set_at', words.onSet],
    ['wrap_at', words.wrap],
  ]
  const timed = all.filter(([field]) => sheet.cast.some((row) => row[field] !== null)).length
  const stated = sheet.cast.some((row) => row.status !== null)
  const widths = [MARK, 14, 78, 86, ...(stated ? [28] : []), ...Array.from({ length: timed }, () => 36)]
  // A column nobody uses today leaves its room to the notes.
  const columns = all.filter(([field]) => sheet.cast.some((row) => row[field] !== null))
  const body = sheet.cast.map((row) => {
    const cell = grid.row()
    const time = (field: CastTime, at: Instant | null): PdfNode =>
      cell([
        ...(at === null ? [run('—')] : clockRuns(context, at, { bold: true, fontSize: 9 })),
        ...formerRuns(context, marks.old('cast', row.id, field), 8, formerClock(context)),
      ])
    return [
      markCell(marks.row('cast', row.id) !== null),
      cell([strong(row.number)], { noWrap: true }),
      cell([semi(typed(context, row.role))]),
      cell([run(row.performer ?? '—'), ...formerRuns(context, marks.old('cast', row.id, 'performer'), 7.8)]),
      ...(stated ? [cell([semi(row.status ?? '', { fontSize: SIZE.code })], { margin: [0, 1, 0, 0] })] : []),
      ...columns.map(([field]) => time(field, row[field])),
      cell(typed(context, [row.transport, row.notes].filter((part) => part !== null).join(' · '))),
    ]
  })
  return {
    fontSize: SIZE.grid,
    table: {
      headerRows: 1,
      dontBreakRows: keepRows(body),
      widths: [...widths, rest(PAGE_WIDTH, widths, 3 + 4 * (widths.length - 1))],
      body: [
        [
          markCell(false),
          ...[words.no, words.castRole, words.performer, ...(stated ? [words.status] : []), ...columns.map(([, word]) => word), words.remarks].map((text) =>
            grid.head(text),
          ),
        ],
        ...body,
      ],
    },
    layout: gridLayout({ columns: columns.length + (stated ? 6 : 5), vertical: 2.1, gap: 4, lead: 3 }),
  }
}

function extrasGrid(context: SheetContext): PdfNode {
  const { sheet, words, marks } = context
  const grid = gridTags()
  const body = sheet.extras.map((row) => {
    const cell = grid.row()
    return [
      markCell(marks.row('extras', row.id) !== null),
      cell([strong(String(row.quantity)), ...formerRuns(context, marks.old('extras', row.id, 'quantity'), 7.8)]),
      cell([semi(typed(context, row.label))]),
      cell([
        ...(row.call_at === null ? [run('—')] : clockRuns(context, row.call_at, { bold: true, fontSize: 9 })),
        ...formerRuns(context, marks.old('extras', row.id, 'call_at'), 7.8, formerClock(context)),
      ]),
      cell(typed(context, row.wardrobe ?? '—')),
      cell(typed(context, row.holding ?? '—')),
    ]
  })
  return {
    fontSize: SIZE.grid,
    table: {
      headerRows: 1,
      dontBreakRows: keepRows(body),
      widths: [MARK, 26, 150, 66, rest(PAGE_WIDTH, [MARK, 26, 150, 66, 120], 19), 120],
      body: [
        [markCell(false), ...[words.count, words.extras, words.call, words.wardrobe, words.holding].map((text) => grid.head(text))],
        ...body,
      ],
    },
    layout: gridLayout({ columns: 6, vertical: 2.1, gap: 4, lead: 3 }),
  }
}

/** What each department must know: props, camera, grip, vehicles. */
export function departmentNotes(context: SheetContext): PdfNode[] {
  const { sheet, words, marks } = context
  if (sheet.department_notes.length === 0) return []
  const names = new Map(sheet.departments.map((department) => [department.id, department.name]))
  return [
    section(
      PAGE_WIDTH,
      words.departmentNotes,
      bullets(
        sheet.department_notes.map((row) => ({
          runs: [semi(`${typed(context, names.get(row.department_id) ?? '')} `), run(typed(context, row.text))],
          changed: marks.row('department_notes', row.id) !== null,
        })),
        PAGE_WIDTH,
      ),
      12,
    ),
  ]
}
