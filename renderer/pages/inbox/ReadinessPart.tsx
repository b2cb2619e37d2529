import { Check } from 'lucide-react'
import { acknowledgeReadiness, listReadiness } from '../../../shared/domain/readiness/operations.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { useActions } from '../../app/actions.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Inbox.module.css'

/** The reader is asked to acknowledge a mission: 1 says that they have read it; afterwards, since when. */
export function ReadinessPart({ mission }: { mission: string }) {
  const t = useT()
  const format = useFormat()
  const { answer, loading, failure, retry } = useAnswer(listReadiness, { mission_id: mission })
  const say = useCommand(acknowledgeReadiness)
  const own = answer?.value.items.find((one) => one.is_own && one.asked_at !== null)
  const waits = own?.id != null && own.acknowledged_at === null ? own.id : null
  const acknowledge = async (): Promise<void> => {
    if (waits !== null && (await say.run({ id: waits }))) announce(t('messages.ready_acknowledge'))
  }
  useActions(waits === null ? [] : [{ id: 'inbox.ready', label: t('messages.ready_acknowledge'), keys: '1', run: () => void acknowledge() }])
  if (failure) return <ErrorState failure={failure} onRetry={retry} />
  if (loading && !answer) return <LoadingSkeleton rows={1} />
  if (!own) return null
  if (waits === null) return <p>{isInstant(own.acknowledged_at) ? t('messages.ready_yes', { at: format.moment(own.acknowledged_at) }) : null}</p>
  return (
    <section className={styles['answers']} aria-label={t('messages.ready')}>
      <FormErrorSummary failure={say.failure} />
      <div className={styles['row']}>
        <Button kind="primary" icon={Check} label={t('messages.ready_acknowledge')} keys="1" disabled={say.pending} onClick={() => void acknowledge()} />
      </div>
    </section>
  )
}
