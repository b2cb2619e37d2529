import { z } from 'zod'
import { rateBases } from '../../../shared/domain/organization/model.ts'
import { rateCards } from '../../../shared/domain/organization/operations.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { useCatalogue } from '../../app/catalogue.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useAnswer } from '../../app/queries.ts'
import { orNull, textOf } from '../../components/draft.ts'
import { Select, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { ForbiddenState } from '../../components/States.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT, wordOf } from '../../i18n/index.ts'
import { formatAmount } from '../../i18n/format.ts'
import { amountText, parseAmount } from './amounts.ts'
import { CatalogueSection, catalogueOperations } from './CatalogueSection.tsx'

const Row = z.object({
  id: z.string(), version: z.number(), name: z.string(), crew_role_id: z.string().nullish(), basis: z.enum(rateBases), amount_minor: z.number().nullish(), currency: z.string(),
  valid_from: z.string().nullish(), valid_to: z.string().nullish(),
})
const operations = catalogueOperations(rateCards)

/** Rates by crew role, for those who may read fees. */
export function RatesSection() {
  const t = useT()
  const errors = useFailureText()
  const format = useFormat()
  const catalogue = useCatalogue()
  const language = usePreferences((state) => state.language)
  const asked = useAnswer(rateCards.list, { limit: 1 })
  const home = catalogue.organization?.default_currency ?? 'EUR'
  if (asked.answer?.hidden.has('rate_card.amount_minor')) return <ForbiddenState role={t('settings.rates_role')} />
  const role = (id: string | null | undefined) => catalogue.crewRoles.find((row) => row.id === id)
  const day = (text: string | null | undefined): string => (isLocalDate(text) ? format.day(text) : '')
  return (
    <CatalogueSection
      title={t('settings.section.rates')}
      about={t('settings.rates_about')}
      empty={t('settings.rates_empty')}
      operations={operations}
      schema={Row}
      columns={[
        { label: t('departments.name'), render: (row) => row.name },
        {
          label: t('settings.crew_role'),
          render: (row) => {
            const found = role(row.crew_role_id)
            return found ? catalogue.name(found) : t('settings.any_role')
          },
        },
        { label: t('settings.basis'), render: (row) => wordOf(t, 'settings.basis', row.basis) },
        { label: t('settings.amount'), number: true, render: (row) => (row.amount_minor == null ? '—' : formatAmount(row.amount_minor, row.currency, language)) },
        { label: t('settings.valid'), render: (row) => [day(row.valid_from), day(row.valid_to)].filter(Boolean).join(' → ') },
      ]}
      formOf={(row) => ({
        name: row?.name ?? '', crew_role_id: textOf(row?.crew_role_id), basis: row?.basis ?? 'daily', amount: row?.amount_minor == null ? '' : amountText(row.amount_minor, row.currency, language),
        currency: row?.currency ?? home, valid_from: textOf(row?.valid_from), valid_to: textOf(row?.valid_to),
      })}
      values={({ amount, crew_role_id, valid_from, valid_to, ...changes }, whole) => ({
        ...changes,
        // A text that is no amount goes as it is: the core says what it expects.
        ...(amount === undefined ? {} : { amount_minor: parseAmount(amount, whole.currency) ?? amount, currency: whole.currency }),
        ...(crew_role_id === undefined ? {} : { crew_role_id: orNull(crew_role_id) }),
        ...(valid_from === undefined ? {} : { valid_from: orNull(valid_from) }),
        ...(valid_to === undefined ? {} : { valid_to: orNull(valid_to) }),
      })}
      fields={(draft, failure) => (
        <>
          <TextField label={t('departments.name')} hint={t('settings.rate_name_hint')} name="name" required autoFocus value={draft.get('name')} error={errors.field(failure, 'name')} onChange={(name) => draft.set('name', name)} />
          <Select label={t('settings.crew_role')} value={draft.get('crew_role_id')} choices={[{ value: '', label: t('settings.any_role') }, ...catalogue.crewRoles.map((row) => ({ value: row.id, label: catalogue.name(row) }))]} onChange={(id) => draft.set('crew_role_id', id)} />
          <div className={formTwo}>
            <Select label={t('settings.basis')} value={draft.get('basis')} choices={rateBases.map((value) => ({ value, label: wordOf(t, 'settings.basis', value) }))} onChange={(value) => draft.set('basis', rateBases.find((one) => one === value) ?? 'daily')} />
            <TextField label={t('settings.amount_in', { currency: draft.get('currency') })} name="amount_minor" required inputMode="decimal" value={draft.get('amount')} error={errors.field(failure, 'amount_minor') ?? errors.field(failure, 'changes.amount_minor')} onChange={(amount) => draft.set('amount', amount)} />
          </div>
          <div className={formTwo}>
            <TextField type="date" label={t('settings.valid_from')} name="valid_from" optional value={draft.get('valid_from')} onChange={(value) => draft.set('valid_from', value)} />
            <TextField type="date" label={t('settings.valid_to')} name="valid_to" optional value={draft.get('valid_to')} onChange={(value) => draft.set('valid_to', value)} />
          </div>
        </>
      )}
    />
  )
}
