/** The team of a project, derived from the assignments that the person sees. */
import type { ContractMark } from '../domain/contracts/phases.ts'
import type { Row } from '../domain/entity.ts'
import { engagementMarks, engagementMarksOf, type EngagementMark } from '../domain/engagement/marks.ts'
import { acceptance } from '../domain/engagement/model.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import { detail, refuse } from '../domain/errors.ts'
import type { Reader } from '../domain/operation.ts'
import { crewRole, department } from '../domain/organization/model.ts'
import { listCrew } from '../domain/people/crew-operations.ts'
import { collaborator, consent } from '../domain/people/model.ts'
import { severities, veil, type Severity } from '../domain/planning/conflicts.ts'
import { assignment, mission } from '../domain/planning/model.ts'
import type { Id } from '../kernel/ids.ts'
import { localDateOf, toMs, type Instant } from '../kernel/instants.ts'
import { contractMarksOf } from './contract-rows.ts'
import { coreHandler, type CoreHandler, type Inner } from './core-handler.ts'
import { pageOfRows } from './listed-rows.ts'

type Assignment = Row<typeof assignment>
type Role = Row<typeof crewRole>

type Question = Pick<Row<typeof acceptance>, 'id' | 'assignment_id' | 'former_id' | 'state' | 'deadline_at' | 'late'>

interface Places {
  missions: ReadonlyMap<string, Pick<Row<typeof mission>, 'title' | 'day_code' | 'zone' | 'status'>>
  roles: ReadonlyMap<string, Role>
  /** In the organization's order. */
  departments: ReadonlyMap<string, { code: string; rank: number }>
}

/** Nobody's department stands after all others. */
const LAST = 1_000_000

type CrewRow = ReturnType<typeof crewRow>

/** Most frequent first; equally frequent, the one of the earliest assignment. */
function rolesOf(own: readonly Assignment[]): Id[] {
  const counts = new Map<Id, number>()
  for (const row of own) if (row.crew_role_id !== null) counts.set(row.crew_role_id, (counts.get(row.crew_role_id) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id)
}

/** What is asked of each assignment and not answered, and the answers that came too late and were not asked again. */
async function questionsOf(reader: Reader, project_id: Id): Promise<ReadonlyMap<string, readonly Question[]>> {
  const open = await reader.find(acceptance, { project_id, state: ['draft', 'pending'] })
  const late = (await reader.find(acceptance, { project_id, late: { not: null } })).filter(({ state }) => state !== 'accepted')
  const latest = new Map<string, Question>()
  for (const one of late.length === 0 ? [] : await reader.find(acceptance, { project_id, assignment_id: [...new Set(late.map((row) => row.assignment_id))] }, { sort: ['created_at', 'id'] })) latest.set(one.assignment_id, one)
  return Map.groupBy([...open, ...late.filter(({ id, assignment_id }) => latest.get(assignment_id)?.id === id)], (row) => row.assignment_id as string)
}

interface Asked {
  marks: readonly EngagementMark[]
  deadline: { at: Instant; zone: string } | null
}

/** Where a person's engagements stand, and which answer is due first. */
function askedOf(own: readonly Assignment[], questions: ReadonlyMap<string, readonly Question[]>, now: string, zoneOf: (row: Assignment) => string): Asked {
  const marks = new Set<EngagementMark>()
  let deadline: Asked['deadline'] = null
  for (const row of own) {
    const asked = questions.get(row.id) ?? []
    const pending = asked.find(({ state }) => state === 'pending')
    const draft = asked.find(({ state }) => state === 'draft')
    const late = asked.find((one) => one.late !== null)
    const shown = pending ?? draft ?? late
    for (const mark of engagementMarksOf({ ...row, acceptance_state: shown?.state ?? null, deadline_at: shown?.deadline_at ?? null, answered_late: late !== undefined, draft_id: draft?.id ?? null }, toMs(now as Instant))) marks.add(mark)
    if (pending && (deadline === null || pending.deadline_at < deadline.at)) deadline = { at: pending.deadline_at, zone: zoneOf(row) }
  }
  return { marks: engagementMarks.filter((mark) => marks.has(mark)), deadline }
}

const notCanceled = (own: readonly Assignment[]): readonly Assignment[] => own.filter((row) => row.state !== 'canceled')

function crewRow(person: Row<typeof collaborator>, all: readonly [Assignment, ...Assignment[]], counts: Readonly<Record<Severity, number>>, now: string, { missions, roles, departments }: Places, questions: ReadonlyMap<string, readonly Question[]>, contract: readonly ContractMark[]) {
  // Of who has nothing else, what they answered too late.
  const live = notCanceled(all)
  const own = isFirst(live) ? live : all
  const ids = rolesOf(own)
  const main = ids[0] === undefined ? undefined : roles.get(ids[0])
  const home = main?.department_id ? departments.get(main.department_id) : undefined
  const zoneOf = (row: Assignment): string => missions.get(row.mission_id)?.zone ?? 'UTC'
  const next = live.find((row) => row.end_at > now)
  const on = next && missions.get(next.mission_id)
  // A working day is the day it begins: whoever leaves at two in the morning does not come the next day.
  const last = own.at(-1) ?? own[0]
  const priced = (next?.rate_minor === null || next === undefined ? own.findLast((row) => row.rate_minor !== null) : next) ?? null
  const { id, version, display_name, kind, status, phone, email } = person
  const { marks, deadline } = askedOf(all, questions, now, zoneOf)
  return {
    id, version, display_name, kind, status, phone, email,
    crew_role_id: main?.id ?? null, crew_role_name: main?.name ?? null, crew_role_name_en: main?.name_en ?? null, crew_role_ids: ids, is_lead: own.some((row) => row.is_lead),
    department_code: home?.code ?? null, department_rank: home?.rank ?? LAST,
    first_day: localDateOf(own[0].start_at, zoneOf(own[0])), last_day: localDateOf(last.start_at, zoneOf(last)),
    missions: new Set(live.map((row) => row.mission_id)).size,
    filled: live.filter((row) => isAcceptedOrLater(row.state)).length, held: live.filter((row) => !isAcceptedOrLater(row.state)).length,
    engagement: marks, deadline_at: deadline?.at ?? null, deadline_zone: deadline?.zone ?? null,
    next_at: next?.start_at ?? null, next_assignment_id: next?.id ?? null, next_mission_id: next?.mission_id ?? null, next_state: next?.state ?? null,
    next_title: on?.title ?? null, next_day_code: on?.day_code ?? null, next_zone: on?.zone ?? null,
    rate_minor: priced?.rate_minor ?? null, rate_currency: priced?.rate_currency ?? null, rate_basis: priced?.rate_basis ?? null,
    severe: counts.severe, warning: counts.warning, info: counts.info, contract,
  }
}

/** Where contacts may not be read, telephones are those a sheet prints: given for it, or a head's who did not refuse (decision A3). */
async function phonesOnSheets(people: readonly Row<typeof collaborator>[], own: ReadonlyMap<string, readonly Assignment[]>, places: Places, all: Reader): Promise<ReadonlyMap<string, string>> {
  const ids = people.filter((row) => row.phone === null).map((row) => row.id)
  if (ids.length === 0) return new Map()
  const answers = new Map((await all.find(consent, { purpose: 'phone_on_sheets', collaborator_id: ids })).map((row) => [row.collaborator_id as string, row.answer]))
  const isHead = (id: string): boolean => (own.get(id) ?? []).some((row) => row.is_lead || (row.crew_role_id !== null && places.roles.get(row.crew_role_id)?.is_head === true))
  const shown = ids.filter((id) => answers.get(id) === 'given' || (answers.get(id) !== 'refused' && isHead(id)))
  return new Map((await all.getMany(collaborator, shown)).flatMap((row) => (row.phone === null ? [] : [[row.id as string, row.phone] as const])))
}

/** Conflicts of the project nobody has taken note of, by person and severity. */
async function conflictsOf(project_id: Id, { conflicts, person }: Inner): Promise<(id: string) => Readonly<Record<Severity, number>>> {
  const none = { severe: 0, warning: 0, info: 0 }
  const counts = new Map<string, Record<Severity, number>>()
  for (const conflict of (await conflicts.current()).list({ project_id, acknowledged: false })) {
    const seen = veil(conflict, (id) => person.may('project:read', id))
    if (!seen?.person_id) continue
    const known = counts.get(seen.person_id) ?? { ...none }
    known[seen.severity]++
    counts.set(seen.person_id, known)
  }
  return (id) => counts.get(id) ?? none
}

const worst = (row: CrewRow): number => row.severe * 1_000_000 + row.warning * 1_000 + row.info

const isFirst = (own: readonly Assignment[] | undefined): own is readonly [Assignment, ...Assignment[]] => own !== undefined && own.length > 0

async function crewOf(reader: Reader, project_id: Id, inner: Inner): Promise<CrewRow[]> {
  const questions = await questionsOf(reader, project_id)
  const answeredLate = [...questions.values()].flat().filter((one) => one.late !== null).map((one) => one.assignment_id)
  const gone = answeredLate.length === 0 ? [] : (await reader.getMany(assignment, answeredLate)).filter((row) => row.state === 'canceled')
  const own = Map.groupBy([...(await reader.find(assignment, { project_id, state: { not: 'canceled' } }, { sort: ['start_at'] })), ...gone], (row) => row.collaborator_id)
  const places: Places = {
    missions: new Map((await reader.find(mission, { project_id })).map((row) => [row.id as string, row])),
    roles: new Map((await reader.find(crewRole, {})).map((row) => [row.id as string, row])),
    departments: new Map((await reader.find(department, {}, { sort: ['position'] })).map((row, rank) => [row.id as string, { code: row.code, rank }])),
  }
  const people = await reader.getMany(collaborator, [...own.keys()])
  const phones = await phonesOnSheets(people, own, places, inner.all)
  const countsOf = await conflictsOf(project_id, inner)
  const contracts = await contractMarksOf(reader, project_id)
  return people.flatMap((row) => {
    const theirs = own.get(row.id)
    return isFirst(theirs) ? [crewRow({ ...row, phone: row.phone ?? phones.get(row.id) ?? null }, theirs, countsOf(row.id), reader.call.now, places, questions, contracts?.get(row.id) ?? [])] : []
  })
}

const text = (one: string | null, other: string | null): number => (one === other ? 0 : one === null ? 1 : other === null ? -1 : one.localeCompare(other, 'fr', { numeric: true, sensitivity: 'base' }))
const by = <K extends keyof CrewRow>(key: K, compare: (a: CrewRow[K], b: CrewRow[K]) => number) => (a: CrewRow, b: CrewRow): number => compare(a[key], b[key])
const number = (a: number, b: number): number => a - b

export const crewHandlers: readonly CoreHandler[] = [
  coreHandler(listCrew, async (reader, input, inner) => {
    if (input.project_id === undefined) throw refuse('validation.reference', detail('project_id', 'required', 'a project'))
    return pageOfRows({
      rows: await crewOf(reader, input.project_id, inner),
      sort: ['department', 'crew_role_name', 'display_name'],
      words: (row) => `${row.display_name} ${row.crew_role_name ?? ''} ${row.crew_role_name_en ?? ''}`,
      cell: (row, column) => {
        if (column === 'crew_role_id') return row.crew_role_ids
        if (column === 'state') return [...(row.filled > 0 ? ['filled'] : []), ...(row.held > 0 ? ['held'] : [])]
        if (column === 'engagement') return row.engagement
        if (column === 'contract') return row.contract
        if (column === 'severity') return severities.filter((severity) => row[severity] > 0)
        // Read from what is shown, so that counting tells nothing more.
        if (column === 'reachable') return row.phone !== null
        return column === 'department_code' || column === 'kind' || column === 'status' || column === 'next_at' || column === 'deadline_at' || column === 'id' ? row[column] : null
      },
      compare: {
        department: by('department_rank', number), display_name: by('display_name', text), crew_role_name: by('crew_role_name', text), first_day: by('first_day', text), last_day: by('last_day', text),
        missions: by('missions', number), next_at: by('next_at', text), deadline_at: by('deadline_at', text), severity: (a, b) => worst(a) - worst(b),
      },
    }, input)
  }),
]
