import { PanelBottomClose } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useProject } from '../../app/context.tsx'
import { Button } from '../../components/Button.tsx'
import { useT } from '../../i18n/index.ts'
import type { BulkStep } from './AssignmentBulk.tsx'
import { Board } from './board/Board.tsx'
import type { Plan, PlanBar } from './plan.ts'
import type { View } from './PlanningHeader.tsx'
import { PlanTable } from './PlanTable.tsx'
import { useSplit } from './split-height.ts'
import { SplitPane } from './SplitPane.tsx'
import { TimelinePane } from './TimelinePane.tsx'
import type { FilteredPlan } from './use-plan-filter.ts'
import type { Selection } from './use-selection.ts'
import type { TimeView } from './use-time-view.ts'

interface PlanningViewsProps {
  view: View
  plan: Plan
  filtered: FilteredPlan
  /** Rows of the filter in the order of the table. */
  rows: readonly PlanBar[]
  selection: Selection
  time: TimeView
  open: string
  onOpen: (id: string) => void
  mayUpdate: boolean
  /** Null: this person changes nothing here. */
  onStep: ((step: BulkStep) => void) | null
  bulk: ReactNode
}

interface Revealed {
  readonly id: string
  readonly at: number
}

/** Timeline with its linked table, board, or table alone. What one shows on purpose the other brings into view. */
export function PlanningViews({ view, plan, filtered, rows, selection, time, open, onOpen, mayUpdate, onStep, bulk }: PlanningViewsProps) {
  const t = useT()
  const { zone } = useProject()
  const setSplit = useSplit((state) => state.set)
  const [inTimeline, setInTimeline] = useState<Revealed | null>(null)
  const [inTable, setInTable] = useState<Revealed | null>(null)
  const showInTable = useCallback((id: string) => setInTable((before) => ({ id, at: (before?.at ?? 0) + 1 })), [])
  const showInTimeline = useCallback((id: string) => setInTimeline((before) => ({ id, at: (before?.at ?? 0) + 1 })), [])
  const { selected, set } = selection
  const selectOnTimeline = useCallback(
    (ids: ReadonlySet<string>) => {
      // The one that came last is the one looked at.
      const added = [...ids].findLast((id) => !selected.has(id))
      if (added !== undefined) showInTable(added)
      set(ids)
    },
    [selected, set, showInTable],
  )
  const table = (
    <PlanTable
      rows={rows}
      zone={zone}
      selection={selection}
      open={open}
      onOpen={onOpen}
      mayUpdate={mayUpdate}
      bulk={bulk}
      bulkKeys={onStep ? { s: () => onStep('cancel'), r: () => onStep('replace'), d: () => onStep('shift') } : {}}
      reveal={inTable}
      onActive={showInTimeline}
      end={view === 'timeline' && <Button small kind="quiet" iconOnly icon={PanelBottomClose} label={t('planning.split_close')} title={`${t('planning.split_close')} (Ctrl J)`} onClick={() => setSplit({ open: false })} />}
    />
  )
  if (view === 'table') return table
  if (view === 'board') return <Board plan={plan} filtered={filtered} selection={selection} open={open} onOpen={onOpen} />
  return (
    <SplitPane
      above={
        <TimelinePane
          plan={plan}
          filtered={filtered}
          selection={{ ...selection, set: selectOnTimeline }}
          time={time}
          onOpen={(id) => {
            showInTable(id)
            onOpen(id)
          }}
          onStep={(id, next) => {
            selectOnTimeline(new Set([id]))
            onStep?.(next)
          }}
          reveal={inTimeline}
          proposal={NO_PROPOSAL}
        />
      }
      below={table}
    />
  )
}

const nothing = (): void => undefined
const NO_PROPOSAL = { ghosts: [], ghostConflict: null, onIntent: null, onCancelIntent: nothing, onApply: nothing } as const
