import { longDay, shortDay, typeset, weekday } from '../../domain/runsheets/formats.ts'
import { firstFit } from '../../kernel/lanes.ts'
import { MINUTE, fromMs, toLocal, toMs } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import { element, svg } from '../pdf/svg.ts'
import { para } from '../pdf/nodes.ts'
import type { PdfNode, StructTag } from '../pdf/nodes.ts'
import { GREY, LINE, h2 } from '../run-sheet/layout.ts'
import { BAR, SMALLEST, bar, cut, hatch, letters, widthOf } from './bar-drawing.ts'
import type { TimelineBar, TimelineGroup, TimelineRow, TimelineSection } from './content.ts'
import type { Flow, Frame, Piece, Run } from './frame.ts'

/** Of the column of names: a sixth of the paper. */
const namesOf = (frame: Frame): number => Math.min(190, Math.max(132, frame.width * 0.165))
const LANE = BAR + 2
const ROW = 4
const GROUP = 15
const AXIS = 22

interface Scale {
  frame: Frame
  section: TimelineSection
  start: number
  end: number
  /** Width of the column of names, and of the drawn time. */
  names: number
  width: number
  xOf: (ms: number) => number
  ticks: readonly Tick[]
  figure: StructTag
}
interface Tick {
  at: number
  label: string
  /** A day begins. */
  major: boolean
}

/** A day or a week to scale: an axis on every page, groups that go on with "(suite)", rows that are never parted. */
export function timelineFlow(frame: Frame, section: TimelineSection, first: boolean): Flow {
  const scale = scaleOf(frame, section)
  const groups = section.groups.filter((group) => group.rows.length > 0)
  const title: Piece = { make: () => h2(typeset(section.title, frame.language), [], { margin: [0, first ? 2 : 0, 0, 2] }) }
  const fresh = section.fresh === true && !first
  if (groups.length === 0) return { lead: [title, { make: () => para(section.empty, { margin: [4, 6, 0, 6] }) }], head: null, runs: [], whole: false, fresh }
  return {
    lead: [title],
    head: { make: () => drawn(AXIS, axis(scale), frame.width, null) },
    runs: groups.map((group): Run => ({
      group: { make: () => groupNode(scale, group, null) },
      again: { make: () => groupNode(scale, group, frame.words.continued) },
      rows: group.rows.map((row): Piece => ({ make: () => rowNode(scale, row) })),
    })),
    whole: false,
    fresh,
  }
}

function scaleOf(frame: Frame, section: TimelineSection): Scale {
  const [start, end] = [toMs(section.from), toMs(section.to)]
  const names = namesOf(frame)
  const width = frame.width - names
  return {
    frame, section, start, end, names, width, ticks: ticksOf(section, start, end), figure: { type: 'Sect', parent: null },
    xOf: (ms) => names + ((Math.min(end, Math.max(start, ms)) - start) / (end - start)) * width,
  }
}

/** Hours of the wall clock, in elapsed order: one that repeats is there twice, one that is skipped is not. */
function ticksOf({ zone, grain }: TimelineSection, start: number, end: number): Tick[] {
  const ticks: Tick[] = []
  // Offsets are whole quarters of an hour: no full hour is stepped over.
  for (let at = Math.ceil(start / (15 * MINUTE)) * 15 * MINUTE; at <= end; at += 15 * MINUTE) {
    const { time } = toLocal(fromMs(at), zone)
    if (!time.endsWith(':00')) continue
    const hour = Number(time.slice(0, 2))
    if (grain === 'day' && hour % 6 !== 0) continue
    ticks.push({ at, label: time.slice(0, 2), major: hour === 0 })
  }
  return ticks
}

const drawn = (height: number, content: string, width: number, tag: StructTag | null): PdfNode => ({
  svg: svg(width, height, `0 0 ${width.toFixed(2)} ${height}`, content), font: 'Inter', ...(tag === null ? { artifact: true } : { tag }),
})

const line = (x1: number, y1: number, x2: number, y2: number, width: number, colour: string): string =>
  element('path', { d: `M${x1.toFixed(2)} ${y1.toFixed(2)}L${x2.toFixed(2)} ${y2.toFixed(2)}`, stroke: colour, 'stroke-width': width, fill: 'none' })

function axis(scale: Scale): string {
  const { section, frame, ticks, xOf, start, end } = scale
  const days = [...new Map([{ at: start }, ...ticks.filter((tick) => tick.major)].map(({ at }) => [toLocal(fromMs(at), section.zone).date, at])).entries()].filter(([, at]) => at < end)
  const parts = days.flatMap(([date, at], index) => {
    const room = xOf(days[index + 1]?.[1] ?? end) - xOf(at) - 4
    const long = longDay(date, frame.language)
    const text = widthOf(long, 7.6) <= room ? long : `${weekday(date, frame.language)} ${shortDay(date, frame.language)}`
    return [letters(cut(text, room, 7.6), xOf(at) + 2, 8, 7.6, { 'font-weight': 'bold' }), line(xOf(at), 0, xOf(at), AXIS, LINE.head, '#000')]
  })
  const step = scale.width / Math.max(1, ticks.length)
  const every = [1, 2, 3, 6, 12].find((size) => size * step >= 13) ?? 24
  ticks.forEach((tick, index) => {
    parts.push(line(xOf(tick.at), 17.5, xOf(tick.at), AXIS, LINE.thin, '#000'))
    if (index % every === 0 && tick.at < end) parts.push(letters(tick.label, xOf(tick.at) + 1.5, 17, SMALLEST))
  })
  parts.push(line(0, AXIS - 0.4, frame.width, AXIS - 0.4, LINE.strong, '#000'))
  return parts.join('')
}

const grid = ({ ticks, xOf }: Scale, height: number): string =>
  ticks.map((tick) => line(xOf(tick.at), 0, xOf(tick.at), height, tick.major ? LINE.head : 0.25, tick.major ? '#777777' : '#CCCCCC')).join('')

function groupNode(scale: Scale, group: TimelineGroup, continued: string | null): PdfNode {
  const { frame, names, xOf } = scale
  const title = [group.code, group.title, continued].filter((part) => part !== null && part !== '').join(' ')
  const parts = [element('rect', { x: 0, y: 1, width: frame.width.toFixed(2), height: GROUP - 1, fill: GREY }), grid(scale, GROUP)]
  const note = continued === null ? group.note : ''
  parts.push(letters(cut(title, names - 6 - widthOf(note, SMALLEST), 8), 3, 10.6, 8, { 'font-weight': 'bold' }))
  parts.push(letters(note, names - 4, 10.6, SMALLEST, { 'text-anchor': 'end' }))
  for (const strip of group.strips) {
    const [from, to] = [xOf(toMs(strip.from)), xOf(toMs(strip.to))]
    if (to <= from) continue
    if (strip.short) parts.push(element('rect', { x: from.toFixed(2), y: 3, width: (to - from).toFixed(2), height: 9.5, fill: '#fff', stroke: '#000', 'stroke-width': 0.8 }), hatch(from, 3, to - from, 9.5, 3.4, '#999999'))
    else parts.push(line(from, 11.5, to, 11.5, 0.9, '#000'), line(from, 8.5, from, 11.9, 0.9, '#000'), line(to, 8.5, to, 11.9, 0.9, '#000'))
    const label = cut(strip.label, to - from - 3, SMALLEST)
    if (label === strip.label) parts.push(element('rect', { x: (from + 1.5).toFixed(2), y: 3.6, width: widthOf(label, SMALLEST).toFixed(2), height: 7.2, fill: strip.short ? '#fff' : GREY }), letters(label, from + 2, 10, SMALLEST, { 'font-weight': 'bold' }))
  }
  const alt = [title, note, ...group.strips.map((strip) => strip.label)].filter((part) => part !== '').join(', ')
  return drawn(GROUP, parts.join(''), frame.width, continued === null ? { type: 'Figure', parent: scale.figure, alt } : null)
}

function rowNode(scale: Scale, row: TimelineRow): PdfNode {
  const { frame, section, names, xOf, start, end } = scale
  const shown = row.bars.filter((one) => toMs(one.from) < end && toMs(one.to) > start)
  const placed = firstFit(shown, (one) => ({ start: toMs(one.from), end: toMs(one.to) }))
  const lanes = Math.max(1, placed.count)
  const height = lanes * LANE + ROW
  const parts = [grid(scale, height)]
  const total = row.total === '' ? 0 : widthOf(row.total, SMALLEST) + 5
  parts.push(letters(cut(row.name, names - 6 - total, 7.8), 3, 9.4, 7.8, { 'font-weight': 'bold' }))
  const beside = widthOf(row.name, 7.8) * 1.06 + 7
  const besideRoom = names - beside - total - 3
  if (lanes > 1 || besideRoom < 24) {
    if (lanes > 1) parts.push(letters(cut(row.detail, names - 6, SMALLEST), 3, 18.5, SMALLEST))
  } else parts.push(letters(cut(row.detail, besideRoom, SMALLEST), beside, 9.4, SMALLEST))
  parts.push(letters(row.total, names - 4, 9.4, SMALLEST, { 'text-anchor': 'end' }))
  for (const away of row.away) {
    const [from, to] = [xOf(toMs(away.from)), xOf(toMs(away.to))]
    if (to - from < 1) continue
    parts.push(hatch(from, 1, to - from, height - 2, 5, '#AAAAAA'))
    const label = cut(away.label, to - from - 4, SMALLEST)
    const free = !shown.some((one) => xOf(toMs(one.from)) < from + widthOf(label, SMALLEST) + 4 && xOf(toMs(one.to)) > from)
    if (label !== '' && free) parts.push(element('rect', { x: (from + 1).toFixed(2), y: 2, width: (widthOf(label, SMALLEST) + 2).toFixed(2), height: 9, fill: '#fff' }), letters(label, from + 2, 9, SMALLEST))
  }
  for (const one of shown) {
    const lane = placed.laneOf(one)
    const x = xOf(toMs(one.from))
    const width = xOf(toMs(one.to)) - x
    const after = shown.filter((other) => placed.laneOf(other) === lane && toMs(other.from) >= toMs(one.to)).map((other) => xOf(toMs(other.from)))
    parts.push(bar({ ...one, x, y: ROW / 2 + lane * LANE + 1, width, room: Math.min(...after, xOf(end)) - x - width }))
  }
  parts.push(line(names, 0, names, height, LINE.head, '#000'), line(0, height - 0.2, frame.width, height - 0.2, 0.25, '#999999'))
  return drawn(height, parts.join(''), frame.width, { type: 'Figure', parent: scale.figure, alt: altOf(row, shown, section) })
}

/** What a row says to who does not see it. */
const altOf = (row: TimelineRow, bars: readonly TimelineBar[], { zone }: TimelineSection): string => [
  [row.name, row.detail].filter((part) => part !== '').join(', '),
  ...bars.map((one) => `${one.label} ${clocks(one.from, one.to, zone)}`),
  ...row.away.map((away) => `${away.label} ${clocks(away.from, away.to, zone)}`),
].join('; ')
const clocks = (from: Instant, to: Instant, zone: string): string => `${toLocal(from, zone).time}–${toLocal(to, zone).time}`

/** The forms with their words, for the foot of each page. */
export function legend(frame: Frame, forms: readonly { form: TimelineBar['form']; words: string }[]): PdfNode {
  let x = 0
  const parts = forms.map(({ form, words }) => {
    const at = x
    x += 22 + widthOf(words, SMALLEST) + 10
    return bar({ form, code: null, label: '', times: '', numbers: [], x: at + 0.6, y: 0.6, width: 17, room: 0 }) + letters(words, at + 21, 8.4, SMALLEST)
  })
  return { ...drawn(BAR + 2, parts.join(''), frame.width, null), margin: [0, 0, 0, 3] }
}
