import { listGrantors } from '../../../shared/domain/organization/grantors.ts'
import { useAnswer } from '../../app/queries.ts'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'

/** For whoever keeps the entry of a person and may not read their numbers: that such are kept, not which, and who gives the right. */
export function ReservedNumbers() {
  const t = useT()
  const { answer } = useAnswer(listGrantors, { permission: 'pii:read' })
  const names = (answer?.value.people ?? []).slice(0, 3).map(({ name }) => name)
  return (
    <>
      <p className={mutedText}>{t('numbers.reserved')}</p>
      <p>{names.length > 0 ? t('forbidden.ask', { names: names.join(', ') }) : t('forbidden.text')}</p>
    </>
  )
}
