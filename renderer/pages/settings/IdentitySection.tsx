import { languages, workKinds } from '../../../shared/domain/organization/model.ts'
import { getOrganization, updateOrganization } from '../../../shared/domain/organization/operations.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { useAnswer, useCommand } from '../../app/queries.ts'
import { Button } from '../../components/Button.tsx'
import { listOf, orNull, textOf, useDraft } from '../../components/draft.ts'
import { DraftLine } from '../../components/DraftLine.tsx'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { FormErrorSummary } from '../../components/FormErrorSummary.tsx'
import { formKeys } from '../../components/form-keys.ts'
import { announce } from '../../components/LiveRegion.tsx'
import { Facts } from '../../components/SidePanel.tsx'
import { ZoneField } from '../../components/ZoneField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { Identity } from './identity.ts'
import { LogoField } from './LogoField.tsx'
import { SectionHead } from './SectionHead.tsx'
import styles from './Settings.module.css'

const TEXTS = ['legal_name', 'legal_form', 'address', 'siren', 'siret', 'vat_number', 'ape', 'idcc', 'brand_line'] as const
/** Numbers are pasted with their spaces. */
const PLAIN: ReadonlySet<string> = new Set(['siren', 'siret', 'vat_number', 'idcc', 'ape'])

const formOf = (row: Identity) => ({
  name: row.name, kind: row.kind, legal_name: textOf(row.legal_name), legal_form: textOf(row.legal_form), address: textOf(row.address), siren: textOf(row.siren), siret: textOf(row.siret), vat_number: textOf(row.vat_number),
  ape: textOf(row.ape), idcc: textOf(row.idcc), brand_line: textOf(row.brand_line), licences: (row.licences ?? []).join('\n'), default_language: row.default_language, default_zone: row.default_zone, default_currency: row.default_currency,
})
type Form = ReturnType<typeof formOf>

function changesOf(typed: Partial<Form>): Record<string, unknown> {
  const { licences, ...rest } = typed
  const given: Record<string, unknown> = { ...rest, ...(licences === undefined ? {} : { licences: listOf(licences) }) }
  for (const name of TEXTS) {
    const value = typed[name]
    if (value !== undefined) given[name] = orNull(PLAIN.has(name) ? value.replaceAll(/\s/g, '').toUpperCase() : value)
  }
  return given
}

/** Legacy keys of a VAT number have letters that nothing checks: they are kept, and said. */
const hasLetters = (vat: string): boolean => /^FR(?!\d{2})[0-9A-Z]{2}\d{9}$/.test(vat.replaceAll(/\s/g, '').toUpperCase())

/** Who the organization is on paper, and what new projects start with. */
export function IdentitySection() {
  const { answer } = useAnswer(getOrganization, {})
  if (!answer) return null
  const row = Identity.parse(answer.value.organization)
  const may = answer.can.has(updateOrganization.name)
  return may ? <IdentityForm row={row} /> : <IdentityFacts row={row} />
}

function IdentityFacts({ row }: { row: Identity }) {
  const t = useT()
  const form = formOf(row)
  return (
    <>
      <SectionHead title={t('settings.section.identity')} about={t('settings.identity_about')} closed />
      <Facts facts={[[t('settings.name'), row.name], [t('settings.kind'), wordOf(t, 'settings.kind', row.kind)], ...TEXTS.map((name) => [t(`settings.${name}`), form[name]] as const), [t('settings.licences'), (row.licences ?? []).join(', ')], [t('settings.zone'), row.default_zone], [t('settings.currency'), row.default_currency]]} />
    </>
  )
}

function IdentityForm({ row }: { row: Identity }) {
  const t = useT()
  const errors = useFailureText()
  const update = useCommand(updateOrganization)
  const draft = useDraft(formOf(row), row.id, 'organization.identity')
  const { failure } = update
  const errorOf = (name: string): string | undefined => errors.field(failure, name) ?? errors.field(failure, `changes.${name}`)
  const apply = async (): Promise<void> => {
    if (!draft.dirty || !(await update.run({ id: row.id, version: row.version, changes: changesOf(draft.changes) }))) return
    draft.clear()
    announce(t('settings.saved'))
  }
  const text = (name: (typeof TEXTS)[number], hint?: string) => (
    <TextField label={t(`settings.${name}`)} {...(hint ? { hint } : {})} name={name} optional value={draft.get(name)} error={errorOf(name)} onChange={(value) => draft.set(name, value)} />
  )
  return (
    <>
      <SectionHead title={t('settings.section.identity')} about={t('settings.identity_about')} />
      <LogoField row={row} />
      <form
        className={styles['form']}
        aria-label={t('settings.section.identity')}
        {...formKeys(apply)}
      >
        <DraftLine draft={draft} />
        <FormErrorSummary failure={failure} />
        <TextField label={t('settings.name')} name="name" required value={draft.get('name')} error={errorOf('name')} onChange={(value) => draft.set('name', value)} />
        {text('brand_line', t('settings.brand_hint'))}
        <Select label={t('settings.kind')} hint={t('settings.kind_hint')} value={draft.get('kind')} choices={workKinds.map((value) => ({ value, label: wordOf(t, 'settings.kind', value) }))} onChange={(value) => draft.set('kind', workKinds.find((kind) => kind === value) ?? row.kind)} />
        <h3>{t('settings.legal')}</h3>
        <div className={formTwo}>
          {text('legal_name')}
          {text('legal_form')}
        </div>
        <TextArea label={t('settings.address')} name="address" optional value={draft.get('address')} error={errorOf('address')} onChange={(value) => draft.set('address', value)} />
        <div className={formTwo}>
          {text('siren', t('settings.siren_hint'))}
          {text('siret', t('settings.siret_hint'))}
        </div>
        <div className={formTwo}>
          {text('vat_number', t(hasLetters(draft.get('vat_number')) ? 'settings.vat_letters' : 'settings.vat_hint'))}
          {text('ape', t('settings.ape_hint'))}
        </div>
        {text('idcc', t('settings.idcc_hint'))}
        <TextArea label={t('settings.licences')} hint={t('settings.licences_hint')} name="licences" optional value={draft.get('licences')} error={errorOf('licences')} onChange={(value) => draft.set('licences', value)} />
        <h3>{t('settings.defaults')}</h3>
        <div className={formTwo}>
          <Select label={t('settings.language')} value={draft.get('default_language')} choices={languages.map((value) => ({ value, label: wordOf(t, 'settings.language', value) }))} onChange={(value) => draft.set('default_language', value === 'en' ? 'en' : 'fr')} />
          <TextField label={t('settings.currency')} hint={t('settings.currency_hint')} name="default_currency" maxLength={3} value={draft.get('default_currency')} error={errorOf('default_currency')} onChange={(value) => draft.set('default_currency', value.toUpperCase())} />
        </div>
        <ZoneField label={t('settings.zone')} value={draft.get('default_zone')} onChange={(zone) => draft.set('default_zone', zone)} />
        <div className={styles['actions']}>
          <Button type="submit" kind="primary" label={t('settings.apply')} keys="Ctrl ↵" disabled={update.pending || !draft.dirty} />
          {draft.dirty && <Button label={t('settings.give_up')} onClick={() => draft.clear()} />}
        </div>
      </form>
    </>
  )
}
