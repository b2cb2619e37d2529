import { ListFilter, Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useUrlState } from '../app/routes.ts'
import { useT } from '../i18n/index.ts'
import { Button } from './Button.tsx'
import type { Choice } from './Field.tsx'
import styles from './Page.module.css'
import { PrintButton } from './print/PrintButton.tsx'
import { usePlacePrint } from './print/print-request.ts'
import type { PrintRequest } from './print/print-request.ts'

interface PageProps {
  title: string
  scope?: string
  /** Actions of the page, the primary one last. */
  actions?: ReactNode
  panel?: ReactNode
  /** What Ctrl+P prints; without it, the document of the place. */
  print?: PrintRequest | undefined
  children: ReactNode
}

/** Header 52 px, content, and the detail panel beside it. */
export function Page({ title, scope, actions, panel, print, children }: PageProps) {
  const t = useT()
  const place = usePlacePrint()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className={styles['page']}>
      <div className={styles['header']}>
        <h1>{title}</h1>
        {scope && <span className={styles['scope']}>{scope}</span>}
        <span className={styles['gap']} />
        <PrintButton request={print ?? place} />
        {actions}
      </div>
      <div className={`${styles['columns']} ${panel ? styles['withPanel'] : ''}`}>
        <div className={styles['stack']}>{children}</div>
        {panel}
      </div>
    </div>
  )
}

interface FilterBarProps {
  /** Filters of the address to clear together. */
  names: readonly string[]
  children?: ReactNode
  end?: ReactNode
  search?: boolean
}

/** Always visible, also with no filter; the whole of it is in the address. */
export function FilterBar({ names, children, end, search = true }: FilterBarProps) {
  const t = useT()
  const url = useUrlState()
  const active = [...names, ...(search ? ['q'] : [])].filter((name) => url.get(name) !== '')
  return (
    <div className={styles['filters']} role="search" data-region="filters" aria-label={t('nav.filters')}>
      <ListFilter size={16} aria-hidden />
      {search && <SearchChip />}
      {children}
      {active.length > 0 && <Button small kind="quiet" label={t('filter.clear')} onClick={() => url.set(Object.fromEntries(active.map((name) => [name, null])))} />}
      <span className={styles['gap']} />
      {end}
    </div>
  )
}

const TYPING_PAUSE_MS = 150

export function SearchChip() {
  const t = useT()
  const url = useUrlState()
  const given = url.get('q')
  const [typed, setTyped] = useState(given)
  useEffect(() => setTyped(given), [given])
  useEffect(() => {
    if (typed === given) return undefined
    const timer = setTimeout(() => url.set({ q: typed }), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, given, url])
  return (
    <label className={styles['search']}>
      <Search size={14} aria-hidden />
      <input data-filter aria-label={t('filter.search')} placeholder={t('filter.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
    </label>
  )
}

/** One filter of one value; its name is the parameter of the address. */
export function FilterChip({ name, label, choices, all }: { name: string; label: string; choices: readonly Choice[]; /** Said when nothing is chosen. */ all?: string }) {
  const t = useT()
  const url = useUrlState()
  const value = url.get(name)
  return (
    <label className={styles['chip']} data-on={value !== ''}>
      {label}
      <select value={value} onChange={(event) => url.set({ [name]: event.target.value })}>
        <option value="">{all ?? t('filter.all')}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}
