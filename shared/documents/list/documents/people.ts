/** Documents about people: crew list, contact sheet, address list, one person's schedule. */
import { z } from 'zod'
import { collaborator, consent } from '../../../domain/people/model.ts'
import { location } from '../../../domain/locations/model.ts'
import { member } from '../../../domain/organization/model.ts'
import { mission } from '../../../domain/planning/model.ts'
import { shortDate } from '../../../domain/runsheets/formats.ts'
import { refuseFor, detail } from '../../../domain/errors.ts'
import { isId } from '../../../kernel/ids.ts'
import type { Id } from '../../../kernel/ids.ts'
import { localDateOf } from '../../../kernel/instants.ts'
import type { ListContent, ListRow, Section, TableSection } from '../content.ts'
import { AssignmentLine, byDepartment, catalogueOf, chunks, column, countNote, kindWord, listed, stateCell } from '../desk.ts'
import type { Catalogue, Desk } from '../desk.ts'
import { filterFields } from '../filter-fields.ts'
import { filterSentence } from '../filters.ts'
import { base } from './base.ts'

interface CrewMember {
  id: Id
  name: string
  role: string
  department: Id | null
  head: boolean
  rank: number
  phone: string | null
  email: string | null
  /** A human being, whose telephone goes around on paper as they said; not a firm or a band. */
  personal: boolean
  missions: number
  quantity: number
}

/** Whose filters name the people: those of the project's team, unless only the directory knows them. */
function crewOperation(desk: Desk): 'collaborator.list' | 'collaborator.list_crew' {
  const known = filterFields['collaborator.list_crew'] ?? {}
  return desk.project !== null && Object.keys(desk.filtered?.filter ?? {}).every((name) => name in known || name === 'id') ? 'collaborator.list_crew' : 'collaborator.list'
}

/** Everyone assigned in the project and not canceled, by their most frequent role in it. */
async function crewOf(desk: Desk, catalogue: Catalogue): Promise<CrewMember[]> {
  const wanted = desk.ids === null && desk.filtered === null ? null : new Set((await listed(desk, crewOperation(desk), z.object({ id: z.custom<Id>(isId) }), { scoped: crewOperation(desk) === 'collaborator.list_crew' })).map((row) => row.id))
  const lines = z.array(AssignmentLine).parse(await desk.rows('assignment.list', {
    ...(desk.project ? { project_id: desk.project.id } : {}), filter: { state: ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed'] }, sort: ['start_at'],
  }))
  const people = new Map<Id, AssignmentLine[]>()
  for (const line of lines) {
    if (wanted && !wanted.has(line.collaborator_id)) continue
    const own = people.get(line.collaborator_id)
    if (own) own.push(line)
    else people.set(line.collaborator_id, [line])
  }
  const cards = new Map<string, { name: string; phone: string | null; email: string | null; personal: boolean }>()
  for (const ids of chunks([...people.keys()]))
    for (const row of await desk.reader.getMany(collaborator, ids)) cards.set(row.id, { name: row.display_name, phone: row.phone, email: row.email, personal: row.kind === 'person' })
  const crew = [...people].flatMap(([id, own]): CrewMember[] => {
    const card = cards.get(id)
    if (!card) return []
    const main = mostFrequent(own)
    const role = main.crew_role_id === null ? undefined : catalogue.roles.get(main.crew_role_id)
    return [{
      id, ...card, role: main.part ?? role?.name ?? '', department: role?.department_id ?? main.department_id, head: own.some((line) => line.is_lead) || role?.is_head === true,
      rank: role?.rank ?? catalogue.roles.size, missions: new Set(own.map((line) => line.mission_id)).size, quantity: Math.max(...own.map((line) => line.quantity)),
    }]
  })
  const shown = await sheetPhones(desk, crew)
  return crew.map((one) => ({ ...one, phone: shown.get(one.id) ?? (one.personal ? null : one.phone) }))
    .sort((a, b) => Number(b.head) - Number(a.head) || a.rank - b.rank || a.name.localeCompare(b.name, desk.language) || (a.id < b.id ? -1 : 1))
}

function mostFrequent(lines: readonly [AssignmentLine, ...AssignmentLine[]] | readonly AssignmentLine[]): AssignmentLine {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line.crew_role_id ?? '', (counts.get(line.crew_role_id ?? '') ?? 0) + 1)
  return lines.reduce((best, line) => ((counts.get(line.crew_role_id ?? '') ?? 0) > (counts.get(best.crew_role_id ?? '') ?? 0) ? line : best))
}

/** Paper of the team goes from hand to hand as a sheet does, whoever printed it: heads unless they refused, others when they accepted (ui 8, "Decided"). */
async function sheetPhones(desk: Desk, people: readonly CrewMember[]): Promise<Map<string, string>> {
  const shown = new Map<string, string>()
  for (const part of chunks(people)) {
    const ids = part.map((one) => one.id)
    const answers = new Map((await desk.everything.find(consent, { purpose: 'phone_on_sheets', collaborator_id: ids })).map((row) => [row.collaborator_id as string, row.answer]))
    const allowed = part.filter((one) => answers.get(one.id) === 'given' || (answers.get(one.id) !== 'refused' && one.head)).map((one) => one.id)
    if (allowed.length === 0) continue
    for (const row of await desk.everything.getMany(collaborator, allowed)) if (row.phone !== null) shown.set(row.id, row.phone)
  }
  return shown
}

const crewColumns = (desk: Desk) => [
  column('role', desk.say('Fonction', 'Role'), 'text', 92, 1), column('name', desk.say('Nom', 'Name'), 'strong', 104, 1), column('phone', desk.say('Téléphone', 'Phone'), 'phone', 84),
  column('email', desk.say('Courriel', 'E-mail'), 'text', 142, 1), column('missions', 'Missions', 'count', 38),
]
const crewRow = (one: CrewMember): ListRow => ({
  id: one.id, cells: { role: one.quantity > 1 ? `${one.role} × ${one.quantity}` : one.role, name: one.name, phone: one.phone, email: one.email, missions: one.missions },
})
/** Why some have none. */
const phoneNote = (desk: Desk): string => desk.say('téléphones des chefs de poste et de qui l’a accepté', 'phones of heads of department and of those who agreed')
const noCrew = (desk: Desk) => desk.say('Personne n’est encore prévu.', 'Nobody is planned yet.')

export async function crewList(desk: Desk): Promise<ListContent> {
  const catalogue = await catalogueOf(desk)
  const crew = await crewOf(desk, catalogue)
  return {
    ...base(desk, 'crew_list', desk.say('Liste d’équipe', 'Crew list')),
    notes: [countNote(desk, crew.length, ['personne', 'personnes'], ['person', 'people']), phoneNote(desk)],
    filters: await filterSentence(desk, crewOperation(desk)),
    sections: [{
      kind: 'table', title: null, note: null, columns: crewColumns(desk), keep_groups: true, empty: noCrew(desk),
      groups: byDepartment(desk, catalogue, crew.map((one) => ({ department: one.department, count: one.quantity, row: crewRow(one) }))),
    }],
  }
}

export async function contactSheet(desk: Desk): Promise<ListContent> {
  const catalogue = await catalogueOf(desk)
  const crew = await crewOf(desk, catalogue)
  const heads = crew.filter((one) => one.head)
  const people: Section[] = [
    ...(heads.length === 0 ? [] : [{ ...table(desk, desk.say('Chefs de poste', 'Heads of department'), heads), groups: [{ id: 'heads', code: null, title: '', count: null, rows: heads.map(crewRow) }] }]),
    { ...table(desk, desk.say('Équipe', 'Crew'), crew), groups: byDepartment(desk, catalogue, crew.filter((one) => !one.head).map((one) => ({ department: one.department, count: one.quantity, row: crewRow(one) }))) },
  ]
  return {
    ...base(desk, 'contact_sheet', desk.say('Fiche contacts', 'Contact sheet')),
    notes: [countNote(desk, crew.length, ['personne', 'personnes'], ['person', 'people']), phoneNote(desk)],
    filters: await filterSentence(desk, crewOperation(desk)),
    sections: [...(await production(desk)), ...people, await places(desk)],
  }
}
const table = (desk: Desk, title: string, crew: readonly CrewMember[]): TableSection => ({
  kind: 'table', title, note: null, keep_groups: true, empty: crew.length === 0 ? noCrew(desk) : '—', groups: [], columns: crewColumns(desk).filter((one) => one.key !== 'missions'),
})

async function production(desk: Desk): Promise<Section[]> {
  const { project, organization: house } = desk
  if (!project) return []
  const owner = project.owner_member_id === null ? null : await desk.reader.get(member, project.owner_member_id)
  const facts = [
    { id: 'house', label: desk.say('Production', 'Production'), lines: [house.legal_name ?? house.name, ...lines(house.address)] },
    ...(owner ? [{ id: 'owner', label: desk.say('Responsable', 'In charge'), lines: [owner.email === null ? owner.name : `${owner.name}, ${owner.email}`] }] : []),
    ...(project.client_name ? [{ id: 'client', label: desk.say('Client', 'Client'), lines: [project.client_name] }] : []),
    { id: 'dates', label: desk.say('Dates', 'Dates'), lines: [`${shortDate(localDateOf(project.start_at, project.zone), desk.language)} → ${shortDate(localDateOf(project.end_at, project.zone), desk.language)}`] },
  ]
  const emergency = project.emergency
  return [
    ...(emergency ? [{
      kind: 'facts' as const, title: desk.say('Urgences', 'Emergency'), boxed: true, geo: null,
      facts: [{ id: 'numbers', label: '', lines: [emergency.numbers], strong: true as const }, ...(emergency.on_site === '' ? [] : [{ id: 'site', label: desk.say('Secours sur place', 'First aid on site'), lines: [emergency.on_site] }])],
    }] : []),
    { kind: 'facts', title: desk.say('Production', 'Production'), boxed: false, geo: null, facts },
  ]
}
const lines = (text: string | null): string[] => (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '')

async function places(desk: Desk): Promise<TableSection> {
  const ids = desk.project ? await desk.reader.values(mission, 'location_id', { project_id: desk.project.id }) : []
  const rows = (await desk.reader.getMany(location, ids)).toSorted((a, b) => a.name.localeCompare(b.name, desk.language))
  return {
    kind: 'table', title: desk.say('Lieux', 'Places'), note: null, empty: desk.say('Aucun lieu.', 'No place.'),
    columns: [
      column('name', desk.say('Lieu', 'Place'), 'strong', 100, 1), column('address', desk.say('Adresse', 'Address'), 'text', 120, 1), column('contact', 'Contact', 'text', 70, 0.6),
      column('phone', desk.say('Téléphone', 'Phone'), 'phone', 84), column('hospital', desk.say('Hôpital le plus proche', 'Nearest hospital'), 'text', 100, 0.8),
    ],
    groups: [{ id: 'places', code: null, title: '', count: null, rows: rows.map((row) => ({
      id: row.id, cells: { name: row.name, address: lines(row.address).join(', ') || null, contact: row.contact_name, phone: row.contact_phone, hospital: [row.hospital_name, row.hospital_phone].filter((part) => part !== null).join(', ') || null },
    })) }],
  }
}

const DirectoryLine = z.object({
  id: z.custom<Id>(isId), display_name: z.string(), phone: z.string().nullable(), email: z.string().nullable(), address: z.string().nullable(), kind: z.string(), status: z.string(),
  crew_role_name: z.string().nullable(), crew_role_name_en: z.string().nullable(), department_code: z.string().nullable(),
})

export async function addressList(desk: Desk): Promise<ListContent> {
  const people = await listed(desk, 'collaborator.list', DirectoryLine, { scoped: false, sort: ['display_name'] })
  return {
    ...base({ ...desk, project: null }, 'address_list', desk.say('Liste d’adresses', 'Address list')),
    notes: [countNote(desk, people.length, ['fiche', 'fiches'], ['entry', 'entries'])],
    filters: await filterSentence(desk, 'collaborator.list'),
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Personne.', 'Nobody.'),
      columns: [
        column('name', desk.say('Nom', 'Name'), 'strong', 100, 1), column('role', desk.say('Fonction', 'Role'), 'text', 84, 0.8), column('department', desk.say('Dép.', 'Dept'), 'code', 32),
        column('phone', desk.say('Téléphone', 'Phone'), 'phone', 84), column('email', desk.say('Courriel', 'E-mail'), 'text', 110, 1), column('address', desk.say('Adresse', 'Address'), 'text', 90, 1),
      ],
      groups: [{ id: 'all', code: null, title: '', count: null, rows: people.map((one) => ({
        id: one.id,
        cells: {
          name: one.display_name, role: desk.language === 'en' ? (one.crew_role_name_en ?? one.crew_role_name) : one.crew_role_name, department: one.department_code, phone: one.phone, email: one.email,
          address: lines(one.address).join(', ') || null,
        },
      })) }],
    }],
  }
}

/** One person's days, in every project the reader may see. */
export async function personalSchedule(desk: Desk): Promise<ListContent> {
  const id = desk.ids?.[0] ?? desk.reader.call.collaborator_id
  const person = id === null ? null : await desk.reader.get(collaborator, id)
  if (!person) throw refuseFor('collaborator', 'not_found', detail('ids', 'not_found', null, id))
  const found = z.array(AssignmentLine).parse(await desk.rows('assignment.list', {
    ...(desk.project ? { project_id: desk.project.id } : {}), sort: ['start_at'],
    filter: { collaborator_id: person.id, state: ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed'] },
  }))
  const named = new Map((await desk.reader.getMany(location, [...new Set(found.flatMap((line) => line.location_id ?? []))])).map((row) => [row.id as string, row.name]))
  return {
    ...base(desk, 'personal_schedule', desk.say('Planning personnel', 'Personal schedule')),
    subtitle: person.display_name,
    notes: [countNote(desk, found.length, ['affectation', 'affectations'], ['assignment', 'assignments'])],
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Rien de prévu.', 'Nothing planned.'),
      columns: [
        column('date', 'Date', 'date', 78), column('call', desk.say('Convoc.', 'Call'), 'call', 42), column('start', desk.say('Début', 'Start'), 'clock', 40), column('end', desk.say('Fin', 'End'), 'clock', 44),
        column('mission', 'Mission', 'strong', 100, 1), column('role', desk.say('Fonction', 'Role'), 'text', 76, 0.7), column('place', desk.say('Lieu', 'Place'), 'text', 80, 0.8),
        column('state', desk.say('État', 'State'), 'state', 58), column('engagement', desk.say('Engagement', 'Engagement'), 'quiet', 70),
      ],
      groups: [{ id: 'all', code: null, title: '', count: null, rows: found.map((line) => {
        const of = localDateOf(line.start_at, line.mission_zone)
        const time = (at: typeof line.start_at) => ({ at, zone: line.mission_zone, of })
        return {
          id: line.id,
          cells: {
            date: { date: of }, call: time(line.call_at ?? line.start_at), start: time(line.start_at), end: time(line.end_at),
            mission: [line.mission_day_code, line.mission_title].filter((part) => part !== null).join(' '), role: line.part ?? (desk.language === 'en' ? (line.crew_role_name_en ?? line.crew_role_name) : line.crew_role_name),
            place: line.location_id === null ? null : (named.get(line.location_id) ?? null), state: stateCell(desk, 'assignment', line.state), engagement: kindWord(desk, line.engagement_kind),
          },
        }
      }) }],
    }],
  }
}
