import { Lock } from 'lucide-react'
import { listGrantors } from '../../../../shared/domain/organization/grantors.ts'
import { useAnswer } from '../../../app/queries.ts'
import { useT } from '../../../i18n/index.ts'
import styles from './ProposalBar.module.css'

/** Why it cannot be done all the same, and whom to ask. */
export function WhoMay() {
  const t = useT()
  const { answer } = useAnswer(listGrantors, { permission: 'conflict:override' })
  const names = (answer?.value.people ?? []).slice(0, 3).map(({ name }) => name)
  return (
    <p className={styles['note']}>
      <Lock size={14} aria-hidden /> {t('proposal.forbidden', { role: t('role.project_manager') })} {names.length > 0 && t('forbidden.ask', { names: names.join(', ') })}
    </p>
  )
}
