import { CircleAlert, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useT } from '../i18n/index.ts'
import styles from './Badges.module.css'

export type Severity = 'severe' | 'warning' | 'info'

const forms = {
  severe: { icon: OctagonAlert, style: 'severe' },
  warning: { icon: TriangleAlert, style: 'warning' },
  info: { icon: CircleAlert, style: 'note' },
} as const

/** The only way a conflict is shown: severity as shape and word, count when there are several, source on hover and for screen readers. */
export function ConflictBadge({ severity, count = 1, text, source }: { severity: Severity; count?: number; text?: string; source?: string }) {
  const t = useT()
  const { icon: Icon, style } = forms[severity]
  const word = t(`severity.${severity}`, { count })
  return (
    <span className={`${styles['conflict']} ${styles[style]}`} title={[word, source].filter(Boolean).join(' · ')}>
      <Icon size={12} strokeWidth={2.25} aria-hidden />
      {text ?? word}
      {source && <span className="visually-hidden"> {source}</span>}
    </span>
  )
}
