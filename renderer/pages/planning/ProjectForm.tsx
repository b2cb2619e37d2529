import { schoolZones, sheetLayouts } from '../../../shared/domain/planning/model.ts'
import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { LANGUAGES } from '../../app/preferences.ts'
import type { Language } from '../../app/preferences.ts'
import { DayField } from '../../components/DateTimeField.tsx'
import { Select, TextArea, TextField } from '../../components/Field.tsx'
import { formTwo } from '../../components/FormLayout.ts'
import { TagsField } from '../../components/TagsField.tsx'
import { ZoneField } from '../../components/ZoneField.tsx'
import { useT, wordOf } from '../../i18n/index.ts'
import { AgreementField } from './AgreementField.tsx'
import { codeFrom } from './project-input.ts'

const NO_ZONE = 'none'

export interface ProjectEntry {
  name: string
  /** Null: follows the name. */
  code: string | null
  first: string | null
  last: string | null
  zone: string
  currency: string
  client_name: string | null
  sheet_layout: (typeof sheetLayouts)[number]
  document_language: Language
  school_zone: (typeof schoolZones)[number] | null
  agreement: string | null
  emergency: { numbers: string; on_site: string } | null
  tags: readonly string[]
}

export const emptyProject = (zone: string, more: Partial<ProjectEntry> = {}): ProjectEntry => ({
  name: '', code: null, first: null, last: null, zone, currency: 'EUR', client_name: null, sheet_layout: 'stage', document_language: 'fr', school_zone: null, agreement: null, emergency: null, tags: [], ...more,
})
export const codeOf = (entry: ProjectEntry): string => entry.code ?? codeFrom(entry.name)

export function ProjectFields({ entry, onChange, failure, autoFocus = true }: { entry: ProjectEntry; onChange: (entry: ProjectEntry) => void; failure: CallFailure | null; autoFocus?: boolean }) {
  const t = useT()
  const textOf = useFailureText()
  return (
    <>
      <TextField label={t('project.name')} name="name" autoFocus={autoFocus} value={entry.name} onChange={(name) => onChange({ ...entry, name })} error={textOf.field(failure, 'name')} />
      <TextField label={t('project.code')} hint={t('project.code_hint')} name="code" value={codeOf(entry)} onChange={(code) => onChange({ ...entry, code: code.toUpperCase() })} error={textOf.field(failure, 'code')} />
      <DayField label={t('project.start')} name="start_at" value={entry.first} onChange={(first) => onChange({ ...entry, first })} {...withError(textOf.field(failure, 'start_at'))} />
      <DayField label={t('project.end')} name="end_at" value={entry.last} {...(entry.first ? { reference: entry.first } : {})} onChange={(last) => onChange({ ...entry, last })} {...withError(textOf.field(failure, 'end_at'))} />
      <ZoneField label={t('project.zone')} name="zone" value={entry.zone} onChange={(zone) => onChange({ ...entry, zone })} {...withError(textOf.field(failure, 'zone'))} />
    </>
  )
}

/** What documents take from the project; all of it has a default and may wait. */
export function ProjectMoreFields({ entry, onChange, failure }: { entry: ProjectEntry; onChange: (entry: ProjectEntry) => void; failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  const error = (name: string): string | undefined => textOf.field(failure, name) ?? textOf.field(failure, `changes.${name}`)
  const emergency = entry.emergency ?? { numbers: '', on_site: '' }
  const setEmergency = (next: { numbers: string; on_site: string }): void => onChange({ ...entry, emergency: next.numbers === '' && next.on_site === '' ? null : next })
  return (
    <>
      <div className={formTwo}>
        <TextField label={t('project.client')} name="client_name" value={entry.client_name ?? ''} onChange={(typed) => onChange({ ...entry, client_name: typed === '' ? null : typed })} error={error('client_name')} />
        <TextField label={t('project.currency')} name="currency" value={entry.currency} onChange={(typed) => onChange({ ...entry, currency: typed.toUpperCase() })} error={error('currency')} />
      </div>
      <div className={formTwo}>
        <Select
          label={t('project.layout')}
          value={entry.sheet_layout}
          onChange={(value) => onChange({ ...entry, sheet_layout: sheetLayouts.find((one) => one === value) ?? entry.sheet_layout })}
          choices={sheetLayouts.map((value) => ({ value, label: wordOf(t, 'project.layout', value) }))}
        />
        <Select
          label={t('project.language')}
          value={entry.document_language}
          onChange={(value) => onChange({ ...entry, document_language: LANGUAGES.find((one) => one === value) ?? entry.document_language })}
          choices={LANGUAGES.map((value) => ({ value, label: t(`project.language.${value}`) }))}
        />
      </div>
      <Select
        label={t('project.school_zone')}
        hint={t('project.school_zone_hint')}
        name="school_zone"
        value={entry.school_zone ?? NO_ZONE}
        onChange={(value) => onChange({ ...entry, school_zone: schoolZones.find((one) => one === value) ?? null })}
        choices={[NO_ZONE, ...schoolZones].map((value) => ({ value, label: wordOf(t, 'project.school_zone', value) }))}
        error={error('school_zone')}
      />
      <AgreementField value={entry.agreement} onChange={(agreement) => onChange({ ...entry, agreement })} error={error('agreement')} />
      <TextField label={t('project.emergency_numbers')} name="emergency" value={emergency.numbers} onChange={(numbers) => setEmergency({ ...emergency, numbers })} error={error('emergency')} />
      <TextArea label={t('project.emergency_on_site')} rows={2} value={emergency.on_site} onChange={(on_site) => setEmergency({ ...emergency, on_site })} error={undefined} />
      <TagsField label={t('project.tags')} value={entry.tags} onChange={(tags) => onChange({ ...entry, tags })} error={error('tags')} />
    </>
  )
}

export const withError = (error: string | undefined): { error?: string } => (error ? { error } : {})
