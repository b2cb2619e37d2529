import { useState } from 'react'
import { z } from 'zod'
import { createContract } from '../../../shared/domain/contracts/operations.ts'
import { contractKinds, isEmployment } from '../../../shared/domain/contracts/kinds.ts'
import type { ContractKind } from '../../../shared/domain/contracts/kinds.ts'
import { parties } from '../../../shared/domain/organization/operations.ts'
import { useProject } from '../../app/context.tsx'
import { useCommand, useList } from '../../app/queries.ts'
import { paths, useGo } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { Combobox } from '../../components/Combobox.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { PeoplePicker } from '../../components/PeoplePicker.tsx'
import { mutedText } from '../../components/RowList.tsx'
import { useT } from '../../i18n/index.ts'
import { ContractChoices, choiceInput, nothingChosen } from './ContractChoices.tsx'

const PartyRow = z.object({ id: z.string(), name: z.string() })

/** A contract of no assignment: a framework with a person, a vendor's, a client's. Its days, price and scope are typed on its page. */
export function NewContractDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const project = useProject()
  const save = useCommand(createContract)
  const [kind, setKind] = useState<ContractKind>('vendor')
  const [person, setPerson] = useState<{ id: string; display_name: string } | null>(null)
  const [party, setParty] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState(nothingChosen)
  const [tried, setTried] = useState(false)
  const employed = isEmployment(kind)
  const companies = useList(parties.list, employed ? null : { sort: ['name'], limit: 200 }, PartyRow).items
  const missing = person === null && (employed || party === null)
  const submit = async (): Promise<void> => {
    setTried(true)
    if (missing || save.pending) return
    const answer = await save.run({
      project_id: project.id, kind, ...(person ? { collaborator_id: person.id } : {}), ...(!employed && party ? { party_id: party } : {}), ...(title.trim() ? { title: title.trim() } : {}), ...choiceInput(chosen),
    })
    if (answer) go(paths.contract(project.org, project.id, answer.value.id))
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('contracts.new')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.back')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('contracts.create')} disabled={save.pending} />
        </>
      }
    >
      <FormErrorSummary failure={save.failure} />
      <div className={formStack}>
        <p className={mutedText}>{t('contracts.new_about')}</p>
        <Select
          label={t('contracts.kind')}
          name="kind"
          value={kind}
          onChange={(text) => {
            setKind(contractKinds.find((one) => one === text) ?? 'vendor')
            setChosen(nothingChosen)
          }}
          choices={contractKinds.map((one) => ({ value: one, label: t(`contracts.kind.${one}`) }))}
        />
        {!employed && (
          <Combobox
            label={t('contracts.company')}
            name="party_id"
            optional
            hint={companies.length === 0 ? t('contracts.company_none') : t('contracts.company_or_person')}
            options={companies.map((row) => ({ id: row.id, label: row.name }))}
            value={party}
            onChange={setParty}
          />
        )}
        <PeoplePicker label={t('contracts.person')} name="collaborator_id" optional={!employed} mission={null} value={person} onPick={setPerson} {...(tried && missing ? { error: t(employed ? 'contracts.person_needed' : 'contracts.other_needed') } : {})} />
        <TextField label={t('contracts.named')} name="title" optional maxLength={200} value={title} onChange={setTitle} />
        <ContractChoices kind={kind} value={chosen} onChange={setChosen} />
      </div>
    </Dialog>
  )
}
