/** The directory as a whole: who is whose user, one change of many people, who is kept no longer. */
import type { Id } from '../../kernel/ids.ts'
import { localDateOf } from '../../kernel/instants.ts'
import type { Row } from '../entity.ts'
import { detail, refuse } from '../errors.ts'
import { answer, handle, type Handler, type Reader, type Transaction } from '../operation.ts'
import { crewRole, member } from '../organization/model.ts'
import { assignment } from '../planning/model.ts'
import { changesOfPerson, tagsAfter } from './bulk-change.ts'
import * as operations from './directory-operations.ts'
import { checkLink } from './linking.ts'
import { collaborator, collaboratorRole } from './model.ts'
import { removeCollaboratorParts } from './parts.ts'
import { erasePerson } from './erasing.ts'
import { holdsOf, waysOutOf } from './retention.ts'

/** Crew roles of each person, the main one first. */
async function rolesOf(reader: Reader, ids: readonly Id[]): Promise<Map<Id, Row<typeof collaboratorRole>[]>> {
  return Map.groupBy(await reader.find(collaboratorRole, { collaborator_id: ids }, { sort: ['-is_main', 'created_at'] }), (row) => row.collaborator_id)
}

async function setMainRole(tx: Transaction, collaborator_id: Id, crew_role_id: Id, held: readonly Row<typeof collaboratorRole>[]): Promise<void> {
  for (const role of held) if (role.is_main && role.crew_role_id !== crew_role_id) await tx.update(collaboratorRole, role.id, { is_main: false })
  const known = held.find((role) => role.crew_role_id === crew_role_id)
  if (known) await tx.update(collaboratorRole, known.id, { is_main: true })
  else await tx.insert(collaboratorRole, `role:${collaborator_id}`, { collaborator_id, crew_role_id, is_main: true })
}

const distinct = (ids: readonly Id[]): Id[] => [...new Set(ids)]

export const directoryHandlers: readonly Handler[] = [
  handle(operations.linkUser, async (tx, { id, member_id }) => {
    const person = await tx.need(collaborator, id)
    await checkLink(tx, id, 'id')
    const linked = await tx.find(member, { collaborator_id: id })
    if (member_id !== null) {
      const wanted = await tx.need(member, member_id)
      if (wanted.collaborator_id !== null && wanted.collaborator_id !== id) {
        const other = await tx.get(collaborator, wanted.collaborator_id)
        throw refuse('collaborator.user_linked', detail('member_id', 'linked', null, other?.display_name ?? null))
      }
    }
    for (const row of linked) if (row.id !== member_id) await tx.update(member, row.id, { collaborator_id: null })
    if (member_id !== null) await tx.update(member, member_id, { collaborator_id: id })
    return { id, version: person.version }
  }),
  handle(operations.changeMany, async (tx, { ids, change }) => {
    const roles = await rolesOf(tx, ids)
    for (const id of distinct(ids)) {
      const person = await tx.need(collaborator, id)
      const held = roles.get(id) ?? []
      const fields = new Set(changesOfPerson({ ...person, crew_role_ids: held.map((role) => role.crew_role_id) }, change).map(({ field }) => field))
      if (fields.has('crew_role_id') && change.crew_role_id) await setMainRole(tx, id, change.crew_role_id, held)
      if (fields.has('tags') || fields.has('status'))
        await tx.update(collaborator, id, { ...(fields.has('tags') ? { tags: tagsAfter(person.tags, change) } : {}), ...(change.status ? { status: change.status } : {}) })
    }
    return { ids: distinct(ids) }
  }),
  answer(operations.previewChange, async (reader, { ids, change }) => {
    if (change.crew_role_id) await reader.need(crewRole, change.crew_role_id)
    const people = await reader.getMany(collaborator, distinct(ids))
    const roles = await rolesOf(reader, ids)
    const changed = people.map((person) => ({
      id: person.id, display_name: person.display_name, fields: changesOfPerson({ ...person, crew_role_ids: (roles.get(person.id) ?? []).map((role) => role.crew_role_id) }, change),
    }))
    const items = changed.filter(({ fields }) => fields.length > 0).sort((a, b) => a.display_name.localeCompare(b.display_name, 'fr', { sensitivity: 'base', numeric: true }))
    return { items, same: changed.length - items.length }
  }),
  handle(operations.extendRetention, async (tx, { ids, retain_until, reason }) => {
    if (retain_until <= localDateOf(tx.call.now, 'UTC')) throw refuse('collaborator.retain_past', detail('retain_until', 'past', null, retain_until))
    tx.reason(reason)
    for (const id of distinct(ids)) {
      const person = await tx.need(collaborator, id)
      // Those kept longer already stay as they are.
      if (person.retain_until === null || person.retain_until < retain_until) await tx.update(collaborator, id, { retain_until })
    }
    return { ids: distinct(ids) }
  }),
  handle(operations.erase, async (tx, { id, reason }) => {
    const { version } = await erasePerson(tx, id, reason)
    return { id, version }
  }),
  handle(operations.retire, async (tx, { ids, how, reason }) => {
    const today = localDateOf(tx.call.now, 'UTC')
    tx.reason(reason)
    const work = Map.groupBy(await tx.find(assignment, { collaborator_id: ids, state: { not: 'canceled' } }), (row) => row.collaborator_id)
    const held = distinct(ids).flatMap((id) => {
      const holds = holdsOf(work.get(id) ?? [], today)
      const longest = holds.find(({ reason }) => reason === 'work_ahead') ?? holds.at(-1)
      return longest && !waysOutOf(holds).includes(how) ? [detail('ids', longest.reason, longest.until, id)] : []
    })
    if (held.length > 0) throw refuse('collaborator.held', ...held.slice(0, 20))
    for (const id of distinct(ids)) {
      const person = await tx.need(collaborator, id)
      if (person.retain_until === null || person.retain_until >= today) throw refuse('collaborator.not_due', detail('ids', 'not_due', null, id))
      if (how === 'archive') {
        await tx.update(collaborator, id, { status: 'inactive' })
        continue
      }
      await removeCollaboratorParts(tx, id)
      await tx.remove(collaborator, id)
    }
    return { ids: distinct(ids) }
  }),
]
