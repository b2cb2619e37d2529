import { useState } from 'react'
import { z } from 'zod'
import { parties } from '../../../../shared/domain/organization/operations.ts'
import { collaborators, getCollaborator } from '../../../../shared/domain/people/operations.ts'
import { useFailureText } from '../../../app/failure-text.ts'
import { useAnswer, useCommand, useList } from '../../../app/queries.ts'
import { Button } from '../../../components/Button.tsx'
import { Combobox } from '../../../components/Combobox.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { orNull, textOf, useDraft } from '../../../components/draft.ts'
import { DraftLine } from '../../../components/DraftLine.tsx'
import { TextArea, TextField } from '../../../components/Field.tsx'
import { FormErrorSummary } from '../../../components/FormErrorSummary.tsx'
import { formStack } from '../../../components/FormLayout.ts'
import { announce } from '../../../components/LiveRegion.tsx'
import { ErrorState, LoadingSkeleton } from '../../../components/States.tsx'
import { useT } from '../../../i18n/index.ts'
import type { ContractRecord } from './contract-rows.ts'

const maybe = z.string().nullish().transform((value) => value ?? null)
const PartyRow = z.object({ id: z.string(), version: z.number(), name: z.string(), siret: maybe, vat_number: maybe, address: maybe })
type PartyRow = z.infer<typeof PartyRow>
const Person = z.object({ id: z.string(), version: z.number(), party_id: maybe })
type Typed = Pick<PartyRow, 'name' | 'siret' | 'vat_number' | 'address'>

interface PartyDialogProps {
  contract: ContractRecord['contract']
  name: string | null
  onClose: () => void
}

/** The company behind a vendor's or a client's contract: who it is, where, its numbers. Kept in the directory of companies, for every contract with it. */
export function PartyDialog({ contract, name, onClose }: PartyDialogProps) {
  const of = useAnswer(getCollaborator, contract.party_id === null && contract.collaborator_id !== null ? { id: contract.collaborator_id } : null, { keep: false })
  const person = of.answer ? Person.safeParse(of.answer.value) : null
  const list = useList(parties.list, { limit: 200 }, PartyRow)
  const party = contract.party_id ?? (person?.success ? person.data.party_id : null)
  const waiting = list.loading || (contract.party_id === null && contract.collaborator_id !== null && !person?.success)
  const failure = of.failure ?? list.failure
  if (failure ?? waiting) return <Pending failure={failure} onRetry={list.retry} onClose={onClose} />
  return <PartyForm party={list.items.find(({ id }) => id === party) ?? null} all={list.items} person={contract.party_id === null && person?.success ? person.data : null} name={name} onClose={onClose} />
}

function Pending({ failure, onRetry, onClose }: { failure: ReturnType<typeof useAnswer>['failure']; onRetry: () => void; onClose: () => void }) {
  const t = useT()
  return (
    <Dialog open onClose={onClose} title={t('contract_editor.party')} actions={<Button label={t('action.close')} onClick={onClose} />}>
      {failure ? <ErrorState failure={failure} onRetry={onRetry} /> : <LoadingSkeleton rows={3} />}
    </Dialog>
  )
}

function PartyForm({ party, all, person, name, onClose }: { party: PartyRow | null; all: readonly PartyRow[]; person: z.infer<typeof Person> | null; name: string | null; onClose: () => void }) {
  const t = useT()
  const textOfFailure = useFailureText()
  const [chosen, setChosen] = useState<string | null>(null)
  const base: Typed = party ?? { name: name ?? '', siret: null, vat_number: null, address: null }
  const draft = useDraft<Typed>({ name: base.name, siret: base.siret, vat_number: base.vat_number, address: base.address }, party?.id ?? person?.id ?? 'new', 'party')
  const create = useCommand(parties.create)
  const update = useCommand(parties.update)
  const link = useCommand(collaborators.update)
  const [tried, setTried] = useState(false)
  const failure = create.failure ?? update.failure ?? link.failure
  const pending = create.pending || update.pending || link.pending
  const siret = textOf(draft.get('siret')).replace(/\s/g, '')
  const submit = async (): Promise<void> => {
    setTried(true)
    if (pending || draft.get('name').trim() === '') return
    const changes = { ...draft.changes, ...(draft.changes.siret == null ? {} : { siret }) }
    if (party && draft.dirty && !(await update.run({ id: party.id, version: party.version, changes }))) return
    if (!party && person) {
      const id = chosen ?? String((await create.run({ kind: 'company', name: draft.get('name').trim(), siret: siret === '' ? null : siret, vat_number: draft.get('vat_number'), address: draft.get('address') }))?.value['id'] ?? '')
      if (id === '' || !(await link.run({ id: person.id, version: person.version, changes: { party_id: id } }))) return
    }
    draft.clear()
    announce(t('contract_editor.party_saved'))
    onClose()
  }
  const text = (field: 'siret' | 'vat_number') => ({ name: field, value: textOf(draft.get(field)), onChange: (value: string) => draft.set(field, orNull(value)), error: textOfFailure.field(failure, `changes.${field}`) ?? textOfFailure.field(failure, field) })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('contract_editor.party')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button label={t('action.cancel')} onClick={onClose} />
          <Button type="submit" kind="primary" label={t('action.save')} disabled={pending} />
        </>
      }
    >
      <FormErrorSummary failure={failure} />
      <DraftLine draft={draft} />
      <p>{t('contract_editor.party_about')}</p>
      <div className={formStack}>
        {!party && person && all.length > 0 && <Combobox label={t('contract_editor.party_known')} value={chosen} onChange={setChosen} options={all.map(({ id, name: label }) => ({ id, label }))} />}
        {chosen === null && (
          <>
            <TextField label={t('contract_editor.party_name')} name="name" value={draft.get('name')} onChange={(value) => draft.set('name', value)} error={textOfFailure.field(failure, 'name') ?? (tried && draft.get('name').trim() === '' ? t('issue.required') : undefined)} />
            <TextField label="SIRET" optional {...text('siret')} />
            <TextField label={t('contract_editor.party_vat')} optional {...text('vat_number')} />
            <TextArea label={t('contract_editor.fact.address')} name="address" optional rows={3} value={textOf(draft.get('address'))} onChange={(value) => draft.set('address', orNull(value) === null ? null : value)} />
          </>
        )}
      </div>
    </Dialog>
  )
}
