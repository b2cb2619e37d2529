/** Writing and reading the run of show and the cast. */
import type { Id } from '../../kernel/ids.ts'
import { keyBetween } from '../../kernel/ordering.ts'
import type { Row } from '../entity.ts'
import { detail, refuse } from '../errors.ts'
import { answer, handle, type Handler, type Reader, type Transaction } from '../operation.ts'
import { department } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { changeRow, listHandler, recordHandlers } from '../records.ts'
import { nextCastNumber } from './cast-number.ts'
import { castRole, cue, mission, project } from './model.ts'
import { runningTimes } from './run-of-show.ts'
import * as operations from './run-of-show-operations.ts'

type CueRow = Row<typeof cue>
const written = (row: { id: Id; version: number }) => ({ id: row.id, version: row.version })

const linesOf = (reader: Reader, mission_id: Id): Promise<CueRow[]> => reader.find(cue, { mission_id }, { sort: ['position'] })

/** Index in `rows` behind which a line goes; -1: first. */
function placeAfter(rows: readonly CueRow[], after_id: Id | null | undefined, field: string): number {
  if (after_id === undefined) return rows.length - 1
  if (after_id === null) return -1
  const index = rows.findIndex((row) => row.id === after_id)
  if (index < 0) throw refuse('validation.reference', detail(field, 'not_found', cue.name, after_id))
  return index
}

/** `count` keys in order between two neighbours, the middle one first, so that many lines put at one place keep short keys. */
function keysBetween(before: string | null, after: string | null, count: number): string[] {
  if (count === 0) return []
  // Two rows may come to one key on two computers: there is no room between them, the later key is passed over.
  const end = after !== null && before !== null && after <= before ? null : after
  const middle = end === null ? 0 : Math.floor(count / 2)
  const keys = Array.from({ length: count }, () => '')
  const key = keyBetween(before, end)
  if (end !== null) return [...keysBetween(before, key, middle), key, ...keysBetween(key, end, count - middle - 1)]
  for (let [index, low] = [0, key]; index < count; index++, low = keyBetween(low, null)) keys[index] = low
  return keys
}

async function addLines(tx: Transaction, mission_id: Id, given: readonly Omit<Parameters<typeof insertLine>[3], 'position'>[], after_id: Id | null | undefined, label: string): Promise<CueRow[]> {
  const on = await tx.need(mission, mission_id)
  const rows = await linesOf(tx, mission_id)
  const at = placeAfter(rows, after_id, 'after_id')
  const keys = keysBetween(rows[at]?.position ?? null, rows[at + 1]?.position ?? null, given.length)
  const made: CueRow[] = []
  for (const [index, values] of given.entries()) made.push(await insertLine(tx, on, given.length === 1 ? label : `${label}:${index}`, { ...values, position: keys[index] ?? '' }))
  return made
}

type LineValues = Partial<Pick<CueRow, 'kind' | 'number' | 'at' | 'duration_seconds' | 'departments' | 'notes' | 'scene'>> & Pick<CueRow, 'label' | 'position'>
const insertLine = (tx: Transaction, on: Row<typeof mission>, label: string, values: LineValues): Promise<CueRow> =>
  tx.insert(cue, label, { ...values, project_id: on.project_id, mission_id: on.id })

async function lastCastPosition(tx: Transaction, project_id: Id): Promise<string | null> {
  const [last] = await tx.find(castRole, { project_id }, { sort: ['-position'], limit: 1 })
  return last?.position ?? null
}

async function completeCast(tx: Transaction, values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const project_id = values['project_id'] as Id
  const number = values['number'] ?? String(nextCastNumber((await tx.find(castRole, { project_id })).map((row) => row.number)))
  return { ...values, number, position: keyBetween(await lastCastPosition(tx, project_id), null) }
}

async function readRunOfShow(reader: Reader, mission_id: Id) {
  const on = await reader.need(mission, mission_id)
  const home = await reader.need(project, on.project_id)
  const rows = await linesOf(reader, mission_id)
  const times = runningTimes(rows, on.start_at, on.zone)
  const scenes = rows.flatMap((row) => (row.kind === 'scene' && row.scene ? [row.scene] : []))
  const cast = await reader.find(castRole, { project_id: on.project_id }, { sort: ['position'] })
  const players = new Map((await reader.getMany(collaborator, cast.flatMap((row) => (row.collaborator_id === null ? [] : [row.collaborator_id])))).map((row) => [row.id, row.display_name]))
  const departments = await reader.find(department, {}, { sort: ['position'] })
  const used = new Set(rows.flatMap((row) => Object.keys(row.departments)))
  return {
    mission_id, project_id: on.project_id, zone: on.zone, start_at: on.start_at, end_at: on.end_at, layout: home.sheet_layout,
    lines: rows.map((row, index) => ({ ...row, ...times.lines[index] })),
    running_seconds: times.running_seconds, span_seconds: times.span_seconds, ends_at: times.ends_at,
    scenes: scenes.length,
    eighths: scenes.reduce((sum, scene) => sum + (scene.eighths ?? 0), 0),
    departments: departments.map(({ code, name, name_en }) => ({ code, name, name_en, used: used.has(code) })),
    cast: cast.map((row) => ({
      ...row, player: row.collaborator_id === null ? null : (players.get(row.collaborator_id) ?? null),
      scenes: scenes.filter((scene) => scene.cast.includes(row.number)).length,
    })),
  }
}

export const runOfShowHandlers: readonly Handler[] = [
  handle(operations.createCue, async (tx, { mission_id, after_id, ...values }) => {
    const [made] = await addLines(tx, mission_id, [values as LineValues], after_id, 'cue')
    if (!made) throw new Error('a line was added')
    return written(made)
  }),
  handle(operations.createCues, async (tx, { mission_id, after_id, cues }) => ({ ids: (await addLines(tx, mission_id, cues as LineValues[], after_id, 'cue')).map((row) => row.id) })),
  handle(operations.updateCue, (tx, input) => changeRow(tx, cue, input)),
  handle(operations.moveCue, async (tx, input) => {
    const row = await tx.need(cue, input.id)
    const others = (await linesOf(tx, row.mission_id)).filter((one) => one.id !== row.id)
    const at = input.before_id === undefined ? placeAfter(others, input.after_id, 'after_id') : placeAfter(others, input.before_id, 'before_id') - 1
    const [position = row.position] = keysBetween(others[at]?.position ?? null, others[at + 1]?.position ?? null, 1)
    return written(await tx.update(cue, row.id, { position }))
  }),
  handle(operations.removeCues, async (tx, { ids }) => {
    for (const id of ids) await tx.remove(cue, id)
    return { ids: [...ids] }
  }),
  handle(operations.restoreCues, async (tx, { ids }) => {
    for (const id of ids) await tx.restore(cue, id)
    return { ids: [...ids] }
  }),
  listHandler(operations.listCues, cue, { sort: ['position'], project: 'project_id' }),
  ...recordHandlers(castRole, operations.castRoles, { sort: ['position'], complete: completeCast }),
  answer(operations.getRunOfShow, (reader, { mission_id }) => readRunOfShow(reader, mission_id)),
  handle(operations.writeScript, async (tx, input) => {
    const on = await tx.need(mission, input.mission_id)
    const keys = keysBetween(await lastCastPosition(tx, on.project_id), null, input.characters.length)
    const characters: string[] = []
    for (const [index, values] of input.characters.entries())
      characters.push((await tx.insert(castRole, `character:${index}`, { ...values, project_id: on.project_id, position: keys[index] ?? '' })).id)
    const scenes = await addLines(tx, on.id, input.scenes.map((values) => ({ ...values, kind: 'scene' as const }) as LineValues), undefined, 'scene')
    for (const one of input.changed_scenes) {
      if ((await tx.need(cue, one.id)).mission_id !== on.id) throw refuse('validation.reference', detail('changed_scenes', 'not_found', cue.name, one.id))
      await changeRow(tx, cue, one)
    }
    return { characters, scenes: scenes.map((row) => row.id), changed_scenes: input.changed_scenes.map(({ id }) => id) }
  }),
]
