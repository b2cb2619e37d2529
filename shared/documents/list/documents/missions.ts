/** Documents about days: mission list, planning as a table, sign-in sheet, library of sheets, projects. */
import { z } from 'zod'
import { longDate } from '../../../domain/runsheets/formats.ts'
import { isId } from '../../../kernel/ids.ts'
import type { Id } from '../../../kernel/ids.ts'
import { isInstant, isLocalDate, localDateOf, toLocal } from '../../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../../kernel/instants.ts'
import type { ListContent, ListGroup, ListRow, TableSection } from '../content.ts'
import { AssignmentLine, MissionLine, byDepartment, catalogueOf, chunks, column, countNote, kindWord, listed, stateCell } from '../desk.ts'
import type { Catalogue, Desk } from '../desk.ts'
import { filterSentence } from '../filters.ts'
import { base } from './base.ts'

const engaged = ['planned', 'proposed', 'accepted', 'confirmed', 'executed', 'closed']
const label = (line: { day_code: string | null; title: string }): string => [line.day_code, line.title].filter((part) => part !== null).join(' · ')
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const SheetLine = z.object({
  id: z.custom<Id>(isId), sheet_date: z.custom<LocalDate>(isLocalDate), lead_mission_id: z.string(), lead_mission_title: z.string().nullable(), lead_mission_code: z.string().nullable(), zone: z.string().nullable(),
  location_name: z.string().nullable(), published_number: z.number().nullable(), published_at: z.custom<Instant>(isInstant).nullable(), content_hash: z.string().nullable(), next_number: z.number().nullable(),
  next_state: z.string().nullable(), status: z.string(), mission_count: z.number(), people_count: z.number(), version_count: z.number(),
})

export async function missionList(desk: Desk): Promise<ListContent> {
  const missions = await listed(desk, 'mission.list', MissionLine, { sort: ['start_at'] })
  const sheets = new Map(z.array(SheetLine).parse(await desk.rows('sheet.list', desk.project ? { project_id: desk.project.id } : {})).map((sheet) => [sheet.lead_mission_id, sheet]))
  const months = new Map<string, ListRow[]>()
  for (const line of missions) {
    const of = localDateOf(line.start_at, line.zone)
    const sheet = sheets.get(line.id)
    const version = sheet?.published_number == null ? (sheet?.next_number == null ? null : `v${sheet.next_number} ${desk.say('en travail', 'in work')}`) : `v${sheet.published_number}`
    const row: ListRow = {
      id: line.id,
      cells: {
        date: { date: of }, code: line.day_code, title: line.title, kind: kindWord(desk, line.kind), place: line.location_name, call: { at: line.start_at, zone: line.zone, of }, end: { at: line.end_at, zone: line.zone, of },
        coverage: line.head_count === 0 ? String(line.assigned_count) : `${line.assigned_count} / ${line.head_count}`, sheet: version, state: stateCell(desk, 'mission', line.status), project: line.project_name,
      },
    }
    const month = sentence(longDate(of, desk.language).split(/[\s\u00a0]/).slice(2).join(' '))
    months.set(month, [...(months.get(month) ?? []), row])
  }
  const byTime = desk.filtered?.sort === undefined || desk.filtered.sort[0] === 'start_at'
  return {
    ...base(desk, 'mission_list', desk.say('Liste des missions', 'Mission list')),
    notes: [countNote(desk, missions.length, ['mission', 'missions'], ['mission', 'missions'])],
    filters: await filterSentence(desk, 'mission.list'),
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Aucune mission.', 'No mission.'),
      columns: [
        column('date', 'Date', 'date', 80), column('code', desk.say('Jour', 'Day'), 'code', 26), column('title', desk.say('Titre', 'Title'), 'strong', 96, 1.4), column('kind', desk.say('Type', 'Kind'), 'quiet', 62),
        ...(desk.project ? [] : [column('project', desk.say('Projet', 'Project'), 'text', 80, 0.8)]),
        column('place', desk.say('Lieu', 'Place'), 'text', 72, 1), column('call', desk.say('Convoc.', 'Call'), 'call', 40), column('end', desk.say('Fin', 'End'), 'clock', 38),
        column('coverage', desk.say('Équipe', 'Crew'), 'count', 36), column('sheet', desk.say('Feuille', 'Sheet'), 'text', 40), column('state', desk.say('État', 'State'), 'state', 56),
      ],
      groups: !byTime || months.size === 1 ? [{ id: 'all', code: null, title: '', count: null, rows: [...months.values()].flat() }]
        : [...months].map(([title, rows]): ListGroup => ({ id: title, code: null, title, count: String(rows.length), rows })),
    }],
  }
}

export async function assignmentList(desk: Desk): Promise<ListContent> {
  const catalogue = await catalogueOf(desk)
  const found = await listed(desk, 'assignment.list', AssignmentLine, { sort: ['start_at'] })
  const days = new Map<string, { of: LocalDate; rows: ListRow[] }>()
  for (const line of found) {
    const of = localDateOf(line.start_at, line.mission_zone)
    const time = (at: Instant) => ({ at, zone: line.mission_zone, of })
    const role = line.crew_role_id === null ? undefined : catalogue.roles.get(line.crew_role_id)
    const row: ListRow = {
      id: line.id,
      cells: {
        date: { date: of }, name: line.quantity > 1 ? `${line.collaborator_name ?? '—'} × ${line.quantity}` : line.collaborator_name, role: line.part ?? role?.name ?? null, department: line.department_code,
        mission: label({ day_code: line.mission_day_code, title: line.mission_title ?? '' }), call: time(line.call_at ?? line.start_at), start: time(line.start_at), end: time(line.end_at),
        state: stateCell(desk, 'assignment', line.state), engagement: kindWord(desk, line.engagement_kind),
        rate: line.rate_minor === null || line.rate_currency === null ? null : { minor: line.rate_minor, currency: line.rate_currency }, notes: line.notes,
      },
    }
    const known = days.get(of)
    if (known) known.rows.push(row)
    else days.set(of, { of, rows: [row] })
  }
  const byTime = desk.filtered?.sort === undefined || desk.filtered.sort[0] === 'start_at'
  return {
    ...base(desk, 'assignment_list', desk.say('Planning', 'Planning')),
    notes: [countNote(desk, found.length, ['affectation', 'affectations'], ['assignment', 'assignments'])],
    filters: await filterSentence(desk, 'assignment.list'),
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Aucune affectation.', 'No assignment.'),
      columns: [
        ...(byTime ? [] : [column('date', 'Date', 'date' as const, 80)]),
        column('name', desk.say('Nom', 'Name'), 'strong', 100, 1), column('role', desk.say('Fonction', 'Role'), 'text', 90, 1), column('department', desk.say('Dép.', 'Dept'), 'code', 34), column('mission', 'Mission', 'text', 96, 1.2),
        column('call', desk.say('Convoc.', 'Call'), 'call', 42), column('start', desk.say('Début', 'Start'), 'clock', 40), column('end', desk.say('Fin', 'End'), 'clock', 42), column('state', desk.say('État', 'State'), 'state', 62),
        column('engagement', desk.say('Engagement', 'Engagement'), 'quiet', 74), ...(mayReadRates(desk) ? [column('rate', desk.say('Tarif', 'Rate'), 'money', 58)] : []), column('notes', 'Notes', 'text', 70, 0.8),
      ],
      groups: byTime
        ? [...days].map(([id, { of, rows }]): ListGroup => ({ id, code: null, title: sentence(longDate(of, desk.language)), count: String(rows.length), rows }))
        : [{ id: 'all', code: null, title: '', count: null, rows: [...days.values()].flatMap((day) => day.rows) }],
    }],
  }
}
/** Amounts have a column for who reads them; each amount is still shown or not by its own row. */
const mayReadRates = (desk: Desk): boolean => desk.reader.may('rates:read', desk.project?.id ?? null)

/** Lines left at the foot for people nobody expected. */
const SPARE_LINES = 3

/** A page to sign for each mission: who, as what, called when; boxes for arrival, departure, signature. */
export async function signInSheet(desk: Desk): Promise<ListContent> {
  const catalogue = await catalogueOf(desk)
  const missions = await listed(desk, 'mission.list', MissionLine, { sort: ['start_at'] })
  const found: AssignmentLine[] = []
  for (const ids of chunks(missions.map((line) => line.id)))
    found.push(...z.array(AssignmentLine).parse(await desk.rows('assignment.list', { filter: { mission_id: ids, state: engaged }, sort: ['start_at'] })))
  const sections = missions.map((line): TableSection => signInTable(desk, catalogue, line, found.filter((one) => one.mission_id === line.id)))
  const only = missions.length === 1 ? missions[0] : undefined
  return {
    ...base(desk, 'sign_in_sheet', desk.say('Feuille d’émargement', 'Sign-in sheet')),
    ...(only ? { badge: only.day_code ?? desk.project?.code ?? null, subtitle: `${sentence(longDate(localDateOf(only.start_at, only.zone), desk.language))} · ${only.title}` } : {}),
    filters: desk.filtered === null ? null : await filterSentence(desk, 'mission.list'),
    notes: [`${missions.length} ${desk.say(missions.length > 1 ? 'missions' : 'mission', missions.length === 1 ? 'mission' : 'missions')} · ${found.reduce((sum, one) => sum + one.quantity, 0)} ${desk.say('personnes attendues', 'people expected')}`],
    sections,
  }
}

function signInTable(desk: Desk, catalogue: Catalogue, line: MissionLine, people: readonly AssignmentLine[]): TableSection {
  const of = localDateOf(line.start_at, line.zone)
  const rows = people.map((one) => {
    const role = one.crew_role_id === null ? undefined : catalogue.roles.get(one.crew_role_id)
    return {
      department: role?.department_id ?? one.department_id, count: one.quantity, rank: [one.is_lead || role?.is_head ? 0 : 1, role?.rank ?? 9999] as const,
      row: { id: one.id, cells: { name: one.quantity > 1 ? `${one.collaborator_name ?? '—'} × ${one.quantity}` : (one.collaborator_name ?? '—'), role: one.part ?? role?.name ?? null, call: { at: one.call_at ?? one.start_at, zone: line.zone, of }, arrival: null, departure: null, signature: null } },
    }
  }).sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || String(a.row.cells.name).localeCompare(String(b.row.cells.name), desk.language))
  const spare = Array.from({ length: SPARE_LINES }, (_, index): ListRow => ({ id: `${line.id}/spare/${index}`, cells: { name: ' ', role: null, call: ' ', arrival: null, departure: null, signature: null } }))
  const from = toLocal(line.start_at, line.zone)
  return {
    kind: 'table', title: `${label(line)} — ${sentence(longDate(of, desk.language))}`, note: [line.location_name, `${desk.say('convocation', 'call')} ${from.time}`].filter((part) => part !== null).join(' · '),
    fresh: true, tall: true, keep_groups: true, empty: '—',
    columns: [
      column('name', desk.say('Nom', 'Name'), 'strong', 104, 1), column('role', desk.say('Fonction', 'Role'), 'text', 84, 0.8), column('call', desk.say('Convoc.', 'Call'), 'call', 42),
      column('arrival', desk.say('Arrivée', 'Arrival'), 'box', 48), column('departure', desk.say('Départ', 'Departure'), 'box', 48), column('signature', 'Signature', 'box', 120, 0.6),
    ],
    groups: [...byDepartment(desk, catalogue, rows), { id: `${line.id}/others`, code: null, title: desk.say('Autres personnes', 'Others'), count: null, rows: spare }],
  }
}

export async function sheetList(desk: Desk): Promise<ListContent> {
  const sheets = await listed(desk, 'sheet.list', SheetLine, { sort: ['sheet_date'] })
  return {
    ...base(desk, 'sheet_list', desk.say('Feuilles de service', 'Call sheets')),
    notes: [countNote(desk, sheets.length, ['feuille', 'feuilles'], ['sheet', 'sheets'])],
    filters: await filterSentence(desk, 'sheet.list'),
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Aucune feuille.', 'No sheet.'),
      columns: [
        column('date', 'Date', 'date', 80), column('mission', 'Mission', 'strong', 110, 1.4), column('place', desk.say('Lieu', 'Place'), 'text', 90, 1), column('version', 'Version', 'code', 36), column('state', desk.say('État', 'State'), 'state', 58),
        column('published', desk.say('Publiée', 'Published'), 'moment', 96), column('next', desk.say('En travail', 'In work'), 'text', 56), column('people', desk.say('Personnes', 'People'), 'count', 44), column('hash', desk.say('Empreinte', 'Hash'), 'quiet', 72),
      ],
      groups: [{ id: 'all', code: null, title: '', count: null, rows: sheets.map((one) => ({
        id: one.id,
        cells: {
          date: { date: one.sheet_date }, mission: label({ day_code: one.lead_mission_code, title: one.lead_mission_title ?? '' }), place: one.location_name, version: one.published_number === null ? null : `v${one.published_number}`,
          state: stateCell(desk, 'sheet', one.status), published: one.published_at === null ? null : { at: one.published_at, zone: one.zone ?? desk.organization.default_zone, of: null },
          next: one.next_number === null ? null : `v${one.next_number}`, people: one.people_count, hash: one.content_hash,
        },
      })) }],
    }],
  }
}

const ProjectLine = z.object({
  id: z.custom<Id>(isId), code: z.string(), name: z.string(), client_name: z.string().nullable(), zone: z.string(), start_at: z.custom<Instant>(isInstant), end_at: z.custom<Instant>(isInstant), status: z.string(), mission_count: z.number(),
})
export async function projectList(desk: Desk): Promise<ListContent> {
  const wanted = desk.ids === null ? null : new Set<string>(desk.ids)
  const projects = (await listed(desk, 'project.list', ProjectLine, { scoped: false, byId: false, sort: ['start_at'] })).filter((one) => wanted === null || wanted.has(one.id))
  return {
    ...base({ ...desk, project: null }, 'project_list', desk.say('Projets', 'Projects')),
    notes: [countNote(desk, projects.length, ['projet', 'projets'], ['project', 'projects'])],
    filters: await filterSentence(desk, 'project.list'),
    sections: [{
      kind: 'table', title: null, note: null, empty: desk.say('Aucun projet.', 'No project.'),
      columns: [
        column('code', 'Code', 'code', 60), column('name', desk.say('Projet', 'Project'), 'strong', 130, 1.4), column('client', 'Client', 'text', 90, 1), column('start', desk.say('Début', 'Start'), 'date', 82), column('end', desk.say('Fin', 'End'), 'date', 82),
        column('missions', 'Missions', 'count', 42), column('zone', desk.say('Fuseau', 'Time zone'), 'quiet', 76), column('state', desk.say('État', 'State'), 'state', 56),
      ],
      groups: [{ id: 'all', code: null, title: '', count: null, rows: projects.map((one) => ({
        id: one.id,
        cells: { code: one.code, name: one.name, client: one.client_name, start: { date: localDateOf(one.start_at, one.zone) }, end: { date: localDateOf(one.end_at, one.zone) }, missions: one.mission_count, zone: one.zone, state: stateCell(desk, 'project', one.status) },
      })) }],
    }],
  }
}
