/** Numbers that only an authority gives, and what they run through: a restored server is told of them, so that none is given twice (sync rule 31). */
import type { AnyEntity } from '../domain/entity.ts'
import { entities } from '../domain/registry.ts'
import type { KeptNumber } from '../store/number-list.ts'

export interface Numbered {
  entity: AnyEntity
  field: string
  /** Column of the row in whose order they run: the sheet, the project. Null: the whole organization. */
  series: string | null
}

export const numberedFields = (): Numbered[] =>
  [...entities.values()].flatMap((entity) =>
    Object.entries(entity.fields).flatMap(([field, declared]) =>
      declared.class === 'authority' ? [{ entity, field, series: entity.unique.find((rule) => rule.includes(field))?.find((name) => name !== field) ?? null }] : []))

export type GivenNumber = KeptNumber

/** The numbers that one row bears. */
export function numbersOn(entity: AnyEntity, row: Readonly<Record<string, unknown>>, fields: readonly Numbered[]): GivenNumber[] {
  return fields.flatMap(({ entity: of, field, series }) => {
    const number = of === entity ? row[field] : null
    if (typeof number !== 'string' && typeof number !== 'number') return []
    const within = series === null ? null : row[series]
    return [{ entity: entity.name, id: String(row['id']), field, number, series: typeof within === 'string' ? within : null }]
  })
}
