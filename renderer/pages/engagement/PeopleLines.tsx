import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import styles from './Engagement.module.css'

/** Lines that are drawn; the others are counted. */
const LINES = 60

export interface PersonLine {
  readonly id: string
  readonly name: string
  readonly about: ReactNode
}

/** People that a gesture is about, each with what concerns them. */
export function PeopleLines({ label, lines }: { label: string; lines: readonly PersonLine[] }) {
  const t = useT()
  if (lines.length === 0) return null
  return (
    <ul className={styles['people']} aria-label={label} tabIndex={0}>
      {lines.slice(0, LINES).map(({ id, name, about }) => (
        <li key={id}>
          <span>{name}</span>
          <span>{about}</span>
        </li>
      ))}
      {lines.length > LINES && <li>{t('proposal.more', { count: lines.length - LINES })}</li>}
    </ul>
  )
}

/** Who is not part of it, and why, before anything is sent. */
export function LeftOutLines({ lines }: { lines: readonly PersonLine[] }) {
  const t = useT()
  if (lines.length === 0) return null
  const title = t('engagement.left_out', { count: lines.length })
  return (
    <section className={styles['out']} aria-live="polite">
      <h3>{title}</h3>
      <PeopleLines label={title} lines={lines} />
    </section>
  )
}
