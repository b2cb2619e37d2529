import type { PlanConflict } from '../plan.ts'
import styles from './Bar.module.css'

const severities: Readonly<Record<PlanConflict['severity'], string>> = {
  severe: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16.500v.5',
  warning: 'M12 3L1.500 21h21zM12 10v5M12 17.500v.5',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM12 8v5M12 16v.5',
}

export const SeverityGlyph = ({ severity }: { severity: PlanConflict['severity'] }) => (
  <svg className={styles['glyph']} viewBox="0 0 24 24" aria-hidden>
    <path d={severities[severity]} />
  </svg>
)
