import { useState } from 'react'
import { useFailureText } from '../../app/failure-text.ts'
import { createOrganization, OrganizationKind } from '../../app/host-operations.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { Select, TextField } from '../../components/Field.tsx'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { ZoneField } from '../../components/ZoneField.tsx'
import { hostZone } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Entry.module.css'
import { Choices, EntryForm } from './EntryFrame.tsx'

export const CURRENCIES = ['EUR', 'CHF', 'GBP', 'USD', 'CAD'] as const

export function OrganizationStep({ onDone, onCancel }: { onDone: (id: string) => void; onCancel?: () => void }) {
  const t = useT()
  const textOf = useFailureText()
  const language = usePreferences((state) => state.language)
  const create = useCommand(createOrganization, { org: null })
  const [name, setName] = useState('')
  const [kind, setKind] = useState<OrganizationKind>('event')
  const [zone, setZone] = useState(hostZone() === 'UTC' ? 'Europe/Paris' : hostZone())
  const [currency, setCurrency] = useState<string>('EUR')
  const submit = async (): Promise<void> => {
    const made = await create.run({ name: name.trim(), kind, language, zone, currency })
    if (made) onDone(made.value.id)
  }
  return (
    <EntryForm
      onSubmit={() => void submit()}
      actions={
        <>
          {onCancel && <Button label={t('action.cancel')} onClick={onCancel} />}
          <Button type="submit" kind="primary" label={t('action.create')} disabled={create.pending} />
        </>
      }
    >
      <FormErrorSummary failure={create.failure} />
      <TextField label={t('welcome.organization_name')} name="name" autoFocus value={name} onChange={setName} error={textOf.field(create.failure, 'name')} />
      <Choices legend={t('welcome.kind')} name="kind" value={kind} choices={OrganizationKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={setKind} />
      <div className={styles['two']}>
        <ZoneField label={t('welcome.zone')} name="zone" value={zone} onChange={setZone} error={textOf.field(create.failure, 'zone')} />
        <Select label={t('welcome.currency')} name="currency" value={currency} onChange={setCurrency} choices={CURRENCIES.map((code) => ({ value: code, label: code }))} />
      </div>
    </EntryForm>
  )
}
