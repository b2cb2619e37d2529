import { colon, dayAndClock, offsetOf, weekday, clock } from '../../domain/runsheets/formats.ts'
import { toLocal } from '../../kernel/instants.ts'
import { MM, box, para, run, semi, strong } from '../pdf/nodes.ts'
import type { Inline, PdfNode } from '../pdf/nodes.ts'
import { pinList, planImage } from '../pdf/plan-image.ts'
import { phoneText, typed } from './context.ts'
import type { SheetContext } from './context.ts'
import { qrCode } from './drawings.ts'
import { MARK, RIGHT_WIDTH, SIZE, bullets, h2, markCell, plainLayout, section } from './layout.ts'

/** Right side of page 1: emergency first, place and how to get in, weather and sun, catering, radio, contacts. */
export function rightColumn(context: SheetContext, plan: Uint8Array | null): PdfNode[] {
  const { sheet, words } = context
  const parts: PdfNode[] = [emergencyBox(context)]
  const add = (title: string, content: PdfNode[]): void => {
    if (content.length > 0) parts.push(section(RIGHT_WIDTH, title, content, context.snug ? 7 : 10))
  }
  add(words.location, place(context, plan))
  add(words.weather, weather(context))
  // A film day fills this side and leaves room on the other.
  if (sheet.layout !== 'film') for (const [title, content] of supplies(context, RIGHT_WIDTH)) add(title, content)
  add(words.contacts, contacts(context))
  return parts
}

/** Rows of plain text, bulleted. */
export const textLines = (context: SheetContext, name: string, rows: { id: string; text: string }[], width: number): PdfNode[] =>
  bullets(
    rows.map((row) => ({ runs: [run(typed(context, row.text))], changed: context.marks.row(name, row.id) !== null })),
    width,
  )

/** Meals and radio channels. */
export const supplies = (context: SheetContext, width: number): [title: string, content: PdfNode[]][] => [
  [context.words.catering, textLines(context, 'practical.catering', context.sheet.practical.catering, width)],
  [context.words.channels, channels(context)],
]

const edge = (context: SheetContext, name: string, id: string, content: PdfNode): PdfNode =>
  context.marks.row(name, id) === null
    ? content
    : { table: { widths: [MARK, '*'], body: [[markCell(true), content]] }, layout: plainLayout([0, 3.4], 0) }

function emergencyBox(context: SheetContext): PdfNode {
  const { emergency } = context.sheet
  const { words, language } = context
  const sep = colon(language)
  const stack: PdfNode[] = [
    h2(words.emergency, [], { margin: [0, 0, 0, 1.6] }),
    para([strong(emergency.numbers.map((row) => (row.label === null ? row.number : `${row.label} ${row.number}`)).join(' · ') || '—')], {
      fontSize: 10.4,
      margin: [0, 0, 0, 1],
    }),
  ]
  if (emergency.on_site !== null) stack.push(para([run(`${words.onSite}${sep}`), strong(typed(context, emergency.on_site))]))
  const { hospital } = emergency
  if (hospital) {
    const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 1 })
    const far = [
      hospital.minutes === null ? null : words.minutes(hospital.minutes),
      hospital.distance_km === null ? null : `(${number.format(hospital.distance_km)} km)`,
    ]
      .filter((part) => part !== null)
      .join(' ')
    const where = [hospital.address === null ? null : typed(context, hospital.address), far === '' ? null : far]
      .filter((part) => part !== null)
      .join(', ')
    stack.push(para([run(`${words.nearestHospital}${sep}`), strong(hospital.name)]))
    if (where !== '') stack.push(para(where))
    if (hospital.phone !== null) stack.push(para([semi(phoneText(hospital.phone))]))
  }
  return box({ stack }, { stroke: 1.2, fill: null, radius: 3, padding: [5.7, 4.6, 5.7, 4.6] }, RIGHT_WIDTH)
}

function place(context: SheetContext, plan: Uint8Array | null): PdfNode[] {
  const { location } = context.sheet
  const { words, language } = context
  if (!location) return []
  const sep = colon(language)
  const lines: PdfNode[] = [
    para([strong(typed(context, location.name))]),
    ...location.address.map((line) => para(typed(context, line))),
    ...location.access.map((row) =>
      edge(
        context,
        'location.access',
        row.id,
        para(
          emphasizeLetters(
            typed(context, row.text),
            location.pins.map((pin) => pin.letter),
          ),
        ),
      ),
    ),
    ...(location.parking === null ? [] : [para([run(`${words.parking}${sep}${typed(context, location.parking)}`)])]),
    ...(location.public_transport === null
      ? []
      : [para([run(`${words.publicTransport}${sep}${typed(context, location.public_transport)}`)])]),
  ]
  const parts: PdfNode[] = []
  if (location.coordinates) {
    const { latitude, longitude } = location.coordinates
    parts.push({
      columns: [
        { width: RIGHT_WIDTH - 15 * MM - 6, stack: lines },
        {
          width: 15 * MM,
          stack: [
            {
              svg: qrCode(`geo:${latitude},${longitude}`, 15 * MM),
              tag: { type: 'Figure', parent: null, alt: `${words.qrAlt} ${latitude}, ${longitude}` },
            },
            para(words.route, { fontSize: 6.8, alignment: 'center', margin: [0, 1, 0, 0] }),
          ],
        },
      ],
      columnGap: 6,
    })
    parts.push(para(`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`, { fontSize: SIZE.code, margin: [0, 1, 0, 0] }))
  } else parts.push({ stack: lines })
  const pins = location.pins.map((pin) => ({ ...pin, label: typed(context, pin.label), changed: context.marks.row('location.pins', pin.id) !== null }))
  if (location.plan_sha256 !== null)
    parts.push(planImage(plan, pins, RIGHT_WIDTH, { alt: words.planAlt, missing: words.planMissing, unreadable: words.planUnreadable }))
  else if (pins.length > 0) parts.push(pinList(pins, RIGHT_WIDTH))
  return parts
}

/** `Équipe : entrée E, avec badge`: the letters of the plan stand out in the access lines. */
function emphasizeLetters(text: string, letters: string[]): Inline[] {
  const known = new Set(letters)
  return text
    .split(/(?<![\p{L}\d])(\p{Lu})(?![\p{L}\d’'])/u)
    .filter((part) => part !== '')
    .map((part) => (known.has(part) ? strong(part) : run(part)))
}

function weather(context: SheetContext): PdfNode[] {
  const { sheet, words, language } = context
  const { sun } = sheet.practical
  const forecast = sheet.practical.weather
  const parts: PdfNode[] = []
  if (forecast && forecast.periods.length > 0) {
    parts.push(
      box(
        {
          table: {
            widths: forecast.periods.map(() => (RIGHT_WIDTH - 0.5 * (forecast.periods.length - 1)) / forecast.periods.length - 4.4),
            body: [
              forecast.periods.map((period) => ({
                stack: [
                  para(typed(context, period.label), { fontSize: 6.9 }),
                  para([strong(typed(context, period.figure))], { fontSize: 10, lineHeight: 1 }),
                  para(period.note === null ? ' ' : typed(context, period.note), { fontSize: 7 }),
                ],
              })),
            ],
          },
          layout: {
            hLineWidth: () => 0,
            vLineWidth: (line) => (line === 0 || line === forecast.periods.length ? 0 : 0.5),
            vLineColor: () => '#BBBBBB',
            paddingLeft: () => 3.4,
            paddingRight: () => 1,
            paddingTop: () => 2.8,
            paddingBottom: () => 2,
          },
        },
        { stroke: 0.5, fill: null, radius: 3, padding: [0, 0, 0, 0], strokeColor: '#999999' },
        RIGHT_WIDTH,
        { margin: [0, 0, 0, 2.8] },
      ),
    )
  }
  const sunRuns: Inline[] = []
  const mention = (word: string, at: NonNullable<typeof sun.rise_at>): void => {
    const first = sunRuns.length === 0
    sunRuns.push(
      run(`${first ? '' : ' · '}${first ? word.charAt(0).toUpperCase() + word.slice(1) : word.charAt(0).toLowerCase() + word.slice(1)} `),
    )
    const local = toLocal(at, sheet.zone)
    if (local.date !== sheet.date) sunRuns.push(run(`${weekday(local.date, language)} `))
    sunRuns.push(strong(clock(at, sheet.zone)))
    if (local.offset_minutes !== context.firstOffset) sunRuns.push(run(` (${offsetOf(at, sheet.zone)})`))
  }
  if (sun.rise_at !== null) mention(words.sunrise, sun.rise_at)
  if (sun.set_at !== null) mention(words.sunset, sun.set_at)
  if (sun.next_rise_at !== null) mention(words.sunrise, sun.next_rise_at)
  if (sunRuns.length > 0) parts.push(para(sunRuns))
  else if (sheet.location?.coordinates) parts.push(para(words.noSun))
  if (forecast) {
    const when = `${dayAndClock(forecast.forecast_at, sheet.zone, language)} (${offsetOf(forecast.forecast_at, sheet.zone)})`
    parts.push(para(`${words.forecast} ${typed(context, forecast.source)}, ${when}.`, { fontSize: 8.4 }))
  }
  return parts
}

const channels = (context: SheetContext): PdfNode[] =>
  context.sheet.practical.channels.map((row) =>
    edge(context, 'practical.channels', row.id, para([strong(row.channel), run(` ${typed(context, row.use)}`)])),
  )

function contacts(context: SheetContext): PdfNode[] {
  const rows = context.sheet.contacts
  if (rows.length === 0) return []
  const marked = rows.map((row) => context.marks.row('contacts', row.id) !== null)
  const edge = marked.some((mark) => mark) ? MARK : 0
  // By the longest label, at the mean width of a letter; a table would let a long name push past the margin.
  const label = Math.min(90, 1 + 5.3 * Math.max(...rows.map((row) => row.label.length)))
  return [
    {
      table: {
        widths: [edge, label, RIGHT_WIDTH - edge - label - (edge > 0 ? 8 : 6)],
        body: rows.map((row, index) => [
          markCell(marked[index] === true),
          para([semi(typed(context, row.label))]),
          para(row.phone === null ? row.name : `${row.name}, ${phoneText(row.phone)}`),
        ]),
      },
      layout: {
        hLineWidth: () => 0,
        vLineWidth: () => 0,
        paddingLeft: (column) => (column === 1 && edge > 0 ? 2 : 0),
        paddingRight: (column) => (column === 1 ? 6 : 0),
        paddingTop: () => 0.2,
        paddingBottom: () => 0.2,
      },
    },
  ]
}
