import { SquareCheckBig } from 'lucide-react'
import { confirmRead, recipientsOfSheet } from '../../../shared/domain/runsheets/distribution-operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'

/** For who is on the published sheet: one key says that they read it. */
export function OwnReading({ revision }: { revision: string }) {
  const t = useT()
  const asked = useAnswer(recipientsOfSheet, { revision_id: revision })
  const confirm = useCommand(confirmRead)
  const mine = asked.answer?.value.mine
  if (!mine?.on_sheet) return null
  return (
    <ReadOnlyStrip note text={mine.read ? t('sheet.mine.done') : t('sheet.mine.ask')}>
      {!mine.read && <Button small kind="primary" icon={SquareCheckBig} label={t('sheet.mine.read')} disabled={confirm.pending} onClick={() => void confirm.run({ revision_id: revision }).then((done) => done && announce(t('sheet.mine.done')))} />}
      <FormErrorSummary failure={confirm.failure} />
    </ReadOnlyStrip>
  )
}
