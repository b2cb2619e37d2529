import { describe, expect, it } from 'vitest'
import { organizationOperations } from '../../../shared/core/handlers.ts'
import { allows, defaultPolicy, holdingOf, organizationRoles, permissions, reachOf, roles, type PermissionPolicy } from '../../../shared/domain/permissions.ts'
import { readPermissionPage } from '../../fixtures/permission-page.ts'

const page = readPermissionPage()
const said = { all: 'yes', org: 'org', own: 'own' } as const

describe('the page of permissions', () => {
  it('names the roles and the permissions of the code, each once', () => {
    expect([...page.roles].sort()).toEqual([...roles].sort())
    expect([...page.matrix.keys()].sort()).toEqual([...permissions].sort())
  })

  it('says for each role and permission what the code does', () => {
    const differing: string[] = []
    for (const permission of permissions)
      for (const role of roles) {
        const reach = reachOf(role, permission)
        const coded = reach === null ? '' : said[reach]
        const written = page.matrix.get(permission)?.get(role) ?? ''
        // A role that is held in the organization only reaches the same with `org` and `yes`.
        const same = coded === written || (organizationRoles.includes(role) && coded !== 'own' && written !== 'own' && coded !== '' && written !== '')
        if (!same) differing.push(`${permission} ${role}: page "${written}", code "${coded}"`)
      }
    expect(differing).toEqual([])
  })

  it('says which permissions of a project hold on records of no project', () => {
    for (const permission of permissions) {
      const held = holdingOf([{ role: 'project_manager', project_id: 'P' }], permission)
      if (held.projects.size === 0) continue
      expect(allows(held, permission, { project_id: null, own: false }), permission).toBe(page.shared.has(permission))
    }
    for (const permission of page.shared) expect(permissions).toContain(permission)
  })

  it('says what every operation needs', () => {
    const coded = Object.fromEntries(organizationOperations.map(({ operation }) => [operation.name, operation.permission]).toSorted())
    expect(Object.fromEntries([...page.operations].toSorted())).toEqual(coded)
  })

  it('settings of the organization narrow exactly the two cells it names', () => {
    const narrowed: PermissionPolicy = { planners_read_rates: false, managers_read_audit: false }
    const lost = permissions.flatMap((permission) => roles.filter((role) => reachOf(role, permission, defaultPolicy) !== reachOf(role, permission, narrowed)).map((role) => `${permission} ${role}`))
    expect(lost.sort()).toEqual(['audit:read project_manager', 'rates:read planner'])
    expect(reachOf('planner', 'rates:read', narrowed)).toBeNull()
    expect(reachOf('project_manager', 'audit:read', narrowed)).toBeNull()
  })

  it('gives a role of the organization nothing when it is bound to a project', () => {
    for (const role of organizationRoles)
      for (const permission of permissions) {
        const held = holdingOf([{ role, project_id: 'P' }], permission)
        expect(held.everywhere || held.projects.size > 0 || held.ownEverywhere || held.ownProjects.size > 0, `${role} ${permission}`).toBe(false)
      }
  })
})
