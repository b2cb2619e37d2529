/** Missions with their needs, milestones and order, then the people on them. */
import { addDays, fromMs, HOUR, toMs, type LocalDate } from '../../shared/kernel/instants.ts'
import type { Json } from '../../shared/kernel/hashing.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Asking } from './asking.ts'
import { windowOf, type DayDraft, type Window } from './calendar.ts'
import type { Catalogue } from './catalogues.ts'
import { weightOf, type createCrews, type Pick } from './crews.ts'
import type { GeneratedPerson } from './people.ts'
import type { GeneratedPlace } from './places.ts'
import type { Population } from './profiles.ts'
import { shares, type Random } from './random.ts'
import { dayTitles } from './titles.ts'

export interface GeneratedMission {
  id: Id
  project: Id
  zone: string
  date: LocalDate
  dayCode: string
  kind: DayDraft['kind']
  window: Window
  picks: readonly Pick[]
  canceled: boolean
}

export interface ProjectPlan {
  project: Id
  days: readonly DayDraft[]
  places: readonly GeneratedPlace[]
  /** Who may be called for it, and how many assignments each population gets here. */
  pools: readonly { population: Population; people: readonly GeneratedPerson[]; assignments: number }[]
  /** Shows of a festival, as tags. */
  tags: (index: number, day: DayDraft) => string[]
}

interface Draft extends Omit<GeneratedMission, 'id' | 'project' | 'canceled'> {
  line: Record<string, unknown>
  needRoles: Id[]
}

const hasNeedFor = (draft: Draft): number => 1 + draft.needRoles.length + 1

function draftsOf(random: Random, plan: ProjectPlan, catalogue: Catalogue, crewFor: ReturnType<typeof createCrews>): Draft[] {
  // A festival day with many shows shares its crew among them: it has hardly more people than a day of build.
  const missionsOn = new Map<LocalDate, number>()
  for (const { date } of plan.days) missionsOn.set(date, (missionsOn.get(date) ?? 0) + 1)
  const perDay = plan.pools.map(({ population, assignments }) =>
    shares(assignments, plan.days.map(({ kind, date }) => (weightOf(population.engagement, kind) * (0.6 + random.next() * 0.8)) / (missionsOn.get(date) ?? 1) ** 0.85)))
  const firstDates = [...new Set(plan.days.map(({ date }) => date))].sort()
  return plan.days.map((day, index) => {
    const place = plan.places[plan.days.length > plan.places.length * 3 ? Math.floor((index * plan.places.length) / plan.days.length) : index % plan.places.length]
    const zone = place?.zone ?? 'Europe/Paris'
    const window = windowOf(random, day, zone)
    const picks = plan.pools.flatMap(({ people }, pool) => crewFor(people, perDay[pool]?.[index] ?? 0, window))
    const counts = new Map<Id, number>()
    for (const { role } of picks) counts.set(role.id, (counts.get(role.id) ?? 0) + 1)
    const needs = [...counts].map(([crew_role_id, held]) => ({
      crew_role_id, head_count: held + (random.chance(0.05) ? 1 : 0),
      ...(random.chance(0.03) ? { certification_kind_ids: [random.pick(catalogue.certifications).id] } : {}),
      ...(random.chance(0.02) ? { skill_ids: [random.pick(catalogue.skills)] } : {}),
    }))
    const show = day.kind === 'show'
    const dayCode = `J${firstDates.indexOf(day.date) + 1}`
    return {
      zone, date: day.date, dayCode, kind: day.kind, window, picks, needRoles: needs.map((need) => need.crew_role_id),
      line: {
        title: `${random.pick(dayTitles[day.kind])}${plan.days.length > 60 ? ` ${index + 1}` : ''}`, kind: day.kind, day_code: dayCode, zone, ...window,
        location_id: place?.id ?? null, lead_collaborator_id: picks.find(({ role }) => role.isHead)?.person.id ?? null, priority: random.between(0, 3),
        tags: plan.tags(index, day), planned: place !== undefined && !random.chance(0.08), needs,
        milestones: show ? [{ label: 'Ouverture au public', at: fromMs(toMs(window.start_at) + 5 * HOUR) }] : [],
      },
    }
  })
}

const itemsOf = (value: Json): Record<string, Json>[] => {
  const items = typeof value === 'object' && value !== null && !Array.isArray(value) ? value['items'] : null
  return Array.isArray(items) ? items.filter((item): item is Record<string, Json> => typeof item === 'object' && item !== null && !Array.isArray(item)) : []
}

/** Needs of missions by `mission/crew role`: assignments say which one they fill. */
async function needsOf(asking: Asking, project: Id, missions: readonly Id[]): Promise<Map<string, string>> {
  const needs = new Map<string, string>()
  for (let from = 0; from < missions.length; from += 100) {
    const filter = { mission_id: missions.slice(from, from + 100) }
    for (let cursor: Json = null; ; ) {
      const page: Json = await asking.ask('need.list', { project_id: project, filter, limit: 200, ...(typeof cursor === 'string' ? { cursor } : {}) })
      for (const row of itemsOf(page)) needs.set(`${String(row['mission_id'])}/${String(row['crew_role_id'])}`, String(row['id']))
      cursor = typeof page === 'object' && page !== null && !Array.isArray(page) ? (page['next_cursor'] ?? null) : null
      if (cursor === null) break
    }
  }
  return needs
}

function assignmentLine(random: Random, catalogue: Catalogue, mission: Id, { person, role, window, whole }: Pick, need: string | undefined): Record<string, unknown> {
  const card = catalogue.cards.get(role.id)
  const paid = person.population.engagement !== 'volunteer'
  const long = toMs(window.end_at) - toMs(window.start_at) > 6 * HOUR
  return {
    mission_id: mission, collaborator_id: person.id, crew_role_id: role.id, engagement_kind: person.population.engagement, ...(whole ? {} : window),
    ...(need === undefined ? {} : { need_id: need }), ...(role.isHead ? { is_lead: true } : {}), ...(long ? { unpaid_break_minutes: 60 } : {}),
    ...(card && paid && random.chance(0.88) ? { rate_card_id: card.id, ...(random.chance(0.02) ? { rate_basis: 'daily', rate_minor: card.amount + 2500, rate_currency: 'EUR' } : {}) } : {}),
    ...(random.chance(0.04) ? { option_rank: 1, option_expires_at: fromMs(toMs(window.start_at) - random.between(4, 30) * 24 * HOUR) } : {}),
  }
}

export async function planProject(asking: Asking, random: Random, plan: ProjectPlan, catalogue: Catalogue, crewFor: ReturnType<typeof createCrews>): Promise<GeneratedMission[]> {
  const drafts = draftsOf(random, plan, catalogue, crewFor)
  const ids = await asking.makeMany('mission.create_many', drafts, (missions) => ({ project_id: plan.project, missions: missions.map(({ line }) => line) }), hasNeedFor)
  const needs = await needsOf(asking, plan.project, ids)
  const lines = drafts.flatMap((draft, index) => {
    const mission = ids[index]
    return mission === undefined ? [] : draft.picks.map((pick) => assignmentLine(random, catalogue, mission, pick, needs.get(`${mission}/${pick.role.id}`)))
  })
  const assignments = await asking.makeMany('assignment.create_many', lines, (chunk) => ({ project_id: plan.project, assignments: chunk }))
  const canceled = assignments.filter(() => random.chance(0.03))
  if (canceled.length > 0) await asking.makeMany('assignment.cancel', canceled, (chunk) => ({ ids: chunk, reason: 'Ne peut plus venir' }))
  await orderDays(asking, plan, drafts, ids)
  const missions = drafts.flatMap((draft, index): GeneratedMission[] => {
    const id = ids[index]
    return id === undefined ? [] : [{ ...draft, id, project: plan.project, canceled: false }]
  })
  for (const mission of missions)
    if (random.chance(0.015)) {
      await asking.ask('mission.change_status', { id: mission.id, to: 'canceled', reason: 'Date annulée par le lieu' })
      mission.canceled = true
    }
  return missions
}

/** The build ends before the first show, the strike waits for the last one. */
async function orderDays(asking: Asking, plan: ProjectPlan, drafts: readonly Draft[], ids: readonly Id[]): Promise<void> {
  const last = (kind: string): number => drafts.findLastIndex((draft) => draft.kind === kind)
  const first = (kind: string): number => drafts.findIndex((draft) => draft.kind === kind)
  for (const [before, after] of [[last('build'), first('show')], [last('show'), first('strike')], [last('prep'), first('shoot')]] as const) {
    const [a, b] = [ids[before], ids[after]]
    const [from, to] = [drafts[before], drafts[after]]
    if (a === undefined || b === undefined || !from || !to || from.date >= to.date) continue
    await asking.ask('dependency.add', { project_id: plan.project, before_mission_id: a, after_mission_id: b, lag_minutes: 60 })
  }
}

/** The window a project declares: its days, with a day before and after. */
export function projectWindow(days: readonly DayDraft[]): Window {
  const dates = days.map(({ date }) => date).sort()
  const first = dates[0] ?? ('2026-01-01' as LocalDate)
  const last = dates.at(-1) ?? first
  const midnight = (date: LocalDate): number => Date.parse(`${date}T00:00:00.000Z`)
  return { start_at: fromMs(midnight(addDays(first, -1))), end_at: fromMs(midnight(addDays(last, 2)) + 12 * HOUR) }
}
