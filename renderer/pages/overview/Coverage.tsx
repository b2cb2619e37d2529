import { useT } from '../../i18n/index.ts'
import styles from './Overview.module.css'

export interface Heads {
  needed: number
  filled: number
  held: number
}

/** Solid = filled, stripes = held, empty = to fill: read without colour, and said in words beside. */
export function CoverageBar({ coverage: { needed, filled, held } }: { coverage: Heads }) {
  const share = (heads: number): string => `${needed === 0 ? 0 : (heads / needed) * 100}%`
  return (
    <span className={styles['bar']} aria-hidden>
      <span className={styles['filled']} style={{ width: share(filled) }} />
      <span className={styles['held']} style={{ width: share(held) }} />
    </span>
  )
}

export function CoverageWords({ coverage: { needed, filled, held } }: { coverage: Heads }) {
  const t = useT()
  return (
    <span className={styles['figures']}>
      {t('overview.filled', { filled, needed })}
      {held > 0 && ` · ${t('overview.held', { count: held })}`}
    </span>
  )
}
