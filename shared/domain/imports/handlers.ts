/** Writing rows of an import. Each kind needs the permission that writing it by hand needs. */
import type { Id } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instants.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { handle, type Handler, type Transaction } from '../operation.ts'
import { changeRow } from '../records.ts'
import type { Permission } from '../permissions.ts'
import { withSlug } from '../locations/handlers.ts'
import { location } from '../locations/model.ts'
import { collaborator, collaboratorRole, collaboratorSkill } from '../people/model.ts'
import { checkTermsOpen } from '../planning/assignment-handlers.ts'
import { changeStatus } from '../planning/handlers.ts'
import { assignment, mission } from '../planning/model.ts'
import { writeImport, type ChangedAssignment, type ChangedMission, type ChangedPerson, type ImportRows, type LocationRow, type NewAssignment, type NewMission, type NewPerson } from './operations.ts'

/** A skill that a file only names: mastered, neither beginner nor expert. */
const IMPORTED_SKILL_LEVEL = 3

interface Work {
  tx: Transaction
  project_id: Id
  source: string
  created: Record<string, string>
  updated: Record<string, string>
  /** Kept with the reason for cancelling a mission. */
  reason: string
}

const needed: readonly [Exclude<keyof ImportRows, 'project_id' | 'source' | 'refused' | 'last'>, Permission][] = [
  ['locations', 'location:write'], ['people', 'collaborator:write'], ['changed_people', 'collaborator:write'], ['missions', 'mission:create'],
  ['changed_missions', 'mission:update'], ['assignments', 'assignment:plan'], ['changed_assignments', 'assignment:plan'],
]

/** The row meant by an id or by the key of a row of this command. */
function resolve(work: Work, id: Id | null | undefined, key: string | undefined, field: string): Id | null {
  if (key === undefined) return id ?? null
  const made = work.created[key]
  if (made === undefined) throw refuse('validation.reference', detail(field, 'key', null, key))
  return made as Id
}

async function inProject(work: Work, entity: typeof mission | typeof assignment, id: Id): Promise<void> {
  const row = await work.tx.get(entity, id)
  if (row?.project_id !== work.project_id) throw refuseFor(entity.name, 'not_found', detail('id', 'not_found', null, id))
}

async function addLocation({ tx, source, created }: Work, { key, ...values }: LocationRow): Promise<void> {
  const complete = (await withSlug(tx, { ...values, source })) as typeof values & { slug: string; source: string }
  created[key] = (await tx.insert(location, `location:${key}`, complete)).id
}

/** The role becomes the main one; skills are added to those held, never lowered. */
async function addCapacities(tx: Transaction, id: Id, key: string, row: Pick<NewPerson, 'crew_role_id' | 'skill_ids'>, isNew: boolean): Promise<void> {
  if (row.crew_role_id) {
    const held = isNew ? [] : await tx.find(collaboratorRole, { collaborator_id: id })
    for (const role of held) await tx.update(collaboratorRole, role.id, { is_main: role.crew_role_id === row.crew_role_id })
    if (!held.some((role) => role.crew_role_id === row.crew_role_id))
      await tx.insert(collaboratorRole, `person:${key}:role:${row.crew_role_id}`, { collaborator_id: id, crew_role_id: row.crew_role_id, is_main: true })
  }
  if (!row.skill_ids?.length) return
  const held = new Set((isNew ? [] : await tx.find(collaboratorSkill, { collaborator_id: id })).map(({ skill_id }) => skill_id))
  for (const skill_id of row.skill_ids)
    if (!held.has(skill_id)) await tx.insert(collaboratorSkill, `person:${key}:skill:${skill_id}`, { collaborator_id: id, skill_id, level: IMPORTED_SKILL_LEVEL })
}

async function addPerson({ tx, source, created }: Work, row: NewPerson): Promise<void> {
  const { key, crew_role_id: _role, skill_ids: _skills, ...values } = row
  const { id } = await tx.insert(collaborator, `person:${key}`, { ...values, source })
  created[key] = id
  await addCapacities(tx, id, key, row, true)
}

async function changePerson({ tx, updated }: Work, row: ChangedPerson): Promise<void> {
  const { id } = await changeRow(tx, collaborator, row)
  updated[row.key] = id
  await addCapacities(tx, row.id, row.key, row, false)
}

async function addMission(work: Work, { key, location_key, ...values }: NewMission): Promise<void> {
  const location_id = resolve(work, values.location_id, location_key, 'location_key')
  const row = await work.tx.insert(mission, `mission:${key}`, { ...values, location_id, source: work.source, project_id: work.project_id })
  work.created[key] = row.id
}

async function changeMission(work: Work, row: ChangedMission): Promise<void> {
  await inProject(work, mission, row.id)
  const moved = row.location_key === undefined ? {} : { location_id: resolve(work, null, row.location_key, 'location_key') }
  await changeRow(work.tx, mission, { ...row, changes: { ...row.changes, ...moved } })
  if (row.canceled) await changeStatus(work.tx, { id: row.id, to: 'canceled', reason: work.reason })
  work.updated[row.key] = row.id
}

async function addAssignment(work: Work, row: NewAssignment): Promise<void> {
  const { key, collaborator_id, person_key, mission_id, mission_key, ...values } = row
  const person = resolve(work, collaborator_id, person_key, 'person_key')
  const onId = resolve(work, mission_id, mission_key, 'mission_key')
  if (person === null || onId === null) throw refuse('validation.invalid', detail(person === null ? 'collaborator_id' : 'mission_id', 'required'))
  const on = await work.tx.get(mission, onId)
  if (on?.project_id !== work.project_id) throw refuseFor('mission', 'not_found', detail('id', 'not_found', null, onId))
  if (on.status === 'canceled') throw refuseFor('mission', 'transition_rejected', detail('mission_id', 'canceled', null, on.title))
  const made = await work.tx.insert(assignment, `assignment:${key}`, {
    ...values, ...(values.external_id ? { source: work.source } : {}), collaborator_id: person, project_id: work.project_id, mission_id: on.id,
  })
  work.created[key] = made.id
}

async function changeAssignment(work: Work, row: ChangedAssignment): Promise<void> {
  await inProject(work, assignment, row.id)
  checkTermsOpen(await work.tx.need(assignment, row.id), Object.keys(row.changes))
  await changeRow(work.tx, assignment, row)
  work.updated[row.key] = row.id
}

const dateOf = (instant: Instant): string => instant.slice(0, 10)

export const importHandlers: readonly Handler[] = [
  handle(writeImport, async (tx, input) => {
    for (const [list, permission] of needed)
      if (input[list]?.length && !tx.may(permission, input.project_id)) throw refuse('auth.forbidden', detail(null, 'permission', permission))
    const work: Work = { tx, project_id: input.project_id, source: input.source, created: {}, updated: {}, reason: `${input.source}, ${dateOf(tx.call.now)}` }
    for (const row of input.locations ?? []) await addLocation(work, row)
    for (const row of input.people ?? []) await addPerson(work, row)
    for (const row of input.changed_people ?? []) await changePerson(work, row)
    for (const row of input.missions ?? []) await addMission(work, row)
    for (const row of input.changed_missions ?? []) await changeMission(work, row)
    for (const row of input.assignments ?? []) await addAssignment(work, row)
    for (const row of input.changed_assignments ?? []) await changeAssignment(work, row)
    return { created: work.created, updated: work.updated }
  }),
]
