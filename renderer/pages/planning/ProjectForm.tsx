import type { CallFailure } from '../../app/client.ts'
import { useFailureText } from '../../app/failure-text.ts'
import { DayField } from '../../components/DateTimeField.tsx'
import { TextField } from '../../components/Field.tsx'
import { ZoneField } from '../../components/ZoneField.tsx'
import { useT } from '../../i18n/index.ts'
import { codeFrom } from './project-input.ts'

export interface ProjectEntry {
  name: string
  /** Null: follows the name. */
  code: string | null
  first: string | null
  last: string | null
  zone: string
}

export const emptyProject = (zone: string): ProjectEntry => ({ name: '', code: null, first: null, last: null, zone })
export const codeOf = (entry: ProjectEntry): string => entry.code ?? codeFrom(entry.name)

export function ProjectFields({ entry, onChange, failure }: { entry: ProjectEntry; onChange: (entry: ProjectEntry) => void; failure: CallFailure | null }) {
  const t = useT()
  const textOf = useFailureText()
  return (
    <>
      <TextField label={t('project.name')} name="name" autoFocus value={entry.name} onChange={(name) => onChange({ ...entry, name })} error={textOf.field(failure, 'name')} />
      <TextField label={t('project.code')} hint={t('project.code_hint')} name="code" value={codeOf(entry)} onChange={(code) => onChange({ ...entry, code: code.toUpperCase() })} error={textOf.field(failure, 'code')} />
      <DayField label={t('project.start')} name="start_at" value={entry.first} onChange={(first) => onChange({ ...entry, first })} {...withError(textOf.field(failure, 'start_at'))} />
      <DayField label={t('project.end')} name="end_at" value={entry.last} {...(entry.first ? { reference: entry.first } : {})} onChange={(last) => onChange({ ...entry, last })} {...withError(textOf.field(failure, 'end_at'))} />
      <ZoneField label={t('project.zone')} name="zone" value={entry.zone} onChange={(zone) => onChange({ ...entry, zone })} {...withError(textOf.field(failure, 'zone'))} />
    </>
  )
}

export const withError = (error: string | undefined): { error?: string } => (error ? { error } : {})
