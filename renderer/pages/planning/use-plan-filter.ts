import { useMemo } from 'react'
import { assignmentStates, engagementKinds } from '../../../shared/domain/planning/model.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import type { ListFilter } from '../../components/list/address.ts'
import { readChosen, readDays } from '../../components/list/address.ts'
import { useFilters } from '../../components/list/use-filters.ts'
import type { CountedFilters } from '../../components/list/use-filters.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { fromMs } from '../../../shared/kernel/instants.ts'
import type { Plan, PlanBar, PlanConflict, PlanNeed } from './plan.ts'
import { barTest, conflictsOf, countsOf, facets, needTest } from './plan-filter.ts'
import type { Facet, PlanChoice } from './plan-filter.ts'

/** Parameter of the severity, chosen by the counters. */
export const SEVERITY = 'conflict'
export const DAYS = 'day'

export interface FilteredPlan {
  readonly list: CountedFilters
  readonly choice: PlanChoice
  readonly bars: readonly PlanBar[]
  readonly needs: readonly PlanNeed[]
  /** Of the rows that the other filters leave. */
  readonly conflicts: readonly PlanConflict[]
  readonly severity: string
}

/** Other days: the axis goes there. */
const BESIDE = { [DAYS]: ['from'] }
const NO_BARS: readonly PlanBar[] = []
const NO_NEEDS: readonly PlanNeed[] = []
const facetNamed = (name: string): Facet | undefined => facets.find((facet) => facet === name)

/** The one filter of the page: chips in the address, rows of the plan that they leave. */
export function usePlanFilter(plan: Plan | null, zone: string, severity: string): FilteredPlan {
  const filters = useFilterList(plan, zone)
  const kept = useFilters(filters, false, BESIDE)
  // Their texts say all of the choice: rows are looked through again only when one changes.
  const said = JSON.stringify([...filters.map(({ name }) => [name, kept.filterText(name)]), [SEVERITY, severity]])
  const choice = useMemo((): PlanChoice => {
    const texts = new Map<string, string>(JSON.parse(said))
    return {
      days: readDays(texts.get(DAYS) ?? ''),
      zone,
      chosen: new Map(facets.flatMap((facet) => {
        const chosen = readChosen(texts.get(facet) ?? '')
        return chosen.values.length > 0 ? [[facet, chosen] as const] : []
      })),
      severity: texts.get(SEVERITY) ?? '',
    }
  }, [said, zone])
  const all = plan?.bars ?? NO_BARS
  const bars = useMemo(() => all.filter(barTest(choice)), [all, choice])
  const posts = plan?.needs ?? NO_NEEDS
  const needs = useMemo(() => posts.filter(needTest(choice)), [posts, choice])
  const conflicts = useMemo(() => conflictsOf(all, choice), [all, choice])
  const known = plan !== null
  const list: CountedFilters = {
    ...kept,
    filtered: kept.filtered || severity !== '',
    narrowed: kept.narrowed || severity !== '',
    clear: (names = [...kept.active.map(({ name }) => name), SEVERITY]) => kept.clear(names),
    useCounts: (column) => {
      const facet = facetNamed(column)
      return { counts: known && facet ? countsOf(all, choice, facet) : null, loading: !known, failure: null }
    },
  }
  return { list, choice, bars, needs, conflicts, severity }
}

function useFilterList(plan: Plan | null, zone: string): readonly ListFilter[] {
  const t = useT()
  const format = useFormat()
  const catalogue = useCatalogue()
  const names = useMemo(() => {
    const missions = plan?.missions.map((row) => [row.id, [row.day_code, format.dayOf(fromMs(row.start), row.zone), row.title].filter(Boolean).join(' · ')] as const)
    return { mission: new Map(missions), location: new Map(plan?.locations.map(({ id, name }) => [id, name])), person: new Map(plan?.people.map(({ id, name }) => [id, name])) }
  }, [plan, format])
  return useMemo(() => {
    const departmentName = (code: string): string => {
      const row = catalogue.departments.find((one) => one.code === code)
      return row ? `${code} · ${catalogue.name(row)}` : code
    }
    const roleName = (id: string): string => {
      const row = catalogue.crewRoles.find((one) => one.id === id)
      return row ? catalogue.name(row) : id
    }
    const named = (map: ReadonlyMap<string, string>) => (id: string): string => map.get(id) ?? id
    const flag = (name: Facet, label: string): ListFilter => ({ name, label, column: name, kind: 'boolean', values: ['true', 'false'] })
    return [
      { name: DAYS, label: t('planning.filter.days'), column: DAYS, kind: 'days', zone, pinned: true },
      { name: 'department', label: t('planning.filter.department'), column: 'department', pinned: true, text: departmentName, short: (code) => code },
      { name: 'state', label: t('assignment.state'), column: 'state', pinned: true, values: assignmentStates, text: (value) => wordOf(t, 'state.engagement', value), preset: '!canceled' },
      { name: 'location', label: t('planning.filter.location'), column: 'location', pinned: true, text: named(names.location), none: t('mission.no_location') },
      { name: 'mission', label: t('assignment.mission'), column: 'mission', pinned: true, text: named(names.mission) },
      { name: 'role', label: t('assignment.role'), column: 'role', text: roleName },
      { name: 'person', label: t('assignment.person'), column: 'person', text: named(names.person) },
      { name: 'engagement', label: t('assignment.engagement'), column: 'engagement', values: engagementKinds, text: (value) => wordOf(t, 'assignment.engagement', value) },
      flag('waiting', t('planning.filter.waiting')),
      flag('untold', t('planning.filter.untold')),
      flag('reconfirm', t('planning.filter.reconfirm')),
    ]
  }, [t, catalogue, names, zone])
}
