import { useT } from '../../i18n/index.ts'
import styles from './Coverage.module.css'

interface CoverageProps {
  filled: number
  held: number
  needed: number
  /** People without a need of theirs, said when nothing is needed. */
  assigned?: number
}

/** `2/4` answered of needed, with a thin bar: solid what is answered, hatched what is only held (decision P4). */
export function Coverage({ filled, held, needed, assigned = 0 }: CoverageProps) {
  const t = useT()
  if (needed === 0) return assigned > 0 ? <span className={styles['plain']}>{t('mission.assigned', { count: assigned })}</span> : null
  const part = (count: number): number => Math.min(100, (count / needed) * 100)
  const short = filled < needed
  return (
    <span className={`${styles['coverage']} ${short ? styles['short'] : ''}`} title={t('mission.coverage_words', { filled, held, needed })}>
      <span aria-hidden>
        {filled}/{needed}
      </span>
      <span className="visually-hidden">{t('mission.coverage_words', { filled, held, needed })}</span>
      <span className={styles['bar']} aria-hidden>
        <span className={styles['filled']} style={{ width: `${part(filled)}%` }} />
        <span className={styles['held']} style={{ width: `${Math.min(part(held), 100 - part(filled))}%` }} />
      </span>
    </span>
  )
}
