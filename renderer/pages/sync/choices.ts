/** What a person chose about a kept command, field by field, before it is saved. Pure; what may be chosen is the core's word. */
import type { Plain } from '../../app/client.ts'
import type { FieldChoice, KeptChoice } from '../../../shared/domain/sync/operations.ts'
import type { Kept, KeptField } from './kept.ts'

export type Side = 'mine' | 'theirs' | 'both' | 'typed'

/** Fields that are one choice: start, end and zone of a window. */
export interface Unit {
  key: string
  fields: readonly KeptField[]
  /** Those of its fields that are not the same everywhere: what is shown of it. */
  shown: readonly KeptField[]
  disputed: boolean
  preselected: 'mine' | 'theirs' | null
}
export interface Chosen {
  side: Side
  /** By field, of what was typed or combined. */
  values?: Readonly<Record<string, unknown>>
}
/** By unit. */
export type Choices = Readonly<Record<string, Chosen>>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
const varies = ({ base, mine, theirs }: KeptField): boolean => !same(base, mine) || !same(base, theirs)

/** The choices there are, in the order of the record; what others changed beside it is `merged`. */
export function unitsOf({ fields_of }: Pick<Kept, 'fields_of'>): { units: Unit[]; merged: KeptField[] } {
  const byUnit = new Map<string, KeptField[]>()
  for (const field of fields_of.filter(({ own }) => own)) {
    const known = byUnit.get(field.unit)
    if (known) known.push(field)
    else byUnit.set(field.unit, [field])
  }
  const units = [...byUnit].map(([key, fields]): Unit => {
    const differing = fields.filter(varies)
    return { key, fields, shown: differing.length > 0 ? differing : fields.slice(0, 1), disputed: fields.some(({ disputed }) => disputed), preselected: fields[0]?.preselected ?? null }
  })
  return { units: units.toSorted((one, other) => Number(other.disputed) - Number(one.disputed)), merged: fields_of.filter(({ own }) => !own) }
}

/** The side that holds for a unit now: chosen, else preselected; null: to choose. */
export const sideOf = (unit: Unit, choices: Choices): Side | null => choices[unit.key]?.side ?? unit.preselected

export const remaining = (units: readonly Unit[], choices: Choices): number => units.filter((unit) => sideOf(unit, choices) === null).length

/** What a field would be; undefined: nobody chose. */
export function resultOf(unit: Unit, field: KeptField, choices: Choices): unknown {
  const side = sideOf(unit, choices)
  if (side === null) return undefined
  if (side === 'mine') return field.mine
  if (side === 'theirs') return field.theirs
  return choices[unit.key]?.values?.[field.field] ?? field.mine
}

/** All on one side; what was combined or typed goes. */
export const allOn = (units: readonly Unit[], side: 'mine' | 'theirs'): Choices => Object.fromEntries(units.map(({ key }) => [key, { side }]))

/** Said to the core; null: something is still to choose. A command that cannot be taken apart goes whole. */
export function decisionOf(units: readonly Unit[], choices: Choices, offered: readonly KeptChoice[]): { choice: KeptChoice; fields?: Plain<FieldChoice>[] } | null {
  if (remaining(units, choices) > 0) return null
  const sides = units.map((unit) => sideOf(unit, choices))
  if (sides.every((side) => side === 'theirs')) return offered.includes('theirs') ? { choice: 'theirs' } : null
  if (!offered.includes('fields')) return sides.every((side) => side !== 'theirs') && offered.includes('mine') ? { choice: 'mine' } : null
  return {
    choice: 'fields',
    fields: units.flatMap((unit) => unit.fields.map(({ entity, id, field }): Plain<FieldChoice> => {
      const side = sideOf(unit, choices) ?? 'theirs'
      const value = choices[unit.key]?.values?.[field]
      if (side === 'mine' || side === 'theirs') return { entity, id, field, side }
      return value === undefined ? { entity, id, field, side: 'mine' } : { entity, id, field, side, value }
    })),
  }
}
