import { clock, colon, longDay, offsetOf } from '../../domain/runsheets/formats.ts'
import { addDays, toLocal } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { SheetPerson } from '../../domain/runsheets/snapshot.ts'
import { rule, run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, PdfNode } from '../pdf/nodes.ts'
import { clockRuns, formerClock, formerRuns, phoneText, typed } from './context.ts'
import type { SheetContext } from './context.ts'
import { GREY, LINE, MARK, PAGE_WIDTH, SIZE, gridTags, h2, markCell, onLine, rest } from './layout.ts'
import type { GridTags } from './layout.ts'

/** Above this many lines the grid is set in two columns at 7.8 pt. */
const TWO_COLUMNS_ABOVE = 60
/** Room of a page for the grid and what follows it, in points, and the height of a line without space around it. */
const PAGE_ROOM = 700
const BARE_LINE = 11.9
const CLOSEST_LINE = 11
const AIRY_SPACE = 2.2
/** A department of more printed lines than this is cut; shorter ones always stay whole. */
const LONGEST_BLOCK = { one: 40, two: 52 }

interface Group {
  code: string
  name: string
  people: SheetPerson[]
  count: number
  continued: boolean
  /** Estimated lines on paper. */
  lines: number
}

/** Crew by department: role, name, phone, call, end, meal, remarks; head count per department. */
export function crewGrid(context: SheetContext): PdfNode[] {
  const { sheet, words } = context
  const lines = sheet.people.length
  if (lines === 0) return []
  const two = lines > TWO_COLUMNS_ABOVE
  const groups = groupsOf(context, two ? LONGEST_BLOCK.two : LONGEST_BLOCK.one)
  const heads: Inline = { ...run(`   ${gridNote(context, two)}`), fontSize: 7.4 }
  const title: PdfNode = {
    id: 'crew',
    unbreakable: true,
    margin: [0, 8, 0, 0],
    stack: [rule(PAGE_WIDTH, LINE.head, '#000', [0, 0, 0, 3.6]), h2(words.crew, [heads], { margin: [0, 0, 0, 2.4] })],
  }
  return [
    title,
    two
      ? twoColumns(context, groups)
      : oneColumn(
          context,
          groups,
          spaceAround(context, groups.length + sheet.people.reduce((sum, person) => sum + printedLines(person), 0)),
        ),
  ]
}

/** Lines the person's row will take, by the characters that go in the narrowest of its columns; rather one too many. */
const printedLines = (person: SheetPerson): number =>
  Math.max(
    1,
    Math.ceil(person.crew_role.length / 20),
    Math.ceil((person.name ?? '').length / 22),
    Math.ceil(((person.remarks ?? '').length + (person.channel === null ? 0 : 10) + (person.marker === null ? 0 : 14)) / 20),
  )

/** Space above and below each line: as much as lets the grid and the end of the sheet share page 2, so that 45 people fit. */
function spaceAround(context: SheetContext, rows: number): number {
  const { sheet, changes } = context
  const after =
    40 * sheet.advance.length + (changes.length === 0 ? 0 : 30 + 6 * changes.length) + 26 * (sheet.legal_note === null ? 0 : 1) + 34
  // Too long for one page however close the lines: then there is no need to crowd them.
  if (rows * CLOSEST_LINE > PAGE_ROOM - after) return AIRY_SPACE / 2
  return Math.min(AIRY_SPACE, Math.max(0.1, ((PAGE_ROOM - after) / rows - BARE_LINE) / 2))
}

function groupsOf(context: SheetContext, longest: number): Group[] {
  const { sheet } = context
  const known = new Set(sheet.departments.map((department) => department.id))
  const all = [
    ...sheet.departments,
    ...(sheet.people.some((person) => !known.has(person.department_id)) ? [{ id: '', code: '—', name: '' }] : []),
  ]
  return all.flatMap(({ id, code, name }) => {
    const people = sheet.people.filter((person) => (id === '' ? !known.has(person.department_id) : person.department_id === id))
    const count = people.reduce((sum, person) => sum + person.quantity, 0)
    const parts: Group[] = []
    let filled = Infinity
    for (const person of people) {
      const lines = printedLines(person)
      if (filled + lines > longest) {
        parts.push({ code, name: typed(context, name), people: [], count, continued: parts.length > 0, lines: 0 })
        filled = 0
      }
      const part = parts.at(-1)
      part?.people.push(person)
      filled += lines
      if (part) part.lines = filled
    }
    return parts
  })
}

/** `heures Europe/Paris · +1 = dimanche 25 octobre, UTC+1 après 03:00`, and the meal everybody shares when it has no column. */
function gridNote(context: SheetContext, two: boolean): string {
  const { sheet, words, language } = context
  const instants = sheet.people
    .flatMap((person) => [person.call_at, person.end_at])
    .filter((at) => at !== null)
    .sort()
  const last = instants.at(-1)
  const parts = [`${words.people(sheet.people.reduce((sum, person) => sum + person.quantity, 0))}`, `${words.hoursIn} ${sheet.zone}`]
  if (last !== undefined && toLocal(last, sheet.zone).date > sheet.date) {
    const offset = offsetOf(last, sheet.zone)
    const changed = toLocal(last, sheet.zone).offset_minutes !== context.firstOffset
    parts.push(`+1 = ${longDay(addDays(sheet.date, 1), language)}${changed ? `, ${offset}` : ''}`)
  }
  const meal = two ? sharedMeal(sheet.people) : null
  if (meal !== null) parts.push(`${words.meal.toLowerCase()} ${clock(meal, sheet.zone)}`)
  return parts.join(' · ')
}

function sharedMeal(people: readonly SheetPerson[]): Instant | null {
  const counts = new Map<Instant, number>()
  for (const { meal_at } of people) if (meal_at !== null) counts.set(meal_at, (counts.get(meal_at) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

interface Cells {
  role: Inline[]
  name: Inline[]
  phone: Inline[]
  call: Inline[]
  end: Inline[]
  meal: Inline[]
  remarks: Inline[]
  changed: boolean
}

function cellsOf(context: SheetContext, person: SheetPerson, sizes: { call: number; former: number; raised: number | null }): Cells {
  const { marks, words, sheet } = context
  const old = (field: string): ReturnType<typeof marks.old> => marks.old('people', person.id, field)
  const former = (field: string): Inline[] => formerRuns(context, old(field), sizes.former)
  const formerTime = (field: string): Inline[] => formerRuns(context, old(field), sizes.former, formerClock(context))
  const count = (quantity: number): string => (quantity === 1 ? '' : ` × ${quantity}`)
  const formerCount = old('quantity')
  const notes = [person.channel === null ? null : `${words.channel} ${person.channel}`, person.remarks].filter(
    (part) => part !== null && part !== '',
  )
  const open = person.name === null
  return {
    role: [
      run(typed(context, person.crew_role) + count(person.quantity)),
      ...(formerCount === undefined ? [] : formerRuns(context, `× ${String(formerCount)}`, sizes.former)),
      ...former('crew_role'),
    ],
    name: [open ? run('—') : semi(person.name ?? ''), ...former('name')],
    phone: [
      run(person.phone === null ? '—' : phoneText(person.phone), (person.phone ?? '').length > 15 ? { fontSize: 7 } : {}),
      ...former('phone'),
    ],
    call: [...clockRuns(context, person.call_at, { bold: true, fontSize: sizes.call }, sizes.raised), ...formerTime('call_at')],
    end: [...(person.end_at === null ? [run('—')] : clockRuns(context, person.end_at, {}, sizes.raised)), ...formerTime('end_at')],
    meal: [run(person.meal_at === null ? '—' : clock(person.meal_at, sheet.zone)), ...formerTime('meal_at')],
    remarks: [
      ...(person.marker === null ? [] : [strong(words.markers[person.marker] ?? person.marker)]),
      ...(notes.length === 0
        ? []
        : [run(`${person.marker === null ? '' : ' · '}${notes.map((part) => typed(context, part ?? '')).join(' · ')}`)]),
      ...former('remarks'),
    ],
    changed: marks.row('people', person.id) !== null,
  }
}

function departmentHead(group: Group, grid: GridTags, columns: number, words: SheetContext['words'], size: number): PdfNode[] {
  const cell = grid.row()
  const filler = (count: number): PdfNode[] => Array.from({ length: count }, () => ({}))
  const title = `${group.name}${group.continued ? ` (${words.continued})` : ''}`
  return [
    cell(
      [
        semi(group.code, { fontSize: Math.min(size, 7.4), characterSpacing: 0.2 }),
        strong(`${group.code === '' ? '' : '    '}${title}`, { fontSize: size }),
      ],
      { colSpan: columns - 1, fillColor: GREY, margin: [MARK + 3, 0, 0, 0] },
    ),
    ...filler(columns - 2),
    cell([semi(String(group.count), { fontSize: Math.min(size, 7.6) })], { alignment: 'right', fillColor: GREY, margin: [0, 0.6, 5, 0] }),
  ]
}

/** In the two-column grid the grey line also names the columns, because they cannot be repeated above. */
function shortHead(group: Group, grid: GridTags, words: SheetContext['words']): PdfNode[] {
  const cell = grid.row()
  const label = (text: string): PdfNode => cell([semi(text, { fontSize: 6.6 })], { fillColor: GREY, margin: [0, 1.2, 0, 0] })
  return [
    cell(
      [
        semi(group.code, { fontSize: 7.4, characterSpacing: 0.2 }),
        strong(`   ${group.name}${group.continued ? ` (${words.continued})` : ''}`, { fontSize: 8.2 }),
        run(`  ${group.count}`, { fontSize: 7.4 }),
      ],
      { colSpan: 3, fillColor: GREY, margin: [MARK + 3, 0, 0, 0] },
    ),
    {},
    {},
    label(words.callShort),
    label(words.end),
  ]
}

/** One department as a table that never breaks; its first row is the grey department line. */
function block(
  head: PdfNode[],
  rows: PdfNode[][],
  widths: number[],
  options: { top: number; bottom: number; gap: number; size: number; lineHeight: number },
): PdfNode {
  return {
    fontSize: options.size,
    lineHeight: options.lineHeight,
    table: { widths, body: [head, ...rows] },
    layout: {
      hLineWidth: (line) => (line === 0 ? LINE.head : line === 1 || line === rows.length + 1 ? 0 : LINE.thin),
      hLineColor: (line) => (line === 0 ? '#000' : LINE.colour),
      vLineWidth: () => 0,
      paddingLeft: (column) => (column === 1 ? 3 : 0),
      paddingRight: (column) => (column === 0 || column === widths.length - 1 ? 0 : options.gap),
      paddingTop: () => options.top,
      paddingBottom: (row) => (row === 0 ? Math.max(options.bottom, 0.5) : options.bottom),
    },
  }
}

function oneColumn(context: SheetContext, groups: Group[], space: number): PdfNode {
  const { words } = context
  const grid = gridTags()
  const fixed = [MARK, 91, 106, 68, 60, 44, 30]
  const widths = [...fixed, rest(PAGE_WIDTH, fixed, 3 + 4 * 6)]
  const dense = space < 1
  const size = dense ? 8.5 : SIZE.grid
  const sizes = { call: dense ? 9 : SIZE.call, former: 7.8, raised: dense ? null : 6.6 }
  const lift = onLine(sizes.call, size)
  const blocks = groups.map((group) =>
    block(
      departmentHead(group, grid, widths.length, words, SIZE.grid),
      group.people.map((person) => {
        const cell = grid.row()
        const cells = cellsOf(context, person, sizes)
        return [
          markCell(cells.changed),
          cell(cells.role),
          cell(cells.name),
          cell(cells.phone),
          cell(cells.call, { margin: lift }),
          cell(cells.end),
          cell(cells.meal),
          cell(cells.remarks),
        ]
      }),
      widths,
      { top: Math.max(space, 0.5), bottom: space, gap: 4, size, lineHeight: dense ? 0.97 : 1.08 },
    ),
  )
  const head: PdfNode = {
    table: {
      widths,
      body: [
        [
          markCell(false),
          ...[words.role, words.name, words.phone, words.call, words.end, words.meal, words.remarks].map((text) => grid.head(text)),
        ],
      ],
    },
    layout: {
      hLineWidth: () => 0,
      vLineWidth: () => 0,
      paddingLeft: (column) => (column === 1 ? 3 : 0),
      paddingRight: (column) => (column === 0 || column === widths.length - 1 ? 0 : 4),
      paddingTop: () => 0,
      paddingBottom: () => 2,
    },
  }
  return frame(
    head,
    blocks,
    groups.every((group) => group.lines <= LONGEST_BLOCK.one),
  )
}

/** The head of the columns, repeated on every page, over blocks that stay whole (unless one line alone is longer than a page). */
const frame = (head: PdfNode, blocks: PdfNode[], whole: boolean): PdfNode => ({
  table: { headerRows: 1, dontBreakRows: whole, widths: [PAGE_WIDTH], body: [[head], ...blocks.map((node) => [node])] },
  layout: {
    hLineWidth: (line) => (line === 1 ? LINE.strong : 0),
    vLineWidth: () => 0,
    paddingLeft: () => 0,
    paddingRight: () => 0,
    paddingTop: () => 0,
    paddingBottom: () => 0,
  },
})

function twoColumns(context: SheetContext, groups: Group[]): PdfNode {
  const { words, sheet } = context
  const grid = gridTags()
  const gap = 14
  const width = (PAGE_WIDTH - gap) / 2
  const fixed = [MARK, 79, 29, 34]
  const widths = [MARK, 79, rest(width, fixed, 3 + 3 * 3), 29, 34]
  const shared = sharedMeal(sheet.people)
  const blocks = groups.map((group): PdfNode => ({
    ...block(
      shortHead(group, grid, words),
      group.people.map((person) => {
        const cell = grid.row()
        const cells = cellsOf(context, person, { call: 9, former: 7, raised: null })
        const meal =
          person.meal_at === shared
            ? []
            : [
                run(`${words.meal.toLowerCase()}${colon(context.language)}`, { fontSize: 7 }),
                ...cells.meal.map((item) => ({ ...item, fontSize: 7 })),
              ]
        // Only heads have a telephone: it goes under the name, and every other line stays single.
        const phone = person.phone === null ? [] : cells.phone
        const notes = [phone, cells.remarks, meal]
          .filter((part) => part.length > 0)
          .flatMap((part, index) => (index === 0 ? part : [run(' · '), ...part]))
          .map((item) => ({ ...item, fontSize: item.fontSize ?? 7 }))
        return [
          markCell(cells.changed),
          cell(cells.role),
          cell(notes.length === 0 ? cells.name : [...cells.name, run(' '), ...notes]),
          cell(cells.call, { margin: onLine(9, 7.8) }),
          cell(cells.end),
        ]
      }),
      widths,
      { top: 0.9, bottom: 0.5, gap: 3, size: 7.8, lineHeight: 0.98 },
    ),
    unbreakable: group.lines <= LONGEST_BLOCK.two,
    margin: [0, 0, 0, 3],
  }))
  return {
    columns: [
      { width, stack: blocks },
      { width, text: '' },
    ],
    columnGap: gap,
    snakingColumns: true,
  }
}
