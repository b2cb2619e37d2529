import { z } from 'zod'
import { payPeriodicities } from '../../../shared/domain/contracts/facts.ts'
import { saveSettings } from '../../../shared/domain/contracts/operations.ts'
import { getSettings } from '../../../shared/domain/contracts/queries.ts'
import { missingOfEmployer } from '../../../shared/domain/contracts/template-queries.ts'
import { getOrganization } from '../../../shared/domain/organization/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { paths, useGo, useOrg } from '../../app/routes.ts'
import { Button } from '../../components/Button.tsx'
import { orNull, textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formKeys } from '../../components/form-keys.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { ErrorState, ForbiddenState, LoadingSkeleton } from '../../components/States.tsx'
import { isKey, useT, wordOf } from '../../i18n/index.ts'
import { Identity } from './identity.ts'
import { SectionHead } from './SectionHead.tsx'
import own from './ContractTemplates.module.css'
import styles from './Settings.module.css'

const maybe = z.string().nullable()
const Body = z.object({ name: z.string(), address: maybe }).nullable()
const Row = z.object({
  id: z.string(), version: z.number(), signatory_name: maybe, signatory_capacity: maybe, agreement_title: maybe, licence_categories: z.record(z.string(), z.number()), pension: Body, welfare: Body, leave_fund: Body,
  pay_periodicity: z.enum(payPeriodicities).nullable(), overtime: maybe, governing_law: maybe, signature_place: maybe,
})
type Row = z.infer<typeof Row>

const TEXTS = ['signatory_name', 'signatory_capacity', 'agreement_title', 'overtime', 'governing_law', 'signature_place'] as const
const BODIES = ['pension', 'welfare', 'leave_fund'] as const
type BodyName = (typeof BODIES)[number]

const bodyOf = (row: Row | null, name: BodyName) => ({ name: row?.[name]?.name ?? '', address: textOf(row?.[name]?.address) })
const formOf = (row: Row | null) => ({
  signatory_name: textOf(row?.signatory_name), signatory_capacity: textOf(row?.signatory_capacity), agreement_title: textOf(row?.agreement_title), overtime: textOf(row?.overtime), governing_law: textOf(row?.governing_law),
  signature_place: textOf(row?.signature_place), pension: bodyOf(row, 'pension'), welfare: bodyOf(row, 'welfare'), leave_fund: bodyOf(row, 'leave_fund'), pay_periodicity: row?.pay_periodicity ?? '', licence_categories: row?.licence_categories ?? {},
})
type Form = ReturnType<typeof formOf>

/** Of what was typed: an organism without a name is none. */
function changesOf(typed: Partial<Form>): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const name of TEXTS) if (typed[name] !== undefined) given[name] = orNull(typed[name])
  for (const name of BODIES) if (typed[name] !== undefined) given[name] = typed[name].name.trim() === '' ? null : { name: typed[name].name.trim(), address: orNull(typed[name].address) }
  if (typed.pay_periodicity !== undefined) given['pay_periodicity'] = orNull(typed.pay_periodicity)
  if (typed.licence_categories !== undefined) given['licence_categories'] = typed.licence_categories
  return given
}

/** What every contract says of the employer beside its identity, and what one would lack today. */
export function EmployerSection() {
  const t = useT()
  const asked = useAnswer(getSettings, {})
  const home = useAnswer(getOrganization, {})
  const { failure } = asked
  if (failure) return failure.code === 'auth.forbidden' ? <ForbiddenState role={t('contract_settings.role')} failure={failure} /> : <ErrorState failure={failure} onRetry={asked.retry} />
  if (!asked.answer || !home.answer) return <LoadingSkeleton rows={6} />
  const row = asked.answer.value.settings === null ? null : Row.parse(asked.answer.value.settings)
  const may = asked.answer.can.has(saveSettings.name)
  const licences = Identity.parse(home.answer.value.organization).licences ?? []
  return (
    <>
      <SectionHead title={t('settings.section.contracts')} about={t('contract_settings.employer_about')} closed={!may} />
      <MissingFacts />
      {may ? <EmployerForm row={row} licences={licences} /> : <EmployerFacts row={row} />}
    </>
  )
}

/** Of the identity too: what it lacks is entered there. */
function MissingFacts() {
  const t = useT()
  const go = useGo()
  const org = useOrg() ?? ''
  const { answer } = useAnswer(missingOfEmployer, {})
  if (!answer) return null
  const { items } = answer.value
  if (items.length === 0) return <p role="status">{t('contract_settings.complete')}</p>
  const names = items.flatMap((one) => one.names)
  return (
    <section className={styles['part']} aria-label={t('contract_settings.missing', { count: items.length })}>
      <h3>{t('contract_settings.missing', { count: items.length })}</h3>
      <ul className={own['problems']}>
        {items.map(({ key, article }) => {
          const named = `contract_editor.mention.${key}`
          return (
            <li key={key} data-mention={key}>
              {isKey(named) ? t(named) : key} {article !== null && <span className={styles['muted']}>{article}</span>}
            </li>
          )
        })}
      </ul>
      {names.some((name) => OF_IDENTITY.has(name)) && (
        <div className={styles['actions']}>
          <Button label={t('contract_settings.to_identity')} onClick={() => go(paths.settings(org, 'identity'))} />
        </div>
      )}
    </section>
  )
}
const OF_IDENTITY: ReadonlySet<string> = new Set(['employer.name', 'employer.address', 'employer.siren', 'employer.siret', 'employer.ape', 'employer.licences', 'work.idcc'])

function EmployerFacts({ row }: { row: Row | null }) {
  const t = useT()
  const form = formOf(row)
  const body = (name: BodyName): string => [form[name].name, form[name].address].filter(Boolean).join(', ')
  return (
    <Facts
      facts={[
        ...TEXTS.map((name) => [t(`contract_settings.${name}`), form[name]] as const),
        ...BODIES.map((name) => [t(`contract_settings.${name}`), body(name)] as const),
        [t('contract_settings.pay_periodicity'), form.pay_periodicity === '' ? '' : wordOf(t, 'contract_settings.periodicity', form.pay_periodicity)],
      ]}
    />
  )
}

function EmployerForm({ row, licences }: { row: Row | null; licences: readonly string[] }) {
  const t = useT()
  const errors = useFailureText()
  const draft = useDraft(formOf(row), row?.id ?? 'new', 'contract_setting')
  const save = useCommand(saveSettings)
  const apply = async (): Promise<void> => {
    const sent = draft.changes
    if (!draft.dirty || !(await save.run({ version: row?.version ?? null, ...changesOf(sent) }))) return
    draft.clear(sent)
    announce(t('settings.saved'))
  }
  const text = (name: (typeof TEXTS)[number], hint?: string) => (
    <TextField label={t(`contract_settings.${name}`)} {...(hint ? { hint } : {})} name={name} optional value={draft.get(name)} error={errors.field(save.failure, name)} onChange={(value) => draft.set(name, value)} />
  )
  const body = (name: BodyName) => {
    const value = draft.get(name)
    return (
      <div className={formTwo}>
        <TextField label={t(`contract_settings.${name}`)} name={name} optional value={value.name} error={errors.field(save.failure, `${name}.name`)} onChange={(typed) => draft.set(name, { ...value, name: typed })} />
        <TextField label={t('contract_settings.body_address', { name: t(`contract_settings.${name}`) })} name={`${name}.address`} optional value={value.address} error={errors.field(save.failure, `${name}.address`)} onChange={(address) => draft.set(name, { ...value, address })} />
      </div>
    )
  }
  const categories = draft.get('licence_categories')
  return (
    <form
      className={styles['form']}
      aria-label={t('settings.section.contracts')}
      {...formKeys(apply)}
    >
      <DraftLine draft={draft} />
      <FormErrorSummary failure={save.failure} />
      <h3>{t('contract_settings.who_signs')}</h3>
      <div className={formTwo}>
        {text('signatory_name')}
        {text('signatory_capacity', t('contract_settings.capacity_hint'))}
      </div>
      {text('signature_place')}
      <h3>{t('contract_settings.law')}</h3>
      {text('agreement_title', t('contract_settings.agreement_hint'))}
      {licences.map((number) => (
        <Select
          key={number} label={t('contract_settings.licence', { number })} value={String(categories[number] ?? '')}
          choices={[{ value: '', label: '—' }, ...['1', '2', '3'].map((value) => ({ value, label: wordOf(t, 'contract_settings.category', value) }))]}
          onChange={(value) => draft.set('licence_categories', value === '' ? Object.fromEntries(Object.entries(categories).filter(([one]) => one !== number)) : { ...categories, [number]: Number(value) })}
        />
      ))}
      {text('governing_law', t('contract_settings.governing_hint'))}
      <h3>{t('contract_settings.bodies')}</h3>
      {BODIES.map((name) => (
        <div key={name}>{body(name)}</div>
      ))}
      <h3>{t('contract_settings.pay')}</h3>
      <Select
        label={t('contract_settings.pay_periodicity')} value={draft.get('pay_periodicity')} choices={[{ value: '', label: '—' }, ...payPeriodicities.map((value) => ({ value, label: wordOf(t, 'contract_settings.periodicity', value) }))]}
        onChange={(value) => draft.set('pay_periodicity', payPeriodicities.find((one) => one === value) ?? '')}
      />
      <TextArea label={t('contract_settings.overtime')} hint={t('contract_settings.overtime_hint')} name="overtime" optional rows={3} value={draft.get('overtime')} error={errors.field(save.failure, 'overtime')} onChange={(value) => draft.set('overtime', value)} />
      <div className={styles['actions']}>
        <Button type="submit" kind="primary" label={t('settings.apply')} keys="Ctrl ↵" disabled={save.pending || !draft.dirty} />
        {draft.dirty && <Button label={t('settings.give_up')} onClick={() => draft.clear()} />}
      </div>
    </form>
  )
}
