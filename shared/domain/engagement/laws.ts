/** What holds between an assignment and what was asked of it, whoever wrote them. */
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import type { Law } from '../law.ts'
import { assignment } from '../planning/model.ts'
import { acceptance } from './model.ts'

/** At most one draft and one that waits; of the person it is about. */
export const acceptanceLaw: Law = async (reader, after) => {
  const assignment_id = after['assignment_id'] as Id
  const state = after['state']
  if (state === 'draft' || state === 'pending') {
    const same = await reader.count(acceptance, { assignment_id, state })
    if (same > 1) throw refuseFor('acceptance', 'taken', detail('state', 'taken', null, state))
  }
  const row = await reader.get(assignment, assignment_id)
  if (row && row.collaborator_id !== after['collaborator_id']) throw refuse('acceptance.asked', detail('collaborator_id', 'person', row.collaborator_id, String(after['collaborator_id'])))
}

/** What was asked stays with who was asked; who is said to have accepted has, unless nobody was ever told (before this was recorded). */
export const assignmentLaw: Law = async (reader, after, before) => {
  if (before === null) return
  const moved = before['collaborator_id'] !== after['collaborator_id']
  const yes = before['state'] !== after['state'] && after['state'] === 'accepted'
  if (!moved && !yes) return
  const asked = await reader.find(acceptance, { assignment_id: after['id'] as Id })
  if (moved && asked.some((one) => one.collaborator_id !== after['collaborator_id'])) throw refuse('acceptance.asked', detail('collaborator_id', 'person', null, String(after['collaborator_id'])))
  if (yes && !asked.some(({ state }) => state === 'accepted') && asked.some(({ asked_at }) => asked_at !== null))
    throw refuseFor('assignment', 'transition_rejected', detail('state', 'no_answer', 'accepted', String(before['state'])))
}
