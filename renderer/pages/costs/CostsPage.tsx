import { breakdowns, totalBreakdowns } from '../../../shared/domain/costs/breakdown.ts'
import type { Breakdown } from '../../../shared/domain/costs/breakdown.ts'
import { viewCosts } from '../../../shared/domain/costs/operations.ts'
import { isLocalDate } from '../../../shared/kernel/instants.ts'
import { useProject } from '../../app/context.tsx'
import { useAnswer } from '../../app/queries.ts'
import { useUrlState } from '../../app/routes.ts'
import { DayField } from '../../components/DateTimeField.tsx'
import { Select } from '../../components/Field.tsx'
import { Page } from '../../components/Page.tsx'
import { EmptyState, ErrorState, ForbiddenState, LoadingSkeleton, ReadOnlyStrip } from '../../components/States.tsx'
import { useT } from '../../i18n/index.ts'
import { CostTable } from './CostTable.tsx'
import styles from './Costs.module.css'

/** What the assignments of a project cost, broken down one way at a time; everything that is chosen stands in the address. */
export function CostsPage() {
  const t = useT()
  const url = useUrlState()
  const project = useProject()
  const by = breakdowns.find((one) => one === url.get('by')) ?? 'day'
  const [from, to] = [url.get('from'), url.get('to')].map((day) => (isLocalDate(day) ? day : null))
  const asked = useAnswer(viewCosts, { project_id: project.id, by, ...(from ? { from } : {}), ...(to ? { to } : {}) })
  // Who reads totals only is refused the other breakdowns: those they may read are asked instead.
  const refused = asked.failure?.code === 'auth.forbidden'
  const narrowed = useAnswer(viewCosts, refused ? { project_id: project.id, by: totalBreakdowns.includes(by) ? by : 'day' } : null)
  const { answer, stale } = refused ? narrowed : asked
  const failure = refused ? narrowed.failure : asked.failure
  const view = answer?.value
  const totals = view?.access === 'totals'
  const shown: Breakdown = totals && !totalBreakdowns.includes(by) ? 'day' : by
  const offered = totals ? totalBreakdowns : breakdowns
  return (
    <Page title={t('costs.title')} scope={t('costs.estimate')} print={{ document: 'cost_list', project_id: project.id, costs: { by: shown, ...(!totals && from ? { from } : {}), ...(!totals && to ? { to } : {}) } }}>
      <div className={styles['choices']}>
        <Select label={t('costs.by')} value={shown} choices={offered.map((value) => ({ value, label: t(`costs.by.${value}`) }))} onChange={(value) => url.set({ by: value === 'day' ? null : value }, 'push')} />
        {!totals && (
          <>
            <DayField label={t('costs.from')} name="from" value={from ?? ''} onChange={(day) => url.set({ from: day || null })} />
            <DayField label={t('costs.to')} name="to" value={to ?? ''} onChange={(day) => url.set({ to: day || null })} />
          </>
        )}
        <p className={styles['about']}>{t('costs.about')}</p>
      </div>
      <div>
        {totals && <ReadOnlyStrip note text={t('costs.totals_only')} />}
        {view?.access === 'hidden' && <ReadOnlyStrip text={t('costs.hidden')} />}
        {view !== undefined && view.access !== 'hidden' && view.whole.unpriced > 0 && <ReadOnlyStrip note text={t('costs.unpriced_note', { count: view.whole.unpriced })} />}
      </div>
      {failure?.code === 'auth.forbidden' ? (
        <ForbiddenState role={t('costs.role')} failure={failure} />
      ) : failure ? (
        <ErrorState failure={failure} onRetry={asked.retry} />
      ) : !view ? (
        <LoadingSkeleton />
      ) : view.whole.count === 0 ? (
        <EmptyState text={t('costs.empty')} />
      ) : (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('costs.title')} aria-busy={stale}>
          <CostTable view={view} by={shown} />
        </div>
      )}
    </Page>
  )
}
