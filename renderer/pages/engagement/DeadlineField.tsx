import { useId, useState } from 'react'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useT } from '../../i18n/index.ts'
import { deadlineChoices, deadlineIn } from './deadline.ts'
import type { DeadlineChoice } from './deadline.ts'
import styles from './Engagement.module.css'
import { momentWords, useSaying } from './words.ts'

interface DeadlineFieldProps {
  zone: string
  /** The chosen moment; null: a date that is not written yet. */
  value: Instant | null
  onChange: (deadline: Instant | null) => void
  error?: string | undefined
}

/** How long a deadline has while its dialog is open: counted from when it was chosen, so that what is read is what is sent. */
export function useDeadline(): [Instant | null, (deadline: Instant | null) => void] {
  return useState<Instant | null>(() => deadlineIn(48, Date.now()))
}

/** Until when they may answer: one of the presets, or a day and a time. */
export function DeadlineField({ zone, value, onChange, error }: DeadlineFieldProps) {
  const t = useT()
  const saying = useSaying(zone)
  const id = useId()
  const [choice, setChoice] = useState<DeadlineChoice>('48')
  const choose = (next: DeadlineChoice): void => {
    setChoice(next)
    if (next !== 'date') onChange(deadlineIn(Number(next), Date.now()))
  }
  return (
    <div className={styles['choice']} role="group" aria-labelledby={id}>
      <span id={id}>{t('engagement.deadline')}</span>
      <Segmented label={t('engagement.deadline')} value={choice} onChange={choose} choices={deadlineChoices.map((one) => ({ value: one, label: t(`engagement.deadline.${one}`) }))} />
      {choice === 'date' ? (
        <DateTimeField label={t('engagement.deadline_at')} name="deadline_at" zone={zone} value={value} onChange={onChange} {...(error ? { error } : {})} />
      ) : (
        value && <span className={styles['left']}>{t('engagement.deadline_for', { when: momentWords(saying, value) })}</span>
      )}
    </div>
  )
}
