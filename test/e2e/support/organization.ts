/** An organization in which every page has something to draw, made through the core: what the first run does has specs of its own. */
import type { Page } from '@playwright/test'
import { ask } from './ask.ts'
import { owner } from './first-run.ts'

export interface Seeded {
  org: string
  project: string
  /** A project of last year, archived. */
  archived: string
  mission: string
  /** From 23:30 on 24 October to 06:00 the next morning, over the hour that comes twice. */
  night: string
  locked: string
  inArchived: string
  person: string
  location: string
  sheet: string
}

interface Made {
  id: string
}

export const PEOPLE = ['Anouk Ferrand', 'Basile Orsini', 'Cyrille Vasseur', 'Delphine Kerjean', 'Edgar Lemaître', 'Fatou Diallo-Marchand', 'Gwenaëlle Le Bihan', 'Hippolyte de La Tour-Maubourg'] as const
export const PLACE = 'Halle des Cordiers'
/** Sections of the settings that have a page of their own (renderer/pages/settings/sections.ts). */
export const SETTINGS = ['identity', 'rules', 'departments', 'crew-roles', 'skills', 'certifications', 'rates', 'presets', 'layouts', 'flags', 'reports', 'server', 'news'] as const
export const DAY = { title: 'Première soirée', code: 'J2' }
export const NIGHT = { title: 'Garde de nuit du plateau', code: 'J3' }

/** Fills a fresh data folder and opens the overview of its project. `zone` is the organization's, the project's and the place's. */
export async function openOrganization(page: Page, url: string, { language = 'fr', zone = 'Europe/Paris' }: { language?: 'fr' | 'en'; zone?: string } = {}): Promise<Seeded> {
  const make = async (name: string, input: object): Promise<string> => (await ask<Made>(page, name, input)).id
  await ask(page, 'app.first_run', { ...owner, language, theme: 'light' })
  const org = await make('organization.create', { name: 'Port et Marées', kind: 'event', language, zone, currency: 'EUR' })
  const years = { code: 'MAREES-25', name: 'Grandes Marées 2025', zone, currency: 'EUR', start_at: '2025-10-22T22:00:00.000Z', end_at: '2025-10-26T22:00:00.000Z' }
  const archived = await make('project.create', years)
  const project = await make('project.create', { ...years, code: 'MAREES', name: 'Grandes Marées', document_language: language, start_at: '2026-10-22T22:00:00.000Z', end_at: '2026-10-26T22:00:00.000Z' })
  const location = await make('location.create', { name: PLACE, zone, address: '12 quai des Cordiers, 17000 La Rochelle', gates: ['E', 'B'], latitude: 46.155, longitude: -1.15 })
  const mission = (title: string, day_code: string, kind: string, start_at: string, end_at: string, project_id = project): Promise<string> =>
    make('mission.create', { project_id, location_id: location, title, day_code, kind, start_at, end_at, zone })
  const inArchived = await mission('Soirée de 2025', 'J1', 'show', '2025-10-24T12:00:00.000Z', '2025-10-24T21:30:00.000Z', archived)
  const locked = await mission('Montage de la grande scène', 'J1', 'build', '2026-10-23T06:00:00.000Z', '2026-10-23T16:00:00.000Z')
  const day = await mission(DAY.title, DAY.code, 'show', '2026-10-24T12:00:00.000Z', '2026-10-24T21:30:00.000Z')
  const overlapping = await mission('Accueil du public', DAY.code, 'show', '2026-10-24T15:00:00.000Z', '2026-10-24T22:00:00.000Z')
  const night = await mission(NIGHT.title, NIGHT.code, 'strike', '2026-10-24T21:30:00.000Z', '2026-10-25T05:00:00.000Z')

  const { crew_roles } = await ask<{ crew_roles: Made[] }>(page, 'organization.get', {})
  const roles = crew_roles.map(({ id }) => id)
  await ask(page, 'collaborator.create_many', {
    people: PEOPLE.map((display_name, at) => ({ display_name, phone: `06 39 98 11 ${String(at).padStart(2, '0')}`, email: `personne.${at}@example.org`, crew_role_ids: roles.slice(at, at + 2) })),
  })
  const { items: people } = await ask<{ items: Made[] }>(page, 'collaborator.list', { sort: ['display_name'] })
  const [person = '', second = '', third = ''] = people.map(({ id }) => id)
  for (const mission_id of [day, overlapping]) await ask(page, 'assignment.create', { mission_id, people: [{ collaborator_id: person }, { collaborator_id: second }] })
  await ask(page, 'assignment.create', { mission_id: night, people: [{ collaborator_id: third }] })
  await ask(page, 'assignment.create', { mission_id: inArchived, people: [{ collaborator_id: second }] })
  await ask(page, 'need.create', { mission_id: day, crew_role_id: roles[0], head_count: 3 })
  await ask(page, 'cue.create', { mission_id: day, label: 'Entrée public', at: '2026-10-24T16:00:00.000Z', duration_seconds: 1800 })
  await ask(page, 'cue.create', { mission_id: day, label: 'Noir salle', departments: {} })
  await ask(page, 'cast_role.create', { project_id: project, name: 'La Capitaine', number: '1', collaborator_id: person })
  const sheet = await make('sheet.prepare', { mission_id: day })
  await ask(page, 'backup.create', {})
  await ask(page, 'mission.lock', { id: locked, reason: 'Le plan de scène est chez le client' })
  await ask(page, 'project.archive', { id: archived })
  const seeded = { org, project, archived, mission: day, night, locked, inArchived, person, location, sheet }
  await page.goto(`${url}o/${org}/p/${project}/overview`)
  return seeded
}

/** Every page of the map (ui 2.2), by name, with a record open where it has a panel. */
export const placesOf = ({ org, project, mission, person, location, sheet }: Seeded): Record<string, string> => ({
  home: `/o/${org}`,
  inbox: `/o/${org}/inbox`,
  directory: `/o/${org}/directory`,
  'a person': `/o/${org}/directory?sel=${person}`,
  "a person's availability": `/o/${org}/directory/${person}/availability?day=2026-10-24`,
  retention: `/o/${org}/directory/retention`,
  locations: `/o/${org}/locations`,
  'a place': `/o/${org}/locations?sel=${location}`,
  members: `/o/${org}/members`,
  rights: `/o/${org}/members?tab=rights`,
  'my settings': `/o/${org}/me`,
  audit: `/o/${org}/audit`,
  data: `/o/${org}/data`,
  sync: `/o/${org}/sync`,
  'sync conflicts': `/o/${org}/sync/conflicts`,
  help: `/o/${org}/help`,
  ...Object.fromEntries(SETTINGS.map((section) => [`settings, ${section}`, `/o/${org}/settings/${section}`])),
  overview: `/o/${org}/p/${project}/overview`,
  missions: `/o/${org}/p/${project}/missions`,
  'a mission': `/o/${org}/p/${project}/missions?sel=${mission}`,
  "a mission's page": `/o/${org}/p/${project}/missions/${mission}`,
  "a mission's crew": `/o/${org}/p/${project}/missions/${mission}?tab=crew`,
  "a mission's documents": `/o/${org}/p/${project}/missions/${mission}?tab=documents`,
  planning: `/o/${org}/p/${project}/planning`,
  'the board': `/o/${org}/p/${project}/planning?view=board`,
  'the board of assignments': `/o/${org}/p/${project}/planning?lanes=engagement&view=board`,
  'the table of the planning': `/o/${org}/p/${project}/planning?view=table`,
  'published plans': `/o/${org}/p/${project}/planning?sel=plans`,
  costs: `/o/${org}/p/${project}/costs`,
  contracts: `/o/${org}/p/${project}/contracts`,
  'legal deadlines': `/o/${org}/p/${project}/contracts?tab=radar`,
  'register of staff': `/o/${org}/p/${project}/contracts?tab=register`,
  'pay variables': `/o/${org}/p/${project}/contracts?tab=pay`,
  crew: `/o/${org}/p/${project}/crew`,
  sheets: `/o/${org}/p/${project}/sheets`,
  'a sheet': `/o/${org}/p/${project}/sheets/${sheet}`,
  "the project's places": `/o/${org}/p/${project}/locations`,
  import: `/o/${org}/p/${project}/import`,
  'settings of the project': `/o/${org}/p/${project}/settings`,
})
