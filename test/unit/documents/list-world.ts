/** The demonstration's house in a real organization file, with everything that lists print; and people in every role. */
import { generate } from '../../../main/generator/generate.ts'
import type { Session } from '../../../shared/core/session.ts'
import type { DocumentName } from '../../../shared/domain/documents/operations.ts'
import { deriveId } from '../../../shared/kernel/ids.ts'
import { openTestOrganization, type TestOrganization } from '../../fixtures/core.ts'

export interface MadeFile {
  file_name: string
  type: string
  bytes: Uint8Array
  rows: number
  pages: number | null
  content_hash: string
  sha256: string
}

export interface ListWorld {
  app: TestOrganization
  project: string
  other: string
  show: string
  place: string
  /** Someone on the show. */
  person: string
  ids(document: DocumentName): string[] | null
  make(document: DocumentName, more?: Record<string, unknown>, session?: Session): Promise<MadeFile>
  member(role: string, options?: { everywhere?: boolean; collaborator?: string }): Promise<Session>
}

const text = (value: unknown): string => String(value)
const items = (answer: Record<string, unknown>) => answer['items'] as Record<string, unknown>[]

export async function openListWorld(): Promise<ListWorld> {
  const app = await openTestOrganization({ seed: 'lists', found: false })
  await generate({ core: app.core, session: app.owner, profile: 'demo', seed: 'lists', found: true })
  const projects = items(await app.ask('project.list', {}))
  const project = text(projects.find((row) => Number(row['mission_count']) > 3)?.['id'])
  const other = text(projects.find((row) => row['id'] !== project)?.['id'])
  const missions = items(await app.ask('mission.list', { project_id: project, limit: 200 }))
  const show = missions.find((row) => row['kind'] === 'show') ?? {}
  app.at(new Date(Date.parse(text(show['start_at'])) - 30 * 3_600_000).toISOString())
  // The lines of this world are its own: the demonstration's run of show makes place for them.
  await app.ask('cue.remove', { ids: items(await app.ask('cue.list', { filter: { mission_id: show['id'] }, limit: 200 })).map((line) => line['id']) })
  await app.ask('cue.create_many', {
    mission_id: show['id'],
    cues: [
      { number: '1', label: 'Entrée du public', at: show['start_at'], duration_seconds: 1800, departments: { SON: '-18 dB', LUM: 'Salle 80 %' } },
      { number: '2', label: '=Noir salle', duration_seconds: 12, departments: { LUM: 'Noir 8 s' } },
      { kind: 'banner', label: 'Première partie' },
      { number: '3', label: 'Ouverture', duration_seconds: 240, departments: { VID: 'Boucle', PLT: 'Rideau' }, notes: 'Attendre le GO' },
    ],
  })
  const people = items(await app.ask('assignment.list', { project_id: project, filter: { mission_id: show['id'] }, limit: 200 }))
  const of: Partial<Record<DocumentName, string[]>> = {
    run_of_show: [text(show['id'])], sign_in_sheet: [text(show['id'])], site_sheet: [text(show['location_id'])], personal_schedule: [text(people[0]?.['collaborator_id'])],
  }
  let members = 0
  return {
    app, project, other, show: text(show['id']), place: text(show['location_id']), person: text(people[0]?.['collaborator_id']),
    ids: (document) => of[document] ?? null,
    async make(document, more = {}, session = app.owner) {
      const ids = of[document]
      const made = await app.ask('document.make', { document, project_id: project, format: 'pdf', ...(ids ? { ids } : {}), ...more }, session)
      return {
        file_name: text(made['file_name']), type: text(made['type']), bytes: new Uint8Array(Buffer.from(text(made['base64']), 'base64')), rows: Number(made['rows']),
        pages: made['pages'] === null ? null : Number(made['pages']), content_hash: text(made['content_hash']), sha256: text(made['sha256']),
      }
    },
    async member(role, { everywhere = false, collaborator } = {}) {
      const user_id = deriveId('lists', `user:${role}:${++members}`)
      await app.ask('member.add', { user_id, name: `Membre ${members}`, email: `l${members}@example.org`, role, project_id: everywhere ? null : project, ...(collaborator ? { collaborator_id: collaborator } : {}) })
      return { user_id, device: 'test', scope: null }
    },
  }
}
