/** What a person may see, as conditions on rows and columns left empty. Computed once per query from bindings and own assignments. */
import type { AnyEntity } from '../domain/entity.ts'
import type { Condition, Reader, Where } from '../domain/operation.ts'
import { assignment, mission } from '../domain/planning/model.ts'
import { planPublication } from '../domain/publication/model.ts'
import { revision, runSheet, sheetCover, sheetDelivery } from '../domain/runsheets/model.ts'
import type { Permission } from '../domain/permissions.ts'
import type { Id } from '../kernel/ids.ts'
import type { Lens } from '../store/reader.ts'
import type { Person } from './session.ts'

type Loose = Readonly<Record<string, unknown>>

/** Fields of an entity that need a permission to be read, declared in its model. */
const guardedFields = new Map<string, readonly string[]>()
function guardedFieldsOf(entity: AnyEntity) {
  let known = guardedFields.get(entity.name)
  if (!known) {
    known = Object.entries(entity.fields).flatMap(([name, field]) => (field.readable ? [name] : []))
    guardedFields.set(entity.name, known)
  }
  return known
}

/** Columns that say which project a row of the organization concerns. */
const projectColumn: Readonly<Record<string, string>> = {
  project: 'id', attachment: 'attachment_project_id', conflict_decision: 'decision_project_id', availability: 'availability_project_id',
  role_binding: 'binding_project_id',
}

export const projectIdOf = (entity: AnyEntity, row: Loose): string | null => {
  const column = entity.scope === 'organization' ? projectColumn[entity.name] : 'project_id'
  const value = column ? row[column] : null
  return typeof value === 'string' ? value : null
}

export const isOwn = (entity: AnyEntity, row: Loose, person: Person): boolean => {
  if (entity.owner === null) return false
  if (entity.name === 'member') return row['id'] === person.member_id
  // Of a member who is nobody's collaborator, too.
  if ((entity.owner === 'member_id' || row[entity.owner] === null) && row['member_id'] === person.member_id) return true
  return person.collaborator_id !== null && row[entity.owner] === person.collaborator_id
}

/** May this person read that column of that row? */
export function readableBy(person: Person, entity: AnyEntity, row: Loose, field: string): boolean {
  const permission = entity.fields[field]?.readable ?? null
  return permission === null || person.may(permission, projectIdOf(entity, row), isOwn(entity, row, person))
}

/** The few conditions a lens is made of: a value, null, one of several, not null. */
function meets(value: unknown, wanted: Condition): boolean {
  if (Array.isArray(wanted)) return wanted.includes(String(value))
  if (typeof wanted === 'object' && wanted !== null) return value !== null
  return value === wanted
}

/** Rows reachable by somebody who does not see every project: each part is looked up when first needed, ids only. */
interface Sight {
  projects(): Promise<readonly Id[]>
  /** The person's own missions, in projects of which the rest stays closed. */
  missions(): Promise<readonly Id[]>
  people(): Promise<readonly Id[]>
  places(): Promise<readonly Id[]>
  /** Sheets that cover one of the person's own missions, and their versions that went out. */
  sheets(): Promise<readonly Id[]>
  revisions(): Promise<readonly Id[]>
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null
  return () => (loading ??= load())
}
const distinct = (...lists: readonly (readonly Id[])[]): Id[] => [...new Set(lists.flat())]

function sightOf(person: Person, reader: Reader): Sight {
  const read = person.holding('project:read')
  const whole = [...read.projects] as Id[]
  const self = person.collaborator_id
  const missions = once(async () =>
    self === null || (!read.ownEverywhere && read.ownProjects.size === 0)
      ? []
      : reader.values(assignment, 'mission_id', { collaborator_id: self, state: { not: 'canceled' }, ...(read.ownEverywhere ? {} : { project_id: [...read.ownProjects] }) }))
  const across = (entity: typeof assignment | typeof mission, column: string, missionColumn: string) => once(async () => {
    const own = await missions()
    return distinct(
      whole.length > 0 ? await reader.values(entity, column, { project_id: whole }) : [],
      own.length > 0 ? await reader.values(entity, column, { [missionColumn]: own }) : [],
    )
  })
  const colleagues = across(assignment, 'collaborator_id', 'mission_id')
  const sheets = once(async () => {
    const own = await missions()
    return own.length === 0 ? [] : distinct(await reader.values(sheetCover, 'sheet_id', { covered_mission_id: own }), await reader.values(runSheet, 'id', { lead_mission_id: own }))
  })
  return {
    sheets,
    revisions: once(async () => {
      const own = await sheets()
      return own.length === 0 ? [] : reader.values(revision, 'id', { sheet_id: own, state: ['published', 'archived'] })
    }),
    missions,
    projects: once(async () => {
      const own = await missions()
      return distinct(whole, own.length > 0 ? await reader.values(mission, 'project_id', { id: own }) : [])
    }),
    people: async () => distinct(await colleagues(), self === null ? [] : [self]),
    places: across(mission, 'location_id', 'id'),
  }
}

/** No condition: every row. */
const everyRow: readonly Where[] = [{}]
const ofSelf = ({ collaborator_id }: Person): readonly Where[] => (collaborator_id === null ? [] : [{ collaborator_id }])
/** All of them, to who holds the permission in the organization. */
const inOrganization = (person: Person, permission: Permission): readonly Where[] => (person.may(permission, null) ? everyRow : [])
/** Those of the projects where all of these permissions are held. */
function inProjects(person: Person, ...permissions: readonly Permission[]): readonly Where[] {
  const holdings = permissions.map((permission) => person.holding(permission))
  if (holdings.every(({ everywhere }) => everywhere)) return everyRow
  const named = distinct(...holdings.map(({ projects }) => [...projects] as Id[]))
  return [{ project_id: named.filter((project) => holdings.every(({ everywhere, projects }) => everywhere || projects.has(project))) }]
}
/** A person's fees and terms: theirs, and of who draws contracts up and reads fees. */
const ofContracts = (person: Person): readonly Where[] => [...ofSelf(person), ...inProjects(person, 'contract:draft', 'rates:read')]
/**
 * Papers that somebody handed in: one's own, but for a sheet that names others; of others, contracts and payslips are read as fees are, the
 * rest by who plans. What was redacted is of who closes engagements.
 */
function ofPapers(person: Person): readonly Where[] {
  const state = ['current', 'superseded', 'rejected']
  return [
    ...ofSelf(person).map((where) => ({ ...where, shared: false, state })),
    ...inProjects(person, 'assignment:plan').map((where) => ({ ...where, kind: ['attendance_sheet', 'mission_report'], state })),
    ...inProjects(person, 'contract:draft', 'rates:read').map((where) => ({ ...where, kind: ['signed_contract', 'payslip_reference'], state })),
    ...inProjects(person, 'assignment:close').map((where) => ({ ...where, state: ['redacted'] })),
  ]
}
/**
 * Rows that seeing their mission, or the organization, does not show: who sees them is said here, one line an entity, before anything that
 * is seen by reading everywhere.
 */
const sightOfOwn: Readonly<Record<string, (person: Person) => readonly Where[]>> = {
  /** Decisions about kept commands are of who had issued them, and of who manages members. */
  sync_decision: (person) => [{ kept_user_id: person.user_id }, ...inOrganization(person, 'org:members')],
  /** What was asked of a colleague, and what they said, is between them and production. */
  acceptance: (person) => [...ofSelf(person), ...inProjects(person, 'project:read')],
  notification: (person) => [...ofSelf(person), { member_id: person.member_id }],
  /** Of people without an account, whoever keeps the directory sets them. */
  notification_preference: (person) => [...ofSelf(person), { member_id: person.member_id }, ...inOrganization(person, 'collaborator:write')],
  readiness_request: (person) => [...ofSelf(person), ...inProjects(person, 'project:read')],
  contract: ofContracts, contract_assignment: ofContracts, contract_version: ofContracts, contract_request: ofContracts, contract_document: ofContracts,
  expected_document: (person) => [...ofSelf(person), ...inProjects(person, 'assignment:plan')], document_version: ofPapers,
  /** Sealed numbers are nowhere but with whom they were given by name. */
  vault_item: (person) => inOrganization(person, 'pii:read'),
  /** That a permit ends is what who engages people must know; its file is in a column of its own (`pii:read`). */
  identity_paper: (person) => [...inOrganization(person, 'pii:read'), ...inOrganization(person, 'contract:draft')],
}

/** What planners keep about people: others see their own only. */
const kept = new Set(['collaborator_skill', 'certification', 'availability', 'availability_request', 'consent'])

export function lensOf(person: Person, reader: Reader, hidden: Set<string>): Lens {
  const read = person.holding('project:read')
  const directory = person.may('collaborator:write', null)
  const sight = read.everywhere && directory ? null : sightOf(person, reader)
  const wholeProjects = [...read.projects]
  const self = person.collaborator_id

  async function alternatives(entity: AnyEntity, { projects, missions, people, places, sheets, revisions }: Sight): Promise<readonly Where[] | 'all'> {
    if (kept.has(entity.name)) return directory ? 'all' : self === null ? [] : [{ collaborator_id: self }]
    if (entity.name === 'collaborator') return directory || read.everywhere ? 'all' : [{ id: await people() }]
    if (entity.name === 'collaborator_role') return directory || read.everywhere ? 'all' : [{ collaborator_id: await people() }]
    if (entity.name === 'location') return directory || read.everywhere ? 'all' : [{ id: await places() }]
    if (entity.name === 'attachment')
      return [
        ...(read.everywhere
          ? [{ attachment_project_id: { not: null } }]
          : [{ attachment_project_id: wholeProjects }, { entity_id: [...(await missions()), ...(self === null ? [] : [self])] }]),
        ...(directory ? [{ attachment_project_id: null }] : []),
      ]
    if (read.everywhere) return 'all'
    if (entity.name === 'project') return [{ id: await projects() }]
    if (entity.scope === 'organization') {
      const column = projectColumn[entity.name]
      return column ? [{ [column]: null }, { [column]: await projects() }] : 'all'
    }
    // Members see their own missions; the rest of those projects stays closed.
    if (entity.name === 'mission') return [{ project_id: wholeProjects }, { id: await missions() }]
    if (entity.scope === 'mission') return [{ project_id: wholeProjects }, { mission_id: await missions() }]
    // What changed for somebody is theirs, beside those who read the whole project.
    if (entity.name === 'plan_notice' || entity.name === sheetDelivery.name) return [{ project_id: wholeProjects }, ...(self === null ? [] : [{ collaborator_id: self }])]
    if (entity.name === 'dependency') return [{ project_id: wholeProjects }, { before_mission_id: await missions() }, { after_mission_id: await missions() }]
    if (entity.name === runSheet.name) return [{ project_id: wholeProjects }, { id: await sheets() }]
    if (entity.name === sheetCover.name) return [{ project_id: wholeProjects }, { sheet_id: await sheets() }]
    if (entity.name === revision.name) return [{ project_id: wholeProjects }, { id: await revisions() }]
    if (entity.partOf === revision.name) return [{ project_id: wholeProjects }, { revision_id: await revisions() }]
    // That a plan went out, and which; what is in it is for who reads the whole project.
    if (entity.name === planPublication.name) return [{ project_id: await projects() }]
    return [{ project_id: wholeProjects }]
  }
  const known = new Map<string, Promise<readonly Where[] | null>>()
  function conditionsOf(found: readonly Where[] | 'all'): readonly Where[] | null {
    if (found === 'all' || found.some((one) => Object.keys(one).length === 0)) return []
    const possible = found.filter((one) => Object.values(one).every((wanted) => !Array.isArray(wanted) || wanted.length > 0))
    return possible.length === 0 ? null : possible
  }
  async function where(entity: AnyEntity): Promise<readonly Where[] | null> {
    const own = sightOfOwn[entity.name]
    if (!own && sight === null) return []
    let conditions = known.get(entity.name)
    if (conditions === undefined) known.set(entity.name, (conditions = own || sight === null ? Promise.resolve(conditionsOf(own?.(person) ?? [])) : alternatives(entity, sight).then(conditionsOf)))
    return conditions
  }
  async function sees(entity: AnyEntity, row: Loose): Promise<boolean> {
    // Most rows asked for lie in a project that is read whole.
    if (!sightOfOwn[entity.name] && (sight === null || (entity.scope !== 'organization' && read.projects.has(String(row['project_id']))))) return true
    const conditions = await where(entity)
    return conditions !== null && (conditions.length === 0 || conditions.some((condition) => Object.entries(condition).every(([column, wanted]) => meets(row[column], wanted))))
  }
  return {
    where,
    sees,
    redact(entity, row) {
      for (const name of guardedFieldsOf(entity)) {
        if (row[name] === null || row[name] === undefined) continue
        if (readableBy(person, entity, row, name)) continue
        row[name] = null
        hidden.add(`${entity.name}.${name}`)
      }
    },
  }
}
