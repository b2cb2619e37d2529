/** The order of people who could take a post, and why each stands where they do (decision P12). Pure. */
import type { availabilityStates, candidateReasons, roleFits } from './picker-operations.ts'

export interface CandidateFacts {
  readonly id: string
  readonly display_name: string
  readonly role_fit: (typeof roleFits)[number]
  /** Holds every skill the post asks for; false also when it asks for none. */
  readonly skilled: boolean
  /** Severe conflicts that taking the post would make. */
  readonly severe: number
  readonly availability: (typeof availabilityStates)[number]
  /** Works on the mission already: one rarely puts somebody there twice. */
  readonly on_mission: boolean
  /** Minutes to the nearest other work, before or after; null: none within the days looked at. */
  readonly rest_minutes: number | null
  /** Times they worked with the organization before. */
  readonly worked: number
  /** What the post would cost with them, in minor units; null: not known, or not the asker's to know. */
  readonly cost: { readonly minor: number; readonly currency: string } | null
}
export interface Reason {
  readonly code: (typeof candidateReasons)[number]
  /** Minutes of rest, times worked, number of conflicts, minor units of cost; null: the code says it all. */
  readonly figure: number | null
}

const readiness: readonly CandidateFacts['availability'][] = ['available', 'free', 'assigned', 'unavailable']
/** A whole day off on each side: more of it makes nobody fitter. */
const RESTED_MINUTES = 24 * 60
const rested = (minutes: number | null): number => Math.min(minutes ?? RESTED_MINUTES, RESTED_MINUTES)

/** Same currency: the lower first. Whose cost is not known comes after those whose is. */
function byCost(a: CandidateFacts['cost'], b: CandidateFacts['cost']): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a.currency === b.currency ? a.minor - b.minor : a.currency < b.currency ? -1 : 1
}

/** No severe conflict, availability, rest, worked with us, cost, name; who is on the mission already comes last. */
export function compareCandidates(a: CandidateFacts, b: CandidateFacts): number {
  return Number(a.on_mission) - Number(b.on_mission)
    || Number(a.severe > 0) - Number(b.severe > 0)
    || readiness.indexOf(a.availability) - readiness.indexOf(b.availability)
    || rested(b.rest_minutes) - rested(a.rest_minutes)
    || b.worked - a.worked
    || byCost(a.cost, b.cost)
    || a.display_name.localeCompare(b.display_name, 'fr')
    || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

const because = (code: Reason['code'], figure: number | null = null): Reason => ({ code, figure })

/** In the order in which they count. */
export function reasonsOf({ role_fit, skilled, severe, availability, on_mission, rest_minutes, worked, cost }: CandidateFacts): Reason[] {
  const holds = role_fit === 'main' || role_fit === 'held'
  return [
    ...(holds ? [because(role_fit === 'main' ? 'role_main' : 'role_held')] : skilled ? [because('skilled')] : []),
    severe > 0 ? because('severe', severe) : because('no_severe'),
    because(on_mission ? 'on_mission' : availability),
    rest_minutes === null ? because('rested') : because('rest', rest_minutes),
    because('worked', worked),
    ...(cost === null ? [] : [because('cost', cost.minor)]),
  ]
}
