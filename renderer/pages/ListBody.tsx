import type { ReactNode } from 'react'
import type { Listed } from '../app/queries.ts'
import { useUrlState } from '../app/routes.ts'
import { Button } from '../components/Button.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton } from '../components/States.tsx'
import { useT } from '../i18n/index.ts'

interface ListBodyProps {
  list: Pick<Listed<unknown>, 'items' | 'failure' | 'loading' | 'retry'>
  filtered: boolean
  empty: ReactNode
  /** Who may see it, said when the person may not. */
  role?: string
  children: ReactNode
}

/** The states of a list, the same on every page: loading, forbidden, error, nothing yet, no result, rows. */
export function ListBody({ list, filtered, empty, role, children }: ListBodyProps) {
  const t = useT()
  const url = useUrlState()
  if (list.failure) {
    if (list.failure.code === 'auth.forbidden' && role) return <ForbiddenState role={role} failure={list.failure} />
    return <ErrorState failure={list.failure} onRetry={list.retry} />
  }
  if (list.loading) return <LoadingSkeleton />
  if (list.items.length > 0) return children
  if (!filtered) return empty
  return (
    <EmptyState text={t('filter.no_result')}>
      <Button label={t('filter.clear')} onClick={() => url.set(clearing())} />
    </EmptyState>
  )
}

/** Every filter of the address but what is not one. */
const clearing = (): Record<string, null> =>
  Object.fromEntries([...new URLSearchParams(window.location.search).keys()].filter((name) => name !== 'sort' && name !== 'sel').map((name) => [name, null]))
