import { useState } from 'react'
import { duplicateMission } from '../../../shared/domain/planning/duplicate-operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { CheckField, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { useT } from '../../i18n/index.ts'
import { wholeDays } from './whole-days.ts'

/** The day after by default: needs always, people and run of show when asked. */
export function MissionDuplicate({ mission, onClose, onMade }: { mission: { id: string; title: string; day_code: string | null }; onClose: () => void; onMade: (id: string) => void }) {
  const t = useT()
  const duplicate = useCommand(duplicateMission)
  const [days, setDays] = useState('1')
  const [code, setCode] = useState('')
  const [people, setPeople] = useState(false)
  const [run, setRun] = useState(true)
  const moved = wholeDays(days)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('missions.duplicate_title', { title: mission.title })}
      onSubmit={() => {
        if (moved === null) return
        void duplicate.run({ id: mission.id, days: moved, with_assignments: people, with_run_of_show: run, day_code: code.trim() || null }).then((made) => {
          if (!made) return
          announce(t('missions.duplicated', { title: mission.title }))
          onClose()
          onMade(made.value.id)
        })
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('missions.duplicate')} disabled={moved === null || duplicate.pending} />
        </>
      }
    >
      <FormErrorSummary failure={duplicate.failure} />
      <TextField label={t('missions.days_after')} hint={t('missions.days_hint')} inputMode="numeric" name="days" value={days} onChange={setDays} autoFocus error={moved === null ? t('missions.days_bad') : undefined} />
      <TextField label={t('mission.day_code')} placeholder={t('mission.day_code_hint')} name="day_code" optional value={code} onChange={setCode} />
      <CheckField label={t('missions.with_people')} checked={people} onChange={setPeople} />
      <CheckField label={t('missions.with_run_of_show')} checked={run} onChange={setRun} />
    </Dialog>
  )
}
