import type { CallFailure } from '../../../app/client.ts'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { isKey, useT } from '../../../i18n/index.ts'
import type { BoardMove } from './use-board-move.ts'
import type { LaneWords } from './use-lane-words.ts'

interface MoveDialogProps {
  asking: NonNullable<BoardMove['asking']>
  words: LaneWords
  pending: boolean
  failure: CallFailure | null
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** The form of a step that takes something away or asks why: the same as in the panel. */
export function MoveDialog({ asking: { card, lane, form }, words, pending, failure, onConfirm, onClose }: MoveDialogProps) {
  const t = useT()
  const canceling = lane === 'canceled'
  const step = `mission.move.${lane}`
  const action = card.bar ? t('assignment.cancel') : isKey(step) ? t(step) : words.name(lane)
  const title = card.bar ? t('assignment.cancel_title', { name: card.name }) : canceling ? t('mission.cancel_title', { title: card.name }) : t('mission.reason_title', { action })
  return (
    <ConfirmDialog
      danger={canceling}
      title={title}
      {...(canceling && !card.bar ? { about: t('mission.cancel_about') } : {})}
      action={action}
      reason={form === 'required' ? 'required' : 'optional'}
      pending={pending}
      failure={failure}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
