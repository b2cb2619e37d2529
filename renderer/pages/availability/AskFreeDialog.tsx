import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { mostPeople, requestAvailability } from '../../../shared/domain/availability/operations.ts'
import { collaborators } from '../../../shared/domain/people/operations.ts'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { useCommand, useList } from '../../app/queries.ts'
import { PersonRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select, TextArea } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack, formTwo } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import styles from './Availability.module.css'

interface Window {
  readonly start_at: Instant
  readonly end_at: Instant
}
interface Draft {
  key: number
  start: Instant | null
  end: Instant | null
}

interface AskFreeDialogProps {
  /** Ids of the people asked. */
  people: readonly string[]
  /** Windows already known: of the chosen assignments, of the chosen days. */
  windows: readonly Window[]
  /** Zone on whose clocks the windows are shown and typed. */
  zone: string
  onClose: () => void
  /** The question was recorded. */
  onDone?: () => void
}

const NAMES_SHOWN = 12

/** "Are you free?" of one or more people. It says neither project nor mission: nothing of the page it is opened from is filled in but hours. */
export function AskFreeDialog({ people, windows, zone, onClose, onDone }: AskFreeDialogProps) {
  const t = useT()
  const ask = useCommand(requestAvailability)
  const [rows, setRows] = useState<readonly Draft[]>(() => (windows.length > 0 ? windows.map((one, key) => ({ key, start: one.start_at, end: one.end_at })) : [{ key: 0, start: null, end: null }]))
  const [deadline, setDeadline] = useState<Instant | null>(null)
  const [message, setMessage] = useState('')
  const [channel, setChannel] = useState<'hand' | 'in_app'>('hand')
  const names = useList(collaborators.list, { filter: { id: people.slice(0, NAMES_SHOWN) }, limit: 50 }, PersonRow).items
  const whole = rows.flatMap(({ start, end }) => (start !== null && end !== null && start < end ? [{ start_at: start, end_at: end }] : []))
  const tooMany = people.length > mostPeople
  const ready = whole.length === rows.length && rows.length > 0 && people.length > 0 && !tooMany && !ask.pending
  const change = (key: number, part: Partial<Draft>): void => setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const submit = async (): Promise<void> => {
    if (!ready) return
    const given = { ...(deadline ? { deadline_at: deadline } : {}), ...(message.trim() ? { message: message.trim() } : {}) }
    if (!(await ask.run({ collaborator_ids: [...people], windows: whole, zone, channel, ...given }))) return
    announce(t('availability.asked_done', { count: people.length }))
    onDone?.()
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('availability.ask_title', { count: people.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('availability.ask_save')} disabled={!ready} />
        </>
      }
    >
      <FormErrorSummary failure={ask.failure} />
      <div className={formStack}>
        <p>
          {names.map((row) => row.display_name).join(', ')}
          {people.length > NAMES_SHOWN && ` ${t('availability.together_more', { count: people.length - NAMES_SHOWN })}`}
        </p>
        {tooMany && <p className={styles['warn']}>{t('availability.too_many_people', { most: mostPeople })}</p>}
        <p className={mutedText}>{t('availability.ask_about')}</p>
        {rows.map((row, index) => (
          <div key={row.key} className={styles['window']}>
            <DateTimeField label={t('person.from')} name={`windows.${index}.start_at`} value={row.start} onChange={(start) => change(row.key, { start })} zone={zone} />
            <DateTimeField label={t('person.to')} name={`windows.${index}.end_at`} value={row.end} base={row.start} onChange={(end) => change(row.key, { end })} zone={zone} />
            {rows.length > 1 && <Button kind="quiet" iconOnly icon={Trash2} label={t('availability.window_remove', { number: index + 1 })} onClick={() => setRows(rows.filter(({ key }) => key !== row.key))} />}
          </div>
        ))}
        <div>
          <Button small icon={Plus} label={t('availability.window_add')} onClick={() => setRows([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, start: null, end: null }])} />
        </div>
        <div className={formTwo}>
          <DateTimeField label={t('availability.deadline')} optional name="deadline_at" value={deadline} onChange={setDeadline} zone={zone} />
          <Select
            label={t('availability.channel')}
            value={channel}
            onChange={(value) => setChannel(value === 'in_app' ? 'in_app' : 'hand')}
            choices={[{ value: 'hand', label: t('availability.channel_hand') }, { value: 'in_app', label: t('availability.channel_in_app') }]}
          />
        </div>
        <TextArea label={t('availability.message')} hint={t('availability.message_about')} optional rows={2} maxLength={500} value={message} onChange={setMessage} />
      </div>
    </Dialog>
  )
}
