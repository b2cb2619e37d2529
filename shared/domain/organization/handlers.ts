import type { Id } from '../../kernel/ids.ts'
import { fold } from '../../kernel/text.ts'
import { detail, refuse } from '../errors.ts'
import { answer, handle, type Handler, type Transaction } from '../operation.ts'
import type { Role } from '../permissions.ts'
import { changeRow, listHandler, recordHandlers } from '../records.ts'
import { entities } from '../registry.ts'
import { attachment, certificationKind, crewRole, department, flag, member, organization, party, rateCard, roleBinding, skill } from './model.ts'
import * as operations from './operations.ts'
import { catalogueHandlers } from './catalogue-handlers.ts'
import { addMissing } from './applying.ts'
import { checkAnOwnerRemains, checkGrant } from './role-rules.ts'

export const slugOf = (name: string): string => fold(name).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || 'x'

async function bindRole(tx: Transaction, label: string, member_id: Id, role: Role, project_id: Id | null) {
  const [known] = await tx.find(roleBinding, { member_id, role, binding_project_id: project_id })
  return known ?? tx.insert(roleBinding, label, { member_id, role, binding_project_id: project_id })
}

/** Who may give this role there may take it back, and nobody else. */
async function checkBinding(tx: Transaction, role: Role, project_id: Id | null): Promise<void> {
  const permission = project_id === null ? 'org:bind' : 'project:bind'
  if (!tx.may(permission, project_id)) throw refuse('auth.forbidden', detail(null, 'permission', permission))
  await checkGrant(tx, role, project_id)
}

/** A file hangs on a record that exists, in the project it is filed under. */
async function checkAttachedTo(tx: Transaction, entityName: string, id: Id, project_id: Id | null): Promise<void> {
  const entity = entities.get(entityName)
  const [row]: Record<string, unknown>[] = entity ? await tx.find(entity, { id }) : []
  const project = entityName === 'project' ? row?.['id'] : (row?.['project_id'] ?? null)
  if (!row || (project !== null && project !== project_id)) throw refuse('validation.reference', detail('entity_id', 'not_found', entityName, id))
}

export const organizationHandlers: readonly Handler[] = [
  handle(operations.createOrganization, async (tx, input) => {
    const row = await tx.insert(organization, 'organization', {
      name: input.name, slug: slugOf(input.name), kind: input.kind, default_language: input.language, default_zone: input.zone, default_currency: input.currency, demo: input.demo ?? false,
    })
    const owner = await tx.insert(member, 'owner', input.owner)
    await tx.insert(roleBinding, 'owner-role', { member_id: owner.id, role: 'org_owner' })
    await addMissing(tx, input.kind)
    return { id: row.id, version: row.version }
  }),
  answer(operations.getOrganization, async (reader) => {
    const found = await reader.need(organization, reader.call.org)
    const [me] = await reader.find(member, { user_id: reader.call.actor })
    const held = me ? await reader.find(roleBinding, { member_id: me.id }) : []
    return {
      organization: found,
      me: { member_id: me?.id ?? null, name: me?.name ?? null, collaborator_id: me?.collaborator_id ?? null, bindings: held.map(({ role, binding_project_id }) => ({ role, project_id: binding_project_id })) },
      departments: await reader.find(department, {}, { sort: ['position'] }),
      crew_roles: await reader.find(crewRole, {}, { sort: ['name'] }),
      skills: await reader.find(skill, {}, { sort: ['name'] }),
      certification_kinds: await reader.find(certificationKind, {}, { sort: ['name'] }),
      rate_cards: await reader.find(rateCard, {}, { sort: ['name'] }),
    }
  }),
  handle(operations.updateOrganization, (tx, input) => changeRow(tx, organization, input)),

  handle(operations.addMember, async (tx, input) => {
    const { role, project_id, ...values } = input
    await checkGrant(tx, role, project_id)
    const row = await tx.insert(member, 'member', { user_id: values.user_id, name: values.name, email: values.email, collaborator_id: values.collaborator_id ?? null })
    await bindRole(tx, 'role', row.id, role, project_id)
    return { id: row.id, version: row.version }
  }),
  handle(operations.updateMember, (tx, input) => changeRow(tx, member, input)),
  handle(operations.removeMember, async (tx, input) => {
    const bindings = await tx.find(roleBinding, { member_id: input.id })
    await checkAnOwnerRemains(tx, bindings.map((binding) => binding.id))
    for (const binding of bindings) await checkGrant(tx, binding.role, binding.binding_project_id)
    for (const binding of bindings) await tx.remove(roleBinding, binding.id)
    await tx.remove(member, input.id)
    return { id: input.id, version: 0 }
  }),
  handle(operations.setMemberRole, async (tx, { id, project_id, role }) => {
    const who = await tx.need(member, id)
    const held = await tx.find(roleBinding, { member_id: id, binding_project_id: project_id }, { sort: ['created_at'] })
    const gone = held.filter((binding) => binding.role !== role)
    for (const binding of gone) await checkBinding(tx, binding.role, project_id)
    if (gone.some((binding) => binding.role === 'org_owner')) await checkAnOwnerRemains(tx, gone.map((binding) => binding.id))
    if (role !== null && gone.length === held.length) {
      await checkBinding(tx, role, project_id)
      await bindRole(tx, 'role', id, role, project_id)
    }
    for (const binding of gone) await tx.remove(roleBinding, binding.id)
    return { id, version: who.version }
  }),

  handle(operations.grantRole, async (tx, input) => {
    await tx.need(member, input.member_id)
    await checkBinding(tx, input.role, input.project_id)
    const row = await bindRole(tx, 'role', input.member_id, input.role, input.project_id)
    return { id: row.id, version: row.version }
  }),
  handle(operations.revokeRole, async (tx, input) => {
    const binding = await tx.get(roleBinding, input.id)
    if (!binding) return { id: input.id, version: 0 }
    await checkBinding(tx, binding.role, binding.binding_project_id)
    if (binding.role === 'org_owner') await checkAnOwnerRemains(tx, [binding.id])
    await tx.remove(roleBinding, binding.id)
    return { id: input.id, version: 0 }
  }),
  listHandler(operations.listRoles, roleBinding, { sort: ['created_at'] }),

  ...catalogueHandlers,
  ...recordHandlers(skill, operations.skills, { sort: ['name'] }),
  ...recordHandlers(certificationKind, operations.certificationKinds, { sort: ['name'] }),
  ...recordHandlers(rateCard, operations.rateCards, { sort: ['name'] }),
  ...recordHandlers(flag, operations.flags, { sort: ['name'] }),
  ...recordHandlers(party, operations.parties, { sort: ['name'] }),

  handle(operations.addAttachment, async (tx, input) => {
    const { project_id, ...values } = input
    if (!tx.may('attachment:add', project_id)) throw refuse('auth.forbidden', detail(null, 'permission', 'attachment:add'))
    await checkAttachedTo(tx, values.entity, values.entity_id, project_id)
    const row = await tx.insert(attachment, 'attachment', { ...values, attachment_project_id: project_id })
    return { id: row.id, version: row.version }
  }),
  handle(operations.removeAttachment, async (tx, input) => {
    await tx.remove(attachment, input.id)
    return { id: input.id, version: 0 }
  }),
  handle(operations.restoreAttachment, async (tx, { id }) => {
    const row = await tx.restore(attachment, id)
    await checkAttachedTo(tx, row.entity, row.entity_id, row.attachment_project_id)
    return { id, version: row.version }
  }),
  listHandler(operations.listAttachments, attachment, { sort: ['name'], project: 'attachment_project_id' }),
]
