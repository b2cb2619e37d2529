import { Popover } from '@base-ui/react/popover'
import { Check, ChevronDown, X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { fold } from '../../../shared/kernel/text.ts'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { Button } from '../Button.tsx'
import { DayField } from '../DateTimeField.tsx'
import { NONE, readChosen, readDays, toggled, writeChosen, writeDays } from './address.ts'
import type { DayFilter, ListFilter, ValueFilter } from './address.ts'
import styles from './FilterBar.module.css'
import { useFilterWords, wordsOfValue } from './filter-words.ts'
import type { CountedFilters } from './use-filters.ts'

interface ChipProps {
  list: CountedFilters
  filter: ListFilter
  open: boolean
  onOpen: (open: boolean) => void
}

/** One filter: what is chosen in words; opens its checklist, and Backspace takes it off. */
export function FilterChip({ list, filter, open, onOpen }: ChipProps) {
  const t = useT()
  const words = useFilterWords()
  const text = list.filterText(filter.name)
  const on = text !== ''
  const drop = (): void => list.setFilter(filter.name, '')
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!on || (event.key !== 'Backspace' && event.key !== 'Delete')) return
    event.preventDefault()
    drop()
  }
  return (
    <span className={styles['chip']} data-on={on} data-filter-chip={filter.name}>
      <Popover.Root open={open} onOpenChange={(next) => onOpen(next)}>
        <Popover.Trigger className={styles['open']} onKeyDown={onKeyDown} {...(on ? { 'aria-description': t('filter.backspace') } : {})}>
          {filter.label}
          {on && <strong>{words.short(filter, text)}</strong>}
          <ChevronDown size={14} aria-hidden />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner className={styles['positioner']} sideOffset={4} align="start">
            <Popover.Popup className={styles['popup']} aria-label={filter.label}>
              {filter.kind === 'days' ? <DayChoice list={list} filter={filter} /> : <Checklist list={list} filter={filter} onClose={() => onOpen(false)} />}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
      {on && (
        <button type="button" className={styles['drop']} aria-label={t('filter.remove', { name: filter.label })} title={t('filter.remove', { name: filter.label })} onClick={drop}>
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  )
}

/** Values with the rows they would leave; typing narrows, arrows move, Enter ticks. */
function Checklist({ list, filter, onClose }: { list: CountedFilters; filter: ValueFilter; onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const chosen = readChosen(list.filterText(filter.name))
  const { counts, loading, failure } = list.useCounts(filter.column)
  const found = [...(counts?.keys() ?? [])]
  const values = [...new Set([...(filter.values ?? []), ...(filter.values ? found.filter((value) => value === null) : found), ...chosen.values])]
  const words = fold(typed.trim())
  const offered = values.filter((value) => fold(wordsOfValue(filter, value, t)).includes(words))
  const active = offered[Math.min(at, offered.length - 1)]
  const give = (next: typeof chosen): void => list.setFilter(filter.name, writeChosen(next))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, offered.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Home') setAt(0)
    else if (event.key === 'End') setAt(offered.length - 1)
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onClose()
    else if (event.key === 'Enter' && active !== undefined) give(toggled(chosen, active))
    else return
    event.preventDefault()
  }
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-label={t('filter.values', { name: filter.label })}
        placeholder={t('filter.type')}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        {...(active === undefined ? {} : { 'aria-activedescendant': `${id}-${String(Math.min(at, offered.length - 1))}` })}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={box} id={id} role="listbox" aria-multiselectable aria-label={filter.label} className={styles['options']} tabIndex={-1}>
        {offered.map((value, index) => {
          const on = chosen.values.includes(value)
          return (
            <div
              key={value ?? '\n'}
              id={`${id}-${index}`}
              role="option"
              aria-selected={on}
              data-active={value === active}
              className={styles['option']}
              ref={(element) => {
                if (value === active) element?.scrollIntoView({ block: 'nearest' })
              }}
              onPointerMove={() => setAt(index)}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => give(toggled(chosen, value))}
            >
              <span className={styles['tick']}>{on && <Check size={12} strokeWidth={3} aria-hidden />}</span>
              <span className={styles['name']}>{wordsOfValue(filter, value, t)}</span>
              <span className={styles['count']}>{counts && format.number(counts.get(value) ?? 0)}</span>
            </div>
          )
        })}
      </div>
      {offered.length === 0 && !loading && <p className={styles['note']}>{failure ? t('filter.unreadable') : t('filter.no_value')}</p>}
      <div className={styles['row']}>
        <label className={styles['not']}>
          <input type="checkbox" checked={chosen.not} disabled={chosen.values.length === 0} onChange={() => give({ ...chosen, not: !chosen.not })} />
          {t('filter.not')}
        </label>
        <Button small kind="quiet" label={t('filter.none')} disabled={chosen.values.length === 0} onClick={() => give(NONE)} />
      </div>
    </>
  )
}

function DayChoice({ list, filter }: { list: CountedFilters; filter: DayFilter }) {
  const t = useT()
  const { from, to } = readDays(list.filterText(filter.name))
  const [typed, setTyped] = useState<{ from: string | null; to: string | null }>({ from, to })
  const give = (next: typeof typed): void => {
    setTyped(next)
    list.setFilter(filter.name, writeDays(readDays(`${next.from ?? ''}..${next.to ?? ''}`)))
  }
  return (
    <>
      <DayField label={t('filter.from')} value={typed.from} onChange={(day) => give({ ...typed, from: day })} />
      <DayField label={t('filter.to')} value={typed.to} {...(typed.from ? { reference: typed.from } : {})} onChange={(day) => give({ ...typed, to: day })} />
    </>
  )
}
