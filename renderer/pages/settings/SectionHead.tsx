import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { ReadOnlyStrip } from '../../components/States.tsx'
import styles from './Settings.module.css'

/** Title, what the section is for, its actions, and why it can only be read. */
export function SectionHead({ title, about, actions, closed }: { title: string; about?: string; actions?: ReactNode; /** The person may look, not change. */ closed?: boolean }) {
  const t = useT()
  return (
    <div className={styles['head']}>
      <div className={styles['headLine']}>
        <h2>{title}</h2>
        {closed ? <Lock size={14} aria-hidden /> : actions}
      </div>
      {about && <p className={styles['muted']}>{about}</p>}
      {closed && <ReadOnlyStrip text={t('settings.read_only')} />}
    </div>
  )
}
