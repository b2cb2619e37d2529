import type { ReactNode } from 'react'
import styles from './Sheet.module.css'

/** Where the rail, the checks and the keyboard find a section of the editor. */
export const sectionId = (name: string): string => `sheet-section-${name}`

/** Puts the focus on the first field of a section, or on the row that a check names. */
export function goToSection(name: string, row?: string): void {
  const section = document.getElementById(sectionId(name))
  const place = (row ? section?.querySelector<HTMLElement>(`[data-line="${row}"]`) : null) ?? section
  place?.scrollIntoView({ block: 'start' })
  place?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true })
}

export function EditorSection({ name, title, children, end }: { name: string; title: string; children: ReactNode; end?: ReactNode }) {
  return (
    <section className={styles['section']} id={sectionId(name)} data-section={name} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles['rows']}>{children}</div>
      {end}
    </section>
  )
}
