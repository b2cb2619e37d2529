/** Templates of contracts as their section reads them. Pure. */
import { z } from 'zod'
import { contractKinds } from '../../../shared/domain/contracts/kinds.ts'
import { languages } from '../../../shared/domain/organization/model.ts'

const Clause = z.object({ id: z.string(), title: z.string(), text: z.string() })
export type Clause = z.infer<typeof Clause>
const common = { id: z.string(), kind: z.enum(contractKinds), language: z.enum(languages), clauses: z.array(Clause) }
export const OwnTemplate = z.object({ ...common, version: z.number(), name: z.string(), number: z.number(), state: z.enum(['active', 'archived']), used_at: z.string().nullable() })
export type OwnTemplate = z.infer<typeof OwnTemplate>
export const ShippedTemplate = z.object(common)
export type ShippedTemplate = z.infer<typeof ShippedTemplate>

/** The number of a template that ships stands at the end of its id, `cddu-fr-1`. */
export const shippedNumber = (id: string): number => Number(/-(\d+)$/.exec(id)?.[1] ?? 1)

/** By kind in their usual order, French first, then by name; those put away last. */
export function inOrder(items: readonly OwnTemplate[]): OwnTemplate[] {
  const rank = ({ state, kind, language, name, number }: OwnTemplate): string => `${state === 'archived' ? 1 : 0} ${contractKinds.indexOf(kind)} ${language === 'fr' ? 0 : 1} ${name} ${String(10_000 - number).padStart(5, '0')}`
  return items.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

export function moved(clauses: readonly Clause[], index: number, step: number): Clause[] {
  const one = clauses[index]
  const to = index + step
  return one === undefined || to < 0 || to >= clauses.length ? [...clauses] : clauses.toSpliced(index, 1).toSpliced(to, 0, one)
}

/** One that no clause has: `clause_2`. */
export function freeId(clauses: readonly Clause[]): string {
  const taken = new Set(clauses.map(({ id }) => id))
  let n = 1
  while (taken.has(`clause_${n}`)) n++
  return `clause_${n}`
}

/** A text with a variable where the caret stood. */
export const withVariable = (text: string, at: number | null, name: string): string => {
  const place = at === null || at > text.length ? text.length : at
  return `${text.slice(0, place)}{{${name}}}${text.slice(place)}`
}
