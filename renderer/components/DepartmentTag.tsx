import type { CSSProperties } from 'react'
import { DEPARTMENTS } from '../tokens/pairs.ts'
import styles from './Badges.module.css'

/** 4 px stripe and the 3-letter code. Known codes follow the theme; others take the organization's colour. */
export function DepartmentTag({ code, name, colour }: { code: string; name?: string; colour?: string | null }) {
  const known = DEPARTMENTS.find((department) => department === code.toLowerCase())
  const stripe = known ? `var(--dept-${known})` : (colour ?? 'var(--neutral-border)')
  const style: CSSProperties & { '--dept': string } = { '--dept': stripe }
  return (
    <span className={styles['department']} style={style} title={name}>
      {code}
    </span>
  )
}
