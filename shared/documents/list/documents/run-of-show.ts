/** The run sheet of a show (conduite) or the scenes of a shooting day (ui 5.1, last paragraph). */
import { detail, refuseFor } from '../../../domain/errors.ts'
import type { Row } from '../../../domain/entity.ts'
import { collaborator } from '../../../domain/people/model.ts'
import { location } from '../../../domain/locations/model.ts'
import { castRole, cue, mission } from '../../../domain/planning/model.ts'
import { eighths, longDate } from '../../../domain/runsheets/formats.ts'
import { fromMs, localDateOf, toMs } from '../../../kernel/instants.ts'
import type { Instant } from '../../../kernel/instants.ts'
import type { ListColumn, ListContent, ListRow } from '../content.ts'
import { MissionLine, column, listed } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'

type Cue = Row<typeof cue>

/** Columns of the departments that call a show; others of the rows follow. */
const CALLING = ['LUM', 'SON', 'VID', 'PLT']

/** `1:02:30`, from the first line that is on the clock. */
export function runningTime(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

export interface Timed<T> {
  row: T
  /** On the clock: typed, or where the line before ends; null before the first that is typed. */
  at: Instant | null
  /** Seconds since the first line; null while durations are missing. */
  running: number | null
}
/** When each line comes: its own time, else the end of the line before. */
export function timed<T extends { at: Instant | null; duration_seconds: number | null }>(rows: readonly T[]): Timed<T>[] {
  let next: number | null = null
  let start: number | null = null
  let elapsed: number | null = 0
  return rows.map((row) => {
    const at: number | null = row.at === null ? next : toMs(row.at)
    start ??= at
    const running = at !== null && start !== null ? Math.round((at - start) / 1000) : elapsed
    elapsed = running === null || row.duration_seconds === null ? null : running + row.duration_seconds
    next = at === null || row.duration_seconds === null ? null : at + row.duration_seconds * 1000
    return { row, at: at === null ? null : fromMs(at), running }
  })
}

export async function runOfShow(desk: Desk): Promise<ListContent> {
  const [line] = await listed(desk, 'mission.list', MissionLine, { sort: ['start_at'] })
  const on = line ? await desk.reader.get(mission, line.id) : null
  if (!on) throw refuseFor('mission', 'not_found', detail('ids', 'not_found', null, desk.ids?.[0] ?? null))
  const cues = await desk.reader.find(cue, { mission_id: on.id }, { sort: ['position'] })
  const cast = await desk.reader.find(castRole, { project_id: on.project_id }, { sort: ['position'] })
  const players = new Map((await desk.reader.getMany(collaborator, cast.flatMap((one) => one.collaborator_id ?? []))).map((row) => [row.id as string, row.display_name]))
  const place = on.location_id === null ? null : await desk.reader.get(location, on.location_id)
  const of = localDateOf(on.start_at, on.zone)
  const scenes = cues.some((row) => row.kind === 'scene')
  const codes = [...new Set(cues.flatMap((row) => Object.keys(row.departments)))]
  const called = [...CALLING, ...codes.filter((code) => !CALLING.includes(code)).sort()].filter((code) => codes.includes(code) || (!scenes && CALLING.includes(code)))
  // A banner takes no time of its own.
  const rows = timed(cues.map((row) => (row.kind === 'banner' ? { ...row, duration_seconds: row.duration_seconds ?? 0 } : row))).map(({ row, at, running }): ListRow => ({
    id: row.id, ...(row.kind === 'banner' ? { form: 'banner' as const } : {}),
    cells: row.kind === 'banner'
      ? { clock: at === null ? null : { at, zone: on.zone, of }, action: row.label, notes: row.notes }
      : {
        number: row.number, clock: at === null ? null : { at, zone: on.zone, of }, running: running === null ? null : runningTime(running), action: row.label,
        ...Object.fromEntries(called.map((code) => [code, row.departments[code] ?? null])), ...(scenes ? sceneCells(row) : {}), notes: row.notes,
      },
  }))
  const title = scenes ? desk.say('Ordre des scènes', 'Scene order') : desk.say('Conduite', 'Run of show')
  const day = longDate(of, desk.language)
  return {
    ...base(desk, 'run_of_show', title),
    badge: on.day_code, subtitle: `${day.charAt(0).toUpperCase()}${day.slice(1)} · ${on.title}`,
    notes: [`${cues.filter((row) => row.kind !== 'banner').length} ${scenes ? desk.say('scènes', 'scenes') : desk.say('tops', 'cues')}`, ...(place ? [place.name] : [])],
    zone: on.zone,
    sections: [
      {
        kind: 'table', title: null, note: null, columns: columnsOf(desk, called, scenes), groups: [{ id: on.id, code: null, title: '', count: null, rows }],
        empty: desk.say('La conduite est vide.', 'The run of show is empty.'),
      },
      ...(cast.length === 0 ? [] : [{
        kind: 'table' as const, title: desk.say('Distribution', 'Cast'), note: null, empty: '',
        columns: [column('number', 'N°', 'code', 26), column('role', desk.say('Rôle', 'Character'), 'strong', 120, 1), column('player', desk.say('Interprète', 'Performer'), 'text', 120, 1), column('notes', 'Notes', 'text', 120, 1)],
        groups: [{ id: 'cast', code: null, title: '', count: null, rows: cast.map((one) => ({
          id: one.id, cells: { number: one.number, role: one.name, player: one.collaborator_id === null ? null : (players.get(one.collaborator_id) ?? null), notes: one.notes },
        })) }],
      }]),
    ],
  }
}

function columnsOf(desk: Desk, called: readonly string[], scenes: boolean): ListColumn[] {
  return [
    column('number', scenes ? desk.say('Séq.', 'Scene') : 'Top', 'code', 28), column('clock', desk.say('Heure', 'Clock'), 'call', 38),
    ...(scenes
      ? [column('effect', desk.say('Effet', 'Effect'), 'text', 50), column('set', desk.say('Décor', 'Set'), 'strong', 84, 0.8), column('action', desk.say('Résumé', 'Synopsis'), 'text', 120, 1.6), column('cast', desk.say('Rôles', 'Cast'), 'text', 46, 0.3),
          column('pages', 'Pages', 'count', 32), column('story', desk.say('Jour', 'Day'), 'text', 32)]
      : [column('running', desk.say('Durée', 'Running'), 'quiet', 44), column('action', 'Action', 'strong', 120, 2)]),
    ...called.map((code) => column(code, code, 'text', 52, 1)), column('notes', 'Notes', 'text', 52, 1),
  ]
}

const sceneCells = ({ scene }: Cue) => scene === null ? {} : {
  effect: [scene.int_ext, scene.effect].filter((part) => part !== '').join(' '), set: scene.set, cast: scene.cast.join(', '), pages: scene.eighths === null ? null : eighths(scene.eighths), story: scene.story_day,
}
