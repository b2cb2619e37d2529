/**
 * What needs somebody (decision 0006): derived from rows at one instant, never stored. Pure: the same rows at the same instant make
 * the same matters in the same order. Who may act decides what is derived: rows that a person cannot do anything about are not given.
 */
import { DAY, HOUR, localDateOf, toMs } from '../../kernel/instants.ts'
import type { Instant, LocalDate } from '../../kernel/instants.ts'
import { sha256 } from '../../kernel/hashing.ts'
import type { EngagementState } from '../engagement/rules.ts'
import type { ListedConflict } from '../planning/conflict-index.ts'
import type { Severity } from '../planning/conflict-kinds.ts'
import type { MissionState } from '../planning/rules.ts'
import type { MatterGroup, MatterKind, MatterPlace } from './kinds.ts'

/** A sheet is due so long before its first call; a draft mission must be whole so long before it begins. */
export const SHEET_DUE = 48 * HOUR
export const INCOMPLETE_DUE = 7 * DAY
/** How far ahead missions are looked at for what is no conflict. */
export const HORIZON = 30 * DAY
/** People may be told of a plan for so long before somebody is asked why they were not. */
export const UNTOLD_DUE = 12 * HOUR
/** What is due within this time is to be handled rather than known of. */
const SOON = 48 * HOUR

export interface MatterMission {
  readonly id: string
  readonly project_id: string
  readonly status: MissionState
  readonly start_at: Instant
  readonly end_at: Instant
  readonly zone: string
  readonly location_id: string | null
  /** People asked or engaged, whatever the state but canceled. */
  readonly people: number
  /** null: no sheet covers it. */
  readonly sheet: { readonly id: string; readonly published: number | null; readonly in_work: boolean; readonly behind: boolean } | null
}
export interface MatterAssignment {
  readonly id: string
  readonly project_id: string
  readonly mission_id: string
  readonly person_id: string
  readonly state: EngagementState
  readonly end_at: Instant
  readonly option_expires_at: Instant | null
}
export interface MatterCertification {
  readonly id: string
  readonly person_id: string
  readonly kind_name: string
  /** Of the one that lasts longest, of this kind. */
  readonly expires_on: LocalDate
}

/** Work of this computer that was tried as often as it may be. */
export interface FailedJob {
  readonly key: string
  readonly kind: string
  readonly attempts: number
  /** Another each time that it is given up. */
  readonly stamp: string
}
/** An import of this person that left rows out, and stands. */
export interface RefusedImport {
  readonly group_id: string
  readonly project_id: string
  readonly source: string
  readonly refused: number
  readonly at: Instant
}

/** A question "are you free?" that is not answered and whose days are not past. */
export interface MatterRequest {
  readonly id: string
  readonly person_id: string
  readonly deadline_at: Instant | null
  /** Of the first window. */
  readonly start_at: Instant
  readonly asked_at: Instant
  readonly asked_by: string
}

/** A published plan whose days are not past, with what it changed and was not told yet; `people`: of these notices. */
export interface MatterPlan {
  readonly id: string
  readonly project_id: string
  readonly number: number
  readonly published_at: Instant
  readonly start_at: Instant
  readonly end_at: Instant
  readonly untold: readonly { readonly person_id: string; readonly changes: number }[]
}

/** A command of this person that was not applied and waits for their decision. */
export interface MatterKept {
  readonly id: string
  readonly project_id: string | null
  readonly title: string | null
  readonly entity: string | null
  readonly record_id: string | null
  readonly starts_at: Instant | null
  readonly outcome: 'conflict' | 'rejected' | 'blocked'
  readonly fields: number
  readonly issued_at: Instant
}

/** Everything a person may act on; `self` is that person in the directory. */
export interface MatterRows {
  readonly now: Instant
  readonly self: string | null
  /** Not ended, not canceled, of active projects: those within the horizon, and those with people who were asked. */
  readonly missions: readonly MatterMission[]
  /** Of these missions, not canceled. */
  readonly assignments: readonly MatterAssignment[]
  readonly certifications: readonly MatterCertification[]
  /** Not acknowledged, of active projects: severe, warning, and people whom two projects think of. */
  readonly conflicts: readonly ListedConflict[]
  /** None for who may not retry them. */
  readonly failed_jobs: readonly FailedJob[]
  /** The last of each file, of active projects. */
  readonly refused_imports: readonly RefusedImport[]
  /** The person's own, and for who plans those past their deadline. */
  readonly requests: readonly MatterRequest[]
  /** Of active projects; of who may not publish: with their own notices only. */
  readonly plans: readonly MatterPlan[]
  /** Not those that wait behind another. */
  readonly kept: readonly MatterKept[]
  /** Where the person may do what it takes. */
  readonly mayPlan: (projectId: string) => boolean
  readonly maySheet: (projectId: string) => boolean
  readonly mayPublish: (projectId: string) => boolean
  readonly mayDirect: (projectId: string) => boolean
  readonly mayCertify: boolean
}

export type MatterFigures = Readonly<Record<string, string | number | boolean | null>>
export interface Matter {
  readonly id: string
  readonly kind: MatterKind
  readonly severity: Severity
  readonly group: MatterGroup
  readonly project_id: string | null
  /** Whose name is its title; a mission without a person of its own. */
  readonly subject: { readonly entity: 'mission' | 'collaborator' | 'location'; readonly id: string } | null
  readonly refs: readonly { readonly entity: string; readonly id: string }[]
  readonly due_at: Instant | null
  readonly fingerprint: string
  readonly figures: MatterFigures
  readonly act: { readonly place: MatterPlace; readonly id: string }
  readonly conflict: ListedConflict | null
}

interface Draft {
  kind: MatterKind
  /** Names the records it concerns. */
  of: string
  severity: Severity
  group?: MatterGroup
  project_id: string | null
  subject: Matter['subject']
  refs: readonly { entity: string; id: string }[]
  due_at?: Instant | null
  figures?: MatterFigures
  act: { place: MatterPlace; id: string }
  conflict?: ListedConflict
  holds_on?: string
}

const FINGERPRINT_LENGTH = 16

function matter(draft: Draft): Matter {
  const figures = draft.figures ?? {}
  return {
    id: `${draft.kind}:${draft.of}`, kind: draft.kind, severity: draft.severity, group: draft.group ?? (draft.severity === 'info' ? 'know' : 'handle'), project_id: draft.project_id,
    subject: draft.subject, refs: draft.refs, due_at: draft.due_at ?? null,
    fingerprint: draft.holds_on ?? sha256(JSON.stringify(Object.entries(figures).sort(([one], [other]) => (one < other ? -1 : 1)))).slice(0, FINGERPRINT_LENGTH),
    figures, act: draft.act, conflict: draft.conflict ?? null,
  }
}

const rank: Readonly<Record<Severity, number>> = { severe: 0, warning: 1, info: 2 }

/** To handle before to know, then the worst, then what is due first; the id decides the rest. */
export function compareMatters(one: Matter, other: Matter): number {
  if (one.group !== other.group) return one.group === 'handle' ? -1 : 1
  if (one.severity !== other.severity) return rank[one.severity] - rank[other.severity]
  const [due, otherDue] = [one.due_at ?? '~', other.due_at ?? '~']
  if (due !== otherDue) return due < otherDue ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

export function mattersOf(rows: MatterRows): Matter[] {
  const missions = new Map(rows.missions.map((row) => [row.id, row]))
  return [
    ...conflictMatters(rows), ...openNeeds(rows), ...sheetMatters(rows), ...incompleteMissions(rows), ...answersAwaited(rows, missions), ...answersOfMine(rows, missions),
    ...expiringCertifications(rows, missions), ...failedJobs(rows), ...refusedImports(rows), ...ownRequests(rows), ...silentPeople(rows), ...ownNotices(rows), ...untoldPeople(rows), ...keptCommands(rows),
  ].sort(compareMatters)
}

type Missions = ReadonlyMap<string, MatterMission>
const within = (at: Instant, now: Instant, time: number): boolean => toMs(at) - toMs(now) <= time

/** Past ones cannot be helped any more; open needs are said once a mission. */
function conflictMatters({ conflicts, now, mayPlan }: MatterRows): Matter[] {
  return conflicts.flatMap((conflict) => {
    const acting = conflict.project_ids.find(mayPlan)
    if (conflict.kind === 'need_open' || acting === undefined || (conflict.end_at !== null && conflict.end_at < now)) return []
    const kind = conflict.kind === 'option_expired' ? 'option_expired' : conflict.kind === 'person_overlap' && conflict.figures['other_project'] === true ? 'double_booked' : 'conflict'
    const here = (entity: string): string | null => conflict.records.find((one) => one.entity === entity && one.id !== null && one.project_id === acting)?.id ?? null
    const mission = here('mission') ?? conflict.records.find((one) => one.project_id === acting && one.mission_id !== null)?.mission_id ?? null
    const act = actOn(here('assignment'), mission, conflict)
    if (act === null) return []
    const subject = conflict.person_id !== null ? ({ entity: 'collaborator', id: conflict.person_id } as const)
      : conflict.location_id !== null ? ({ entity: 'location', id: conflict.location_id } as const)
      : mission === null ? null : ({ entity: 'mission', id: mission } as const)
    return [matter({
      kind, of: conflict.id, severity: conflict.severity, project_id: acting, subject, due_at: conflict.start_at, conflict, act, holds_on: conflict.fingerprint.slice(0, FINGERPRINT_LENGTH),
      figures: { conflict_kind: conflict.kind, projects: conflict.project_ids.length },
      refs: conflict.records.flatMap(({ entity, id }) => (id === null ? [] : [{ entity, id }])),
    })]
  })
}

/** The narrowest record of the acting project. */
function actOn(assignment: string | null, mission: string | null, { location_id, person_id }: ListedConflict): Matter['act'] | null {
  if (assignment !== null) return { place: 'assignment', id: assignment }
  if (mission !== null) return { place: 'mission', id: mission }
  if (location_id !== null) return { place: 'location', id: location_id }
  return person_id === null ? null : { place: 'person', id: person_id }
}

function openNeeds({ conflicts, mayPlan, now }: MatterRows): Matter[] {
  const byMission = new Map<string, ListedConflict[]>()
  for (const conflict of conflicts) {
    if (conflict.kind !== 'need_open' || conflict.mission_id === null || (conflict.end_at !== null && conflict.end_at < now)) continue
    const known = byMission.get(conflict.mission_id)
    if (known) known.push(conflict)
    else byMission.set(conflict.mission_id, [conflict])
  }
  return [...byMission].flatMap(([id, needs]) => {
    const [first] = needs
    const projectId = first?.project_ids[0]
    if (projectId === undefined || !mayPlan(projectId)) return []
    const total = (name: string): number => needs.reduce((sum, { figures }) => sum + Number(figures[name] ?? 0), 0)
    return [matter({
      kind: 'need_open', of: id, severity: needs.some(({ severity }) => severity === 'severe') ? 'severe' : 'warning', project_id: projectId, subject: { entity: 'mission', id }, due_at: first?.start_at ?? null,
      figures: { needed: total('needed'), filled: total('filled'), held: total('held'), open: total('open'), refused: total('refused') },
      act: { place: 'needs', id }, refs: [{ entity: 'mission', id }, ...needs.flatMap(({ records }) => records.flatMap((one) => (one.entity === 'need' && one.id !== null ? [{ entity: 'need', id: one.id }] : [])))],
    })]
  })
}

const isOn = ({ status }: MatterMission): boolean => status === 'planned' || status === 'in_progress'

/** A sheet of several missions is said once, by the first of them. */
function sheetMatters({ missions: unordered, now, maySheet }: MatterRows): Matter[] {
  const missions = [...unordered].sort((one, other) => (one.start_at !== other.start_at ? (one.start_at < other.start_at ? -1 : 1) : one.id < other.id ? -1 : 1))
  const seen = new Set<string>()
  return missions.flatMap((on) => {
    if (!isOn(on) || !maySheet(on.project_id)) return []
    if (on.sheet === null || on.sheet.published === null) {
      if (!within(on.start_at, now, SHEET_DUE)) return []
      if (on.sheet !== null && seen.has(on.sheet.id)) return []
      if (on.sheet !== null) seen.add(on.sheet.id)
      return [matter({
        kind: 'sheet_due', of: on.sheet?.id ?? on.id, severity: within(on.start_at, now, SHEET_DUE / 2) ? 'severe' : 'warning', project_id: on.project_id, subject: { entity: 'mission', id: on.id }, due_at: on.start_at,
        figures: { in_work: on.sheet?.in_work ?? false }, refs: [{ entity: 'mission', id: on.id }, ...(on.sheet ? [{ entity: 'run_sheet', id: on.sheet.id }] : [])],
        act: on.sheet ? { place: 'sheet', id: on.sheet.id } : { place: 'prepare_sheet', id: on.id },
      })]
    }
    if (!on.sheet.behind || seen.has(on.sheet.id)) return []
    seen.add(on.sheet.id)
    return [matter({
      kind: 'sheet_behind', of: on.sheet.id, severity: 'warning', project_id: on.project_id, subject: { entity: 'mission', id: on.id }, due_at: on.start_at, figures: { published: on.sheet.published, in_work: on.sheet.in_work },
      refs: [{ entity: 'run_sheet', id: on.sheet.id }, { entity: 'mission', id: on.id }], act: { place: 'sheet', id: on.sheet.id },
    })]
  })
}

/** Near missions that nobody is called to or that have no place: what a draft still lacks, or what a planned one lost. */
const incompleteMissions = ({ missions, now, mayDirect }: MatterRows): Matter[] =>
  missions.flatMap((on) => {
    const lacks = { location: on.location_id === null, people: on.people === 0 }
    if ((!lacks.location && !lacks.people) || on.status === 'done' || !mayDirect(on.project_id) || !within(on.start_at, now, INCOMPLETE_DUE)) return []
    return [matter({
      kind: 'mission_incomplete', of: on.id, severity: 'warning', project_id: on.project_id, subject: { entity: 'mission', id: on.id }, due_at: on.start_at, figures: { ...lacks, status: on.status },
      refs: [{ entity: 'mission', id: on.id }], act: { place: 'mission', id: on.id },
    })]
  })

/** Asked and silent, said once a mission. */
function answersAwaited({ assignments, now, mayPlan }: MatterRows, missions: Missions): Matter[] {
  const byMission = new Map<string, MatterAssignment[]>()
  for (const row of assignments) {
    if (row.state !== 'proposed' || !mayPlan(row.project_id)) continue
    const known = byMission.get(row.mission_id)
    if (known) known.push(row)
    else byMission.set(row.mission_id, [row])
  }
  return [...byMission].flatMap(([id, waiting]) => {
    const on = missions.get(id)
    if (!on) return []
    const deadlines = waiting.flatMap(({ option_expires_at }) => (option_expires_at === null ? [] : [option_expires_at])).sort()
    const due_at = deadlines[0] ?? on.start_at
    const late = waiting.filter(({ option_expires_at }) => option_expires_at !== null && option_expires_at < now).length
    const pressing = within(due_at, now, SOON)
    const [first] = waiting
    return [matter({
      kind: 'answers_awaited', of: id, severity: pressing ? 'warning' : 'info', project_id: on.project_id, subject: { entity: 'mission', id: on.id }, due_at,
      figures: { count: waiting.length, late, person_id: waiting.length === 1 && first ? first.person_id : null },
      refs: [{ entity: 'mission', id }, ...waiting.flatMap((row) => [{ entity: 'assignment', id: row.id }, { entity: 'collaborator', id: row.person_id }])],
      act: waiting.length === 1 && first ? { place: 'assignment', id: first.id } : { place: 'mission', id },
    })]
  })
}

const answersOfMine = ({ assignments, self, now }: MatterRows, missions: Missions): Matter[] =>
  assignments.flatMap((row) => {
    const on = missions.get(row.mission_id)
    if (self === null || row.person_id !== self || row.state !== 'proposed' || !on) return []
    const due_at = row.option_expires_at ?? on.start_at
    return [matter({
      kind: 'answer_mine', of: row.id, severity: within(due_at, now, SOON) ? 'severe' : 'warning', project_id: row.project_id, subject: { entity: 'mission', id: on.id }, due_at,
      refs: [{ entity: 'assignment', id: row.id }, { entity: 'mission', id: on.id }], act: { place: 'assignment', id: row.id },
    })]
  })

/** No longer held at a mission the person is on. What a need requires and is lacking is a conflict besides. */
function expiringCertifications({ certifications, assignments, mayCertify, mayPlan, now }: MatterRows, missions: Missions): Matter[] {
  if (!mayCertify || certifications.length === 0) return []
  const last = new Map<string, MatterMission[]>()
  for (const row of assignments) {
    const on = missions.get(row.mission_id)
    if (!on || !mayPlan(on.project_id)) continue
    const known = last.get(row.person_id)
    if (known) known.push(on)
    else last.set(row.person_id, [on])
  }
  return certifications.flatMap((held) => {
    const after = (last.get(held.person_id) ?? []).filter((on) => localDateOf(on.end_at, on.zone) > held.expires_on).sort((one, other) => (one.start_at < other.start_at ? -1 : 1))
    const [first] = after
    if (!first) return []
    const expired = localDateOf(now, first.zone) > held.expires_on
    return [matter({
      kind: 'certification_expiring', of: held.id, severity: 'warning', group: expired ? 'handle' : 'know', project_id: first.project_id, subject: { entity: 'collaborator', id: held.person_id }, due_at: first.start_at,
      figures: { kind: held.kind_name, expires_on: held.expires_on, expired, mission_id: first.id, missions: after.length },
      refs: [{ entity: 'collaborator', id: held.person_id }, { entity: 'certification', id: held.id }, { entity: 'mission', id: first.id }], act: { place: 'person', id: held.person_id },
    })]
  })
}

/** Without its backup or its check the organization is less safe than its people believe. */
const failedJobs = ({ failed_jobs }: MatterRows): Matter[] =>
  failed_jobs.map(({ key, kind, attempts, stamp }) =>
    matter({
      kind: 'job_failed', of: key, severity: 'severe', project_id: null, subject: null, figures: { job: kind, attempts }, refs: [{ entity: 'job', id: key }],
      act: { place: 'data', id: key }, holds_on: sha256(stamp).slice(0, FINGERPRINT_LENGTH),
    }))

const refusedImports = ({ refused_imports }: MatterRows): Matter[] =>
  refused_imports.map(({ group_id, project_id, source, refused, at }) =>
    matter({
      kind: 'import_refused', of: group_id, severity: 'warning', project_id, subject: null, figures: { source, refused, at }, refs: [{ entity: 'import', id: group_id }],
      act: { place: 'import', id: group_id },
    }))

/** Answering is free of any job: the question names none. */
const ownRequests = ({ requests, self, now }: MatterRows): Matter[] =>
  requests.flatMap((row) => {
    if (self === null || row.person_id !== self) return []
    const due_at = row.deadline_at ?? row.start_at
    return [matter({
      kind: 'availability_request', of: row.id, severity: within(due_at, now, SOON) ? 'severe' : 'warning', project_id: null, subject: null, due_at, figures: { own: true, count: 1 },
      refs: [{ entity: 'availability_request', id: row.id }], act: { place: 'availability', id: row.person_id },
    })]
  })

/** People asked together who let the deadline pass, said once. */
function silentPeople({ requests, self, now }: MatterRows): Matter[] {
  const late = requests.filter((row) => row.person_id !== self && row.deadline_at !== null && row.deadline_at < now)
  return [...Map.groupBy(late, (row) => `${row.asked_by} ${row.asked_at}`).values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    return [matter({
      kind: 'availability_request', of: `late ${first.id}`, severity: 'warning', project_id: null, subject: rows.length === 1 ? { entity: 'collaborator', id: first.person_id } : null, due_at: first.deadline_at,
      figures: { own: false, count: rows.length }, act: { place: 'availability', id: first.person_id },
      refs: rows.flatMap((row) => [{ entity: 'availability_request', id: row.id }, { entity: 'collaborator', id: row.person_id }]),
    })]
  })
}

/** A newer plan that speaks of all these days says again what is still to be told. */
const superseded = (plan: MatterPlan, plans: readonly MatterPlan[]): boolean =>
  plans.some((other) => other.project_id === plan.project_id && other.number > plan.number && other.start_at <= plan.start_at && other.end_at >= plan.end_at)

const planMatter = (plan: MatterPlan, own: boolean, figures: MatterFigures, people: readonly string[]): Matter =>
  matter({
    kind: 'plan_changed', of: `${own ? 'own' : 'untold'} ${plan.id}`, severity: 'warning', project_id: plan.project_id, subject: null, due_at: plan.start_at, figures: { own, number: plan.number, ...figures },
    refs: [{ entity: 'plan_publication', id: plan.id }, ...people.map((id) => ({ entity: 'collaborator', id }))], act: { place: 'plan', id: plan.id },
  })

/** What a published plan changed for the person, who was not told of it: reading it here is being told, whoever notes it. */
const ownNotices = ({ plans, self }: MatterRows): Matter[] =>
  plans.flatMap((plan) => {
    const mine = self === null || superseded(plan, plans) ? undefined : plan.untold.find(({ person_id }) => person_id === self)
    return mine ? [planMatter(plan, true, { count: mine.changes }, [])] : []
  })

/** People whom the latest plan concerns and nobody told for half a day. */
const untoldPeople = ({ plans, now, mayPublish }: MatterRows): Matter[] =>
  [...Map.groupBy(plans, ({ project_id }) => project_id).values()].flatMap((published) => {
    const latest = published.reduce((one, other) => (other.number > one.number ? other : one))
    const people = latest.untold.map(({ person_id }) => person_id)
    if (people.length === 0 || !mayPublish(latest.project_id) || toMs(now) - toMs(latest.published_at) < UNTOLD_DUE) return []
    return [planMatter(latest, false, { count: people.length }, people)]
  })

/** What somebody typed and is nowhere but here: until they decide, nobody else sees it. */
const keptCommands = ({ kept, now }: MatterRows): Matter[] =>
  kept.map(({ id, project_id, title, entity, record_id, starts_at, outcome, fields, issued_at }) =>
    matter({
      kind: 'kept_command', of: id, severity: starts_at !== null && starts_at > now && within(starts_at, now, SOON) ? 'severe' : 'warning', project_id, subject: null,
      due_at: starts_at !== null && starts_at > now ? starts_at : null, figures: { source: title, outcome, fields, issued_at },
      refs: [{ entity: 'command', id }, ...(entity !== null && record_id !== null ? [{ entity, id: record_id }] : [])], act: { place: 'kept', id },
    }))
