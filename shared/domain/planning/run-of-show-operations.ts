/** The run of show of a mission (conduite) and the cast of a project. Order is fractional: a line is put after or before another. */
import { z } from 'zod'
import { changesOf, inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, Written, WrittenMany } from '../operation.ts'
import { list, records } from '../records.ts'
import { castRole, cue } from './model.ts'

const lineFields = ['kind', 'number', 'at', 'duration_seconds', 'departments', 'notes', 'scene'] as const
/** Missing: last. null: first. A line of this mission: right after it. */
const after_id = wire.id.nullable().optional()
const lines = { kind: 'rows', entity: 'cue', ids: (input: { ids: z.infer<typeof wire.id>[] }) => input.ids } as const
const Many = z.strictObject({ ids: z.array(wire.id).min(1).max(bulkRows) })

export const createCue = command({
  name: 'cue.create',
  about: 'Adds a line to the run of show: a cue, a scene, a banner. Without a place it comes last.',
  input: z.strictObject({ mission_id: wire.id, ...inputOf(cue, ['label'], lineFields), after_id }),
  output: Written,
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})
export const createCues = command({
  name: 'cue.create_many',
  about: 'Adds lines to the run of show in the order given: at most 500, undone as one.',
  input: z.strictObject({ mission_id: wire.id, cues: z.array(z.strictObject(inputOf(cue, ['label'], lineFields))).min(1).max(bulkRows), after_id }),
  output: WrittenMany,
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})
export const updateCue = command({
  name: 'cue.update',
  about: 'Changes a line of the run of show.',
  input: z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(cue, ['label', ...lineFields]) }),
  output: Written,
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'cue', ids: (input) => [input.id] },
})
export const moveCue = command({
  name: 'cue.move',
  about: 'Puts a line after another, or before another; after null: first; without a place: last.',
  input: z.strictObject({ id: wire.id, after_id, before_id: wire.id.optional() })
    .refine((input) => input.after_id === undefined || input.before_id === undefined, { error: 'one_of' }),
  output: Written,
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'cue', ids: (input) => [input.id] },
})
export const removeCues = command({
  name: 'cue.remove', about: 'Takes lines out of the run of show; they can be restored.', input: Many, output: WrittenMany, permission: 'mission:update', target: { ...lines, removed: true },
})
export const restoreCues = command({
  name: 'cue.restore', about: 'Brings lines of the run of show back.', input: Many, output: WrittenMany, permission: 'mission:update', target: { ...lines, removed: true },
  possible: (one) => one['deleted_at'] !== null,
})
export const listCues = list({
  name: 'cue.list', about: 'Lists lines of runs of show.', permission: 'project:read', filters: ['mission_id', 'kind', 'number', 'id'], sorts: ['position', 'number'],
})

/** `number`: the next free one when it is left out. */
export const castRoles = records({
  entity: castRole, permission: 'mission:update', read: 'project:read', about: 'a character of the film or play', required: ['name'],
  optional: ['number', 'collaborator_id', 'notes'], filters: ['collaborator_id', 'number', 'id'], sorts: ['position', 'number', 'name'],
})

export const getRunOfShow = query({
  name: 'run_of_show.get',
  about: 'The run of show of a mission with the clock of each line, its totals, its departments and the cast of its scenes.',
  input: z.strictObject({ mission_id: wire.id }),
  output: z.record(z.string(), z.unknown()),
  permission: 'project:read',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})

// Scenes and characters of a script

const Scene = inputOf(cue, ['label'], ['number', 'scene'])
export const writeScript = command({
  name: 'run_of_show.write',
  about: 'Writes scenes and characters of a script: new scenes last in the order given, at most 500 rows, undone as one.',
  input: z.strictObject({
    mission_id: wire.id,
    characters: z.array(z.strictObject(inputOf(castRole, ['number', 'name']))).max(bulkRows),
    scenes: z.array(z.strictObject(Scene)).max(bulkRows),
    changed_scenes: z.array(z.strictObject({ id: wire.id, version: wire.version, changes: changesOf(cue, ['label', 'scene']) })).max(bulkRows),
  }).refine((rows) => rows.characters.length + rows.scenes.length + rows.changed_scenes.length <= bulkRows, { error: 'too_many_rows' }),
  output: z.object({ characters: z.array(z.string()), scenes: z.array(z.string()), changed_scenes: z.array(z.string()) }),
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})

const decisions = ['create', 'update', 'skip'] as const
const Decided = {
  /** Names the row inside this script; what `left_out` speaks of. */
  key: z.string(),
  /** Line of the file, from 1. */
  line: z.int(),
  decision: z.enum(decisions),
  /** Record found in the project; null when there is none yet. */
  id: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
}
const file = {
  mission_id: wire.id,
  file_name: z.string().trim().min(1).max(255),
  /** A Final Draft script (.fdx), base64; at most 20 MB once decoded. */
  content_base64: z.string().max(28_000_000),
  /** Keys of scenes and characters that are not brought in. */
  left_out: z.array(z.string().max(20)).max(5_000).optional(),
}
const Preview = z.object({
  digest: z.string(),
  scenes: z.array(z.object({
    ...Decided, number: z.string().nullable(), heading: z.string(), int_ext: z.string(), set: z.string(), effect: z.string(), eighths: z.int().nullable(),
    /** Who speaks or is named in the scene. */
    characters: z.array(z.string()),
  })),
  characters: z.array(z.object({ ...Decided, number: z.string(), name: z.string(), scenes: z.int() })),
  problems: z.array(z.object({ line: z.int(), code: z.string(), found: z.string().nullable() })),
  counts: z.object({ create: z.int(), update: z.int(), skip: z.int() }),
})
export type ScriptPreview = z.infer<typeof Preview>

export const previewScript = query({
  name: 'run_of_show.preview_fdx',
  about: 'What a Final Draft script would bring into the run of show: scenes by number, characters by name. Writes nothing.',
  input: z.strictObject(file),
  output: Preview,
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})
export const applyScript = command({
  name: 'run_of_show.apply_fdx',
  about: 'Brings in what was looked at, as one command; refused when the file, the choices or the records changed since.',
  input: z.strictObject({ ...file, digest: z.string().max(140) }),
  output: z.object({ group_id: z.string(), scenes: z.int(), changed_scenes: z.int(), characters: z.int() }),
  permission: 'mission:update',
  target: { kind: 'rows', entity: 'mission', ids: (input) => [input.mission_id] },
})
