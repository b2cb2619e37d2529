/** What people decided about commands that were not applied: a kept command is open while no living row here names it. */
import { z } from 'zod'
import { entity, f, optional, wire, withInitial } from '../entity.ts'

/** `mine`: done again as it was meant · `theirs`: let go · `fields`: field by field · `left`: dropped after a refusal · `taken_over`: done again by somebody else. */
export const keptDecisions = ['mine', 'theirs', 'fields', 'left', 'taken_over'] as const

/** Which side each field was given; the values are in the command that was kept and in the one that followed from it. */
export const ChosenField = z.strictObject({ entity: z.string(), id: wire.id, field: z.string(), side: z.enum(['mine', 'theirs', 'both', 'typed']) })

export const syncDecision = entity({
  name: 'sync_decision',
  scope: 'organization',
  fields: {
    kept_command_id: f.text(60),
    /** Whose command it was. */
    kept_user_id: f.text(60),
    decision: f.oneOf(keptDecisions),
    chosen: withInitial(f.json(z.array(ChosenField).max(2000)), []),
    /** Commands issued again because of it, in order. */
    reissued: withInitial(f.json(z.array(wire.id).max(500)), []),
    note: optional(f.text(2000)),
  },
  unique: [['kept_command_id']],
})
