import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { previewShift, shiftMissions } from '../../../shared/domain/planning/operations.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { LoadingSkeleton } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import styles from './MissionShift.module.css'
import { wholeDays } from './whole-days.ts'

type Proposed = z.infer<typeof previewShift.output>['missions'][number]

/** What moving would change is shown before anything is written; what cannot move is said and left where it is. */
export function MissionShift({ ids, onClose, onDone }: { ids: readonly string[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const [days, setDays] = useState('1')
  const moved = wholeDays(days)
  const asked = useAnswer(previewShift, moved === null || moved === 0 ? null : { ids: [...ids], days: moved })
  const shift = useCommand(shiftMissions)
  const proposed = moved === null || moved === 0 ? [] : (asked.answer?.value.missions ?? [])
  const moving = proposed.filter((one) => one.refused === null)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('missions.shift_title', { count: ids.length })}
      onSubmit={() => {
        if (moved === null || moving.length === 0) return
        void shift.run({ ids: moving.map((one) => one.id), days: moved }).then((done) => {
          if (!done) return
          announce(t('missions.shifted', { count: moving.length }))
          onDone()
        })
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('missions.shift_do', { count: moving.length })} disabled={moving.length === 0 || shift.pending} />
        </>
      }
    >
      <FormErrorSummary failure={shift.failure ?? asked.failure} />
      <TextField label={t('missions.days')} hint={t('missions.shift_hint')} inputMode="numeric" name="days" value={days} onChange={setDays} autoFocus error={moved === null ? t('missions.days_bad') : undefined} />
      {asked.loading && <LoadingSkeleton rows={Math.min(ids.length, 6)} />}
      {proposed.length > 0 && <Proposals proposed={proposed} />}
    </Dialog>
  )
}

function Proposals({ proposed }: { proposed: readonly Proposed[] }) {
  const t = useT()
  const format = useFormat()
  const moment = (instant: string, zone: string): string => (isInstant(instant) ? `${format.dayOf(instant, zone)} ${format.timeOf(instant, zone)} ${format.offset(instant, zone)}` : instant)
  return (
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('missions.shift_preview')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('mission.title')}</th>
            <th scope="col">{t('missions.shift_from')}</th>
            <th scope="col">{t('missions.shift_to')}</th>
            <th scope="col">{t('missions.shift_people')}</th>
          </tr>
        </thead>
        <tbody>
          {proposed.map((one) => (
            <tr key={one.id} className={one.refused ? styles['refused'] : undefined}>
              <td>{[one.day_code, one.title].filter(Boolean).join(' · ')}</td>
              <td>{moment(one.start_at, one.zone)}</td>
              <td>
                {one.refused ? (
                  <>
                    <LockKeyhole size={13} aria-hidden /> {wordOf(t, 'missions.shift_refused', one.refused)}
                  </>
                ) : (
                  moment(one.to_start_at, one.zone)
                )}
              </td>
              <td>
                {!one.refused && t('missions.shift_moving', { count: one.moving })}
                {!one.refused && one.staying.length > 0 && <div className={styles['note']}>{t('missions.shift_staying', { names: one.staying.map((person) => person.name ?? '—').join(', ') })}</div>}
                {!one.refused && one.published && <div className={styles['note']}>{t('missions.shift_published')}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
