/** Cards of the board and the lanes they stand in (decision C33). Pure. */
import { assignmentStates, missionKinds, missionStatuses } from '../../../../shared/domain/planning/model.ts'
import type { PlanBar, PlanMission, PlanNeed } from '../plan.ts'

export const laneSets = ['status', 'kind', 'engagement'] as const
/** Missions by status or by kind, or assignments by state. */
export type LaneSet = (typeof laneSets)[number]

export const lanesOf: Readonly<Record<LaneSet, readonly string[]>> = { status: missionStatuses, kind: missionKinds, engagement: assignmentStates }

export interface BoardCard {
  readonly id: string
  readonly lane: string
  readonly name: string
  readonly start: number
  readonly mission: PlanMission
  /** Null: the card is the mission. */
  readonly bar: PlanBar | null
  /** Assignments of the filter that the card stands for: choosing it chooses them. */
  readonly bars: readonly PlanBar[]
  readonly needed: number
  readonly filled: number
  readonly held: number
}

export function missionCards(set: Exclude<LaneSet, 'engagement'>, missions: readonly PlanMission[], bars: readonly PlanBar[], needs: readonly PlanNeed[]): BoardCard[] {
  const ofMission = new Map<string, { bars: PlanBar[]; needed: number; filled: number; held: number }>()
  const at = (id: string) => {
    const known = ofMission.get(id) ?? { bars: [], needed: 0, filled: 0, held: 0 }
    ofMission.set(id, known)
    return known
  }
  for (const bar of bars) at(bar.mission.id).bars.push(bar)
  for (const need of needs) {
    const sum = at(need.mission.id)
    sum.needed += need.headCount
    sum.filled += Math.min(need.filled, need.headCount)
    sum.held += Math.min(need.held, need.headCount - Math.min(need.filled, need.headCount))
  }
  return missions.map((mission) => ({ id: mission.id, lane: set === 'status' ? mission.status : mission.kind, name: mission.title, start: mission.start, mission, bar: null, ...at(mission.id) }))
}

export const assignmentCards = (bars: readonly PlanBar[]): BoardCard[] =>
  bars.map((bar) => ({ id: bar.id, lane: bar.state, name: bar.person.name, start: bar.start, mission: bar.mission, bar, bars: [bar], needed: 0, filled: 0, held: 0 }))

/** Cards by lane: as the person put them, then by beginning and name. Every lane is there, empty ones too. */
export function inLanes(set: LaneSet, cards: readonly BoardCard[], kept: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, readonly BoardCard[]> {
  const lanes = new Map<string, BoardCard[]>(lanesOf[set].map((lane) => [lane, []]))
  for (const card of cards) lanes.get(card.lane)?.push(card)
  for (const [lane, found] of lanes) {
    const place = new Map((kept[lane] ?? []).map((id, index) => [id, index]))
    const rank = ({ id }: BoardCard): number => place.get(id) ?? Number.MAX_SAFE_INTEGER
    found.sort((one, other) => rank(one) - rank(other) || one.start - other.start || (one.name < other.name ? -1 : one.name > other.name ? 1 : 0) || (one.id < other.id ? -1 : 1))
  }
  return lanes
}

/** The ids with one moved by a place; the same ids at either end. */
export function movedBy(ids: readonly string[], id: string, step: 1 | -1): readonly string[] {
  const at = ids.indexOf(id)
  const to = at + step
  if (at < 0 || to < 0 || to >= ids.length) return ids
  return movedBefore(ids, id, ids[step === 1 ? to + 1 : to] ?? null)
}

/** The ids with one put before another; null: last. */
export function movedBefore(ids: readonly string[], id: string, before: string | null): readonly string[] {
  if (before === id || !ids.includes(id)) return ids
  const rest = ids.filter((one) => one !== id)
  const at = before === null ? rest.length : rest.indexOf(before)
  return at < 0 ? ids : [...rest.slice(0, at), id, ...rest.slice(at)]
}

/** The lane beside, on the way of the arrow, that the card may go to; null: none. */
export function laneBeside(set: LaneSet, card: BoardCard, step: 1 | -1, open: (lane: string) => boolean): string | null {
  const lanes = lanesOf[set]
  for (let at = lanes.indexOf(card.lane) + step; at >= 0 && at < lanes.length; at += step) {
    const lane = lanes[at]
    if (lane !== undefined && open(lane)) return lane
  }
  return null
}

/** The card an arrow goes to: along the lane, or at the same height of the next lane that has any. */
export function cardBeside(lanes: ReadonlyMap<string, readonly BoardCard[]>, id: string, to: 'up' | 'down' | 'left' | 'right' | 'first' | 'last'): BoardCard | null {
  const columns = [...lanes.values()].filter((cards) => cards.length > 0)
  const column = columns.findIndex((cards) => cards.some((card) => card.id === id))
  const cards = columns[column]
  if (!cards) return null
  const row = cards.findIndex((card) => card.id === id)
  if (to === 'up' || to === 'down') return cards[row + (to === 'down' ? 1 : -1)] ?? null
  if (to === 'first' || to === 'last') return cards.at(to === 'first' ? 0 : -1) ?? null
  const next = columns[column + (to === 'right' ? 1 : -1)]
  return next?.[Math.min(row, next.length - 1)] ?? null
}
