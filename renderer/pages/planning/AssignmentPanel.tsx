import { useState } from 'react'
import { engagementKinds } from '../../../shared/domain/planning/model.ts'
import { getAssignment, updateAssignment } from '../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import type { ConflictRow } from '../../app/conflicts.ts'
import { useProject } from '../../app/context.tsx'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import type { AssignmentRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { textOf as plain, useDraft } from '../../components/draft.ts'
import { Select, TextArea } from '../../components/Field.tsx'
import { DraftLine } from '../../components/DraftLine.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { RecordHistory } from '../../components/RecordHistory.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import { EngagementSection } from '../engagement/EngagementSection.tsx'
import { LeaveDialog } from '../engagement/LeaveDialog.tsx'
import { EngagedRow } from '../engagement/rows.ts'
import { PendingPanel } from '../RecordPanel.tsx'
import { ConflictList } from './ConflictList.tsx'
import { withError } from './ProjectForm.tsx'

export function AssignmentPanel({ id, conflicts, onClose }: { id: string; conflicts: readonly ConflictRow[]; onClose: () => void }) {
  const asked = useAnswer(getAssignment, { id }, { keep: false })
  const row = asked.answer ? EngagedRow.safeParse(asked.answer.value) : null
  if (!asked.answer || !row?.success) return <PendingPanel asked={asked} record={id} onClose={onClose} />
  return <AssignmentDetail key={id} row={row.data} can={asked.answer.can} conflicts={conflicts} onClose={onClose} />
}

interface DetailProps {
  row: EngagedRow
  can: ReadonlySet<string>
  conflicts: readonly ConflictRow[]
  onClose: () => void
}

function AssignmentDetail({ row, can, conflicts, onClose }: DetailProps) {
  const t = useT()
  const format = useFormat()
  const textOf = useFailureText()
  const project = useProject()
  const catalogue = useCatalogue()
  const zone = row.mission_zone ?? project.zone
  const draft = useDraft<AssignmentRow>(row, row.id, 'assignment')
  const update = useCommand(updateAssignment)
  const [canceling, setCanceling] = useState(false)
  const mayUpdate = can.has('assignment.update')
  const name = row.collaborator_name ?? ''
  const error = (field: string): string | undefined => textOf.field(update.failure, field) ?? textOf.field(update.failure, `changes.${field}`)
  const save = async (): Promise<void> => {
    if (!draft.dirty) return
    const { start_at, end_at, call_at, crew_role_id, engagement_kind, notes } = draft.changes
    if (await update.run({ id: row.id, version: row.version, changes: given({ start_at, end_at, call_at, crew_role_id, engagement_kind, notes }) })) {
      draft.clear(draft.changes)
      announce(t('person.saved'))
    }
  }
  return (
    <SidePanel
      title={name}
      badge={<StateBadge family="engagement" state={row.state} reason={row.cancel_reason} />}
      record={row.id}
      history={() => <RecordHistory entity="assignment" id={row.id} />}
      onClose={onClose}
      onApply={() => void save()}
      footer={
        <>
          {mayUpdate && <Button kind="primary" label={t('action.save')} keys="Ctrl ⏎" disabled={!draft.dirty || update.pending} onClick={() => void save()} />}
          {draft.dirty && <Button label={t('action.cancel')} onClick={() => draft.clear()} />}
          {can.has('assignment.cancel') && <Button kind="quiet" label={t('assignment.cancel')} onClick={() => setCanceling(true)} />}
        </>
      }
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={update.failure} />
      <p>
        <strong>{[row.mission_day_code, row.mission_title].filter(Boolean).join(' · ')}</strong>
      </p>
      <EngagementSection row={row} can={can} zone={zone} />
      {mayUpdate ? (
        <div className={formStack}>
          <Combobox
            label={t('assignment.role')}
            name="crew_role_id"
            value={draft.get('crew_role_id')}
            onChange={(id) => draft.set('crew_role_id', id)}
            options={catalogue.crewRoles.map((role) => ({ id: role.id, label: catalogue.name(role) }))}
            {...withError(error('crew_role_id'))}
          />
          <DateTimeField label={t('assignment.start')} name="start_at" zone={zone} value={draft.get('start_at')} onChange={(at) => at && draft.set('start_at', at)} {...withError(error('start_at'))} />
          <DateTimeField label={t('assignment.end')} name="end_at" zone={zone} base={draft.get('start_at')} value={draft.get('end_at')} onChange={(at) => at && draft.set('end_at', at)} {...withError(error('end_at'))} />
          <DateTimeField label={t('assignment.call')} name="call_at" optional zone={zone} base={draft.get('start_at')} value={draft.get('call_at')} onChange={(at) => draft.set('call_at', at)} {...withError(error('call_at'))} />
          <Select
            label={t('assignment.engagement')}
            value={draft.get('engagement_kind')}
            onChange={(kind) => draft.set('engagement_kind', engagementKinds.find((known) => known === kind) ?? 'cddu_technician')}
            choices={engagementKinds.map((value) => ({ value, label: wordOf(t, 'assignment.engagement', value) }))}
          />
          <TextArea label={t('assignment.notes')} name="notes" value={plain(draft.get('notes'))} onChange={(text) => draft.set('notes', text === '' ? null : text)} error={error('notes')} />
        </div>
      ) : (
        <Facts
          facts={[
            [t('assignment.role'), row.crew_role_name],
            [t('assignment.start'), `${format.dayOf(row.start_at, zone)} ${format.timeOf(row.start_at, zone)}`],
            [t('assignment.end'), `${format.dayOf(row.end_at, zone)} ${format.timeOf(row.end_at, zone)}`],
            [t('assignment.notes'), row.notes],
            [t('audit.reason'), row.cancel_reason && wordOf(t, 'engagement.cancel_reason', row.cancel_reason)],
          ]}
        />
      )}
      <PanelSection title={t('assignment.conflicts')}>
        <ConflictList conflicts={conflicts} zone={zone} />
      </PanelSection>
      {canceling && <LeaveDialog row={row} name={name} onClose={() => setCanceling(false)} onDone={onClose} />}
    </SidePanel>
  )
}
