import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { severities } from '../planning/conflict-kinds.ts'
import { matterColumns, matterGroups, matterKinds, matterPlaces } from './kinds.ts'

const Names = z.record(z.string(), z.string())

export const MatterItem = z.object({
  /** The same as long as it concerns the same records. */
  id: z.string(),
  kind: z.enum(matterKinds),
  severity: z.enum(severities),
  group: z.enum(matterGroups),
  project_id: z.string().nullable(),
  /** Names of what it is about: a mission, a person, a file. */
  title: z.string(),
  refs: z.array(z.object({ entity: z.string(), id: z.string() })),
  /** When it is too late; what is without hour comes last. */
  due_at: z.string().nullable(),
  /** Changes when the matter does: who put it aside hears of it again. */
  fingerprint: z.string(),
  /** Counts, days, codes: what the words need. */
  figures: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Where one acts, and on which record. */
  act: z.object({ place: z.enum(matterPlaces), id: z.string() }),
  /** The conflict itself, veiled for this person. */
  conflict: z.record(z.string(), z.unknown()).nullable(),
})
export type MatterItem = z.infer<typeof MatterItem>

/** A value, any of several, or none of several; null where a matter is of no project. */
const Value = z.union([z.null(), z.string().max(100)])
const Wanted = z.union([Value, z.array(Value).max(500), z.strictObject({ not: z.union([Value, z.array(Value).max(500)]) })])
export type Wanted = z.infer<typeof Wanted>

/** Matters as they were when a person put them aside: one that changed since is another. */
const Named = z.array(z.strictObject({ id: z.string().max(400), fingerprint: z.string().max(400) })).max(5_000)
const asked = {
  project_id: wire.id.optional(), without: Named.optional(),
  beside_inbox: z.literal(true).optional().describe('leaves out what a notification says to this person already: their own questions, what a plan changed for them; counts by project hold all'),
}
const target = { kind: 'visible', project: (input: { project_id?: z.infer<typeof wire.id> | undefined }) => input.project_id } as const

export const listMatters = query({
  name: 'matter.list',
  about: 'What needs this person: conflicts, open needs, sheets due or behind, answers, questions “are you free?”, options, incomplete missions, certifications, failed work of this computer, imports that left rows out; of one project or of all they may act in. Derived, never stored.',
  input: z.strictObject({ ...asked, only: Named.optional(), filter: z.strictObject(Object.fromEntries(matterColumns.map((name) => [name, Wanted.optional()]))).optional(), facets: z.array(z.enum(matterColumns)).optional(), limit: z.int().min(1).max(1_000).optional() }),
  output: z.object({
    items: z.array(MatterItem), total: z.int(),
    facets: z.record(z.string(), z.array(z.object({ value: z.string().nullable(), count: z.int() }))).describe('values of the columns asked for with the matters they would leave, the most frequent first'),
    names: z.object({ people: Names, missions: Names, locations: Names, projects: Names }), checked_at: z.string(),
  }),
  permission: 'project:read',
  target,
})

export const countMatters = query({
  name: 'matter.count',
  about: 'How many matters need this person, by severity, and by project.',
  input: z.strictObject(asked),
  output: z.object({ handle: z.int(), know: z.int(), severe: z.int(), by_project: z.record(z.string(), z.int()) }),
  permission: 'project:read',
  target,
})
