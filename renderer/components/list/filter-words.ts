import { useCallback } from 'react'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { Translate } from '../../i18n/index.ts'
import { readChosen, readDays } from './address.ts'
import type { ListFilter, ValueFilter } from './address.ts'

/** What a value of a filter is called. */
export function wordsOfValue(filter: ValueFilter, value: string | null, t: Translate): string {
  if (value === null) return filter.none ?? t('filter.empty')
  if (filter.text) return filter.text(value)
  if (filter.kind === 'boolean') return value === 'true' ? t('filter.yes') : t('filter.no')
  return value
}

interface FilterWords {
  /** `LUM, SON`, `≠ Annulée`, `6`: what fits in a chip. */
  short: (filter: ListFilter, text: string) => string
  /** `Département : LUM, SON`. */
  whole: (filter: ListFilter, text: string) => string
}

const IN_A_CHIP = 3

export function useFilterWords(): FilterWords {
  const t = useT()
  const format = useFormat()
  const values = useCallback(
    (filter: ListFilter, text: string, most: number): string => {
      if (filter.kind === 'days') {
        const { from, to } = readDays(text)
        if (from && to) return from === to ? format.shortDay(from) : `${format.shortDay(from)} – ${format.shortDay(to)}`
        return from ? t('filter.since', { day: format.shortDay(from) }) : to ? t('filter.until', { day: format.shortDay(to) }) : ''
      }
      const chosen = readChosen(text)
      const { short } = filter
      const word = (value: string | null): string => (most === IN_A_CHIP && short && value !== null ? short(value) : wordsOfValue(filter, value, t))
      const said = chosen.values.length > most ? format.number(chosen.values.length) : chosen.values.map(word).join(', ')
      return chosen.not ? `≠ ${said}` : said
    },
    [t, format],
  )
  return {
    short: (filter, text) => values(filter, text, IN_A_CHIP),
    whole: (filter, text) => t('filter.said', { name: filter.label, values: values(filter, text, Number.MAX_SAFE_INTEGER) }),
  }
}
