import { CloudOff } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { useLeavesLater } from './status.ts'
import styles from './Sync.module.css'

/** Beside what acts outside the organization, at the moment of clicking: without network it leaves later. */
export function LeavesLater() {
  const t = useT()
  const later = useLeavesLater()
  if (!later) return null
  return (
    <span className={styles['later']} role="note">
      <CloudOff size={14} aria-hidden />
      {t('pill.leaves_later')}
    </span>
  )
}
