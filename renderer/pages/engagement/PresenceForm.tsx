import { recordPresence } from '../../../shared/domain/engagement/operations.ts'
import { presences } from '../../../shared/domain/planning/model.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useT } from '../../i18n/index.ts'
import { given } from '../changes.ts'
import styles from './Engagement.module.css'
import type { EngagedRow } from './rows.ts'

const none = 'none'

/** Whether one person came, from when to when: what the attendance page enters for everybody. */
export function PresenceForm({ row, zone }: { row: EngagedRow; zone: string }) {
  const t = useT()
  const textOfFailure = useFailureText()
  const { presence, presence_note, actual_start_at, actual_end_at } = row
  const draft = useDraft({ presence, presence_note, actual_start_at, actual_end_at }, row.id, 'presence')
  const save = useCommand(recordPresence)
  const submit = async (): Promise<void> => {
    if (!draft.dirty || save.pending) return
    const sent = draft.changes
    if (!(await save.run({ changes: [{ id: row.id, version: row.version, ...given(sent) }] }))) return
    draft.clear(sent)
    announce(t('person.saved'))
  }
  const error = (field: string): string | undefined => textOfFailure.field(save.failure, field) ?? textOfFailure.field(save.failure, `changes.0.${field}`)
  return (
    <form
      className={formStack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={save.failure} />
      <div className={styles['choice']}>
        <Segmented
          label={t('engagement.attendance_of', { name: row.collaborator_name ?? '' })}
          value={draft.get('presence') ?? none}
          onChange={(value) => draft.set('presence', presences.find((one) => one === value) ?? null)}
          choices={presences.map((value) => ({ value, label: t(`engagement.presence.${value}`) }))}
        />
      </div>
      <DateTimeField label={t('engagement.actual_start')} name="actual_start_at" optional zone={zone} base={row.call_at ?? row.start_at} reference={row.start_at.slice(0, 10)} value={draft.get('actual_start_at')} onChange={(at) => draft.set('actual_start_at', at)} {...errorOf(error('actual_start_at'))} />
      <DateTimeField label={t('engagement.actual_end')} name="actual_end_at" optional zone={zone} base={draft.get('actual_start_at') ?? row.start_at} reference={row.start_at.slice(0, 10)} value={draft.get('actual_end_at')} onChange={(at) => draft.set('actual_end_at', at)} {...errorOf(error('actual_end_at'))} />
      <TextField label={t('engagement.presence_note')} name="presence_note" optional maxLength={500} value={textOf(draft.get('presence_note'))} onChange={(text) => draft.set('presence_note', text === '' ? null : text)} error={error('presence_note')} />
      <div className={styles['actions']}>
        <Button type="submit" small label={t('engagement.presence_save')} disabled={!draft.dirty || save.pending} />
        {draft.dirty && <Button small kind="quiet" label={t('action.cancel')} onClick={() => draft.clear()} />}
      </div>
    </form>
  )
}

const errorOf = (error: string | undefined): { error?: string } => (error ? { error } : {})
