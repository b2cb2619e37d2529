import type { Breakdown } from '../../../shared/domain/costs/breakdown.ts'
import type { CostView } from '../../../shared/domain/costs/operations.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { usePreferences } from '../../app/preferences.ts'
import { StateBadge } from '../../components/StateBadge.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import { formatAmount } from '../../i18n/format.ts'
import styles from './Costs.module.css'

type Line = CostView['lines'][number]
type Amount = CostView['whole']['amounts'][number]

/** A line a key, the whole below; a currency a line of a cell: they are never added to each other. */
export function CostTable({ view, by }: { view: CostView; by: Breakdown }) {
  const t = useT()
  const priced = view.access !== 'hidden'
  const whole = view.access === 'all'
  const total = view.whole.amounts.find(({ currency }) => currency === view.currency)?.total ?? 0
  return (
    <table className={styles['table']} data-region="table">
      <thead>
        <tr>
          <th scope="col">{t(`costs.by.${by}`)}</th>
          <th scope="col" className={styles['number']}>
            {t('costs.count')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('costs.unpriced')}
          </th>
          {whole && (
            <>
              <th scope="col" className={styles['number']} title={t('costs.committed_title')}>
                {t('costs.committed')}
              </th>
              <th scope="col" className={styles['number']} title={t('costs.expected_title')}>
                {t('costs.expected')}
              </th>
            </>
          )}
          {priced && (
            <>
              <th scope="col" className={styles['number']}>
                {t('costs.total')}
              </th>
              <th scope="col">{t('costs.share')}</th>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {view.lines.map((line) => (
          <tr key={line.key ?? ''}>
            <th scope="row">
              <LineName line={line} by={by} />
            </th>
            <Figures sums={line} priced={priced} whole={whole} />
            {priced && (
              <td>
                <Share amount={line.amounts.find(({ currency }) => currency === view.currency)} of={total} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('costs.total')}</th>
          <Figures sums={view.whole} priced={priced} whole={whole} />
          {priced && <td />}
        </tr>
      </tfoot>
    </table>
  )
}

function LineName({ line, by }: { line: Line; by: Breakdown }) {
  const t = useT()
  const format = useFormat()
  const language = usePreferences((state) => state.language)
  if (line.key === null) return <span className={styles['none']}>{t(`costs.none.${by}`)}</span>
  if (by === 'state') return <StateBadge family="engagement" state={line.key} />
  if (by === 'day') return isLocalDate(line.key) ? format.day(line.key) : line.key
  const name = language === 'en' ? (line.name_en ?? line.name) : line.name
  return (
    <>
      {line.code && <span className={styles['code']}>{line.code}</span>}
      {name ?? line.key}
    </>
  )
}

/** Counts and amounts of a line or of the whole. */
function Figures({ sums, priced, whole }: { sums: Pick<Line, 'count' | 'unpriced' | 'amounts'>; priced: boolean; whole: boolean }) {
  const format = useFormat()
  return (
    <>
      <td className={styles['number']}>{format.number(sums.count)}</td>
      <td className={styles['number']}>{sums.unpriced > 0 ? format.number(sums.unpriced) : ''}</td>
      {whole && (
        <>
          <Money amounts={sums.amounts} part="committed" />
          <Money amounts={sums.amounts} part="expected" />
        </>
      )}
      {priced && <Money amounts={sums.amounts} part="total" />}
    </>
  )
}

function Money({ amounts, part }: { amounts: readonly Amount[]; part: 'committed' | 'expected' | 'total' }) {
  const t = useT()
  const language = usePreferences((state) => state.language)
  return (
    <td className={styles['number']} data-part={part}>
      {amounts.length === 0 && '—'}
      {amounts.map((amount) => {
        const minor = amount[part]
        return (
          <div key={amount.currency}>
            {minor !== null ? formatAmount(minor, amount.currency, language) : amount.masked ? <span className={styles['none']} title={t('costs.masked_title')}>{t('costs.masked')}</span> : '—'}
          </div>
        )
      })}
    </td>
  )
}

/** How much of the whole: committed full, expected hatched, as the states of the bars are. */
function Share({ amount, of }: { amount: Amount | undefined; of: number }) {
  const t = useT()
  const format = useFormat()
  if (!amount || amount.total === null || of === 0) return null
  const percent = (minor: number): number => (minor / of) * 100
  return (
    <div className={styles['share']}>
      <div className={styles['track']} aria-hidden>
        <div className={styles['committed']} style={{ width: `${percent(amount.committed ?? 0)}%` }} />
        <div className={styles['expected']} style={{ width: `${percent(amount.committed === null ? amount.total : (amount.expected ?? 0))}%` }} />
      </div>
      <span className={styles['percent']}>{t('costs.percent', { percent: format.number(Math.round(percent(amount.total))) })}</span>
    </div>
  )
}
