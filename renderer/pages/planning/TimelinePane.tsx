import { useEffect, useMemo, useRef } from 'react'
import { useUrlState } from '../../app/routes.ts'
import { openMission, openNeed } from './opened.ts'
import { readGrouping } from './plan.ts'
import type { Plan } from './plan.ts'
import type { BulkStep } from './proposal/bulk/step.ts'
import styles from './Planning.module.css'
import { Timeline } from './timeline/Timeline.tsx'
import type { TimelineProps } from './timeline/timeline-props.ts'
import type { FilteredPlan } from './use-plan-filter.ts'
import type { Selection } from './use-selection.ts'
import { useAxis } from './use-time-view.ts'
import type { TimeView } from './use-time-view.ts'

interface TimelinePaneProps {
  plan: Plan
  filtered: FilteredPlan
  selection: Selection
  time: TimeView
  onOpen: (id: string) => void
  /** What a bar's own menu asks of it alone. */
  onStep: (id: string, step: BulkStep) => void
  /** Exact times of a bar. */
  onTimes: (id: string) => void
  reveal: TimelineProps['reveal']
  proposal: Pick<TimelineProps, 'ghosts' | 'ghostConflict' | 'onIntent' | 'onCancelIntent' | 'onApply'>
}

/** Room of the frozen column; the drawing says its own, this only tells how much of the axis is seen. */
const CORNER = 262
const LEAST_AXIS = 200

/** Ties the drawing to the address, the selection and the panel. Follows the axis by itself: a scroll draws nothing else of the page. */
export function TimelinePane({ plan, filtered, selection, time, onOpen, onStep, onTimes, reveal, proposal }: TimelinePaneProps) {
  const url = useUrlState()
  const box = useRef<HTMLDivElement>(null)
  const view = useAxis((state) => state.view)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const watch = new ResizeObserver(() => useAxis.getState().set({ width: Math.max(LEAST_AXIS, element.clientWidth - CORNER) }))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  const group = url.get('group')
  const grouping = readGrouping(group)
  const { set } = url
  const handlers = useMemo(
    () => ({
      onGrouping: (next: TimelineProps['grouping']) => set({ group: next === 'person' ? null : next }, 'push'),
      onMission: (id: string) => set({ sel: openMission(id) }, 'push'),
      onNeed: (id: string) => set({ sel: openNeed(id) }, 'push'),
    }),
    [set],
  )
  return (
    <div ref={box} className={styles['pane']} data-region="timeline">
      {view && (
        <Timeline
          plan={plan}
          bars={filtered.bars}
          needs={filtered.needs}
          grouping={grouping}
          view={view}
          onView={time.moved}
          selected={selection.selected}
          onSelect={selection.set}
          onOpen={onOpen}
          onMenu={(id, action) => (action === 'times' ? onTimes(id) : onStep(id, action))}
          reveal={reveal}
          {...handlers}
          {...proposal}
        />
      )}
    </div>
  )
}
