import type { Id } from '../../kernel/ids.ts'
import type { AnyEntity } from '../entity.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { removedAt, restoreParts } from '../parts.ts'
import { changeRow, listHandler, recordHandlers } from '../records.ts'
import { attachment, certificationKind, member, roleBinding, skill } from '../organization/model.ts'
import { collaborator } from '../people/model.ts'
import { location } from '../locations/model.ts'
import type { Instant } from '../../kernel/instants.ts'
import { acceptance } from '../engagement/model.ts'
import { assignmentHandlers } from './assignment-handlers.ts'
import { duplicateHandlers } from './duplicate-handlers.ts'
import { checkNobodyEngaged, engagedStates } from './laws.ts'
import { castRole, costCentre, cue, dependency, milestone, mission, need, assignment, project } from './model.ts'
import { aroundMission, coverageByDepartment, coverageOf, dependenciesOf } from './mission-page.ts'
import { nextStatesOf } from './next-states.ts'
import * as operations from './operations.ts'
import { missionShiftHandlers } from './shift-handlers.ts'
import { runOfShowHandlers } from './run-of-show-handlers.ts'
import { waysOf } from '../transitions.ts'
import { missionTransitions, type MissionState } from './rules.ts'
import { missionHasPublishedSheet, projectHasPublishedSheet, removeSheetsOf, restoreSheetsOf } from '../runsheets/published.ts'

/** Whoever makes a project by a manager's role is bound to it as its manager (decision A2). */
async function bindMaker(tx: Transaction, project_id: Id): Promise<void> {
  const [maker] = await tx.find(member, { user_id: tx.call.actor, status: 'active' })
  if (!maker) return
  const held = await tx.find(roleBinding, { member_id: maker.id, binding_project_id: null })
  if (held.some(({ role }) => role === 'org_owner' || role === 'org_admin')) return
  await tx.insert(roleBinding, 'maker', { member_id: maker.id, role: 'project_manager', binding_project_id: project_id })
}

/** The order of what is written is the same on every engine. */
const steady = { sort: ['id'] } as const

async function removeMissionParts(tx: Transaction, mission_id: Id): Promise<void> {
  const engaged = await tx.find(assignment, { mission_id, state: engagedStates }, { limit: 20 })
  if (engaged.length > 0 || (await missionHasPublishedSheet(tx, mission_id)))
    throw refuse('mission.not_removable', ...engaged.map((one) => detail('assignment', 'engaged', null, one.id)))
  await removeSheetsOf(tx, mission_id)
  // Who was asked stays in history: the mission is canceled, not removed.
  for (const part of [acceptance, assignment, need, milestone, cue]) for (const row of await tx.find(part, { mission_id }, steady)) await tx.remove(part, row.id)
  for (const row of [...(await tx.find(dependency, { before_mission_id: mission_id }, steady)), ...(await tx.find(dependency, { after_mission_id: mission_id }, steady))])
    await tx.remove(dependency, row.id)
}

async function restoreMissionParts(tx: Transaction, mission_id: Id, at: Instant): Promise<void> {
  for (const part of [need, milestone, cue, assignment, acceptance]) await restoreParts(tx, part, { mission_id }, at)
  await restoreParts(tx, dependency, { before_mission_id: mission_id }, at)
  await restoreParts(tx, dependency, { after_mission_id: mission_id }, at)
  await restoreSheetsOf(tx, mission_id, at)
}

/** What a need asks for exists in the catalogues (lists of ids have no foreign key). */
async function checkWanted(tx: Transaction, _: Id | null, values: Record<string, unknown>): Promise<void> {
  for (const [field, entity] of [['skill_ids', skill], ['certification_kind_ids', certificationKind]] as const) {
    const wanted = values[field]
    if (!Array.isArray(wanted) || wanted.length === 0) continue
    const found = new Set((await tx.getMany<AnyEntity>(entity, wanted as Id[])).map((row) => String((row as { id: unknown }).id)))
    for (const id of wanted) if (!found.has(String(id))) throw refuse('validation.reference', detail(field, 'not_found', entity.name, String(id)))
  }
}

export async function changeStatus(tx: Transaction, input: { id: Id; to: MissionState; reason?: string | undefined }) {
  const row = await tx.need(mission, input.id)
  if (row.status === input.to) return { id: row.id, version: row.version }
  const ways = waysOf(missionTransitions, row.status, input.to)
  const way = ways.find((one) => one.permission !== 'system' && tx.may(one.permission, row.project_id))
  if (ways.length === 0) throw refuseFor('mission', 'transition_rejected', detail('to', 'transition', row.status, input.to))
  if (!way) throw refuse('auth.forbidden', detail(null, 'permission', ways[0]?.permission ?? null))
  if (way.reason === 'required' && !input.reason) throw refuse('reason.required', detail('reason', 'required'))
  if (input.reason) tx.reason(input.reason)
  for (const condition of way.needs ?? []) {
    if (condition === 'not_locked' && row.locked) throw refuse('mission.locked', detail(null, 'locked', null, row.title))
    if (condition === 'location' && row.location_id === null) throw refuse('mission.not_ready', detail('location_id', 'required'))
    if (condition === 'project_active' && (await tx.need(project, row.project_id)).status !== 'active') throw refuse('project.archived')
    if (condition === 'nothing_published' && (await missionHasPublishedSheet(tx, row.id))) throw refuse('mission.published')
    if (condition === 'other_assignments_listed') await checkNobodyEngaged(tx, row.id)
    if (condition === 'planned_assignments_canceled')
      for (const one of await tx.find(assignment, { mission_id: row.id, state: 'planned' })) await tx.update(assignment, one.id, { state: 'canceled', cancel_reason: input.reason ?? null })
  }
  if ((await tx.need(project, row.project_id)).status === 'archived') throw refuse('project.archived')
  const after = await tx.update(mission, row.id, { status: input.to })
  return { id: after.id, version: after.version }
}

export const planningHandlers: readonly Handler[] = [
  handle(operations.createProject, async (tx, input) => {
    const row = await tx.insert(project, 'project', { document_language: 'fr', ...input })
    await bindMaker(tx, row.id)
    return { id: row.id, version: row.version }
  }),
  handle(operations.updateProject, (tx, input) => changeRow(tx, project, input)),
  handle(operations.archiveProject, async (tx, { id }) => {
    const row = await tx.update(project, id, { status: 'archived' })
    return { id, version: row.version }
  }),
  handle(operations.unarchiveProject, async (tx, { id }) => {
    const row = await tx.update(project, id, { status: 'active' })
    return { id, version: row.version }
  }),
  handle(operations.removeProject, async (tx, { id }) => {
    if (await projectHasPublishedSheet(tx, id)) throw refuse('project.not_removable')
    for (const one of await tx.find(mission, { project_id: id }, steady)) {
      await removeMissionParts(tx, one.id)
      await tx.remove(mission, one.id)
    }
    for (const part of [costCentre, castRole]) for (const one of await tx.find(part, { project_id: id }, steady)) await tx.remove(part, one.id)
    for (const one of await tx.find(attachment, { attachment_project_id: id }, steady)) await tx.remove(attachment, one.id)
    for (const one of await tx.find(roleBinding, { binding_project_id: id }, steady)) await tx.remove(roleBinding, one.id)
    await tx.remove(project, id)
    return { id, version: 0 }
  }),
  listHandler(operations.listProjects, 'project_line', { sort: ['-start_at'], project: 'id' }),
  answer(operations.getProject, async (reader, { id }) => {
    const row = await reader.need(project, id)
    return {
      ...row,
      missions: await reader.count(mission, { project_id: id }),
      assignments: await reader.count(assignment, { project_id: id, state: { not: 'canceled' } }),
      cost_centres: await reader.find(costCentre, { project_id: id }, { sort: ['code'] }),
    }
  }),
  ...recordHandlers(costCentre, operations.costCentres, { sort: ['code'] }),

  handle(operations.createMission, async (tx, input) => {
    const place = input.location_id ? await tx.get(location, input.location_id) : null
    const home = await tx.need(project, input.project_id)
    const row = await tx.insert(mission, 'mission', { ...input, zone: input.zone ?? place?.zone ?? home.zone })
    return { id: row.id, version: row.version }
  }),
  handle(operations.createMissions, async (tx, input) => {
    const home = await tx.need(project, input.project_id)
    const ids: string[] = []
    for (const [index, { planned, needs, milestones, ...values }] of input.missions.entries()) {
      const place = values.location_id ? await tx.get(location, values.location_id) : null
      const made = await tx.insert(mission, `mission:${index}`, { ...values, project_id: home.id, zone: values.zone ?? place?.zone ?? home.zone })
      const inside = { project_id: home.id, mission_id: made.id }
      for (const [part, one] of (needs ?? []).entries()) {
        await checkWanted(tx, null, one)
        await tx.insert(need, `mission:${index}:need:${part}`, { ...inside, ...one })
      }
      for (const [part, one] of (milestones ?? []).entries()) await tx.insert(milestone, `mission:${index}:milestone:${part}`, { ...inside, ...one })
      if (planned) await changeStatus(tx, { id: made.id, to: 'planned' })
      ids.push(made.id)
    }
    return { ids }
  }),
  handle(operations.updateMission, (tx, input) => changeRow(tx, mission, input)),
  handle(operations.changeMissionStatus, changeStatus),
  handle(operations.lockMission, async (tx, input) => {
    if (input.reason) tx.reason(input.reason)
    const before = await tx.need(mission, input.id)
    if (before.locked) return { id: before.id, version: before.version }
    const row = await tx.update(mission, input.id, { locked: true, lock_reason: input.reason ?? null })
    return { id: row.id, version: row.version }
  }),
  handle(operations.unlockMission, async (tx, { id }) => {
    const row = await tx.update(mission, id, { locked: false, lock_reason: null })
    return { id, version: row.version }
  }),
  handle(operations.removeMission, async (tx, { id }) => {
    await removeMissionParts(tx, id)
    await tx.remove(mission, id)
    return { id, version: 0 }
  }),
  handle(operations.restoreMission, async (tx, { id }) => {
    const at = await removedAt(tx, mission, id)
    const row = await tx.restore(mission, id)
    if (at !== null) await restoreMissionParts(tx, id, at)
    return { id, version: row.version }
  }),
  ...duplicateHandlers,
  listHandler(operations.listMissions, 'mission_line', { sort: ['start_at'], project: 'project_id' }),
  answer(operations.getMission, async (reader, { id }) => {
    const row = await reader.need(mission, id)
    const wanted = await reader.find(need, { mission_id: id }, { sort: ['created_at'] })
    const people = await reader.find(assignment, { mission_id: id, state: { not: 'canceled' } })
    const place = row.location_id ? await reader.get(location, row.location_id) : null
    const covered = wanted.map((one) => ({ ...one, ...coverageOf(one, people) }))
    return {
      ...row,
      next_states: await nextStatesOf(reader, row),
      location: place,
      lead: row.lead_collaborator_id ? await reader.get(collaborator, row.lead_collaborator_id) : null,
      needs: covered,
      coverage: await coverageByDepartment(reader, covered),
      milestones: await reader.find(milestone, { mission_id: id }, { sort: ['at'] }),
      waits_for: await dependenciesOf(reader, id, 'before'),
      awaited_by: await dependenciesOf(reader, id, 'after'),
      ...(await aroundMission(reader, row, place)),
    }
  }),
  ...recordHandlers(need, operations.needs, { sort: ['created_at'], check: checkWanted }),
  ...recordHandlers(milestone, operations.milestones, { sort: ['at'] }),
  handle(operations.addDependency, async (tx, input) => {
    const row = await tx.insert(dependency, 'dependency', input)
    return { id: row.id, version: row.version }
  }),
  handle(operations.removeDependency, async (tx, { id }) => {
    await tx.remove(dependency, id)
    return { id, version: 0 }
  }),
  ...assignmentHandlers,
  ...missionShiftHandlers,
  ...runOfShowHandlers,
]
