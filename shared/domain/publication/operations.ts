import { z } from 'zod'
import { inputOf, wire } from '../entity.ts'
import { bulkRows, command, query, WrittenMany } from '../operation.ts'
import { changedParts } from './changes.ts'
import { planPublication, toldHows } from './model.ts'
import { planSnapshotSchema } from './snapshot.ts'

const instant = z.string()

/** One assignment as it is said to one person. */
const Line = z.object({
  title: z.string(), day_code: z.string().nullable(), place: z.string().nullable(), zone: z.string(), start_at: instant, end_at: instant, call_at: instant.nullable(),
  role: z.string().nullable(), role_en: z.string().nullable(), state: z.string(),
})
const Change = z.object({
  kind: z.enum(['added', 'removed', 'changed']), assignment_id: z.string(), parts: z.array(z.enum(changedParts)), before: Line.nullable(), after: Line.nullable(),
  /** Removed because the mission does not take place. */
  mission_canceled: z.boolean(),
})
const Concerned = z.object({ collaborator_id: z.string(), name: z.string(), changes: z.array(Change) })
const Header = z.object({
  id: z.string(), version: z.int(), number: z.int(), start_at: instant, end_at: instant, zone: z.string(), note: z.string().nullable(), published_at: instant,
  published_by_name: z.string().nullable(), content_hash: z.string(),
  /** How many it changed something for, and how many of them were told. Of a member: of themselves. */
  concerned: z.int(), told: z.int(),
})
const Notice = z.object({
  id: z.string(), version: z.int(), collaborator_id: z.string(), name: z.string(), changes: z.int(), told_at: instant.nullable(), told_how: z.enum(toldHows).nullable(),
  acknowledged_at: instant.nullable(),
  /** Of who asks. */
  mine: z.boolean(),
})
export type PublicationHeader = z.infer<typeof Header>
export type PlanNotice = z.infer<typeof Notice>
export type SaidChange = z.infer<typeof Change>

const period = inputOf(planPublication, ['start_at', 'end_at'])
const ofProject = { kind: 'project', id: (input: { project_id: z.infer<typeof wire.id> }) => input.project_id } as const
/** A member reads of themselves in a project of which the rest stays closed. */
const seenProject = { kind: 'rows', entity: 'project', ids: (input: { project_id: z.infer<typeof wire.id> }) => [input.project_id] } as const
const ofPublication = (input: { id: z.infer<typeof wire.id> }) => [input.id]

export const publishPlan = command({
  name: 'plan.publish',
  about: 'Publishes the plan of a project between two instants: it is kept as it stands, and whoever it changes something for has a notice. It locks nothing and is never changed or undone.',
  input: z.strictObject({ project_id: wire.id, ...period, ...inputOf(planPublication, [], ['note']) }),
  output: z.object({ id: z.string(), version: z.int(), number: z.int(), content_hash: z.string(), published_at: instant, concerned: z.int() }),
  permission: 'planning:publish',
  target: ofProject,
  undoable: false,
})
export const previewPublish = query({
  name: 'plan.preview_publish',
  about: 'What publishing the plan of this window would tell to whom, since the last plan each was told of. Writes nothing.',
  input: z.strictObject({ project_id: wire.id, ...period }),
  output: z.object({ number: z.int(), missions: z.int(), assignments: z.int(), unchanged: z.int(), people: z.array(Concerned) }),
  permission: 'planning:publish',
  target: ofProject,
})
export const markTold = command({
  name: 'plan.mark_told',
  about: 'Says that these people were told of a published plan, and how: by hand (paper, telephone), in the app, by e-mail. Who had no notice, or was told already, is left as they are.',
  input: z.strictObject({ publication_id: wire.id, collaborator_ids: z.array(wire.id).min(1).max(bulkRows), how: z.enum(toldHows) }),
  output: WrittenMany,
  permission: 'planning:publish',
  target: { kind: 'rows', entity: 'plan_publication', ids: (input) => [input.publication_id] },
})
export const acknowledgePlan = command({
  name: 'plan.acknowledge',
  about: 'Says of oneself: I have read what this published plan changed for me. The first time counts.',
  input: z.strictObject({ publication_id: wire.id }),
  output: WrittenMany,
  permission: 'project:read',
  target: { kind: 'rows', entity: 'plan_publication', ids: (input) => [input.publication_id] },
  undoable: false,
})
export const listPlans = query({
  name: 'plan.list',
  about: 'The published plans of a project, the newest first, with how many people each concerned and how many were told. A member reads of themselves only.',
  input: z.strictObject({ project_id: wire.id }),
  output: z.object({ items: z.array(Header) }),
  permission: 'project:read',
  target: seenProject,
})
export const getPlan = query({
  name: 'plan.get',
  about: 'A published plan as it was, and who was told of it. A member reads their own lines only.',
  input: z.strictObject({ id: wire.id }),
  output: Header.extend({ snapshot: planSnapshotSchema, notices: z.array(Notice) }),
  permission: 'project:read',
  target: { kind: 'rows', entity: 'plan_publication', ids: ofPublication },
})
export const planChanges = query({
  name: 'plan.changes',
  about: 'What changed for whom: by a published plan (the newest, when none is named), since the last one each was told of before; or from another plan to it. A member reads of themselves only.',
  input: z.strictObject({ project_id: wire.id, publication_id: wire.id.optional(), from_publication_id: wire.id.optional(), collaborator_id: wire.id.optional() }),
  output: z.object({ people: z.array(Concerned) }),
  permission: 'project:read',
  target: seenProject,
})
