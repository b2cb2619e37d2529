import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton } from '../States.tsx'
import { useFilterWords } from './filter-words.ts'
import type { CallFailure } from '../../app/client.ts'
import type { Filters } from './use-filters.ts'

interface ListStatesProps {
  list: Filters & { items: readonly unknown[]; failure: CallFailure | null; loading: boolean; retry: () => void }
  empty: ReactNode
  role?: string
  /** Said when the filters leave nothing, in place of the filters themselves. */
  noResult?: string
  children: ReactNode
}

/** The states of a list, the same on every page: loading, forbidden, error, nothing yet, no result, rows. */
export function ListStates({ list, empty, role, noResult, children }: ListStatesProps) {
  if (list.failure) {
    if (list.failure.code === 'auth.forbidden' && role) return <ForbiddenState role={role} failure={list.failure} />
    return <ErrorState failure={list.failure} onRetry={list.retry} />
  }
  if (list.loading) return <LoadingSkeleton />
  if (list.items.length > 0) return children
  return list.narrowed ? <NoResult list={list} text={noResult} /> : empty
}

/** Says which filters leave nothing, and takes off the last one or all. */
function NoResult({ list, text }: { list: Filters; text: string | undefined }) {
  const t = useT()
  const words = useFilterWords()
  const said = [
    ...list.active.map((filter) => words.whole(filter, list.filterText(filter.name))),
    ...(list.search ? [t('filter.search_said', { text: list.search })] : []),
  ]
  const { last } = list
  return (
    <EmptyState text={text ?? t('filter.no_result_for', { filters: said.join(' · ') })}>
      {last !== null && said.length > 1 && <Button label={t('filter.clear_last')} onClick={() => list.clear([last])} />}
      <Button label={t('filter.clear')} onClick={() => list.clear()} />
    </EmptyState>
  )
}
