/** Who may do what: the matrix of permissions. */
import { permissionsOfPeople as permissions, reachOf, roles } from '../../../domain/permissions.ts'
import type { Permission, Role } from '../../../domain/permissions.ts'
import type { ListContent, ListGroup, ListRow } from '../content.ts'
import { column } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'
import { permissionWords } from './permission-words.ts'

const roleWords: Record<Role, readonly [fr: string, en: string]> = {
  org_owner: ['Propr.', 'Owner'], org_admin: ['Admin.', 'Admin'], project_manager: ['Direction', 'Manager'], planner: ['Planif.', 'Planner'], member: ['Membre', 'Member'], viewer: ['Lecture', 'Viewer'], compliance: ['Contrôle', 'Compl.'],
}

/** Every permission by every role, as this organization's settings leave it. */
export function permissionsMatrix(desk: Desk): Promise<ListContent> {
  const { organization: house } = desk
  const policy = { planners_read_rates: house.planners_read_rates, managers_read_audit: house.managers_read_audit }
  const reaches = { all: desk.say('oui', 'yes'), org: 'org', own: desk.say('soi', 'own') }
  const groups = new Map<string, ListRow[]>()
  for (const permission of permissions) {
    const family = permission.split(':')[0] ?? ''
    const row: ListRow = {
      id: permission,
      cells: { permission, about: desk.say(...permissionWords[permission]), ...Object.fromEntries(roles.map((role) => [role, word(permission, role)])) },
    }
    groups.set(familyOf(family), [...(groups.get(familyOf(family)) ?? []), row])
  }
  function word(permission: Permission, role: Role) {
    const reach = reachOf(role, permission, policy)
    return reach === null ? '' : reaches[reach]
  }
  const titles: Record<string, readonly [fr: string, en: string]> = {
    org: ['Organisation', 'Organization'], planning: ['Projets et planning', 'Projects and planning'], people: ['Personnes et lieux', 'People and places'], engagement: ['Engagement', 'Engagement'], money: ['Contrats et argent', 'Contracts and money'],
  }
  return Promise.resolve({
    ...base({ ...desk, project: null }, 'permissions_matrix', desk.say('Qui peut faire quoi', 'Who may do what')),
    notes: [
      `${permissions.length} ${desk.say('droits', 'permissions')} · ${roles.length} ${desk.say('rôles', 'roles')}`,
      desk.say('oui : partout où le rôle est tenu · org : tenu dans l’organisation', 'yes: wherever the role is held · org: held in the organization'), desk.say('soi : ses propres fiches · vide : non', 'own: one’s own records · empty: no'),
    ],
    sections: [{
      kind: 'table', title: null, note: null, empty: '',
      columns: [column('about', desk.say('Ce qui est permis', 'What is allowed'), 'text', 130, 1), column('permission', desk.say('Droit', 'Permission'), 'quiet', 102), ...roles.map((role) => column(role, desk.say(...roleWords[role]), 'text', 42))],
      groups: Object.entries(titles).map(([id, words]): ListGroup => ({ id, code: null, title: desk.say(...words), count: null, rows: groups.get(id) ?? [] })),
    }],
  })
}

const families: Readonly<Record<string, readonly string[]>> = {
  org: ['org', 'catalogue', 'device', 'backup', 'export', 'audit', 'pii'], planning: ['project', 'mission', 'need', 'planning', 'sheet', 'import', 'attachment', 'conflict', 'note', 'document'],
  people: ['collaborator', 'location', 'certification', 'availability', 'contact', 'party'], engagement: ['assignment', 'rates'],
}
const familyOf = (resource: string): string => Object.entries(families).find(([, all]) => all.includes(resource))?.[0] ?? 'money'
