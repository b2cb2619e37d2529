import { changeLines, lineText } from '../../domain/runsheets/change-sentences.ts'
import { clock, longDay, offsetOf, shortDay } from '../../domain/runsheets/formats.ts'
import { addDays, toLocal } from '../../kernel/instants.ts'
import { MM, para, rule, run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, PdfNode } from '../pdf/nodes.ts'
import { typed } from './context.ts'
import type { SheetContext } from './context.ts'
import { qrCode } from './drawings.ts'
import { LINE, MARK, PAGE_WIDTH, SIZE, bullets, markCell, plainLayout, section } from './layout.ts'

/** The end of the sheet: tomorrow, changes since the last published version, attachments, notices, who validated. */
export function closing(context: SheetContext, printCode: string | null): PdfNode[] {
  const width = printCode === null ? PAGE_WIDTH : PAGE_WIDTH - CODE - BESIDE
  const parts = [...advance(context, width), ...changesList(context, width), ...attachments(context, width), ...legal(context, width), ...signature(context, width, printCode !== null)]
  return printCode === null ? parts : [{ columns: [{ width, stack: parts }, codeOf(context, printCode)], columnGap: BESIDE }]
}

/** Side of the code's drawing: modules of half a millimetre, which a photocopy keeps. */
const CODE = 22 * MM
/** White around it, without which no reader finds it: four modules. */
const BESIDE = 14

/** Beside the end of the sheet, where it takes no line of its own. */
const codeOf = (context: SheetContext, code: string): PdfNode => ({
  width: CODE,
  stack: [
    { svg: qrCode(code, CODE), tag: { type: 'Figure', parent: null, alt: context.words.codeAlt } },
    para([semi(context.words.scanTitle)], { fontSize: SIZE.footer, alignment: 'center', margin: [0, 6.5, 0, 0] }),
  ],
  margin: [0, 10, 0, 0],
})

function advance(context: SheetContext, full: number): PdfNode[] {
  const { sheet, words, language, marks } = context
  return sheet.advance.map((day) => {
    const title = day.date === addDays(sheet.date, 1) ? words.tomorrow : words.nextDay
    const heading = `${title}${day.code === null ? '' : `, ${day.code}`} — ${longDay(day.date, language)}`
    const runs: Inline[] = day.rows.flatMap((row, index) => [
      ...(index === 0 ? [] : [run('     ')]),
      ...(row.at === null ? [] : [strong(clock(row.at, sheet.zone), { fontSize: SIZE.call }), run('  ')]),
      run(typed(context, row.text)),
    ])
    const changed = marks.row('advance', day.id) !== null
    return section(
      full,
      heading,
      [
        {
          table: { widths: [MARK, full - MARK - 3.4], body: [[markCell(changed), para(runs.length === 0 ? '—' : runs)]] },
          layout: plainLayout([0, 3.4], 0),
        },
      ],
      10,
      day.note === null ? [] : [{ ...run(`   ${typed(context, day.note)}`), fontSize: 7.4 }],
    )
  })
}

function changesList(context: SheetContext, full: number): PdfNode[] {
  const { sheet, words, language, issue } = context
  const lines = changeLines(context.changes, { zone: sheet.zone, date: sheet.date, language }).filter((line) => lineText(line) !== '')
  if (lines.length === 0) return []
  const width = (full - 17) / 2
  const node = (line: (typeof lines)[number]): PdfNode => ({
    table: {
      widths: [2, width - 6.5],
      dontBreakRows: true,
      body: [[markCell(true), para(line.runs.map((item) => (item.bold ? strong(item.text) : run(item.text))))]],
    },
    layout: plainLayout([0, 4.5], 0),
    fontSize: 7.8,
    margin: [0, 0, 0, 1.6],
  })
  const half = Math.ceil(lines.length / 2)
  const columns: PdfNode = {
    columns: [
      { width, stack: lines.slice(0, half).map(node) },
      { width, stack: lines.slice(half).map(node) },
    ],
    columnGap: 17,
  }
  // A long list may break over pages; a short one stays with its title.
  const title = issue.replaces ? words.changesTitle(issue.replaces.version) : words.changesFirst
  return [section(full, title, lines.length > 60 ? [{ text: '', fontSize: 1 }, columns] : [columns], 9)]
}

function attachments(context: SheetContext, full: number): PdfNode[] {
  const { sheet, words, marks } = context
  if (sheet.attachments.length === 0) return []
  const number = new Intl.NumberFormat(context.language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 1 })
  const size = (bytes: number): string =>
    bytes < 1_000_000
      ? `${number.format(Math.max(1, Math.round(bytes / 1000)))} ${context.language === 'fr' ? 'ko' : 'kB'}`
      : `${number.format(bytes / 1_000_000)} ${context.language === 'fr' ? 'Mo' : 'MB'}`
  return [
    section(
      full,
      words.attachments,
      bullets(
        sheet.attachments.map((file) => ({
          runs: [run(`${file.name}, ${size(file.size_bytes)}, SHA-256 ${file.sha256.slice(0, 12)}`, { fontSize: 7.8 })],
          changed: marks.row('attachments', file.id) !== null,
        })),
        full,
      ),
      9,
    ),
  ]
}

const legal = (context: SheetContext, full: number): PdfNode[] =>
  context.sheet.legal_note === null
    ? []
    : [section(full, context.words.legal, [para(typed(context, context.sheet.legal_note), { fontSize: 7.8 })], 9)]

function signature(context: SheetContext, width: number, withCode: boolean): PdfNode[] {
  const { sheet, words, language } = context
  const runs: Inline[] = []
  if (sheet.validator) {
    const { name, role, at } = sheet.validator
    const { date } = toLocal(at, sheet.zone)
    runs.push(
      run(`${words.validatedBy} `),
      strong(name),
      run(
        `${role === null ? '' : `, ${typed(context, role)}`}, ${words.on} ${shortDay(date, language)} ${date.slice(0, 4)} ` +
          `${words.at} ${clock(at, sheet.zone)} (${offsetOf(at, sheet.zone)}). `,
      ),
    )
  }
  if (sheet.distribution_count !== null) runs.push(run(`${words.sentTo(sheet.distribution_count)} `))
  runs.push(run(withCode ? words.scan : words.check))
  return [
    {
      stack: [rule(width, LINE.thin, '#999999', [0, 0, 0, 3.6]), para(runs, { fontSize: 7.8 })],
      margin: [0, 8, 0, 0],
      unbreakable: true,
    },
  ]
}
