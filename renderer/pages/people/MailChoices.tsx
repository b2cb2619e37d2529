import { ownPreferences, savePreferencesFor } from '../../../shared/domain/notifications/preference-operations.ts'
import { mailTypes } from '../../../shared/domain/notifications/model.ts'
import type { MailType } from '../../../shared/domain/notifications/model.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { CheckField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { mutedText } from '../../components/RowList.tsx'
import { ErrorState, LoadingSkeleton } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'

/** Which mails somebody without an account wants, as they said it to whoever keeps the directory. */
export function MailChoices({ person, mayWrite }: { person: string; mayWrite: boolean }) {
  const t = useT()
  const asked = useAnswer(ownPreferences, { collaborator_id: person })
  const save = useCommand(savePreferencesFor)
  if (asked.failure) return <ErrorState failure={asked.failure} onRetry={asked.retry} />
  if (!asked.answer || asked.stale) return <LoadingSkeleton rows={2} />
  const { types, has_account, mail_consent } = asked.answer.value
  if (has_account) return <p className={mutedText}>{t('messages.person_account')}</p>
  if (mail_consent !== 'given') return <p className={mutedText}>{t('messages.person_no_consent')}</p>
  const wanted = (type: MailType): boolean => types.find((one) => one.type === type)?.mail ?? true
  const refused = mailTypes.filter((type) => !wanted(type))
  if (!mayWrite) return <p className={mutedText}>{refused.length === 0 ? t('messages.person_all') : t('messages.person_refused', { types: refused.map((type) => t(`messages.type.${type}`)).join(', ') })}</p>
  const choose = (type: MailType, on: boolean): void => void save.run({ collaborator_id: person, no_mail: mailTypes.filter((one) => (one === type ? !on : !wanted(one))) })
  return (
    <div className={formStack}>
      <p className={mutedText}>{t('messages.person_about')}</p>
      <FormErrorSummary failure={save.failure} />
      {mailTypes.map((type) => (
        <CheckField key={type} label={t(`messages.type.${type}`)} checked={wanted(type)} onChange={(on) => choose(type, on)} />
      ))}
    </div>
  )
}
