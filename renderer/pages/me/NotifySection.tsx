import { ownPreferences, savePreferences } from '../../../shared/domain/notifications/preference-operations.ts'
import { notificationTypes } from '../../../shared/domain/notifications/model.ts'
import type { NotificationType } from '../../../shared/domain/notifications/model.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { CheckField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Me.module.css'

/** What this computer shows beside the inbox, which shows everything. Each choice holds at once, on every computer of the person. */
export function NotifySection() {
  const t = useT()
  const asked = useAnswer(ownPreferences, {})
  const save = useCommand(savePreferences)
  const shown = asked.answer?.value
  const wanted = (type: NotificationType): boolean => shown?.types.find((one) => one.type === type)?.desktop ?? true
  const choose = (type: NotificationType, on: boolean): void => void save.run({ no_desktop: notificationTypes.filter((one) => (one === type ? !on : !wanted(one))) })
  return (
    <section className={styles['form']} aria-label={t('messages.notify')}>
      <h2>{t('messages.notify')}</h2>
      <p className={styles['about']}>{t('messages.notify_about')}</p>
      <FormErrorSummary failure={save.failure} />
      {asked.failure && !shown ? (
        <ErrorState failure={asked.failure} onRetry={asked.retry} />
      ) : !shown ? (
        <LoadingSkeleton rows={6} />
      ) : (
        <fieldset className={styles['choices']}>
          <legend>{t('messages.desktop')}</legend>
          {notificationTypes.map((type) => (
            <CheckField key={type} label={t(`messages.type.${type}`)} checked={wanted(type)} onChange={(on) => choose(type, on)} />
          ))}
        </fieldset>
      )}
    </section>
  )
}
