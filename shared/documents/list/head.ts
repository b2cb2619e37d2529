import { typeset } from '../../domain/runsheets/formats.ts'
import { box, para, rule, run, semi, strong } from '../pdf/nodes.ts'
import type { PdfNode } from '../pdf/nodes.ts'
import { LINE, MARGIN, RUNNING_TOP, SIZE } from '../run-sheet/layout.ts'
import { barForms } from './content.ts'
import type { BarForm, ListContent } from './content.ts'
import type { Frame } from './frame.ts'
import { legend } from './timeline.ts'

/** For one-line places; the whole text stands at the head of page 1. */
const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text)

/** `heures Europe/Paris (UTC+2)`: said once, or in each cell when it differs. */
function clockNote({ clocks, words }: Frame): string[] {
  if (clocks.note === null) return clocks.mixed ? [words.timesWithOffset] : []
  return [`${words.hoursIn} ${clocks.note.zone}${clocks.note.offset === null ? `, ${words.timesWithOffset}` : ` (${clocks.note.offset})`}`]
}

/** Head of page 1: who, what, for what, of which rows. */
export function titleBlock(frame: Frame): PdfNode {
  const { content, language } = frame
  const owner = [run(content.organization.name), ...(content.project === null ? [] : [semi(` · ${content.project.name}`)])]
  const notes = [...content.notes, ...clockNote(frame)]
  const side = Math.min(230, frame.width * 0.42)
  return {
    // Page 1 has no running header: its title starts at the top margin.
    margin: [0, MARGIN.top - RUNNING_TOP, 0, 6],
    stack: [
      {
        columns: [
          {
            width: '*',
            stack: [
              para(owner, { fontSize: 8.4 }),
              {
                columns: [
                  para([{ text: content.title, bold: true, characterSpacing: -0.45 }], {
                    width: 'auto', fontSize: content.title.length > 26 ? 17 : SIZE.title, lineHeight: 1, tag: { type: 'H1', parent: null },
                  }),
                  ...(content.badge === null ? [] : [badge(content.badge)]),
                ],
                columnGap: 9,
                margin: [0, 1.6, 0, 2.6],
              },
              ...(content.subtitle === '' ? [] : [para([semi(typeset(content.subtitle, language))], { fontSize: SIZE.date })]),
            ],
          },
          { width: side, stack: notes.map((note) => para(typeset(note, language), { fontSize: SIZE.small, alignment: 'right' })), margin: [0, Math.max(2, 34 - notes.length * 10), 0, 0] },
        ],
        columnGap: 14,
        margin: [0, 0, 0, content.filters === null ? 6 : 2],
      },
      ...(content.filters === null ? [] : [para(typeset(content.filters, language), { fontSize: 8.4, margin: [0, 0, 0, 5] })]),
      rule(frame.width, LINE.title),
    ],
  }
}

const badge = (text: string): PdfNode => ({
  width: 'auto',
  ...box(
    para([strong(text, { fontSize: text.length > 14 ? 9 : text.length > 7 ? 12 : 15 })], { lineHeight: 1, noWrap: true, tag: { type: 'P', parent: null } }),
    { stroke: 1.4, fill: null, radius: 3.4, padding: [6.5, 1, 6.5, 0.8] }, 'auto', { margin: [0, 3, 0, 0] },
  ),
})

/** One line at the top of pages 2 and following. */
export function runningHeader(frame: Frame): PdfNode {
  const { content } = frame
  const cell = (inlines: PdfNode['text'], width: PdfNode['width'] = 'auto'): PdfNode => ({ text: inlines ?? '', width: width ?? 'auto', fontSize: 8.6, artifact: true })
  return {
    margin: [MARGIN.left, MARGIN.top - 2, MARGIN.right, 0],
    stack: [
      {
        columns: [
          cell([strong(short(content.title, 60)), ...(content.badge === null && content.subtitle === '' ? [] : [run(` — ${short([content.badge, content.subtitle].filter((part) => part !== null && part !== '').join(', '), 70)}`)])], '*'),
          cell([run(short(content.project?.name ?? content.organization.name, 42))]),
        ],
        columnGap: 24,
        margin: [0, 0, 0, 3.4],
      },
      rule(frame.width, LINE.strong),
    ],
  }
}

/** `org / project · Généré 2026-10-23T16:40:12Z · 9f3c a71e 04bd · page 1 / 2`. */
export function footer(frame: Frame, page: number, pages: number): PdfNode {
  const { content, issue, words } = frame
  const forms = formsIn(content)
  const cell = (text: string, style: Partial<PdfNode> = {}, heavy = false): PdfNode => para([heavy ? semi(text) : run(text)], { artifact: true, fontSize: SIZE.footer, ...style })
  return {
    margin: [MARGIN.left, 8, MARGIN.right, 0],
    stack: [
      ...(forms.length === 0 ? [] : [legend(frame, forms.map((form) => ({ form, words: words.forms[form] })))]),
      rule(frame.width, 0.5, '#000', [0, 0, 0, 4]),
      {
        columns: [
          ...(issue.demo ? [cell(words.demo, { width: 'auto', noWrap: true }, true)] : []),
          cell([content.organization.name, ...(content.project === null ? [] : [content.project.name])].map((name) => short(name, 48)).join(' / '), { width: '*' }),
          cell(`${words.generated} ${issue.generated_at.replace(/\.\d{3}Z$/, 'Z')}`, { width: 'auto', noWrap: true }),
          cell(issue.content_hash, { width: 'auto', noWrap: true }, true),
          cell(words.page(page, pages), { width: 'auto', noWrap: true }),
        ],
        columnGap: issue.demo ? 14 : 28,
      },
    ],
  }
}

/** The forms of bars that are drawn somewhere in the document, in their order. */
function formsIn(content: ListContent): BarForm[] {
  const drawn = new Set(content.sections.flatMap((section) => (section.kind === 'timeline' ? section.groups.flatMap((group) => group.rows.flatMap((row) => row.bars.map((bar) => bar.form))) : [])))
  return barForms.filter((form) => drawn.has(form))
}
