import { useState } from 'react'
import { templateFromMission } from '../../../../shared/domain/templates/operations.ts'
import { useFailureText } from '../../../app/failure-text.ts'
import { useCommand } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { TextField } from '../../../components/Field.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { useT } from '../../../i18n/index.ts'

/** Keeps a mission's times, place, needs and milestones under a name; nobody assigned is kept. */
export function KeepTemplate({ mission, onClose }: { mission: { id: string; title: string }; onClose: () => void }) {
  const t = useT()
  const errors = useFailureText()
  const keep = useCommand(templateFromMission)
  const [name, setName] = useState(mission.title)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('series.keep_title', { title: mission.title })}
      onSubmit={() =>
        void keep.run({ mission_id: mission.id, name: name.trim() }).then((made) => {
          if (!made) return
          announce(t('series.kept', { name: name.trim() }))
          onClose()
        })
      }
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('series.keep')} disabled={name.trim() === '' || keep.pending} />
        </>
      }
    >
      <FormErrorSummary failure={keep.failure} />
      <TextField label={t('templates.name')} hint={t('series.keep_hint')} name="name" required autoFocus value={name} error={errors.field(keep.failure, 'name')} onChange={setName} />
    </Dialog>
  )
}
