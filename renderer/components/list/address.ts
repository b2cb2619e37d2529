/** What of a list page is in its address, both ways. Pure: texts in, texts out. */
import { addDays, fromLocal, isLocalDate } from '../../../shared/kernel/instants.ts'
import type { LocalDate } from '../../../shared/kernel/instants.ts'
import type { ListInput } from '../../../shared/domain/records.ts'
import type { Plain } from '../../app/client.ts'

/** Values chosen for one filter: any of them, or none of them (`not`). Null is a row where nothing is written. */
export interface Chosen {
  not: boolean
  values: readonly (string | null)[]
}
export const NONE: Chosen = { not: false, values: [] }

/** Parameter of the words searched. */
export const SEARCH = 'q'

const EMPTY = '~'
const escaped = (value: string): string => value.replace(/[\\,]/g, '\\$&').replace(/^[!~*]/, '\\$&')

/** `LUM,SON`, `!canceled`, `~` (nothing written) of the address. */
export function readChosen(text: string): Chosen {
  const not = text.startsWith('!')
  return { not, values: parts(not ? text.slice(1) : text) }
}

export const writeChosen = ({ not, values }: Chosen): string => (values.length === 0 ? '' : `${not ? '!' : ''}${values.map((value) => (value === null ? EMPTY : escaped(value))).join(',')}`)

function parts(text: string): (string | null)[] {
  const found: (string | null)[] = []
  let [part, literal] = ['', false]
  const end = (): void => {
    if (part === EMPTY && !literal) found.push(null)
    else if (part !== '') found.push(part)
    part = ''
    literal = false
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    if (sign === '\\') {
      part += text[++at] ?? ''
      literal = true
    } else if (sign === ',') end()
    else part += sign
  }
  end()
  return found
}

/** A row with this value stays. */
export const passes = ({ not, values }: Chosen, value: string | null): boolean => values.length === 0 || values.includes(value) !== not

export const toggled = (chosen: Chosen, value: string | null): Chosen => ({
  ...chosen,
  values: chosen.values.includes(value) ? chosen.values.filter((one) => one !== value) : [...chosen.values, value],
})

/** Days from and to, both included; either may be left open: `2026-10-24..2026-10-25`. */
export interface Days {
  from: LocalDate | null
  to: LocalDate | null
}
export function readDays(text: string): Days {
  const [from = '', to = ''] = text.split('..')
  return { from: isLocalDate(from) ? from : null, to: isLocalDate(to) ? to : null }
}
export const writeDays = ({ from, to }: Days): string => (from || to ? `${from ?? ''}..${to ?? ''}` : '')

interface FilterBase {
  /** Parameter of the address. */
  name: string
  label: string
  /** Column that the list operation filters. */
  column: string
  /** Its chip is there before anything is chosen; the others are behind "+ Filter". */
  pinned?: boolean
  /** Comes by a link (all actions on one record), never from the menu; its chip is there while the address names it. */
  linked?: boolean
}
export interface ValueFilter extends FilterBase {
  kind?: 'text' | 'number' | 'boolean'
  /** Words for a value; missing: the value itself. Null is what is not written. */
  text?: (value: string) => string
  /** Words that fit in the chip; missing: those of `text`. */
  short?: (value: string) => string
  /** Words for rows where nothing is written. */
  none?: string
  /** Offered in this order, also when no row has them; missing: what the rows have, the most frequent first. */
  values?: readonly string[]
  /** Holds while the address names nothing, `!canceled`. */
  preset?: string
}
export interface DayFilter extends FilterBase {
  kind: 'days'
  /** The column holds instants, and these are days on the clocks of this zone; missing: it holds days. */
  zone?: string
}
export type ListFilter = ValueFilter | DayFilter

type Condition = NonNullable<Plain<ListInput>['filter']>[string]

/** What the list operation is asked for one filter of the address; undefined: nothing. */
export function conditionOf(filter: ListFilter, text: string): Condition {
  if (filter.kind === 'days') {
    const { from, to } = readDays(text)
    if (!from && !to) return undefined
    if (!filter.zone) return { ...(from ? { gte: from } : {}), ...(to ? { lte: to } : {}) }
    const { zone } = filter
    const start = (day: LocalDate): string => fromLocal(day, '00:00', zone)
    return { ...(from ? { gte: start(from) } : {}), ...(to ? { lt: start(addDays(to, 1)) } : {}) }
  }
  const chosen = readChosen(text)
  const values = chosen.values.map((value) => (value === null ? null : filter.kind === 'number' ? Number(value) : filter.kind === 'boolean' ? value === 'true' : value))
  const [first = null] = values
  if (values.length === 0) return undefined
  if (chosen.not) return { not: values.length === 1 ? first : values }
  return values.length === 1 ? first : values
}

/** An address may hold `all` to say that a preset filter was taken away. */
export const ALL = '*'
export const textOfFilter = (filter: ListFilter, text: string): string => (text === ALL ? '' : text === '' && filter.kind !== 'days' ? (filter.preset ?? '') : text)

export const pageSizes = [50, 100, 200] as const
export type PageSize = (typeof pageSizes)[number]
export const readPer = (text: string): PageSize => pageSizes.find((size) => String(size) === text) ?? 50
export const readPage = (text: string): number => (/^[1-9]\d{0,4}$/.test(text) ? Number(text) : 1)

/** Chosen rows: these, or all that the filters name but these (`*`, `*,a,b`). */
export interface Picked {
  all: boolean
  ids: readonly string[]
}
export function readPicked(text: string): Picked {
  const ids = text.split(',').filter(Boolean)
  return ids[0] === ALL ? { all: true, ids: ids.slice(1) } : { all: false, ids }
}
export const writePicked = ({ all, ids }: Picked): string => [...(all ? [ALL] : []), ...ids].join(',')

/** The shorter way to say that exactly `chosen` rows are picked, when `everything` (ids of the filter) is known. */
export function pickedOf(chosen: ReadonlySet<string>, everything: readonly string[] | null, wasAll: boolean): Picked {
  if (wasAll && everything && chosen.size > 0) {
    const left = everything.filter((id) => !chosen.has(id))
    if (left.length < chosen.size) return { all: true, ids: left }
  }
  return { all: false, ids: [...chosen] }
}

/** Columns in the order of the address; those unknown are passed over, and none known means the usual ones. */
export function readColumns<C extends { key: string; optional?: boolean }>(text: string, columns: readonly C[]): C[] {
  const chosen = text.split(',').flatMap((key) => columns.find((column) => column.key === key) ?? [])
  return chosen.length > 0 ? [...new Set(chosen)] : columns.filter((column) => !column.optional)
}
/** Empty when they are the usual ones. */
export function writeColumns<C extends { key: string; optional?: boolean }>(keys: readonly string[], columns: readonly C[]): string {
  const usual = columns.filter((column) => !column.optional).map((column) => column.key)
  return keys.join() === usual.join() ? '' : keys.join(',')
}

/** The column moved one place along the others. */
export function movedColumn(keys: readonly string[], key: string, step: 1 | -1): string[] {
  const at = keys.indexOf(key)
  const to = at + step
  if (at < 0 || to < 0 || to >= keys.length) return [...keys]
  const next = keys.filter((one) => one !== key)
  next.splice(to, 0, key)
  return next
}
