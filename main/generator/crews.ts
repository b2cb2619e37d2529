/** Who works when: people are drawn among those who are free, and now and then not, as it happens. */
import { HOUR, toMs } from '../../shared/kernel/instants.ts'
import type { CrewRole } from './catalogues.ts'
import { partOf, type Window } from './calendar.ts'
import type { GeneratedPerson } from './people.ts'
import type { MissionKind } from './profiles.ts'
import type { Random } from './random.ts'

export interface Pick {
  person: GeneratedPerson
  role: CrewRole
  window: Window
  /** The mission's own window. */
  whole: boolean
}

const REST = 10 * HOUR
/** How often nobody looked: a double booking, somebody who had said no. */
const CARELESS = 0.012
const TWICE = 0.006

/** How much of a population works on a kind of day. */
const shareOf: Readonly<Record<string, Partial<Record<MissionKind, number>>>> = {
  cddu_technician: { prep: 0.5, build: 1.2, rehearsal: 0.8, show: 1.2, shoot: 1.2, strike: 1, travel: 0.5, off: 0.2 },
  cddu_artist: { rehearsal: 1, show: 1.3, shoot: 1, travel: 0.6 },
  volunteer: { build: 0.3, show: 1, strike: 0.4 },
  employee: { show: 1, rehearsal: 0.4, build: 0.2 },
}
export const weightOf = (engagement: string, kind: MissionKind): number => shareOf[engagement]?.[kind] ?? 0

export function createCrews(random: Random) {
  const taken = new Map<GeneratedPerson, [start: number, end: number][]>()
  const windowsOf = (person: GeneratedPerson): [number, number][] => {
    let list = taken.get(person)
    if (!list) taken.set(person, (list = []))
    return list
  }
  const free = (person: GeneratedPerson, start: number, end: number): boolean =>
    windowsOf(person).every(([from, until]) => end + REST <= from || until + REST <= start) && person.away.every(([from, until]) => end <= from || until <= start)

  /** `count` different people of the pool for one day; those who are free first. */
  return function crewFor(pool: readonly GeneratedPerson[], count: number, window: Window): Pick[] {
    const start = toMs(window.start_at)
    const end = toMs(window.end_at)
    const picked: Pick[] = []
    const spare: GeneratedPerson[] = []
    const from = pool.length === 0 ? 0 : random.between(0, pool.length - 1)
    const take = (person: GeneratedPerson): void => {
      const whole = !random.chance(0.35)
      const role = random.chance(0.9) ? person.roles[0] : random.pick(person.roles)
      if (!role) return
      windowsOf(person).push([start, end])
      picked.push({ person, role, window: whole ? window : partOf(random, window), whole })
      const second = person.roles[1]
      // The same person written twice, for two crew roles: nobody saw it.
      if (second && picked.length < count && random.chance(TWICE)) picked.push({ person, role: second, window: partOf(random, window), whole: false })
    }
    for (let step = 0; step < pool.length && picked.length < count; step++) {
      const person = pool[(from + step) % pool.length]
      if (!person) continue
      if (free(person, start, end) || random.chance(CARELESS)) take(person)
      else spare.push(person)
    }
    for (const person of spare) {
      if (picked.length >= count) break
      take(person)
    }
    return picked
  }
}
