import { useState } from 'react'
import { updateMission } from '../../../shared/domain/planning/operations.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { RowList } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import type { Check, MissionRecord } from './mission-record.ts'
import styles from './MissionPage.module.css'

/** Things to have done before the day; kept with the mission as one list. */
export function Checklist({ mission, mayEdit }: { mission: MissionRecord; mayEdit: boolean }) {
  const t = useT()
  const update = useCommand(updateMission)
  const [label, setLabel] = useState('')
  const save = (checklist: Check[]) => update.run({ id: mission.id, version: mission.version, changes: { checklist } })
  const { checklist } = mission
  return (
    <>
      <FormErrorSummary failure={update.failure} />
      <RowList
        none={t('mission.checklist_none')}
        removeLabel={t('action.remove')}
        onRemove={mayEdit ? (key) => void save(checklist.filter((_, index) => String(index) !== key)) : undefined}
        rows={checklist.map((one, index) => ({
          id: String(index),
          name: one.label,
          content: (
            <label className={styles['check']}>
              <input type="checkbox" checked={one.done} disabled={!mayEdit} onChange={(event) => void save(checklist.map((other, at) => (at === index ? { ...other, done: event.target.checked } : other)))} />
              <span className={one.done ? styles['done'] : undefined}>{one.label}</span>
            </label>
          ),
        }))}
      />
      {mayEdit && (
        <form
          className={styles['addOne']}
          onSubmit={(event) => {
            event.preventDefault()
            if (label.trim() !== '') void save([...checklist, { label: label.trim(), done: false }]).then((done) => done && setLabel(''))
          }}
        >
          <input aria-label={t('mission.checklist_add')} placeholder={t('mission.checklist_add')} autoComplete="off" value={label} onChange={(event) => setLabel(event.target.value)} />
          <Button type="submit" small label={t('action.add')} disabled={label.trim() === '' || update.pending} />
        </form>
      )}
    </>
  )
}
