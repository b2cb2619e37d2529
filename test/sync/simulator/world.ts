/** The organization every history begins with: made once by the real core, then copied byte for byte. */
import { organizationOperations } from '../../../shared/core/handlers.ts'
import { createOrganizationCore } from '../../../shared/core/organization-core.ts'
import type { Session } from '../../../shared/core/session.ts'
import type { Role } from '../../../shared/domain/permissions.ts'
import { sha256 } from '../../../shared/kernel/hashing.ts'
import { deriveId, type Id } from '../../../shared/kernel/ids.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import { migrations } from '../../../shared/store/migrations/index.ts'
import { asReplica } from '../../../shared/store/replica-file.ts'
import { createLife, memoryDatabase } from './mortal.ts'

export const worldStart = Date.parse('2026-10-20T08:00:00.000Z')
export const org = deriveId('simulator', 'organization')

/** Who works: in the whole organization, in one project, on their own missions. */
export const personNames = ['owner', 'manager', 'planner', 'member', 'second planner', 'admin', 'viewer'] as const
export type PersonName = (typeof personNames)[number]
export const userOf = (name: PersonName): Id => deriveId('simulator', `user ${name}`)
/** What each of them is given in the beginning. */
export const roleOf: Readonly<Record<PersonName, Role>> = {
  owner: 'org_owner', manager: 'project_manager', planner: 'planner', member: 'member', 'second planner': 'planner', admin: 'org_admin', viewer: 'viewer',
}
export const sessionOf = (user_id: Id, device: string): Session => ({ user_id, device, scope: null })

/** What only some may read: found in the file of a device of somebody who never could, it has leaked. */
export interface Marker {
  entity: string
  id: string
  field: string
  text: string
}

export interface World {
  server: Buffer
  markers: readonly Marker[]
  projects: readonly string[]
}

/** An empty file of that kind. */
export function emptyFile(kind: 'authority' | 'replica'): Buffer {
  const memory = memoryDatabase()
  memory.database.pragma('foreign_keys = OFF')
  for (const migration of migrations)
    for (const statement of migration.statements('sqlite')) {
      const adapted = kind === 'replica' ? asReplica(statement) : statement
      if (adapted !== null) memory.database.exec(adapted)
    }
  const bytes = memory.bytes()
  memory.close()
  return bytes
}

/** Randomness of a process, from its name: keys and secrets are the same in every run. */
export function randomOf(name: string): (bytes: number) => Uint8Array {
  let drawn = 0
  return (bytes) => Buffer.from(sha256(`${name} ${++drawn}`), 'hex').subarray(0, bytes)
}

async function build(): Promise<World> {
  const memory = memoryDatabase(emptyFile('authority'))
  memory.database.pragma('foreign_keys = ON')
  const engine = memory.open(createLife())
  let clock = worldStart - 3_600_000
  const core = createOrganizationCore({
    org, engine, readEngine: engine, handlers: organizationOperations,
    outside: { now: () => fromMs((clock += 1000)), random: randomOf('world'), app_version: 'simulator', report: (error) => { throw error instanceof Error ? error : new Error(String(error)) } },
  })
  let calls = 0
  const owner = sessionOf(userOf('owner'), 'founding')
  const ask = async (name: string, input: unknown): Promise<Record<string, unknown>> => {
    const answer = await core.execute({ name, input, id: `world-${++calls}` }, owner)
    if ('error' in answer) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
    return answer.value as Record<string, unknown>
  }
  const make = async (name: string, input: unknown): Promise<string> => String((await ask(name, input))['id'])
  const markers: Marker[] = []
  const hidden = (entity: string, id: string, field: string, text: string): string => {
    markers.push({ entity, id, field, text })
    return id
  }

  await ask('organization.create', { name: 'Compagnie du Phare', kind: 'event', language: 'fr', zone: 'Europe/Paris', currency: 'EUR', owner: { user_id: owner.user_id, name: 'Léa Martin', email: 'lea@example.org' } })
  const about = await ask('organization.get', {})
  // A catalogue of a hundred lines would be copied into every device of every history.
  const keep = new Set(((about['crew_roles'] as { id: string }[]).slice(0, 3)).map(({ id }) => id))
  for (const { id } of about['crew_roles'] as { id: string }[]) if (!keep.has(id)) await ask('crew_role.remove', { id })
  const role = [...keep][0]
  await make('skill.create', { name: 'Pupitre' })
  await make('rate_card.create', { name: 'Journée', basis: 'daily', amount_minor: 25_077, currency: 'EUR' })
  await make('party.create', { kind: 'company', name: 'Ville du Port', notes: 'NOTE-CLIENT-4711' })

  const people: string[] = []
  for (const [index, name] of ['Inès Morvan', 'Karim Benali', 'Maud Le Goff', 'Noé Okafor', 'Alix Da Silva'].entries()) {
    const phone = `06 39 98 7${index} 1${index}`
    const note = `NOTE-INTERNE-${index}-8123`
    const id = await make('collaborator.create', { display_name: name, phone, notes: note })
    hidden('collaborator', hidden('collaborator', id, 'phone', phone), 'notes', note)
    people.push(id)
  }
  const projects: string[] = []
  const missions: string[][] = []
  /** Engagements, in the order they were made. */
  const planned: string[] = []
  for (const code of ['ALPHA', 'BETA', 'GAMMA']) {
    const project = await make('project.create', { code, name: `Projet ${code}`, zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-11-20T00:00:00.000Z', document_language: 'fr' })
    projects.push(project)
    const location = await make('location.create', { name: `Halle ${code}`, zone: 'Europe/Paris', contact_name: 'Sacha Lindqvist', contact_phone: '01 99 00 40 40' })
    const own: string[] = []
    for (const [index, title] of ['montage', 'jeu'].entries()) {
      const start = Date.parse('2026-10-24T08:00:00.000Z') + index * 86_400_000
      const text = `SECRET-${code}-${index}`
      own.push(hidden('mission', await make('mission.create', { project_id: project, title: `${text} ${title}`, location_id: location, start_at: fromMs(start), end_at: fromMs(start + 10 * 3_600_000) }), 'title', text))
    }
    missions.push(own)
    await make('need.create', { mission_id: own[0], crew_role_id: role, head_count: 2 })
    await make('milestone.create', { mission_id: own[0], label: 'Réglages', at: '2026-10-24T12:00:00.000Z' })
    await make('cue.create', { mission_id: own[0], label: 'Entrée public' })
    await make('cast_role.create', { project_id: project, name: 'MAUD' })
    planned.push(...((await ask('assignment.create', { mission_id: own[0], people: [{ collaborator_id: people[projects.length - 1], crew_role_id: role, rate_basis: 'daily', rate_minor: 31_313, rate_currency: 'EUR' }] }))['ids'] as string[]))
    const sheet = await ask('sheet.prepare', { mission_id: own[1] })
    await make('sheet.add_slot', { revision_id: sheet['revision_id'], label: 'Raccords', start_at: '2026-10-25T15:00:00.000Z' })
    await make('sheet.add_note', { revision_id: sheet['revision_id'], visibility: 'internal', text: 'note de bureau' })
  }
  const members: [PersonName, number | null][] = [['manager', 0], ['planner', 1], ['member', null], ['second planner', 0], ['admin', null], ['viewer', 2]]
  for (const [name, project] of members) {
    const collaborator = name === 'member' ? people[3] : null
    await ask('member.add', { user_id: userOf(name), name: `Personne ${name}`, email: `${name.replaceAll(' ', '.')}@example.org`, collaborator_id: collaborator, role: roleOf[name], project_id: project === null ? null : projects[project] })
  }
  planned.push(...((await ask('assignment.create', { mission_id: missions[0]?.[0], people: [{ collaborator_id: people[3], crew_role_id: role, rate_basis: 'daily', rate_minor: 25_077, rate_currency: 'EUR' }] }))['ids'] as string[]))
  // One has said yes, one is waited for, one was written down and not told, one is only planned.
  await ask('assignment.accept_by_voice', { id: planned[1], source: 'hand', reason: 'au téléphone' })
  const hours = [2, 30]
  const asked = await ask('assignment.propose', { changes: [planned[0], planned[3]].map((id, index) => ({ id, version: 1, deadline_at: fromMs(worldStart + (hours[index] ?? 0) * 3_600_000) })) })
  await ask('acceptance.dispatch', { changes: [{ id: (asked['acceptance_ids'] as string[])[0] }], channel: 'hand' })
  const server = memory.bytes()
  memory.close()
  return { server, markers, projects }
}

let built: Promise<World> | null = null
export const world = (): Promise<World> => (built ??= build())
