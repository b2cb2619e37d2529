/** Giving a reminder: by the authority's clock alone, once for its bucket. */
import { z } from 'zod'
import { inputOf } from '../entity.ts'
import { handle, command, Written, type Handler } from '../operation.ts'
import { assignment } from '../planning/model.ts'
import { reminder } from './model.ts'

export const giveReminder = command({
  name: 'reminder.give',
  about: 'Reminds production, and those above it the next time, of what is missing: once for what it is, the day it counts from and its bucket.',
  input: z.strictObject(inputOf(reminder, ['kind', 'assignment_id', 'subject_id', 'anchor', 'bucket'])),
  output: Written,
  permission: 'system:act',
  target: { kind: 'rows', entity: 'assignment', ids: ({ assignment_id }) => [assignment_id] },
  undoable: false, again: false, ignoresLock: true,
})

export const reminderHandlers: readonly Handler[] = [
  handle(giveReminder, async (tx, { kind, subject_id, assignment_id, anchor, bucket }) => {
    const former = await tx.find(reminder, { kind, subject_id })
    const same = former.find((one) => one.anchor === anchor && one.bucket === bucket)
    if (same) return { id: same.id, version: same.version }
    const { project_id, mission_id } = await tx.need(assignment, assignment_id)
    const level = former.length === 0 ? 'production' : 'direction'
    const row = await tx.insert(reminder, 'reminder', { project_id, mission_id, kind, assignment_id, subject_id, anchor, bucket, level })
    return { id: row.id, version: row.version }
  }),
]
