import { detail, refuse } from '../errors.ts'
import type { Law } from '../law.ts'
import type { Reader } from '../operation.ts'
import type { Id } from '../../kernel/ids.ts'
import { missionHasPublishedSheet } from '../runsheets/published.ts'
import { assignment, dependency } from './model.ts'

/** Finish-to-start chains never come back to where they started. */
export const dependencyLaw: Law = async (reader, after) => {
  const links = await reader.find(dependency, { project_id: String(after['project_id']) })
  const reached = new Set<string>([String(after['after_mission_id'])])
  for (let grew = true; grew; ) {
    grew = false
    for (const link of links)
      if (reached.has(link.before_mission_id) && !reached.has(link.after_mission_id)) {
        reached.add(link.after_mission_id)
        grew = true
      }
  }
  if (reached.has(String(after['before_mission_id']))) throw refuse('dependency.cycle', detail('after_mission_id', 'cycle', null, String(after['after_mission_id'])))
}

export const engagedStates = ['proposed', 'accepted', 'confirmed', 'executed', 'closed'] as const

/** Nobody asked or engaged is left on a canceled mission. */
export async function checkNobodyEngaged(reader: Reader, mission_id: Id): Promise<void> {
  const engaged = await reader.find(assignment, { mission_id, state: engagedStates }, { limit: 50 })
  if (engaged.length > 0) throw refuse('mission.has_engaged', ...engaged.map((one) => detail('assignment', one.state, null, one.id)))
}

/** The conditions of the ladder that are about other rows, also for a step taken by an undo. */
export const missionLaw: Law = async (reader, after, before) => {
  const id = after['id'] as Id
  const [from, to] = [before?.['status'], after['status']]
  if (from === to) return
  if (to === 'draft' && from === 'planned' && (await missionHasPublishedSheet(reader, id))) throw refuse('mission.published')
  if (to !== 'canceled') return
  await checkNobodyEngaged(reader, id)
  const planned = await reader.find(assignment, { mission_id: id, state: 'planned' }, { limit: 50 })
  if (planned.length > 0) throw refuse('mission.has_engaged', ...planned.map((one) => detail('assignment', one.state, null, one.id)))
}
