import type { CallFailure } from '../../app/client.ts'
import type { Check } from '../../../shared/domain/runsheets/operations.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { useT } from '../../i18n/index.ts'
import { ChecksTab } from './ChecksTab.tsx'

interface PublishDialogProps {
  version: number
  warnings: readonly Check[]
  pending: boolean
  failure: CallFailure | null
  onConfirm: () => void
  onClose: () => void
}

export function PublishDialog({ version, warnings, pending, failure, onConfirm, onClose }: PublishDialogProps) {
  const t = useT()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('sheet.publish_title', { version })}
      onSubmit={onConfirm}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('sheet.publish')} disabled={pending} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      <p>{t('sheet.publish_about')}</p>
      <ChecksTab checks={warnings} />
    </Dialog>
  )
}
