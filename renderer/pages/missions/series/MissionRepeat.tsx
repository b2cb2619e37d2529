import { useState } from 'react'
import { repeatMission } from '../../../../shared/domain/templates/operations.ts'
import { addDays, localDateOf } from '../../../../shared/kernel/instants.ts'
import type { Instant } from '../../../../shared/kernel/instants.ts'
import { useCommand } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { CheckField } from '../../../components/Field.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { useT } from '../../../i18n/index.ts'
import { useDates } from './DatesFields.tsx'

interface MissionRepeatProps {
  mission: { id: string; title: string; start_at: Instant; zone: string }
  onClose: () => void
}

/** The same mission on other dates, at the same clock times: independent missions of one series, undone as one. */
export function MissionRepeat({ mission, onClose }: MissionRepeatProps) {
  const t = useT()
  const repeat = useCommand(repeatMission)
  const own = localDateOf(mission.start_at, mission.zone)
  const { dates: chosen, fields, problem } = useDates(addDays(own, 7))
  const [people, setPeople] = useState(false)
  const [run, setRun] = useState(true)
  // The day it is on already is not another date.
  const dates = chosen.filter((date) => date !== own)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('series.repeat_title', { title: mission.title })}
      onSubmit={() => {
        if (problem !== null || dates.length === 0) return
        void repeat.run({ id: mission.id, dates, with_assignments: people, with_run_of_show: run }).then((made) => {
          if (!made) return
          announce(t('series.made', { count: made.value.ids.length }))
          onClose()
        })
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('series.repeat_action', { count: dates.length })} disabled={problem !== null || dates.length === 0 || repeat.pending} />
        </>
      }
    >
      <FormErrorSummary failure={repeat.failure} />
      {fields}
      <CheckField label={t('missions.with_people')} checked={people} onChange={setPeople} />
      <CheckField label={t('missions.with_run_of_show')} checked={run} onChange={setRun} />
    </Dialog>
  )
}
