import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import { memo } from 'react'
import { DepartmentTag } from '../../../components/DepartmentTag.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { useT } from '../../../i18n/index.ts'
import type { BarWords } from './bar-words.ts'
import { isShort } from './coverage-strip.ts'
import { initialsOf, lengthOf, workedMs, worstOf } from './drawing.ts'
import { SeverityGlyph } from './glyphs.tsx'
import type { TimelineRow } from './rows.ts'
import styles from './Rows.module.css'

export interface RowNameProps {
  readonly row: TimelineRow
  readonly top: number
  readonly on: boolean
  readonly words: BarWords
  readonly onToggle: (row: TimelineRow) => void
}

/** What stands left of a row. The row itself says it to screen readers. */
export const RowName = memo(function RowName({ row, top, on, words, onToggle }: RowNameProps) {
  const t = useT()
  const format = useFormat()
  if (row.kind === 'group') {
    const Twist = row.collapsed ? ChevronRight : ChevronDown
    return (
      <div className={`${styles['name']} ${styles['header']}`} style={{ top, height: row.height }}>
        <button type="button" tabIndex={-1} className={styles['twist']} onClick={() => onToggle(row)} title={t(row.collapsed ? 'timeline.unfold' : 'timeline.fold', { group: row.title })}>
          <Twist size={14} strokeWidth={2} aria-hidden />
        </button>
        {row.department !== null && <DepartmentTag code={row.department} />}
        <b title={row.title}>{row.title}</b>
        {row.total.needed > 0 && <span className={`${styles['total']} ${isShort(row.total) ? styles['short'] : ''}`}>{t('timeline.filled', { filled: row.total.filled, needed: row.total.needed })}</span>}
      </div>
    )
  }
  if (row.kind === 'need') {
    return (
      <div className={styles['name']} style={{ top, height: row.height }}>
        <span className={`${styles['avatar']} ${styles['vacant']}`}><Plus size={11} strokeWidth={2.25} aria-hidden /></span>
        <span className={styles['person']}>{t('timeline.open_post')}</span>
        <span className={styles['role']}>{words.roleName(row.role)}</span>
      </div>
    )
  }
  const severity = worstOf(row.bars.flatMap(({ conflicts }) => conflicts))
  const worked = workedMs(row.bars)
  const team = row.bars.find(({ quantity }) => quantity > 1)
  return (
    <div className={styles['name']} data-on={on || undefined} style={{ top, height: row.height }}>
      <span className={styles['avatar']}>{team ? `×${team.quantity}` : initialsOf(row.person.name)}</span>
      <span className={styles['person']} title={row.person.name}>{row.person.name}</span>
      <span className={styles['role']}>{words.roleName(row.role)}</span>
      {severity !== null && <span className={`${styles['sign']} ${styles[severity]}`}><SeverityGlyph severity={severity} /></span>}
      {(row.hidden > 0 || row.open) && (
        <button type="button" tabIndex={-1} className={styles['more']} onClick={() => onToggle(row)} title={t(row.open ? 'timeline.fewer' : 'timeline.more', { count: row.hidden })}>
          {row.open ? '−' : `+${row.hidden}`}
        </button>
      )}
      <span className={styles['hours']}>{worked > 0 ? lengthOf(format, worked) : '—'}</span>
    </div>
  )
})
