import { ArrowUp } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { ConflictBadge } from '../ConflictBadge.tsx'
import styles from './Table.module.css'

/** In the margin before the row, where it moves nothing: a change of it is not sent yet. */
export function Unsent({ by }: { by: string | undefined }) {
  const t = useT()
  if (by === undefined) return null
  const words = t('pill.unsent_by', { name: by })
  return (
    <span className={styles['unsent']} title={words}>
      <ArrowUp size={12} strokeWidth={2.25} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

/** Before the name of the row: somebody else changed it too, and nobody decided yet. */
export function KeptBadge() {
  const t = useT()
  return (
    <>
      {' '}
      <ConflictBadge severity="severe" text={t('pill.kept')} source={t('pill.kept_about')} />
    </>
  )
}
