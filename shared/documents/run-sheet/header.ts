import { dayAndClock, longDate, offsetOf } from '../../domain/runsheets/formats.ts'
import { lineText, changeLines } from '../../domain/runsheets/change-sentences.ts'
import { MM, box, para, rule, run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, PdfNode } from '../pdf/nodes.ts'
import { drawablePicture } from '../pdf/picture.ts'
import { fitted, pinnedPicture } from '../pdf/plan-image.ts'
import { clockRuns, formerClock, formerRuns, sentenceCase, typed, whenNote } from './context.ts'
import type { SheetContext } from './context.ts'
import { pageBackground } from './drawings.ts'
import { LINE, MARGIN, MARK, PAGE_WIDTH, RUNNING_TOP, SIZE, markCell, plainLayout } from './layout.ts'
import { versionLabel } from './words.ts'

const isDraft = (context: SheetContext): boolean => context.issue.state === 'draft' || context.issue.state === 'validated'
export const missionCodes = (context: SheetContext): string => context.sheet.missions[0]?.code ?? ''

/** Number of lines the changes list will show. */
export const countChanges = (context: SheetContext): number =>
  changeLines(context.changes, { zone: context.sheet.zone, date: context.sheet.date, language: context.language }).filter(
    (line) => lineText(line) !== '',
  ).length

export interface Brand {
  logo: Uint8Array | null
  line: string | null
}

/** Beside the title, as high as it; a file that is no PNG or JPEG is left out. */
function logoOf(context: SheetContext, bytes: Uint8Array | null): PdfNode[] {
  const head = bytes === null ? null : drawablePicture(bytes)
  if (bytes === null || head === null) return []
  return [{
    width: 'auto', svg: pinnedPicture({ bytes, type: head.type }, fitted(head, { width: 30 * MM, height: 15 * MM }), []), font: 'Inter',
    tag: { type: 'Figure', parent: null, alt: context.sheet.organization.name },
  }]
}

/** Title, mission code, date, version box: the head of page 1. */
export function titleBlock(context: SheetContext, brand: Brand = { logo: null, line: null }): PdfNode[] {
  const { sheet, words, language } = context
  const others = sheet.missions
    .slice(1)
    .map((mission) => mission.code)
    .filter((code) => code !== sheet.missions[0]?.code)
  const facts = [
    sentenceCase(longDate(sheet.date, language)),
    ...(others.length === 0 ? [] : [`+ ${[...new Set(others)].join(', ')}`]),
    ...(sheet.headline === null ? [] : [typed(context, sheet.headline)]),
  ]
  const shoot = [
    sheet.day === null ? null : words.day(sheet.day.number, sheet.day.total),
    sheet.unit === null ? null : words.unit(sheet.unit),
  ].filter((part) => part !== null)
  const code = missionCodes(context)
  const facing = versionLines(context)
  return [
    {
      // Page 1 has no running header: its title starts at the top margin.
      margin: [0, MARGIN.top - RUNNING_TOP, 0, 8.4],
      columns: [
        ...logoOf(context, brand.logo),
        {
          width: '*',
          stack: [
            para(
              [
                run(`${sheet.organization.name} `),
                run(`${words.presents} `),
                run(sheet.project.name),
                ...shoot.map((part) => semi(` · ${part}`)),
                ...(brand.line === null ? [] : [run(` · ${typed(context, brand.line)}`)]),
              ],
              { fontSize: 8.4 },
            ),
            {
              columns: [
                para([{ text: words.title, bold: true, characterSpacing: -0.45 }], {
                  width: 'auto',
                  fontSize: SIZE.title,
                  lineHeight: 1,
                  noWrap: true,
                  tag: { type: 'H1', parent: null },
                }),
                {
                  width: 'auto',
                  ...box(
                    para([strong(code, { fontSize: code.length > 14 ? 9 : code.length > 7 ? 12 : 17 })], {
                      lineHeight: 1,
                      noWrap: true,
                      tag: { type: 'P', parent: null },
                    }),
                    { stroke: 1.4, fill: null, radius: 3.4, padding: [6.5, 0.6, 6.5, 0.4] },
                    'auto',
                    { margin: [0, 2.6, 0, 0] },
                  ),
                },
              ],
              columnGap: 9,
              margin: [0, 1.6, 0, 2.6],
            },
            para([semi(facts.join(' · '))], { fontSize: SIZE.date }),
          ],
        },
        { width: 'auto', ...versionBox(context) },
        { width: 'auto', stack: facing, margin: [0, 17.5 + (3 - facing.length) * 5, 0, 0] },
      ],
      columnGap: 8.5,
    },
    rule(PAGE_WIDTH, LINE.title),
  ]
}

function versionBox(context: SheetContext): PdfNode {
  const draft = isDraft(context)
  const color = draft ? '#000' : '#FFF'
  const stack: PdfNode[] = [
    para([{ ...strong(`v${context.issue.version}`), characterSpacing: -0.7 }], {
      fontSize: 25,
      lineHeight: 0.98,
      alignment: 'center',
      color,
      noWrap: true,
    }),
  ]
  if (context.sheet.colour !== null)
    stack.push(para([strong(context.sheet.colour)], { fontSize: 8.4, lineHeight: 1, alignment: 'center', color, noWrap: true }))
  return box({ stack }, { stroke: draft ? 1.4 : 0, fill: draft ? null : '#000', radius: 4, padding: [7.4, 2.4, 7.4, 3] }, 'auto', {
    margin: [0, context.sheet.colour === null ? 15 : 8, 0, 0],
  })
}

function versionLines(context: SheetContext): PdfNode[] {
  const { issue, words, sheet, language } = context
  const lines: PdfNode[] = []
  if (issue.state === 'draft') lines.push(para([strong(words.draft), run(`, ${words.notSent}`)]))
  else if (issue.state === 'validated') lines.push(para([strong(words.validated), run(`, ${words.notSent}`)]))
  else if (issue.published_at !== null) {
    lines.push(
      para([
        strong(`${words.published} `),
        run(`${dayAndClock(issue.published_at, sheet.zone, language)} (${offsetOf(issue.published_at, sheet.zone)})`),
      ]),
    )
  }
  if (issue.device_code !== null) lines.push(para([semi(`${versionLabel(issue, language)} · ${words.device} ${issue.device_code}`)]))
  if (issue.replaces) {
    lines.push(
      para(
        `${words.replaces(issue.replaces.version)} ${words.replacesOf} ${dayAndClock(issue.replaces.published_at, sheet.zone, language)}`,
      ),
    )
    const count = countChanges(context)
    if (count > 0) {
      lines.push({
        table: { widths: [2.2, '*'], body: [[markCell(true), para([semi(words.changesSince(count, issue.replaces.version))])]] },
        layout: plainLayout([0, 3.4], 0),
        margin: [0, 0.6, 0, 0],
      })
    }
  }
  return lines.map((line) => ({ fontSize: SIZE.small, noWrap: true, ...line }))
}

/** The five times that matter, the general call the largest. More than five wrap to a second line. */
export function keyBlock(context: SheetContext): PdfNode[] {
  const { sheet } = context
  const rows: PdfNode[] = []
  for (let index = 0; index < sheet.key_times.length; index += 5) {
    const chunk = sheet.key_times.slice(index, index + 5)
    const weights = index === 0 ? [1.2, 0.95, 1.15, 0.95, 1] : [1, 1, 1, 1, 1]
    const total = chunk.reduce((sum, _, place) => sum + (weights[place] ?? 1), 0)
    rows.push({
      table: {
        widths: chunk.map((_, place) => (PAGE_WIDTH * (weights[place] ?? 1)) / total - (place === 0 ? 5.7 : 14.7)),
        body: [chunk.map((key, place) => keyCell(context, key, index === 0 && place === 0))],
      },
      layout: {
        hLineWidth: (line) => (line === 1 ? LINE.strong : 0),
        vLineWidth: (line) => (line === 0 || line === chunk.length ? 0 : 0.5),
        vLineColor: () => LINE.column,
        paddingLeft: (column) => (column === 0 ? 0 : 8.5),
        paddingRight: () => 5.7,
        paddingTop: () => 6.8,
        paddingBottom: () => 6,
      },
    })
  }
  return rows
}

function keyCell(context: SheetContext, key: SheetContext['sheet']['key_times'][number], large: boolean): PdfNode {
  const { marks, words } = context
  const size = large ? 26 : 17.5
  const changed = marks.row('key_times', key.id) !== null
  const note = whenNote(context, key.at, 'long')
  const under: Inline[] = [
    ...(key.place === null ? [] : [run(typed(context, key.place))]),
    ...(note === null ? [] : [run(`${key.place === null ? '' : ', '}${note}`)]),
    ...formerRuns(context, marks.old('key_times', key.id, 'at'), 7.4, formerClock(context)),
  ]
  const label = para([semi(key.label === null ? (words.keyTimes[key.code] ?? key.code) : typed(context, key.label), { fontSize: 7.4 })], {
    tag: { type: 'P', parent: null },
  })
  return {
    verticalAlignment: 'bottom',
    stack: [
      changed
        ? {
            columns: [
              { width: MARK, canvas: [{ type: 'rect', x: 0, y: 0.8, w: MARK, h: 8, color: '#000' }] },
              { width: '*', ...label },
            ],
            columnGap: 3,
          }
        : label,
      para(clockRuns(context, key.at, { bold: true, characterSpacing: large ? -0.6 : -0.4, fontFeatures: [] }, 8), {
        fontSize: size,
        lineHeight: 0.93,
        tag: { type: 'P', parent: null },
      }),
      para(under.length === 0 ? [run(' ')] : under, { fontSize: 7.8 }),
    ],
  }
}

/** At most two boxed warnings: change of clocks, heat, road closure. */
export const alertBoxes = (context: SheetContext): PdfNode[] =>
  context.sheet.alerts.map((alert) =>
    box(
      {
        columns: [
          para([strong('!', { fontSize: 13 })], { width: 10, alignment: 'center', lineHeight: 1, artifact: true }),
          para([strong(`${typed(context, alert.title)} `), run(typed(context, alert.text))], { fontSize: 8.4, margin: [0, 1.6, 0, 1.2] }),
        ],
        columnGap: 6,
      },
      { stroke: 1, fill: null, radius: 3, padding: [7, 3, 7, 3] },
      PAGE_WIDTH,
      { margin: [0, 7.4, 0, 0] },
    ),
  )

/** A personal sheet: the reader's own line, boxed on page 1. */
export function personalBox(context: SheetContext, assignmentId: string): PdfNode[] {
  const person = context.sheet.people.find((row) => row.id === assignmentId)
  if (!person) return []
  const { words } = context
  const facts: Inline[] = [
    strong(`${person.name ?? '—'}`, { fontSize: 10.4 }),
    run(` · ${typed(context, person.crew_role)} · ${words.call.toLowerCase()} `),
    ...clockRuns(context, person.call_at, { bold: true, fontSize: 12 }, 7),
    ...(person.end_at === null ? [] : [run(` · ${words.end.toLowerCase()} `), ...clockRuns(context, person.end_at, { bold: true })]),
    ...(person.meal_at === null ? [] : [run(` · ${words.meal.toLowerCase()} `), ...clockRuns(context, person.meal_at)]),
    ...(person.channel === null ? [] : [run(` · ${words.channel.toLowerCase()} ${person.channel}`)]),
    ...(person.remarks === null ? [] : [run(` · ${typed(context, person.remarks)}`)]),
    ...(person.marker === null ? [] : [run(' · '), strong(words.markers[person.marker] ?? '')]),
  ]
  return [
    box(
      { stack: [para([semi(context.copy_of === null ? words.personal : words.copyOf(context.copy_of), { fontSize: SIZE.code })]), para(facts)] },
      { stroke: 1.6, fill: null, radius: 3, padding: [7, 4, 7, 4] },
      PAGE_WIDTH,
      { margin: [0, 7.4, 0, 0] },
    ),
  ]
}

/** For one-line places; the whole name stands at the head of page 1. */
const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text)

/** One line at the top of pages 2 and following. */
export function runningHeader(context: SheetContext): PdfNode {
  const { sheet, words, language } = context
  const draft = isDraft(context)
  return {
    margin: [MARGIN.left, MARGIN.top - 4, MARGIN.right, 0],
    stack: [
      {
        columns: [
          para([strong(words.title), run(` — ${missionCodes(context)}, ${longDate(sheet.date, language)}`)], {
            width: '*',
            fontSize: 8.6,
            artifact: true,
            margin: [0, 1.4, 0, 0],
          }),
          para(short(context.copy_of === null ? sheet.project.name : words.copyOf(context.copy_of), 42), { width: 'auto', fontSize: 8.6, artifact: true, margin: [0, 1.4, 0, 0] }),
          {
            width: 'auto',
            ...box(
              para([strong(versionLabel(context.issue, language))], {
                artifact: true,
                fontSize: 8.6,
                lineHeight: 1,
                color: draft ? '#000' : '#FFF',
                noWrap: true,
              }),
              { stroke: draft ? 1 : 0, fill: draft ? null : '#000', radius: 2.2, padding: [4.6, 1.6, 4.6, 1.6] },
              'auto',
            ),
          },
        ],
        columnGap: 24,
        margin: [0, 0, 0, 3.4],
      },
      rule(PAGE_WIDTH, LINE.strong),
    ],
  }
}

/** Footer of every page: who, when, which version, which content, which page. */
export function footer(context: SheetContext, page: number, pages: number): PdfNode {
  const { sheet, issue, words, language } = context
  const cell = (text: string, style: Partial<PdfNode> = {}, bold = false): PdfNode =>
    para([bold ? semi(text) : run(text)], { artifact: true, fontSize: SIZE.footer, ...style })
  const generated = issue.generated_at.replace(/\.\d{3}Z$/, 'Z')
  return {
    margin: [MARGIN.left, 8, MARGIN.right, 0],
    stack: [
      rule(PAGE_WIDTH, 0.5, '#000', [0, 0, 0, 4]),
      {
        columns: [
          ...(issue.demo ? [cell(words.demo, { width: 'auto', noWrap: true }, true)] : []),
          ...(context.copy_of === null ? [] : [cell(short(words.copyOf(context.copy_of), 40), { width: 'auto', noWrap: true }, true)]),
          cell(context.copy_of === null ? `${short(sheet.organization.name, 48)} / ${short(sheet.project.name, 48)} / ${missionCodes(context)}` : `${short(sheet.project.name, 30)} / ${missionCodes(context)}`, { width: '*' }),
          cell(`${words.generated} ${generated}`, { width: 'auto', noWrap: true }),
          cell(`${versionLabel(issue, language)} · ${issue.content_hash}`, { width: 'auto', noWrap: true }, true),
          cell(words.page(page, pages), { width: 'auto', noWrap: true }),
        ],
        columnGap: issue.demo || context.copy_of !== null ? 14 : 28,
      },
    ],
  }
}

/** Behind the text: the outline watermark of a draft, the margin stamp of a superseded version. */
export function background(context: SheetContext): PdfNode | null {
  const { issue, words } = context
  const drawing = pageBackground(
    isDraft(context) ? words.watermark : null,
    issue.superseded_by === null ? null : words.supersededBy(issue.superseded_by),
  )
  return drawing === null ? null : { svg: drawing, font: 'Inter' }
}
