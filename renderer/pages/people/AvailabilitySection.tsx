import { useState } from 'react'
import type { Instant } from '../../../shared/kernel/instants.ts'
import { removeAvailability, setAvailability } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useCommand } from '../../app/queries.ts'
import type { AvailabilityRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { CheckField, Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { RowList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { missingFields } from '../missing.ts'
import { withError } from '../planning/ProjectForm.tsx'

export function AvailabilitySection({ person, blocks, mayWrite }: { person: string; blocks: readonly AvailabilityRow[]; mayWrite: boolean }) {
  const t = useT()
  const format = useFormat()
  const take = useCommand(removeAvailability)
  const [adding, setAdding] = useState(false)
  const words = (block: AvailabilityRow): string =>
    `${t(block.kind === 'available' ? 'person.available' : 'person.unavailable')} · ${format.dayOf(block.start_at, block.zone)} ${format.timeOf(block.start_at, block.zone)} → ${format.dayOf(block.end_at, block.zone)} ${format.timeOf(block.end_at, block.zone)}${block.reason ? ` · ${block.reason}` : ''}`
  return (
    <>
      <FormErrorSummary failure={take.failure} />
      <RowList
        none={t('person.availability_none')}
        removeLabel={t('action.remove')}
        rows={blocks.map((block) => ({ id: block.id, name: words(block), content: words(block) }))}
        onRemove={mayWrite ? (id) => void take.run({ id }) : undefined}
      />
      {mayWrite && !adding && <div><Button small label={t('person.availability_add')} onClick={() => setAdding(true)} /></div>}
      {adding && <AvailabilityForm person={person} onDone={() => setAdding(false)} />}
    </>
  )
}

function AvailabilityForm({ person, onDone }: { person: string; onDone: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const zone = useCatalogue().organization?.default_zone ?? 'Europe/Paris'
  const save = useCommand(setAvailability)
  const [kind, setKind] = useState<'available' | 'unavailable'>('unavailable')
  const [start, setStart] = useState<Instant | null>(null)
  const [end, setEnd] = useState<Instant | null>(null)
  const [reason, setReason] = useState('')
  const [replace, setReplace] = useState(false)
  const [missing, setMissing] = useState<CallFailure | null>(null)
  const failure = missing ?? save.failure
  const submit = async (): Promise<void> => {
    if (!start || !end) return setMissing(missingFields(...[start ? '' : 'start_at', end ? '' : 'end_at'].filter(Boolean)))
    setMissing(null)
    const done = await save.run({ collaborator_id: person, kind, start_at: start, end_at: end, zone, project_id: null, replace, ...(reason.trim() ? { reason: reason.trim() } : {}) })
    if (done) onDone()
  }
  return (
    <form
      className={formStack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormErrorSummary failure={failure} />
      <Select
        label={t('person.kind')}
        value={kind}
        onChange={(value) => setKind(value === 'available' ? 'available' : 'unavailable')}
        choices={[
          { value: 'unavailable', label: t('person.unavailable') },
          { value: 'available', label: t('person.available') },
        ]}
      />
      <DateTimeField label={t('person.from')} name="start_at" value={start} onChange={setStart} zone={zone} {...withError(textOf.field(failure, 'start_at'))} />
      <DateTimeField label={t('person.to')} name="end_at" base={start} value={end} onChange={setEnd} zone={zone} {...withError(textOf.field(failure, 'end_at'))} />
      <TextField label={t('person.availability_reason')} optional value={reason} onChange={setReason} />
      {save.failure?.code === 'availability.overlap' && <CheckField label={t('person.replace')} checked={replace} onChange={setReplace} />}
      <div>
        <Button type="submit" kind="primary" label={t('action.add')} disabled={save.pending} /> <Button label={t('action.cancel')} onClick={onDone} />
      </div>
    </form>
  )
}
