import type { ReactNode } from 'react'
import styles from './ProposalBar.module.css'

/** A view with the proposal under it: the view gives the room. */
export function Docked({ children, bar }: { children: ReactNode; bar: ReactNode }) {
  return (
    <div className={styles['docked']}>
      <div className={styles['view']}>{children}</div>
      {bar}
    </div>
  )
}
