import { useState } from 'react'
import { certifications } from '../../../shared/domain/people/operations.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useCommand } from '../../app/queries.ts'
import type { CertificationRow } from '../../app/rows.ts'
import { Button } from '../../components/Button.tsx'
import { DayField, todayIn } from '../../components/DateTimeField.tsx'
import { Select } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formStack } from '../../components/FormLayout.ts'
import { RowList } from '../../components/RowList.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'

export function CertificationSection({ person, held, mayWrite }: { person: string; held: readonly CertificationRow[]; mayWrite: boolean }) {
  const t = useT()
  const format = useFormat()
  const { certificationKinds } = useCatalogue()
  const create = useCommand(certifications.create)
  const remove = useCommand(certifications.remove)
  const [adding, setAdding] = useState(false)
  const [kind, setKind] = useState('')
  const [expires, setExpires] = useState<string | null>(null)
  const nameOf = (row: CertificationRow): string => certificationKinds.find((known) => known.id === row.kind_id)?.name ?? '—'
  const words = (row: CertificationRow): string =>
    [nameOf(row), row.expires_on && format.day(row.expires_on), row.expires_on && row.expires_on < todayIn() && t('person.expired')].filter(Boolean).join(' · ')
  const submit = async (): Promise<void> => {
    const kind_id = kind || certificationKinds[0]?.id
    if (kind_id && (await create.run({ collaborator_id: person, kind_id, ...(expires ? { expires_on: expires } : {}) }))) setAdding(false)
  }
  return (
    <>
      <FormErrorSummary failure={create.failure ?? remove.failure} />
      <RowList
        none={t('person.certifications_none')}
        removeLabel={t('action.remove')}
        rows={held.map((row) => ({ id: row.id, name: nameOf(row), content: words(row) }))}
        onRemove={mayWrite ? (id) => void remove.run({ id }) : undefined}
      />
      {mayWrite && !adding && certificationKinds.length > 0 && (
        <div>
          <Button small label={t('person.availability_add')} onClick={() => setAdding(true)} />
        </div>
      )}
      {adding && (
        <form
          className={formStack}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <Select label={t('person.certification_kind')} value={kind || (certificationKinds[0]?.id ?? '')} onChange={setKind} choices={certificationKinds.map((row) => ({ value: row.id, label: row.name }))} />
          <DayField label={t('person.expires')} optional value={expires} onChange={setExpires} />
          <div>
            <Button type="submit" kind="primary" label={t('action.add')} disabled={create.pending} /> <Button label={t('action.cancel')} onClick={() => setAdding(false)} />
          </div>
        </form>
      )}
    </>
  )
}
