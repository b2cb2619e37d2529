import { useEffect, useState } from 'react'
import { languages } from '../../../../shared/domain/organization/model.ts'
import { payPeriodicities, recordingRights } from '../../../../shared/domain/contracts/facts.ts'
import { usePreferences } from '../../../app/preferences.ts'
import { DayField } from '../../../components/DateTimeField.tsx'
import type { Draft } from '../../../components/draft.ts'
import { orNull, textOf } from '../../../components/draft.ts'
import { Select, TextArea, TextField } from '../../../components/Field.tsx'
import { useFormat } from '../../../i18n/format.ts'
import { isKey, useT } from '../../../i18n/index.ts'
import { amountText, parseAmount } from '../../settings/amounts.ts'
import { AllowanceLines } from './AllowanceLines.tsx'
import { controlOf } from './contract-fields.ts'
import type { TypedField } from './contract-fields.ts'
import type { Typed } from './contract-rows.ts'
import { countOf, lengthText, linesOf, minutesOf } from './typed-values.ts'

export interface TemplateChoice {
  id: string
  name: string
}

interface FormFieldProps {
  field: TypedField
  draft: Draft<Typed>
  currency: string
  templates: readonly TemplateChoice[]
  /** What the contract says where this is left empty. */
  taken: string | null
  error: string | undefined
}

const YES_NO = ['yes', 'no'] as const

/** One field of the form, entered as its kind asks. */
export function FormField({ field, draft, currency, templates, taken, error }: FormFieldProps) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  const control = controlOf(field)
  const value = draft.get(field)
  const about = `contract_editor.hint.${field}`
  const empty = value === null || value === ''
  const hint = empty && taken !== null ? t('contract_editor.taken', { value: taken }) : isKey(about) ? t(about) : undefined
  const common = { label: t(`contract_editor.field.${field}`), name: field, error, ...(hint === undefined ? {} : { hint }) }
  const set = (next: unknown): void => draft.set(field, next as Typed[typeof field])
  const chosen = (options: readonly { value: string; label: string }[]) => [{ value: '', label: t('contract_editor.unsaid') }, ...options]
  switch (control) {
    case 'area':
      return <TextArea {...common} rows={3} value={textOf(value as string | null)} onChange={(text) => set(orNull(text) === null ? null : text)} />
    case 'lines':
      return <LinesField {...common} value={value as string[]} onChange={set} />
    case 'hours':
      return <ReadField {...common} value={value as number | null} read={minutesOf} shown={lengthText} wrong={t('contract_editor.hours_wrong')} said={(minutes) => format.minutes(minutes)} onChange={set} />
    case 'number':
      return <ReadField {...common} value={value as number | null} read={countOf} shown={(count) => (count === null ? '' : String(count))} wrong={t('issue.number')} numeric onChange={(count) => set(count ?? (field === 'originals' ? 2 : null))} />
    case 'money':
      return <ReadField {...common} label={`${common.label} (${currency})`} value={value as number | null} read={(text) => parseAmount(text, currency)} shown={(minor) => (minor === null ? '' : amountText(minor, currency, language))} wrong={t('issue.number')} said={(minor) => format.amount(minor, currency)} onChange={set} />
    case 'day':
      return <DayField {...common} value={value as string | null} onChange={set} />
    case 'flag':
      return <Select {...common} value={value === null ? '' : value === true ? 'yes' : 'no'} onChange={(text) => set(text === '' ? null : text === 'yes')} choices={chosen(YES_NO.map((one) => ({ value: one, label: t(`contract_editor.${field === 'is_executive' ? 'executive_' : ''}${one}`) })))} />
    case 'due':
      return <Select {...common} value={value === true ? 'yes' : 'no'} onChange={(text) => set(text === 'yes')} choices={YES_NO.map((one) => ({ value: one, label: t(`contract_editor.${one}`) }))} />
    case 'periodicity':
      return <Select {...common} value={textOf(value as string | null)} onChange={(text) => set(text === '' ? null : text)} choices={chosen(payPeriodicities.map((one) => ({ value: one, label: t(`contract_editor.periodicity.${one}`) })))} />
    case 'recording':
      return <Select {...common} value={textOf(value as string | null)} onChange={(text) => set(text === '' ? null : text)} choices={chosen(recordingRights.map((one) => ({ value: one, label: t(`contract_editor.recording.${one}`) })))} />
    case 'language':
      return <Select {...common} value={String(value)} onChange={set} choices={languages.map((one) => ({ value: one, label: t(`language.${one}`) }))} />
    case 'template':
      return <Select {...common} value={textOf(value as string | null)} onChange={(text) => set(text === '' ? null : text)} choices={[{ value: '', label: t('contract_editor.template_built_in') }, ...templates.map(({ id, name }) => ({ value: id, label: name }))]} />
    case 'allowances':
      return <AllowanceLines lines={draft.get('allowances')} currency={currency} onChange={set} />
    case 'text':
      return <TextField {...common} value={textOf(value as string | null)} onChange={(text) => set(orNull(text) === null ? null : text)} />
  }
}

interface ReadFieldProps {
  label: string
  name: string
  hint?: string
  error: string | undefined
  value: number | null
  read: (text: string) => number | null
  shown: (value: number | null) => string
  /** Said when what is typed cannot be read. */
  wrong: string
  /** What was understood, said under the label. */
  said?: (value: number) => string
  numeric?: boolean
  onChange: (value: number | null) => void
}

/** A figure typed as people write it; what cannot be read is marked and not sent. */
function ReadField({ value, read, shown, wrong, said, numeric, onChange, hint, error, ...field }: ReadFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  useEffect(() => setTyped((now) => (now !== null && (now.trim() === '' ? null : read(now)) !== value ? null : now)), [value, read])
  const text = typed ?? shown(value)
  const bad = typed !== null && typed.trim() !== '' && read(typed) === null
  const notes = [said && value !== null ? said(value) : null, hint].filter(Boolean).join(' · ')
  return (
    <TextField
      {...field}
      {...(notes === '' ? {} : { hint: notes })}
      {...(numeric ? { inputMode: 'numeric' as const } : {})}
      error={error ?? (bad ? wrong : undefined)}
      autoComplete="off"
      value={text}
      onChange={(next) => {
        setTyped(next)
        if (next.trim() === '') onChange(null)
        else {
          const understood = read(next)
          if (understood !== null) onChange(understood)
        }
      }}
      onBlur={() => {
        if (!bad) setTyped(null)
      }}
    />
  )
}

function LinesField({ value, onChange, ...field }: { label: string; name: string; hint?: string; error: string | undefined; value: readonly string[]; onChange: (lines: string[]) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextArea
      {...field}
      rows={3}
      value={typed ?? value.join('\n')}
      onChange={(text) => {
        setTyped(text)
        onChange(linesOf(text))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
