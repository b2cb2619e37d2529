import { useMemo, useState } from 'react'
import { generateContract } from '../../../shared/domain/contracts/operations.ts'
import { previewContract } from '../../../shared/domain/contracts/queries.ts'
import { useProject } from '../../app/context.tsx'
import { bytesFromBase64 } from '../../app/files.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { PdfPreview } from '../../components/PdfPreview.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { Facts, PanelSection, SidePanel } from '../../components/SidePanel.tsx'
import { useT } from '../../i18n/index.ts'
import { ContractChoices, choiceInput, nothingChosen } from './ContractChoices.tsx'
import type { ContractLine } from './contract-line.ts'
import { ContractState } from './ContractState.tsx'
import styles from './Contracts.module.css'
import { useDaysWords } from './days-words.ts'

/** Accepted work of a person that no contract covers: what it would say, and the contract made of it. */
export function PreparePanel({ row, may, onClose }: { row: ContractLine; may: boolean; onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const days = useDaysWords()
  const save = useCommand(generateContract)
  const [chosen, setChosen] = useState(nothingChosen)
  const [looking, setLooking] = useState(false)
  const preview = useAnswer(previewContract, looking ? { project_id: project.id, assignment_ids: [...row.assignment_ids], kind: row.kind, ...choiceInput(chosen) } : null)
  const base64 = preview.answer?.value.base64
  const bytes = useMemo(() => (base64 === undefined ? null : bytesFromBase64(base64)), [base64])
  const missing = preview.answer?.value.missing.length ?? 0
  const prepare = async (): Promise<void> => {
    if (!may || save.pending) return
    const answer = await save.run({ assignment_ids: [...row.assignment_ids], kind: row.kind, ...choiceInput(chosen) })
    if (!answer) return
    announce(t('contracts.made', { count: 1 }))
    go(paths.contract(project.org, project.id, answer.value.id))
  }
  return (
    <SidePanel
      title={row.name ?? '—'}
      badge={<ContractState state={row.state} />}
      record={row.id}
      onClose={onClose}
      {...(may ? { onApply: () => void prepare() } : {})}
      footer={may && <Button kind="primary" label={t('contracts.prepare')} keys={t('contracts.keys_prepare')} disabled={save.pending} onClick={() => void prepare()} />}
    >
      <FormErrorSummary failure={save.failure ?? preview.failure} />
      <Facts facts={[[t('contracts.kind'), t(`contracts.kind.${row.kind}`)], [t('contracts.day_or_days'), days(row)], [t('contracts.missions'), row.missions.join(', ')]]} />
      {may && (
        <div className={formStack}>
          <ContractChoices kind={row.kind} value={chosen} onChange={setChosen} />
        </div>
      )}
      <PanelSection title={t('contracts.preview')}>
        {looking ? (
          <>
            <p className={mutedText}>{t('contracts.preview_about')}</p>
            {missing > 0 && <p className={styles['missing']}>{t('contracts.missing_count', { count: missing })}</p>}
            {!preview.failure && (
              <div className={styles['paper']}>
                <PdfPreview bytes={bytes} />
              </div>
            )}
          </>
        ) : (
          <Button small label={t('contracts.preview_show')} onClick={() => setLooking(true)} />
        )}
      </PanelSection>
    </SidePanel>
  )
}
