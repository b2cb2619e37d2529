import { useState } from 'react'
import { addDependency, listMissions, removeDependency } from '../../../shared/domain/planning/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand, useList } from '../../app/queries.ts'
import { MissionRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { mutedText, RowList } from '../../components/RowList.tsx'
import { parseDuration } from '../../components/time-entry.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { Linked, MissionRecord } from './mission-record.ts'
import styles from './MissionPage.module.css'
import { durationText } from './run-of-show-rows.ts'

/** Missions that must be over before this one starts, and those that wait for it; a circle is refused with its reason. */
export function Dependencies({ mission, mayEdit }: { mission: MissionRecord; mayEdit: boolean }) {
  const t = useT()
  const format = useFormat()
  const project = useProject()
  const add = useCommand(addDependency)
  const remove = useCommand(removeDependency)
  const [adding, setAdding] = useState(false)
  const [other, setOther] = useState<string | null>(null)
  const [lag, setLag] = useState('')
  const missions = useList(listMissions, adding ? { project_id: project.id, sort: ['start_at'], limit: 200 } : null, MissionRow)
  const minutes = lag.trim() === '' ? 0 : parseDuration(lag)
  const line = (link: Linked, words: 'mission.waits_for' | 'mission.awaited_by') => ({
    id: link.id,
    name: link.mission.title,
    content: (
      <>
        {t(words, { title: [link.mission.day_code, link.mission.title].filter(Boolean).join(' · ') })}{' '}
        <span className={mutedText}>
          {format.dayOf(words === 'mission.waits_for' ? link.mission.end_at : link.mission.start_at, link.mission.zone)} {format.timeOf(words === 'mission.waits_for' ? link.mission.end_at : link.mission.start_at, link.mission.zone)}
          {link.lag_minutes > 0 && ` + ${durationText(link.lag_minutes * 60)}`}
        </span>
      </>
    ),
  })
  return (
    <>
      {add.failure?.code === 'dependency.cycle' ? <p role="alert">{t('mission.cycle', { title: missions.items.find((row) => row.id === other)?.title ?? '' })}</p> : <FormErrorSummary failure={add.failure ?? remove.failure} />}
      <RowList
        none={t('mission.dependencies_none')}
        removeLabel={t('action.remove')}
        onRemove={mayEdit ? (id) => void remove.run({ id }) : undefined}
        rows={[...mission.waits_for.map((link) => line(link, 'mission.waits_for')), ...mission.awaited_by.map((link) => line(link, 'mission.awaited_by'))]}
      />
      {mayEdit && !adding && <Button small label={t('mission.dependency_add')} onClick={() => setAdding(true)} />}
      {mayEdit && adding && (
        <form
          className={styles['addWide']}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            if (!other || minutes === null) return
            void add.run({ project_id: project.id, before_mission_id: other, after_mission_id: mission.id, lag_minutes: minutes }).then((done) => {
              if (!done) return
              setOther(null)
              setLag('')
              setAdding(false)
            })
          }}
        >
          <Combobox
            label={t('mission.dependency_on')}
            autoFocus
            value={other}
            onChange={(id) => {
              add.reset()
              setOther(id)
            }}
            options={missions.items.filter((row) => row.id !== mission.id).map((row) => ({ id: row.id, label: [row.day_code, row.title].filter(Boolean).join(' · '), detail: format.dayOf(row.start_at, row.zone) }))}
          />
          <TextField label={t('mission.dependency_lag')} hint={t('mission.dependency_lag_hint')} optional value={lag} onChange={setLag} error={minutes === null ? t('issue.moment') : undefined} />
          <div>
            <Button type="submit" small kind="primary" label={t('action.add')} disabled={!other || minutes === null || add.pending} /> <Button small label={t('action.cancel')} onClick={() => setAdding(false)} />
          </div>
        </form>
      )}
    </>
  )
}
