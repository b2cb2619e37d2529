/** The run of show as the grid holds it: rows read, cells to texts and back. Pure. */
import { z } from 'zod'
import { addDays, fromLocal, isInstant, localDateOf, toMs } from '../../../shared/kernel/instants.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { cueKinds, sheetLayouts } from '../../../shared/domain/planning/model.ts'
import { parseTime } from '../../components/time-entry.ts'

const instant = z.custom<Instant>(isInstant, { error: 'instant' })
const Scene = z.object({ int_ext: z.string(), effect: z.string(), set: z.string(), eighths: z.number().nullable(), cast: z.array(z.string()), story_day: z.string().nullable() })
export type Scene = z.infer<typeof Scene>
export const Line = z.object({
  id: z.string(), version: z.number(), kind: z.enum(cueKinds), number: z.string().nullable(), label: z.string(), at: instant.nullable(), duration_seconds: z.number().nullable(),
  departments: z.record(z.string(), z.string()), notes: z.string().nullable(), scene: Scene.nullable(), starts_at: instant, gap_seconds: z.number().nullable(),
  clock: z.object({ date: z.string(), time: z.string(), offset_minutes: z.number() }),
})
export type Line = z.infer<typeof Line>
export const RunOfShow = z.object({
  zone: z.string(), start_at: instant, end_at: instant, layout: z.enum(sheetLayouts), lines: z.array(Line),
  running_seconds: z.number(), span_seconds: z.number(), ends_at: instant.nullable(), scenes: z.number(), eighths: z.number(),
  departments: z.array(z.object({ code: z.string(), name: z.string(), name_en: z.string().nullable(), used: z.boolean() })),
  cast: z.array(z.object({ id: z.string(), version: z.number(), number: z.string(), name: z.string(), player: z.string().nullable(), collaborator_id: z.string().nullable(), scenes: z.number() })),
})
export type RunOfShow = z.infer<typeof RunOfShow>

/** `1h30`, `12'`, `3'20`, `45"`. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return ''
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  if (hours > 0) return `${hours}h${two(minutes)}${rest ? `'${two(rest)}` : ''}`
  return minutes === 0 && rest > 0 ? `${rest}"` : `${minutes}'${rest ? two(rest) : ''}`
}

/** `1h30`, `3'20`, `3:20`, `1:03:20`, `45"`, `45s`, `12` (minutes) -> seconds; null when it is no duration. */
export function parseSeconds(text: string): number | null {
  const typed = text.trim().toLowerCase().replace(/[’′]/g, "'").replace(/[”″]|''/g, '"').replace(/\s+/g, '')
  const number = (part: string | undefined): number => Number(part ?? 0)
  const seconds = /^(\d{1,5})(?:"|s|sec)$/.exec(typed)
  if (seconds) return number(seconds[1])
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$/.exec(typed)
  if (clock) return number(clock[1]) * 3600 + number(clock[2]) * 60 + number(clock[3])
  const words = /^(?:(\d{1,2})h)?(?:(\d{1,4})(?:'|m|mn|min)?)?(?:(?<=['hmn])(\d{1,2})(?:"|s)?)?$/.exec(typed)
  if (!words || typed === '') return null
  const total = number(words[1]) * 3600 + number(words[2]) * 60 + number(words[3])
  return total <= 172_800 ? total : null
}

/** `20:00`, with seconds where there are some. */
export const clockText = (time: string): string => (time.endsWith(':00') ? time.slice(0, 5) : time)

/** `20h`, `20:00:30` on the day of the mission; hours long before it begins are the following night's. Empty: null. */
export function parseAt(text: string, start: Instant, zone: string): Instant | null | 'bad' {
  const typed = text.trim()
  if (typed === '') return null
  const precise = /^(\d{1,2})[:h](\d{2})[:m'](\d{2})$/i.exec(typed)
  const clock = precise ? parseTime(`${precise[1]}:${precise[2]}`) : parseTime(typed)
  if (!clock) return 'bad'
  const time = precise ? `${clock}:${precise[3]}` : clock
  const date = localDateOf(start, zone)
  const same = fromLocal(date, time, zone)
  return toMs(same) < toMs(start) - 6 * 3_600_000 ? fromLocal(addDays(date, 1), time, zone) : same
}

/** 11 -> `1 3/8`. */
export function eighthsText(eighths: number | null): string {
  if (eighths === null) return ''
  const [pages, rest] = [Math.floor(eighths / 8), eighths % 8]
  return [pages > 0 || rest === 0 ? String(pages) : '', rest > 0 ? `${rest}/8` : ''].filter(Boolean).join(' ')
}
/** `1 3/8`, `5/8`, `2` -> eighths of a page; null for nothing; `bad`. */
export function parseEighths(text: string): number | null | 'bad' {
  if (text.trim() === '') return null
  const found = /^(?:(\d{1,2})(?:\s+|$))?(?:([0-7])\/8)?$/.exec(text.trim())
  return found && (found[1] !== undefined || found[2] !== undefined) ? Number(found[1] ?? 0) * 8 + Number(found[2] ?? 0) : 'bad'
}

export type ColumnKey = 'number' | 'at' | 'duration' | 'label' | 'int_ext' | 'set' | 'effect' | 'eighths' | 'cast' | 'notes' | `dep:${string}`

export function columnsOf(layout: RunOfShow['layout'], departments: readonly string[]): ColumnKey[] {
  const coded = departments.map((code): ColumnKey => `dep:${code}`)
  return layout === 'film' ? ['number', 'int_ext', 'set', 'effect', 'eighths', 'cast', 'at', 'duration', ...coded, 'notes'] : ['number', 'at', 'duration', 'label', ...coded, 'notes']
}

/** Departments with a column: those in use, then those chosen; on a new run of show light, sound, video and stage where they exist. */
export function departmentsShown(run: Pick<RunOfShow, 'departments' | 'layout'>, chosen: readonly string[]): string[] {
  const usual = run.layout === 'film' || run.departments.some(({ used }) => used) || chosen.length > 0 ? [] : ['LUM', 'SON', 'VID', 'PLT']
  return run.departments.filter(({ code, used }) => used || chosen.includes(code) || usual.includes(code)).map(({ code }) => code)
}

const emptyScene: Scene = { int_ext: '', effect: '', set: '', eighths: null, cast: [], story_day: null }

export function cellText(line: Line, key: ColumnKey): string {
  if (key.startsWith('dep:')) return line.departments[key.slice(4)] ?? ''
  switch (key) {
    case 'number': return line.number ?? ''
    case 'at': return line.at === null ? '' : clockText(line.clock.time)
    case 'duration': return durationText(line.duration_seconds)
    case 'label': return line.label
    case 'notes': return line.notes ?? ''
    case 'set': return line.kind === 'scene' && line.scene?.set ? line.scene.set : line.label
    case 'int_ext': return line.scene?.int_ext ?? ''
    case 'effect': return line.scene?.effect ?? ''
    case 'eighths': return eighthsText(line.scene?.eighths ?? null)
    case 'cast': return line.scene?.cast.join(', ') ?? ''
    default: return ''
  }
}

export interface LineChanges {
  number?: string | null
  at?: Instant | null
  duration_seconds?: number | null
  label?: string
  notes?: string | null
  departments?: Record<string, string>
  scene?: Scene
}
type Known = Pick<Line, 'kind' | 'departments' | 'scene' | 'label'>

/** What a typed cell changes; null: it cannot be read. */
export function changesOf(line: Known, key: ColumnKey, typed: string, run: Pick<RunOfShow, 'start_at' | 'zone'>): LineChanges | null {
  const text = typed.trim()
  const scene = line.scene ?? emptyScene
  if (key.startsWith('dep:')) {
    const rest = Object.fromEntries(Object.entries(line.departments).filter(([code]) => code !== key.slice(4)))
    return { departments: text === '' ? rest : { ...rest, [key.slice(4)]: text } }
  }
  switch (key) {
    case 'number': return { number: text || null }
    case 'at': {
      const at = parseAt(text, run.start_at, run.zone)
      return at === 'bad' ? null : { at }
    }
    case 'duration': {
      const seconds = text === '' ? null : parseSeconds(text)
      return text !== '' && seconds === null ? null : { duration_seconds: seconds }
    }
    case 'label': return text === '' ? null : { label: text }
    case 'notes': return { notes: text || null }
    case 'set': return text === '' ? null : line.kind === 'scene' ? { scene: { ...scene, set: text }, ...(line.label === scene.set || line.scene === null ? { label: text } : {}) } : { label: text }
    case 'int_ext': return { scene: { ...scene, int_ext: text.toUpperCase() } }
    case 'effect': return { scene: { ...scene, effect: text } }
    case 'eighths': {
      const eighths = parseEighths(text)
      return eighths === 'bad' ? null : { scene: { ...scene, eighths } }
    }
    case 'cast': return { scene: { ...scene, cast: text.split(/[\s,;]+/).filter(Boolean) } }
    default: return null
  }
}

/** A line that does not exist yet. */
export const newLine = (layout: RunOfShow['layout'], label: string): { kind: Line['kind']; label: string; scene?: Scene } =>
  layout === 'film' ? { kind: 'scene', label, scene: { ...emptyScene, set: label } } : { kind: 'cue', label }

/** Lines pasted from a spreadsheet, from the column of the cell on; cells that cannot be read are counted. */
export function pastedLines(text: string, columns: readonly ColumnKey[], from: ColumnKey, run: Pick<RunOfShow, 'start_at' | 'zone' | 'layout'>): { lines: ({ label: string } & LineChanges & { kind: Line['kind'] })[]; unread: number } {
  const keys = columns.slice(Math.max(0, columns.indexOf(from)))
  const main = run.layout === 'film' ? 'set' : 'label'
  let unread = 0
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n').filter((row) => row.trim() !== '').map((row) => {
    const cells = row.split('\t')
    const label = (keys.includes(main) ? cells[keys.indexOf(main)]?.trim() : '') || cells.find((cell) => cell.trim() !== '')?.trim() || '…'
    let line: { label: string; kind: Line['kind'] } & LineChanges = newLine(run.layout, label.slice(0, 300))
    for (const [index, key] of keys.entries()) {
      const cell = cells[index]?.trim() ?? ''
      if (cell === '' || key === main) continue
      const changes = changesOf({ kind: line.kind, departments: line.departments ?? {}, scene: line.scene ?? null, label: line.label }, key, cell, run)
      if (changes === null) unread++
      else line = { ...line, ...changes }
    }
    return line
  })
  return { lines, unread }
}
