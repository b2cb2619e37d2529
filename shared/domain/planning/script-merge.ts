/** What a script would change in a run of show: scenes are known by their number, characters by their name. Pure. */
import { fold } from '../../kernel/text.ts'
import type { Row } from '../entity.ts'
import type { castRole, cue } from './model.ts'
import { nextCastNumber } from './cast-number.ts'
import type { ScriptPreview } from './run-of-show-operations.ts'

type CueRow = Row<typeof cue>
type CastRow = Row<typeof castRole>
type Scene = NonNullable<CueRow['scene']>

/** A scene as the reader of scripts hands it over. */
export interface FoundScene {
  /** Line of the file, from 1. */
  line: number
  /** As the script says it; null: the scene carries none. */
  number: string | null
  heading: string
  int_ext: string
  set: string
  effect: string
  /** Length in eighths of a page; null: the script does not say. */
  eighths: number | null
  /** Names of the characters, in order of appearance. */
  characters: readonly string[]
}
export interface FoundCharacter {
  line: number
  name: string
  scenes: number
}

export interface Merge {
  preview: Pick<ScriptPreview, 'scenes' | 'characters' | 'counts'>
  rows: {
    characters: { number: string; name: string }[]
    scenes: { label: string; number: string | null; scene: Scene }[]
    changed_scenes: { id: CueRow['id']; version: number; changes: { label?: string; scene?: Scene } }[]
  }
}

type Change = ScriptPreview['scenes'][number]['changes'][number]
const shown = (value: unknown): string | null => (value === null || value === undefined || value === '' ? null : Array.isArray(value) ? value.join(', ') : String(value))

/** What the script says of a scene; what it does not say (a length, a story day) stays as it was. */
function sceneOf(found: FoundScene, cast: readonly string[], known: Scene | null): Scene {
  return {
    int_ext: found.int_ext, set: found.set, effect: found.effect, eighths: found.eighths ?? known?.eighths ?? null,
    cast: [...new Set([...cast, ...(known?.cast ?? [])])].slice(0, 100), story_day: known?.story_day ?? null,
  }
}
function changesOf(known: CueRow, label: string, scene: Scene): Change[] {
  const before = known.scene
  const pairs: [string, unknown, unknown][] = [
    ['label', known.label, label], ['int_ext', before?.int_ext, scene.int_ext], ['set', before?.set, scene.set], ['effect', before?.effect, scene.effect],
    ['eighths', before?.eighths, scene.eighths], ['cast', before?.cast ?? [], scene.cast],
  ]
  return pairs.flatMap(([field, was, is]) => (shown(was) === shown(is) ? [] : [{ field, before: shown(was), after: shown(is) }]))
}

export function mergeScript(script: { scenes: readonly FoundScene[]; characters: readonly FoundCharacter[] }, cues: readonly CueRow[], cast: readonly CastRow[], leftOut: ReadonlySet<string>): Merge {
  const byName = new Map(cast.map((row) => [fold(row.name), row]))
  const numberOf = new Map<string, string>()
  let next = nextCastNumber(cast.map((row) => row.number))
  const rows: Merge['rows'] = { characters: [], scenes: [], changed_scenes: [] }

  const characters = script.characters.map(({ line, name, scenes }, index): ScriptPreview['characters'][number] => {
    const key = `c${index + 1}`
    const known = byName.get(fold(name))
    const decision = known || leftOut.has(key) ? 'skip' : 'create'
    const number = known?.number ?? (decision === 'create' ? String(next++) : '')
    if (number !== '') numberOf.set(name, number)
    if (decision === 'create') rows.characters.push({ number, name })
    return { key, line, decision, id: known?.id ?? null, changes: [], number, name, scenes }
  })

  const scenesByNumber = new Map(cues.flatMap((row) => (row.kind === 'scene' && row.number !== null ? [[row.number.toUpperCase(), row] as const] : [])))
  const scenesByHeading = new Map(cues.flatMap((row) => (row.kind === 'scene' && row.number === null ? [[fold(row.label), row] as const] : [])))
  const scenes = script.scenes.map((found, index): ScriptPreview['scenes'][number] => {
    const key = `s${index + 1}`
    const known = (found.number === null ? scenesByHeading.get(fold(found.heading)) : scenesByNumber.get(found.number.toUpperCase())) ?? null
    const scene = sceneOf(found, found.characters.flatMap((name) => numberOf.get(name) ?? []), known?.scene ?? null)
    const changes = known ? changesOf(known, found.heading, scene) : []
    const decision = leftOut.has(key) || (known && changes.length === 0) ? 'skip' : known ? 'update' : 'create'
    if (decision === 'create') rows.scenes.push({ label: found.heading, number: found.number, scene })
    if (decision === 'update' && known) rows.changed_scenes.push({ id: known.id, version: known.version, changes: { label: found.heading, scene } })
    const { line, number, heading, int_ext, set, effect, eighths } = found
    return { key, line, decision, id: known?.id ?? null, changes, number, heading, int_ext, set, effect, eighths, characters: [...found.characters] }
  })

  const counts = { create: 0, update: 0, skip: 0 }
  for (const { decision } of [...scenes, ...characters]) counts[decision]++
  return { preview: { scenes, characters, counts }, rows }
}
