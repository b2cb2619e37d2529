import type { z } from 'zod'
import type { Id } from '../../kernel/ids.ts'
import { detail, refuse, refuseFor } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import { changeRow, listHandler, recordHandlers } from '../records.ts'
import { crewRole, department, member } from '../organization/model.ts'
import { assignment, mission } from '../planning/model.ts'
import { availability, certification, collaborator, collaboratorRole, collaboratorSkill, consent } from './model.ts'
import * as operations from './operations.ts'

/** Someone who is or was planned stays on history: their row is kept, inactive, never dropped from under an assignment. */
async function removeCollaboratorParts(tx: Transaction, id: Id): Promise<void> {
  const coming = await tx.find(assignment, { collaborator_id: id, end_at: { gt: tx.call.now }, state: { not: 'canceled' } }, { limit: 20 })
  if (coming.length > 0) throw refuseFor('collaborator', 'in_use', ...coming.map((one) => detail('assignment', 'in_use', null, one.id)))
  for (const part of [collaboratorRole, collaboratorSkill, certification, availability, consent])
    for (const row of await tx.find(part, { collaborator_id: id })) await tx.remove(part, row.id)
}

/** Blocks of one person and scope never overlap: those under the new one are cut or taken away (decision A30). */
async function clearBlocks(tx: Transaction, block: { collaborator_id: Id; project_id: Id | null; start_at: string; end_at: string }, replace: boolean): Promise<void> {
  const overlapping = await tx.find(availability, {
    collaborator_id: block.collaborator_id, availability_project_id: block.project_id, start_at: { lt: block.end_at }, end_at: { gt: block.start_at },
  }, { sort: ['start_at'] })
  if (overlapping.length > 0 && !replace)
    throw refuse('availability.overlap', ...overlapping.map((one) => detail('start_at', 'overlap', null, `${one.start_at} / ${one.end_at}`)))
  for (const one of overlapping) {
    const before = one.start_at < block.start_at
    const after = one.end_at > block.end_at
    if (after)
      await tx.insert(availability, `rest:${one.id}`, {
        collaborator_id: one.collaborator_id, availability_project_id: one.availability_project_id, kind: one.kind, zone: one.zone, source: one.source,
        reason: one.reason, start_at: block.end_at as typeof one.start_at, end_at: one.end_at,
      })
    if (before) await tx.update(availability, one.id, { end_at: block.start_at as typeof one.start_at })
    else await tx.remove(availability, one.id)
  }
}

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
  ...recordHandlers(collaborator, operations.collaborators, { view: 'collaborator_line', sort: ['display_name'], beforeRemove: removeCollaboratorParts }),
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
    const missions = await reader.getMany(mission, [...new Set(coming.map((one) => one.mission_id))])
    return {
      ...row,
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
    const held = await tx.find(collaboratorRole, { collaborator_id: input.id })
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
  handle(operations.mergeCollaborators, async (tx, { kept_id, merged_id }) => {
    if (kept_id === merged_id) throw refuse('validation.invalid', detail('merged_id', 'same'))
    const kept = await tx.need(collaborator, kept_id)
    const merged = await tx.need(collaborator, merged_id)
    for (const one of await tx.find(assignment, { collaborator_id: merged_id })) await tx.update(assignment, one.id, { collaborator_id: kept_id })
    const roles = await tx.find(collaboratorRole, { collaborator_id: kept_id })
    for (const one of await tx.find(collaboratorRole, { collaborator_id: merged_id }))
      if (roles.some((role) => role.crew_role_id === one.crew_role_id)) await tx.remove(collaboratorRole, one.id)
      else await tx.update(collaboratorRole, one.id, { collaborator_id: kept_id, is_main: false })
    const skills = await tx.find(collaboratorSkill, { collaborator_id: kept_id })
    for (const one of await tx.find(collaboratorSkill, { collaborator_id: merged_id }))
      if (skills.some((skill) => skill.skill_id === one.skill_id)) await tx.remove(collaboratorSkill, one.id)
      else await tx.update(collaboratorSkill, one.id, { collaborator_id: kept_id })
    for (const one of await tx.find(certification, { collaborator_id: merged_id })) await tx.update(certification, one.id, { collaborator_id: kept_id })
    const purposes = new Set((await tx.find(consent, { collaborator_id: kept_id })).map((one) => one.purpose))
    for (const one of await tx.find(consent, { collaborator_id: merged_id }))
      if (purposes.has(one.purpose)) await tx.remove(consent, one.id)
      else await tx.update(consent, one.id, { collaborator_id: kept_id })
    for (const one of await tx.find(availability, { collaborator_id: merged_id }, { sort: ['start_at'] })) {
      const clash = await tx.find(availability, {
        collaborator_id: kept_id, availability_project_id: one.availability_project_id, start_at: { lt: one.end_at }, end_at: { gt: one.start_at },
      })
      if (clash.length > 0) await tx.remove(availability, one.id)
      else await tx.update(availability, one.id, { collaborator_id: kept_id })
    }
    for (const one of await tx.find(member, { collaborator_id: merged_id })) await tx.update(member, one.id, { collaborator_id: kept_id })
    // What the kept one lacks is filled from the other; nothing of the kept one is overwritten.
    const fill: Record<string, unknown> = {}
    for (const name of ['first_name', 'last_name', 'email', 'phone', 'address', 'birth_date', 'emergency_contact', 'backup_contact', 'external_id', 'source'] as const)
      if (kept[name] === null && merged[name] !== null) fill[name] = merged[name]
    const after = await tx.update(collaborator, kept_id, { ...fill, tags: [...new Set([...kept.tags, ...merged.tags])] })
    await tx.update(collaborator, merged_id, { merged_into: kept_id, status: 'inactive' })
    await tx.remove(collaborator, merged_id)
    return { id: kept_id, version: after.version }
  }),
  ...recordHandlers(certification, operations.certifications, { sort: ['expires_on'] }),
  handle(operations.setAvailability, async (tx, input) => {
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
