import { ChevronLeft, Copy, PhoneCall, SquareCheckBig } from 'lucide-react'
import { useState } from 'react'
import { acknowledgePlan, getPlan, markTold, planChanges } from '../../../../shared/domain/publication/operations.ts'
import type { PlanNotice, PublicationHeader, SaidChange } from '../../../../shared/domain/publication/operations.ts'
import { isInstant } from '../../../../shared/kernel/instants.ts'
import { useProject } from '../../../app/context.tsx'
import { useAnswer, useCommand } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { Select } from '../../../components/Field.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { announce } from '../../../components/LiveRegion.tsx'
import { Facts, PanelSection, SidePanel } from '../../../components/SidePanel.tsx'
import { EmptyState, ErrorState, LoadingSkeleton } from '../../../components/States.tsx'
import { useT } from '../../../i18n/index.ts'
import { ChangeList } from './ChangeList.tsx'
import { messageOf } from './change-words.ts'
import { windowWords } from './plan-window.ts'
import styles from './Publication.module.css'
import { useDocumentWording, useWording } from './use-wording.ts'

interface PlanPanelProps {
  id: string
  project: string
  others: readonly PublicationHeader[]
  onBack: () => void
  onClose: () => void
}

/** One published plan: what it changed for whom, who was told, and what is otherwise than in another. */
export function PlanPanel({ id, project, others, onBack, onClose }: PlanPanelProps) {
  const words = useWording()
  const { t, format } = words
  const asked = useAnswer(getPlan, { id }, { keep: false })
  const said = useAnswer(planChanges, { project_id: project, publication_id: id })
  const tell = useCommand(markTold)
  const acknowledge = useCommand(acknowledgePlan)
  const read = (): void => void acknowledge.run({ publication_id: id }).then((done) => done && announce(t('publication.read_said')))
  const plan = asked.answer?.value
  const changesOf = new Map(said.answer?.value.people.map((person) => [person.collaborator_id, person.changes]))
  const mayTell = asked.answer?.can.has('plan.mark_told') ?? false
  const untold = plan?.notices.filter(({ told_at }) => told_at === null) ?? []
  const mark = (people: readonly PlanNotice[]): void =>
    void tell.run({ publication_id: id, collaborator_ids: people.map((one) => one.collaborator_id), how: 'hand' }).then((done) => {
      if (done) announce(t('publication.marked', { count: people.length }))
    })
  return (
    <SidePanel
      title={plan ? t('publication.version', { number: plan.number, window: windowWords(format, plan) }) : t('publication.plans')}
      record={`plan:${id}`}
      onClose={onClose}
      footer={<Button icon={ChevronLeft} label={t('publication.back')} onClick={onBack} />}
    >
      {asked.failure && <ErrorState failure={asked.failure} onRetry={asked.retry} />}
      {asked.loading && <LoadingSkeleton rows={5} />}
      {plan && (
        <>
          <Facts
            facts={[
              [t('publication.fact.published'), isInstant(plan.published_at) ? t('publication.by', { when: format.moment(plan.published_at), name: plan.published_by_name ?? '—' }) : null],
              [t('publication.fact.content'), t('publication.coming', { assignments: plan.snapshot.lines.length, missions: plan.snapshot.missions.length })],
              [t('publication.note'), plan.note],
              [t('publication.fact.hash'), plan.content_hash],
            ]}
          />
          <PanelSection title={t('publication.people', { told: plan.told, count: plan.concerned })}>
            <FormErrorSummary failure={tell.failure ?? acknowledge.failure} />
            {plan.notices.length === 0 && <EmptyState text={t('publication.nobody')} />}
            {mayTell && untold.length > 1 && <Button small icon={PhoneCall} label={t('publication.all_told', { count: untold.length })} disabled={tell.pending} onClick={() => mark(untold)} />}
            <div className={styles['people']}>
              {plan.notices.map((notice) => (
                <Person key={notice.id} notice={notice} number={plan.number} project={project} changes={changesOf.get(notice.collaborator_id) ?? []} onTold={mayTell ? () => mark([notice]) : null} onRead={notice.mine && notice.acknowledged_at === null ? read : null} pending={tell.pending || acknowledge.pending} />
              ))}
            </div>
          </PanelSection>
          {others.length > 0 && <Compare project={project} id={id} others={others} />}
        </>
      )}
    </SidePanel>
  )
}

interface PersonProps {
  notice: PlanNotice
  number: number
  project: string
  changes: readonly SaidChange[]
  /** null: not theirs to say. */
  onTold: (() => void) | null
  /** null: not theirs to say, or said. */
  onRead: (() => void) | null
  pending: boolean
}

function Person({ notice, number, project, changes, onTold, onRead, pending }: PersonProps) {
  const words = useWording()
  const { t, format } = words
  const { name: called } = useProject()
  const letter = useDocumentWording(project)
  return (
    <div className={styles['person']}>
      <div className={styles['head']}>
        <strong className={styles['name']}>{notice.name}</strong>
        {notice.told_at !== null && isInstant(notice.told_at) ? (
          <span className={styles['told']}>{t('publication.told_at', { how: notice.told_how ? t(`publication.how.${notice.told_how}`) : '', when: format.moment(notice.told_at) })}</span>
        ) : (
          onTold && <Button small icon={PhoneCall} label={t('publication.tell')} title={t('publication.tell_title', { name: notice.name })} disabled={pending} onClick={onTold} />
        )}
        {notice.acknowledged_at !== null && isInstant(notice.acknowledged_at) && <span className={styles['told']}>{t('publication.read_at', { when: format.moment(notice.acknowledged_at) })}</span>}
        {onRead && <Button small icon={SquareCheckBig} label={t('publication.read')} disabled={pending} onClick={onRead} />}
        <Button
          small
          kind="quiet"
          iconOnly
          icon={Copy}
          label={t('publication.copy', { name: notice.name })}
          onClick={() => void navigator.clipboard.writeText(messageOf(letter, { project: called, number, changes })).then(() => announce(t('publication.copied')))}
        />
      </div>
      <ChangeList changes={changes} words={words} />
    </div>
  )
}

/** What is otherwise than in another published plan, whoever was told. */
function Compare({ project, id, others }: { project: string; id: string; others: readonly PublicationHeader[] }) {
  const t = useT()
  const words = useWording()
  const [from, setFrom] = useState('')
  const asked = useAnswer(planChanges, from ? { project_id: project, publication_id: id, from_publication_id: from } : null)
  const people = from ? asked.answer?.value.people : undefined
  return (
    <PanelSection title={t('publication.compare')}>
      <Select
        label={t('publication.compare_with')}
        value={from}
        choices={[{ value: '', label: t('publication.compare_none') }, ...others.map((one) => ({ value: one.id, label: t('publication.version', { number: one.number, window: windowWords(words.format, one) }) }))]}
        onChange={setFrom}
      />
      {people?.length === 0 && <EmptyState text={t('publication.same')} />}
      <div className={styles['people']}>
        {people?.map((person) => (
          <div key={person.collaborator_id} className={styles['person']}>
            <strong className={styles['name']}>{person.name}</strong>
            <ChangeList changes={person.changes} words={words} />
          </div>
        ))}
      </div>
    </PanelSection>
  )
}
