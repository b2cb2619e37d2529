import { useLeavingQuestion } from '../../../app/leaving.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { useT } from '../../../i18n/index.ts'
import type { Key } from '../../../i18n/index.ts'

/** Asked once, when the person goes elsewhere while something stands. */
export function LeavingQuestion({ text }: { text: Key }) {
  const t = useT()
  const { onward, stay, leave } = useLeavingQuestion()
  if (onward === null) return null
  return (
    <Dialog
      open
      onClose={stay}
      title={t('proposal.leave_title')}
      onSubmit={stay}
      actions={
        <>
          <Button label={t('proposal.leave')} onClick={leave} />
          <Button type="submit" kind="primary" label={t('proposal.stay')} autoFocus />
        </>
      }
    >
      <p>{t(text)}</p>
    </Dialog>
  )
}
