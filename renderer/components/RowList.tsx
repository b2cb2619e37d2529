import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import styles from './RowList.module.css'

export interface ListedRow {
  id: string
  content: ReactNode
  /** Spoken by the remove button. */
  name: string
}

/** Short lists of a panel: needs, availability, certifications. */
export function RowList({ rows, none, onRemove, removeLabel }: { rows: readonly ListedRow[]; none: string; onRemove?: ((id: string) => void) | undefined; removeLabel: string }) {
  if (rows.length === 0) return <p className={styles['none']}>{none}</p>
  return (
    <ul className={styles['list']}>
      {rows.map((row) => (
        <li key={row.id} className={styles['row']}>
          <span>{row.content}</span>
          {onRemove && <Button kind="quiet" small iconOnly icon={Trash2} label={`${removeLabel} ${row.name}`} onClick={() => onRemove(row.id)} />}
        </li>
      ))}
    </ul>
  )
}

export const inlineForm = styles['inline'] ?? ''
export const inlineWide = styles['wide'] ?? ''
export const inlineEnd = styles['end'] ?? ''
export const mutedText = styles['muted'] ?? ''
export const tagLine = styles['tags'] ?? ''
export const plainList = styles['plain'] ?? ''
