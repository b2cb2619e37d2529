import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import type { ContractLine } from './contract-line.ts'

/** The days of a line: one, or from one to another. */
export function useDaysWords(): (row: Pick<ContractLine, 'first_day' | 'last_day'>) => string {
  const t = useT()
  const format = useFormat()
  return ({ first_day, last_day }) => {
    if (first_day === null) return t('contracts.no_days')
    return last_day === null || last_day === first_day ? format.day(first_day) : t('contracts.days', { from: format.shortDay(first_day), to: format.day(last_day) })
  }
}
