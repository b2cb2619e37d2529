import { useEffect, useRef } from 'react'
import { TextField } from '../../../components/Field.tsx'
import { useT } from '../../../i18n/index.ts'
import styles from './ProposalBar.module.css'

/** Why what is severe is done all the same: kept with each conflict. Enter in it applies, Escape gives the whole up. */
export function ReasonField({ value, onChange, onApply, onCancel, pending }: { value: string; onChange: (text: string) => void; onApply: () => void; onCancel: () => void; pending: boolean }) {
  const t = useT()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <div
      className={styles['reason']}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.preventDefault()
        if (event.key === 'Escape') onCancel()
        else if (!pending && value.trim() !== '') onApply()
      }}
    >
      <TextField ref={field} label={t('proposal.reason')} hint={t('proposal.reason_hint')} name="proposal.reason" maxLength={500} value={value} onChange={onChange} />
    </div>
  )
}
