import type { z } from 'zod'
import type { Id } from '../../kernel/ids.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { changeRow, listHandler, recordHandlers } from '../records.ts'
import { crewRole, department, member } from '../organization/model.ts'
import { assignment, mission } from '../planning/model.ts'
import { availability, certification, collaborator, collaboratorRole, collaboratorSkill, consent } from './model.ts'
import { clearBlocks } from './blocks.ts'
import { directoryPage } from './directory-filters.ts'
import { directoryHandlers } from './directory-handlers.ts'
import { mergePeople } from './merge.ts'
import { mergeCollaborators } from './merge-operations.ts'
import * as operations from './operations.ts'
import { removeCollaboratorParts, restoreCollaboratorParts } from './parts.ts'
import { checkInProject } from './scope.ts'

type DirectoryLine = z.infer<typeof operations.createCollaborators.input>['people'][number]

async function insertDirectoryLine(tx: Transaction, index: number, line: DirectoryLine): Promise<Id> {
  const { crew_role_ids, skills, certifications, availability: blocks, consents, ...values } = line
  const { id } = await tx.insert(collaborator, `person:${index}`, values)
  for (const [place, crew_role_id] of (crew_role_ids ?? []).entries())
    await tx.insert(collaboratorRole, `person:${index}:role:${crew_role_id}`, { collaborator_id: id, crew_role_id, is_main: place === 0 })
  for (const one of skills ?? []) await tx.insert(collaboratorSkill, `person:${index}:skill:${one.skill_id}`, { collaborator_id: id, ...one })
  for (const [place, one] of (certifications ?? []).entries()) await tx.insert(certification, `person:${index}:certification:${place}`, { collaborator_id: id, ...one })
  for (const [place, one] of (blocks ?? []).entries()) {
    await clearBlocks(tx, { collaborator_id: id, project_id: null, start_at: one.start_at, end_at: one.end_at }, false)
    await tx.insert(availability, `person:${index}:block:${place}`, { collaborator_id: id, ...one })
  }
  for (const one of consents ?? []) await tx.insert(consent, `person:${index}:consent:${one.purpose}`, { collaborator_id: id, ...one })
  return id
}

export const peopleHandlers: readonly Handler[] = [
  ...directoryHandlers,
  ...recordHandlers(collaborator, operations.collaborators, { view: 'collaborator_line', sort: ['display_name'], beforeRemove: removeCollaboratorParts, afterRestore: restoreCollaboratorParts })
    .filter((one) => one.operation.name !== operations.collaborators.list.name),
  answer(operations.collaborators.list, (reader, input) => directoryPage(reader, input, 'collaborator_line', ['display_name'])),
  handle(operations.createCollaborators, async (tx, input) => {
    const ids: string[] = []
    for (const [index, line] of input.people.entries()) ids.push(await insertDirectoryLine(tx, index, line))
    return { ids }
  }),
  answer(operations.getCollaborator, async (reader, { id }) => {
    const row = await reader.need(collaborator, id)
    const roles = await reader.find(collaboratorRole, { collaborator_id: id }, { sort: ['-is_main', 'created_at'] })
    const crewRoles = await reader.getMany(crewRole, roles.map((role) => role.crew_role_id))
    const coming = await reader.find(assignment, { collaborator_id: id }, { sort: ['-start_at'], limit: 50 })
    const [user] = await reader.find(member, { collaborator_id: id })
    const missions = await reader.getMany(mission, [...new Set(coming.map((one) => one.mission_id))])
    return {
      ...row,
      user: user ? { member_id: user.id, name: user.name, status: user.status } : null,
      crew_roles: roles.map((role) => crewRoles.find((one) => one.id === role.crew_role_id)).filter((one) => one !== undefined),
      departments: await reader.getMany(department, crewRoles.flatMap((one) => (one.department_id ? [one.department_id] : []))),
      skills: await reader.find(collaboratorSkill, { collaborator_id: id }),
      certifications: await reader.find(certification, { collaborator_id: id }, { sort: ['expires_on'] }),
      availability: await reader.find(availability, { collaborator_id: id }, { sort: ['start_at'], limit: 200 }),
      consents: await reader.find(consent, { collaborator_id: id }),
      assignments: coming.map((one) => ({ ...one, mission_title: missions.find((found) => found.id === one.mission_id)?.title ?? null })),
    }
  }),
  handle(operations.updateContact, (tx, input) => changeRow(tx, collaborator, { id: input.collaborator_id, version: input.version, changes: input.changes })),
  handle(operations.setCrewRoles, async (tx, input) => {
    const held = await tx.find(collaboratorRole, { collaborator_id: input.id }, { sort: ['created_at'] })
    for (const role of held) if (!input.crew_role_ids.includes(role.crew_role_id)) await tx.remove(collaboratorRole, role.id)
    for (const [index, crew_role_id] of input.crew_role_ids.entries()) {
      const known = held.find((role) => role.crew_role_id === crew_role_id)
      if (known) await tx.update(collaboratorRole, known.id, { is_main: index === 0 })
      else await tx.insert(collaboratorRole, `role:${crew_role_id}`, { collaborator_id: input.id, crew_role_id, is_main: index === 0 })
    }
    return { id: input.id, version: 0 }
  }),
  handle(operations.setSkill, async (tx, input) => {
    const [known] = await tx.find(collaboratorSkill, { collaborator_id: input.id, skill_id: input.skill_id })
    if (input.level === null) {
      if (known) await tx.remove(collaboratorSkill, known.id)
    } else if (known) await tx.update(collaboratorSkill, known.id, { level: input.level })
    else await tx.insert(collaboratorSkill, `skill:${input.skill_id}`, { collaborator_id: input.id, skill_id: input.skill_id, level: input.level })
    return { id: input.id, version: 0 }
  }),
  handle(mergeCollaborators, (tx, { kept_id, merged_id, take }) => mergePeople(tx, kept_id, merged_id, take ?? [])),
  ...recordHandlers(certification, operations.certifications, { sort: ['expires_on'] }),
  handle(operations.setAvailability, async (tx, input) => {
    if (input.project_id !== null) await checkInProject(tx, input.collaborator_id, input.project_id)
    await clearBlocks(tx, input, input.replace)
    const row = await tx.insert(availability, 'block', {
      collaborator_id: input.collaborator_id, availability_project_id: input.project_id, kind: input.kind, start_at: input.start_at, end_at: input.end_at,
      zone: input.zone, reason: input.reason ?? null, source: input.source ?? 'manual',
    })
    return { id: row.id, version: row.version }
  }),
  handle(operations.removeAvailability, async (tx, input) => {
    await tx.remove(availability, input.id)
    return { id: input.id, version: 0 }
  }),
  listHandler(operations.listAvailability, availability, { sort: ['start_at'] }),
  handle(operations.recordConsent, async (tx, input) => {
    const [known] = await tx.find(consent, { collaborator_id: input.collaborator_id, purpose: input.purpose })
    const given = { answer: input.answer, answered_on: input.answered_on, source: input.source }
    const row = known ? await tx.update(consent, known.id, given) : await tx.insert(consent, 'consent', { collaborator_id: input.collaborator_id, purpose: input.purpose, ...given })
    return { id: row.id, version: row.version }
  }),
]
