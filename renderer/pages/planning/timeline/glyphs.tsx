import type { PlanConflict } from '../plan.ts'
import styles from './Bar.module.css'

/** One path a state, on a grid of 24: the shape that stands for it wherever its colour is not seen (ui 3.2). */
const paths: Readonly<Record<string, string>> = {
  need: 'M12 3a9 9 0 0 1 5 1.5M20.5 9a9 9 0 0 1 0 6M17 19.5a9 9 0 0 1-5 1.5M7 19.5A9 9 0 0 1 3.5 15M3.5 9A9 9 0 0 1 7 4.5',
  planned: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM12 3v18M14 5v14M16.5 6v12M19 8.500v7',
  proposed: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM12 7v5l3.500 2',
  accepted: 'M4 12.500l5 5L20 6.500',
  confirmed: 'M4 12.500l5 5L20 6.500',
  done: 'M2 12.500l5 5L16 7M11 15.500l2 2L22 7',
  closed: 'M2 9.500l4 4L13 6M9 12l1.500 1.500L18 6M13 17h8v5h-8zM15 17v-1.500a2 2 0 0 1 4 0V17',
  declined: 'M6 6l12 12M18 6L6 18',
  canceled: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM5.600 5.600l12.800 12.800',
}
const severities: Readonly<Record<PlanConflict['severity'], string>> = {
  severe: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16.500v.5',
  warning: 'M12 3L1.500 21h21zM12 10v5M12 17.500v.5',
  info: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM12 8v5M12 16v.5',
}

export const StateGlyph = ({ form }: { form: string }) => (
  <svg className={styles['glyph']} viewBox="0 0 24 24" aria-hidden>
    <path d={paths[form] ?? paths['need']} />
  </svg>
)

export const SeverityGlyph = ({ severity }: { severity: PlanConflict['severity'] }) => (
  <svg className={styles['glyph']} viewBox="0 0 24 24" aria-hidden>
    <path d={severities[severity]} />
  </svg>
)
