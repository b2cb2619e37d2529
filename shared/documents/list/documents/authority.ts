/** Who did what, and who may do what: the extract of the log and the matrix of permissions. */
import { z } from 'zod'
import { AuditLine, verifyAudit } from '../../../domain/audit/operations.ts'
import { permissions, reachOf, roles } from '../../../domain/permissions.ts'
import type { Permission, Role } from '../../../domain/permissions.ts'
import { isInstant } from '../../../kernel/instants.ts'
import type { Instant } from '../../../kernel/instants.ts'
import type { FactsSection, ListContent, ListGroup, ListRow } from '../content.ts'
import { column } from '../desk.ts'
import type { Desk } from '../desk.ts'
import { base } from './base.ts'
import { permissionWords } from './permission-words.ts'

/** More is for the export of everything: a person reads this on paper. */
const MOST_EVENTS = 5_000
const instant = z.custom<Instant>(isInstant)

export async function auditExtract(desk: Desk): Promise<ListContent> {
  const zone = desk.project?.zone ?? desk.organization.default_zone
  const wanted = desk.ids === null ? null : new Set<string>(desk.ids)
  const filter = desk.filtered?.filter ?? {}
  const found = z.array(AuditLine).parse(await desk.rows('audit.list', { ...(desk.project ? { project_id: desk.project.id } : {}), ...filter }))
  const lines = found.filter((line) => wanted === null || wanted.has(line.id)).slice(0, MOST_EVENTS)
  const time = (at: string) => ({ at: instant.parse(at), zone, of: null })
  return {
    ...base(desk, 'audit_extract', desk.say('Extrait du journal', 'Audit extract')),
    subtitle: Object.entries(filter).map(([key, value]) => `${key} ${String(value)}`).join(' · '),
    notes: [`${lines.length} ${desk.say('événements', 'events')}${found.length > lines.length ? desk.say(` sur ${found.length}`, ` of ${found.length}`) : ''}`],
    zone,
    sections: [
      ...(await chain(desk, lines)),
      {
        kind: 'table', title: null, note: null, empty: desk.say('Aucun événement.', 'No event.'),
        columns: [
          column('position', 'N°', 'count', 36), column('at', desk.say('Quand', 'When'), 'moment', 96), column('actor', desk.say('Qui', 'Who'), 'strong', 84, 0.6), column('action', 'Action', 'text', 104, 0.8), column('title', desk.say('Sur quoi', 'On what'), 'text', 96, 0.8),
          column('changes', desk.say('Avant → après', 'Before → after'), 'text', 150, 2), column('reason', desk.say('Motif', 'Reason'), 'text', 70, 0.6), column('device', desk.say('Poste', 'Device'), 'quiet', 50, 0.2), column('hash', desk.say('Empreinte', 'Hash'), 'quiet', 74),
        ],
        groups: [{ id: 'all', code: null, title: '', count: null, rows: lines.map((line): ListRow => ({
          id: line.id,
          cells: {
            position: line.position, at: time(line.occurred_at), actor: line.actor_name ?? line.actor_kind, action: line.action, title: line.title, changes: changesText(line.changes), reason: line.reason, device: line.device, hash: line.hash?.slice(0, 12) ?? null,
          },
        })) }],
      },
    ],
  }
}
/** The state of the chain, and the hash over the hashes of the events on this paper. */
async function chain(desk: Desk, lines: readonly AuditLine[]): Promise<FactsSection[]> {
  const whole = desk.reader.may('audit:read', null) ? verifyAudit.output.parse(await desk.ask('audit.verify', {})) : null
  const positions = lines.flatMap((line) => line.position ?? []).sort((a, b) => a - b)
  const [first, last] = [positions[0], positions.at(-1)]
  return [{
    kind: 'facts', title: desk.say('Chaîne d’intégrité', 'Integrity chain'), boxed: true, geo: null,
    facts: [
      ...(whole === null ? [] : [{
        id: 'whole', label: desk.say('Vérification', 'Verification'),
        lines: [whole.whole ? `${desk.say('chaîne intacte', 'chain intact')}, ${whole.events} ${desk.say('événements', 'events')}` : `${desk.say('rompue à la position', 'broken at position')} ${whole.broken_at ?? '?'}: ${whole.why ?? ''}`, ...(whole.head === undefined ? [] : [whole.head])],
      }]),
      ...(first === undefined || last === undefined ? [] : [{ id: 'positions', label: 'Positions', lines: [`${first} → ${last}`] }]),
    ],
  }]
}

/** `title: Marée → Marée haute`; long values are cut, the log itself keeps them. */
function changesText(changes: unknown): string {
  if (typeof changes !== 'object' || changes === null) return ''
  const show = (value: unknown): string => {
    const text = value === null || value === undefined ? '∅' : typeof value === 'string' ? value : JSON.stringify(value)
    return text.length > 40 ? `${text.slice(0, 39)}…` : text
  }
  const empty = (value: unknown): boolean => value === null || value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0)
  const told = Object.entries(changes).filter(([, change]) => !Array.isArray(change) || change.some((value) => !empty(value)))
  return told.slice(0, 12).map(([field, change]) => (Array.isArray(change) ? empty(change[0]) ? `${field}: ${show(change[1])}` : `${field}: ${show(change[0])} → ${show(change[1])}` : `${field}: ${show(change)}`)).join(' · ')
}

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

