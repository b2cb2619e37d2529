import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import { z } from 'zod'
import { getMission, lockMission, removeMission, unlockMission, updateMission } from '../../../shared/domain/planning/operations.ts'
import { prepareSheet } from '../../../shared/domain/runsheets/operations.ts'
import { missionTemplates } from '../../../shared/domain/templates/operations.ts'
import { paths, useGo } from '../../app/routes.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { MissionRow, NeedRow, NextState } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { announce } from '../../components/LiveRegion.tsx'
import { Menu } from '../../components/Menu.tsx'
import { tagLine } from '../../components/RowList.tsx'
import { RecordHistory } from '../../components/RecordHistory.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { ReadOnlyStrip } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { WithoutContract } from '../contracts/WithoutContract.tsx'
import { EngagementTimeline } from '../engagement/EngagementTimeline.tsx'
import { MissingAnswers } from '../engagement/MissingAnswers.tsx'
import { KeepTemplate } from '../missions/series/KeepTemplate.tsx'
import { MissionRepeat } from '../missions/series/MissionRepeat.tsx'
import { PendingPanel } from '../RecordPanel.tsx'
import { MissionFields } from './MissionFields.tsx'
import { MissionSteps } from './MissionSteps.tsx'
import { NeedsSection } from './NeedsSection.tsx'

const MissionRecord = MissionRow.extend({ needs: z.array(NeedRow), next_states: z.array(NextState), location: z.object({ name: z.string() }).nullish(), lead: z.object({ id: z.string(), display_name: z.string() }).nullish() })
type MissionRecord = z.infer<typeof MissionRecord>

interface MissionPanelProps {
  id: string
  onClose: () => void
  onAssign: () => void
  /** Null: the person may not make missions here. */
  onDuplicate: (() => void) | null
  onRemoved: (mission: { id: string; title: string }) => void
}

export function MissionPanel(props: MissionPanelProps) {
  const { id, onClose } = props
  const asked = useAnswer(getMission, { id }, { keep: false })
  const mission = asked.answer ? MissionRecord.safeParse(asked.answer.value) : null
  if (!asked.answer || !mission?.success) return <PendingPanel asked={asked} record={id} onClose={onClose} />
  return <MissionDetail key={id} {...props} mission={mission.data} can={asked.answer.can} />
}

function MissionDetail({ mission, can, onClose, onAssign, onDuplicate, onRemoved }: MissionPanelProps & { mission: MissionRecord; can: ReadonlySet<string> }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const draft = useDraft<MissionRow>(mission, mission.id, 'mission')
  const update = useCommand(updateMission)
  const lock = useCommand(lockMission)
  const unlock = useCommand(unlockMission)
  const prepare = useCommand(prepareSheet)
  const openSheet = async (): Promise<void> => {
    const made = await prepare.run({ mission_id: mission.id })
    if (made) go(paths.sheet(project.org, project.id, made.value.id))
  }
  const mayUpdate = can.has('mission.update')
  const save = async (): Promise<void> => {
    if (!draft.dirty) return
    const { title, day_code, kind, objective, description, location_id, lead_collaborator_id, start_at, end_at, zone, tags } = draft.changes
    const changes = { title, day_code, kind, objective, description, location_id, lead_collaborator_id, start_at, end_at, zone, tags }
    if (await update.run({ id: mission.id, version: mission.version, changes: given(changes) })) {
      draft.clear(draft.changes)
      announce(t('person.saved'))
    }
  }
  const [dialog, setDialog] = useState<'repeat' | 'keep' | null>(null)
  // Templates are the house’s: who may make one is told by their list.
  const mayKeep = useAnswer(missionTemplates.list, { limit: 1 }).answer?.can.has(missionTemplates.create.name) === true
  const more = [
    ...(onDuplicate ? [{ key: 'duplicate', label: t('missions.duplicate'), onChoose: onDuplicate }] : []),
    ...(can.has('mission.repeat') ? [{ key: 'repeat', label: t('series.repeat'), onChoose: () => setDialog('repeat') }] : []),
    ...(mayKeep ? [{ key: 'keep', label: t('series.keep'), onChoose: () => setDialog('keep') }] : []),
    ...(can.has('mission.lock') ? [{ key: 'lock', label: t('mission.lock'), onChoose: () => void lock.run({ id: mission.id }) }] : []),
  ]
  return (
    <SidePanel
      title={mission.title}
      badge={<StateBadge family="mission" state={mission.status} />}
      record={mission.id}
      history={() => <RecordHistory entity="mission" id={mission.id} />}
      onClose={onClose}
      onApply={() => void save()}
      footer={
        <>
          {mayUpdate && <Button kind="primary" label={t('action.save')} keys="Ctrl ⏎" disabled={!draft.dirty || update.pending} onClick={() => void save()} />}
          {draft.dirty && <Button label={t('action.cancel')} onClick={() => draft.clear()} />}
          {can.has('sheet.prepare') && <Button label={t('mission.sheet')} disabled={prepare.pending} onClick={() => void openSheet()} />}
          <Button label={t('mission.open')} keys="O" onClick={() => go(paths.mission(project.org, project.id, mission.id))} />
          {can.has('assignment.create') && <Button label={t('planning.assign')} keys="A" onClick={onAssign} />}
          {more.length > 0 && <Menu align="end" trigger={<Button kind="quiet" iconOnly icon={MoreHorizontal} label={t('mission.more')} />} groups={[{ key: 'mission', choices: more }]} />}
        </>
      }
    >
      {mission.locked && (
        <ReadOnlyStrip text={t('mission.locked_strip', { reason: mission.lock_reason ?? '' })}>
          {can.has('mission.unlock') && <Button small label={t('mission.unlock')} onClick={() => void unlock.run({ id: mission.id })} />}
        </ReadOnlyStrip>
      )}
      <WithoutContract mission={mission.id} />
      <DraftLine draft={draft} />
      <FormErrorSummary failure={update.failure ?? lock.failure ?? unlock.failure ?? prepare.failure} />
      {mission.next_states.length > 0 && (
        <div className={tagLine}>
          <MissionSteps mission={mission} steps={mission.next_states} />
        </div>
      )}
      {mayUpdate ? <MissionFields draft={draft} lead={mission.lead ?? null} failure={update.failure} /> : <MissionFacts mission={mission} />}
      <PanelSection title={t('mission.needs')}>
        <NeedsSection mission={mission.id} needs={mission.needs} mayWrite={mayUpdate} />
      </PanelSection>
      <PanelSection title={t('engagement.missing')}>
        <MissingAnswers mission={mission.id} zone={mission.zone} />
      </PanelSection>
      <PanelSection title={t('engagement.timeline')} lazy>
        <EngagementTimeline about={{ mission_id: mission.id }} zone={mission.zone} title={mission.title} />
      </PanelSection>
      {dialog === 'repeat' && <MissionRepeat mission={mission} onClose={() => setDialog(null)} />}
      {dialog === 'keep' && <KeepTemplate mission={mission} onClose={() => setDialog(null)} />}
      {can.has('mission.remove') && <RemoveMission mission={mission} onRemoved={() => onRemoved({ id: mission.id, title: mission.title })} />}
    </SidePanel>
  )
}

function RemoveMission({ mission, onRemoved }: { mission: MissionRecord; onRemoved: () => void }) {
  const t = useT()
  const remove = useCommand(removeMission)
  const [asking, setAsking] = useState(false)
  return (
    <div>
      <Button kind="quiet" small label={t('mission.removed')} onClick={() => setAsking(true)} />
      {asking && (
        <ConfirmDialog
          danger
          title={`${t('mission.removed')} · ${mission.title}`}
          action={t('action.remove')}
          pending={remove.pending}
          failure={remove.failure}
          onClose={() => setAsking(false)}
          onConfirm={() => void remove.run({ id: mission.id }).then((done) => done && onRemoved())}
        />
      )}
    </div>
  )
}

function MissionFacts({ mission }: { mission: MissionRecord }) {
  const t = useT()
  const format = useFormat()
  const moment = (instant: MissionRow['start_at']): string => `${format.dayOf(instant, mission.zone)} ${format.timeOf(instant, mission.zone)} ${format.offset(instant, mission.zone)}`
  return (
    <Facts
      facts={[
        [t('mission.day_code'), mission.day_code],
        [t('mission.kind'), wordOf(t, 'mission.kind', mission.kind)],
        [t('mission.start'), moment(mission.start_at)],
        [t('mission.end'), moment(mission.end_at)],
        [t('mission.location'), mission.location?.name],
        [t('mission.lead'), mission.lead?.display_name],
        [t('mission.objective'), mission.objective],
        [t('mission.description'), mission.description],
        [t('mission.tags'), mission.tags.join(', ')],
      ]}
    />
  )
}
