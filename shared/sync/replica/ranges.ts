/** Does a row meet a condition that a command had looked under? In doubt it does: a command performed again for nothing costs a little, one forgotten is wrong. */
import type { Condition, Where } from '../../domain/operation.ts'

type Scalar = string | number | boolean | null
const scalarOf = (value: unknown): Scalar => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null)
const compare = (a: Scalar, b: string | number): number | null => (typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === 'number' && typeof b === 'number' ? a - b : null)

function meets(value: Scalar, condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return value === condition
  if (Array.isArray(condition)) return (condition as readonly Scalar[]).includes(value)
  const { gte, gt, lte, lt } = condition as { gte?: string | number; gt?: string | number; lte?: string | number; lt?: string | number }
  const within = (bound: string | number | undefined, holds: (order: number) => boolean): boolean => {
    if (bound === undefined) return true
    const order = compare(value, bound)
    return order === null ? value !== null : holds(order)
  }
  return within(gte, (order) => order >= 0) && within(gt, (order) => order > 0) && within(lte, (order) => order <= 0) && within(lt, (order) => order < 0)
}

/** `where` null: any row. Removed rows count: a command may have looked for them. */
export function meetsWhere(row: Readonly<Record<string, unknown>>, where: Where | null): boolean {
  return where === null || Object.entries(where).every(([name, condition]) => condition === undefined || meets(scalarOf(row[name]), condition))
}
