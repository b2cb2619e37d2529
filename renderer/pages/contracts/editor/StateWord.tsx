import { Archive, Check, CheckCheck, CircleDashed, CirclePause, Eye, LockKeyhole, PenLine, Send, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ContractVersionState } from '../../../../shared/domain/contracts/kinds.ts'
import { useT } from '../../../i18n/index.ts'
import badges from '../../../components/Badges.module.css'

/** Fill, edge and glyph together, so that none needs its colour. */
const forms: Readonly<Record<ContractVersionState, { style: string; icon: LucideIcon }>> = {
  draft_preview: { style: 'need', icon: CircleDashed }, amendment_draft: { style: 'need', icon: CircleDashed }, under_review: { style: 'proposed', icon: Eye }, amendment_under_review: { style: 'proposed', icon: PenLine },
  approved: { style: 'accepted', icon: Check }, sent: { style: 'info', icon: Send }, signed: { style: 'confirmed', icon: LockKeyhole }, amendment_signed: { style: 'confirmed', icon: LockKeyhole },
  active: { style: 'success', icon: CheckCheck }, suspended: { style: 'proposed', icon: CirclePause }, completed: { style: 'done', icon: CheckCheck }, archived: { style: 'neutral', icon: Archive },
  rejected: { style: 'declined', icon: X }, terminated: { style: 'canceled', icon: X },
}

export function StateWord({ state }: { state: ContractVersionState }) {
  const t = useT()
  const { style, icon: Icon } = forms[state]
  return (
    <span className={`${badges['state']} ${badges[style] ?? ''}`} data-state={state}>
      <Icon size={12} strokeWidth={2.25} aria-hidden />
      <span className={badges['word']}>{t(`contract_editor.state.${state}`)}</span>
    </span>
  )
}
