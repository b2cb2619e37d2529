/** An invented company with one evening to put on a sheet, in a real organization file. */
import type { Session } from '../../../shared/core/session.ts'
import type { PrintMarks } from '../../../shared/core/print-marks.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

export interface SheetWorld {
  app: TestOrganization
  project: string
  place: string
  mission: string
  roles: ReadonlyMap<string, string>
  /** By display name. */
  people: ReadonlyMap<string, string>
  assignments: readonly string[]
  /** A member with one role, bound to the project (or to the organization). */
  member(role: string, options?: { everywhere?: boolean; collaborator?: string; name?: string }): Promise<Session>
  prepare(): Promise<{ sheet: string; revision: string }>
}

export const day = (time: string, plus = 0): string => `2026-10-${24 + plus}T${time}:00.000Z`

export async function openSheetWorld(options: { kind?: 'event' | 'film'; language?: 'fr' | 'en'; hospital?: boolean; marks?: PrintMarks } = {}): Promise<SheetWorld> {
  const { kind = 'event', language = 'fr' } = options
  const app = await openTestOrganization({ found: false, ...(options.marks ? { marks: options.marks } : {}) })
  await app.ask('organization.create', {
    name: 'Compagnie du Phare', kind, language, zone: 'Europe/Paris', currency: 'EUR', owner: { user_id: app.owner.user_id, name: 'Léa Martin', email: 'lea@example.org' },
  })
  const about = await app.ask('organization.get', {})
  const roles = new Map((about['crew_roles'] as { id: string; name: string }[]).map((role) => [role.name, role.id]))
  const project = await app.ask('project.create', {
    code: 'NDP', name: 'Les Nuits du Phare', zone: 'Europe/Paris', currency: 'EUR', start_at: '2026-10-20T00:00:00.000Z', end_at: '2026-10-30T00:00:00.000Z',
    document_language: language, sheet_layout: kind === 'film' ? 'film' : 'stage', emergency: { numbers: '112, SAMU 15', on_site: 'Poste loge 6' },
  })
  const place = await app.ask('location.create', {
    name: 'Grande Halle du Port', zone: 'Europe/Paris', address: '4 rue du Fanal\n17000 La Rochelle', latitude: 46.1558, longitude: -1.1532, access_notes: 'Équipe : entrée E, avec badge',
    contact_name: 'PC Halle', contact_phone: '05 36 49 30 00',
    ...(options.hospital === false ? {} : { hospital_name: 'CH du Littoral', hospital_address: '12 rue des Salines', hospital_phone: '05 36 49 11 00', hospital_minutes: 8 }),
  })
  const mission = await app.ask('mission.create', {
    project_id: project['id'], title: 'Marée haute', day_code: 'J3', kind: kind === 'film' ? 'shoot' : 'show', location_id: place['id'], start_at: day('11:30'), end_at: day('04:00', 1),
  })
  const names = ['Inès Morvan', 'Karim Benali', 'Jeanne Roux', 'Malik Sow']
  const crew = kind === 'film' ? ['Régisseuse générale', 'Chef électro', 'Électro', 'Ingénieur façade'] : ['Régisseuse générale', 'Chef électro', 'Pupitreuse', 'Ingénieur façade']
  const people = new Map<string, string>()
  for (const [index, name] of names.entries()) people.set(name, String((await app.ask('collaborator.create', { display_name: name, phone: `06 39 98 10 0${index + 1}` }))['id']))
  const made = await app.ask('assignment.create', {
    mission_id: mission['id'], people: names.map((name, index) => ({ collaborator_id: people.get(name), crew_role_id: roles.get(crew[index] ?? ''), start_at: day('12:00'), end_at: day('21:00') })),
  })
  let members = 0
  return {
    app, project: String(project['id']), place: String(place['id']), mission: String(mission['id']), roles, people, assignments: made['ids'] as string[],
    async member(role, { everywhere = false, collaborator, name = `Membre ${role}` } = {}) {
      const user_id = deriveId('sheets', `user:${role}:${++members}`)
      await app.ask('member.add', {
        user_id, name, email: `m${members}@example.org`, role, project_id: everywhere ? null : project['id'], ...(collaborator ? { collaborator_id: collaborator } : {}),
      })
      return { user_id, device: 'test', scope: null }
    },
    async prepare() {
      const sheet = await app.ask('sheet.prepare', { mission_id: mission['id'] })
      return { sheet: String(sheet['id']), revision: String(sheet['revision_id']) }
    },
  }
}
