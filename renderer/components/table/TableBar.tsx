import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { pageSizes } from '../list/address.ts'
import type { PageSize } from '../list/address.ts'
import styles from './Table.module.css'

export interface Paging {
  page: number
  per: PageSize
  onPage: (page: number) => void
  onPer: (per: PageSize) => void
}

interface TableBarProps {
  chosen: number
  total: number
  title: ReactNode
  bulk: ReactNode
  /** The selection is all that the filters name. */
  everything: boolean
  onSelectAll: (() => void) | undefined
  onClear: () => void
  paging: Paging | undefined
  end: ReactNode
}

/** Title and counts, or in the same place what can be done with the chosen rows; at the end the pages, where they always are. */
export function TableBar({ chosen, total, title, bulk, everything, onSelectAll, onClear, paging, end }: TableBarProps) {
  const t = useT()
  const format = useFormat()
  return (
    <div className={styles['bar']}>
      <div className={styles['start']} {...(chosen > 0 ? { role: 'group', 'aria-label': t('table.selection') } : {})}>
        {chosen > 0 ? (
          <>
            <strong>{everything ? t('table.everything', { count: chosen }) : t('table.selected', { count: chosen })}</strong>
            {everything ? chosen < total && <span className={styles['count']}>{t('table.capped', { total: format.number(total) })}</span> : <span className={styles['count']}>{t('table.of', { total: format.number(total) })}</span>}
            {!everything && onSelectAll && chosen < total && <Button small kind="quiet" label={t('table.select_all', { total: format.number(total) })} onClick={onSelectAll} />}
            {bulk}
            <Button small kind="quiet" label={t('table.clear_selection')} onClick={onClear} />
          </>
        ) : (
          <>
            {title}
            <span className={styles['count']}>{t('table.rows', { count: total })}</span>
          </>
        )}
      </div>
      {paging && <Pager {...paging} total={total} />}
      {end}
    </div>
  )
}

function Pager({ page, per, onPage, onPer, total }: Paging & { total: number }) {
  const t = useT()
  const format = useFormat()
  const pages = Math.max(1, Math.ceil(total / per))
  if (total <= pageSizes[0]) return null
  const [from, to] = [(page - 1) * per + 1, Math.min(page * per, total)]
  return (
    <nav className={styles['pager']} aria-label={t('table.pages')}>
      <select className={styles['per']} aria-label={t('table.per')} value={per} onChange={(event) => onPer(pageSizes.find((size) => String(size) === event.target.value) ?? pageSizes[0])}>
        {pageSizes.map((size) => (
          <option key={size} value={size}>
            {t('table.per_page', { count: size })}
          </option>
        ))}
      </select>
      <span className={styles['count']}>{t('table.range', { from: format.number(from), to: format.number(to), total: format.number(total) })}</span>
      <Button small kind="quiet" iconOnly icon={ChevronLeft} label={t('table.previous')} disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <Button small kind="quiet" iconOnly icon={ChevronRight} label={t('table.next')} disabled={page >= pages} onClick={() => onPage(page + 1)} />
    </nav>
  )
}

/** Lists without pages of their own go on below. */
export function More({ shown, total, onMore }: { shown: number; total: number; onMore: () => void }) {
  const t = useT()
  const format = useFormat()
  return (
    <div className={styles['more']}>
      <Button small label={t('table.more', { shown: format.number(shown), total: format.number(total) })} onClick={onMore} />
    </div>
  )
}
