import { useState } from 'react'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { previewAvailability } from '../../../shared/domain/people/calendar-operations.ts'
import { setAvailability } from '../../../shared/domain/people/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useProjects } from '../../app/projects.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { plainList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { withError } from '../planning/ProjectForm.tsx'
import styles from './Calendar.module.css'

type Kind = 'available' | 'unavailable'

/** A new block: what it replaces, shortens or splits is said before it is saved (decision A30). */
export function BlockForm({ person, zone, first, onDone }: { person: string; zone: string; first: { start_at: Instant; end_at: Instant }; onDone: () => void }) {
  const t = useT()
  const format = useFormat()
  const textOf = useFailureText()
  const projects = useProjects()
  const save = useCommand(setAvailability)
  const [kind, setKind] = useState<Kind>('unavailable')
  const [start, setStart] = useState<Instant | null>(first.start_at)
  const [end, setEnd] = useState<Instant | null>(first.end_at)
  const [project, setProject] = useState('')
  const [reason, setReason] = useState('')
  const whole = start !== null && end !== null && start < end
  const scope = project === '' ? null : project
  const seen = useAnswer(previewAvailability, whole ? { collaborator_id: person, kind, start_at: start, end_at: end, project_id: scope } : null, { keep: false }).answer?.value
  const moment = (at: string, of: string): string => (isInstant(at) ? `${format.dayOf(at, of)} ${format.timeOf(at, of)}` : '')
  const submit = async (): Promise<void> => {
    if (!whole || !seen) return
    const done = await save.run({ collaborator_id: person, kind, start_at: start, end_at: end, zone, project_id: scope, replace: seen.blocks.length > 0, ...(reason.trim() ? { reason: reason.trim() } : {}) })
    if (!done) return
    announce(t('person.saved'))
    onDone()
  }
  return (
    <form
      className={`${formStack} ${styles['form']}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormErrorSummary failure={save.failure} />
      <Select label={t('person.kind')} autoFocus value={kind} onChange={(value) => setKind(value === 'available' ? 'available' : 'unavailable')} choices={[{ value: 'unavailable', label: t('person.unavailable') }, { value: 'available', label: t('person.available') }]} />
      <DateTimeField label={t('person.from')} name="start_at" value={start} onChange={setStart} zone={zone} {...withError(textOf.field(save.failure, 'start_at'))} />
      <DateTimeField label={t('person.to')} name="end_at" base={start} value={end} onChange={setEnd} zone={zone} {...withError(textOf.field(save.failure, 'end_at'))} />
      <Select label={t('person.scope')} value={project} onChange={setProject} choices={[{ value: '', label: t('person.scope_all') }, ...projects.map((row) => ({ value: row.id, label: row.name }))]} />
      <TextField label={t('person.availability_reason')} optional value={reason} onChange={setReason} />
      {seen && (seen.blocks.length > 0 || seen.work.length > 0) && (
        <div className={styles['preview']} role="status">
          {seen.blocks.length > 0 && (
            <>
              <strong>{t('person.preview_blocks')}</strong>
              <ul className={plainList}>
                {seen.blocks.map((block) => (
                  <li key={block.id}>
                    {t(block.kind === 'available' ? 'person.available' : 'person.unavailable')} {moment(block.start_at, block.zone)} → {moment(block.end_at, block.zone)} ·{' '}
                    {t(`person.becomes.${block.becomes}`)} {block.parts.map((part) => `${moment(part.start_at, block.zone)} → ${moment(part.end_at, block.zone)}`).join(', ')}
                  </li>
                ))}
              </ul>
            </>
          )}
          {seen.work.length > 0 && (
            <>
              <strong>{t('person.preview_work', { count: seen.work.length })}</strong>
              <ul className={plainList}>
                {seen.work.slice(0, 5).map((row) => (
                  <li key={`${row.start_at}${row.title ?? ''}`}>
                    {row.title === null ? t('person.busy') : [row.day_code, row.title].filter(Boolean).join(' · ')} {moment(row.start_at, row.zone)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      <div className={styles['buttons']}>
        <Button type="submit" kind="primary" label={t(seen && seen.blocks.length > 0 ? 'person.block_replace' : 'person.block_save')} disabled={!whole || !seen || save.pending} />
        <Button label={t('action.cancel')} onClick={onDone} />
      </div>
    </form>
  )
}
