import { CircleDashed } from 'lucide-react'
import { contractVersionStates } from '../../../shared/domain/contracts/kinds.ts'
import badges from '../../components/Badges.module.css'
import { useT } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { StateWord } from './editor/StateWord.tsx'

/** The state of a version, or that there is no contract yet. */
export const stateWords = (t: Translate, state: string): string => {
  const known = contractVersionStates.find((one) => one === state)
  return known ? t(`contract_editor.state.${known}`) : t('contracts.phase.to_prepare')
}

export function ContractState({ state }: { state: string }) {
  const t = useT()
  const known = contractVersionStates.find((one) => one === state)
  if (known) return <StateWord state={known} />
  return (
    <span className={`${badges['state']} ${badges['need']}`}>
      <CircleDashed size={12} strokeWidth={2.25} aria-hidden />
      <span className={badges['word']}>{t('contracts.phase.to_prepare')}</span>
    </span>
  )
}
