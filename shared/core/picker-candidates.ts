/** Who fits a post and what is known of each for their rank (decision P12): read for the picker. */
import type { Row } from '../domain/entity.ts'
import { isAcceptedOrLater } from '../domain/engagement/rules.ts'
import type { Reader } from '../domain/operation.ts'
import { rateCard } from '../domain/organization/model.ts'
import { certification, collaborator, collaboratorRole, collaboratorSkill } from '../domain/people/model.ts'
import { costOf, rateOf, shownMinor } from '../domain/costs/cost.ts'
import type { CandidateFacts } from '../domain/planning/candidates.ts'
import { assignment, need, type mission } from '../domain/planning/model.ts'
import { takesTime } from '../domain/planning/worked.ts'
import { DAY, fromMs, localDateOf, MINUTE, toMs, type Instant } from '../kernel/instants.ts'
import type { Id } from '../kernel/ids.ts'
import type { Inner } from './core-handler.ts'

type Mission = Row<typeof mission>
type Person = Row<typeof collaborator>

/** A post as it is asked about. */
export interface Asked {
  on: Mission
  window: { start_at: Instant; end_at: Instant }
  /** null: those the mission still needs. */
  crew_role_id: Id | null
  skill_ids: readonly string[]
  certification_kind_ids: readonly string[]
  /** The assignment that would be given away. */
  moved: Row<typeof assignment> | null
}

interface Question {
  crew_role_id?: Id | undefined
  start_at?: Instant | undefined
  end_at?: Instant | undefined
  assignment_id?: Id | undefined
  need_id?: Id | undefined
}

/** What is said in the question wins over the assignment to give away, that over the need, that over the mission. */
export async function askedOf(reader: Reader, on: Mission, { crew_role_id, start_at, end_at, assignment_id, need_id }: Question): Promise<Asked> {
  const moved = assignment_id === undefined ? null : await reader.get(assignment, assignment_id)
  const named = need_id ?? moved?.need_id
  const post = named ? await reader.get(need, named) : null
  return {
    on, moved,
    window: { start_at: start_at ?? moved?.start_at ?? post?.start_at ?? on.start_at, end_at: end_at ?? moved?.end_at ?? post?.end_at ?? on.end_at },
    crew_role_id: crew_role_id ?? moved?.crew_role_id ?? post?.crew_role_id ?? null,
    skill_ids: post?.skill_ids ?? [], certification_kind_ids: post?.certification_kind_ids ?? [],
  }
}

/** People ranked for one answer: more than these hold a crew role in no organization yet; typing narrows. */
const LOOKED_AT = 200

/** Hold every one of these: answers the people, by rows of who holds what. */
function holdersOf<T extends { collaborator_id: Id }>(rows: readonly T[], idOf: (row: T) => string, wanted: readonly string[]): Set<Id> {
  const held = Map.groupBy(rows, (row) => row.collaborator_id)
  return new Set([...held].flatMap(([id, its]) => (wanted.every((one) => its.some((row) => idOf(row) === one)) ? [id] : [])))
}

async function skilledPeople(reader: Reader, { skill_ids }: Asked, among?: readonly Id[]): Promise<Set<Id>> {
  if (skill_ids.length === 0) return new Set()
  const rows = await reader.find(collaboratorSkill, { skill_id: [...skill_ids], ...(among ? { collaborator_id: among } : {}) })
  return holdersOf(rows.filter(({ level }) => level >= 1), (row) => row.skill_id, skill_ids)
}

/** Every certification asked for, in force on each day of the work. */
async function certified(reader: Reader, { certification_kind_ids, window, on }: Asked, ids: readonly Id[]): Promise<(id: Id) => boolean> {
  if (certification_kind_ids.length === 0) return () => true
  const first = localDateOf(window.start_at, on.zone)
  const last = localDateOf(fromMs(toMs(window.end_at) - 1), on.zone)
  const rows = (await reader.find(certification, { kind_id: [...certification_kind_ids], collaborator_id: ids }))
    .filter(({ issued_on, expires_on }) => (issued_on === null || issued_on <= first) && (expires_on === null || expires_on >= last))
  const holders = holdersOf(rows, (row) => row.kind_id, certification_kind_ids)
  return (id) => holders.has(id)
}

/** Active people who hold the crew role, or every skill of the post, and are certified for it. */
export async function fittingPeople(reader: Reader, asked: Asked, wanted: ReadonlySet<Id>, search: string): Promise<Person[]> {
  const holders = wanted.size === 0 ? [] : (await reader.find(collaboratorRole, { crew_role_id: [...wanted] })).map((row) => row.collaborator_id)
  const ids = [...new Set([...holders, ...await skilledPeople(reader, asked)])].filter((id) => id !== asked.moved?.collaborator_id)
  const where = { status: 'active', id: ids } as const
  const found = search.trim() === ''
    ? await reader.find(collaborator, where, { sort: ['display_name'] })
    : (await reader.page(collaborator, { where, sort: ['display_name'], limit: LOOKED_AT, search })).items
  const holds = await certified(reader, asked, found.map((row) => row.id))
  return found.filter((row) => holds(row.id)).slice(0, LOOKED_AT)
}

/** Work further away than this says nothing of how rested somebody is. */
const AROUND = 7 * DAY

/** Minutes between the window and the work nearest to it; 0: it overlaps. */
function restAround(work: readonly { start_at: Instant; end_at: Instant }[], { start_at, end_at }: Asked['window']): number | null {
  const gaps = work.map((one) => Math.max(0, toMs(start_at) - toMs(one.end_at), toMs(one.start_at) - toMs(end_at)))
  return gaps.length === 0 ? null : Math.floor(Math.min(...gaps) / MINUTE)
}

/** The last rate of each in this crew role where the asker reads rates, else the card of the role. */
async function costs(reader: Reader, { person }: Inner, asked: Asked, past: ReadonlyMap<Id, readonly Row<typeof assignment>[]>): Promise<(id: Id) => CandidateFacts['cost']> {
  const { on, window, moved, crew_role_id } = asked
  const reads = (project_id: string): boolean => person.may('rates:read', project_id)
  if (!reads(on.project_id) || crew_role_id === null) return () => null
  const cards = await reader.find(rateCard, { crew_role_id })
  const day = localDateOf(on.start_at, on.zone)
  const work = { ...window, zone: on.zone, cachets: moved?.cachets ?? 1, quantity: 1, unpaid_break_minutes: moved?.unpaid_break_minutes ?? 0, state: 'planned' as const }
  const none = { rate_basis: null, rate_minor: null, rate_currency: null, rate_card_id: null, crew_role_id }
  return (id) => {
    const last = (past.get(id) ?? []).findLast((row) => row.crew_role_id === crew_role_id && row.rate_minor !== null && reads(row.project_id))
    const rate = rateOf(last ?? none, cards, day)
    return rate && { minor: shownMinor(costOf(work, rate).reduce((sum, { amount }) => sum + amount, 0n)), currency: rate.currency }
  }
}

/** What the rank of each stands on, beside conflicts and availability. */
export async function standingOf(reader: Reader, inner: Inner, asked: Asked, ids: readonly Id[]): Promise<(id: Id) => Pick<CandidateFacts, 'skilled' | 'rest_minutes' | 'worked' | 'cost'>> {
  const { all } = inner
  const { window, moved } = asked
  const near = Map.groupBy((await all.find(assignment, {
    collaborator_id: ids, state: { not: 'canceled' }, start_at: { lt: fromMs(toMs(window.end_at) + AROUND) }, end_at: { gt: fromMs(toMs(window.start_at) - AROUND) },
  })).filter((row) => row.id !== moved?.id && takesTime(row)), (row) => row.collaborator_id)
  const past = Map.groupBy((await all.find(assignment, { collaborator_id: ids, end_at: { lt: inner.all.call.now } }, { sort: ['end_at'] })).filter(takesTime), (row) => row.collaborator_id)
  const skilled = await skilledPeople(reader, asked, ids)
  const costFor = await costs(reader, inner, asked, past)
  return (id) => ({ skilled: skilled.has(id), rest_minutes: restAround(near.get(id) ?? [], window), worked: (past.get(id) ?? []).filter((row) => isAcceptedOrLater(row.state)).length, cost: costFor(id) })
}
