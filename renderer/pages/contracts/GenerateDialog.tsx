import { useState } from 'react'
import { generateContract } from '../../../shared/domain/contracts/operations.ts'
import { paths, useGo } from '../../app/routes.ts'
import { useProject } from '../../app/context.tsx'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { LeftOutLines, PeopleLines } from '../engagement/PeopleLines.tsx'
import { ContractChoices, choiceInput, nothingChosen } from './ContractChoices.tsx'
import type { ContractLine } from './contract-line.ts'
import { useDaysWords } from './days-words.ts'
import { useEach } from './use-each.ts'

/** Prepares a contract for each person and kind that has none: what is accepted, and nothing else, stands in it. */
export function GenerateDialog({ rows, onClose, onDone }: { rows: readonly ContractLine[]; onClose: () => void; onDone: () => void }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const days = useDaysWords()
  const each = useEach()
  const [chosen, setChosen] = useState(nothingChosen)
  const [made, setMade] = useState<ReadonlySet<string>>(new Set())
  const kinds = new Set(rows.map(({ kind }) => kind))
  const [only] = kinds
  const left = rows.filter(({ id }) => !made.has(id))
  const nameOf = (id: string): string => rows.find((row) => row.id === id)?.name ?? '—'
  const submit = async (): Promise<void> => {
    if (each.pending || left.length === 0) return
    const done = await each.run(generateContract, left, (row) => ({ assignment_ids: [...row.assignment_ids], kind: row.kind, ...choiceInput(chosen) }))
    if (done.length > 0) announce(t('contracts.made', { count: done.length }))
    if (done.length < left.length) {
      setMade(new Set([...made, ...done.map(({ row }) => row.id)]))
      return
    }
    const [first] = done
    onDone()
    if (rows.length === 1 && first) go(paths.contract(project.org, project.id, first.value.id))
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('contracts.prepare_title', { count: rows.length })}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('contracts.prepare')} disabled={each.pending || left.length === 0} />
        </>
      }
    >
      <div className={formStack}>
        <p className={mutedText}>{t('contracts.prepare_about')}</p>
        <PeopleLines label={t('contracts.phase.to_prepare')} lines={left.map((row) => ({ id: row.id, name: row.name ?? '—', about: `${t(`contracts.kind_short.${row.kind}`)} · ${days(row)}` }))} />
        <ContractChoices kind={kinds.size === 1 && only ? only : null} value={chosen} onChange={setChosen} />
        <LeftOutLines lines={each.refused.map(({ id, why }) => ({ id, name: nameOf(id), about: why }))} />
      </div>
    </Dialog>
  )
}
