/**
 * The demo production: small enough to be read at a glance, with one of each kind of trouble that can be computed today, and a sheet
 * of J3 in its third version. Moved by whole days when another date stands for today.
 */
import { addDays, fromLocal, fromMs, toMs, type LocalDate } from '../../shared/kernel/instants.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Asking } from './asking.ts'
import type { Catalogue } from './catalogues.ts'
import { demoAssignments, demoMissions, demoPlaces, type DemoAssignment, type DemoMission } from './demo-days.ts'
import { attachDemoFiles, keepPlan, type KeepFile, type KeptFile } from './demo-files.ts'
import { makeNeighbour } from './demo-neighbour.ts'
import { demoPeople } from './demo-people.ts'
import { describeEmployer, draftContracts, engageDemo } from './demo-engaged.ts'
import { publishDemoSheet } from './demo-sheet.ts'
import { demoChecklists, demoCues } from './demo-show.ts'
import { clockOf, need, ZONE, type Clock, type DemoWorld } from './demo-world.ts'

async function makePeople(asking: Asking, today: LocalDate, at: Clock, catalogue: Catalogue, roles: ReadonlyMap<string, Id>): Promise<Map<string, Id>> {
  const kindOf = (name: string) => catalogue.certifications.find((kind) => kind.name === name)?.id
  const lines = demoPeople.map((one) => {
    const [first, ...rest] = one.name.split(' ')
    // Sophie's diploma ran out three weeks ago; Nour's holds.
    const certifications = one.name === 'Sophie Blanc' || one.name === 'Nour Cherkaoui'
      ? [{ kind_id: kindOf('SSIAP 2'), number: `SSIAP-${one.name.length}`, issued_on: addDays(today, -1100), expires_on: addDays(today, one.name === 'Sophie Blanc' ? -20 : 400) }]
      : []
    return {
      display_name: one.name, ...(one.kind ? { kind: one.kind } : { first_name: first, last_name: rest.join(' '), email: `${(first ?? '').normalize('NFD').replace(/[^A-Za-z]/g, '').toLowerCase()}@example.org` }),
      ...(one.phone === null ? {} : { phone: one.phone }), languages: one.languages ?? ['fr'], crew_role_ids: one.roles.map((role) => need(roles, role)), certifications,
      availability: one.name === 'Lola Ngata' ? [{ kind: 'unavailable', start_at: at('24 08:00'), end_at: at('25 08:00'), zone: ZONE, reason: 'Autre employeur' }] : [],
      consents: one.consent ? [{ purpose: 'phone_on_sheets', answer: one.consent, answered_on: addDays(today, -40), source: 'fiche de renseignements' }] : [],
    }
  })
  const ids = await asking.makeMany('collaborator.create_many', lines, (people) => ({ people }), () => 8)
  return new Map(demoPeople.flatMap((one, index) => {
    const id = ids[index]
    return id === undefined ? [] : [[one.name, id] as const]
  }))
}

async function makePlaces(asking: Asking, plan: KeptFile | null): Promise<Map<string, Id>> {
  const places = new Map<string, Id>()
  for (const { key, line, status } of demoPlaces) {
    const id = await asking.make('location.create', { zone: ZONE, ...line, ...(key === 'plateau' ? { parent_id: need(places, 'halle') } : {}), ...(key === 'halle' && plan ? { plan_sha256: plan.sha256 } : {}) })
    places.set(key, id)
    if (status !== 'active') await asking.ask('location.set_status', { id, status })
  }
  return places
}

/** Crew role that an assignment fills: the one it names, else the person's main one. */
const roleOf = (one: DemoAssignment): string => one.role ?? demoPeople.find((person) => person.name === one.person)?.roles[0] ?? 'Runner'

function missionLine(world: Omit<DemoWorld, 'missions'>, one: DemoMission): Record<string, unknown> {
  const counts = new Map<string, number>(Object.entries(one.open ?? {}))
  for (const assigned of demoAssignments) if (assigned.mission === one.key) counts.set(roleOf(assigned), (counts.get(roleOf(assigned)) ?? 0) + (assigned.quantity ?? 1))
  const { catalogue, roles, at } = world
  const ssiap = catalogue.certifications.find((kind) => kind.name === 'SSIAP 2')?.id
  return {
    title: one.title, kind: one.kind, day_code: one.day, zone: ZONE, start_at: at(one.start), end_at: at(one.end), location_id: need(world.places, one.place), planned: true,
    ...(one.key === 'maree' ? { objective: 'représentation, puis démontage', lead_collaborator_id: need(world.people, 'Inès Morvan'), priority: 3 } : {}),
    needs: [...counts].map(([role, head_count]) => ({
      crew_role_id: need(roles, role), head_count, ...(role === 'SSIAP 2' && ssiap ? { certification_kind_ids: [ssiap] } : {}),
      // The board of this show asks for someone who knows it.
      ...(role === 'Pupitreuse' && one.key === 'maree' && catalogue.skills[1] ? { skill_ids: [catalogue.skills[1]] } : {}),
    })),
    checklist: (demoChecklists[one.key] ?? []).map(([label, done]) => ({ label, done })),
    milestones: (one.milestones ?? []).map(([label, at_]) => ({ label, at: at(at_) })),
  }
}

async function needIds(asking: Asking, project: Id): Promise<Map<string, Id>> {
  const answer = await asking.ask('need.list', { project_id: project, limit: 200 })
  const items = typeof answer === 'object' && answer !== null && !Array.isArray(answer) && Array.isArray(answer['items']) ? answer['items'] : []
  return new Map(items.flatMap((row) => (typeof row === 'object' && row !== null && !Array.isArray(row) ? [[`${String(row['mission_id'])}/${String(row['crew_role_id'])}`, String(row['id']) as Id] as const] : [])))
}

function assignmentLine(world: DemoWorld, needs: ReadonlyMap<string, Id>, today: LocalDate, one: DemoAssignment): Record<string, unknown> {
  const { at, catalogue } = world
  const mission_id = need(world.missions, one.mission)
  const crew_role_id = need(world.roles, roleOf(one))
  const card = catalogue.cards.get(crew_role_id)
  const engagement = demoPeople.find((person) => person.name === one.person)?.engagement ?? 'cddu_technician'
  const need_id = needs.get(`${mission_id}/${crew_role_id}`)
  return {
    mission_id, collaborator_id: need(world.people, one.person), crew_role_id, engagement_kind: engagement, ...(need_id === undefined ? {} : { need_id }),
    ...(one.start ? { start_at: at(one.start) } : {}), ...(one.end ? { end_at: at(one.end) } : {}), ...(one.quantity ? { quantity: one.quantity } : {}), ...(one.notes ? { notes: one.notes } : {}),
    ...(one.option ? { option_rank: 1, option_expires_at: fromMs(toMs(fromLocal(addDays(today, -1), '18:00', ZONE))) } : {}),
    ...(card && engagement !== 'volunteer' ? { rate_card_id: card.id, ...(one.extra ? { rate_basis: 'daily', rate_minor: card.amount + one.extra, rate_currency: 'EUR' } : {}) } : {}),
  }
}

export interface DemoMade {
  people: number
  locations: number
  projects: number
  missions: number
  assignments: number
}

/** The run of show: the entrance and the two parts after it begin on the clock, everything else follows. */
function cueLines({ at }: DemoWorld): Record<string, unknown>[] {
  return demoCues.map((one) => ({
    label: one.label, duration_seconds: one.minutes * 60, ...(one.kind ? { kind: one.kind } : {}), ...(one.number ? { number: one.number } : {}), ...(one.at ? { at: at(one.at) } : {}),
    ...(one.departments ? { departments: one.departments } : {}), ...(one.notes ? { notes: one.notes } : {}),
  }))
}

/** `asks`: the show is still to come, so that people can be asked whether they come. */
export async function makeDemo(asking: Asking, catalogue: Catalogue, today: LocalDate, asks: boolean, keepFile?: KeepFile): Promise<DemoMade> {
  const at = clockOf(today)
  const roles = new Map(catalogue.roles.map((role) => [role.name, role.id]))
  const people = await makePeople(asking, today, at, catalogue, roles)
  const plan = keepFile ? await keepPlan(keepFile) : null
  const places = await makePlaces(asking, plan)
  const project = await asking.make('project.create', {
    code: 'NDP', name: 'Les Nuits du Phare 2026', zone: ZONE, currency: 'EUR', start_at: at('20 00:00'), end_at: at('26 12:00'), sheet_layout: 'stage', document_language: 'fr',
    client_name: 'Ville d’Estrance', emergency: { numbers: '112 · SAMU 15 · Pompiers 18', on_site: 'Poste loge 6, canal 9' },
  })
  const before = { asking, at, catalogue, roles, people, places }
  const ids = await asking.makeMany('mission.create_many', demoMissions, (missions) => ({ project_id: project, missions: missions.map((one) => missionLine(before, one)) }), () => 20)
  const missions = new Map(demoMissions.flatMap((one, index) => {
    const id = ids[index]
    return id === undefined ? [] : [[one.key, id] as const]
  }))
  const world: DemoWorld = { ...before, missions }
  const needs = await needIds(asking, project)
  const assigned = await asking.makeMany('assignment.create_many', demoAssignments, (lines) => ({ project_id: project, assignments: lines.map((one) => assignmentLine(world, needs, today, one)) }))
  for (const [first, then, lag_minutes] of [['dechargement', 'reglages', 0], ['demontage', 'sceneb', 240]] as const)
    await asking.ask('dependency.add', { project_id: project, before_mission_id: need(missions, first), after_mission_id: need(missions, then), lag_minutes })
  await asking.ask('cue.create_many', { mission_id: need(missions, 'maree'), cues: cueLines(world) })
  if (keepFile && plan) await attachDemoFiles(world, project, keepFile, plan)
  const planned = demoAssignments.flatMap((line, index) => {
    const id = assigned[index]
    return id === undefined ? [] : [{ line, id }]
  })
  await describeEmployer(world)
  await engageDemo(world, planned, asks)
  await draftContracts(world, planned)
  await publishDemoSheet(world)
  const neighbour = await makeNeighbour(before)
  return { people: people.size, locations: places.size + 1, projects: 2, missions: missions.size + neighbour.missions, assignments: demoAssignments.length + neighbour.assignments }
}
