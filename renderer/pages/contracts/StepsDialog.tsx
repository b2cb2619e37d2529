import { useState } from 'react'
import { activateContract, approveContract, sendContract, submitContract } from '../../../shared/domain/contracts/operations.ts'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { LeftOutLines, PeopleLines } from '../engagement/PeopleLines.tsx'
import { mayStep } from './contract-line.ts'
import type { ContractLine, ManyStep } from './contract-line.ts'
import { stateWords } from './ContractState.tsx'
import { useDaysWords } from './days-words.ts'
import { useEach } from './use-each.ts'

const operations = { submit: submitContract, approve: approveContract, send: sendContract, activate: activateContract } as const

/** One step of the ladder for several contracts; who is left out, and why, is said before and after. */
export function StepsDialog({ step, rows, onClose, onDone }: { step: ManyStep; rows: readonly ContractLine[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const days = useDaysWords()
  const each = useEach()
  const [stepped, setStepped] = useState<ReadonlySet<string>>(new Set())
  const left = rows.filter((row) => mayStep(row, step) && row.version_id !== null && !stepped.has(row.id))
  const refused = new Map(each.refused.map(({ id, why }) => [id, why]))
  const out = rows.flatMap((row) => {
    if (stepped.has(row.id)) return []
    const why = refused.get(row.id) ?? (mayStep(row, step) ? null : stateWords(t, row.state))
    return why === null ? [] : [{ id: row.id, name: row.name ?? row.reference ?? '—', about: why }]
  })
  const submit = async (): Promise<void> => {
    if (each.pending || left.length === 0) return
    const done = await each.run(operations[step], left, (row) => ({ id: row.version_id ?? '' }))
    if (done.length > 0) announce(t(`contracts.stepped.${step}`, { count: done.length }))
    if (done.length === left.length) onDone()
    else setStepped(new Set([...stepped, ...done.map(({ row }) => row.id)]))
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t(`contracts.step_title.${step}`, { count: left.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t(`contracts.step.${step}`)} disabled={each.pending || left.length === 0} />
        </>
      }
    >
      <div className={formStack}>
        <p className={mutedText}>{t(`contracts.step_about.${step}`)}</p>
        <PeopleLines label={t(`contracts.step_title.${step}`, { count: left.length })} lines={left.filter(({ id }) => !refused.has(id)).map((row) => ({ id: row.id, name: row.name ?? '—', about: [row.reference, days(row)].filter(Boolean).join(' · ') }))} />
        <LeftOutLines lines={out} />
      </div>
    </Dialog>
  )
}
