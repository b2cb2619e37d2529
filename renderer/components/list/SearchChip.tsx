import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useUrlState } from '../../app/routes.ts'
import { useT } from '../../i18n/index.ts'
import { SEARCH } from './address.ts'
import styles from './FilterBar.module.css'

const TYPING_PAUSE_MS = 150

/** The words searched; in the address once typing pauses. */
export function SearchChip() {
  const t = useT()
  const url = useUrlState()
  const given = url.get(SEARCH)
  const [typed, setTyped] = useState(given)
  useEffect(() => setTyped(given), [given])
  useEffect(() => {
    if (typed === given) return undefined
    // Other rows: the page and the marks of those before mean nothing here.
    const timer = setTimeout(() => url.set({ [SEARCH]: typed, page: null, pick: null }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, given, url])
  return (
    <label className={styles['search']}>
      <Search size={14} aria-hidden />
      <input data-filter aria-label={t('filter.search')} placeholder={t('filter.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
    </label>
  )
}
