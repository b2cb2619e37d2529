import { isInstant } from '../../../shared/kernel/instants.ts'
import { DateTimeField } from '../../components/DateTimeField.tsx'
import { TextArea } from '../../components/Field.tsx'
import { useT } from '../../i18n/index.ts'
import { fieldWords } from '../audit/Changes.tsx'
import type { Choices, Unit } from './choices.ts'
import { NumberEntry } from './NumberEntry.tsx'
import styles from './Sync.module.css'

interface TypedProps {
  unit: Unit
  choices: Choices
  side: 'both' | 'typed'
  zone: string
  currency: string | null
  onChoose: (values: Readonly<Record<string, unknown>>) => void
}

/** A fourth value, or both texts in one: where the result stands. */
export function Typed({ unit, choices, zone, currency, onChoose }: TypedProps) {
  const t = useT()
  const values = choices[unit.key]?.values ?? {}
  return (
    <div className={styles['typed']}>
      {unit.shown.map((field) => {
        const value = values[field.field] ?? null
        const label = fieldWords(t, field.field)
        const put = (next: unknown): void => onChoose({ ...values, [field.field]: next })
        if (field.typed === 'time') return <DateTimeField key={field.field} label={label} zone={zone} value={isInstant(value) ? value : null} onChange={(instant) => instant !== null && put(instant)} />
        if (field.typed === 'number') return <NumberEntry key={field.field} label={label} field={field.field} value={typeof value === 'number' ? value : null} currency={currency} onChange={put} />
        // What both changed in one place stands as `[mine / theirs]` (shared/kernel/merge-text.ts).
        const brackets = value === field.combined && ![field.mine, field.theirs].some((one) => typeof one === 'string' && one.includes('[')) && field.combined?.includes('[')
        return <TextArea key={field.field} label={label} rows={5} {...(brackets ? { hint: t('sync.brackets') } : {})} value={typeof value === 'string' ? value : ''} onChange={put} />
      })}
    </div>
  )
}
