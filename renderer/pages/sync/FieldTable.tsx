import { Combine, PencilLine } from 'lucide-react'
import { Fragment } from 'react'
import { isInstant } from '../../../shared/kernel/instants.ts'
import { hostZone, useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { useSince } from '../../app/sync/status.ts'
import { Button } from '../../components/Button.tsx'
import { Brought } from './AfterSaving.tsx'
import { changedParts } from './changed-words.ts'
import { resultOf, sideOf } from './choices.ts'
import type { Choices, Side, Unit } from './choices.ts'
import type { Kept, KeptField } from './kept.ts'
import type { Preview } from './preview.ts'
import styles from './Sync.module.css'
import { Typed } from './Typed.tsx'
import { shiftWords, unitWords, valueWords } from './words.ts'

export interface FieldTableProps {
  kept: Kept
  units: readonly Unit[]
  choices: Choices
  /** The unit that the keys act on. */
  at: number
  theirsName: string
  /** False: its two sides go whole. */
  apart: boolean
  readOnly: boolean
  previewMine: Preview | null
  onChoose: (unit: Unit, side: Side, values?: Readonly<Record<string, unknown>>) => void
  onReach: (index: number) => void
}

const SIDES = ['mine', 'theirs'] as const

/** Field | before | mine | theirs | result: what disagrees, and what the command holds beside it. */
export function FieldTable(props: FieldTableProps) {
  const { kept, units, theirsName, readOnly } = props
  const t = useT()
  const since = useSince()
  const theirs = units.flatMap(({ shown }) => shown).find(({ by, disputed }) => disputed && by !== null)
  return (
    <div className={styles['tableFrame']}>
      <table className={styles['fields']}>
        <caption className="visually-hidden">{t('sync.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sync.field')}</th>
            <th scope="col">
              {t('sync.before')} <small>{t('sync.before_about')}</small>
            </th>
            <th scope="col">
              {!readOnly && <kbd className={styles['key']} aria-hidden>1</kbd>}
              {kept.mine ? t('sync.mine') : kept.issuer_name} <small>{isInstant(kept.issued_at) ? since(kept.issued_at) : ''}</small>
            </th>
            <th scope="col">
              {!readOnly && <kbd className={styles['key']} aria-hidden>2</kbd>}
              {theirsName} <small>{theirs?.at && isInstant(theirs.at) ? since(theirs.at) : t('sync.now')}</small>
            </th>
            <th scope="col">{t('sync.result')}</th>
          </tr>
        </thead>
        <tbody>
          {units.map((unit, index) => (
            <UnitRow key={unit.key} {...props} unit={unit} index={index} first={index === 0} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A text with the words in bold that differ from what was before; where nothing was, from the other side's. */
function Words({ field, of }: { field: KeptField; of: (typeof SIDES)[number] }) {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const from = text(field.base) || text(field[of === 'mine' ? 'theirs' : 'mine'])
  return changedParts(from, text(field[of])).map(({ text: part, changed }, index) => (changed ? <b key={index}>{part}</b> : <Fragment key={index}>{part}</Fragment>))
}

function UnitRow({ kept, unit, index, first, choices, at, apart, readOnly, previewMine, theirsName, onChoose, onReach }: FieldTableProps & { unit: Unit; index: number; first: boolean }) {
  const t = useT()
  const format = useFormat()
  const since = useSince()
  const said = { t, format, kept }
  const side = sideOf(unit, choices)
  const name = unitWords(t, unit)
  const words = (of: 'base' | 'mine' | 'theirs'): string => unit.shown.map((field) => valueWords(said, field, field[of])).join(' · ')
  const shifted = (of: 'mine' | 'theirs'): string => unit.shown.map((field) => shiftWords(said, field, field[of])).filter(Boolean).join(' · ')
  const readable = unit.fields.every((field) => field.readable)
  const typed = apart && readable && unit.shown.every((field) => field.typed === 'number' || field.typed === 'time')
  const combined = unit.shown.length === 1 && apart && readable && unit.shown[0]?.text ? unit.shown[0] : null
  const title = unit.fields[0]?.title
  const several = new Set(kept.fields_of.map(({ id }) => id)).size > 1
  const result = unit.shown.map((field) => valueWords(said, field, resultOf(unit, field, choices))).join(' · ')
  const fact = unit.disputed && unit.preselected === 'theirs' ? unit.fields.find(({ by, at: when }) => by !== null && when !== null) : undefined
  const about = fact ? t('sync.answered', { name: fact.by ?? '', at: fact.at && isInstant(fact.at) ? since(fact.at) : '' }) : unit.disputed ? (several ? (title ?? '') : '') : t(side === 'theirs' ? 'sync.only_theirs' : 'sync.only_mine')
  return (
    <tr id={`unit-${index}`} data-roving data-current={index === at} onFocus={() => onReach(index)}>
      <th scope="row">
        {name}
        <small>{about}</small>
      </th>
      <td className={styles['before']}>{readable ? words('base') : '—'}</td>
      {SIDES.map((of) => (
        <td key={of} data-chosen={side === of}>
          <label className={styles['choice']}>
            <input type="radio" name={`choice ${unit.key}`} checked={side === of} disabled={readOnly || (!readable && of === 'mine')} onChange={() => onChoose(unit, of)} aria-label={t('sync.choose', { field: name, side: of === 'theirs' ? theirsName : kept.mine ? t('sync.mine') : kept.issuer_name, value: of === 'theirs' && !readable ? t('sync.value.unreadable') : words(of) })} />
            <span>
              <span className={styles['value']}>{of === 'theirs' && !readable ? t('sync.value.unreadable') : combined ? <Words field={combined} of={of} /> : words(of)}</span>
              {shifted(of) && <small>{shifted(of)}</small>}
            </span>
          </label>
          {first && previewMine && <Brought conflicts={of === 'mine' ? previewMine.broken : previewMine.mended} names={previewMine.names} />}
        </td>
      ))}
      <td className={styles['resultCell']}>
        {side === null ? <span className={styles['toChoose']}>{t('sync.to_choose')}</span> : side === 'both' || side === 'typed' ? null : combined ? <span className={styles['value']}><Words field={combined} of={side} /></span> : <strong>{result}</strong>}{' '}
        {!readOnly && (side === 'both' || side === 'typed') && <Typed unit={unit} choices={choices} side={side} zone={kept.zone ?? hostZone()} currency={kept.currency} onChoose={(values) => onChoose(unit, side, values)} />}
        {!readOnly && combined && side !== 'both' && (
          <Button small kind="quiet" icon={Combine} label={t('sync.combine')} keys="3" onClick={() => onChoose(unit, 'both', { [combined.field]: combined.combined ?? combined.mine })} />
        )}
        {!readOnly && typed && side !== 'typed' && (
          <Button small kind="quiet" icon={PencilLine} label={t('sync.type')} keys="3" onClick={() => onChoose(unit, 'typed', Object.fromEntries(unit.shown.map((field) => [field.field, field.mine])))} />
        )}
      </td>
    </tr>
  )
}
