import type { CSSProperties } from 'react'
import { DEPARTMENTS } from '../tokens/pairs.ts'
import styles from './Badges.module.css'

const tokenOf = (text: string | null | undefined): string | undefined => DEPARTMENTS.find((department) => department === text?.toLowerCase())

/** 4 px stripe and the 3-letter code. Colours of the palette follow the theme; a colour of one's own is seen in all of them. */
export function DepartmentTag({ code, name, colour }: { code: string; name?: string; colour?: string | null }) {
  const own = colour?.startsWith('#') ? colour : null
  const token = tokenOf(colour) ?? tokenOf(code)
  const stripe = own ?? (token ? `var(--dept-${token})` : 'var(--neutral-border)')
  const style: CSSProperties & { '--dept': string } = { '--dept': stripe }
  return (
    <span className={styles['department']} style={style} title={name}>
      {code}
    </span>
  )
}
