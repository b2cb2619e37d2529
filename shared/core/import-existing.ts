/** What the organization and the project hold already, as far as the importing person may read it, in the shape the preview matches with. */
import type { ImportCatalogue } from '../documents/import/catalogue.ts'
import type { ExistingRecords, ExternalRef } from '../documents/import/preview-types.ts'
import type { Row } from '../domain/entity.ts'
import { location } from '../domain/locations/model.ts'
import type { Reader } from '../domain/operation.ts'
import { crewRole, organization, skill } from '../domain/organization/model.ts'
import { collaborator, collaboratorRole, collaboratorSkill } from '../domain/people/model.ts'
import { assignment, mission, project } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'

export interface Known {
  organization: Row<typeof organization>
  project: Row<typeof project>
  existing: ExistingRecords
  catalogue: ImportCatalogue
  missions: ReadonlyMap<string, Row<typeof mission>>
  assignments: ReadonlyMap<string, Row<typeof assignment>>
  /** Missions with people asked or engaged. */
  engaged: ReadonlySet<string>
  versions: ReadonlyMap<string, number>
}

const externalOf = (row: { source: string | null; external_id: string | null }): ExternalRef[] =>
  row.source !== null && row.external_id !== null ? [{ source: row.source, external_id: row.external_id }] : []

async function catalogueOf(reader: Reader): Promise<ImportCatalogue> {
  return {
    crew_roles: (await reader.find(crewRole, {}, { sort: ['position'] })).map((row) => ({ id: row.id, name: row.name, also: row.name_en === null ? [] : [row.name_en] })),
    skills: (await reader.find(skill, {}, { sort: ['name'] })).map((row) => ({ id: row.id, name: row.name, also: [] })),
  }
}

async function peopleOf(reader: Reader, catalogue: ImportCatalogue): Promise<{ rows: Row<typeof collaborator>[]; existing: ExistingRecords['people'] }> {
  const roleNames = new Map(catalogue.crew_roles.map(({ id, name }) => [id, name]))
  const skillNames = new Map(catalogue.skills.map(({ id, name }) => [id, name]))
  const mainRole = new Map((await reader.find(collaboratorRole, { is_main: true })).map((row) => [String(row.collaborator_id), roleNames.get(row.crew_role_id) ?? null]))
  const skills = Map.groupBy(await reader.find(collaboratorSkill, {}), (row) => String(row.collaborator_id))
  const rows = await reader.find(collaborator, {}, { sort: ['created_at'] })
  const existing = rows.map((row) => ({
    id: row.id, external: externalOf(row), kind: row.kind, full_name: row.display_name, first_name: row.first_name, last_name: row.last_name, email: row.email, phone: row.phone,
    crew_role: mainRole.get(row.id) ?? null, department: null, tags: row.tags, languages: row.languages, birth_date: row.birth_date, notes: row.notes,
    skills: (skills.get(row.id) ?? []).flatMap((one) => skillNames.get(one.skill_id) ?? []),
  }))
  return { rows, existing }
}

export async function loadKnown(reader: Reader, project_id: Id): Promise<Known> {
  const home = await reader.need(project, project_id)
  const catalogue = await catalogueOf(reader)
  const roleNames = new Map(catalogue.crew_roles.map(({ id, name }) => [id, name]))
  const locations = await reader.find(location, {}, { sort: ['created_at'] })
  const people = await peopleOf(reader, catalogue)
  const missions = await reader.find(mission, { project_id }, { sort: ['created_at'] })
  const assignments = await reader.find(assignment, { project_id }, { sort: ['created_at'] })
  return {
    organization: await reader.need(organization, home.org_id),
    project: home,
    catalogue,
    existing: {
      locations: locations.map((row) => ({ id: row.id, external: externalOf(row), name: row.name })),
      people: people.existing,
      missions: missions.map((row) => ({
        id: row.id, external: externalOf(row), title: row.title, day_code: row.day_code, starts_at: row.start_at, ends_at: row.end_at, zone: row.zone,
        location_id: row.location_id, kind: row.kind, tags: row.tags, description: row.description,
      })),
      assignments: assignments.map((row) => ({
        id: row.id, external: externalOf(row), person_id: row.collaborator_id, mission_id: row.mission_id,
        crew_role: row.crew_role_id === null ? null : (roleNames.get(row.crew_role_id) ?? null), call_at: row.call_at, start_at: row.start_at, end_at: row.end_at,
        engagement_kind: row.engagement_kind, notes: row.notes,
      })),
    },
    missions: new Map(missions.map((row) => [row.id, row])),
    assignments: new Map(assignments.map((row) => [row.id, row])),
    engaged: new Set(assignments.filter(({ state }) => state !== 'planned' && state !== 'canceled').map((row) => String(row.mission_id))),
    versions: new Map([...people.rows, ...missions, ...assignments].map((row) => [row.id, row.version])),
  }
}
