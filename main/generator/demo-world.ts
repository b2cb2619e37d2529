/** What the parts of the demo share: its clock and the ids of what was made, by name. */
import { addDays, DAY, fromLocal, type Instant, type LocalDate } from '../../shared/kernel/instants.ts'
import type { Id } from '../../shared/kernel/ids.ts'
import type { Asking } from './asking.ts'
import type { Catalogue } from './catalogues.ts'

export const ZONE = 'Europe/Paris'
/** The eve of the show. */
export const DEMO_TODAY = '2026-10-23' as LocalDate

export type Clock = (text: string) => Instant

/** `24 13:30` of October 2026, moved so that `today` takes the place of the 23rd. */
export function clockOf(today: LocalDate): Clock {
  const moved = Math.round((Date.parse(today) - Date.parse(DEMO_TODAY)) / DAY)
  return (text) => fromLocal(addDays(`2026-10-${text.slice(0, 2)}` as LocalDate, moved), text.slice(3, 8), ZONE, text.endsWith('b') ? 'second' : 'first')
}

export interface DemoWorld {
  asking: Asking
  at: Clock
  catalogue: Catalogue
  roles: ReadonlyMap<string, Id>
  people: ReadonlyMap<string, Id>
  places: ReadonlyMap<string, Id>
  missions: ReadonlyMap<string, Id>
}

export function need<T>(map: ReadonlyMap<string, T>, key: string): T {
  const found = map.get(key)
  if (found === undefined) throw new Error(`the demo knows no ${key}: its organization must be of the kind 'event'`)
  return found
}
