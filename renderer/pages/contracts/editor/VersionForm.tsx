import { z } from 'zod'
import { payPeriodicities } from '../../../../shared/domain/contracts/facts.ts'
import { listTemplates } from '../../../../shared/domain/contracts/operations.ts'
import type { CallFailure } from '../../../app/client.ts'
import { useFailureText } from '../../../app/failure-text.ts'
import { useList } from '../../../app/queries.ts'
import type { Draft } from '../../../components/draft.ts'
import { useT } from '../../../i18n/index.ts'
import type { Translate } from '../../../i18n/index.ts'
import { controlOf, sectionsOf } from './contract-fields.ts'
import type { TypedField } from './contract-fields.ts'
import type { ContractRecord, Facts, Typed } from './contract-rows.ts'
import styles from './ContractEditor.module.css'
import { FormField } from './FormField.tsx'

const Template = z.object({ id: z.string(), name: z.string(), language: z.string(), number: z.number() })

/** What the contract says of a field that is left empty. */
function takenOf(t: Translate, field: TypedField, { employment, governing_law, signature, other }: Facts): string | null {
  switch (field) {
    case 'is_live':
      return employment?.is_live == null ? null : t(`contract_editor.${employment.is_live ? 'yes' : 'no'}`)
    case 'pay_periodicity': {
      const period = payPeriodicities.find((one) => one === employment?.pay_periodicity)
      return period === undefined ? null : t(`contract_editor.periodicity.${period}`)
    }
    case 'production_title':
    case 'function_title':
    case 'overtime':
      return employment?.[field] ?? null
    case 'governing_law':
      return governing_law
    case 'signature_place':
      return signature.place
    case 'other_signatory_name':
      return other.signatory_name
    default:
      return null
  }
}

/** Everything that is typed of a contract of this kind, section by section. */
export function VersionForm({ record, saved, draft, failure }: { record: ContractRecord; saved: Typed; draft: Draft<Typed>; failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  const { contract: { kind }, shown: { facts }, assignments } = record
  const list = useList(listTemplates, { filter: { kind, state: 'active' }, limit: 100 }, Template)
  const templates = list.items.map(({ id, name, language, number }) => ({ id, name: `${name} (${language.toUpperCase()}, v${number})` }))
  return (
    <>
      {sectionsOf(kind, assignments.some(({ state }) => state !== 'canceled')).map(({ name, fields }) => (
        <section key={name} className={styles['section']} aria-label={t(`contract_editor.section.${name}`)} data-section={name}>
          <h2>{t(`contract_editor.section.${name}`)}</h2>
          <div className={styles['fields']}>
            {fields.map((field) => (
              <div key={field} {...(isWide(field) ? { 'data-wide': true } : {})}>
                <FormField field={field} draft={draft} currency={facts.currency} templates={templates} taken={saved[field] === null ? takenOf(t, field, facts) : null} error={textOf.field(failure, `changes.${field}`) ?? textOf.field(failure, field)} />
              </div>
            ))}
          </div>
        </section>
      ))}
    </>
  )
}

const isWide = (field: TypedField): boolean => ['area', 'lines', 'allowances', 'recording', 'template'].includes(controlOf(field))
