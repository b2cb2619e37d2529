/**
 * Who may do what (docs/permissions.md holds the same matrix for people; a test compares the two).
 * A role is held in the organization or in one project. Reach of a cell:
 * `all`   wherever the role is held: everywhere for an organization binding, in its project for a project binding;
 * `org`   only when the role is held in the organization;
 * `own`   only on the person's own records (contact, availability, answers, timeline, missions).
 * Anything not listed is denied.
 */
export const roles = ['org_owner', 'org_admin', 'project_manager', 'planner', 'member', 'viewer', 'compliance'] as const
export type Role = (typeof roles)[number]
export type Reach = 'all' | 'org' | 'own'

/** Roles that only make sense in the whole organization. */
export const organizationRoles: readonly Role[] = ['org_owner', 'org_admin', 'compliance']

const owner = { org_owner: 'org' } as const
const admins = { org_owner: 'org', org_admin: 'org' } as const
const managers = { ...admins, project_manager: 'all' } as const
const planners = { ...managers, planner: 'all' } as const
const plannersAndOwn = { ...planners, member: 'own' } as const
const everyone = { ...planners, member: 'all', viewer: 'all', compliance: 'org' } as const
const staff = { ...planners, member: 'all' } as const

export const matrix = {
  'org:transfer': owner, 'org:delete': owner,
  'org:settings': admins, 'org:members': admins, 'org:bind': admins, 'catalogue:write': admins, 'device:manage': admins,
  'backup:run': admins, 'backup:restore': admins, 'export:full': admins,
  'project:create': { ...admins, project_manager: 'org' },
  'project:update': managers, 'project:bind': managers, 'mission:unlock': managers, 'collaborator:merge': managers, 'location:deprecate': managers,
  'collaborator:erase': admins,
  'project:archive': admins, 'project:delete': admins,
  'mission:create': planners, 'mission:update': planners, 'mission:lock': planners, 'need:write': planners,
  'planning:publish': planners, 'assignment:plan': planners, 'sheet:draft': planners, 'import:run': planners, 'attachment:add': planners,
  'collaborator:write': planners, 'certification:write': planners, 'location:write': planners, 'party:write': planners,
  'availability:write': plannersAndOwn, 'contact:write': plannersAndOwn, 'contact:read': plannersAndOwn,
  'conflict:acknowledge': planners, 'note:internal': planners,
  'mission:direct': managers, 'mission:delete': managers, 'sheet:validate': managers, 'sheet:publish': managers, 'conflict:override': managers,
  'assignment:answer': { org_owner: 'own', org_admin: 'own', project_manager: 'own', planner: 'own', member: 'own' },
  'assignment:answer_for': managers, 'assignment:confirm': managers, 'assignment:execute': managers, 'assignment:close': managers,
  'assignment:cancel': { ...planners, member: 'own' },
  'rates:read': plannersAndOwn,
  'contract:draft': planners, 'contract:amend': planners,
  'contract:send': managers, 'contract:sign': managers, 'contract:activate': managers, 'contract:suspend': managers, 'contract:terminate': managers,
  'contract:approve': admins, 'contract:template': admins, 'contract:archive': admins,
  'document:upload': staff,
  'invoice:draft': planners, 'bill:draft': planners, 'budget:draft': planners, 'expense:review': planners,
  'invoice:approve': managers, 'bill:approve': managers, 'expense:approve': managers, 'budget:approve': managers,
  'invoice:send': managers, 'invoice:cancel': managers, 'payment:record': managers, 'payment:void': managers,
  'accounting:settings': admins, 'payment:reconcile': admins,
  'expense:submit': staff,
  'audit:read': { ...admins, project_manager: 'all', member: 'own', compliance: 'org' },
  'project:read': { ...planners, member: 'own', viewer: 'all' },
  /** What any member of the organization sees of it: its name, catalogues, languages. */
  'org:read': everyone,
  /** Held by nobody through a role: by explicit grant only. */
  'pii:read': {},
  /** Held by nobody at all: what the authority does by itself (timers, an answer that came through a link). */
  'system:act': {},
} as const satisfies Record<string, Partial<Record<Role, Reach>>>

export type Permission = keyof typeof matrix
/** Given to a member by name (`permission_grant`). */
export const grantedByName = ['pii:read'] as const satisfies readonly Permission[]
export const permissions = Object.keys(matrix) as Permission[]
/** Those that a person can hold: what is shown of roles. */
export const permissionsOfPeople: readonly Permission[] = permissions.filter((permission) => permission !== 'system:act')

export interface Binding {
  role: Role
  /** null: held in the whole organization. */
  project_id: string | null
}

/** Settings of the organization that narrow the matrix. */
export interface PermissionPolicy {
  planners_read_rates: boolean
  managers_read_audit: boolean
}
export const defaultPolicy: PermissionPolicy = { planners_read_rates: true, managers_read_audit: true }

export function reachOf(role: Role, permission: Permission, policy: PermissionPolicy = defaultPolicy): Reach | null {
  if (permission === 'rates:read' && role === 'planner' && !policy.planners_read_rates) return null
  if (permission === 'audit:read' && role === 'project_manager' && !policy.managers_read_audit) return null
  const cell: Partial<Record<Role, Reach>> = matrix[permission]
  return cell[role] ?? null
}

/** Where a permission holds for a person: everywhere, in some projects, and on own records. */
export interface Holding {
  everywhere: boolean
  projects: ReadonlySet<string>
  /** Own records, everywhere or only inside these projects. */
  ownEverywhere: boolean
  ownProjects: ReadonlySet<string>
}

export function holdingOf(bindings: readonly Binding[], permission: Permission, policy: PermissionPolicy = defaultPolicy): Holding {
  let everywhere = false
  let ownEverywhere = false
  const projects = new Set<string>()
  const ownProjects = new Set<string>()
  for (const { role, project_id } of bindings) {
    const reach = reachOf(role, permission, policy)
    if (reach === null) continue
    if (project_id !== null && organizationRoles.includes(role)) continue
    if (reach === 'own') {
      if (project_id === null) ownEverywhere = true
      else ownProjects.add(project_id)
    } else if (project_id === null) everywhere = true
    else if (reach === 'all') projects.add(project_id)
  }
  return { everywhere, projects, ownEverywhere, ownProjects }
}

export const noHolding: Holding = { everywhere: false, projects: new Set(), ownEverywhere: false, ownProjects: new Set() }

/** What both give: where one reaches a project, the other must reach it too. */
export function intersectHoldings(one: Holding, other: Holding): Holding {
  const whole = (holding: Holding, project: string): boolean => holding.everywhere || holding.projects.has(project)
  const ownEverywhere = (holding: Holding): boolean => holding.everywhere || holding.ownEverywhere
  const own = (holding: Holding, project: string): boolean => whole(holding, project) || holding.ownEverywhere || holding.ownProjects.has(project)
  const named = new Set([...one.projects, ...other.projects, ...one.ownProjects, ...other.ownProjects])
  return {
    everywhere: one.everywhere && other.everywhere,
    projects: new Set([...named].filter((project) => whole(one, project) && whole(other, project))),
    ownEverywhere: ownEverywhere(one) && ownEverywhere(other),
    ownProjects: new Set([...named].filter((project) => own(one, project) && own(other, project))),
  }
}

/** Taken away from a session that hides amounts: nothing that is read with them leaves the core. */
export const amountPermissions: readonly Permission[] = ['rates:read']

/** What a permission is asked on. `project_id` null: a record of the organization itself. */
export interface Subject {
  project_id: string | null
  /** The record belongs to the asking person. */
  own: boolean
}

/**
 * Records of the organization that planners of any project may write (people, places): holding the permission in one project is enough.
 * Everything else of the organization needs the permission in the organization.
 */
const sharedAcrossProjects: ReadonlySet<Permission> = new Set([
  'collaborator:write', 'certification:write', 'location:write', 'party:write', 'availability:write', 'contact:write', 'contact:read', 'collaborator:merge',
  'location:deprecate', 'import:run', 'attachment:add', 'org:read', 'project:read', 'document:upload', 'expense:submit', 'note:internal', 'rates:read',
])

export function allows(holding: Holding, permission: Permission, subject: Subject): boolean {
  if (holding.everywhere) return true
  if (subject.project_id === null) {
    if (sharedAcrossProjects.has(permission) && holding.projects.size > 0) return true
    return subject.own && (holding.ownEverywhere || holding.ownProjects.size > 0)
  }
  if (holding.projects.has(subject.project_id)) return true
  return subject.own && (holding.ownEverywhere || holding.ownProjects.has(subject.project_id))
}

/** Nobody grants more than they hold: a role may be given only by someone who holds all it would give, there. */
export function mayGrant(granter: readonly Binding[], given: Binding, policy: PermissionPolicy = defaultPolicy): boolean {
  return permissions.every((permission) => {
    const reach = reachOf(given.role, permission, policy)
    if (reach === null || reach === 'own') return true
    if (reach === 'org' && given.project_id !== null) return true
    const held = holdingOf(granter, permission, policy)
    return held.everywhere || (given.project_id !== null && held.projects.has(given.project_id))
  })
}
