/** What hands and keys have asked so far of some bars, as one intent beside the rows as they are: three presses are one move of three steps. */
import { DAY, MINUTE } from '../../../../shared/kernel/instants.ts'
import type { Intent } from '../proposal/intent.ts'
import { STILL, plus, sameStep } from './snap.ts'
import type { Step } from './snap.ts'

export interface Accumulated {
  readonly ids: readonly string[]
  readonly step: Step
  readonly person: string | undefined
  /** Minutes that an end was moved by, beside the step. */
  readonly start: number
  readonly end: number
}

export const nothingAsked = (ids: readonly string[]): Accumulated => ({ ids, step: STILL, person: undefined, start: 0, end: 0 })

/** What was asked of the very same bars goes on; of others it begins anew. */
export const goingOn = (before: Accumulated | null, ids: readonly string[]): Accumulated =>
  before !== null && before.ids.length === ids.length && ids.every((id) => before.ids.includes(id)) ? before : nothingAsked(ids)

export const moved = (so: Accumulated, step: Step, person: string | undefined = so.person): Accumulated => ({
  ...so, step: plus(so.step, step), person,
  // Several bars have one command for a move and another for their ends.
  ...(so.ids.length > 1 ? { start: 0, end: 0 } : {}),
})

export const resized = (so: Accumulated, edge: 'start' | 'end', minutes: number): Accumulated => ({
  ...so, [edge]: so[edge] + minutes,
  ...(so.ids.length > 1 ? { step: STILL, person: undefined, [edge === 'start' ? 'end' : 'start']: 0 } : {}),
})

/** The intent; `timesOf`: the row as it is. null: all is as it was, or the bar would have no length. */
export function intentOf({ ids, step, person, start, end }: Accumulated, timesOf: (id: string) => { readonly start: number; readonly end: number } | undefined): Intent | null {
  const still = sameStep(step, STILL)
  if (start === 0 && end === 0) return still && person === undefined ? null : { kind: 'move', ids, ...step, person }
  if (still && person === undefined && (start === 0 || end === 0)) return { kind: 'resize', ids, edge: start === 0 ? 'end' : 'start', minutes: start === 0 ? end : start }
  const [id] = ids
  const row = id === undefined ? undefined : timesOf(id)
  if (id === undefined || row === undefined) return null
  const shift = step.days * DAY + step.minutes * MINUTE
  const set = { start: row.start + shift + start * MINUTE, end: row.end + shift + end * MINUTE }
  return set.end > set.start ? { kind: 'set', id, ...set } : null
}
