import { Suspense, useContext, useState } from 'react'
import { z } from 'zod'
import { generateContract } from '../../../../shared/domain/contracts/operations.ts'
import { listContracts } from '../../../../shared/domain/contracts/queries.ts'
import { contractKindOf } from '../../../../shared/domain/contracts/kinds.ts'
import { ProjectAround } from '../../../app/context.tsx'
import { chunk } from '../../../app/page-chunks.ts'
import { useAnswer, useCommand } from '../../../app/queries.ts'
import { paths, useGo, useOrg } from '../../../app/routes.ts'
import type { AssignmentRow } from '../../../app/rows.ts'
import { Button } from '../../../components/Button.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { useT } from '../../../i18n/index.ts'

const PreviewDialog = chunk(async () => (await import('./PreviewDialog.tsx')).PreviewDialog)

const Line = z.object({ id: z.string(), assignment_ids: z.array(z.string()) })
const Waiting = z.object({ assignment_ids: z.array(z.string()) })

interface ContractLinkProps {
  row: Pick<AssignmentRow, 'id' | 'project_id' | 'collaborator_id' | 'collaborator_name' | 'engagement_kind' | 'state'>
  can: ReadonlySet<string>
}

/** From an assignment to its contract: a preview while nothing was answered, then the contract there is, or making it. */
export function ContractLink({ row, can }: ContractLinkProps) {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const project = useContext(ProjectAround)
  const asking = row.state === 'planned' || row.state === 'proposed'
  const expected = contractKindOf(row.engagement_kind) !== null
  const engaged = !asking && row.state !== 'canceled'
  const asked = useAnswer(listContracts, expected && engaged ? { project_id: row.project_id, collaborator_id: row.collaborator_id } : null)
  const generate = useCommand(generateContract)
  const [open, setOpen] = useState(false)
  const lines = z.array(Line).safeParse(asked.answer?.value.items)
  const held = lines.success ? lines.data.find(({ assignment_ids }) => assignment_ids.includes(row.id)) : undefined
  const waiting = z.array(Waiting).safeParse(asked.answer?.value.to_prepare)
  // With all that this person accepted and that no contract covers yet.
  const together = waiting.success ? waiting.data.find(({ assignment_ids }) => assignment_ids.includes(row.id)) : undefined
  // Who may make contracts of the project may see what one would say.
  const mayPreview = expected && asking && project?.id === row.project_id && project.can.has('contract.create')
  const mayMake = together !== undefined && can.has('contract.generate')
  const make = async (): Promise<void> => {
    const made = await generate.run({ assignment_ids: together?.assignment_ids ?? [row.id] })
    if (made) go(paths.contract(org, row.project_id, made.value.id))
  }
  if (!mayPreview && !mayMake && !held) return null
  return (
    <>
      <FormErrorSummary failure={generate.failure} />
      {mayPreview && <Button small kind="quiet" label={t('contract_editor.preview')} onClick={() => setOpen(true)} />}
      {held && <Button small kind="quiet" label={t('contract_editor.open_contract')} onClick={() => go(paths.contract(org, row.project_id, held.id))} />}
      {mayMake && <Button small label={t('contract_editor.prepare')} disabled={generate.pending} onClick={() => void make()} />}
      {open && (
        <Suspense fallback={null}>
          <PreviewDialog project_id={row.project_id} assignment_ids={[row.id]} name={row.collaborator_name ?? ''} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
