import { ChevronLeft, ChevronRight, ChartNoAxesGantt, Columns3, Table2 } from 'lucide-react'
import { useActions } from '../../app/actions.ts'
import { Button } from '../../components/Button.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useT } from '../../i18n/index.ts'
import styles from './Planning.module.css'
import { daysSeen } from './time-view.ts'
import { zooms } from './timeline/timeline-props.ts'
import { useAxis } from './use-time-view.ts'
import type { TimeView } from './use-time-view.ts'

export const views = ['timeline', 'board', 'table'] as const
export type View = (typeof views)[number]
const icons = { timeline: ChartNoAxesGantt, board: Columns3, table: Table2 } as const

/** Previous, today, next, and which days are seen. */
export function PeriodNav({ time, zone }: { time: TimeView; zone: string }) {
  const t = useT()
  useActions([
    { id: 'planning.previous', label: t('planning.previous'), keys: 'mod+pageup', group: 'page', run: () => time.step(-1) },
    { id: 'planning.next', label: t('planning.next'), keys: 'mod+pagedown', group: 'page', run: () => time.step(1) },
    { id: 'planning.today', label: t('planning.today'), keys: 't', group: 'page', run: time.today },
  ])
  return (
    <div className={styles['period']} role="group" aria-label={t('planning.period')}>
      <Button iconOnly icon={ChevronLeft} label={t('planning.previous')} onClick={() => time.step(-1)} />
      <Button label={t('planning.today')} keys="T" onClick={time.today} />
      <Button iconOnly icon={ChevronRight} label={t('planning.next')} onClick={() => time.step(1)} />
      <PeriodWords zone={zone} />
    </div>
  )
}

/** Follows the axis by itself, so that a scroll draws these words and nothing else of the header. */
function PeriodWords({ zone }: { zone: string }) {
  const format = useFormat()
  const words = useAxis(({ view, width }) => {
    if (!view) return ''
    const { first, last } = daysSeen(view, width, zone)
    return format.days(first, last)
  })
  return <strong className={styles['range']} title={words}>{words}</strong>
}

export function ZoomChoice({ time }: { time: TimeView }) {
  const t = useT()
  const level = useAxis(({ view }) => view?.level ?? 'day')
  return <Segmented label={t('planning.zoom')} value={level} choices={zooms.map((value) => ({ value, label: t(`planning.zoom.${value}`) }))} onChange={time.zoom} />
}

export function ViewChoice({ view, onView }: { view: View; onView: (view: View) => void }) {
  const t = useT()
  useActions(views.map((value) => ({ id: `planning.view.${value}`, label: t(`planning.view_go.${value}`), group: 'page' as const, run: () => onView(value) })))
  return <Segmented label={t('planning.view')} value={view} choices={views.map((value) => ({ value, label: t(`planning.view.${value}`), icon: icons[value] }))} onChange={onView} />
}
