import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { usePreferences } from '../../../app/preferences.ts'
import { Button } from '../../../components/Button.tsx'
import { useT } from '../../../i18n/index.ts'
import { amountText, parseAmount } from '../../settings/amounts.ts'
import type { Allowance } from './contract-rows.ts'
import styles from './ContractEditor.module.css'
import { quantityOf, quantityText } from './typed-values.ts'

interface AllowanceLinesProps {
  lines: readonly Allowance[]
  currency: string
  onChange: (lines: Allowance[]) => void
}

/** Allowances and expenses, one a line. A line is added whole: the law knows none without an amount. */
export function AllowanceLines({ lines, currency, onChange }: AllowanceLinesProps) {
  const t = useT()
  const put = (at: number, change: Partial<Allowance>): void => onChange(lines.map((line, index) => (index === at ? { ...line, ...change } : line)))
  return (
    <fieldset className={styles['lines']}>
      <legend>{t('contract_editor.field.allowances')}</legend>
      {lines.map((line, index) => (
        <Line key={index} line={line} number={index + 1} onChange={(change) => put(index, change)} onRemove={() => onChange(lines.filter((_, at) => at !== index))} />
      ))}
      <NewLine currency={currency} onAdd={(line) => onChange([...lines, line])} />
    </fieldset>
  )
}

function Line({ line, number, onChange, onRemove }: { line: Allowance; number: number; onChange: (change: Partial<Allowance>) => void; onRemove: () => void }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  return (
    <div className={styles['allowance']} role="group" aria-label={t('contract_editor.allowance', { number })}>
      <input aria-label={t('contract_editor.allowance_label')} value={line.label} onChange={(event) => onChange({ label: event.target.value })} />
      <Figure label={t('contract_editor.allowance_quantity')} value={line.quantity} read={quantityOf} shown={quantityText} onChange={(quantity) => onChange({ quantity })} />
      <Figure label={`${t('contract_editor.allowance_amount')} (${line.currency})`} value={line.amount_minor} read={(text) => parseAmount(text, line.currency)} shown={(minor) => amountText(minor, line.currency, language)} onChange={(amount_minor) => onChange({ amount_minor })} />
      <Button kind="quiet" small iconOnly icon={Trash2} label={t('contract_editor.allowance_remove', { number })} onClick={onRemove} />
    </div>
  )
}

interface FigureProps {
  label: string
  value: number
  read: (text: string) => number | null
  shown: (value: number) => string
  onChange: (value: number) => void
}

function Figure({ label, value, read, shown, onChange }: FigureProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const bad = typed !== null && !read(typed)
  return (
    <input
      aria-label={label}
      inputMode="decimal"
      value={typed ?? shown(value)}
      {...(bad ? { 'aria-invalid': true } : {})}
      onChange={(event) => {
        setTyped(event.target.value)
        const understood = read(event.target.value)
        if (understood) onChange(understood)
      }}
      onBlur={() => {
        if (!bad) setTyped(null)
      }}
    />
  )
}

function NewLine({ currency, onAdd }: { currency: string; onAdd: (line: Allowance) => void }) {
  const t = useT()
  const [label, setLabel] = useState('')
  const [quantity, setQuantity] = useState('1')
  const [amount, setAmount] = useState('')
  const [count, minor] = [quantityOf(quantity), parseAmount(amount, currency)]
  const ready = label.trim() !== '' && count !== null && minor !== null && minor > 0
  const add = (): void => {
    if (!ready) return
    onAdd({ label: label.trim(), quantity: count, amount_minor: minor, currency })
    setLabel('')
    setQuantity('1')
    setAmount('')
  }
  return (
    <div
      className={styles['allowance']}
      role="group"
      aria-label={t('contract_editor.allowance_new')}
      onBlur={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) add()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLInputElement)) return
        event.preventDefault()
        add()
      }}
    >
      <input aria-label={t('contract_editor.allowance_label')} placeholder={t('contract_editor.allowance_label')} value={label} onChange={(event) => setLabel(event.target.value)} />
      <input aria-label={t('contract_editor.allowance_quantity')} inputMode="decimal" value={quantity} onChange={(event) => setQuantity(event.target.value)} />
      <input aria-label={`${t('contract_editor.allowance_amount')} (${currency})`} placeholder={currency} inputMode="decimal" value={amount} onChange={(event) => setAmount(event.target.value)} />
      <Button kind="quiet" small iconOnly icon={Plus} label={t('contract_editor.allowance_add')} disabled={!ready} onClick={add} />
    </div>
  )
}
