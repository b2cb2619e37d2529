import { useId } from 'react'
import type { ReactNode } from 'react'
import styles from './Overview.module.css'

/** A titled block of the page. */
export function Card({ title, note, end, children }: { title: string; note?: string; end?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <header className={styles['cardHead']}>
        <h2 id={id}>{title}</h2>
        {note && <span className={styles['muted']}>{note}</span>}
        <span className={styles['gap']} />
        {end}
      </header>
      {children}
    </section>
  )
}
