import { useState } from 'react'
import { previewPublish, publishPlan } from '../../../../shared/domain/publication/operations.ts'
import { addDays, fromLocal, fromMs, isLocalDate, localDateOf, toMs } from '../../../../shared/kernel/instants.ts'
import type { Instant } from '../../../../shared/kernel/instants.ts'
import { useProject } from '../../../app/context.tsx'
import { useAnswer, useCommand } from '../../../app/queries.ts'
import { LeavesLater } from '../../../app/sync/LeavesLater.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Select, TextField } from '../../../components/Field.tsx'
import { formTwo } from '../../../components/FormLayout.ts'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { daysSeen } from '../time-view.ts'
import { useAxis } from '../use-time-view.ts'
import { ChangeList } from './ChangeList.tsx'
import styles from './Publication.module.css'
import { useWording } from './use-wording.ts'

const presets = ['project', 'shown', 'days'] as const
type Preset = (typeof presets)[number]

/** Which days are published, what it says to whom, and then it is done: nothing of it can be taken back. */
export function PublishDialog({ onClose, onPublished }: { onClose: () => void; onPublished: (id: string) => void }) {
  const words = useWording()
  const { t } = words
  const project = useProject()
  const publish = useCommand(publishPlan)
  const whole = { first: localDateOf(project.start_at, project.zone), last: localDateOf(lastMoment(project.end_at), project.zone) }
  const [seen] = useState(() => {
    const { view, width } = useAxis.getState()
    return view ? daysSeen(view, width, project.zone) : null
  })
  const [preset, setPreset] = useState<Preset>('project')
  const [days, setDays] = useState<{ first: string; last: string }>(seen ?? whole)
  const [note, setNote] = useState('')
  const chosen = preset === 'project' ? whole : preset === 'shown' && seen ? seen : days
  const window = windowOf(chosen, project.zone)
  const asked = useAnswer(previewPublish, window ? { project_id: project.id, ...window } : null)
  const coming = asked.answer?.value
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('publication.publish_title', { number: coming?.number ?? 1 })}
      onSubmit={() => {
        if (!window || !coming) return
        void publish.run({ project_id: project.id, ...window, ...(note.trim() ? { note: note.trim() } : {}) }).then((made) => {
          if (!made) return
          announce(t('publication.published', { number: made.value.number }))
          onPublished(made.value.id)
        })
      }}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('publication.publish')} disabled={!window || !coming || asked.stale || publish.pending} />
        </>
      }
    >
      <FormErrorSummary failure={publish.failure ?? asked.failure} />
      <p>{t('publication.about')}</p>
      <LeavesLater />
      <div className={formTwo}>
        <Select
          label={t('publication.window')}
          value={preset}
          choices={presets.filter((one) => one !== 'shown' || seen).map((value) => ({ value, label: t(`publication.window.${value}`) }))}
          onChange={(value) => setPreset(presets.find((one) => one === value) ?? 'project')}
        />
        <TextField label={t('publication.note')} name="note" optional value={note} onChange={setNote} />
      </div>
      {preset === 'days' && (
        <div className={formTwo}>
          <TextField type="date" label={t('publication.first')} name="first" value={days.first} onChange={(first) => setDays({ ...days, first })} />
          <TextField type="date" label={t('publication.last')} name="last" value={days.last} onChange={(last) => setDays({ ...days, last })} error={window ? undefined : t('publication.days_reversed')} />
        </div>
      )}
      {coming && (
        <>
          <p role="status">
            {t('publication.coming', { assignments: coming.assignments, missions: coming.missions })} {coming.people.length === 0 ? t('publication.nobody') : t('publication.concerned', { count: coming.people.length })}{' '}
            {coming.unchanged > 0 && t('publication.unchanged', { count: coming.unchanged })}
          </p>
          {coming.people.length > 0 && (
            <div className={styles['preview']} tabIndex={0} role="group" aria-label={t('publication.preview')}>
              {coming.people.map((person) => (
                <div key={person.collaborator_id} className={styles['person']}>
                  <strong className={styles['name']}>{person.name}</strong>
                  <ChangeList changes={person.changes} words={words} />
                </div>
              ))}
            </div>
          )}
        </>
      )}
    </Dialog>
  )
}

/** A project that ends at midnight ends the day before. */
const lastMoment = (end: Instant): Instant => fromMs(toMs(end) - 1)

/** Whole days of the project's zone; null: not two days in their order. */
function windowOf({ first, last }: { first: string; last: string }, zone: string): { start_at: Instant; end_at: Instant } | null {
  if (!isLocalDate(first) || !isLocalDate(last) || last < first) return null
  return { start_at: fromLocal(first, '00:00', zone), end_at: fromLocal(addDays(last, 1), '00:00', zone) }
}
