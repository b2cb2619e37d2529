import { z } from 'zod'
import { wire } from '../entity.ts'
import { query } from '../operation.ts'
import { severities } from '../planning/conflict-kinds.ts'
import { matterGroups, matterKinds, matterPlaces } from './kinds.ts'

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

const asked = { project_id: wire.id.optional() }
const target = { kind: 'visible', project: (input: { project_id?: z.infer<typeof wire.id> | undefined }) => input.project_id } as const

export const listMatters = query({
  name: 'matter.list',
  about: 'What needs this person: conflicts, open needs, sheets due or behind, answers, options, incomplete missions, certifications, failed work of this computer, imports that left rows out; of one project or of all they may act in. Derived, never stored.',
  input: z.strictObject({ ...asked, kinds: z.array(z.enum(matterKinds)).optional(), limit: z.int().min(1).max(500).optional() }),
  output: z.object({
    items: z.array(MatterItem), total: z.int(), by_kind: z.record(z.string(), z.int()), by_severity: z.record(z.string(), z.int()),
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
