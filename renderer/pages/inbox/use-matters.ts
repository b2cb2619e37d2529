import type { z } from 'zod'
import { listMatters, type MatterItem } from '../../../shared/domain/matters/operations.ts'
import { matterColumns } from '../../../shared/domain/matters/kinds.ts'
import type { Plain } from '../../app/client.ts'
import { useAnswer } from '../../app/queries.ts'
import type { Asked as AnswerAsked } from '../../app/queries.ts'
import { readChosen } from '../../components/list/address.ts'
import type { FacetCounts } from '../../components/list/facet-counts.ts'
import { addedCounts } from './items.ts'
import type { MatterMarks, MatterStanding } from './matter-marks.ts'

export type MattersAsked = Plain<z.infer<typeof listMatters.input>>
export type MatterFilter = NonNullable<MattersAsked['filter']>

export const STANDINGS: readonly MatterStanding[] = ['open', 'later', 'done']
const ASIDE = ['later', 'done'] as const

/** What the address chose, as the core is asked for it. */
export function wantedOf(text: string): MatterFilter[string] {
  const { not, values } = readChosen(text)
  return values.length === 0 ? undefined : not ? { not: [...values] } : [...values]
}

/** What the core is asked so that only what stands so for this person comes; what nobody put aside is open. */
export const standingAs = (standings: readonly MatterStanding[], marks: MatterMarks): Pick<MattersAsked, 'only' | 'without'> =>
  standings.includes('open') ? { without: marks.aside(...ASIDE.filter((one) => !standings.includes(one))) } : { only: marks.aside(...ASIDE.filter((one) => standings.includes(one))) }

export const useMatters = (asked: MattersAsked): AnswerAsked<{ items: MatterItem[]; total: number } & z.infer<typeof listMatters.output>> => useAnswer(listMatters, { ...asked, beside_inbox: true })

/** How many items each value of a filter would leave: the core’s counts of matters with those of the `beside` lines. For what was put aside one question each. */
export function useCountsOf(column: string, asked: MattersAsked, marks: MatterMarks, beside: readonly (string | null)[]): FacetCounts {
  const known = matterColumns.find((one) => one === column)
  const all = { ...asked, beside_inbox: true as const }
  const { answer, loading, failure } = useAnswer(listMatters, known ? { ...all, facets: [known], limit: 1 } : null)
  const of = (standing: MatterStanding): MattersAsked | null => (known ? null : { filter: asked.filter, beside_inbox: true, limit: 1, ...standingAs([standing], marks) })
  const open = useAnswer(listMatters, of('open')).answer?.value.total
  const later = useAnswer(listMatters, of('later')).answer?.value.total
  const done = useAnswer(listMatters, of('done')).answer?.value.total
  if (known) return { counts: answer ? addedCounts(new Map((answer.value.facets[known] ?? []).map(({ value, count }) => [value, count])), beside) : null, loading, failure }
  const counted = open !== undefined && later !== undefined && done !== undefined
  return { counts: counted ? addedCounts(new Map([['open', open], ['later', later], ['done', done]]), beside) : null, loading: !counted, failure: null }
}
