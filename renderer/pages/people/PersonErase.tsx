import { useState } from 'react'
import { erase } from '../../../shared/domain/people/directory-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'

/** The way out for good: asked with a reason, refused with what holds the person. */
export function PersonErase({ person, name, onErased }: { person: string; name: string; onErased: () => void }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  const run = useCommand(erase)
  const confirm = async (reason: string): Promise<void> => {
    if (!(await run.run({ id: person, reason }))) return
    announce(t('person.erased'))
    onErased()
  }
  return (
    <div>
      <Button small kind="quiet" label={t('person.erase')} onClick={() => setAsking(true)} />
      {asking && (
        <ConfirmDialog
          danger
          title={t('person.erase_title', { name })}
          about={t('person.erase_about')}
          action={t('person.erase_action')}
          reason="required"
          pending={run.pending}
          failure={run.failure}
          onClose={() => {
            run.reset()
            setAsking(false)
          }}
          onConfirm={(reason) => void confirm(reason)}
        />
      )}
    </div>
  )
}
