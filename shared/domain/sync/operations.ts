/** What people see of commands that are not settled or were not applied, and how they decide. Answers have the shapes of states.ts. */
import { z } from 'zod'
import { wire } from '../entity.ts'
import { command, query } from '../operation.ts'
import { ProposalPreview } from '../planning/proposal-operations.ts'
import { ChosenField, keptDecisions } from './model.ts'

/** `theirs`, `left`: nothing is written but the decision. `restore`: the removed row comes back first. `copy`: a new row with these values. */
export const keptChoices = ['mine', 'theirs', 'fields', 'restore', 'copy', 'left'] as const
export type KeptChoice = (typeof keptChoices)[number]

/** How far back decided commands are listed, days. */
export const decidedDays = 30
export const mostKept = 500

const About = z.object({ entity: z.string(), id: z.string(), title: z.string().nullable(), project_id: z.string().nullable() }).nullable()

export const listQueue = query({
  name: 'sync.queue',
  about: 'Commands of everybody on this computer that the server has not settled yet, in issue order. Without a server: none. `signed_out`: people whose commands wait here, sealed.',
  input: z.strictObject({ signed_out: z.array(wire.id).max(200).optional() }),
  output: z.object({
    items: z.array(z.object({
      id: z.string(), name: z.string(), issued_at: z.string(), issuer: z.string(), issuer_name: z.string(), about: About, rows: z.int(),
      /** Rows it writes, at most 500: all of one’s own command; of somebody else’s the one it is about, where it may be seen. */
      ids: z.array(z.string()), group_id: z.string().nullable(),
      state: z.enum(['ready', 'waiting', 'failing']), why: z.string().nullable(), mine: z.boolean(),
    })),
    total: z.int(),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

const Summary = z.object({
  id: z.string(), name: z.string(), outcome: z.enum(['conflict', 'rejected', 'blocked']), why: z.string(), issued_at: z.string(), issuer: z.string(), issuer_name: z.string(), mine: z.boolean(),
  about: z.object({ entity: z.string(), id: z.string(), title: z.string().nullable(), project_id: z.string().nullable(), starts_at: z.string().nullable() }).nullable(),
  fields: z.int(),
  decided: z.object({ decision: z.enum(keptDecisions), by: z.string(), at: z.string(), id: z.string() }).nullable(),
})

export const listKept = query({
  name: 'sync.kept_list',
  about: 'Commands that were not applied and wait for a decision: the next mission first. `decided`: those decided in the last 30 days instead. `everyone`: others’ too, for who manages members. `merged`: the person’s last commands that were applied beside what others had changed.',
  input: z.strictObject({ decided: z.literal(true).optional(), everyone: z.literal(true).optional() }),
  output: z.object({
    items: z.array(Summary),
    merged: z.array(z.object({ id: z.string(), name: z.string(), issued_at: z.string(), about: About, fields: z.array(z.object({ entity: z.string(), field: z.string() })) })),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

const KeptFieldShape = z.object({
  entity: z.string(), id: z.string(), field: z.string(), title: z.string().nullable(), base: z.unknown(), mine: z.unknown(), theirs: z.unknown(), readable: z.boolean(), text: z.boolean(),
  combined: z.string().nullable(), preselected: z.enum(['mine', 'theirs']).nullable(), disputed: z.boolean(), by: z.string().nullable(), at: z.string().nullable(),
  /** Fields with the same unit are one choice: start, end and zone. */
  unit: z.string(),
  /** What a typed value may be; null: none may be typed. */
  typed: z.enum(['number', 'time', 'text']).nullable(),
  /** Where `mine` belongs to the command; false: somebody else changed it meanwhile, and nothing is to choose. */
  own: z.boolean(),
})
export const getKept = query({
  name: 'sync.kept',
  about: 'One kept command: per field what stood on its author’s screen, what they entered and what stands now, as far as the asker may see it, with what may be done about it.',
  input: z.strictObject({ id: wire.id }),
  output: Summary.extend({
    device: z.string(), fields_of: z.array(KeptFieldShape),
    removals: z.array(z.object({ entity: z.string(), id: z.string(), title: z.string().nullable(), removed_by: z.enum(['mine', 'theirs']), by: z.string().nullable(), at: z.string().nullable() })),
    followers: z.array(z.object({ id: z.string(), name: z.string(), issued_at: z.string() })),
    choices: z.array(z.enum(keptChoices)),
    /** False: it is said once (an answer, a dispatch, a signature) and not offered a second time; what differs is told by the record as it stands. */
    again: z.boolean(),
    /** As it was entered; null when a person it speaks of was erased, or when it holds what the asker may not read. */
    input: z.unknown(),
    /** Of records that the values point to and the asker may see, by id. */
    names: z.record(z.string(), z.string()),
    zone: z.string().nullable(), currency: z.string().nullable(),
    /** Of what stands now: said back with a choice, which is refused when somebody changed it again. */
    stamp: z.string(),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

/** `value`: a typed or combined one; left out, the value of the side. */
export const FieldChoice = ChosenField.extend({ value: z.unknown().optional() })
export type FieldChoice = z.infer<typeof FieldChoice>

const Choice = {
  id: wire.id,
  choice: z.enum(keptChoices),
  fields: z.array(FieldChoice).max(2000).optional(),
  /** The command’s input, edited, of one that was refused. */
  input: z.record(z.string(), z.unknown()).optional(),
}

export const previewKept = query({
  name: 'sync.kept_preview',
  about: 'What a choice about a kept command would change and which conflicts it would make or mend: it is run and taken back. Nothing is written.',
  input: z.strictObject(Choice),
  output: ProposalPreview.extend({
    /** Published sheets of the missions concerned: they would say something else than what stands then. */
    sheets: z.array(z.object({ id: z.string(), title: z.string(), number: z.int(), in_work: z.boolean() })),
    /** Commands that go through with it. */
    commands: z.int(),
  }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const decideKept = command({
  name: 'sync.decide',
  about: 'Notes what a person decided about a kept command: it is open no more, on every device of its author. Undone: it is open again.',
  input: z.strictObject({
    kept_command_id: wire.id, decision: z.enum(keptDecisions), chosen: z.array(ChosenField).max(2000).optional(), reissued: z.array(wire.id).max(500).optional(),
    note: z.string().trim().min(1).max(2000).optional(),
  }),
  output: z.object({ id: z.string(), version: z.int() }),
  permission: 'org:read',
  target: { kind: 'visible' },
})

export const resolveKept = command({
  name: 'sync.resolve',
  about: 'Decides about a kept command as one gesture, undone as one: does it again on what stands now, wholly, field by field or edited, with the commands that waited behind it, or lets it go. Somebody else’s is taken over, in one’s own name, by who manages members.',
  input: z.strictObject({ ...Choice, stamp: z.string().max(64).optional(), note: z.string().trim().min(1).max(2000).optional() }),
  output: z.object({ id: z.string(), decision_id: z.string(), group_id: z.string(), reissued: z.array(z.string()), /** Commands behind it that could not follow: they wait for a decision of their own. */ still_open: z.array(z.string()) }),
  permission: 'org:read',
  target: { kind: 'visible' },
})
