import { useId } from 'react'
import type { ReactNode } from 'react'
import { Button } from '../../../../components/Button.tsx'
import { Dialog } from '../../../../components/Dialog.tsx'
import { announce } from '../../../../components/LiveRegion.tsx'
import { LoadingSkeleton } from '../../../../components/States.tsx'
import { useFormat } from '../../../../i18n/format.ts'
import { useT } from '../../../../i18n/index.ts'
import type { Plan } from '../../plan.ts'
import { Findings, Refused } from '../Findings.tsx'
import type { ProposedCommand } from '../proposal.ts'
import { ReasonField } from '../ReasonField.tsx'
import { useGesture } from '../use-gesture.ts'
import { WhoMay } from '../WhoMay.tsx'
import styles from './Bulk.module.css'

interface GestureDialogProps {
  readonly title: string
  /** On the button; `…` is added where a reason is asked first. */
  readonly action: string
  readonly danger?: boolean
  /** Said once it is done. */
  readonly done: string
  readonly plan: Plan
  /** Empty: nothing is chosen yet. Made once for what they are made of. */
  readonly commands: readonly ProposedCommand[]
  readonly onClose: () => void
  readonly onDone: () => void
  /** What is chosen. */
  readonly children: ReactNode
  /** What it comes to, row by row. */
  readonly preview?: ReactNode
}

/** Something done to many rows at once: what it breaks is shown before it is applied, as one gesture and one undo. */
export function GestureDialog({ title, action, danger, done, plan, commands, onClose, onDone, children, preview }: GestureDialogProps) {
  const t = useT()
  const format = useFormat()
  const why = useId()
  const gesture = useGesture(commands, {
    over: plan,
    onApplied: () => {
      announce(done)
      onDone()
    },
  })
  const { rehearsed, current, pending, failure, progress, asksReason } = gesture
  const refused = asksReason ? null : (rehearsed?.refusal ?? null)
  const forbidden = rehearsed?.reason === 'forbidden'
  const nothing = commands.length === 0
  const nameOf = (id: string): string | undefined => {
    const bar = plan.barOf.get(id)
    return bar && `${bar.person.name} · ${bar.mission.title}`
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      onSubmit={gesture.apply}
      actions={
        <>
          {progress !== null && <progress className={styles['progress']} value={progress} aria-label={title} />}
          <Button label={t('action.back')} onClick={onClose} disabled={pending} />
          <Button type="submit" kind={danger ? 'danger' : 'primary'} label={asksReason && gesture.reason === null ? t('proposal.apply_anyway') : action} disabled={nothing || pending || refused !== null || forbidden} aria-describedby={refused || forbidden ? why : undefined} />
        </>
      }
    >
      {children}
      <div className={styles['found']} aria-live="polite" aria-busy={!nothing && !current} data-stale={!nothing && !current}>
        {nothing ? <p className={styles['muted']}>{t('proposal.bulk_nothing')}</p> : !rehearsed && !failure ? <LoadingSkeleton rows={2} /> : null}
        {!nothing && rehearsed && !refused && (
          <p className={styles['line']}>
            <span>{t('proposal.bulk_rows', { count: rehearsed.changed, shown: format.number(rehearsed.changed) })}</span>
            <Findings rehearsed={rehearsed} stale={!current} />
            {rehearsed.broken.length === 0 && rehearsed.refusal === null && <span className={styles['muted']}>{t('proposal.bulk_clear')}</span>}
          </p>
        )}
        <div id={why}>
          {!nothing && refused && <Refused refusal={refused} nameOf={nameOf} />}
          {!nothing && !refused && forbidden && <WhoMay />}
        </div>
        {failure && <Refused refusal={failure} nameOf={nameOf} />}
      </div>
      {gesture.reason !== null && <ReasonField value={gesture.reason} onChange={gesture.onReason} onApply={gesture.apply} onCancel={onClose} pending={pending} />}
      {!nothing && preview}
    </Dialog>
  )
}
