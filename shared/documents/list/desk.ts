import { z } from 'zod'
import type { Row } from '../../domain/entity.ts'
import { crewRole, department } from '../../domain/organization/model.ts'
import type { organization } from '../../domain/organization/model.ts'
import type { Reader } from '../../domain/operation.ts'
import type { assignment, project } from '../../domain/planning/model.ts'
import type { AskedCosts, AskedTimeline } from '../../domain/documents/operations.ts'
import type { Language } from '../../domain/runsheets/snapshot.ts'
import { isId } from '../../kernel/ids.ts'
import type { Id } from '../../kernel/ids.ts'
import { isInstant } from '../../kernel/instants.ts'
import type { Instant } from '../../kernel/instants.ts'
import type { Cell, ListColumn, ListGroup, ListRow, Mark } from './content.ts'

/** What the maker of a document is given: reading as the person sees, and what was asked for. */
export interface Desk {
  /** Through the person's lens: what they may not see is not there. */
  reader: Reader
  /** Without a lens, for the one rule that shows what a lens hides: telephones as sheets print them. */
  everything: Reader
  language: Language
  organization: Row<typeof organization>
  project: Row<typeof project> | null
  ids: readonly Id[] | null
  filtered: Filtered | null
  /** Of a timeline: between what, a page a day or a week, what its rows are. */
  timeline: AskedTimeline | null
  /** Of costs: broken down by what, over which days. */
  costs: AskedCosts | null
  /** All rows of a list operation, page after page. */
  rows: (operation: string, input: Record<string, unknown>) => Promise<unknown[]>
  /** The answer of another query; null when the person may not ask it. */
  ask: (operation: string, input: Record<string, unknown>) => Promise<unknown>
  say: (fr: string, en: string) => string
}
export interface Filtered {
  filter?: Record<string, unknown> | undefined
  sort?: string[] | undefined
  search?: string | undefined
}

export type ProjectRow = Row<typeof project>
export type AssignmentRow = Row<typeof assignment>

const instant = z.custom<Instant>(isInstant)
const id = z.custom<Id>(isId)
const text = z.string().nullable()

export const MissionLine = z.object({
  id, project_id: id, title: z.string(), day_code: text, kind: z.string(), status: z.string(), start_at: instant, end_at: instant, zone: z.string(), location_id: id.nullable(),
  location_name: text, project_name: text, head_count: z.number(), assigned_count: z.number(), locked: z.boolean(),
})
export type MissionLine = z.infer<typeof MissionLine>

export const AssignmentLine = z.object({
  id, project_id: id, mission_id: id, collaborator_id: id, crew_role_id: id.nullable(), start_at: instant, end_at: instant, call_at: instant.nullable(), state: z.string(), engagement_kind: z.string(),
  is_lead: z.boolean(), part: text, quantity: z.number(), notes: text, collaborator_name: text, crew_role_name: text, crew_role_name_en: text, department_id: id.nullable(),
  department_code: text, mission_title: text, mission_day_code: text, mission_zone: z.string(), location_id: id.nullable(),
  rate_minor: z.number().nullable(), rate_currency: text, rate_basis: text,
})
export type AssignmentLine = z.infer<typeof AssignmentLine>

/** The list the page shows (its filters, sort, words), or the rows it marked. */
export async function listed<T>(desk: Desk, operation: string, schema: z.ZodType<T>, options: { scoped?: boolean; byId?: boolean; where?: Record<string, unknown>; sort?: string[] } = {}): Promise<T[]> {
  const { scoped = true, byId = true, where = {}, sort } = options
  const asked = desk.filtered ?? {}
  const order = asked.sort ?? sort
  const input = {
    ...(scoped && desk.project ? { project_id: desk.project.id } : {}),
    ...(order === undefined ? {} : { sort: order }),
    ...(asked.search === undefined || asked.search === '' ? {} : { search: asked.search }),
  }
  const filter = { ...where, ...asked.filter }
  const parts = desk.ids === null || !byId ? [filter] : chunks(desk.ids).map((ids) => ({ ...filter, id: ids }))
  const found: T[] = []
  for (const part of parts) found.push(...z.array(schema).parse(await desk.rows(operation, { ...input, ...(Object.keys(part).length > 0 ? { filter: part } : {}) })))
  return found
}

const CHUNK = 500
export const chunks = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) => all.slice(index * CHUNK, (index + 1) * CHUNK))

export interface Catalogue {
  departments: readonly { id: Id; code: string; name: string }[]
  roles: ReadonlyMap<string, { name: string; department_id: Id | null; is_head: boolean; rank: number }>
}
export async function catalogueOf({ reader, language }: Desk): Promise<Catalogue> {
  const named = (row: { name: string; name_en: string | null }): string => (language === 'en' ? (row.name_en ?? row.name) : row.name)
  const departments = (await reader.find(department, {}, { sort: ['position', 'code'] })).map((row) => ({ id: row.id, code: row.code, name: named(row) }))
  const roles = (await reader.find(crewRole, {}, { sort: ['position', 'name'] })).map((row, rank) => [row.id, { name: named(row), department_id: row.department_id, is_head: row.is_head, rank }] as const)
  return { departments, roles: new Map(roles) }
}

/** Rows under their department, in the departments' order; those of none come last. */
export function byDepartment(desk: Desk, catalogue: Catalogue, rows: readonly { department: Id | null; count: number; row: ListRow }[]): ListGroup[] {
  const known = new Set<string>(catalogue.departments.map((one) => one.id))
  const all = [...catalogue.departments, { id: null, code: '—', name: desk.say('Sans département', 'No department') }]
  return all.flatMap(({ id: of, code, name }) => {
    const own = rows.filter((one) => (of === null ? one.department === null || !known.has(one.department) : one.department === of))
    return own.length === 0 ? [] : [{ id: of ?? 'none', code, title: name, count: String(own.reduce((sum, one) => sum + one.count, 0)), rows: own.map((one) => one.row) }]
  })
}

export const column = (key: string, label: string, kind: ListColumn['kind'], width: number, grow = 0): ListColumn => ({ key, label, kind, width, grow })

const stateMarks: Readonly<Record<string, Mark>> = {
  planned: 'half', proposed: 'clock', accepted: 'check', confirmed: 'check', executed: 'done', closed: 'done', canceled: 'void', declined: 'cross',
  draft: 'open', in_progress: 'clock', done: 'done', validated: 'half', published: 'check', archived: 'void', active: 'dot', inactive: 'void', deprecated: 'void', offline: 'cross',
}
const stateWords: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  'assignment.planned': ['option', 'hold'], 'assignment.proposed': ['proposée', 'proposed'], 'assignment.accepted': ['acceptée', 'accepted'], 'assignment.confirmed': ['confirmée', 'confirmed'],
  'assignment.executed': ['effectuée', 'worked'], 'assignment.closed': ['close', 'closed'], 'assignment.canceled': ['annulée', 'canceled'],
  'mission.draft': ['brouillon', 'draft'], 'mission.planned': ['planifiée', 'planned'], 'mission.in_progress': ['en cours', 'in progress'], 'mission.done': ['terminée', 'done'], 'mission.canceled': ['annulée', 'canceled'],
  'sheet.draft': ['brouillon', 'draft'], 'sheet.validated': ['validée', 'validated'], 'sheet.published': ['publiée', 'published'], 'sheet.archived': ['archivée', 'archived'],
  'project.active': ['en cours', 'active'], 'project.archived': ['archivé', 'archived'],
  'location.active': ['actif', 'active'], 'location.deprecated': ['retiré', 'retired'], 'location.offline': ['fermé', 'closed'],
}
export function stateCell(desk: Pick<Desk, 'say'>, family: string, state: string): Cell {
  const [fr, en] = stateWords[`${family}.${state}`] ?? [state, state]
  return { state: desk.say(fr, en), mark: stateMarks[state] ?? 'dot' }
}

const kindWords: Readonly<Record<string, readonly [fr: string, en: string]>> = {
  prep: ['préparation', 'prep'], build: ['montage', 'build'], rehearsal: ['répétition', 'rehearsal'], show: ['représentation', 'show'], shoot: ['tournage', 'shoot'], strike: ['démontage', 'strike'],
  travel: ['voyage', 'travel'], off: ['relâche', 'day off'], venue: ['lieu', 'venue'], site: ['site', 'site'], room: ['salle', 'room'],
  cddu_technician: ['CDDU technicien', 'fixed-term, technician'], cddu_artist: ['CDDU artiste', 'fixed-term, artist'], employee: ['permanent', 'employee'], freelance: ['indépendant', 'freelance'],
  agency: ['prestataire', 'agency'], volunteer: ['bénévole', 'volunteer'], intern: ['stagiaire', 'intern'],
}
export function kindWord(desk: Pick<Desk, 'say'>, kind: string): string {
  const words = kindWords[kind]
  return words ? desk.say(...words) : kind
}

/** `1 personne`, `36 personnes`. */
export function countNote(desk: Desk, count: number, fr: readonly [one: string, many: string], en: readonly [one: string, many: string]): string {
  return `${count} ${desk.say(count < 2 ? fr[0] : fr[1], count === 1 ? en[0] : en[1])}`
}
