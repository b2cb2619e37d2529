import { useState } from 'react'
import { usePreferences } from '../../app/preferences.ts'
import { TextField } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'
import { amountText, parseAmount } from '../settings/amounts.ts'

interface NumberEntryProps {
  label: string
  /** Its field; an amount (`…_minor`) is typed in its currency, `225,50`, and kept in minor units. */
  field: string
  value: number | null
  /** Null: not known, two digits after the point. */
  currency: string | null
  onChange: (value: number) => void
}

/** A number, typed: what is no number yet stays as typed, and changes nothing. */
export function NumberEntry({ label, field, value, currency, onChange }: NumberEntryProps) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  const isAmount = field.endsWith('_minor')
  const said = (number: number): string => (isAmount ? amountText(number, currency ?? '', language) : String(number).replace('.', language === 'fr' ? ',' : '.'))
  const read = (typed: string): number | null => {
    if (isAmount) return parseAmount(typed, currency ?? '')
    const number = Number(typed.replace(',', '.'))
    return typed.trim() !== '' && Number.isFinite(number) ? number : null
  }
  const [text, setText] = useState(value === null ? '' : said(value))
  const type = (typed: string): void => {
    setText(typed)
    const number = read(typed)
    if (number !== null) onChange(number)
  }
  return <TextField label={label} inputMode="decimal" value={text} onChange={type} error={read(text) === null ? t('issue.number') : undefined} />
}
