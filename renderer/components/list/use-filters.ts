import { useState } from 'react'
import { useUrlState } from '../../app/routes.ts'
import { ALL, SEARCH, textOfFilter } from './address.ts'
import type { ListFilter } from './address.ts'
import type { FacetCounts } from './facet-counts.ts'

/** What a page filters by, as its address has it. */
export interface Filters {
  filters: readonly ListFilter[]
  /** Words can be searched. */
  searched: boolean
  /** Text of a filter in the address, presets included. */
  filterText: (name: string) => string
  setFilter: (name: string, text: string) => void
  /** Filters of the address that leave rows out, in the order of the bar. */
  active: readonly ListFilter[]
  search: string
  filtered: boolean
  /** Beyond what a page leaves out by itself: the person asked for less. */
  narrowed: boolean
  clear: (names?: readonly string[]) => void
  /** The filter changed last, else the last of the bar; null: none. */
  last: string | null
}

/** Filters of which the values can be counted: what the bar shows. */
export interface CountedFilters extends Filters {
  /** A hook: values of a column with their rows under the other filters. */
  useCounts: (column: string) => FacetCounts
}

/** Another choice of rows: the page reached and the rows marked among those before are gone. */
const again = { page: null, pick: null }

/** `beside`: parameters that mean nothing any more once a filter of that name changes. */
export function useFilters(filters: readonly ListFilter[], searched = true, beside: Readonly<Record<string, readonly string[]>> = {}): Filters {
  const url = useUrlState()
  const [lastChanged, setLastChanged] = useState<string | null>(null)
  const search = searched ? url.get(SEARCH) : ''
  const filterText = (name: string): string => {
    const filter = filters.find((one) => one.name === name)
    return filter ? textOfFilter(filter, url.get(name)) : ''
  }
  const active = filters.filter((one) => filterText(one.name) !== '')
  const presetOf = (name: string): string => {
    const filter = filters.find((one) => one.name === name)
    return filter && filter.kind !== 'days' ? (filter.preset ?? '') : ''
  }
  const gone = (names: readonly string[]): Record<string, null> => Object.fromEntries(names.flatMap((name) => beside[name] ?? []).map((name) => [name, null]))
  return {
    filters,
    searched,
    filterText,
    setFilter: (name, text) => {
      setLastChanged(name)
      const kept = presetOf(name)
      url.set({ ...again, ...gone([name]), [name]: text === kept ? null : text === '' && kept ? ALL : text }, 'push')
    },
    active,
    search,
    filtered: active.length > 0 || search !== '',
    narrowed: search !== '' || active.some(({ name }) => url.get(name) !== ''),
    clear: (names = [...active.map((one) => one.name), SEARCH]) => url.set({ ...again, ...gone(names), ...Object.fromEntries(names.map((name) => [name, presetOf(name) ? ALL : null])) }, 'push'),
    last: lastChanged !== null && filterText(lastChanged) !== '' ? lastChanged : search !== '' ? SEARCH : (active.at(-1)?.name ?? null),
  }
}
