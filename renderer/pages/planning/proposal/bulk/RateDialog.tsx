import { useMemo, useState } from 'react'
import { z } from 'zod'
import { rateBases } from '../../../../../shared/domain/organization/model.ts'
import { rateCards } from '../../../../../shared/domain/organization/operations.ts'
import { getProject } from '../../../../../shared/domain/planning/operations.ts'
import { useCatalogue } from '../../../../app/catalogue.ts'
import { useProject } from '../../../../app/context.tsx'
import { usePreferences } from '../../../../app/preferences.ts'
import { useAnswer, useList } from '../../../../app/queries.ts'
import { Select, TextField } from '../../../../components/Field.tsx'
import { useT, wordOf } from '../../../../i18n/index.ts'
import { formatAmount } from '../../../../i18n/format.ts'
import { parseAmount } from '../../../settings/amounts.ts'
import { inChunks } from '../proposal.ts'
import styles from './Bulk.module.css'
import { GestureDialog } from './GestureDialog.tsx'
import type { StepProps } from './step.ts'

const CardRow = z.object({ id: z.string(), name: z.string(), crew_role_id: z.string().nullish(), basis: z.enum(rateBases), amount_minor: z.number().nullish(), currency: z.string() })
/** Not an id of a card: a figure is typed instead. */
const FIGURE = 'figure'

/** A rate card by its name for whoever plans; a figure only for who may read rates. */
export function RateDialog({ plan, ids, onClose, onDone }: StepProps) {
  const t = useT()
  const catalogue = useCatalogue()
  const project = useProject()
  const language = usePreferences((state) => state.language)
  const cards = useList(rateCards.list, { sort: ['name'], limit: 200 }, CardRow)
  const reads = !cards.hidden.has('rate_card.amount_minor')
  const [card, setCard] = useState('')
  const [basis, setBasis] = useState<(typeof rateBases)[number]>('daily')
  const [typed, setTyped] = useState('')
  const figure = card === FIGURE
  const { answer } = useAnswer(getProject, { id: project.id })
  const known = answer?.value['currency']
  const currency = typeof known === 'string' ? known : (catalogue.organization?.default_currency ?? 'EUR')
  const amount = typed.trim() === '' ? null : parseAmount(typed, currency)
  const commands = useMemo(() => {
    const rate = figure ? (amount === null ? null : { rate_basis: basis, rate_minor: amount, rate_currency: currency }) : card === '' ? null : { rate_card_id: card }
    return rate === null ? [] : inChunks(ids).map((chunk) => ({ operation: 'assignment.change_rate', input: { ids: chunk, ...rate } }))
  }, [ids, figure, card, amount, basis, currency])
  const words = ({ name, crew_role_id, basis: of, amount_minor, currency: its }: z.infer<typeof CardRow>): string => {
    const role = catalogue.crewRoles.find((row) => row.id === crew_role_id)
    return [name, role && catalogue.name(role), amount_minor == null ? null : `${formatAmount(amount_minor, its, language)} · ${wordOf(t, 'settings.basis', of)}`].filter(Boolean).join(' · ')
  }
  return (
    <GestureDialog title={t('proposal.rate_title', { count: ids.length })} action={t('proposal.rate_do')} done={t('proposal.applied', { count: ids.length })} plan={plan} commands={commands} onClose={onClose} onDone={onDone}>
      <Select
        label={t('proposal.rate_card')}
        name="bulk.rate_card_id"
        value={card}
        onChange={setCard}
        autoFocus
        choices={[{ value: '', label: t('proposal.rate_choose') }, ...cards.items.map((row) => ({ value: row.id, label: words(row) })), ...(reads ? [{ value: FIGURE, label: t('proposal.rate_figure') }] : [])]}
      />
      {figure && (
        <div className={styles['two']}>
          <Select label={t('settings.basis')} name="bulk.rate_basis" value={basis} onChange={(value) => setBasis(rateBases.find((one) => one === value) ?? basis)} choices={rateBases.map((value) => ({ value, label: wordOf(t, 'settings.basis', value) }))} />
          <TextField label={`${t('settings.amount')} (${currency})`} name="bulk.rate_minor" inputMode="decimal" value={typed} onChange={setTyped} error={typed.trim() !== '' && amount === null ? t('issue.number') : undefined} />
        </div>
      )}
    </GestureDialog>
  )
}
