import { useState } from 'react'
import { milestones } from '../../../shared/domain/planning/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { RowList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { MissionRecord } from './mission-record.ts'
import styles from './MissionPage.module.css'
import { parseAt } from './run-of-show-rows.ts'

/** Moments of the day that others count on: doors, curtain, wrap. */
export function Milestones({ mission, mayEdit }: { mission: MissionRecord; mayEdit: boolean }) {
  const t = useT()
  const format = useFormat()
  const create = useCommand(milestones.create)
  const update = useCommand(milestones.update)
  const remove = useCommand(milestones.remove)
  const [label, setLabel] = useState('')
  const [time, setTime] = useState('')
  const at = parseAt(time, mission.start_at, mission.zone)
  const bad = time.trim() !== '' && at === 'bad'
  return (
    <>
      <FormErrorSummary failure={create.failure ?? update.failure ?? remove.failure} />
      <RowList
        none={t('mission.milestones_none')}
        removeLabel={t('action.remove')}
        onRemove={mayEdit ? (id) => void remove.run({ id }) : undefined}
        rows={mission.milestones.map((one) => ({
          id: one.id,
          name: one.label,
          content: (
            <label className={styles['check']}>
              <input type="checkbox" checked={one.done} disabled={!mayEdit} onChange={(event) => void update.run({ id: one.id, version: one.version, changes: { done: event.target.checked } })} />
              <span className={one.done ? styles['done'] : undefined}>
                {format.timeOf(one.at, mission.zone)} {one.label}
              </span>
            </label>
          ),
        }))}
      />
      {mayEdit && (
        <form
          className={styles['add']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (at === null || at === 'bad' || label.trim() === '') return
            void create.run({ mission_id: mission.id, label: label.trim(), at }).then((done) => {
              if (!done) return
              setLabel('')
              setTime('')
            })
          }}
        >
          <input aria-label={t('mission.milestone_label')} placeholder={t('mission.milestone_label')} autoComplete="off" value={label} onChange={(event) => setLabel(event.target.value)} />
          <input aria-label={t('mission.milestone_at')} placeholder="20h" autoComplete="off" value={time} {...(bad ? { 'aria-invalid': true } : {})} onChange={(event) => setTime(event.target.value)} />
          <Button type="submit" small label={t('action.add')} disabled={label.trim() === '' || at === null || at === 'bad' || create.pending} />
        </form>
      )}
    </>
  )
}
