/** Who can open a door that is closed to the person asking. */
import type { Reader } from '../domain/operation.ts'
import { listGrantors } from '../domain/organization/grantors.ts'
import { member, roleBinding } from '../domain/organization/model.ts'
import { allows, holdingOf, organizationRoles, reachOf, roles, type Binding } from '../domain/permissions.ts'
import { coreHandler, type CoreHandler } from './core-handler.ts'

/** More names than one can ask help nobody. */
const NAMED = 5

async function bindingsByMember(all: Reader): Promise<ReadonlyMap<string, Binding[]>> {
  const bindings = new Map<string, Binding[]>()
  for (const { member_id, role, binding_project_id } of await all.find(roleBinding, {})) bindings.set(member_id, [...(bindings.get(member_id) ?? []), { role, project_id: binding_project_id }])
  return bindings
}

export const grantorHandlers: readonly CoreHandler[] = [
  coreHandler(listGrantors, async (_reader, { permission, project_id }, { all, person }) => {
    // Of a project one may not even read, only who opens doors in the whole organization is said.
    const project = project_id !== undefined && person.may('project:read', project_id, true) ? project_id : null
    const giving = roles.filter((role) => {
      const reach = reachOf(role, permission, person.policy)
      return reach === 'all' || reach === 'org'
    })
    const inProject = project !== null && giving.some((role) => !organizationRoles.includes(role) && reachOf(role, permission, person.policy) === 'all')
    const bindings = await bindingsByMember(all)
    const members = await all.find(member, { status: 'active' }, { sort: ['name'] })
    const people = members.filter(({ id }) => {
      const held = bindings.get(id) ?? []
      const may = (what: 'org:bind' | 'project:bind', where: string | null): boolean => allows(holdingOf(held, what, person.policy), what, { project_id: where, own: false })
      return may('org:bind', null) || (inProject && may('project:bind', project))
    })
    return { roles: giving, people: people.slice(0, NAMED).map(({ id, name }) => ({ id, name })) }
  }),
]
